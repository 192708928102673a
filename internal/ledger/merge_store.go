package ledger

import (
	"context"

	"kolega/internal/db"
	"kolega/internal/talent"
)

// StayTalent refuses to let a talent go in a merge who stands here: entries are never changed. Fault: talent.merge-money.
func StayTalent(ctx context.Context, tx *db.Tx, from, _ string) ([]string, error) {
	var stands bool
	err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM ledger_entry WHERE talent_id = $1)`, from).Scan(&stands)
	if err == nil && stands {
		err = talent.FaultMergeMoney
	}
	return nil, err
}
