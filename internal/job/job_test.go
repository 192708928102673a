package job_test

import (
	"context"
	"errors"
	"log/slog"
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
