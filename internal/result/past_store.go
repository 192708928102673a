package result

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

// pastWith is the step of PastWith.
func pastWith(ctx context.Context, tx *db.Tx, clientID string) (map[string]int64, error) {
	rows, err := tx.Query(ctx, `SELECT b.talent_id, COUNT(*) FILTER (WHERE v.state = $2), COUNT(*) FROM verdict v JOIN booking b ON b.id = v.booking_id
		WHERE b.client_id = $1 AND v.state IN ($2, $3) AND v.number = (SELECT MAX(n.number) FROM verdict n WHERE n.campaign_id = v.campaign_id AND n.booking_id = v.booking_id)
		GROUP BY b.talent_id`, clientID, Met, Missed)
	out := map[string]int64{}
	_, err = db.Collect(rows, err, func(r *sql.Rows) (none struct{}, err error) {
		var id string
		var met, all int64
		if err := r.Scan(&id, &met, &all); err != nil {
			return none, err
		}
		out[id] = 1000 * met / all
		return none, nil
	})
	return out, err
}
