package chart

import "math"

// Node is one thing of a tree: whose it is, what is said about it, and what followed.
type Node struct {
	Label string // at its dot
	Text  string // at the end of its row
	Kind  string // in the table: what it is
	Value float64
	Tone  Tone
	Next  []Node
}

// Heads are the words above the table of a tree: the thing, what it is, what it
// followed, its figure.
type Heads struct{ Thing, Kind, After, Figure string }

// treeRow is the height of one thing of a tree.
const treeRow = 30

// Tree lays out things below what they followed, one a row, each a step to the right
// of its parent and joined to it; a dot's area grows with its value. It is read from
// the top like a list, so it is the same drawing on a phone.
func Tree(title string, width float64, heads Heads, roots []Node) Drawing {
	d := Drawing{Title: title, W: width, Data: Table{Head: []string{heads.Thing, heads.Kind, heads.After, heads.Figure}}}
	most := 0.0
	var seek func([]Node, int) int
	seek = func(list []Node, depth int) int {
		deepest := depth
		for _, n := range list {
			most = math.Max(most, finite(n.Value))
			deepest = max(deepest, seek(n.Next, depth+1))
		}
		return deepest
	}
	deep := seek(roots, 0)
	step := math.Min(26, width*0.4/math.Max(1, float64(deep)))
	var joints []Shape
	for _, n := range roots {
		d.grow(&joints, n, "", 10, step, most)
	}
	d.Shapes = append(joints, d.Shapes...) // below the dots
	d.H = treeRow * float64(len(d.Data.Rows))
	return d
}

// grow draws a node and what followed, and gives its height; the lines between go to joints.
func (d *Drawing) grow(joints *[]Shape, n Node, after string, x, step, most float64) (y float64) {
	y = treeRow*float64(len(d.Data.Rows)) + treeRow/2
	d.Data.Rows = append(d.Data.Rows, []string{n.Label, n.Kind, after, n.Text})
	for _, child := range n.Next {
		at := d.grow(joints, child, n.Label, x+step, step, most)
		*joints = append(*joints, Shape{Kind: Stroke, Role: Axis, Points: []Point{{x, y}, {x, at}, {x + step, at}}})
	}
	r := 4 + 5*math.Sqrt(share(n.Value, most))
	d.Shapes = append(d.Shapes, Shape{Kind: Round, Role: Dot, Tone: orPlain(n.Tone), X: x, Y: y, R: r})
	right := math.Round(d.W * 0.3)
	d.text(Label, "", x+r+8, y+4, labelSize, Start, clip(n.Label, d.W-x-r-8-right))
	d.text(Value, "", d.W, y+4, valueSize, End, n.Text)
	return y
}
