package talents

import (
	"net/http"

	"kolega/internal/locale"
	"kolega/internal/talent"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

// registerPage is what of rights and contracts ends in one month.
type registerPage struct {
	Page       ui.Page
	Register   talent.Register
	Month      string
	Prev, Next string // "2026-11"
	Today      worktime.Date
}

// register shows a month of the register of rights: "see what ends this month" (B9).
func (d rooms) register(w http.ResponseWriter, r *http.Request) error {
	today := talent.DayOf(d.DB.Now())
	first := worktime.Date(r.URL.Query().Get("month") + "-01")
	if !first.Valid() {
		first = today[:8] + "01"
	}
	reg, err := d.Talent.Ending(r.Context(), web.ActorOf(r), first, first.AddMonths(1).AddDays(-1))
	if err != nil {
		return err
	}
	year, month, _ := first.Parts()
	p := registerPage{Register: reg, Month: locale.From(r.Context()).Month(year, month), Prev: string(first.AddMonths(-1)[:7]), Next: string(first.AddMonths(1)[:7]), Today: today}
	title := tr(r.Context(), "register")
	p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "talents", Title: title, Crumbs: []ui.Crumb{{Label: tr(r.Context(), "list.title"), Href: "/talents"}, {Label: title}}})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, registerView(p))
}
