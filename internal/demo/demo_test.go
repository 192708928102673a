package demo_test

import (
	"context"
	"log/slog"
	"testing"

	"kolega/internal/app"
	"kolega/internal/demo"
	"kolega/internal/testkit"

	"kolega/internal/db"
)

func TestPlay(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		h, err := app.NewHall(d, t.TempDir(), slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		cast, err := demo.Play(context.Background(), demo.Hall{House: &h.House, Runner: h.Runner, Clock: testkit.ClockOf(d)}, demo.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Log(cast.Links)
	})
}
