package payout

import (
	"context"
	"errors"

	"kolega/internal/access"
	"kolega/internal/casting"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// Mine is what a talent sees of an own payout: nothing of the client's money and
// nothing the agency noted for itself.
type Mine struct {
	ID           string
	Milestone    Milestone
	Number       int64
	Count        int64
	Extra        bool // of a change request
	Fee          money.Amount
	Tax          money.Amount
	TaxKind      string
	TaxProof     string
	Net          money.Amount
	State        State
	DueOn        worktime.Date
	EarnedOn     db.Time
	MissingPosts int
	MissingProof int
	HoldReason   HoldReason
	HoldUntil    worktime.Date
	Transfers    []MyTransfer
	CanConfirm   bool // something was sent and not yet confirmed
}

// MyTransfer is one transfer as its talent sees it.
type MyTransfer struct {
	Attempt    int64
	Number     int64
	Amount     money.Amount
	SentAt     db.Time
	ExpectedOn worktime.Date
	ArrivedAt  db.Time
	ReturnedAt db.Time
	MissingAt  db.Time
	Reference  string
	AccountEnd string
	HasProof   bool
}

// MyMoney is a talent's money page.
type MyMoney struct {
	Payouts []Mine
	Route   MyRoute
	MayGive bool // a date was committed: bank data may be given (R20)
}

// MyRoute is where a talent's money goes: the last digits only.
type MyRoute struct {
	Known       bool
	Method      talent.RouteMethod
	Bank        string
	AccountEnd  string
	AccountName string
	Currency    money.Currency
	HeldUntil   worktime.Date // a changed account is used from this day on
	NeedsWord   bool          // and after the talent's word through another channel
	Other       string        // that channel's place, most of it hidden; empty where none is known
}

// MyMoney shows a talent the own payouts of the room's campaign.
func (s *Service) MyMoney(ctx context.Context, actor access.Actor) (m MyMoney, err error) {
	if err := actor.Require("payout.own", access.Owner{TalentID: actor.TalentID, CampaignID: actor.CampaignID}); err != nil {
		return m, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		m = MyMoney{}
		list, err := ListPayouts(ctx, tx, Filter{TalentID: actor.TalentID, CampaignID: actor.CampaignID})
		if err != nil {
			return err
		}
		day, err := today(ctx, tx)
		if err != nil {
			return err
		}
		m.MayGive = len(list) > 0
		for _, p := range list {
			if !p.CancelAt.IsZero() {
				continue
			}
			mine, err := mineOf(ctx, tx, p, day)
			if err != nil {
				return err
			}
			m.Payouts = append(m.Payouts, mine)
		}
		m.Route, err = myRoute(ctx, tx, actor.TalentID)
		return err
	})
	return m, err
}

func myRoute(ctx context.Context, tx *db.Tx, talentID string) (MyRoute, error) {
	r, err := talent.LoadRoute(ctx, tx, talentID)
	if errors.Is(err, talent.FaultNoRoute) {
		return MyRoute{}, nil
	}
	out := MyRoute{Known: true, Method: r.Method, Bank: r.Bank, AccountEnd: r.NumberEnd, AccountName: r.AccountName, Currency: r.Currency}
	if err != nil || !r.Changed() {
		return out, err
	}
	if r.Held(tx.Now()) {
		out.HeldUntil = worktime.DateOf(r.HeldUntil(), nil)
	}
	if out.NeedsWord = r.NeedsWord(); out.NeedsWord {
		t, err := talent.LoadTalent(ctx, tx, talentID)
		if err != nil {
			return out, err
		}
		if _, place := r.OtherChannel(t); place != "" {
			out.Other = access.Hint(place)
		}
	}
	return out, nil
}

func mineOf(ctx context.Context, tx *db.Tx, p Payout, day worktime.Date) (Mine, error) {
	m := Mine{ID: p.ID, Milestone: p.Milestone, Number: p.Number, Count: p.Count, Extra: p.CauseID != "", Fee: p.Fee, Tax: p.Tax.Tax, TaxKind: p.Tax.Kind, TaxProof: p.TaxProof,
		Net: p.Tax.Net, State: p.State(tx.Now(), day), DueOn: p.DueOn, EarnedOn: db.At(p.EarnedAt)}
	if m.State == Held {
		m.HoldReason, m.HoldUntil = p.Hold.Reason, p.Hold.Until
	}
	if m.State == Planned {
		b, err := casting.LoadBooking(ctx, tx, p.BookingID)
		if err != nil {
			return m, err
		}
		if m.MissingPosts, m.MissingProof, _, err = missingOf(ctx, tx, b); err != nil {
			return m, err
		}
		if p.Milestone == AtPosting {
			m.MissingProof = 0
		}
	}
	for _, a := range p.Attempts {
		for _, t := range a.Parts {
			if t.SentAt.IsZero() {
				continue
			}
			m.Transfers = append(m.Transfers, MyTransfer{Attempt: a.Number, Number: t.Number, Amount: t.Amount, SentAt: db.At(t.SentAt), ExpectedOn: t.ExpectedOn, ArrivedAt: db.At(t.ArrivedAt),
				ReturnedAt: db.At(t.ReturnedAt), MissingAt: db.At(t.MissingAt), Reference: t.Reference, AccountEnd: a.AccountEnd, HasProof: t.ProofSHA != ""})
			m.CanConfirm = m.CanConfirm || (t.ArrivedAt.IsZero() && t.ReturnedAt.IsZero())
		}
	}
	return m, nil
}

// SayArrived is the talent's tap: what was sent has arrived. Faults:
// payout.not-sent.
func (s *Service) SayArrived(ctx context.Context, actor access.Actor, payoutID string) error {
	return s.say(ctx, actor, payoutID, func(tx *db.Tx, p Payout, a Attempt, part int64) (Attempt, error) {
		return arrive(ctx, tx, p, a, part, "talent")
	})
}

// SayMissing is the talent's tap: nothing has arrived. Finance is told. Faults:
// payout.not-sent.
func (s *Service) SayMissing(ctx context.Context, actor access.Actor, payoutID string) error {
	return s.say(ctx, actor, payoutID, func(tx *db.Tx, p Payout, a Attempt, part int64) (Attempt, error) {
		a, err := a.Miss(part, tx.Now())
		if err != nil {
			return a, err
		}
		return a, job.Enqueue(ctx, tx, WentUnclear{PayoutID: p.ID, TalentID: p.TalentID, CampaignID: p.CampaignID})
	})
}

// say applies a tap to every transfer of the last attempt that is on its way.
func (s *Service) say(ctx context.Context, actor access.Actor, payoutID string, change func(*db.Tx, Payout, Attempt, int64) (Attempt, error)) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		p, err := LoadPayout(ctx, tx, payoutID)
		if err != nil {
			return err
		}
		if err := actor.Require("payout.own", access.Owner{TalentID: p.TalentID, CampaignID: p.CampaignID}); err != nil {
			return err
		}
		last, ok := p.Last()
		if !ok {
			return ErrNotSent
		}
		return changeAttempt(ctx, tx, actor, "payout.own", last.ID, func(tx *db.Tx, p Payout, a Attempt) (Attempt, string, error) {
			sent := false
			for _, t := range a.Parts {
				if !t.ArrivedAt.IsZero() {
					sent = true // told before: nothing changes
				}
				if t.SentAt.IsZero() || !t.ArrivedAt.IsZero() || !t.ReturnedAt.IsZero() {
					continue
				}
				if a, err = change(tx, p, a, t.Number); err != nil {
					return a, "", err
				}
				sent = true
			}
			if !sent {
				return a, "", ErrNotSent
			}
			return a, "", nil
		})
	})
}
