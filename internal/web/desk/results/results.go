package results

import (
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/result"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

type resultsPage struct {
	Page   ui.Page
	Top    desk.Top
	G      result.Guarantee
	Sum    result.Sum // over the newest readings, with the campaign's formula
	Now    time.Time
	Key    string
	Actor  access.Actor
	Free   []campaign.Slot // free slots that a replacement can take
	Form   remedyForm
	Rule   rulingForm
	Errors map[string]string
	At     string // the verdict whose form was refused
}

func (d rooms) results(w http.ResponseWriter, r *http.Request) error {
	return d.showResults(w, r, http.StatusOK, remedyForm{}, rulingForm{}, nil)
}

func (d rooms) showResults(w http.ResponseWriter, r *http.Request, status int, f remedyForm, rule rulingForm, errs map[string]string) error {
	id, actor := r.PathValue("id"), web.ActorOf(r)
	g, err := d.Result.Guarantee(r.Context(), actor, id)
	if err != nil {
		return err
	}
	p := resultsPage{G: g, Now: d.DB.Now(), Key: desk.NewKey(r), Actor: actor, Form: f, Rule: rule, Errors: errs, At: f.BookingID + rule.BookingID}
	if p.Page, p.Top, err = d.frame(w, r, id, "results"); err != nil {
		return err
	}
	if p.Free, err = d.freeSlots(r, g, id); err != nil {
		return err
	}
	if p.Sum, err = p.pool(); err != nil {
		return err
	}
	return web.Render(w, r, status, resultsView(p))
}

// freeSlots are the free slots that no remedy took yet.
func (d rooms) freeSlots(r *http.Request, g result.Guarantee, id string) (out []campaign.Slot, err error) {
	err = d.DB.Read(r.Context(), func(tx *db.Tx) error {
		slots, err := campaign.ListSlots(r.Context(), tx, id)
		for _, s := range slots {
			taken := false
			for _, m := range g.Remedies {
				taken = taken || m.SlotID == s.ID
			}
			if s.Free && s.Open() && !taken {
				out = append(out, s)
			}
		}
		return err
	})
	return out, err
}

// formula and actions are the promise's, else the campaign's own.
func (p resultsPage) formula() (result.Formula, []result.Metric) {
	if p.G.Given {
		return p.G.Promise.Formula, p.G.Promise.Actions
	}
	f, a := result.Formula(p.Top.Campaign.ERFormula), result.MetricsOf(p.Top.Campaign.ERActions)
	if !f.Known() {
		f = result.ByReach
	}
	if len(a) == 0 {
		a = result.DefaultActions
	}
	return f, a
}

func (p resultsPage) pool() (result.Sum, error) {
	f, actions := p.formula()
	var list []result.Measure
	for _, row := range p.G.Rows {
		if i := best(row); i.ID != "" {
			list = append(list, result.Measure{Formula: f, Counts: i.Counts})
		}
	}
	return result.Pool(actions, list...)
}

// best is the verified reading, else the newest that nobody contests.
func best(row result.PostRow) result.Insight {
	if row.Proof.ID != "" {
		return row.Proof
	}
	if row.Newest.ID != "" && row.Newest.State() != result.StateContested {
		return row.Newest
	}
	return result.Insight{}
}

// rate is one row's engagement rate by the page's formula.
func (p resultsPage) rate(row result.PostRow) result.Sum {
	f, actions := p.formula()
	i := best(row)
	if i.ID == "" {
		return result.Sum{Formula: f}
	}
	s, _ := result.Pool(actions, result.Measure{Formula: f, Counts: i.Counts}) // the same formula was pooled before
	return s
}

type remedyForm struct {
	BookingID string `form:"booking"`
	Kind      string `form:"kind"`
	Reason    string `form:"reason"`
	SlotID    string `form:"slot"`
	PostOn    string `form:"post_on"`
}

func (d rooms) remedy(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[remedyForm](r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	_, err = d.Result.ChooseRemedy(r.Context(), web.ActorOf(r), result.ChooseRemedyRequest{CampaignID: id, BookingID: f.BookingID,
		Kind: result.RemedyKind(f.Kind), Reason: f.Reason, SlotID: f.SlotID, PostOn: worktime.Date(f.PostOn)})
	if errs, ok := web.Invalid(r, err); ok {
		return d.showResults(w, r, http.StatusUnprocessableEntity, f, rulingForm{}, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+id+"/results", "result.toast.remedy")
}

type rulingForm struct {
	BookingID string `form:"booking"`
	Kind      string `form:"ruling"`
	Answer    string `form:"answer"`
	Text      string `form:"text"`
	Client    string `form:"client_name"`
}

func (d rooms) ruling(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[rulingForm](r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	err = d.Result.Rule(r.Context(), web.ActorOf(r), result.RulingRequest{CampaignID: id, BookingID: f.BookingID, Kind: f.Kind, Answer: f.Answer, Text: f.Text, ClientName: f.Client})
	if errs, ok := web.Invalid(r, err); ok {
		return d.showResults(w, r, http.StatusUnprocessableEntity, remedyForm{}, f, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+id+"/results", "result.toast.saved")
}

func (d rooms) decideRefund(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[rulingForm](r)
	if err != nil {
		return err
	}
	if f.Answer == "no" {
		_, err = d.Result.RefuseRefund(r.Context(), web.ActorOf(r), r.PathValue("remedy"), f.Text)
	} else {
		_, err = d.Result.ApproveRefund(r.Context(), web.ActorOf(r), r.PathValue("remedy"))
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.showResults(w, r, http.StatusUnprocessableEntity, remedyForm{}, f, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+r.PathValue("id")+"/results", "result.toast.saved")
}
