package campaign

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestWording_ShowsTheWordsThatChanged(t *testing.T) {
	for _, c := range []struct {
		before, after string
		want          []Run
	}{
		{"Sebut SPF 50 di 3 detik pertama", "Sebut SPF 30 di 3 detik pertama", []Run{{Kept, "Sebut SPF "}, {Dropped, "50"}, {TakenUp, "30"}, {Kept, " di 3 detik pertama"}}},
		{"Tag @melati", "Tag @melati dan #MelatiGlow", []Run{{Kept, "Tag @melati"}, {TakenUp, " dan #MelatiGlow"}}},
		{"Tayang 2 hari", "Tayang 2 hari.", []Run{{Kept, "Tayang 2 hari"}, {TakenUp, "."}}},
		{"Kode lama ini", "Nomor baru itu", []Run{{Dropped, "Kode lama ini"}, {TakenUp, "Nomor baru itu"}}},
		{"sama", "sama", []Run{{Kept, "sama"}}},
		{"", "baru", []Run{{TakenUp, "baru"}}},
		{"lama", "", []Run{{Dropped, "lama"}}},
	} {
		if diff := cmp.Diff(c.want, Wording(c.before, c.after)); diff != "" {
			t.Errorf("%q to %q:\n%s", c.before, c.after, diff)
		}
	}
}

func TestWording_BothTextsComeBack(t *testing.T) {
	word := rapid.SampledFrom([]string{"a", "b", "SPF", " ", "  ", "\n", ".", ",", "50", "é", "@x", "’", "日"})
	rapid.Check(t, func(t *rapid.T) {
		before := strings.Join(rapid.SliceOfN(word, 0, 30).Draw(t, "before"), "")
		after := strings.Join(rapid.SliceOfN(word, 0, 30).Draw(t, "after"), "")
		var was, is string
		last := Op("")
		for _, r := range Wording(before, after) {
			if r.Text == "" || r.Op == last {
				t.Fatalf("an empty run, or two alike: %+v", r)
			}
			last = r.Op
			if r.Op != TakenUp {
				was += r.Text
			}
			if r.Op != Dropped {
				is += r.Text
			}
		}
		if was != before || is != after {
			t.Fatalf("%q → %q, %q → %q", before, was, after, is)
		}
	})
}
