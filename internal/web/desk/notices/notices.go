// Package notices is the part of the staff app where somebody says what to be told, how
// and when not, and reads the digests that were put together.
package notices

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"kolega/internal/locale"
	"kolega/internal/notice"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/house"
	"kolega/internal/web/ui"
)

type rooms struct{ *house.House }

// Routes are the pages about notices.
func Routes(h *house.House) []web.Route {
	d := rooms{h}
	return []web.Route{
		{Method: "GET", Pattern: "/notifications/settings", Verb: "notice.self", Handle: d.show},
		{Method: "POST", Pattern: "/notifications/settings", Verb: "notice.self", Handle: d.choose},
	}
}

type settingForm struct {
	Version   int64  `form:"version"`
	Brief     string `form:"topic_brief"`
	Casting   string `form:"topic_casting"`
	Drafts    string `form:"topic_drafts"`
	Results   string `form:"topic_results"`
	Money     string `form:"topic_money"`
	Meetings  string `form:"topic_meetings"`
	Tasks     string `form:"topic_tasks"`
	Other     string `form:"topic_other"`
	Digest    bool   `form:"digest"`
	DigestAt  string `form:"digest_at"`
	QuietFrom string `form:"quiet_from"`
	QuietTo   string `form:"quiet_to"`
}

func (f settingForm) setting() notice.Setting {
	return notice.Setting{Version: f.Version, Digest: f.Digest, DigestAt: minute(f.DigestAt), QuietFrom: minute(f.QuietFrom), QuietTo: minute(f.QuietTo), Topics: map[notice.Topic]notice.Mode{
		notice.Brief: notice.Mode(f.Brief), notice.Casting: notice.Mode(f.Casting), notice.Drafts: notice.Mode(f.Drafts), notice.Results: notice.Mode(f.Results),
		notice.Money: notice.Mode(f.Money), notice.Meetings: notice.Mode(f.Meetings), notice.Tasks: notice.Mode(f.Tasks), notice.Other: notice.Mode(f.Other)}}
}

// minute reads a clock time; -1 is refused by the slice.
func minute(text string) int64 {
	t, err := time.Parse("15:04", strings.ReplaceAll(strings.TrimSpace(text), ".", ":"))
	if err != nil {
		return -1
	}
	return int64(t.Hour()*60 + t.Minute())
}

func clock(n int64) string { return fmt.Sprintf("%02d:%02d", n/60, n%60) }

type settingsPage struct {
	Page    ui.Page
	Setting notice.Setting
	Form    settingForm
	Errors  map[string]string
	Digests []notice.Digest
	Now     time.Time
	Key     string
}

func (d rooms) show(w http.ResponseWriter, r *http.Request) error {
	return d.page(w, r, http.StatusOK, nil, nil)
}

func (d rooms) page(w http.ResponseWriter, r *http.Request, status int, f *settingForm, errs map[string]string) (err error) {
	p := settingsPage{Errors: errs, Now: d.DB.Now(), Key: desk.NewKey(r)}
	if p.Setting, err = d.Notice.Setting(r.Context(), web.ActorOf(r)); err != nil {
		return err
	}
	s := p.Setting
	p.Form = settingForm{Version: s.Version, Digest: s.Digest, DigestAt: clock(s.DigestAt), QuietFrom: clock(s.QuietFrom), QuietTo: clock(s.QuietTo)}
	if f != nil {
		p.Form, p.Setting.Topics = *f, f.setting().Topics
	}
	if p.Digests, err = d.Notice.Digests(r.Context(), web.ActorOf(r)); err != nil {
		return err
	}
	title := locale.T(r.Context(), "notice.settings")
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Title: title, Crumbs: []ui.Crumb{{Label: locale.T(r.Context(), "board.news.title"), Href: "/notifications"}, {Label: title}}}); err != nil {
		return err
	}
	return web.Render(w, r, status, settingsView(p))
}

func (d rooms) choose(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[settingForm](r)
	if err == nil {
		err = d.Notice.Choose(r.Context(), web.ActorOf(r), f.setting())
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.page(w, r, web.StatusOf(err), &f, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/notifications/settings", "notice.saved")
}
