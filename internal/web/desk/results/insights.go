package results

import (
	"net/http"
	"time"

	"kolega/internal/fault"
	"kolega/internal/result"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/insightform"
	"kolega/internal/web/ui"
)

type intake = insightform.Intake

// enterInsight reads the numbers back first and keeps them when they are confirmed.
func (d rooms) enterInsight(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("deliverable")
	in, err := insightform.Read(r, d.House, id)
	if err == nil && in.Confirmed {
		var kept result.Insight
		kept, err = d.Result.EnterInsight(r.Context(), web.ActorOf(r), in.Request(id))
		in.Keep(kept, err)
	}
	if errs, ok := web.Invalid(r, err); ok && fault.KindOf(err) == fault.Invalid {
		return d.showPost(w, r, http.StatusUnprocessableEntity, linkForm{}, in, errs)
	}
	if err != nil {
		return err
	}
	if !in.Confirmed {
		return d.showPost(w, r, http.StatusOK, linkForm{}, in, nil)
	}
	return web.SeeOther(w, r, "/posts/"+id, "result.toast.insight")
}

type queuePage struct {
	Page ui.Page
	Top  desk.Top
	List []result.InsightCard
	Now  time.Time
}

func (d rooms) queue(w http.ResponseWriter, r *http.Request) error {
	list, err := d.Result.ToVerify(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	p := queuePage{List: list, Now: d.DB.Now()}
	if p.Page, p.Top, err = d.frame(w, r, r.PathValue("id"), "posts"); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, queueView(p))
}

type insightPage struct {
	Page   ui.Page
	Top    desk.Top
	Card   result.InsightCard
	Key    string
	Now    time.Time
	Next   string // the insight after this one in the queue
	Left   int
	Own    bool // typed by the reader: another person must verify
	Verify bool
	Errors map[string]string
	Why    string
}

func (d rooms) insight(w http.ResponseWriter, r *http.Request) error {
	return d.showInsight(w, r, http.StatusOK, "", nil)
}

func (d rooms) showInsight(w http.ResponseWriter, r *http.Request, status int, why string, errs map[string]string) error {
	actor := web.ActorOf(r)
	card, err := d.Result.Insight(r.Context(), actor, r.PathValue("insight"))
	if err != nil {
		return err
	}
	p := insightPage{Card: card, Key: desk.NewKey(r), Now: d.DB.Now(), Errors: errs, Why: why, Verify: actor.Can("insight.verify"),
		Own: card.Source == result.FromStaff && card.TypedByID == actor.ID}
	if p.Next, p.Left, err = d.nextOf(r, card); err != nil {
		return err
	}
	if p.Page, p.Top, err = d.frame(w, r, card.CampaignID, "posts"); err != nil {
		return err
	}
	return web.Render(w, r, status, insightView(p))
}

// nextOf gives the next one of the queue, so that a queue is worked, not browsed.
func (d rooms) nextOf(r *http.Request, card result.InsightCard) (next string, left int, err error) {
	list, err := d.Result.ToVerify(r.Context(), web.ActorOf(r), card.CampaignID)
	for i, c := range list {
		if c.Insight.ID == card.Insight.ID {
			if i+1 < len(list) {
				return list[i+1].Insight.ID, len(list), err
			}
			return "", len(list), err
		}
	}
	if len(list) > 0 {
		next = list[0].Insight.ID
	}
	return next, len(list), err
}

func (d rooms) verify(w http.ResponseWriter, r *http.Request) error {
	i, err := d.Result.VerifyInsight(r.Context(), web.ActorOf(r), r.PathValue("insight"))
	return d.afterLook(w, r, i, err, "", "result.toast.verified")
}

type whyForm struct {
	Why string `form:"reason"`
}

func (d rooms) contest(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[whyForm](r)
	if err != nil {
		return err
	}
	i, err := d.Result.ContestInsight(r.Context(), web.ActorOf(r), r.PathValue("insight"), f.Why)
	return d.afterLook(w, r, i, err, f.Why, "result.toast.contested")
}

// afterLook goes on to the next of the queue, or back to the list when it is empty.
func (d rooms) afterLook(w http.ResponseWriter, r *http.Request, i result.Insight, err error, why, toast string) error {
	if errs, ok := web.Invalid(r, err); ok {
		return d.showInsight(w, r, http.StatusUnprocessableEntity, why, errs)
	}
	if err != nil {
		return err
	}
	list, err := d.Result.ToVerify(r.Context(), web.ActorOf(r), i.CampaignID)
	if err != nil {
		return err
	}
	to := "/campaigns/" + i.CampaignID + "/insights"
	if len(list) > 0 {
		to = "/insights/" + list[0].Insight.ID
	}
	return web.SeeOther(w, r, to, toast)
}

func (d rooms) evidence(w http.ResponseWriter, r *http.Request) error {
	f, e, err := d.Result.OpenEvidence(r.Context(), web.ActorOf(r), r.PathValue("insight"), r.PathValue("sha"))
	if err != nil {
		return err
	}
	defer f.Close()
	insightform.Serve(w, r, f, e)
	return nil
}
