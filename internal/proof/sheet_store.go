package proof

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

const (
	sheetColumns   = `id, title, kind, made_at, by_name`
	versionColumns = `id, sheet_id, number, file_sha, file_name, file_type, file_size, from_on, until_on, note, made_at, by_name`
	shownColumns   = `id, sheet_id, version_id, number, whom, contact_id, opportunity_id, deck_id, reason, at, by_name`
)

// LoadSheet gives a sheet with its versions and log, NotFound if there is none with the id.
func LoadSheet(ctx context.Context, tx *db.Tx, id string) (Sheet, error) {
	s, err := scanSheet(tx.QueryRow(ctx, `SELECT `+sheetColumns+` FROM service_sheet WHERE id = $1`, id))
	if err != nil {
		return s, db.One(err)
	}
	return s, fillSheet(ctx, tx, &s)
}

func scanSheet(r row) (s Sheet, err error) {
	var made db.Time
	err = r.Scan(&s.ID, &s.Title, &s.Kind, &made, &s.By)
	s.MadeAt = made.Time
	return s, err
}

// ListSheets gives all sheets by their title.
func ListSheets(ctx context.Context, tx *db.Tx) ([]Sheet, error) {
	rows, err := tx.Query(ctx, `SELECT `+sheetColumns+` FROM service_sheet ORDER BY title, id`)
	list, err := db.Collect(rows, err, func(r *sql.Rows) (Sheet, error) { return scanSheet(r) })
	for i := range list {
		if err == nil {
			err = fillSheet(ctx, tx, &list[i])
		}
	}
	return list, err
}

func fillSheet(ctx context.Context, tx *db.Tx, s *Sheet) error {
	rows, err := tx.Query(ctx, `SELECT `+versionColumns+` FROM service_sheet_version WHERE sheet_id = $1 ORDER BY number DESC`, s.ID)
	if s.Versions, err = db.Collect(rows, err, func(r *sql.Rows) (SheetVersion, error) { return scanVersion(r) }); err != nil {
		return err
	}
	rows, err = tx.Query(ctx, `SELECT `+shownColumns+` FROM service_sheet_shown WHERE sheet_id = $1 ORDER BY at DESC, id DESC LIMIT 200`, s.ID)
	s.Shown, err = db.Collect(rows, err, func(r *sql.Rows) (x SheetShown, err error) {
		var at db.Time
		err = r.Scan(&x.ID, &x.SheetID, &x.VersionID, &x.Number, &x.Whom, &x.ContactID, &x.DealID, &x.DeckID, &x.Reason, &at, &x.By)
		x.At = at.Time
		return x, err
	})
	return err
}

func scanVersion(r row) (v SheetVersion, err error) {
	var made db.Time
	err = r.Scan(&v.ID, &v.SheetID, &v.Number, &v.SHA, &v.Name, &v.Type, &v.Size, &v.FromOn, &v.UntilOn, &v.Note, &made, &v.By)
	v.MadeAt = made.Time
	return v, err
}

// LoadSheetVersion gives one version, NotFound if there is none with the id.
func LoadSheetVersion(ctx context.Context, tx *db.Tx, id string) (SheetVersion, error) {
	v, err := scanVersion(tx.QueryRow(ctx, `SELECT `+versionColumns+` FROM service_sheet_version WHERE id = $1`, id))
	return v, db.One(err)
}

func insertSheet(ctx context.Context, tx *db.Tx, s Sheet) error {
	_, err := tx.Exec(ctx, `INSERT INTO service_sheet (`+sheetColumns+`) VALUES ($1, $2, $3, $4, $5)`, s.ID, s.Title, string(s.Kind), db.At(s.MadeAt), s.By)
	return err
}

func insertSheetVersion(ctx context.Context, tx *db.Tx, v SheetVersion) error {
	_, err := tx.Exec(ctx, `INSERT INTO service_sheet_version (`+versionColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		v.ID, v.SheetID, v.Number, v.SHA, v.Name, v.Type, v.Size, string(v.FromOn), string(v.UntilOn), v.Note, db.At(v.MadeAt), v.By)
	return err
}

// LogShown keeps that somebody saw a version of a sheet.
func LogShown(ctx context.Context, tx *db.Tx, x SheetShown) error {
	_, err := tx.Exec(ctx, `INSERT INTO service_sheet_shown (`+shownColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		tx.NewID(), x.SheetID, x.VersionID, x.Number, x.Whom, x.ContactID, x.DealID, x.DeckID, x.Reason, db.At(tx.Now()), x.By)
	return err
}
