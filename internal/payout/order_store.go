package payout

import (
	"context"
	"database/sql"
	"fmt"

	"kolega/internal/db"
)

const orderColumns = `id, attempt_id, part, send_key, account, amount_minor, amount_currency, account_end, state, ref, sends, asks, doubt, missing, frozen, fence, lease_until, made_at,
	first_sent_at, done_at, next_at, reason, version`

func scanOrder(r scanner) (o Order, err error) {
	var lease, made, sent, done, next db.Time
	err = r.Scan(&o.ID, &o.AttemptID, &o.Part, &o.Key, &o.Account, &o.Amount.Minor, &o.Amount.Currency, &o.AccountEnd, &o.State, &o.Ref, &o.Sends, &o.Asks, &o.Doubt, &o.Missing, &o.Frozen,
		&o.Fence, &lease, &made, &sent, &done, &next, &o.Reason, &o.Version)
	o.LeaseUntil, o.MadeAt, o.SentAt, o.DoneAt, o.NextAt = lease.Time, made.Time, sent.Time, done.Time, next.Time
	return o, err
}

func loadOrder(ctx context.Context, tx *db.Tx, id string) (Order, error) {
	o, err := scanOrder(tx.QueryRow(ctx, `SELECT `+orderColumns+` FROM payout_order WHERE id = $1`, id))
	return o, db.One(err)
}

// ordersOf gives the orders of an attempt by part.
func ordersOf(ctx context.Context, tx *db.Tx, attemptID string) ([]Order, error) {
	rows, err := tx.Query(ctx, `SELECT `+orderColumns+` FROM payout_order WHERE attempt_id = $1 ORDER BY part`, attemptID)
	return db.Collect(rows, err, func(r *sql.Rows) (Order, error) { return scanOrder(r) })
}

// insertOrder keeps a new order; false when the part has one.
func insertOrder(ctx context.Context, tx *db.Tx, o Order) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO payout_order (`+orderColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, 1)
		ON CONFLICT DO NOTHING`, o.ID, o.AttemptID, o.Part, o.Key, o.Account, o.Amount.Minor, string(o.Amount.Currency), o.AccountEnd, string(o.State), o.Ref, o.Sends, o.Asks, o.Doubt, o.Missing,
		o.Frozen, o.Fence, db.At(o.LeaseUntil), db.At(o.MadeAt), db.At(o.SentAt), db.At(o.DoneAt), db.At(o.NextAt), o.Reason)
	if err != nil {
		return false, fmt.Errorf("keep order: %w", err)
	}
	return n == 1, nil
}

func saveOrder(ctx context.Context, tx *db.Tx, o Order) error {
	return db.Changed(tx.Exec(ctx, `UPDATE payout_order SET state = $3, ref = $4, sends = $5, asks = $6, doubt = $7, missing = $8, frozen = $9, fence = $10, lease_until = $11, first_sent_at = $12,
		done_at = $13, next_at = $14, reason = $15, version = version + 1 WHERE id = $1 AND version = $2`, o.ID, o.Version, string(o.State), o.Ref, o.Sends, o.Asks, o.Doubt, o.Missing, o.Frozen,
		o.Fence, db.At(o.LeaseUntil), db.At(o.SentAt), db.At(o.DoneAt), db.At(o.NextAt), o.Reason))
}

// refTaken says whether another order has the provider's id.
func refTaken(ctx context.Context, tx *db.Tx, o Order, ref string) (bool, error) {
	var n int64
	err := tx.QueryRow(ctx, `SELECT (SELECT COUNT(*) FROM payout_order WHERE account = $1 AND ref = $2 AND id <> $3)
		+ (SELECT COUNT(*) FROM payout_transfer WHERE reference = $2 AND NOT (attempt_id = $4 AND number = $5))`, o.Account, ref, o.ID, o.AttemptID, o.Part).Scan(&n)
	return n > 0, err
}

// orderOfHint finds the order that a callback speaks of, NotFound when there is none.
func orderOfHint(ctx context.Context, tx *db.Tx, account string, h Hint) (Order, error) {
	o, err := scanOrder(tx.QueryRow(ctx, `SELECT `+orderColumns+` FROM payout_order WHERE account = $1 AND (ref <> '' AND ref = $2 OR send_key = $3) ORDER BY id LIMIT 1`, account, h.Ref, h.Key))
	return o, db.One(err)
}

// insertHint keeps what a callback said; false when its event was heard before.
func insertHint(ctx context.Context, tx *db.Tx, account string, h Hint) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO payout_inbox (account, event_id, at, ref, send_key, verdict, amount_minor, amount_currency, account_end, order_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '') ON CONFLICT DO NOTHING`,
		account, h.EventID, db.At(tx.Now()), h.Ref, h.Key, string(h.Verdict), h.Amount.Minor, string(h.Amount.Currency), h.AccountEnd)
	return n == 1, err
}

func loadHint(ctx context.Context, tx *db.Tx, account, event string) (h Hint, err error) {
	h.EventID = event
	err = tx.QueryRow(ctx, `SELECT ref, send_key, verdict, amount_minor, amount_currency, account_end FROM payout_inbox WHERE account = $1 AND event_id = $2`, account, event).
		Scan(&h.Ref, &h.Key, &h.Verdict, &h.Amount.Minor, &h.Amount.Currency, &h.AccountEnd)
	return h, db.One(err)
}

func matchHint(ctx context.Context, tx *db.Tx, account, event, order string) error {
	_, err := tx.Exec(ctx, `UPDATE payout_inbox SET order_id = $3 WHERE account = $1 AND event_id = $2`, account, event, order)
	return err
}

const providerColumns = `id, kind, currency, mode, secret_sealed, secret_end, token_sealed, active, changed_at, changed_name, tested_at, test_code, balance_minor, balance_currency, heard_at, failed_at, version`

func scanProvider(r scanner) (a ProviderAccount, err error) {
	var changed, tested, heard, failed db.Time
	err = r.Scan(&a.ID, &a.Kind, &a.Currency, &a.Mode, &a.secretSealed, &a.SecretEnd, &a.tokenSealed, &a.Active, &changed, &a.ChangedName, &tested, &a.TestCode, &a.Balance.Minor, &a.Balance.Currency,
		&heard, &failed, &a.Version)
	a.ChangedAt, a.TestedAt, a.HeardAt, a.FailedAt = changed.Time, tested.Time, heard.Time, failed.Time
	return a, err
}

func loadProvider(ctx context.Context, tx *db.Tx, id string) (ProviderAccount, error) {
	a, err := scanProvider(tx.QueryRow(ctx, `SELECT `+providerColumns+` FROM payout_provider WHERE id = $1`, id))
	return a, db.One(err)
}

func listProviders(ctx context.Context, tx *db.Tx) ([]ProviderAccount, error) {
	rows, err := tx.Query(ctx, `SELECT `+providerColumns+` FROM payout_provider ORDER BY id`)
	return db.Collect(rows, err, func(r *sql.Rows) (ProviderAccount, error) { return scanProvider(r) })
}

func putProvider(ctx context.Context, tx *db.Tx, a ProviderAccount) error {
	return db.Changed(tx.Exec(ctx, `INSERT INTO payout_provider (`+providerColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL, '', 0, '', NULL, NULL, 1)
		ON CONFLICT (id) DO UPDATE SET mode = excluded.mode, secret_sealed = excluded.secret_sealed, secret_end = excluded.secret_end, token_sealed = excluded.token_sealed, active = excluded.active,
		changed_at = excluded.changed_at, changed_name = excluded.changed_name, tested_at = NULL, test_code = '', version = payout_provider.version + 1 WHERE payout_provider.version = $11`,
		a.ID, a.Kind, string(a.Currency), a.Mode, a.secretSealed, a.SecretEnd, a.tokenSealed, a.Active, db.At(a.ChangedAt), a.ChangedName, a.Version))
}

// heard keeps whether a provider answered lately.
func heard(ctx context.Context, tx *db.Tx, id string, answered bool) error {
	column := "failed_at"
	if answered {
		column = "heard_at"
	}
	_, err := tx.Exec(ctx, `UPDATE payout_provider SET `+column+` = $2 WHERE id = $1`, id, db.At(tx.Now()))
	return err
}

func keepTest(ctx context.Context, tx *db.Tx, a ProviderAccount) error {
	_, err := tx.Exec(ctx, `UPDATE payout_provider SET tested_at = $2, test_code = $3, balance_minor = $4, balance_currency = $5 WHERE id = $1`,
		a.ID, db.At(a.TestedAt), a.TestCode, a.Balance.Minor, string(a.Balance.Currency))
	return err
}
