package result

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kolega/internal/money"
)

func ig(id, handle string) Link {
	return Link{Platform: Instagram, Kind: KindPost, ID: id, Handle: handle}
}

func seed(id, handle string, at time.Time, cost, reach int64) PlanLine {
	return PlanLine{ID: id, Side: MediaSide, Name: "@" + handle, Platform: Instagram, Cost: money.IDR(cost), Expected: 100_000, Source: SourceRateCard, Link: ig("S"+id, handle), PostedAt: at, Reach: reach, Views: Unknown}
}

func pick(id, handle, parent string, after time.Duration, reach int64) Pickup {
	return Pickup{ID: id, Link: ig("P"+id, handle), Account: handle, At: posted.Add(after), Reach: reach, Views: Unknown, ParentID: parent}
}

func domino(picks ...Pickup) Domino {
	return Domino{Currency: "IDR", Zone: time.UTC, Pickups: picks, Seeds: []PlanLine{seed("a", "kabarreceh", posted, 5_000_000, 400_000), seed("b", "memekosan", posted.Add(24*time.Hour), 3_000_000, Unknown)}}
}

func TestDomino_Refusals(t *testing.T) {
	now := posted.Add(40 * 24 * time.Hour)
	chain := domino(pick("1", "ussfeed", "a", time.Hour, 50_000), pick("2", "folkative", "1", 2*time.Hour, Unknown))
	extended := chain
	extended.Extended = "2026-11-25"
	cases := []struct {
		name    string
		d       Domino
		p       Pickup
		parents []string
		want    error
	}{
		{"fine, of a seed", chain, pick("3", "infokomuter", "", 3*time.Hour, 1), []string{"a"}, nil},
		{"fine, nobody knows the parent", chain, pick("3", "infokomuter", "", 3*time.Hour, Unknown), nil, nil},
		{"earlier than its parent", chain, pick("3", "x", "", time.Hour, 1), []string{"2"}, ErrPickEarly},
		{"earlier than its seed", chain, pick("3", "x", "", -time.Hour, 1), []string{"a"}, ErrPickEarly},
		{"its own parent", chain, pick("1", "ussfeed", "", time.Hour, 1), []string{"1"}, ErrPickCycle},
		{"a cycle", domino(pick("1", "ussfeed", "a", time.Hour, 1), pick("2", "folkative", "1", time.Hour, 1)), pick("1", "ussfeed", "", time.Hour, 1), []string{"2"}, ErrPickCycle},
		{"the same link twice", chain, func() Pickup { p := pick("3", "x", "", 3*time.Hour, 1); p.Link = ig("P1", "ussfeed"); return p }(), nil, ErrPickUsed},
		{"the link of a seed", chain, func() Pickup { p := pick("3", "x", "", 3*time.Hour, 1); p.Link = ig("Sa", ""); return p }(), nil, ErrPickUsed},
		{"an account that is paid here", chain, pick("3", "MemeKosan", "", 3*time.Hour, 1), []string{"a"}, ErrPickPaid},
		{"the last day", chain, pick("3", "x", "", 15*24*time.Hour, 1), []string{"a"}, nil},
		{"outside the window", chain, pick("3", "x", "", 16*24*time.Hour, 1), []string{"a"}, ErrPickWindow},
		{"in the extended window", extended, pick("3", "x", "", 16*24*time.Hour, 1), []string{"a"}, nil},
		{"two claimed parents", chain, pick("3", "x", "", 3*time.Hour, 1), []string{"a", "b"}, ErrPickParents},
		{"the same parent named twice", chain, pick("3", "x", "", 3*time.Hour, 1), []string{"a", "a", ""}, nil},
		{"no such parent", chain, pick("3", "x", "", 3*time.Hour, 1), []string{"z"}, ErrPickParent},
		{"in the future", chain, pick("3", "x", "", 50*24*time.Hour, 1), nil, ErrPickFuture},
		{"nothing was seeded", Domino{Zone: time.UTC}, pick("3", "x", "", time.Hour, 1), nil, ErrPickNoSeed},
		{"a negative reach", chain, pick("3", "x", "", time.Hour, -2), nil, ErrPickReach},
	}
	for _, c := range cases {
		if _, err := c.d.CheckPickup(c.p, c.parents, now); !errors.Is(err, c.want) || c.want == nil && err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	line := seed("c", "x", posted, 1, 1)
	for want, change := range map[error]func(*PlanLine){ErrLineSource: func(l *PlanLine) { l.Source = "" }, ErrLineName: func(l *PlanLine) { l.Name = " " }, ErrLineExpected: func(l *PlanLine) { l.Expected = -1 },
		ErrLineCost: func(l *PlanLine) { l.Cost = money.New(1, "PHP") }} {
		l := line
		change(&l)
		if err := CheckLine(l, "IDR"); !errors.Is(err, want) {
			t.Errorf("%v: %v", want, err)
		}
	}
}

func TestDomino_ChainOfThreeAndWhatItCost(t *testing.T) {
	d := domino(pick("1", "ussfeed", "a", 90*time.Minute, 50_000), pick("2", "folkative", "1", 5*time.Hour, 150_000), pick("3", "lokal", "2", 7*time.Hour, Unknown), pick("4", "lain", "", 9*time.Hour, Unknown))
	tree := d.Tree()
	if len(tree) != 3 || tree[0].Depth != 3 || tree[0].Count != 3 || tree[0].FirstIn != 90*time.Minute || tree[1].Count != 0 || tree[2].Seed != nil || tree[2].Count != 1 {
		t.Fatalf("tree: %+v", tree)
	}
	s, err := d.Spread(MediaSide)
	if err != nil || s.Paid != (Known{400_000, 1, 2}) || s.Free != (Known{200_000, 2, 4}) || s.Depth != 3 || *s.First != 90*time.Minute || s.ByParent.Bp() != 7500 {
		t.Fatalf("spread: %+v %v", s, err)
	}
	paid, _ := s.PerPaid.Value()
	all, _ := s.PerAll.Value()
	if paid != money.IDR(20_000) || all != money.IDR(13_333) { // 8,000,000 × 1000 ÷ 400,000, and ÷ 600,000
		t.Errorf("per thousand: %v paid, %v in all", paid, all)
	}
	d.Pickups = d.Pickups[1:] // the parent of "2" was removed
	if tree = d.Tree(); tree[0].Count != 0 || tree[2].Count != 3 || tree[2].Depth != 2 {
		t.Errorf("children of a removed parent have none: %+v", tree)
	}
}

func TestDomino_ZeroReachIsNotMeasurable(t *testing.T) {
	d := Domino{Currency: "IDR", Zone: time.UTC, Seeds: []PlanLine{seed("a", "x", posted, 5_000_000, 0)}, KOL: []PlanLine{{Side: KOLSide, Name: "Nadia", Cost: money.IDR(5_000_000), Expected: 250_000, Source: SourceGuess}}}
	s, err := d.Spread(MediaSide)
	if err != nil || s.PerPaid.Measurable() || s.PerAll.Measurable() || s.First != nil {
		t.Errorf("zero reach: %+v %v", s, err)
	}
	k, err := d.Spread(KOLSide)
	if v, _ := k.Planned.Value(); err != nil || v != money.IDR(20_000) || k.Guessed != 1 || k.PerPaid.Measurable() {
		t.Errorf("the other plan by the same formula: %+v %v", k, err)
	}
}

// Whatever is accepted never makes a cycle, and no pick-up is lost from the tree.
func TestDomino_TheTreeHoldsEveryPickupOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := domino()
		ids := []string{"", "a", "b"}
		for i := range rapid.IntRange(0, 25).Draw(t, "n") {
			p := pick(string(rune('A'+i)), "acc"+string(rune('a'+i)), "", time.Duration(rapid.IntRange(-10, 400).Draw(t, "hours"))*time.Hour, int64(rapid.IntRange(-1, 1000).Draw(t, "reach")))
			p, err := d.CheckPickup(p, []string{rapid.SampledFrom(ids).Draw(t, "parent")}, after)
			if err == nil {
				d.Pickups = append(d.Pickups, p)
				ids = append(ids, p.ID)
			}
		}
		for range rapid.IntRange(0, 5).Draw(t, "moves") {
			if len(d.Pickups) == 0 {
				break
			}
			i := rapid.IntRange(0, len(d.Pickups)-1).Draw(t, "moved")
			if p, err := d.CheckPickup(d.Pickups[i], []string{rapid.SampledFrom(ids).Draw(t, "to")}, after); err == nil {
				d.Pickups[i] = p
			}
		}
		count := 0
		for _, b := range d.Tree() {
			count += b.Count
		}
		if count != len(d.Pickups) {
			t.Fatalf("%d of %d in the tree", count, len(d.Pickups))
		}
	})
}
