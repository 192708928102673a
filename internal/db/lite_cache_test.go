package db

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"
)

type wall struct{}

func (wall) Now() time.Time { return time.Now() } //nolint:forbidigo // the clock of a test of SQLite itself

// TestCache_TreesStayWholeWhilePagesChangePlaces splits, joins and cuts off pages in many
// commits under the wrapped page cache, with a cache too small for the file.
func TestCache_TreesStayWholeWhilePagesChangePlaces(t *testing.T) {
	ctx := context.Background()
	d, err := Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "x.db"), Options{Clock: wall{}})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if cacheRekey == 0 {
		t.Fatal("the page cache is not wrapped")
	}
	do := func(texts ...string) {
		t.Helper()
		if err := d.Write(ctx, func(tx *Tx) error {
			for _, text := range texts {
				if _, err := tx.Exec(ctx, text); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	do(`CREATE TABLE a (id INTEGER PRIMARY KEY, k TEXT NOT NULL, v TEXT NOT NULL)`, `CREATE INDEX a_by_k ON a (k)`)
	if err := d.turn.wait(&change{ready: make(chan struct{}), alone: func() error {
		return d.turn.say(ctx, []string{"PRAGMA cache_size = 40"})
	}}); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	want, moved := map[int]string{}, rekeys.Load()
	for range 300 {
		var texts []string
		for range 40 {
			id, v := r.IntN(4000), fmt.Sprintf("%0*d", 1+r.IntN(600), r.IntN(1_000_000))
			if r.IntN(3) == 0 {
				texts = append(texts, fmt.Sprintf(`DELETE FROM a WHERE id = %d`, id))
				delete(want, id)
				continue
			}
			texts = append(texts, fmt.Sprintf(`INSERT INTO a (id, k, v) VALUES (%d, '%x', '%s') ON CONFLICT (id) DO UPDATE SET k = excluded.k, v = excluded.v`, id, r.Uint64(), v))
			want[id] = v
		}
		do(texts...)
	}
	if rekeys.Load() == moved {
		t.Error("no page changed its place: the test tells nothing")
	}
	err = d.Read(ctx, func(tx *Tx) error {
		var whole string
		var n int
		if err := tx.QueryRow(ctx, `PRAGMA integrity_check`).Scan(&whole); err != nil || whole != "ok" {
			t.Errorf("integrity: %s, %v", whole, err)
		}
		for id, v := range want {
			var got string
			if err := tx.QueryRow(ctx, `SELECT v FROM a WHERE id = $1`, id).Scan(&got); err != nil || got != v {
				t.Fatalf("row %d: %d letters, want %d: %v", id, len(got), len(v), err)
			}
		}
		err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM a`).Scan(&n)
		if n != len(want) {
			t.Errorf("%d rows, want %d", n, len(want))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
