package clientlink

import (
	"bytes"
	"net/http"
	"time"

	"kolega/internal/report"
	"kolega/internal/web"
	"kolega/internal/web/outside"
	"kolega/internal/web/reportpage"
	"kolega/internal/web/ui"
)

func (d room) statusRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/status", Verb: "report.read", Handle: d.status},
		{Method: "GET", Pattern: "/status.pdf", Verb: "report.read", Handle: d.statusPDF},
	}
}

type statusPage struct {
	Page   ui.OutsidePage
	Base   string
	Status report.DraftStatus
	Now    time.Time
}

// status is where each piece stands, as of now.
func (d room) status(w http.ResponseWriter, r *http.Request) error {
	actor := web.ActorOf(r)
	s, err := d.Boards.DraftStatus(r.Context(), actor, actor.CampaignID)
	if err != nil {
		return err
	}
	p := statusPage{Base: outside.Base(r), Status: s, Now: d.DB.Now()}
	if p.Page, err = outside.Frame(w, r, d.House, s.Campaign, s.AE); err != nil {
		return err
	}
	p.Page.Wide = true
	return web.Render(w, r, http.StatusOK, statusView(p))
}

func (d room) statusPDF(w http.ResponseWriter, r *http.Request) error {
	actor := web.ActorOf(r)
	var b bytes.Buffer
	s, err := d.Boards.DraftStatusPDF(r.Context(), actor, actor.CampaignID, &b)
	if err != nil {
		return err
	}
	return reportpage.SendStatus(w, s, &b)
}
