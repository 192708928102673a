package db

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/lib/pq"
)

// dialect holds the few texts in which the two databases differ.
type dialect uint8

const (
	sqlite dialect = iota
	postgres
)

func (d dialect) beginRead() string {
	if d == postgres {
		return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
	}
	return "BEGIN"
}

func (d dialect) beginWrite() string {
	if d == postgres {
		return "BEGIN"
	}
	return "BEGIN IMMEDIATE"
}

// pragmas of the writing connection. FULL because money is kept here.
var pragmas = []string{"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(ON)", "cache_size(-32768)", "temp_store(MEMORY)", "wal_autocheckpoint(0)"}

func (d *DB) openSQLite(ctx context.Context, path string, readers int) error {
	d.dialect = sqlite
	d.settler = &settler{path: path}
	d.writes = sql.OpenDB(&lite{path, pragmas})
	d.writes.SetMaxOpenConns(2) // the writer, and migration
	if err := assertPragmas(ctx, d.writes); err != nil {
		return err
	}
	d.pool = sql.OpenDB(&lite{path, append(slices.Clone(pragmas), "query_only(ON)", "cache_size(-8192)")})
	d.pool.SetMaxOpenConns(readers)
	return nil
}

func assertPragmas(ctx context.Context, s *sql.DB) error {
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"} {
		var got string
		if err := s.QueryRowContext(ctx, "PRAGMA "+pragma).Scan(&got); err != nil {
			return err
		}
		if got != want {
			return fmt.Errorf("pragma %s is %s, want %s", pragma, got, want)
		}
	}
	return nil
}

func (d *DB) openPostgres(ctx context.Context, address string, readers int) error {
	d.dialect = postgres
	c, err := pq.NewConfig(address)
	if err != nil {
		return err
	}
	if c.SSLMode == "" {
		c.SSLMode = pq.SSLModePrefer // as PostgreSQL's own programs do
	}
	connector, err := pq.NewConnectorConfig(c)
	if err != nil {
		return err
	}
	d.pool = sql.OpenDB(connector)
	d.pool.SetMaxOpenConns(readers + 2) // readers, the writer, and migration
	d.writes = d.pool
	return d.pool.PingContext(ctx)
}
