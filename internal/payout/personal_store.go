package payout

import (
	"context"

	"kolega/internal/db"
	"kolega/internal/privacy"
)

const ofPayouts = `payout_id IN (SELECT id FROM payout WHERE talent_id = $1)`

// PersonalOfTalent is what money out keeps about a talent. Amounts, taxes and proofs of
// transfer stay: tax law wants them for ten years. The account does not.
var PersonalOfTalent = privacy.Part{
	Tables: []privacy.Table{
		{Name: "payout", Show: []string{"campaign_id", "milestone", "fee_minor", "currency", "due_on", "tax_kind", "tax_minor", "net_minor", "earned_at"}, Blot: []string{"reason"}},
		{Name: "payout_hold", Whose: ofPayouts, Blot: []string{"note"}},
		{Name: "payout_order", Whose: `attempt_id IN (SELECT id FROM payout_attempt WHERE ` + ofPayouts + `)`, Clear: []string{"account_end"}},
		{Name: "payout_attempt", Whose: ofPayouts, Show: []string{"number", "amount_minor", "currency", "method", "bank", "account_name", "account_end", "prepared_at", "released_at"},
			Near: []string{"account_name"}, Alias: []string{"account_name"}, Clear: []string{"account_end"}, Blot: []string{"name_reason", "cancel_reason"}},
	},
	Open: openOfTalent,
}

// openOfTalent says whether a talent is still to be paid, or may be.
func openOfTalent(ctx context.Context, tx *db.Tx, id string) ([]string, error) {
	var open bool
	err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM payout WHERE talent_id = $1 AND cancelled_at IS NULL AND (earned_at IS NULL
		OR (SELECT COALESCE(SUM(amount_minor), 0) FROM ledger_line WHERE doc_id = payout.id AND account = 'talent-payable') <> 0))`, id).Scan(&open)
	if err != nil || !open {
		return nil, err
	}
	return []string{"payout"}, nil
}
