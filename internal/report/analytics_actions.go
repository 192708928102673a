package report

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// ErrSpan refuses a span whose days are not dates or that ends before it begins.
var ErrSpan = fault.Field("to", "analytics.span")

// Analytics gives what managers look at over the campaigns that began from one day to
// another; empty days are the last twelve months. Margins are for those who may see them.
// Right: analytics.see. Fault: analytics.span.
func (s *Boards) Analytics(ctx context.Context, actor access.Actor, from, to worktime.Date) (a Analytics, err error) {
	if err := actor.Require("analytics.see", access.Owner{}); err != nil {
		return a, err
	}
	zone, err := worktime.Zone(actor.Zone)
	if err != nil {
		return a, err
	}
	today := worktime.DateOf(s.db.Now(), zone)
	if to == "" {
		to = today
	}
	if from == "" {
		from = to.AddMonths(-12)
	}
	if !from.Valid() || !to.Valid() || to < from {
		return a, ErrSpan
	}
	a = Analytics{From: from, To: to, Margin: actor.Can("margin.see")}
	err = s.db.Read(ctx, func(tx *db.Tx) error { return a.load(ctx, tx, today) })
	return a, err
}

func (a *Analytics) load(ctx context.Context, tx *db.Tx, today worktime.Date) (err error) {
	if a.Lines, err = campaignLines(ctx, tx, a.From, a.To, today); err != nil {
		return err
	}
	all, err := campaignLines(ctx, tx, a.From, "9999-12-31", today) // what follows may begin after the span
	if err != nil {
		return err
	}
	follow(a.Lines, all)
	for i := range a.Lines {
		if err := a.Lines[i].complete(ctx, tx, a.Margin); err != nil {
			return err
		}
	}
	a.Rates, err = rateLines(ctx, tx, a.From, a.To)
	return err
}
