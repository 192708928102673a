package job

import (
	"context"
	"time"

	"kolega/internal/db"
)

// Load is how much waits.
type Load struct {
	Due    int64         // due and not done
	Late   time.Duration // of the oldest of them
	Parked int64         // given up, for a person to look at
}

// LoadOf counts the jobs that are due at the change's instant, and the parked ones.
func LoadOf(ctx context.Context, tx *db.Tx) (l Load, err error) {
	var oldest db.Time
	err = tx.QueryRow(ctx, `SELECT COUNT(*), COALESCE(MIN(due_at), $1) FROM job WHERE done_at IS NULL AND parked_at IS NULL AND due_at <= $1`, db.At(tx.Now())).Scan(&l.Due, &oldest)
	if err != nil {
		return l, err
	}
	l.Late = tx.Now().Sub(oldest.Time)
	return l, tx.QueryRow(ctx, `SELECT COUNT(*) FROM job WHERE parked_at IS NOT NULL`).Scan(&l.Parked)
}
