package talentlink

import (
	"context"
	"net/http"
	"strings"
	"time"

	"kolega/internal/locale"
	"kolega/internal/report"
	"kolega/internal/web"
	"kolega/internal/web/outside"
	"kolega/internal/web/ui"
)

// langs that a talent's pages are offered in.
var langs = []string{"id", "en", "fil"}

// landingPage is the start of a talent's room: one next task, then the rest.
type landingPage struct {
	Shoots int // days on location that the talent is called to
	Page   ui.OutsidePage
	Room   report.TalentRoom
	Base   string
	Now    time.Time
	Name   string
}

func (d room) landingRoutes() []web.Route {
	return []web.Route{{Method: "GET", Pattern: "", Verb: "draft.own", Handle: d.landing}}
}

func (d room) landing(w http.ResponseWriter, r *http.Request) error {
	actor := web.ActorOf(r)
	p := landingPage{Base: outside.Base(r), Now: d.DB.Now(), Name: actor.Name}
	var err error
	if p.Room, err = d.Boards.TalentRoom(r.Context(), actor); err != nil {
		return err
	}
	days, err := d.Shoot.TalentDays(r.Context(), actor)
	if err != nil {
		return err
	}
	p.Shoots = len(days)
	if p.Page, err = outside.Frame(w, r, d.House, p.Room.Campaign, "", langs...); err != nil {
		return err
	}
	p.Page.HomeHref = ""
	return web.Render(w, r, http.StatusOK, landingView(p))
}

// format is the word of a task's thing: "tiktok.video" is TikTok.
func format(ctx context.Context, t report.Task) string {
	if !strings.Contains(t.Name, ".") {
		return t.Name
	}
	return locale.T(ctx, "board.format."+t.Name)
}
