package clientlink

import (
	"net/http"

	"kolega/internal/locale"
	"kolega/internal/result"
	"kolega/internal/web"
	"kolega/internal/web/outside"
	"kolega/internal/web/ui"
)

func liveRoutes(d room) []web.Route {
	return []web.Route{{Method: "GET", Pattern: "/live", Verb: "post.live", Handle: d.live}}
}

// livePage is what is live, as the client sees it.
type livePage struct {
	Page ui.OutsidePage
	List []result.LivePost
}

func (d room) live(w http.ResponseWriter, r *http.Request) error {
	list, err := d.Result.Live(r.Context(), web.ActorOf(r))
	if err != nil {
		return err
	}
	p := livePage{List: list}
	if p.Page, err = outside.Frame(w, r, d.House, locale.T(r.Context(), "live.client.title"), ""); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, liveView(p))
}
