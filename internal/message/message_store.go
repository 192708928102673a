package message

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

const columns = `id, campaign_id, party, person_id, name, kind, lang, text, link_id, prepared_at, prepared_by, sent_at, sent_by, channel`

func insertMessage(ctx context.Context, tx *db.Tx, m Message) error {
	_, err := tx.Exec(ctx, `INSERT INTO message (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		m.ID, m.CampaignID, m.Party, m.PersonID, m.Name, m.Kind, m.Lang, m.Text, m.LinkID, db.At(m.PreparedAt), m.PreparedBy, db.At(m.SentAt), m.SentBy, m.Channel)
	return err
}

// LoadMessage gives a prepared message, NotFound if there is none with the id.
func LoadMessage(ctx context.Context, tx *db.Tx, id string) (Message, error) {
	m, err := scanMessage(tx.QueryRow(ctx, `SELECT `+columns+` FROM message WHERE id = $1`, id))
	return m, db.One(err)
}

// ListMessages gives a campaign's messages, newest first.
func ListMessages(ctx context.Context, tx *db.Tx, campaign string) ([]Message, error) {
	rows, err := tx.Query(ctx, `SELECT `+columns+` FROM message WHERE campaign_id = $1 ORDER BY prepared_at DESC, id DESC LIMIT 200`, campaign)
	return db.Collect(rows, err, func(r *sql.Rows) (Message, error) { return scanMessage(r) })
}

func scanMessage(r interface{ Scan(...any) error }) (m Message, err error) {
	var prepared, sent db.Time
	err = r.Scan(&m.ID, &m.CampaignID, &m.Party, &m.PersonID, &m.Name, &m.Kind, &m.Lang, &m.Text, &m.LinkID, &prepared, &m.PreparedBy, &sent, &m.SentBy, &m.Channel)
	m.PreparedAt, m.SentAt = prepared.Time, sent.Time
	return m, err
}

// clearSent takes back that a message was sent.
func clearSent(ctx context.Context, tx *db.Tx, id string) error {
	return db.Changed(tx.Exec(ctx, `UPDATE message SET sent_at = NULL, sent_by = '', channel = '' WHERE id = $1 AND sent_at IS NOT NULL`, id))
}

func saveSent(ctx context.Context, tx *db.Tx, m Message) error {
	n, err := tx.Exec(ctx, `UPDATE message SET sent_at = $2, sent_by = $3, channel = $4 WHERE id = $1 AND sent_at IS NULL`, m.ID, db.At(m.SentAt), m.SentBy, m.Channel)
	if err == nil && n == 0 {
		return ErrSent
	}
	return err
}
