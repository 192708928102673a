package campaign

import (
	"slices"
	"strings"
	"time"

	"kolega/internal/fault"
)

// ProposedChange says what a line of a proposal does to the brief.
type ProposedChange string

// The changes that a decision can ask for.
const (
	AddPoint    ProposedChange = "add"
	ChangePoint ProposedChange = "change"
	DropPoint   ProposedChange = "drop"
)

// ProposedLine is one change of one point, as it was decided.
type ProposedLine struct {
	ID      string // the decision it came from, or given when empty; stays
	What    ProposedChange
	PointID string // of the agreed brief; for a new point its future id
	Point   Point  // as it would be; the one that falls away for DropPoint

	ReplacedBy string // the proposal that took the line's place

	ObjectedAt   time.Time
	ObjectedByID string
	ObjectedBy   string
	Objection    string
}

// Holds tells whether nobody objected to the line, and no later proposal took its place.
func (l ProposedLine) Holds() bool { return l.ObjectedAt.IsZero() && l.ReplacedBy == "" }

// ProposalOutcome says how a proposal ended; empty while it is open.
type ProposalOutcome string

// How proposals end.
const (
	ProposalTaken     ProposalOutcome = "taken"     // it is a version of the brief now
	ProposalObjected  ProposalOutcome = "objected"  // the client objected to every line
	ProposalWithdrawn ProposalOutcome = "withdrawn" // the agency took it back
	ProposalReplaced  ProposalOutcome = "replaced"  // a later one names it
)

// Proposal is a version of the brief that somebody decided outside, and that is not in
// force before the client accepts it or, where the agreement lets silence count, does
// not object in time (R14).
type Proposal struct {
	ID, CampaignID string

	Source     string // one of Sources
	SourceID   string // of the meeting; may be empty
	SourceNote string // how people name it: "Kickoff, 12 November"
	Lines      []ProposedLine
	Replaces   []string // ids of open proposals
	MadeAt     time.Time
	MadeBy     string
	SilentAt   time.Time // silence counts from here on; zero: only a click does

	SettledAt   time.Time
	SettledByID string
	SettledBy   string
	SettledVia  string // "link:<id>", "silence" or empty
	Outcome     ProposalOutcome
	Why         string
	Version     int64 // of the brief that it became
	Rev         int64
}

// Open tells whether the proposal waits for the client.
func (p Proposal) Open() bool { return p.Outcome == "" }

// Standing gives the lines that nobody objected to.
func (p Proposal) Standing() (out []ProposedLine) {
	for _, l := range p.Lines {
		if l.Holds() {
			out = append(out, l)
		}
	}
	return out
}

// touches gives the points of the agreed brief that the proposal would change.
func (p Proposal) touches() map[string]bool {
	out := map[string]bool{}
	for _, l := range p.Standing() {
		if l.What != AddPoint {
			out[l.PointID] = true
		}
	}
	return out
}

// Faults of proposals.
var (
	ErrProposalEmpty   = fault.New(fault.Invalid, "brief.proposal-empty")
	ErrProposalWhat    = fault.New(fault.Invalid, "brief.proposal-what")
	ErrProposalTwice   = fault.New(fault.Conflict, "brief.proposal-twice")   // args: number; name the open proposal as replaced
	ErrProposalSettled = fault.New(fault.Conflict, "brief.proposal-settled") // it ended before
	ErrProposalAbsent  = fault.New(fault.NotFound, "not-found")
	ErrObjectionText   = fault.Field("text", "brief.objection-text")
)

// NewProposal is what a meeting decided about the brief.
type NewProposal struct {
	CampaignID string
	Source     string // empty: "meeting"
	SourceID   string
	SourceNote string
	Lines      []ProposedLine // ID, What, PointID, Point; the rest is left empty
	Replaces   []string       // open proposals that this one takes the place of
	ReplacesOf []string       // single lines of open proposals; their other lines stand
	ByReport   bool           // a contact report tells the client, and counts the silence of its receivers
}

// Propose judges a proposal against the agreed brief and the proposals that are open.
// Faults: brief.proposal-empty, brief.proposal-what, brief.point-gone, brief.unchanged,
// brief.proposal-twice, those of Tidy.
func Propose(agreed Brief, open []Proposal, n NewProposal, newID func() string) (Proposal, error) {
	p := Proposal{CampaignID: agreed.CampaignID, Source: n.Source, SourceID: n.SourceID, SourceNote: strings.TrimSpace(n.SourceNote), Rev: 1}
	if p.Source == "" {
		p.Source = "meeting"
	}
	switch {
	case !in(Sources, p.Source):
		return p, ErrPointPlace.With("number", 0).At("source")
	case len(n.Lines) == 0:
		return p, ErrProposalEmpty
	}
	for _, l := range n.Lines {
		l, err := l.judge(agreed, p, newID)
		if err != nil {
			return p, err
		}
		if l.What != AddPoint && p.touches()[l.PointID] {
			return p, ErrProposalTwice.With("number", l.Point.Number)
		}
		p.Lines = append(p.Lines, l)
	}
	if Compare(agreed, agreed.with(p.Lines)).Empty() {
		return p, ErrBriefUnchanged
	}
	if _, err := Tidy(agreed.with(p.Lines).Points, agreed.Lang, newID); err != nil {
		return p, err
	}
	return p, p.replace(open, n.Replaces, n.ReplacesOf)
}

// judge gives a line as it is kept.
func (l ProposedLine) judge(agreed Brief, p Proposal, newID func() string) (ProposedLine, error) {
	before, known := byID(agreed.Points)[l.PointID]
	if l.ID == "" {
		l.ID = newID()
	}
	l.ObjectedAt, l.ObjectedByID, l.ObjectedBy, l.Objection = time.Time{}, "", "", ""
	switch l.What {
	case AddPoint:
		l.PointID = newID()
		l.Point.Number = int64(len(agreed.Points) + 1)
		for _, before := range p.Lines {
			if before.What == AddPoint {
				l.Point.Number++
			}
		}
	case ChangePoint, DropPoint:
		if !known {
			return l, ErrPointGone
		}
		if l.What == DropPoint {
			l.Point = before
			return l, nil
		}
		if len(l.Point.CheckedIn) == 0 {
			l.Point.CheckedIn = before.CheckedIn
		}
		if l.Point.Kind == "" {
			l.Point.Kind = before.Kind
		}
		l.Point = dropStale(before, l.Point)
		l.Point.Number = before.Number
	default:
		return l, ErrProposalWhat
	}
	l.Point.ID, l.Point.Source, l.Point.SourceNote = l.PointID, p.Source, p.SourceNote
	return l, l.Point.tidy(agreed.Lang)
}

// replace takes over the open proposals that are named, and refuses a point that
// another open one changes.
func (p *Proposal) replace(open []Proposal, replaces, lines []string) error {
	mine := p.touches()
	for _, id := range replaces {
		if !slices.ContainsFunc(open, func(o Proposal) bool { return o.ID == id && o.Open() }) {
			return ErrProposalAbsent
		}
	}
	p.Replaces = replaces
	for _, o := range open {
		if !o.Open() || slices.Contains(replaces, o.ID) {
			continue
		}
		for _, l := range o.Standing() {
			if l.What != AddPoint && mine[l.PointID] && !slices.Contains(lines, l.ID) {
				return ErrProposalTwice.With("number", l.Point.Number)
			}
		}
	}
	return nil
}

// with gives the brief with the lines carried out; lines about points that are gone are passed over.
func (b Brief) with(lines []ProposedLine) Brief {
	points := append([]Point{}, b.Points...)
	for _, l := range lines {
		at := slices.IndexFunc(points, func(p Point) bool { return p.ID == l.PointID })
		switch {
		case l.What == AddPoint && at < 0:
			points = append(points, l.Point)
		case l.What == ChangePoint && at >= 0:
			points[at] = l.Point
		case l.What == DropPoint && at >= 0:
			points = append(points[:at:at], points[at+1:]...)
		}
	}
	b.Points = renumbered(points)
	return b
}

// Preview is the agreed brief as the standing lines would make it, to list the effect
// before anything is sent.
func (p Proposal) Preview(agreed Brief) Brief {
	next := agreed.with(p.Standing())
	next.Version, next.AcceptedAt = agreed.Version+1, time.Time{}
	return next
}

// without gives the proposal once another took the place of some of its lines. When no
// line is left it ends.
func (p Proposal) without(lines []string, by string, now time.Time) (Proposal, bool, error) {
	touched := false
	p.Lines = append([]ProposedLine{}, p.Lines...)
	for i, l := range p.Lines {
		if l.Holds() && slices.Contains(lines, l.ID) {
			p.Lines[i].ReplacedBy, touched = by, true
		}
	}
	if !touched || len(p.Standing()) > 0 {
		return p, touched, nil
	}
	p, err := p.settle(ProposalReplaced, "", "", "", now)
	p.Why = by
	return p, true, err
}

// Object keeps the client's no to some lines, or to all with none named. When no line
// is left the proposal ends. Faults: brief.proposal-settled, brief.objection-text,
// brief.point-gone for a line it does not have.
func (p Proposal) Object(lines []string, byID, by, text string, now time.Time) (Proposal, error) {
	text = strings.TrimSpace(text)
	switch {
	case !p.Open():
		return p, ErrProposalSettled
	case text == "" || len([]rune(text)) > maxPointText:
		return p, ErrObjectionText
	}
	p.Lines = append([]ProposedLine{}, p.Lines...)
	for _, id := range lines {
		if !slices.ContainsFunc(p.Lines, func(l ProposedLine) bool { return l.ID == id }) {
			return p, ErrPointGone
		}
	}
	for i, l := range p.Lines {
		if l.Holds() && (len(lines) == 0 || slices.Contains(lines, l.ID)) {
			l.ObjectedAt, l.ObjectedByID, l.ObjectedBy, l.Objection = now, byID, by, text
			p.Lines[i] = l
		}
	}
	if len(p.Standing()) == 0 {
		return p.settle(ProposalObjected, byID, by, "", now)
	}
	return p, nil
}

// settle ends the proposal. Fault: brief.proposal-settled.
func (p Proposal) settle(o ProposalOutcome, byID, by, via string, now time.Time) (Proposal, error) {
	if !p.Open() {
		return p, ErrProposalSettled
	}
	p.Outcome, p.SettledAt, p.SettledByID, p.SettledBy, p.SettledVia = o, now, byID, by, via
	return p, nil
}

// Silent tells whether silence puts the proposal in force at now (R14).
func (p Proposal) Silent(now time.Time) bool {
	return p.Open() && !p.SilentAt.IsZero() && !now.Before(p.SilentAt)
}
