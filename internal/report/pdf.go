package report

import (
	"io"

	"kolega/internal/locale"
	"kolega/internal/paper"
	"kolega/internal/paper/chart"
	"kolega/internal/result"
	"kolega/internal/worktime"
)

// WritePDF paints the document on A4. The same document gives the same bytes.
func (d Document) WritePDF(w io.Writer, art Art) error {
	l := d.Loc()
	p := paper.NewPDF(paper.Meta{Title: d.Campaign, Lang: d.Lang, Author: d.Agency, Footer: d.Campaign + "  ·  " + d.Title(l), Created: d.MadeAt, Look: art.Look()})
	p.Cover(d.Title(l), d.Campaign, d.Under(l), art.Client.Logo)
	d.keyFigures(p, l)
	if o := d.ObjectiveText(l); o != "" {
		p.Facts(paper.Fact{Label: l.T("report.objective"), Value: o})
	}
	p.Heading(l.T("report.summary"))
	p.Paragraph(d.Summary)
	d.changes(p, l)
	d.rates(p, l)
	d.talents(p, l)
	d.promiseBoxes(p, l)
	d.tree(p, l)
	d.traces(p, l)
	d.best(p, l, art)
	d.worth(p, l)
	d.lessons(p, l)
	p.Heading(l.T("report.all-posts"))
	d.posts(p, l)
	d.method(p, l)
	_, err := p.WriteTo(w)
	return err
}

func (d Document) keyFigures(p *paper.PDF, l *locale.Loc) {
	tone := chart.Tone("")
	if d.TargetBp > 0 && d.Total.ER().Measurable() {
		tone = chart.Bad
		if d.Total.ER().AtLeast(d.TargetBp) {
			tone = chart.Good
		}
	}
	target := ""
	if d.TargetBp > 0 {
		target = l.T("report.of-target", "target", l.Bp(d.TargetBp))
	}
	p.KeyFigures(
		paper.Figure{Label: l.T("report.posted"), Value: l.Int(d.Done.Posted), Of: "/ " + l.Int(d.Done.Planned), Note: l.T("report.on-time", "n", d.Done.OnTime)},
		paper.Figure{Label: l.T("metric.reach"), Value: shortCount(l, d.Total.Reach), Note: KnownText(l, d.Total.Reach)},
		paper.Figure{Label: l.T("report.engagements"), Value: l.Short(d.Total.Engagements), Note: l.T("report.talents", "n", d.Done.Talents)},
		paper.Figure{Label: l.T("report.er"), Value: RateText(l, d.Total.ER()), Of: target, Note: d.RateNote(l), Tone: tone},
	)
}

// toneOf is what a rate means against the target.
func (d Document) toneOf(er result.Ratio) chart.Tone {
	switch {
	case d.TargetBp == 0 || !er.Measurable():
		return ""
	case er.AtLeast(d.TargetBp):
		return chart.Good
	}
	return chart.Bad
}

func shortCount(l *locale.Loc, c Count) string {
	if c.Known == 0 {
		return locale.NoFigure
	}
	return l.Short(c.Value)
}

func (d Document) changes(p *paper.PDF, l *locale.Loc) {
	if d.Number < 2 || len(d.Changes) == 0 {
		return
	}
	p.Heading(l.T("report.changes", "n", d.Number-1))
	rows := make([]paper.Row, len(d.Changes))
	for i, c := range d.Changes {
		what, was, now := ChangeText(l, c)
		rows[i] = paper.Cells(what, was, now)
	}
	p.Table([]paper.Column{{Head: "", Width: 3}, {Head: l.T("report.was"), Right: true}, {Head: l.T("report.now"), Right: true}}, rows)
}

// Rates is the chart of engagement rates, the highest first; empty below two talents.
func (d Document) Rates(l *locale.Loc, width float64) (chart.Drawing, bool) {
	var bars []chart.Bar
	for _, t := range d.ByRate() {
		r := t.ER()
		if !r.Measurable() || len(bars) == chartTalents {
			continue
		}
		tone := chart.Brand
		if d.TargetBp > 0 {
			tone = chart.Bad
			if r.AtLeast(d.TargetBp) {
				tone = chart.Good
			}
		}
		if t.Unverified > 0 {
			tone = chart.Plain
		}
		bars = append(bars, chart.Bar{Label: t.Name, Value: float64(r.Bp()), Text: l.Percent(r.Num, r.Den), Tone: tone})
	}
	title := l.T("report.er-by-talent")
	if d.TargetBp > 0 {
		title = l.T("report.er-by-talent-target", "target", l.Bp(d.TargetBp))
	}
	return chart.BarsTo(title, width, float64(d.TargetBp), bars), len(bars) > 1
}

// layerTones are the colours of actions in a chart, in their order.
var layerTones = []chart.Tone{chart.Brand, chart.Client, chart.Wait, chart.Good, chart.Info, chart.Bad, chart.Plain}

// Layers is the chart of what people did, per talent; empty below two talents.
func (d Document) Layers(l *locale.Loc, width float64) (chart.Drawing, bool) {
	var legend []chart.Part
	for i, a := range d.Actions {
		legend = append(legend, chart.Part{Label: l.T("metric." + string(a)), Tone: layerTones[i%len(layerTones)]})
	}
	var bars []chart.Layered
	for _, t := range d.ByRate() {
		if !t.ER().Measurable() || len(bars) == chartTalents {
			continue
		}
		b := chart.Layered{Label: t.Name, Text: l.Short(t.Engagements)}
		for _, a := range d.Actions {
			part := chart.Part{Text: locale.NoFigure}
			if n, known := d.sumOf(t.ID, a); known {
				part.Value, part.Text = float64(n), l.Int(n)
			}
			b.Parts = append(b.Parts, part)
		}
		bars = append(bars, b)
	}
	return chart.Layers(l.T("report.actions-by-talent"), width, legend, bars), len(bars) > 1
}

func (d Document) rates(p *paper.PDF, l *locale.Loc) {
	if drawing, ok := d.Rates(l, 640); ok {
		p.Space(2)
		p.Chart(drawing)
	}
	if drawing, ok := d.Layers(l, 640); ok {
		p.Chart(drawing)
	}
}

func (d Document) talents(p *paper.PDF, l *locale.Loc) {
	p.Heading(l.T("report.per-talent"))
	cols := []paper.Column{{Head: l.T("report.talent"), Width: 2.6}, {Head: l.T("report.posts"), Width: 0.8, Right: true}, {Head: l.T("metric.reach"), Width: 1.2, Right: true},
		{Head: l.T("metric.views"), Width: 1.2, Right: true}, {Head: l.T("report.engagements"), Width: 1.3, Right: true}, {Head: l.T("report.er"), Width: 1.1, Right: true}}
	var rows []paper.Row
	row := func(t Sums, name, second string) paper.Row {
		r := paper.Cells(name, l.Int(t.Posts), CountText(l, t.Reach), CountText(l, t.Views), l.Int(t.Engagements), RateText(l, t.ER()))
		r.Notes = []string{second, "", KnownText(l, t.Reach), KnownText(l, t.Views), "", d.rateMark(l, t)}
		if c := Compared(l, t); c != "" {
			r.Notes[0] += "\n" + c
		}
		if d.TargetBp > 0 && t.ER().Measurable() {
			tone := chart.Bad
			if t.ER().AtLeast(d.TargetBp) {
				tone = chart.Good
			}
			r.Tones = []chart.Tone{"", "", "", "", "", tone}
		}
		return r
	}
	for _, t := range d.ByRate() {
		rows = append(rows, row(t, t.Name, handleText(l, t)))
	}
	total := row(d.Total, l.T("report.total"), "")
	total.Total = true
	p.Table(cols, append(rows, total))
}

// Compared is how a talent stands to others, in one line.
func Compared(l *locale.Loc, t Sums) string {
	bench, peers := BenchText(l, t), PeersText(l, t)
	if bench != "" && peers != "" {
		return bench + " · " + peers
	}
	return bench + peers
}

func (d Document) rateMark(l *locale.Loc, t Sums) string {
	if t.Unverified > 0 {
		return l.T("report.unverified")
	}
	return ""
}

func handleText(l *locale.Loc, t Sums) string {
	if t.Handle == "" {
		return l.T("platform." + t.Platform)
	}
	return "@" + t.Handle + " · " + l.T("platform."+t.Platform)
}

func (d Document) promiseBoxes(p *paper.PDF, l *locale.Loc) {
	if !d.Promise.Given {
		return
	}
	p.Heading(l.T("report.guarantee"))
	for _, line := range d.Promise.Lines {
		head, text := d.PromiseText(l, line)
		p.Box(promiseTone(line.State), head, text)
	}
}

func promiseTone(s result.State) chart.Tone {
	switch s {
	case result.Met:
		return chart.Good
	case result.Missed:
		return chart.Bad
	}
	return chart.Wait
}

func (d Document) best(p *paper.PDF, l *locale.Loc, art Art) {
	best := d.Best(bestPosts)
	if len(best) < 2 {
		return
	}
	p.Together(100)
	p.Heading(l.T("report.best"))
	list := make([]paper.Pictured, len(best))
	for i, x := range best {
		list[i] = paper.Pictured{Data: art.Pictures[x.Picture], Title: x.Talent, Value: RateText(l, x.ER()), Tone: d.toneOf(x.ER()),
			Note: FormatText(l, x.Platform, x.Format) + " · " + l.DateShort(x.Day()) + " · " + l.T("metric.reach") + " " + metricText(l, x, result.Reach)}
	}
	p.Pictures(list...)
}

func (d Document) worth(p *paper.PDF, l *locale.Loc) {
	prices := d.Prices(l)
	if len(prices) == 0 {
		return
	}
	p.Heading(l.T("report.worth"))
	rows := make([]paper.Row, len(prices))
	for i, x := range prices {
		rows[i] = paper.Row{Cells: []string{x.Name, x.Value}, Notes: []string{x.Formula}}
	}
	p.Table([]paper.Column{{Head: l.T("report.worth-what"), Width: 3}, {Head: l.T("report.worth-value"), Right: true}}, rows)
}

func (d Document) lessons(p *paper.PDF, l *locale.Loc) {
	p.Heading(l.T("report.learned"))
	for _, t := range d.Learned {
		p.Paragraph("•  " + t)
	}
	p.Heading(l.T("report.advice"))
	for i, a := range d.Advice {
		p.Box(chart.Brand, l.T("report.advice-n", "n", i+1), a.Text+withLine(d.AdviceText(l, a)))
	}
}

func withLine(s string) string {
	if s == "" {
		return ""
	}
	return "\n" + s
}

func (d Document) postColumns(l *locale.Loc) []paper.Column {
	return []paper.Column{{Head: l.T("report.post"), Width: 2.6}, {Head: l.T("report.posted-on"), Width: 1.2}, {Head: l.T("metric.reach"), Width: 1.1, Right: true},
		{Head: l.T("metric.views"), Width: 1.1, Right: true}, {Head: l.T("report.engagements"), Width: 1.2, Right: true}, {Head: l.T("report.er"), Width: 1.1, Right: true}}
}

func (d Document) postRows(l *locale.Loc, posts []Post) []paper.Row {
	rows := make([]paper.Row, len(posts))
	for i, x := range posts {
		mark := ""
		if x.Source != "" && !x.Verified {
			mark = l.T("report.unverified")
		}
		late := ""
		if x.Late {
			late = l.T("report.late")
		}
		engagements := locale.NoFigure
		if x.Source != "" {
			engagements = l.Int(x.Engagements)
		}
		rows[i] = paper.Row{Cells: []string{x.Talent, l.DateShort(x.Day()), metricText(l, x, result.Reach), metricText(l, x, result.Views), engagements, RateText(l, x.ER())},
			Notes: []string{FormatText(l, x.Platform, x.Format), late, "", "", "", mark}}
	}
	return rows
}

// Day is the day on which the post went live, in the talent's zone.
func (p Post) Day() worktime.Date {
	zone, err := worktime.Zone(p.Zone)
	if err != nil {
		return worktime.DateOf(p.PostedAt, nil)
	}
	return worktime.DateOf(p.PostedAt, zone)
}

func metricText(l *locale.Loc, p Post, m result.Metric) string {
	n, ok := p.Counts[m]
	if !ok {
		return locale.NoFigure
	}
	return l.Int(n)
}

func (d Document) posts(p *paper.PDF, l *locale.Loc) {
	p.Table(d.postColumns(l), d.postRows(l, d.Posts))
}

// method says how the figures were computed and what is missing.
func (d Document) method(p *paper.PDF, l *locale.Loc) {
	p.Heading(l.T("report.method"))
	p.Paragraph(d.FormulaText(l))
	p.Note(l.T("report.method-pooled") + " " + d.SourceNote(l) + ". " + l.T("report.method-age"))
	for _, line := range d.SourceLines(l) {
		p.Note(line)
	}
	if len(d.Missing) == 0 {
		p.Note(l.T("report.missing-none"))
		return
	}
	p.Strong(l.T("report.missing"))
	facts := make([]paper.Fact, len(d.Missing))
	for i, m := range d.Missing {
		who, why := MissingText(l, m)
		facts[i] = paper.Fact{Label: who, Value: why}
	}
	p.Facts(facts...)
}
