package casting

import (
	"net/http"

	"kolega/internal/access"
	"kolega/internal/casting"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

// handoverPage is one campaign's hand-over to the specialist: the one under way,
// the form for a new one, the ones before.
type handoverPage struct {
	frame
	All    []casting.HandoverView // oldest first
	Seats  []casting.HandedSeat
	Low    []casting.LowBudget
	People []access.Person
	Reads  casting.Forecast
	Form   handoverForm
	Errors map[string]string
	Asking string // the form that was refused: "send", "ask", "ready" or a question's id
	Actor  access.Actor
}

type handoverForm struct {
	Specialist string `form:"specialist"`
	Persona    string `form:"persona"`
	Excluded   string `form:"excluded"`
	Due        string `form:"due"`
	Text       string `form:"text"`
}

// open is the hand-over under way; nil without one.
func (p handoverPage) open() *casting.HandoverView {
	for i := range p.All {
		if p.All[i].State != casting.HandoverReady {
			return &p.All[i]
		}
	}
	return nil
}

func (d rooms) handover(w http.ResponseWriter, r *http.Request) error {
	return d.showHandover(w, r, http.StatusOK, handoverPage{})
}

func (d rooms) showHandover(w http.ResponseWriter, r *http.Request, status int, p handoverPage) (err error) {
	ctx, actor := r.Context(), web.ActorOf(r)
	p.Actor = actor
	if p.frame, err = d.frame(w, r, "shortlist"); err != nil {
		return err
	}
	if p.All, err = d.Casting.Handovers(ctx, actor, p.Top.Campaign.ID); err != nil {
		return err
	}
	_, slots, err := d.Campaign.Slots(ctx, actor, p.Top.Campaign.ID)
	if err != nil {
		return err
	}
	p.Seats = casting.SeatsOf(slots)
	if p.Low, err = d.Casting.LowBudgets(ctx, actor, p.Top.Campaign.ID); err != nil {
		return err
	}
	if p.People, err = d.Access.People(ctx, actor); err != nil {
		return err
	}
	if p.Form.Specialist == "" {
		p.Form.Specialist = p.Top.Campaign.SpecialistID
	}
	if specialistName(p) != "" {
		if p.Reads, err = d.Casting.PersonReads(ctx, actor, p.Form.Specialist); err != nil {
			return err
		}
	}
	if p.Form.Persona == "" && len(slots) > 0 && p.Errors == nil {
		p.Form.Persona = slots[0].Conditions.Note
	}
	return web.Render(w, r, status, handoverView(p))
}

func (d rooms) handOver(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[handoverForm](r)
	if err != nil {
		return err
	}
	_, err = d.Casting.HandOver(r.Context(), web.ActorOf(r), casting.HandOver{CampaignID: r.PathValue("id"), SpecialistID: f.Specialist, Persona: f.Persona, Excluded: f.Excluded, Due: f.Due})
	return d.handed(w, r, err, "send", f, "handover.toast.sent")
}

// handed answers an act on a hand-over: the page again, or what was wrong with the
// form filled.
func (d rooms) handed(w http.ResponseWriter, r *http.Request, err error, asking string, f handoverForm, toast string) error {
	if errs, ok := web.Invalid(r, err); ok {
		return d.showHandover(w, r, web.StatusOf(err), handoverPage{Form: f, Errors: errs, Asking: asking})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+r.PathValue("id")+"/handover", toast)
}

func (d rooms) confirmHandover(w http.ResponseWriter, r *http.Request) error {
	return d.handed(w, r, d.Casting.ConfirmHandover(r.Context(), web.ActorOf(r), r.PathValue("handover")), "seen", handoverForm{}, "handover.toast.seen")
}

func (d rooms) askHandover(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[handoverForm](r)
	if err != nil {
		return err
	}
	return d.handed(w, r, d.Casting.AskHandover(r.Context(), web.ActorOf(r), r.PathValue("handover"), f.Text), "ask", f, "handover.toast.asked")
}

func (d rooms) answerHandover(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[handoverForm](r)
	if err != nil {
		return err
	}
	q := r.PathValue("question")
	return d.handed(w, r, d.Casting.AnswerHandover(r.Context(), web.ActorOf(r), r.PathValue("handover"), q, f.Text), q, f, "handover.toast.answered")
}

func (d rooms) listReady(w http.ResponseWriter, r *http.Request) error {
	return d.handed(w, r, d.Casting.ListReady(r.Context(), web.ActorOf(r), r.PathValue("handover")), "ready", handoverForm{}, "handover.toast.ready")
}

// handoversPage is what waits for a specialist over all campaigns, oldest first.
type handoversPage struct {
	Page ui.Page
	All  []casting.HandoverView
}

func (d rooms) handovers(w http.ResponseWriter, r *http.Request) error {
	all, err := d.Casting.Handovers(r.Context(), web.ActorOf(r), "")
	if err != nil {
		return err
	}
	p, err := desk.Frame(w, r, d.House, desk.At{Nav: "inbox", Title: locale.T(r.Context(), "handover.board"), Live: "everything"})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, handoversView(handoversPage{p, all}))
}
