package pitch

import (
	"strings"

	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/paper"
	"kolega/internal/paper/chart"
	"kolega/internal/worktime"
)

// The formats of a version. Design is the designer's own file.
const (
	PDF    = "pdf"
	PPTX   = "pptx"
	Design = "design"
)

// Types are the content types of the formats that we write.
var Types = map[string]string{PDF: "application/pdf", PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation"}

func fileName(d Document, format string) string {
	return oneLine(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`\/:*?"<>|`, r) || r < ' ' {
			return ' '
		}
		return r
	}, d.Brand+" - "+d.Title)) + "." + format
}

// Loc writes numbers, dates and words as the document's language does.
func (d Document) Loc() *locale.Loc { return locale.For(d.Lang, d.Zone) }

// Art is whose paper it is, and for whom.
type Art struct{ Agency, Client paper.Look }

// Look is the agency's logo in the client's colour, where it has one.
func (a Art) Look() paper.Look {
	l := a.Agency
	if a.Client.Color != "" {
		l.Color = a.Client.Color
	}
	return l
}

// Offer words.

// UntilText says until when an offer holds.
func (s Section) UntilText(l *locale.Loc) string {
	if s.UntilOn.IsZero() {
		return ""
	}
	return l.T("deck.until", "date", l.DateLong(s.UntilOn))
}

// PriceText is what the client pays.
func (s Section) PriceText(l *locale.Loc) string {
	if s.Price.Minor == 0 {
		return ""
	}
	return l.T("deck.price", "amount", l.Money(s.Price))
}

// LimitTexts say why the offer is scarce, each from a fact.
func (s Section) LimitTexts(l *locale.Loc) (out []string) {
	if s.Limit == ByDate {
		out = append(out, l.T("deck.limit.date", "date", l.DateLong(s.UntilOn)))
	}
	for _, f := range s.Free {
		if len(f.Days) == 0 {
			out = append(out, l.T("deck.limit.none", "name", f.Name, "date", l.Date(s.UntilOn)))
			continue
		}
		out = append(out, l.T("deck.limit.talent", "name", f.Name, "n", len(f.Days), "days", f.DaysText(l), "date", l.Date(s.UntilOn)))
	}
	return out
}

// mostRuns bounds the ranges of free days that are written out.
const mostRuns = 5

// DaysText lists free days as ranges.
func (f FreeDays) DaysText(l *locale.Loc) string {
	var parts []string
	for i, r := range f.Runs() {
		if i == mostRuns {
			parts = append(parts, "…")
			break
		}
		if r[0] == r[1] {
			parts = append(parts, l.DateShort(r[0]))
		} else {
			parts = append(parts, l.Range(r[0], r[1]))
		}
	}
	return strings.Join(parts, ", ")
}

// SourceText is where a number is from.
func (s Section) SourceText(l *locale.Loc) string { return sourceText(l, s.Source, s.SourceOn) }

func sourceText(l *locale.Loc, source string, on worktime.Date) string {
	if source == "" {
		return ""
	}
	if on.IsZero() {
		return l.T("deck.source", "source", source)
	}
	return l.T("deck.source-on", "source", source, "date", l.Date(on))
}

// SayText is who stands behind a proof.
func (s Section) SayText(l *locale.Loc) string {
	if s.Proof == nil {
		return ""
	}
	if s.Proof.Source != "" {
		return sourceText(l, s.Proof.Source, s.Proof.SourceOn)
	}
	if s.Proof.Who == "" {
		return ""
	}
	return "— " + s.Proof.Who
}

// FaceText is a talent's account in words.
func (f Face) FaceText(l *locale.Loc) string {
	parts := []string{}
	if f.Handle != "" {
		parts = append(parts, f.Handle)
	}
	if f.Platform != "" {
		parts = append(parts, l.T("platform."+f.Platform))
	}
	if f.City != "" {
		parts = append(parts, f.City)
	}
	return strings.Join(parts, " · ")
}

// FollowersText is how many follow, or that nobody knows.
func (f Face) FollowersText(l *locale.Loc) string {
	if f.Followers < 0 {
		return locale.NoFigure
	}
	return l.Short(f.Followers)
}

// ERText is the account's engagement rate, or that nobody knows.
func (f Face) ERText(l *locale.Loc) string {
	if f.ERBp < 0 {
		return locale.NoFigure
	}
	return l.Bp(f.ERBp)
}

// PlanSide is one side of a plan as it is read.
type PlanSide struct {
	Key      string // kol, media
	Lines    []PlanLine
	Reach    int64
	Guessed  bool
	Thousand money.Amount // for the client, per thousand reached; none when not measurable
	Risk     string
}

// Sides are both sides of a plan.
func (p Plan) Sides() []PlanSide {
	side := func(key string, lines []PlanLine, risk string) PlanSide {
		s := PlanSide{Key: key, Lines: lines, Risk: risk}
		s.Reach, s.Guessed = Reach(lines)
		if c := p.PerThousand(lines); c.Measurable() {
			s.Thousand, _ = c.Value()
		}
		return s
	}
	return []PlanSide{side("kol", p.KOL, p.KOLRisk), side("media", p.Media, p.MediaRisk)}
}

// Chart draws the reach that both sides expect.
func (p Plan) Chart(l *locale.Loc, width float64) chart.Drawing {
	var bars []chart.Bar
	for i, s := range p.Sides() {
		tone := chart.Brand
		if i == 1 {
			tone = chart.Client
		}
		bars = append(bars, chart.Bar{Label: l.T("deck.side." + s.Key), Value: float64(s.Reach), Text: l.Short(s.Reach), Tone: tone})
	}
	return chart.Bars(l.T("deck.plan.reach"), width, bars)
}

// ReachSourceText is where a line's reach is from.
func (p PlanLine) ReachSourceText(l *locale.Loc) string {
	text := l.T("deck.reach-source." + string(p.Source))
	if p.Note != "" {
		text += ": " + p.Note
	}
	return text
}

// ThousandText is the cost of a thousand reached for the client.
func (s PlanSide) ThousandText(l *locale.Loc) string {
	if s.Thousand.None() {
		return locale.NoFigure
	}
	return l.Money(s.Thousand)
}
