package meetings

import (
	"net/http"
	"time"

	"kolega/internal/locale"
	"kolega/internal/meeting"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

// listPage is what is to come and what was held.
type listPage struct {
	Page   ui.Page
	Top    *desk.Top // of a campaign's list
	View   string    // "", "all", "past"
	Coming []meeting.View
	Past   []meeting.View
	May    bool
	Now    time.Time
	Zone   *time.Location
}

// mostPast are shown of what was held.
const mostPast = 60

func (d rooms) list(w http.ResponseWriter, r *http.Request) (err error) {
	p := listPage{View: r.URL.Query().Get("view")}
	f := meeting.Filter{ClientID: r.URL.Query().Get("client")}
	if p.View == "" && f.ClientID == "" {
		f.PersonID = web.ActorOf(r).ID
	}
	if err := d.fill(r, &p, f); err != nil {
		return err
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "calendar", Title: locale.T(r.Context(), "meeting.title"), Live: "everything"}); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, listView(p))
}

func (d rooms) ofCampaign(w http.ResponseWriter, r *http.Request) error {
	top, err := desk.TopOf(r, d.House, r.PathValue("id"), "meetings")
	if err != nil {
		return err
	}
	p := listPage{Top: &top, View: "campaign"}
	if err := d.fill(r, &p, meeting.Filter{CampaignID: top.Campaign.ID}); err != nil {
		return err
	}
	if p.Page, err = desk.CampaignFrame(w, r, d.House, top); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, listView(p))
}

func (d rooms) fill(r *http.Request, p *listPage, f meeting.Filter) (err error) {
	actor := web.ActorOf(r)
	p.Now, p.May, p.Zone = d.DB.Now(), actor.Can("meeting.edit"), locale.From(r.Context()).Zone
	f.From = p.Now
	if p.Coming, err = d.Meeting.Meetings(r.Context(), actor, f); err != nil {
		return err
	}
	f.From, f.To, f.Newest, f.Limit = time.Time{}, p.Now, true, mostPast
	past, err := d.Meeting.Meetings(r.Context(), actor, f)
	for _, m := range past {
		if !m.End.After(p.Now) {
			p.Past = append(p.Past, m)
		}
	}
	return err
}

// day is a group of the list: the meetings of one day, on the reader's clock.
type day struct {
	On   worktime.Date
	List []meeting.View
}

func (p listPage) days(list []meeting.View) (out []day) {
	for _, m := range list {
		on := worktime.DateOf(m.Start, p.Zone)
		if len(out) == 0 || out[len(out)-1].On != on {
			out = append(out, day{On: on})
		}
		out[len(out)-1].List = append(out[len(out)-1].List, m)
	}
	return out
}

func (p listPage) newHref() string {
	if p.Top != nil {
		return "/meetings/new?campaign=" + p.Top.Campaign.ID
	}
	return "/meetings/new"
}
