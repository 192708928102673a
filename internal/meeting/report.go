package meeting

import (
	"slices"
	"time"
)

// SilenceFor is how much of a contact's working time passes, after the report was
// sent, until no answer means yes (R14).
const SilenceFor = 48 * time.Hour

// Report is a contact report: the client part of a meeting's minutes, as it was sent.
type Report struct {
	ID         string
	MeetingID  string
	CampaignID string
	ClientID   string
	Number     int64 // of the meeting's reports
	SentAt     time.Time
	SentBy     string
	SentByID   string
	Silence    bool // the agreement lets silence bring proposals into force
	WithdrawAt time.Time
	SettledAt  time.Time
	SettledVia string // "click" or "silence"
	ProposalID string // what it proposes for the brief; "" for nothing
	Brief      int64  // the version of the brief that came of it; 0 for none

	Lines      []Line
	Receivers  []Receiver
	Objections []Objection
	Version    int64
}

// Receiver is a contact to whom a report goes. The silence of each is counted by the
// own clock, from when somebody says that it was sent.
type Receiver struct {
	ContactID  string
	Name       string
	Lang       string
	Zone       string
	SentAt     time.Time
	DueAt      time.Time
	AcceptedAt time.Time
}

// silent tells whether the receiver's time to answer is over.
func (r Receiver) silent(now time.Time) bool { return !r.SentAt.IsZero() && !now.Before(r.DueAt) }

// Objection is a receiver's word against one line, or against the report as a whole.
type Objection struct {
	LineID    string // "" for all of it
	ContactID string
	Name      string
	Words     string
	At        time.Time
	Late      bool // what it is about was in force already
}

// State is where a report stands.
type State string

// The states of a report.
const (
	Unsent    State = "unsent"    // nobody has said that it was sent
	Waiting   State = "waiting"   // for the contacts
	Accepted  State = "accepted"  // by a click
	Silent    State = "silent"    // by silence: it holds as the record of the meeting
	Contested State = "contested" // something in it is contested; the rest may be in force
	Withdrawn State = "withdrawn" // the meeting was called off
)

// StateOf computes the state; decider is the contact whose word counts, "" for any.
func (r Report) StateOf(decider string, now time.Time) State {
	switch {
	case !r.WithdrawAt.IsZero() && r.SettledAt.IsZero():
		return Withdrawn
	case len(r.Objections) > 0:
		return Contested
	case r.clicked(decider):
		return Accepted
	case r.allSilent(now):
		return Silent
	case slices.ContainsFunc(r.Receivers, func(x Receiver) bool { return !x.SentAt.IsZero() }):
		return Waiting
	}
	return Unsent
}

// clicked tells whether the yes is there: the decider's where there is one among the
// receivers, else everybody's.
func (r Report) clicked(decider string) bool {
	all := len(r.Receivers) > 0
	for _, x := range r.Receivers {
		if x.ContactID == decider && decider != "" {
			return !x.AcceptedAt.IsZero()
		}
		all = all && !x.AcceptedAt.IsZero()
	}
	return all
}

// allSilent tells whether each receiver has said yes or let the time pass. One to whom
// nothing was sent cannot be silent.
func (r Report) allSilent(now time.Time) bool {
	for _, x := range r.Receivers {
		if x.AcceptedAt.IsZero() && !x.silent(now) {
			return false
		}
	}
	return len(r.Receivers) > 0
}

// DueAt is when the last receiver's time to answer ends; zero while somebody has not
// been sent the report.
func (r Report) DueAt() (due time.Time) {
	for _, x := range r.Receivers {
		if x.SentAt.IsZero() {
			return time.Time{}
		}
		if x.DueAt.After(due) {
			due = x.DueAt
		}
	}
	return due
}

// Settles tells whether what the report proposes comes into force now, and by what. It
// does so once.
func (r Report) Settles(decider string, now time.Time) (via string, ok bool) {
	switch {
	case !r.SettledAt.IsZero() || !r.WithdrawAt.IsZero():
		return "", false
	case r.clicked(decider):
		return "click", true
	case r.Silence && r.allSilent(now):
		return "silence", true
	}
	return "", false
}

// LineState is where a proposal stands.
type LineState string

// The states of a line that changes something.
const (
	LineNothing   LineState = ""          // it changes nothing
	LineOpen      LineState = "open"      // proposed
	LineClick     LineState = "click"     // the time passed and the agreement wants a click
	LineInForce   LineState = "in-force"  // the brief's version holds it, or its task is given
	LineContested LineState = "contested" // somebody objected in time
	LineReplaced  LineState = "replaced"  // another report took its place
	LineWithdrawn LineState = "withdrawn"
)

// LineStateOf computes it for a line of the report.
func (r Report) LineStateOf(l Line, now time.Time) LineState {
	switch {
	case l.Effect == NoEffect:
		return LineNothing
	case r.contested(l.ID):
		return LineContested
	case l.ReplacedBy != "":
		return LineReplaced
	case !r.SettledAt.IsZero():
		return LineInForce
	case !r.WithdrawAt.IsZero():
		return LineWithdrawn
	case r.allSilent(now) && !r.Silence:
		return LineClick
	}
	return LineOpen
}

// contested tells whether somebody objected to the line in time.
func (r Report) contested(lineID string) bool {
	return slices.ContainsFunc(r.Objections, func(o Objection) bool { return !o.Late && (o.LineID == "" || o.LineID == lineID) })
}

// Holding gives the lines that come into force when the report settles.
func (r Report) Holding() (out []Line) {
	for _, l := range r.Lines {
		if l.Effect != NoEffect && l.ReplacedBy == "" && !r.contested(l.ID) {
			out = append(out, l)
		}
	}
	return out
}

// Open gives the lines that are proposed and neither in force nor out of it.
func (r Report) Open(now time.Time) (out []Line) {
	for _, l := range r.Lines {
		if s := r.LineStateOf(l, now); s == LineOpen || s == LineClick {
			out = append(out, l)
		}
	}
	return out
}
