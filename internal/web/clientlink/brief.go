package clientlink

import (
	"net/http"
	"strconv"

	"kolega/internal/campaign"
	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/outside"
	"kolega/internal/web/ui"
)

func briefRoutes(d room) []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/brief", Verb: "brief.see", Handle: d.brief},
		{Method: "GET", Pattern: "/brief/versions/{n}", Verb: "brief.see", Handle: d.brief},
		{Method: "POST", Pattern: "/brief/accept", Verb: "brief.accept", Handle: d.acceptBrief},
	}
}

type briefPage struct {
	Page  ui.OutsidePage
	Base  string
	Key   string
	Name  string // who reads
	Brief campaign.ClientBrief
	Error string
}

func (d room) brief(w http.ResponseWriter, r *http.Request) error {
	n := int64(0)
	if text := r.PathValue("n"); text != "" {
		var err error
		if n, err = strconv.ParseInt(text, 10, 64); err != nil || n < 1 {
			n = -1 // no version: the one answer for what is not there
		}
	}
	return d.showBrief(w, r, n, http.StatusOK, "")
}

func (d room) showBrief(w http.ResponseWriter, r *http.Request, version int64, status int, problem string) error {
	actor := web.ActorOf(r)
	b, err := d.Campaign.BriefForClient(r.Context(), actor, actor.CampaignID, version)
	if err != nil {
		return err
	}
	frame, err := outside.Frame(w, r, d.House, locale.T(r.Context(), "brief.client.title", "campaign", b.CampaignName), "")
	if err != nil {
		return err
	}
	p := briefPage{Page: frame, Base: outside.Base(r), Key: desk.NewKey(r), Name: actor.Name, Brief: b, Error: problem}
	return web.Render(w, r, status, briefView(p))
}

type acceptForm struct {
	Version int64 `form:"version"`
}

// acceptBrief is the client's yes to the version that was on the page. A newer
// version, or somebody else's word, shows the page again and says so.
func (d room) acceptBrief(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[acceptForm](r)
	if err != nil {
		return err
	}
	actor := web.ActorOf(r)
	_, err = d.Campaign.AcceptBrief(r.Context(), actor, actor.CampaignID, f.Version)
	if kind := fault.KindOf(err); err != nil && (kind == fault.Conflict || kind == fault.Forbidden) {
		return d.showBrief(w, r, 0, web.StatusOf(err), locale.From(r.Context()).Fault(err))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, outside.Base(r)+"/brief", "brief.client.done", "version", f.Version)
}
