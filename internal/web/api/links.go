package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/db"
)

type linkIn struct {
	ID   string `path:"id"`
	Body struct {
		Party    string     `json:"party" enum:"client,talent"`
		PersonID string     `json:"person_id" doc:"a contact of the client, or a talent with an offer or a booking"`
		Until    *time.Time `json:"until,omitempty" doc:"default: 14 days from now"`
	}
}

type linkOut struct {
	Token string    `json:"token" doc:"shown once; also the bearer token of the room's person"`
	Path  string    `json:"path"`
	Until time.Time `json:"until"`
}

type roomLink struct {
	ID       string     `json:"id"`
	Party    string     `json:"party"`
	Name     string     `json:"name"`
	Until    time.Time  `json:"until"`
	OpenedAt *time.Time `json:"opened_at,omitempty"`
	Live     bool       `json:"live"`
}

func registerLinks(a *API) {
	op(a, http.MethodPost, "/campaigns/{id}/links", "access.links", "Make a room link for one person outside", a.makeLink)
	op(a, http.MethodGet, "/campaigns/{id}/links", "access.links", "The campaign's room links", func(ctx context.Context, actor access.Actor, in *ID) (Page[roomLink], error) {
		links, err := a.Access.Links(ctx, actor, in.ID)
		now := a.DB.Now()
		return Page[roomLink]{Items: list(links, func(l access.Link) roomLink {
			return roomLink{l.ID, string(l.Party), l.Name, l.ExpiresAt, instant(l.OpenedAt), l.Live(now)}
		})}, err
	})
	op(a, http.MethodDelete, "/links/{id}", "access.links", "Withdraw a room link at once", func(ctx context.Context, actor access.Actor, in *ID) (struct{}, error) {
		return struct{}{}, a.Access.RevokeLink(ctx, actor, in.ID)
	})
}

func (a *API) makeLink(ctx context.Context, actor access.Actor, in *linkIn) (out linkOut, err error) {
	people, err := a.Boards.People(ctx, actor, in.ID)
	if err != nil {
		return out, err
	}
	room, _, _, ok := people.Room(access.Role(in.Body.Party), in.Body.PersonID)
	if !ok {
		return out, db.ErrNotFound
	}
	out.Until = access.LinkUntil(a.DB.Now())
	if in.Body.Until != nil {
		out.Until = *in.Body.Until
	}
	out.Token, err = a.Access.IssueLink(ctx, actor, room, out.Until)
	out.Path = "/c/" + out.Token
	if room.Party == access.Talent {
		out.Path = "/t/" + out.Token
	}
	return out, err
}
