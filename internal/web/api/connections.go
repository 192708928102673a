package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/result"
)

type connectionOut struct {
	ID        string     `json:"id"`
	Platform  string     `json:"platform"`
	Way       string     `json:"way"`
	Mode      string     `json:"mode"`
	AccountID string     `json:"account_id,omitempty"`
	TalentID  string     `json:"talent_id,omitempty"`
	Talent    string     `json:"talent,omitempty"`
	Handle    string     `json:"handle,omitempty"`
	TokenEnd  string     `json:"token_end" doc:"last characters of the token"`
	Gives     []string   `json:"gives" doc:"metrics that the platform tells by this way"`
	ExpiresAt *time.Time `json:"expires_at,omitempty" doc:"of the token, where the platform has said so"`
	PulledAt  *time.Time `json:"pulled_at,omitempty"`
	Asked     int64      `json:"asked" doc:"posts of the last pull"`
	Found     int64      `json:"found"`
	Fault     string     `json:"fault,omitempty" doc:"code of the last failure; empty after a good pull"`
	NextAt    *time.Time `json:"next_at,omitempty" doc:"absent when only a person can make it read again"`
	Version   int64      `json:"version"`
}

func connectionWire(c result.Connected) connectionOut {
	return connectionOut{ID: c.ID, Platform: c.Platform, Way: string(c.Way), Mode: c.Mode, AccountID: c.AccountID, TalentID: c.TalentID, Talent: c.Talent, Handle: c.Account, TokenEnd: c.TokenEnd,
		Gives: list(result.Gives(c.Platform, c.Way), func(m result.Metric) string { return string(m) }), ExpiresAt: instant(c.ExpiresAt), PulledAt: instant(c.PulledAt), Asked: c.Asked, Found: c.Found,
		Fault: c.Fault, NextAt: instant(c.NextAt), Version: c.Version}
}

type connectionIn struct {
	Body struct {
		ID        string `json:"id,omitempty" doc:"empty for a new one"`
		Platform  string `json:"platform,omitempty" enum:"instagram,tiktok,youtube" doc:"of a new one"`
		AccountID string `json:"account_id,omitempty" doc:"of a talent who lets us in; empty for a key of the agency"`
		Mode      string `json:"mode" enum:"live,sandbox"`
		Token     string `json:"token,omitempty" doc:"empty leaves the one that is kept"`
		Renewal   string `json:"refresh_token,omitempty"`
		App       string `json:"client_key,omitempty"`
		AppSecret string `json:"client_secret,omitempty"`
		Version   int64  `json:"version" doc:"0 for a new one"`
	}
}

type pulledOut struct {
	At      *time.Time       `json:"at"`
	Counts  map[string]int64 `json:"counts" doc:"what the platform told; absent is unknown, never zero"`
	Missing []string         `json:"missing" doc:"what it can tell and kept to itself"`
	Fault   string           `json:"fault,omitempty"`
}

func registerConnections(a *API) {
	op(a, http.MethodGet, "/connections", "connection.see", "Ways into platforms from which figures are read", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[connectionOut], error) {
		found, err := a.Result.Connections(ctx, actor)
		return Page[connectionOut]{Items: list(found, connectionWire)}, err
	})
	op(a, http.MethodPut, "/connections", "connection.edit", "Connect an account or a key, or connect it again", func(ctx context.Context, actor access.Actor, in *connectionIn) (thingOut, error) {
		b := in.Body
		way := result.WayAgency
		if b.AccountID != "" {
			way = result.WayAccount
		}
		c, err := a.Result.SaveConnection(ctx, actor, result.SaveConnection{ID: b.ID, Platform: b.Platform, Way: way, Mode: b.Mode, AccountID: b.AccountID,
			Token: b.Token, Renewal: b.Renewal, App: b.App, AppSecret: b.AppSecret, Version: b.Version})
		return thingOut{c.ID}, err
	})
	op(a, http.MethodPost, "/connections/{id}/pull", "connection.edit", "Read through a connection now", func(ctx context.Context, actor access.Actor, in *ID) (thingOut, error) {
		return thingOut{in.ID}, a.Result.PullNow(ctx, actor, in.ID)
	})
	op(a, http.MethodDelete, "/connections/{id}", "connection.edit", "Disconnect and forget the token", func(ctx context.Context, actor access.Actor, in *ID) (thingOut, error) {
		return thingOut{in.ID}, a.Result.Disconnect(ctx, actor, in.ID)
	})
	op(a, http.MethodGet, "/posts/{id}/pulled", "insight.see", "What the platform said of a post last", func(ctx context.Context, actor access.Actor, in *ID) (pulledOut, error) {
		p, _, err := a.Result.PulledOf(ctx, actor, in.ID)
		out := pulledOut{At: instant(p.At), Counts: map[string]int64{}, Missing: list(p.Missing, func(m result.Metric) string { return string(m) }), Fault: p.Fault}
		for m, n := range p.Counts {
			out.Counts[string(m)] = n
		}
		return out, err
	})
}
