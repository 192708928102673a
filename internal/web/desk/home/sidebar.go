package home

import (
	"net/http"
	"slices"
	"sync"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/locale"
	"kolega/internal/report"
	"kolega/internal/task"
	"kolega/internal/web"
	"kolega/internal/web/house"
	"kolega/internal/web/ui"
)

// Sidebar fills in the person's campaigns and what waits for them. What it shows is
// kept under the end of the trail and the minute, so that a page costs one read.
func Sidebar() func(r *http.Request, h *house.House, p *ui.Page) {
	s := &sidebar{kept: map[string]*side{}}
	return s.fill
}

type sidebar struct {
	mu   sync.Mutex
	kept map[string]*side
}

// side is the changing part of the shell for one person. Its lock lets one page of
// the person make it while the others wait.
type side struct {
	mu sync.Mutex
	shown
	trail, minute int64
}

// shown is what a page takes from a side; it is made anew, never changed.
type shown struct {
	campaigns []ui.MyCampaign
	waiting   int
	tasks     int
	messages  int // answers that are due
	news      []piece
	calls     int  // by name, not seen yet
	still     bool // quiet hours: nothing rings
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
	if !now.still {
		p.News = unread(now.news, seen(r)) + now.calls
	}
	p.Counts = map[string]int{"inbox": now.waiting, "tasks": now.tasks, "messages": now.messages}
}

func (s *sidebar) of(r *http.Request, h *house.House, actor access.Actor) (shown, error) {
	trail := int64(0)
	err := h.DB.Read(r.Context(), func(tx *db.Tx) (err error) { trail, err = audit.End(r.Context(), tx); return err })
	if err != nil {
		return shown{}, err
	}
	s.mu.Lock()
	now := s.kept[actor.ID]
	if now == nil {
		now = &side{trail: -1}
		s.kept[actor.ID] = now
	}
	s.mu.Unlock()
	now.mu.Lock()
	defer now.mu.Unlock()
	if minute := h.DB.Now().Unix() / 60; now.trail < trail || now.minute != minute {
		if now.shown, err = show(r, h, actor); err != nil {
			now.trail = -1
			return shown{}, err
		}
		now.trail, now.minute = trail, minute
	}
	return now.shown, nil
}

// show looks at all of a person's campaigns.
func show(r *http.Request, h *house.House, actor access.Actor) (out shown, err error) {
	boards, err := h.Boards.Mine(r.Context(), actor)
	if err != nil {
		return out, err
	}
	for _, b := range boards {
		if len(out.campaigns) < mostCampaigns {
			out.campaigns = append(out.campaigns, ui.MyCampaign{Name: b.Campaign.Name, Href: "/campaigns/" + b.Campaign.ID, Health: tones[b.Health]})
		}
	}
	out.waiting = report.Waiting(actor, boards)
	tasks, err := h.Task.Tasks(r.Context(), actor, task.Filter{DoerID: actor.ID, Open: true})
	if err != nil {
		return out, err
	}
	for _, t := range tasks {
		if pressing(t) {
			out.tasks++
		}
	}
	if actor.Can("message.see") {
		if out.messages, err = h.Message.Waiting(r.Context(), actor); err != nil {
			return out, err
		}
	}
	if err := rings(r, h, actor, &out); err != nil {
		return out, err
	}
	out.news, err = news(r.Context(), h, actor, boards)
	return out, err
}

// rings counts where the person was called, and says whether it is their quiet hours.
func rings(r *http.Request, h *house.House, actor access.Actor, out *shown) error {
	calls, err := h.Task.Mentions(r.Context(), actor)
	if err != nil {
		return err
	}
	for _, m := range calls {
		if m.SeenAt.IsZero() {
			out.calls++
		}
	}
	setting, err := h.Notice.Setting(r.Context(), actor)
	out.still = setting.Quiet(h.DB.Now(), locale.For(actor.Lang, actor.Zone).Zone)
	return err
}
