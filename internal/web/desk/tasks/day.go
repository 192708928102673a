package tasks

import (
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/locale"
	"kolega/internal/task"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

// dayPage is a person's day: what is late, due today, this week and later.
type dayPage struct {
	Page      ui.Page
	View      string // "", "given", "all"
	Tasks     []task.View
	Ended     []task.View // lately
	Campaigns map[string]string
	Moves     int // moves in campaigns that wait for the reader
	Actor     access.Actor
	Now       time.Time
	Key       string
}

// mostEnded are shown below the open ones.
const mostEnded = 5

func (d rooms) day(w http.ResponseWriter, r *http.Request) (err error) {
	actor := web.ActorOf(r)
	p := dayPage{View: r.URL.Query().Get("view"), Actor: actor, Now: d.DB.Now(), Key: desk.NewKey(r)}
	all, err := d.Task.Tasks(r.Context(), actor, p.filter())
	if err != nil {
		return err
	}
	for _, t := range all {
		switch {
		case t.Open():
			p.Tasks = append(p.Tasks, t)
		case len(p.Ended) < mostEnded:
			p.Ended = append(p.Ended, t)
		}
	}
	if err := d.beside(r, &p); err != nil {
		return err
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "tasks", Title: locale.T(r.Context(), "task.title"), Live: "everything"}); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, dayView(p))
}

func (p *dayPage) filter() task.Filter {
	switch p.View {
	case "given":
		return task.Filter{ByID: p.Actor.ID}
	case "all":
		return task.Filter{Open: true}
	}
	p.View = ""
	return task.Filter{DoerID: p.Actor.ID}
}

// beside names the campaigns and counts the moves that wait in the inbox.
func (d rooms) beside(r *http.Request, p *dayPage) (err error) {
	if p.Campaigns, err = d.campaigns(r); err != nil {
		return err
	}
	if p.View == "" {
		now, _, err := d.Boards.Inbox(r.Context(), p.Actor)
		p.Moves = len(now)
		return err
	}
	return nil
}

// campaigns gives the names of campaigns by id.
func (d rooms) campaigns(r *http.Request) (map[string]string, error) {
	list, err := d.Campaign.Campaigns(r.Context(), web.ActorOf(r), campaign.Filter{Limit: 500})
	names := map[string]string{}
	for _, c := range list {
		names[c.ID] = c.Name
	}
	return names, err
}

// of gives the open tasks of one part of the day.
func (p dayPage) of(part task.Part) (out []task.View) {
	for _, t := range p.Tasks {
		if t.Part == part {
			out = append(out, t)
		}
	}
	return out
}

type showPage struct {
	Page     ui.Page
	Task     task.View
	Campaign string
	May      bool
	Actor    access.Actor
	Now      time.Time
	Key      string
	Errors   map[string]string
}

func (d rooms) show(w http.ResponseWriter, r *http.Request) error {
	return d.showTask(w, r, http.StatusOK, nil)
}

func (d rooms) showTask(w http.ResponseWriter, r *http.Request, status int, errs map[string]string) (err error) {
	p := showPage{Actor: web.ActorOf(r), Now: d.DB.Now(), Key: desk.NewKey(r), Errors: errs}
	if p.Task, err = d.Task.View(r.Context(), p.Actor, r.PathValue("id")); err != nil {
		return err
	}
	p.May = p.Task.MayChange(p.Actor.ID, task.Leads(p.Actor))
	names, err := d.campaigns(r)
	if err != nil {
		return err
	}
	p.Campaign = names[p.Task.CampaignID]
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "tasks", Title: p.Task.Title,
		Crumbs: []ui.Crumb{{Label: locale.T(r.Context(), "task.title"), Href: "/tasks"}, {Label: p.Task.Title}}}); err != nil {
		return err
	}
	return web.Render(w, r, status, showView(p))
}

// acted answers an act on a task: back to where it was asked for, or the task's page
// with what is wrong.
func (d rooms) acted(w http.ResponseWriter, r *http.Request, err error, toast web.Toast) error {
	if errs, ok := web.Invalid(r, err); ok {
		return d.showTask(w, r, web.StatusOf(err), errs)
	}
	if err != nil {
		return err
	}
	back := "/tasks/" + r.PathValue("id")
	switch r.PostFormValue("back") {
	case "day":
		back = "/tasks"
	case "inbox":
		back = "/inbox"
	}
	return web.SeeOtherUndo(w, r, back, toast)
}

func (d rooms) accept(w http.ResponseWriter, r *http.Request) error {
	return d.acted(w, r, d.Task.Accept(r.Context(), web.ActorOf(r), r.PathValue("id")), web.Toast{Key: "task.accepted"})
}

type endForm struct {
	Result string `form:"result"`
	Why    string `form:"why"`
}

func (d rooms) finish(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[endForm](r)
	if err != nil {
		return err
	}
	err = d.Task.Finish(r.Context(), web.ActorOf(r), r.PathValue("id"), f.Result)
	return d.acted(w, r, err, web.Toast{Key: "task.finished", Undo: "/tasks/" + r.PathValue("id") + "/reopen"})
}

func (d rooms) reopen(w http.ResponseWriter, r *http.Request) error {
	return d.acted(w, r, d.Task.Reopen(r.Context(), web.ActorOf(r), r.PathValue("id")), web.Toast{Key: "task.reopened"})
}

func (d rooms) drop(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[endForm](r)
	if err != nil {
		return err
	}
	err = d.Task.Drop(r.Context(), web.ActorOf(r), r.PathValue("id"), f.Why)
	return d.acted(w, r, err, web.Toast{Key: "task.dropped", Undo: "/tasks/" + r.PathValue("id") + "/reopen"})
}
