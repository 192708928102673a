package pptx

import (
	"archive/zip"
	"fmt"
	"io"
	"time"
)

// The size of a slide, in points.
const (
	Width  = 960
	Height = 540
)

// emu is how many of the format's units make a point.
const emu = 12_700

// Meta is what a presentation says about itself.
type Meta struct {
	Title  string
	Author string
	Lang   string // of its words: "id", "en"
	Footer string // at the left of each slide's foot
	Made   time.Time
}

// Deck is a presentation in the making. The first error is kept and told by WriteTo. It
// is not safe for concurrent use.
type Deck struct {
	meta   Meta
	theme  Theme
	slides []*Slide
	charts []chartPart
	media  []mediaPart
	logo   int // place of the logo in media; -1 for none
	err    error

	template *Template // somebody's own; nil for ours
}

// New begins a presentation.
func New(m Meta, t Theme) *Deck {
	d := &Deck{meta: m, theme: t.filled(), logo: -1}
	if len(t.Logo) > 0 {
		d.logo, _, d.err = d.keep(t.Logo)
	}
	return d
}

// Layout is what a slide is laid on.
type Layout int

// The layouts. Plain has a title at its head; Cover and Section are filled with the
// brand's colour; Blank has no title place.
const (
	Plain Layout = iota
	Cover
	Section
	Blank
)

// layouts name the parts, in the order of the constants.
var layouts = []string{"Title and content", "Cover", "Section", "Blank"}

// Slide is one page. Things stand above those that were set before.
type Slide struct {
	deck   *Deck
	layout Layout
	body   []byte
	ids    int
	links  []link // beyond the layout, rId2 …
	notes  string
}

// link is a relationship of a slide.
type link struct {
	kind, target string
	outside      bool
}

// Slide adds a slide.
func (d *Deck) Slide(l Layout) *Slide {
	s := &Slide{deck: d, layout: l, ids: 1}
	d.slides = append(d.slides, s)
	return s
}

// Notes sets what the speaker reads.
func (s *Slide) Notes(text string) { s.notes = text }

// id gives the next id of a shape on the slide.
func (s *Slide) id() int { s.ids++; return s.ids }

// rel adds a relationship and gives its id.
func (s *Slide) rel(kind, target string, outside bool) string {
	for i, l := range s.links {
		if l == (link{kind, target, outside}) {
			return fmt.Sprintf("rId%d", i+2)
		}
	}
	s.links = append(s.links, link{kind, target, outside})
	return fmt.Sprintf("rId%d", len(s.links)+1)
}

// WriteTo ends the presentation and writes it. It may be called once.
func (d *Deck) WriteTo(w io.Writer) (int64, error) {
	if d.err != nil {
		return 0, d.err
	}
	if len(d.slides) == 0 {
		d.Slide(Blank)
	}
	out := &counted{w: w}
	archive := zip.NewWriter(out)
	for _, p := range d.parts() {
		if err := p.into(archive); err != nil {
			return out.n, fmt.Errorf("write presentation: %w", err)
		}
	}
	return out.n, archive.Close()
}

// into puts a part into the archive. What is packed already is not packed again.
func (p part) into(archive *zip.Writer) error {
	method := zip.Deflate
	if p.packed {
		method = zip.Store
	}
	w, err := archive.CreateHeader(&zip.FileHeader{Name: p.name, Method: method})
	if err != nil {
		return err
	}
	_, err = w.Write(p.text)
	return err
}

type counted struct {
	w io.Writer
	n int64
}

// Write counts what went through.
func (c *counted) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
