package access

import (
	"net/mail"
	"strings"
	"time"

	"kolega/internal/audit"
	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Person is somebody of the agency.
type Person struct {
	ID           string
	Email        string
	Name         string
	Role         Role
	Lang         string // "id" or "en"
	Zone         string // IANA
	Theme        string // "auto", "light", "dark"
	MadeAt       time.Time
	DisabledAt   time.Time
	SupervisorID string
	HasTOTP      bool
	Version      int64

	password    string
	totp        string // sealed
	failedTries int64
	lockedUntil time.Time
}

// Faults of people and signing in.
var (
	ErrSignIn     = fault.New(fault.Unauthenticated, "signin.wrong")
	ErrCode       = fault.New(fault.Unauthenticated, "signin.code")
	ErrLocked     = fault.New(fault.TooMany, "signin.locked")
	ErrSetUpDone  = fault.New(fault.NotFound, "setup.done")
	ErrInvitation = fault.New(fault.NotFound, "invitation.gone")
	ErrEmailTaken = fault.New(fault.Conflict, "person.email-taken")
	ErrLastAdmin  = fault.New(fault.Conflict, "person.last-manager")
)

const (
	maxFailures  = 8
	lockFor      = 15 * time.Minute
	sessionFor   = 14 * 24 * time.Hour
	inviteFor    = 7 * 24 * time.Hour
	seenEvery    = 5 * time.Minute
	stepUpFor    = 10 * time.Minute
	stepUpTries  = 5
	linkGraceFor = 14 * 24 * time.Hour
)

// Actor is the person acting by a way such as "web" or "api".
func (p Person) Actor(via string) Actor {
	return Actor{Who: audit.Who{Kind: "staff", ID: p.ID, Name: p.Name, Via: via}, Role: p.Role, Lang: p.Lang, Zone: p.Zone, Theme: p.Theme}
}

// Active tells whether the person may sign in.
func (p Person) Active() bool { return p.DisabledAt.IsZero() }

// checkPerson gives what is wrong with a person's own fields.
func checkPerson(email, name, lang, zone string) fault.Fields {
	f := fault.Fields{}
	if a, err := mail.ParseAddress(email); err != nil || a.Address != email {
		f["email"] = "person.email"
	}
	if name == "" || len(name) > 120 {
		f["name"] = "person.name"
	}
	if lang != "id" && lang != "en" {
		f["lang"] = "person.lang"
	}
	if _, err := worktime.Zone(zone); err != nil {
		f["zone"] = "person.zone"
	}
	return f
}

// foldEmail makes equal what mail servers treat as equal in practice.
func foldEmail(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// afterFailure counts a wrong password or code and locks after too many.
func (p *Person) afterFailure(now time.Time) {
	p.failedTries++
	if p.failedTries >= maxFailures {
		p.failedTries, p.lockedUntil = 0, now.Add(lockFor)
	}
}
