package demo

import (
	"kolega/internal/client"
	"kolega/internal/country"
	"kolega/internal/worktime"
)

// appreciation is a day that the demo agency keeps for its clients, tomorrow.
const appreciation = "Hari Apresiasi Klien"

// warm is what keeps clients near: an occasion that the agency entered itself and that
// contacts agreed to be greeted on.
func (r *run) warm() {
	if r.n > 0 {
		return
	}
	r.begin(-3, "09:10", "occasion for clients", func() {
		day := r.today.AddDays(1)
		r.note("occasion", r.Country.AddHoliday(r.ctx, r.staff["maya"], country.Holiday{Country: "ID", Holiday: worktime.Holiday{Date: day, Country: "ID", NameID: appreciation, NameEN: "Client Appreciation Day", Kind: worktime.GreetingOnly, Source: "Kolega"}}, 0))
		list, err := r.Client.Clients(r.ctx, r.staff["rani"], client.Page{Limit: 100})
		r.note("clients", err)
		for _, c := range list {
			f, err := r.Client.Client(r.ctx, r.staff["rani"], c.ID)
			r.note("client", err)
			for _, k := range f.Contacts {
				r.note("choose", r.Rapport.Choose(r.ctx, r.staff["rani"], k.ID, []string{"ID/" + appreciation}))
			}
		}
	})
	r.begin(-1, "16:40", "greetings prepared", func() { r.note("prepare", r.Rapport.Prepare(r.ctx, r.staff["rani"])) })
}
