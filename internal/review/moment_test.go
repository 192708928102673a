package review

import (
	"testing"

	"pgregory.net/rapid"
)

func TestMoment_ReadsAndWrites(t *testing.T) {
	for text, want := range map[string]int64{"": NoMoment, "0:12": 12_000, "12": 12_000, "1:02": 62_000, "1.02": 62_000, "1:02:03": 3_723_000, " 7s ": 7_000, "90": 90_000} {
		if got, err := ParseMoment(text); err != nil || got != want {
			t.Errorf("%q reads as %d %v, want %d", text, got, err, want)
		}
	}
	for _, bad := range []string{"x", "1:75", "-3", "1:2:3:4", "::", "1..2"} {
		if _, err := ParseMoment(bad); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.Int64Range(0, 86_399).Draw(t, "seconds")
		if got, err := ParseMoment(FormatMoment(s * 1000)); err != nil || got != s*1000 {
			t.Fatalf("%d became %d %v", s, got, err)
		}
	})
}
