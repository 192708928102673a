package pitch

import (
	"io"
	"strings"

	"kolega/internal/locale"
	"kolega/internal/paper"
	"kolega/internal/paper/chart"
)

// WritePDF paints the document on A4. The same input gives the same bytes.
func (d Document) WritePDF(w io.Writer, art Art) error {
	l := d.Loc()
	p := paper.NewPDF(paper.Meta{Title: d.Title, Lang: d.Lang, Author: d.Agency, Footer: d.Agency + "  ·  " + d.Title, Created: d.MadeAt, Look: art.Look()})
	p.Cover(l.T("deck.for", "brand", d.Brand), d.Title, d.Agency+" · "+l.DateLong(d.Today), art.Client.Logo)
	for _, s := range d.Sections {
		p.Together(40)
		p.Heading(s.Title)
		s.pdf(p, l)
	}
	_, err := p.WriteTo(w)
	return err
}

func (s Section) pdf(p *paper.PDF, l *locale.Loc) {
	switch s.Kind {
	case KindProof:
		s.proofPDF(p, l)
	case KindFigure:
		p.KeyFigures(paper.Figure{Label: s.Title, Value: s.Value, Note: s.SourceText(l)})
		prose(p, s.Body)
	case KindLineUp:
		prose(p, s.Body)
		var rows []paper.Row
		for _, f := range s.Faces {
			rows = append(rows, paper.Row{Cells: []string{f.Name, f.FollowersText(l), f.ERText(l)}, Notes: []string{f.FaceText(l)}})
		}
		p.Table([]paper.Column{{Head: l.T("deck.col.talent"), Width: 4}, {Head: l.T("deck.col.followers"), Right: true}, {Head: l.T("deck.col.er"), Right: true}}, rows)
	case KindPlans:
		s.planPDF(p, l)
	case KindOffer:
		prose(p, s.Body)
		text := strings.Join(append([]string{s.UntilText(l)}, s.LimitTexts(l)...), "\n")
		head := s.PriceText(l)
		if head == "" {
			head = s.Title
		}
		p.Box(chart.Brand, head, text)
	default:
		prose(p, s.Body)
		if t := s.SourceText(l); t != "" {
			p.Note(t)
		}
		if s.Sheet != nil {
			p.Note(l.T("deck.enclosed", "name", s.Sheet.Name))
		}
	}
}

func prose(p *paper.PDF, text string) {
	for _, line := range lines(text) {
		words, bullet := cutBullet(line)
		if bullet {
			words = "•  " + words
		}
		p.Paragraph(words)
	}
}

// lines are the lines of a text that say something.
func lines(text string) (out []string) {
	for _, l := range strings.Split(text, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// cutBullet tells whether a line is an item of a list, as people type it.
func cutBullet(line string) (string, bool) {
	for _, mark := range []string{"• ", "- ", "* "} {
		if rest, ok := strings.CutPrefix(line, mark); ok {
			return strings.TrimSpace(rest), true
		}
	}
	return line, false
}

func (s Section) proofPDF(p *paper.PDF, l *locale.Loc) {
	prose(p, s.Body)
	if s.Proof == nil {
		return
	}
	if len(s.Proof.Figures) > 0 {
		var list []paper.Figure
		for _, f := range s.Proof.Figures[:min(4, len(s.Proof.Figures))] {
			list = append(list, paper.Figure{Label: f.Label, Value: f.Value})
		}
		p.KeyFigures(list...)
	}
	p.Box(chart.Brand, s.Proof.Title, s.Proof.Body+"\n"+s.SayText(l))
}

func (s Section) planPDF(p *paper.PDF, l *locale.Loc) {
	prose(p, s.Body)
	p.Note(l.T("deck.plan.budget", "amount", l.Money(s.Plan.Budget)))
	p.Chart(s.Plan.Chart(l, 640))
	for _, side := range s.Plan.Sides() {
		p.Strong(l.T("deck.side." + side.Key))
		var rows []paper.Row
		for _, x := range side.Lines {
			rows = append(rows, paper.Row{Cells: []string{x.Name, l.Int(x.Reach), x.ReachSourceText(l)}, Notes: []string{planWhere(l, x)}})
		}
		rows = append(rows, paper.Row{Cells: []string{l.T("deck.plan.sum"), l.Int(side.Reach), l.T("deck.plan.thousand", "amount", side.ThousandText(l))}, Total: true})
		p.Table([]paper.Column{{Head: l.T("deck.col.account"), Width: 3}, {Head: l.T("deck.col.reach"), Width: 1.4, Right: true}, {Head: l.T("deck.col.source"), Width: 3}}, rows)
		if side.Risk != "" {
			p.Note(l.T("deck.plan.risk", "risk", side.Risk))
		}
	}
}
