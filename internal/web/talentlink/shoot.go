package talentlink

import (
	"net/http"

	"kolega/internal/locale"
	"kolega/internal/shoot"
	"kolega/internal/web"
	"kolega/internal/web/outside"
	"kolega/internal/web/ui"
)

func (d room) shootRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/shoot", Verb: "shoot.own", Handle: d.shoot},
		{Method: "GET", Pattern: "/shoot/page", Verb: "shoot.own", Handle: d.savedShoot},
	}
}

type shootPage struct {
	Page ui.OutsidePage
	Base string
	Days []shoot.TalentDay
}

func (d room) shoot(w http.ResponseWriter, r *http.Request) error {
	days, err := d.Shoot.TalentDays(r.Context(), web.ActorOf(r))
	if err != nil {
		return err
	}
	frame, err := outside.Frame(w, r, d.House, locale.T(r.Context(), "shoot.talent.title"), "", langs...)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, shootView(shootPage{frame, outside.Base(r), days}))
}

// savedShoot is the talent's shoots as one plain page to keep on the phone, readable
// without a network.
func (d room) savedShoot(w http.ResponseWriter, r *http.Request) error {
	days, err := d.Shoot.TalentDays(r.Context(), web.ActorOf(r))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", `attachment; filename="shooting.html"`)
	return web.Render(w, r, http.StatusOK, savedShootView(days))
}
