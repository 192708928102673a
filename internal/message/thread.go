package message

import (
	"slices"
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Thread is a conversation with one person at one address.
type Thread struct {
	ID                 string
	Channel            string
	Phone              string // E.164; "" for somebody who hides it
	BSUID              string // WhatsApp's id of the person for this agency
	Email              string
	Party              string // "client", "talent", a role of the agency; "" for somebody unknown
	PersonID, ClientID string
	Name, Lang, Zone   string
	AssignedID         string
	AssignedName       string
	SnoozedUntil       time.Time
	WaitingSince       time.Time // the first message of theirs that nobody answered
	HeardAt            time.Time // their newest message
	LastAt             time.Time
	StoppedAt          time.Time // they want none
	StoppedHow         string    // "word", "link", "service", "staff"
	Bad                string    // the address reaches nobody: a code of message.reason.*
	Version            int64

	stopToken string
}

// Line is one message that came in, or a note of the agency's own.
type Line struct {
	ID       string
	ThreadID string
	Note     bool
	At       time.Time // as the sender's service says
	KeptAt   time.Time
	Text     string
	ByID     string // of a note, or of who entered by hand what came
	ByName   string
	Ref      string // the service's id
	Answers  string // the id of the message it answers
	Media    *Media
}

// Media is a file that came with a message.
type Media struct {
	ID   string // the service's
	Type string
	Name string
	SHA  string // in the file store, once it was fetched
	Size int64
	Code string // why it could not be fetched: a code of message.reason.*
}

// Window is how long anything may still be sent to them on WhatsApp; zero when closed.
func (t Thread) Window(now time.Time) time.Duration {
	return max(0, WindowEnd(t.HeardAt).Sub(now))
}

// Snoozed tells whether the conversation is put off.
func (t Thread) Snoozed(now time.Time) bool { return now.Before(t.SnoozedUntil) }

// Waits tells whether an answer of ours is due and not put off.
func (t Thread) Waits(now time.Time) bool { return !t.WaitingSince.IsZero() && !t.Snoozed(now) }

// Place is the address of a thread, as an outgoing message keeps it.
func (t Thread) Place() string {
	switch {
	case t.Channel == ByEmail:
		return t.Email
	case t.Phone != "":
		return t.Phone
	}
	return bsuidPrefix + t.BSUID
}

// AnswerFirst orders conversations that wait: who has waited longest in our own working
// time first, clients before others with the same wait.
func AnswerFirst(list []Thread, cal worktime.Calendar, now time.Time) {
	waited := map[string]time.Duration{}
	for _, t := range list {
		waited[t.ID] = cal.Between(t.WaitingSince, now)
	}
	slices.SortStableFunc(list, func(a, b Thread) int {
		if d := waited[b.ID] - waited[a.ID]; d != 0 {
			if d > 0 {
				return 1
			}
			return -1
		}
		if (a.Party == "client") != (b.Party == "client") {
			if a.Party == "client" {
				return -1
			}
			return 1
		}
		return strings.Compare(a.ID, b.ID)
	})
}

// Morning is the start of the other side's next working day, never today.
func Morning(now time.Time, cal worktime.Calendar) time.Time {
	next := worktime.DateOf(now, cal.Zone).AddDays(1)
	return cal.NextOpen(next.In(cal.Zone))
}

// stopWords end all messages, startWords let them in again, alone in a message.
var (
	stopWords  = []string{"stop", "berhenti", "unsubscribe", "stop promo", "batal langganan", "itigil", "tama na"}
	startWords = []string{"start", "mulai", "simula"}
)

// wish tells what a message alone says about being written to: -1 no more, 1 again.
func wish(text string) int {
	said := strings.Trim(strings.Join(strings.Fields(strings.ToLower(text)), " "), ".! ")
	switch {
	case slices.Contains(stopWords, said):
		return -1
	case slices.Contains(startWords, said):
		return 1
	}
	return 0
}

// Faults of conversations.
var (
	ErrNote     = fault.Field("text", "message.note")          // an empty note
	ErrAssign   = fault.Field("person", "message.assign")      // nobody, or no longer here
	ErrNoWait   = fault.New(fault.Conflict, "message.no-wait") // nothing waits for an answer
	ErrShift    = fault.Field("person", "message.shift")       // to oneself, or to nobody
	ErrFileKind = fault.Field("file", "message.file")          // arg: limit
)
