package access

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

const personColumns = `id, email, name, role, lang, zone, theme, password, totp, made_at, disabled_at,
	COALESCE(supervisor_id, ''), failed_tries, locked_until, version`

// LoadPerson gives a person of the agency, NotFound if there is none with the id.
func LoadPerson(ctx context.Context, tx *db.Tx, id string) (Person, error) {
	p, err := scanPerson(tx.QueryRow(ctx, `SELECT `+personColumns+` FROM person WHERE id = $1`, id))
	return p, db.One(err)
}

func loadPersonByEmail(ctx context.Context, tx *db.Tx, email string) (Person, error) {
	p, err := scanPerson(tx.QueryRow(ctx, `SELECT `+personColumns+` FROM person WHERE email = $1`, email))
	return p, db.One(err)
}

// ListPeople gives everybody of the agency by name, those who left included.
func ListPeople(ctx context.Context, tx *db.Tx) ([]Person, error) {
	rows, err := tx.Query(ctx, `SELECT `+personColumns+` FROM person ORDER BY name, id`)
	return db.Collect(rows, err, func(r *sql.Rows) (Person, error) { return scanPerson(r) })
}

func scanPerson(r interface{ Scan(...any) error }) (p Person, err error) {
	var made, disabled, locked db.Time
	err = r.Scan(&p.ID, &p.Email, &p.Name, &p.Role, &p.Lang, &p.Zone, &p.Theme, &p.password, &p.totp, &made, &disabled,
		&p.SupervisorID, &p.failedTries, &locked, &p.Version)
	p.MadeAt, p.DisabledAt, p.lockedUntil, p.HasTOTP = made.Time, disabled.Time, locked.Time, p.totp != ""
	return p, err
}

func countPeople(ctx context.Context, tx *db.Tx) (n int64, err error) {
	err = tx.QueryRow(ctx, `SELECT COUNT(*) FROM person`).Scan(&n)
	return n, err
}

func insertPerson(ctx context.Context, tx *db.Tx, p Person) error {
	n, err := tx.Exec(ctx, `INSERT INTO person (id, email, name, role, lang, zone, theme, password, totp, made_at, failed_tries, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', $9, 0, 1) ON CONFLICT (email) DO NOTHING`,
		p.ID, p.Email, p.Name, p.Role, p.Lang, p.Zone, p.Theme, p.password, db.At(p.MadeAt))
	if err == nil && n == 0 {
		return ErrEmailTaken.At("email")
	}
	return err
}

func savePerson(ctx context.Context, tx *db.Tx, p Person) error {
	var supervisor any
	if p.SupervisorID != "" {
		supervisor = p.SupervisorID
	}
	forgetKnown(tx)
	return db.Changed(tx.Exec(ctx, `UPDATE person SET name = $3, role = $4, lang = $5, zone = $6, theme = $7, password = $8, totp = $9,
		disabled_at = $10, supervisor_id = $11, failed_tries = $12, locked_until = $13, version = version + 1 WHERE id = $1 AND version = $2`,
		p.ID, p.Version, p.Name, p.Role, p.Lang, p.Zone, p.Theme, p.password, p.totp,
		db.At(p.DisabledAt), supervisor, p.failedTries, db.At(p.lockedUntil)))
}

// countManagers counts those who can still let others in.
func countManagers(ctx context.Context, tx *db.Tx) (n int64, err error) {
	err = tx.QueryRow(ctx, `SELECT COUNT(*) FROM person WHERE role = 'manager' AND disabled_at IS NULL`).Scan(&n)
	return n, err
}
