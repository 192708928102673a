package db

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"kolega/internal/fault"
)

// Clock tells the time of changes. worktime's clocks fit.
type Clock interface{ Now() time.Time }

// Options of Open. The zero value is a system without clock and is refused.
type Options struct {
	Clock   Clock        // required
	Logger  *slog.Logger // default: slog.Default()
	Readers int          // connections for reading, default 4
	Twice   bool         // run every change twice, the first time for nothing: for tests
}

// Faults of this room.
var (
	ErrNested   = fault.New(fault.Internal, "db.nested")
	ErrClosed   = fault.New(fault.Unavailable, "db.closed")
	ErrTooNew   = fault.New(fault.Conflict, "db.too-new")
	ErrNotFound = fault.New(fault.NotFound, "not-found")
	ErrChanged  = fault.New(fault.Conflict, "conflict.changed")
	ErrReplayed = fault.New(fault.Conflict, "idempotency.done")
	ErrKeyReuse = fault.New(fault.Conflict, "idempotency.other-body")
)

// DB is an open database. Make one with Open.
type DB struct {
	clock   Clock
	log     *slog.Logger
	dialect dialect
	pool    *sql.DB       // SQLite: readers; PostgreSQL: readers and writer
	writes  *sql.DB       // SQLite: the one writing connection; PostgreSQL: same as pool
	settler *settler      // nil on PostgreSQL
	slots   chan struct{} // one for each reader
	readers readers
	turn    *turn
	twice   bool
	answers answers // until their rows have them
	closed  atomic.Bool
	lent    sync.Map // what rooms leave here for their changes, by name
}

// Open connects to "sqlite:PATH" or "postgres://…" and asserts the settings that
// durability rests on. The schema is not touched: see Migrate.
func Open(ctx context.Context, url string, o Options) (*DB, error) {
	if o.Clock == nil {
		return nil, fmt.Errorf("open database: no clock")
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Readers <= 0 {
		o.Readers = 4
	}
	d := &DB{clock: o.Clock, log: o.Logger, slots: make(chan struct{}, o.Readers), twice: o.Twice}
	var err error
	switch {
	case strings.HasPrefix(url, "sqlite:"):
		err = d.openSQLite(ctx, strings.TrimPrefix(url, "sqlite:"), o.Readers)
	case strings.HasPrefix(url, "postgres://"), strings.HasPrefix(url, "postgresql://"):
		err = d.openPostgres(ctx, url, o.Readers)
	default:
		err = fmt.Errorf("database address %q: want sqlite:PATH or postgres://…", url)
	}
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	for range o.Readers {
		d.readers.put(&conn{pool: d.pool})
		d.slots <- struct{}{}
	}
	d.turn = startTurn(d)
	return d, nil
}

// Postgres tells whether the facts are kept by a PostgreSQL server.
func (d *DB) Postgres() bool { return d.dialect == postgres }

// Clock gives the clock that changes are dated by.
func (d *DB) Clock() Clock { return d.clock }

// Now gives the present instant as changes see it: UTC, whole microseconds.
func (d *DB) Now() time.Time { return d.clock.Now().UTC().Truncate(time.Microsecond) }

// Lend leaves something with the database for all its changes, see Tx.Lent.
func (d *DB) Lend(name string, v any) { d.lent.Store(name, v) }

// Close waits for the changes under way and lets go of the connections. Closing again
// does nothing.
func (d *DB) Close() error {
	if d.closed.Swap(true) {
		return nil
	}
	d.turn.stop()
	if d.settler != nil {
		d.settler.close()
	}
	for range cap(d.slots) {
		<-d.slots
		d.readers.take().drop()
	}
	err := d.pool.Close()
	if d.writes != d.pool {
		if e := d.writes.Close(); err == nil {
			err = e
		}
	}
	return err
}

// Read runs fn on a snapshot. Anything fn writes is refused by the database.
func (d *DB) Read(ctx context.Context, fn func(tx *Tx) error) error {
	select {
	case <-d.slots:
	case <-ctx.Done():
		return fault.New(fault.Unavailable, "db.busy").Wrap(ctx.Err())
	}
	c := d.readers.take()
	defer func() {
		d.readers.put(c)
		d.slots <- struct{}{}
	}()
	if err := c.begin(d.dialect.beginRead()); err != nil {
		return fmt.Errorf("begin reading: %w", err)
	}
	tx := &Tx{conn: c, now: d.Now()}
	defer tx.end("ROLLBACK")
	return fn(tx)
}

// Write runs fn as one change and answers when it is durable, or not at all.
// It refuses to run inside another change (ErrNested). fn may run more than once,
// and only the last run counts: it touches nothing but its Tx and variables that it
// sets anew.
func (d *DB) Write(ctx context.Context, fn func(tx *Tx) error) error {
	if err := ctx.Err(); err != nil {
		return fault.New(fault.Unavailable, "db.busy").Wrap(err)
	}
	if k := keyOf(ctx); k != nil {
		fn = k.claim(ctx, fn)
	}
	return d.turn.run(fn)
}

// WriteAlone is Write with a commit of its own, in which fn runs only once. It is for
// changes that work through what cannot be read again, such as a file.
func (d *DB) WriteAlone(ctx context.Context, fn func(tx *Tx) error) error {
	if err := ctx.Err(); err != nil {
		return fault.New(fault.Unavailable, "db.busy").Wrap(err)
	}
	if k := keyOf(ctx); k != nil {
		fn = k.claim(ctx, fn)
	}
	return d.turn.runOnce(fn)
}
