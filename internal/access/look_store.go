package access

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"kolega/internal/db"
)

// LoadLook gives an owner's look as it was at an instant; the house's own before any.
func LoadLook(ctx context.Context, tx *db.Tx, owner string, at time.Time) (Look, error) {
	l := Look{Owner: owner}
	var since db.Time
	err := tx.QueryRow(ctx, `SELECT since, color, logo, by_name FROM look WHERE owner = $1 AND since <= $2 ORDER BY since DESC LIMIT 1`, owner, db.At(at)).
		Scan(&since, &l.Color, &l.Logo, &l.By)
	if errors.Is(err, sql.ErrNoRows) {
		return l, nil
	}
	l.Since = since.Time
	return l, err
}

func insertLook(ctx context.Context, tx *db.Tx, l Look) error {
	_, err := tx.Exec(ctx, `INSERT INTO look (owner, since, color, logo, by_name) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (owner, since) DO UPDATE SET color = excluded.color, logo = excluded.logo, by_name = excluded.by_name`,
		l.Owner, db.At(l.Since), l.Color, l.Logo, l.By)
	return err
}
