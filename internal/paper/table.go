package paper

import "kolega/internal/paper/chart"

// Column is one column of a table.
type Column struct {
	Head  string
	Width float64 // its part of the whole width; 0 counts as 1
	Right bool    // for figures: heads and cells stand at the right
}

// Row is one row of a table.
type Row struct {
	Cells []string
	Notes []string     // a small second line a cell; may be shorter or empty
	Tones []chart.Tone // the colour of a cell's words; may be shorter or empty
	Total bool         // strong, with a line above
	Group bool         // a heading over the rows that follow; only the first cell counts
}

// Cells makes a plain row.
func Cells(cells ...string) Row { return Row{Cells: cells} }

const (
	cellPad  = 1.7
	cellGap  = 3.0
	headLine = 6.4
)

// Table sets a table over the body's width. A row is never cut by a page's end unless it is
// taller than a page; the head is repeated on each page, and a group stays with its first row.
func (p *PDF) Table(cols []Column, rows []Row) {
	if len(cols) == 0 {
		return
	}
	widths := columnWidths(cols)
	p.room(headLine + 14)
	p.tableHead(cols, widths)
	for i, r := range rows {
		lines := p.layRow(cols, widths, r)
		need := lines.height
		if r.Group && i+1 < len(rows) {
			need += p.layRow(cols, widths, rows[i+1]).height
		}
		if p.f.GetY()+need > bodyEnd && need < bodyEnd-marginTop-headLine {
			p.newPage()
			p.tableHead(cols, widths)
		}
		p.setRow(cols, widths, r, lines)
	}
	p.f.SetY(p.f.GetY() + 5)
}

func columnWidths(cols []Column) []float64 {
	total := 0.0
	widths := make([]float64, len(cols))
	for i, c := range cols {
		if widths[i] = c.Width; c.Width <= 0 {
			widths[i] = 1
		}
		total += widths[i]
	}
	for i := range widths {
		widths[i] *= bodyWidth / total
	}
	return widths
}

func anchorOf(c Column) chart.Anchor {
	if c.Right {
		return chart.End
	}
	return chart.Start
}

func (p *PDF) tableHead(cols []Column, widths []float64) {
	x, y := marginSide, p.f.GetY()
	c := face{"body", "B", 8, inkSecond}
	for i, col := range cols {
		w := cellWidth(widths, i)
		p.put(c, x, y+1.2, w, anchorOf(col), p.fit(c, w, col.Head))
		x += widths[i]
	}
	p.hair(marginSide, y+headLine, bodyWidth, rule)
	p.f.SetY(y + headLine)
}

// cellWidth leaves a gap before the next column.
func cellWidth(widths []float64, i int) float64 {
	if i == len(widths)-1 {
		return widths[i]
	}
	return widths[i] - cellGap
}

// laidRow is a row broken into lines.
type laidRow struct {
	cells, notes [][]string
	face         face
	height       float64
}

func (p *PDF) layRow(cols []Column, widths []float64, r Row) laidRow {
	l := laidRow{face: faceBody, cells: make([][]string, len(cols)), notes: make([][]string, len(cols))}
	if r.Total || r.Group {
		l.face = faceStrong
	}
	for i := range cols {
		w := cellWidth(widths, i)
		if r.Group {
			w = bodyWidth
		}
		if i < len(r.Cells) && (i == 0 || !r.Group) {
			l.cells[i] = p.wrap(l.face, w, r.Cells[i])
		}
		if i < len(r.Notes) && r.Notes[i] != "" && !r.Group {
			l.notes[i] = p.wrap(faceMeta, w, r.Notes[i])
		}
		tall := float64(len(l.cells[i]))*l.face.line() + float64(len(l.notes[i]))*faceMeta.line()
		l.height = max(l.height, tall+2*cellPad)
	}
	if r.Group {
		l.height += 2.5
	}
	return l
}

func (p *PDF) setRow(cols []Column, widths []float64, r Row, l laidRow) {
	if l.height > bodyEnd-marginTop-headLine {
		p.setTallRow(cols, widths, r, l)
		return
	}
	x, y := marginSide, p.f.GetY()
	if r.Total {
		p.hair(marginSide, y, bodyWidth, rule)
	}
	top := y + cellPad
	if r.Group {
		top += 2.5
	}
	for i, col := range cols {
		c := l.face
		if r.Group {
			c = c.in(p.brand)
		}
		if i < len(r.Tones) {
			c = c.in(p.toneOr(r.Tones[i], c.color))
		}
		below := p.block(c, x, top, cellWidth(widths, i), anchorOf(col), l.cells[i])
		p.block(faceMeta, x, below, cellWidth(widths, i), anchorOf(col), l.notes[i])
		x += widths[i]
	}
	p.hair(marginSide, y+l.height, bodyWidth, hairline)
	p.f.SetY(y + l.height)
}

// setTallRow sets a row taller than a page line by line, with the head on each page.
func (p *PDF) setTallRow(cols []Column, widths []float64, r Row, l laidRow) {
	most := 0
	for i := range l.cells {
		l.cells[i] = append(l.cells[i], l.notes[i]...)
		most = max(most, len(l.cells[i]))
	}
	p.f.SetY(p.f.GetY() + cellPad)
	for n := range most {
		if p.f.GetY()+l.face.line() > bodyEnd {
			p.newPage()
			p.tableHead(cols, widths)
			p.f.SetY(p.f.GetY() + cellPad)
		}
		x, y := marginSide, p.f.GetY()
		for i, col := range cols {
			if n < len(l.cells[i]) {
				p.put(l.face, x, y, cellWidth(widths, i), anchorOf(col), l.cells[i][n])
			}
			x += widths[i]
		}
		p.f.SetY(y + l.face.line())
	}
	y := p.f.GetY() + cellPad
	p.hair(marginSide, y, bodyWidth, hairline)
	p.f.SetY(y)
}
