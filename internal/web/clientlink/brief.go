package clientlink

import (
	"net/http"
	"slices"
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
		{Method: "POST", Pattern: "/brief/proposals/{proposal}/accept", Verb: "brief.accept", Handle: d.acceptProposal},
		{Method: "POST", Pattern: "/brief/proposals/{proposal}/object", Verb: "brief.accept", Handle: d.objectToProposal},
	}
}

type briefPage struct {
	Page  ui.OutsidePage
	Base  string
	Key   string
	Name  string // who reads
	Brief campaign.ClientBrief
	Error string
	Asked []campaign.ProposalView // decided in a meeting, waiting for the client
	Typed proposalObjectForm      // into a refused form
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
	asked, err := d.Campaign.Proposals(r.Context(), actor, actor.CampaignID)
	if err != nil {
		return err
	}
	asked = slices.DeleteFunc(asked, func(p campaign.ProposalView) bool { return !p.Open() || p.SourceID != "" }) // a meeting asks on the page of its minutes
	p := briefPage{Asked: asked, Page: frame, Base: outside.Base(r), Key: desk.NewKey(r), Name: actor.Name, Brief: b, Error: problem}
	if r.Method == http.MethodPost {
		p.Typed, _ = web.Form[proposalObjectForm](r)
		p.Typed.ID = r.PathValue("proposal")
	}
	return web.Render(w, r, status, briefView(p))
}

type proposalObjectForm struct {
	ID    string
	Lines []string `form:"line"`
	Text  string   `form:"text"`
}

// acceptProposal puts what was decided in a meeting in force.
func (d room) acceptProposal(w http.ResponseWriter, r *http.Request) error {
	b, err := d.Campaign.AcceptProposal(r.Context(), web.ActorOf(r), r.PathValue("proposal"))
	return d.proposed(w, r, err, "brief.client.done", "version", b.Version)
}

// objectToProposal keeps the no to the ticked lines; to all with none ticked.
func (d room) objectToProposal(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[proposalObjectForm](r)
	if err == nil {
		_, err = d.Campaign.ObjectToProposal(r.Context(), web.ActorOf(r), r.PathValue("proposal"), f.Lines, f.Text)
	}
	return d.proposed(w, r, err, "brief.proposal.objected")
}

// proposed answers a word on a proposal: the brief, with what was wrong if it was refused.
func (d room) proposed(w http.ResponseWriter, r *http.Request, err error, toast string, args ...any) error {
	if kind := fault.KindOf(err); err != nil && (kind == fault.Conflict || kind == fault.Forbidden || kind == fault.Invalid) {
		return d.showBrief(w, r, 0, web.StatusOf(err), locale.From(r.Context()).Fault(err))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, outside.Base(r)+"/brief", toast, args...)
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
