package meeting_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/meeting"
	"kolega/internal/task"
	"kolega/internal/testkit"
)

func staff(id string, role access.Role) access.Actor {
	return access.Actor{Who: audit.Who{Kind: "staff", ID: id, Name: id}, Role: role, Lang: "id", Zone: "Asia/Jakarta"}
}

func TestPractice_FromTheRotaToProgressThatOnlyTwoPeopleSee(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w, ctx := begin(t, d, true), context.Background()
		boss, sp, ae := staff("ma", access.Manager), staff("sp", access.Specialist), staff("ae", access.SeniorAE)
		w.must(d.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE person SET supervisor_id = 'ae' WHERE id = 'sp'`)
			return err
		}))
		n := meeting.Series{Title: "Latihan", First: "2026-11-24", Clock: "16.00", Zone: "Asia/Jakarta", Minutes: 20, Turns: 1, People: []string{"sp", "ma"}}
		if _, err := w.s.StartSeries(ctx, sp, n); !errors.Is(err, access.ErrForbidden) {
			t.Errorf("a specialist leads: %v", err)
		}
		_, err := w.s.StartSeries(ctx, boss, n)
		w.must(err)
		turns := func() []meeting.Turn {
			all, err := w.s.Practices(ctx, sp)
			w.must(err)
			return all[0].Turns
		}
		first := turns()[0]
		if first.PresenterID != "sp" || w.tasks("practice/") != 1 {
			t.Fatalf("%+v, %d tasks", first, w.tasks("practice/"))
		}
		w.must(w.s.Topic(ctx, sp, first.ID, "client", "Wardah", "", nil))
		if err := w.s.Topic(ctx, staff("x", access.AE), first.ID, "client", "Grab", "", nil); !errors.Is(err, meeting.ErrNotYours) {
			t.Errorf("a colleague chooses the topic: %v", err)
		}
		score := meeting.Score{TurnID: first.ID, Content: 4, Story: 5, Proof: 3, Handles: 2, Keep: "suara", Change: "bukti", Question: "harga?"}
		if err := w.s.Judge(ctx, boss, score); !errors.Is(err, meeting.ErrScoreEarly) {
			t.Errorf("before it began: %v", err)
		}
		w.pass(30*time.Hour + time.Hour)
		if err := w.s.Judge(ctx, sp, score); !errors.Is(err, meeting.ErrScoreSelf) {
			t.Errorf("one's own turn: %v", err)
		}
		w.must(w.s.Judge(ctx, boss, score))
		score.Story = 1
		w.must(w.s.Judge(ctx, boss, score))
		if all := turns(); len(all) != 2 || all[1].PresenterID != "ma" || all[1].Start.Sub(all[0].Start) != 14*24*time.Hour {
			t.Errorf("the next session: %+v", all)
		}
		if open, err := task.New(w.d).Tasks(ctx, boss, task.Filter{About: task.About{Kind: "practice", ID: first.ID}, Open: true}); err != nil || len(open) != 0 {
			t.Errorf("a turn was scored, and %d tasks ask to prepare it: %v", len(open), err)
		}
		for who, sees := range map[string]bool{"sp": true, "ae": true, "ma": false} {
			actor := map[string]access.Actor{"sp": sp, "ae": ae, "ma": boss}[who]
			steps, err := w.s.Progress(ctx, actor, "sp")
			if sees && (err != nil || len(steps) != 1 || steps[0].Story != 10 || steps[0].Listeners != 1) || !sees && !errors.Is(err, db.ErrNotFound) {
				t.Errorf("%s sees %+v, %v", who, steps, err)
			}
			page, err := w.s.TurnOf(ctx, actor, first.ID)
			if err != nil || page.SeesAll != sees || len(page.Scores) > 0 != sees {
				t.Errorf("%s on the turn: %+v %v", who, page, err)
			}
		}
		if err := w.s.Swap(ctx, boss, turns()[1].ID, "x"); !errors.Is(err, meeting.ErrRota) {
			t.Errorf("given to somebody outside the rota: %v", err)
		}
		w.must(w.s.Swap(ctx, boss, turns()[1].ID, "sp"))
	})
}
