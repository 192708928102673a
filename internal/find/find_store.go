package find

import (
	"context"
	"database/sql"

	"kolega/internal/access"
	"kolega/internal/db"
)

// From makes a source of a query: id, where it stands, title, second, three keys, since
// when.
func From(kind Kind, verb access.Verb, query string) Source {
	return Source{Kind: kind, Verb: verb, List: func(ctx context.Context, tx *db.Tx, _ access.Actor) ([]Line, error) {
		return Query(ctx, tx, kind, query)
	}}
}

// Query gives the lines of a query as From takes it.
func Query(ctx context.Context, tx *db.Tx, kind Kind, query string, args ...any) ([]Line, error) {
	rows, err := tx.Query(ctx, query, args...)
	return db.Collect(rows, err, func(r *sql.Rows) (Line, error) {
		l, at := Line{Kind: kind, Keys: make([]string, 3)}, db.Time{}
		err := r.Scan(&l.ID, &l.Within, &l.Title, &l.Second, &l.Keys[0], &l.Keys[1], &l.Keys[2], &at)
		l.At = at.Time
		return l, err
	})
}
