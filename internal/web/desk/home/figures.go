package home

import (
	"context"

	"kolega/internal/locale"
	"kolega/internal/report"
	"kolega/internal/web/ui"
)

// figures are the numbers in the head of the board.
func figures(ctx context.Context, p boardPage) ui.KeyFigures {
	l, s := locale.From(ctx), p.Board.Sum
	out := ui.KeyFigures{
		{Label: tr(ctx, "figure.posted"), Value: l.Int(s.Posted), Of: "/ " + l.Int(s.Total), Note: counted(ctx, "figure.posted.note", s.PostDueToday)},
		{Label: tr(ctx, "figure.client"), Value: l.Int(s.WithClient), Of: tr(ctx, "figure.client.of", "n", s.WithClient), Note: oldest(ctx, p), Meaning: meaning(s.WithClient > 0, ui.Wait)},
		{Label: tr(ctx, "figure.outside"), Value: l.Int(s.UsedRounds), Of: tr(ctx, "figure.outside.of", "n", s.LimitRounds), Note: counted(ctx, "figure.outside.note", s.ToPrice), Meaning: meaning(s.ToPrice > 0, ui.ClientMove)},
		erFigure(ctx, s.ER),
	}
	if p.Actor.Can("booking.see") {
		out = append(out, ui.KeyFigure{Label: tr(ctx, "figure.budget"), Value: l.MoneyShort(s.Committed), Of: "/ " + l.MoneyShort(s.Budget), Exact: l.Money(s.Committed),
			Note: tr(ctx, "figure.budget.note", "rate", l.Percent(s.Committed.Minor, s.Budget.Minor))})
	}
	return out
}

// counted says how many, or that there is none.
func counted[N ~int | ~int64](ctx context.Context, key string, n N) string {
	if n == 0 {
		return tr(ctx, key+".none")
	}
	return tr(ctx, key, "n", n)
}

func meaning(on bool, m ui.Meaning) ui.Meaning {
	if on {
		return m
	}
	return ui.Neutral
}

func oldest(ctx context.Context, p boardPage) string {
	if p.Board.Sum.OldestWithClient.IsZero() {
		return tr(ctx, "figure.client.none")
	}
	return tr(ctx, "figure.client.oldest", "age", locale.From(ctx).Ago(p.Now, p.Board.Sum.OldestWithClient))
}

func erFigure(ctx context.Context, r report.Rate) ui.KeyFigure {
	l := locale.From(ctx)
	f := ui.KeyFigure{Label: tr(ctx, "figure.er"), Value: "–", Note: tr(ctx, "figure.er.none")}
	if r.TargetBp > 0 {
		f.Of = tr(ctx, "target", "rate", l.Bp(r.TargetBp))
	}
	if !r.Known {
		return f
	}
	f.Value, f.Note = l.Bp(r.Bp), tr(ctx, "figure.er.verified")
	if r.TargetBp > 0 && r.Bp < r.TargetBp {
		f.Note, f.Meaning = tr(ctx, "figure.er.below", "points", l.Points(r.Bp-r.TargetBp)), ui.Bad
	} else if r.TargetBp > 0 {
		f.Note, f.Meaning = tr(ctx, "figure.er.above", "points", l.Points(r.Bp-r.TargetBp)), ui.Good
	}
	return f
}
