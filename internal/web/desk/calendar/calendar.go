// Package calendar is the part of the staff app that lays dates side by side: drafts,
// posts, meetings, shoot days and tasks by month or week, and the secret addresses by
// which other calendars subscribe to them. The feed itself is open to whoever has its
// address, and to nobody else.
package calendar

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"kolega/internal/agenda"
	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/house"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

type rooms struct{ *house.House }

// Routes are the pages of the calendar.
func Routes(h *house.House) []web.Route {
	d := rooms{h}
	return []web.Route{
		{Method: "GET", Pattern: "/calendar", Verb: "calendar.see", Handle: d.show},
		{Method: "GET", Pattern: "/calendar/feeds", Verb: "calendar.see", Handle: d.feeds},
		{Method: "POST", Pattern: "/calendar/feeds", Verb: "calendar.see", Handle: d.publish},
		{Method: "POST", Pattern: "/calendar/feeds/{id}/withdraw", Verb: "calendar.see", Handle: d.withdraw},
	}
}

// PublicRoutes are the feeds: the secret in the address is the right.
func PublicRoutes(h *house.House) []web.Route {
	return []web.Route{{Method: "GET", Pattern: "/cal/{token}", Handle: rooms{h}.feed}}
}

// feed answers a calendar that subscribes. What has not changed is not sent again.
func (d rooms) feed(w http.ResponseWriter, r *http.Request) error {
	token, ok := strings.CutSuffix(r.PathValue("token"), ".ics")
	if !ok {
		return agenda.ErrFeed
	}
	c, err := d.Agenda.Subscribed(r.Context(), token)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := c.Write(&b); err != nil {
		return err
	}
	sum := sha256.Sum256(b.Bytes())
	tag := `"` + hex.EncodeToString(sum[:12]) + `"`
	for name, value := range map[string]string{"ETag": tag, "Cache-Control": "private, max-age=300", "X-Robots-Tag": "noindex", "Content-Type": "text/calendar; charset=utf-8"} {
		w.Header().Set(name, value)
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(b.Bytes()))
	return nil
}

type calendarPage struct {
	Page    ui.Page
	View    string // "month" or "week"
	Who     string // "mine", "all", "campaign:ID", "client:ID", "talent:ID"
	On      worktime.Date
	Today   worktime.Date
	Weeks   [][]agenda.Day
	Clashes int
	Names   map[string]string // of campaigns
	Choices []ui.Option
	Now     time.Time
	May     bool
}

func (d rooms) show(w http.ResponseWriter, r *http.Request) error {
	l, actor, q := locale.From(r.Context()), web.ActorOf(r), r.URL.Query()
	p := calendarPage{View: q.Get("view"), Who: q.Get("who"), On: worktime.Date(q.Get("on")), Now: d.DB.Now(), May: actor.Can("meeting.edit")}
	p.Today = worktime.DateOf(p.Now, l.Zone)
	if !p.On.Valid() || p.On.IsZero() {
		p.On = p.Today
	}
	if p.View != "week" {
		p.View = "month"
	}
	of, err := scopeOf(&p, actor.ID)
	if err != nil {
		return err
	}
	if err := d.fill(r, &p, of, l.Zone); err != nil {
		return err
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "calendar", Title: l.T("agenda.title"), Live: "everything"}); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, calendarView(p))
}

// scopeOf reads whose dates are asked for; one's own when nothing is.
func scopeOf(p *calendarPage, me string) (agenda.Scope, error) {
	kind, id, _ := strings.Cut(p.Who, ":")
	switch agenda.ScopeKind(kind) {
	case agenda.OfCampaign, agenda.OfClient, agenda.OfTalent:
		return agenda.Scope{Kind: agenda.ScopeKind(kind), ID: id}, nil
	}
	if p.Who == "all" {
		return agenda.Scope{}, nil
	}
	p.Who = "mine"
	return agenda.Scope{Kind: agenda.OfPerson, ID: me}, nil
}

// fill reads the dates of the month or week around the day.
func (d rooms) fill(r *http.Request, p *calendarPage, of agenda.Scope, zone *time.Location) error {
	first := p.On
	days := 7
	if p.View == "month" {
		year, month, _ := p.On.Parts()
		first, days = worktime.DayOf(year, month, 1), 6*7
	}
	first = first.AddDays(-(int(first.Weekday()) + 6) % 7)
	c, err := d.Agenda.Calendar(r.Context(), web.ActorOf(r), of, first.In(zone), first.AddDays(days).In(zone))
	if err != nil {
		return err
	}
	p.Clashes = c.Clashes
	if p.View == "month" {
		p.Weeks = agenda.Month(p.On, c.Entries, zone, c.Holidays)
	} else {
		p.Weeks = [][]agenda.Day{agenda.Week(p.On, c.Entries, zone, c.Holidays)}
	}
	return d.choices(r, p)
}

// choices are whose dates can be looked at.
func (d rooms) choices(r *http.Request, p *calendarPage) error {
	actor, ctx := web.ActorOf(r), r.Context()
	p.Choices = []ui.Option{{Value: "mine", Label: locale.T(ctx, "agenda.mine")}, {Value: "all", Label: locale.T(ctx, "agenda.all")}}
	p.Names = map[string]string{}
	campaigns, err := d.Campaign.Campaigns(ctx, actor, campaign.Filter{Limit: 300})
	if err != nil {
		return err
	}
	for _, c := range campaigns {
		p.Names[c.ID] = c.Name
		if c.Open() {
			p.Choices = append(p.Choices, ui.Option{Value: "campaign:" + c.ID, Label: c.Name, Group: locale.T(ctx, "ui.nav.campaigns")})
		}
	}
	clients, err := d.Client.Clients(ctx, actor, client.Page{Limit: 300})
	for _, c := range clients {
		p.Choices = append(p.Choices, ui.Option{Value: "client:" + c.ID, Label: c.Name, Group: locale.T(ctx, "ui.nav.clients")})
	}
	return err
}

func (p calendarPage) href(view string, on worktime.Date) string {
	return "/calendar?view=" + view + "&who=" + p.Who + "&on=" + string(on)
}

// step is the day of the month or week before or after.
func (p calendarPage) step(n int) worktime.Date {
	if p.View == "week" {
		return p.On.AddDays(7 * n)
	}
	year, month, _ := p.On.Parts()
	return worktime.DayOf(year, month, 1).AddMonths(n)
}

type feedsPage struct {
	Page   ui.Page
	Feeds  []agenda.Feed
	Fresh  string // the address of a feed that was just made, shown once
	Who    string
	Choice []ui.Option
	Now    time.Time
	Key    string
}

func (d rooms) feeds(w http.ResponseWriter, r *http.Request) error {
	return d.showFeeds(w, r, r.URL.Query().Get("who"), "")
}

func (d rooms) showFeeds(w http.ResponseWriter, r *http.Request, who, fresh string) error {
	actor := web.ActorOf(r)
	p := feedsPage{Fresh: fresh, Who: who, Now: d.DB.Now(), Key: desk.NewKey(r)}
	var err error
	if p.Feeds, err = d.Agenda.Feeds(r.Context(), actor); err != nil {
		return err
	}
	p.Choice = []ui.Option{{Value: "mine", Label: locale.T(r.Context(), "agenda.mine")}}
	if actor.Can("calendar.share") {
		c := calendarPage{}
		if err := d.choices(r, &c); err != nil {
			return err
		}
		p.Choice = append(p.Choice, c.Choices[2:]...)
	}
	title := locale.T(r.Context(), "agenda.feeds")
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "calendar", Title: title, Crumbs: []ui.Crumb{{Label: locale.T(r.Context(), "agenda.title"), Href: "/calendar"}, {Label: title}}}); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, feedsView(p))
}

// publish makes a feed; its address is on the answer and never again.
func (d rooms) publish(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[struct {
		Who string `form:"who"`
	}](r)
	if err != nil {
		return err
	}
	c := calendarPage{Who: f.Who}
	of, err := scopeOf(&c, web.ActorOf(r).ID)
	if err != nil {
		return err
	}
	token, _, err := d.Agenda.Publish(r.Context(), web.ActorOf(r), of)
	if err != nil {
		return err
	}
	return d.showFeeds(w, r, f.Who, FeedURL(r, token))
}

// FeedURL is the address of a feed.
func FeedURL(r *http.Request, token string) string { return web.Origin(r) + "/cal/" + token + ".ics" }

func (d rooms) withdraw(w http.ResponseWriter, r *http.Request) error {
	if err := d.Agenda.Withdraw(r.Context(), web.ActorOf(r), r.PathValue("id")); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/calendar/feeds", "agenda.withdrawn")
}

func tr(ctx context.Context, key string, args ...any) string {
	return locale.T(ctx, "agenda."+key, args...)
}
