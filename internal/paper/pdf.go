package paper

import (
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"kolega/internal/locale"
	"kolega/internal/paper/chart"
)

//go:embed font/regular.ttf
var fontRegular []byte

//go:embed font/semibold.ttf
var fontSemibold []byte

//go:embed font/bold.ttf
var fontBold []byte

// The page, in millimetres.
const (
	pageWidth    = 210.0
	pageHeight   = 297.0
	marginSide   = 20.0
	marginTop    = 20.0
	marginBottom = 22.0
	bodyWidth    = pageWidth - 2*marginSide
	bodyEnd      = pageHeight - marginBottom
	lineFactor   = 0.3528 * 1.45 // points to millimetres, times the line height
)

// Meta is what a document says about itself.
type Meta struct {
	Title   string
	Lang    string    // of the words that paper adds, such as "page 1 of 3"
	Author  string    // the agency
	Footer  string    // left at each page's foot
	Created time.Time // stamped into the file, and what makes its bytes repeatable
	Look    Look      // whose paper it is
}

// PDF is a document in the making: blocks are set one below the other. The first error
// is kept and told by WriteTo. It is not safe for concurrent use.
type PDF struct {
	f    *fpdf.Fpdf
	loc  *locale.Loc
	meta Meta
	palette
	face     face              // that is set
	pictures map[string]string // names in the file by what they are
}

// NewPDF begins an A4 document.
func NewPDF(m Meta) *PDF {
	f := fpdf.New("P", "mm", "A4", "")
	f.SetCatalogSort(true)
	f.SetCompression(false) // press does it
	f.SetCreationDate(m.Created.UTC())
	f.SetModificationDate(m.Created.UTC())
	f.SetTitle(m.Title, true)
	f.SetAuthor(m.Author, true)
	f.SetCreator("Kolega", true)
	f.SetProducer("Kolega", true)
	f.SetLang(m.Lang)
	f.SetMargins(marginSide, marginTop, marginSide)
	f.SetAutoPageBreak(false, marginBottom)
	f.SetCellMargin(0)
	f.AddUTF8FontFromBytes("body", "", fontRegular)
	f.AddUTF8FontFromBytes("body", "B", fontSemibold)
	f.AddUTF8FontFromBytes("title", "", fontBold)
	p := &PDF{f: f, loc: locale.For(m.Lang, locale.DefaultZone), meta: m, palette: m.Look.palette(), pictures: map[string]string{}}
	p.newPage()
	return p
}

func (p *PDF) newPage() {
	p.f.AddPage()
	p.f.SetY(marginTop)
}

// room begins a new page when less than height is left, unless the page is still empty.
func (p *PDF) room(height float64) {
	if y := p.f.GetY(); y+height > bodyEnd && y > marginTop+0.1 {
		p.newPage()
	}
}

// Together begins a new page unless so many mm are left: what follows stays on one page.
func (p *PDF) Together(mm float64) { p.room(mm) }

// PageBreak begins a new page.
func (p *PDF) PageBreak() { p.newPage() }

// Space leaves mm of height; at a page's end it is dropped.
func (p *PDF) Space(mm float64) {
	if y := p.f.GetY() + mm; y < bodyEnd {
		p.f.SetY(y)
		return
	}
	p.newPage()
}

// face is a size and weight of the type.
type face struct {
	family, style string
	size          float64
	color         rgb
}

var (
	faceTitle  = face{"title", "", 20, inkText}
	faceHead   = face{"title", "", 12.5, inkText}
	faceBody   = face{"body", "", 9.5, inkText}
	faceStrong = face{"body", "B", 9.5, inkText}
	faceMeta   = face{"body", "", 8, inkThird}
	faceLabel  = face{"body", "", 8, inkSecond}
	faceFigure = face{"title", "", 15, inkText}
)

func (c face) in(color rgb) face {
	c.color = color
	return c
}

func (c face) line() float64 { return c.size * lineFactor }

func (p *PDF) use(c face) {
	if p.face == c {
		return
	}
	p.face = c
	p.f.SetFont(c.family, c.style, c.size)
	p.f.SetTextColor(c.color[0], c.color[1], c.color[2])
}

func (p *PDF) fill(c rgb)   { p.f.SetFillColor(c[0], c[1], c[2]) }
func (p *PDF) stroke(c rgb) { p.f.SetDrawColor(c[0], c[1], c[2]) }

// put writes one line of text into a box whose top is y; anchor chooses the edge.
func (p *PDF) put(c face, x, y, w float64, a chart.Anchor, text string) {
	p.use(c)
	text = printable(text)
	switch a {
	case chart.End:
		x += w - p.f.GetStringWidth(text)
	case chart.Middle:
		x += (w - p.f.GetStringWidth(text)) / 2
	}
	p.f.Text(x, y+c.line()*0.72, text)
}

// wrap breaks text into lines no wider than w; a word wider than that is cut.
func (p *PDF) wrap(c face, w float64, text string) []string {
	p.use(c)
	if text = printable(text); !strings.ContainsRune(text, '\n') && p.f.GetStringWidth(text) <= w {
		return []string{text}
	}
	return wrapText(text, w, p.f.GetStringWidth)
}

// block writes lines from y down and gives the y below them.
func (p *PDF) block(c face, x, y, w float64, a chart.Anchor, lines []string) float64 {
	for _, l := range lines {
		p.put(c, x, y, w, a, l)
		y += c.line()
	}
	return y
}

// flow writes wrapped text over the body's width, over pages where needed.
func (p *PDF) flow(c face, text string, after float64) {
	for _, l := range p.wrap(c, bodyWidth, text) {
		p.room(c.line())
		y := p.f.GetY()
		p.put(c, marginSide, y, bodyWidth, chart.Start, l)
		p.f.SetY(y + c.line())
	}
	p.f.SetY(p.f.GetY() + after)
}

// Title writes the document's name.
func (p *PDF) Title(text string) {
	p.room(faceTitle.line() * 2)
	p.flow(faceTitle, text, 2)
}

// Heading writes a section's name and keeps it with what follows.
func (p *PDF) Heading(text string) {
	if p.f.GetY() > marginTop+0.1 {
		p.Space(5)
	}
	p.room(faceHead.line() + 22)
	p.flow(faceHead, text, 2)
}

// Paragraph writes text; line ends in it begin a new line.
func (p *PDF) Paragraph(text string) { p.flow(faceBody, text, 2.5) }

// Strong writes a paragraph in the strong weight.
func (p *PDF) Strong(text string) { p.flow(faceStrong, text, 2.5) }

// Note writes small second-level text.
func (p *PDF) Note(text string) { p.flow(faceMeta, text, 2) }

// WriteTo finishes the document, with the foot on each page, and writes it.
func (p *PDF) WriteTo(w io.Writer) (int64, error) {
	p.feet()
	var b bytes.Buffer
	if err := p.f.Output(&b); err != nil {
		return 0, fmt.Errorf("make pdf: %w", err)
	}
	return press(b.Bytes(), w)
}

// feet writes each page's foot once the number of pages is known.
func (p *PDF) feet() {
	pages := p.f.PageCount()
	for n := 1; n <= pages; n++ {
		p.f.SetPage(n)
		p.f.SetFont(faceMeta.family, faceMeta.style, 1) // the page's own stream needs the font named again
		y := pageHeight - 14.0
		p.stroke(hairline)
		p.f.SetLineWidth(0.2)
		p.f.Line(marginSide, y, pageWidth-marginSide, y)
		of := p.loc.T("paper.page", "page", n, "pages", pages)
		p.put(faceMeta, marginSide, y+2, bodyWidth, chart.End, of)
		foot := p.wrap(faceMeta, bodyWidth-30, p.meta.Footer)
		if len(foot) > 0 {
			p.put(faceMeta, marginSide, y+2, bodyWidth, chart.Start, foot[0])
		}
	}
}
