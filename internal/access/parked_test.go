package access_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/testkit"
)

type posted struct{}

func (posted) Kind() string { return "test.posted" }

func TestParked_OnlyWhoSetsUpTheAgencyRunsAJobAgain(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s, p := agency(t, d)
		maya := access.Actor{Who: audit.Who{Kind: "staff", ID: p.ID, Name: p.Name}, Role: access.Manager}
		rani := access.Actor{Who: audit.Who{Kind: "staff", ID: "rani", Name: "Rani"}, Role: access.AE}
		broken, runs := true, 0
		reg := job.NewRegistry()
		job.On(reg, "post", func(context.Context, posted) error {
			if broken {
				return errors.New("the post office is closed")
			}
			runs++
			return nil
		})
		r := job.NewRunner(d, reg, slog.New(slog.DiscardHandler))
		if err := d.Write(ctx, func(tx *db.Tx) error { return job.Enqueue(ctx, tx, posted{}) }); err != nil {
			t.Fatal(err)
		}
		for range job.Tries + 1 {
			testkit.ClockOf(d).Advance(2 * time.Hour)
			if err := r.Drain(ctx); err != nil {
				t.Fatal(err)
			}
		}
		list, err := s.Parked(ctx, maya)
		if err != nil || len(list) != 1 || list[0].Reason != "the post office is closed" || list[0].Tries != job.Tries {
			t.Fatalf("%+v %v", list, err)
		}
		if _, err := s.Parked(ctx, rani); !errors.Is(err, access.ErrForbidden) {
			t.Errorf("an account executive sees them: %v", err)
		}
		if err := s.RunAgain(ctx, rani, list[0].ID); !errors.Is(err, access.ErrForbidden) {
			t.Errorf("an account executive runs one: %v", err)
		}
		broken = false
		if err := s.RunAgain(ctx, maya, list[0].ID); err != nil {
			t.Fatal(err)
		}
		if err := r.Drain(ctx); err != nil || runs != 1 {
			t.Errorf("ran %d times, %v", runs, err)
		}
		if err := s.RunAgain(ctx, maya, list[0].ID); !errors.Is(err, db.ErrChanged) {
			t.Errorf("one that is done: %v", err)
		}
	})
}
