package campaign

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

const workColumns = `id, campaign_id, position, kind, name_id, name_en, role, owner_id, planned_start, planned_end,
	began_at, began_by, ended_at, ended_by, version`

// LoadWork gives a work, NotFound if there is none with the id.
func LoadWork(ctx context.Context, tx *db.Tx, id string) (Work, error) {
	w, err := scanWork(tx.QueryRow(ctx, `SELECT `+workColumns+` FROM work WHERE id = $1`, id))
	return w, db.One(err)
}

// ListWorks gives a campaign's works in their order.
func ListWorks(ctx context.Context, tx *db.Tx, campaignID string) ([]Work, error) {
	rows, err := tx.Query(ctx, `SELECT `+workColumns+` FROM work WHERE campaign_id = $1 ORDER BY position, id`, campaignID)
	return db.Collect(rows, err, func(r *sql.Rows) (Work, error) { return scanWork(r) })
}

func scanWork(r row) (w Work, err error) {
	var began, ended db.Time
	err = r.Scan(&w.ID, &w.CampaignID, &w.Position, &w.Kind, &w.NameID, &w.NameEN, &w.Role, &w.OwnerID, &w.PlannedStart, &w.PlannedEnd,
		&began, &w.BeganBy, &ended, &w.EndedBy, &w.Version)
	w.BeganAt, w.EndedAt = began.Time, ended.Time
	return w, err
}

func insertWork(ctx context.Context, tx *db.Tx, w Work) error {
	_, err := tx.Exec(ctx, `INSERT INTO work (`+workColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)`,
		w.ID, w.CampaignID, w.Position, w.Kind, w.NameID, w.NameEN, w.Role, w.OwnerID, string(w.PlannedStart), string(w.PlannedEnd),
		db.At(w.BeganAt), w.BeganBy, db.At(w.EndedAt), w.EndedBy)
	return err
}

func saveWork(ctx context.Context, tx *db.Tx, w Work) error {
	return db.Changed(tx.Exec(ctx, `UPDATE work SET position = $3, name_id = $4, name_en = $5, role = $6, owner_id = $7, planned_start = $8, planned_end = $9,
		began_at = $10, began_by = $11, ended_at = $12, ended_by = $13, version = version + 1 WHERE id = $1 AND version = $2`,
		w.ID, w.Version, w.Position, w.NameID, w.NameEN, w.Role, w.OwnerID, string(w.PlannedStart), string(w.PlannedEnd),
		db.At(w.BeganAt), w.BeganBy, db.At(w.EndedAt), w.EndedBy))
}

func deleteWork(ctx context.Context, tx *db.Tx, id string) error {
	n, err := tx.Exec(ctx, `DELETE FROM work WHERE id = $1`, id)
	if err == nil && n == 0 {
		return db.ErrNotFound
	}
	return err
}

// factsOf reads from the trail what happened in a campaign, by act.
func factsOf(ctx context.Context, tx *db.Tx, campaignID string) (map[string]Facts, error) {
	rows, err := tx.Query(ctx, `SELECT verb, MIN(first_at), MAX(first_at), COUNT(*) FROM
		(SELECT verb, subject_id, MIN(at) AS first_at FROM audit WHERE campaign_id = $1 GROUP BY verb, subject_id) AS f GROUP BY verb`, campaignID)
	out := map[string]Facts{}
	type fact struct {
		verb string
		Facts
	}
	list, err := db.Collect(rows, err, func(r *sql.Rows) (f fact, err error) {
		var first, last db.Time
		err = r.Scan(&f.verb, &first, &last, &f.Count)
		f.First, f.Last = first.Time, last.Time
		return f, err
	})
	for _, f := range list {
		out[f.verb] = f.Facts
	}
	return out, err
}
