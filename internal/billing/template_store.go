package billing

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

const templateColumns = `id, name, lang, body, made_at, made_by, retired_at, version`

func scanTemplate(r scanner) (t Template, err error) {
	var made, retired db.Time
	err = r.Scan(&t.ID, &t.Name, &t.Lang, &t.Body, &made, &t.MadeBy, &retired, &t.Version)
	t.MadeAt, t.RetiredAt = made.Time, retired.Time
	return t, err
}

func loadTemplate(ctx context.Context, tx *db.Tx, id string) (Template, error) {
	t, err := scanTemplate(tx.QueryRow(ctx, `SELECT `+templateColumns+` FROM agreement_template WHERE id = $1`, id))
	return t, db.One(err)
}

func listTemplates(ctx context.Context, tx *db.Tx) ([]Template, error) {
	rows, err := tx.Query(ctx, `SELECT `+templateColumns+` FROM agreement_template ORDER BY CASE WHEN retired_at IS NULL THEN 0 ELSE 1 END, name, id`)
	return db.Collect(rows, err, func(r *sql.Rows) (Template, error) { return scanTemplate(r) })
}

func insertTemplate(ctx context.Context, tx *db.Tx, t Template) error {
	_, err := tx.Exec(ctx, `INSERT INTO agreement_template (`+templateColumns+`) VALUES ($1, $2, $3, $4, $5, $6, NULL, 1)`, t.ID, t.Name, t.Lang, t.Body, db.At(t.MadeAt), t.MadeBy)
	return err
}

func saveTemplate(ctx context.Context, tx *db.Tx, t Template) error {
	return db.Changed(tx.Exec(ctx, `UPDATE agreement_template SET name = $3, lang = $4, body = $5, retired_at = $6, version = version + 1 WHERE id = $1 AND version = $2`,
		t.ID, t.Version, t.Name, t.Lang, t.Body, db.At(t.RetiredAt)))
}
