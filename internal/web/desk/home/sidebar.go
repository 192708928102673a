package home

import (
	"net/http"
	"slices"
	"sync"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/report"
	"kolega/internal/web"
	"kolega/internal/web/house"
	"kolega/internal/web/ui"
)

// Sidebar fills in the person's campaigns and what waits for them. What it shows is
// kept under the end of the trail and the minute, so that a page costs one read.
func Sidebar() func(r *http.Request, h *house.House, p *ui.Page) {
	s := &sidebar{kept: map[string]side{}}
	return s.fill
}

type sidebar struct {
	mu   sync.Mutex
	kept map[string]side
}

// side is the changing part of the shell for one person.
type side struct {
	trail, minute int64
	campaigns     []ui.MyCampaign
	waiting       int
	news          []piece
}

// mostCampaigns are listed in the sidebar; the rest is on its page.
const mostCampaigns = 8

func (s *sidebar) fill(r *http.Request, h *house.House, p *ui.Page) {
	actor := web.ActorOf(r)
	if !actor.Can("campaign.see") {
		return
	}
	now, err := s.of(r, h, actor)
	if err != nil {
		return // the page itself will say what is wrong
	}
	p.MyCampaigns = slices.Clone(now.campaigns)
	for i := range p.MyCampaigns {
		p.MyCampaigns[i].Current = p.MyCampaigns[i].Href == "/campaigns/"+r.PathValue("id")
	}
	p.News = unread(now.news, seen(r))
	p.Counts = map[string]int{"inbox": now.waiting}
}

func (s *sidebar) of(r *http.Request, h *house.House, actor access.Actor) (side, error) {
	trail := int64(0)
	err := h.DB.Read(r.Context(), func(tx *db.Tx) (err error) { trail, err = audit.End(r.Context(), tx); return err })
	if err != nil {
		return side{}, err
	}
	minute := h.DB.Now().Unix() / 60
	s.mu.Lock()
	kept, ok := s.kept[actor.ID]
	s.mu.Unlock()
	if ok && kept.trail == trail && kept.minute == minute {
		return kept, nil
	}
	now := side{trail: trail, minute: minute}
	boards, err := h.Boards.Mine(r.Context(), actor)
	if err != nil {
		return side{}, err
	}
	for _, b := range boards {
		if len(now.campaigns) < mostCampaigns {
			now.campaigns = append(now.campaigns, ui.MyCampaign{Name: b.Campaign.Name, Href: "/campaigns/" + b.Campaign.ID, Health: tones[b.Health]})
		}
	}
	now.waiting = report.Waiting(actor, boards)
	if now.news, err = news(r.Context(), h, actor, boards); err != nil {
		return side{}, err
	}
	s.mu.Lock()
	s.kept[actor.ID] = now
	s.mu.Unlock()
	return now, nil
}
