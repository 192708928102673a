package talent

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

const rateColumns = `id, talent_id, platform, format, amount_minor, amount_currency, valid_from, valid_to, source, version`

// ListRates gives a talent's rate card by platform and format, the newest line first.
func ListRates(ctx context.Context, tx *db.Tx, talentID string) ([]Rate, error) {
	rows, err := tx.Query(ctx, `SELECT `+rateColumns+` FROM talent_rate WHERE talent_id = $1 ORDER BY platform, format, valid_from DESC`, talentID)
	return db.Collect(rows, err, func(r *sql.Rows) (Rate, error) { return scanRate(r) })
}

// LoadRates gives the rate cards of several talents, by talent id.
func LoadRates(ctx context.Context, tx *db.Tx, talentIDs []string) (map[string][]Rate, error) {
	out := make(map[string][]Rate, len(talentIDs))
	err := inParts(talentIDs, func(list string, args []any) error {
		rows, err := tx.Query(ctx, `SELECT `+rateColumns+` FROM talent_rate WHERE talent_id IN (`+list+`) ORDER BY platform, format, valid_from DESC`, args...)
		found, err := db.Collect(rows, err, func(r *sql.Rows) (Rate, error) { return scanRate(r) })
		for _, x := range found {
			out[x.TalentID] = append(out[x.TalentID], x)
		}
		return err
	})
	return out, err
}

func loadRate(ctx context.Context, tx *db.Tx, id string) (Rate, error) {
	r, err := scanRate(tx.QueryRow(ctx, `SELECT `+rateColumns+` FROM talent_rate WHERE id = $1`, id))
	return r, db.One(err)
}

func scanRate(s scanner) (r Rate, err error) {
	err = s.Scan(&r.ID, &r.TalentID, &r.Platform, &r.Format, &r.Amount.Minor, &r.Amount.Currency, &r.ValidFrom, &r.ValidTo, &r.Source, &r.Version)
	return r, err
}

const (
	putRateInto = `INSERT INTO talent_rate (id, talent_id, platform, format, amount_minor, amount_currency, valid_from, valid_to, source, version)`
	putRateOver = ` ON CONFLICT (talent_id, platform, format, valid_from) DO UPDATE SET amount_minor = excluded.amount_minor,
		amount_currency = excluded.amount_currency, valid_to = excluded.valid_to, source = excluded.source, version = talent_rate.version + 1`
)

func rateValues(r Rate) []any {
	return []any{r.ID, r.TalentID, r.Platform, r.Format, r.Amount.Minor, r.Amount.Currency, r.ValidFrom, r.ValidTo, r.Source, int64(1)}
}

// putRate keeps a line of the card: a line for the same platform, format and first
// day is replaced.
func putRate(ctx context.Context, tx *db.Tx, r Rate) error {
	return insertMany(ctx, tx, putRateInto, putRateOver, [][]any{rateValues(r)})
}

func deleteRate(ctx context.Context, tx *db.Tx, talentID, id string) error {
	n, err := tx.Exec(ctx, `DELETE FROM talent_rate WHERE id = $1 AND talent_id = $2`, id, talentID)
	if err == nil && n == 0 {
		return db.ErrNotFound
	}
	return err
}
