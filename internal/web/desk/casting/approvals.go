package casting

import (
	"net/http"
	"strconv"

	"kolega/internal/access"
	"kolega/internal/casting"
	"kolega/internal/client"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

// approvalsPage is the supervisor's queue: what waits for a yes, who is supervised
// by whom, and the floor that management set.
type approvalsPage struct {
	Page     ui.Page
	Key      string
	Actor    access.Actor
	Queue    casting.Queue
	Trainees []access.InTraining
	People   []access.Person
	Clients  []client.Client
	Asking   string // the ask whose answer was refused
	Errors   map[string]string
	Floor    string
}

func (d rooms) approvals(w http.ResponseWriter, r *http.Request) error {
	return d.showApprovals(w, r, http.StatusOK, approvalsPage{})
}

func (d rooms) showApprovals(w http.ResponseWriter, r *http.Request, status int, p approvalsPage) (err error) {
	ctx, actor := r.Context(), web.ActorOf(r)
	p.Actor, p.Key = actor, desk.NewKey(r)
	if p.Queue, err = d.Casting.Queue(ctx, actor); err != nil {
		return err
	}
	if actor.Can("access.trust") {
		if p.Trainees, err = d.Access.Trainees(ctx, actor); err != nil {
			return err
		}
		if p.People, err = d.Access.People(ctx, actor); err != nil {
			return err
		}
		if p.Clients, err = d.clients(r); err != nil {
			return err
		}
	}
	if p.Floor == "" && p.Queue.FloorBp > 0 {
		p.Floor = strconv.FormatInt(p.Queue.FloorBp/100, 10)
	}
	p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "inbox", Title: locale.T(ctx, "ask.title"), Live: "everything"})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, approvalsView(p))
}

type decideForm struct {
	Yes    string `form:"yes"`
	Answer string `form:"answer"`
}

func (d rooms) decideAsk(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[decideForm](r)
	if err != nil {
		return err
	}
	err = d.Casting.DecideAsk(r.Context(), web.ActorOf(r), r.PathValue("ask"), f.Yes == "yes", f.Answer)
	if errs, ok := web.Invalid(r, err); ok {
		return d.showApprovals(w, r, web.StatusOf(err), approvalsPage{Asking: r.PathValue("ask"), Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/approvals", map[bool]string{true: "ask.toast.yes", false: "ask.toast.no"}[f.Yes == "yes"])
}

type superviseForm struct {
	Supervisor string `form:"supervisor"`
	Client     string `form:"client"`
	On         bool   `form:"on"`
}

func (d rooms) supervise(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[superviseForm](r)
	if err != nil {
		return err
	}
	return d.trained(w, r, d.Access.Supervise(r.Context(), web.ActorOf(r), r.PathValue("person"), f.Supervisor), "ask.toast.supervisor")
}

func (d rooms) trust(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[superviseForm](r)
	if err != nil {
		return err
	}
	return d.trained(w, r, d.Access.Trust(r.Context(), web.ActorOf(r), r.PathValue("person"), f.Client, f.On), "ask.toast.trust")
}

func (d rooms) trained(w http.ResponseWriter, r *http.Request, err error, toast string) error {
	if errs, ok := web.Invalid(r, err); ok {
		return d.showApprovals(w, r, web.StatusOf(err), approvalsPage{Asking: r.PathValue("person"), Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/approvals", toast)
}

// setFloor keeps the least margin in whole per cent of the price.
func (d rooms) setFloor(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[struct {
		Floor int64 `form:"floor"`
	}](r)
	if err == nil {
		err = d.Casting.SetFloor(r.Context(), web.ActorOf(r), f.Floor*100)
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.showApprovals(w, r, web.StatusOf(err), approvalsPage{Asking: "floor", Floor: r.FormValue("floor"), Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/approvals", "ask.toast.floor")
}

// clients are all clients, for the list of those that a trainee is trusted with.
func (d rooms) clients(r *http.Request) (out []client.Client, err error) {
	const page = 200
	for after := ""; ; {
		some, err := d.Client.Clients(r.Context(), web.ActorOf(r), client.Page{After: after, Limit: page})
		out = append(out, some...)
		if err != nil || len(some) < page {
			return out, err
		}
		after = some[len(some)-1].Key()
	}
}
