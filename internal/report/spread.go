package report

import (
	"strings"

	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/paper"
	"kolega/internal/paper/chart"
	"kolega/internal/result"
)

// Spread is what the paid posts on media accounts set off (R12), as a client reads it:
// without what they cost.
type Spread struct {
	Roots      []Branch     `json:",omitempty"`
	Paid, Free result.Known // reach, with how many are known
	Depth      int64
}

// Branch is a seed or a pick-up with what followed it; of neither kind it holds what
// followed nobody knows what.
type Branch struct {
	Name   string
	Seed   bool
	Reach  int64    // result.Unknown when nobody knows it
	Orphan bool     `json:",omitzero"`
	Next   []Branch `json:",omitempty"`
}

// Traced is what came of a talent's short links and promo codes (B26).
type Traced struct {
	Talent         string
	Linked, Coded  bool // has any
	Visits, Orders int64
	Amount         money.Amount // none when the shop did not say
}

func branches(list []result.Branch) []Branch {
	out := make([]Branch, 0, len(list))
	for _, b := range list {
		x := Branch{Reach: result.Unknown, Orphan: true, Next: branches(b.Next)}
		switch {
		case b.Seed != nil:
			x.Name, x.Seed, x.Orphan, x.Reach = b.Seed.Name, true, false, b.Seed.Reach
		case b.Pickup != nil:
			x.Name, x.Orphan, x.Reach = "@"+strings.TrimPrefix(b.Pickup.Account, "@"), false, b.Pickup.Reach
		}
		out = append(out, x)
	}
	return out
}

// TreeDrawing draws the seeds and what followed; false when nothing was seeded.
func (d Document) TreeDrawing(l *locale.Loc, width float64) (chart.Drawing, bool) {
	if len(d.Spread.Roots) == 0 {
		return chart.Drawing{}, false
	}
	heads := chart.Heads{Thing: l.T("domino.account"), Kind: l.T("domino.kind"), After: l.T("domino.parent"), Figure: l.T("domino.reach")}
	return chart.Tree(l.T("domino.tree"), width, heads, nodes(l, d.Spread.Roots)), true
}

func nodes(l *locale.Loc, list []Branch) []chart.Node {
	out := make([]chart.Node, 0, len(list))
	for _, b := range list {
		n := chart.Node{Label: b.Name, Kind: l.T("domino.pickup"), Tone: chart.Good, Text: "?", Next: nodes(l, b.Next)}
		switch {
		case b.Orphan:
			n.Label, n.Kind, n.Tone, n.Text = l.T("domino.no-parent"), l.T("domino.no-parent"), chart.Plain, ""
		case b.Seed:
			n.Kind, n.Tone = l.T("domino.seed"), chart.Brand
		}
		if !b.Orphan && b.Reach >= 0 {
			n.Text, n.Value = l.Short(b.Reach), float64(b.Reach)
		}
		out = append(out, n)
	}
	return out
}

// SpreadText says in a sentence what was bought and what came free, unknown named.
func (d Document) SpreadText(l *locale.Loc) string {
	part := func(key string, k result.Known) string {
		return l.T(key) + " " + l.Int(k.Sum) + " (" + l.T("domino.known", "n", k.N, "all", k.All) + ")"
	}
	return part("domino.paid", d.Spread.Paid) + " · " + part("domino.free", d.Spread.Free)
}

// TracedText gives a line's visits, orders and sales; what a talent has none of is a dash,
// what the shop did not say is not zero.
func TracedText(l *locale.Loc, t Traced) (visits, orders, amount string) {
	visits, orders, amount = locale.NoFigure, locale.NoFigure, locale.NoFigure
	if t.Linked {
		visits = l.Int(t.Visits)
	}
	if t.Coded {
		orders = l.Int(t.Orders)
	}
	if !t.Amount.None() {
		amount = l.Money(t.Amount)
	}
	return visits, orders, amount
}

// tree paints the domino section.
func (d Document) tree(p *paper.PDF, l *locale.Loc) {
	drawing, ok := d.TreeDrawing(l, 640)
	if !ok {
		return
	}
	p.Heading(l.T("domino.tree"))
	p.Paragraph(d.SpreadText(l))
	p.Chart(drawing)
}

// traces paints what came of links and codes.
func (d Document) traces(p *paper.PDF, l *locale.Loc) {
	if len(d.Traces) == 0 {
		return
	}
	p.Heading(l.T("track.title"))
	rows := make([]paper.Row, len(d.Traces))
	for i, t := range d.Traces {
		visits, orders, amount := TracedText(l, t)
		rows[i] = paper.Cells(t.Talent, visits, orders, amount)
	}
	p.Table([]paper.Column{{Head: l.T("report.talent"), Width: 3}, {Head: l.T("track.visits"), Right: true}, {Head: l.T("track.orders-head"), Right: true}, {Head: l.T("track.sales"), Width: 2, Right: true}}, rows)
	p.Paragraph(l.T("track.report-note"))
}
