package result

import (
	"slices"
	"testing"
)

func TestReadCaption_NamesWhatIsMissing(t *testing.T) {
	w := Wanted{Caption: "Kulitku lebih cerah ✨\nPakai kode MELATI10 di https://melati.example/promo", Hashtags: []string{"melatiglow", "#GlowUp"}, Mentions: []string{"melati.glow"}}
	cases := []struct {
		name, published string
		missing         map[CheckKey]string
	}{
		{"as approved", "Kulitku  lebih cerah\n\nPakai kode MELATI10 di https://melati.example/promo #MelatiGlow#glowup @melati.glow #iklan", nil},
		{"a label in words", "Kerja sama berbayar. Kulitku lebih cerah. Pakai kode MELATI10 di https://melati.example/promo. #melatiglow #glowup, @melati.glow!", nil},
		{"a tag is missing", "Kulitku lebih cerah Pakai kode MELATI10 di https://melati.example/promo #melatiglowid #glowup @melati.glow #ad", map[CheckKey]string{CheckTags: "#melatiglow"}},
		{"nothing says advertising", "Kulitku lebih cerah Pakai kode MELATI10 di https://melati.example/promo #melatiglow #glowup @melati.glow #adventure", map[CheckKey]string{CheckDisclosure: "#iklan / #ad"}},
		{"another text", "Halo semua #melatiglow #glowup @melati.glow #ad https://melati.example/promo", map[CheckKey]string{CheckCaption: "Kulitku lebih cerah ✨"}},
		{"no address", "Kulitku lebih cerah Pakai kode MELATI10 di #melatiglow #glowup @melati.glow #ad", map[CheckKey]string{CheckAddress: "https://melati.example/promo"}},
		{"nothing", "", map[CheckKey]string{CheckCaption: "Kulitku lebih cerah ✨", CheckTags: "#melatiglow #GlowUp @melati.glow", CheckDisclosure: "#iklan / #ad", CheckAddress: "https://melati.example/promo"}},
	}
	for _, c := range cases {
		for _, l := range ReadCaption(w, c.published) {
			want, wrong := c.missing[l.Key]
			if l.OK == wrong || wrong && l.Note != want {
				t.Errorf("%s: %s: ok %v, %q, want %q", c.name, l.Key, l.OK, l.Note, want)
			}
		}
	}
	if got := ReadCaption(Wanted{}, "apa saja #iklan"); len(got) != 1 || !got[0].OK {
		t.Errorf("without an approved caption only the label is looked for: %+v", got)
	}
}

func TestPost_ALookLeavesAFlagAndTakesIt(t *testing.T) {
	p := Post{Flags: []Flag{FlagLate}, AllowedAt: posted, AllowedBy: "Rani"}
	p.looked(LiveCheck{Key: CheckDisclosure})
	if !p.Doubtful() || !slices.Equal(p.Flags, []Flag{FlagLate, FlagDisclosure}) {
		t.Errorf("a missing label is not for a person to judge: %+v", p)
	}
	p.looked(LiveCheck{Key: CheckDisclosure})
	p.looked(LiveCheck{Key: CheckOnline})
	if len(p.Flags) != 2 {
		t.Errorf("twice: %+v", p.Flags)
	}
	p.looked(LiveCheck{Key: CheckDisclosure, OK: true})
	if p.Doubtful() || !slices.Equal(p.Flags, []Flag{FlagLate}) {
		t.Errorf("mended: %+v", p)
	}
}
