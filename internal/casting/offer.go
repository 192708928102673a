package casting

import (
	"time"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// DateKind names what a date of an offer is for.
type DateKind string

// The dates of an offer, in their order in time.
const (
	DateDraft    DateKind = "draft"    // the first draft arrives
	DateRevision DateKind = "revision" // the last turn-around of a revision
	DatePosting  DateKind = "posting"  // the post goes live
)

// Date is one date of an offer and the talent's answer to it.
type Date struct {
	Kind     DateKind
	Due      worktime.Deadline // in the talent's zone (R8)
	Yes      bool
	Counter  worktime.Deadline // the one date proposed instead; zero without one
	Accepted bool              // the agency took the counter-date
}

// Agreed is the date that holds: the offered one with a yes, or the accepted counter.
func (d Date) Agreed() (worktime.Deadline, bool) {
	switch {
	case d.Yes:
		return d.Due, true
	case d.Accepted && !d.Counter.IsZero():
		return d.Counter, true
	}
	return worktime.Deadline{}, false
}

// Piece is what is owed: so many of a format on a platform.
type Piece struct {
	Platform, Format string
	Count            int64
}

// Rights are what the fee covers beside the pieces: what the client may do with the
// content, what the talent leaves out, how often a wish is met.
type Rights struct {
	UsageDays     int64  // how long the client may use the content; 0 = stays on the talent's own account only
	Boost         bool   // may be advertised from the talent's account
	ExclusiveDays int64  // no rival's work for so many days after posting; 0 = none
	Category      string // of the exclusivity
	OnlineDays    int64  // how long the post stays up
	Revisions     int64  // turn-arounds of a wish that the fee covers; faults are always mended
}

// Offer asks one talent for one slot. Its state is computed (State); Fee is before
// tax, unless Net says that it is what the talent receives.
type Offer struct {
	ID, CampaignID, ClientID, SlotID, CandidateID, TalentID, AccountID string

	Fee        money.Amount
	FeeHome    money.Amount // in the campaign's currency
	Price      money.Amount // the client's; never in a TalentOffer
	Asked      money.Amount // the fee the talent proposed instead; zero without one
	Pieces     []Piece
	Rights     Rights
	Net        bool // the fee is what arrives, the agency bears the tax; else tax is taken from it
	Dates      []Date
	Note       string // to the talent
	TalentNote string // the talent's words with a counter or a no
	Reserve    int64  // the client's order when a reserve is offered; 0 for a yes

	SentAt      time.Time
	SentBy      string
	ExpiresAt   time.Time
	CounteredAt time.Time
	DeclinedAt  time.Time
	Ineligible  bool // declined because an eligibility answer stopped it (R4)
	WithdrawnAt time.Time
	LapsedAt    time.Time // the expiry was written down
	CommittedAt time.Time
	BookingID   string
	Version     int64
}

// State is where an offer stands.
type State string

// The states of an offer.
const (
	StateOffered    State = "offered"
	StateCountered  State = "countered" // the agency must answer
	StateExpired    State = "expired"
	StateDeclined   State = "declined"
	StateIneligible State = "ineligible"
	StateWithdrawn  State = "withdrawn"
	StateCommitted  State = "committed"
)

// State computes where the offer stands at now, from its facts. The order says
// which fact outweighs which: a commitment stays, whatever follows is the booking's.
func (o Offer) State(now time.Time) State {
	switch {
	case !o.CommittedAt.IsZero():
		return StateCommitted
	case !o.WithdrawnAt.IsZero():
		return StateWithdrawn
	case o.Ineligible:
		return StateIneligible
	case !o.DeclinedAt.IsZero():
		return StateDeclined
	case !o.LapsedAt.IsZero():
		return StateExpired
	case !o.CounteredAt.IsZero():
		if !now.Before(o.limit()) {
			return StateExpired
		}
		return StateCountered
	case !now.Before(o.ExpiresAt):
		return StateExpired
	}
	return StateOffered
}

// Live says whether the offer holds its slot and its talent at now. A commitment
// holds both until its booking is dropped, which is the booking's fact.
func (o Offer) Live(now time.Time) bool {
	s := o.State(now)
	return s == StateOffered || s == StateCountered || s == StateCommitted
}

// The windows of R3.
const (
	OfferFor    = 24 * time.Hour // an offer's life
	BeforeFirst = 48 * time.Hour // an offer ends at least so long before its first date
)

// Faults of an offer.
var (
	ErrOfferLate    = fault.New(fault.Conflict, "offer.first-date-near") // too little time before the first date; args: first
	ErrOfferExpired = fault.New(fault.Conflict, "offer.expired")         // args: at
	ErrOfferClosed  = fault.New(fault.Conflict, "offer.closed")          // args: state
	ErrNoCounter    = fault.New(fault.Conflict, "offer.no-counter")      // nothing to accept
	ErrDates        = fault.Field("dates", "offer.dates-missing")        // a draft and a posting date are needed
	ErrDateOrder    = fault.Field("dates", "offer.date-order")           // posting before draft
	ErrDatePast     = fault.Field("dates", "offer.date-past")            // a date that is over
	ErrDateOutside  = fault.Field("dates", "offer.date-outside")         // outside the campaign; args: from, to
	ErrDateUnsaid   = fault.Field("dates", "offer.date-unanswered")      // neither yes nor counter
	ErrCounterSame  = fault.Field("dates", "offer.counter-same")         // the counter is the date itself
	ErrFee          = fault.Field("fee", "offer.fee-wrong")
	ErrFeeCurrency  = fault.Field("fee", "offer.fee-currency") // args: currency
	ErrOverBudget   = fault.Field("fee", "offer.over-budget")  // args: fee, budget
	ErrAsked        = fault.Field("asked", "offer.asked-wrong")
	ErrPieces       = fault.Field("pieces", "offer.pieces-missing")
	ErrRights       = fault.Field("rights", "offer.rights-wrong")
	ErrNoteLong     = fault.Field("note", "offer.note-long")
	ErrSlotTaken    = fault.New(fault.Conflict, "offer.slot-taken")       // another offer holds the slot
	ErrHeld         = fault.New(fault.Conflict, "offer.talent-held")      // another slot holds the talent; args: talent
	ErrNotPicked    = fault.New(fault.Conflict, "offer.not-picked")       // the client said neither yes nor reserve
	ErrNotAcked     = fault.New(fault.Conflict, "offer.not-acknowledged") // must points are open; args: points
	ErrClash        = fault.New(fault.Conflict, "offer.clash")            // exclusive elsewhere; args: with, from, to
	ErrSameDay      = fault.Field("same_day", "offer.same-day")           // committed elsewhere that day: a reason is needed; args: day
	ErrIneligible   = fault.New(fault.Conflict, "offer.ineligible")       // an eligibility answer stopped the offer
	ErrBriefMissing = fault.New(fault.Conflict, "offer.brief-missing")    // no accepted brief to send
)

// ExpiryOf is when an offer sent at now ends: after 24 hours of the wall clock,
// never later than 48 hours before its first date. Both are instants, so the
// zone of neither side matters. Fault: offer.first-date-near.
func ExpiryOf(now time.Time, dates []Date) (time.Time, error) {
	first := firstOf(dates)
	if first.IsZero() {
		return time.Time{}, ErrDates
	}
	at := now.Add(OfferFor)
	if limit := first.Add(-BeforeFirst); limit.Before(at) {
		at = limit
	}
	if !at.After(now) {
		return time.Time{}, ErrOfferLate.With("first", first)
	}
	return at, nil
}

func (o Offer) limit() time.Time { return firstOf(o.Dates).Add(-BeforeFirst) }

func firstOf(dates []Date) (first time.Time) {
	for _, d := range dates {
		if first.IsZero() || d.Due.At.Before(first) {
			first = d.Due.At
		}
	}
	return first
}

// Term is the span of days that an offer's dates must lie in: the campaign's, in
// the campaign's own zone.
type Term struct{ From, To time.Time } // To is the last instant

// CheckOffer finds everything wrong with an offer before it is sent.
func CheckOffer(o Offer, term Term, now time.Time) error {
	wrong := fault.Fields{}
	if o.Fee.Sign() <= 0 || !o.Fee.Currency.Known() {
		wrong["fee"] = ErrFee.Code
	}
	if len(o.Pieces) == 0 {
		wrong["pieces"] = ErrPieces.Code
	}
	for _, p := range o.Pieces {
		if p.Count < 1 || p.Count > 50 || p.Platform == "" || p.Format == "" {
			wrong["pieces"] = ErrPieces.Code
		}
	}
	if r := o.Rights; min(r.UsageDays, r.ExclusiveDays, r.OnlineDays) < 0 || max(r.UsageDays, r.ExclusiveDays, r.OnlineDays) > 3660 || r.Revisions < 0 || r.Revisions > 20 {
		wrong["rights"] = ErrRights.Code
	}
	if len([]rune(o.Note)) > maxNote {
		wrong["note"] = ErrNoteLong.Code
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	due := make([]worktime.Deadline, len(o.Dates))
	for i, d := range o.Dates {
		due[i] = d.Due
	}
	return checkDates(o.Dates, due, term, now)
}

const maxNote = 2000

// checkDates judges a set of dates as if due were what holds.
func checkDates(dates []Date, due []worktime.Deadline, term Term, now time.Time) error {
	at := map[DateKind]time.Time{}
	for i, d := range dates {
		switch t := due[i].At; {
		case t.IsZero():
			return ErrDates
		case !t.After(now):
			return ErrDatePast
		case t.Before(term.From) || t.After(term.To):
			return ErrDateOutside.With("from", term.From, "to", term.To)
		}
		at[d.Kind] = due[i].At
	}
	draft, posting := at[DateDraft], at[DatePosting]
	if draft.IsZero() || posting.IsZero() {
		return ErrDates
	}
	if posting.Before(draft) {
		return ErrDateOrder
	}
	if r, ok := at[DateRevision]; ok && (r.Before(draft) || posting.Before(r)) {
		return ErrDateOrder
	}
	return nil
}

// Reply is a talent's answer to an offer: to each date yes or a counter-date, and
// perhaps another fee.
type Reply struct {
	Yes     map[DateKind]bool
	Counter map[DateKind]worktime.Deadline
	Asked   money.Amount // zero: the fee is accepted
	Note    string
}

// Countered says whether the reply proposes anything else than what was offered.
func (r Reply) Countered() bool { return len(r.Counter) > 0 || !r.Asked.None() }

// Answer applies a talent's reply at now. The result is countered or ready to be
// committed (AllAgreed). Faults: offer.expired, offer.closed and those of dates.
func (o Offer) Answer(r Reply, term Term, now time.Time) (Offer, error) {
	if err := o.open(now); err != nil {
		return o, err
	}
	if len([]rune(r.Note)) > maxNote {
		return o, ErrNoteLong
	}
	if !r.Asked.None() && (r.Asked.Sign() <= 0 || r.Asked.Currency != o.Fee.Currency) {
		return o, ErrAsked
	}
	dates := make([]Date, len(o.Dates))
	due := make([]worktime.Deadline, len(o.Dates))
	for i, d := range o.Dates {
		counter, countered := r.Counter[d.Kind]
		switch {
		case countered && counter.At.Equal(d.Due.At):
			return o, ErrCounterSame
		case countered:
			d.Yes, d.Counter, due[i] = false, counter, counter
		case r.Yes[d.Kind]:
			d.Yes, d.Counter, due[i] = true, worktime.Deadline{}, d.Due
		default:
			return o, ErrDateUnsaid
		}
		dates[i] = d
	}
	if err := checkDates(dates, due, term, now); err != nil {
		return o, err
	}
	o.Dates, o.Asked, o.TalentNote = dates, r.Asked, r.Note
	if r.Countered() {
		o.CounteredAt = now
	}
	return o, nil
}

// open is nil while the talent may answer.
func (o Offer) open(now time.Time) error {
	switch s := o.State(now); s {
	case StateOffered:
		return nil
	case StateExpired:
		return ErrOfferExpired.With("at", o.ExpiresAt)
	default:
		return ErrOfferClosed.With("state", string(s))
	}
}

// TakeCounter accepts what the talent proposed: its counter-dates and its fee.
// The offer is then ready to be committed. budget is the slot's, in the fee's
// campaign currency; feeHome the asked fee in that currency. A fee over the
// budget needs approved. Faults: offer.no-counter, offer.over-budget.
func (o Offer) TakeCounter(feeHome, budget money.Amount, approved bool, now time.Time) (Offer, error) {
	if o.State(now) != StateCountered {
		return o, ErrNoCounter
	}
	if !o.Asked.None() {
		if err := WithinBudget(feeHome, budget, approved); err != nil {
			return o, err
		}
		o.Fee, o.FeeHome = o.Asked, feeHome
	}
	dates := make([]Date, len(o.Dates))
	for i, d := range o.Dates {
		d.Accepted = !d.Counter.IsZero()
		dates[i] = d
	}
	o.Dates = dates
	return o, nil
}

// WithinBudget refuses a fee above a slot's budget unless somebody who may has
// approved it (A35). Without a budget there is no limit.
func WithinBudget(fee, budget money.Amount, approved bool) error {
	if budget.None() || approved || fee.Currency == budget.Currency && fee.Cmp(budget) <= 0 {
		return nil
	}
	return ErrOverBudget.With("fee", fee, "budget", budget)
}

// AllAgreed says whether each date holds: only then can the offer be committed.
func (o Offer) AllAgreed() bool {
	for _, d := range o.Dates {
		if _, ok := d.Agreed(); !ok {
			return false
		}
	}
	return len(o.Dates) > 0
}

// Decline ends the offer by the talent's no. Faults: offer.expired, offer.closed.
func (o Offer) Decline(note string, ineligible bool, now time.Time) (Offer, error) {
	if err := o.open(now); err != nil {
		return o, err
	}
	o.DeclinedAt, o.Ineligible, o.TalentNote = now, ineligible, note
	return o, nil
}

// Withdraw ends the offer by the agency's word. Fault: offer.closed.
func (o Offer) Withdraw(now time.Time) (Offer, error) {
	if s := o.State(now); s != StateOffered && s != StateCountered {
		return o, ErrOfferClosed.With("state", string(s))
	}
	o.WithdrawnAt = now
	return o, nil
}

// Commit makes the booking of an offer to which everything was agreed. open is
// the number of must points without acknowledgement (R4). Faults:
// offer.not-acknowledged, offer.date-unanswered, offer.expired, offer.closed.
func (o Offer) Commit(open int64, now time.Time) (Offer, Booking, error) {
	switch s := o.State(now); {
	case s == StateExpired:
		return o, Booking{}, ErrOfferExpired.With("at", o.ExpiresAt)
	case s != StateOffered && s != StateCountered:
		return o, Booking{}, ErrOfferClosed.With("state", string(s))
	case open > 0:
		return o, Booking{}, ErrNotAcked.With("points", open)
	case !o.AllAgreed():
		return o, Booking{}, ErrDateUnsaid
	}
	o.CommittedAt = now
	b := Booking{CampaignID: o.CampaignID, ClientID: o.ClientID, SlotID: o.SlotID, OfferID: o.ID, CandidateID: o.CandidateID,
		TalentID: o.TalentID, AccountID: o.AccountID, Fee: o.Fee, FeeHome: o.FeeHome, Price: o.Price,
		Deliverables: o.Pieces, Rights: o.Rights, Net: o.Net, Reserve: o.Reserve, CommittedAt: now}
	for _, d := range o.Dates {
		due, _ := d.Agreed()
		switch d.Kind {
		case DateDraft:
			b.DraftDue = due
		case DateRevision:
			b.RevisionDue = due
		case DatePosting:
			b.PostDue = due
		}
	}
	return o, b, nil
}
