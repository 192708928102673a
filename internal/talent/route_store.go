package talent

import (
	"context"
	"database/sql"
	"errors"

	"kolega/internal/db"
)

const routeColumns = `talent_id, method, bank, bank_country, number_sealed, number_end, account_name, currency, changed_at, changed_by, changed_via, confirmed_at, confirmed_by, confirmed_via, version`

// LoadRoute gives how a talent is paid; FaultNoRoute if that is not known.
func LoadRoute(ctx context.Context, tx *db.Tx, talentID string) (Route, error) {
	r, err := scanRoute(tx.QueryRow(ctx, `SELECT `+routeColumns+` FROM talent_route WHERE talent_id = $1`, talentID))
	if errors.Is(err, sql.ErrNoRows) {
		return Route{}, FaultNoRoute
	}
	return r, err
}

// LoadRoutes gives the known routes of several talents, by talent id.
func LoadRoutes(ctx context.Context, tx *db.Tx, talentIDs []string) (map[string]Route, error) {
	out := make(map[string]Route, len(talentIDs))
	err := inParts(talentIDs, func(list string, args []any) error {
		rows, err := tx.Query(ctx, `SELECT `+routeColumns+` FROM talent_route WHERE talent_id IN (`+list+`)`, args...)
		found, err := db.Collect(rows, err, func(r *sql.Rows) (Route, error) { return scanRoute(r) })
		for _, r := range found {
			out[r.TalentID] = r
		}
		return err
	})
	return out, err
}

func scanRoute(s scanner) (r Route, err error) {
	var changed, confirmed db.Time
	err = s.Scan(&r.TalentID, &r.Method, &r.Bank, &r.BankCountry, &r.NumberSealed, &r.NumberEnd, &r.AccountName, &r.Currency, &changed, &r.ChangedBy, &r.ChangedVia, &confirmed, &r.ConfirmedBy, &r.ConfirmedVia, &r.Version)
	r.ChangedAt, r.ConfirmedAt = changed.Time, confirmed.Time
	return r, err
}

func putRoute(ctx context.Context, tx *db.Tx, r Route) error {
	_, err := tx.Exec(ctx, `INSERT INTO talent_route (talent_id, method, bank, bank_country, number_sealed, number_end, account_name, currency, changed_at, changed_by, changed_via, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1) ON CONFLICT (talent_id) DO UPDATE SET method = excluded.method, bank = excluded.bank,
		bank_country = excluded.bank_country, number_sealed = excluded.number_sealed, number_end = excluded.number_end, account_name = excluded.account_name,
		currency = excluded.currency, changed_at = excluded.changed_at, changed_by = excluded.changed_by,
		changed_via = excluded.changed_via, confirmed_at = NULL, confirmed_by = '', confirmed_via = '', version = talent_route.version + 1`,
		r.TalentID, r.Method, r.Bank, r.BankCountry, r.NumberSealed, r.NumberEnd, r.AccountName, r.Currency, db.At(r.ChangedAt), r.ChangedBy, string(r.ChangedVia))
	return err
}

// saveConfirmed keeps the talent's word for the account as it stands: one that was
// changed meanwhile is not confirmed.
func saveConfirmed(ctx context.Context, tx *db.Tx, r Route) error {
	return db.Changed(tx.Exec(ctx, `UPDATE talent_route SET confirmed_at = $3, confirmed_by = $4, confirmed_via = $5 WHERE talent_id = $1 AND version = $2 AND confirmed_at IS NULL`,
		r.TalentID, r.Version, db.At(r.ConfirmedAt), r.ConfirmedBy, string(r.ConfirmedVia)))
}

// Identity is what is known of a talent's tax and identity numbers: the last four
// digits; the whole is sealed.
type Identity struct {
	TaxSealed, TaxEnd           string
	IdentitySealed, IdentityEnd string
}

// LoadIdentity gives a talent's sealed numbers; zero if none was given.
func LoadIdentity(ctx context.Context, tx *db.Tx, talentID string) (i Identity, err error) {
	err = tx.QueryRow(ctx, `SELECT tax_sealed, tax_end, identity_sealed, identity_end FROM talent_identity WHERE talent_id = $1`, talentID).
		Scan(&i.TaxSealed, &i.TaxEnd, &i.IdentitySealed, &i.IdentityEnd)
	if errors.Is(err, sql.ErrNoRows) {
		return Identity{}, nil
	}
	return i, err
}

func putIdentity(ctx context.Context, tx *db.Tx, talentID string, i Identity) error {
	_, err := tx.Exec(ctx, `INSERT INTO talent_identity (talent_id, tax_sealed, tax_end, identity_sealed, identity_end, changed_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, 1) ON CONFLICT (talent_id) DO UPDATE SET tax_sealed = excluded.tax_sealed, tax_end = excluded.tax_end,
		identity_sealed = excluded.identity_sealed, identity_end = excluded.identity_end, changed_at = excluded.changed_at, version = talent_identity.version + 1`,
		talentID, i.TaxSealed, i.TaxEnd, i.IdentitySealed, i.IdentityEnd, db.At(tx.Now()))
	return err
}
