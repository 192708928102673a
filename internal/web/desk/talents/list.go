package talents

import (
	"context"
	"net/http"

	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/match"
	"kolega/internal/talent"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

type listPage struct {
	Page   ui.Page
	Filter filter
	Found  match.Found
	Today  worktime.Date
	Edit   bool
	Import bool
	Error  string
	Views  []talent.View // saved addresses of the list
	Reader string        // who reads
	Merge  bool
	Export bool
	Bulk   bool
	Key    string
}

func codeOf(err error) string { return fault.CodeOf(err) }

// list is the talents that fit the address.
func (d rooms) list(w http.ResponseWriter, r *http.Request) error {
	actor := web.ActorOf(r)
	f, err := d.filterOf(r)
	if err != nil {
		return err
	}
	p := listPage{Filter: f, Today: talent.DayOf(d.DB.Now()), Edit: actor.Can("talent.edit"), Import: actor.Can("talent.import"),
		Reader: actor.ID, Merge: actor.Can("talent.merge"), Export: actor.Can("talent.export"), Bulk: actor.Can("talent.bulk"), Key: desk.NewKey(r)}
	status, err := d.found(r, &p)
	if err != nil {
		return err
	}
	if p.Views, err = d.Talent.Views(r.Context(), actor); err != nil {
		return err
	}
	p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "talents", Title: tr(r.Context(), "list.title")})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, listView(p))
}

// found asks the index; a filter that cannot be is said on the page.
func (d rooms) found(r *http.Request, p *listPage) (status int, err error) {
	p.Found, err = d.Match.Search(r.Context(), web.ActorOf(r), p.Filter.query)
	switch {
	case err != nil && fault.KindOf(err) == fault.Invalid:
		p.Error = locale.From(r.Context()).Fault(err)
	case err != nil:
		return 0, err
	case len(p.Filter.errors) == 0:
		return http.StatusOK, nil
	}
	return http.StatusUnprocessableEntity, nil
}

// chips are the quick filters by platform.
func (p listPage) chips(ctx context.Context) []ui.Tab {
	chosen := p.Filter.values["platform"]
	out := []ui.Tab{{Label: tr(ctx, "list.all"), Href: p.Filter.address("platform", ""), Current: len(chosen) == 0}}
	for _, v := range p.Found.Facets[match.Platform] {
		if v.Value == match.Unknown {
			continue
		}
		out = append(out, ui.Tab{Label: tr(ctx, "platform."+v.Value), Href: p.Filter.address("platform", v.Value), Count: v.Count, Current: len(chosen) == 1 && v.Selected})
	}
	return out
}

// removals are the conditions in force, each with the address without it.
func (p listPage) removals(ctx context.Context) []ui.Tab {
	var out []ui.Tab
	for _, facet := range match.Facets() {
		if facet == match.Platform && len(p.Filter.values["platform"]) == 1 {
			continue
		}
		for _, v := range p.Found.Facets[facet] {
			if v.Selected {
				out = append(out, ui.Tab{Label: valueLabel(ctx, facet, v), Href: p.Filter.without(string(facet), v.Value), Icon: "x"})
			}
		}
	}
	for _, name := range ranges {
		if v := p.Filter.values.Get(name); v != "" && name != "currency" {
			out = append(out, ui.Tab{Label: tr(ctx, "filter."+name) + " " + rangeLabel(ctx, name, v), Href: p.Filter.address(name, ""), Icon: "x"})
		}
	}
	for _, x := range p.Filter.own {
		if v := p.Filter.values.Get(x.Input()); v != "" {
			out = append(out, ui.Tab{Label: x.Name + " " + desk.FieldValue(ctx, x, v), Href: p.Filter.address(x.Input(), ""), Icon: "x"})
		}
	}
	return out
}

func rangeLabel(ctx context.Context, name, v string) string {
	if name == "format" {
		return tr(ctx, "format."+v)
	}
	return v
}

// valueLabel words a facet's value.
func valueLabel(ctx context.Context, f match.Facet, v match.Value) string {
	switch {
	case v.Value == match.Unknown:
		return tr(ctx, "unknown")
	case f == match.Country:
		return talent.CountryName(v.Value, locale.From(ctx).Lang)
	case f == match.Platform, f == match.Tier, f == match.Status:
		return tr(ctx, string(f)+"."+v.Value)
	case f == match.Language:
		return languageName(ctx, v.Value)
	}
	return v.Label
}

func languageName(ctx context.Context, code string) string {
	l := locale.From(ctx)
	if key := "talent.language." + code; l.Has(key) {
		return l.T(key)
	}
	return code
}

// options are the choices of a facet, at most twelve, with their counts.
func options(ctx context.Context, f match.Facet, values []match.Value) (out []ui.Option, chosen []string) {
	l := locale.From(ctx)
	var unknown []ui.Option
	for _, v := range values {
		o := ui.Option{Value: v.Value, Label: valueLabel(ctx, f, v) + " · " + l.Int(int64(v.Count))}
		if v.Selected {
			chosen = append(chosen, v.Value)
		}
		switch {
		case v.Value == match.Unknown:
			unknown = append(unknown, o)
		case len(out) < 12 || v.Selected:
			out = append(out, o)
		}
	}
	if len(out) == 0 && len(chosen) == 0 {
		return nil, nil // nothing is known there: no choice
	}
	return append(out, unknown...), chosen
}

// erShort says base and day of a rate in a row; the year only when it is another.
func erShort(ctx context.Context, a talent.Account, today worktime.Date) string {
	if a.ERBp < 0 || a.ID == "" || a.EROn == "" || a.EROn[:4] != today[:4] {
		return erNote(ctx, a, today)
	}
	return tr(ctx, "er-base."+string(a.ERBase)) + " · " + locale.From(ctx).DateShort(a.EROn)
}

// facetLink is a value of a facet beside the list.
type facetLink struct {
	Label, Count, Href string
	Share              int // of the largest value's count, 0 to 100
	On                 bool
}

func (l facetLink) current() string {
	if l.On {
		return "true"
	}
	return "false"
}

// The values of a facet that are shown at once, and that are shown at all.
const (
	firstValues = 6
	mostValues  = 40
)

// facetLinks are the values of a facet: those shown at once, among them every chosen
// one, and the others.
func (p listPage) facetLinks(ctx context.Context, f match.Facet) (first, rest []facetLink) {
	values, l := p.Found.Facets[f], locale.From(ctx)
	if len(values) == 0 || len(values) == 1 && values[0].Value == match.Unknown && !values[0].Selected {
		return nil, nil // nothing is known there: no choice
	}
	for i, v := range values {
		link := facetLink{Label: valueLabel(ctx, f, v), Count: l.Int(int64(v.Count)), Share: 100 * v.Count / max(values[0].Count, 1), On: v.Selected}
		if link.Href = p.Filter.with(string(f), v.Value); v.Selected {
			link.Href = p.Filter.without(string(f), v.Value)
		}
		switch {
		case len(first) < firstValues || v.Selected:
			first = append(first, link)
		case i < mostValues:
			rest = append(rest, link)
		}
	}
	return first, rest
}

// removed words what kept the others out, the largest first three.
func (p listPage) removed(ctx context.Context) string {
	l, out := locale.From(ctx), ""
	for _, r := range p.Found.Removed {
		if out != "" {
			out += " · "
		}
		out += l.T("match.removed."+r.Condition, "n", l.Int(int64(r.Count)))
	}
	return out
}
