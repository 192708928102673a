package db

import (
	"context"
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// A thin driver over SQLite in Go. Against the library's own it takes no lock in each
// call, because a connection is used by one goroutine at a time, and reads the names
// of columns and arguments once for each statement, not for each run: together a third
// of what a small statement costs.

// lite makes connections to one file.
type lite struct {
	path    string
	pragmas []string
}

// Driver gives the maker itself: there is no other way to open one.
func (l *lite) Driver() driver.Driver { return l }

// Open is not for callers: the path alone would lack the settings.
func (l *lite) Open(string) (driver.Conn, error) { return l.Connect(context.Background()) }

// Connect opens the file and applies the settings.
func (l *lite) Connect(context.Context) (driver.Conn, error) {
	c := &liteConn{tls: libc.NewTLS(), kept: map[string]*liteStmt{}}
	if err := c.open(l.path); err != nil {
		_ = c.Close()
		return nil, err
	}
	for _, p := range l.pragmas {
		if err := c.script("PRAGMA " + p); err != nil {
			_ = c.Close()
			return nil, fmt.Errorf("pragma %s: %w", p, err)
		}
	}
	return c, nil
}

// liteConn is one connection. It is used by one goroutine at a time.
type liteConn struct {
	tls    *libc.TLS
	handle uintptr
	word   uintptr // room for one pointer that SQLite gives back
	kept   map[string]*liteStmt
}

// liteError is SQLite's refusal with its extended code.
type liteError struct {
	code int32
	text string
}

// Error gives SQLite's words and number.
func (e *liteError) Error() string { return fmt.Sprintf("%s (%d)", e.text, e.code) }

func (c *liteConn) fail(code int32) error {
	if c.handle == 0 {
		return &liteError{code, "cannot open"}
	}
	return &liteError{sqlite3.Xsqlite3_extended_errcode(c.tls, c.handle), libc.GoString(sqlite3.Xsqlite3_errmsg(c.tls, c.handle))}
}

// given reads the pointer that SQLite left in the room for one.
func (c *liteConn) given() uintptr {
	if b := libc.GoBytes(c.word, strconv.IntSize/8); len(b) == 8 {
		return uintptr(binary.NativeEndian.Uint64(b))
	} else {
		return uintptr(binary.NativeEndian.Uint32(b))
	}
}

func (c *liteConn) open(path string) error {
	tuneCache()
	sqlite3.PatchIssue199()
	name, err := libc.CString(path)
	if err != nil {
		return err
	}
	defer libc.Xfree(c.tls, name)
	if c.word, err = libc.CString("12345678"); err != nil {
		return err
	}
	const flags = sqlite3.SQLITE_OPEN_READWRITE | sqlite3.SQLITE_OPEN_CREATE | sqlite3.SQLITE_OPEN_NOMUTEX
	rc := sqlite3.Xsqlite3_open_v2(c.tls, name, c.word, flags, 0)
	c.handle = c.given()
	if rc != sqlite3.SQLITE_OK {
		return c.fail(rc)
	}
	return nil
}

// Close lets go of the file and of all statements.
func (c *liteConn) Close() error {
	for _, s := range c.kept {
		s.free()
	}
	c.kept = nil
	if c.handle != 0 {
		sqlite3.Xsqlite3_close_v2(c.tls, c.handle)
	}
	if c.word != 0 {
		libc.Xfree(c.tls, c.word)
	}
	c.handle, c.word = 0, 0
	if c.tls != nil {
		c.tls.Close()
		c.tls = nil
	}
	return nil
}

// Prepare compiles the one statement of a text.
func (c *liteConn) Prepare(text string) (driver.Stmt, error) {
	s, rest, err := c.compile(unnamed(text))
	switch {
	case err != nil:
		return nil, err
	case s == nil || !blank(rest):
		if s != nil {
			s.free()
		}
		return nil, errors.New("want one statement")
	}
	return s, nil
}

// prepared gives the statement of a text, compiled the first time.
func (c *liteConn) prepared(text string) (*liteStmt, error) {
	if s := c.kept[text]; s != nil {
		return s, nil
	}
	if len(c.kept) >= maxStmts {
		for old, s := range c.kept {
			s.free()
			delete(c.kept, old)
		}
	}
	s, err := c.Prepare(text)
	if err != nil {
		return nil, err
	}
	c.kept[text] = s.(*liteStmt)
	return c.kept[text], nil
}

// compile makes the first statement of a text, nil when there is none, and gives
// what follows it.
func (c *liteConn) compile(text string) (s *liteStmt, rest string, err error) {
	p, err := libc.CString(text)
	if err != nil {
		return nil, "", err
	}
	defer libc.Xfree(c.tls, p)
	tail, err := libc.CString("12345678")
	if err != nil {
		return nil, "", err
	}
	defer libc.Xfree(c.tls, tail)
	rc := sqlite3.Xsqlite3_prepare_v3(c.tls, c.handle, p, int32(len(text)+1), sqlite3.SQLITE_PREPARE_PERSISTENT, c.word, tail)
	if rc != sqlite3.SQLITE_OK {
		return nil, "", c.fail(rc)
	}
	handle := c.given()
	word := c.word
	c.word = tail
	rest = text[min(len(text), int(c.given()-p)):]
	c.word = word
	if handle == 0 {
		return nil, rest, nil
	}
	s = &liteStmt{c: c, handle: handle}
	return s, rest, s.learn()
}

func blank(text string) bool { return strings.Trim(text, " \t\r\n;") == "" }

// script runs statements without arguments one after the other.
func (c *liteConn) script(text string) error {
	for !blank(text) {
		s, rest, err := c.compile(text)
		if err != nil {
			return err
		}
		if s != nil {
			_, err = s.exec(nil)
			s.free()
		}
		if err != nil {
			return err
		}
		text = rest
	}
	return nil
}

// ExecContext runs a text of several statements; with arguments it leaves the text
// to Prepare.
func (c *liteConn) ExecContext(_ context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	if len(args) > 0 {
		return nil, driver.ErrSkip
	}
	if err := c.script(text); err != nil {
		return nil, err
	}
	return driver.RowsAffected(sqlite3.Xsqlite3_changes64(c.tls, c.handle)), nil
}

// Begin opens a transaction, as migrations do.
func (c *liteConn) Begin() (driver.Tx, error) { return c, c.script("BEGIN") }

// Commit ends it.
func (c *liteConn) Commit() error { return c.script("COMMIT") }

// Rollback undoes it.
func (c *liteConn) Rollback() error { return c.script("ROLLBACK") }
