package pptx

import (
	"fmt"
	"strings"
)

// Box is a place on a slide, in points.
type Box struct{ X, Y, W, H int }

func (b Box) xml(prefix string) string {
	return fmt.Sprintf(`<%s:xfrm><a:off x="%d" y="%d"/><a:ext cx="%d" cy="%d"/></%s:xfrm>`, prefix, b.X*emu, b.Y*emu, max(b.W, 0)*emu, max(b.H, 0)*emu, prefix)
}

// Align is where words stand in their box.
type Align string

// The alignments. Left is the zero value.
const (
	Left   Align = ""
	Center Align = "ctr"
	Right  Align = "r"
)

// Run is words of one look. Size is in points, 0 for the box's own.
type Run struct {
	Text   string
	Size   int
	Bold   bool
	Italic bool
	Color  Color
	Link   string // an address that a click opens; empty for none
}

// Paragraph is runs in one flow.
type Paragraph struct {
	Runs   []Run
	Align  Align
	Bullet bool
	After  int // points below it
}

// P is a paragraph of plain words; a line end in them stays one.
func P(text string) Paragraph { return Paragraph{Runs: []Run{{Text: text}}} }

// Look is how a box of words looks. Colours that are empty are the layout's, or none for
// Fill and Line.
type Look struct {
	Size   int // of words; 0 is 14
	Color  Color
	Fill   Color
	Line   Color
	Round  bool
	Pad    int  // points inside the box
	Middle bool // words stand in the middle of the height
	Bottom bool // words stand at the foot
	Name   string
}

// Title sets the words of the slide's title place.
func (s *Slide) Title(text string) {
	place := `type="title"`
	if t := s.deck.template; t != nil {
		place = t.layout[s.layout].title
	}
	if place == "" { // a layout without a title: the words stand where ours would
		s.Text(titleBox, Look{Size: 26, Middle: true, Name: "Title"}, Paragraph{Runs: []Run{{Text: text, Bold: true}}})
		return
	}
	s.placed("Title", place, text)
}

// Subtitle sets the words below a Cover's or Section's title.
func (s *Slide) Subtitle(text string) {
	place := `type="body" idx="1"`
	if t := s.deck.template; t != nil {
		place = t.layout[s.layout].under
	}
	if place == "" { // a layout without a second place: the words stand below the title
		s.Text(Box{48, 110, 864, 110}, Look{Size: 18, Name: "Subtitle"}, P(text))
		return
	}
	s.placed("Subtitle", place, text)
}

// placed fills a place of the layout.
func (s *Slide) placed(name, place, text string) {
	id := s.id()
	s.body = fmt.Appendf(s.body, `<p:sp><p:nvSpPr><p:cNvPr id="%d" name="%s %d"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph %s/></p:nvPr></p:nvSpPr><p:spPr/>%s</p:sp>`,
		id, name, id, place, s.words(`<a:bodyPr/>`, Look{}, 0, []Paragraph{P(text)}))
}

// Text sets a box of words; more than it holds runs out below it.
func (s *Slide) Text(b Box, look Look, paragraphs ...Paragraph) {
	id, shape := s.id(), "rect"
	if look.Round {
		shape = "roundRect"
	}
	name := look.Name
	if name == "" {
		name = "Text"
	}
	anchor := "t"
	switch {
	case look.Middle:
		anchor = "ctr"
	case look.Bottom:
		anchor = "b"
	}
	pad := look.Pad * emu
	frame := fmt.Sprintf(`<a:bodyPr wrap="square" lIns="%d" tIns="%d" rIns="%d" bIns="%d" anchor="%s"><a:noAutofit/></a:bodyPr>`, pad, pad, pad, pad, anchor)
	size := look.Size
	if size == 0 {
		size = 14
	}
	adjust := `<a:avLst/>`
	if look.Round {
		adjust = `<a:avLst><a:gd name="adj" fmla="val 6000"/></a:avLst>`
	}
	s.body = fmt.Appendf(s.body, `<p:sp><p:nvSpPr><p:cNvPr id="%d" name="%s %d"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>%s<a:prstGeom prst="%s">%s</a:prstGeom>%s%s</p:spPr>%s</p:sp>`,
		id, escape(name), id, b.xml("a"), shape, adjust, fill(look.Fill), outline(look.Line), s.words(frame, look, size, paragraphs))
}

// Rect sets a filled field without words.
func (s *Slide) Rect(b Box, c Color) {
	id := s.id()
	s.body = fmt.Appendf(s.body, `<p:sp><p:nvSpPr><p:cNvPr id="%d" name="Field %d"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>%s<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>%s<a:ln><a:noFill/></a:ln></p:spPr></p:sp>`,
		id, id, b.xml("a"), fill(c))
}

func outline(c Color) string {
	if c == noColor {
		return `<a:ln><a:noFill/></a:ln>`
	}
	return `<a:ln w="9525">` + fill(c) + `</a:ln>`
}

// words is a text body.
func (s *Slide) words(frame string, look Look, size int, paragraphs []Paragraph) string {
	var b strings.Builder
	b.WriteString(`<p:txBody>` + frame + `<a:lstStyle/>`)
	s.paragraphs(&b, look.Color, size, paragraphs)
	b.WriteString(`</p:txBody>`)
	return b.String()
}

// paragraphs writes at least one paragraph: the format wants one.
func (s *Slide) paragraphs(b *strings.Builder, color Color, size int, list []Paragraph) {
	if len(list) == 0 {
		list = []Paragraph{{}}
	}
	for _, p := range list {
		b.WriteString(`<a:p>` + p.props())
		for _, r := range p.Runs {
			if r.Size == 0 {
				r.Size = size
			}
			if r.Color == noColor {
				r.Color = color
			}
			s.run(b, r)
		}
		b.WriteString(`</a:p>`)
	}
}

func (p Paragraph) props() string {
	attrs, inner := "", ""
	if p.Bullet {
		attrs = ` marL="203200" indent="-203200"`
	}
	if p.Align != Left {
		attrs += ` algn="` + string(p.Align) + `"`
	}
	if p.After > 0 {
		inner = fmt.Sprintf(`<a:spcAft><a:spcPts val="%d"/></a:spcAft>`, p.After*100)
	}
	if p.Bullet {
		inner += `<a:buFont typeface="Arial"/><a:buChar char="•"/>`
	} else {
		inner += `<a:buNone/>`
	}
	return `<a:pPr` + attrs + `>` + inner + `</a:pPr>`
}

func (s *Slide) run(b *strings.Builder, r Run) {
	attrs := ` lang="` + s.deck.meta.tag() + `"`
	if r.Size > 0 {
		attrs += fmt.Sprintf(` sz="%d"`, r.Size*100)
	}
	if r.Bold {
		attrs += ` b="1"`
	}
	if r.Italic {
		attrs += ` i="1"`
	}
	inner := ""
	if r.Color != noColor {
		inner = fill(r.Color)
	}
	if r.Link != "" {
		inner += `<a:hlinkClick r:id="` + s.rel("hyperlink", r.Link, true) + `"/>`
	}
	props := `<a:rPr` + attrs + ` dirty="0">` + inner + `</a:rPr>`
	for i, line := range strings.Split(strings.ReplaceAll(r.Text, "\r\n", "\n"), "\n") {
		if i > 0 {
			b.WriteString(`<a:br>` + props + `</a:br>`)
		}
		b.WriteString(`<a:r>` + props + `<a:t>` + escape(line) + `</a:t></a:r>`)
	}
}

// tag is the language as the format writes it.
func (m Meta) tag() string {
	switch m.Lang {
	case "id":
		return "id-ID"
	case "fil":
		return "fil-PH"
	}
	return "en-GB"
}

// escape makes text fit for XML; signs that XML cannot hold are left out.
func escape(text string) string {
	clean := func(r rune) bool {
		return r == '\t' || r == '\n' || r >= ' ' && r <= 0xd7ff || r >= 0xe000 && r <= 0xfffd || r >= 0x10000
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case clean(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}
