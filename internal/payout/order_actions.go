package payout

import (
	"context"
	"errors"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/ledger"
	"kolega/internal/money"
	"kolega/internal/secret"
	"kolega/internal/talent"
)

// Dispatch hands the released transfers of a batch to a provider's account. Those
// that it cannot carry, that were sent or that have an order stay as they are, so
// a second click changes nothing. Faults: payout.no-provider, payout.nothing.
func (s *Service) Dispatch(ctx context.Context, actor access.Actor, batchID, account string) (n int, err error) {
	if err := actor.Require("payout.confirm", access.Owner{}); err != nil {
		return 0, err
	}
	if s.providers == nil {
		return 0, ErrNoProvider
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		n = 0
		b, err := LoadBatch(ctx, tx, batchID)
		if err != nil {
			return err
		}
		acc, err := loadProvider(ctx, tx, account)
		if errors.Is(err, db.ErrNotFound) {
			return ErrNoProvider
		}
		if err != nil {
			return err
		}
		for _, a := range b.Attempts {
			if !acc.Carries(a) || a.ReleasedAt.IsZero() || !a.CancelledAt.IsZero() {
				continue
			}
			made, err := order(ctx, tx, actor, b, a, acc)
			if err != nil {
				return err
			}
			n += made
		}
		if n == 0 {
			return ErrNothing
		}
		return nil
	})
	return n, err
}

// order makes the orders of an attempt's transfers that have none.
func order(ctx context.Context, tx *db.Tx, actor access.Actor, b Batch, a Attempt, acc ProviderAccount) (n int, err error) {
	for _, t := range a.Parts {
		if !t.SentAt.IsZero() || !t.ReturnedAt.IsZero() {
			continue
		}
		o := NewOrder(a, t, acc.ID, tx.Now())
		o.ID = tx.NewID()
		made, err := insertOrder(ctx, tx, o)
		if err != nil {
			return n, err
		}
		if !made {
			continue
		}
		n++
		if err := job.Enqueue(ctx, tx, OrderDue{OrderID: o.ID}); err != nil {
			return n, err
		}
	}
	if n == 0 {
		return 0, nil
	}
	p, err := LoadPayout(ctx, tx, a.PayoutID)
	if err != nil {
		return n, err
	}
	err = audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "talent.bank.see", Subject: "payout-route", ID: p.TalentID, Campaign: p.CampaignID, Talent: p.TalentID, Reason: acc.ID + " " + b.Number})
	if err != nil {
		return n, err
	}
	return n, record(ctx, tx, actor, "payout.dispatch", p, map[string]any{"attempt": a.Number, "account": acc.ID, "transfers": n}, "")
}

// turn is one sender's turn at an order.
type turn struct {
	order   Order
	step    Step
	account ProviderAccount
	in      Instruction
	known   string // the account's name as it was approved
	waived  bool   // finance pays to a differing name
	until   time.Duration
}

// Look gives an order its turn: it is sent, or the provider is asked about it, by
// the rules of Order. It may be called at any time and by several at once.
func (s *Service) Look(ctx context.Context, orderID string, hinted bool) error {
	var t turn
	err := s.db.Write(ctx, func(tx *db.Tx) (err error) { t, err = s.begin(ctx, tx, orderID, hinted); return err })
	if err != nil || t.step == Rest {
		return err
	}
	p, err := s.open(t.account)
	if err != nil {
		return err
	}
	calling, cancel := context.WithTimeout(ctx, t.until)
	a := call(calling, p, t)
	cancel()
	return s.db.Write(context.WithoutCancel(ctx), func(tx *db.Tx) error { return s.end(ctx, tx, t, a) })
}

// begin takes the turn and keeps that it was taken, with a look later on in case
// this sender dies.
func (s *Service) begin(ctx context.Context, tx *db.Tx, id string, hinted bool) (t turn, err error) {
	o, err := loadOrder(ctx, tx, id)
	if err != nil {
		return t, err
	}
	if t.account, err = loadProvider(ctx, tx, o.Account); err != nil {
		return t, err
	}
	p, err := s.open(t.account)
	if err != nil {
		return t, err
	}
	a, err := loadAttempt(ctx, tx, o.AttemptID)
	if err != nil {
		return t, err
	}
	pay, err := LoadPayout(ctx, tx, a.PayoutID)
	if err != nil {
		return t, err
	}
	r, err := talent.LoadRoute(ctx, tx, pay.TalentID)
	if err != nil {
		return t, err
	}
	life, void := p.KeyLife(), SnapshotOf(pay.ID, a.Amount, r) != a.Snapshot
	if void {
		life = 0 // what was approved is no more: it is not sent again
	}
	if void && o.State == Queued && !tx.Now().Before(o.LeaseUntil) {
		o = o.end(Refused, ErrVoid.Code)
		return t, s.keep(ctx, tx, o, Answer{}, Declined|Alarm)
	}
	was := o.State
	if o, t.step = o.Take(tx.Now(), life, hinted); t.step == Rest {
		return t, nil
	}
	if was != Reconcile && o.State == Reconcile {
		if err := alarm(ctx, tx, pay, o); err != nil {
			return t, err
		}
	}
	number, err := s.talents.OpenNumber(r)
	if err != nil {
		return t, err
	}
	t.in = Instruction{Key: o.Key, Ref: o.Ref, Amount: o.Amount, Memo: memo(o), To: Target{Method: r.Method, Bank: r.Bank, Country: r.BankCountry, Number: secret.Hide(number), Name: r.AccountName}}
	t.order, t.known, t.waived, t.until = o, a.AccountName, a.NameReason != "", o.CallUntil().Sub(tx.Now())
	if err := saveOrder(ctx, tx, o); err != nil {
		return t, err
	}
	return t, job.Enqueue(ctx, tx, OrderDue{OrderID: o.ID}, job.After(o.LeaseUntil.Add(time.Second)))
}

// memo is what stands on the statement: the end of the key, which names the
// payout to us and to nobody else.
func memo(o Order) string {
	const most = 14
	key := o.Key
	if len(key) > most {
		key = key[len(key)-most:]
	}
	return key
}

// call does a step outside of any change. Before the first call the balance must
// suffice and the account must have the approved name.
func call(ctx context.Context, p Provider, t turn) Answer {
	if t.step == Ask {
		return p.Ask(ctx, t.in)
	}
	if t.order.Sends == 1 || !t.order.Doubt {
		if a := before(ctx, p, t); a.Verdict != "" {
			return a
		}
	}
	return p.Send(ctx, t.in)
}

func before(ctx context.Context, p Provider, t turn) Answer {
	if balance, err := p.Balance(ctx, t.account.Currency); err != nil {
		return Answer{Verdict: NotYet, Reason: "balance-unknown"}
	} else if balance.Currency == t.order.Amount.Currency && balance.Cmp(t.order.Amount) < 0 {
		return Answer{Verdict: NotYet, Reason: "balance", Wait: 30 * time.Minute}
	}
	q, err := p.Inquire(ctx, t.order.Key, t.in.To)
	switch {
	case errors.Is(err, ErrNoChannel):
		return Answer{Verdict: Rejected, Reason: ErrNoChannel.Code}
	case err != nil:
		return Answer{Verdict: NotYet, Reason: "inquiry"}
	case q.State == InquiryWait:
		return Answer{Verdict: NotYet, Reason: "inquiry", Wait: time.Minute}
	case q.State == Unpayable, q.State == Doubtful && !t.waived:
		return Answer{Verdict: Rejected, Reason: q.Reason}
	case q.Holder != "" && !SameName(q.Holder, t.known) && !t.waived:
		return Answer{Verdict: Rejected, Reason: ErrName.Code}
	}
	return Answer{}
}

// end hears an answer, unless the turn is over.
func (s *Service) end(ctx context.Context, tx *db.Tx, t turn, a Answer) error {
	o, err := loadOrder(ctx, tx, t.order.ID)
	if err != nil {
		return err
	}
	if err := heard(ctx, tx, o.Account, a.Verdict != Silent); err != nil {
		return err
	}
	if o.Fence != t.order.Fence {
		return nil
	}
	if a.Ref != "" && o.Ref == "" {
		taken, err := refTaken(ctx, tx, o, a.Ref)
		if err != nil {
			return err
		}
		if taken { // two orders cannot be one transfer: people find out
			o, e := o.Freeze()
			return s.keep(ctx, tx, o, Answer{}, e)
		}
	}
	o, e := o.Hear(t.step, t.order.Fence, a, tx.Now())
	return s.keep(ctx, tx, o, a, e)
}

// keep saves an order, carries the effects out and plans the next look, in one
// commit.
func (s *Service) keep(ctx context.Context, tx *db.Tx, o Order, a Answer, e Effect) error {
	if err := saveOrder(ctx, tx, o); err != nil {
		return err
	}
	if e != 0 {
		err := changeAttempt(ctx, tx, access.System(), "payout.confirm", o.AttemptID, func(tx *db.Tx, p Payout, at Attempt) (Attempt, string, error) {
			at, err := carryOut(ctx, tx, p, at, o, a, e)
			return at, o.Reason, err
		})
		if err != nil {
			return err
		}
	}
	if o.NextAt.IsZero() {
		return nil
	}
	return job.Enqueue(ctx, tx, OrderDue{OrderID: o.ID}, job.After(o.NextAt))
}

// carryOut applies the effects of an answer to the attempt and the books.
func carryOut(ctx context.Context, tx *db.Tx, p Payout, at Attempt, o Order, a Answer, e Effect) (Attempt, error) {
	var err error
	if e.Has(Went) {
		if at, err = left(ctx, tx, p, at, o, a); err != nil {
			return at, err
		}
	}
	if e.Has(Came) {
		if at, err = arrive(ctx, tx, p, at, o.Part, o.Account); err != nil {
			return at, err
		}
	}
	if e.Has(Back) {
		back := at.Parts[o.Part-1].Debit
		if o.State == Failed { // the provider gives its fee back as well
			if back, err = back.Add(at.Parts[o.Part-1].Fee); err != nil {
				return at, err
			}
		}
		if at, err = giveBack(ctx, tx, p, at, o.Part, back, o.Reason); err != nil {
			return at, err
		}
	}
	if e.Has(Declined) {
		if at, err = at.Decline(o.Part, o.Reason, tx.Now()); err != nil {
			return at, err
		}
		if err := cameBack(ctx, tx, p); err != nil {
			return at, err
		}
	}
	if e.Has(Alarm) {
		err = alarm(ctx, tx, p, o)
	}
	return at, err
}

// alarm calls people, once for each trouble of an order.
func alarm(ctx context.Context, tx *db.Tx, p Payout, o Order) error {
	return job.Enqueue(ctx, tx, WentUnclear{PayoutID: p.ID, TalentID: p.TalentID, CampaignID: p.CampaignID}, job.Unique(o.ID+"/"+string(o.State)))
}

// left records that a provider took a transfer.
func left(ctx context.Context, tx *db.Tx, p Payout, at Attempt, o Order, a Answer) (Attempt, error) {
	rail, cal, err := railOf(ctx, tx, at)
	if err != nil {
		return at, err
	}
	acc, err := loadProvider(ctx, tx, o.Account)
	if err != nil {
		return at, err
	}
	in := Sending{Part: o.Part, At: tx.Now(), Reference: o.Ref, Debit: a.Debit, Fee: a.Fee, Rate: a.Rate, RateSource: acc.Label(), Account: acc.Label(), By: acc.Label()}
	if in.Debit.None() {
		in.Debit = o.Amount
	}
	if in.Fee.None() {
		in.Fee = money.New(0, in.Debit.Currency)
	}
	at, err = at.Leave(in, rail, cal)
	if err != nil {
		return at, err
	}
	return at, tellLeft(ctx, tx, p, at, at.Parts[o.Part-1])
}

// tellLeft books that a transfer left and keeps the look at when it should be there.
func tellLeft(ctx context.Context, tx *db.Tx, p Payout, a Attempt, t Transfer) error {
	if err := postSent(ctx, tx, p, a, t); err != nil {
		return err
	}
	if err := job.Enqueue(ctx, tx, UnclearDue{AttemptID: a.ID, Part: t.Number}, job.After(t.UnclearAt.Add(time.Second)), job.Unique(transferCause(a, t, "", tx).ID)); err != nil {
		return err
	}
	return job.Enqueue(ctx, tx, Left{PayoutID: p.ID, TalentID: p.TalentID, CampaignID: p.CampaignID})
}

// giveBack records that a transfer came back; one believed arrived is taken back
// first.
func giveBack(ctx context.Context, tx *db.Tx, p Payout, a Attempt, part int64, back money.Amount, reason string) (Attempt, error) {
	arrived := part >= 1 && int(part) <= len(a.Parts) && !a.Parts[part-1].ArrivedAt.IsZero()
	if reason == "" {
		reason = "returned"
	}
	a, err := a.Return(part, back, reason, tx.Now())
	if err != nil {
		return a, err
	}
	t := a.Parts[part-1]
	if arrived {
		if err := ledger.ReverseStep(ctx, tx, transferCause(a, t, "arrived", tx), reason); err != nil {
			return a, err
		}
	}
	if err := postReturned(ctx, tx, p, a, t); err != nil {
		return a, err
	}
	return a, cameBack(ctx, tx, p)
}

// cameBack tells that a transfer ended without the talent having the money: somebody
// sends it again.
func cameBack(ctx context.Context, tx *db.Tx, p Payout) error {
	if err := closeTasks(ctx, tx, access.System(), p.ID, AskUnclear, ""); err != nil {
		return err
	}
	return job.Enqueue(ctx, tx, CameBack{PayoutID: p.ID, TalentID: p.TalentID, CampaignID: p.CampaignID})
}

// Callback takes what a provider sent to the door: its proof is checked over the
// raw bytes, and each event is kept once. Nothing in it is believed; the provider
// is asked. Faults: not-found, payout.callback-token, payout.callback.
func (s *Service) Callback(ctx context.Context, account string, c Callback) error {
	var acc ProviderAccount
	if err := s.db.Read(ctx, func(tx *db.Tx) (err error) { acc, err = loadProvider(ctx, tx, account); return err }); err != nil {
		return err
	}
	p, err := s.open(acc)
	if err != nil {
		return err
	}
	token, err := s.providers.Box.Unseal(acc.tokenSealed, sealedFor(acc.ID, "token"))
	if err != nil {
		return err
	}
	h, err := p.Read(c, secret.Hide(token))
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		fresh, err := insertHint(ctx, tx, acc.ID, h)
		if err != nil || !fresh {
			return err
		}
		return job.Enqueue(ctx, tx, HintCame{Account: acc.ID, EventID: h.EventID})
	})
}

// Decide is a person's word on an order that is for people to find out, from the
// provider's statement. Faults: those of Order.Decide.
func (s *Service) Decide(ctx context.Context, actor access.Actor, attemptID string, part int64, v Verdict, ref, reason string) error {
	if err := actor.Require("payout.release", access.Owner{}); err != nil {
		return err
	}
	return s.withOrder(ctx, attemptID, part, func(tx *db.Tx, o Order) error {
		o, e, err := o.Decide(v, strings.TrimSpace(ref), strings.TrimSpace(reason), tx.Now())
		if err != nil {
			return err
		}
		if err := s.keep(ctx, tx, o, Answer{}, e); err != nil {
			return err
		}
		return changeAttempt(ctx, tx, actor, "payout.decide", attemptID, func(_ *db.Tx, _ Payout, a Attempt) (Attempt, string, error) { return a, string(v) + ": " + reason, nil })
	})
}

// AskNow asks the provider about an order at once.
func (s *Service) AskNow(ctx context.Context, actor access.Actor, attemptID string, part int64) error {
	if err := actor.Require("payout.confirm", access.Owner{}); err != nil {
		return err
	}
	return s.withOrder(ctx, attemptID, part, func(tx *db.Tx, o Order) error {
		return job.Enqueue(ctx, tx, OrderDue{OrderID: o.ID, Hinted: true})
	})
}

func (s *Service) withOrder(ctx context.Context, attemptID string, part int64, fn func(*db.Tx, Order) error) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		list, err := ordersOf(ctx, tx, attemptID)
		if err != nil {
			return err
		}
		for _, o := range list {
			if o.Part == part {
				return fn(tx, o)
			}
		}
		return db.ErrNotFound
	})
}

// withdraw takes the orders of an attempt back with it. Faults: payout.ordered,
// payout.order-busy.
func withdraw(ctx context.Context, tx *db.Tx, attemptID, reason string) error {
	list, err := ordersOf(ctx, tx, attemptID)
	if err != nil {
		return err
	}
	for _, o := range list {
		ended := o.Ended()
		if o, err = o.Withdraw(tx.Now(), reason); err != nil {
			return err
		}
		if ended {
			continue
		}
		if err := saveOrder(ctx, tx, o); err != nil {
			return err
		}
	}
	return nil
}
