package talentlink

import (
	"net/http"
	"strings"

	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/outside"
	"kolega/internal/web/ui"
)

type briefPage struct {
	Page   ui.OutsidePage
	Base   string
	Key    string
	Brief  campaign.TalentBrief
	Error  string
	Asking string // the point a question is asked about
	Offer  string // path of the offer that waits for an answer; "" without one
}

func (d room) brief(w http.ResponseWriter, r *http.Request) error {
	return d.showBrief(w, r, http.StatusOK, "")
}

func (d room) showBrief(w http.ResponseWriter, r *http.Request, status int, problem string) error {
	actor := web.ActorOf(r)
	b, err := d.Campaign.BriefForTalent(r.Context(), actor, actor.CampaignID)
	if err != nil {
		return err
	}
	frame, err := outside.Frame(w, r, d.House, locale.T(r.Context(), "offer.brief.title"), "", "id", "en", "fil")
	if err != nil {
		return err
	}
	p := briefPage{Page: frame, Base: outside.Base(r), Key: desk.NewKey(r), Brief: b, Error: problem, Asking: r.URL.Query().Get("ask")}
	list, err := d.Casting.TalentRoom(r.Context(), actor)
	if err != nil {
		return err
	}
	for _, o := range list.Offers {
		if o.State == casting.StateOffered {
			p.Offer = p.Base + "/offers/" + o.ID
		}
	}
	return web.Render(w, r, status, briefView(p))
}

type briefForm struct {
	Version int64    `form:"version"`
	Ticks   []string `form:"tick"` // "point:hash of what was shown"
}

// acknowledge keeps the ticks, then the answers to the brief's questions.
func (d room) acknowledge(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[briefForm](r)
	if err != nil {
		return err
	}
	ready, err := d.keepBrief(r, f)
	if g, ok := fault.As(err); ok && (g.Kind == fault.Conflict || g.Kind == fault.Invalid) {
		return d.showBrief(w, r, web.StatusOf(err), locale.From(r.Context()).Fault(err))
	}
	if err != nil {
		return err
	}
	if ready.Ready() {
		return web.SeeOther(w, r, outside.Base(r)+"/offers", "offer.toast.acknowledged")
	}
	return web.SeeOther(w, r, outside.Base(r)+"/brief", "offer.toast.ticked", "n", len(ready.ToAcknowledge)+len(ready.ToAnswer))
}

func (d room) keepBrief(r *http.Request, f briefForm) (campaign.Readiness, error) {
	actor := web.ActorOf(r)
	var ticks []campaign.Tick
	for _, t := range f.Ticks {
		id, hash, _ := strings.Cut(t, ":")
		ticks = append(ticks, campaign.Tick{PointID: id, Hash: hash})
	}
	ready, err := d.Campaign.Acknowledge(r.Context(), actor, actor.CampaignID, f.Version, ticks)
	if err != nil {
		return ready, err
	}
	b, err := d.Campaign.BriefForTalent(r.Context(), actor, actor.CampaignID)
	if err != nil {
		return ready, err
	}
	for _, q := range b.Questions {
		answer := r.PostForm.Get("q." + q.ID)
		if answer == "" || q.Answered && q.Answer == (answer == "yes") {
			continue
		}
		if ready, err = d.Campaign.AnswerEligibility(r.Context(), actor, actor.CampaignID, q.ID, r.PostForm.Get("h."+q.ID), answer == "yes"); err != nil {
			return ready, err
		}
	}
	return ready, nil
}

func (d room) askPoint(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[struct {
		Text string `form:"text"`
	}](r)
	if err != nil {
		return err
	}
	actor := web.ActorOf(r)
	_, err = d.Campaign.AskAboutPoint(r.Context(), actor, actor.CampaignID, r.PathValue("point"), f.Text)
	if g, ok := fault.As(err); ok && g.Kind == fault.Invalid {
		return d.showBrief(w, r, web.StatusOf(err), locale.From(r.Context()).Fault(err))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, outside.Base(r)+"/brief", "offer.toast.asked")
}
