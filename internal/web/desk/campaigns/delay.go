package campaigns

import (
	"context"
	"time"

	"kolega/internal/campaign"
	"kolega/internal/locale"
	"kolega/internal/report"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

func delayWord(ctx context.Context, key string, args ...any) string {
	return locale.T(ctx, "delay."+key, args...)
}

// delaySentence says in one sentence why a posting moved (R2).
func delaySentence(ctx context.Context, d report.DelayLine) string {
	return d.Sentence(locale.From(ctx), report.ReaderStaff)
}

// forecasts are the postings as planned and as they are expected now.
func forecasts(ctx context.Context, lines []report.DelayLine) ui.TimelineGroup {
	l := locale.From(ctx)
	g := ui.TimelineGroup{Title: delayWord(ctx, "forecasts")}
	for _, d := range lines {
		if d.Planned.IsZero() {
			continue
		}
		name := d.Talent + " · " + desk.PieceName(ctx, d.Deliverable)
		plan, now := worktime.DateOf(d.Planned, l.Zone), worktime.DateOf(d.Forecast, l.Zone)
		r := ui.TimelineRow{Name: name, Second: moved(ctx, d), Href: "/campaigns/" + d.Deliverable.CampaignID + "/drafts/" + d.Deliverable.ID,
			Bars: []ui.TimelineBar{{From: plan, To: plan, Kind: ui.Planned, Label: name}}}
		switch {
		case now.After(plan):
			r.Bars = append(r.Bars, ui.TimelineBar{From: plan.AddDays(1), To: now, Kind: ui.Overrun, Label: name})
		case d.Posted:
			r.Bars = append(r.Bars, ui.TimelineBar{From: now, To: now, Kind: ui.Actual, Label: name})
		default:
			r.Bars = append(r.Bars, ui.TimelineBar{From: now, To: now, Kind: ui.Expected, Label: name})
		}
		g.Rows = append(g.Rows, r)
	}
	return g
}

// moved says by how much a posting moved, and whether it is a fact.
func moved(ctx context.Context, d report.DelayLine) string {
	l := locale.From(ctx)
	key, word := "forecast", "ontime"
	if d.Posted {
		key = "posted"
	}
	switch {
	case d.Minutes > 0:
		word = "later"
	case d.Minutes < 0:
		word = "earlier"
	}
	return delayWord(ctx, key) + " " + l.DateTime(d.Forecast, l.Zone.String()) + " · " + delayWord(ctx, word, "time", l.Duration(time.Duration(max(d.Minutes, -d.Minutes))*time.Minute))
}

// delayMinutes is a share as the ledger adds it up.
func delayMinutes(ctx context.Context, minutes int64) string {
	sign := "+"
	if minutes < 0 {
		sign = "−"
	}
	return sign + delayWord(ctx, "minutes", "n", max(minutes, -minutes))
}

func delayParty(ctx context.Context, s campaign.Shift) string {
	return delayWord(ctx, "party."+string(s.Party))
}
