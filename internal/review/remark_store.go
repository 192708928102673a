package review

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

const remarkColumns = `id, draft_id, author_id, author, body, at_ms, until_ms, drawing, made_at`

func scanRemark(r scanner) (m Remark, err error) {
	err = r.Scan(&m.ID, &m.VersionID, &m.AuthorID, &m.Author, &m.Text, &m.AtMS, &m.UntilMS, &m.Drawing, instant(&m.CreatedAt))
	return m, err
}

func loadRemark(ctx context.Context, tx *db.Tx, id string) (Remark, error) {
	m, err := scanRemark(tx.QueryRow(ctx, `SELECT `+remarkColumns+` FROM review_remark WHERE id = $1`, id))
	return m, db.One(err)
}

// listRemarks gives the internal remarks on a version, oldest first.
func listRemarks(ctx context.Context, tx *db.Tx, versionID string) ([]Remark, error) {
	rows, err := tx.Query(ctx, `SELECT `+remarkColumns+` FROM review_remark WHERE draft_id = $1 ORDER BY made_at, id`, versionID)
	return db.Collect(rows, err, func(r *sql.Rows) (Remark, error) { return scanRemark(r) })
}

func insertRemark(ctx context.Context, tx *db.Tx, deliverableID string, m Remark) error {
	_, err := tx.Exec(ctx, `INSERT INTO review_remark (id, draft_id, deliverable_id, author_id, author, body, at_ms, until_ms, drawing, made_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		m.ID, m.VersionID, deliverableID, m.AuthorID, m.Author, m.Text, m.AtMS, m.UntilMS, m.Drawing, db.At(m.CreatedAt))
	return err
}

func deleteRemark(ctx context.Context, tx *db.Tx, id string) error {
	return db.Changed(tx.Exec(ctx, `DELETE FROM review_remark WHERE id = $1`, id))
}
