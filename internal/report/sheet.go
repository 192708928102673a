package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/paper"
	"kolega/internal/result"
)

// WriteXLSX writes the workbook: posts as facts, and everything above them as live
// formulas over those cells, so that a reader can follow and recompute every figure.
func (d Document) WriteXLSX(w io.Writer, art Art) error {
	l := d.Loc()
	b := paper.NewBook(d.Campaign, d.Agency, d.MadeAt, l.Zone)
	if look := art.Look(); look.Color != "" {
		b.Dress(look)
	}
	posts := l.T("report.sheet-posts")
	summary := b.Sheet(l.T("report.sheet-summary"), paper.Field{Head: d.Campaign, Width: 38}, paper.Field{Head: d.Title(l), Width: 20, Format: paper.AsInt}, paper.Field{Head: d.Brand, Width: 60})
	s := d.sheetLayout(posts)
	d.sheetSummary(summary, l, s)
	d.sheetTalents(b, l, s)
	d.sheetPosts(b, l, s)
	d.sheetWords(b, l)
	_, err := b.WriteTo(w)
	return err
}

// layout says where the sheet of posts keeps its columns.
type layout struct {
	name    string
	metrics []result.Metric
	first   int // column of the first metric
	engaged int // column of the engagements
	base    int
	last    int // row of the last post
}

func (d Document) sheetLayout(name string) layout {
	s := layout{name: name, first: 6, last: 1 + len(d.Posts)}
	for _, m := range result.Metrics {
		if slices.Contains(d.Actions, m) || m == d.Formula.Base() || slices.ContainsFunc(d.Posts, func(p Post) bool { _, ok := p.Counts[m]; return ok }) {
			s.metrics = append(s.metrics, m)
		}
	}
	s.engaged = s.first + len(s.metrics)
	s.base = s.first + slices.Index(s.metrics, d.Formula.Base())
	return s
}

// column names a whole column of the posts for a formula: 'Postingan'!$G$2:$G$9.
func (s layout) column(n int) string {
	c := columnName(n)
	return fmt.Sprintf("'%s'!$%s$2:$%s$%d", s.name, c, c, max(2, s.last))
}

func columnName(n int) string {
	name := ""
	for n++; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// of is the column of a metric; ok is false when no post has it.
func (s layout) of(m result.Metric) (int, bool) {
	i := slices.Index(s.metrics, m)
	return s.first + i, i >= 0
}

// pooled is sum ÷ sum over posts with a base and a known action, for one talent or for all.
func (s layout) pooled(talentCell string) string {
	base, engaged := s.column(s.base), s.column(s.engaged)
	who := fmt.Sprintf(`%s,">0",%s,">=0"`, base, engaged)
	if talentCell != "" {
		who += "," + s.column(0) + "," + talentCell
	}
	return fmt.Sprintf(`IFERROR(SUMIFS(%s,%s)/SUMIFS(%s,%s),"")`, engaged, who, base, who)
}

func (d Document) sheetSummary(sh *paper.Sheet, l *locale.Loc, s layout) {
	line := func(label string, v any, note string) { sh.Row(label, v, note) }
	line(l.T("report.period"), l.Range(d.From, d.To), "")
	line(l.T("report.posted"), paper.Formula(fmt.Sprintf("COUNTA(%s)", s.column(0))), l.T("report.of-planned", "n", d.Done.Planned))
	for _, m := range []result.Metric{result.Reach, result.Views, result.Impressions} {
		if c, ok := s.of(m); ok {
			line(l.T("metric."+string(m)), paper.Formula("SUM("+s.column(c)+")"), "")
		}
	}
	line(l.T("report.engagements"), paper.Formula("SUM("+s.column(s.engaged)+")"), d.FormulaText(l))
	line(l.T("report.er"), paper.Calc{Formula: paper.Formula(s.pooled("")), Format: paper.AsPercent}, l.T("report.method-pooled"))
	if d.TargetBp > 0 {
		line(l.T("report.er-target"), paper.Bp(d.TargetBp), "")
	}
	if !d.Worth.Paid.None() {
		paid := sh.Next()
		line(l.T("report.paid"), d.Worth.Paid, "")
		d.sheetPrices(sh, l, s, sh.Ref(1, paid))
	}
	d.sheetShare(sh, l, s, "reach-rate", result.Reach, result.Followers)
	d.sheetShare(sh, l, s, "view-through", result.Views, result.Impressions)
	if c, ok := s.of(result.Impressions); ok && !d.EMV.Rate.None() {
		rate := sh.Next()
		line(l.T("report.emv-rate"), d.EMV.Rate, d.EMV.Source)
		line(l.T("figure.emv"), amountCell(d.EMV.Rate, fmt.Sprintf("%s*SUM(%s)/1000", sh.Ref(1, rate), s.column(c))), l.T("figure.emv-source", "rate", d.EMV.Rate, "source", d.EMV.Source))
	}
	for _, p := range d.Promise.Lines {
		head, text := d.PromiseText(l, p)
		line(l.T("report.guarantee"), head, text)
	}
}

// amountCell is a live amount in the currency of another.
func amountCell(like money.Amount, formula string) paper.Calc {
	return paper.Calc{Formula: paper.Formula(`IFERROR(` + formula + `,"")`), Format: paper.AsMoney, Digits: like.Currency.Exponent()}
}

// sheetPrices writes what one of each cost; empty where a post's count is not known, for a
// part of the posts would make it look dearer than it was.
func (d Document) sheetPrices(sh *paper.Sheet, l *locale.Loc, s layout, paid string) {
	price := func(key string, c int, times string) {
		sh.Row(l.T("figure."+key), amountCell(d.Worth.Paid, fmt.Sprintf("IF(COUNT(%s)<COUNTA(%s),\"\",%s%s/SUM(%s))", s.column(c), s.column(0), paid, times, s.column(c))), "")
	}
	price("cpe", s.engaged, "")
	for _, x := range []struct {
		key   string
		of    result.Metric
		times string
	}{{"cpv", result.Views, ""}, {"cpr", result.Reach, "*1000"}, {"cpm", result.Impressions, "*1000"}} {
		if c, ok := s.of(x.of); ok {
			price(x.key, c, x.times)
		}
	}
}

// sheetShare writes a sum over a sum, over the posts that have both counts.
func (d Document) sheetShare(sh *paper.Sheet, l *locale.Loc, s layout, key string, num, den result.Metric) {
	n, okN := s.of(num)
	b, okB := s.of(den)
	if !okN || !okB {
		return
	}
	both := fmt.Sprintf(`%s,">=0",%s,">0"`, s.column(n), s.column(b))
	f := fmt.Sprintf(`IFERROR(SUMIFS(%s,%s)/SUMIFS(%s,%s),"")`, s.column(n), both, s.column(b), both)
	sh.Row(l.T("figure."+key), paper.Calc{Formula: paper.Formula(f), Format: paper.AsPercent}, l.T("figure."+key+"-note"))
}

func (d Document) sheetTalents(b *paper.Book, l *locale.Loc, s layout) {
	sh := b.Sheet(l.T("report.sheet-talents"), paper.Field{Head: l.T("report.talent")}, paper.Field{Head: l.T("report.account")}, paper.Field{Head: l.T("report.posts"), Format: paper.AsInt},
		paper.Field{Head: l.T("metric.reach"), Format: paper.AsInt}, paper.Field{Head: l.T("metric.views"), Format: paper.AsInt},
		paper.Field{Head: l.T("report.engagements"), Format: paper.AsInt}, paper.Field{Head: l.T("report.er"), Format: paper.AsPercent}, paper.Field{Head: l.T("report.compared"), Width: 44})
	sum := func(row, col int, ok bool) any {
		if !ok {
			return nil
		}
		return paper.Formula(fmt.Sprintf("SUMIF(%s,%s,%s)", s.column(0), sh.Ref(0, row), s.column(col)))
	}
	for _, t := range d.Talents {
		row := sh.Next()
		reach, hasReach := s.of(result.Reach)
		views, hasViews := s.of(result.Views)
		sh.Row(t.Name, "@"+t.Handle, paper.Formula(fmt.Sprintf("COUNTIF(%s,%s)", s.column(0), sh.Ref(0, row))),
			sum(row, reach, hasReach), sum(row, views, hasViews), sum(row, s.engaged, true), paper.Formula(s.pooled(sh.Ref(0, row))), Compared(l, t))
	}
}

func (d Document) sheetPosts(b *paper.Book, l *locale.Loc, s layout) {
	fields := []paper.Field{{Head: l.T("report.talent")}, {Head: l.T("report.account")}, {Head: l.T("report.post")}, {Head: l.T("report.link"), Width: 44},
		{Head: l.T("report.posted-on"), Format: paper.AsTime}, {Head: l.T("report.state"), Width: 18}}
	for _, m := range s.metrics {
		fields = append(fields, paper.Field{Head: l.T("metric." + string(m)), Format: paper.AsInt})
	}
	fields = append(fields, paper.Field{Head: l.T("report.engagements"), Format: paper.AsInt}, paper.Field{Head: l.T("report.er"), Format: paper.AsPercent})
	sh := b.Sheet(s.name, fields...)
	for _, p := range d.Posts {
		row := sh.Next()
		cells := []any{p.Talent, "@" + p.Handle, FormatText(l, p.Platform, p.Format), p.URL, p.PostedAt, l.T("report.state." + p.state())}
		for _, m := range s.metrics {
			if n, ok := p.Counts[m]; ok {
				cells = append(cells, n)
			} else {
				cells = append(cells, nil)
			}
		}
		cells = append(cells, paper.Formula(d.engagedFormula(sh, s, row)),
			paper.Formula(`IFERROR(`+sh.Ref(s.engaged, row)+`/`+sh.Ref(s.base, row)+`,"")`))
		sh.Row(cells...)
	}
}

// state is how far the post's numbers are believed, as a key of its word.
func (p Post) state() string {
	switch {
	case p.Source == "":
		return "missing"
	case p.Verified:
		return "verified"
	}
	return "typed"
}

// engagedFormula adds up the counted actions; it is empty when none of them is known.
func (d Document) engagedFormula(sh *paper.Sheet, s layout, row int) string {
	cells := make([]string, len(d.Actions))
	for i, a := range d.Actions {
		c, _ := s.of(a)
		cells[i] = sh.Ref(c, row)
	}
	list := strings.Join(cells, ",")
	return `IF(COUNT(` + list + `)=0,"",SUM(` + list + `))`
}

func (d Document) sheetWords(b *paper.Book, l *locale.Loc) {
	sh := b.Sheet(l.T("report.sheet-words"), paper.Field{Head: l.T("report.part"), Width: 26}, paper.Field{Head: l.T("report.text"), Width: 90})
	sh.Row(l.T("report.summary"), d.Summary)
	for _, t := range d.Learned {
		sh.Row(l.T("report.learned"), t)
	}
	for _, a := range d.Advice {
		sh.Row(l.T("report.advice"), a.Text)
	}
	for _, x := range d.SourceLines(l) {
		sh.Row(l.T("report.method"), x)
	}
	for _, m := range d.Missing {
		who, why := MissingText(l, m)
		sh.Row(l.T("report.missing"), who+": "+why)
	}
	for _, c := range d.Changes {
		what, was, now := ChangeText(l, c)
		sh.Row(l.T("report.changes", "n", d.Number-1), what+": "+was+" → "+now)
	}
}
