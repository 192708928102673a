package billing

import (
	"errors"
	"math/big"
	"testing"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/worktime"

	"pgregory.net/rapid"
)

// rules are the rows that the migration seeds, as of this writing.
var rules = []TaxRule{
	{ID: "ppn-2022", Kind: "ppn", From: "2022-04-01", To: "2024-12-31", BaseNum: 1, BaseDen: 1, RateBp: 1100, Rounding: "down"},
	{ID: "ppn-2025", Kind: "ppn", From: "2025-01-01", To: "2025-05-21", BaseNum: 11, BaseDen: 12, RateBp: 1200, Rounding: "down"},
	{ID: "ppn-2025-05", Kind: "ppn", From: "2025-05-22", BaseNum: 11, BaseDen: 12, RateBp: 1200, Rounding: "half-up"},
	{ID: "pph23-2015", Kind: "pph23", From: "2015-08-25", To: "2025-05-21", BaseNum: 1, BaseDen: 1, RateBp: 200, RateNoTaxID: 400, Rounding: "down"},
	{ID: "pph23-2025-05", Kind: "pph23", From: "2025-05-22", BaseNum: 1, BaseDen: 1, RateBp: 200, RateNoTaxID: 400, Rounding: "half-up"},
}

const day = worktime.Date("2026-11-23")

func TestReckon(t *testing.T) {
	cases := []struct {
		name                             string
		price                            int64
		day                              worktime.Date
		base, ppn, withheld, total, owed int64
	}{
		{"a published sample of a hundred million", 100_000_000, day, 91_666_667, 11_000_000, 2_000_000, 111_000_000, 109_000_000},
		{"each step is rounded on its own", 21_050_000, day, 19_295_833, 2_315_500, 421_000, 23_365_500, 22_944_500},
		{"the order of rounding matters: 32 gives 3, not 4", 32, day, 29, 3, 1, 35, 34},
		{"in 2024 the base was the price and the rate eleven", 100_000_000, "2024-12-31", 100_000_000, 11_000_000, 2_000_000, 111_000_000, 109_000_000},
		{"until May 2025 fractions were dropped", 21_050_000, "2025-05-21", 19_295_833, 2_315_499, 421_000, 23_365_499, 22_944_499},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := Reckon(rules, money.IDR(c.price), TaxPPN, true, c.day)
			if err != nil {
				t.Fatal(err)
			}
			have := [5]int64{got.Base.Minor, got.PPN.Minor, got.Withheld.Minor, got.Total.Minor, got.Due.Minor}
			if want := [5]int64{c.base, c.ppn, c.withheld, c.total, c.owed}; have != want {
				t.Errorf("base, PPN, PPh, total, due = %v, want %v", have, want)
			}
		})
	}
	if _, err := Reckon(rules, money.IDR(1), TaxPPN, false, "2020-01-01"); !errors.Is(err, ErrNoTaxRule) {
		t.Errorf("a day without a rule: %v", err)
	}
	if _, err := Reckon(rules, money.New(1, "USD"), TaxPPN, false, day); !errors.Is(err, ErrTaxRupiah) {
		t.Errorf("PPN on dollars: %v", err)
	}
	if got, err := Reckon(rules, money.New(500, "USD"), TaxExport, false, day); err != nil || got.Due != money.New(500, "USD") {
		t.Errorf("an export carries no tax: %v, %v", got, err)
	}
}

func TestReckon_AgreesWithExactFractions(t *testing.T) {
	half := func(x *big.Rat) int64 {
		x.Add(x, big.NewRat(1, 2))
		return new(big.Int).Div(x.Num(), x.Denom()).Int64()
	}
	rapid.Check(t, func(t *rapid.T) {
		price := rapid.Int64Range(1, 1_000_000_000_000).Draw(t, "price")
		got, err := Reckon(rules, money.IDR(price), TaxPPN, true, day)
		if err != nil {
			t.Fatal(err)
		}
		base := half(new(big.Rat).Mul(big.NewRat(price, 1), big.NewRat(11, 12)))
		ppn := half(new(big.Rat).Mul(big.NewRat(base, 1), big.NewRat(12, 100)))
		pph := half(new(big.Rat).Mul(big.NewRat(price, 1), big.NewRat(2, 100)))
		if got.Base.Minor != base || got.PPN.Minor != ppn || got.Withheld.Minor != pph || got.Due.Minor != price+ppn-pph {
			t.Fatalf("%d: got %+v, want %d %d %d", price, got, base, ppn, pph)
		}
	})
}

func TestFormatNumber(t *testing.T) {
	if got := FormatNumber("INV/{n}/{roman}/{year}", 7, day); got != "INV/0007/XI/2026" {
		t.Error(got)
	}
	if err := CheckPattern("INV/{roman}/{year}"); !errors.Is(err, ErrPattern) {
		t.Errorf("a pattern without a serial: %v", err)
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64Range(1, 20_000).Draw(t, "a"), rapid.Int64Range(1, 20_000).Draw(t, "b")
		if a != b && FormatNumber("{n}/{roman}/{year}", a, day) == FormatNumber("{n}/{roman}/{year}", b, day) {
			t.Fatal("two serials read the same")
		}
	})
}

func asFields(err error) map[string]string {
	if f, ok := fault.As(err); ok {
		return f.Fields
	}
	return nil
}
