package review

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/db"
)

// TickClaims keeps that a person found a version to hold rules of the brief's checklist
// of claims and disclosure (B10). Ticks stay with their version: a new upload is looked
// at anew. Faults: draft.approved, claim.absent, claim.rule, claim.number.
func (s *Service) TickClaims(ctx context.Context, actor access.Actor, versionID string, ruleIDs []string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		d, v, err := load(ctx, tx, actor, "draft.check.final", versionID)
		if err != nil {
			return err
		}
		if !d.Open() {
			return ErrApproved
		}
		if err := campaign.TickClaims(ctx, tx, d.CampaignID, v.ID, ruleIDs, actor.ID, actor.Name); err != nil {
			return err
		}
		e := entry("draft.check.final", "claims", v.ID, d)
		e.After = map[string]any{"ticked": ruleIDs}
		return audit.Record(ctx, tx, actor.Who, e)
	})
}

func (r *Room) fillClaims(ctx context.Context, tx *db.Tx) (err error) {
	if r.Claims, err = campaign.LoadClaimSheet(ctx, tx, r.Deliverable.CampaignID); err != nil || !r.Claims.Attached() {
		return err
	}
	r.ClaimTicks, err = campaign.ListClaimTicks(ctx, tx, r.Version.ID)
	return err
}
