package ui

import (
	"context"

	"github.com/a-h/templ"

	"kolega/internal/locale"
	"kolega/internal/worktime"
)

// Timeline is works over weeks, plan against actual: rows by brand, each month in four weeks W1–W4 (days 1–7, 8–14,
// 15–21, 22 to the end), as agencies draw it.
type Timeline struct {
	Caption string
	From    worktime.Date // any day of the first month
	Months  int
	Today   worktime.Date
	Groups  []TimelineGroup
}

// TimelineGroup is one brand or campaign with its works.
type TimelineGroup struct {
	Title, Href string
	Rows        []TimelineRow
}

// TimelineRow is one work with its bars.
type TimelineRow struct {
	Name, Second, Href string
	Bars               []TimelineBar
	Movable            bool // its plan can be dragged; Href then shows the effect of ?from=…&to=… before it is saved
}

// BarKind is what a bar of a timeline tells.
type BarKind string

// The kinds of bars: the plan (upper, hollow), what happened (lower, filled), late days, what is expected.
const (
	Planned  BarKind = "plan"
	Actual   BarKind = "act"
	Overrun  BarKind = "late"
	Expected BarKind = "next"
)

// TimelineBar spans days, both included. A single day is drawn as a mark.
type TimelineBar struct {
	From, To worktime.Date
	Kind     BarKind
	Label    string // read to screen readers and shown on hover
}

// weekWidth is the width of one week of the drawing, in its own units.
const weekWidth = 25

type monthHead struct{ Label string }

func (tl Timeline) weeks() int { return tl.Months * 4 }

func (tl Timeline) width() int { return tl.weeks() * weekWidth }

func (tl Timeline) months(ctx context.Context) []monthHead {
	l := locale.From(ctx)
	year, month, _ := tl.From.Parts()
	out := make([]monthHead, tl.Months)
	for i := range out {
		d := worktime.DayOf(year, month, 1).AddMonths(i)
		y, m, _ := d.Parts()
		out[i].Label = l.Month(y, m)
	}
	return out
}

// at is the place of the start of a day. Days beyond the edges are cut to them.
func (tl Timeline) at(d worktime.Date) float64 {
	y0, m0, _ := tl.From.Parts()
	y, m, day := d.Parts()
	months := (y-y0)*12 + int(m) - int(m0)
	week := min((day-1)/7, 3)
	length := 7
	if week == 3 {
		_, _, last := worktime.DayOf(y, m, 1).AddMonths(1).AddDays(-1).Parts()
		length = last - 21
	}
	inWeek := float64(day-1-week*7) / float64(length)
	x := (float64(months*4+week) + inWeek) * weekWidth
	return max(0, min(x, float64(tl.width())))
}

func (tl Timeline) barX(b TimelineBar) string { return num(tl.at(b.From)) }

// barWidth is at least one visible sliver, so that a day is not lost on a year's drawing.
func (tl Timeline) barWidth(b TimelineBar) string {
	return num(max(tl.at(b.To.AddDays(1))-tl.at(b.From), 2))
}

func (b TimelineBar) y() string {
	if b.Kind == Planned {
		return "9"
	}
	return "18"
}

func (tl Timeline) showsToday() bool {
	x := tl.at(tl.Today)
	return tl.Today != "" && x > 0 && x < float64(tl.width())
}

func (b TimelineBar) text(ctx context.Context) string {
	s := t(ctx, "timeline."+string(b.Kind)) + " " + locale.From(ctx).Range(b.From, b.To)
	if b.Label != "" {
		s = b.Label + ": " + s
	}
	return s
}

// move makes a plan's bar one that can be dragged.
func (r TimelineRow) move(b TimelineBar) templ.Attributes {
	if !r.Movable || b.Kind != Planned {
		return nil
	}
	return templ.Attributes{"data-move": r.Href, "data-from": string(b.From), "data-to": string(b.To)}
}
