package db

import "context"

// Shred makes what was deleted or overwritten before disappear from the bytes of the
// database's files too, after the erasure of a person. SQLite writes its file
// anew, and changes wait meanwhile: about a second for 100 MB. On PostgreSQL freed room is
// the server's, which clears it by its own plan.
func (d *DB) Shred(ctx context.Context) error {
	if d.dialect == postgres {
		return nil
	}
	return d.turn.wait(&change{ready: make(chan struct{}), alone: func() error {
		if err := d.turn.conn.begin("SELECT 1"); err != nil { // connects, where no change did yet
			return err
		}
		return d.turn.say(ctx, []string{"VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"})
	}})
}
