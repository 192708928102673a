package report

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

// ListComments gives what was said about a campaign's reports, oldest first.
func ListComments(ctx context.Context, tx *db.Tx, campaignID string) ([]Comment, error) {
	rows, err := tx.Query(ctx, `SELECT id, campaign_id, client_id, number, part, words, party, by_id, by_name, at FROM report_comment WHERE campaign_id = $1 ORDER BY at, id`, campaignID)
	return db.Collect(rows, err, func(r *sql.Rows) (c Comment, err error) {
		var at db.Time
		err = r.Scan(&c.ID, &c.CampaignID, &c.ClientID, &c.Number, &c.Part, &c.Text, &c.Party, &c.ByID, &c.By, &at)
		c.At = at.Time
		return c, err
	})
}

func insertComment(ctx context.Context, tx *db.Tx, c Comment) error {
	_, err := tx.Exec(ctx, `INSERT INTO report_comment (id, campaign_id, client_id, number, part, words, party, by_id, by_name, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		c.ID, c.CampaignID, c.ClientID, c.Number, c.Part, c.Text, c.Party, c.ByID, c.By, db.At(c.At))
	return err
}
