package chart

// Tone is what a shape means, as in the stylesheet.
type Tone string

// The tones. Plain is a forecast or a mean: grey.
const (
	Plain  Tone = "avg"
	Brand  Tone = "brand"
	Wait   Tone = "wait"
	Client Tone = "client"
	Good   Tone = "good"
	Bad    Tone = "bad"
	Info   Tone = "info"
)

// Role is what a shape is.
type Role string

// The roles.
const (
	Fill  Role = "fill"
	Track Role = "track"
	Tick  Role = "tick"
	Axis  Role = "axis"
	Curve Role = "line"
	Area  Role = "area"
	Dot   Role = "dot"
	Label Role = "label"
	Value Role = "value"
)

// Kind is the form of a shape.
type Kind uint8

// The forms.
const (
	Rect   Kind = iota // X Y W H, round corners R
	Stroke             // the points, open
	Shade              // the points, closed and filled
	Round              // centre X Y, radius R
	Text               // anchored at X Y, the base line
)

// Anchor says which point of a text X is.
type Anchor uint8

// The anchors.
const (
	Start Anchor = iota
	Middle
	End
)

// Point is a place in the drawing's box.
type Point struct{ X, Y float64 }

// Shape is one thing to paint, in units of the drawing's box.
type Shape struct {
	Kind       Kind
	Role       Role
	Tone       Tone
	X, Y, W, H float64
	R          float64
	Points     []Point
	Text       string
	Anchor     Anchor
	Size       float64 // of text
}

// Table is the figures behind a drawing, as they are written to people.
type Table struct {
	Head []string
	Rows [][]string
}

// Drawing is a laid-out chart.
type Drawing struct {
	Title  string
	W, H   float64
	Shapes []Shape
	Data   Table
	bullet bool
	tone   Tone // of a bullet, for the whole
}

func (d *Drawing) rect(role Role, tone Tone, x, y, w, h, r float64) {
	d.Shapes = append(d.Shapes, Shape{Kind: Rect, Role: role, Tone: tone, X: x, Y: y, W: w, H: h, R: min(r, w/2, h/2)})
}

func (d *Drawing) text(role Role, tone Tone, x, y, size float64, a Anchor, s string) {
	d.Shapes = append(d.Shapes, Shape{Kind: Text, Role: role, Tone: tone, X: x, Y: y, Size: size, Anchor: a, Text: s})
}

func (d *Drawing) rule(role Role, x1, y1, x2, y2 float64) {
	d.Shapes = append(d.Shapes, Shape{Kind: Stroke, Role: role, Points: []Point{{x1, y1}, {x2, y2}}})
}
