package campaign

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestClash_MustAndMustNotAboutTheSameThing(t *testing.T) {
	for _, c := range []struct {
		must, not string
		want      bool
	}{
		{"Pakai musik", "Jangan pakai musik", true},
		{"Wajib pakai filter beauty", "Jangan gunakan filter beauty", true},
		{"Caption wajib menyebut harga", "Jangan sebut harga di caption", true},
		{"Must show the price", "Do not display prices", true},
		{"You must mention the price in the caption", "Never say the price", true},
		{"Wajib memakai hijab", "Dilarang pakai hijab", true},
		{"Wajib pakai musik ceria", "Jangan pakai musik", true},
		{"Wajib pakai musik", "Jangan pakai musik keras", false}, // a narrower ban only says how
		{"Sebut merek MelatiGlow", "Jangan sebut merek lain", false},
		{"Sebutkan SPF 50 di 3 detik pertama", "Jangan sebut merek lain", false},
		{"Tampilkan kemasan baru", "Jangan tampilkan kemasan lama", false},
		{"Show the price", "Do not say the price aloud", false},
		{"Tulis harga di caption", "Jangan sebut harga", false}, // written is not said
		{"Tag @melatiglow", "Jangan", false},
	} {
		points := []Point{{Number: 1, Kind: Must, Text: c.must}, {Number: 2, Kind: MustNot, Text: c.not}}
		if got := len(Contradictions(points)) == 1; got != c.want {
			t.Errorf("%q against %q: %v, want %v", c.must, c.not, got, c.want)
		}
		points[0].Kind, points[1].Kind = MustNot, Must
		points[0].Text, points[1].Text = c.not, c.must
		if got := len(Contradictions(points)) == 1; got != c.want {
			t.Errorf("%q before %q: %v, want %v", c.not, c.must, got, c.want)
		}
	}
}

func TestClash_TwoMustsThatLeaveNothingBetween(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"Durasi video minimal 60 detik", "Durasi maksimal 30 detik", true},
		{"Video at least 1 minute long, duration", "Duration at most 45 seconds", true},
		{"Durasi minimal 15 detik", "Durasi maksimal 60 detik", false},
		{"Logo tampil minimal 3 detik", "Durasi maksimal 60 detik", false},
		{"Logo tampil minimal 10 detik", "Logo maksimal 5 detik", true},
		{"Caption minimal 50 kata", "Caption maksimal 30 kata", true},
		{"Produk minimal 5 detik", "Hook maksimal 2 detik", false},
	} {
		points := []Point{{Number: 1, Kind: Must, Text: c.a}, {Number: 2, Kind: Must, Text: c.b}}
		if got := len(Contradictions(points)) == 1; got != c.want {
			t.Errorf("%q and %q: %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

func TestClash_OnlyBindingPointsAreAsked(t *testing.T) {
	for _, kind := range []PointKind{Should, Fact, Advice} {
		points := []Point{{Number: 1, Kind: kind, Text: "Pakai musik"}, {Number: 2, Kind: MustNot, Text: "Jangan pakai musik"}}
		if got := Contradictions(points); len(got) != 0 {
			t.Errorf("%s against a ban: %v", kind, got)
		}
	}
}

func TestClash_EachPairIsAskedOnceAndNotWithItself(t *testing.T) {
	words := []string{"pakai", "musik", "jangan", "sebut", "harga", "menyebut", "minimal", "30", "detik", "durasi", "a", "", "’", "s"}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 8).Draw(t, "n")
		var points []Point
		for i := range n {
			text := ""
			for _, w := range rapid.SliceOfN(rapid.SampledFrom(words), 0, 6).Draw(t, fmt.Sprint("text", i)) {
				text += w + " "
			}
			points = append(points, Point{Number: int64(i + 1), Kind: rapid.SampledFrom(PointKinds).Draw(t, fmt.Sprint("kind", i)), Text: text})
		}
		seen := map[[2]int64]bool{}
		for _, c := range Contradictions(points) {
			if c[0] >= c[1] || seen[c] {
				t.Fatalf("pair %v", c)
			}
			seen[c] = true
			if a, b := points[c[0]-1], points[c[1]-1]; !a.Binding() || !b.Binding() {
				t.Fatalf("%+v and %+v", a, b)
			}
		}
	})
}
