package chart

import "math"

// BarsTo lays out horizontal bars as Bars does, with a tick at the target in each row.
func BarsTo(title string, width, target float64, bars []Bar) Drawing {
	d := Drawing{Title: title, W: width, H: barRow * float64(len(bars)), Data: Table{Head: []string{"", title}}}
	left, right := math.Round(width*0.30), math.Round(width*0.18)
	room := width - left - right
	top := finite(target) * 1.15
	for _, b := range bars {
		top = math.Max(top, finite(b.Value))
	}
	for i, b := range bars {
		y := barRow * float64(i)
		d.text(Label, "", 0, y+18, labelSize, Start, clip(b.Label, left-8))
		d.rect(Track, "", left, y+9, room, 10, 5)
		if w := share(b.Value, top) * room; w > 0 {
			d.rect(Fill, orPlain(b.Tone), left, y+9, w, 10, 5)
		}
		if target > 0 {
			d.rect(Tick, "", left+share(target, top)*room-0.8, y+5, 1.6, 18, 0)
		}
		d.text(Value, b.Tone, width, y+18, valueSize, End, b.Text)
		d.Data.Rows = append(d.Data.Rows, []string{b.Label, b.Text})
	}
	return d
}

const barRow = 28

// Layered is one bar of a chart of layers: its parts in the order of the legend.
type Layered struct {
	Label string
	Parts []Part // of the same order in each bar; only Value and Text count
	Text  string // the whole, as it is written
}

// Layers lays out horizontal bars that are cut into parts, on one scale, with a legend
// below. The table has a column for each part.
func Layers(title string, width float64, legend []Part, bars []Layered) Drawing {
	d := Drawing{Title: title, W: width, Data: Table{Head: []string{""}}}
	left, right := math.Round(width*0.30), math.Round(width*0.18)
	room, top := width-left-right, 0.0
	for _, b := range bars {
		top = math.Max(top, b.whole())
	}
	for i, b := range bars {
		y := barRow * float64(i)
		row := []string{b.Label}
		d.text(Label, "", 0, y+18, labelSize, Start, clip(b.Label, left-8))
		d.rect(Track, "", left, y+8, room, 12, 3)
		x := left
		for n, p := range b.Parts {
			row = append(row, p.Text)
			if w := share(p.Value, top) * room; w > 0 && n < len(legend) {
				d.rect(Fill, orPlain(legend[n].Tone), x, y+8, math.Max(w-0.6, 0.4), 12, 0)
				x += w
			}
		}
		d.text(Value, "", width, y+18, valueSize, End, b.Text)
		d.Data.Rows = append(d.Data.Rows, row)
	}
	d.H = barRow * float64(len(bars))
	d.legend(legend, width)
	return d
}

func (b Layered) whole() (sum float64) {
	for _, p := range b.Parts {
		sum += math.Max(finite(p.Value), 0)
	}
	return sum
}

// legend sets the names of layers below the bars, in as many lines as they need.
func (d *Drawing) legend(list []Part, width float64) {
	const line = 20
	x, y := 0.0, d.H+8
	for _, p := range list {
		d.Data.Head = append(d.Data.Head, p.Label)
		w := 16 + float64(len([]rune(p.Label)))*labelSize*0.56 + 14
		if x > 0 && x+w > width {
			x, y = 0, y+line
		}
		d.Shapes = append(d.Shapes, Shape{Kind: Round, Role: Dot, Tone: orPlain(p.Tone), X: x + 5, Y: y + 8, R: 4})
		d.text(Label, "", x+14, y+12, labelSize, Start, p.Label)
		x += w
	}
	d.H = y + line
}
