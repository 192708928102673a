package message

import (
	"strings"
	"time"

	"kolega/internal/fault"
)

// Settings say how a channel is reached. Secrets are not among them.
type Settings struct {
	// mail
	Host     string
	Port     int
	User     string
	From     string // e-mail
	FromName string
	// WhatsApp
	Mode      string // ModeLive or ModeSandbox
	NumberID  string // of the agency's phone number
	AccountID string // of the business account, for templates
	Version   string // of the Graph API, "v25.0"
	// both
	Base string // the program's own address, for links in messages
}

// Modes of WhatsApp: Meta's service, or the stand-in that the program itself serves.
const (
	ModeLive    = "live"
	ModeSandbox = "sandbox"
)

// Channel is one way by which the program sends.
type Channel struct {
	ID          string // ByEmail or ByWhatsApp
	Settings    Settings
	SecretEnd   string // last characters of the password or token
	HasProof    bool   // the app's secret is there, so that calls can be proved
	Active      bool
	ChangedAt   time.Time
	ChangedName string
	TestedAt    time.Time
	TestCode    string
	HeardAt     time.Time // the service last took something
	FailedAt    time.Time
	FailCode    string    // out of order: a code of message.reason.*
	PausedUntil time.Time // the service asked to wait
	ToldAt      time.Time // it last told us what became of a message
	Version     int64

	secretSealed, proofSealed string
}

// Works tells whether a channel sends now: on, and not out of order.
func (c Channel) Works() bool { return c.Active && c.FailCode == "" }

// Faults of channels.
var (
	ErrChannelID = fault.New(fault.NotFound, "not-found")
	ErrHost      = fault.Field("host", "message.host")
	ErrFrom      = fault.Field("from", "message.from")
	ErrSignature = fault.New(fault.Unauthenticated, "message.signature")
	ErrEvent     = fault.New(fault.Invalid, "message.event")
)

// tidy brings typed settings into their one form and finds what is wrong with them.
// sandbox tells whether the stand-in may be chosen.
func (s *Settings) tidy(id string, sandbox bool) fault.Fields {
	for _, p := range []*string{&s.Host, &s.User, &s.From, &s.FromName, &s.NumberID, &s.AccountID, &s.Version, &s.Base} {
		*p = strings.TrimSpace(*p)
	}
	s.Base = strings.TrimSuffix(s.Base, "/")
	f := fault.Fields{}
	if id == ByEmail {
		if s.Host == "" || strings.ContainsAny(s.Host, " /:@\r\n") {
			f["host"] = "message.host"
		}
		if s.Port < 1 || s.Port > 65535 {
			f["port"] = "message.port"
		}
		return f
	}
	if s.Version == "" {
		s.Version = defaultVersion
	}
	if !digits(s.NumberID) {
		f["number_id"] = "message.number-id"
	}
	if !digits(s.AccountID) {
		f["account_id"] = "message.number-id"
	}
	if !strings.HasPrefix(s.Version, "v") || !digits(strings.ReplaceAll(s.Version[1:], ".", "")) {
		f["graph"] = "message.graph"
	}
	if s.Mode != ModeLive && (s.Mode != ModeSandbox || !sandbox) {
		f["mode"] = "message.mode"
	}
	return f
}

// defaultVersion of the Graph API; a version lives about two years.
const defaultVersion = "v25.0"

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// Shift is a hand-over of the agency's phone (A49).
type Shift struct {
	ID      string
	From    string
	ToID    string
	To      string
	Note    string
	Waiting int64 // conversations that waited for an answer then
	At      time.Time
	SeenAt  time.Time
}
