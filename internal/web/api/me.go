package api

import (
	"context"
	"net/http"

	"kolega/internal/access"
)

type meOut struct {
	Kind string `json:"kind" enum:"staff,client,talent"`
	ID   string `json:"id"`
	Name string `json:"name"`
	Role string `json:"role"`
	Lang string `json:"lang"`
	Zone string `json:"zone"`
}

func registerMe(a *API) {
	op(a, http.MethodGet, "/me", "", "Who the token belongs to", func(_ context.Context, actor access.Actor, _ *struct{}) (meOut, error) {
		return meOut{actor.Kind, actor.ID, actor.Name, string(actor.Role), actor.Lang, actor.Zone}, nil
	})
}
