package results

import (
	"net/http"
	"strconv"
	"time"

	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/result"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

type postsPage struct {
	Page    ui.Page
	Top     desk.Top
	Rows    []result.PostRow
	Now     time.Time
	Key     string
	Text    string
	Plan    []planned // nil until links were pasted
	Waiting int       // insights that wait for the second look
	Due     int       // live posts to look at again today
	Actor   bool      // may enter
}

// planned is one pasted line with what became of it.
type planned struct {
	result.PastedLink
	Error string // of the attempt to keep it
	Done  bool
}

func (d rooms) posts(w http.ResponseWriter, r *http.Request) error {
	return d.showPosts(w, r, http.StatusOK, "", nil)
}

func (d rooms) showPosts(w http.ResponseWriter, r *http.Request, status int, text string, plan []planned) error {
	id, actor := r.PathValue("id"), web.ActorOf(r)
	rows, err := d.Result.Posts(r.Context(), actor, id)
	if err != nil {
		return err
	}
	p := postsPage{Rows: rows, Now: d.DB.Now(), Key: desk.NewKey(r), Text: text, Plan: plan, Actor: actor.Can("post.enter")}
	for _, row := range rows {
		if row.Stage(p.Now) == "to-verify" {
			p.Waiting++
		}
	}
	if p.Due, err = d.dueToday(r, id); err != nil {
		return err
	}
	if p.Page, p.Top, err = d.frame(w, r, id, "posts"); err != nil {
		return err
	}
	return web.Render(w, r, status, postsView(p))
}

type pasteForm struct {
	Text string `form:"text"`
}

// planPosts shows what each pasted link is and which content it fits; it keeps nothing.
func (d rooms) planPosts(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[pasteForm](r)
	if err != nil {
		return err
	}
	lines, err := d.Result.PlanPosts(r.Context(), web.ActorOf(r), r.PathValue("id"), f.Text)
	if err != nil {
		return err
	}
	plan := make([]planned, len(lines))
	for i, l := range lines {
		plan[i].PastedLink = l
	}
	return d.showPosts(w, r, http.StatusOK, f.Text, plan)
}

type linesForm struct {
	URLs         []string `form:"url"`
	Deliverables []string `form:"deliverable"`
}

// enterPosts keeps each line by itself; lines that are refused are shown again.
func (d rooms) enterPosts(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[linesForm](r)
	if err != nil {
		return err
	}
	var again []planned
	kept := 0
	for i, url := range f.URLs {
		line := planned{PastedLink: result.PastedLink{Text: url, DeliverableID: at(f.Deliverables, i)}}
		if line.DeliverableID == "" {
			continue // left out by choice
		}
		if line.Error, err = d.keepLine(r, line); err != nil {
			return err
		} else if line.Error != "" {
			again = append(again, line)
		} else {
			kept++
		}
	}
	if len(again) > 0 {
		return d.showPosts(w, r, http.StatusUnprocessableEntity, "", again)
	}
	return web.SeeOther(w, r, "/campaigns/"+r.PathValue("id")+"/posts", "result.toast.posts", "n", kept)
}

// keepLine keeps one pasted link; a refusal comes back as its text.
func (d rooms) keepLine(r *http.Request, line planned) (refusal string, err error) {
	_, err = d.Result.EnterPost(r.Context(), web.ActorOf(r), result.EnterPost{DeliverableID: line.DeliverableID, URL: line.Text})
	if k := fault.KindOf(err); err == nil || k == fault.Internal || k == fault.Forbidden {
		return "", err
	}
	return locale.From(r.Context()).Fault(err), nil
}

type postPage struct {
	Page     ui.Page
	Top      desk.Top
	Row      result.PostRow
	Insights []result.Insight
	Now      time.Time
	Key      string
	Link     linkForm
	Intake   intake
	Errors   map[string]string
	Enter    bool
	Scan     bool
	Pulled   *result.Pulled // what a platform said last; nil when nothing was read
}

func (d rooms) post(w http.ResponseWriter, r *http.Request) error {
	return d.showPost(w, r, http.StatusOK, linkForm{}, intake{}, nil)
}

func (d rooms) showPost(w http.ResponseWriter, r *http.Request, status int, f linkForm, in intake, errs map[string]string) error {
	actor := web.ActorOf(r)
	row, all, err := d.Result.Row(r.Context(), actor, r.PathValue("deliverable"))
	if err != nil {
		return err
	}
	p := postPage{Row: row, Insights: all, Now: d.DB.Now(), Key: desk.NewKey(r), Link: f, Intake: in, Errors: errs, Enter: actor.Can("post.enter"), Scan: d.Result.Scanning()}
	if pulled, ok, err := d.Result.PulledOf(r.Context(), actor, row.Post.ID); err != nil {
		return err
	} else if ok {
		p.Pulled = &pulled
	}
	if p.Page, p.Top, err = d.frame(w, r, row.Deliverable.CampaignID, "posts"); err != nil {
		return err
	}
	return web.Render(w, r, status, postView(p))
}

type linkForm struct {
	URL string `form:"url"`
	At  string `form:"posted_at"` // datetime-local in the talent's zone; empty: as the link says
}

func (d rooms) enterPost(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[linkForm](r)
	if err != nil {
		return err
	}
	req := result.EnterPost{DeliverableID: r.PathValue("deliverable"), URL: f.URL}
	if req.PostedAt, err = d.wall(r, f.At); err == nil {
		_, err = d.Result.EnterPost(r.Context(), web.ActorOf(r), req)
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.showPost(w, r, http.StatusUnprocessableEntity, f, intake{}, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/posts/"+req.DeliverableID, "result.toast.post")
}

// wall reads a local time of the reader; empty is the zero time.
func (d rooms) wall(r *http.Request, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.ParseInLocation("2006-01-02T15:04", text, locale.From(r.Context()).Zone)
	if err != nil {
		return t, fault.Field("posted_at", "date.unreadable", "text", text)
	}
	return t, nil
}

type actForm struct {
	Act    string `form:"act"`
	Reason string `form:"reason"`
	URL    string `form:"full_url"`
	PostID string `form:"post"`
}

// actPost lets a flagged post stand, withdraws it, marks it gone or back, or resolves a short link.
func (d rooms) actPost(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[actForm](r)
	if err != nil {
		return err
	}
	ctx, actor := r.Context(), web.ActorOf(r)
	switch f.Act {
	case "allow":
		err = d.Result.AllowPost(ctx, actor, f.PostID, f.Reason)
	case "withdraw":
		err = d.Result.WithdrawPost(ctx, actor, f.PostID, f.Reason)
	case "resolve":
		err = d.Result.ResolvePost(ctx, actor, f.PostID, f.URL)
	default:
		err = d.Result.MarkGone(ctx, actor, f.PostID, f.Act == "gone", f.Reason)
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.showPost(w, r, http.StatusUnprocessableEntity, linkForm{}, intake{}, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/posts/"+r.PathValue("deliverable"), "result.toast.saved")
}

// checkPost keeps what was seen on the live post: one answer a thing that was looked at.
func (d rooms) checkPost(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[actForm](r)
	if err != nil {
		return err
	}
	var looks []result.LiveCheck
	for _, key := range result.CheckKeys {
		if v := r.Form.Get("check." + string(key)); v != "" {
			looks = append(looks, result.LiveCheck{Key: key, OK: v == "ok", Note: r.Form.Get("note." + string(key))})
		}
	}
	err = d.Result.LookAtPost(r.Context(), web.ActorOf(r), f.PostID, looks)
	if errs, ok := web.Invalid(r, err); ok {
		return d.showPost(w, r, http.StatusUnprocessableEntity, linkForm{}, intake{}, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/posts/"+r.PathValue("deliverable"), "result.toast.checked", "n", strconv.Itoa(len(looks)))
}
