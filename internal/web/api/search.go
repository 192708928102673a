package api

import (
	"context"
	"net/http"

	"kolega/internal/access"
	"kolega/internal/find"
)

type searchIn struct {
	Text string `query:"q" required:"true" doc:"every word must begin a word, or stand inside one from three letters on; case and accents do not matter"`
	Each int    `query:"each" default:"6" minimum:"1" maximum:"50" doc:"answers of each kind at most"`
}

type foundOut struct {
	Kind   string `json:"kind" doc:"talent, campaign, client, brand, contact, opportunity, agreement, invoice, post, task"`
	ID     string `json:"id"`
	Within string `json:"within" doc:"the record on whose page it stands: a contact's client, a post's deliverable, else itself"`
	Title  string `json:"title"`
	Second string `json:"second,omitempty"`
}

func registerSearch(a *API) {
	op(a, http.MethodGet, "/search", "access.self", "Find anything that you may see by a part of its name, handle or number", func(ctx context.Context, actor access.Actor, in *searchIn) (Page[foundOut], error) {
		found, err := a.Find.Search(ctx, actor, in.Text, in.Each)
		return Page[foundOut]{Items: list(found, func(l find.Line) foundOut { return foundOut{string(l.Kind), l.ID, l.Within, l.Title, l.Second} })}, err
	})
}
