// Package analytics is the part of the staff app where managers look over campaigns:
// repeats, engagement rates, delays, first pass, margins; and the published rates that
// reports compare with. Each number opens to the rows it is made of.
package analytics

import (
	"context"
	"net/http"
	"net/url"

	"kolega/internal/campaign"
	"kolega/internal/locale"
	"kolega/internal/report"
	"kolega/internal/result"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/house"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

type rooms struct{ *house.House }

// Routes are the pages of this area.
func Routes(h *house.House) []web.Route {
	d := rooms{h}
	return []web.Route{
		{Method: "GET", Pattern: "/reports/analytics", Verb: "analytics.see", Handle: d.overview},
		{Method: "GET", Pattern: "/reports/analytics/rows", Verb: "analytics.see", Handle: d.rows},
		{Method: "GET", Pattern: "/reports/benchmarks", Verb: "report.see", Handle: d.benchmarks},
		{Method: "POST", Pattern: "/reports/benchmarks", Verb: "benchmark.edit", Handle: d.addBenchmark},
		{Method: "POST", Pattern: "/reports/benchmarks/{benchmark}/drop", Verb: "benchmark.edit", Handle: d.dropBenchmark},
	}
}

func tr(ctx context.Context, key string, args ...any) string {
	return locale.T(ctx, "analytics."+key, args...)
}

type overviewPage struct {
	Page     ui.Page
	Data     report.Analytics
	From, To string // as typed
	Errors   map[string]string
}

func (d rooms) overview(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	p := overviewPage{From: q.Get("from"), To: q.Get("to")}
	data, err := d.Boards.Analytics(r.Context(), web.ActorOf(r), worktime.Date(p.From), worktime.Date(p.To))
	status := http.StatusOK
	if errs, ok := web.Invalid(r, err); ok {
		p.Errors, status = errs, http.StatusUnprocessableEntity
	} else if err != nil {
		return err
	}
	p.Data = data
	if err == nil {
		p.From, p.To = string(data.From), string(data.To)
	}
	if p.Page, err = d.frame(w, r, tr(r.Context(), "title")); err != nil {
		return err
	}
	return web.Render(w, r, status, overviewView(p))
}

func (d rooms) frame(w http.ResponseWriter, r *http.Request, title string) (ui.Page, error) {
	return desk.Frame(w, r, d.House, desk.At{Nav: "reports", Title: title, Crumbs: []ui.Crumb{{Label: locale.T(r.Context(), "result.reports"), Href: "/reports"}, {Label: title}}})
}

type rowsPage struct {
	Page  ui.Page
	Title string
	Back  string
	Lines []report.CampaignLine
	Rates []report.RateLine
	Money bool
}

// rows opens one number: the campaigns, or the posts, that it is made of.
func (d rooms) rows(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	data, err := d.Boards.Analytics(r.Context(), web.ActorOf(r), worktime.Date(q.Get("from")), worktime.Date(q.Get("to")))
	if err != nil {
		return err
	}
	p := rowsPage{Title: tr(r.Context(), "rows"), Money: data.Margin, Back: "/reports/analytics?" + span(data).Encode()}
	if by := q.Get("by"); by == "kind" {
		for _, g := range data.RateGroups() {
			if g.Platform == q.Get("platform") && string(g.Tier) == q.Get("tier") {
				p.Rates = g.Lines
			}
		}
	} else {
		for _, g := range data.Groups(report.By(by)) {
			if g.ID == q.Get("key") {
				p.Lines = g.Lines
			}
		}
	}
	if p.Page, err = d.frame(w, r, p.Title); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, rowsView(p))
}

func span(a report.Analytics) url.Values {
	return url.Values{"from": {string(a.From)}, "to": {string(a.To)}}
}

// at is the address of the rows of a group.
func at(a report.Analytics, by report.By, key string) string {
	q := span(a)
	q.Set("by", string(by))
	q.Set("key", key)
	return "/reports/analytics/rows?" + q.Encode()
}

func rateAt(a report.Analytics, g report.RateGroup) string {
	q := span(a)
	q.Set("by", "kind")
	q.Set("platform", g.Platform)
	q.Set("tier", string(g.Tier))
	return "/reports/analytics/rows?" + q.Encode()
}

// share writes a ratio with what it is of: "3 dari 4".
func share(ctx context.Context, r result.Ratio) (value, note string) {
	l := locale.From(ctx)
	if !r.Measurable() {
		return locale.NoFigure, ""
	}
	return l.Percent(r.Num, r.Den), tr(ctx, "of", "n", r.Num, "of", r.Den)
}

// hours writes minutes of working time; nothing when there are none.
func hours(ctx context.Context, minutes int64) string {
	if minutes == 0 {
		return locale.NoFigure
	}
	return tr(ctx, "hours", "n", (minutes+30)/60)
}

func groupName(ctx context.Context, by report.By, g report.Group) string {
	switch {
	case by == report.PerPromise:
		return tr(ctx, "promise."+g.ID)
	case g.Name == "":
		return tr(ctx, "nobody")
	}
	return g.Name
}

func tierName(ctx context.Context, g report.RateGroup) string {
	if g.Tier == "" {
		return tr(ctx, "no-tier")
	}
	return locale.T(ctx, "report.tier."+string(g.Tier))
}

// parties are those whose delays are shown.
var parties = campaign.DelayParties

// margins writes a group's margins, a currency each; an overflow is told as such.
func margins(ctx context.Context, g report.Group) (lines []ui.TwoLine) {
	l := locale.From(ctx)
	list, err := g.Margins()
	if err != nil {
		return []ui.TwoLine{{First: l.Fault(err)}}
	}
	for _, m := range list {
		note := ""
		if num, den, ok := m.Share(); ok {
			note = l.Percent(num, den) + " " + tr(ctx, "of-revenue", "revenue", m.Revenue)
		}
		lines = append(lines, ui.TwoLine{First: l.Money(m.Margin), Second: note})
	}
	return lines
}
