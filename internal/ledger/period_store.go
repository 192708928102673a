package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"kolega/internal/db"
	"kolega/internal/money"
)

// open refuses an instant that lies in a closed period. Fault: ledger.closed.
func open(ctx context.Context, tx *db.Tx, at time.Time) error {
	var until string
	err := tx.QueryRow(ctx, `SELECT until_on FROM ledger_closing WHERE reopened_at IS NULL AND closed_before > $1 ORDER BY closed_before DESC LIMIT 1`, db.At(at)).Scan(&until)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err == nil {
		err = ErrClosed.With("until", until)
	}
	return err
}

const closingColumns = `id, until_on, closed_before, closed_at, closed_by, reopened_at, reopened_by, reason`

func scanClosing(r interface{ Scan(...any) error }) (c Closing, err error) {
	var before, at, reopened db.Time
	err = r.Scan(&c.ID, &c.Until, &before, &at, &c.By, &reopened, &c.ReopenedBy, &c.Reason)
	c.Before, c.At, c.ReopenedAt = before.Time, at.Time, reopened.Time
	return c, err
}

// lastClosing gives the latest closing that stands, zero when none does.
func lastClosing(ctx context.Context, tx *db.Tx) (Closing, error) {
	c, err := scanClosing(tx.QueryRow(ctx, `SELECT `+closingColumns+` FROM ledger_closing WHERE reopened_at IS NULL ORDER BY closed_before DESC LIMIT 1`))
	if errors.Is(err, sql.ErrNoRows) {
		return Closing{}, nil
	}
	return c, err
}

func listClosings(ctx context.Context, tx *db.Tx) ([]Closing, error) {
	rows, err := tx.Query(ctx, `SELECT `+closingColumns+` FROM ledger_closing ORDER BY closed_at DESC, id DESC LIMIT 50`)
	return db.Collect(rows, err, func(r *sql.Rows) (Closing, error) { return scanClosing(r) })
}

func insertClosing(ctx context.Context, tx *db.Tx, c Closing) error {
	_, err := tx.Exec(ctx, `INSERT INTO ledger_closing (id, until_on, closed_before, closed_at, closed_by, reopened_by, reason) VALUES ($1, $2, $3, $4, $5, '', '')`,
		c.ID, string(c.Until), db.At(c.Before), db.At(c.At), c.By)
	return err
}

func saveReopened(ctx context.Context, tx *db.Tx, c Closing) error {
	return db.Changed(tx.Exec(ctx, `UPDATE ledger_closing SET reopened_at = $2, reopened_by = $3, reason = $4 WHERE id = $1 AND reopened_at IS NULL`,
		c.ID, db.At(c.ReopenedAt), c.ReopenedBy, c.Reason))
}

// trialRows sums what the filter picks by account and currency: before Since, and from
// then on up to Until.
func trialRows(ctx context.Context, tx *db.Tx, f Filter) ([]TrialRow, error) {
	since := f.Since
	f.Since = time.Time{}
	where, args := f.where()
	args = append(args, db.At(since))
	before := "e.at < $" + itoa(len(args))
	rows, err := tx.Query(ctx, `SELECT l.account, l.amount_currency,
		CAST(COALESCE(SUM(l.amount_minor) FILTER (WHERE `+before+`), 0) AS BIGINT),
		CAST(COALESCE(SUM(l.amount_minor) FILTER (WHERE NOT `+before+` AND l.amount_minor > 0), 0) AS BIGINT),
		CAST(COALESCE(-SUM(l.amount_minor) FILTER (WHERE NOT `+before+` AND l.amount_minor < 0), 0) AS BIGINT)
		FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id WHERE `+where+` GROUP BY l.account, l.amount_currency ORDER BY 1, 2`, args...)
	return db.Collect(rows, err, func(r *sql.Rows) (x TrialRow, err error) {
		var c money.Currency
		err = r.Scan(&x.Account, &c, &x.Opening.Minor, &x.Debit.Minor, &x.Credit.Minor)
		x.Opening.Currency, x.Debit.Currency, x.Credit.Currency = c, c, c
		return x, err
	})
}
