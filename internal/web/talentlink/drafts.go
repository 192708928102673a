package talentlink

import (
	"net/http"
	"time"

	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/review"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/media"
	"kolega/internal/web/outside"
	"kolega/internal/web/ui"
)

func draftRoutes(d room) []web.Route {
	return append(media.NewTus(d.House).Routes(),
		web.Route{Method: "GET", Pattern: "/drafts", Verb: "draft.own", Handle: d.drafts},
		web.Route{Method: "GET", Pattern: "/drafts/{id}", Verb: "draft.own", Handle: d.draft},
		web.Route{Method: "POST", Pattern: "/drafts/{id}", Verb: "draft.upload", Handle: d.sendDraft},
		web.Route{Method: "POST", Pattern: "/drafts/{id}/items/{item}", Verb: "draft.own", Handle: d.tickItem},
		web.Route{Method: "POST", Pattern: "/drafts/{id}/changes/{change}", Verb: "change.take", Handle: d.takeChange},
		web.Route{Method: "POST", Pattern: "/drafts/{id}/concept", Verb: "concept.send", Handle: d.sendConcept},
		web.Route{Method: "GET", Pattern: "/concepts/{concept}/{picture}", Verb: "draft.own", Handle: media.ServePicture(d.House)},
		web.Route{Method: "GET", Pattern: "/files/{version}", Verb: "draft.own", Handle: media.ServeDraft(d.House)},
	)
}

type draftsPage struct {
	Page ui.OutsidePage
	Base string
	Now  time.Time
	List []review.TalentDraft
}

func (d room) drafts(w http.ResponseWriter, r *http.Request) error {
	list, err := d.Review.TalentDrafts(r.Context(), web.ActorOf(r))
	if err != nil {
		return err
	}
	p, err := outside.Frame(w, r, d.House, locale.T(r.Context(), "draft.title"), "", "id", "en", "fil")
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, draftsView(draftsPage{p, outside.Base(r), d.DB.Now(), list}))
}

type draftForm struct {
	Upload   string `form:"upload"`
	Link     string `form:"link"`
	Caption  string `form:"caption"`
	Hashtags string `form:"hashtags"`
	Mentions string `form:"mentions"`
	Music    string `form:"music"`
}

type draftPage struct {
	Page    ui.OutsidePage
	Base    string
	Now     time.Time
	Key     string
	Draft   review.TalentDraft
	Concept review.ConceptView
	Idea    media.ConceptForm // as typed into a refused form, or sent before
	Share   string            // the talent's own part in a date that moved
	Form    draftForm
	Answers map[string]string // item -> outcome, as typed
	Reasons map[string]string
	Errors  map[string]string
}

func (d room) draft(w http.ResponseWriter, r *http.Request) error {
	return d.showDraft(w, r, http.StatusOK, draftForm{}, nil, nil)
}

// sendConcept takes what the talent means to film, before it is filmed.
func (d room) sendConcept(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	f, err := media.SendConcept(r, d.House, id)
	if errs, ok := web.Invalid(r, err); ok && fault.KindOf(err) == fault.Invalid {
		return d.showDraft(w, r, http.StatusUnprocessableEntity, draftForm{}, &f, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, outside.Base(r)+"/drafts/"+id, "concept.toast.sent")
}

// showDraft shows the page, with a refused form as it was filled.
func (d room) showDraft(w http.ResponseWriter, r *http.Request, status int, f draftForm, idea *media.ConceptForm, errs map[string]string) error {
	t, err := d.Review.TalentDraft(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	frame, err := outside.Frame(w, r, d.House, formatName(r.Context(), t.Platform, t.Format, t.Number), "", "id", "en", "fil")
	if err != nil {
		return err
	}
	if f.Caption == "" && errs == nil && len(t.Versions) > 0 { // what was written before is kept for the next version
		v := t.Versions[0]
		f.Caption, f.Hashtags, f.Mentions, f.Music = v.Caption, signed(v.Hashtags, "#"), signed(v.Mentions, "@"), v.Music
	}
	p := draftPage{Page: frame, Base: outside.Base(r), Now: d.DB.Now(), Key: desk.NewKey(r), Draft: t, Form: f, Errors: errs, Answers: map[string]string{}, Reasons: map[string]string{}}
	if p.Share, err = d.Boards.TalentShare(r.Context(), web.ActorOf(r), t.DeliverableID); err != nil {
		return err
	}
	if p.Concept, err = d.Review.Concepts(r.Context(), web.ActorOf(r), t.DeliverableID); err != nil {
		return err
	}
	if p.Idea = media.FormOf(p.Concept.Newest()); idea != nil {
		p.Idea = *idea
	}
	for _, i := range t.ToDo {
		p.Answers[i.ID], p.Reasons[i.ID] = formOr(r, "done."+i.ID, string(i.Outcome)), formOr(r, "why."+i.ID, i.Reason)
	}
	return web.Render(w, r, status, draftView(p))
}

func formOr(r *http.Request, field, other string) string {
	if r.Form != nil && r.Form.Has(field) {
		return r.Form.Get(field)
	}
	return other
}

// sendDraft takes a file, a finished resumable upload or a link, and makes the version.
func (d room) sendDraft(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	upload, err := media.ReadDraftForm(r, d.House, id)
	f, formErr := web.Form[draftForm](r)
	if err == nil {
		err = formErr
	}
	if err == nil {
		_, err = d.Review.UploadDraft(r.Context(), web.ActorOf(r), review.UploadDraft{DeliverableID: id, UploadID: upload, LinkURL: f.Link,
			Caption: f.Caption, Hashtags: f.Hashtags, Mentions: f.Mentions, Music: f.Music, Answers: d.answers(r)})
	}
	if errs, ok := web.Invalid(r, err); ok && fault.KindOf(err) == fault.Invalid {
		return d.showDraft(w, r, http.StatusUnprocessableEntity, f, nil, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, outside.Base(r)+"/drafts/"+id, "draft.toast.sent")
}

// answers reads what the talent ticked about the items in the same form.
func (d room) answers(r *http.Request) (out []review.AnswerItem) {
	t, err := d.Review.TalentDraft(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return nil
	}
	for _, i := range t.ToDo {
		if o := r.Form.Get("done." + i.ID); o != "" {
			out = append(out, review.AnswerItem{ItemID: i.ID, Outcome: review.Outcome(o), Reason: r.Form.Get("why." + i.ID)})
		}
	}
	return out
}

type tickForm struct {
	Outcome string `form:"outcome"`
	Reason  string `form:"reason"`
}

func (d room) tickItem(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[tickForm](r)
	if err != nil {
		return err
	}
	err = d.Review.AnswerItem(r.Context(), web.ActorOf(r), review.AnswerItem{ItemID: r.PathValue("item"), Outcome: review.Outcome(f.Outcome), Reason: f.Reason})
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, outside.Base(r)+"/drafts/"+r.PathValue("id"), "draft.toast.ticked")
}

type changeForm struct {
	Answer string `form:"answer"`
	Reason string `form:"reason"`
}

func (d room) takeChange(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[changeForm](r)
	if err != nil {
		return err
	}
	c, err := d.Review.TakeChange(r.Context(), web.ActorOf(r), r.PathValue("change"), review.Answer(f.Answer), f.Reason)
	if err != nil {
		return err
	}
	toast := "draft.toast.change.no"
	if !c.EffectiveAt.IsZero() {
		toast = "draft.toast.change.yes"
	}
	return web.SeeOther(w, r, outside.Base(r)+"/drafts/"+r.PathValue("id"), toast)
}
