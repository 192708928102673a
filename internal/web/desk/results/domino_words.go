package results

import (
	"context"
	"strconv"

	"kolega/internal/campaign"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/paper/chart"
	"kolega/internal/result"
	"kolega/internal/web/ui"
)

func dm(ctx context.Context, key string, args ...any) string {
	return locale.T(ctx, "domino."+key, args...)
}

// reachText is a reach, or that nobody knows it.
func reachText(ctx context.Context, n int64) string {
	if n == result.Unknown {
		return dm(ctx, "unknown")
	}
	return locale.From(ctx).Int(n)
}

// nOfM says how many of a sum's parts are known.
func nOfM(ctx context.Context, k result.Known) string {
	return dm(ctx, "known", "n", k.N, "all", k.All)
}

// perThousand is the cost of a thousand people reached, with its inputs one click away.
func perThousand(ctx context.Context, id string, c result.Cost) *ui.Formula {
	l := locale.From(ctx)
	value := l.T("figure.unmeasured")
	if v, err := c.Value(); err == nil && c.Measurable() {
		value = l.Money(v)
	}
	return &ui.Formula{ID: id, Value: value, Title: dm(ctx, "per"), Text: dm(ctx, "per-formula"),
		Inputs: ui.Terms{{Name: dm(ctx, "cost"), Text: l.Money(c.Amount)}, {Name: dm(ctx, "reach"), Text: l.Int(c.Per)}}}
}

func (p dominoPage) figures(ctx context.Context) ui.KeyFigures {
	l := locale.From(ctx)
	return ui.KeyFigures{
		{Label: dm(ctx, "paid"), Value: l.Short(p.Media.Paid.Sum), Exact: l.Int(p.Media.Paid.Sum), Note: nOfM(ctx, p.Media.Paid)},
		{Label: dm(ctx, "free"), Value: l.Short(p.Media.Free.Sum), Exact: l.Int(p.Media.Free.Sum), Note: nOfM(ctx, p.Media.Free), Meaning: ui.Good},
		{Label: dm(ctx, "per-all"), Formula: perThousand(ctx, "per-all", p.Media.PerAll), Note: dm(ctx, "per-paid", "cost", perThousand(ctx, "", p.Media.PerPaid).Value)},
		{Label: dm(ctx, "depth"), Value: l.Int(int64(p.Media.Depth)), Note: dm(ctx, "by-parent", "share", l.Percent(p.Media.ByParent.Num, p.Media.ByParent.Den))},
		{Label: dm(ctx, "first"), Value: p.first(ctx), Note: dm(ctx, "window", "date", l.DateShort(p.D.WindowEnd()))},
	}
}

func (p dominoPage) first(ctx context.Context) string {
	if p.Media.First == nil {
		return locale.NoFigure
	}
	return locale.From(ctx).Duration(*p.Media.First)
}

// tree draws the seeds and what followed.
func (p dominoPage) tree(ctx context.Context) ui.Chart {
	heads := chart.Heads{Thing: dm(ctx, "account"), Kind: dm(ctx, "kind"), After: dm(ctx, "parent"), Figure: dm(ctx, "reach")}
	var roots []chart.Node
	for _, b := range p.D.Tree() {
		roots = append(roots, node(ctx, b))
	}
	return ui.Chart{Drawing: chart.Tree(dm(ctx, "tree"), 360, heads, roots)}
}

func node(ctx context.Context, b result.Branch) chart.Node {
	l := locale.From(ctx)
	n := chart.Node{Label: dm(ctx, "no-parent"), Kind: dm(ctx, "no-parent"), Tone: chart.Plain}
	reach := int64(0)
	switch {
	case b.Seed != nil:
		n.Label, n.Kind, n.Tone, reach = b.Seed.Name, dm(ctx, "seed"), chart.Brand, b.Seed.Reach
	case b.Pickup != nil:
		n.Label, n.Kind, n.Tone, reach = "@"+b.Pickup.Account, dm(ctx, "pickup"), chart.Good, b.Pickup.Reach
	}
	if b.Seed != nil || b.Pickup != nil {
		n.Text = "?"
		if reach >= 0 {
			n.Text, n.Value = l.Short(reach), float64(reach)
		}
	}
	for _, next := range b.Next {
		n.Next = append(n.Next, node(ctx, next))
	}
	return n
}

// parents are what a pick-up can have followed: live seeds and other pick-ups.
func (p dominoPage) parents(ctx context.Context, but string) (out []ui.Option) {
	l := locale.From(ctx)
	for _, s := range p.D.Seeds {
		if s.Posted() {
			out = append(out, ui.Option{Value: s.ID, Label: s.Name + " · " + l.DateTime(s.PostedAt, l.Zone.String()), Group: dm(ctx, "seeds")})
		}
	}
	for _, x := range p.D.Pickups {
		if x.ID != but {
			out = append(out, ui.Option{Value: x.ID, Label: "@" + x.Account + " · " + l.DateTime(x.At, l.Zone.String()), Group: dm(ctx, "pickups")})
		}
	}
	return out
}

func (p dominoPage) accounts(ctx context.Context) (out []ui.Option) {
	l := locale.From(ctx)
	for _, a := range p.Base {
		label := a.Name + " · @" + a.Handle + " · " + l.T("platform."+a.Platform)
		if a.Followers >= 0 {
			label += " · " + l.Short(a.Followers)
		}
		out = append(out, ui.Option{Value: a.ID, Label: label})
	}
	return out
}

func platforms(ctx context.Context) (out []ui.Option) {
	for _, x := range campaign.Platforms {
		out = append(out, ui.Option{Value: x, Label: locale.T(ctx, "platform."+x)})
	}
	return out
}

func sources(ctx context.Context) (out []ui.Option) {
	for _, s := range result.ReachSources {
		out = append(out, ui.Option{Value: string(s), Label: dm(ctx, "source."+string(s))})
	}
	return out
}

// sourceText says where an expected figure comes from.
func sourceText(ctx context.Context, l result.PlanLine) string {
	text := dm(ctx, "source."+string(l.Source))
	if l.SourceNote != "" {
		text += ": " + l.SourceNote
	}
	return text
}

// given is a number for a form's field; unknown is empty.
func given(n int64) string {
	if n == result.Unknown {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// err gives the message at a field of the form that was refused.
func (p dominoPage) err(at, field string) string {
	if p.At == at {
		return p.Errors[field]
	}
	return ""
}

// was gives what was typed into the form that was refused, else another value.
func (p dominoPage) was(at, typed, other string) string {
	if p.At == at {
		return typed
	}
	return other
}

func parentOf(p dominoPage, at, other string) string {
	if p.At == at && len(p.Form.Parents) > 0 {
		return p.Form.Parents[0]
	}
	return other
}

// gap is how much one plan's cost differs from the other's: the same budget is the rule
// of the comparison, and where it does not hold the page says so.
func (p dominoPage) gap() (money.Amount, bool) {
	d, err := p.Media.Cost.Sub(p.KOL.Cost)
	return d, err == nil && !d.IsZero() && p.Media.Lines > 0 && p.KOL.Lines > 0
}
