package campaign

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

// movedTables are the tables that refer to a talent.
var movedTables = []string{
	`UPDATE acknowledgement SET talent_id = $2 WHERE talent_id = $1 AND NOT EXISTS (SELECT 1 FROM acknowledgement k WHERE k.talent_id = $2
		AND k.campaign_id = acknowledgement.campaign_id AND k.point_id = acknowledgement.point_id AND k.hash = acknowledgement.hash)`,
	`UPDATE eligibility SET talent_id = $2 WHERE talent_id = $1`,
	`UPDATE inquiry SET talent_id = $2 WHERE talent_id = $1`,
}

// MoveTalent carries what was understood, asked and answered of a talent to the record it was merged into,
// and names their campaigns.
func MoveTalent(ctx context.Context, tx *db.Tx, from, to string) ([]string, error) {
	rows, err := tx.Query(ctx, `SELECT campaign_id FROM acknowledgement WHERE talent_id = $1 UNION SELECT campaign_id FROM eligibility WHERE talent_id = $1 UNION SELECT campaign_id FROM inquiry WHERE talent_id = $1`, from)
	campaigns, err := db.Collect(rows, err, func(r *sql.Rows) (id string, err error) { return id, r.Scan(&id) })
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
