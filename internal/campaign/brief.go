package campaign

import (
	"sort"
	"strings"
	"time"

	"kolega/internal/fault"
)

// PointKind says how a point binds.
type PointKind string

// The kinds of points. Must and must not are acknowledged one by one and are what
// a draft can break (R1, R4); should, fact and advice bind nobody. Advice is the
// agency's own idea beside the client's demands (A27).
const (
	Must    PointKind = "must"
	MustNot PointKind = "must_not"
	Should  PointKind = "should"
	Fact    PointKind = "fact"
	Advice  PointKind = "advice"
)

// PointKinds in the order of forms.
var PointKinds = []PointKind{Must, MustNot, Should, Fact, Advice}

// Places where a point is checked, and sources it can come from, in the order of forms.
var (
	CheckPlaces = []string{"script", "visual", "caption", "link", "posting"}
	Sources     = []string{"client_file", "meeting", "chat", "agency"}
)

// Point is one demand of a brief.
type Point struct {
	ID         string // stays through all versions
	Number     int64  // its place in this version, from 1
	Kind       PointKind
	Text       string            // in the brief's own language
	Langs      map[string]string // translations by language
	CheckedIn  []string
	Source     string
	SourceNote string // which file or meeting; internal
}

// Binding tells whether the talent must acknowledge the point.
func (p Point) Binding() bool { return p.Kind == Must || p.Kind == MustNot }

// In gives the point's text in the language, or else in the brief's own, and tells
// when it had to fall back.
func (p Point) In(lang, own string) (text string, fellBack bool) {
	if lang == own {
		return p.Text, false
	}
	if t := p.Langs[lang]; t != "" {
		return t, false
	}
	return p.Text, true
}

// Question asks a talent whether the brief fits, before dates are committed (R4).
type Question struct {
	ID    string // stays through all versions
	Text  string
	Langs map[string]string
	Wants bool // the answer that fits
}

// In is the question's text in the language, or else in the brief's own.
func (q Question) In(lang, own string) (text string, fellBack bool) {
	return Point{Text: q.Text, Langs: q.Langs}.In(lang, own)
}

// Brief is one version of what the client demands.
type Brief struct {
	CampaignID   string
	Version      int64 // 1, 2, 3 …
	Lang         string
	Points       []Point
	Questions    []Question
	Reason       string // why the version was made; needed after the freeze
	CreatedAt    time.Time
	CreatedBy    string // name
	SharedAt     time.Time
	SharedBy     string
	AcceptedAt   time.Time
	AcceptedBy   string // name of the contact
	AcceptedByID string
	AcceptedVia  string // "link:<id>"
	FrozenAt     time.Time
	Rev          int64 // of the draft, for optimistic saving
}

// Draft tells whether the version may still be edited: nobody outside has seen it.
func (b Brief) Draft() bool { return b.SharedAt.IsZero() }

// Accepted tells whether the client agreed to the version.
func (b Brief) Accepted() bool { return !b.AcceptedAt.IsZero() }

// Silent tells whether the version is in force because nobody objected in time (R14).
func (b Brief) Silent() bool { return b.AcceptedVia == viaSilence }

// Faults of briefs.
var (
	ErrBriefEmpty      = fault.New(fault.Invalid, "brief.empty")
	ErrBriefSealed     = fault.New(fault.Conflict, "brief.sealed")       // shared: make a new version
	ErrBriefOpenDraft  = fault.New(fault.Conflict, "brief.draft-open")   // there is a draft already
	ErrBriefSuperseded = fault.New(fault.Conflict, "brief.superseded")   // args: version
	ErrBriefAccepted   = fault.New(fault.Conflict, "brief.accepted")     // accepted before
	ErrBriefUnshared   = fault.New(fault.Conflict, "brief.unshared")     // nothing the client could accept
	ErrBriefUnaccepted = fault.New(fault.Conflict, "brief.unaccepted")   // no version is agreed
	ErrBriefReason     = fault.New(fault.Invalid, "brief.reason")        // a change after the freeze says why
	ErrBriefUnchanged  = fault.New(fault.Invalid, "brief.unchanged")     // the new version says the same
	ErrBriefClash      = fault.New(fault.Invalid, "brief.contradiction") // args: a, b (numbers)
	ErrNotDecider      = fault.New(fault.Forbidden, "brief.not-decider") // another contact decides; args: name
	ErrPointText       = fault.New(fault.Invalid, "brief.point-text")
	ErrPointKind       = fault.New(fault.Invalid, "brief.point-kind")
	ErrPointTwice      = fault.New(fault.Invalid, "brief.point-twice") // args: number
	ErrPointGone       = fault.New(fault.NotFound, "brief.point-gone")
	ErrPointPlace      = fault.New(fault.Invalid, "brief.point-place")
	ErrTooManyPoints   = fault.New(fault.Invalid, "brief.too-many")
)

const (
	maxPoints    = 200
	maxPointText = 2000
)

// Tidy gives the points in their order with numbers from 1, trimmed, each text once.
// newID names points that have no id yet. Faults: brief.point-text,
// brief.point-kind, brief.point-place, brief.point-twice, brief.too-many.
func Tidy(points []Point, lang string, newID func() string) ([]Point, error) {
	if len(points) > maxPoints {
		return nil, ErrTooManyPoints
	}
	out := make([]Point, 0, len(points))
	seen := map[string]int64{}
	for _, p := range points {
		p.Number = int64(len(out) + 1)
		if err := p.tidy(lang); err != nil {
			return nil, err
		}
		if n, twice := seen[normal(p.Text)]; twice {
			return nil, ErrPointTwice.With("number", n).At("text")
		}
		if p.ID == "" {
			p.ID = newID()
		}
		seen[normal(p.Text)] = p.Number
		out = append(out, p)
	}
	return out, nil
}

func (p *Point) tidy(own string) error {
	p.Text = strings.TrimSpace(p.Text)
	if p.Text == "" || len([]rune(p.Text)) > maxPointText {
		return ErrPointText.With("number", p.Number).At("text")
	}
	known := false
	for _, k := range PointKinds {
		known = known || p.Kind == k
	}
	if !known {
		return ErrPointKind.With("number", p.Number).At("kind")
	}
	p.CheckedIn = words(p.CheckedIn)
	for _, c := range p.CheckedIn {
		if !in(CheckPlaces, c) {
			return ErrPointPlace.With("number", p.Number).At("checked_in")
		}
	}
	if p.Source == "" || p.Kind == Advice {
		p.Source = "agency" // advice is nobody else's
	}
	if !in(Sources, p.Source) {
		return ErrPointPlace.With("number", p.Number).At("source")
	}
	p.Langs = tidyLangs(p.Langs, own)
	return nil
}

func tidyLangs(in map[string]string, own string) map[string]string {
	out := map[string]string{}
	for lang, t := range in {
		if t = strings.TrimSpace(t); t != "" && lang != own && len(lang) <= 8 {
			out[lang] = t
		}
	}
	return out
}

// normal is a text for comparing: small letters, single spaces, no punctuation at the ends.
func normal(s string) string {
	return strings.Trim(strings.ToLower(strings.Join(strings.Fields(s), " ")), " .,;:!?")
}

// Edited is a draft with other points. A translation of a text that changed is
// dropped unless it changed too: an old translation of a new demand would lie.
// Faults: brief.sealed and those of Tidy.
func (b Brief) Edited(points []Point, newID func() string) (Brief, error) {
	if !b.Draft() {
		return b, ErrBriefSealed
	}
	before := byID(b.Points)
	fresh := make([]Point, len(points))
	for i, p := range points {
		if old, ok := before[p.ID]; ok {
			p = dropStale(old, p)
		} else {
			p.ID = "" // an id is given here, never taken from outside
		}
		fresh[i] = p
	}
	tidied, err := Tidy(fresh, b.Lang, newID)
	if err != nil {
		return b, err
	}
	b.Points = tidied
	return b, nil
}

func dropStale(old, p Point) Point {
	if normal(old.Text) == normal(p.Text) {
		return p
	}
	kept := map[string]string{}
	for lang, t := range p.Langs {
		if old.Langs[lang] != t {
			kept[lang] = t
		}
	}
	p.Langs = kept
	return p
}

func byID(points []Point) map[string]Point {
	m := make(map[string]Point, len(points))
	for _, p := range points {
		m[p.ID] = p
	}
	return m
}

// Moved gives the points with one of them by as many places up (negative) or down.
func Moved(points []Point, id string, by int) ([]Point, error) {
	at := -1
	for i, p := range points {
		if p.ID == id {
			at = i
		}
	}
	if at < 0 {
		return nil, ErrPointGone
	}
	to := min(max(at+by, 0), len(points)-1)
	out := append([]Point{}, points...)
	p := out[at]
	out = append(out[:at], out[at+1:]...)
	out = append(out[:to], append([]Point{p}, out[to:]...)...)
	return renumbered(out), nil
}

// Ordered gives the points in the order of ids, then the others as they stood.
func Ordered(points []Point, ids []string) []Point {
	known, named := byID(points), map[string]bool{}
	out := make([]Point, 0, len(points))
	for _, id := range ids {
		if p, ok := known[id]; ok && !named[id] {
			out, named[id] = append(out, p), true
		}
	}
	for _, p := range points {
		if !named[p.ID] {
			out = append(out, p)
		}
	}
	return renumbered(out)
}

// Without gives the points less one. Fault: brief.point-gone.
func Without(points []Point, id string) ([]Point, error) {
	out := make([]Point, 0, len(points))
	for _, p := range points {
		if p.ID != id {
			out = append(out, p)
		}
	}
	if len(out) == len(points) {
		return nil, ErrPointGone
	}
	return renumbered(out), nil
}

func renumbered(points []Point) []Point {
	for i := range points {
		points[i].Number = int64(i + 1)
	}
	return points
}

// Share is the version once it goes to the client: from then on it is sealed. Two
// binding points that demand and forbid the same must be confirmed by a person.
// Faults: brief.sealed, brief.empty, brief.contradiction.
func (b Brief) Share(by string, clashConfirmed bool, now time.Time) (Brief, error) {
	if !b.Draft() {
		return b, ErrBriefSealed
	}
	if len(b.Points) == 0 {
		return b, ErrBriefEmpty
	}
	if c := Contradictions(b.Points); len(c) > 0 && !clashConfirmed {
		return b, ErrBriefClash.With("a", c[0][0], "b", c[0][1])
	}
	b.SharedAt, b.SharedBy = now, by
	return b, nil
}

// Accept is the version once the client agreed. newest is the number of the newest
// version that was shared. Faults: brief.unshared, brief.superseded, brief.accepted.
func (b Brief) Accept(contactID, name, via string, newest int64, now time.Time) (Brief, error) {
	switch {
	case b.Draft():
		return b, ErrBriefUnshared
	case b.Version != newest:
		return b, ErrBriefSuperseded.With("version", newest)
	case b.Accepted():
		return b, ErrBriefAccepted
	}
	b.AcceptedAt, b.AcceptedBy, b.AcceptedByID, b.AcceptedVia = now, name, contactID, via
	return b, nil
}

// Next is a new version to be edited, with the points of b. After the freeze it
// says why (A26). Faults: brief.draft-open, brief.reason.
func (b Brief) Next(reason, by string, frozen bool, now time.Time) (Brief, error) {
	if b.Draft() {
		return b, ErrBriefOpenDraft
	}
	reason = strings.TrimSpace(reason)
	if frozen && reason == "" {
		return b, ErrBriefReason.At("reason")
	}
	return Brief{CampaignID: b.CampaignID, Version: b.Version + 1, Lang: b.Lang, Points: append([]Point{}, b.Points...),
		Questions: append([]Question{}, b.Questions...), Reason: reason, CreatedAt: now, CreatedBy: by, Rev: 1}, nil
}

// Diff is what a version changes against an older one.
type Diff struct {
	Added   []Point
	Removed []Point
	Changed []Change
}

// Change is one point before and after.
type Change struct{ Before, After Point }

// Empty tells whether the versions demand the same. Order alone changes nothing.
func (d Diff) Empty() bool { return len(d.Added)+len(d.Removed)+len(d.Changed) == 0 }

// Compare gives what b changes against a, in b's order.
func Compare(a, b Brief) Diff {
	var d Diff
	old, fresh := byID(a.Points), byID(b.Points)
	for _, p := range b.Points {
		q, ok := old[p.ID]
		switch {
		case !ok:
			d.Added = append(d.Added, p)
		case demand(p) != demand(q):
			d.Changed = append(d.Changed, Change{Before: q, After: p})
		}
	}
	for _, p := range a.Points {
		if _, ok := fresh[p.ID]; !ok {
			d.Removed = append(d.Removed, p)
		}
	}
	return d
}

// demand is a point's content without its place in the list, its source and where it is checked.
func demand(p Point) string {
	langs := make([]string, 0, len(p.Langs))
	for l, t := range p.Langs {
		langs = append(langs, l+"\x1f"+t)
	}
	sort.Strings(langs)
	return string(p.Kind) + "\x1e" + p.Text + "\x1e" + strings.Join(langs, "\x1e")
}
