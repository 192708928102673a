package job_test

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/testkit"
)

type shown struct{ Draft string }

func (shown) Kind() string { return "test.shown" }

func keep(t *testing.T, d *db.DB, opts ...job.Option) {
	t.Helper()
	ctx := context.Background()
	if err := d.Write(ctx, func(tx *db.Tx) error { return job.Enqueue(ctx, tx, shown{"d1"}, opts...) }); err != nil {
		t.Fatal(err)
	}
}

func TestRunner_EachSubscriberRunsAndAFailureIsTriedAgain(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		reg := job.NewRegistry()
		told, chased := 0, 0
		job.On(reg, "tell", func(_ context.Context, a shown) error {
			if a.Draft != "d1" {
				t.Errorf("args %+v", a)
			}
			told++
			return nil
		})
		job.On(reg, "chase", func(context.Context, shown) error {
			chased++
			if chased == 1 {
				return errors.New("not yet")
			}
			return nil
		})
		r := job.NewRunner(d, reg, slog.New(slog.DiscardHandler))
		keep(t, d, job.Unique("d1"))
		keep(t, d, job.Unique("d1"))
		for range 3 {
			if err := r.Drain(context.Background()); err != nil {
				t.Fatal(err)
			}
			testkit.ClockOf(d).Advance(time.Minute)
		}
		if told != 1 || chased != 2 {
			t.Errorf("told %d times, want 1; chased %d times, want 2", told, chased)
		}
	})
}

func TestRunner_AJobWaitsForItsTimeAndIsParkedAfterTooManyTries(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		reg := job.NewRegistry()
		runs := 0
		job.On(reg, "never", func(context.Context, shown) error { runs++; panic("always") })
		r := job.NewRunner(d, reg, slog.New(slog.DiscardHandler))
		keep(t, d, job.After(d.Now().Add(time.Hour)))
		if err := r.Drain(ctx); err != nil || runs != 0 {
			t.Fatalf("ran %d times before its time (%v)", runs, err)
		}
		for range job.Tries + 3 {
			testkit.ClockOf(d).Advance(2 * time.Hour)
			if err := r.Drain(ctx); err != nil {
				t.Fatal(err)
			}
		}
		if runs != job.Tries {
			t.Errorf("ran %d times, want %d", runs, job.Tries)
		}
		err := d.Read(ctx, func(tx *db.Tx) error {
			p, err := job.Parked(ctx, tx)
			if len(p) != 1 || p[0].Kind != "test.shown" {
				t.Errorf("parked %+v", p)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestLoad_CountsWhatIsDueAndWhatIsParked(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		load := func() (l job.Load) {
			if err := d.Read(ctx, func(tx *db.Tx) (err error) { l, err = job.LoadOf(ctx, tx); return err }); err != nil {
				t.Fatal(err)
			}
			return l
		}
		if got := load(); got != (job.Load{}) {
			t.Errorf("nothing waits, but %+v", got)
		}
		keep(t, d)
		keep(t, d, job.After(d.Now().Add(time.Hour)))
		testkit.ClockOf(d).Advance(3 * time.Minute)
		if got := load(); got != (job.Load{Due: 1, Late: 3 * time.Minute}) {
			t.Errorf("one is due for three minutes, but %+v", got)
		}
		reg := job.NewRegistry()
		job.On(reg, "never", func(context.Context, shown) error { return errors.New("no") })
		r := job.NewRunner(d, reg, slog.New(slog.DiscardHandler))
		for range 40 {
			if err := r.Drain(ctx); err != nil {
				t.Fatal(err)
			}
			testkit.ClockOf(d).Advance(12 * time.Hour)
		}
		if got := load(); got.Due != 0 || got.Parked != 2 {
			t.Errorf("both are parked, but %+v", got)
		}
	})
}

// TestRunner_ManyWorkersDoEachJobOnceAndGiveBackTheRest lets sixteen workers into a heap
// of jobs and stops them in the middle: what was begun is done, what was not waits as if
// nobody had looked at it.
func TestRunner_ManyWorkersDoEachJobOnceAndGiveBackTheRest(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, stop := context.WithCancel(context.Background())
		const all = 300
		for range all / 50 {
			if err := d.Write(ctx, func(tx *db.Tx) error {
				for range 50 {
					if err := job.Enqueue(ctx, tx, shown{tx.NewID()}); err != nil {
						return err
					}
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
		}
		var mu sync.Mutex
		runs := map[string]int{}
		reg := job.NewRegistry()
		job.On(reg, "tell", func(_ context.Context, a shown) error {
			mu.Lock()
			defer mu.Unlock()
			if runs[a.Draft]++; len(runs) == all/3 {
				stop()
			}
			return nil
		})
		r := job.NewRunner(d, reg, slog.New(slog.DiscardHandler))
		r.Run(ctx, 16)
		begun := len(runs)
		if begun < all/3 || begun > all/3+16 {
			t.Errorf("%d jobs were begun, want %d and what was under way", begun, all/3)
		}
		ctx = context.Background()
		if err := d.Read(ctx, func(tx *db.Tx) error {
			var done, tried int64
			err := tx.QueryRow(ctx, `SELECT COUNT(done_at), SUM(tries) FROM job`).Scan(&done, &tried)
			if done != int64(begun) || tried != int64(begun) {
				t.Errorf("of %d jobs begun %d are marked done, after %d tries", begun, done, tried)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if err := r.Drain(ctx); err != nil {
			t.Fatal(err)
		}
		for id, n := range runs {
			if n != 1 {
				t.Errorf("job %s ran %d times", id, n)
			}
		}
		if len(runs) != all {
			t.Errorf("%d of %d jobs ran", len(runs), all)
		}
	})
}

// TestQueue_DoesNotLookAtFinishedJobs reads how SQLite finds the jobs that are due.
func TestQueue_DoesNotLookAtFinishedJobs(t *testing.T) {
	d, ctx := testkit.SQLite(t), context.Background()
	err := d.Read(ctx, func(tx *db.Tx) error {
		rows, err := tx.Query(ctx, `EXPLAIN QUERY PLAN SELECT id, kind, subscriber, args FROM job WHERE done_at IS NULL AND parked_at IS NULL AND due_at <= $1
			AND (lease_until IS NULL OR lease_until < $1) ORDER BY due_at, id LIMIT $2`, 1, 1)
		plan, err := db.Collect(rows, err, func(r *sql.Rows) (text string, err error) {
			var a, b, c int64
			return text, r.Scan(&a, &b, &c, &text)
		})
		if len(plan) != 1 || !strings.Contains(plan[0], "USING INDEX job_waiting (due_at<?)") {
			t.Errorf("due jobs are found by %q, want the index of waiting jobs, in its order", plan)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

type unheard struct{ Draft string }

func (unheard) Kind() string { return "test.unheard" }

// TestRegistry_EventsThatNobodyWaitsForAreNotKept once the registry is filled; before it
// is, they are, and so is what somebody waits for.
func TestRegistry_EventsThatNobodyWaitsForAreNotKept(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		kept := func() (n int64) {
			t.Helper()
			err := d.Write(ctx, func(tx *db.Tx) error {
				for _, a := range []job.Args{shown{"d1"}, unheard{"d1"}} {
					if err := job.Enqueue(ctx, tx, a); err != nil {
						return err
					}
				}
				return tx.QueryRow(ctx, `SELECT COUNT(*) FROM job WHERE kind = 'test.unheard'`).Scan(&n)
			})
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if n := kept(); n != 1 {
			t.Errorf("%d events kept while the registry may still be filled, want 1", n)
		}
		reg, told := job.NewRegistry(), 0
		job.On(reg, "tell", func(context.Context, shown) error { told++; return nil })
		reg.Settle(d)
		if n := kept(); n != 1 {
			t.Errorf("%d events kept that nobody waits for, want the one of before", n)
		}
		if err := job.NewRunner(d, reg, slog.New(slog.DiscardHandler)).Drain(ctx); err != nil || told != 2 {
			t.Errorf("told %d times, want 2: %v", told, err)
		}
	})
}
