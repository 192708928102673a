package casting

import (
	"context"
	"net/http"

	"kolega/internal/casting"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/web"
	"kolega/internal/web/ui"
)

type lineUpPage struct {
	frame
	LineUp casting.LineUp
}

func lt(ctx context.Context, key string, args ...any) string {
	return locale.T(ctx, "lineup."+key, args...)
}

// lineUp proposes the best set of the list for the open slots.
func (d rooms) lineUp(w http.ResponseWriter, r *http.Request) (err error) {
	p := lineUpPage{}
	if p.LineUp, err = d.Casting.LineUp(r.Context(), web.ActorOf(r), r.PathValue("id")); err != nil {
		return err
	}
	if p.frame, err = d.frame(w, r, "shortlist"); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, lineUpView(p))
}

// figures are what the set brings, what it costs, and how good it is.
func (p lineUpPage) figures(ctx context.Context) ui.KeyFigures {
	l, x := locale.From(ctx), p.LineUp
	budget := lt(ctx, "no-limit")
	if !x.Budget.None() {
		budget = lt(ctx, "of", "amount", short(l, x.Budget))
	}
	filled := 0
	for _, s := range x.Seats {
		if s.Taken != nil {
			filled++
		}
	}
	good := lt(ctx, "exact")
	if !x.Exact {
		good = lt(ctx, "short", "share", l.Bp(x.ShortBp))
	}
	return ui.KeyFigures{
		{Label: lt(ctx, "reach"), Value: l.Short(x.Reach), Note: lt(ctx, "reach-note")},
		{Label: lt(ctx, "cost"), Value: short(l, x.Fee), Note: budget},
		{Label: lt(ctx, "seats"), Value: l.Int(int64(filled)), Of: l.Int(int64(len(x.Seats)))},
		{Label: lt(ctx, "best"), Value: l.Short(x.Best), Note: good},
	}
}

func short(l *locale.Loc, a money.Amount) string {
	if a.None() {
		return "–"
	}
	return l.MoneyShort(a)
}

func (p lineUpPage) reserves(s casting.LineUpSeat) (first, second *casting.LineUpChoice) {
	for i := range s.Reserves {
		if i == 0 {
			first = &s.Reserves[i]
		} else {
			second = &s.Reserves[i]
		}
	}
	return first, second
}

// leftOut words who was not weighed.
func leftOut(ctx context.Context, x casting.LeftOut) string {
	return x.Name + " – " + lt(ctx, "left."+x.Why)
}
