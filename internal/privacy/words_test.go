package privacy

import "testing"

func TestBlotter_TakesWholeWordsInAnyForm(t *testing.T) {
	w := KnownBy([]string{"sekarr"}, []string{"Sekar Ayu", "sekar", "+6281234567890", "sekar@example.com"}, []string{"Bu Rini"})
	near, far := newBlotter(w.all), newBlotter(w.alone)
	for _, c := range []struct{ text, near, far string }{
		{"Sekar Ayu, 081234567890", "•••, •••", "•••, •••"},
		{"SEKAR AYU and Sekarwati", "••• and Sekarwati", "••• and Sekarwati"},
		{"sekar said", "••• said", "sekar said"}, // an everyday name is somebody else's too
		{`{"to":"sekar@example.com","n":"6281234567890"}`, `{"to":"•••","n":"•••"}`, `{"to":"•••","n":"•••"}`},
		{"06281234567890123", "06281234567890123", "06281234567890123"},
		{"sekar_reels_1.mp4", "•••_reels_1.mp4", "sekar_reels_1.mp4"},
		{"by @sekarr", "by @•••", "by @•••"},
		{"ask bu rini", "ask •••", "ask bu rini"},
		{"", "", ""},
	} {
		if got := near.out(c.text); got != c.near {
			t.Errorf("near: %q became %q, want %q", c.text, got, c.near)
		}
		if got := far.out(c.text); got != c.far {
			t.Errorf("far: %q became %q, want %q", c.text, got, c.far)
		}
		if near.hit(c.text) != (c.text != c.near) {
			t.Errorf("hit of %q", c.text)
		}
	}
	if b := newBlotter(KnownBy(nil, []string{"", "ab"}, nil).all); b.hit("ab") || b.out("ab") != "ab" {
		t.Error("two letters are no word")
	}
}

func TestSubject_AnAliasNamesNobody(t *testing.T) {
	if got := (Subject{Talent, "01kaz9"}).Alias(); got != "Talent KAZ9" {
		t.Error(got)
	}
	if got := (Subject{Contact, "x"}).Alias(); got != "Contact X" {
		t.Error(got)
	}
}
