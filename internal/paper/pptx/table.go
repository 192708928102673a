package pptx

import (
	"fmt"
	"strings"
)

// Cell is one cell of a table, with a quieter second line.
type Cell struct {
	Text  string
	Note  string
	Bold  bool
	Color Color
	Fill  Color
	Link  string
}

// Column is one column: its head and its part of the width (0 counts as 1).
type Column struct {
	Head  string
	Width int
	Right bool // figures
}

// Table is a native table. Its rows are as tall as their words need; what does not fit
// the slide runs out below it: Fit says how many rows fit.
type Table struct {
	Columns []Column
	Rows    [][]Cell
	Size    int  // of words in points; 0 is 12
	Last    bool // the last row is a sum
}

// rowHeight is the height in points of a row of one line, or of two with a note.
func rowHeight(size int, note bool) int {
	if note {
		return size*3 + 4
	}
	return size*2 + 2
}

// Cells makes a row of plain words.
func Cells(words ...string) []Cell {
	row := make([]Cell, len(words))
	for i, w := range words {
		row[i].Text = w
	}
	return row
}

// Table sets a table; its height is what its rows need.
func (s *Slide) Table(b Box, t Table) {
	if t.Size == 0 {
		t.Size = 12
	}
	widths, total := make([]int, len(t.Columns)), 0
	for i, c := range t.Columns {
		widths[i] = max(c.Width, 1)
		total += widths[i]
	}
	id, height := s.id(), rowHeight(t.Size, false)
	var rows strings.Builder
	s.tableHead(&rows, t)
	for i, r := range t.Rows {
		height += s.tableRow(&rows, t, r, t.Last && i == len(t.Rows)-1)
	}
	b.H = height
	s.body = fmt.Appendf(s.body, `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="%d" name="Table %d"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>%s`+
		`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl><a:tblPr firstRow="1"/><a:tblGrid>`, id, id, b.xml("p"))
	left := b.W * emu
	for i, w := range widths {
		cx := b.W * emu * w / max(total, 1)
		if i == len(widths)-1 {
			cx = left
		}
		left -= cx
		s.body = fmt.Appendf(s.body, `<a:gridCol w="%d"/>`, cx)
	}
	s.body = fmt.Appendf(s.body, `</a:tblGrid>%s</a:tbl></a:graphicData></a:graphic></p:graphicFrame>`, rows.String())
}

func (s *Slide) tableHead(b *strings.Builder, t Table) {
	fmt.Fprintf(b, `<a:tr h="%d">`, rowHeight(t.Size, false)*emu)
	for _, c := range t.Columns {
		s.cell(b, t, c, Cell{Text: c.Head, Bold: true, Color: Ink2}, border{below: Ink2})
	}
	b.WriteString(`</a:tr>`)
}

// tableRow writes a row and gives its height in points.
func (s *Slide) tableRow(b *strings.Builder, t Table, row []Cell, sum bool) int {
	note := false
	for _, c := range row {
		note = note || c.Note != ""
	}
	height := rowHeight(t.Size, note)
	fmt.Fprintf(b, `<a:tr h="%d">`, height*emu)
	for i, c := range t.Columns {
		x := Cell{}
		if i < len(row) {
			x = row[i]
		}
		x.Bold = x.Bold || sum
		line := border{below: Sunken}
		if sum {
			line = border{above: Ink2}
		}
		s.cell(b, t, c, x, line)
	}
	b.WriteString(`</a:tr>`)
	return height
}

type border struct{ above, below Color }

func (s *Slide) cell(b *strings.Builder, t Table, col Column, c Cell, line border) {
	align := Left
	if col.Right {
		align = Right
	}
	list := []Paragraph{{Align: align, Runs: []Run{{Text: c.Text, Bold: c.Bold, Link: c.Link}}}}
	if c.Note != "" {
		list = append(list, Paragraph{Align: align, Runs: []Run{{Text: c.Note, Size: max(t.Size-3, 8), Color: Ink2}}})
	}
	color := c.Color
	if color == noColor {
		color = Ink
	}
	b.WriteString(`<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>`)
	s.paragraphs(b, color, t.Size, list)
	side := func(name string, c Color) string {
		if c == noColor {
			return `<a:` + name + ` w="0"><a:noFill/></a:` + name + `>`
		}
		return `<a:` + name + ` w="9525">` + fill(c) + `</a:` + name + `>`
	}
	b.WriteString(`</a:txBody><a:tcPr marL="50800" marR="50800" marT="38100" marB="38100" anchor="ctr">` + side("lnL", noColor) + side("lnR", noColor) +
		side("lnT", line.above) + side("lnB", line.below) + fill(c.Fill) + `</a:tcPr></a:tc>`)
}
