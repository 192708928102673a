package clientlink

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
	return []web.Route{
		{Method: "GET", Pattern: "/drafts", Verb: "draft.watch", Handle: d.drafts},
		{Method: "GET", Pattern: "/drafts/{id}", Verb: "draft.watch", Handle: d.draft},
		{Method: "POST", Pattern: "/drafts/{id}/approve", Verb: "draft.approve", Handle: d.approve},
		{Method: "POST", Pattern: "/drafts/{id}/notes", Verb: "round.send", Handle: d.notes},
		{Method: "POST", Pattern: "/drafts/{id}/notes/{item}/remove", Verb: "round.send", Handle: d.removeNote},
		{Method: "POST", Pattern: "/drafts/{id}/watched", Verb: "draft.watch", Handle: d.watched},
		{Method: "POST", Pattern: "/drafts/{id}/items/{item}/contest", Verb: "round.contest", Handle: d.contest},
		{Method: "POST", Pattern: "/drafts/{id}/changes/{change}", Verb: "change.accept", Handle: d.answerChange},
		{Method: "POST", Pattern: "/drafts/{id}/changes/{change}/code", Verb: "change.accept", Handle: d.askCode},
		{Method: "POST", Pattern: "/drafts/{id}/object", Verb: "draft.approve", Handle: d.object},
		{Method: "POST", Pattern: "/drafts/{id}/confirm", Verb: "draft.approve", Handle: d.confirm},
		{Method: "POST", Pattern: "/drafts/{id}/concept", Verb: "concept.decide", Handle: d.decideConcept},
		{Method: "GET", Pattern: "/concepts/{concept}/{picture}", Verb: "draft.watch", Handle: media.ServePicture(d.House)},
		{Method: "GET", Pattern: "/files/{version}", Verb: "draft.watch", Handle: media.ServeDraft(d.House)},
	}
}

type draftsPage struct {
	Page    ui.OutsidePage
	Base    string
	Now     time.Time
	Waiting int
	List    []review.ClientLine
}

func (d room) drafts(w http.ResponseWriter, r *http.Request) error {
	list, err := d.Review.ClientDrafts(r.Context(), web.ActorOf(r))
	if err != nil {
		return err
	}
	frame, err := outside.Frame(w, r, d.House, locale.T(r.Context(), "draft.client.title"), "")
	if err != nil {
		return err
	}
	p := draftsPage{Page: frame, Base: outside.Base(r), Now: d.DB.Now(), List: list}
	for _, l := range list {
		if l.Waits() {
			p.Waiting++
		}
	}
	return web.Render(w, r, http.StatusOK, draftsView(p))
}

// noteForm is one note and the choice of those that were kept.
type noteForm struct {
	Version string   `form:"version"`
	Text    string   `form:"text"`
	At      string   `form:"frame"`
	Drawing string   `form:"strokes"`
	Point   string   `form:"point"`
	Items   []string `form:"item"`
	Small   bool     `form:"small"`
	Act     string   `form:"act"` // "add" keeps the note, "send" sends the round
}

type draftPage struct {
	Page   ui.OutsidePage
	Base   string
	Now    time.Time
	Key    string
	Name   string
	Draft  review.ClientDraft
	Ideas  review.ConceptView
	Note   string               // typed about a concept
	Other  review.ClientVersion // beside which it is compared; zero for none
	Form   noteForm
	Errors map[string]string
	Code   string // where a code was sent, mostly hidden
}

func (p draftPage) path() string { return p.Base + "/drafts/" + p.Draft.DeliverableID }

// decidable: the version looked at is the one to be decided on.
func (p draftPage) decidable() bool {
	return p.Draft.CurrentID != "" && p.Draft.CurrentID == p.Draft.Version.ID
}

func (d room) draft(w http.ResponseWriter, r *http.Request) error {
	return d.showDraft(w, r, http.StatusOK, draftPage{Code: r.URL.Query().Get("sent")})
}

// showDraft shows the page at the version asked for, with a refused form as it was filled.
func (d room) showDraft(w http.ResponseWriter, r *http.Request, status int, p draftPage) error {
	at := first(p.Form.Version, r.URL.Query().Get("v"))
	c, err := d.Review.ClientDraft(r.Context(), web.ActorOf(r), r.PathValue("id"), at)
	if err != nil {
		return err
	}
	p.Page, err = outside.Frame(w, r, d.House, c.Talent+" · "+formatName(r.Context(), c.Platform, c.Format, c.Number), c.Campaign)
	if err != nil {
		return err
	}
	if p.Ideas, err = d.Review.Concepts(r.Context(), web.ActorOf(r), c.DeliverableID); err != nil {
		return err
	}
	p.Base, p.Now, p.Key, p.Name, p.Draft = outside.Base(r), d.DB.Now(), desk.NewKey(r), web.ActorOf(r).Name, c
	for _, v := range c.Versions {
		if v.ID == r.URL.Query().Get("with") && v.ID != c.Version.ID {
			p.Other = v
		}
	}
	p.Page.Wide = c.Version.ID != ""
	return web.Render(w, r, status, draftView(p))
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

type conceptForm struct {
	Concept string `form:"concept"`
	Note    string `form:"note"`
	Act     string `form:"act"` // "approve" or "change"
}

// decideConcept takes the word on the concept that was on the page.
func (d room) decideConcept(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[conceptForm](r)
	if err != nil {
		return err
	}
	_, err = d.Review.DecideConcept(r.Context(), web.ActorOf(r), f.Concept, f.Act == "approve", f.Note)
	if err != nil {
		return d.refusedWith(w, r, draftPage{Note: f.Note}, err)
	}
	toast := "concept.toast.asked"
	if f.Act == "approve" {
		toast = "concept.toast.approved"
	}
	return web.SeeOther(w, r, outside.Base(r)+"/drafts/"+r.PathValue("id"), toast)
}

type versionForm struct {
	Version string `form:"version"`
}

// approve takes the yes to the version that was on the page. A version that is not
// the one to decide on any more is answered by the page of the newer one.
func (d room) approve(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[versionForm](r)
	if err != nil {
		return err
	}
	_, err = d.Review.ApproveDraft(r.Context(), web.ActorOf(r), f.Version)
	if err != nil {
		return d.refused(w, r, noteForm{Version: f.Version}, err)
	}
	c, err := d.Review.ClientDraft(r.Context(), web.ActorOf(r), r.PathValue("id"), f.Version)
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, outside.Base(r)+"/drafts/"+r.PathValue("id"), "draft.client.toast.approved", "number", c.Version.Number)
}

// refused shows the draft again with what was wrong; nothing typed is lost.
func (d room) refused(w http.ResponseWriter, r *http.Request, f noteForm, err error) error {
	return d.refusedWith(w, r, draftPage{Form: f}, err)
}

func (d room) refusedWith(w http.ResponseWriter, r *http.Request, p draftPage, err error) error {
	errs, ok := web.Invalid(r, err)
	if !ok && fault.CodeOf(err) == review.ErrNotDecider.Code {
		errs, ok = map[string]string{"": locale.From(r.Context()).Fault(err)}, true
	}
	if !ok {
		return err
	}
	p.Errors = errs
	return d.showDraft(w, r, web.StatusOf(err), p)
}

// notes keeps a note, or sends the round with the chosen notes and the one just written.
func (d room) notes(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[noteForm](r)
	if err != nil {
		return err
	}
	note, err := f.item()
	if err == nil && f.Act == "add" {
		_, err = d.Review.ProposeItem(r.Context(), web.ActorOf(r), f.Version, note)
	} else if err == nil {
		req := review.RequestRound{VersionID: f.Version, ItemIDs: f.Items, SmallFix: f.Small}
		if f.Text != "" {
			req.Items = []review.NewItem{note}
		}
		_, err = d.Review.RequestRound(r.Context(), web.ActorOf(r), req)
	}
	if err != nil {
		return d.refused(w, r, f, err)
	}
	toast := "draft.client.toast.sent"
	if f.Act == "add" {
		toast = "draft.client.toast.kept"
	}
	return web.SeeOther(w, r, outside.Base(r)+"/drafts/"+r.PathValue("id"), toast)
}

func (f noteForm) item() (review.NewItem, error) {
	at, until, err := review.ParseSpan(f.At)
	return review.NewItem{Text: f.Text, AtMS: at, UntilMS: until, Drawing: f.Drawing, PointID: f.Point}, err
}

func (d room) removeNote(w http.ResponseWriter, r *http.Request) error {
	if err := d.Review.WithdrawItem(r.Context(), web.ActorOf(r), r.PathValue("item")); err != nil {
		return err
	}
	return web.SeeOther(w, r, outside.Base(r)+"/drafts/"+r.PathValue("id"), "draft.client.toast.removed")
}

// watched keeps that the video was played; a page that is only opened says nothing.
func (d room) watched(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[versionForm](r)
	if err != nil {
		return err
	}
	if err := d.Review.MarkOpened(r.Context(), web.ActorOf(r), f.Version); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
