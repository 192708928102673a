package payout

import (
	"context"

	"kolega/internal/db"
	"kolega/internal/talent"
)

// StayTalent refuses to let a talent go in a merge who stands here: payouts
// are for ever in the name they were made to, with their tax papers. Fault: talent.merge-money.
func StayTalent(ctx context.Context, tx *db.Tx, from, _ string) ([]string, error) {
	var stands bool
	err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM payout WHERE talent_id = $1)`, from).Scan(&stands)
	if err == nil && stands {
		err = talent.FaultMergeMoney
	}
	return nil, err
}
