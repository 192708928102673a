package money

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kolega/internal/fault"
)

func TestParse_ReadsEachLanguagesOwnForms(t *testing.T) {
	for _, c := range []struct {
		text string
		cur  Currency
		lang string
		want int64
	}{
		{"1.500.000", "IDR", "id", 1_500_000},
		{"Rp 1.500.000", "IDR", "id", 1_500_000},
		{"Rp1.500.000,00", "IDR", "id", 1_500_000},
		{"Rp. 90.000,-", "IDR", "id", 90_000},
		{"Rp 90.000,--", "IDR", "id", 90_000},
		{"rp90000", "IDR", "id", 90_000},
		{"IDR 90000", "IDR", "id", 90_000},
		{"90.000 IDR", "IDR", "id", 90_000},
		{"1.500", "IDR", "id", 1_500},
		{"1500", "IDR", "id", 1_500},
		{"0", "IDR", "id", 0},
		{"1,5jt", "IDR", "id", 1_500_000},
		{"1,5 juta", "IDR", "id", 1_500_000},
		{"Rp 268 jt", "IDR", "id", 268_000_000},
		{"500rb", "IDR", "id", 500_000},
		{"500 ribu", "IDR", "id", 500_000},
		{"500k", "IDR", "id", 500_000},
		{"2,5M", "IDR", "id", 2_500_000_000},
		{"2,5 m", "IDR", "id", 2_500_000_000},
		{"2,5 miliar", "IDR", "id", 2_500_000_000},
		{"4,8 milyar", "IDR", "id", 4_800_000_000},
		{"1T", "IDR", "id", 1_000_000_000_000},
		{"1,234567 jt", "IDR", "id", 1_234_567},
		{"1.500 jt", "IDR", "id", 1_500_000_000},
		{"IDR 268m", "IDR", "en", 268_000_000},
		{"1.5m", "IDR", "en", 1_500_000},
		{"1,500,000", "IDR", "en", 1_500_000},
		{"Rp 1,500,000.00", "IDR", "en", 1_500_000},
		{"1.5jt", "IDR", "en", 1_500_000},
		{"2.5bn", "IDR", "en", 2_500_000_000},
		{"1,500.50", "PHP", "en", 150_050},
		{"₱1,500.00", "PHP", "en", 150_000},
		{"P1,500", "PHP", "fil", 150_000},
		{"PHP 1500.5", "PHP", "en", 150_050},
		{"50k", "PHP", "en", 5_000_000},
		{"1.500,50", "PHP", "id", 150_050},
		{"US$20.00", "USD", "en", 2_000},
		{"S$ 12.30", "SGD", "en", 1_230},
		{"RM 99,90", "MYR", "id", 9_990},
		{" Rp\u00a01.500.000 ", "IDR", "id", 1_500_000},
		{"1.000.000.000.000.000", "IDR", "id", Limit},
	} {
		if got, err := Parse(c.text, c.cur, c.lang); err != nil || got != New(c.want, c.cur) {
			t.Errorf("%q in %s, %s: got %v %v, want %d", c.text, c.cur, c.lang, got, err, c.want)
		}
	}
}

func TestParse_NeverGuesses(t *testing.T) {
	for _, c := range []struct{ text, cur, lang, code string }{
		{"", "IDR", "id", "money.required"},
		{"  ", "IDR", "id", "money.required"},
		{"-1", "IDR", "id", "money.negative"},
		{"Rp -5.000", "IDR", "id", "money.negative"},
		{"(5.000)", "IDR", "id", "money.negative"},
		{"0,001", "IDR", "id", "money.grouping"},
		{"0,5", "IDR", "id", "money.fraction"},
		{"1.000.000,50", "IDR", "id", "money.fraction"},
		{"1,000,000.50", "IDR", "id", "money.grouping"},
		{"1,000,000", "IDR", "id", "money.grouping"},
		{"1.000.000", "IDR", "en", "money.grouping"},
		{"1.500", "IDR", "en", "money.grouping"},
		{"1.500", "PHP", "en", "money.grouping"},
		{"1.000", "IDR", "en", "money.grouping"},
		{"1,500", "PHP", "id", "money.grouping"},
		{"1.50", "IDR", "id", "money.grouping"},
		{"15.00", "IDR", "id", "money.grouping"},
		{"0.500", "IDR", "id", "money.grouping"},
		{"1.5", "IDR", "id", "money.grouping"},
		{"1.5", "IDR", "en", "money.fraction"},
		{"1.2345 m", "PHP", "fil", ""},
		{"1,2345678 jt", "IDR", "id", "money.fraction"},
		{"1e9", "IDR", "id", "money.unreadable"},
		{"٣", "IDR", "id", "money.unreadable"},
		{"１２", "IDR", "id", "money.unreadable"},
		{"NaN", "IDR", "id", "money.unreadable"},
		{"Infinity", "IDR", "id", "money.unreadable"},
		{"abc", "IDR", "id", "money.unreadable"},
		{"1 500 000", "IDR", "id", "money.unreadable"},
		{"1'500", "IDR", "en", "money.unreadable"},
		{"jt", "IDR", "id", "money.unreadable"},
		{"Rp", "IDR", "id", "money.unreadable"},
		{".", "IDR", "id", "money.unreadable"},
		{"1..5", "IDR", "en", "money.grouping"},
		{"9223372036854775807", "IDR", "id", "money.too-large"},
		{"9223372036854775808", "IDR", "id", "money.too-large"},
		{"99999999999999999999999999999999", "IDR", "id", "money.too-large"},
		{"1.000.000.000.000.001", "IDR", "id", "money.too-large"},
		{"1001 T", "IDR", "id", "money.too-large"},
		{"$100", "IDR", "id", "money.other-currency"},
		{"₱1,500", "IDR", "en", "money.other-currency"},
		{"Rp 5.000", "PHP", "id", "money.other-currency"},
		{"500 USD", "IDR", "en", "money.other-currency"},
		{strings.Repeat("1", 100), "IDR", "id", "money.unreadable"},
	} {
		_, err := Parse(c.text, Currency(c.cur), c.lang)
		if c.code == "" {
			if err != nil {
				t.Errorf("%q: %v", c.text, err)
			}
			continue
		}
		f, ok := fault.As(err)
		if !ok || f.Code != c.code {
			t.Errorf("%q in %s, %s: got %v, want %s", c.text, c.cur, c.lang, err, c.code)
			continue
		}
		if len(f.Args) < 2 || f.Args[0] != "example" {
			t.Errorf("%q: the fault shows no right form", c.text)
		}
	}
}

func TestParse_ReadsItsOwnExamples(t *testing.T) {
	for c := range traits {
		for _, lang := range []string{"id", "en", "fil"} {
			if _, err := Parse(Example(c, lang), c, lang); err != nil {
				t.Errorf("%s in %s: %v", c, lang, err)
			}
		}
	}
}

// written writes an amount in the language's own grouping.
func written(a Amount, lang string) string {
	s := separatorsOf(lang)
	whole, frac, _ := strings.Cut(a.Decimal(), ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + s.group + whole[i:]
	}
	if frac != "" {
		whole += s.decimal + frac
	}
	return whole
}

func TestParse_ReadsWhatIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := New(rapid.Int64Range(0, Limit).Draw(t, "minor"), rapid.SampledFrom([]Currency{"IDR", "PHP", "USD"}).Draw(t, "currency"))
		lang := rapid.SampledFrom([]string{"id", "en"}).Draw(t, "lang")
		text := fmt.Sprintf("%s %s", a.Currency, written(a, lang))
		if got, err := Parse(text, a.Currency, lang); err != nil || got != a {
			t.Fatalf("%q: got %v %v", text, got, err)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"Rp 1.500.000,-", "1,5jt", "2,5M", "₱1,500.00", "1e9", "-1", "٣", "NaN", "1.000.000,50", "9223372036854775807", "rp.", "k", ",-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, lang := range []string{"id", "en"} {
			for _, c := range []Currency{"IDR", "PHP", "???"} {
				a, err := Parse(s, c, lang)
				if err != nil {
					if fault.KindOf(err) != fault.Invalid {
						t.Fatalf("%q: %v", s, err)
					}
					continue
				}
				if a.Minor < 0 || a.Minor > Limit || a.Currency != c {
					t.Fatalf("%q gave %v", s, a)
				}
				if back, err := Parse(written(a, lang), c, lang); err != nil || back != a {
					t.Fatalf("%q gave %v, written %q gave %v %v", s, a, written(a, lang), back, err)
				}
			}
		}
	})
}
