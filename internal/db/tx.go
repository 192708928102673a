package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Tx is one change, or one snapshot. It is valid only inside the function it
// was given to.
type Tx struct {
	conn   *conn
	now    time.Time
	after  []func()
	turn   *turn     // of a change; nil for a snapshot
	begun  time.Time // by the stopwatch
	behind int       // changes that share the commit and come after this one
	dirty  bool      // something was written, or a statement failed
}

// How long one change may go on adding: while others wait, and while nobody does. On
// PostgreSQL other instances may wait unseen.
const (
	shareAmongOthers = 10 * time.Millisecond
	shareAlone       = 400 * time.Millisecond
	shareOnServer    = 60 * time.Millisecond
)

// Enough tells a long change that works through a heap that it has had its share of
// the writer: it should end here, commit, and go on in another change. It says so
// after 10 ms while other changes wait, and after 0.4 s anyhow (60 ms on a server).
func (tx *Tx) Enough() bool {
	if tx.turn == nil {
		return false
	}
	share := shareAlone
	if tx.turn.d.dialect == postgres {
		share = shareOnServer
	}
	if tx.behind > 0 || len(tx.turn.queue) > 0 {
		share = shareAmongOthers
	}
	return time.Since(tx.begun) >= share //nolint:forbidigo // a stopwatch, not a date
}

// Now is the one instant of this change: UTC, whole microseconds.
func (tx *Tx) Now() time.Time { return tx.now }

// NewID makes a time-ordered id of 26 lower-case characters.
func (tx *Tx) NewID() string { return NewID(tx.now) }

// AfterCommit runs fn once the change is durable; never when it is not.
// fn must be quick and must not touch the database.
func (tx *Tx) AfterCommit(fn func()) { tx.after = append(tx.after, fn) }

// RowsAtOnce is how many rows of so many values one INSERT should carry: on a server
// as many as fit a packet, in SQLite one, since a statement that may fail in the
// middle of several keeps a copy of each page that it touches.
func (tx *Tx) RowsAtOnce(values int) int {
	if tx.turn == nil || tx.turn.d.dialect != postgres {
		return 1
	}
	return max(1, 3_000/values)
}

// Note leaves something for the changes that share this one's commit, and Noted gives
// what was left last. It is gone when anything of the commit is undone.
func (tx *Tx) Note(name string, v any) {
	if tx.conn.notes == nil {
		tx.conn.notes = map[string]any{}
	}
	tx.conn.notes[name] = v
}

// Noted gives what Note left under a name, nil when there is nothing.
func (tx *Tx) Noted(name string) any { return tx.conn.notes[name] }

// Lent gives what DB.Lend left under a name; nil when there is nothing, or in a snapshot.
func (tx *Tx) Lent(name string) any {
	if tx.turn == nil {
		return nil
	}
	v, _ := tx.turn.d.lent.Load(name)
	return v
}

// Exec runs one statement and tells how many rows it touched.
//
// The context carries values only: a statement under way is not cut short,
// since on PostgreSQL that would lose the changes of others in the same commit.
func (tx *Tx) Exec(ctx context.Context, text string, args ...any) (int64, error) {
	tx.dirty = true
	if tx.conn.lite != nil {
		return tx.execLite(text, args)
	}
	ctx = context.WithoutCancel(ctx)
	s, err := tx.conn.prepare(ctx, text) //nolint:sqlclosecheck // kept on the connection
	if err != nil {
		return 0, fmt.Errorf("prepare %s: %w", head(text), err)
	}
	r, err := s.ExecContext(ctx, args...)
	if err != nil {
		return 0, fmt.Errorf("run %s: %w", head(text), err)
	}
	return r.RowsAffected()
}

// Query runs one statement and gives its rows; Collect closes them.
func (tx *Tx) Query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	ctx = context.WithoutCancel(ctx)
	tx.asked(text)
	s, err := tx.conn.prepare(ctx, text) //nolint:sqlclosecheck // kept on the connection
	if err != nil {
		tx.dirty = true
		return nil, fmt.Errorf("prepare %s: %w", head(text), err)
	}
	rows, err := s.QueryContext(ctx, args...)
	if err != nil {
		tx.dirty = true
		return nil, fmt.Errorf("query %s: %w", head(text), err)
	}
	return rows, nil
}

// QueryRow runs one statement for at most one row. A fault of the statement
// itself comes out of Scan.
func (tx *Tx) QueryRow(ctx context.Context, text string, args ...any) *Row {
	tx.asked(text)
	if tx.conn.lite != nil {
		return tx.rowLite(text, args)
	}
	ctx = context.WithoutCancel(ctx)
	s, err := tx.conn.prepare(ctx, text) //nolint:sqlclosecheck // kept on the connection
	if err != nil {
		tx.dirty = true
		return &Row{err: fmt.Errorf("prepare %s: %w", head(text), err)}
	}
	return &Row{std: s.QueryRowContext(ctx, args...)}
}

func (tx *Tx) execLite(text string, args []any) (int64, error) {
	s, err := tx.conn.lite.prepared(text)
	if err != nil {
		return 0, fmt.Errorf("prepare %s: %w", head(text), err)
	}
	n, err := s.exec(args)
	if err != nil {
		return 0, fmt.Errorf("run %s: %w", head(text), err)
	}
	return n, nil
}

func (tx *Tx) rowLite(text string, args []any) *Row {
	s, err := tx.conn.lite.prepared(text)
	if err != nil {
		tx.dirty = true
		return &Row{err: fmt.Errorf("prepare %s: %w", head(text), err)}
	}
	found, err := s.start(args)
	if err != nil {
		tx.dirty = true
		err = fmt.Errorf("query %s: %w", head(text), err)
	}
	return &Row{lite: s, found: found, err: err}
}

// asked notes that a statement with rows writes as well, such as INSERT … RETURNING.
func (tx *Tx) asked(text string) {
	if !strings.HasPrefix(text, "SELECT") {
		tx.dirty = true
	}
}

// end closes the transaction; a connection that cannot do even that is dropped.
func (tx *Tx) end(text string) {
	if err := tx.conn.run(text); err != nil {
		tx.conn.drop()
	}
}

// One turns "no row" into the fault NotFound "not-found".
func One(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return err
}

// Changed turns "no row touched" into the fault Conflict "conflict.changed":
// somebody else saved a newer version.
func Changed(rows int64, err error) error {
	if err == nil && rows == 0 {
		return ErrChanged
	}
	return err
}

// Collect scans all rows and closes them. It takes what Query gives.
func Collect[T any](rows *sql.Rows, err error, scan func(*sql.Rows) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("scan a row: %w", err)
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// In gives "$1, $2, …" for a list after IN, and its arguments. The last value stands again
// and again, so that there are few lengths and few statements are kept. No value gives a
// list that nothing is in.
func In(values []string) (places string, args []any) {
	if len(values) == 0 {
		return "NULL", nil
	}
	var b strings.Builder
	for i := 0; i < len(values) || i%16 != 0; i++ {
		args = append(args, values[min(i, len(values)-1)])
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(i+1))
	}
	return b.String(), args
}

// head is the first words of a statement, for error texts in the log.
func head(text string) string {
	const most = 60
	if len(text) > most {
		return text[:most] + "…"
	}
	return text
}
