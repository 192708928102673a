package talent

import (
	"context"
	"database/sql"
	"errors"

	"kolega/internal/db"
)

// moved are the parts of a record that simply follow their talent.
var moved = []string{
	`UPDATE talent_account SET talent_id = $2 WHERE talent_id = $1`,
	`UPDATE talent_absence SET talent_id = $2 WHERE talent_id = $1`,
	`UPDATE talent_fact SET talent_id = $2 WHERE talent_id = $1`,
	`UPDATE talent_contract SET talent_id = $2 WHERE talent_id = $1`,
	`UPDATE talent_right SET talent_id = $2 WHERE talent_id = $1`,
	`UPDATE talent_sheet SET talent_id = $2 WHERE talent_id = $1`,
	`UPDATE talent_import_row SET talent_id = $2 WHERE talent_id = $1`,
	`UPDATE talent_merge SET into_id = $2 WHERE into_id = $1`,
	// where both have a line, the kept one's counts; the other's stays in the record of the merge
	`UPDATE talent_rate SET talent_id = $2 WHERE talent_id = $1 AND NOT EXISTS (SELECT 1 FROM talent_rate k WHERE k.talent_id = $2
		AND k.platform = talent_rate.platform AND k.format = talent_rate.format AND k.valid_from = talent_rate.valid_from)`,
	`UPDATE talent_rival SET talent_id = $2 WHERE talent_id = $1 AND NOT EXISTS (SELECT 1 FROM talent_rival k WHERE k.talent_id = $2
		AND k.link <> '' AND k.link = talent_rival.link)`,
	`UPDATE talent_consent SET talent_id = $2 WHERE talent_id = $1 AND NOT EXISTS (SELECT 1 FROM talent_consent k WHERE k.talent_id = $2)`,
}

// moveRecord carries everything of a talent's record to another.
func moveRecord(ctx context.Context, tx *db.Tx, from, to string) error {
	for _, text := range moved {
		if _, err := tx.Exec(ctx, text, from, to); err != nil {
			return err
		}
	}
	return nil
}

func dropRoute(ctx context.Context, tx *db.Tx, talentID string) error {
	_, err := tx.Exec(ctx, `DELETE FROM talent_route WHERE talent_id = $1`, talentID)
	return err
}

func dropIdentity(ctx context.Context, tx *db.Tx, talentID string) error {
	_, err := tx.Exec(ctx, `DELETE FROM talent_identity WHERE talent_id = $1`, talentID)
	return err
}

func insertMerge(ctx context.Context, tx *db.Tx, m Merge) error {
	_, err := tx.Exec(ctx, `INSERT INTO talent_merge (talent_id, into_id, record, merged_at, merged_by) VALUES ($1, $2, $3, $4, $5)`,
		m.TalentID, m.IntoID, db.JSON[Talent]{V: m.Record}, db.At(m.At), m.By)
	return err
}

// MergedInto gives the id that a talent's id leads to; the id itself where it was
// never merged. Merges of merges lead to the end at once.
func MergedInto(ctx context.Context, tx *db.Tx, id string) (string, error) {
	var into string
	err := tx.QueryRow(ctx, `SELECT into_id FROM talent_merge WHERE talent_id = $1`, id).Scan(&into)
	if errors.Is(err, sql.ErrNoRows) {
		return id, nil
	}
	return into, err
}

// ListMerges gives the records that were merged into a talent, the first one first.
func ListMerges(ctx context.Context, tx *db.Tx, id string) ([]Merge, error) {
	rows, err := tx.Query(ctx, `SELECT talent_id, into_id, record, merged_at, merged_by FROM talent_merge WHERE into_id = $1 ORDER BY merged_at, talent_id`, id)
	return db.Collect(rows, err, func(r *sql.Rows) (m Merge, err error) {
		var record db.JSON[Talent]
		var at db.Time
		err = r.Scan(&m.TalentID, &m.IntoID, &record, &at, &m.By)
		m.Record, m.At = record.V, at.Time
		return m, err
	})
}
