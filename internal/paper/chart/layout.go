package chart

import "math"

// Sizes of text in a drawing.
const (
	labelSize = 11.5
	valueSize = 12.5
)

// Bar is one figure of a bar chart: its size and how it is written.
type Bar struct {
	Label string
	Value float64
	Text  string
	Tone  Tone
}

// Bars lays out horizontal bars, one a row, in a box of the given width: the label, the
// bar, the value. Bars share one scale from zero; a negative value has no bar.
func Bars(title string, width float64, bars []Bar) Drawing {
	const row = 28
	d := Drawing{Title: title, W: width, H: row * float64(len(bars)), Data: Table{Head: []string{"", title}}}
	left, right := math.Round(width*0.30), math.Round(width*0.18)
	top := 0.0
	for _, b := range bars {
		top = math.Max(top, finite(b.Value))
	}
	for i, b := range bars {
		y := row * float64(i)
		d.text(Label, "", 0, y+18, labelSize, Start, clip(b.Label, left-8))
		d.rect(Track, "", left, y+9, width-left-right, 10, 5)
		if w := share(b.Value, top) * (width - left - right); w > 0 {
			d.rect(Fill, orPlain(b.Tone), left, y+9, w, 10, 5)
		}
		d.text(Value, b.Tone, width, y+18, valueSize, End, b.Text)
		d.Data.Rows = append(d.Data.Rows, []string{b.Label, b.Text})
	}
	return d
}

// Part is one layer of a stacked bar.
type Part struct {
	Label string
	Value float64
	Text  string
	Tone  Tone
}

// Stacked lays out one bar cut into parts, with a legend below that names each part and
// its figure.
func Stacked(title string, width float64, parts []Part) Drawing {
	d := Drawing{Title: title, W: width, Data: Table{Head: []string{"", title}}}
	total := 0.0
	for _, p := range parts {
		total += math.Max(finite(p.Value), 0)
	}
	d.rect(Track, "", 0, 4, width, 14, 3)
	x := 0.0
	for _, p := range parts {
		if w := share(p.Value, total) * width; w > 0 {
			d.rect(Fill, orPlain(p.Tone), x, 4, math.Max(w-1, 0.5), 14, 3)
			x += w
		}
	}
	const row = 22
	for i, p := range parts {
		y := 30 + row*float64(i)
		d.Shapes = append(d.Shapes, Shape{Kind: Round, Role: Dot, Tone: orPlain(p.Tone), X: 5, Y: y + 8, R: 4})
		d.text(Label, "", 16, y+12, labelSize, Start, clip(p.Label, width*0.65))
		d.text(Value, "", width, y+12, valueSize, End, p.Text)
		d.Data.Rows = append(d.Data.Rows, []string{p.Label, p.Text})
	}
	d.H = 30 + row*float64(len(parts))
	return d
}

// Bullet lays out a value against a target in a box of 100 × 10, as in a table row: the
// fill is the value, the tick the target (README "ER bar"). The scale ends at limit, or
// a fifth beyond the larger of both when limit is zero.
func Bullet(title string, value, target, limit float64, tone Tone) Drawing {
	d := Drawing{Title: title, W: 100, H: 10, bullet: true, tone: orPlain(tone)}
	if limit <= 0 {
		limit = math.Max(finite(value), finite(target)) * 1.2
	}
	d.rect(Track, "", 0, 3, 100, 4, 0)
	if w := share(value, limit) * 100; w > 0 {
		d.rect(Fill, orPlain(tone), 0, 3, w, 4, 0)
	}
	if target > 0 {
		d.rect(Tick, "", math.Min(share(target, limit)*100, 98.4), 0, 1.6, 10, 0)
	}
	return d
}

// Sample is one figure over time: where it stands and how it is written. A gap is drawn
// as a gap, never as zero.
type Sample struct {
	Label string
	Value float64
	Text  string
	Gap   bool
}

// Line lays out a line over equal steps in a box of width × height, with a base line, the
// first and last label and the last value. The scale begins at zero.
func Line(title string, width, height float64, tone Tone, samples []Sample) Drawing {
	d := Drawing{Title: title, W: width, H: height, Data: Table{Head: []string{"", title}}}
	base := height - 20
	d.rule(Axis, 0, base, width, base)
	d.curve(samples, tone, 4, width-8, 16, base)
	for _, s := range samples {
		d.Data.Rows = append(d.Data.Rows, []string{s.Label, s.Text})
	}
	if len(samples) > 0 {
		first, last := samples[0], samples[len(samples)-1]
		d.text(Label, "", 0, height-5, labelSize, Start, first.Label)
		if len(samples) > 1 {
			d.text(Label, "", width, height-5, labelSize, End, last.Label)
		}
		d.text(Value, tone, width, 11, valueSize, End, last.Text)
	}
	return d
}

// Sparkline lays out a line alone, for a table row.
func Sparkline(title string, width, height float64, tone Tone, samples []Sample) Drawing {
	d := Drawing{Title: title, W: width, H: height, Data: Table{Head: []string{"", title}}}
	d.curve(samples, tone, 2, width-4, 2, height-2)
	for _, s := range samples {
		d.Data.Rows = append(d.Data.Rows, []string{s.Label, s.Text})
	}
	return d
}

// curve draws the runs between gaps, each with its shade, and a dot at the last figure.
func (d *Drawing) curve(samples []Sample, tone Tone, x, w, top, base float64) {
	high := 0.0
	for _, s := range samples {
		high = math.Max(high, finite(s.Value))
	}
	step := 0.0
	if len(samples) > 1 {
		step = w / float64(len(samples)-1)
	}
	var run []Point
	for i, s := range samples {
		if s.Gap {
			d.stretch(run, tone, base)
			run = nil
			continue
		}
		run = append(run, Point{x + step*float64(i), base - share(s.Value, high)*(base-top)})
	}
	d.stretch(run, tone, base)
	if len(run) > 0 {
		end := run[len(run)-1]
		d.Shapes = append(d.Shapes, Shape{Kind: Round, Role: Dot, Tone: orPlain(tone), X: end.X, Y: end.Y, R: 3})
	}
}

func (d *Drawing) stretch(run []Point, tone Tone, base float64) {
	if len(run) < 2 {
		return
	}
	shade := append([]Point{{run[0].X, base}}, run...)
	shade = append(shade, Point{run[len(run)-1].X, base})
	d.Shapes = append(d.Shapes,
		Shape{Kind: Shade, Role: Area, Tone: orPlain(tone), Points: shade},
		Shape{Kind: Stroke, Role: Curve, Tone: orPlain(tone), Points: run})
}

// share is v ÷ total between 0 and 1; of nothing it is 0.
func share(v, total float64) float64 {
	if v, total = finite(v), finite(total); total <= 0 || v <= 0 {
		return 0
	}
	return math.Min(v/total, 1)
}

func finite(v float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0
	}
	return v
}

func orPlain(t Tone) Tone {
	if t == "" {
		return Plain
	}
	return t
}

// clip shortens a label that is surely wider than room, by the typeface's mean width; the
// whole text stands in the table.
func clip(s string, room float64) string {
	runes := []rune(s)
	fits := int(room / (labelSize * 0.56))
	if len(runes) <= fits || fits < 2 {
		return s
	}
	return string(runes[:fits-1]) + "…"
}
