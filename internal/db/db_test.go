package db_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"kolega/internal/db"
	"kolega/internal/testkit"
)

func set(ctx context.Context, d *db.DB, name, value string) error {
	return d.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO setting (name, value, version) VALUES ($1, $2, 1)`, name, value)
		return err
	})
}

func count(t *testing.T, d *db.DB) (n int64) {
	t.Helper()
	err := d.Read(context.Background(), func(tx *db.Tx) error {
		return tx.QueryRow(context.Background(), `SELECT COUNT(*) FROM setting WHERE name <> 'x'`).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestDB_Write(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		before := count(t, d)
		if err := set(ctx, d, "a", "1"); err != nil {
			t.Fatal(err)
		}
		if err := set(ctx, d, "a", "1"); err == nil {
			t.Error("a second row with the same key was accepted")
		}
		err := d.Write(ctx, func(tx *db.Tx) error {
			if _, err := tx.Exec(ctx, `INSERT INTO setting (name, value, version) VALUES ('b', '', 1)`); err != nil {
				return err
			}
			panic("in the middle")
		})
		if err == nil {
			t.Error("a panic did not become an error")
		}
		err = d.Write(ctx, func(*db.Tx) error { return set(ctx, d, "c", "1") })
		if !errors.Is(err, db.ErrNested) {
			t.Errorf("a change inside a change: %v", err)
		}
		if got := count(t, d) - before; got != 1 {
			t.Errorf("%d rows were kept, want 1", got)
		}
	})
}

func TestDB_ChangeThatEndsItsGoroutine(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		before := count(t, d)
		err := d.Write(ctx, func(tx *db.Tx) error {
			if _, err := tx.Exec(ctx, `INSERT INTO setting (name, value, version) VALUES ('gone', '', 1)`); err != nil {
				return err
			}
			runtime.Goexit()
			return nil
		})
		if err == nil {
			t.Error("a change that never came back was called durable")
		}
		if err := set(ctx, d, "next", "1"); err != nil {
			t.Errorf("the next change: %v", err)
		}
		if got := count(t, d) - before; got != 1 {
			t.Errorf("%d rows were kept, want 1", got)
		}
	})
}

func TestDB_ReadRefusesWrites(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		err := d.Read(context.Background(), func(tx *db.Tx) error {
			_, err := tx.Exec(context.Background(), `INSERT INTO setting (name, value, version) VALUES ('a', '', 1)`)
			return err
		})
		if err == nil {
			t.Error("a reader wrote")
		}
	})
}

func TestDB_ArgumentsBindByNumber(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		err := d.Read(context.Background(), func(tx *db.Tx) error {
			var a, b string
			var yes bool
			if err := tx.QueryRow(context.Background(), `SELECT name, value FROM (SELECT CAST($2 AS TEXT) AS name, CAST($1 AS TEXT) AS value) AS x WHERE $2 = 'two'`, "one", "two").Scan(&a, &b); err != nil {
				return err
			}
			if a != "two" || b != "one" {
				t.Errorf("got %q, %q", a, b)
			}
			return tx.QueryRow(context.Background(), `SELECT TRUE`).Scan(&yes)
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestDB_FailingChangesDoNotHurtTheirNeighbours(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		before := count(t, d)
		var wg sync.WaitGroup
		for i := range 200 {
			wg.Go(func() {
				name := db.NewID(d.Now())
				err := d.Write(context.Background(), func(tx *db.Tx) error {
					if _, err := tx.Exec(context.Background(), `INSERT INTO setting (name, value, version) VALUES ($1, '', 1)`, name); err != nil {
						return err
					}
					if i%2 == 0 {
						_, err := tx.Exec(context.Background(), `INSERT INTO setting (name, value, version) VALUES ($1, '', 1)`, name)
						return err
					}
					return nil
				})
				if (err != nil) != (i%2 == 0) {
					t.Errorf("change %d: %v", i, err)
				}
			})
		}
		wg.Wait()
		if got := count(t, d) - before; got != 100 {
			t.Errorf("%d rows were kept, want 100", got)
		}
	})
}

func TestDB_KeyMakesAChangeHappenOnce(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		k := db.Key{Owner: "p1", Key: "k", BodyHash: "h"}
		before := count(t, d)
		ctx := db.WithKey(context.Background(), k)
		if err := set(ctx, d, "a", "1"); err != nil {
			t.Fatal(err)
		}
		d.KeepAnswer(ctx, db.Answer{Status: 201, Body: "made"})
		if err := set(db.WithKey(context.Background(), k), d, "b", "1"); !errors.Is(err, db.ErrReplayed) {
			t.Errorf("the same key again: %v", err)
		}
		a, err := d.KeptAnswer(context.Background(), k)
		if err != nil || a == nil || a.Status != 201 || a.Body != "made" {
			t.Errorf("kept answer %+v, %v", a, err)
		}
		if err := set(context.Background(), d, "c", "1"); err != nil {
			t.Fatal(err)
		}
		if a, err := d.KeptAnswer(context.Background(), k); err != nil || a == nil || a.Status != 201 {
			t.Errorf("answer that came with the next commit %+v, %v", a, err)
		}
		k.BodyHash = "other"
		if _, err := d.KeptAnswer(context.Background(), k); !errors.Is(err, db.ErrKeyReuse) {
			t.Errorf("the same key with another body: %v", err)
		}
		if got := count(t, d) - before; got != 2 {
			t.Errorf("%d rows were kept, want the keyed one and the plain one", got)
		}
	})
}

// TestDB_EachAnswerIsFoundAgain keeps the answers of many changes, and of a request that
// changed nothing, while the clock stands, and looks for them once they are in rows.
func TestDB_EachAnswerIsFoundAgain(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		key := func(i int) db.Key { return db.Key{Owner: "p1", Key: fmt.Sprint("k", i), BodyHash: fmt.Sprint("h", i)} }
		const n = 700
		for i := range n {
			ctx := db.WithKey(context.Background(), key(i))
			if i%50 > 0 {
				if err := set(ctx, d, fmt.Sprint("a", i), "1"); err != nil {
					t.Fatal(err)
				}
			}
			d.KeepAnswer(ctx, db.Answer{Status: 201, Body: fmt.Sprint("made ", i), Headers: map[string]string{"Content-Type": "text/plain"}})
		}
		rows := func() (n int64) {
			_ = d.Read(context.Background(), func(tx *db.Tx) error {
				return tx.QueryRow(context.Background(), `SELECT COUNT(*) FROM idempotency`).Scan(&n)
			})
			return n
		}
		for range 500 {
			if rows() == n {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		for i := range n {
			a, err := d.KeptAnswer(context.Background(), key(i))
			if err != nil || a == nil || a.Status != 201 || a.Body != fmt.Sprint("made ", i) || a.Headers["Content-Type"] != "text/plain" {
				t.Fatalf("answer %d: %+v, %v", i, a, err)
			}
		}
		if a, err := d.KeptAnswer(context.Background(), key(n)); a != nil || err != nil {
			t.Errorf("an answer that nobody gave: %+v, %v", a, err)
		}
	})
}

// TestDB_OneTextAtSeveralPlaces binds a text that is longer than the room kept for
// texts to two places of one statement.
func TestDB_OneTextAtSeveralPlaces(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		for _, size := range []int{1, 300, 10_000, 5, 100_000} {
			text := strings.Repeat("é", size)
			var same bool
			var length int64
			err := d.Read(ctx, func(tx *db.Tx) error {
				return tx.QueryRow(ctx, `SELECT CAST($1 AS TEXT) = CAST($2 AS TEXT) AND CAST($1 AS TEXT) = CAST($1 AS TEXT), LENGTH(CAST($2 AS TEXT) || CAST($1 AS TEXT))`, text, text).Scan(&same, &length)
			})
			if err != nil || !same || length != int64(2*size) {
				t.Errorf("%d letters at several places: same %t, length %d: %v", size, same, length, err)
			}
		}
	})
}

// TestDB_ChangesThatComeMeanwhileShareTheCommit holds a change until others wait behind it:
// one that fails alone leaves no trace, and those that join are kept.
func TestDB_ChangesThatComeMeanwhileShareTheCommit(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		for _, first := range []error{nil, errors.New("refused after it wrote")} {
			ctx, before := context.Background(), count(t, d)
			held := make(chan struct{})
			began := make(chan struct{})
			started := sync.OnceFunc(func() { close(began) })
			var wg sync.WaitGroup
			wg.Go(func() {
				err := d.Write(ctx, func(tx *db.Tx) error {
					started()
					<-held
					if _, err := tx.Exec(ctx, `INSERT INTO setting (name, value, version) VALUES ($1, '', 1)`, db.NewID(d.Now())); err != nil {
						return err
					}
					return first
				})
				if !errors.Is(err, first) {
					t.Errorf("the first change: %v, want %v", err, first)
				}
			})
			<-began
			for range 20 {
				wg.Go(func() {
					if err := set(ctx, d, db.NewID(d.Now()), "1"); err != nil {
						t.Error(err)
					}
				})
			}
			time.Sleep(20 * time.Millisecond) // until they wait
			close(held)
			wg.Wait()
			want := int64(21)
			if first != nil {
				want = 20
			}
			if got := count(t, d) - before; got != want {
				t.Errorf("%d rows were kept, want %d", got, want)
			}
		}
	})
}
