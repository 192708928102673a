package report

import (
	"io"

	"kolega/internal/locale"
	"kolega/internal/paper/pptx"
	"kolega/internal/result"
)

// The most of a list that slides show; the workbook has all.
const (
	chartTalents = 12
	tableRows    = 9
	slidePosts   = 4 // slides of posts
)

// slides is a report being laid on slides.
type slides struct {
	Document
	l   *locale.Loc
	art Art
	d   *pptx.Deck
	err error
}

// WritePPTX writes the report as slides that stay editable. The same document and art
// give the same bytes.
func (d Document) WritePPTX(w io.Writer, art Art) error {
	l := d.Loc()
	s := &slides{Document: d, l: l, art: art}
	s.d = pptx.New(pptx.Meta{Title: d.Campaign, Author: d.Agency, Lang: d.Lang, Footer: d.Campaign + "  ·  " + d.Title(l), Made: d.MadeAt}, art.theme(d.Agency))
	s.cover()
	s.summary()
	s.changed()
	s.rates()
	s.actions()
	s.perTalent()
	s.best()
	s.promises()
	s.prices()
	s.lessons()
	s.allPosts()
	s.method()
	if s.err != nil {
		return s.err
	}
	_, err := s.d.WriteTo(w)
	return err
}

func (s *slides) cover() {
	c := s.d.Slide(pptx.Cover)
	c.Title(s.Campaign)
	c.Subtitle(s.Title(s.l) + "\n" + s.Under(s.l))
	if len(s.art.Agency.Logo) == 0 {
		_, on, _ := s.art.Look().Readable()
		c.Text(pptx.Box{X: 72, Y: 78, W: 480, H: 44}, pptx.Look{Size: 16, Color: pptx.Color(on), Middle: true}, pptx.Paragraph{Runs: []pptx.Run{{Text: s.Agency, Bold: true}}})
	}
	if len(s.art.Client.Logo) > 0 {
		c.Text(pptx.Box{X: 752, Y: 64, W: 148, H: 72}, pptx.Look{Fill: pptx.Paper, Round: true})
		s.keep(c.Picture(pptx.Box{X: 762, Y: 72, W: 128, H: 56}, s.art.Client.Logo, s.Client, true))
	}
}

func (s *slides) keep(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *slides) page(title string) *pptx.Slide {
	p := s.d.Slide(pptx.Plain)
	p.Title(title)
	return p
}

// summary has the key figures and what people wrote.
func (s *slides) summary() {
	p := s.page(s.l.T("report.summary"))
	target := ""
	if s.TargetBp > 0 {
		target = s.l.T("report.of-target", "target", s.l.Bp(s.TargetBp))
	}
	for i, f := range []struct{ label, value, note string }{
		{s.l.T("report.posted"), s.l.Int(s.Done.Posted) + " / " + s.l.Int(s.Done.Planned), s.l.T("report.on-time", "n", s.Done.OnTime)},
		{s.l.T("metric.reach"), shortCount(s.l, s.Total.Reach), KnownText(s.l, s.Total.Reach)},
		{s.l.T("report.engagements"), s.l.Short(s.Total.Engagements), s.l.T("report.talents", "n", s.Done.Talents)},
		{s.l.T("report.er"), RateText(s.l, s.Total.ER()), target},
	} {
		p.Text(pptx.Box{X: 48 + 219*i, Y: 104, W: 207, H: 104}, pptx.Look{Fill: pptx.Sunken, Round: true, Pad: 14, Middle: true, Name: "Figure"},
			pptx.Paragraph{Runs: []pptx.Run{{Text: f.label, Size: 12, Color: pptx.Ink2}}},
			pptx.Paragraph{Runs: []pptx.Run{{Text: f.value, Size: 28, Bold: true, Color: s.tone(i == 3, s.Total)}}},
			pptx.Paragraph{Runs: []pptx.Run{{Text: f.note, Size: 11, Color: pptx.Ink2}}})
	}
	words := []pptx.Paragraph{{Runs: []pptx.Run{{Text: s.Summary, Size: 18}}, After: 10}}
	if o := s.ObjectiveText(s.l); o != "" {
		words = append([]pptx.Paragraph{{Runs: []pptx.Run{{Text: s.l.T("report.objective") + ": ", Bold: true}, {Text: o}}, After: 8}}, words...)
	}
	p.Text(pptx.Box{X: 48, Y: 232, W: 864, H: 250}, pptx.Look{Size: 14}, words...)
	p.Notes(s.FormulaText(s.l) + " " + s.l.T("report.method-pooled"))
}

// tone is the colour of a rate against the target.
func (s *slides) tone(rate bool, of Sums) pptx.Color {
	switch er := of.ER(); {
	case !rate || s.TargetBp == 0 || !er.Measurable():
		return pptx.Brand
	case er.AtLeast(s.TargetBp):
		return pptx.Good
	}
	return pptx.Bad
}

func (s *slides) changed() {
	if s.Number < 2 || len(s.Changes) == 0 {
		return
	}
	var rows [][]pptx.Cell
	for _, c := range s.Changes {
		what, was, now := ChangeText(s.l, c)
		rows = append(rows, []pptx.Cell{{Text: what}, {Text: was}, {Text: now, Bold: true}})
	}
	s.table(s.l.T("report.changes", "n", s.Number-1), []pptx.Column{{Head: s.l.T("report.part"), Width: 3}, {Head: s.l.T("report.was"), Right: true}, {Head: s.l.T("report.now"), Right: true}}, rows, false, 12)
}

// table sets rows over as many slides as they need.
func (s *slides) table(title string, cols []pptx.Column, rows [][]pptx.Cell, last bool, each int) {
	for len(rows) > 0 {
		n := min(each, len(rows))
		s.page(title).Table(pptx.Body, pptx.Table{Columns: cols, Rows: rows[:n], Last: last && n == len(rows)})
		rows = rows[n:]
	}
}

// measured are the talents with a rate, the highest first, at most so many.
func (s *slides) measured() (list []Sums) {
	for _, t := range s.ByRate() {
		if t.ER().Measurable() {
			list = append(list, t)
		}
	}
	return list[:min(len(list), chartTalents)]
}

// rates is the chart of engagement rates against the target.
func (s *slides) rates() {
	list := s.measured()
	if len(list) < 2 {
		return
	}
	title := s.l.T("report.er-by-talent")
	if s.TargetBp > 0 {
		title = s.l.T("report.er-by-talent-target", "target", s.l.Bp(s.TargetBp))
	}
	c := pptx.Chart{Kind: pptx.Columns, Title: title, Digits: 4, Pattern: "0.00%", Labels: true, Series: []pptx.Series{{Name: s.l.T("report.er")}}}
	target := pptx.Series{Name: s.l.T("report.er-target"), Color: pptx.Ink}
	for _, t := range list {
		c.Names = append(c.Names, t.Name)
		c.Series[0].Values = append(c.Series[0].Values, pptx.Number{N: t.ER().Bp()})
		color := s.tone(true, t)
		if t.Unverified > 0 {
			color = pptx.Grey
		}
		c.Series[0].Points = append(c.Series[0].Points, color)
		target.Values = append(target.Values, pptx.Number{N: s.TargetBp})
	}
	if s.TargetBp > 0 {
		c.Over = []pptx.Series{target}
	}
	p := s.page(title)
	p.Chart(pptx.Box{X: 40, Y: 92, W: 880, H: 372}, c)
	p.Text(pptx.Box{X: 48, Y: 470, W: 864, H: 30}, pptx.Look{Size: 11, Color: pptx.Ink2}, pptx.P(s.FormulaText(s.l)+" "+s.SourceNote(s.l)+"."))
}

// actions is the chart of what people did, per talent.
func (s *slides) actions() {
	list := s.measured()
	if len(list) < 2 {
		return
	}
	title := s.l.T("report.actions-by-talent")
	c := pptx.Chart{Kind: pptx.StackedBars, Title: title, Legend: true}
	colors := []pptx.Color{pptx.Brand, pptx.Second, pptx.Wait, pptx.Good, pptx.Grey, pptx.Ink2, pptx.Bad}
	for i, a := range s.Actions {
		c.Series = append(c.Series, pptx.Series{Name: s.l.T("metric." + string(a)), Color: colors[i%len(colors)]})
	}
	for _, t := range list {
		c.Names = append(c.Names, t.Name)
		for i, a := range s.Actions {
			sum, known := s.sumOf(t.ID, a)
			c.Series[i].Values = append(c.Series[i].Values, pptx.Number{N: sum, None: !known})
		}
	}
	s.page(title).Chart(pptx.Box{X: 40, Y: 92, W: 880, H: 400}, c)
}

func (d Document) sumOf(talentID string, m result.Metric) (sum int64, known bool) {
	for i := range d.Posts {
		if n, ok := d.Posts[i].Counts[m]; ok && d.Posts[i].TalentID == talentID {
			sum, known = sum+n, true
		}
	}
	return sum, known
}
