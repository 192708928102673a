package campaigns

import (
	"net/http"
	"strings"

	"kolega/internal/shoot"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

type shootsPage struct {
	Page   ui.Page
	Top    desk.Top
	Days   []shoot.Shoot
	Form   shootForm
	Errors map[string]string
	May    bool
	Key    string
}

type shootForm struct {
	On    string `form:"on"`
	Zone  string `form:"zone"`
	Place string `form:"place"`
	Map   string `form:"map"`
	Bring string `form:"bring"`
}

func (d rooms) shoots(w http.ResponseWriter, r *http.Request) error {
	return d.showShoots(w, r, http.StatusOK, shootForm{Zone: web.ActorOf(r).Zone}, nil)
}

func (d rooms) showShoots(w http.ResponseWriter, r *http.Request, status int, f shootForm, errs map[string]string) (err error) {
	actor := web.ActorOf(r)
	p := shootsPage{Form: f, Errors: errs, May: actor.Can("shoot.edit"), Key: desk.NewKey(r)}
	if p.Top, err = desk.TopOf(r, d.House, r.PathValue("id"), "shoots"); err != nil {
		return err
	}
	if p.Days, err = d.Shoot.Days(r.Context(), actor, p.Top.Campaign.ID); err != nil {
		return err
	}
	if p.Page, err = desk.CampaignFrame(w, r, d.House, p.Top); err != nil {
		return err
	}
	return web.Render(w, r, status, shootsView(p))
}

func (d rooms) planShoot(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[shootForm](r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	s, err := d.Shoot.Plan(r.Context(), web.ActorOf(r), shoot.Shoot{CampaignID: id, On: worktime.Date(f.On), Zone: f.Zone, Place: f.Place, MapURL: f.Map, Bring: f.Bring})
	if errs, ok := web.Invalid(r, err); ok && err != nil {
		return d.showShoots(w, r, http.StatusUnprocessableEntity, f, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+id+"/shoots/"+s.ID, "shoot.planned")
}

type dayPage struct {
	Page   ui.Page
	Top    desk.Top
	Day    shoot.Day
	Call   callForm
	Wish   wishForm
	Errors map[string]string
	May    bool
	Key    string
}

func (p dayPage) path(rest string) string {
	return "/campaigns/" + p.Top.Campaign.ID + "/shoots/" + p.Day.ID + rest
}

func (d rooms) day(w http.ResponseWriter, r *http.Request) error {
	return d.showDay(w, r, http.StatusOK, func(*dayPage) {})
}

func (d rooms) loadDay(r *http.Request) (p dayPage, err error) {
	actor := web.ActorOf(r)
	p = dayPage{May: actor.Can("shoot.edit"), Key: desk.NewKey(r)}
	if p.Top, err = desk.TopOf(r, d.House, r.PathValue("id"), "shoots"); err != nil {
		return p, err
	}
	if p.Day, err = d.Shoot.Day(r.Context(), actor, r.PathValue("shoot")); err == nil && p.Day.CampaignID != p.Top.Campaign.ID {
		err = shoot.ErrAbsent
	}
	return p, err
}

func (d rooms) showDay(w http.ResponseWriter, r *http.Request, status int, fill func(*dayPage)) error {
	p, err := d.loadDay(r)
	if err != nil {
		return err
	}
	fill(&p)
	if p.Page, err = desk.CampaignFrame(w, r, d.House, p.Top); err != nil {
		return err
	}
	return web.Render(w, r, status, dayView(p))
}

// savedDay is the shoot as one plain page to keep on the phone, readable without a network.
func (d rooms) savedDay(w http.ResponseWriter, r *http.Request) error {
	p, err := d.loadDay(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", `attachment; filename="shooting-`+string(p.Day.On)+`.html"`)
	return web.Render(w, r, http.StatusOK, savedDayView(p.Day))
}

// acted answers a change of the shoot: back to it, or the page with what was wrong.
func (d rooms) acted(w http.ResponseWriter, r *http.Request, err error, toast string, fill func(*dayPage)) error {
	if errs, ok := web.Invalid(r, err); ok && err != nil {
		return d.showDay(w, r, http.StatusUnprocessableEntity, func(p *dayPage) { p.Errors = errs; fill(p) })
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+r.PathValue("id")+"/shoots/"+r.PathValue("shoot"), toast)
}

type callForm struct {
	Person string `form:"person"` // "talent:ID"
	Time   string `form:"time"`
}

func (d rooms) call(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[callForm](r)
	if err != nil {
		return err
	}
	kind, id, _ := strings.Cut(f.Person, ":")
	err = d.Shoot.Call(r.Context(), web.ActorOf(r), r.PathValue("shoot"), shoot.Kind(kind), id, f.Time)
	return d.acted(w, r, err, "shoot.called", func(p *dayPage) { p.Call = f })
}

func (d rooms) dropCall(w http.ResponseWriter, r *http.Request) error {
	err := d.Shoot.DropCall(r.Context(), web.ActorOf(r), r.PathValue("shoot"), r.PathValue("call"))
	return d.acted(w, r, err, "shoot.uncalled", func(*dayPage) {})
}

func (d rooms) film(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[struct {
		Talent string   `form:"talent"`
		Points []string `form:"point"`
	}](r)
	if err != nil {
		return err
	}
	err = d.Shoot.Film(r.Context(), web.ActorOf(r), r.PathValue("shoot"), f.Talent, f.Points)
	return d.acted(w, r, err, "shoot.filmed", func(*dayPage) {})
}

type wishForm struct {
	Text   string `form:"wish"`
	SaidBy string `form:"said_by"`
}

func (d rooms) noteWish(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[wishForm](r)
	if err != nil {
		return err
	}
	err = d.Shoot.NoteWish(r.Context(), web.ActorOf(r), r.PathValue("shoot"), f.Text, f.SaidBy)
	return d.acted(w, r, err, "shoot.wished", func(p *dayPage) { p.Wish = f })
}

func (d rooms) ruleWish(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[struct {
		Point string `form:"point"` // of the brief; "" for out of it
	}](r)
	if err != nil {
		return err
	}
	verdict := shoot.Out
	if f.Point != "" {
		verdict = shoot.In
	}
	err = d.Shoot.RuleWish(r.Context(), web.ActorOf(r), r.PathValue("shoot"), r.PathValue("wish"), verdict, f.Point)
	return d.acted(w, r, err, "shoot.ruled", func(*dayPage) {})
}
