package pitch

import (
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
)

// Share is a link to one sent version for one named receiver.
type Share struct {
	ID, DeckID, VersionID string

	Number    int64 // of the version
	ContactID string
	Name      string
	Lang      string
	Zone      string
	MadeAt    time.Time
	By        string
	ExpiresAt time.Time
	RevokedAt time.Time

	Readers  []Reader
	Sections map[int64]time.Duration // how long each was before readers, by its place
}

// Live tells whether the link opens its deck.
func (s Share) Live(now time.Time) bool { return s.RevokedAt.IsZero() && s.ExpiresAt.After(now) }

// Actor is the one receiver whom the link lets in. They are somebody of no client's room:
// the deck is all that is theirs.
func (s Share) Actor() access.Actor {
	return access.Actor{Who: audit.Who{Kind: "client", ID: s.ContactID, Name: s.Name, Via: "deck:" + s.ID}, Role: access.Client, Lang: s.Lang, Zone: s.Zone, Theme: "auto",
		ClientID: s.DeckID, LinkID: s.ID}
}

// Reader is one browser that read a share.
type Reader struct {
	ID      string
	Phone   bool
	FirstAt time.Time
	LastAt  time.Time
	Visits  int64
	Read    time.Duration
}

// Beat is what a page says while it is read: the time that each section was in view
// since the beat before.
type Beat struct {
	Reader   string // a random name that the browser keeps for this link
	Phone    bool
	Sections map[int64]time.Duration
}

const (
	// maxBeat bounds what one beat may claim: a page that is left open counts no longer.
	maxBeat = 60 * time.Second
	// newVisit is the pause after which the same reader comes back.
	newVisit = 30 * time.Minute
	// slack is how much more than the clock's own time a beat may claim.
	slack = 3 * time.Second
)

// Bounded cuts a beat to what can be true: not more than a minute in all, and not more
// than passed since the reader's last beat (zero for the first).
func (b Beat) Bounded(last, now time.Time, sections int) map[int64]time.Duration {
	left := maxBeat
	if !last.IsZero() {
		left = min(left, now.Sub(last)+slack)
	}
	out := map[int64]time.Duration{}
	for n := range int64(sections) {
		d := min(b.Sections[n], left)
		if d > 0 {
			out[n], left = d, left-d
		}
	}
	return out
}

// previewers are words in the names of programs that open links on nobody's behalf.
var previewers = []string{"bot", "crawl", "spider", "preview", "whatsapp/", "facebookexternalhit", "embedly", "vkshare", "slack-", "curl/", "python", "go-http-client", "okhttp", "java/",
	"headless", "lighthouse", "scanner", "proofpoint", "mimecast", "barracuda"}

// Machine tells whether a user agent is no person's browser: those and pages without a
// name are never readers.
func Machine(userAgent string) bool {
	ua := strings.ToLower(userAgent)
	if !strings.Contains(ua, "mozilla/") {
		return true
	}
	for _, w := range previewers {
		if strings.Contains(ua, w) {
			return true
		}
	}
	return false
}
