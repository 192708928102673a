package campaign

import (
	"context"
	"database/sql"
	"errors"

	"kolega/internal/db"
)

func listClaimRules(ctx context.Context, tx *db.Tx, country string) ([]ClaimRule, error) {
	rows, err := tx.Query(ctx, `SELECT id, country, product, text_id, text_en, source, needs_number, valid_from, valid_to FROM claim_rule WHERE country = $1 ORDER BY position, id`, country)
	return db.Collect(rows, err, func(r *sql.Rows) (c ClaimRule, err error) {
		return c, r.Scan(&c.ID, &c.Country, &c.Product, &c.TextID, &c.TextEN, &c.Source, &c.NeedsNumber, &c.From, &c.To)
	})
}

// LoadClaimSheet gives the checklist of a campaign's brief with the rules of its market
// that held on the day it was attached; a zero sheet when there is none.
func LoadClaimSheet(ctx context.Context, tx *db.Tx, campaignID string) (s ClaimSheet, err error) {
	var market string
	err = tx.QueryRow(ctx, `SELECT s.campaign_id, s.product, s.number, s.attached_on, s.attached_by, s.version, c.market
		FROM claim_sheet s JOIN campaign c ON c.id = s.campaign_id WHERE s.campaign_id = $1`, campaignID).
		Scan(&s.CampaignID, &s.Product, &s.Number, &s.On, &s.By, &s.Version, &market)
	if err = db.One(err); errors.Is(err, db.ErrNotFound) {
		return ClaimSheet{CampaignID: campaignID}, nil
	}
	if err != nil {
		return s, err
	}
	rules, err := listClaimRules(ctx, tx, market)
	if err != nil {
		return s, err
	}
	return s.attach(s.Product, s.Number, s.By, rules, s.On)
}

func saveClaimSheet(ctx context.Context, tx *db.Tx, s ClaimSheet) error {
	return db.Changed(tx.Exec(ctx, `INSERT INTO claim_sheet (campaign_id, product, number, attached_on, attached_by, version) VALUES ($1, $2, $3, $4, $5, 1)
		ON CONFLICT (campaign_id) DO UPDATE SET product = $2, number = $3, attached_on = $4, attached_by = $5, version = claim_sheet.version + 1
		WHERE claim_sheet.version = $6`, s.CampaignID, s.Product, s.Number, s.On, s.By, s.Version))
}

// ListClaimTicks gives what was ticked for one version of a draft.
func ListClaimTicks(ctx context.Context, tx *db.Tx, draftID string) ([]ClaimTick, error) {
	rows, err := tx.Query(ctx, `SELECT draft_id, rule_id, campaign_id, at, by_id, by_name FROM claim_tick WHERE draft_id = $1 ORDER BY at, rule_id`, draftID)
	return db.Collect(rows, err, func(r *sql.Rows) (t ClaimTick, err error) {
		var at db.Time
		err = r.Scan(&t.DraftID, &t.RuleID, &t.CampaignID, &at, &t.ByID, &t.By)
		t.At = at.Time
		return t, err
	})
}

func insertClaimTick(ctx context.Context, tx *db.Tx, t ClaimTick) error {
	_, err := tx.Exec(ctx, `INSERT INTO claim_tick (draft_id, rule_id, campaign_id, at, by_id, by_name) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (draft_id, rule_id) DO NOTHING`,
		t.DraftID, t.RuleID, t.CampaignID, db.At(t.At), t.ByID, t.By)
	return err
}

// ClaimsDone is the gate before a version of a draft is shown or approved: nil when the
// brief has no checklist or all of it is ticked for the version. Fault: claim.open.
func ClaimsDone(ctx context.Context, tx *db.Tx, campaignID, draftID string) error {
	s, err := LoadClaimSheet(ctx, tx, campaignID)
	if err != nil || !s.Attached() {
		return err
	}
	ticks, err := ListClaimTicks(ctx, tx, draftID)
	if err != nil {
		return err
	}
	return s.Err(ticks)
}

// TickClaims is the step that keeps ticks for one version of a draft. Faults: those of
// ClaimSheet.Tick.
func TickClaims(ctx context.Context, tx *db.Tx, campaignID, draftID string, ruleIDs []string, byID, by string) error {
	s, err := LoadClaimSheet(ctx, tx, campaignID)
	if err != nil {
		return err
	}
	ticks, err := s.Tick(draftID, ruleIDs, byID, by, tx.Now())
	for _, t := range ticks {
		if err := insertClaimTick(ctx, tx, t); err != nil {
			return err
		}
	}
	return err
}
