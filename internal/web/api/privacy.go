package api

import (
	"context"
	"net/http"

	"kolega/internal/access"
	"kolega/internal/privacy"
)

type eraseIn struct {
	ID
	Body struct {
		Name   string `json:"name" doc:"the person's name, as a confirmation"`
		Reason string `json:"reason" doc:"who asked for it and how"`
	}
}

// registerPrivacy lets programs make a person's copy and erase a person.
func registerPrivacy(a *API) {
	for kind, path := range map[privacy.Kind]string{privacy.Talent: "/talents/{id}/personal-data", privacy.Contact: "/contacts/{id}/personal-data"} {
		op(a, http.MethodPost, path+"/copy", "privacy.copy", "Make a copy of everything kept about the person that is theirs to have", func(ctx context.Context, actor access.Actor, in *ID) (privacy.Copy, error) {
			return a.Privacy.Copy(ctx, actor, privacy.Subject{Kind: kind, ID: in.ID})
		})
		op(a, http.MethodPost, path+"/erase", "privacy.erase", "Erase the person; amounts and the trail stay without the name; it cannot be undone", func(ctx context.Context, actor access.Actor, in *eraseIn) (struct{}, error) {
			return struct{}{}, a.Privacy.Erase(ctx, actor, privacy.Subject{Kind: kind, ID: in.ID.ID}, in.Body.Name, in.Body.Reason)
		})
	}
}
