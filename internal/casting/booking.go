package casting

import (
	"time"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// Booking is an offer that holds: the frozen terms to which the talent said yes.
type Booking struct {
	ID, CampaignID, ClientID, SlotID, OfferID, CandidateID, TalentID, AccountID string

	Fee          money.Amount // owed to the talent before tax, in the talent's currency
	FeeHome      money.Amount // the same in the campaign's currency
	Price        money.Amount // owed by the client
	Deliverables []Piece
	Rights       Rights
	Net          bool // the fee is what arrives: the agency bears the talent's tax
	DraftDue     worktime.Deadline
	RevisionDue  worktime.Deadline // zero when the offer had none
	PostDue      worktime.Deadline
	Reserve      int64 // the client's order when a reserve was booked; 0 for a yes

	CommittedAt time.Time
	ExtendedAt  time.Time // the dates were moved last (A51)
	DraftAt     time.Time // the first draft arrived
	DeliveredAt time.Time // everything owed is live
	DroppedAt   time.Time
	DropKind    DropKind
	DropReason  string
	Version     int64
}

// Active says whether the booking holds its slot.
func (b Booking) Active() bool { return b.DroppedAt.IsZero() }

// DropKind is why a booking ended early, without private detail (A51).
type DropKind string

// The kinds. Health detail is never stored.
const (
	DropIllness   DropKind = "illness"
	DropFamily    DropKind = "family"
	DropNoContact DropKind = "no_contact"
	DropConflict  DropKind = "conflict"
	DropClient    DropKind = "client" // the client's wish
	DropOther     DropKind = "other"
)

// DropKinds lists them in the order of the form.
func DropKinds() []DropKind {
	return []DropKind{DropNoContact, DropIllness, DropFamily, DropConflict, DropClient, DropOther}
}

// Known says whether this is one of DropKinds.
func (k DropKind) Known() bool {
	for _, d := range DropKinds() {
		if d == k {
			return true
		}
	}
	return false
}

// Private says that nothing but the kind is kept: no health detail, no family matter.
func (k DropKind) Private() bool { return k == DropIllness || k == DropFamily }

// Faults of a booking.
var (
	ErrBookingEnded = fault.New(fault.Conflict, "booking.ended") // dropped or delivered
	ErrDropKind     = fault.Field("kind", "booking.drop-kind")
	ErrDropReason   = fault.Field("reason", "booking.drop-reason")  // a drop names its reason
	ErrDropPrivate  = fault.Field("reason", "booking.drop-private") // of illness and family nothing but the kind is kept
	ErrCheckIn      = fault.Field("answer", "booking.checkin-answer")
	ErrCheckInOver  = fault.New(fault.Conflict, "booking.checkin-over") // the draft is there, or the booking ended
)

// Drop ends a booking by a person's decision. Faults: booking.ended, booking.drop-kind,
// booking.drop-reason, booking.drop-private.
func (b Booking) Drop(kind DropKind, reason string, now time.Time) (Booking, error) {
	switch {
	case !b.DroppedAt.IsZero() || !b.DeliveredAt.IsZero():
		return b, ErrBookingEnded
	case !kind.Known():
		return b, ErrDropKind
	case kind.Private() && reason != "":
		return b, ErrDropPrivate
	case reason == "" && !kind.Private() || len([]rune(reason)) > maxReason:
		return b, ErrDropReason
	}
	b.DroppedAt, b.DropKind, b.DropReason = now, kind, reason
	return b, nil
}

// SlotState is where a slot stands.
type SlotState string

// The states of a slot (R3).
const (
	SlotOpen      SlotState = "open"
	SlotOffered   SlotState = "offered"
	SlotCountered SlotState = "countered" // offered; the agency must answer a counter
	SlotCommitted SlotState = "committed"
	SlotHelp      SlotState = "help" // committed; the talent asked for help
	SlotAtRisk    SlotState = "at_risk"
	SlotLate      SlotState = "late"
	SlotDelivered SlotState = "delivered"
	SlotLapsed    SlotState = "lapsed"  // the last offer ended without a yes; open again
	SlotDropped   SlotState = "dropped" // the last booking was dropped; open again
)

// SlotStateOf computes a slot's state from its offers and bookings, oldest first.
// risk is the risk of the active booking.
func SlotStateOf(offers []Offer, bookings []Booking, risk Risk, now time.Time) SlotState {
	for _, b := range bookings {
		if b.Active() {
			return bookedState(b, risk)
		}
	}
	last := SlotOpen
	var end time.Time
	for _, b := range bookings {
		if b.DroppedAt.After(end) {
			last, end = SlotDropped, b.DroppedAt
		}
	}
	for _, o := range offers {
		switch o.State(now) {
		case StateOffered:
			return SlotOffered
		case StateCountered:
			return SlotCountered
		case StateExpired, StateDeclined, StateIneligible:
			if ended := o.ended(); ended.After(end) {
				last, end = SlotLapsed, ended
			}
		}
	}
	return last
}

func bookedState(b Booking, risk Risk) SlotState {
	switch {
	case !b.DeliveredAt.IsZero():
		return SlotDelivered
	case risk == RiskLate:
		return SlotLate
	case risk == RiskAtRisk:
		return SlotAtRisk
	case risk == RiskHelp:
		return SlotHelp
	}
	return SlotCommitted
}

func (o Offer) ended() time.Time {
	for _, t := range []time.Time{o.DeclinedAt, o.LapsedAt} {
		if !t.IsZero() {
			return t
		}
	}
	return o.ExpiresAt
}
