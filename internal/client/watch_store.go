package client

import (
	"context"
	"database/sql"
	"strings"

	"kolega/internal/db"
	"kolega/internal/worktime"
)

const noteColumns = `id, kind, brand, link, platform, seen_on, handles, spend, format, audience, takeaway, until_on, client_id, opportunity_id, made_at, by_id, by_name, version`

// LoadNote gives a note, NotFound if there is none with the id.
func LoadNote(ctx context.Context, tx *db.Tx, id string) (Note, error) {
	n, err := scanNote(tx.QueryRow(ctx, `SELECT `+noteColumns+` FROM watch_note WHERE id = $1`, id))
	return n, db.One(err)
}

func scanNote(r row) (n Note, err error) {
	var made db.Time
	var handles db.JSON[[]string]
	err = r.Scan(&n.ID, &n.Kind, &n.Brand, &n.Link, &n.Platform, &n.SeenOn, &handles, &n.Spend, &n.Format, &n.Audience, &n.Takeaway, &n.UntilOn, &n.ClientID, &n.DealID, &made, &n.ByID, &n.By, &n.Version)
	n.Handles, n.MadeAt = handles.V, made.Time
	return n, err
}

// NoteFilter picks notes; what is empty does not restrict.
type NoteFilter struct {
	Kind             NoteKind
	Brand            string // its whole name
	Text             string
	ClientID, DealID string
	From, To         worktime.Date // seen on, both included
	Handle           string        // seen with this account
	Limit            int           // default 200
}

// ListNotes gives notes, the newest sighting first.
func ListNotes(ctx context.Context, tx *db.Tx, f NoteFilter) ([]Note, error) {
	if f.Limit <= 0 || f.Limit > 1000 {
		f.Limit = 200
	}
	if f.From == "" {
		f.From = "0000"
	}
	if f.To == "" {
		f.To = "9999"
	}
	text, handle := "", ""
	if f.Text != "" {
		text = "%" + escape(fold(f.Text)) + "%"
	}
	if f.Handle != "" {
		handle = `%"` + escape(strings.ToLower(strings.TrimPrefix(f.Handle, "@"))) + `"%`
	}
	rows, err := tx.Query(ctx, `SELECT `+noteColumns+` FROM watch_note WHERE ($1 = '' OR kind = $1) AND ($2 = '' OR brand_fold = $2) AND ($3 = '' OR brand_fold LIKE $3 ESCAPE '!')
		AND ($4 = '' OR client_id = $4) AND ($5 = '' OR opportunity_id = $5) AND seen_on >= $6 AND seen_on <= $7 AND ($8 = '' OR handles LIKE $8 ESCAPE '!') ORDER BY seen_on DESC, id DESC LIMIT $9`,
		string(f.Kind), fold(f.Brand), text, f.ClientID, f.DealID, string(f.From), string(f.To), handle, f.Limit)
	return db.Collect(rows, err, func(r *sql.Rows) (Note, error) { return scanNote(r) })
}

// noteOfLink gives the note of a kind that holds the link already; zero when none does.
func noteOfLink(ctx context.Context, tx *db.Tx, kind NoteKind, link string) (n Note, err error) {
	rows, err := tx.Query(ctx, `SELECT `+noteColumns+` FROM watch_note WHERE kind = $1 AND link = $2`, string(kind), link)
	found, err := db.Collect(rows, err, func(r *sql.Rows) (Note, error) { return scanNote(r) })
	if len(found) > 0 {
		n = found[0]
	}
	return n, err
}

func insertNote(ctx context.Context, tx *db.Tx, n Note) error {
	_, err := tx.Exec(ctx, `INSERT INTO watch_note (`+noteColumns+`, brand_fold) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1, $18)`,
		n.ID, string(n.Kind), n.Brand, n.Link, n.Platform, string(n.SeenOn), db.JSON[[]string]{V: n.Handles}, n.Spend, n.Format, n.Audience, n.Takeaway, string(n.UntilOn), n.ClientID, n.DealID,
		db.At(n.MadeAt), n.ByID, n.By, fold(n.Brand))
	return err
}

func saveNote(ctx context.Context, tx *db.Tx, n Note) error {
	return db.Changed(tx.Exec(ctx, `UPDATE watch_note SET brand = $3, link = $4, platform = $5, seen_on = $6, handles = $7, spend = $8, format = $9, audience = $10, takeaway = $11, until_on = $12,
		client_id = $13, opportunity_id = $14, brand_fold = $15, version = version + 1 WHERE id = $1 AND version = $2`,
		n.ID, n.Version, n.Brand, n.Link, n.Platform, string(n.SeenOn), db.JSON[[]string]{V: n.Handles}, n.Spend, n.Format, n.Audience, n.Takeaway, string(n.UntilOn), n.ClientID, n.DealID, fold(n.Brand)))
}
