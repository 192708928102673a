package billing

import (
	"context"
	"database/sql"
	"fmt"

	"kolega/internal/db"
	"kolega/internal/ledger"
)

// Check gives every place where documents and books disagree: an invoice whose
// receivable is not issued − credited − received, a number left out or given
// twice, a receipt matched beyond its money.
func Check(ctx context.Context, tx *db.Tx) ([]ledger.Problem, error) {
	var out []ledger.Problem
	for _, q := range []struct{ code, subject, text string }{
		{"billing.receivable", "invoice", `SELECT i.id, '' FROM invoice i WHERE i.issued_at IS NOT NULL AND
			(SELECT COALESCE(SUM(amount_minor), 0) FROM ledger_line WHERE doc_id = i.id AND account = 'receivable') <> i.total_minor
			- (SELECT COALESCE(SUM(to_open_minor), 0) FROM credit_note WHERE invoice_id = i.id AND issued_at IS NOT NULL)
			- (SELECT COALESCE(SUM(cash_minor + charge_minor + withheld_minor), 0) FROM receipt_match WHERE invoice_id = i.id AND reversed_at IS NULL)`},
		{"billing.overdrawn", "receipt", `SELECT r.id, '' FROM receipt r WHERE (SELECT COALESCE(SUM(amount_minor), 0) FROM ledger_line WHERE doc_id = r.id AND account = 'client-credit') > 0`},
		{"billing.totals", "invoice", `SELECT id, '' FROM invoice WHERE issued_at IS NOT NULL AND (total_minor <> price_minor + ppn_minor OR due_minor <> total_minor - withheld_minor)`},
	} {
		rows, err := tx.Query(ctx, q.text)
		found, err := db.Collect(rows, err, func(r *sql.Rows) (ledger.Problem, error) {
			p := ledger.Problem{Code: q.code, Subject: q.subject}
			err := r.Scan(&p.ID, &p.Detail)
			return p, err
		})
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	for table, series := range map[string]Series{"invoice": SeriesInvoice, "credit_note": SeriesCredit} {
		found, err := checkNumbers(ctx, tx, table, series)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// checkNumbers compares the serials of a year with the last one taken.
func checkNumbers(ctx context.Context, tx *db.Tx, table string, s Series) ([]ledger.Problem, error) {
	rows, err := tx.Query(ctx, `SELECT t.year, t.last, (SELECT COUNT(*) FROM `+table+` d WHERE d.year = t.year AND d.serial > 0),
		(SELECT COUNT(DISTINCT d.serial) FROM `+table+` d WHERE d.year = t.year AND d.serial BETWEEN 1 AND t.last) FROM number_taken t WHERE t.series = $1`, string(s))
	type run struct{ year, last, all, distinct int64 }
	runs, err := db.Collect(rows, err, func(r *sql.Rows) (x run, err error) {
		err = r.Scan(&x.year, &x.last, &x.all, &x.distinct)
		return x, err
	})
	var out []ledger.Problem
	for _, x := range runs {
		if x.all != x.last || x.distinct != x.last {
			out = append(out, ledger.Problem{Code: "billing.numbers", Subject: table, ID: fmt.Sprint(x.year), Detail: fmt.Sprintf("%d taken, %d used, %d different", x.last, x.all, x.distinct)})
		}
	}
	return out, err
}
