package message

import "time"

// Status is what WhatsApp says became of a message.
type Status struct {
	Ref    string // its id of the message
	OutID  string // ours, as we gave it along; may be empty
	State  OutState
	At     time.Time
	Code   string // of a failure: a code of message.reason.*
	Detail string
}

// Incoming is a message that came in by WhatsApp.
type Incoming struct {
	Ref     string
	Phone   string // E.164; "" for somebody who hides it
	BSUID   string
	Name    string // as they call themselves
	At      time.Time
	Text    string
	Answers string // the id of the message it answers
	Media   *Media
	NewID   string // the phone that a changed number went to
}

// TemplateNews is a word of WhatsApp on one of the agency's templates.
type TemplateNews struct{ Name, Lang, State, Reason string }

// Event is one call of WhatsApp's, read.
type Event struct {
	Statuses  []Status
	Incoming  []Incoming
	Templates []TemplateNews
}

// place gives what has no instant, or one that is yet to come, the present one.
func (e *Event) place(now time.Time) {
	for i := range e.Incoming {
		e.Incoming[i].At = past(e.Incoming[i].At, now)
	}
	for i := range e.Statuses {
		e.Statuses[i].At = past(e.Statuses[i].At, now)
	}
}

func past(at, now time.Time) time.Time {
	if at.IsZero() || at.After(now) {
		return now
	}
	return at
}

// hear takes a status in; it tells whether anything changed.
func (o *Outgoing) hear(s Status) bool {
	if !o.Advance(s.State, s.At) {
		return false
	}
	if s.State == Failed {
		o.Reason, o.Detail = s.Code, s.Detail
	} else {
		o.Reason, o.Detail = "", ""
	}
	if o.Ref == "" {
		o.Ref = s.Ref
	}
	o.sealed = ""
	return true
}

// heard takes in that they wrote: the window opens anew, an answer is due, and what was
// put off is not put off any more.
func (t *Thread) heard(in Incoming) {
	if in.At.After(t.HeardAt) {
		t.HeardAt = in.At
	}
	if t.WaitingSince.IsZero() {
		t.WaitingSince = in.At
	}
	if t.LastAt.Before(in.At) {
		t.LastAt = in.At
	}
	t.SnoozedUntil, t.Bad = time.Time{}, ""
	switch wish(in.Text) {
	case -1:
		if t.StoppedAt.IsZero() {
			t.StoppedAt, t.StoppedHow = in.At, "word"
		}
		t.WaitingSince = time.Time{}
	case 1:
		if t.StoppedHow == "word" && in.At.After(t.StoppedAt) {
			t.StoppedAt, t.StoppedHow = time.Time{}, ""
		}
	}
}
