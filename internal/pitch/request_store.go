package pitch

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

const requestColumns = `id, deck_id, designer_id, task_id, words, size, links, assets, asked_at, asked_by, done_at, version_id, dropped_at, dropped_why, version`

func scanRequest(r row) (q Request, err error) {
	var links db.JSON[[]string]
	var assets db.JSON[[]File]
	var asked, done, dropped db.Time
	err = r.Scan(&q.ID, &q.DeckID, &q.DesignerID, &q.TaskID, &q.Words, &q.Size, &links, &assets, &asked, &q.AskedBy, &done, &q.VersionID, &dropped, &q.DroppedWhy, &q.Version)
	q.Links, q.Assets, q.AskedAt, q.DoneAt, q.DroppedAt = links.V, assets.V, asked.Time, done.Time, dropped.Time
	return q, err
}

// LoadRequest gives a request, NotFound if there is none with the id.
func LoadRequest(ctx context.Context, tx *db.Tx, id string) (Request, error) {
	q, err := scanRequest(tx.QueryRow(ctx, `SELECT `+requestColumns+` FROM design_request WHERE id = $1`, id))
	return q, db.One(err)
}

// ListRequests gives requests, open ones first, then the newest: of a deck, of a designer, or all.
func ListRequests(ctx context.Context, tx *db.Tx, deckID, designerID string) ([]Request, error) {
	rows, err := tx.Query(ctx, `SELECT `+requestColumns+` FROM design_request WHERE ($1 = '' OR deck_id = $1) AND ($2 = '' OR designer_id = $2)
		ORDER BY CASE WHEN done_at IS NULL AND dropped_at IS NULL THEN 0 ELSE 1 END, asked_at DESC, id DESC LIMIT 300`, deckID, designerID)
	return db.Collect(rows, err, func(r *sql.Rows) (Request, error) { return scanRequest(r) })
}

func insertRequest(ctx context.Context, tx *db.Tx, q Request) error {
	_, err := tx.Exec(ctx, `INSERT INTO design_request (`+requestColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)`,
		q.ID, q.DeckID, q.DesignerID, q.TaskID, q.Words, string(q.Size), db.JSON[[]string]{V: q.Links}, db.JSON[[]File]{V: q.Assets}, db.At(q.AskedAt), q.AskedBy, db.At(q.DoneAt), q.VersionID, db.At(q.DroppedAt), q.DroppedWhy)
	return err
}

func saveRequest(ctx context.Context, tx *db.Tx, q Request) error {
	return db.Changed(tx.Exec(ctx, `UPDATE design_request SET done_at = $3, version_id = $4, dropped_at = $5, dropped_why = $6, version = version + 1 WHERE id = $1 AND version = $2`,
		q.ID, q.Version, db.At(q.DoneAt), q.VersionID, db.At(q.DroppedAt), q.DroppedWhy))
}
