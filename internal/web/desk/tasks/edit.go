package tasks

import (
	"net/http"
	"strconv"

	"kolega/internal/access"
	"kolega/internal/locale"
	"kolega/internal/task"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

type taskForm struct {
	Version   int64    `form:"version"`
	Title     string   `form:"title"`
	DoneMeans string   `form:"done_means"`
	Doer      string   `form:"doer"`
	Due       string   `form:"due"`
	Minutes   string   `form:"minutes"`
	Campaign  string   `form:"campaign"`
	After     []string `form:"after"`
}

// minutes reads hours and minutes as people type them: "90", "1:30".
func (f taskForm) minutes() int64 {
	if f.Minutes == "" {
		return 0
	}
	n, err := strconv.ParseInt(f.Minutes, 10, 64)
	if err != nil || n == 0 {
		return -1 // refused by the slice
	}
	return n
}

type editPage struct {
	Page      ui.Page
	ID        string // "" for a new task
	Form      taskForm
	Errors    map[string]string
	People    []access.Person
	Campaigns map[string]string
	Others    []task.View // open tasks that may come first
	Key       string
}

func (d rooms) editPage(w http.ResponseWriter, r *http.Request, status int, p editPage) (err error) {
	ctx, actor := r.Context(), web.ActorOf(r)
	p.Key = desk.NewKey(r)
	if p.People, err = d.Access.People(ctx, actor); err != nil {
		return err
	}
	if p.Campaigns, err = d.campaigns(r); err != nil {
		return err
	}
	if p.Others, err = d.Task.Tasks(ctx, actor, task.Filter{Open: true, CampaignID: p.Form.Campaign, Limit: 60}); err != nil {
		return err
	}
	title := locale.T(ctx, "task.new")
	if p.ID != "" {
		title = p.Form.Title
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "tasks", Title: title, Crumbs: []ui.Crumb{{Label: locale.T(ctx, "task.title"), Href: "/tasks"}, {Label: title}}}); err != nil {
		return err
	}
	return web.Render(w, r, status, editView(p))
}

func (d rooms) newForm(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	f := taskForm{Doer: q.Get("doer"), Campaign: q.Get("campaign"), Title: q.Get("title")}
	if f.Doer == "" {
		f.Doer = web.ActorOf(r).ID
	}
	return d.editPage(w, r, http.StatusOK, editPage{Form: f})
}

func (d rooms) give(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[taskForm](r)
	if err != nil {
		return err
	}
	t, moved, err := d.Task.Give(r.Context(), web.ActorOf(r), task.NewTask{Title: f.Title, DoneMeans: f.DoneMeans, DoerID: f.Doer, Due: f.Due, Minutes: f.minutes(), CampaignID: f.Campaign, After: f.After})
	if errs, ok := web.Invalid(r, err); ok {
		return d.editPage(w, r, web.StatusOf(err), editPage{Form: f, Errors: errs})
	}
	if err != nil {
		return err
	}
	return told(w, r, "/tasks/"+t.ID, "task.given", moved)
}

// told says that a task is kept, and where a holiday moved its date.
func told(w http.ResponseWriter, r *http.Request, path, key string, m task.Moved) error {
	if m == (task.Moved{}) {
		return web.SeeOther(w, r, path, key)
	}
	l := locale.From(r.Context())
	return web.SeeOther(w, r, path, "task.moved", "holiday", m.Holiday, "from", l.DateShort(m.From), "to", l.DateDay(m.To))
}

func (d rooms) editForm(w http.ResponseWriter, r *http.Request) error {
	t, err := d.Task.View(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	f := taskForm{Version: t.Version, Title: t.Title, DoneMeans: t.DoneMeans, Doer: t.DoerID, Due: t.Due.Wall()[:16], Minutes: strconv.FormatInt(t.Minutes, 10), Campaign: t.CampaignID, After: t.After}
	return d.editPage(w, r, http.StatusOK, editPage{ID: t.ID, Form: f})
}

func (d rooms) edit(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[taskForm](r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	moved, err := d.Task.Edit(r.Context(), web.ActorOf(r), task.EditTask{ID: id, Title: f.Title, DoneMeans: f.DoneMeans, DoerID: f.Doer, Due: f.Due, Minutes: f.minutes(), After: f.After, Version: f.Version})
	if errs, ok := web.Invalid(r, err); ok {
		return d.editPage(w, r, web.StatusOf(err), editPage{ID: id, Form: f, Errors: errs})
	}
	if err != nil {
		return err
	}
	return told(w, r, "/tasks/"+id, "task.saved", moved)
}
