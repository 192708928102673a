package talent

import (
	"context"

	"kolega/internal/db"
)

func insertTable(ctx context.Context, tx *db.Tx, t Table) error {
	_, err := tx.Exec(ctx, `INSERT INTO talent_import (id, sha256, name, person_id, options, report, made_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, 1)`,
		t.ID, t.SHA256, t.Name, t.PersonID, db.JSON[TablePlan]{V: t.Plan}, db.JSON[ImportReport]{V: t.Report}, db.At(t.MadeAt))
	return err
}

func loadTable(ctx context.Context, tx *db.Tx, id string) (t Table, err error) {
	var plan db.JSON[TablePlan]
	var report db.JSON[ImportReport]
	var made, done db.Time
	err = tx.QueryRow(ctx, `SELECT id, sha256, name, person_id, options, report, made_at, done_at, version FROM talent_import WHERE id = $1`, id).
		Scan(&t.ID, &t.SHA256, &t.Name, &t.PersonID, &plan, &report, &made, &done, &t.Version)
	t.Plan, t.Report, t.MadeAt, t.DoneAt = plan.V, report.V, made.Time, done.Time
	return t, db.One(err)
}

func saveTable(ctx context.Context, tx *db.Tx, t Table) error {
	return db.Changed(tx.Exec(ctx, `UPDATE talent_import SET options = $3, report = $4, done_at = $5, version = version + 1 WHERE id = $1 AND version = $2`,
		t.ID, t.Version, db.JSON[TablePlan]{V: t.Plan}, db.JSON[ImportReport]{V: t.Report}, db.At(t.DoneAt)))
}

// knownAccounts says which of the accounts are on record, by platform and key.
func knownAccounts(ctx context.Context, tx *db.Tx, batch []Reading) (map[string]bool, error) {
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
