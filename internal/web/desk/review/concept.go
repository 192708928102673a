package review

import (
	"net/http"

	"kolega/internal/review"
	"kolega/internal/web"
	"kolega/internal/web/media"
)

// askConcept wants a concept before the first draft.
func (d rooms) askConcept(w http.ResponseWriter, r *http.Request) error {
	return d.done(w, r, d.Review.AskConcept(r.Context(), web.ActorOf(r), r.PathValue("draft")), "concept.toast.wanted")
}

type waiveForm struct {
	Reason string `form:"reason"`
}

func (d rooms) waiveConcept(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[waiveForm](r)
	if err == nil {
		err = d.Review.WaiveConcept(r.Context(), web.ActorOf(r), r.PathValue("draft"), f.Reason)
	}
	return d.done(w, r, err, "concept.toast.waived")
}

// sendConcept takes a concept that the talent told by another way.
func (d rooms) sendConcept(w http.ResponseWriter, r *http.Request) error {
	_, err := media.SendConcept(r, d.House, r.PathValue("draft"))
	return d.done(w, r, err, "concept.toast.kept")
}

type lookForm struct {
	Concept  string `form:"concept"`
	Key      string `form:"which"`
	Note     string `form:"note"`
	Override string `form:"override"`
	Act      string `form:"act"` // "pass" or "back"
}

func (d rooms) lookAtConcept(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[lookForm](r)
	if err != nil {
		return err
	}
	c, err := d.Review.LookAtConcept(r.Context(), web.ActorOf(r), review.LookAtConcept{ConceptID: f.Concept, Key: review.Key(f.Key), Pass: f.Act != "back", Note: f.Note, Override: f.Override})
	toast := "concept.toast.passed"
	switch {
	case c.Back():
		toast = "concept.toast.back"
	case !c.ShownAt.IsZero():
		toast = "concept.toast.shown"
	}
	return d.done(w, r, err, toast)
}

// lookKey is the key that the concept waits for; "" when it waits for none, or not for the reader.
func (p roomPage) lookKey() review.Key {
	switch {
	case p.Room.Step == review.StepConceptFirst && p.Actor.Can("concept.check.first"):
		return review.KeySpecialist
	case p.Room.Step == review.StepConceptSecond && p.Actor.Can("concept.check.final"):
		return review.KeyAE
	}
	return ""
}

// mayWant: a concept can still be asked for.
func (p roomPage) mayWant() bool {
	return p.Actor.Can("concept.ask") && p.Room.Deliverable.ConceptAskedAt.IsZero() && review.MayAskConcept(p.Room.Deliverable, len(p.Room.Versions)) == nil
}
