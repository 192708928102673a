package db

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings the schema up to this program's. It refuses a schema that is
// newer (ErrTooNew) and changes nothing then.
func Migrate(ctx context.Context, d *DB) error {
	p, err := d.provider()
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	now, target, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	if now > target {
		return ErrTooNew.With("schema", now, "program", target)
	}
	if now == target {
		return nil
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// SchemaVersions gives the schema's number and the program's.
func SchemaVersions(ctx context.Context, d *DB) (schema, program int64, err error) {
	p, err := d.provider()
	if err != nil {
		return 0, 0, err
	}
	return p.GetVersions(ctx)
}

func (d *DB) provider() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	if d.dialect != postgres {
		return goose.NewProvider(goose.DialectSQLite3, d.writes, sqliteFiles{files})
	}
	locker, err := lock.NewPostgresTableLocker()
	if err != nil {
		return nil, errors.New("no table locker")
	}
	return goose.NewProvider(goose.DialectPostgres, d.pool, files, goose.WithLocker(locker))
}

// sqliteFiles gives the migrations as SQLite keeps the tables best: a number that
// names rows is the place of the row itself, and a table marked "small rows" lies in
// the order of its key, so that a row is written once and not twice. PostgreSQL reads the mark as a comment.
type sqliteFiles struct{ fs.FS }

var sqliteWords = strings.NewReplacer("BIGINT PRIMARY KEY", "INTEGER PRIMARY KEY", "/* small rows */", "WITHOUT ROWID")

// Open gives a folder as it is and a file in SQLite's words.
func (s sqliteFiles) Open(name string) (fs.File, error) {
	f, err := s.FS.Open(name)
	if err != nil || !strings.HasSuffix(name, ".sql") {
		return f, err
	}
	text, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	return &textFile{f, strings.NewReader(sqliteWords.Replace(string(text)))}, nil
}

// textFile is a file with another text.
type textFile struct {
	fs.File
	text *strings.Reader
}

// Read reads the other text.
func (f *textFile) Read(b []byte) (int, error) { return f.text.Read(b) }
