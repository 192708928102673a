package client

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// NoteKind says what a note watches.
type NoteKind string

// The kinds: a brand that works with talents (A4), a rival of a client's brand
// (A12), a trend (A13).
const (
	NoteBrand NoteKind = "brand"
	NoteRival NoteKind = "rival"
	NoteTrend NoteKind = "trend"
)

// NoteKinds lists them in the order of the form.
func NoteKinds() []NoteKind { return []NoteKind{NoteBrand, NoteRival, NoteTrend} }

// Note is a short observation of the outside: who works with whom, what is said,
// what is coming.
type Note struct {
	ID       string
	Kind     NoteKind
	Brand    string // the brand or rival; of a trend, its name
	Link     string
	Platform string // one of the platforms, or ""
	SeenOn   worktime.Date
	Handles  []string // of talents and media seen, lower case, without @
	Spend    string   // a guess, in words
	Format   string
	Audience string
	Takeaway string        // what it means for us
	UntilOn  worktime.Date // of a trend: best before
	ClientID string        // whose rival it is, or for whom it fits; "" for nobody yet
	DealID   string        // the opportunity that it is attached to
	MadeAt   time.Time
	ByID, By string
	Version  int64
}

// Faults of notes.
var (
	ErrNoteKind     = fault.Field("kind", "watch.kind")
	ErrNoteBrand    = fault.Field("brand", "watch.brand")
	ErrNoteLink     = fault.Field("link", "watch.link")                       // not http or https
	ErrNoteTwice    = fault.New(fault.Conflict, "watch.twice").At("link")     // noted before; args: by, on
	ErrNoteSeen     = fault.Field("seen_on", "watch.seen")                    // no day, or one to come
	ErrNoteTakeaway = fault.Field("takeaway", "watch.takeaway")               // a rival's note without one
	ErrNoteUntil    = fault.Field("until_on", "watch.until")                  // a trend without a day it is best before
	ErrNoteOwn      = fault.New(fault.Forbidden, "watch.not-yours")           // a colleague's note
	ErrNoteLong     = fault.Field("takeaway", "watch.long")                   // more than a short note
	errNoteClosed   = fault.New(fault.Conflict, "opportunity.ended").At("to") // nothing attaches to what is over
)

const maxNoteText = 1000

// tidy brings a note into its one form. today is the day at the agency.
func (n *Note) tidy(today worktime.Date) error {
	n.Brand, n.Spend, n.Format, n.Audience = oneLine(n.Brand), oneLine(n.Spend), oneLine(n.Format), oneLine(n.Audience)
	n.Takeaway, n.Link, n.Handles = strings.TrimSpace(n.Takeaway), tidyLink(n.Link), tidyHandles(n.Handles)
	if n.Kind != NoteTrend {
		n.UntilOn = ""
	}
	switch {
	case !oneOf(NoteKinds(), n.Kind):
		return ErrNoteKind
	case n.Brand == "" || len([]rune(n.Brand)) > maxText:
		return ErrNoteBrand
	case n.Link != "" && !isWeb(n.Link):
		return ErrNoteLink
	case !n.SeenOn.Valid() || n.SeenOn.IsZero() || n.SeenOn.After(today):
		return ErrNoteSeen
	case n.Kind == NoteRival && n.Takeaway == "":
		return ErrNoteTakeaway
	case len([]rune(n.Takeaway)) > maxNoteText:
		return ErrNoteLong
	case n.Kind == NoteTrend && (!n.UntilOn.Valid() || n.UntilOn.IsZero() || n.UntilOn.Before(n.SeenOn)):
		return ErrNoteUntil
	}
	return nil
}

// Past tells whether a trend is past its day.
func (n Note) Past(today worktime.Date) bool { return n.Kind == NoteTrend && n.UntilOn.Before(today) }

func isWeb(link string) bool {
	u, err := url.Parse(link)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && strings.Contains(u.Host, ".")
}

// tidyLink drops what a share button adds, so that one post has one link.
func tidyLink(link string) string {
	link = strings.TrimSpace(link)
	u, err := url.Parse(link)
	if err != nil || u.Host == "" {
		return link
	}
	u.Host, u.Fragment = strings.ToLower(u.Host), ""
	q := u.Query()
	for k := range q {
		if strings.HasPrefix(k, "utm_") || k == "igsh" || k == "igshid" || k == "si" || k == "_r" || k == "_t" || k == "is_from_webapp" || k == "fbclid" {
			q.Del(k)
		}
	}
	u.RawQuery = q.Encode()
	u.Path = strings.TrimSuffix(u.Path, "/")
	return u.String()
}

func tidyHandles(list []string) []string {
	out := []string{}
	for _, h := range list {
		h = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(h), "@"))
		if h != "" && !slices.Contains(out, h) {
			out = append(out, h)
		}
	}
	return out
}

// Handles splits a line of handles as people type them.
func Handles(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\n' })
}

// lookBack is how far "used talents of ours" looks back.
const lookBack = 90

// Users counts the talents that a brand was seen with in the last 90 days, all and
// those that the agency knows.
type Users struct{ All, Known int }

// CountUsers counts over the notes of one brand; known tells whether a handle is on file.
func CountUsers(notes []Note, today worktime.Date, known func(handle string) bool) (u Users) {
	seen := map[string]bool{}
	for _, n := range notes {
		if n.SeenOn.DaysUntil(today) > lookBack {
			continue
		}
		for _, h := range n.Handles {
			if seen[h] {
				continue
			}
			seen[h] = true
			u.All++
			if known(h) {
				u.Known++
			}
		}
	}
	return u
}
