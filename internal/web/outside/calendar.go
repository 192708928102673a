package outside

import (
	"context"
	"net/http"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/agenda"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/house"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

// CalendarRoutes are a room's calendar and its feed, for clients and talents alike.
// Langs are the languages of the door.
func CalendarRoutes(h *house.House, langs ...string) []web.Route {
	c := calendars{h, langs}
	return []web.Route{
		{Method: "GET", Pattern: "/calendar", Verb: "calendar.own", Handle: c.show},
		{Method: "POST", Pattern: "/calendar/feeds", Verb: "calendar.own", Handle: c.publish},
		{Method: "POST", Pattern: "/calendar/feeds/{feed}/withdraw", Verb: "calendar.own", Handle: c.withdraw},
	}
}

type calendars struct {
	*house.House
	langs []string
}

type calendarPage struct {
	Page  ui.OutsidePage
	Base  string
	Days  []agenda.Day
	Feeds []agenda.Feed
	Fresh string
	Today worktime.Date
	Key   string
}

const (
	calendarBack  = 7
	calendarAhead = 60
)

func (c calendars) show(w http.ResponseWriter, r *http.Request) error { return c.page(w, r, "") }

func (c calendars) page(w http.ResponseWriter, r *http.Request, fresh string) error {
	l, actor := locale.From(r.Context()), web.ActorOf(r)
	p := calendarPage{Base: Base(r), Fresh: fresh, Today: worktime.DateOf(c.DB.Now(), l.Zone), Key: desk.NewKey(r)}
	from := p.Today.AddDays(-calendarBack)
	cal, err := c.Agenda.Outside(r.Context(), actor, from.In(l.Zone), p.Today.AddDays(calendarAhead).In(l.Zone))
	if err != nil {
		return err
	}
	p.Days = daysOf(cal, l.Zone)
	if p.Feeds, err = c.Agenda.Feeds(r.Context(), actor); err != nil {
		return err
	}
	if p.Page, err = Frame(w, r, c.House, l.T("agenda.title"), "", c.langs...); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, calendarView(p))
}

// daysOf are the days with something on them, in order.
func daysOf(c agenda.Calendar, zone *time.Location) (out []agenda.Day) {
	for _, e := range c.Entries {
		on := worktime.DateOf(e.At, zone)
		if len(out) == 0 || out[len(out)-1].On != on {
			out = append(out, agenda.Day{On: on, Holiday: c.Holidays[on]})
		}
		out[len(out)-1].Entries = append(out[len(out)-1].Entries, e)
	}
	return out
}

func (c calendars) publish(w http.ResponseWriter, r *http.Request) error {
	token, _, err := c.Agenda.Publish(r.Context(), web.ActorOf(r), agenda.Scope{})
	if err != nil {
		return err
	}
	return c.page(w, r, web.Origin(r)+"/cal/"+token+".ics")
}

func (c calendars) withdraw(w http.ResponseWriter, r *http.Request) error {
	if err := c.Agenda.Withdraw(r.Context(), web.ActorOf(r), r.PathValue("feed")); err != nil {
		return err
	}
	return web.SeeOther(w, r, Base(r)+"/calendar", "agenda.withdrawn")
}

// EntryTime is when a date is on the reader's clock; "" for a day without a time.
func EntryTime(ctx context.Context, e agenda.Entry) string {
	if e.Untimed() {
		return ""
	}
	l := locale.From(ctx)
	return l.Time(e.At, l.Zone.String())
}

// EntrySecond is the second line of a date: what kind it is, and of which campaign.
func EntrySecond(ctx context.Context, e agenda.Entry) string {
	parts := []string{locale.T(ctx, "agenda.kind."+string(e.Kind))}
	for _, s := range []string{e.Format, e.Campaign, e.Words} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " · ")
}

// hrefIn leads to the thing behind a date, within the room; "" for none.
func (p calendarPage) hrefIn(party access.Role, e agenda.Entry) string {
	switch {
	case e.Kind == agenda.Draft && party == access.Talent:
		return p.Base + "/drafts"
	case e.Kind == agenda.Meeting && party == access.Client:
		return p.Base + "/minutes"
	}
	return ""
}
