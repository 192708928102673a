package chat

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

type row interface{ Scan(...any) error }

const (
	chatColumns = `c.id, c.campaign_id, c.title, c.zone, c.date_order, (SELECT COUNT(*) FROM chat_line l WHERE l.chat_id = c.id),
	(SELECT MAX(l.at) FROM chat_line l WHERE l.chat_id = c.id), c.added_at, c.added_by`
	lineColumns = `id, chat_id, at, sender, text, media, line_key`
)

// ListChats gives a campaign's chats, the newest import first.
func ListChats(ctx context.Context, tx *db.Tx, campaignID string) ([]Chat, error) {
	rows, err := tx.Query(ctx, `SELECT `+chatColumns+` FROM chat c WHERE c.campaign_id = $1 ORDER BY c.added_at DESC, c.id`, campaignID)
	return db.Collect(rows, err, func(r *sql.Rows) (Chat, error) { return scanChat(r) })
}

func loadChat(ctx context.Context, tx *db.Tx, campaignID, title string) (Chat, error) {
	c, err := scanChat(tx.QueryRow(ctx, `SELECT `+chatColumns+` FROM chat c WHERE c.campaign_id = $1 AND c.title = $2`, campaignID, title))
	return c, db.One(err)
}

func scanChat(r row) (c Chat, err error) {
	var added, last db.Time
	err = r.Scan(&c.ID, &c.CampaignID, &c.Title, &c.Zone, &c.Order, &c.Lines, &last, &added, &c.AddedBy)
	c.AddedAt, c.LastAt = added.Time, last.Time
	return c, err
}

func insertChat(ctx context.Context, tx *db.Tx, c Chat) error {
	_, err := tx.Exec(ctx, `INSERT INTO chat (id, campaign_id, title, zone, date_order, added_at, added_by) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		c.ID, c.CampaignID, c.Title, c.Zone, c.Order, db.At(c.AddedAt), c.AddedBy)
	return err
}

// insertLine keeps a line; false when it is there already.
func insertLine(ctx context.Context, tx *db.Tx, c Chat, m Message) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO chat_line (id, chat_id, campaign_id, at, sender, text, media, line_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (chat_id, line_key) DO NOTHING`, m.ID, c.ID, c.CampaignID, db.At(m.At), m.Sender, m.Text, m.Media, m.Key)
	return n > 0, err
}

// ListLines gives the newest lines of a campaign's chats, newest first, at most n.
func ListLines(ctx context.Context, tx *db.Tx, campaignID string, n int) ([]Message, error) {
	rows, err := tx.Query(ctx, `SELECT `+lineColumns+` FROM chat_line WHERE campaign_id = $1 ORDER BY at DESC, id DESC LIMIT $2`, campaignID, n)
	return db.Collect(rows, err, func(r *sql.Rows) (Message, error) { return scanLine(r) })
}

// LoadLine gives one line of a campaign's chats, NotFound if it has none with the id.
func LoadLine(ctx context.Context, tx *db.Tx, campaignID, id string) (Message, error) {
	m, err := scanLine(tx.QueryRow(ctx, `SELECT `+lineColumns+` FROM chat_line WHERE campaign_id = $1 AND id = $2`, campaignID, id))
	return m, db.One(err)
}

func scanLine(r row) (m Message, err error) {
	var at db.Time
	err = r.Scan(&m.ID, &m.ChatID, &at, &m.Sender, &m.Text, &m.Media, &m.Key)
	m.At = at.Time
	return m, err
}
