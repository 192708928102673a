package api

import (
	"context"
	"net/http"

	"kolega/internal/access"
	"kolega/internal/campaign"
)

type claimSheetOut struct {
	Product string         `json:"product" doc:"cosmetics, food or general; empty while no checklist is attached"`
	Number  string         `json:"number"`
	On      string         `json:"attached_on"`
	Version int64          `json:"version"`
	Rules   []claimRuleOut `json:"rules"`
}

type claimRuleOut struct {
	ID          string `json:"id"`
	TextID      string `json:"text_id"`
	TextEN      string `json:"text_en"`
	Source      string `json:"source"`
	NeedsNumber bool   `json:"needs_number"`
}

func claimSheetWire(s campaign.ClaimSheet, err error) (claimSheetOut, error) {
	return claimSheetOut{s.Product, s.Number, string(s.On), s.Version, list(s.Rules, func(r campaign.ClaimRule) claimRuleOut {
		return claimRuleOut{r.ID, r.TextID, r.TextEN, r.Source, r.NeedsNumber}
	})}, err
}

type attachClaimsIn struct {
	ID
	Body struct {
		Product string `json:"product" enum:"cosmetics,food,general"`
		Number  string `json:"number,omitempty" doc:"under which the product is registered"`
		Version int64  `json:"version,omitempty" doc:"of the checklist that was read; 0 for the first"`
	}
}

type tickClaimsIn struct {
	ID
	Body struct {
		Rules []string `json:"rules"`
	}
}

func registerClaims(a *API) {
	op(a, http.MethodGet, "/campaigns/{id}/claims", "brief.edit", "The checklist of claims and disclosure", func(ctx context.Context, actor access.Actor, in *ID) (claimSheetOut, error) {
		return claimSheetWire(a.Campaign.Claims(ctx, actor, in.ID))
	})
	op(a, http.MethodPut, "/campaigns/{id}/claims", "brief.edit", "Attach the checklist of the market and a product group", func(ctx context.Context, actor access.Actor, in *attachClaimsIn) (claimSheetOut, error) {
		return claimSheetWire(a.Campaign.AttachClaims(ctx, actor, in.ID.ID, in.Body.Product, in.Body.Number, in.Body.Version))
	})
	op(a, http.MethodPost, "/drafts/{id}/claims", "draft.check.final", "Tick rules of the checklist for a version", func(ctx context.Context, actor access.Actor, in *tickClaimsIn) (done, error) {
		return done{true}, a.Review.TickClaims(ctx, actor, in.ID.ID, in.Body.Rules)
	})
}
