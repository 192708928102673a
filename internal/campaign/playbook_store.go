package campaign

import (
	"context"
	"database/sql"
	"errors"

	"kolega/internal/db"
)

const playbookColumns = `key, name_id, name_en, note_id, note_en, works, retired, version`

// LoadPlaybook gives a playbook; Invalid "playbook.unknown" when there is none.
func LoadPlaybook(ctx context.Context, tx *db.Tx, key string) (Playbook, error) {
	p, err := scanPlaybook(tx.QueryRow(ctx, `SELECT `+playbookColumns+` FROM playbook WHERE key = $1`, key))
	if errors.Is(err, sql.ErrNoRows) {
		return p, ErrNoPlaybook
	}
	return p, err
}

// ListPlaybooks gives the playbooks in their order, the retired ones only when asked for.
func ListPlaybooks(ctx context.Context, tx *db.Tx, retired bool) ([]Playbook, error) {
	rows, err := tx.Query(ctx, `SELECT `+playbookColumns+` FROM playbook WHERE $1 OR NOT retired ORDER BY key`, retired)
	return db.Collect(rows, err, func(r *sql.Rows) (Playbook, error) { return scanPlaybook(r) })
}

func scanPlaybook(r row) (p Playbook, err error) {
	var works db.JSON[[]PlaybookWork]
	err = r.Scan(&p.Key, &p.NameID, &p.NameEN, &p.NoteID, &p.NoteEN, &works, &p.Retired, &p.Version)
	p.Works = works.V
	return p, err
}

func insertPlaybook(ctx context.Context, tx *db.Tx, p Playbook) error {
	n, err := tx.Exec(ctx, `INSERT INTO playbook (`+playbookColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, 1) ON CONFLICT (key) DO NOTHING`,
		p.Key, p.NameID, p.NameEN, p.NoteID, p.NoteEN, db.JSON[[]PlaybookWork]{V: p.Works}, p.Retired)
	if err == nil && n == 0 {
		return ErrPlaybookKey.At("key")
	}
	return err
}

func savePlaybook(ctx context.Context, tx *db.Tx, p Playbook) error {
	return db.Changed(tx.Exec(ctx, `UPDATE playbook SET name_id = $3, name_en = $4, note_id = $5, note_en = $6, works = $7, retired = $8,
		version = version + 1 WHERE key = $1 AND version = $2`,
		p.Key, p.Version, p.NameID, p.NameEN, p.NoteID, p.NoteEN, db.JSON[[]PlaybookWork]{V: p.Works}, p.Retired))
}
