package locale

import (
	"strings"
	"testing"

	"kolega/internal/fault"
)

func TestParseCount_ReadsEachForm(t *testing.T) {
	for text, want := range map[string]int64{
		"12345": 12345, "12.345": 12345, "12,345": 12345, "12,3K": 12300, "12.3K": 12300, "12,3 rb": 12300, "1,2 jt": 1_200_000,
		"1.234": 1234, "1,234,567": 1234567, "1.234.567": 1234567, "0": 0, "12,3k": 12300, "12.3 RB": 12300, "12,3 ribu": 12300,
		"1,25jt": 1_250_000, "2 juta": 2_000_000, "1.5 million": 1_500_000, "1,5 miliar": 1_500_000_000, "412rb": 412_000, " 878 ": 878,
		"12\u00a0rb": 12_000, "1.234,5K": 1_234_500, "1,234.5k": 1_234_500, "1.234.567K": 1_234_567_000, "0.5K": 500, "0,125 jt": 125_000,
	} {
		for _, lang := range []string{"id", "en"} {
			r, err := ParseCount(text, lang)
			if err != nil || r.Value != want || r.Canonical != For(lang, DefaultZone).Int(want) {
				t.Errorf("%q in %s: %v %v, want %d", text, lang, r, err, want)
			}
		}
	}
}

func TestParseCount_AsksAgain(t *testing.T) {
	for text, code := range map[string]string{
		"": "count.required", " ": "count.required",
		"12.34": "count.fraction", "12,5": "count.fraction", "0.123": "count.fraction", "12,3456K": "count.fraction", "1234.567": "count.fraction", "12.345,6": "count.fraction",
		"1,2M": "count.million", "1.2m": "count.million", "3 M": "count.million", "2B": "count.million",
		"1.234K": "count.ambiguous", "1,234 rb": "count.ambiguous", "12.345 jt": "count.ambiguous",
		"12.34.567": "count.unreadable", "1,23,456": "count.unreadable", "abc": "count.unreadable", "-5": "count.unreadable", "1e5": "count.unreadable", "12 345": "count.unreadable", "٣": "count.unreadable", ".5": "count.unreadable", "5.": "count.unreadable", "K": "count.unreadable", "rb": "count.unreadable", "NaN": "count.unreadable", "1..2": "count.unreadable",
		"99999999999999": "count.too-large", "2000 miliar": "count.too-large", strings.Repeat("9", 39): "count.too-large", strings.Repeat("9", 90): "count.unreadable",
	} {
		for _, lang := range []string{"id", "en"} {
			if _, err := ParseCount(text, lang); fault.CodeOf(err) != code {
				t.Errorf("%q in %s: %v, want %s", text, lang, err, code)
			}
		}
	}
	_, err := ParseCount("1,2M", "id")
	if text := idLoc.Fault(err); !strings.Contains(text, "1,2 jt atau 1,2 miliar") {
		t.Errorf("M is asked back as %q", text)
	}
}

func TestParseFollowers_ReadsImportCells(t *testing.T) {
	for text, want := range map[string]int64{
		"477.9M": 477_900_000, "12,5rb": 12_500, "878": 878, "477900000.00": 477_900_000, "31.9M": 31_900_000, "472.9K": 472_900, "1.2B": 1_200_000_000,
		" 12.3K ": 12_300, "1,234,567": 1_234_567, "12.345": 12_345, "1.234M": 1_234_000, "1.00": 1, "5m": 5_000_000, "1,5 jt": 1_500_000, "878.0": 878,
	} {
		if got, err := ParseFollowers(text); err != nil || got != want {
			t.Errorf("%q: %d %v, want %d", text, got, err, want)
		}
	}
	for text, code := range map[string]string{
		"": "count.unknown", "nan": "count.unknown", "NaN": "count.unknown", "N/A": "count.unknown", "-": "count.unknown", "null": "count.unknown",
		"12.34": "count.fraction", "1.2345K": "count.fraction", "abc": "count.unreadable", "-5": "count.unreadable", "1.2.3": "count.unreadable", "9999B": "count.too-large",
	} {
		if _, err := ParseFollowers(text); fault.CodeOf(err) != code {
			t.Errorf("%q: %v, want %s", text, err, code)
		}
	}
}

func FuzzParseCount(f *testing.F) {
	for _, s := range []string{"12.345", "12,3 rb", "1,2 jt", "1.234K", "3M", "477900000.00", "..", "0.0.0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := ParseCount(s, "id")
		if err == nil {
			if back, err := ParseCount(r.Canonical, "id"); err != nil || back != r || r.Value < 0 {
				t.Fatalf("%q read as %v, which reads as %v %v", s, r, back, err)
			}
		} else if fault.KindOf(err) != fault.Invalid {
			t.Fatalf("%q: %v", s, err)
		}
		if n, err := ParseFollowers(s); err == nil && n < 0 || err != nil && fault.KindOf(err) != fault.Invalid {
			t.Fatalf("%q: %d %v", s, n, err)
		}
	})
}
