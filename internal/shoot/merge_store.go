package shoot

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

var movedTables = []string{
	`UPDATE shoot_call SET person_id = $2 WHERE kind = 'talent' AND person_id = $1 AND NOT EXISTS (SELECT 1 FROM shoot_call k WHERE k.kind = 'talent' AND k.person_id = $2 AND k.at = shoot_call.at)`,
	`UPDATE shoot_tick SET talent_id = $2 WHERE talent_id = $1 AND NOT EXISTS (SELECT 1 FROM shoot_tick k WHERE k.talent_id = $2
		AND k.shoot_id = shoot_tick.shoot_id AND k.point_id = shoot_tick.point_id)`,
}

// MoveTalent carries a talent's calls and what was filmed to the record it was merged into,
// and names the campaigns.
func MoveTalent(ctx context.Context, tx *db.Tx, from, to string) ([]string, error) {
	rows, err := tx.Query(ctx, `SELECT DISTINCT campaign_id FROM shoot_call WHERE kind = 'talent' AND person_id = $1`, from)
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
