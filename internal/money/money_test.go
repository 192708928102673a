package money

import (
	"errors"
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"kolega/internal/fault"
)

var anyMinor = rapid.OneOf(rapid.Int64(), rapid.Int64Range(-Limit, Limit), rapid.SampledFrom([]int64{0, 1, -1, math.MaxInt64, math.MinInt64, math.MinInt64 + 1}))

func TestAmount_SumsAreExactOrRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := IDR(anyMinor.Draw(t, "a")), IDR(anyMinor.Draw(t, "b"))
		checkExact(t, a.Add, b, new(big.Int).Add(big.NewInt(a.Minor), big.NewInt(b.Minor)))
		if b.Minor != math.MinInt64 {
			checkExact(t, a.Sub, b, new(big.Int).Sub(big.NewInt(a.Minor), big.NewInt(b.Minor)))
		}
	})
}

func checkExact(t *rapid.T, op func(Amount) (Amount, error), b Amount, want *big.Int) {
	t.Helper()
	got, err := op(b)
	if want.IsInt64() {
		if err != nil || got.Minor != want.Int64() {
			t.Fatalf("got %v %v, want %v", got.Minor, err, want)
		}
	} else if !errors.Is(err, ErrTooLarge) {
		t.Fatalf("%v does not fit and gave %v %v", want, got, err)
	}
}

func TestAmount_CurrenciesNeverMix(t *testing.T) {
	if _, err := IDR(1).Add(New(1, "PHP")); !errors.Is(err, ErrCurrencies) {
		t.Error(err)
	}
	if _, err := IDR(1).Sub(New(1, "PHP")); !errors.Is(err, ErrCurrencies) {
		t.Error(err)
	}
	if _, err := Sum("IDR", IDR(1), New(1, "PHP")); !errors.Is(err, ErrCurrencies) {
		t.Error(err)
	}
	var none Amount
	if got, err := none.Add(IDR(5)); err != nil || got != IDR(5) {
		t.Error("no amount is not neutral", got, err)
	}
	if got, err := IDR(5).Add(none); err != nil || got != IDR(5) {
		t.Error("no amount is not neutral", got, err)
	}
	if got, err := none.Sub(IDR(5)); err != nil || got != IDR(-5) {
		t.Error("no amount is not neutral", got, err)
	}
	if got, err := Sum("PHP"); err != nil || got != New(0, "PHP") {
		t.Error("the sum of nothing", got, err)
	}
	if IDR(0).Same(New(0, "PHP")) || !none.Same(IDR(1)) {
		t.Error("which amounts are of one kind")
	}
}

// rounded is the oracle: the exact fraction, rounded with big integers.
func rounded(x *big.Rat, r Rounding) *big.Int {
	num, den := new(big.Int).Abs(x.Num()), x.Denom()
	quo, rem := new(big.Int).QuoRem(num, den, new(big.Int))
	twice := rem.Lsh(rem, 1).Cmp(den)
	if r == HalfUp && twice >= 0 || r == HalfEven && (twice > 0 || twice == 0 && quo.Bit(0) == 1) {
		quo.Add(quo, big.NewInt(1))
	}
	if x.Sign() < 0 {
		quo.Neg(quo)
	}
	return quo
}

func TestAmount_RatiosAreExactUntilTheOneRounding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := New(anyMinor.Draw(t, "a"), "PHP")
		num := rapid.OneOf(rapid.Int64Range(-20000, 20000), rapid.Int64()).Draw(t, "num")
		den := rapid.OneOf(rapid.Int64Range(1, 20000), rapid.Int64()).Draw(t, "den")
		r := rapid.SampledFrom([]Rounding{HalfUp, HalfEven, Down}).Draw(t, "rounding")
		got, err := a.MulRatio(num, den, r)
		if den == 0 {
			if !errors.Is(err, ErrRatio) {
				t.Fatal(err)
			}
			return
		}
		exact := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(a.Minor), big.NewInt(num)), big.NewInt(den))
		want := rounded(exact, r)
		if want.CmpAbs(big.NewInt(math.MaxInt64)) > 0 {
			if !errors.Is(err, ErrTooLarge) {
				t.Fatalf("%v does not fit and gave %v %v", want, got, err)
			}
			return
		}
		if err != nil || got.Minor != want.Int64() || got.Currency != "PHP" {
			t.Fatalf("%v × %v ÷ %v rounded %d: got %v %v, want %v", a.Minor, num, den, r, got, err, want)
		}
	})
}

func TestAmount_RoundingsOfTaxAndGuarantee(t *testing.T) {
	for _, c := range []struct {
		name     string
		a        Amount
		num, den int64
		r        Rounding
		want     int64
	}{
		{"PPN base, eleven twelfths of 100 million", IDR(100_000_000), 11, 12, HalfUp, 91_666_667},
		{"PPN, twelve per cent of that base", IDR(91_666_667), 12, 100, HalfUp, 11_000_000},
		{"PPN base of 32", IDR(32), 11, 12, HalfUp, 29},
		{"PPN of 29", IDR(29), 12, 100, HalfUp, 3},
		{"PPN base of 21,050,000", IDR(21_050_000), 11, 12, HalfUp, 19_295_833},
		{"PPN of that", IDR(19_295_833), 12, 100, HalfUp, 2_315_500},
		{"half a rupiah goes up", IDR(1), 1, 2, HalfUp, 1},
		{"half a rupiah owed the other way goes away from zero", IDR(-1), 1, 2, HalfUp, -1},
		{"just below half goes down", IDR(49), 1, 100, HalfUp, 0},
		{"half to even, down", IDR(1), 1, 2, HalfEven, 0},
		{"half to even, up", IDR(3), 1, 2, HalfEven, 2},
		{"the old tax rounding", IDR(199), 1, 100, Down, 1},
		{"refund of ten per cent in centavos", New(12_345, "PHP"), 1000, 10_000, HalfUp, 1_235},
	} {
		if got, err := c.a.MulRatio(c.num, c.den, c.r); err != nil || got.Minor != c.want {
			t.Errorf("%s: got %v %v, want %d", c.name, got, err, c.want)
		}
	}
	if got, err := IDR(425_000_000).Bp(1000, HalfUp); err != nil || got != IDR(42_500_000) {
		t.Error(got, err)
	}
}

func TestSplit_PartsAddUpToTheTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := IDR(rapid.Int64Range(-Limit, Limit).Draw(t, "total"))
		weights := rapid.SliceOfN(rapid.Int64Range(0, 100_000), 1, 12).Draw(t, "weights")
		parts, err := Split(total, weights)
		var all int64
		for _, w := range weights {
			all += w
		}
		if all == 0 {
			if !errors.Is(err, ErrSplit) {
				t.Fatal(err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		sum, err := Sum("IDR", parts...)
		if err != nil || sum != total {
			t.Fatalf("%v add up to %v, not %v", parts, sum, total)
		}
		last := len(weights) - 1
		for weights[last] == 0 {
			last--
		}
		for i, p := range parts {
			exact := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(total.Minor), big.NewInt(weights[i])), big.NewInt(all))
			off := new(big.Rat).Sub(new(big.Rat).SetInt64(p.Minor), exact)
			if bound := int64(len(weights)); off.Abs(off).Cmp(big.NewRat(bound, 1)) >= 0 || i != last && off.Cmp(big.NewRat(1, 1)) >= 0 {
				t.Fatalf("part %d of %v by %v is %v", i, total, weights, p)
			}
			if p.Sign()*total.Sign() < 0 {
				t.Fatalf("part %d of %v has the other sign: %v", i, total, p)
			}
		}
	})
}

func TestSplit_ThreeInstalmentsOfAThird(t *testing.T) {
	parts, err := Split(IDR(100), []int64{3333, 3333, 3334})
	if err != nil || parts[0] != IDR(33) || parts[1] != IDR(33) || parts[2] != IDR(34) {
		t.Error(parts, err)
	}
	parts, err = Split(IDR(425_000_001), []int64{5000, 5000})
	if err != nil || parts[0] != IDR(212_500_000) || parts[1] != IDR(212_500_001) {
		t.Error(parts, err)
	}
	for _, bad := range [][]int64{nil, {}, {0, 0}, {1, -1}, {math.MaxInt64, 1}} {
		if _, err := Split(IDR(1), bad); !errors.Is(err, ErrSplit) {
			t.Error(bad, err)
		}
	}
}

func TestDecimal_GoesThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := New(rapid.Int64Range(-Limit, Limit).Draw(t, "minor"), rapid.SampledFrom([]Currency{"IDR", "PHP", "JPY"}).Draw(t, "currency"))
		back, err := ParseDecimal(a.Decimal(), a.Currency)
		if err != nil || back != a {
			t.Fatalf("%v became %q became %v %v", a, a.Decimal(), back, err)
		}
	})
	for in, code := range map[string]string{"": "money.unreadable", "1.": "money.unreadable", ".5": "money.unreadable", "1e9": "money.unreadable", "+1": "money.unreadable", "1.005": "money.fraction", "10000000000000.01": "money.too-large"} {
		if _, err := ParseDecimal(in, "PHP"); fault.CodeOf(err) != code {
			t.Errorf("%q: %v, want %s", in, err, code)
		}
	}
	if s := New(-5, "PHP").String(); s != "PHP -0.05" {
		t.Error(s)
	}
}

func TestReadRate_ReadsEachLanguagesMarks(t *testing.T) {
	for _, c := range []struct{ text, lang, want string }{
		{"15.850,5", "id", "15850.5"}, {"15850,5", "id", "15850.5"}, {"15.850", "id", "15850"}, {"281,4375", "id", "281.4375"},
		{"15,850.5", "en", "15850.5"}, {"15,850", "en", "15850"}, {" 281.4375 ", "en", "281.4375"}, {"", "id", ""},
	} {
		if got, err := ReadRate(c.text, c.lang); err != nil || got != c.want {
			t.Errorf("%q in %s is %q, %v, want %q", c.text, c.lang, got, err, c.want)
		}
	}
	for _, c := range [][2]string{{"281.43", "id"}, {"15.850,5", "en"}, {"dua", "id"}, {"-5", "id"}} {
		if got, err := ReadRate(c[0], c[1]); !errors.Is(err, ErrRate) {
			t.Errorf("%q in %s is %q, %v", c[0], c[1], got, err)
		}
	}
}

func TestRate_ConvertsBothWays(t *testing.T) {
	r, err := ParseRate("281.4375", "PHP", "IDR", 1)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := r.Convert(New(100_000, "PHP"), HalfUp); err != nil || got != IDR(281_438) { // 1,000.00 pesos
		t.Error(got, err)
	}
	if got, err := r.Convert(IDR(281_438), HalfUp); err != nil || got != New(100_000, "PHP") {
		t.Error(got, err)
	}
	yen, err := ParseRate("11050", "JPY", "IDR", 100)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := yen.Convert(New(200, "JPY"), HalfUp); err != nil || got != IDR(22_100) {
		t.Error(got, err)
	}
	if _, err := r.Convert(New(1, "USD"), HalfUp); !errors.Is(err, ErrCurrencies) {
		t.Error(err)
	}
	for _, bad := range []string{"", "0", "-1", "1,5", "x", "1.12345678901", "0.0"} {
		if _, err := ParseRate(bad, "PHP", "IDR", 1); !errors.Is(err, ErrRate) {
			t.Errorf("%q was accepted", bad)
		}
	}
}

func TestCmp_OrdersByWorthWithinACurrency(t *testing.T) {
	if IDR(1).Cmp(IDR(2)) != -1 || IDR(2).Cmp(IDR(1)) != 1 || IDR(2).Cmp(IDR(2)) != 0 || (Amount{}).Cmp(IDR(1)) != -1 {
		t.Error("order of rupiah")
	}
	if IDR(9).Cmp(New(1, "PHP")) != -1 {
		t.Error("a list of two currencies is sorted by code")
	}
}
