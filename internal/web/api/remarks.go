package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/review"
)

type remarkOut struct {
	ID      string     `json:"id"`
	Author  string     `json:"author"`
	Text    string     `json:"text"`
	At      string     `json:"at,omitempty"`
	Drawing string     `json:"drawing,omitempty"`
	MadeAt  *time.Time `json:"made_at"`
}

func remarkWire(m review.Remark) remarkOut {
	return remarkOut{m.ID, m.Author, m.Text, review.FormatSpan(m.AtMS, m.UntilMS), m.Drawing, instant(m.CreatedAt)}
}

type remarkIn struct {
	ID
	Body struct {
		Text    string `json:"text"`
		At      string `json:"at,omitempty" example:"0:12–0:18"`
		Drawing string `json:"drawing,omitempty"`
	}
}

func registerRemarks(a *API) {
	op(a, http.MethodPost, "/drafts/{id}/remarks", "draft.remark", "Say something about a draft to the agency's people only", func(ctx context.Context, actor access.Actor, in *remarkIn) (remarkOut, error) {
		at, until, err := review.ParseSpan(in.Body.At)
		if err != nil {
			return remarkOut{}, err
		}
		m, err := a.Review.AddRemark(ctx, actor, in.ID.ID, review.NewItem{Text: in.Body.Text, AtMS: at, UntilMS: until, Drawing: in.Body.Drawing})
		return remarkWire(m), err
	})
	op(a, http.MethodDelete, "/remarks/{id}", "draft.remark", "Take the own remark back", func(ctx context.Context, actor access.Actor, in *ID) (done, error) {
		return done{true}, a.Review.RemoveRemark(ctx, actor, in.ID)
	})
}
