package billing

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

const statementColumns = `id, name, account, currency, from_on, to_on, lines_in, known, lines_out, skipped, taken_at, taken_by`

func scanStatement(r scanner) (x Statement, err error) {
	var taken db.Time
	err = r.Scan(&x.ID, &x.Name, &x.Account, &x.Currency, &x.From, &x.To, &x.In, &x.Known, &x.Out, &x.Skipped, &taken, &x.TakenBy)
	x.TakenAt = taken.Time
	return x, err
}

func loadStatement(ctx context.Context, tx *db.Tx, id string) (Statement, error) {
	x, err := scanStatement(tx.QueryRow(ctx, `SELECT `+statementColumns+` FROM bank_statement WHERE id = $1`, id))
	return x, db.One(err)
}

func listStatements(ctx context.Context, tx *db.Tx, limit int) ([]Statement, error) {
	rows, err := tx.Query(ctx, `SELECT `+statementColumns+` FROM bank_statement ORDER BY id DESC LIMIT $1`, limited(limit))
	return db.Collect(rows, err, func(r *sql.Rows) (Statement, error) { return scanStatement(r) })
}

func insertStatement(ctx context.Context, tx *db.Tx, x Statement) error {
	_, err := tx.Exec(ctx, `INSERT INTO bank_statement (`+statementColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		x.ID, x.Name, x.Account, string(x.Currency), string(x.From), string(x.To), x.In, x.Known, x.Out, x.Skipped, db.At(x.TakenAt), x.TakenBy)
	return err
}

// insertBankLine keeps a line once; false when another file had brought it.
func insertBankLine(ctx context.Context, tx *db.Tx, l BankLine) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO bank_line (id, statement_id, line_key, position, came_on, amount_minor, amount_currency, text, settled_by, aside_for, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', '', 1) ON CONFLICT (line_key) DO NOTHING`,
		l.ID, l.StatementID, l.Key, l.Row, string(l.On), l.Amount.Minor, string(l.Amount.Currency), l.Text)
	return n == 1, err
}

const bankLineColumns = `l.id, l.statement_id, l.line_key, l.position, l.came_on, l.amount_minor, l.amount_currency, l.text, s.account, COALESCE(l.receipt_id, ''),
	COALESCE(r.reversed_at, 0) > 0, l.settled_at, l.settled_by, l.aside_for, l.version
	FROM bank_line l JOIN bank_statement s ON s.id = l.statement_id LEFT JOIN receipt r ON r.id = l.receipt_id`

func scanBankLine(r scanner) (l BankLine, err error) {
	var settled db.Time
	err = r.Scan(&l.ID, &l.StatementID, &l.Key, &l.Row, &l.On, &l.Amount.Minor, &l.Amount.Currency, &l.Text, &l.Account, &l.ReceiptID, &l.ReceiptGone, &settled, &l.SettledBy, &l.AsideFor, &l.Version)
	l.SettledAt = settled.Time
	return l, err
}

func loadBankLine(ctx context.Context, tx *db.Tx, id string) (BankLine, error) {
	l, err := scanBankLine(tx.QueryRow(ctx, `SELECT `+bankLineColumns+` WHERE l.id = $1`, id))
	return l, db.One(err)
}

// listBankLines gives the lines of a statement, or of all the open ones.
func listBankLines(ctx context.Context, tx *db.Tx, statementID string) ([]BankLine, error) {
	rows, err := tx.Query(ctx, `SELECT `+bankLineColumns+` WHERE l.statement_id = $1 OR $1 = '' AND l.aside_for = '' AND (l.receipt_id IS NULL OR r.reversed_at IS NOT NULL)
		ORDER BY l.came_on DESC, l.id LIMIT 2000`, statementID)
	return db.Collect(rows, err, func(r *sql.Rows) (BankLine, error) { return scanBankLine(r) })
}

func saveBankLine(ctx context.Context, tx *db.Tx, l BankLine) error {
	return db.Changed(tx.Exec(ctx, `UPDATE bank_line SET receipt_id = $3, settled_at = $4, settled_by = $5, aside_for = $6, version = version + 1 WHERE id = $1 AND version = $2`,
		l.ID, l.Version, text(l.ReceiptID), db.At(l.SettledAt), l.SettledBy, l.AsideFor))
}

// countOpenLines is how much money of statements waits for a person.
func countOpenLines(ctx context.Context, tx *db.Tx) (n int64, err error) {
	err = tx.QueryRow(ctx, `SELECT COUNT(*) FROM bank_line l LEFT JOIN receipt r ON r.id = l.receipt_id WHERE l.aside_for = '' AND (l.receipt_id IS NULL OR r.reversed_at IS NOT NULL)`).Scan(&n)
	return n, err
}

// typedReceipts gives standing receipts of the same amount within three days that no
// line of a statement stands for: the money may have been typed before.
func typedReceipts(ctx context.Context, tx *db.Tx, l BankLine) ([]Receipt, error) {
	rows, err := tx.Query(ctx, `SELECT `+receiptColumns+` FROM receipt WHERE amount_minor = $1 AND amount_currency = $2 AND received_on BETWEEN $3 AND $4 AND reversed_at IS NULL
		AND NOT EXISTS (SELECT 1 FROM bank_line b WHERE b.receipt_id = receipt.id) ORDER BY id LIMIT 5`,
		l.Amount.Minor, string(l.Amount.Currency), string(l.On.AddDays(-3)), string(l.On.AddDays(3)))
	return db.Collect(rows, err, func(r *sql.Rows) (Receipt, error) { return scanReceipt(r) })
}
