package clientlink

import (
	"net/http"
	"net/url"
	"time"

	"kolega/internal/casting"
	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/outside"
	"kolega/internal/web/ui"
)

func pickRoutes(d room) []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/picks", Verb: "cast.picks.see", Handle: d.picks},
		{Method: "POST", Pattern: "/picks/{candidate}", Verb: "cast.pick", Handle: d.pick},
		{Method: "POST", Pattern: "/picks/{candidate}/move", Verb: "cast.pick", Handle: d.moveReserve},
		{Method: "GET", Pattern: "/picks/summary", Verb: "cast.picks.see", Handle: d.pickSummary},
		{Method: "POST", Pattern: "/picks/send", Verb: "cast.pick", Handle: d.sendPicks},
	}
}

type picksPage struct {
	Page   ui.OutsidePage
	Base   string
	Key    string
	Now    time.Time
	Sheet  casting.ClientSheet
	Asking string // the card whose reason is asked for
	Reason string // as typed
	Error  string
}

func (d room) picksPage(w http.ResponseWriter, r *http.Request, title string) (picksPage, error) {
	actor := web.ActorOf(r)
	sheet, err := d.Casting.Picks(r.Context(), actor, actor.CampaignID)
	if err != nil {
		return picksPage{}, err
	}
	frame, err := outside.Frame(w, r, d.House, locale.T(r.Context(), title), "")
	return picksPage{Page: frame, Base: outside.Base(r), Key: desk.NewKey(r), Now: d.DB.Now(), Sheet: sheet, Asking: r.URL.Query().Get("reason")}, err
}

func (d room) picks(w http.ResponseWriter, r *http.Request) error {
	p, err := d.picksPage(w, r, "pick.title")
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, picksView(p))
}

type pickForm struct {
	Answer string `form:"answer"`
	Reason string `form:"reason"`
	Other  string `form:"other"`
}

// pick keeps one answer. A no without a reason asks for it on the card itself.
func (d room) pick(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[pickForm](r)
	if err != nil {
		return err
	}
	id := r.PathValue("candidate")
	if f.Other != "" {
		f.Reason = f.Other
	}
	if f.Answer == string(casting.AnswerNo) && f.Reason == "" && !r.PostForm.Has("reason") && !r.PostForm.Has("other") {
		return web.SeeOther(w, r, outside.Base(r)+"/picks?reason="+url.QueryEscape(id)+"#card-"+url.PathEscape(id), "")
	}
	err = d.Casting.Pick(r.Context(), web.ActorOf(r), casting.GivePick{CandidateID: id, Answer: casting.Answer(f.Answer), Reason: f.Reason})
	if errs, ok := web.Invalid(r, err); ok {
		return d.pickRefused(w, r, f, errs[""], err)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, outside.Base(r)+"/picks#card-"+url.PathEscape(id), "")
}

// pickRefused shows the cards again with what was wrong; a missing reason is asked
// for on its card.
func (d room) pickRefused(w http.ResponseWriter, r *http.Request, f pickForm, text string, cause error) error {
	p, err := d.picksPage(w, r, "pick.title")
	if err != nil {
		return err
	}
	if p.Error, p.Reason = text, f.Reason; fault.CodeOf(cause) == casting.ErrReasonMissing.Code {
		p.Asking, p.Error = r.PathValue("candidate"), ""
	}
	return web.Render(w, r, web.StatusOf(cause), picksView(p))
}

func (d room) moveReserve(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[struct {
		By int64 `form:"by"`
	}](r)
	if err != nil {
		return err
	}
	if err := d.Casting.MoveReserve(r.Context(), web.ActorOf(r), r.PathValue("candidate"), f.By); err != nil {
		return err
	}
	return web.SeeOther(w, r, outside.Base(r)+"/picks/summary", "")
}

func (d room) pickSummary(w http.ResponseWriter, r *http.Request) error {
	p, err := d.picksPage(w, r, "pick.summary")
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, summaryView(p))
}

func (d room) sendPicks(w http.ResponseWriter, r *http.Request) error {
	actor, send := web.ActorOf(r), d.Casting.SendPicks
	if r.PostFormValue("as") == asDecision {
		send = d.Casting.SendDecision
	}
	sent, err := send(r.Context(), actor, actor.CampaignID)
	if errs, ok := web.Invalid(r, err); ok {
		p, err2 := d.picksPage(w, r, "pick.summary")
		if err2 != nil {
			return err2
		}
		p.Error = errs[""]
		return web.Render(w, r, web.StatusOf(err), summaryView(p))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, outside.Base(r)+"/picks/summary", "pick.toast.sent", "n", sent)
}

// asDecision is what the form says where its reader was told that the answers decide.
const asDecision = "decision"
