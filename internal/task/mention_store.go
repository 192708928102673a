package task

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

const mentionColumns = `id, person_id, by_id, by_name, campaign_id, href, text, at, seen_at`

// ListMentions gives where a person was called, the newest first.
func ListMentions(ctx context.Context, tx *db.Tx, personID string, limit int) ([]Mention, error) {
	return collectMentions(tx.Query(ctx, `SELECT `+mentionColumns+` FROM mention WHERE person_id = $1 ORDER BY at DESC, id DESC LIMIT $2`, personID, limit))
}

func insertMention(ctx context.Context, tx *db.Tx, m Mention) error {
	_, err := tx.Exec(ctx, `INSERT INTO mention (`+mentionColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)`, m.ID, m.PersonID, m.ByID, m.By, m.CampaignID, m.Href, m.Text, db.At(m.At))
	return err
}

func seeMentions(ctx context.Context, tx *db.Tx, personID string) error {
	_, err := tx.Exec(ctx, `UPDATE mention SET seen_at = $2 WHERE person_id = $1 AND seen_at IS NULL`, personID, db.At(tx.Now()))
	return err
}

func collectMentions(rows *sql.Rows, err error) ([]Mention, error) {
	return db.Collect(rows, err, func(r *sql.Rows) (m Mention, err error) {
		var at, seen db.Time
		err = r.Scan(&m.ID, &m.PersonID, &m.ByID, &m.By, &m.CampaignID, &m.Href, &m.Text, &at, &seen)
		m.At, m.SeenAt = at.Time, seen.Time
		return m, err
	})
}
