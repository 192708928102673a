package client_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/task"
	"kolega/internal/testkit"
)

func TestClient_IsLookedAfter(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, s := context.Background(), world(t, d)
		testkit.Put(t, d, "contact", map[string]any{"id": "k1", "client_id": "cl", "name": "Sari", "lang": "id", "zone": "Asia/Jakarta"})
		testkit.Put(t, d, "client", map[string]any{"id": "c2", "name": "Lain", "fold": "lain", "country": "ID", "zone": "Asia/Jakarta", "lang": "id"})
		now := testkit.Start
		if _, err := s.LogContact(ctx, rani, client.Touch{ClientID: "c2", ContactID: "k1", Channel: "call", At: now, Summary: "x"}); !errors.Is(err, client.ErrOtherClient) {
			t.Errorf("another client's contact: %v", err)
		}
		if _, err := s.LogContact(ctx, rani, client.Touch{ClientID: "cl", Channel: "call", At: now.Add(time.Hour), Summary: "x"}); !errors.Is(err, client.ErrTouchAt) {
			t.Errorf("a call to come: %v", err)
		}
		if _, err := s.LogContact(ctx, rani, client.Touch{ClientID: "cl", ContactID: "k1", Channel: "call", In: true, At: now.Add(-time.Hour), Summary: "Tanya jadwal"}); err != nil {
			t.Fatal(err)
		}
		if err := s.LookAfter(ctx, rani, client.Looking{ClientID: "cl", QuietDays: 10, Satisfied: 4, Words: "Cepat dijawab"}); err != nil {
			t.Fatal(err)
		}
		if err := s.LookAfter(ctx, rani, client.Looking{ClientID: "cl", QuietDays: 20}); !errors.Is(err, db.ErrChanged) {
			t.Errorf("an old version: %v", err)
		}
		got, err := s.Tended(ctx, rani, "cl")
		if err != nil || got.Quiet || got.Satisfied != 4 || len(got.Touches) != 1 || !got.Touches[0].In {
			t.Fatalf("%+v %v", got, err)
		}
		testkit.ClockOf(d).Advance(11 * 24 * time.Hour)
		quiet, err := s.QuietClients(ctx, rani)
		if err != nil || len(quiet) != 2 || quiet[0].ID != "c2" || quiet[1].ID != "cl" || quiet[1].Days != 10 {
			t.Errorf("quiet: %+v %v", quiet, err)
		}
		if _, err := s.Tended(ctx, access.Actor{}, "cl"); err == nil {
			t.Error("nobody reads how a client is looked after")
		}
	})
}

func TestIssue_IsATaskUntilItIsClosed(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, s := context.Background(), world(t, d)
		i, err := s.OpenIssue(ctx, rani, client.Issue{ClientID: "cl", What: "Logo terpotong", Severity: "high"}, "dewa", "besok 12.00")
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Tended(ctx, rani, "cl")
		if err != nil || len(got.Issues) != 1 || len(got.Tasks) != 1 || got.Tasks[0].DoerID != "dewa" {
			t.Fatalf("%+v %v", got, err)
		}
		if err := s.CloseIssue(ctx, rani, "other", i.ID, "talent", "x"); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("another client's issue: %v", err)
		}
		if err := s.CloseIssue(ctx, rani, "cl", i.ID, "talent", "Diunggah ulang"); err != nil {
			t.Fatal(err)
		}
		got, err = s.Tended(ctx, rani, "cl")
		if err != nil || len(got.Tasks) != 0 || got.Causes["talent"] != 1 {
			t.Errorf("%+v %v", got, err)
		}
		v, err := task.New(d).View(ctx, rani, i.TaskID)
		if err != nil || v.State != task.Done || v.Result != "Diunggah ulang" {
			t.Errorf("%+v %v", v, err)
		}
	})
}

func TestProfile_EachChangeIsAVersion(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, s := context.Background(), world(t, d)
		p := client.Profile{BrandID: "br", Goals: "Dikenal", Persona: []string{"ibu muda"}}
		first, err := s.SaveProfile(ctx, rani, "cl", p)
		if err != nil || first.No != 1 {
			t.Fatalf("%+v %v", first, err)
		}
		if _, err := s.SaveProfile(ctx, rani, "cl", client.Profile{BrandID: "br", Goals: "Lain"}); !errors.Is(err, client.ErrProfileOld) {
			t.Errorf("seen before the first: %v", err)
		}
		if same, err := s.SaveProfile(ctx, rani, "cl", first); err != nil || same.No != 1 {
			t.Errorf("the same again: %+v %v", same, err)
		}
		first.Tone = "Hangat"
		if second, err := s.SaveProfile(ctx, rani, "cl", first); err != nil || second.No != 2 {
			t.Errorf("%+v %v", second, err)
		}
		b, all, err := s.Profiles(ctx, rani, "br")
		if err != nil || b.Name != "Melati Glow" || len(all) != 2 || all[0].Tone != "Hangat" || all[1].Tone != "" {
			t.Errorf("%+v %v", all, err)
		}
	})
}
