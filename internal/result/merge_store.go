package result

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

// movedTables are the tables that refer to a talent.
var movedTables = []string{
	`UPDATE post SET talent_id = $2 WHERE talent_id = $1`,
	`UPDATE insight SET talent_id = $2 WHERE talent_id = $1`,
	`UPDATE insight_evidence SET talent_id = $2 WHERE talent_id = $1`,
	`UPDATE connection SET talent_id = $2 WHERE talent_id = $1`,
	`UPDATE track_link SET talent_id = $2 WHERE talent_id = $1`,
	`UPDATE promo_code SET talent_id = $2 WHERE talent_id = $1`,
	`UPDATE plan_line SET talent_id = $2 WHERE talent_id = $1`,
}

// MoveTalent carries posts and insights of a talent to the record it was merged into,
// and names their campaigns.
func MoveTalent(ctx context.Context, tx *db.Tx, from, to string) ([]string, error) {
	rows, err := tx.Query(ctx, `SELECT campaign_id FROM post WHERE talent_id = $1 UNION SELECT campaign_id FROM insight WHERE talent_id = $1`, from)
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
