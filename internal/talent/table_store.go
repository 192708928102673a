package talent

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

const tableColumns = `id, sha256, name, person_id, options, report, row_count, share, fault, made_at, begun_at, done_at, version`

func insertTable(ctx context.Context, tx *db.Tx, t Table) error {
	_, err := tx.Exec(ctx, `INSERT INTO talent_import (id, sha256, name, person_id, options, report, row_count, share, fault, made_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, '', $8, 1)`,
		t.ID, t.SHA256, t.Name, t.PersonID, db.JSON[TablePlan]{V: t.Plan}, db.JSON[ImportReport]{V: t.Report}, t.Rows, db.At(t.MadeAt))
	return err
}

func loadTable(ctx context.Context, tx *db.Tx, id string) (Table, error) {
	t, err := scanTable(tx.QueryRow(ctx, `SELECT `+tableColumns+` FROM talent_import WHERE id = $1`, id))
	return t, db.One(err)
}

// listTables gives the newest tables, without how they are read.
func listTables(ctx context.Context, tx *db.Tx, most int) ([]Table, error) {
	rows, err := tx.Query(ctx, `SELECT `+tableColumns+` FROM talent_import ORDER BY id DESC LIMIT $1`, most)
	return db.Collect(rows, err, func(r *sql.Rows) (Table, error) { return scanTable(r) })
}

func scanTable(r scanner) (t Table, err error) {
	var plan db.JSON[TablePlan]
	var report db.JSON[ImportReport]
	var made, begun, done db.Time
	err = r.Scan(&t.ID, &t.SHA256, &t.Name, &t.PersonID, &plan, &report, &t.Rows, &t.Share, &t.Fault, &made, &begun, &done, &t.Version)
	t.Plan, t.Report, t.MadeAt, t.BegunAt, t.DoneAt = plan.V, report.V, made.Time, begun.Time, done.Time
	return t, err
}

func saveTable(ctx context.Context, tx *db.Tx, t Table) error {
	return db.Changed(tx.Exec(ctx, `UPDATE talent_import SET options = $3, report = $4, share = $5, fault = $6, begun_at = $7, done_at = $8, version = version + 1 WHERE id = $1 AND version = $2`,
		t.ID, t.Version, db.JSON[TablePlan]{V: t.Plan}, db.JSON[ImportReport]{V: t.Report}, t.Share, t.Fault, db.At(t.BegunAt), db.At(t.DoneAt)))
}

// keepOwnImport keeps what came of an import that no table waits for.
func keepOwnImport(ctx context.Context, tx *db.Tx, im *importer) error {
	_, err := tx.Exec(ctx, `INSERT INTO talent_import (id, sha256, name, person_id, options, report, row_count, share, fault, made_at, begun_at, done_at, version)
		VALUES ($1, '', $2, $3, $4, $5, $6, 10000, '', $7, $7, $7, 1) ON CONFLICT (id) DO UPDATE SET report = excluded.report, row_count = excluded.row_count, done_at = excluded.done_at, version = talent_import.version + 1`,
		im.id, im.source, im.actor.ID, db.JSON[TablePlan]{}, db.JSON[ImportReport]{V: im.report.counts()}, im.report.Read, db.At(tx.Now()))
	return err
}

// insertRows keeps rows that a person should see.
func insertRows(ctx context.Context, tx *db.Tx, importID string, rows []RowReport) error {
	_, err := tx.Exec(ctx, `INSERT INTO talent_import_part (import_id, number, count, rows_doc) VALUES ($1, $2, $3, $4)`,
		importID, rows[0].Row, len(rows), db.JSON[[]RowReport]{V: rows})
	return err
}

// loadRows gives the rows after one that a person should see, and whether there are more.
func loadRows(ctx context.Context, tx *db.Tx, importID string, after int64, most int) (out []RowReport, more bool, err error) {
	const step = 8 // parts
	var from int64
	err = tx.QueryRow(ctx, `SELECT COALESCE(MAX(number), 0) FROM talent_import_part WHERE import_id = $1 AND number <= $2`, importID, after).Scan(&from)
	for err == nil {
		var parts []importPart
		if parts, err = loadParts(ctx, tx, importID, from, step); err != nil {
			return nil, false, err
		}
		for _, p := range parts {
			for _, row := range p.rows.V {
				switch {
				case row.Row <= after:
				case len(out) == most:
					return out, true, nil
				default:
					out = append(out, row)
				}
			}
			from = p.number + 1
		}
		if len(parts) < step {
			return out, false, nil
		}
	}
	return out, false, err
}

type importPart struct {
	number int64
	rows   db.JSON[[]RowReport]
}

func loadParts(ctx context.Context, tx *db.Tx, importID string, from int64, most int) ([]importPart, error) {
	rows, err := tx.Query(ctx, `SELECT number, rows_doc FROM talent_import_part WHERE import_id = $1 AND number >= $2 ORDER BY number LIMIT $3`, importID, from, most)
	return db.Collect(rows, err, func(r *sql.Rows) (p importPart, err error) { return p, r.Scan(&p.number, &p.rows) })
}

// knownAccounts says which of the accounts are on record, by platform and key.
func knownAccounts(ctx context.Context, tx *db.Tx, batch []*Reading) (map[string]bool, error) {
	k := newKnown()
	out := map[string]bool{}
	keys := map[Platform][]string{}
	for _, r := range batch {
		for _, a := range r.Accounts {
			keys[a.Platform] = append(keys[a.Platform], a.Key)
		}
	}
	for p, list := range keys {
		if err := k.loadAccounts(ctx, tx, p, "account_key", list, map[string]bool{}); err != nil {
			return nil, err
		}
	}
	for key := range k.accounts {
		out[key] = true
	}
	return out, nil
}

// listOrigins gives the imports whose rows were about a talent.
func listOrigins(ctx context.Context, tx *db.Tx, talentID string) ([]Origin, error) {
	rows, err := tx.Query(ctx, `SELECT r.import_id, i.name, i.person_id, COALESCE(i.begun_at, i.made_at), COUNT(*) FROM talent_import_row r
		JOIN talent_import i ON i.id = r.import_id WHERE r.talent_id = $1
		GROUP BY r.import_id, i.name, i.person_id, COALESCE(i.begun_at, i.made_at) ORDER BY r.import_id`, talentID)
	return db.Collect(rows, err, func(r *sql.Rows) (o Origin, err error) {
		var at db.Time
		err = r.Scan(&o.ImportID, &o.Name, &o.By, &at, &o.Rows)
		o.At = at.Time
		return o, err
	})
}
