package api

import (
	"context"
	"net/http"

	"kolega/internal/access"
	"kolega/internal/report"
	"kolega/internal/worktime"
)

type analyticsIn struct {
	From string `query:"from" doc:"first day on which a campaign began; twelve months back when left out"`
	To   string `query:"to" doc:"last such day; today when left out"`
	By   string `query:"by" default:"campaign" enum:"campaign,client,ae,promise"`
}

type analyticsOut struct {
	From   string             `json:"from"`
	To     string             `json:"to"`
	Groups []analyticsGroup   `json:"groups"`
	Rates  []analyticsRateOut `json:"rates" doc:"engagement rates by reach, pooled, by platform and size of account"`
}

type analyticsGroup struct {
	ID        string             `json:"id"`
	Name      string             `json:"name"`
	Campaigns []string           `json:"campaigns" doc:"the rows behind the numbers"`
	Repeat    ratioOut           `json:"repeat" doc:"campaigns over that were followed by another of the client"`
	FirstPass ratioOut           `json:"first_pass" doc:"shown versions without a fault"`
	Delays    map[string]int64   `json:"delays" doc:"minutes of working time that each party moved posts by"`
	Margins   []analyticsMargins `json:"margins" doc:"a currency each; empty for who may not see margin"`
}

type analyticsMargins struct {
	Revenue Amount `json:"revenue"`
	Margin  Amount `json:"margin"`
}

type analyticsRateOut struct {
	Platform string   `json:"platform"`
	Tier     string   `json:"tier"`
	Posts    int      `json:"posts"`
	ER       ratioOut `json:"er"`
}

func analyticsGroupWire(g report.Group) (analyticsGroup, error) {
	sums, err := g.Margins()
	out := analyticsGroup{ID: g.ID, Name: g.Name, Campaigns: list(g.Lines, func(l report.CampaignLine) string { return l.ID }),
		Repeat: ratio(g.Repeat()), FirstPass: ratio(g.FirstPass()), Delays: map[string]int64{},
		Margins: list(sums, func(m report.MarginSum) analyticsMargins {
			return analyticsMargins{amount(m.Revenue), amount(m.Margin)}
		})}
	for party, minutes := range g.Delays() {
		out.Delays[string(party)] = minutes
	}
	return out, err
}

func (a *API) analytics(ctx context.Context, actor access.Actor, in *analyticsIn) (out analyticsOut, err error) {
	data, err := a.Boards.Analytics(ctx, actor, worktime.Date(in.From), worktime.Date(in.To))
	if err != nil {
		return out, err
	}
	out = analyticsOut{From: string(data.From), To: string(data.To), Groups: []analyticsGroup{}, Rates: list(data.RateGroups(), func(g report.RateGroup) analyticsRateOut {
		return analyticsRateOut{g.Platform, string(g.Tier), len(g.Lines), ratio(g.ER())}
	})}
	for _, g := range data.Groups(report.By(in.By)) {
		wire, err := analyticsGroupWire(g)
		if err != nil {
			return out, err
		}
		out.Groups = append(out.Groups, wire)
	}
	return out, nil
}

func registerAnalytics(a *API) {
	op(a, http.MethodGet, "/analytics", "analytics.see", "Repeats, first pass, delays and margin over campaigns, with the campaigns behind each number", a.analytics)
}
