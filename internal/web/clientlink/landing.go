package clientlink

import (
	"net/http"
	"time"

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
	var err error
	if p.Room, err = d.Boards.ClientRoom(r.Context(), actor); err != nil {
		return err
	}
	if p.Page, err = outside.Frame(w, r, d.House, p.Room.Campaign, p.Room.Asker); err != nil {
		return err
	}
	p.Page.HomeHref = ""
	return web.Render(w, r, http.StatusOK, landingView(p))
}
