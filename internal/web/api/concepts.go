package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/review"
	"kolega/internal/web"
	"kolega/internal/web/media"
)

// conceptOut is what a talent means to film, as the reader's party sees it.
type conceptOut struct {
	ID        string       `json:"id"`
	Number    int64        `json:"number"`
	Text      string       `json:"text"`
	Promises  []promiseOut `json:"promises" doc:"points of the deliverable once the concept is approved"`
	Pictures  []pictureOut `json:"pictures"`
	SentAt    *time.Time   `json:"sent_at"`
	SentBy    string       `json:"sent_by"`
	ShownAt   *time.Time   `json:"shown_at"`
	Returned  *time.Time   `json:"returned_at,omitempty"`
	DecidedAt *time.Time   `json:"decided_at,omitempty"`
	DecidedBy string       `json:"decided_by,omitempty"`
	Approved  bool         `json:"approved"`
	Words     string       `json:"words,omitempty" doc:"why it went back"`
}

type promiseOut struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

type pictureOut struct {
	ID     string `json:"id"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
	Type   string `json:"type"`
}

func pictureWire(p review.Picture) pictureOut { return pictureOut{p.ID, p.SHA256, p.Size, p.Type} }

func conceptWire(c review.Concept) conceptOut {
	return conceptOut{c.ID, c.Number, c.Text, list(c.Promises, func(p review.Promise) promiseOut { return promiseOut(p) }), list(c.Pictures, pictureWire),
		instant(c.SentAt), c.SentBy, instant(c.ShownAt), instant(c.ReturnedAt), instant(c.DecidedAt), c.DecidedBy, c.Approved, c.Words}
}

type conceptIn struct {
	ID
	Body struct {
		Text     string   `json:"text"`
		Promises []string `json:"promises" doc:"what the content will have, 1 to 20"`
		Pictures []string `json:"pictures,omitempty" doc:"ids of pictures that were kept"`
	}
}

type conceptLookIn struct {
	ID
	Body struct {
		Key      string `json:"key" enum:"specialist,ae"`
		Pass     bool   `json:"pass" doc:"false: back to the talent"`
		Note     string `json:"note,omitempty" doc:"for the talent, when it goes back"`
		Override string `json:"override,omitempty" doc:"why one person turns both keys"`
	}
}

type decideConceptIn struct {
	ID
	Body struct {
		Approve bool   `json:"approve"`
		Words   string `json:"words,omitempty" doc:"what should be different, unless approved"`
	}
}

func registerConcepts(a *API) {
	for _, door := range []struct{ path, verb, who string }{{"/deliverables/{id}/concepts", "draft.see", "staff see"}, {"/client-drafts/{id}/concepts", "draft.watch", "the client sees"}, {"/talent-drafts/{id}/concepts", "draft.own", "the talent sees"}} {
		op(a, http.MethodGet, door.path, access.Verb(door.verb), "The concepts of a deliverable as "+door.who+" them, the newest first", func(ctx context.Context, actor access.Actor, in *ID) (Page[conceptOut], error) {
			v, err := a.Review.Concepts(ctx, actor, in.ID)
			return Page[conceptOut]{Items: list(v.Concepts, conceptWire)}, err
		})
	}
	op(a, http.MethodPost, "/deliverables/{id}/concept-requests", "concept.ask", "Ask for a concept before the first draft", func(ctx context.Context, actor access.Actor, in *ID) (done, error) {
		return done{true}, a.Review.AskConcept(ctx, actor, in.ID)
	})
	op(a, http.MethodPost, "/deliverables/{id}/concept-waivers", "concept.ask", "Let the talent film without a concept; text says why", func(ctx context.Context, actor access.Actor, in *textIn) (done, error) {
		return done{true}, a.Review.WaiveConcept(ctx, actor, in.ID.ID, in.Body.Text)
	})
	op(a, http.MethodPost, "/deliverables/{id}/concepts", "concept.send", "Send a concept", func(ctx context.Context, actor access.Actor, in *conceptIn) (conceptOut, error) {
		c, err := a.Review.SendConcept(ctx, actor, in.ID.ID, review.NewConcept{Text: in.Body.Text, Promises: strings.Join(in.Body.Promises, "\n"), PictureIDs: in.Body.Pictures})
		return conceptWire(c), err
	})
	op(a, http.MethodPost, "/concepts/{id}/looks", "draft.see", "Turn a key of a concept; the second shows it to the client", func(ctx context.Context, actor access.Actor, in *conceptLookIn) (conceptOut, error) {
		c, err := a.Review.LookAtConcept(ctx, actor, review.LookAtConcept{ConceptID: in.ID.ID, Key: review.Key(in.Body.Key), Pass: in.Body.Pass, Note: in.Body.Note, Override: in.Body.Override})
		return conceptWire(c), err
	})
	op(a, http.MethodPost, "/concepts/{id}/decisions", "concept.decide", "Decide on exactly this concept", func(ctx context.Context, actor access.Actor, in *decideConceptIn) (conceptOut, error) {
		c, err := a.Review.DecideConcept(ctx, actor, in.ID.ID, in.Body.Approve, in.Body.Words)
		return conceptWire(c), err
	})
	a.raw(http.MethodPost, "/deliverables/{id}/concept-pictures", func(w http.ResponseWriter, r *http.Request) error {
		p, err := a.Review.KeepPicture(r.Context(), web.ActorOf(r), r.PathValue("id"), r.URL.Query().Get("name"), r.Body)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusCreated)
		return json.NewEncoder(w).Encode(pictureWire(p))
	})
	a.raw(http.MethodGet, "/concepts/{concept}/pictures/{picture}", media.ServePicture(a.House))
}
