package billing

import (
	"context"
	"database/sql"

	"kolega/internal/db"
	"kolega/internal/money"
)

const receiptColumns = `id, number, client_id, received_on, amount_minor, amount_currency, value_minor, value_currency, rate, rate_source, account, reference, payer,
	made_at, made_by, reversed_at, reversed_by, reason, version`

func scanReceipt(r scanner) (x Receipt, err error) {
	var made, reversed db.Time
	err = r.Scan(&x.ID, &x.Number, &x.ClientID, &x.On, &x.Amount.Minor, &x.Amount.Currency, &x.Value.Minor, &x.Value.Currency, &x.Rate, &x.RateSource, &x.Account,
		&x.Reference, &x.Payer, &made, &x.MadeBy, &reversed, &x.ReversedBy, &x.Reason, &x.Version)
	x.MadeAt, x.ReversedAt = made.Time, reversed.Time
	return x, err
}

// LoadReceipt gives a receipt, NotFound if there is none.
func LoadReceipt(ctx context.Context, tx *db.Tx, id string) (Receipt, error) {
	x, err := scanReceipt(tx.QueryRow(ctx, `SELECT `+receiptColumns+` FROM receipt WHERE id = $1`, id))
	return x, db.One(err)
}

// ListReceipts gives receipts, of one client or all, newest first.
func ListReceipts(ctx context.Context, tx *db.Tx, clientID, after string, limit int) ([]Receipt, error) {
	rows, err := tx.Query(ctx, `SELECT `+receiptColumns+` FROM receipt WHERE ($1 = '' OR client_id = $1) AND ($2 = '' OR id < $2) ORDER BY id DESC LIMIT $3`,
		clientID, after, limited(limit))
	return db.Collect(rows, err, func(r *sql.Rows) (Receipt, error) { return scanReceipt(r) })
}

// sameReceipt finds a standing receipt of the same money, NotFound if there is none.
func sameReceipt(ctx context.Context, tx *db.Tx, x Receipt) (Receipt, error) {
	twin, err := scanReceipt(tx.QueryRow(ctx, `SELECT `+receiptColumns+` FROM receipt WHERE client_id = $1 AND received_on = $2 AND amount_minor = $3 AND amount_currency = $4
		AND reference = $5 AND reversed_at IS NULL ORDER BY id LIMIT 1`, x.ClientID, string(x.On), x.Amount.Minor, string(x.Amount.Currency), x.Reference))
	return twin, db.One(err)
}

func insertReceipt(ctx context.Context, tx *db.Tx, x Receipt) error {
	_, err := tx.Exec(ctx, `INSERT INTO receipt (id, number, client_id, received_on, amount_minor, amount_currency, value_minor, value_currency, rate, rate_source, account,
		reference, payer, made_at, made_by, reversed_by, reason, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, '', '', 1)`,
		x.ID, x.Number, x.ClientID, string(x.On), x.Amount.Minor, string(x.Amount.Currency), x.Value.Minor, string(x.Value.Currency), x.Rate, x.RateSource, x.Account,
		x.Reference, x.Payer, db.At(x.MadeAt), x.MadeBy)
	return err
}

func saveReversal(ctx context.Context, tx *db.Tx, x Receipt) error {
	return db.Changed(tx.Exec(ctx, `UPDATE receipt SET reversed_at = $3, reversed_by = $4, reason = $5, version = version + 1 WHERE id = $1 AND version = $2 AND reversed_at IS NULL`,
		x.ID, x.Version, db.At(x.ReversedAt), x.ReversedBy, x.Reason))
}

const matchColumns = `id, receipt_id, invoice_id, currency, cash_minor, charge_minor, withheld_minor, slip_number, slip_on, made_at, reversed_at, version`

func scanMatch(r scanner) (m Match, err error) {
	var c money.Currency
	var made, reversed db.Time
	err = r.Scan(&m.ID, &m.ReceiptID, &m.InvoiceID, &c, &m.Cash.Minor, &m.Charge.Minor, &m.Withheld.Minor, &m.SlipNumber, &m.SlipOn, &made, &reversed, &m.Version)
	m.Cash.Currency, m.Charge.Currency, m.Withheld.Currency, m.MadeAt, m.ReversedAt = c, c, c, made.Time, reversed.Time
	return m, err
}

func loadMatch(ctx context.Context, tx *db.Tx, id string) (Match, error) {
	m, err := scanMatch(tx.QueryRow(ctx, `SELECT `+matchColumns+` FROM receipt_match WHERE id = $1`, id))
	return m, db.One(err)
}

func listMatches(ctx context.Context, tx *db.Tx, where, id string) ([]Match, error) {
	rows, err := tx.Query(ctx, `SELECT `+matchColumns+` FROM receipt_match WHERE `+where+` ORDER BY id`, id)
	return db.Collect(rows, err, func(r *sql.Rows) (Match, error) { return scanMatch(r) })
}

func insertMatch(ctx context.Context, tx *db.Tx, m Match) error {
	_, err := tx.Exec(ctx, `INSERT INTO receipt_match (id, receipt_id, invoice_id, currency, cash_minor, charge_minor, withheld_minor, slip_number, slip_on, made_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)`, m.ID, m.ReceiptID, m.InvoiceID, string(m.Cash.Currency), m.Cash.Minor, m.Charge.Minor, m.Withheld.Minor,
		m.SlipNumber, string(m.SlipOn), db.At(m.MadeAt))
	return err
}

func saveMatch(ctx context.Context, tx *db.Tx, m Match) error {
	return db.Changed(tx.Exec(ctx, `UPDATE receipt_match SET slip_number = $3, slip_on = $4, reversed_at = $5, version = version + 1 WHERE id = $1 AND version = $2`,
		m.ID, m.Version, m.SlipNumber, string(m.SlipOn), db.At(m.ReversedAt)))
}

// Slip is a withholding whose proof (bukti potong) a client still owes.
type Slip struct {
	Match     Match
	InvoiceNo string
	ClientID  string
}

// OpenSlips gives the withholdings without a proof, oldest first.
func OpenSlips(ctx context.Context, tx *db.Tx) ([]Slip, error) {
	rows, err := tx.Query(ctx, `SELECT m.id, m.receipt_id, m.invoice_id, m.currency, m.cash_minor, m.charge_minor, m.withheld_minor, m.slip_number, m.slip_on, m.made_at, m.reversed_at, m.version,
		COALESCE(i.number, ''), i.client_id FROM receipt_match m JOIN invoice i ON i.id = m.invoice_id
		WHERE m.withheld_minor > 0 AND m.slip_number = '' AND m.reversed_at IS NULL ORDER BY m.made_at, m.id`)
	return db.Collect(rows, err, func(r *sql.Rows) (s Slip, err error) {
		var c money.Currency
		var made, reversed db.Time
		m := &s.Match
		err = r.Scan(&m.ID, &m.ReceiptID, &m.InvoiceID, &c, &m.Cash.Minor, &m.Charge.Minor, &m.Withheld.Minor, &m.SlipNumber, &m.SlipOn, &made, &reversed, &m.Version, &s.InvoiceNo, &s.ClientID)
		m.Cash.Currency, m.Charge.Currency, m.Withheld.Currency, m.MadeAt = c, c, c, made.Time
		return s, err
	})
}
