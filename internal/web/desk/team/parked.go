package team

import (
	"net/http"

	"kolega/internal/job"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

type parkedPage struct {
	Page ui.Page
	Jobs []job.Stuck
	Key  string
}

func (d rooms) parked(w http.ResponseWriter, r *http.Request) error {
	p := parkedPage{Key: desk.NewKey(r)}
	var err error
	if p.Jobs, err = d.Access.Parked(r.Context(), web.ActorOf(r)); err != nil {
		return err
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "settings", Title: locale.T(r.Context(), "team.jobs.title")}); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, parkedView(p))
}

func (d rooms) runAgain(w http.ResponseWriter, r *http.Request) error {
	if err := d.Access.RunAgain(r.Context(), web.ActorOf(r), r.PathValue("id")); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/settings/jobs", "team.jobs.again-saved")
}
