package casting

import (
	"time"

	"kolega/internal/worktime"
)

// CheckInAnswer is what a talent taps.
type CheckInAnswer string

// The answers to "is the draft date still good?".
const (
	CheckInNone   CheckInAnswer = ""
	OnTrack       CheckInAnswer = "on_track"
	NeedHelp      CheckInAnswer = "need_help"
	CannotDeliver CheckInAnswer = "cannot"
)

// Known says whether this is one of the three answers.
func (a CheckInAnswer) Known() bool { return a == OnTrack || a == NeedHelp || a == CannotDeliver }

// CheckIn asks a talent before the draft date. Before is how long before it.
type CheckIn struct {
	ID, BookingID string
	Before        time.Duration
	AskedAt       time.Time // when it falls due
	Answer        CheckInAnswer
	AnsweredAt    time.Time
	Note          string // without private detail
	Version       int64
}

// The clocks of R3.
const (
	FirstCheckIn  = 72 * time.Hour
	SecondCheckIn = 24 * time.Hour
	SilenceFor    = 12 * time.Hour // of the talent's working time after the second check-in
	LateAfter     = 6 * time.Hour  // past the draft date
)

// CheckInsOf plans the check-ins of a booking: 72 and 24 hours before the draft
// date, those that lie ahead of the commitment.
func CheckInsOf(b Booking) []CheckIn {
	var out []CheckIn
	for _, before := range []time.Duration{FirstCheckIn, SecondCheckIn} {
		if at := b.DraftDue.At.Add(-before); at.After(b.CommittedAt) && at.After(b.ExtendedAt) {
			out = append(out, CheckIn{BookingID: b.ID, Before: before, AskedAt: at})
		}
	}
	return out
}

// Risk is how far a booking is from holding.
type Risk string

// The risks, rising.
const (
	RiskNone   Risk = ""
	RiskHelp   Risk = "help"    // the talent asked for help
	RiskAtRisk Risk = "at_risk" // said it cannot, or was silent too long
	RiskLate   Risk = "late"    // past the draft date by six hours
)

// RiskOf computes a booking's risk at now and since when it holds. cal is the
// talent's working time. A draft that arrived, a delivery and a drop end all
// risk; of several answers the newest counts, of those since the dates were moved
// last (R3).
func RiskOf(b Booking, asked []CheckIn, cal worktime.Calendar, now time.Time) (Risk, time.Time) {
	if !b.Active() || !b.DeliveredAt.IsZero() || !b.DraftAt.IsZero() {
		return RiskNone, time.Time{}
	}
	if late := b.DraftDue.At.Add(LateAfter); !now.Before(late) {
		return RiskLate, late
	}
	var newest CheckIn
	for _, c := range asked {
		if c.AnsweredAt.After(newest.AnsweredAt) && c.AnsweredAt.After(b.ExtendedAt) {
			newest = c
		}
	}
	switch newest.Answer {
	case CannotDeliver:
		return RiskAtRisk, newest.AnsweredAt
	case NeedHelp:
		return RiskHelp, newest.AnsweredAt
	}
	for _, c := range asked {
		if c.Before == SecondCheckIn && c.Answer == CheckInNone {
			if silent := SilentAt(c, cal); !silent.IsZero() && !now.Before(silent) && !newest.AnsweredAt.After(c.AskedAt) {
				return RiskAtRisk, silent
			}
		}
	}
	return RiskNone, time.Time{}
}

// SilentAt is when an unanswered check-in becomes a risk: after 12 hours of the
// talent's working time. Zero when the calendar never opens.
func SilentAt(c CheckIn, cal worktime.Calendar) time.Time {
	return cal.AddWorking(c.AskedAt, SilenceFor)
}
