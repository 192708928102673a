package ledger

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

// Check gives every place where the books break a law: an entry that does not
// balance or has too few lines, a date before its cause, an account outside the
// chart, a reversal that does not mirror its entry.
func Check(ctx context.Context, tx *db.Tx) ([]Problem, error) {
	var out []Problem
	for _, q := range []struct{ code, text string }{
		{"ledger.unbalanced", `SELECT entry_id, amount_currency || ' ' || CAST(SUM(amount_minor) AS TEXT) FROM ledger_line
			GROUP BY entry_id, amount_currency HAVING SUM(amount_minor) <> 0`},
		{"ledger.early", `SELECT id, cause_kind || ' ' || cause_id FROM ledger_entry WHERE at < cause_at`},
		{"ledger.empty", `SELECT e.id, '' FROM ledger_entry e WHERE (SELECT COUNT(*) FROM ledger_line l WHERE l.entry_id = e.id) < 2`},
		{"ledger.mirror", `SELECT r.id, r.reverses FROM ledger_entry r JOIN ledger_line b ON b.entry_id = r.id
			LEFT JOIN ledger_line a ON a.entry_id = r.reverses AND a.position = b.position
			WHERE r.reverses IS NOT NULL AND (a.entry_id IS NULL OR a.account <> b.account OR a.doc_id <> b.doc_id
				OR a.amount_currency <> b.amount_currency OR a.amount_minor <> -b.amount_minor)`},
	} {
		rows, err := tx.Query(ctx, q.text)
		found, err := db.Collect(rows, err, func(r *sql.Rows) (Problem, error) {
			p := Problem{Code: q.code, Subject: "ledger-entry"}
			err := r.Scan(&p.ID, &p.Detail)
			return p, err
		})
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	rows, err := tx.Query(ctx, `SELECT DISTINCT account FROM ledger_line`)
	accounts, err := db.Collect(rows, err, func(r *sql.Rows) (a Account, err error) { err = r.Scan(&a); return a, err })
	for _, a := range accounts {
		if !a.Known() {
			out = append(out, Problem{Code: "ledger.account", Subject: "account", ID: string(a)})
		}
	}
	return out, err
}
