package chart

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// wellFormed reads the markup as XML and gives its attributes' names.
func wellFormed(t testing.TB, markup string) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	d := xml.NewDecoder(strings.NewReader(markup))
	d.Entity = xml.HTMLEntity
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return names
		}
		if err != nil {
			t.Fatalf("%v in %s", err, markup)
		}
		if e, ok := tok.(xml.StartElement); ok {
			for _, a := range e.Attr {
				names[a.Name.Local] = true
			}
		}
	}
}

var bars = []Bar{{Label: "Trish <b>", Value: 528, Text: "528 rb", Tone: Good}, {Label: "Bea", Value: 264, Text: "264 rb"}, {Label: "none", Value: 0, Text: "–"}}

func TestSVG_HasNoStyleAndNamesItself(t *testing.T) {
	samples := []Sample{{Label: "2 Nov", Value: 1, Text: "1"}, {Label: "3 Nov", Gap: true}, {Label: "4 Nov", Value: 3, Text: "3"}, {Label: "5 Nov", Value: 2, Text: "2"}}
	for _, d := range []Drawing{
		Bars("Jangkauan & biaya", 640, bars), Stacked("Anggaran", 640, []Part{{Label: "a", Value: 1, Text: "1"}, {Label: "b", Value: 3, Text: "3", Tone: Info}}),
		Bullet("ER 5,6%", 5.6, 5, 0, Good), Line("Interaksi", 640, 160, Brand, samples), Sparkline("Interaksi", 80, 20, Plain, samples),
		Bars("", 0, nil), Line("", 0, 0, "", nil), Stacked("", 10, nil), Bullet("", 0, 0, 0, ""),
	} {
		svg := d.SVG()
		attrs := wellFormed(t, svg)
		if attrs["style"] || attrs["fill"] || strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") {
			t.Errorf("markup that the policy blocks or no browser draws: %s", svg)
		}
		if !strings.Contains(svg, `role="img"`) || !strings.Contains(svg, "<title>") {
			t.Errorf("a drawing without a name: %s", svg)
		}
		wellFormed(t, d.TableHTML("vh"))
	}
}

func TestBars_ShareOneScaleFromZero(t *testing.T) {
	d := Bars("Jangkauan", 640, bars)
	widths := regexp.MustCompile(`ch-fill[^"]*" x="192" y="\d+" width="([\d.]+)"`).FindAllStringSubmatch(d.SVG(), -1)
	if len(widths) != 2 || widths[0][1] != "333" || widths[1][1] != "166.5" {
		t.Errorf("widths %v in %s", widths, d.SVG())
	}
	if d.Data.Rows[0][0] != "Trish <b>" || d.Data.Rows[0][1] != "528 rb" || !strings.Contains(d.TableHTML(""), "Trish &lt;b&gt;") {
		t.Errorf("the table lost a figure: %v", d.Data)
	}
}

func TestBullet_IsTheBoardsBar(t *testing.T) {
	got := Bullet("Engagement rate 5,6 persen, target 5,0 persen", 5.6, 5, 8, Plain).SVG()
	want := `<svg class="er-bar is-avg" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="Engagement rate 5,6 persen, target 5,0 persen">` +
		`<title>Engagement rate 5,6 persen, target 5,0 persen</title><rect class="er-track" x="0" y="3" width="100" height="4"/>` +
		`<rect class="er-fill is-avg" x="0" y="3" width="70" height="4"/><rect class="er-tick" x="62.5" y="0" width="1.6" height="10"/></svg>`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestDrawings_StayInTheirBox(t *testing.T) {
	number := rapid.OneOf(rapid.Float64(), rapid.SampledFrom([]float64{0, -1, math.NaN(), math.Inf(1), math.MaxFloat64, math.SmallestNonzeroFloat64}))
	rapid.Check(t, func(t *rapid.T) {
		var b []Bar
		var p []Part
		var s []Sample
		for range rapid.IntRange(0, 12).Draw(t, "n") {
			v, text := number.Draw(t, "v"), rapid.String().Draw(t, "text")
			b = append(b, Bar{Label: text, Value: v, Text: text})
			p = append(p, Part{Label: text, Value: v, Text: text})
			s = append(s, Sample{Label: text, Value: v, Text: text, Gap: rapid.Bool().Draw(t, "gap")})
		}
		for _, d := range []Drawing{Bars("b", 640, b), Stacked("s", 640, p), Line("l", 640, 160, Brand, s), Sparkline("l", 80, 20, Brand, s), Bullet("e", number.Draw(t, "v"), number.Draw(t, "target"), number.Draw(t, "limit"), Good)} {
			for _, shape := range d.Shapes {
				if shape.Kind == Rect && (shape.X < -0.01 || shape.W < 0 || shape.X+shape.W > d.W+1 || shape.Y+shape.H > d.H+0.01) {
					t.Fatalf("%s: %+v leaves the box %v × %v", d.Title, shape, d.W, d.H)
				}
				for _, q := range shape.Points {
					if !(q.X >= -0.01 && q.X <= d.W+0.01 && q.Y >= -0.01 && q.Y <= d.H+0.01) {
						t.Fatalf("%s: %+v leaves the box", d.Title, q)
					}
				}
			}
		}
	})
}
