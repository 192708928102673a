package payout

import (
	"context"

	"kolega/internal/db"
)

// taxedIn gives the payouts whose tax belongs to a month.
func taxedIn(ctx context.Context, tx *db.Tx, month string) ([]Payout, error) {
	rows, err := tx.Query(ctx, `SELECT id FROM payout WHERE tax_month = $1 AND tax_rule <> '' AND cancelled_at IS NULL ORDER BY id`, month)
	ids, err := db.Collect(rows, err, scanID)
	if err != nil {
		return nil, err
	}
	list := make([]Payout, len(ids))
	for i, id := range ids {
		if list[i], err = LoadPayout(ctx, tx, id); err != nil {
			return nil, err
		}
	}
	return list, nil
}
