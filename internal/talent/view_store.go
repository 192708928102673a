package talent

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

const viewColumns = `id, owner_id, name, query, shared, made_at, version`

func scanView(r scanner) (v View, err error) {
	var at db.Time
	err = r.Scan(&v.ID, &v.OwnerID, &v.Name, &v.Query, &v.Shared, &at, &v.Version)
	v.MadeAt = at.Time
	return v, err
}

func loadView(ctx context.Context, tx *db.Tx, id string) (View, error) {
	v, err := scanView(tx.QueryRow(ctx, `SELECT `+viewColumns+` FROM talent_view WHERE id = $1`, id))
	return v, db.One(err)
}

// listViews gives a person's own views and the shared ones, by name.
func listViews(ctx context.Context, tx *db.Tx, ownerID string) ([]View, error) {
	rows, err := tx.Query(ctx, `SELECT `+viewColumns+` FROM talent_view WHERE owner_id = $1 OR shared ORDER BY name, id`, ownerID)
	return db.Collect(rows, err, func(r *sql.Rows) (View, error) { return scanView(r) })
}

func insertView(ctx context.Context, tx *db.Tx, v View) error {
	_, err := tx.Exec(ctx, `INSERT INTO talent_view (id, owner_id, name, query, shared, made_at, version) VALUES ($1, $2, $3, $4, $5, $6, 1)`,
		v.ID, v.OwnerID, v.Name, v.Query, v.Shared, db.At(v.MadeAt))
	return err
}

func deleteView(ctx context.Context, tx *db.Tx, id string) error {
	_, err := tx.Exec(ctx, `DELETE FROM talent_view WHERE id = $1`, id)
	return err
}
