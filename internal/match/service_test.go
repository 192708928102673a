package match

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"kolega/internal/db"
	"kolega/internal/talent"
	"kolega/internal/testkit"
)

func sheet(from, n int) talent.Source {
	var b strings.Builder
	b.WriteString("Username IG,Followers\n")
	for i := range n {
		fmt.Fprintf(&b, "akun_%05d,%d\n", from+i, 1000+i)
	}
	return talent.Source{Name: fmt.Sprint("x", from), Data: strings.NewReader(b.String())}
}

func imported(t *testing.T, d *db.DB, from, n int) {
	t.Helper()
	if _, err := talent.New(d, nil, nil).Import(context.Background(), specialist(), sheet(from, n), talent.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
}

func totalOf(t *testing.T, m *Service, q Query) int {
	t.Helper()
	f, err := m.Search(context.Background(), specialist(), q)
	if err != nil {
		t.Fatal(err)
	}
	return f.Total
}

func TestMatch_EveryInstanceFollows(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		people, here, there := talent.New(d, nil, nil), New(d, t.TempDir()), New(d, "")
		for n := range 20 {
			x, err := people.Create(ctx, specialist(), talent.NewTalent{Talent: talent.Talent{Name: fmt.Sprintf("Orang %d", n), Country: "ID"}, Platform: talent.Instagram, Handle: fmt.Sprintf("orang.%d", n)})
			if err != nil {
				t.Fatal(err)
			}
			if a, b := totalOf(t, here, Query{Text: "orang"}), totalOf(t, there, Query{}); a != n+1 || b != n+1 {
				t.Fatalf("after %d: %d here, %d there", n+1, a, b)
			}
			if err := d.Write(ctx, func(tx *db.Tx) error {
				return talent.RecordFact(ctx, tx, talent.Fact{TalentID: x.ID, Kind: talent.FactDate, Met: true, Subject: "deliverable", SubjectID: x.ID, At: tx.Now()})
			}); err != nil {
				t.Fatal(err)
			}
		}
		for name, m := range map[string]*Service{"here": here, "there": there} {
			if totalOf(t, m, Query{}) != 20 {
				t.Error("facts made or took talents " + name)
			}
			facts := 0
			for _, s := range m.x.segs {
				for row := range s.facts {
					if !s.dead.Has(row) {
						facts += len(s.facts[row])
					}
				}
			}
			if facts != 20 {
				t.Errorf("%d facts of 20 are known %s", facts, name)
			}
		}
	})
}

func TestMatch_StartsFromItsSnapshot(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		dir := t.TempDir()
		imported(t, d, 0, 5_000)
		m := New(d, dir)
		if n := totalOf(t, m, Query{}); n != 5_000 {
			t.Fatal(n)
		}
		m.Close() // waits for the snapshot
		if m.x.segs[0].file == nil {
			t.Fatal("the index is not in its file")
		}
		imported(t, d, 5_000, 10)
		again := New(d, dir)
		if err := again.load(context.Background()); err != nil || again.seq < 0 || len(again.x.segs) != 1 {
			t.Fatalf("the snapshot is not read: %v", err)
		}
		again.loaded = true
		if n := totalOf(t, again, Query{Text: "akun"}); n != 5_010 {
			t.Errorf("the snapshot and what came since are %d", n)
		}
		t.Run("a file that was cut short is built anew", func(t *testing.T) {
			path := filepath.Join(dir, "talents.columns")
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path+".cut", b[:len(b)-100], 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Rename(path+".cut", path); err != nil {
				t.Fatal(err)
			}
			cut := New(d, dir)
			if n := totalOf(t, cut, Query{}); n != 5_010 {
				t.Error(n)
			}
			cut.Close()
		})
	})
}

func TestMatch_AFileOfAnotherDatabaseIsNotRead(t *testing.T) {
	dir := t.TempDir()
	one, other := testkit.SQLite(t), testkit.SQLite(t)
	imported(t, one, 0, 5_000)
	m := New(one, dir)
	totalOf(t, m, Query{})
	m.Close()
	imported(t, other, 0, 7)
	if n := totalOf(t, New(other, dir), Query{}); n != 7 {
		t.Errorf("%d talents of another database", n)
	}
}

// Searching goes on while talents come in, are changed and the index is merged.
func TestMatch_SearchesWhileItChanges(t *testing.T) {
	d := testkit.SQLite(t)
	m := New(d, t.TempDir())
	imported(t, d, 0, 5_000)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			last := 0
			for range 30 {
				f, err := m.Search(context.Background(), specialist(), Query{Text: "akun", Limit: 5})
				if err != nil || f.Total < last {
					t.Errorf("%d after %d: %v", f.Total, last, err)
				}
				last = f.Total
			}
		})
	}
	for k := range 8 {
		imported(t, d, 5_000+700*k, 700)
	}
	wg.Wait()
	if n := totalOf(t, m, Query{}); n != 5_000+8*700 {
		t.Error(n)
	}
	m.Close()
}
