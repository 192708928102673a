package campaign

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/worktime"
)

// AttachClaims puts the checklist of the campaign's market and a product group beside its
// brief, with the number the product is registered under, as the rules stand today.
// From then on a draft is shown and approved only with all of it ticked (B10). Faults:
// claim.product, claim.number, campaign.closed, conflict.changed.
func (s *Service) AttachClaims(ctx context.Context, actor access.Actor, campaignID, product, number string, version int64) (sheet ClaimSheet, err error) {
	if err := actor.Require("brief.edit", access.Owner{CampaignID: campaignID}); err != nil {
		return sheet, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		c, err := LoadCampaign(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		if err := c.mayChange(); err != nil {
			return err
		}
		rules, err := listClaimRules(ctx, tx, c.Market)
		if err != nil {
			return err
		}
		sheet, err = ClaimSheet{CampaignID: c.ID, Version: version}.attach(product, number, actor.Name, rules, worktime.DateOf(tx.Now(), nil))
		if err != nil {
			return err
		}
		if err := saveClaimSheet(ctx, tx, sheet); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "brief.edit", Subject: "claim-sheet", ID: c.ID, Campaign: c.ID, Client: c.ClientID,
			After: map[string]string{"product": sheet.Product, "number": sheet.Number}})
	})
	return sheet, err
}

// Claims gives the checklist of a campaign's brief to people of the agency.
func (s *Service) Claims(ctx context.Context, actor access.Actor, campaignID string) (sheet ClaimSheet, err error) {
	if !actor.IsStaff() {
		return sheet, db.ErrNotFound
	}
	if err := actor.Require("brief.see", access.Owner{CampaignID: campaignID}); err != nil {
		return sheet, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if _, err := LoadCampaign(ctx, tx, campaignID); err != nil {
			return err
		}
		sheet, err = LoadClaimSheet(ctx, tx, campaignID)
		return err
	})
	return sheet, err
}
