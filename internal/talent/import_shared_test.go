package talent

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/testkit"
)

// TestImport_RealFiles takes in every table of a folder twice and prints the
// counts. It runs only where KOLEGA_TABLES names such a folder.
func TestImport_RealFiles(t *testing.T) {
	dir := os.Getenv("KOLEGA_TABLES")
	if dir == "" {
		t.Skip("KOLEGA_TABLES names no folder")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := New(d, nil, nil)
		for _, path := range files {
			for round := range 2 {
				f, err := os.Open(path)
				if err != nil {
					t.Fatal(err)
				}
				r, err := s.Import(context.Background(), access.System(), Source{filepath.Base(path), f}, ImportOptions{})
				_ = f.Close()
				if err != nil {
					t.Fatal(path, err)
				}
				t.Logf("%s: %s %v", filepath.Base(path), r.Line(), r.Reasons())
				if r.Read != r.Created+r.Updated+r.Unchanged+r.Skipped {
					t.Error("rows do not add up")
				}
				if round == 1 && r.Created+r.Updated > 0 {
					t.Error("the second run changed something")
				}
				if round == 0 {
					for _, c := range r.Layout.Columns {
						t.Logf("   %q -> %s %s %s %s", c.Header, c.Field, c.Platform, c.Format, c.Why)
					}
				}
				for i, row := range r.Rows {
					if i < 5 {
						t.Logf("   %+v", row)
					}
				}
			}
		}
	})
}
