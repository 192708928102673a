package demo_test

import (
	"context"
	"errors"
	"log/slog"
	"reflect"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/app"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/demo"
	"kolega/internal/report"
	"kolega/internal/testkit"
)

// played fills a fresh house on d and gives it with its cast.
func played(t *testing.T, d *db.DB, o demo.Options) (*app.Hall, *demo.Cast) {
	t.Helper()
	h, err := app.NewHall(d, t.TempDir(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	cast, err := demo.Play(t.Context(), demo.Hall{House: &h.House, Runner: h.Runner, Clock: testkit.ClockOf(d)}, o)
	if err != nil {
		t.Fatal(err)
	}
	return h, cast
}

func TestPlay_ShowsWhatItPromises(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		h, cast := played(t, d, demo.Options{})
		boss, err := h.Access.RecogniseToken(t.Context(), cast.Logins[0].Token)
		if err != nil {
			t.Fatal(err)
		}
		inspect(t, h, cast, boss)
		sound(t, h)
	})
}

// watch compares, whenever the play moves the clock, the standings that a house has kept
// with those made anew: whatever any use case of any slice changed, it shows at once.
type watch struct {
	demo.Movable
	t     *testing.T
	d     *db.DB
	kept  *report.Boards
	looks int
}

func (w *watch) Set(at time.Time) {
	w.look()
	w.Movable.Set(at)
	w.look()
}

func (w *watch) look() {
	w.t.Helper()
	boss := access.Actor{Who: audit.Who{Kind: "staff", ID: "boss"}, Role: access.Manager}
	kept, err := w.kept.Mine(w.t.Context(), boss)
	if err != nil {
		w.t.Fatal(err)
	}
	fresh, err := report.NewBoards(w.d).Mine(w.t.Context(), boss)
	if err != nil {
		w.t.Fatal(err)
	}
	for i := range fresh {
		w.looks++
		a, b := *kept[i], *fresh[i]
		a.Version, b.Version = report.Version{}, report.Version{}
		if !reflect.DeepEqual(a, b) {
			w.t.Fatalf("at %s %s stands otherwise than it is kept:\n%+v\n%+v", w.d.Now(), b.Campaign.Name, a.Standing, b.Standing)
		}
	}
}

func TestPlay_KeptStandingsAreTrueAtEveryStep(t *testing.T) {
	d := testkit.SQLite(t)
	h, err := app.NewHall(d, t.TempDir(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	w := &watch{Movable: testkit.ClockOf(d), t: t, d: d, kept: report.NewBoards(d)}
	if _, err := demo.Play(t.Context(), demo.Hall{House: &h.House, Runner: h.Runner, Clock: w}, demo.Options{}); err != nil {
		t.Fatal(err)
	}
	if w.looks < 500 {
		t.Errorf("looked %d times only", w.looks)
	}
}

func TestPlay_RefusesAHouseWithPeople(t *testing.T) {
	d := testkit.SQLite(t)
	h, err := app.NewHall(d, t.TempDir(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.Access.SetUp(t.Context(), access.NewPerson{Email: "real@agency.example", Name: "Real", Password: "a real password", Lang: "id", Zone: "Asia/Jakarta"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = demo.Play(t.Context(), demo.Hall{House: &h.House, Runner: h.Runner, Clock: testkit.ClockOf(d)}, demo.Options{})
	if !errors.Is(err, demo.ErrOccupied) {
		t.Fatalf("got %v, want demo.occupied", err)
	}
}

func TestPlay_HoldsAtAnyPresent(t *testing.T) {
	for name, now := range map[string]time.Time{
		"Sunday before dawn in Jakarta":  time.Date(2026, 11, 21, 20, 30, 0, 0, time.UTC),
		"just after a midnight":          time.Date(2026, 7, 1, 17, 1, 0, 0, time.UTC),
		"the first days of another year": time.Date(2027, 1, 4, 3, 0, 0, 0, time.UTC),
		"around Lebaran":                 time.Date(2026, 3, 25, 9, 0, 0, 0, time.UTC),
	} {
		t.Run(name, func(t *testing.T) {
			d := testkit.SQLite(t)
			testkit.ClockOf(d).Set(now)
			h, cast := played(t, d, demo.Options{})
			boss, err := h.Access.RecogniseToken(t.Context(), cast.Logins[0].Token)
			if err != nil {
				t.Fatal(err)
			}
			inspect(t, h, cast, boss)
			if got := testkit.ClockOf(d).Now(); !got.Equal(now) {
				t.Errorf("the clock was left at %s", got)
			}
		})
	}
}

func TestPlay_ScalesByCopies(t *testing.T) {
	d := testkit.SQLite(t)
	h, _ := played(t, d, demo.Options{Scale: 3})
	var campaigns, talents int64
	err := d.Read(context.Background(), func(tx *db.Tx) error {
		if err := tx.QueryRow(t.Context(), `SELECT COUNT(*) FROM campaign`).Scan(&campaigns); err != nil {
			return err
		}
		return tx.QueryRow(t.Context(), `SELECT COUNT(*) FROM talent`).Scan(&talents)
	})
	if err != nil || campaigns != 18 || talents != 135 {
		t.Fatalf("campaigns %d, talents %d, %v", campaigns, talents, err)
	}
	sound(t, h)
}
