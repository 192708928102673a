// Package connections is the part of the staff app where the agency's and the talents'
// ways into Instagram, TikTok and YouTube are opened, seen and closed.
package connections

import (
	"context"
	"net/http"
	"slices"
	"time"

	"kolega/internal/locale"
	"kolega/internal/result"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/house"
	"kolega/internal/web/ui"
)

type rooms struct{ *house.House }

// Routes are the pages of this area.
func Routes(h *house.House) []web.Route {
	d := rooms{h}
	return []web.Route{
		{Method: "GET", Pattern: "/connections", Verb: "connection.see", Handle: d.list},
		{Method: "GET", Pattern: "/connections/new", Verb: "connection.edit", Handle: d.open},
		{Method: "POST", Pattern: "/connections", Verb: "connection.edit", Handle: d.save},
		{Method: "GET", Pattern: "/connections/{connection}", Verb: "connection.edit", Handle: d.open},
		{Method: "POST", Pattern: "/connections/{connection}", Verb: "connection.edit", Handle: d.save},
		{Method: "POST", Pattern: "/connections/{connection}/pull", Verb: "connection.edit", Handle: d.pull},
		{Method: "POST", Pattern: "/connections/{connection}/end", Verb: "connection.edit", Handle: d.end},
	}
}

func tr(ctx context.Context, key string, args ...any) string {
	return locale.T(ctx, "connection."+key, args...)
}

type listPage struct {
	Page   ui.Page
	List   []result.Connected
	Agency []string // platforms that a key of the agency could still read
	Open   []result.Connected
	Edit   bool
	Now    time.Time
	Keys   map[string]string // of the forms, by connection
}

func (d rooms) list(w http.ResponseWriter, r *http.Request) (err error) {
	actor := web.ActorOf(r)
	p := listPage{Now: d.DB.Now(), Edit: actor.Can("connection.edit"), Keys: map[string]string{}}
	if p.List, err = d.Result.Connections(r.Context(), actor); err != nil {
		return err
	}
	if p.Open, err = d.Result.Unconnected(r.Context(), actor); err != nil {
		return err
	}
	for _, platform := range result.Connectable {
		has := slices.ContainsFunc(p.List, func(c result.Connected) bool { return c.Platform == platform && c.Way == result.WayAgency })
		if !has && slices.Contains(result.WaysOf(platform), result.WayAgency) {
			p.Agency = append(p.Agency, platform)
		}
	}
	for _, c := range p.List {
		p.Keys[c.ID] = desk.NewKey(r)
	}
	if p.Page, err = d.frame(w, r, tr(r.Context(), "title"), nil); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, listView(p))
}

func (d rooms) frame(w http.ResponseWriter, r *http.Request, title string, crumbs []ui.Crumb) (ui.Page, error) {
	crumbs = append(crumbs, ui.Crumb{Label: title})
	return desk.Frame(w, r, d.House, desk.At{Nav: "posts", Title: title, Crumbs: crumbs})
}

// form is a connection as pasted; secrets are never shown again.
type form struct {
	Platform  string `form:"platform"`
	Account   string `form:"account"`
	Mode      string `form:"mode"`
	Token     string `form:"token"`
	Renewal   string `form:"renewal"`
	App       string `form:"app"`
	AppSecret string `form:"app_secret"`
	Version   int64  `form:"version"`
}

type openPage struct {
	Page    ui.Page
	Is      result.Connected
	Mode    string
	App     string
	Errors  map[string]string
	Key     string
	Sandbox bool
	Now     time.Time
}

func (d rooms) open(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	return d.show(w, r, http.StatusOK, form{Platform: q.Get("platform"), Account: q.Get("account")}, nil)
}

func (d rooms) show(w http.ResponseWriter, r *http.Request, status int, f form, errs map[string]string) error {
	is, err := d.Result.ConnectionFor(r.Context(), web.ActorOf(r), r.PathValue("connection"), f.Account)
	if err != nil {
		return err
	}
	if is.Platform == "" {
		is.Platform, is.Way = f.Platform, result.WayAgency
	}
	if !slices.Contains(result.WaysOf(is.Platform), is.Way) {
		return result.ErrConnPlatform
	}
	p := openPage{Is: is, Mode: is.Mode, App: is.App, Errors: errs, Key: desk.NewKey(r), Sandbox: d.Result.SandboxServed(), Now: d.DB.Now()}
	if errs != nil {
		p.Mode, p.App = f.Mode, f.App
	}
	if p.Page, err = d.frame(w, r, titleOf(r.Context(), is), []ui.Crumb{{Label: tr(r.Context(), "title"), Href: "/connections"}}); err != nil {
		return err
	}
	return web.Render(w, r, status, openView(p))
}

func (d rooms) save(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[form](r)
	if err != nil {
		return err
	}
	in := result.SaveConnection{ID: r.PathValue("connection"), Platform: f.Platform, Way: result.WayAgency, Mode: f.Mode, AccountID: f.Account,
		Token: f.Token, Renewal: f.Renewal, App: f.App, AppSecret: f.AppSecret, Version: f.Version}
	if in.AccountID != "" {
		in.Way = result.WayAccount
	}
	_, err = d.Result.SaveConnection(r.Context(), web.ActorOf(r), in)
	if errs, ok := web.Invalid(r, err); ok {
		return d.show(w, r, http.StatusUnprocessableEntity, f, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/connections", "connection.toast.saved")
}

func (d rooms) pull(w http.ResponseWriter, r *http.Request) error {
	if err := d.Result.PullNow(r.Context(), web.ActorOf(r), r.PathValue("connection")); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/connections", "connection.toast.pull")
}

func (d rooms) end(w http.ResponseWriter, r *http.Request) error {
	if err := d.Result.Disconnect(r.Context(), web.ActorOf(r), r.PathValue("connection")); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/connections", "connection.toast.ended")
}
