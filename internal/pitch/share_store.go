package pitch

import (
	"context"
	"database/sql"
	"time"

	"kolega/internal/db"
	"kolega/internal/fault"
)

const shareColumns = `s.id, s.deck_id, s.version_id, v.number, s.contact_id, s.name, s.lang, s.zone, s.made_at, s.by_name, s.expires_at, s.revoked_at`

const shareTable = ` FROM deck_share s JOIN deck_version v ON v.id = s.version_id`

func scanShare(r row) (s Share, err error) {
	var made, expires, revoked db.Time
	err = r.Scan(&s.ID, &s.DeckID, &s.VersionID, &s.Number, &s.ContactID, &s.Name, &s.Lang, &s.Zone, &made, &s.By, &expires, &revoked)
	s.MadeAt, s.ExpiresAt, s.RevokedAt = made.Time, expires.Time, revoked.Time
	return s, err
}

// loadShareOf gives the live share of a secret's hash. Fault: deck.link-gone.
func loadShareOf(ctx context.Context, tx *db.Tx, hash string) (Share, error) {
	s, err := scanShare(tx.QueryRow(ctx, `SELECT `+shareColumns+shareTable+` WHERE s.hash = $1`, hash))
	return alive(s, db.One(err), tx.Now())
}

// loadShare gives a share by its id. Fault: deck.link-gone.
func loadShare(ctx context.Context, tx *db.Tx, id string) (Share, error) {
	s, err := scanShare(tx.QueryRow(ctx, `SELECT `+shareColumns+shareTable+` WHERE s.id = $1`, id))
	return alive(s, db.One(err), tx.Now())
}

func alive(s Share, err error, now time.Time) (Share, error) {
	if fault.KindOf(err) == fault.NotFound || err == nil && !s.Live(now) {
		return Share{}, ErrLinkGone
	}
	return s, err
}

// ListShares gives a deck's shares with who read them, the newest first.
func ListShares(ctx context.Context, tx *db.Tx, deckID string) ([]Share, error) {
	rows, err := tx.Query(ctx, `SELECT `+shareColumns+shareTable+` WHERE s.deck_id = $1 ORDER BY s.id DESC LIMIT 300`, deckID)
	list, err := db.Collect(rows, err, func(r *sql.Rows) (Share, error) { return scanShare(r) })
	for i := range list {
		if err == nil {
			err = fillReaders(ctx, tx, &list[i])
		}
	}
	return list, err
}

func fillReaders(ctx context.Context, tx *db.Tx, s *Share) error {
	rows, err := tx.Query(ctx, `SELECT reader, phone, first_at, last_at, visits FROM deck_reader WHERE share_id = $1 ORDER BY first_at, reader`, s.ID)
	if s.Readers, err = db.Collect(rows, err, func(r *sql.Rows) (x Reader, err error) { return scanReader(r) }); err != nil {
		return err
	}
	s.Sections = map[int64]time.Duration{}
	rows, err = tx.Query(ctx, `SELECT reader, section, ms FROM deck_reading WHERE share_id = $1 ORDER BY reader, section`, s.ID)
	_, err = db.Collect(rows, err, func(r *sql.Rows) (struct{}, error) {
		var reader string
		var section, ms int64
		err := r.Scan(&reader, &section, &ms)
		d := time.Duration(ms) * time.Millisecond
		s.Sections[section] += d
		for i := range s.Readers {
			if s.Readers[i].ID == reader {
				s.Readers[i].Read += d
			}
		}
		return struct{}{}, err
	})
	return err
}

func scanReader(r row) (x Reader, err error) {
	var first, last db.Time
	var phone int64
	err = r.Scan(&x.ID, &phone, &first, &last, &x.Visits)
	x.Phone, x.FirstAt, x.LastAt = phone == 1, first.Time, last.Time
	return x, err
}

func insertShare(ctx context.Context, tx *db.Tx, hash string, s Share) error {
	_, err := tx.Exec(ctx, `INSERT INTO deck_share (id, hash, deck_id, version_id, contact_id, name, lang, zone, made_at, by_name, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		s.ID, hash, s.DeckID, s.VersionID, s.ContactID, s.Name, s.Lang, s.Zone, db.At(s.MadeAt), s.By, db.At(s.ExpiresAt))
	return err
}

func revokeShare(ctx context.Context, tx *db.Tx, deckID, id string) error {
	n, err := tx.Exec(ctx, `UPDATE deck_share SET revoked_at = $3 WHERE deck_id = $1 AND id = $2 AND revoked_at IS NULL`, deckID, id, db.At(tx.Now()))
	if err == nil && n == 0 {
		return errShareSpent
	}
	return err
}

// readerOf gives a share's reader; false when they are new.
func readerOf(ctx context.Context, tx *db.Tx, shareID, reader string) (Reader, bool, error) {
	x, err := scanReader(tx.QueryRow(ctx, `SELECT reader, phone, first_at, last_at, visits FROM deck_reader WHERE share_id = $1 AND reader = $2`, shareID, reader))
	if err = db.One(err); fault.KindOf(err) == fault.NotFound {
		return x, false, nil
	}
	return x, err == nil, err
}

// countReaders says how many read a share.
func countReaders(ctx context.Context, tx *db.Tx, shareID string) (n int64, err error) {
	return n, tx.QueryRow(ctx, `SELECT COUNT(*) FROM deck_reader WHERE share_id = $1`, shareID).Scan(&n)
}

func putReader(ctx context.Context, tx *db.Tx, shareID string, x Reader) error {
	phone := int64(0)
	if x.Phone {
		phone = 1
	}
	_, err := tx.Exec(ctx, `INSERT INTO deck_reader (share_id, reader, phone, first_at, last_at, visits) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (share_id, reader) DO UPDATE SET last_at = excluded.last_at, visits = excluded.visits`, shareID, x.ID, phone, db.At(x.FirstAt), db.At(x.LastAt), x.Visits)
	return err
}

func addReading(ctx context.Context, tx *db.Tx, shareID, reader string, section int64, d time.Duration) error {
	_, err := tx.Exec(ctx, `INSERT INTO deck_reading (share_id, reader, section, ms) VALUES ($1, $2, $3, $4)
		ON CONFLICT (share_id, reader, section) DO UPDATE SET ms = deck_reading.ms + excluded.ms`, shareID, reader, section, d.Milliseconds())
	return err
}
