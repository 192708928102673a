package access

import (
	"context"
	"database/sql"

	"kolega/internal/audit"
	"kolega/internal/db"
)

// Waits tells whether an act of the actor for a client waits for a supervisor: a
// trainee's does until the client was given in full trust (A1).
func Waits(ctx context.Context, tx *db.Tx, actor Actor, clientID string) (bool, error) {
	if actor.Role != Trainee {
		return false, nil
	}
	var n int64
	err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM trust WHERE person_id = $1 AND client_id = $2`, actor.ID, clientID).Scan(&n)
	return n == 0, err
}

func listTrust(ctx context.Context, tx *db.Tx) (map[string][]string, error) {
	rows, err := tx.Query(ctx, `SELECT person_id, client_id FROM trust ORDER BY given_at, client_id`)
	list, err := db.Collect(rows, err, func(r *sql.Rows) (p [2]string, err error) { return p, r.Scan(&p[0], &p[1]) })
	out := map[string][]string{}
	for _, p := range list {
		out[p[0]] = append(out[p[0]], p[1])
	}
	return out, err
}

func saveTrust(ctx context.Context, tx *db.Tx, who audit.Who, personID, clientID string, on bool) (err error) {
	if !on {
		_, err = tx.Exec(ctx, `DELETE FROM trust WHERE person_id = $1 AND client_id = $2`, personID, clientID)
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO trust (person_id, client_id, given_by, given_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
		personID, clientID, who.Name, db.At(tx.Now()))
	return err
}
