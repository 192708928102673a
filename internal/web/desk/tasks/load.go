package tasks

import (
	"net/http"
	"strings"

	"kolega/internal/access"
	"kolega/internal/locale"
	"kolega/internal/task"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

type leaveForm struct {
	Person string `form:"person"`
	From   string `form:"from"`
	To     string `form:"to"`
}

// loadPage is everybody's weeks, and who is away.
type loadPage struct {
	Page   ui.Page
	People []task.PersonLoad
	Form   leaveForm
	Errors map[string]string
	Actor  access.Actor
	Leads  bool
	Key    string
}

func (d rooms) load(w http.ResponseWriter, r *http.Request) error {
	return d.showLoad(w, r, http.StatusOK, leaveForm{Person: web.ActorOf(r).ID}, nil)
}

func (d rooms) showLoad(w http.ResponseWriter, r *http.Request, status int, f leaveForm, errs map[string]string) (err error) {
	p := loadPage{Form: f, Errors: errs, Actor: web.ActorOf(r), Key: desk.NewKey(r)}
	p.Leads = task.Leads(p.Actor)
	if p.People, err = d.Task.Load(r.Context(), p.Actor); err != nil {
		return err
	}
	title := locale.T(r.Context(), "task.load")
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "tasks", Title: title, Crumbs: []ui.Crumb{{Label: locale.T(r.Context(), "task.title"), Href: "/tasks"}, {Label: title}}}); err != nil {
		return err
	}
	return web.Render(w, r, status, loadView(p))
}

func (d rooms) takeLeave(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[leaveForm](r)
	if err != nil {
		return err
	}
	if f.Person == "" {
		f.Person = web.ActorOf(r).ID
	}
	l, err := d.Task.TakeLeave(r.Context(), web.ActorOf(r), task.Leave{PersonID: f.Person, From: worktime.Date(f.From), To: worktime.Date(f.To)})
	if errs, ok := web.Invalid(r, err); ok {
		return d.showLoad(w, r, web.StatusOf(err), f, errs)
	}
	if err != nil {
		return err
	}
	return d.leaveTaken(w, r, l)
}

// leaveTaken says which tasks now need somebody else.
func (d rooms) leaveTaken(w http.ResponseWriter, r *http.Request, l task.Leave) error {
	clashes, err := d.Task.Clashes(r.Context(), web.ActorOf(r), l)
	if err != nil {
		return err
	}
	if len(clashes) == 0 {
		return web.SeeOther(w, r, "/workload", "task.leave.kept")
	}
	var titles []string
	for _, t := range clashes {
		titles = append(titles, t.Title)
	}
	return web.SeeOther(w, r, "/workload", "task.leave.clash", "n", len(clashes), "tasks", strings.Join(titles, ", "))
}

func (d rooms) dropLeave(w http.ResponseWriter, r *http.Request) error {
	if err := d.Task.DropLeave(r.Context(), web.ActorOf(r), r.PathValue("id")); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/workload", "task.leave.dropped")
}
