package report

import (
	"cmp"
	"io"
	"slices"
	"strings"
	"time"

	"kolega/internal/casting"
	"kolega/internal/locale"
	"kolega/internal/paper"
	"kolega/internal/paper/chart"
	"kolega/internal/review"
	"kolega/internal/worktime"
)

// DraftLine is where one piece of content stands, as a client may know it.
type DraftLine struct {
	Talent, Handle   string
	Platform, Format string
	Version          int64  // that the client saw last; 0 none yet
	State            string // drafting, with-you, revising, approved, live, measured
	Party            Party  // whose move it is
	Since            time.Time
	Due              worktime.Deadline
	Late             bool
}

// DraftStatus is the draft report of a campaign (A44): where each piece stands and whose
// move it is. It has no field for cost, margin or notes.
type DraftStatus struct {
	Agency, Client, Brand, Campaign, AE string
	Lang, Zone                          string
	At                                  time.Time
	Lines                               []DraftLine // the client's moves first, then by date
}

// DraftLinesOf cuts the facts to the pieces of active bookings.
func DraftLinesOf(f Facts, now time.Time) []DraftLine {
	seen := map[string]int64{}
	for _, d := range f.Drafts {
		switch {
		case d.Latest.ID == "":
		case !d.Latest.ShownAt.IsZero() || d.Step == review.StepApproved:
			seen[d.Deliverable.ID] = d.Latest.Major
		default:
			seen[d.Deliverable.ID] = d.Latest.Major - 1
		}
	}
	var out []DraftLine
	for _, b := range f.Bookings {
		if b.Active() {
			out = append(out, f.draftLines(b, seen, now)...)
		}
	}
	slices.SortStableFunc(out, func(a, b DraftLine) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), compareDue(Move{Due: a.Due}, Move{Due: b.Due}), cmp.Compare(a.Talent, b.Talent))
	})
	return out
}

func (f Facts) draftLines(b casting.Booking, seen map[string]int64, now time.Time) (out []DraftLine) {
	for _, d := range f.Drafts {
		if d.Deliverable.BookingID != b.ID || !d.Deliverable.ClosedAt.IsZero() {
			continue
		}
		m := f.move(d, f.post(d.Deliverable.ID), now)
		if !f.Campaign.Open() {
			m.Party, m.Due = Nobody, worktime.Deadline{}
		}
		out = append(out, DraftLine{Talent: f.Talents[b.TalentID].Name, Handle: f.Accounts[b.AccountID].Title(), Platform: d.Deliverable.Platform, Format: d.Deliverable.Format,
			Version: seen[d.Deliverable.ID], State: clientWord(m), Party: m.Party, Since: m.Since, Due: m.Due, Late: m.Late(now)})
	}
	return out
}

// parties in the order of the report: who reads it comes first.
var statusOrder = []Party{ClientSide, Us, TalentSide, Nobody}

func (d DraftLine) rank() int { return slices.Index(statusOrder, d.Party) }

// Of lists the lines that are a party's move.
func (s DraftStatus) Of(p Party) (out []DraftLine) {
	for _, d := range s.Lines {
		if d.Party == p {
			out = append(out, d)
		}
	}
	return out
}

// Parties lists those who have a line, in order.
func (s DraftStatus) Parties() (out []Party) {
	for _, p := range statusOrder {
		if len(s.Of(p)) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// Loc is the client's reader.
func (s DraftStatus) Loc() *locale.Loc { return locale.For(s.Lang, s.Zone) }

// PieceText names a piece: "TikTok Video, draf 2".
func (d DraftLine) PieceText(l *locale.Loc) string {
	text := FormatText(l, d.Platform, d.Format)
	if d.Version > 0 {
		text += ", " + l.T("status.draft", "n", d.Version)
	}
	return text
}

// DueText is the next date, "" where none is waited for.
func (d DraftLine) DueText(l *locale.Loc) string {
	if d.Due.At.IsZero() || d.Party == Nobody {
		return ""
	}
	if d.Late {
		return l.T("status.late", "when", l.DateTime(d.Due.At, l.Zone.String()))
	}
	return l.T("status.until", "when", l.DateTime(d.Due.At, l.Zone.String()))
}

// shortLines is how many lines of a party a message has.
const shortLines = 8

// Text is the report short enough for WhatsApp: each party's moves, the client's first.
// It ends where the link to the whole is to follow.
func (s DraftStatus) Text(name string) string {
	l := s.Loc()
	var b strings.Builder
	b.WriteString(l.T("status.hello", "name", name, "campaign", s.Campaign, "when", l.DateTime(s.At, l.Zone.String())) + "\n")
	for _, p := range s.Parties() {
		list := s.Of(p)
		b.WriteString("\n*" + l.T("status.party."+string(p), "n", len(list)) + "*\n")
		for _, d := range list[:min(shortLines, len(list))] {
			b.WriteString("• " + d.Talent + ", " + d.PieceText(l) + ": " + l.T("status.word."+d.State))
			if due := d.DueText(l); due != "" {
				b.WriteString(", " + due)
			}
			b.WriteString("\n")
		}
		if rest := len(list) - shortLines; rest > 0 {
			b.WriteString(l.T("status.more", "n", rest) + "\n")
		}
	}
	return b.String()
}

// WritePDF paints the report on A4; the same report and look give the same bytes.
func (s DraftStatus) WritePDF(w io.Writer, art Art) error {
	l := s.Loc()
	p := paper.NewPDF(paper.Meta{Title: s.Campaign, Lang: s.Lang, Author: s.Agency, Footer: s.Campaign + "  ·  " + l.T("status.title"), Created: s.At, Look: art.Look()})
	p.Cover(l.T("status.title"), s.Campaign, s.Brand+"  ·  "+l.T("status.at", "when", l.DateTime(s.At, l.Zone.String())), art.Client.Logo)
	var figures []paper.Figure
	for _, party := range statusOrder {
		figures = append(figures, paper.Figure{Label: l.T("status.short." + string(party)), Value: l.Int(int64(len(s.Of(party))))})
	}
	p.KeyFigures(figures...)
	for _, party := range s.Parties() {
		p.Heading(l.T("status.party."+string(party), "n", len(s.Of(party))))
		var rows []paper.Row
		for _, d := range s.Of(party) {
			r := paper.Row{Cells: []string{d.Talent, d.PieceText(l), l.T("status.word." + d.State), d.DueText(l)}, Notes: []string{d.Handle, "", l.T("status.since", "when", l.DateTime(d.Since, l.Zone.String()))}}
			if d.Since.IsZero() {
				r.Notes[2] = ""
			}
			if d.Late {
				r.Tones = []chart.Tone{"", "", "", chart.Bad}
			}
			rows = append(rows, r)
		}
		p.Table([]paper.Column{{Head: l.T("report.talent"), Width: 1.6}, {Head: l.T("status.piece"), Width: 1.6}, {Head: l.T("status.state"), Width: 1.4}, {Head: l.T("status.next"), Width: 1.5}}, rows)
	}
	_, err := p.WriteTo(w)
	return err
}
