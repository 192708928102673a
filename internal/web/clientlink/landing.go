package clientlink

import (
	"net/http"
	"time"

	"kolega/internal/billing"
	"kolega/internal/locale"
	"kolega/internal/report"
	"kolega/internal/web"
	"kolega/internal/web/outside"
	"kolega/internal/web/ui"
)

// landingPage is the start of a client's room: what waits, then where it stands.
type landingPage struct {
	Page ui.OutsidePage
	Room report.ClientRoom
	Base string
	Now  time.Time
	Name string

	Agreement bool // there is one to read
	Meetings  bool // there are meetings or contact reports
}

func (d room) landingRoutes() []web.Route {
	return []web.Route{{Method: "GET", Pattern: "", Verb: "brief.see", Handle: d.landing}}
}

// landing is the start of a room. Before there is a campaign a room is for its
// agreement alone.
func (d room) landing(w http.ResponseWriter, r *http.Request) error {
	actor := web.ActorOf(r)
	if actor.CampaignID == "" {
		http.Redirect(w, r, outside.Base(r)+"/agreement", http.StatusSeeOther)
		return nil
	}
	p := landingPage{Base: outside.Base(r), Now: d.DB.Now(), Name: actor.Name}
	err := d.fillLanding(r, &p)
	if err != nil {
		return err
	}
	if p.Page, err = outside.Frame(w, r, d.House, p.Room.Campaign, p.Room.Asker); err != nil {
		return err
	}
	p.Page.HomeHref = ""
	return web.Render(w, r, http.StatusOK, landingView(p))
}

// fillLanding reads what waits: the campaign's, and an agreement to sign. A room may
// be older than its campaign; then the agreement is all there is.
func (d room) fillLanding(r *http.Request, p *landingPage) (err error) {
	actor := web.ActorOf(r)
	agreements, err := d.Billing.RoomAgreements(r.Context(), actor)
	if err != nil {
		return err
	}
	p.Agreement = len(agreements) > 0
	if actor.CampaignID != "" {
		if p.Room, err = d.Boards.ClientRoom(r.Context(), actor); err != nil {
			return err
		}
		asked, err := d.Campaign.Proposals(r.Context(), actor, actor.CampaignID)
		if err != nil {
			return err
		}
		for _, q := range asked {
			if q.Open() && q.SourceID == "" {
				due := report.Task{Key: "proposal", Path: "/brief#proposal-" + q.ID, N: 1, Name: q.SourceNote, Since: q.MadeAt}
				due.Due.At, due.Due.Zone = q.SilentAt, actor.Zone
				p.Room.Tasks = append(p.Room.Tasks, due)
			}
		}
	} else {
		p.Room.Campaign = locale.T(r.Context(), "billing.room.agreement")
	}
	if err := d.minutesOnLanding(r, p); err != nil {
		return err
	}
	for _, a := range agreements {
		if a.CanSign && a.State != billing.Signed && a.State != billing.Expired {
			p.Room.Tasks = append([]report.Task{{Key: "sign", Path: "/agreement", N: 1, Name: a.Title}}, p.Room.Tasks...)
		}
	}
	return nil
}

// posted says whether anything is live.
func (p landingPage) posted() bool {
	for _, t := range p.Room.Talents {
		if t.Posted > 0 {
			return true
		}
	}
	return false
}
