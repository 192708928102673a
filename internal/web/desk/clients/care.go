package clients

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"kolega/internal/client"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

const wall = "2006-01-02T15:04"

type logForm struct {
	Channel string `form:"channel"`
	In      string `form:"in"`
	Contact string `form:"contact"`
	At      string `form:"at"` // on the writer's clock
	Summary string `form:"summary"`
}

type lookForm struct {
	Version   int64  `form:"version"`
	QuietDays int64  `form:"quiet_days"`
	Satisfied int64  `form:"satisfied"`
	Words     string `form:"words"`
}

type issueForm struct {
	What     string `form:"what"`
	Severity string `form:"severity"`
	Campaign string `form:"campaign"`
	Doer     string `form:"doer"`
	Due      string `form:"due"`
	Cause    string `form:"cause"`
	Outcome  string `form:"outcome"`
}

// fill puts into the page's forms what is likely.
func (p *showPage) fill(now time.Time) {
	p.Log = logForm{Channel: "whatsapp", At: now.In(locale.For(p.Actor.Lang, p.Actor.Zone).Zone).Format(wall)}
	p.Look = lookForm{p.Care.Version, p.Care.QuietDays, p.Care.Satisfied, p.Care.Words}
	p.Issue = issueForm{Severity: "normal", Doer: p.Actor.ID}
}

func (d rooms) log(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[logForm](r)
	if err != nil {
		return err
	}
	at, err := time.ParseInLocation(wall, f.At, locale.From(r.Context()).Zone)
	if err != nil {
		at = time.Time{} // refused by the slice as no time
	}
	id := r.PathValue("id")
	_, err = d.Client.LogContact(r.Context(), web.ActorOf(r), client.Touch{ClientID: id, ContactID: f.Contact, Channel: f.Channel, In: f.In == "in", At: at, Summary: f.Summary})
	return d.cared(w, r, err, "client.logged", func(p *showPage) { p.Log = f })
}

func (d rooms) lookAfter(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[lookForm](r)
	if err == nil {
		err = d.Client.LookAfter(r.Context(), web.ActorOf(r), client.Looking{ClientID: r.PathValue("id"), QuietDays: f.QuietDays, Satisfied: f.Satisfied, Words: f.Words, Version: f.Version})
	}
	return d.cared(w, r, err, "client.saved", func(p *showPage) { p.Look = f })
}

func (d rooms) openIssue(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[issueForm](r)
	if err != nil {
		return err
	}
	i := client.Issue{ClientID: r.PathValue("id"), CampaignID: f.Campaign, What: f.What, Severity: f.Severity}
	_, err = d.Client.OpenIssue(r.Context(), web.ActorOf(r), i, f.Doer, f.Due)
	return d.cared(w, r, err, "client.issue.opened", func(p *showPage) { p.Issue = f })
}

func (d rooms) closeIssue(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[issueForm](r)
	if err != nil {
		return err
	}
	err = d.Client.CloseIssue(r.Context(), web.ActorOf(r), r.PathValue("id"), r.PathValue("issue"), f.Cause, f.Outcome)
	return d.cared(w, r, err, "client.issue.closed", func(p *showPage) { p.Issue.Cause, p.Issue.Outcome = f.Cause, f.Outcome })
}

// cared answers an act on the client's page.
func (d rooms) cared(w http.ResponseWriter, r *http.Request, err error, toast string, refused func(*showPage)) error {
	if errs, ok := web.Invalid(r, err); ok {
		return d.showClient(w, r, web.StatusOf(err), errs, refused)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/clients/"+r.PathValue("id"), toast)
}

type profileForm struct {
	No        int64  `form:"no"`
	Goals     string `form:"goals"`
	Audience  string `form:"audience"`
	Tone      string `form:"tone"`
	Forbidden string `form:"forbidden"`
	Platforms string `form:"platforms"`
	Habits    string `form:"habits"`
	Persona   string `form:"persona"`
}

func formOfProfile(p client.Profile) profileForm {
	return profileForm{p.No, p.Goals, p.Audience, p.Tone, p.Forbidden, p.Platforms, p.Habits, strings.Join(p.Persona, ", ")}
}

// profilePage is what is known of a brand, and what was known before.
type profilePage struct {
	Page    ui.Page
	Client  client.Client
	Brand   client.Brand
	Old     []client.Profile // all versions but the newest
	Newest  client.Profile
	Form    profileForm
	Errors  map[string]string
	MayEdit bool
	Key     string
}

func (d rooms) profile(w http.ResponseWriter, r *http.Request) error {
	return d.showProfile(w, r, http.StatusOK, nil, nil)
}

func (d rooms) showProfile(w http.ResponseWriter, r *http.Request, status int, f *profileForm, errs map[string]string) error {
	actor := web.ActorOf(r)
	p := profilePage{MayEdit: actor.Can("client.edit"), Key: desk.NewKey(r), Errors: errs}
	file, err := d.Client.Client(r.Context(), actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	p.Client = file.Client
	brand, all, err := d.Client.Profiles(r.Context(), actor, r.PathValue("brand"))
	if err != nil {
		return err
	}
	p.Brand = brand
	if len(all) > 0 {
		p.Newest, p.Old = all[0], all[1:]
	}
	p.Form = formOfProfile(p.Newest)
	if f != nil {
		p.Form = *f
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "clients", Title: brand.Name, Crumbs: []ui.Crumb{
		{Label: locale.T(r.Context(), "ui.nav.clients"), Href: "/clients"}, {Label: p.Client.Name, Href: "/clients/" + p.Client.ID}, {Label: brand.Name}}}); err != nil {
		return err
	}
	return web.Render(w, r, status, profileView(p))
}

func (d rooms) saveProfile(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[profileForm](r)
	if err != nil {
		return err
	}
	id, brand := r.PathValue("id"), r.PathValue("brand")
	p, err := d.Client.SaveProfile(r.Context(), web.ActorOf(r), id, client.Profile{BrandID: brand, No: f.No, Goals: f.Goals, Audience: f.Audience, Tone: f.Tone, Forbidden: f.Forbidden,
		Platforms: f.Platforms, Habits: f.Habits, Persona: strings.Split(f.Persona, ",")})
	if errs, ok := web.Invalid(r, err); ok {
		return d.showProfile(w, r, web.StatusOf(err), &f, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/clients/"+id+"/brands/"+brand+"/profile", "client.profile.saved", "no", strconv.FormatInt(p.No, 10))
}
