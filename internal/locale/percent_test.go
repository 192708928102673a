package locale

import "testing"

func TestParsePercent(t *testing.T) {
	for text, want := range map[string]int64{"4,5": 450, "4.50": 450, " 4 % ": 400, "0,05": 5, "100": 10_000, "12,3": 1230} {
		if got, err := ParsePercent(text); err != nil || got != want {
			t.Errorf("%q: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "%", "4,555", "-1", "four", "1.000,5", "1234567"} {
		if got, err := ParsePercent(text); err == nil {
			t.Errorf("%q: %d", text, got)
		}
	}
}
