package casting

import (
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Parcel is the product sample of a booking (B18). The address is asked for after
// the commitment only.
type Parcel struct {
	BookingID, CampaignID, TalentID string

	Contents  string
	ClockDays int64 // the first draft is due so many days after arrival; 0 = the dates stand
	AskedBy   string
	AskedAt   time.Time

	Recipient, Address string // the talent's; never shown on a client's page
	AddressedAt        time.Time
	Courier, Number    string
	SentBy             string
	SentAt             time.Time
	ArrivedBy          string
	ArrivedAt          time.Time
	Version            int64
}

// ParcelState is where a parcel is, computed from its facts.
type ParcelState string

// The states.
const (
	ParcelAsked     ParcelState = "asked"     // the talent's address is wanted
	ParcelAddressed ParcelState = "addressed" // to be sent
	ParcelSent      ParcelState = "sent"
	ParcelArrived   ParcelState = "arrived"
)

// State computes where the parcel is.
func (p Parcel) State() ParcelState {
	switch {
	case !p.ArrivedAt.IsZero():
		return ParcelArrived
	case !p.SentAt.IsZero():
		return ParcelSent
	case !p.AddressedAt.IsZero():
		return ParcelAddressed
	}
	return ParcelAsked
}

// Faults of a parcel.
var (
	ErrParcelContents = fault.Field("contents", "parcel.contents")
	ErrParcelDays     = fault.Field("days", "parcel.days") // 0 to 60
	ErrParcelThere    = fault.New(fault.Conflict, "parcel.there")
	ErrParcelAddress  = fault.Field("address", "parcel.address")
	ErrParcelWho      = fault.Field("recipient", "parcel.recipient")
	ErrParcelNumber   = fault.Field("number", "parcel.number") // courier and number are needed
	ErrParcelOrder    = fault.New(fault.Conflict, "parcel.order")
)

// Ask begins a parcel. Faults: booking.ended, parcel.contents, parcel.days.
func (b Booking) Ask(contents string, days int64, by string, now time.Time) (Parcel, error) {
	contents = strings.Join(strings.Fields(contents), " ")
	switch {
	case !b.Active() || !b.DeliveredAt.IsZero():
		return Parcel{}, ErrBookingEnded
	case contents == "" || len([]rune(contents)) > 200:
		return Parcel{}, ErrParcelContents
	case days < 0 || days > 60:
		return Parcel{}, ErrParcelDays
	}
	return Parcel{BookingID: b.ID, CampaignID: b.CampaignID, TalentID: b.TalentID, Contents: contents, ClockDays: days, AskedBy: by, AskedAt: now, Version: 1}, nil
}

// To gives the address; until the parcel is sent it may be given again. Faults:
// parcel.order, parcel.recipient, parcel.address.
func (p Parcel) To(recipient, address string, now time.Time) (Parcel, error) {
	recipient, address = strings.TrimSpace(recipient), strings.TrimSpace(address)
	switch {
	case !p.SentAt.IsZero():
		return p, ErrParcelOrder
	case recipient == "" || len([]rune(recipient)) > 120:
		return p, ErrParcelWho
	case len([]rune(address)) < 10 || len([]rune(address)) > 500:
		return p, ErrParcelAddress
	}
	p.Recipient, p.Address, p.AddressedAt = recipient, address, now
	return p, nil
}

// Send keeps courier and number. Faults: parcel.order without an address or after
// arrival, parcel.number.
func (p Parcel) Send(courier, number, by string, now time.Time) (Parcel, error) {
	courier, number = strings.TrimSpace(courier), strings.TrimSpace(number)
	switch {
	case p.AddressedAt.IsZero() || !p.ArrivedAt.IsZero():
		return p, ErrParcelOrder
	case courier == "" || number == "" || len(courier) > 60 || len(number) > 60:
		return p, ErrParcelNumber
	}
	p.Courier, p.Number, p.SentBy, p.SentAt = courier, number, by, now
	return p, nil
}

// Arrive keeps that the parcel is there. Fault: parcel.order unless it was sent, or twice.
func (p Parcel) Arrive(by string, now time.Time) (Parcel, error) {
	if p.SentAt.IsZero() || !p.ArrivedAt.IsZero() {
		return p, ErrParcelOrder
	}
	p.ArrivedBy, p.ArrivedAt = by, now
	return p, nil
}

// FromArrival gives a booking's dates when its clock started at the arrival of the
// parcel: the draft at the end of the day, in the talent's zone, so many days after;
// the post as long after it as before. moved is false when the clock was not agreed,
// the draft is there, or the promised date is still the later one.
func (b Booking) FromArrival(p Parcel) (draft, post worktime.Deadline, moved bool) {
	draft, post = b.DraftDue, b.PostDue
	if p.ClockDays == 0 || p.ArrivedAt.IsZero() || !b.DraftAt.IsZero() {
		return draft, post, false
	}
	loc, err := worktime.Zone(b.DraftDue.Zone)
	if err != nil {
		return draft, post, false
	}
	at := worktime.DateOf(p.ArrivedAt, loc).AddDays(int(p.ClockDays) + 1).In(loc).Add(-time.Second)
	if !at.After(b.DraftDue.At) {
		return draft, post, false
	}
	gap := b.PostDue.At.Sub(b.DraftDue.At)
	draft.At, draft.Entered = at, string(worktime.DateOf(at, loc))
	post.At = at.Add(gap)
	post.Entered = string(worktime.DateOf(post.At, loc))
	return draft, post, true
}
