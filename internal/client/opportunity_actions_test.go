package client_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/money"
	"kolega/internal/task"
	"kolega/internal/testkit"
)

func staff(id string, role access.Role) access.Actor {
	return access.Actor{Who: audit.Who{Kind: "staff", ID: id, Name: id}, Role: role, Lang: "id", Zone: "Asia/Jakarta"}
}

var rani = staff("rani", access.AE)

func world(t *testing.T, d *db.DB) *client.Service {
	t.Helper()
	for _, id := range []string{"rani", "dewa"} {
		testkit.Put(t, d, "person", map[string]any{"id": id, "email": id + "@x.id", "name": id, "role": "ae", "lang": "id", "zone": "Asia/Jakarta"})
	}
	testkit.Put(t, d, "client", map[string]any{"id": "cl", "name": "Melati Glow", "legal_name": "PT Melati Glow", "country": "ID", "zone": "Asia/Jakarta", "lang": "id", "fold": "melati glow"})
	testkit.Put(t, d, "brand", map[string]any{"id": "br", "client_id": "cl", "name": "Melati Glow", "rivals": "[]", "fold": "melati glow"})
	s := client.New(d)
	s.OnWin(func(_ context.Context, _ *db.Tx, clientID, agreement string) error {
		if clientID == "cl" && agreement == "offered" {
			return nil
		}
		return db.ErrNotFound
	})
	return s
}

func chance(title string) client.Opportunity {
	return client.Opportunity{ClientID: "cl", Brand: "melati glow", Title: title, Source: "existing", OwnerID: "rani", FromOn: "2027-01-10"}
}

func TestOpportunity_HasExactlyOneNextStepUntilItEnds(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, s, tasks := context.Background(), world(t, d), task.New(d)
		o, err := s.OpenOpportunity(ctx, rani, chance("Serum baru"), client.Step{Text: "Telepon Sari", Due: "besok 10.00"}, false)
		if err != nil || o.BrandID != "br" || o.Stage != client.StageLead {
			t.Fatalf("%+v %v", o, err)
		}
		open := func() int {
			list, err := tasks.Tasks(ctx, rani, task.Filter{About: task.About{Kind: "opportunity", ID: o.ID}, Open: true})
			if err != nil {
				t.Fatal(err)
			}
			return len(list)
		}
		if err := s.NextStep(ctx, rani, o.ID, "Minta proposal", client.Step{Text: "Kirim proposal", DoerID: "dewa", Due: "lusa"}); err != nil || open() != 1 {
			t.Fatalf("%d open steps, %v", open(), err)
		}
		got, err := s.Deal(ctx, rani, o.ID)
		if err != nil || got.Step == nil || got.Step.Title != "Kirim proposal" || got.Doer != "dewa" || got.Care != client.CareFine {
			t.Fatalf("%+v %v", got, err)
		}
		testkit.ClockOf(d).Advance(72 * time.Hour)
		if got, _ = s.Deal(ctx, rani, o.ID); got.Care != client.CareLate {
			t.Errorf("after its day: %s", got.Care)
		}
		if err := tasks.Finish(ctx, staff("dewa", access.AE), got.StepID, "terkirim"); err != nil {
			t.Fatal(err)
		}
		if got, _ = s.Deal(ctx, rani, o.ID); got.Care != client.CareNone || got.Step != nil {
			t.Errorf("with its step done: %s", got.Care)
		}
		if err := s.WinOpportunity(ctx, rani, o.ID, "offered"); !errors.Is(err, client.ErrDealValue) {
			t.Errorf("won without a value: %v", err)
		}
		e := got.Opportunity
		e.Value = money.IDR(80_000_000)
		if err := s.EditOpportunity(ctx, rani, e, false); err != nil {
			t.Fatal(err)
		}
		if err := s.WinOpportunity(ctx, rani, o.ID, "draft"); !errors.Is(err, client.ErrDealAgreement) {
			t.Errorf("won with an agreement that was not offered: %v", err)
		}
		if err := s.WinOpportunity(ctx, rani, o.ID, "offered"); err != nil {
			t.Fatal(err)
		}
		if err := s.NextStep(ctx, rani, o.ID, "", client.Step{Text: "Lagi", Due: "besok"}); !errors.Is(err, client.ErrDealEnded) || open() != 0 {
			t.Errorf("a step after the end: %v, %d open", err, open())
		}
	})
}

func TestOpportunity_ASecondForTheSameBrandAndQuarterIsAskedAbout(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, s := context.Background(), world(t, d)
		step := client.Step{Text: "Telepon", Due: "besok"}
		first, err := s.OpenOpportunity(ctx, rani, chance("Serum"), step, false)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.OpenOpportunity(ctx, rani, chance("Bedak"), step, false); !errors.Is(err, client.ErrDealSame) {
			t.Errorf("the same quarter: %v", err)
		}
		if _, err := s.OpenOpportunity(ctx, rani, chance("Bedak"), step, true); err != nil {
			t.Errorf("meant: %v", err)
		}
		later := chance("Lipstik")
		later.FromOn = "2027-04-01"
		if _, err := s.OpenOpportunity(ctx, rani, later, client.Step{Text: "Telepon", Due: "2026-11-20"}, false); err == nil {
			t.Error("a follow-up in the past")
		}
		if _, err := s.OpenOpportunity(ctx, rani, later, step, false); err != nil {
			t.Error(err)
		}
		if err := s.LoseOpportunity(ctx, rani, first.ID, "budget", ""); err != nil {
			t.Fatal(err)
		}
		open, err := s.Pipeline(ctx, rani, client.DealFilter{ClientID: "cl"})
		if err != nil || len(open) != 2 {
			t.Errorf("%d open, %v", len(open), err)
		}
		if _, err := s.Pipeline(ctx, staff("oscar", access.Designer), client.DealFilter{}); !errors.Is(err, access.ErrForbidden) {
			t.Errorf("a designer: %v", err)
		}
	})
}

func TestNote_IsKeptOnceAndBecomesAnOpportunity(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, s := context.Background(), world(t, d)
		n, err := s.TakeNote(ctx, rani, client.Note{Kind: client.NoteBrand, Brand: "Kopi Senja", Link: "https://instagram.com/p/1", SeenOn: "2026-11-20", Handles: []string{"@bea"}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.TakeNote(ctx, rani, client.Note{Kind: client.NoteBrand, Brand: "Kopi Senja", Link: "https://instagram.com/p/1/?igsh=abc", SeenOn: "2026-11-21"}); !errors.Is(err, client.ErrNoteTwice) {
			t.Errorf("the same link: %v", err)
		}
		o, err := s.PursueNote(ctx, rani, n.ID, client.Opportunity{Title: "Kedai baru", OwnerID: "rani"}, client.Step{Text: "Cari kontak", Due: "besok"}, false)
		if err != nil || o.Brand != "Kopi Senja" || o.ClientID != "" || o.Source != "watch" {
			t.Fatalf("%+v %v", o, err)
		}
		if list, err := s.Watch(ctx, rani, client.NoteFilter{DealID: o.ID}); err != nil || len(list) != 1 {
			t.Errorf("attached: %+v %v", list, err)
		}
		if list, err := s.Watch(ctx, rani, client.NoteFilter{Handle: "@BEA", From: "2026-11-01"}); err != nil || len(list) != 1 {
			t.Errorf("by handle: %+v %v", list, err)
		}
		n.Takeaway, n.Version = "Pakai kreator kecil", 2
		if err := s.CorrectNote(ctx, staff("tia", access.Specialist), n); !errors.Is(err, client.ErrNoteOwn) {
			t.Errorf("a colleague's note: %v", err)
		}
		if err := s.CorrectNote(ctx, rani, n); err != nil {
			t.Error(err)
		}
	})
}
