package db_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kolega/internal/db"
	"kolega/internal/testkit"
)

// TestDB_LogStaysShort writes far more than the log may hold: it is carried into the file
// and begun anew meanwhile, and nothing is lost.
func TestDB_LogStaysShort(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kolega.db")
	open := func() *db.DB {
		d, err := db.Open(t.Context(), "sqlite:"+path, db.Options{Clock: testkit.NewClock(), Logger: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	d := open()
	if err := db.Migrate(context.Background(), d); err != nil {
		t.Fatal(err)
	}
	before := count(t, d)
	const rows, size = 800, 100_000
	text := strings.Repeat("x", size)
	for i := range rows {
		if err := set(context.Background(), d, fmt.Sprint("row ", i), text); err != nil {
			t.Fatal(err)
		}
	}
	log, err := os.Stat(path + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	if log.Size() > rows*size*3/4 {
		t.Errorf("the log has %d bytes after %d were written", log.Size(), rows*size)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d = open()
	defer d.Close()
	if got := count(t, d) - before; got != rows {
		t.Errorf("%d rows are there, want %d", got, rows)
	}
}
