package report

import (
	"errors"
	"testing"

	"kolega/internal/money"
	"kolega/internal/result"
	"kolega/internal/talent"
)

func TestBenchmark_TheClosestAndNewestHolds(t *testing.T) {
	list := []Benchmark{
		{ID: "any", Platform: "tiktok", Formula: result.ByViews, LowBp: 552, HighBp: 552, Since: "2026-01-01"},
		{ID: "old", Platform: "tiktok", Tier: talent.TierMicro, Formula: result.ByViews, LowBp: 600, HighBp: 700, Since: "2025-01-01"},
		{ID: "new", Platform: "tiktok", Tier: talent.TierMicro, Formula: result.ByViews, LowBp: 650, HighBp: 800, Since: "2026-06-01"},
		{ID: "later", Platform: "tiktok", Tier: talent.TierMicro, Formula: result.ByViews, LowBp: 1, HighBp: 2, Since: "2027-01-01"},
	}
	for _, c := range []struct {
		platform string
		tier     talent.Tier
		formula  result.Formula
		want     string
	}{{"tiktok", talent.TierMicro, result.ByViews, "new"}, {"tiktok", talent.TierMega, result.ByViews, "any"}, {"tiktok", talent.TierMicro, result.ByReach, ""}, {"youtube", talent.TierMicro, result.ByViews, ""}} {
		if b, ok := BenchmarkFor(list, c.platform, c.tier, c.formula, "2026-11-01"); b.ID != c.want || ok != (c.want != "") {
			t.Errorf("%s %s by %s: %q, want %q", c.platform, c.tier, c.formula, b.ID, c.want)
		}
	}
}

func TestBenchmark_BadInput(t *testing.T) {
	good := Benchmark{Platform: "instagram", Tier: talent.TierNano, Formula: result.ByFollowers, LowBp: 400, HighBp: 800, Since: "2026-01-01", Source: " a guide "}
	if b, err := good.Tidy(); err != nil || b.Source != "a guide" {
		t.Errorf("got %+v, %v", b, err)
	}
	for want, spoil := range map[error]func(*Benchmark){
		ErrBenchPlatform: func(b *Benchmark) { b.Platform = "friendster" }, ErrBenchTier: func(b *Benchmark) { b.Tier = "huge" }, ErrBenchFormula: func(b *Benchmark) { b.Formula = "luck" },
		ErrBenchRange: func(b *Benchmark) { b.HighBp = 399 }, ErrBenchSince: func(b *Benchmark) { b.Since = "2026-02-30" }, ErrBenchSource: func(b *Benchmark) { b.Source = " " },
	} {
		b := good
		spoil(&b)
		if _, err := b.Tidy(); !errors.Is(err, want) {
			t.Errorf("got %v, want %v", err, want)
		}
	}
}

func TestPeers_CountTheLowerOnesExactly(t *testing.T) {
	var rates []Mark
	for n := range int64(100) {
		rates = append(rates, Mark{n + 1, 1000}) // 0.1 % to 10 %
	}
	if MarksOf(rates[:fewestPeers-1]) != nil {
		t.Error("too few posts are compared")
	}
	list := []Marks{{Platform: "tiktok", Tier: talent.TierNano, Formula: result.ByReach, Posts: 100, Rates: MarksOf(rates)}}
	for _, c := range []struct{ num, den, want int64 }{{1, 1000, 0}, {51, 1000, 49}, {52, 1000, 50}, {100, 1000, 98}, {5_100_001, 100_000_000, 50}, {1, 1, 99}} {
		if p := PeersOf(list, "tiktok", talent.TierNano, result.ByReach, result.Ratio{Num: c.num, Den: c.den, Known: true}); p.Percent != c.want || p.Posts != 100 {
			t.Errorf("%d/%d beats %+v, want %d", c.num, c.den, p, c.want)
		}
	}
	if p := PeersOf(list, "tiktok", talent.TierUnknown, result.ByReach, result.Ratio{Num: 1, Den: 2, Known: true}); p.Posts != 0 {
		t.Error("an account of unknown size is compared")
	}
}

func TestEMV_IsOffUntilItsPriceIsNamed(t *testing.T) {
	if v, err := (EMV{}).Value(1_000_000); err != nil || !v.None() {
		t.Errorf("off: %v, %v", v, err)
	}
	if v, err := (EMV{Rate: money.IDR(25_000)}).Value(64_001); err != nil || v != money.IDR(1_600_025) {
		t.Errorf("64,001 impressions at Rp25,000: %v, %v", v, err)
	}
	if _, err := (Text{EMV: EMV{Rate: money.IDR(1)}}).Tidy(); !errors.Is(err, ErrEMVSource) {
		t.Errorf("a price from nowhere: %v", err)
	}
}
