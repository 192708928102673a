package paper

import (
	"kolega/internal/paper/chart"
)

// Cover sets the strip at the head of a document: the logo or mark, the agency's name, a
// small line above the title and one below it; partner is the logo of who it is for, at
// the right. It belongs on the first page, before all else.
func (p *PDF) Cover(over, title, under string, partner []byte) {
	const pad = 10.0
	big, small := face{"title", "", 22, p.onGround}, face{"body", "", 10, p.soft}
	titleLines := p.wrap(big, bodyWidth-34, title)
	underLines := p.wrap(small, bodyWidth-34, under)
	height := pad + 14 + float64(len(titleLines))*big.line()*0.86 + 3 + float64(len(underLines))*small.line() + pad
	p.fill(p.ground)
	p.f.Rect(0, 0, pageWidth, height, "F")
	p.f.SetAlpha(0.10, "Normal")
	p.kawung(pageWidth-64, height/2-30, 76, p.onGround)
	p.f.SetAlpha(1, "Normal")
	if w := p.card(p.meta.Look.Logo, marginSide, pad-2.5, 40, 11, chart.Start); w == 0 {
		p.kawung(marginSide, pad, 6.5, p.onGround)
		p.put(face{"title", "", 10, p.onGround}, marginSide+9, pad+0.9, 80, chart.Start, p.meta.Author)
	}
	right := p.card(partner, marginSide+bodyWidth, pad-2.5, 40, 11, chart.End)
	if right > 0 {
		right += 4
	}
	p.put(face{"body", "B", 8.5, p.soft}, marginSide, pad+1.2, bodyWidth-right, chart.End, over)
	y := pad + 14
	for _, l := range titleLines {
		p.put(big, marginSide, y, bodyWidth, chart.Start, l)
		y += big.line() * 0.86
	}
	p.block(small, marginSide, y+3, bodyWidth, chart.Start, underLines)
	p.f.SetY(height + 9)
}

// Letterhead sets the quiet head of a letter or invoice: the logo or mark and the name
// left, the kind of document right, a hairline below.
func (p *PDF) Letterhead(lines []string, kind, number string) {
	top := p.f.GetY()
	if w := p.image(p.meta.Look.Logo, marginSide, top, 46, 12, chart.Start); w > 0 {
		p.put(faceStrong, marginSide, top+13.5, 95, chart.Start, p.meta.Author)
		top += 9
	} else {
		p.kawung(marginSide, top, 8, p.brand)
		p.put(face{"title", "", 13, inkText}, marginSide+11, top+0.6, 90, chart.Start, p.meta.Author)
	}
	y := top + 9.5
	for _, l := range lines {
		for _, part := range p.wrap(faceMeta, 95, l) {
			p.put(faceMeta, marginSide, y, 95, chart.Start, part)
			y += faceMeta.line()
		}
	}
	head := marginTop
	p.put(face{"title", "", 17, inkText}, marginSide, head, bodyWidth, chart.End, kind)
	p.put(faceStrong.in(p.brand), marginSide, head+9.5, bodyWidth, chart.End, number)
	y = max(y, top+16) + 3
	p.hair(marginSide, y, bodyWidth, hairline)
	p.f.SetY(y + 6)
}

// kawung draws the house's mark, the four petals of the batik, in a square of size mm.
func (p *PDF) kawung(x, y, size float64, c rgb) {
	p.fill(c)
	k := size / 32
	for turn := range 4 {
		at := func(px, py float64) (float64, float64) {
			for range turn {
				px, py = 32-py, px
			}
			return x + px*k, y + py*k
		}
		curve := func(x1, y1, x2, y2, x3, y3 float64) {
			ax, ay := at(x1, y1)
			bx, by := at(x2, y2)
			cx, cy := at(x3, y3)
			p.f.CurveBezierCubicTo(ax, ay, bx, by, cx, cy)
		}
		mx, my := at(14.6, 14.6)
		p.f.MoveTo(mx, my)
		curve(7.5, 14.2, 3.4, 10.3, 3.6, 3.6)
		curve(10.3, 3.4, 14.2, 7.5, 14.6, 14.6)
		p.f.ClosePath()
		p.f.DrawPath("F")
	}
}

func (p *PDF) hair(x, y, w float64, c rgb) {
	p.stroke(c)
	p.f.SetLineWidth(0.2)
	p.f.Line(x, y, x+w, y)
}

// Figure is one key figure: label, value, a word beside the value and a line below.
type Figure struct {
	Label, Value, Of, Note string
	Tone                   chart.Tone // of the note
}

// KeyFigures sets figures side by side between hairlines, four a row.
func (p *PDF) KeyFigures(figures ...Figure) {
	const height, perRow = 21.0, 4
	for len(figures) > 0 {
		row := figures[:min(perRow, len(figures))]
		figures = figures[len(row):]
		p.room(height + 2)
		top := p.f.GetY()
		w := bodyWidth / float64(len(row))
		p.hair(marginSide, top, bodyWidth, hairline)
		for i, g := range row {
			x := marginSide + w*float64(i)
			if i > 0 {
				p.stroke(hairline)
				p.f.Line(x, top+2.5, x, top+height-2.5)
				x += 4
			}
			p.figure(g, x, top+3, w-5)
		}
		p.hair(marginSide, top+height, bodyWidth, hairline)
		p.f.SetY(top + height)
	}
	p.f.SetY(p.f.GetY() + 6)
}

func (p *PDF) figure(g Figure, x, y, w float64) {
	p.put(faceLabel, x, y, w, chart.Start, p.fit(faceLabel, w, g.Label))
	value := p.fit(faceFigure, w, g.Value)
	p.put(faceFigure, x, y+4.2, w, chart.Start, value)
	used := p.f.GetStringWidth(printable(value)) + 1.5
	if g.Of != "" && used < w-6 {
		p.put(faceMeta, x+used, y+7.1, w-used, chart.Start, p.fit(faceMeta, w-used, g.Of))
	}
	p.put(faceMeta.in(p.toneOr(g.Tone, inkThird)), x, y+12, w, chart.Start, p.fit(faceMeta, w, g.Note))
}

func (p *PDF) toneOr(t chart.Tone, c rgb) rgb {
	if t == chart.Brand {
		return p.brand
	}
	if tone, ok := toneText[t]; ok {
		return tone
	}
	return c
}

// fit shortens text to one line no wider than w; three dots say so.
func (p *PDF) fit(c face, w float64, text string) string {
	p.use(c)
	text = printable(text)
	if p.f.GetStringWidth(text) <= w {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && p.f.GetStringWidth(string(runes)+"…") > w {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}

// Fact is a label and what it says.
type Fact struct{ Label, Value string }

// Facts sets labels and values in two columns, one a line.
func (p *PDF) Facts(facts ...Fact) {
	const labelWidth = 46.0
	for _, f := range facts {
		labels := p.wrap(faceLabel, labelWidth-4, f.Label)
		values := p.wrap(faceBody, bodyWidth-labelWidth, f.Value)
		height := max(float64(len(labels))*faceLabel.line(), float64(len(values))*faceBody.line())
		p.room(min(height, 60))
		y := p.f.GetY()
		p.block(faceLabel, marginSide, y+0.5, labelWidth, chart.Start, labels)
		for _, l := range values {
			p.room(faceBody.line())
			y = p.f.GetY()
			p.put(faceBody, marginSide+labelWidth, y, bodyWidth-labelWidth, chart.Start, l)
			p.f.SetY(y + faceBody.line())
		}
		p.f.SetY(p.f.GetY() + 0.8)
	}
	p.f.SetY(p.f.GetY() + 3)
}

// Party is one side of a paper: who, and the lines below the name.
type Party struct {
	Label, Name string
	Lines       []string
}

// Parties sets up to three sides beside each other, such as "from" and "to".
func (p *PDF) Parties(parties ...Party) {
	if len(parties) == 0 {
		return
	}
	w := bodyWidth / float64(len(parties))
	height := 0.0
	for _, s := range parties {
		height = max(height, p.party(s, 0, 0, w-6, false))
	}
	p.room(height)
	top := p.f.GetY()
	for i, s := range parties {
		p.party(s, marginSide+w*float64(i), top, w-6, true)
	}
	p.f.SetY(top + height + 5)
}

// party measures one side and, if asked, sets it.
func (p *PDF) party(s Party, x, y, w float64, set bool) float64 {
	start := y
	step := func(c face, text string) {
		for _, l := range p.wrap(c, w, text) {
			if set {
				p.put(c, x, y, w, chart.Start, l)
			}
			y += c.line()
		}
	}
	step(faceLabel, s.Label)
	step(faceStrong, s.Name)
	for _, l := range s.Lines {
		step(faceMeta.in(inkSecond), l)
	}
	return y - start
}

// Sum is one line of the totals under a table.
type Sum struct {
	Label, Value string
	Strong       bool // the line that matters: what is to be paid
}

// Totals sets sums at the right under a table, kept together.
func (p *PDF) Totals(sums ...Sum) {
	const width, line = 84.0, 6.2
	p.room(line*float64(len(sums)) + 4)
	x, y := marginSide+bodyWidth-width, p.f.GetY()+1
	for _, s := range sums {
		label, value := faceBody.in(inkSecond), faceBody
		if s.Strong {
			p.fill(p.tint)
			p.f.RoundedRect(x, y-0.4, width+2.5, line+1, 1.5, "1234", "F")
			label, value = faceStrong.in(p.brand), faceStrong.in(p.brand)
		}
		p.put(label, x+2.5, y+0.8, width, chart.Start, p.fit(label, width-45, s.Label))
		p.put(value, x, y+0.8, width, chart.End, s.Value)
		y += line
		if s.Strong {
			y += 1
		}
	}
	p.f.SetY(y + 4)
}

// Box sets a tinted box with a heading and text, for what must be seen: how to pay, a limit.
func (p *PDF) Box(tone chart.Tone, head, text string) {
	const pad = 4.0
	lines := p.wrap(faceBody, bodyWidth-2*pad, text)
	heads := p.wrap(faceStrong, bodyWidth-2*pad, head)
	height := 2*pad + float64(len(lines))*faceBody.line() + float64(len(heads))*faceStrong.line()
	if height > bodyEnd-marginTop {
		p.Strong(head)
		p.Paragraph(text)
		return
	}
	p.room(height)
	y := p.f.GetY()
	p.fill(sunken)
	if tone == chart.Brand {
		p.fill(p.tint)
	}
	p.f.RoundedRect(marginSide, y, bodyWidth, height, 2, "1234", "F")
	below := p.block(faceStrong.in(p.toneOr(tone, inkText)), marginSide+pad, y+pad, bodyWidth, chart.Start, heads)
	p.block(faceBody, marginSide+pad, below, bodyWidth, chart.Start, lines)
	p.f.SetY(y + height + 5)
}

// Signature is one place to sign.
type Signature struct{ Role, Name, Note string }

// Signatures sets places to sign side by side, kept together.
func (p *PDF) Signatures(places ...Signature) {
	const height = 42.0
	if len(places) == 0 {
		return
	}
	p.Space(6)
	p.room(height)
	w, top := bodyWidth/float64(max(len(places), 2)), p.f.GetY()
	first := bodyWidth - w*float64(len(places)) // one alone stands at the right
	for i, s := range places {
		x := marginSide + first + w*float64(i)
		p.put(faceLabel, x, top, w-8, chart.Start, p.fit(faceLabel, w-8, s.Role))
		p.put(faceMeta, x, top+14, w-8, chart.Start, p.fit(faceMeta, w-8, s.Note))
		p.hair(x, top+30, w-10, rule)
		p.put(faceStrong, x, top+31, w-8, chart.Start, p.fit(faceStrong, w-10, s.Name))
	}
	p.f.SetY(top + height)
}
