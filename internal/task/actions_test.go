package task_test

import (
	"context"
	"errors"
	"testing"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/task"
	"kolega/internal/testkit"
)

func person(id string, role access.Role) access.Actor {
	return access.Actor{Who: audit.Who{Kind: "staff", ID: id, Name: id}, Role: role, Lang: "id", Zone: "Asia/Jakarta"}
}

func world(t *testing.T, d *db.DB) {
	t.Helper()
	for id, zone := range map[string]string{"rani": "Asia/Jakarta", "joel": "Asia/Manila", "dewa": "Asia/Jakarta"} {
		testkit.Put(t, d, "person", map[string]any{"id": id, "email": id + "@x.id", "name": id, "role": "ae", "lang": "id", "zone": zone})
	}
}

func TestTask_FromGivenToDone(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		world(t, d)
		ctx, s := context.Background(), task.New(d)
		rani, joel, dewa := person("rani", access.AE), person("joel", access.Specialist), person("dewa", access.SeniorAE)
		first, _, err := s.Give(ctx, rani, task.NewTask{Title: " Daftar  talent ", DoerID: "joel", Due: "besok 17.00", CampaignID: "ca"})
		if err != nil || first.Title != "Daftar talent" || first.Due.Zone != "Asia/Manila" || first.Minutes != task.DefaultMinutes {
			t.Fatalf("%+v %v", first, err)
		}
		if first.Due.Wall()[11:16] != "17:00" {
			t.Errorf("due at %s, want five o'clock where the doer is", first.Due.Wall())
		}
		then, _, err := s.Give(ctx, rani, task.NewTask{Title: "Kirim daftar", DoerID: "rani", Due: "lusa", After: []string{first.ID}})
		if err != nil || then.SeenAt.IsZero() {
			t.Fatalf("what one gives oneself is seen: %+v %v", then, err)
		}
		if err := s.Finish(ctx, rani, then.ID, ""); !errors.Is(err, task.ErrWaits) {
			t.Errorf("done before what comes first: %v", err)
		}
		if _, err := s.Edit(ctx, rani, task.EditTask{ID: first.ID, Title: first.Title, DoerID: "joel", Minutes: 60, After: []string{then.ID}, Version: first.Version}); !errors.Is(err, task.ErrLoop) {
			t.Errorf("a loop: %v", err)
		}
		if err := s.Accept(ctx, rani, first.ID); !errors.Is(err, task.ErrNotDoer) {
			t.Errorf("the giver says yes: %v", err)
		}
		if err := s.Accept(ctx, joel, first.ID); err != nil {
			t.Fatal(err)
		}
		if v, err := s.View(ctx, dewa, first.ID); err != nil || v.State != task.Running || v.Doer != "joel" {
			t.Errorf("%+v %v", v, err)
		}
		if err := s.Finish(ctx, person("tia", access.Specialist), first.ID, ""); !errors.Is(err, task.ErrNotOurs) {
			t.Errorf("a colleague ends it: %v", err)
		}
		if err := s.Finish(ctx, joel, first.ID, "12 nama"); err != nil {
			t.Fatal(err)
		}
		if err := s.Drop(ctx, dewa, then.ID, " "); !errors.Is(err, task.ErrWhy) {
			t.Errorf("dropped without a reason: %v", err)
		}
		if err := s.Finish(ctx, rani, then.ID, ""); err != nil {
			t.Errorf("what comes first is done: %v", err)
		}
		if err := s.Reopen(ctx, joel, first.ID); err != nil {
			t.Error(err)
		}
		if list, err := s.Tasks(ctx, rani, task.Filter{DoerID: "joel", Open: true}); err != nil || len(list) != 1 || list[0].Part != task.PartWeek {
			t.Errorf("%+v %v", list, err)
		}
	})
}

func TestTask_OneOriginMakesOneTask(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		world(t, d)
		ctx, rani := context.Background(), person("rani", access.AE)
		var ids []string
		for range 2 {
			err := d.Write(ctx, func(tx *db.Tx) error {
				got, _, err := task.Give(ctx, tx, rani, task.NewTask{Title: "Kirim notulen", DoerID: "rani", Due: "besok", Origin: "meeting:m1:1"})
				ids = append(ids, got.ID)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if ids[0] != ids[1] {
			t.Errorf("two tasks %v", ids)
		}
	})
}

func TestLeave_NobodyGetsATaskWhileAway(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		world(t, d)
		ctx, s := context.Background(), task.New(d)
		rani, joel, dewa := person("rani", access.AE), person("joel", access.Specialist), person("dewa", access.SeniorAE)
		due, _, err := s.Give(ctx, rani, task.NewTask{Title: "Cek daftar", DoerID: "joel", Due: "2026-12-02"})
		if err != nil {
			t.Fatal(err)
		}
		l := task.Leave{PersonID: "joel", From: "2026-12-01", To: "2026-12-04"}
		if _, err := s.TakeLeave(ctx, rani, l); !errors.Is(err, access.ErrForbidden) {
			t.Errorf("a colleague's leave: %v", err)
		}
		l, err = s.TakeLeave(ctx, joel, l)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.TakeLeave(ctx, dewa, task.Leave{PersonID: "joel", From: "2026-12-04", To: "2026-12-08"}); !errors.Is(err, task.ErrLeaveOn) {
			t.Errorf("a second leave on one day: %v", err)
		}
		if list, err := s.Clashes(ctx, dewa, l); err != nil || len(list) != 1 || list[0].ID != due.ID {
			t.Errorf("tasks in the leave: %+v %v", list, err)
		}
		_, _, err = s.Give(ctx, rani, task.NewTask{Title: "Satu lagi", DoerID: "joel", Due: "2026-12-03"})
		f, ok := fault.As(err)
		if !ok || f.Fields["doer"] != "task.away" {
			t.Errorf("given while away: %v", err)
		}
		load, err := s.Load(ctx, dewa)
		if err != nil || len(load) != 3 || load[1].Person.ID != "joel" || len(load[1].Away) != 1 {
			t.Fatalf("%+v %v", load, err)
		}
		if err := s.DropLeave(ctx, rani, l.ID); !errors.Is(err, access.ErrForbidden) {
			t.Errorf("a colleague takes the leave back: %v", err)
		}
		if err := s.DropLeave(ctx, joel, l.ID); err != nil {
			t.Fatal(err)
		}
		if _, _, err = s.Give(ctx, rani, task.NewTask{Title: "Satu lagi", DoerID: "joel", Due: "2026-12-03"}); err != nil {
			t.Error(err)
		}
	})
}
