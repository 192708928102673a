package chart

import (
	"strings"
	"testing"
)

func TestTree_JoinsEachThingToWhatItFollowed(t *testing.T) {
	heads := Heads{"Akun", "Jenis", "Setelah", "Jangkauan"}
	d := Tree("Efek domino", 340, heads, []Node{
		{Label: "@benih <1>", Kind: "benih", Text: "400 rb", Value: 400_000, Tone: Brand, Next: []Node{
			{Label: "@ikut", Kind: "ikut", Text: "50 rb", Value: 50_000, Tone: Good, Next: []Node{{Label: "@ikut2", Kind: "ikut", Text: "–", Tone: Good}}}, {Label: "@ikut3", Kind: "ikut", Text: "–", Tone: Good}}},
		{Label: "?", Kind: "", Text: ""},
	})
	svg := d.SVG()
	if attrs := wellFormed(t, svg); attrs["style"] {
		t.Errorf("a style: %s", svg)
	}
	if strings.Count(svg, "<circle") != 5 || strings.Count(svg, "<polyline") != 3 {
		t.Errorf("%d dots and %d joints: %s", strings.Count(svg, "<circle"), strings.Count(svg, "<polyline"), svg)
	}
	if d.H != 150 || d.Data.Rows[2][2] != "@ikut" || d.Data.Rows[3][2] != "@benih <1>" || !strings.Contains(d.TableHTML("vh"), "&lt;1&gt;") {
		t.Errorf("rows: %v", d.Data.Rows)
	}
	deep := Node{Label: "x", Value: 1}
	for range 60 {
		deep = Node{Label: "x", Value: 1, Next: []Node{deep}}
	}
	for _, s := range Tree("", 340, heads, []Node{deep}).Shapes {
		if s.X < 0 || s.X > 340 {
			t.Fatalf("a deep chain leaves its box: %+v", s)
		}
	}
}
