package talent

import (
	"context"
	"errors"
	"testing"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/secret"
	"kolega/internal/testkit"
)

func TestDuplicate_NearNames(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"rara kusuma", "rara kusumo", true}, {"rara kusuma", "rara kusumaa", true}, {"rara kusuma", "rara ksuuma", true},
		{"rara kusuma", "rara kusuma", false}, {"rara kusuma", "rara kosumo", false}, {"sari", "sara", false}, {"rara kusuma", "rara kusumawati", false},
	} {
		if near(c.a, c.b) != c.want || near(c.b, c.a) != c.want {
			t.Errorf("near(%q, %q) is not %v", c.a, c.b, c.want)
		}
	}
	if nameKey("Kusuma, Rárá") != nameKey("rara  KUSUMA") {
		t.Error("order, accents and case make another name")
	}
}

func TestDuplicate_Alike(t *testing.T) {
	a, b := Talent{Name: "Rara Kusuma", Phone: "+62812"}, Talent{Name: "Rara Kusumo", Phone: "+62812", Email: "r@k.id"}
	why := Alike(a, b, []Account{{Platform: Instagram, Handle: "rara.k", Key: "rara.k"}}, []Account{{Platform: TikTok, Handle: "Rara.K", Key: "rara.k"}})
	if len(why) != 3 || why[0] != LikePhone || why[1] != LikeHandle || why[2] != LikeNear {
		t.Errorf("got %v", why)
	}
	if why := Alike(Talent{Name: "Sari", Email: "m@k.id", Phone: "+1"}, Talent{Name: "Dewi", Email: "m@k.id", Phone: "+2"}, nil, nil); len(why) != 0 {
		t.Errorf("one manager makes them alike by %v", why)
	}
	if why := Alike(Talent{Name: "Sari"}, Talent{Name: "Dewi"}, []Account{{Handle: "abc", Key: "abc"}}, []Account{{Handle: "abc", Key: "abc"}}); len(why) != 0 {
		t.Errorf("strangers are alike by %v", why)
	}
}

func TestMerge_Joined(t *testing.T) {
	keep := Talent{Name: "Rara", Phone: "+62811", Categories: []string{"Beauty"}, Note: "ramah", Status: StatusFree}
	other := Talent{Name: "Rara K", Phone: "+62822", Email: "r@k.id", City: "Solo", Categories: []string{"beauty", "Food"}, Note: "cepat", Status: StatusBlocked, StatusReason: "ingkar"}
	got := Joined(keep, other)
	if got.Name != "Rara" || got.Phone != "+62811" || got.Email != "r@k.id" || got.City != "Solo" || len(got.Categories) != 2 || got.Note != "ramah\ncepat" || got.Status != StatusBlocked || got.StatusReason != "ingkar" {
		t.Errorf("got %+v", got)
	}
}

type pairOf struct {
	s           *Service
	keep, other Talent
}

func twinsIn(t *testing.T, d *db.DB) pairOf {
	t.Helper()
	ctx := context.Background()
	x := pairOf{s: New(d, secret.New([32]byte{1}), nil)}
	make1 := func(name, handle string, p Platform) Talent {
		one, err := x.s.Create(ctx, specialist(), NewTalent{Talent: Talent{Name: name, Country: "ID", Phone: "+6281234567890"}, Platform: p, Handle: handle})
		if err != nil {
			t.Fatal(err)
		}
		return one
	}
	x.keep, x.other = make1("Rara Kusuma", "rara.k", Instagram), make1("Kusuma Rara", "rara.k", TikTok)
	for _, r := range []Rate{{TalentID: x.keep.ID, Platform: Instagram, Format: FormatReels, Amount: money.IDR(100)}, {TalentID: x.other.ID, Platform: Instagram, Format: FormatReels, Amount: money.IDR(90)},
		{TalentID: x.other.ID, Platform: TikTok, Format: FormatVideo, Amount: money.IDR(50)}} {
		err := d.Write(ctx, func(tx *db.Tx) error { r.ID = tx.NewID(); return putRate(ctx, tx, r) })
		if err != nil {
			t.Fatal(err)
		}
	}
	return x
}

func TestMerge_TwoRecordsBecomeOne(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, x := context.Background(), twinsIn(t, d)
		pairs, err := x.s.Duplicates(ctx, specialist(), 10)
		if err != nil || len(pairs) != 1 || pairs[0].A.ID != min(x.keep.ID, x.other.ID) || len(pairs[0].Why) != 3 {
			t.Fatalf("pairs %+v, %v", pairs, err)
		}
		if of, err := x.s.DuplicatesOf(ctx, specialist(), x.other.ID); err != nil || len(of) != 1 {
			t.Errorf("of one: %+v, %v", of, err)
		}
		finance := specialist()
		finance.Role = access.Finance
		if _, err := x.s.Merge(ctx, finance, x.keep.ID, x.other.ID); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("finance merges: %v", err)
		}
		got, err := x.s.Merge(ctx, specialist(), x.keep.ID, x.other.ID)
		if err != nil || got.ID != x.keep.ID {
			t.Fatal(got, err)
		}
		f, err := x.s.Show(ctx, specialist(), x.other.ID)
		if err != nil || f.Talent.ID != x.keep.ID || len(f.Accounts) != 2 || len(f.Rates) != 2 {
			t.Errorf("the old id leads to %+v, %v", f, err)
		}
		if card, ok := RateOn(f.Rates, Instagram, FormatReels, "2026-11-01"); !ok || card.Amount != money.IDR(100) {
			t.Errorf("the kept line gave way: %+v", card)
		}
		if list, err := x.s.Merges(ctx, specialist(), x.keep.ID); err != nil || len(list) != 1 || list[0].Record.Phone != "+6281234567890" {
			t.Errorf("merges %+v, %v", list, err)
		}
		if pairs, _ := x.s.Duplicates(ctx, specialist(), 10); len(pairs) != 0 {
			t.Errorf("still a pair: %+v", pairs)
		}
		if _, err := x.s.Merge(ctx, specialist(), x.keep.ID, x.other.ID); !errors.Is(err, FaultMergeGone) {
			t.Errorf("merged again: %v", err)
		}
		if _, err := x.s.Merge(ctx, specialist(), x.keep.ID, x.keep.ID); !errors.Is(err, FaultMergeSelf) {
			t.Errorf("with itself: %v", err)
		}
		again, err := x.s.Create(ctx, specialist(), NewTalent{Talent: Talent{Name: "Rara Baru", Country: "ID", Phone: "+6281234567890"}})
		if err != nil {
			t.Fatal(err)
		}
		if err := x.s.TellApart(ctx, specialist(), again.ID, x.keep.ID); err != nil {
			t.Fatal(err)
		}
		if pairs, _ := x.s.Duplicates(ctx, specialist(), 10); len(pairs) != 0 {
			t.Errorf("told apart, and asked again: %+v", pairs)
		}
	})
}

func TestMerge_AFollowersFaultUndoesAll(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, x := context.Background(), twinsIn(t, d)
		x.s.OnMerge(func(ctx context.Context, tx *db.Tx, from, to string) ([]string, error) {
			if from != x.other.ID || to != x.keep.ID {
				t.Errorf("from %s to %s", from, to)
			}
			return nil, FaultMergeMoney
		})
		if _, err := x.s.Merge(ctx, specialist(), x.keep.ID, x.other.ID); !errors.Is(err, FaultMergeMoney) {
			t.Fatal(err)
		}
		f, err := x.s.Show(ctx, specialist(), x.other.ID)
		if err != nil || f.Talent.ID != x.other.ID || len(f.Accounts) != 1 || f.Talent.Status != StatusFree {
			t.Errorf("half merged: %+v, %v", f.Talent, err)
		}
	})
}
