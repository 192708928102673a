package results

import (
	"net/http"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/result"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

// dominoPage is a campaign's seeds, what they set off, and the plan beside it (A22, A23).
type dominoPage struct {
	Page   ui.Page
	Top    desk.Top
	D      result.Domino
	Media  result.Spread
	KOL    result.Spread
	Base   []result.MediaAccount
	Key    string
	Now    time.Time
	Edit   bool
	Form   dominoForm
	At     string // which form was refused: line, pickup, window, or an id
	Errors map[string]string
}

// dominoForm is every form of the page as it was filled.
type dominoForm struct {
	Act        string   `form:"act"`
	Side       string   `form:"side"`
	Account    string   `form:"account"`
	Name       string   `form:"name"`
	Platform   string   `form:"platform"`
	Format     string   `form:"format"`
	Cost       string   `form:"cost"`
	Expected   string   `form:"expected"`
	Source     string   `form:"source"`
	SourceNote string   `form:"source_note"`
	Risk       string   `form:"risk"`
	PlannedOn  string   `form:"planned_on"`
	URL        string   `form:"url"`
	When       string   `form:"at"`
	Who        string   `form:"who"`
	Parents    []string `form:"parent"`
	Reach      string   `form:"reach"`
	Views      string   `form:"views"`
	Until      string   `form:"until"`
	Reason     string   `form:"reason"`
}

func (d rooms) domino(w http.ResponseWriter, r *http.Request) error {
	return d.showDomino(w, r, http.StatusOK, dominoForm{Side: string(result.MediaSide)}, "", nil)
}

func (d rooms) showDomino(w http.ResponseWriter, r *http.Request, status int, f dominoForm, at string, errs map[string]string) error {
	id, actor := r.PathValue("id"), web.ActorOf(r)
	dom, err := d.Result.Domino(r.Context(), actor, id)
	if err != nil {
		return err
	}
	p := dominoPage{D: dom, Key: desk.NewKey(r), Now: d.DB.Now(), Edit: actor.Can("domino.edit"), Form: f, At: at, Errors: errs}
	if p.Media, err = dom.Spread(result.MediaSide); err != nil {
		return err
	}
	if p.KOL, err = dom.Spread(result.KOLSide); err != nil {
		return err
	}
	if p.Base, err = d.Result.MediaAccounts(r.Context(), actor); err != nil {
		return err
	}
	if p.Page, p.Top, err = d.frame(w, r, id, "domino"); err != nil {
		return err
	}
	return web.Render(w, r, status, dominoView(p))
}

// answer ends an act of the page: the form again where it was refused, else the page.
func (d rooms) answer(w http.ResponseWriter, r *http.Request, f dominoForm, at string, err error, toast string) error {
	if errs, ok := web.Invalid(r, err); ok {
		return d.showDomino(w, r, http.StatusUnprocessableEntity, f, at, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+r.PathValue("id")+"/domino", toast)
}

func (d rooms) addLine(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[dominoForm](r)
	if err != nil {
		return err
	}
	req, err := d.lineOf(r, f)
	if err == nil {
		_, err = d.Result.AddLine(r.Context(), web.ActorOf(r), req)
	}
	return d.answer(w, r, f, "line", err, "domino.toast.line")
}

func (d rooms) lineOf(r *http.Request, f dominoForm) (req result.AddLine, err error) {
	req = result.AddLine{CampaignID: r.PathValue("id"), Side: result.Side(f.Side), AccountID: f.Account, Name: f.Name, Platform: f.Platform, Format: f.Format,
		Source: result.ReachSource(f.Source), SourceNote: f.SourceNote, Risk: f.Risk, PlannedOn: worktime.Date(f.PlannedOn)}
	dom, err := d.Result.Domino(r.Context(), web.ActorOf(r), req.CampaignID)
	if err != nil {
		return req, err
	}
	wrong := fault.Fields{}
	lang := locale.From(r.Context()).Lang
	if strings.TrimSpace(f.Cost) != "" {
		if req.Cost, err = money.Parse(f.Cost, dom.Currency, lang); err != nil {
			wrong["cost"] = fault.CodeOf(err)
		}
	}
	if req.Expected, err = count(f.Expected, lang, -1); err != nil || req.Expected < 0 {
		wrong["expected"] = codeOr(err, result.ErrLineExpected.Code)
	}
	return req, wrong.Err()
}

// count reads a number as people type it; an empty text is none.
func count(text, lang string, none int64) (int64, error) {
	if strings.TrimSpace(text) == "" {
		return none, nil
	}
	r, err := locale.ParseCount(text, lang)
	return r.Value, err
}

func codeOr(err error, code string) string {
	if err != nil {
		return fault.CodeOf(err)
	}
	return code
}

// counts reads reach and views; what is empty is unknown.
func (f dominoForm) counts(lang string) (reach, views int64, err error) {
	wrong := fault.Fields{}
	if reach, err = count(f.Reach, lang, result.Unknown); err != nil {
		wrong["reach"] = fault.CodeOf(err)
	}
	if views, err = count(f.Views, lang, result.Unknown); err != nil {
		wrong["views"] = fault.CodeOf(err)
	}
	return reach, views, wrong.Err()
}

// actLine says that a paid post is live, or takes it off the plan.
func (d rooms) actLine(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[dominoForm](r)
	if err != nil {
		return err
	}
	ctx, actor, id, line := r.Context(), web.ActorOf(r), r.PathValue("id"), r.PathValue("line")
	if f.Act == "remove" {
		return d.answer(w, r, f, line, d.Result.RemoveLine(ctx, actor, id, line), "domino.toast.removed")
	}
	req := result.PostLine{CampaignID: id, LineID: line, URL: f.URL}
	if req.Reach, req.Views, err = f.counts(locale.From(ctx).Lang); err == nil {
		if req.At, err = d.wall(r, f.When); err == nil {
			_, err = d.Result.PostLine(ctx, actor, req)
		}
	}
	return d.answer(w, r, f, line, err, "domino.toast.posted")
}

func (d rooms) addPickup(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[dominoForm](r)
	if err != nil {
		return err
	}
	req := result.AddPickup{CampaignID: r.PathValue("id"), URL: f.URL, Account: f.Who, Parents: f.Parents}
	if req.Reach, req.Views, err = f.counts(locale.From(r.Context()).Lang); err == nil {
		if req.At, err = d.wall(r, f.When); err == nil {
			_, err = d.Result.AddPickup(r.Context(), web.ActorOf(r), req)
		}
	}
	return d.answer(w, r, f, "pickup", err, "domino.toast.pickup")
}

// actPickup gives a pick-up another parent or its reach, or takes it out.
func (d rooms) actPickup(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[dominoForm](r)
	if err != nil {
		return err
	}
	ctx, actor, id, pickup := r.Context(), web.ActorOf(r), r.PathValue("id"), r.PathValue("pickup")
	if f.Act == "remove" {
		return d.answer(w, r, f, pickup, d.Result.RemovePickup(ctx, actor, id, pickup), "domino.toast.removed")
	}
	req := result.ChangePickup{CampaignID: id, PickupID: pickup, Parents: f.Parents}
	if req.Reach, req.Views, err = f.counts(locale.From(ctx).Lang); err == nil {
		_, err = d.Result.ChangePickup(ctx, actor, req)
	}
	return d.answer(w, r, f, pickup, err, "domino.toast.saved")
}

func (d rooms) extendWindow(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[dominoForm](r)
	if err != nil {
		return err
	}
	err = d.Result.ExtendWindow(r.Context(), web.ActorOf(r), r.PathValue("id"), worktime.Date(f.Until), f.Reason)
	return d.answer(w, r, f, "window", err, "domino.toast.window")
}

func dominoRoutes(d rooms) []web.Route {
	at, see, edit := "/campaigns/{id}/domino", access.Verb("domino.see"), access.Verb("domino.edit")
	return []web.Route{
		{Method: "GET", Pattern: at, Verb: see, Handle: d.domino},
		{Method: "POST", Pattern: at + "/lines", Verb: edit, Handle: d.addLine},
		{Method: "POST", Pattern: at + "/lines/{line}", Verb: edit, Handle: d.actLine},
		{Method: "POST", Pattern: at + "/pickups", Verb: edit, Handle: d.addPickup},
		{Method: "POST", Pattern: at + "/pickups/{pickup}", Verb: edit, Handle: d.actPickup},
		{Method: "POST", Pattern: at + "/window", Verb: edit, Handle: d.extendWindow},
	}
}
