package idea_test

import (
	"context"
	"errors"
	"testing"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/idea"
	"kolega/internal/result"
	"kolega/internal/testkit"
)

func staff(id string, role access.Role) access.Actor {
	return access.Actor{Who: audit.Who{Kind: "staff", ID: id, Name: id}, Role: role, Lang: "id", Zone: "Asia/Jakarta"}
}

var rani, tia, budi = staff("rani", access.AE), staff("tia", access.Specialist), staff("budi", access.Designer)

func TestBoard_VotesDecisionsAndCreditStays(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, s := context.Background(), idea.New(d)
		b, err := s.OpenBoard(ctx, rani, idea.Board{Title: "  Serum   baru ", Question: "Cerita apa yang belum dipakai pesaing?"})
		if err != nil || b.Title != "Serum baru" {
			t.Fatalf("%+v %v", b, err)
		}
		if _, err := s.OpenBoard(ctx, rani, idea.Board{}); !errors.Is(err, idea.ErrBoardTitle) {
			t.Errorf("a board without a title: %v", err)
		}
		for want, i := range map[error]idea.Idea{idea.ErrTitle: {Kind: "kol"}, idea.ErrKind: {Title: "x"}, idea.ErrLink: {Title: "x", Kind: "kol", Links: []string{"javascript:alert(1)"}},
			idea.ErrTrend: {Title: "x", Kind: "kol", NoteID: "none"}} {
			i.BoardID = b.ID
			if _, err := s.AddIdea(ctx, budi, i); !errors.Is(err, want) {
				t.Errorf("%+v: %v, want %v", i, err, want)
			}
		}
		first, err := s.AddIdea(ctx, budi, idea.Idea{BoardID: b.ID, Title: "Satu tarikan", Kind: "kol", Links: []string{"https://a.id/x\nhttps://a.id/x https://b.id"}})
		if err != nil || first.Author != "budi" || len(first.Links) != 2 {
			t.Fatalf("%+v %v", first, err)
		}
		second, err := s.AddIdea(ctx, rani, idea.Idea{BoardID: b.ID, Title: "Akun receh bercerita", Kind: "media"})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Vote(ctx, budi, first.ID, true); !errors.Is(err, idea.ErrOwnVote) {
			t.Errorf("a vote for one's own: %v", err)
		}
		for range 2 { // twice is one vote
			if err := errors.Join(s.Vote(ctx, budi, second.ID, true), s.Vote(ctx, tia, second.ID, true), s.Vote(ctx, tia, first.ID, true), s.Vote(ctx, tia, first.ID, false)); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.EditIdea(ctx, rani, first); !errors.Is(err, idea.ErrAuthor) {
			t.Errorf("somebody else's words: %v", err)
		}
		first.Title = "Satu tarikan, tanpa potongan"
		if err := s.EditIdea(ctx, budi, first); err != nil {
			t.Fatal(err)
		}
		if err := s.Decide(ctx, tia, first.ID, idea.Keep, ""); err == nil {
			t.Error("a specialist decided")
		}
		if err := s.Decide(ctx, rani, first.ID, idea.Drop, " "); !errors.Is(err, idea.ErrWhy) {
			t.Errorf("dropped without a reason: %v", err)
		}
		if err := errors.Join(s.Decide(ctx, rani, first.ID, idea.Drop, "sudah dipakai pesaing"), s.CloseBoard(ctx, rani, b.ID), s.CloseBoard(ctx, rani, b.ID)); err != nil {
			t.Fatal(err)
		}
		got, err := s.Board(ctx, tia, b.ID)
		if err != nil || len(got.Ideas) != 2 || got.Ideas[0].ID != second.ID || len(got.Ideas[0].Voters) != 2 || got.Undecided() != 1 || got.Open() {
			t.Fatalf("%+v %v", got, err)
		}
		if i := got.Ideas[1]; i.Status() != idea.Dropped || i.Author != "budi" || len(i.Voters) != 0 || i.Title != first.Title {
			t.Errorf("%+v", i)
		}
		if _, err := s.AddIdea(ctx, rani, idea.Idea{BoardID: b.ID, Title: "x", Kind: "kol"}); !errors.Is(err, idea.ErrBoardClosed) {
			t.Errorf("an idea for a closed board: %v", err)
		}
		if err := s.Vote(ctx, rani, first.ID, true); !errors.Is(err, idea.ErrBoardClosed) {
			t.Errorf("a vote on a closed board: %v", err)
		}
	})
}

func TestIdea_UsedIsComputedFromWhereItIsUsed(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, s := context.Background(), idea.New(d)
		testkit.Booked(t, d, "{}")
		b, _ := s.OpenBoard(ctx, rani, idea.Board{Title: "B"})
		n, err := client.New(d).TakeNote(ctx, rani, client.Note{Kind: client.NoteTrend, Brand: "Tebak harga", SeenOn: "2026-11-20", UntilOn: "2026-12-20"})
		if err != nil {
			t.Fatal(err)
		}
		i, err := s.AddIdea(ctx, tia, idea.Idea{BoardID: b.ID, Title: "Tebak harga di pasar", Kind: "mixed", NoteID: n.ID})
		if err != nil {
			t.Fatal(err)
		}
		e := idea.Experiment{CampaignID: "ca", SlotID: "s1", IdeaID: i.ID, Belief: "Tebakan membuat orang menyimpan", Measure: result.Saves, Target: 400}
		for want, change := range map[error]func(*idea.Experiment){idea.ErrBelief: func(e *idea.Experiment) { e.Belief = "" }, idea.ErrMeasure: func(e *idea.Experiment) { e.Measure = "luck" },
			idea.ErrTarget: func(e *idea.Experiment) { e.Target = 0 }, idea.ErrSlotAbsent: func(e *idea.Experiment) { e.SlotID = "none" }} {
			bad := e
			change(&bad)
			if err := s.TryOut(ctx, rani, bad); !errors.Is(err, want) {
				t.Errorf("%v, want %v", err, want)
			}
		}
		if err := errors.Join(s.TryOut(ctx, rani, e), s.TryOut(ctx, rani, e)); err != nil {
			t.Fatal(err)
		}
		got, err := s.Board(ctx, tia, b.ID)
		if err != nil || got.Ideas[0].Status() != idea.Used || len(got.Ideas[0].Uses) != 1 || got.Trends[n.ID].Brand != "Tebak harga" {
			t.Fatalf("%+v %v", got.Ideas, err)
		}
		if err := s.Decide(ctx, rani, i.ID, idea.Drop, "x"); !errors.Is(err, idea.ErrUsed) {
			t.Errorf("a used idea was dropped: %v", err)
		}
		list, err := s.Experiments(ctx, rani, "ca")
		if err != nil || len(list) != 1 || list[0].Known || list[0].Slot != 1 {
			t.Fatalf("%+v %v", list, err)
		}
		if err := s.EndExperiment(ctx, rani, "ca", "s1", ""); !errors.Is(err, idea.ErrLearned) {
			t.Errorf("over without a lesson: %v", err)
		}
		if err := s.EndExperiment(ctx, rani, "ca", "s1", "Simpanan naik dua kali."); err != nil {
			t.Fatal(err)
		}
		if err := s.TryOut(ctx, rani, e); !errors.Is(err, idea.ErrEnded) {
			t.Errorf("tried again: %v", err)
		}
	})
}

func TestExperiment_CountsItsOwnMeasureOverItsSlot(t *testing.T) {
	row := func(slot string, proof, newest result.Counts) result.PostRow {
		return result.PostRow{SlotID: slot, Proof: result.Insight{Counts: proof}, Newest: result.Insight{Counts: newest}}
	}
	rows := []result.PostRow{row("s1", result.Counts{result.Saves: 10}, result.Counts{result.Saves: 99}), row("s1", nil, result.Counts{result.Saves: 5}), row("s2", result.Counts{result.Saves: 1000}, nil), row("s1", nil, result.Counts{result.Reach: 7})}
	e := idea.Experiment{SlotID: "s1", Measure: result.Saves}
	if n, known := e.Actual(rows); n != 15 || !known {
		t.Errorf("%d %v, want 15: verified first, then the newest, of its slot alone", n, known)
	}
	e.Measure = result.Clicks
	if _, known := e.Actual(rows); known {
		t.Error("a figure that no post has is known")
	}
}
