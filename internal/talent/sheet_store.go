package talent

import (
	"context"
	"database/sql"
	"errors"

	"kolega/internal/db"
)

// LoadConsent gives the talent's yes to be shown; zero when there is none.
func LoadConsent(ctx context.Context, tx *db.Tx, talentID string) (c Consent, err error) {
	var given, withdrawn db.Time
	err = tx.QueryRow(ctx, `SELECT given_at, how, kept_by, withdrawn_at, version FROM talent_consent WHERE talent_id = $1`, talentID).
		Scan(&given, &c.How, &c.KeptBy, &withdrawn, &c.Version)
	if errors.Is(err, sql.ErrNoRows) {
		return Consent{}, nil
	}
	c.GivenAt, c.WithdrawnAt = given.Time, withdrawn.Time
	return c, err
}

func putConsent(ctx context.Context, tx *db.Tx, talentID string, c Consent) error {
	_, err := tx.Exec(ctx, `INSERT INTO talent_consent (talent_id, given_at, how, kept_by, withdrawn_at, version) VALUES ($1, $2, $3, $4, $5, 1)
		ON CONFLICT (talent_id) DO UPDATE SET given_at = excluded.given_at, how = excluded.how, kept_by = excluded.kept_by, withdrawn_at = excluded.withdrawn_at,
			version = talent_consent.version + 1`, talentID, db.At(c.GivenAt), c.How, c.KeptBy, db.At(c.WithdrawnAt))
	return err
}

const sheetColumns = `id, talent_id, lang, made_at, made_by, until_at, withdrawn_at, version`

func scanSheet(r scanner) (l SheetLink, err error) {
	var made, until, withdrawn db.Time
	err = r.Scan(&l.ID, &l.TalentID, &l.Lang, &made, &l.MadeBy, &until, &withdrawn, &l.Version)
	l.MadeAt, l.Until, l.WithdrawnAt = made.Time, until.Time, withdrawn.Time
	return l, err
}

// ListSheets gives the links to a talent's one page, the newest first.
func ListSheets(ctx context.Context, tx *db.Tx, talentID string) ([]SheetLink, error) {
	rows, err := tx.Query(ctx, `SELECT `+sheetColumns+` FROM talent_sheet WHERE talent_id = $1 ORDER BY made_at DESC, id DESC`, talentID)
	return db.Collect(rows, err, func(r *sql.Rows) (SheetLink, error) { return scanSheet(r) })
}

func sheetByHash(ctx context.Context, tx *db.Tx, hash string) (SheetLink, error) {
	l, err := scanSheet(tx.QueryRow(ctx, `SELECT `+sheetColumns+` FROM talent_sheet WHERE token_hash = $1`, hash))
	return l, db.One(err)
}

func insertSheet(ctx context.Context, tx *db.Tx, l SheetLink, hash string) error {
	_, err := tx.Exec(ctx, `INSERT INTO talent_sheet (id, talent_id, token_hash, lang, made_at, made_by, until_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, 1)`,
		l.ID, l.TalentID, hash, l.Lang, db.At(l.MadeAt), l.MadeBy, db.At(l.Until))
	return err
}

// withdrawSheets takes one link to a talent's page back, or all for id "".
func withdrawSheets(ctx context.Context, tx *db.Tx, talentID, id string) (int64, error) {
	return tx.Exec(ctx, `UPDATE talent_sheet SET withdrawn_at = $3, version = version + 1 WHERE talent_id = $1 AND ($2 = '' OR id = $2) AND withdrawn_at IS NULL`,
		talentID, id, db.At(tx.Now()))
}
