package payout

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// Attempt is one try to send a payout. Its key goes with every transfer, so that
// sending again with the same key changes nothing.
type Attempt struct {
	ID           string
	PayoutID     string
	BatchID      string
	Number       int64
	Key          string
	Amount       money.Amount // the net that is to arrive, in the talent's currency
	Method       talent.RouteMethod
	Bank         string
	BankCountry  string
	AccountEnd   string // last four digits
	AccountName  string
	RouteVersion int64
	RailID       string
	Snapshot     string // hash of amount and account as approved (I-03)
	NameReason   string // finance's reason, where the account's name differs
	PreparedAt   time.Time
	PreparedBy   string
	PreparedName string
	ReleasedAt   time.Time
	ReleasedBy   string
	ReleasedName string
	CancelledAt  time.Time
	CancelReason string
	Parts        []Transfer
	Version      int64
}

// Transfer is one transfer of an attempt.
type Transfer struct {
	Number     int64
	Amount     money.Amount
	SentAt     time.Time
	SentBy     string
	Reference  string       // the provider's or the bank's, text of any form
	Debit      money.Amount // what left the agency's account, without the fee
	Fee        money.Amount
	Rate       string // of the debit's currency for one of the amount's, as the provider says
	RateSource string
	Account    string        // the agency's account, by name
	ExpectedOn worktime.Date // arrival by the rail
	UnclearAt  time.Time     // from here on without confirmation it is unclear
	ProofSHA   string
	ProofName  string
	MissingAt  time.Time // the talent said that nothing came
	ArrivedAt  time.Time
	ArrivedBy  string // "talent" or a person's name
	ReturnedAt time.Time
	Back       money.Amount // what came back, in the debit's currency
	ReturnFor  string
	Via        string     // the provider's account that has an order for it; empty when by hand
	Order      OrderState // of that order
	OrderFor   string     // why: of a failure, or of what is for people to find out
}

// Ordered says whether a provider has the transfer, so that it must not be made by
// hand.
func (t Transfer) Ordered() bool { return t.Order != "" && (Order{State: t.Order}).Open() }

// Faults of attempts.
var (
	ErrNoRoute      = fault.New(fault.Conflict, "payout.no-route")
	ErrRouteHeld    = fault.New(fault.Conflict, "payout.route-held")        // arg: until
	ErrRouteWord    = fault.New(fault.Conflict, "payout.route-unconfirmed") // no word of the talent by another channel
	ErrRouteCoin    = fault.New(fault.Conflict, "payout.route-currency")
	ErrName         = fault.New(fault.Conflict, "payout.name")    // the account's name is not the talent's
	ErrNoRail       = fault.New(fault.Conflict, "payout.no-rail") // args: method, currency
	ErrSelfRelease  = fault.New(fault.Forbidden, "payout.self-release")
	ErrEditorFrees  = fault.New(fault.Forbidden, "payout.editor-releases")
	ErrVoid         = fault.New(fault.Conflict, "payout.void")     // amount or account changed since
	ErrReleased     = fault.New(fault.Conflict, "payout.released") // was released before
	ErrNotReleased  = fault.New(fault.Conflict, "payout.not-released")
	ErrSentAlready  = fault.New(fault.Conflict, "payout.sent")
	ErrNotSent      = fault.New(fault.Conflict, "payout.not-sent")
	ErrEnded        = fault.New(fault.Conflict, "payout.ended") // arrived or returned already
	ErrReference    = fault.New(fault.Invalid, "payout.reference")
	ErrReferenceTwo = fault.New(fault.Conflict, "payout.reference-used")
	ErrDebit        = fault.New(fault.Invalid, "payout.debit")
	ErrRate         = fault.New(fault.Invalid, "payout.rate")
	ErrAccount      = fault.New(fault.Invalid, "payout.account")
	ErrSentFuture   = fault.New(fault.Invalid, "payout.sent-future")
	ErrNoPart       = fault.New(fault.NotFound, "not-found")
)

// State computes where the attempt is. Arrived needs every transfer arrived;
// one that came back makes the attempt Returned once the others have ended.
func (a Attempt) State(now time.Time) State {
	if !a.CancelledAt.IsZero() {
		return Cancelled
	}
	var sent, arrived, returned, unclear int
	for _, t := range a.Parts {
		switch {
		case t.Order == Reconcile:
			unclear++ // also where it was believed arrived, and its provider contradicts
		case !t.ArrivedAt.IsZero():
			arrived++
		case !t.ReturnedAt.IsZero():
			returned++
		case t.SentAt.IsZero():
		case !t.MissingAt.IsZero() || now.After(t.UnclearAt):
			unclear++
		default:
			sent++
		}
	}
	switch n := len(a.Parts); {
	case arrived == n && n > 0:
		return Arrived
	case returned > 0 && arrived+returned == n:
		return Returned
	case unclear > 0:
		return Unclear
	case arrived > 0 || returned > 0:
		return Part
	case sent > 0:
		return Sent
	case !a.ReleasedAt.IsZero():
		return Released
	}
	return Prepared
}

// Closed says whether no money of the attempt can still arrive.
func (a Attempt) Closed() bool {
	s := a.State(time.Time{})
	return s == Arrived || s == Returned || s == Cancelled
}

// SnapshotOf is the hash of what an approval is about: whom, how much, where to.
func SnapshotOf(payoutID string, amount money.Amount, r talent.Route) string {
	h := sha256.New()
	for _, s := range []string{payoutID, amount.String(), string(r.Method), r.Bank, r.BankCountry, r.NumberSealed, r.AccountName, string(r.Currency)} {
		fmt.Fprintf(h, "%d:%s", len(s), s)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// SameName compares the account's name with the talent's, case, accents and
// order of spaces folded away.
func SameName(account, legal string) bool {
	return strings.TrimSpace(locale.Fold(account)) == strings.TrimSpace(locale.Fold(legal))
}

// Usable says whether an account may be paid to. A changed one rests for three days and
// needs the talent's word through another channel, both (R10). Faults:
// payout.route-held, payout.route-unconfirmed.
func Usable(r talent.Route, now time.Time) error {
	switch {
	case r.Changed() && r.Held(now):
		return ErrRouteHeld.With("until", worktime.DateOf(r.HeldUntil(), nil))
	case r.NeedsWord():
		return ErrRouteWord
	}
	return nil
}

// Preparation is what an attempt is made of.
type Preparation struct {
	Payout     Payout
	Route      talent.Route
	Rail       Rail
	LegalName  string
	NameReason string // finance's reason to pay to a differing name
	By, ByName string
}

// Prepare makes a new attempt for what the talent is still to receive, split
// into transfers under the rail's limit. Faults: those of Payout.Ready,
// payout.no-route, those of Usable, payout.route-currency, payout.name.
func Prepare(in Preparation, now time.Time, today worktime.Date) (Attempt, error) {
	p, r := in.Payout, in.Route
	if err := p.Ready(now, today); err != nil {
		return Attempt{}, err
	}
	amount, err := p.Outstanding()
	if err != nil {
		return Attempt{}, err
	}
	if r.NumberSealed == "" {
		return Attempt{}, ErrNoRoute
	}
	if err := Usable(r, now); err != nil {
		return Attempt{}, err
	}
	switch {
	case !r.Pays(amount.Currency):
		return Attempt{}, ErrRouteCoin.With("currency", string(amount.Currency))
	case !SameName(r.AccountName, in.LegalName) && strings.TrimSpace(in.NameReason) == "":
		return Attempt{}, ErrName.With("account", r.AccountName, "name", in.LegalName)
	}
	number := int64(len(p.Attempts) + 1)
	a := Attempt{PayoutID: p.ID, Number: number, Key: fmt.Sprintf("%s-%d", p.ID, number), Amount: amount,
		Method: r.Method, Bank: r.Bank, BankCountry: r.BankCountry, AccountEnd: r.NumberEnd, AccountName: r.AccountName,
		RouteVersion: r.Version, RailID: in.Rail.ID, Snapshot: SnapshotOf(p.ID, amount, r), NameReason: strings.TrimSpace(in.NameReason),
		PreparedAt: now, PreparedBy: in.By, PreparedName: in.ByName}
	for i, x := range in.Rail.Split(amount) {
		a.Parts = append(a.Parts, Transfer{Number: int64(i + 1), Amount: x})
	}
	return a, nil
}

// Release approves an attempt. by is another person than who prepared it, and
// than who last changed the account; the account must still be the one that was
// prepared. Faults: payout.released, payout.ended, payout.self-release,
// payout.editor-releases, payout.void, those of Usable.
func (a Attempt) Release(by, byName string, r talent.Route, now time.Time) (Attempt, error) {
	switch {
	case !a.CancelledAt.IsZero():
		return a, ErrEnded
	case !a.ReleasedAt.IsZero():
		return a, ErrReleased
	case by == "" || by == a.PreparedBy:
		return a, ErrSelfRelease
	case r.ChangedBy == byName && byName != "":
		return a, ErrEditorFrees
	case SnapshotOf(a.PayoutID, a.Amount, r) != a.Snapshot:
		return a, ErrVoid
	}
	if err := Usable(r, now); err != nil {
		return a, err
	}
	a.ReleasedAt, a.ReleasedBy, a.ReleasedName = now, by, byName
	return a, nil
}

// Cancel takes back an attempt of which nothing was sent.
func (a Attempt) Cancel(reason string, now time.Time) (Attempt, error) {
	if strings.TrimSpace(reason) == "" {
		return a, ErrReason.At("reason")
	}
	if !a.CancelledAt.IsZero() {
		return a, ErrEnded
	}
	for _, t := range a.Parts {
		if !t.SentAt.IsZero() {
			return a, ErrSentAlready
		}
	}
	a.CancelledAt, a.CancelReason = now, reason
	return a, nil
}

// Sending is what the bank or provider said about a transfer.
type Sending struct {
	Part       int64
	At         time.Time
	Reference  string
	Debit      money.Amount
	Fee        money.Amount
	Rate       string
	RateSource string
	Account    string
	ProofSHA   string
	ProofName  string
	By         string
}

// Send records that a released transfer left. In the talent's own currency the
// debit is the amount; else it is stated, with the rate and its source. Telling
// the same reference again changes nothing and gives false. Faults:
// payout.not-released, payout.sent, payout.void (account changed since the
// release), form.invalid with fields.
func (a Attempt) Send(s Sending, r talent.Route, rail Rail, cal worktime.Calendar, now time.Time) (Attempt, bool, error) {
	i := int(s.Part) - 1
	if i < 0 || i >= len(a.Parts) {
		return a, false, ErrNoPart
	}
	t := a.Parts[i]
	switch {
	case !t.SentAt.IsZero() && t.Reference == s.Reference:
		return a, false, nil
	case !t.SentAt.IsZero():
		return a, false, ErrSentAlready
	case t.Ordered():
		return a, false, ErrOrdered
	case !t.ReturnedAt.IsZero():
		return a, false, ErrEnded
	case a.ReleasedAt.IsZero() || !a.CancelledAt.IsZero():
		return a, false, ErrNotReleased
	case SnapshotOf(a.PayoutID, a.Amount, r) != a.Snapshot:
		return a, false, ErrVoid
	}
	if s.Debit.IsZero() {
		s.Debit = t.Amount
	}
	if err := s.check(t, a.ReleasedAt, now); err != nil {
		return a, false, err
	}
	return a.leave(i, s, rail, cal), true, nil
}

// Leave records that a provider took a transfer: a fact, whatever became of the
// account meanwhile. Faults: payout.sent, payout.ended.
func (a Attempt) Leave(s Sending, rail Rail, cal worktime.Calendar) (Attempt, error) {
	i := int(s.Part) - 1
	if i < 0 || i >= len(a.Parts) {
		return a, ErrNoPart
	}
	switch t := a.Parts[i]; {
	case !t.SentAt.IsZero():
		return a, ErrSentAlready
	case !t.ReturnedAt.IsZero() || !a.CancelledAt.IsZero():
		return a, ErrEnded
	}
	return a.leave(i, s, rail, cal), nil
}

func (a Attempt) leave(i int, s Sending, rail Rail, cal worktime.Calendar) Attempt {
	t := a.Parts[i]
	t.SentAt, t.SentBy, t.Reference, t.Debit, t.Fee = s.At, s.By, s.Reference, s.Debit, s.Fee
	t.Rate, t.RateSource, t.Account, t.ProofSHA, t.ProofName = s.Rate, s.RateSource, s.Account, s.ProofSHA, s.ProofName
	t.ExpectedOn = rail.Expected(s.At, cal)
	t.UnclearAt = cal.AddWorkdays(t.ExpectedOn, unclearDays).At(23, 59, cal.Zone)
	return a.with(i, t)
}

// Decline records that a provider refused a transfer: nothing left. Fault:
// payout.sent.
func (a Attempt) Decline(part int64, reason string, now time.Time) (Attempt, error) {
	i := int(part) - 1
	if i < 0 || i >= len(a.Parts) {
		return a, ErrNoPart
	}
	t := a.Parts[i]
	if !t.SentAt.IsZero() {
		return a, ErrSentAlready
	}
	t.ReturnedAt, t.ReturnFor = now, reason
	return a.with(i, t), nil
}

func (s Sending) check(t Transfer, released, now time.Time) error {
	f := fault.Fields{}
	if strings.TrimSpace(s.Reference) == "" {
		f["reference"] = ErrReference.Code
	}
	if strings.TrimSpace(s.Account) == "" {
		f["account"] = ErrAccount.Code
	}
	if s.At.After(now) || s.At.Before(released.Truncate(time.Minute)) {
		f["at"] = ErrSentFuture.Code
	}
	switch {
	case s.Debit.Sign() <= 0 || (s.Debit.Currency == t.Amount.Currency && s.Debit != t.Amount):
		f["debit"] = ErrDebit.Code
	case s.Fee.Sign() < 0 || (!s.Fee.IsZero() && s.Fee.Currency != s.Debit.Currency):
		f["fee"] = ErrDebit.Code
	case s.Debit.Currency != t.Amount.Currency && (s.Rate == "" || s.RateSource == ""):
		f["rate"] = ErrRate.Code
	}
	return f.Err()
}

// Arrive records that a sent transfer has arrived; by says who saw it. Telling it
// again changes nothing and gives false. Faults: payout.not-sent, payout.ended.
func (a Attempt) Arrive(part int64, by string, now time.Time) (Attempt, bool, error) {
	i := int(part) - 1
	if i < 0 || i >= len(a.Parts) {
		return a, false, ErrNoPart
	}
	t := a.Parts[i]
	switch {
	case !t.ArrivedAt.IsZero():
		return a, false, nil
	case !t.ReturnedAt.IsZero():
		return a, false, ErrEnded
	case t.SentAt.IsZero():
		return a, false, ErrNotSent
	}
	t.ArrivedAt, t.ArrivedBy = now, by
	return a.with(i, t), true, nil
}

// Miss records that the talent found nothing on the account: the transfer is
// unclear until finance knows more.
func (a Attempt) Miss(part int64, now time.Time) (Attempt, error) {
	i := int(part) - 1
	if i < 0 || i >= len(a.Parts) {
		return a, ErrNoPart
	}
	t := a.Parts[i]
	switch {
	case t.SentAt.IsZero():
		return a, ErrNotSent
	case !t.ArrivedAt.IsZero() || !t.ReturnedAt.IsZero():
		return a, ErrEnded
	}
	t.MissingAt = now
	return a.with(i, t), nil
}

// Return records that a sent transfer came back. back is what was credited to
// the agency; without it the whole debit. A transfer that was believed arrived
// may come back days later. Faults: payout.not-sent, payout.ended,
// payout.reason.
func (a Attempt) Return(part int64, back money.Amount, reason string, now time.Time) (Attempt, error) {
	i := int(part) - 1
	if i < 0 || i >= len(a.Parts) {
		return a, ErrNoPart
	}
	t := a.Parts[i]
	if back.None() {
		back = t.Debit
	}
	switch {
	case strings.TrimSpace(reason) == "":
		return a, ErrReason.At("reason")
	case t.SentAt.IsZero():
		return a, ErrNotSent
	case !t.ReturnedAt.IsZero():
		return a, ErrEnded
	case back.Currency != t.Debit.Currency || back.Sign() < 0:
		return a, ErrDebit.At("back")
	}
	t.ReturnedAt, t.ReturnFor, t.Back, t.ArrivedAt, t.ArrivedBy = now, reason, back, time.Time{}, ""
	return a.with(i, t), nil
}

// with gives the attempt with one transfer replaced; the old one is not touched.
func (a Attempt) with(i int, t Transfer) Attempt {
	parts := make([]Transfer, len(a.Parts))
	copy(parts, a.Parts)
	parts[i] = t
	a.Parts = parts
	return a
}
