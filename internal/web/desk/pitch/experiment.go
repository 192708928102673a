package pitch

import (
	"net/http"
	"slices"
	"strconv"

	"kolega/internal/idea"
	"kolega/internal/locale"
	"kolega/internal/result"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

func (d rooms) experimentRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/campaigns/{id}/slots/{slot}/experiment", Verb: "slot.edit", Handle: d.experiment},
		{Method: "POST", Pattern: "/campaigns/{id}/slots/{slot}/experiment", Verb: "slot.edit", Handle: d.tryOut},
		{Method: "POST", Pattern: "/campaigns/{id}/slots/{slot}/experiment/end", Verb: "slot.edit", Handle: d.endExperiment},
	}
}

type tryForm struct {
	Idea    string `form:"idea"`
	Belief  string `form:"belief"`
	Measure string `form:"measure"`
	Target  int64  `form:"target"`
	Learned string `form:"learned"`
}

type tryPage struct {
	Page   ui.Page
	Top    desk.Top
	SlotID string
	Trial  *idea.Trial // nil when the slot is no experiment yet
	Ideas  []idea.Idea
	Form   tryForm
	Errors map[string]string
	Key    string
}

func (d rooms) experiment(w http.ResponseWriter, r *http.Request) error {
	return d.showExperiment(w, r, http.StatusOK, nil, nil)
}

func (d rooms) showExperiment(w http.ResponseWriter, r *http.Request, status int, f *tryForm, errs map[string]string) (err error) {
	ctx, actor := r.Context(), web.ActorOf(r)
	p := tryPage{SlotID: r.PathValue("slot"), Errors: errs, Key: desk.NewKey(r), Form: tryForm{Measure: string(result.Saves)}}
	if p.Top, err = desk.TopOf(r, d.House, r.PathValue("id"), "slots"); err != nil {
		return err
	}
	if err := d.fillTrial(r, &p); err != nil {
		return err
	}
	if p.Ideas, err = d.Idea.Usable(ctx, actor); err != nil {
		return err
	}
	if f != nil {
		p.Form = *f
	}
	if p.Page, err = desk.CampaignFrame(w, r, d.House, p.Top); err != nil {
		return err
	}
	return web.Render(w, r, status, tryView(p))
}

// fillTrial finds the slot's experiment. Fault: idea.slot-absent.
func (d rooms) fillTrial(r *http.Request, p *tryPage) error {
	_, slots, err := d.Campaign.Slots(r.Context(), web.ActorOf(r), p.Top.Campaign.ID)
	if err != nil {
		return err
	}
	known := false
	for _, x := range slots {
		known = known || x.ID == p.SlotID
	}
	if !known {
		return idea.ErrSlotAbsent
	}
	all, err := d.Idea.Experiments(r.Context(), web.ActorOf(r), p.Top.Campaign.ID)
	if i := slices.IndexFunc(all, func(t idea.Trial) bool { return t.SlotID == p.SlotID }); err == nil && i >= 0 {
		t := all[i]
		p.Trial, p.Form = &t, tryForm{Idea: t.IdeaID, Belief: t.Belief, Measure: string(t.Measure), Target: t.Target}
	}
	return err
}

func (d rooms) onExperiment(w http.ResponseWriter, r *http.Request, toast string, do func(f tryForm, campaignID, slotID string) error) error {
	f, err := web.Form[tryForm](r)
	campaignID, slotID := r.PathValue("id"), r.PathValue("slot")
	if err == nil {
		err = do(f, campaignID, slotID)
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.showExperiment(w, r, web.StatusOf(err), &f, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+campaignID+"/slots/"+slotID+"/experiment", toast)
}

func (d rooms) tryOut(w http.ResponseWriter, r *http.Request) error {
	return d.onExperiment(w, r, "idea.experiment.saved", func(f tryForm, campaignID, slotID string) error {
		return d.Idea.TryOut(r.Context(), web.ActorOf(r), idea.Experiment{CampaignID: campaignID, SlotID: slotID, IdeaID: f.Idea, Belief: f.Belief, Measure: result.Metric(f.Measure), Target: f.Target})
	})
}

func (d rooms) endExperiment(w http.ResponseWriter, r *http.Request) error {
	return d.onExperiment(w, r, "idea.experiment.ended", func(f tryForm, campaignID, slotID string) error {
		return d.Idea.EndExperiment(r.Context(), web.ActorOf(r), campaignID, slotID, f.Learned)
	})
}

// target is the figure as it was typed; nothing while nobody typed one.
func (f tryForm) target() string {
	if f.Target == 0 {
		return ""
	}
	return strconv.FormatInt(f.Target, 10)
}

func (p tryPage) title(l *locale.Loc) string {
	if p.Trial == nil {
		return l.T("idea.experiment")
	}
	return l.T("idea.experiment.of", "n", p.Trial.Slot)
}
