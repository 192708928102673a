package pitch

import (
	"io"

	"kolega/internal/locale"
	"kolega/internal/paper/pptx"
	"kolega/internal/proof"
)

// slides is a document being laid on slides.
type slides struct {
	Document
	l   *locale.Loc
	d   *pptx.Deck
	err error
}

// WritePPTX writes the document as slides that stay editable, into the client's own
// template where there is one. The same input gives the same bytes.
func (d Document) WritePPTX(w io.Writer, art Art, into *pptx.Template) error {
	l := d.Loc()
	s := &slides{Document: d, l: l}
	meta := pptx.Meta{Title: d.Title, Author: d.Agency, Lang: d.Lang, Footer: d.Agency + "  ·  " + d.Title, Made: d.MadeAt}
	if into != nil {
		s.d = pptx.Fill(into, meta)
	} else {
		s.d = pptx.New(meta, theme(d.Agency, art))
	}
	s.cover(art)
	for _, x := range d.Sections {
		s.section(x)
	}
	if s.err != nil {
		return s.err
	}
	_, err := s.d.WriteTo(w)
	return err
}

func theme(name string, art Art) pptx.Theme {
	t := pptx.Theme{Name: name, Logo: art.Agency.Logo}
	if l := art.Look(); l.Color != "" {
		ground, on, words := l.Readable()
		t.Ground, t.OnBrand, t.Brand = pptx.Color(ground), pptx.Color(on), pptx.Color(words)
	}
	return t
}

func (s *slides) keep(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *slides) cover(art Art) {
	c := s.d.Slide(pptx.Cover)
	c.Title(s.Title)
	c.Subtitle(s.l.T("deck.for", "brand", s.Brand) + "\n" + s.Agency + " · " + s.l.DateLong(s.Today))
	if s.d.Filled() {
		return
	}
	if len(art.Agency.Logo) == 0 {
		_, on, _ := art.Look().Readable()
		c.Text(pptx.Box{X: 72, Y: 78, W: 480, H: 44}, pptx.Look{Size: 16, Color: pptx.Color(on), Middle: true}, pptx.Paragraph{Runs: []pptx.Run{{Text: s.Agency, Bold: true}}})
	}
	if len(art.Client.Logo) > 0 {
		c.Text(pptx.Box{X: 752, Y: 64, W: 148, H: 72}, pptx.Look{Fill: pptx.Paper, Round: true})
		s.keep(c.Picture(pptx.Box{X: 762, Y: 72, W: 128, H: 56}, art.Client.Logo, s.Brand, true))
	}
}

func (s *slides) page(title string) *pptx.Slide {
	p := s.d.Slide(pptx.Plain)
	p.Title(title)
	return p
}

func (s *slides) section(x Section) {
	switch x.Kind {
	case KindLineUp:
		s.lineUp(x)
	case KindPlans:
		s.plan(x)
	case KindOffer:
		s.offer(x)
	case KindProof:
		s.proof(x)
	case KindFigure:
		p := s.page(x.Title)
		p.Text(pptx.Box{X: 48, Y: 110, W: 864, H: 150}, pptx.Look{Middle: true}, pptx.Paragraph{Runs: []pptx.Run{{Text: x.Value, Size: 72, Bold: true, Color: pptx.Brand}}})
		s.words(p, pptx.Box{X: 48, Y: 270, W: 864, H: 160}, x.Body)
		p.Text(pptx.Box{X: 48, Y: 446, W: 864, H: 36}, pptx.Look{Size: 12, Color: pptx.Ink2}, pptx.Paragraph{Runs: []pptx.Run{{Text: x.SourceText(s.l), Link: x.Link}}})
	default:
		s.prose(x)
	}
}

// perSlide is how many letters of running words a slide bears.
const perSlide = 900

// prose sets words over as many slides as they need.
func (s *slides) prose(x Section) {
	for i, chunk := range chunks(x.Body, perSlide) {
		title := x.Title
		if i > 0 {
			title = s.l.T("deck.continued", "title", x.Title)
		}
		p := s.page(title)
		s.words(p, pptx.Box{X: 48, Y: 104, W: 864, H: 350}, chunk)
		if x.Sheet != nil {
			p.Text(pptx.Box{X: 48, Y: 440, W: 864, H: 44}, pptx.Look{Fill: pptx.Sunken, Round: true, Pad: 12, Middle: true, Size: 14}, pptx.P(s.l.T("deck.enclosed", "name", x.Sheet.Name)))
		} else if t := x.SourceText(s.l); x.Link != "" {
			if t == "" {
				t = x.Link
			}
			p.Text(pptx.Box{X: 48, Y: 456, W: 864, H: 30}, pptx.Look{Size: 12, Color: pptx.Ink2}, pptx.Paragraph{Runs: []pptx.Run{{Text: t, Link: x.Link}}})
		}
	}
}

// chunks cuts words at paragraphs into parts of at most n letters; a longer paragraph
// stays whole. There is always one.
func chunks(text string, n int) (out []string) {
	at := ""
	for _, p := range lines(text) {
		if at != "" && len([]rune(at))+len([]rune(p)) > n {
			out, at = append(out, at), ""
		}
		if at != "" {
			at += "\n"
		}
		at += p
	}
	return append(out, at)
}

func (s *slides) words(p *pptx.Slide, b pptx.Box, text string) {
	size := 20
	if len([]rune(text)) > 420 {
		size = 16
	}
	var list []pptx.Paragraph
	for _, line := range lines(text) {
		words, bullet := cutBullet(line)
		list = append(list, pptx.Paragraph{Bullet: bullet, After: 8, Runs: []pptx.Run{{Text: words}}})
	}
	if len(list) > 0 {
		p.Text(b, pptx.Look{Size: size}, list...)
	}
}

func (s *slides) proof(x Section) {
	if x.Proof == nil {
		s.prose(x)
		return
	}
	p := s.page(x.Title)
	quote, y := x.Proof.Body, 104
	if n := min(len(x.Proof.Figures), 4); n > 0 {
		for i, f := range x.Proof.Figures[:n] {
			p.Text(pptx.Box{X: 48 + 219*i, Y: y, W: 207, H: 92}, pptx.Look{Fill: pptx.Sunken, Round: true, Pad: 14, Middle: true, Name: "Figure"},
				pptx.Paragraph{Runs: []pptx.Run{{Text: f.Label, Size: 12, Color: pptx.Ink2}}}, pptx.Paragraph{Runs: []pptx.Run{{Text: f.Value, Size: 28, Bold: true, Color: pptx.Brand}}})
		}
		y += 112
	}
	if x.Proof.Kind == proof.Testimonial || x.Proof.Kind == proof.Expert {
		p.Rect(pptx.Box{X: 48, Y: y, W: 6, H: 250}, pptx.Brand)
		p.Text(pptx.Box{X: 72, Y: y, W: 840, H: 250}, pptx.Look{Size: 24, Middle: true}, pptx.Paragraph{Runs: []pptx.Run{{Text: "“" + quote + "”", Italic: true}}, After: 10}, pptx.Paragraph{Runs: []pptx.Run{{Text: x.SayText(s.l), Size: 16, Bold: true}}})
	} else {
		s.words(p, pptx.Box{X: 48, Y: y, W: 864, H: 440 - y}, quote)
		p.Text(pptx.Box{X: 48, Y: 446, W: 864, H: 36}, pptx.Look{Size: 12, Color: pptx.Ink2}, pptx.Paragraph{Runs: []pptx.Run{{Text: x.SayText(s.l), Link: x.Proof.Link}}})
	}
	if x.Body != "" {
		p.Notes(x.Body)
	}
}

func (s *slides) offer(x Section) {
	p := s.page(x.Title)
	s.words(p, pptx.Box{X: 48, Y: 104, W: 540, H: 380}, x.Body)
	list := []pptx.Paragraph{}
	if t := x.PriceText(s.l); t != "" {
		list = append(list, pptx.Paragraph{Runs: []pptx.Run{{Text: t, Size: 20, Bold: true, Color: pptx.Brand}}, After: 8})
	}
	list = append(list, pptx.Paragraph{Runs: []pptx.Run{{Text: x.UntilText(s.l), Bold: true}}, After: 10})
	for _, t := range x.LimitTexts(s.l) {
		list = append(list, pptx.Paragraph{Bullet: true, Runs: []pptx.Run{{Text: t}}, After: 6})
	}
	p.Text(pptx.Box{X: 612, Y: 104, W: 300, H: 380}, pptx.Look{Fill: pptx.Sunken, Round: true, Pad: 18, Size: 14}, list...)
}

// facesEach is how many talents a slide bears.
const facesEach = 7

func (s *slides) lineUp(x Section) {
	l := s.l
	var rows [][]pptx.Cell
	for _, f := range x.Faces {
		rows = append(rows, []pptx.Cell{{Text: f.Name, Note: f.FaceText(l), Bold: true}, {Text: f.FollowersText(l)}, {Text: f.ERText(l)}})
	}
	cols := []pptx.Column{{Head: l.T("deck.col.talent"), Width: 5}, {Head: l.T("deck.col.followers"), Width: 2, Right: true}, {Head: l.T("deck.col.er"), Width: 2, Right: true}}
	for i := 0; i < len(rows); i += facesEach {
		p := s.page(x.Title)
		y := 100
		if x.Body != "" && i == 0 {
			p.Text(pptx.Box{X: 48, Y: y, W: 864, H: 40}, pptx.Look{Size: 14, Color: pptx.Ink2}, pptx.P(x.Body))
			y += 48
		}
		p.Table(pptx.Box{X: 48, Y: y, W: 864, H: 0}, pptx.Table{Columns: cols, Rows: rows[i:min(i+facesEach, len(rows))], Size: 14})
	}
}

func (s *slides) plan(x Section) {
	l, sides := s.l, x.Plan.Sides()
	p := s.page(x.Title)
	c := pptx.Chart{Kind: pptx.Columns, Title: l.T("deck.plan.reach"), Labels: true, Series: []pptx.Series{{Name: l.T("deck.plan.reach"), Points: []pptx.Color{pptx.Brand, pptx.Second}}}}
	var rows [][]pptx.Cell
	for _, side := range sides {
		c.Names = append(c.Names, l.T("deck.side."+side.Key))
		c.Series[0].Values = append(c.Series[0].Values, pptx.Number{N: side.Reach})
		mark := ""
		if side.Guessed {
			mark = l.T("deck.plan.guessed")
		}
		rows = append(rows, []pptx.Cell{{Text: l.T("deck.side." + side.Key), Note: side.Risk, Bold: true}, {Text: l.Short(side.Reach), Note: mark}, {Text: side.ThousandText(l)}})
	}
	p.Text(pptx.Box{X: 48, Y: 98, W: 864, H: 28}, pptx.Look{Size: 14, Color: pptx.Ink2}, pptx.P(l.T("deck.plan.budget", "amount", l.Money(x.Plan.Budget))))
	p.Chart(pptx.Box{X: 40, Y: 132, W: 380, H: 350}, c)
	p.Table(pptx.Box{X: 440, Y: 140, W: 472, H: 0}, pptx.Table{Size: 13, Columns: []pptx.Column{{Head: l.T("deck.col.plan"), Width: 4}, {Head: l.T("deck.col.reach"), Width: 2, Right: true}, {Head: l.T("deck.col.thousand"), Width: 3, Right: true}}, Rows: rows})
	if x.Body != "" {
		s.words(p, pptx.Box{X: 440, Y: 330, W: 472, H: 150}, x.Body)
	}
	for _, side := range sides {
		s.planLines(x, side)
	}
}

func (s *slides) planLines(x Section, side PlanSide) {
	l := s.l
	var rows [][]pptx.Cell
	for _, line := range side.Lines {
		rows = append(rows, []pptx.Cell{{Text: line.Name, Note: planWhere(l, line)}, {Text: l.Int(line.Reach)}, {Text: line.ReachSourceText(l)}})
	}
	const each = 9
	for i := 0; i < len(rows); i += each {
		s.page(l.T("deck.side."+side.Key)).Table(pptx.Box{X: 48, Y: 104, W: 864, H: 0}, pptx.Table{Size: 13, Rows: rows[i:min(i+each, len(rows))],
			Columns: []pptx.Column{{Head: l.T("deck.col.account"), Width: 4}, {Head: l.T("deck.col.reach"), Width: 2, Right: true}, {Head: l.T("deck.col.source"), Width: 4}}})
	}
}

func planWhere(l *locale.Loc, p PlanLine) string {
	text := ""
	if p.Platform != "" {
		text = l.T("platform." + p.Platform)
	}
	if p.Format != "" {
		if text != "" {
			text += " · "
		}
		text += p.Format
	}
	return text
}
