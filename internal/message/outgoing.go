package message

import (
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Channels through which the program itself sends.
const (
	ByEmail    = "email"
	ByWhatsApp = "whatsapp"
)

// To is who a message is for, as the caller knows the person now.
type To struct {
	Party    access.Role // access.Client, access.Talent or a role of the agency's people
	ID       string      // contact, talent or person
	ClientID string
	Name     string
	Phone    string // E.164
	Email    string
	Lang     string
	Zone     string
}

// Letter asks for one text to be sent to one person, once.
type Letter struct {
	Origin     string // names it for ever, "meeting:ID:report:CONTACT": a second one changes nothing
	To         To
	Channel    string // ByEmail or ByWhatsApp; "" for the one that reaches the person
	CampaignID string
	Kind       string // of message.template.*; names the template for WhatsApp when its window is closed
	Subject    string // of a mail
	Text       string
	Vars       map[string]string // what the text was filled with, for the template
	File       *File             // one at most
	Urgent     bool              // goes at once, whatever the receiver's clock says
	Before     time.Time         // goes at once when the receiver's hours begin later than this
	Hold       time.Duration     // can be taken back so long
	Offer      bool              // not asked for by the receiver: a mail carries the way to stop
}

// File is a file that goes along, kept in the file store.
type File struct {
	SHA  string
	Name string
	Type string
	Size int64
}

// HoldFor is how long an outward act can be taken back (10 s).
const HoldFor = 10 * time.Second

// OutState is where an outgoing message stands.
type OutState string

// The states. ByHand waits for a person: nothing is connected, or the way is closed.
const (
	Queued    OutState = "queued"
	Sending   OutState = "sending" // the attempt is kept, its outcome is not
	Accepted  OutState = "accepted"
	Sent      OutState = "sent"
	Delivered OutState = "delivered"
	Read      OutState = "read"
	Failed    OutState = "failed"
	Unclear   OutState = "unclear" // nobody can say whether it went
	ByHand    OutState = "by-hand"
	HandSent  OutState = "hand-sent" // a person says that it went
	Stopped   OutState = "stopped"   // taken back, or not wanted
)

// rank orders what a status may follow: never a step backwards.
var rank = map[OutState]int{Queued: 0, Sending: 1, Unclear: 1, Accepted: 2, Sent: 3, Delivered: 4, Read: 5}

// Outgoing is a message that the program sends.
type Outgoing struct {
	ID, Origin, ThreadID, CampaignID, PersonID string
	Channel, Place                             string // the address at the time: E.164, "bsuid:…" or an e-mail
	Kind, Lang, Zone, Subject, Text            string
	Vars                                       map[string]string
	Template                                   *TemplateRef // set when it goes as one
	File                                       *File
	Urgent, Offer                              bool
	State                                      OutState
	DueAt                                      time.Time
	Tries                                      int64 // attempts that reached nobody or were put off
	Again                                      int64 // attempts after one whose outcome was unknown
	AttemptAt                                  time.Time
	Ref                                        string // the service's id
	Reason                                     string // code, with a text under message.reason.*
	Detail                                     string // the service's own words
	MadeAt                                     time.Time
	ByID, ByName                               string
	AcceptedAt, ReachedAt, ReadAt, EndedAt     time.Time
	Version                                    int64

	sealed string
}

// TemplateRef is an approved template of WhatsApp's and what fills it, in order.
type TemplateRef struct {
	Name   string
	Lang   string
	Values []string
}

// Faults of sending.
var (
	ErrNoWay     = fault.New(fault.Invalid, "message.no-way")    // neither phone nor e-mail
	ErrEmptyText = fault.Field("text", "message.empty")          // nothing to send
	ErrLongText  = fault.Field("text", "message.long")           // arg: limit
	ErrTooLate   = fault.New(fault.Conflict, "message.too-late") // it went already
	ErrNotOpen   = fault.New(fault.Conflict, "message.not-open") // nothing to settle
	ErrMediaGone = fault.New(fault.NotFound, "message.media-gone")
	ErrStopped   = fault.New(fault.Conflict, "message.stopped")       // the receiver wants none
	ErrWindow    = fault.New(fault.Conflict, "message.window")        // outside the 24 hours, and no template
	ErrNoChannel = fault.New(fault.Unavailable, "message.no-channel") // not connected
)

// LongestText is how much one message holds: WhatsApp's limit.
const LongestText = 4096

// check brings a letter into its one form and says by which channel it goes.
func (l *Letter) check() error {
	l.Text = strings.TrimSpace(strings.ReplaceAll(l.Text, "\r\n", "\n"))
	switch {
	case l.Text == "" && l.File == nil:
		return ErrEmptyText
	case len([]rune(l.Text)) > LongestText:
		return ErrLongText.With("limit", LongestText)
	}
	if l.Channel == "" {
		l.Channel = ByWhatsApp
		if l.To.Phone == "" {
			l.Channel = ByEmail
		}
	}
	if l.Channel == ByEmail && l.To.Email == "" || l.Channel == ByWhatsApp && l.To.Phone == "" {
		return ErrNoWay
	}
	return nil
}

// place is the address on the letter's channel.
func (l Letter) place() string {
	if l.Channel == ByEmail {
		return strings.ToLower(l.To.Email)
	}
	return l.To.Phone
}

// DueAt is when a message goes: after its hold and, unless it is urgent, in the
// receiver's working time; at once when that begins after before (R8).
func DueAt(now time.Time, hold time.Duration, urgent bool, before time.Time, cal worktime.Calendar) time.Time {
	at := now.Add(hold)
	if urgent {
		return at
	}
	if before.IsZero() {
		if open := cal.NextOpen(at); !open.IsZero() {
			return open
		}
		return at
	}
	return cal.RemindAt(at, before)
}

// window is how long after a person's message anything may be sent on WhatsApp.
const window = 24 * time.Hour

// WindowEnd is when WhatsApp's window closes; the zero time when nobody wrote.
func WindowEnd(heard time.Time) time.Time {
	if heard.IsZero() {
		return heard
	}
	return heard.Add(window)
}

// Advance takes a status in: never backwards, and a failure only until it was read.
// It tells whether anything changed.
func (o *Outgoing) Advance(s OutState, at time.Time) bool {
	if s == Failed {
		if o.State == Read || o.State == Failed || o.State == HandSent || o.State == Stopped {
			return false
		}
		o.State, o.EndedAt = Failed, at
		return true
	}
	now, known := rank[o.State]
	if to, ok := rank[s]; !ok || !known || to <= now {
		return false
	}
	o.State = s
	if o.AcceptedAt.IsZero() {
		o.AcceptedAt = at
	}
	if (s == Delivered || s == Read) && o.ReachedAt.IsZero() {
		o.ReachedAt = at
	}
	if s == Read {
		o.ReadAt = at
	}
	return true
}

// Open tells whether a message still has to go, or nobody knows whether it went.
func (o Outgoing) Open() bool {
	switch o.State {
	case Queued, Sending, Unclear, ByHand:
		return true
	}
	return false
}

// URL opens the message for sending by hand; "" for somebody without a number.
func (o Outgoing) URL() string {
	if o.Channel == ByEmail {
		return Mail(o.Place, o.Subject, o.Text)
	}
	if strings.HasPrefix(o.Place, bsuidPrefix) {
		return ""
	}
	return WhatsApp(o.Place, o.Text)
}

// bsuidPrefix marks an address that is WhatsApp's id of a person without a number.
const bsuidPrefix = "bsuid:"
