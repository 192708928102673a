package message

import (
	"time"

	"kolega/internal/locale"
)

// Parcel is one message as WhatsApp is given it.
type Parcel struct {
	ID       string // ours, given back with each status
	Phone    string // E.164, or
	BSUID    string
	Text     string
	Template *TemplateRef
	MediaID  string // of a file that was given before
	File     *File
}

// Approved is a template as WhatsApp knows it.
type Approved struct {
	Name, Lang, State, Reason string
	Body                      string
	Count                     int // of values that the body takes
}

// stopWords below a mail that was not asked for, in the receiver's language.
func stopWordsIn(lang string) string { return locale.For(lang, "").T("message.mail.stop") }

// subjectOf is a mail's subject: the first line of its text when it has none.
func subjectOf(o Outgoing, agency string) string {
	if o.Subject != "" {
		return o.Subject
	}
	return agency
}

// mailID is the id of a mail: the same for each attempt, so that receivers that look
// at it show the mail once.
func mailID(o Outgoing, from string) string {
	host := "kolega.invalid"
	for i := range from {
		if from[i] == '@' {
			host = from[i+1:]
		}
	}
	return o.ID + "@" + host
}

// eventKept is how long the key of a call from outside is known: WhatsApp tries for seven
// days.
const eventKept = 30 * 24 * time.Hour
