package message

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

const codeColumns = `id, campaign_id, link_id, purpose, party, name, lang, place, text, asked_at, until_at, sent_at, sent_by, channel`

func insertCode(ctx context.Context, tx *db.Tx, c Code) error {
	_, err := tx.Exec(ctx, `INSERT INTO code_message (`+codeColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		c.ID, c.CampaignID, c.LinkID, c.Purpose, c.Party, c.Name, c.Lang, c.Place, c.Text, db.At(c.AskedAt), db.At(c.Until), db.At(c.SentAt), c.SentBy, c.Channel)
	return err
}

func deleteCodes(ctx context.Context, tx *db.Tx, link, purpose string) error {
	_, err := tx.Exec(ctx, `DELETE FROM code_message WHERE link_id = $1 AND purpose = $2`, link, purpose)
	return err
}

func deleteEnded(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Exec(ctx, `DELETE FROM code_message WHERE until_at <= $1`, db.At(tx.Now()))
	return err
}

func loadCode(ctx context.Context, tx *db.Tx, id string) (Code, error) {
	c, err := scanCode(tx.QueryRow(ctx, `SELECT `+codeColumns+` FROM code_message WHERE id = $1`, id))
	return c, db.One(err)
}

func listCodes(ctx context.Context, tx *db.Tx, campaign string) ([]Code, error) {
	rows, err := tx.Query(ctx, `SELECT `+codeColumns+` FROM code_message WHERE (campaign_id = $1 OR $1 = '') AND until_at > $2 ORDER BY asked_at, id LIMIT 50`, campaign, db.At(tx.Now()))
	return db.Collect(rows, err, func(r *sql.Rows) (Code, error) { return scanCode(r) })
}

func scanCode(r interface{ Scan(...any) error }) (c Code, err error) {
	var asked, until, sent db.Time
	err = r.Scan(&c.ID, &c.CampaignID, &c.LinkID, &c.Purpose, &c.Party, &c.Name, &c.Lang, &c.Place, &c.Text, &asked, &until, &sent, &c.SentBy, &c.Channel)
	c.AskedAt, c.Until, c.SentAt = asked.Time, until.Time, sent.Time
	return c, err
}

func saveCodeSent(ctx context.Context, tx *db.Tx, c Code) error {
	n, err := tx.Exec(ctx, `UPDATE code_message SET sent_at = $2, sent_by = $3, channel = $4 WHERE id = $1 AND sent_at IS NULL`, c.ID, db.At(c.SentAt), c.SentBy, c.Channel)
	if err == nil && n == 0 {
		return ErrSent
	}
	return err
}
