package find

import (
	"testing"
	"time"
)

func TestLook_FindsByPartsOfNamesHandlesAndNumbers(t *testing.T) {
	lines := []Line{
		{Kind: Campaign, ID: "wardah", Title: "Wardah Beauty, Exclusive Two Way Cake", Second: "PT Paragon", Keys: []string{"Wardah"}},
		{Kind: Contact, ID: "sinta", Title: "Sínta Ayu", Second: "PT Paragon", Keys: []string{"sinta@example.com", "+6281234567890"}},
		{Kind: Invoice, ID: "inv", Title: "INV/2026/0012", Second: "PT Paragon", Keys: []string{"PO-778"}},
		{Kind: Post, ID: "post", Title: "raka.pratama_", Second: "Disney+", Keys: []string{"https://www.tiktok.com/@raka.pratama_/video/7301234567"}},
	}
	for text, want := range map[string][]string{
		"wardah":         {"wardah"},
		"WÁRDAH cake":    {"wardah"},
		"two beauty":     {"wardah"},
		"wardah nothing": nil,
		"sinta":          {"sinta"},
		"0812-3456":      {"sinta"},
		"+62 812 3456":   {"sinta"},
		"7890":           {"sinta"},
		"inv/2026/0012":  {"inv"},
		"INV-2026-12":    nil,
		"0012":           {"inv"},
		"po778":          {"inv"},
		"@raka.prat":     {"post"},
		"pratama":        {"post"},
		"akapra":         {"post"},
		"ak":             nil,
		"7301234567":     {"post"},
		"paragon":        {"wardah", "sinta", "inv"},
		"  ":             nil,
		"@#":             nil,
	} {
		got := map[string]bool{}
		if s := Look(text); !s.Empty() {
			for _, r := range s.pick(lines) {
				got[r.ID] = true
			}
		}
		if len(got) != len(want) {
			t.Errorf("%q finds %v, want %v", text, got, want)
		}
		for _, id := range want {
			if !got[id] {
				t.Errorf("%q does not find %s", text, id)
			}
		}
	}
}

func TestPick_PutsTheNameItselfFirst(t *testing.T) {
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	lines := []Line{
		{ID: "inside", Title: "Superxonce"},
		{ID: "keyed", Title: "PT Maju", Keys: []string{"xonce"}},
		{ID: "older", Title: "The Xonce", At: now.Add(-time.Hour)},
		{ID: "newer", Title: "The Xonce", At: now},
		{ID: "opening", Title: "Xonce 2026"},
		{ID: "whole", Title: "XONCE"},
	}
	want := []string{"whole", "opening", "newer", "older", "keyed", "inside"}
	for i, r := range Look("xonce").pick(lines) {
		if r.ID != want[i] {
			t.Errorf("place %d is %s, want %s", i, r.ID, want[i])
		}
	}
	by := map[Kind][]ranked{Talent: {{Line{ID: "t"}, inside}}, Invoice: {{Line{ID: "i"}, whole}}}
	if got := arrange(by, 6); got[0].ID != "i" || got[1].ID != "t" {
		t.Error("the kind whose best fits best does not come first")
	}
}
