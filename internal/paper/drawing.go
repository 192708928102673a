package paper

import (
	"kolega/internal/paper/chart"

	"codeberg.org/go-pdf/fpdf"
)

// unitMM is how many millimetres a drawing's unit takes when it is not scaled down: a
// drawing 640 wide fills the body.
const unitMM = bodyWidth / 640

// Chart sets a drawing with its title above, as vectors, at most as wide as the body and
// never cut by a page's end.
func (p *PDF) Chart(d chart.Drawing) {
	if d.W <= 0 || d.H <= 0 {
		return
	}
	k := min(unitMM, bodyWidth/d.W, (bodyEnd-marginTop-10)/d.H)
	p.room(d.H*k + 8)
	if d.Title != "" {
		p.put(faceStrong, marginSide, p.f.GetY(), bodyWidth, chart.Start, p.fit(faceStrong, bodyWidth, d.Title))
		p.f.SetY(p.f.GetY() + faceStrong.line() + 1.5)
	}
	top := p.f.GetY()
	for _, s := range d.Shapes {
		p.shape(s, marginSide, top, k)
	}
	p.f.SetY(top + d.H*k + 5)
}

// shape paints one shape of a drawing whose corner is at x, y, scaled by k.
func (p *PDF) shape(s chart.Shape, x, y, k float64) {
	c := p.shapeColor(s)
	p.fill(c)
	p.stroke(c)
	switch s.Kind {
	case chart.Rect:
		if s.R > 0 {
			p.f.RoundedRect(x+s.X*k, y+s.Y*k, s.W*k, s.H*k, s.R*k, "1234", "F")
			return
		}
		p.f.Rect(x+s.X*k, y+s.Y*k, s.W*k, s.H*k, "F")
	case chart.Round:
		p.f.Circle(x+s.X*k, y+s.Y*k, s.R*k, "F")
	case chart.Shade:
		points := make([]fpdf.PointType, len(s.Points))
		for i, q := range s.Points {
			points[i] = fpdf.PointType{X: x + q.X*k, Y: y + q.Y*k}
		}
		p.f.SetAlpha(0.14, "Normal")
		p.f.Polygon(points, "F")
		p.f.SetAlpha(1, "Normal")
	case chart.Stroke:
		p.f.SetLineWidth(0.2)
		if s.Role == chart.Curve {
			p.f.SetLineWidth(0.55)
		}
		p.f.SetLineJoinStyle("round")
		for i := 1; i < len(s.Points); i++ {
			a, b := s.Points[i-1], s.Points[i]
			p.f.Line(x+a.X*k, y+a.Y*k, x+b.X*k, y+b.Y*k)
		}
	case chart.Text:
		p.shapeText(s, x, y, k, c)
	}
}

func (p *PDF) shapeText(s chart.Shape, x, y, k float64, c rgb) {
	f := face{"body", "", s.Size * k / 0.3528, c}
	if s.Role == chart.Value {
		f.style = "B"
	}
	p.use(f)
	text := printable(s.Text)
	at := x + s.X*k
	switch s.Anchor {
	case chart.End:
		at -= p.f.GetStringWidth(text)
	case chart.Middle:
		at -= p.f.GetStringWidth(text) / 2
	}
	p.f.Text(at, y+s.Y*k, text)
}

// shapeColor is the colour of a shape on white paper.
func (p *PDF) shapeColor(s chart.Shape) rgb {
	switch s.Role {
	case chart.Track, chart.Axis:
		return hairline
	case chart.Tick:
		return inkText
	case chart.Label:
		return inkSecond
	case chart.Value:
		return p.toneOr(s.Tone, inkText)
	}
	if s.Tone == chart.Brand {
		return p.brand
	}
	if c, ok := toneSolid[s.Tone]; ok {
		return c
	}
	return toneSolid[chart.Plain]
}
