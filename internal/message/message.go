package message

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/fault"
)

// Message is a prepared text and, once somebody says so, that it was sent.
type Message struct {
	ID         string
	CampaignID string
	Party      access.Role
	PersonID   string // contact or talent
	Name       string
	Kind       string // one of Kinds
	Lang       string
	Text       string // with the link's secret cut out
	LinkID     string
	PreparedAt time.Time
	PreparedBy string // name
	SentAt     time.Time
	SentBy     string
	Channel    string // "whatsapp", "email" or "other"
}

// kinds of messages for each party, in the order of forms, with the part of the
// room that each opens.
var kinds = map[access.Role][]struct{ key, path string }{
	access.Client: {{"room", ""}, {"brief", "/brief"}, {"picks", "/picks"}, {"draft", "/drafts"}, {"status", "/status"}, {"minutes", "/minutes"}, {"report", "/report"}, {"invoice", "/invoices"}, {"delay", "/dates"}},
	access.Talent: {{"room", ""}, {"offer", ""}, {"points", "/brief"}, {"upload", "/drafts"}, {"post", "/posts"}, {"insight", "/insights"}, {"money", "/money"}},
}

// Kinds lists the kinds of messages for a party.
func Kinds(party access.Role) (out []string) {
	for _, k := range kinds[party] {
		out = append(out, k.key)
	}
	return out
}

// pathOf is the part of the room that a kind opens.
func pathOf(party access.Role, kind string) (string, bool) {
	i := slices.IndexFunc(kinds[party], func(k struct{ key, path string }) bool { return k.key == kind })
	if i < 0 {
		return "", false
	}
	return kinds[party][i].path, true
}

// Channels by which a person can say that a message went.
var Channels = []string{"whatsapp", "email", "other"}

// Faults of messages.
var (
	ErrKind     = fault.Field("kind", "message.kind")
	ErrNoDelay  = fault.Field("kind", "message.no-delay") // no date moved: there is nothing to say
	ErrChannel  = fault.Field("channel", "message.channel")
	ErrSent     = fault.New(fault.Conflict, "message.sent-before")
	ErrUndoLate = fault.New(fault.Conflict, "message.undo-late")
)

// RoomURL is the address of a room: base is the program's own, "https://kolega.example".
func RoomURL(base string, party access.Role, token, path string) string {
	door := "/c/"
	if party == access.Talent {
		door = "/t/"
	}
	return strings.TrimSuffix(base, "/") + door + token + path
}

// WhatsApp is the address that opens WhatsApp with a text; "" without a number.
// The number is E.164.
func WhatsApp(phone, text string) string {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, phone)
	if len(digits) < 8 {
		return ""
	}
	return "https://wa.me/" + digits + "?text=" + escape(text)
}

// Mail is the address that opens the mail program with a text; "" without an e-mail.
func Mail(email, subject, text string) string {
	if email == "" {
		return ""
	}
	return "mailto:" + url.PathEscape(email) + "?subject=" + escape(subject) + "&body=" + escape(text)
}

// escape writes spaces as %20, which both WhatsApp and mail programs read.
func escape(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }
