package talents

import (
	"context"
	"net/http"
	"net/url"

	"kolega/internal/talent"
	"kolega/internal/web"
	"kolega/internal/web/ui"
)

// viewChips are the saved views as links; the one whose address this is stands out.
func (p listPage) viewChips() (out []ui.Tab) {
	now := url.Values{}
	for name, list := range p.Filter.values {
		now[name] = list
	}
	for _, v := range p.Views {
		out = append(out, ui.Tab{Label: v.Name, Href: "/talents?" + v.Query, Current: v.Query == now.Encode()})
	}
	return out
}

// here is the saved view of the reader's own that the address shows, if any.
func (p listPage) here() (talent.View, bool) {
	for _, v := range p.Views {
		if v.Query == p.Filter.values.Encode() && v.OwnerID == p.Reader {
			return v, true
		}
	}
	return talent.View{}, false
}

// listMenu are the ways on from the list.
func (p listPage) listMenu(ctx context.Context) (out []ui.MenuItem) {
	if p.Merge {
		out = append(out, ui.MenuItem{Label: ba(ctx, "duplicates"), Href: "/talents/duplicates"})
	}
	if n := p.Found.Total; p.Bulk && n > 0 && n <= talent.MostAtOnce {
		out = append(out, ui.MenuItem{Label: ba(ctx, "bulk-all", "n", n), Post: "/talents/bulk?" + p.Filter.values.Encode(), Key: p.Key + "a", Hidden: map[string]string{"act": "all"}})
	}
	if p.Export {
		q := p.Filter.values.Encode()
		out = append(out, ui.MenuItem{Label: ba(ctx, "export.csv"), Post: "/talents/export?as=csv&" + q, Key: p.Key + "c"},
			ui.MenuItem{Label: ba(ctx, "export.xlsx"), Post: "/talents/export?as=xlsx&" + q, Key: p.Key + "x"})
	}
	return out
}

// bulkCols puts the column of the ticks before the others.
func (p listPage) bulkCols(cols []ui.Col) []ui.Col {
	if !p.Bulk {
		return cols
	}
	return append([]ui.Col{{Class: "c-check"}}, cols...)
}

func (d rooms) saveView(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[struct {
		Name   string `form:"name"`
		Query  string `form:"query"`
		Shared bool   `form:"shared"`
	}](r)
	if err != nil {
		return err
	}
	v, err := d.Talent.SaveView(r.Context(), web.ActorOf(r), f.Name, f.Query, f.Shared)
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/talents?"+v.Query, "base.toast.view", "name", v.Name)
}

func (d rooms) removeView(w http.ResponseWriter, r *http.Request) error {
	if err := d.Talent.RemoveView(r.Context(), web.ActorOf(r), r.PathValue("id")); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/talents", "base.toast.view-removed")
}
