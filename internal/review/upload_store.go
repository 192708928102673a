package review

import (
	"context"
	"database/sql"
	"time"

	"kolega/internal/db"
)

const uploadColumns = `u.id, u.deliverable_id, d.campaign_id, d.client_id, u.talent_id, u.by_kind, u.by_id, u.file_name, u.media_type, u.size, u.received,
	u.sha256, u.sum, u.made_at, u.touched_at, u.finished_at, u.used_at`

func scanUpload(r scanner) (i Incoming, err error) {
	err = r.Scan(&i.ID, &i.DeliverableID, &i.CampaignID, &i.ClientID, &i.TalentID, &i.ByKind, &i.ByID, &i.FileName, &i.Type, &i.Size, &i.Received,
		&i.SHA256, &i.sum, instant(&i.MadeAt), instant(&i.TouchedAt), instant(&i.FinishedAt), instant(&i.UsedAt))
	return i, err
}

func loadUpload(ctx context.Context, tx *db.Tx, id string) (Incoming, error) {
	i, err := scanUpload(tx.QueryRow(ctx, `SELECT `+uploadColumns+` FROM upload u JOIN deliverable d ON d.id = u.deliverable_id WHERE u.id = $1`, id))
	return i, db.One(err)
}

// listUnfinished gives the files of a deliverable that did not become a draft, newest first.
func listUnfinished(ctx context.Context, tx *db.Tx, deliverableID string) ([]Incoming, error) {
	rows, err := tx.Query(ctx, `SELECT `+uploadColumns+` FROM upload u JOIN deliverable d ON d.id = u.deliverable_id
		WHERE u.deliverable_id = $1 AND u.used_at IS NULL ORDER BY u.made_at DESC LIMIT 20`, deliverableID)
	return db.Collect(rows, err, func(r *sql.Rows) (Incoming, error) { return scanUpload(r) })
}

func insertUpload(ctx context.Context, tx *db.Tx, i Incoming) error {
	_, err := tx.Exec(ctx, `INSERT INTO upload (id, deliverable_id, talent_id, by_kind, by_id, file_name, media_type, head_hash, size, received, made_at, touched_at, sha256, finished_at, lease_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8, $9, $10, $10, $11, $12, '')`,
		i.ID, i.DeliverableID, i.TalentID, i.ByKind, i.ByID, i.FileName, i.Type, i.Size, i.Received, db.At(i.MadeAt), i.SHA256, db.At(i.FinishedAt))
	return err
}

// lease lets one connection append; false while another holds it.
func lease(ctx context.Context, tx *db.Tx, id, by string, until time.Time) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE upload SET lease_by = $2, lease_until = $3 WHERE id = $1 AND finished_at IS NULL
		AND (lease_until IS NULL OR lease_until < $4)`, id, by, db.At(until), db.At(tx.Now()))
	return n == 1, err
}

// renew holds on to an upload; false when another connection took it over.
func renew(ctx context.Context, tx *db.Tx, id, by string, until time.Time) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE upload SET lease_until = $3 WHERE id = $1 AND lease_by = $2`, id, by, db.At(until))
	return n == 1, err
}

// saveReceived counts durable bytes and gives the lease back. Whoever lost the
// lease meanwhile counts nothing.
func saveReceived(ctx context.Context, tx *db.Tx, id, by string, received int64, sum []byte) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE upload SET received = $3, touched_at = $4, sum = $5, lease_until = NULL, lease_by = '' WHERE id = $1 AND lease_by = $2`,
		id, by, received, db.At(tx.Now()), sum)
	return n == 1, err
}

func saveWhole(ctx context.Context, tx *db.Tx, i Incoming) error {
	return db.Changed(tx.Exec(ctx, `UPDATE upload SET sha256 = $2, media_type = $3, finished_at = $4, touched_at = $4, sum = NULL WHERE id = $1 AND finished_at IS NULL`,
		i.ID, i.SHA256, i.Type, db.At(tx.Now())))
}

func useUpload(ctx context.Context, tx *db.Tx, id string) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE upload SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND finished_at IS NOT NULL`, id, db.At(tx.Now()))
	return n == 1, err
}

// listLeftovers gives the uploads last touched before then that did not become a draft.
func listLeftovers(ctx context.Context, tx *db.Tx, before time.Time) ([]string, error) {
	rows, err := tx.Query(ctx, `SELECT id FROM upload WHERE used_at IS NULL AND touched_at < $1 ORDER BY touched_at LIMIT 1000`, db.At(before))
	return db.Collect(rows, err, func(r *sql.Rows) (id string, err error) { return id, r.Scan(&id) })
}

func deleteUpload(ctx context.Context, tx *db.Tx, id string) error {
	_, err := tx.Exec(ctx, `DELETE FROM upload WHERE id = $1 AND used_at IS NULL`, id)
	return err
}
