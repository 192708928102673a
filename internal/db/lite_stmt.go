package db

import (
	"database/sql/driver"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// liteStmt is one compiled statement and the room in which its texts lie while it runs.
type liteStmt struct {
	c       *liteConn
	handle  uintptr
	places  []int // argument of each parameter, from 0
	columns []string
	times   []bool // columns declared TIMESTAMP: the notes of the migrations
	room    uintptr
	size    int
}

// learn reads once what does not change: parameters and columns.
func (s *liteStmt) learn() error {
	n := sqlite3.Xsqlite3_bind_parameter_count(s.c.tls, s.handle)
	for i := int32(1); i <= n; i++ {
		name := libc.GoString(sqlite3.Xsqlite3_bind_parameter_name(s.c.tls, s.handle, i))
		at := int(i)
		if len(name) > 1 {
			var err error
			if at, err = strconv.Atoi(name[1:]); err != nil {
				s.free()
				return fmt.Errorf("parameter %s: want a number", name)
			}
		}
		s.places = append(s.places, at-1)
	}
	for i := range sqlite3.Xsqlite3_column_count(s.c.tls, s.handle) {
		s.columns = append(s.columns, libc.GoString(sqlite3.Xsqlite3_column_name(s.c.tls, s.handle, i)))
		s.times = append(s.times, strings.EqualFold(libc.GoString(sqlite3.Xsqlite3_column_decltype(s.c.tls, s.handle, i)), "TIMESTAMP"))
	}
	return nil
}

func (s *liteStmt) free() {
	if s.handle != 0 {
		sqlite3.Xsqlite3_finalize(s.c.tls, s.handle)
	}
	if s.room != 0 {
		sqlite3.Xsqlite3_free(s.c.tls, s.room)
	}
	s.handle, s.room, s.size = 0, 0, 0
}

// Close lets go of the statement.
func (s *liteStmt) Close() error { s.free(); return nil }

// NumInput leaves the counting to bind.
func (s *liteStmt) NumInput() int { return -1 }

// Exec runs the statement for database/sql.
func (s *liteStmt) Exec(args []driver.Value) (driver.Result, error) {
	n, err := s.exec(anys(args))
	return driver.RowsAffected(n), err
}

// Query runs the statement for database/sql.
func (s *liteStmt) Query(args []driver.Value) (driver.Rows, error) {
	found, err := s.start(anys(args))
	if err != nil {
		return nil, err
	}
	return &liteRows{s: s, found: found, first: true}, nil
}

func anys(args []driver.Value) []any {
	out := make([]any, len(args))
	for i, v := range args {
		out[i] = v
	}
	return out
}

// exec runs the statement to its end and tells how many rows it touched.
func (s *liteStmt) exec(args []any) (int64, error) {
	found, err := s.start(args)
	for found && err == nil {
		found, err = s.step()
	}
	if err != nil {
		return 0, err
	}
	n := sqlite3.Xsqlite3_changes64(s.c.tls, s.c.handle)
	s.reset()
	return n, nil
}

// start binds the arguments and tells whether there is a first row.
func (s *liteStmt) start(args []any) (bool, error) {
	if err := s.bind(args); err != nil {
		return false, err
	}
	return s.step()
}

// step goes on to the next row. At an error the statement is ready to run again.
func (s *liteStmt) step() (bool, error) {
	rc := sqlite3.Xsqlite3_step(s.c.tls, s.handle)
	switch rc & 0xff {
	case sqlite3.SQLITE_ROW:
		return true, nil
	case sqlite3.SQLITE_DONE:
		return false, nil
	}
	err := s.c.fail(rc)
	s.reset()
	return false, err
}

func (s *liteStmt) reset() { sqlite3.Xsqlite3_reset(s.c.tls, s.handle) }

// bind puts the arguments to their places. Texts are copied to the statement's own
// room, where SQLite reads them until the statement runs again.
func (s *liteStmt) bind(args []any) error {
	values := make([]driver.Value, 0, 40)
	for i, a := range args {
		v, err := plain(a)
		if err != nil {
			return fmt.Errorf("argument %d: %w", i+1, err)
		}
		values = append(values, v)
	}
	if err := s.grow(1 + s.textsOf(values)); err != nil {
		return err
	}
	used := 0
	for i, at := range s.places {
		if at < 0 || at >= len(values) {
			return fmt.Errorf("no argument %d", at+1)
		}
		n, err := s.put(int32(i+1), values[at], used)
		if err != nil {
			return err
		}
		used += n
	}
	return nil
}

// textsOf counts the bytes of the texts at all places; one argument may have several.
func (s *liteStmt) textsOf(values []driver.Value) (n int) {
	for _, at := range s.places {
		if at < 0 || at >= len(values) {
			continue
		}
		switch v := values[at].(type) {
		case string:
			n += len(v)
		case []byte:
			n += len(v)
		}
	}
	return n
}

// grow makes the room at least n bytes. What was bound there is bound anew.
func (s *liteStmt) grow(n int) error {
	if n <= s.size {
		return nil
	}
	if s.room != 0 {
		sqlite3.Xsqlite3_free(s.c.tls, s.room)
		s.room, s.size = 0, 0
	}
	n = max(256, n+n/2)
	s.room = sqlite3.Xsqlite3_malloc64(s.c.tls, uint64(n))
	if s.room == 0 {
		return fmt.Errorf("no memory for %d bytes", n)
	}
	s.size = n
	return nil
}

// put binds one value, texts from used on, and gives how much room it took.
func (s *liteStmt) put(i int32, v driver.Value, used int) (took int, err error) {
	var rc int32
	tls := s.c.tls
	switch v := v.(type) {
	case nil:
		rc = sqlite3.Xsqlite3_bind_null(tls, s.handle, i)
	case int64:
		rc = sqlite3.Xsqlite3_bind_int64(tls, s.handle, i, v)
	case bool:
		n := int64(0)
		if v {
			n = 1
		}
		rc = sqlite3.Xsqlite3_bind_int64(tls, s.handle, i, n)
	case float64:
		rc = sqlite3.Xsqlite3_bind_double(tls, s.handle, i, v)
	case string:
		took = copy(libc.GoBytes(s.room+uintptr(used), s.size-used), v)
		rc = sqlite3.Xsqlite3_bind_text(tls, s.handle, i, s.room+uintptr(used), int32(len(v)), 0)
	case []byte:
		took = copy(libc.GoBytes(s.room+uintptr(used), s.size-used), v)
		rc = sqlite3.Xsqlite3_bind_blob(tls, s.handle, i, s.room+uintptr(used), int32(len(v)), 0)
	default:
		return 0, fmt.Errorf("cannot keep a %T", v)
	}
	if rc != sqlite3.SQLITE_OK {
		return 0, s.c.fail(rc)
	}
	return took, nil
}

// plain gives an argument as one of the kinds that a row holds.
func plain(a any) (driver.Value, error) {
	switch v := a.(type) {
	case nil, int64, string, bool, float64:
		return v, nil
	case []byte:
		if v == nil {
			return nil, nil
		}
		return v, nil
	case int:
		return int64(v), nil
	case Time:
		return v.Value()
	}
	v, err := driver.DefaultParameterConverter.ConvertValue(a)
	return v, err
}

// value reads one column of the present row.
func (s *liteStmt) value(i int) driver.Value {
	tls, n := s.c.tls, int32(i)
	switch sqlite3.Xsqlite3_column_type(tls, s.handle, n) {
	case sqlite3.SQLITE_INTEGER:
		return sqlite3.Xsqlite3_column_int64(tls, s.handle, n)
	case sqlite3.SQLITE_FLOAT:
		return sqlite3.Xsqlite3_column_double(tls, s.handle, n)
	case sqlite3.SQLITE_TEXT:
		return s.text(i)
	case sqlite3.SQLITE_BLOB:
		p := sqlite3.Xsqlite3_column_blob(tls, s.handle, n)
		size := int(sqlite3.Xsqlite3_column_bytes(tls, s.handle, n))
		if p == 0 || size == 0 {
			return []byte{}
		}
		return append([]byte(nil), libc.GoBytes(p, size)...)
	}
	return nil
}

func (s *liteStmt) text(i int) string {
	p := sqlite3.Xsqlite3_column_text(s.c.tls, s.handle, int32(i))
	if p == 0 {
		return ""
	}
	return string(libc.GoBytes(p, int(sqlite3.Xsqlite3_column_bytes(s.c.tls, s.handle, int32(i)))))
}

// liteRows gives rows to database/sql.
type liteRows struct {
	s            *liteStmt
	found, first bool
}

// Columns names them.
func (r *liteRows) Columns() []string { return r.s.columns }

// Close makes the statement ready to run again.
func (r *liteRows) Close() error {
	if r.s != nil && r.s.handle != 0 {
		r.s.reset()
	}
	return nil
}

// Next fills one row.
func (r *liteRows) Next(into []driver.Value) (err error) {
	if !r.first && r.found {
		if r.found, err = r.s.step(); err != nil {
			r.found = false
			return err
		}
	}
	r.first = false
	if !r.found {
		return io.EOF
	}
	for i := range into {
		into[i] = r.s.value(i)
		if text, ok := into[i].(string); ok && r.s.times[i] {
			if into[i], err = time.Parse(time.DateTime, text); err != nil {
				return err
			}
		}
	}
	return nil
}
