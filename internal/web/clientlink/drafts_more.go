package clientlink

import (
	"net/http"
	"net/url"

	"kolega/internal/review"
	"kolega/internal/web"
	"kolega/internal/web/outside"
)

type textForm struct {
	Text string `form:"text"`
}

func (d room) contest(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[textForm](r)
	if err != nil {
		return err
	}
	if err := d.Review.ContestWish(r.Context(), web.ActorOf(r), r.PathValue("item"), f.Text); err != nil {
		return d.refused(w, r, noteForm{}, err)
	}
	return web.SeeOther(w, r, outside.Base(r)+"/drafts/"+r.PathValue("id"), "draft.client.toast.contested")
}

// confirm is the client's own click on a decision that was told in a chat.
func (d room) confirm(w http.ResponseWriter, r *http.Request) error {
	if err := d.Review.ConfirmDecision(r.Context(), web.ActorOf(r), r.PathValue("id")); err != nil {
		return d.refused(w, r, noteForm{}, err)
	}
	return web.SeeOther(w, r, outside.Base(r)+"/drafts/"+r.PathValue("id"), "draft.client.toast.confirmed")
}

func (d room) object(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[textForm](r)
	if err != nil {
		return err
	}
	if err := d.Review.ObjectToDecision(r.Context(), web.ActorOf(r), r.PathValue("id"), f.Text); err != nil {
		return d.refused(w, r, noteForm{}, err)
	}
	return web.SeeOther(w, r, outside.Base(r)+"/drafts/"+r.PathValue("id"), "draft.client.toast.objected")
}

type answerForm struct {
	Answer string `form:"answer"`
	Code   string `form:"code"`
}

// answerChange accepts a price with the code that was sent, or leaves the wish.
func (d room) answerChange(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[answerForm](r)
	if err != nil {
		return err
	}
	if f.Answer == string(review.AnswerYes) {
		if err := d.Access.AnswerStepUp(r.Context(), web.ActorOf(r), review.StepUpChange, f.Code); err != nil {
			return d.refused(w, r, noteForm{}, asField(err))
		}
	}
	c, err := d.Review.AcceptChange(r.Context(), web.ActorOf(r), r.PathValue("change"), review.Answer(f.Answer))
	if err != nil {
		return d.refused(w, r, noteForm{}, err)
	}
	toast := "draft.client.toast.left"
	if c.Client == review.AnswerYes {
		toast = "draft.client.toast.accepted"
	}
	return web.SeeOther(w, r, outside.Base(r)+"/drafts/"+r.PathValue("id"), toast)
}

// askCode has the code sent and says where to.
func (d room) askCode(w http.ResponseWriter, r *http.Request) error {
	place, err := d.Review.AskChangeCode(r.Context(), web.ActorOf(r), r.PathValue("change"))
	if err != nil {
		return d.refused(w, r, noteForm{}, err)
	}
	return web.SeeOther(w, r, outside.Base(r)+"/drafts/"+r.PathValue("id")+"?sent="+url.QueryEscape(place), "draft.client.toast.code")
}
