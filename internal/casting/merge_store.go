package casting

import (
	"context"

	"kolega/internal/db"
	"kolega/internal/talent"
)

// movedTables are the tables that refer to a talent.
var movedTables = []string{
	`UPDATE candidate SET talent_id = $2 WHERE talent_id = $1`,
	`UPDATE offer SET talent_id = $2 WHERE talent_id = $1`,
	`UPDATE booking SET talent_id = $2 WHERE talent_id = $1`,
	`UPDATE incident SET talent_id = $2 WHERE talent_id = $1`,
}

// MoveTalent carries candidates, offers, bookings and incidents of a talent to the record it was merged into,
// and names their campaigns. Fault: talent.merge-slot when both
// stand in one slot, or hold an offer of one campaign: a person decides that first.
func MoveTalent(ctx context.Context, tx *db.Tx, from, to string) ([]string, error) {
	var clashes int64
	err := tx.QueryRow(ctx, `SELECT (SELECT COUNT(*) FROM candidate a JOIN candidate b ON b.slot_id = a.slot_id AND b.talent_id = $2 AND b.removed_at IS NULL
		WHERE a.talent_id = $1 AND a.removed_at IS NULL) + (SELECT COUNT(*) FROM offer a JOIN offer b ON b.campaign_id = a.campaign_id AND b.talent_id = $2
		AND b.closed_at IS NULL WHERE a.talent_id = $1 AND a.closed_at IS NULL)`, from, to).Scan(&clashes)
	if err != nil {
		return nil, err
	}
	if clashes > 0 {
		return nil, talent.FaultMergeSlot
	}
	campaigns, err := campaignsOfTalent(ctx, tx, from)
	if err != nil {
		return nil, err
	}
	for _, text := range movedTables {
		if _, err := tx.Exec(ctx, text, from, to); err != nil {
			return nil, err
		}
	}
	return campaigns, nil
}
