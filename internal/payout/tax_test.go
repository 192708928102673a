package payout

import (
	"errors"
	"testing"

	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"

	"pgregory.net/rapid"
)

const day = worktime.Date("2026-11-23")

// rules are the rows that the migration seeds.
var (
	pph21 = TaxRule{ID: "pph21-2025-05", Kind: "pph21", From: "2025-05-22", BaseNum: 1, BaseDen: 2, BareNum: 120, BareDen: 100, Monthly: true, Currency: "IDR", Rounding: "half-up",
		Layers: []Layer{{60_000_000, 500}, {250_000_000, 1500}, {500_000_000, 2500}, {5_000_000_000, 3000}, {0, 3500}}}
	pph23 = TaxRule{ID: "pph23-2025-05", Kind: "pph23", From: "2025-05-22", BaseNum: 1, BaseDen: 1, BareNum: 2, BareDen: 1, Rounding: "half-up", Layers: []Layer{{0, 200}}}
	pph26 = TaxRule{ID: "pph26-2025-05", Kind: "pph26", From: "2025-05-22", BaseNum: 1, BaseDen: 1, BareNum: 1, BareDen: 1, Rounding: "half-up", Layers: []Layer{{0, 2000}}}
)

func TestTaxRule_Withhold(t *testing.T) {
	cases := []struct {
		name  string
		rule  TaxRule
		gross int64
		hasID bool
		tax   int64
	}{
		{"ten million to a person", pph21, 10_000_000, true, 250_000},
		{"fifty million to a person", pph21, 50_000_000, true, 1_250_000},
		{"the first layer ends at a base of sixty million", pph21, 120_000_000, true, 3_000_000},
		{"into the second layer", pph21, 150_000_000, true, 5_250_000},
		{"a thousand million crosses three layers", pph21, 1_000_000_000, true, 94_000_000},
		{"into the fifth layer", pph21, 12_000_000_000, true, 3_000_000 + 28_500_000 + 62_500_000 + 1_350_000_000 + 350_000_000},
		{"without a tax number it is a fifth more", pph21, 10_000_000, false, 300_000},
		{"two per cent to a company", pph23, 25_000_000, true, 500_000},
		{"four without its number", pph23, 25_000_000, false, 1_000_000},
		{"a fifth to somebody abroad", pph26, 50_000, true, 10_000},
		{"half a rupiah is rounded up", pph21, 20, true, 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w, err := c.rule.Withhold(money.IDR(c.gross), c.hasID, Earlier{})
			if err != nil || w.Tax.Minor != c.tax || w.Net.Minor != c.gross-c.tax {
				t.Errorf("tax %v net %v, want %d (%v)", w.Tax, w.Net, c.tax, err)
			}
		})
	}
	if _, err := pph21.Withhold(money.New(5000, "PHP"), true, Earlier{}); !errors.Is(err, ErrTaxRupiah) {
		t.Errorf("rupiah layers on pesos: %v", err)
	}
	if _, err := RuleOn([]TaxRule{pph21}, "pph21", "2025-05-21"); !errors.Is(err, ErrNoTaxRule) {
		t.Errorf("a day before the rule: %v", err)
	}
	if _, err := KindOf("barter"); !errors.Is(err, ErrTaxKind) {
		t.Errorf("an unknown tax kind: %v", err)
	}
	if k, _ := KindOf(talent.TaxForeign); k != "pph26" {
		t.Errorf("abroad is %s", k)
	}
}

func TestTaxRule_PayoutsOfAMonthShareTheLayers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hasID := rapid.Bool().Draw(t, "id")
		n := rapid.IntRange(1, 5).Draw(t, "payouts")
		sum := Earlier{}
		for range n {
			gross := money.IDR(rapid.Int64Range(1, 3_000_000_000).Draw(t, "gross"))
			w, err := pph21.Withhold(gross, hasID, sum)
			if err != nil {
				t.Fatal(err)
			}
			sum.Gross, _ = sum.Gross.Add(gross)
			sum.Tax, _ = sum.Tax.Add(w.Tax)
		}
		whole, err := pph21.Withhold(sum.Gross, hasID, Earlier{})
		if err != nil || whole.Tax != sum.Tax {
			t.Fatalf("in parts %v, at once %v (%v)", sum.Tax, whole.Tax, err)
		}
	})
}

func TestTaxRule_GrossUpLeavesExactlyTheNet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rule := rapid.SampledFrom([]TaxRule{pph21, pph23, pph26}).Draw(t, "rule")
		net := money.IDR(rapid.Int64Range(1, 10_000_000_000).Draw(t, "net"))
		hasID := rapid.Bool().Draw(t, "id")
		w, err := rule.GrossUp(net, hasID, Earlier{})
		if err != nil || w.Net != net {
			t.Fatalf("net %v of %v: %v", w.Net, net, err)
		}
		if less, err := rule.Withhold(money.IDR(w.Gross.Minor-1), hasID, Earlier{}); err == nil && w.Gross.Minor > 1 && less.Net.Cmp(net) >= 0 {
			t.Fatalf("a smaller gross is enough: %v", less)
		}
	})
	if w, err := pph21.GrossUp(money.IDR(9_750_000), true, Earlier{}); err != nil || w.Gross != money.IDR(10_000_000) {
		t.Errorf("net ÷ 0.975: %v %v", w.Gross, err)
	}
}
