package access

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"kolega/internal/db"
)

const linkColumns = `id, party, campaign_id, client_id, contact_id, talent_id, name, lang, zone, made_at, expires_at, revoked_at, opened_at, acted_at`

func insertLink(ctx context.Context, tx *db.Tx, hash, by string, l Link) error {
	_, err := tx.Exec(ctx, `INSERT INTO room_link (hash, id, party, campaign_id, client_id, contact_id, talent_id, name, lang, zone, made_at, made_by, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		hash, l.ID, l.Party, l.CampaignID, l.ClientID, l.ContactID, l.TalentID, l.Name, l.Lang, l.Zone, db.At(l.MadeAt), by, db.At(l.ExpiresAt))
	return err
}

// loadLiveLink gives the link of a hash; NotFound when withdrawn, expired or unknown.
func loadLiveLink(ctx context.Context, tx *db.Tx, hash string) (Link, error) {
	l, err := scanLink(tx.QueryRow(ctx, `SELECT `+linkColumns+` FROM room_link WHERE hash = $1`, hash))
	if errors.Is(err, sql.ErrNoRows) || err == nil && !l.Live(tx.Now()) {
		return Link{}, ErrLinkGone
	}
	return l, err
}

// ListLinks gives a campaign's links, newest first; all campaigns' when empty.
func ListLinks(ctx context.Context, tx *db.Tx, campaign string) ([]Link, error) {
	rows, err := tx.Query(ctx, `SELECT `+linkColumns+` FROM room_link WHERE campaign_id = $1 OR $1 = '' ORDER BY made_at DESC, id DESC LIMIT 500`, campaign)
	return db.Collect(rows, err, func(r *sql.Rows) (Link, error) { return scanLink(r) })
}

func scanLink(r interface{ Scan(...any) error }) (l Link, err error) {
	var made, expires, revoked, opened, acted db.Time
	err = r.Scan(&l.ID, &l.Party, &l.CampaignID, &l.ClientID, &l.ContactID, &l.TalentID, &l.Name, &l.Lang, &l.Zone, &made, &expires, &revoked, &opened, &acted)
	l.MadeAt, l.ExpiresAt, l.RevokedAt, l.OpenedAt, l.ActedAt = made.Time, expires.Time, revoked.Time, opened.Time, acted.Time
	return l, err
}

// LoadLink gives a link of any state; NotFound if there is none with the id.
func LoadLink(ctx context.Context, tx *db.Tx, id string) (Link, error) {
	l, err := scanLink(tx.QueryRow(ctx, `SELECT `+linkColumns+` FROM room_link WHERE id = $1`, id))
	return l, db.One(err)
}

func revokeLink(ctx context.Context, tx *db.Tx, id string) error {
	forgetKnown(tx)
	return db.Changed(tx.Exec(ctx, `UPDATE room_link SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL`, id, db.At(tx.Now())))
}

func markLink(ctx context.Context, tx *db.Tx, id string, acted bool) error {
	column := "opened_at"
	if acted {
		column = "acted_at"
	}
	_, err := tx.Exec(ctx, `UPDATE room_link SET `+column+` = $2 WHERE id = $1`, id, db.At(tx.Now()))
	return err
}

type stepUp struct {
	id       string
	codeHash string
	until    time.Time
	tries    int64
	passed   time.Time
	used     time.Time
}

func insertStepUp(ctx context.Context, tx *db.Tx, s stepUp, link, purpose, sentTo string) error {
	_, err := tx.Exec(ctx, `INSERT INTO step_up (id, link_id, purpose, code_hash, sent_to, made_at, expires_at, tries) VALUES ($1, $2, $3, $4, $5, $6, $7, 0)`,
		s.id, link, purpose, s.codeHash, sentTo, db.At(tx.Now()), db.At(s.until))
	return err
}

// newestStepUp gives the last code asked for on a link and purpose, nil if there is none.
func newestStepUp(ctx context.Context, tx *db.Tx, link, purpose string) (*stepUp, error) {
	var s stepUp
	var until, passed, used db.Time
	err := tx.QueryRow(ctx, `SELECT id, code_hash, expires_at, tries, passed_at, used_at FROM step_up
		WHERE link_id = $1 AND purpose = $2 ORDER BY made_at DESC, id DESC LIMIT 1`, link, purpose).
		Scan(&s.id, &s.codeHash, &until, &s.tries, &passed, &used)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	s.until, s.passed, s.used = until.Time, passed.Time, used.Time
	return &s, err
}

func saveStepUp(ctx context.Context, tx *db.Tx, s *stepUp) error {
	_, err := tx.Exec(ctx, `UPDATE step_up SET tries = $2, passed_at = $3, used_at = $4 WHERE id = $1`, s.id, s.tries, db.At(s.passed), db.At(s.used))
	return err
}
