package notice

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"kolega/internal/access"
	"kolega/internal/db"
)

// SettingOf gives what a person chose, or what the role subscribes to.
func SettingOf(ctx context.Context, tx *db.Tx, personID string, role access.Role) (Setting, error) {
	s := Default(role)
	s.PersonID = personID
	var topics db.JSON[map[Topic]Mode]
	err := tx.QueryRow(ctx, `SELECT topics, digest, digest_at, quiet_from, quiet_to, version FROM notice_setting WHERE person_id = $1`, personID).
		Scan(&topics, &s.Digest, &s.DigestAt, &s.QuietFrom, &s.QuietTo, &s.Version)
	if err = db.One(err); errors.Is(err, db.ErrNotFound) {
		return s, nil
	}
	for t, m := range topics.V {
		s.Topics[t] = m
	}
	return s, err
}

func saveSetting(ctx context.Context, tx *db.Tx, s Setting) error {
	if s.Version == 0 {
		n, err := tx.Exec(ctx, `INSERT INTO notice_setting (person_id, topics, digest, digest_at, quiet_from, quiet_to, version) VALUES ($1, $2, $3, $4, $5, $6, 1) ON CONFLICT (person_id) DO NOTHING`,
			s.PersonID, db.JSON[map[Topic]Mode]{V: s.Topics}, s.Digest, s.DigestAt, s.QuietFrom, s.QuietTo)
		return db.Changed(n, err)
	}
	return db.Changed(tx.Exec(ctx, `UPDATE notice_setting SET topics = $3, digest = $4, digest_at = $5, quiet_from = $6, quiet_to = $7, version = version + 1 WHERE person_id = $1 AND version = $2`,
		s.PersonID, s.Version, db.JSON[map[Topic]Mode]{V: s.Topics}, s.Digest, s.DigestAt, s.QuietFrom, s.QuietTo))
}

// Digest is what was told together.
type Digest struct {
	ID       string
	PersonID string
	Day      string
	Until    int64 // the last entry of the trail that it looked at
	Pieces   int64
	Subject  string
	Body     string
	MadeAt   time.Time
}

func digestsOf(ctx context.Context, tx *db.Tx, personID string, limit int) ([]Digest, error) {
	rows, err := tx.Query(ctx, `SELECT id, person_id, day, until_seq, pieces, subject, body, made_at FROM notice_digest WHERE person_id = $1 ORDER BY made_at DESC, id DESC LIMIT $2`, personID, limit)
	return db.Collect(rows, err, func(r *sql.Rows) (d Digest, err error) {
		var made db.Time
		err = r.Scan(&d.ID, &d.PersonID, &d.Day, &d.Until, &d.Pieces, &d.Subject, &d.Body, &made)
		d.MadeAt = made.Time
		return d, err
	})
}

func insertDigest(ctx context.Context, tx *db.Tx, d Digest) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO notice_digest (id, person_id, day, until_seq, pieces, subject, body, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (person_id, day) DO NOTHING`,
		d.ID, d.PersonID, d.Day, d.Until, d.Pieces, d.Subject, d.Body, db.At(d.MadeAt))
	return n > 0, err
}
