package testkit

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"kolega/internal/db"
)

// EachDB runs the test on SQLite and on PostgreSQL, each with a fresh schema and
// a standing clock (ClockOf). Without PostgreSQL the second run is skipped
// aloud; under CI=true that is a failure. KOLEGA_TEST_DB=sqlite asks for the
// first alone. KOLEGA_TEST_TWICE=1 runs every change twice, the first time for
// nothing: what fails then is a change that keeps something between its runs.
func EachDB(t *testing.T, test func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	if os.Getenv("KOLEGA_TEST_DB") == "sqlite" {
		return
	}
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// ClockOf gives the standing clock of a database made by this package.
func ClockOf(d *db.DB) *Clock { return d.Clock().(*Clock) }

var sqliteTemplate = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "kolega-test-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "template.db")
	d, err := open("sqlite:" + path)
	if err != nil {
		return "", err
	}
	if err := db.Migrate(context.Background(), d); err != nil {
		return "", err
	}
	if err := d.Close(); err != nil { // the last connection folds the log into the file
		return "", err
	}
	return path, nil
})

// SQLite opens a fresh, migrated SQLite database that goes with the test.
func SQLite(t testing.TB) *db.DB {
	t.Helper()
	template, err := sqliteTemplate()
	if err != nil {
		t.Fatalf("make SQLite template: %v", err)
	}
	b, err := os.ReadFile(template)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "kolega.db")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return opened(t, "sqlite:"+path)
}

func open(url string) (*db.DB, error) {
	return db.Open(context.Background(), url, db.Options{Clock: NewClock(), Logger: slog.New(slog.DiscardHandler), Twice: os.Getenv("KOLEGA_TEST_TWICE") != ""})
}

func opened(t testing.TB, url string) *db.DB {
	t.Helper()
	d, err := open(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}
