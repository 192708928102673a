package report

import (
	"slices"

	"kolega/internal/locale"
	"kolega/internal/paper/pptx"
	"kolega/internal/result"
)

func (s *slides) perTalent() {
	l := s.l
	cols := []pptx.Column{{Head: l.T("report.talent"), Width: 26}, {Head: l.T("report.posts"), Width: 7, Right: true}, {Head: l.T("metric.reach"), Width: 13, Right: true}, {Head: l.T("metric.views"), Width: 13, Right: true},
		{Head: l.T("report.engagements"), Width: 13, Right: true}, {Head: l.T("report.er"), Width: 12, Right: true}}
	if slices.ContainsFunc(s.Talents, func(t Sums) bool { return Compared(l, t) != "" }) {
		cols = append(cols, pptx.Column{Head: l.T("report.compared"), Width: 24})
	}
	var rows [][]pptx.Cell
	row := func(t Sums, name, second string) {
		rows = append(rows, []pptx.Cell{{Text: name, Note: second}, {Text: l.Int(t.Posts)}, {Text: CountText(l, t.Reach), Note: KnownText(l, t.Reach)}, {Text: CountText(l, t.Views), Note: KnownText(l, t.Views)},
			{Text: l.Int(t.Engagements)}, {Text: RateText(l, t.ER()), Note: s.rateMark(l, t), Bold: true, Color: s.tone(true, t)}, {Text: BenchText(l, t), Note: PeersText(l, t)}})
	}
	for _, t := range s.ByRate() {
		row(t, t.Name, handleText(l, t))
	}
	row(s.Total, l.T("report.total"), "")
	s.table(l.T("report.per-talent"), cols, rows, true, tableRows)
}

// best shows the best posts side by side, each with its picture.
func (s *slides) best() {
	list := s.Best(bestPosts)
	if len(list) < 2 {
		return
	}
	p := s.page(s.l.T("report.best"))
	for i, x := range list {
		left := 48 + 296*i
		if data := s.art.Pictures[x.Picture]; len(data) > 0 {
			s.keep(p.Picture(pptx.Box{X: left, Y: 100, W: 272, H: 268}, data, x.Talent, false))
		} else {
			p.Text(pptx.Box{X: left, Y: 100, W: 272, H: 268}, pptx.Look{Fill: pptx.Sunken, Middle: true, Size: 40, Color: pptx.Brand}, pptx.Paragraph{Align: pptx.Center, Runs: []pptx.Run{{Text: RateText(s.l, x.ER()), Bold: true}}})
		}
		p.Text(pptx.Box{X: left, Y: 378, W: 272, H: 108}, pptx.Look{Size: 13, Name: "Post"},
			pptx.Paragraph{Runs: []pptx.Run{{Text: x.Talent, Bold: true, Size: 16, Link: x.URL}}, After: 2},
			pptx.Paragraph{Runs: []pptx.Run{{Text: FormatText(s.l, x.Platform, x.Format) + " · " + s.l.DateShort(x.Day()), Color: pptx.Ink2}}, After: 4},
			pptx.Paragraph{Runs: []pptx.Run{{Text: s.l.T("report.er") + " " + RateText(s.l, x.ER()), Bold: true, Color: s.tonePost(x)}, {Text: "  ·  " + s.l.T("metric.reach") + " " + metricText(s.l, x, result.Reach)}}})
	}
}

func (s *slides) tonePost(p Post) pptx.Color {
	switch {
	case s.TargetBp == 0 || !p.ER().Measurable():
		return pptx.Brand
	case p.ER().AtLeast(s.TargetBp):
		return pptx.Good
	}
	return pptx.Bad
}

func (s *slides) promises() {
	if !s.Promise.Given {
		return
	}
	const each = 5
	for lines := s.Promise.Lines; len(lines) > 0; lines = lines[min(each, len(lines)):] {
		p := s.page(s.l.T("report.guarantee"))
		for i, x := range lines[:min(each, len(lines))] {
			head, text := s.PromiseText(s.l, x)
			tone := pptx.Wait
			switch x.State {
			case result.Met:
				tone = pptx.Good
			case result.Missed:
				tone = pptx.Bad
			}
			y := 100 + 78*i
			p.Rect(pptx.Box{X: 48, Y: y, W: 6, H: 68}, tone)
			p.Text(pptx.Box{X: 54, Y: y, W: 858, H: 68}, pptx.Look{Fill: pptx.Sunken, Pad: 10, Middle: true},
				pptx.Paragraph{Runs: []pptx.Run{{Text: head, Bold: true}}, After: 2}, pptx.Paragraph{Runs: []pptx.Run{{Text: text, Size: 12}}})
		}
	}
}

func (s *slides) prices() {
	var rows [][]pptx.Cell
	for _, x := range s.Prices(s.l) {
		rows = append(rows, []pptx.Cell{{Text: x.Name, Note: x.Formula}, {Text: x.Value, Bold: true}})
	}
	s.table(s.l.T("report.worth"), []pptx.Column{{Head: s.l.T("report.worth-what"), Width: 3}, {Head: s.l.T("report.worth-value"), Right: true}}, rows, false, tableRows)
}

func (s *slides) lessons() {
	if len(s.Learned) == 0 && len(s.Advice) == 0 {
		return
	}
	p := s.page(s.l.T("report.learned"))
	var list []pptx.Paragraph
	for _, t := range s.Learned {
		list = append(list, pptx.Paragraph{Bullet: true, After: 10, Runs: []pptx.Run{{Text: t}}})
	}
	const each = 4
	if len(s.Learned) <= each && len(s.Advice) <= 2 { // both on one slide
		p.Text(pptx.Box{X: 48, Y: 104, W: 864, H: 150}, pptx.Look{Size: 18}, list...)
		p.Text(pptx.Box{X: 48, Y: 256, W: 720, H: 36}, pptx.Look{Size: 26, Middle: true}, pptx.Paragraph{Runs: []pptx.Run{{Text: s.l.T("report.advice"), Bold: true}}})
		for i, a := range s.Advice {
			s.advice(p, pptx.Box{X: 48, Y: 304 + 94*i, W: 864, H: 84}, i+1, a)
		}
		return
	}
	p.Text(pptx.Body, pptx.Look{Size: 18}, list...)
	for n, rest := 0, s.Advice; len(rest) > 0; n, rest = n+each, rest[min(each, len(rest)):] {
		p := s.page(s.l.T("report.advice"))
		for i, a := range rest[:min(each, len(rest))] {
			s.advice(p, pptx.Box{X: 48, Y: 100 + 98*i, W: 864, H: 86}, n+i+1, a)
		}
	}
}

func (s *slides) advice(p *pptx.Slide, b pptx.Box, n int, a Advice) {
	p.Text(b, pptx.Look{Fill: pptx.Sunken, Round: true, Pad: 12, Middle: true},
		pptx.Paragraph{Runs: []pptx.Run{{Text: s.l.T("report.advice-n", "n", n), Bold: true, Color: pptx.Brand, Size: 12}}},
		pptx.Paragraph{Runs: []pptx.Run{{Text: a.Text, Size: 16}}}, pptx.Paragraph{Runs: []pptx.Run{{Text: s.AdviceText(s.l, a), Size: 11, Color: pptx.Ink2}}})
}

// allPosts lists the posts, as many as slides can bear; it says where the rest is.
func (s *slides) allPosts() {
	l := s.l
	cols := []pptx.Column{{Head: l.T("report.post"), Width: 26}, {Head: l.T("report.posted-on"), Width: 12}, {Head: l.T("metric.reach"), Width: 11, Right: true}, {Head: l.T("metric.views"), Width: 11, Right: true},
		{Head: l.T("report.engagements"), Width: 12, Right: true}, {Head: l.T("report.er"), Width: 11, Right: true}}
	shown := s.Posts[:min(len(s.Posts), slidePosts*tableRows)]
	var rows [][]pptx.Cell
	for _, x := range shown {
		engaged, mark := locale.NoFigure, ""
		if x.Source != "" {
			engaged = l.Int(x.Engagements)
			if !x.Verified {
				mark = l.T("report.unverified")
			}
		}
		rows = append(rows, []pptx.Cell{{Text: x.Talent, Note: FormatText(l, x.Platform, x.Format), Link: x.URL}, {Text: l.DateShort(x.Day())}, {Text: metricText(l, x, result.Reach)}, {Text: metricText(l, x, result.Views)},
			{Text: engaged}, {Text: RateText(l, x.ER()), Note: mark}})
	}
	title := l.T("report.all-posts")
	if rest := len(s.Posts) - len(shown); rest > 0 {
		title = l.T("report.first-posts", "n", len(shown), "of", len(s.Posts))
	}
	s.table(title, cols, rows, false, tableRows)
}

// method says how the figures were computed and what is missing.
func (s *slides) method() {
	p := s.page(s.l.T("report.method"))
	words := []pptx.Paragraph{{Runs: []pptx.Run{{Text: s.FormulaText(s.l)}}, After: 6},
		{Runs: []pptx.Run{{Text: s.l.T("report.method-pooled") + " " + s.SourceNote(s.l) + ". " + s.l.T("report.method-age")}}, After: 6}}
	for _, line := range s.SourceLines(s.l) {
		words = append(words, pptx.Paragraph{Runs: []pptx.Run{{Text: line, Size: 11, Color: pptx.Ink2}}, After: 2})
	}
	const most = 10
	if len(s.Missing) == 0 {
		words = append(words, pptx.P(s.l.T("report.missing-none")))
	} else {
		words = append(words, pptx.Paragraph{Runs: []pptx.Run{{Text: s.l.T("report.missing"), Bold: true}}, After: 4})
	}
	for _, m := range s.Missing[:min(most, len(s.Missing))] {
		who, why := MissingText(s.l, m)
		words = append(words, pptx.Paragraph{Bullet: true, Runs: []pptx.Run{{Text: who + ": " + why, Size: 12}}})
	}
	if rest := len(s.Missing) - most; rest > 0 {
		words = append(words, pptx.Paragraph{Runs: []pptx.Run{{Text: s.l.T("report.missing-more", "n", rest), Size: 12}}})
	}
	p.Text(pptx.Body, pptx.Look{Size: 14}, words...)
}
