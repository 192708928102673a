package casting

import (
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Decision is what the agency does about a talent who cannot deliver (A51).
type Decision string

// The decisions.
const (
	Extend  Decision = "extend"  // the talent stays, on later dates
	Replace Decision = "replace" // somebody else takes the seat
	GiveUp  Decision = "drop"    // the seat is no longer filled
)

// Decisions lists them in the order of the form.
func Decisions() []Decision { return []Decision{Extend, Replace, GiveUp} }

// TellWays are how a brand can be told, in the order of the form.
func TellWays() []string { return []string{"whatsapp", "email", "call", "meeting"} }

// Incident is a talent who suddenly cannot deliver. There is no field for what is
// the matter: the kind is all that is kept.
type Incident struct {
	ID, BookingID, CampaignID, ClientID, TalentID string

	Kind     DropKind
	Since    worktime.Date
	OpenedBy string
	OpenedAt time.Time

	Decision  Decision // "" while a person has not decided
	Told      string   // how the brand was told; one of TellWays
	Words     string   // what the brand was told
	Dates     Moved    // of an extension
	DecidedBy string
	DecidedAt time.Time
	Version   int64
}

// Moved are the dates before and after an extension.
type Moved struct {
	DraftWas, Draft, PostWas, Post worktime.Deadline
}

// Open says whether a person still has to decide.
func (i Incident) Open() bool { return i.DecidedAt.IsZero() }

// Faults of an incident.
var (
	ErrIncidentSince    = fault.Field("since", "incident.since-wrong") // no day, or a day to come
	ErrIncidentDecision = fault.Field("decision", "incident.decision")
	ErrBrandUntold      = fault.Field("told", "incident.brand-untold") // nothing is decided behind the brand's back
	ErrIncidentWords    = fault.Field("words", "incident.words-missing")
	ErrNotLater         = fault.Field("draft", "incident.date-not-later") // an extension moves a date on
)

// OpenIncident judges a new incident. today is the day at the agency. Faults:
// booking.ended, booking.drop-kind, incident.since-wrong.
func OpenIncident(b Booking, kind DropKind, since, today worktime.Date) (Incident, error) {
	i := Incident{BookingID: b.ID, CampaignID: b.CampaignID, ClientID: b.ClientID, TalentID: b.TalentID, Kind: kind, Since: since}
	switch {
	case !b.Active() || !b.DeliveredAt.IsZero():
		return i, ErrBookingEnded
	case !kind.Known():
		return i, ErrDropKind
	case !since.Valid() || since.IsZero() || since.After(today):
		return i, ErrIncidentSince
	}
	return i, nil
}

// Decide ends an incident: the brand must have been told. Faults:
// incident.decision, incident.brand-untold, incident.words-missing.
func (i Incident) Decide(d Decision, told, words, by string, now time.Time) (Incident, error) {
	words = strings.TrimSpace(words)
	switch {
	case d != Extend && d != Replace && d != GiveUp:
		return i, ErrIncidentDecision
	case !knownWay(told):
		return i, ErrBrandUntold
	case words == "" || len([]rune(words)) > maxNote:
		return i, ErrIncidentWords
	}
	i.Decision, i.Told, i.Words, i.DecidedBy, i.DecidedAt = d, told, words, by, now
	return i, nil
}

func knownWay(s string) bool {
	for _, w := range TellWays() {
		if w == s {
			return true
		}
	}
	return false
}

// Extend moves a booking's dates on: both lie ahead within the campaign, the post
// not before the draft, and at least one is later than it was. Faults:
// booking.ended, incident.date-not-later and those of an offer's dates.
func (b Booking) Extend(draft, post worktime.Deadline, term Term, now time.Time) (Booking, error) {
	if !b.Active() || !b.DeliveredAt.IsZero() {
		return b, ErrBookingEnded
	}
	dates := []Date{{Kind: DateDraft}, {Kind: DatePosting}}
	if err := checkDates(dates, []worktime.Deadline{draft, post}, term, now); err != nil {
		return b, err
	}
	if !draft.At.After(b.DraftDue.At) && !post.At.After(b.PostDue.At) {
		return b, ErrNotLater
	}
	b.DraftDue, b.PostDue, b.ExtendedAt = draft, post, now
	return b, nil
}
