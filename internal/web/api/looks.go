package api

import (
	"bytes"
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/report"
)

type dressOut struct {
	Color string     `json:"color" doc:"RRGGBB; empty is the house's own"`
	Logo  []byte     `json:"logo,omitempty" doc:"PNG"`
	Since *time.Time `json:"since,omitempty"`
}

func dressWire(l access.Look) dressOut { return dressOut{l.Color, l.Logo, instant(l.Since)} }

type dressIn struct {
	Color string `json:"color" example:"0A5C5A" doc:"empty for the house's own"`
	Logo  []byte `json:"logo,omitempty" doc:"PNG or JPEG; absent keeps the present one"`
	Drop  bool   `json:"drop_logo,omitempty"`
}

func (in dressIn) look() access.NewLook {
	n := access.NewLook{Color: in.Color, Drop: in.Drop}
	if len(in.Logo) > 0 {
		n.Logo = bytes.NewReader(in.Logo)
	}
	return n
}

type agencyDressIn struct{ Body dressIn }

type clientDressIn struct {
	ID   string `path:"id"`
	Body dressIn
}

func registerLooks(a *API) {
	op(a, http.MethodGet, "/agency/look", "access.settings", "The agency's colour and logo", func(ctx context.Context, actor access.Actor, _ *struct{}) (dressOut, error) {
		if err := actor.Require("access.settings", access.Owner{}); err != nil {
			return dressOut{}, err
		}
		l, err := a.Access.AgencyLook(ctx)
		return dressWire(l), err
	})
	op(a, http.MethodPut, "/agency/look", "access.settings", "Change the agency's colour and logo from now on", func(ctx context.Context, actor access.Actor, in *agencyDressIn) (okAnswer, error) {
		return okAnswer{true}, a.Access.SaveAgencyLook(ctx, actor, in.Body.look())
	})
	op(a, http.MethodGet, "/clients/{id}/look", "client.see", "A client's colour and logo", func(ctx context.Context, actor access.Actor, in *ID) (dressOut, error) {
		l, err := a.Client.Look(ctx, actor, in.ID)
		return dressWire(l), err
	})
	op(a, http.MethodPut, "/clients/{id}/look", "client.edit", "Change a client's colour and logo from now on", func(ctx context.Context, actor access.Actor, in *clientDressIn) (okAnswer, error) {
		return okAnswer{true}, a.Client.SaveLook(ctx, actor, in.ID, in.Body.look())
	})
}

type draftLineOut struct {
	Talent   string     `json:"talent"`
	Handle   string     `json:"handle"`
	Platform string     `json:"platform"`
	Format   string     `json:"format"`
	Version  int64      `json:"version" doc:"that the client saw last; 0 none yet"`
	State    string     `json:"state" enum:"drafting,with-you,revising,approved,live,measured"`
	Move     string     `json:"move" enum:"us,client,talent,none" doc:"whose move it is"`
	Since    *time.Time `json:"since,omitempty"`
	DueAt    *time.Time `json:"due_at,omitempty"`
	Late     bool       `json:"late"`
}

func registerDraftStatus(a *API) {
	op(a, http.MethodGet, "/draft-status", "", "Where each piece of a campaign stands and whose move it is", func(ctx context.Context, actor access.Actor, in *inCampaign) (Page[draftLineOut], error) {
		s, err := a.Boards.DraftStatus(ctx, actor, in.Campaign)
		return Page[draftLineOut]{Items: list(s.Lines, func(d report.DraftLine) draftLineOut {
			return draftLineOut{d.Talent, d.Handle, d.Platform, d.Format, d.Version, d.State, string(d.Party), instant(d.Since), instant(d.Due.At), d.Late}
		})}, err
	})
}
