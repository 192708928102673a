package report_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/report"
	"kolega/internal/testkit"
)

func TestDraftStatus_SaysWhoseMoveItIs(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		testkit.Booked(t, d, terms)
		s := report.NewBoards(d)
		got, err := s.DraftStatus(ctx, sari, "ca")
		if err != nil || len(got.Lines) != 2 || got.Client != "Melati Glow" {
			t.Fatalf("%+v, %v", got, err)
		}
		if got.Lines[0].State != "approved" && got.Lines[0].State != "drafting" {
			t.Errorf("state %q", got.Lines[0].State)
		}
		if _, err := s.DraftStatus(ctx, stranger, "ca"); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("a stranger reads it: %v", err)
		}
		text := got.Text("Sari")
		for _, want := range []string{"Peluncuran Two-Way Cake", "Bea Santillan", "*"} {
			if !strings.Contains(text, want) {
				t.Errorf("no %q in %s", want, text)
			}
		}
		if strings.Contains(text, "500.000") || len(text) > 1500 {
			t.Errorf("the message is too long or has a fee: %d", len(text))
		}
		var b bytes.Buffer
		if _, err := s.DraftStatusPDF(ctx, ae, "ca", &b); err != nil {
			t.Fatal(err)
		}
		if words := testkit.WordsOf(t, b.Bytes()); !strings.Contains(words, "Mika Delos Reyes") || !strings.Contains(words, "Status draf") {
			t.Errorf("the paper says %s", words)
		}
		designer := staff("x", access.Role("nobody"))
		if _, err := s.DraftStatus(ctx, designer, "ca"); err == nil {
			t.Error("somebody without rights reads it")
		}
	})
}
