package talent

import (
	"context"
	"errors"
	"testing"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/testkit"
)

func TestBulk_On(t *testing.T) {
	b := Bulk{AddTags: []string{"hijab", "Ibu"}, RemoveTags: []string{"LAMA"}, Status: StatusPreferred}
	got := b.On(Talent{Tags: []string{"lama", "ibu"}, Status: StatusFree})
	if len(got.Tags) != 2 || got.Tags[0] != "ibu" || got.Tags[1] != "hijab" || got.Status != StatusPreferred {
		t.Errorf("got %+v", got)
	}
	for _, c := range []struct {
		b    Bulk
		want error
	}{{Bulk{}, FaultBulkEmpty}, {Bulk{Status: StatusMerged}, FaultStatus}, {Bulk{Status: "x"}, FaultStatus}, {Bulk{Status: StatusBlocked}, FaultReasonMissing}, {Bulk{City: "Solo"}, nil}} {
		if err := c.b.Check(); fault.CodeOf(err) != fault.CodeOf(c.want) {
			t.Errorf("%+v: %v", c.b, err)
		}
	}
}

func TestBulk_ShowsBeforeItActs(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, s := context.Background(), New(d, nil, nil)
		var ids []string
		for _, name := range []string{"Sari", "Dewi", "Rani"} {
			one, err := s.Create(ctx, specialist(), NewTalent{Talent: Talent{Name: name, Tags: []string{"ibu"}}})
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, one.ID)
		}
		b := Bulk{AddTags: []string{"ibu"}, Status: StatusExclusive}
		lines, err := s.PreviewBulk(ctx, specialist(), append(ids, ids[0], "nobody"), b)
		if err != nil || len(lines) != 3 || lines[0].Code != "talent.contract-missing" || lines[0].Changes() {
			t.Fatalf("exclusive without a contract: %+v, %v", lines, err)
		}
		b = Bulk{AddTags: []string{"hijab"}, City: "Solo"}
		if lines, err = s.PreviewBulk(ctx, specialist(), ids, b); err != nil || !lines[2].Changes() {
			t.Fatal(lines, err)
		}
		if got, _ := s.Show(ctx, specialist(), ids[0]); got.Talent.City != "" {
			t.Error("the preview kept something")
		}
		seen := []Seen{}
		for _, l := range lines {
			seen = append(seen, Seen{l.Before.ID, l.Before.Version})
		}
		stale := append([]Seen{}, seen...)
		stale[1].Version = 7
		if _, err := s.ApplyBulk(ctx, specialist(), stale, b); !errors.Is(err, db.ErrChanged) {
			t.Errorf("an old preview: %v", err)
		}
		if got, _ := s.Show(ctx, specialist(), ids[0]); got.Talent.City != "" {
			t.Error("half of it was kept")
		}
		if n, err := s.ApplyBulk(ctx, specialist(), seen, b); err != nil || n != 3 {
			t.Fatal(n, err)
		}
		got, err := s.Show(ctx, specialist(), ids[1])
		if err != nil || got.Talent.City != "Solo" || len(got.Talent.Tags) != 2 {
			t.Errorf("got %+v, %v", got.Talent, err)
		}
		_ = d.Read(ctx, func(tx *db.Tx) error {
			lines, err := audit.History(ctx, tx, "talent", ids[1])
			if err != nil || len(lines) != 2 || lines[1].Verb != "talent.bulk" {
				t.Errorf("trail %+v, %v", lines, err)
			}
			return nil
		})
		finance := specialist()
		finance.Role = access.Finance
		if _, err := s.PreviewBulk(ctx, finance, ids, b); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("finance: %v", err)
		}
		if _, err := s.PreviewBulk(ctx, specialist(), make([]string, MostAtOnce+1), b); fault.CodeOf(err) != "talent.bulk-many" {
			t.Errorf("too many: %v", err)
		}
	})
}

func TestView_IsItsAddress(t *testing.T) {
	if _, err := NewView(" ", "country=PH", false); fault.KindOf(err) != fault.Invalid {
		t.Errorf("no name: %v", err)
	}
	if _, err := NewView("x", "after=abc", false); fault.KindOf(err) != fault.Invalid {
		t.Errorf("no filter: %v", err)
	}
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, s := context.Background(), New(d, nil, nil)
		mine, err := s.SaveView(ctx, specialist(), " Manila  TikTok ", "?platform=tiktok&country=PH&after=xyz", false)
		if err != nil || mine.Name != "Manila TikTok" || mine.Query != "country=PH&platform=tiktok" {
			t.Fatal(mine, err)
		}
		if _, err := s.SaveView(ctx, specialist(), "Semua", "sort=newest", true); err != nil {
			t.Fatal(err)
		}
		other := specialist()
		other.ID = "p2"
		if views, err := s.Views(ctx, other); err != nil || len(views) != 1 || views[0].Name != "Semua" {
			t.Errorf("another person sees %+v, %v", views, err)
		}
		if err := s.RemoveView(ctx, other, mine.ID); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("another person removes it: %v", err)
		}
		if err := s.RemoveView(ctx, specialist(), mine.ID); err != nil {
			t.Fatal(err)
		}
		if views, err := s.Views(ctx, specialist()); err != nil || len(views) != 1 {
			t.Errorf("left %+v, %v", views, err)
		}
	})
}
