package result

import (
	"math/bits"
	"slices"
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// Scope says over what the promise is measured.
type Scope string

// The scopes.
const (
	PerTalent   Scope = "talent"
	PerCampaign Scope = "campaign"
)

// RefundBase says of what the refund is a share.
type RefundBase string

// The bases of a refund.
const (
	WholeAgreement RefundBase = "agreement"
	TalentLine     RefundBase = "line"
)

// DefaultShareBp is the refund's share, ten per cent, unless the agreement says otherwise.
const DefaultShareBp = 1000

// Promise is the guarantee of an agreement as result judges it (R6).
type Promise struct {
	Formula  Formula
	Actions  []Metric
	TargetBp int64
	Scope    Scope
	Base     RefundBase
	ShareBp  int64
}

// State is what the insights say about a promise.
type State string

// The states of a verdict.
const (
	Running  State = "running"  // posts are still to be measured
	Met      State = "met"      // reached, with verified insights alone
	Missed   State = "missed"   // breached: a remedy is due
	Unproven State = "unproven" // not measurable at measuring age + 3 working days
)

// Piece is one deliverable in the evaluation.
type Piece struct {
	DeliverableID, BookingID, TalentID string
	Talent                             string  // name, for lists
	PostID                             string  // empty until posted
	Formula                            Formula // the promise's, or an agreed other one
	Counts                             Counts  // verified at measuring age; nil until then
	PostedAt                           time.Time
	MeasureAt                          time.Time // measuring age reached
	ProofBy                            time.Time // + 3 working days: without data now it is unproven
	Replaces                           string    // the booking whose failure this one answers
	Forecast                           int64     // expected base, from the account's own mean; 0 = unknown
}

// proven says whether the piece has what the formula needs.
func (p Piece) proven(actions []Metric) bool {
	base, ok := p.Counts[p.Formula.Base()]
	return ok && base > 0 && anyKnown(p.Counts, actions)
}

// Verdict is what the pieces of one talent, or of the campaign, add up to.
type Verdict struct {
	BookingID string // empty for the whole campaign
	TalentID  string
	Talent    string
	State     State
	Sum       Sum
	TargetBp  int64
	Waiting   []Piece // still to be measured
	Missing   []Piece // past their time without data
	Mixed     bool    // formulas differ: no common figure
	Agreed    bool    // not measurable; client and management agreed on the state in writing
	Needed    Need
	DecidedAt time.Time // when the last piece was proven or given up
}

// Need is the forecast: what the remaining posts have to bring.
type Need struct {
	Posts       int   // remaining
	Base        int64 // expected of them
	Engagements int64 // needed of them; 0 when the target is already safe
	Known       bool  // an expected base is known
}

// Rate is the engagement rate that the remaining posts need.
func (n Need) Rate() Ratio { return Ratio{Num: n.Engagements, Den: n.Base, Known: n.Known} }

// Evaluate judges the promise over the pieces at now: one verdict per booking, or
// one for the campaign. The pieces of a replacement stand in the place of the booking
// they replace, under its id, when the scope is per talent; for the campaign they are
// added. Faults: figure.formula, figure.actions, figure.too-large.
func Evaluate(p Promise, pieces []Piece, now time.Time) ([]Verdict, error) {
	if !p.Formula.Known() {
		return nil, ErrFormula
	}
	if p.Scope == PerCampaign {
		v, err := judge(p, pieces, now)
		return []Verdict{v}, err
	}
	var out []Verdict
	for _, id := range roots(pieces) {
		group := piecesOf(pieces, id)
		v, err := judge(p, group, now)
		if err != nil {
			return nil, err
		}
		v.BookingID, v.TalentID, v.Talent = id, group[0].TalentID, group[0].Talent
		out = append(out, v)
	}
	return out, nil
}

// roots lists the bookings that were promised, each once; replacements are theirs.
func roots(pieces []Piece) []string {
	var ids []string
	for _, p := range pieces {
		if id := p.root(); !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// root is the booking in whose place the piece counts.
func (p Piece) root() string { return orWord(p.Replaces, p.BookingID) }

// piecesOf gives what counts for a booking: its replacement's pieces when there are any.
func piecesOf(pieces []Piece, root string) []Piece {
	var own, instead []Piece
	for _, p := range pieces {
		switch {
		case p.root() != root:
		case p.Replaces != "":
			instead = append(instead, p)
		default:
			own = append(own, p)
		}
	}
	if len(instead) > 0 {
		return instead
	}
	return own
}

func judge(p Promise, pieces []Piece, now time.Time) (Verdict, error) {
	v := Verdict{TargetBp: p.TargetBp}
	measures := make([]Measure, 0, len(pieces))
	for _, x := range pieces {
		switch {
		case x.proven(p.Actions):
			measures = append(measures, Measure{x.Formula, x.Counts})
			if x.MeasureAt.After(v.DecidedAt) {
				v.DecidedAt = x.MeasureAt
			}
		case x.PostID == "" || now.Before(x.ProofBy):
			v.Waiting = append(v.Waiting, x)
		default:
			v.Missing = append(v.Missing, x)
		}
	}
	sum, err := Pool(p.Actions, measures...)
	if fault.CodeOf(err) == ErrFormulasMixed.Code {
		v.Mixed, v.State = true, Unproven
		return v, nil
	}
	if err != nil {
		return v, err
	}
	v.Sum = sum
	v.Needed = needed(p, sum, v.Waiting)
	switch {
	case len(v.Missing) > 0:
		v.State = Unproven
	case len(v.Waiting) > 0 || len(pieces) == 0:
		v.State = Running
	case sum.ER().AtLeast(p.TargetBp):
		v.State = Met
	default:
		v.State = Missed
	}
	return v, nil
}

// needed is ceil(target × (base + expected) ÷ 10000) − engagements. Where an
// account has no mean of its own, the mean base of the measured posts stands in.
func needed(p Promise, s Sum, waiting []Piece) Need {
	n := Need{Posts: len(waiting)}
	if n.Posts == 0 {
		return n
	}
	n.Known = true
	for _, w := range waiting {
		expect := w.Forecast
		if expect <= 0 && s.Measured > 0 {
			expect = s.Base / int64(s.Measured)
		}
		if expect <= 0 {
			n.Known = false
		}
		n.Base += expect
	}
	if !n.Known {
		return n
	}
	hi, lo := bits.Mul64(uint64(p.TargetBp), uint64(s.Base+n.Base))
	if hi >= 10_000 {
		n.Known = false
		return n
	}
	quo, rem := bits.Div64(hi, lo, 10_000)
	if rem > 0 {
		quo++
	}
	n.Engagements = max(0, int64(quo)-s.Engagements)
	return n
}

// ProofBy is the moment from which missing data makes a piece unproven: measuring
// age plus three working days of the agency.
func ProofBy(measureAt time.Time, cal worktime.Calendar) time.Time {
	zone := cal.Zone
	if zone == nil {
		zone = time.UTC
	}
	day := cal.AddWorkdays(worktime.DateOf(measureAt, zone), 3)
	if day == "" {
		return measureAt.Add(3 * 24 * time.Hour)
	}
	return day.AddDays(1).In(zone).Add(-time.Second)
}

// RemedyKind is how a missed guarantee is answered.
type RemedyKind string

// The remedies.
const (
	Replacement RemedyKind = "replacement"
	Refund      RemedyKind = "refund"
)

// Remedy answers one missed verdict. Its state is computed from its facts.
type Remedy struct {
	ID, CampaignID string
	BookingID      string // whose verdict; empty for the whole campaign
	Kind           RemedyKind
	VerdictVersion int64
	Reason         string

	SlotID   string       // the free slot of a replacement
	Base     money.Amount // of a refund
	ShareBp  int64
	Amount   money.Amount
	ChosenAt time.Time
	ChosenBy string // name
	ChosenID string
	DueBy    time.Time // five working days after the verdict

	ApprovedAt time.Time // management; only a refund needs it
	ApprovedBy string
	RefusedAt  time.Time
	RefusedBy  string
	RefusedWhy string
	FailedAt   time.Time // the replacement missed as well
	Revision   int64
}

// Late says whether the remedy was chosen after its five working days.
func (r Remedy) Late() bool { return r.ChosenAt.After(r.DueBy) }

// Pending says whether a refund waits for management.
func (r Remedy) Pending() bool { return r.Kind == Refund && r.Open() && r.ApprovedAt.IsZero() }

// Open says whether the remedy still stands.
func (r Remedy) Open() bool { return r.RefusedAt.IsZero() && r.FailedAt.IsZero() }

// Refusals of a remedy.
var (
	ErrNotMissed      = fault.New(fault.Conflict, "remedy.not-missed")
	ErrRemedyThere    = fault.New(fault.Conflict, "remedy.there")       // never both, never twice
	ErrOnlyRefund     = fault.New(fault.Conflict, "remedy.only-refund") // the replacement failed
	ErrRemedyKind     = fault.Field("kind", "remedy.kind")
	ErrRemedyReason   = fault.Field("reason", "remedy.reason")
	ErrCauseContested = fault.New(fault.Conflict, "remedy.contested-cause") // management decides first
	ErrRefundBase     = fault.New(fault.Conflict, "remedy.base-unknown")
	ErrRefundShare    = fault.Field("share", "remedy.share")
	ErrRemedyDecided  = fault.New(fault.Conflict, "remedy.decided")
	ErrRemedyNoRefund = fault.New(fault.Conflict, "remedy.no-refund")
	ErrAgreeText      = fault.Field("text", "guarantee.agree-text")
	ErrAgreeNot       = fault.New(fault.Conflict, "guarantee.agree-not") // only what is unproven is agreed
	ErrAgreeState     = fault.Field("state", "guarantee.agree-state")
	ErrApproveSelf    = fault.New(fault.Forbidden, "remedy.same-person")
	ErrAfterEnd       = fault.New(fault.Conflict, "remedy.after-end") // a replacement after the campaign's end
)

// Cause is whether the miss may not be the agency's: more than 48 of the client's
// working hours late on the deliverable, or a wish forced after approval.
type Cause struct {
	Contested bool
	Decided   bool // management decided with a reason
	Owed      bool // the remedy is owed all the same
}

// ChooseRemedy judges the choice of a remedy for a verdict, given those before.
func ChooseRemedy(v Verdict, before []Remedy, c Cause, kind RemedyKind, reason string) error {
	switch {
	case kind != Replacement && kind != Refund:
		return ErrRemedyKind
	case v.State != Missed:
		return ErrNotMissed
	case c.Contested && !c.Decided, c.Decided && !c.Owed:
		return ErrCauseContested
	case strings.TrimSpace(reason) == "":
		return ErrRemedyReason
	}
	for _, r := range before {
		switch {
		case r.Open():
			return ErrRemedyThere
		case !r.FailedAt.IsZero() && kind == Replacement:
			return ErrOnlyRefund
		}
	}
	return nil
}

// RefundOf is base × share, rounded half up to the currency's unit.
func RefundOf(base money.Amount, shareBp int64) (money.Amount, error) {
	switch {
	case base.Sign() <= 0:
		return money.Amount{}, ErrRefundBase
	case shareBp <= 0 || shareBp > 10_000:
		return money.Amount{}, ErrRefundShare
	}
	return base.Bp(shareBp, money.HalfUp)
}

// SplitRefund limits a refund to what was received: paid is given back, the rest
// is a cancelled claim. Fault: money.currencies.
func SplitRefund(refund, received money.Amount) (paid, cancelled money.Amount, err error) {
	if !refund.Same(received) {
		return paid, cancelled, money.ErrCurrencies
	}
	paid = refund
	if received.Minor < refund.Minor {
		paid.Minor = max(0, received.Minor)
	}
	cancelled, err = refund.Sub(paid)
	return paid, cancelled, err
}

// Approve is management's yes to a refund, by another person than who chose it.
func (r Remedy) Approve(byID, by string, now time.Time) (Remedy, error) {
	switch {
	case r.Kind != Refund:
		return r, ErrRemedyNoRefund
	case !r.ApprovedAt.IsZero() || !r.Open():
		return r, ErrRemedyDecided
	case r.ChosenID == byID:
		return r, ErrApproveSelf
	}
	r.ApprovedAt, r.ApprovedBy = now, by
	return r, nil
}

// Refuse is management's no to a refund that was not approved yet.
func (r Remedy) Refuse(by, why string, now time.Time) (Remedy, error) {
	switch {
	case !r.ApprovedAt.IsZero() || !r.Open():
		return r, ErrRemedyDecided
	case strings.TrimSpace(why) == "":
		return r, ErrRemedyReason
	}
	r.RefusedAt, r.RefusedBy, r.RefusedWhy = now, by, strings.TrimSpace(why)
	return r, nil
}

// RemedyDue is the end of the fifth working day after the verdict.
func RemedyDue(decided time.Time, cal worktime.Calendar) time.Time {
	zone := cal.Zone
	if zone == nil {
		zone = time.UTC
	}
	day := cal.AddWorkdays(worktime.DateOf(decided, zone), 5)
	if day == "" {
		return decided.Add(7 * 24 * time.Hour)
	}
	return day.AddDays(1).In(zone).Add(-time.Second)
}
