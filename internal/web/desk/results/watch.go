package results

import (
	"context"
	"net/http"
	"slices"
	"time"

	"kolega/internal/locale"
	"kolega/internal/result"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

// watchPage is the list, by date, of live posts that somebody looks at again.
type watchPage struct {
	Page     ui.Page
	Now      []result.Watched // due today or before
	Later    []result.Watched
	Campaign string // empty for all
	Key      string
	Today    worktime.Date
	Enter    bool
	Sources  bool // may see where figures come from
	Error    string
	Clock    time.Time
}

// mostLater are the coming looks that are listed.
const mostLater = 60

func (d rooms) watch(w http.ResponseWriter, r *http.Request) error {
	return d.showWatch(w, r, http.StatusOK, r.URL.Query().Get("campaign"), "")
}

func (d rooms) showWatch(w http.ResponseWriter, r *http.Request, status int, campaignID, problem string) error {
	actor, l := web.ActorOf(r), locale.From(r.Context())
	list, err := d.Result.Watch(r.Context(), actor, campaignID)
	if err != nil {
		return err
	}
	p := watchPage{Campaign: campaignID, Key: desk.NewKey(r), Today: worktime.DateOf(d.DB.Now(), l.Zone), Enter: actor.Can("post.enter"), Sources: actor.Can("connection.see"), Error: problem, Clock: d.DB.Now()}
	at := slices.IndexFunc(list, func(x result.Watched) bool { return x.On.After(p.Today) })
	if at < 0 {
		at = len(list)
	}
	p.Now, p.Later = list[:at], list[at:min(len(list), at+mostLater)]
	title := l.T("live.title")
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "posts", Title: title, Crumbs: []ui.Crumb{{Label: title}}}); err != nil {
		return err
	}
	return web.Render(w, r, status, watchView(p))
}

// dueToday counts a campaign's posts that are to be looked at again by now.
func (d rooms) dueToday(r *http.Request, campaignID string) (n int, err error) {
	list, err := d.Result.Watch(r.Context(), web.ActorOf(r), campaignID)
	today := worktime.DateOf(d.DB.Now(), locale.From(r.Context()).Zone)
	for _, x := range list {
		if !x.On.After(today) {
			n++
		}
	}
	return n, err
}

type sawForm struct {
	Posts    []string `form:"post"`
	Campaign string   `form:"campaign"`
}

// sawPosts keeps that the ticked posts were seen online.
func (d rooms) sawPosts(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[sawForm](r)
	if err != nil {
		return err
	}
	err = d.Result.SawPosts(r.Context(), web.ActorOf(r), f.Posts)
	if errs, ok := web.Invalid(r, err); ok {
		return d.showWatch(w, r, http.StatusUnprocessableEntity, f.Campaign, errs["post"]+errs[""])
	}
	if err != nil {
		return err
	}
	to := "/posts"
	if f.Campaign != "" {
		to += "?campaign=" + f.Campaign
	}
	return web.SeeOther(w, r, to, "live.toast.seen", "n", len(f.Posts))
}

type captionForm struct {
	Post      string `form:"post"`
	Published string `form:"published"`
}

// compareCaption keeps what differs between the published caption and the approved one.
func (d rooms) compareCaption(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[captionForm](r)
	if err != nil {
		return err
	}
	looks, err := d.Result.CompareCaption(r.Context(), web.ActorOf(r), f.Post, f.Published)
	if err != nil {
		return err
	}
	wrong := 0
	for _, l := range looks {
		if !l.OK {
			wrong++
		}
	}
	toast := "live.toast.caption-wrong"
	if wrong == 0 {
		toast = "live.toast.caption"
	}
	return web.SeeOther(w, r, "/posts/"+r.PathValue("deliverable"), toast, "n", wrong)
}

// untilText says until when a post must stay.
func untilText(ctx context.Context, p result.Post) string {
	l := locale.From(ctx)
	switch {
	case !p.GoneAt.IsZero():
		return l.T("live.gone", "when", l.DateTime(p.GoneAt, l.Zone.String()))
	case p.OnlineUntil == "":
		return l.T("live.until-none")
	}
	return l.Date(p.OnlineUntil)
}

// watchedNote says when a post is to be looked at, and what the last look said.
func watchedNote(ctx context.Context, p watchPage, w result.Watched) string {
	l := locale.From(ctx)
	text := l.T("live.on", "date", l.DateDay(w.On))
	if w.OnlineUntil != "" {
		text += " · " + l.T("live.until-date", "date", l.Date(w.OnlineUntil))
	}
	switch {
	case w.Missed:
		text += " · " + l.T("live.missed", "ago", l.Ago(p.Clock, w.LastLook))
	case !w.LastLook.IsZero():
		text += " · " + l.T("live.seen", "ago", l.Ago(p.Clock, w.LastLook))
	}
	return text
}
