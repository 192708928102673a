package access

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"kolega/internal/db"
)

func insertSession(ctx context.Context, tx *db.Tx, hash string, s Session) error {
	_, err := tx.Exec(ctx, `INSERT INTO session (hash, id, person_id, made_at, seen_at, expires_at, agent, address) VALUES ($1, $2, $3, $4, $4, $5, $6, $7)`,
		hash, s.ID, s.PersonID, db.At(s.MadeAt), db.At(s.ExpiresAt), s.Agent, s.Address)
	return err
}

// loadSession gives the live session of a hash and its person.
func loadSession(ctx context.Context, tx *db.Tx, hash string) (s Session, p Person, err error) {
	var made, seen, expires, disabled db.Time
	err = tx.QueryRow(ctx, `SELECT s.id, s.made_at, s.seen_at, s.expires_at, p.id, p.name, p.role, p.lang, p.zone, p.theme, p.disabled_at
		FROM session s JOIN person p ON p.id = s.person_id WHERE s.hash = $1`, hash).
		Scan(&s.ID, &made, &seen, &expires, &p.ID, &p.Name, &p.Role, &p.Lang, &p.Zone, &p.Theme, &disabled)
	if errors.Is(err, sql.ErrNoRows) || err == nil && (!disabled.IsZero() || !expires.After(tx.Now())) {
		return s, p, ErrUnauthenticated
	}
	s.PersonID, s.MadeAt, s.SeenAt, s.ExpiresAt = p.ID, made.Time, seen.Time, expires.Time
	return s, p, err
}

func listSessions(ctx context.Context, tx *db.Tx, person string) ([]Session, error) {
	rows, err := tx.Query(ctx, `SELECT id, person_id, made_at, seen_at, expires_at, agent, address FROM session
		WHERE person_id = $1 AND expires_at > $2 ORDER BY seen_at DESC`, person, db.At(tx.Now()))
	return db.Collect(rows, err, func(r *sql.Rows) (s Session, err error) {
		var made, seen, expires db.Time
		err = r.Scan(&s.ID, &s.PersonID, &made, &seen, &expires, &s.Agent, &s.Address)
		s.MadeAt, s.SeenAt, s.ExpiresAt = made.Time, seen.Time, expires.Time
		return s, err
	})
}

func touchSession(ctx context.Context, tx *db.Tx, id string) error {
	_, err := tx.Exec(ctx, `UPDATE session SET seen_at = $2 WHERE id = $1`, id, db.At(tx.Now()))
	return err
}

// endSessions ends one session of a person, or all when id is empty.
func endSessions(ctx context.Context, tx *db.Tx, person, id string) error {
	forgetKnown(tx)
	_, err := tx.Exec(ctx, `DELETE FROM session WHERE person_id = $1 AND (id = $2 OR $2 = '')`, person, id)
	return err
}

func insertToken(ctx context.Context, tx *db.Tx, hash string, t Token) error {
	_, err := tx.Exec(ctx, `INSERT INTO api_token (hash, id, person_id, name, scopes, made_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		hash, t.ID, t.PersonID, t.Name, strings.Join(t.Scopes, " "), db.At(t.MadeAt), db.At(t.ExpiresAt))
	return err
}

func loadToken(ctx context.Context, tx *db.Tx, hash string) (t Token, p Person, err error) {
	var scopes string
	var expires, revoked, disabled db.Time
	err = tx.QueryRow(ctx, `SELECT t.id, t.name, t.scopes, t.expires_at, t.revoked_at, p.id, p.name, p.role, p.lang, p.zone, p.theme, p.disabled_at
		FROM api_token t JOIN person p ON p.id = t.person_id WHERE t.hash = $1`, hash).
		Scan(&t.ID, &t.Name, &scopes, &expires, &revoked, &p.ID, &p.Name, &p.Role, &p.Lang, &p.Zone, &p.Theme, &disabled)
	if errors.Is(err, sql.ErrNoRows) {
		return t, p, ErrUnauthenticated
	}
	if err == nil && (!disabled.IsZero() || !revoked.IsZero() || !expires.IsZero() && !expires.After(tx.Now())) {
		return t, p, ErrUnauthenticated
	}
	t.PersonID, t.Scopes, t.ExpiresAt = p.ID, strings.Fields(scopes), expires.Time
	return t, p, err
}

func listTokens(ctx context.Context, tx *db.Tx, person string) ([]Token, error) {
	rows, err := tx.Query(ctx, `SELECT id, person_id, name, scopes, made_at, expires_at, revoked_at FROM api_token WHERE person_id = $1 ORDER BY made_at DESC`, person)
	return db.Collect(rows, err, func(r *sql.Rows) (t Token, err error) {
		var scopes string
		var made, expires, revoked db.Time
		err = r.Scan(&t.ID, &t.PersonID, &t.Name, &scopes, &made, &expires, &revoked)
		t.Scopes, t.MadeAt, t.ExpiresAt, t.RevokedAt = strings.Fields(scopes), made.Time, expires.Time, revoked.Time
		return t, err
	})
}

func revokeToken(ctx context.Context, tx *db.Tx, person, id string) error {
	forgetKnown(tx)
	return db.Changed(tx.Exec(ctx, `UPDATE api_token SET revoked_at = $3 WHERE id = $1 AND person_id = $2 AND revoked_at IS NULL`, id, person, db.At(tx.Now())))
}

func insertInvitation(ctx context.Context, tx *db.Tx, i invitation) error {
	_, err := tx.Exec(ctx, `INSERT INTO invitation (hash, id, email, role, name, lang, zone, made_at, made_by, expires_at)
		VALUES ($1, $2, $3, $4, '', '', '', $5, $6, $7)`, i.hash, i.id, i.email, i.role, db.At(tx.Now()), i.by, db.At(i.until))
	return err
}

func loadInvitation(ctx context.Context, tx *db.Tx, hash string) (i invitation, err error) {
	var until, used db.Time
	err = tx.QueryRow(ctx, `SELECT hash, id, email, role, expires_at, used_at FROM invitation WHERE hash = $1`, hash).
		Scan(&i.hash, &i.id, &i.email, &i.role, &until, &used)
	if errors.Is(err, sql.ErrNoRows) || err == nil && (!used.IsZero() || !until.After(tx.Now())) {
		return i, ErrInvitation
	}
	i.until = until.Time
	return i, err
}

func useInvitation(ctx context.Context, tx *db.Tx, hash string) error {
	return db.Changed(tx.Exec(ctx, `UPDATE invitation SET used_at = $2 WHERE hash = $1 AND used_at IS NULL`, hash, db.At(tx.Now())))
}

func stale(s Session, now time.Time) bool { return now.Sub(s.SeenAt) > seenEvery }
