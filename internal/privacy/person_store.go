package privacy

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"kolega/internal/db"
)

func (t Table) whose(k Kind) string {
	if t.Whose == "" {
		return k.whose()
	}
	return t.Whose
}

// args are the arguments of a statement whose condition is cond, which may not use $1.
func args(cond, id string) []any {
	if strings.Contains(cond, "$1") {
		return []any{id}
	}
	return nil
}

// texts gives the distinct values of columns in a person's rows.
func texts(ctx context.Context, tx *db.Tx, t Table, s Subject, columns []string) (out []string, err error) {
	where := t.whose(s.Kind)
	for _, c := range columns {
		rows, err := tx.Query(ctx, `SELECT DISTINCT `+c+` FROM `+t.Name+` WHERE (`+where+`) AND `+c+` <> ''`, args(where, s.ID)...)
		list, err := db.Collect(rows, err, func(r *sql.Rows) (v string, err error) { return v, r.Scan(&v) })
		if err != nil {
			return nil, fmt.Errorf("read %s.%s: %w", t.Name, c, err)
		}
		out = append(out, list...)
	}
	return out, nil
}

// erase drops a person's rows, or puts the alias and nothing where names and numbers stood.
func (t Table) erase(ctx context.Context, tx *db.Tx, s Subject) error {
	where := t.whose(s.Kind)
	if t.Drop {
		_, err := tx.Exec(ctx, `DELETE FROM `+t.Name+` WHERE `+where, args(where, s.ID)...)
		return named(t, err)
	}
	values := args(where, s.ID)
	var set []string
	put := func(column, value string) {
		values = append(values, value)
		set = append(set, fmt.Sprintf("%s = CASE WHEN %s = '' THEN '' ELSE $%d END", column, column, len(values)))
	}
	for _, c := range t.Alias {
		put(c, s.Alias())
	}
	for _, c := range t.Clear {
		put(c, "")
	}
	for _, c := range t.Sealed {
		put(c.Column, "")
	}
	for _, c := range t.Files {
		put(c, "")
	}
	if len(set) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `UPDATE `+t.Name+` SET `+strings.Join(set, ", ")+` WHERE `+where, values...)
	return named(t, err)
}

func named(t Table, err error) error {
	if err != nil {
		return fmt.Errorf("erase from %s: %w", t.Name, err)
	}
	return nil
}

// blot takes a person's words out of the texts of a table.
func (t Table) blot(ctx context.Context, tx *db.Tx, s Subject, words []string, b *blotter) error {
	where := t.whose(s.Kind)
	first := args(where, s.ID)
	for _, c := range t.Blot {
		for _, w := range words {
			like := fmt.Sprintf(`LOWER(%s) LIKE $%d ESCAPE '!'`, c, len(first)+1)
			pattern := "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(strings.ToLower(w)) + "%"
			rows, err := tx.Query(ctx, `SELECT DISTINCT `+c+` FROM `+t.Name+` WHERE (`+where+`) AND `+like, append(first[:len(first):len(first)], pattern)...)
			found, err := db.Collect(rows, err, func(r *sql.Rows) (v string, err error) { return v, r.Scan(&v) })
			if err != nil {
				return named(t, err)
			}
			for _, text := range found {
				clean := b.out(text)
				if clean == text {
					continue
				}
				n := len(first)
				if _, err := tx.Exec(ctx, fmt.Sprintf(`UPDATE %s SET %s = $%d WHERE (%s) AND %s = $%d`, t.Name, c, n+1, where, c, n+2),
					append(first[:n:n], clean, text)...); err != nil {
					return named(t, err)
				}
			}
		}
	}
	return nil
}

// Row is one kept row in a person's copy, by the names of its columns; instants are in
// RFC 3339, amounts in the smallest unit.
type Row map[string]any

// rows reads a person's rows for the copy.
func (t Table) rows(ctx context.Context, tx *db.Tx, s Subject) ([]Row, error) {
	columns := append([]string{}, t.Show...)
	for _, c := range t.Sealed {
		columns = append(columns, c.Column)
	}
	columns = append(columns, t.Files...)
	if len(columns) == 0 || t.Whose == Anybody {
		return nil, nil
	}
	where := t.whose(s.Kind)
	rows, err := tx.Query(ctx, `SELECT `+strings.Join(columns, ", ")+` FROM `+t.Name+` WHERE `+where+` ORDER BY 1`, args(where, s.ID)...)
	return db.Collect(rows, err, func(r *sql.Rows) (Row, error) {
		values, to := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			to[i] = &values[i]
		}
		if err := r.Scan(to...); err != nil {
			return nil, err
		}
		out := Row{}
		for i, c := range columns {
			out[c] = readable(c, values[i])
		}
		return out, nil
	})
}

// readable is a value of a row as a person can read it.
func readable(column string, v any) any {
	switch v := v.(type) {
	case []byte:
		return string(v)
	case int64:
		if strings.HasSuffix(column, "_at") || column == "at" {
			return time.UnixMicro(v).UTC().Format(time.RFC3339)
		}
	}
	return v
}

// refers says whether any row still names a file.
func refers(ctx context.Context, tx *db.Tx, tables []Table, sha string) (is bool, err error) {
	for _, t := range tables {
		for _, c := range t.Files {
			if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM `+t.Name+` WHERE `+c+` = $1)`, sha).Scan(&is); err != nil || is {
				return is, err
			}
		}
	}
	return false, nil
}
