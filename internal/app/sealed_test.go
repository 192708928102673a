package app

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/demo"
	"kolega/internal/privacy"
	"kolega/internal/worktime"
)

// ledgerOfWords keeps what was logged.
type ledgerOfWords struct {
	mu sync.Mutex
	bytes.Buffer
}

func (l *ledgerOfWords) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Buffer.Write(b)
}

// TestSealed_NoAccountNumberStandsInPlain plays the demo agency with every line logged and
// looks for the account, tax and identity numbers of its talents in the bytes of the data
// folder, in the log, and in a backup. Files that people made of them, such as a bank's
// file, are answered and not kept.
func TestSealed_NoAccountNumberStandsInPlain(t *testing.T) {
	ctx := context.Background()
	dir, logged := t.TempDir(), &ledgerOfWords{}
	clock := demo.NewClock(worktime.System())
	h, err := OpenHall(ctx, &Common{Data: dir, Lang: "id"}, clock, slog.New(slog.NewJSONHandler(logged, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	if err := db.Migrate(ctx, h.DB); err != nil {
		t.Fatal(err)
	}
	if _, err = demo.Play(ctx, demo.Hall{House: &h.House, Runner: h.Runner, Clock: clock}, demo.Options{}); err != nil {
		t.Fatal(err)
	}
	clock.LetGo()
	numbers := h.sealedNumbers(t)
	if len(numbers) < 5 {
		t.Fatalf("the demo agency has only %d sealed numbers", len(numbers))
	}
	places := map[string][]byte{"the log": logged.Bytes(), "a backup": h.unpackedBackup(t)}
	err = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			places[filepath.Base(path)], err = os.ReadFile(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(places["kolega.db"]) == 0 || len(places["a backup"]) == 0 {
		t.Fatal("nothing was looked at")
	}
	for place, b := range places {
		for _, n := range numbers {
			if bytes.Contains(b, []byte(n)) {
				t.Errorf("%s holds a number in plain", place)
			}
		}
	}
}

// sealedNumbers are the numbers of every talent, as their copies open them.
func (h *Hall) sealedNumbers(t *testing.T) (out []string) {
	t.Helper()
	boss := access.Actor{Who: audit.Who{Kind: "staff", ID: "p1", Name: "Manager"}, Role: access.Manager, Lang: "id", Zone: "Asia/Jakarta"}
	for _, id := range h.column(t, `SELECT talent_id FROM talent_route UNION SELECT talent_id FROM talent_identity`) {
		c, err := h.Privacy.Copy(context.Background(), boss, privacy.Subject{Kind: privacy.Talent, ID: id})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range c.Sections {
			for _, row := range s.Rows {
				for _, column := range []string{"tax_number", "identity_number"} {
					if v, _ := row[column].(string); v != "" {
						out = append(out, v)
					}
				}
				if v, _ := row["number"].(string); s.Table == "talent_route" && v != "" {
					out = append(out, v)
				}
			}
		}
	}
	return out
}

// unpackedBackup is a backup without its compression.
func (h *Hall) unpackedBackup(t *testing.T) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), "kolega.backup")
	if _, err := h.backup(context.Background(), file); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
