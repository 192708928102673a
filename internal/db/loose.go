package db

import (
	"context"
	"database/sql"
	"errors"

	"kolega/internal/fault"
)

// Loosely runs fill while commits do not wait for the disk, and makes everything
// durable before it returns. It is for filling an empty database, which is begun
// anew when that is cut short; facts that somebody relies on are written outside
// of it. Fault: db.lost when the connection changed meanwhile.
func (d *DB) Loosely(ctx context.Context, fill func() error) error {
	var held *sql.Conn
	err := d.turn.wait(&change{ready: make(chan struct{}), alone: func() error {
		if err := d.turn.conn.begin("SELECT 1"); err != nil {
			return err
		}
		held = d.turn.conn.raw
		return d.turn.say(ctx, d.dialect.loose())
	}})
	if err != nil {
		return err
	}
	err = fill()
	return errors.Join(err, d.turn.wait(&change{ready: make(chan struct{}), alone: func() error {
		if d.turn.conn.raw != held {
			return fault.New(fault.Unavailable, "db.lost")
		}
		return d.turn.say(context.WithoutCancel(ctx), d.dialect.firm())
	}}))
}

// say runs statements on the writing connection, outside of any change.
func (t *turn) say(ctx context.Context, texts []string) error {
	for _, text := range texts {
		if _, err := t.conn.raw.ExecContext(ctx, text); err != nil {
			return err
		}
	}
	return nil
}

func (d dialect) loose() []string {
	if d == postgres {
		return []string{"SET synchronous_commit = off"}
	}
	return []string{"PRAGMA synchronous = OFF"}
}

// firm is what makes the commits before it durable as well: on SQLite the log is
// carried into the file, on PostgreSQL a commit that waits carries the earlier ones.
func (d dialect) firm() []string {
	if d == postgres {
		return []string{"SET synchronous_commit = on", "UPDATE writer_turn SET n = n WHERE id = 1"}
	}
	return []string{"PRAGMA synchronous = FULL", "PRAGMA wal_checkpoint(TRUNCATE)"}
}
