package message

import (
	"strings"
	"time"

	"kolega/internal/access"
)

// KindCode is the kind of a message that hands on a step-up code.
const KindCode = "code"

// Code is the prepared message for somebody outside who asked for a step-up code
// (R20). It is shown to the people of the agency who may send it, to the phone or
// e-mail that was known before, and never to the one who asked.
type Code struct {
	ID         string
	CampaignID string // "" in a room without a campaign
	LinkID     string
	Purpose    string
	Party      access.Role
	Name       string
	Lang       string
	Place      string // phone in E.164, or e-mail
	Text       string // with the code
	AskedAt    time.Time
	Until      time.Time // when the code ends
	SentAt     time.Time
	SentBy     string
	Channel    string
}

// URL opens the message in WhatsApp or in a mail program, as the known place asks.
// The subject is used for mail.
func (c Code) URL(subject string) string {
	if strings.Contains(c.Place, "@") {
		return Mail(c.Place, subject, c.Text)
	}
	return WhatsApp(c.Place, c.Text)
}

// ByMail tells whether the known place is an e-mail.
func (c Code) ByMail() bool { return strings.Contains(c.Place, "@") }

// codeEnded says that codes may have ended, so that they are taken out.
type codeEnded struct{ LinkID string }

// Kind names the event.
func (codeEnded) Kind() string { return "message.code-ended" }
