package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
)

// conn is one connection with the statements prepared on it so far.
type conn struct {
	pool  *sql.DB
	raw   *sql.Conn
	lite  *liteConn // the connection itself, on SQLite
	stmts map[string]*sql.Stmt
	notes map[string]any // of the transaction
	log   *settler       // of the writing connection, on SQLite
}

// maxStmts bounds the prepared statements of a connection; the set of texts in
// the program is finite, lists of filters make it large.
const maxStmts = 500

// begin runs the opening statement, once more on a fresh connection when the
// old one was lost.
func (c *conn) begin(text string) error {
	clear(c.notes)
	if c.raw != nil {
		if err := c.run(text); err == nil {
			return nil
		}
		c.drop()
	}
	raw, err := c.pool.Conn(context.Background())
	if err != nil {
		return err
	}
	c.raw, c.stmts = raw, make(map[string]*sql.Stmt)
	if err := raw.Raw(func(own any) error { c.lite, _ = own.(*liteConn); return nil }); err != nil {
		return err
	}
	if c.log != nil {
		c.log.watch(c.lite)
	}
	return c.run(text)
}

// run carries out a statement without arguments, such as BEGIN and COMMIT.
func (c *conn) run(text string) error {
	if c.lite != nil {
		s, err := c.lite.prepared(text)
		if err == nil {
			_, err = s.exec(nil)
		}
		return err
	}
	s, err := c.prepare(context.Background(), text) //nolint:sqlclosecheck // kept on the connection
	if err != nil {
		return err
	}
	_, err = s.ExecContext(context.Background())
	return err
}

// drop ends the connection, and with it what was begun on it; the next begin makes
// a new one.
func (c *conn) drop() {
	for _, s := range c.stmts {
		_ = s.Close()
	}
	if c.log != nil && c.lite != nil {
		c.log.unwatch(c.lite)
	}
	if c.raw != nil {
		_ = c.raw.Raw(func(any) error { return driver.ErrBadConn }) // or the pool would lend it again
		_ = c.raw.Close()
	}
	c.raw, c.lite, c.stmts = nil, nil, nil
}

// settle keeps the log of the writing connection short, between changes.
func (c *conn) settle() error {
	if c.log == nil || c.lite == nil {
		return nil
	}
	return c.log.afterCommit(c.lite)
}

func (c *conn) prepare(ctx context.Context, text string) (*sql.Stmt, error) {
	if s, ok := c.stmts[text]; ok {
		return s, nil
	}
	if len(c.stmts) >= maxStmts {
		for old, s := range c.stmts {
			_ = s.Close()
			delete(c.stmts, old)
		}
	}
	s, err := c.raw.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	c.stmts[text] = s
	return s, nil
}
