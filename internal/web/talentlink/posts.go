package talentlink

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/result"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/insightform"
	"kolega/internal/web/outside"
	"kolega/internal/web/ui"
)

func postRoutes(d room) []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/posts", Verb: "post.enter", Handle: d.posts},
		{Method: "GET", Pattern: "/posts/{id}", Verb: "post.enter", Handle: d.post},
		{Method: "POST", Pattern: "/posts/{id}", Verb: "post.enter", Handle: d.sendPost},
		{Method: "POST", Pattern: "/posts/{id}/insights", Verb: "insight.enter", Handle: d.sendInsight},
	}
}

// ownPost is what a talent sees of one piece of content: the own link and numbers.
type ownPost struct {
	ID, Platform, Format string

	Step      string // key of the word
	Approved  bool
	DueAt     time.Time
	Zone      string
	URL       string
	PostedAt  time.Time
	MeasureAt time.Time
	Call      string
	Flags     []result.Flag
	Contested string // why the numbers are to be sent again
	Story     bool
}

// own cuts a row to what its talent may see.
func own(r result.PostRow, now time.Time) ownPost {
	o := ownPost{ID: r.Deliverable.ID, Platform: r.Deliverable.Platform, Format: r.Deliverable.Format, Step: r.Stage(now), Approved: r.Deliverable.ApprovedID != "",
		DueAt: r.Deliverable.PostDue.At, Zone: r.Deliverable.PostDue.Zone, URL: r.Post.URL, PostedAt: r.Post.PostedAt, MeasureAt: r.MeasureAt, Call: r.Call,
		Story: result.Story(r.Deliverable.Format)}
	if r.Post.Doubtful() {
		o.Flags = r.Post.Flags
	}
	if r.Newest.State() == result.StateContested {
		o.Contested = r.Newest.ContestedWhy
	}
	return o
}

// Owes says whether numbers are due from the talent now.
func (o ownPost) Owes() bool { return o.URL != "" && (o.Step == "asked" || o.Step == "contested") }

type postsPage struct {
	Page ui.OutsidePage
	Base string
	List []ownPost
}

func (d room) posts(w http.ResponseWriter, r *http.Request) error {
	rows, err := d.Result.MyPosts(r.Context(), web.ActorOf(r))
	if err != nil {
		return err
	}
	p := postsPage{Base: outside.Base(r)}
	for _, row := range rows {
		p.List = append(p.List, own(row, d.DB.Now()))
	}
	if p.Page, err = outside.Frame(w, r, d.House, locale.T(r.Context(), "insight.title"), "", "id", "en", "fil"); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, postsView(p))
}

type postForm struct {
	URL string `form:"url"`
}

type postPage struct {
	Page   ui.OutsidePage
	Base   string
	Key    string
	Now    time.Time
	Post   ownPost
	Form   postForm
	Intake insightform.Intake
	Errors map[string]string
	Scan   bool
}

func (d room) post(w http.ResponseWriter, r *http.Request) error {
	return d.showPost(w, r, http.StatusOK, postForm{}, insightform.Intake{}, nil)
}

func (d room) showPost(w http.ResponseWriter, r *http.Request, status int, f postForm, in insightform.Intake, errs map[string]string) error {
	row, _, err := d.Result.Row(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	p := postPage{Base: outside.Base(r), Key: desk.NewKey(r), Now: d.DB.Now(), Post: own(row, d.DB.Now()), Form: f, Intake: in, Errors: errs, Scan: d.Result.Scanning()}
	if p.Page, err = outside.Frame(w, r, d.House, postTitle(r.Context(), p.Post), "", "id", "en", "fil"); err != nil {
		return err
	}
	return web.Render(w, r, status, postView(p))
}

func postTitle(ctx context.Context, o ownPost) string {
	return locale.T(ctx, "platform."+o.Platform) + " " + locale.T(ctx, "format."+o.Format)
}

func (d room) sendPost(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[postForm](r)
	if err != nil {
		return err
	}
	_, err = d.Result.EnterPost(r.Context(), web.ActorOf(r), result.EnterPost{DeliverableID: r.PathValue("id"), URL: f.URL})
	if errs, ok := web.Invalid(r, err); ok {
		return d.showPost(w, r, http.StatusUnprocessableEntity, f, insightform.Intake{}, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, outside.Base(r)+"/posts/"+r.PathValue("id"), "insight.toast.link")
}

// sendInsight reads the numbers back first and keeps them when they are confirmed.
func (d room) sendInsight(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	in, err := insightform.Read(r, d.House, id)
	if err == nil && in.Confirmed {
		var kept result.Insight
		kept, err = d.Result.EnterInsight(r.Context(), web.ActorOf(r), in.Request(id))
		in.Keep(kept, err)
	}
	if errs, ok := web.Invalid(r, err); ok && fault.KindOf(err) == fault.Invalid {
		return d.showPost(w, r, http.StatusUnprocessableEntity, postForm{}, in, errs)
	}
	if err != nil {
		return err
	}
	if !in.Confirmed {
		return d.showPost(w, r, http.StatusOK, postForm{}, in, nil)
	}
	return web.SeeOther(w, r, outside.Base(r)+"/posts/"+id, "insight.toast.saved")
}
