package pptx

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"kolega/internal/paper/xlsx"
)

// ChartKind is the form of a chart.
type ChartKind int

// The forms.
const (
	Bars    ChartKind = iota // lying, one below the other
	Columns                  // standing
	StackedBars
	StackedColumns
	Lines
)

// Number is N ÷ 10^Digits of its chart; None is a gap.
type Number struct {
	N    int64
	None bool
}

// Series is one row of figures, as many as the chart has names.
type Series struct {
	Name   string
	Values []Number
	Color  Color
	Points []Color // of single figures; may be shorter or empty
}

// Chart is a native chart; its figures are in a workbook inside, so that they can be
// edited.
type Chart struct {
	Kind    ChartKind
	Title   string // read to those who do not see it, and in the workbook
	Names   []string
	Series  []Series
	Over    []Series // drawn as thin lines over columns: a target
	Digits  int      // of all figures: 4 for shares of one
	Pattern string   // of figures: "0.0%", "#,##0"
	Legend  bool
	Labels  bool // figures at the bars
}

type chartPart struct {
	text  []byte
	sheet []byte
}

// Chart sets a chart into a box.
func (s *Slide) Chart(b Box, c Chart) {
	d := s.deck
	if c.Pattern == "" {
		c.Pattern = "#,##0"
	}
	sheet, err := c.workbook(d.meta)
	if err != nil {
		d.err = err
		return
	}
	d.charts = append(d.charts, chartPart{c.xml(), sheet})
	rel := s.rel("chart", fmt.Sprintf("../charts/%schart%d.xml", d.own(), len(d.charts)), false)
	id := s.id()
	s.body = fmt.Appendf(s.body, `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="%d" name="Chart %d" descr="%s"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>%s`+
		`<a:graphic><a:graphicData uri="%s"><c:chart xmlns:c="%s" r:id="%s"/></a:graphicData></a:graphic></p:graphicFrame>`, id, id, escape(c.Title), b.xml("p"), chartSpace, chartSpace, rel)
}

// all are the series with those drawn over them, in the order of the workbook's columns.
func (c Chart) all() []Series { return append(append([]Series(nil), c.Series...), c.Over...) }

const sheetName = "Data"

// workbook holds the chart's figures: names in column A, a series a column.
func (c Chart) workbook(m Meta) ([]byte, error) {
	b := xlsx.New(c.Title, m.Author, m.Made)
	list := c.all()
	widths := make([]float64, 1+len(list))
	for i := range widths {
		widths[i] = 18
	}
	sh := b.Sheet(sheetName, widths, 1)
	head, words, figures := b.Style(xlsx.Style{Bold: true}), b.Style(xlsx.Style{Pattern: "@"}), b.Style(xlsx.Style{Pattern: c.Pattern})
	sh.Begin()
	sh.Text(head, c.Title)
	for _, s := range list {
		sh.Text(head, s.Name)
	}
	sh.End()
	for i, name := range c.Names {
		sh.Begin()
		sh.Text(words, name)
		for _, s := range list {
			if v := s.at(i); v.None {
				sh.Skip()
			} else {
				sh.Decimal(figures, v.N, c.Digits)
			}
		}
		sh.End()
	}
	var out bytes.Buffer
	_, err := b.WriteTo(&out)
	return out.Bytes(), err
}

func (s Series) at(i int) Number {
	if i >= len(s.Values) {
		return Number{None: true}
	}
	return s.Values[i]
}

// decimal writes N ÷ 10^digits exactly.
func decimal(n int64, digits int) string {
	sign := ""
	text := strconv.FormatInt(n, 10)
	if n < 0 {
		sign, text = "-", text[1:]
	}
	if digits <= 0 {
		return sign + text
	}
	if len(text) <= digits {
		text = strings.Repeat("0", digits-len(text)+1) + text
	}
	return sign + text[:len(text)-digits] + "." + text[len(text)-digits:]
}

// words are the chart's words in a colour.
func words(c Color) string {
	return `<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1100">` + fill(c) + `</a:defRPr></a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr>`
}

var small = words(Ink)

func (c Chart) xml() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `%s<c:chartSpace xmlns:c="%s" xmlns:a="%s" xmlns:r="%s"><c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>`, xmlHead, chartSpace, drawingSpace, office)
	switch c.Kind {
	case Lines:
		c.lines(&b, c.Series, 0, c.Labels)
	default:
		c.bars(&b)
		if len(c.Over) > 0 {
			c.lines(&b, c.Over, len(c.Series), false)
		}
	}
	c.axes(&b)
	b.WriteString(`</c:plotArea>`)
	if c.Legend {
		b.WriteString(`<c:legend><c:legendPos val="b"/><c:overlay val="0"/>` + small + `</c:legend>`)
	}
	b.WriteString(`<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>` + small + `<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>`)
	return []byte(b.String())
}

func (c Chart) stacked() bool { return c.Kind == StackedBars || c.Kind == StackedColumns }
func (c Chart) lying() bool   { return c.Kind == Bars || c.Kind == StackedBars }

func (c Chart) bars(b *strings.Builder) {
	dir, group, overlap, gap := "col", "clustered", -10, 60
	if c.lying() {
		dir = "bar"
	}
	if c.stacked() {
		group, overlap = "stacked", 100
	}
	fmt.Fprintf(b, `<c:barChart><c:barDir val="%s"/><c:grouping val="%s"/><c:varyColors val="0"/>`, dir, group)
	for i, s := range c.Series {
		c.head(b, s, i)
		fmt.Fprintf(b, `<c:spPr>%s</c:spPr><c:invertIfNegative val="0"/>`, fill(s.color()))
		for n, p := range s.Points {
			if p != noColor && n < len(c.Names) {
				fmt.Fprintf(b, `<c:dPt><c:idx val="%d"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/><c:spPr>%s</c:spPr></c:dPt>`, n, fill(p))
			}
		}
		c.labels(b, c.Labels, c.place())
		c.data(b, s, i)
		b.WriteString(`</c:ser>`)
	}
	fmt.Fprintf(b, `<c:gapWidth val="%d"/><c:overlap val="%d"/><c:axId val="1001"/><c:axId val="1002"/></c:barChart>`, gap, overlap)
}

func (c Chart) place() string {
	if c.stacked() {
		return "ctr"
	}
	return "outEnd"
}

func (c Chart) lines(b *strings.Builder, list []Series, from int, labels bool) {
	b.WriteString(`<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>`)
	for i, s := range list {
		c.head(b, s, from+i)
		dash, marker := "", `<c:marker><c:symbol val="circle"/><c:size val="6"/><c:spPr>`+fill(s.color())+`</c:spPr></c:marker>`
		if c.Kind != Lines {
			dash, marker = `<a:prstDash val="sysDash"/>`, `<c:marker><c:symbol val="none"/></c:marker>`
		}
		fmt.Fprintf(b, `<c:spPr><a:ln w="25400" cap="rnd">%s%s<a:round/></a:ln></c:spPr>%s`, fill(s.color()), dash, marker)
		c.labels(b, labels, "t")
		c.data(b, s, from+i)
		b.WriteString(`<c:smooth val="0"/></c:ser>`)
	}
	b.WriteString(`<c:marker val="1"/><c:axId val="1001"/><c:axId val="1002"/></c:lineChart>`)
}

func (s Series) color() Color {
	if s.Color == noColor {
		return Brand
	}
	return s.Color
}

// head names a series by its cell of the workbook.
func (c Chart) head(b *strings.Builder, s Series, n int) {
	fmt.Fprintf(b, `<c:ser><c:idx val="%d"/><c:order val="%d"/><c:tx><c:strRef><c:f>%s!$%s$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>%s</c:v></c:pt></c:strCache></c:strRef></c:tx>`,
		n, n, sheetName, xlsx.Column(n+1), escape(s.Name))
}

func (c Chart) labels(b *strings.Builder, show bool, place string) {
	if !show {
		b.WriteString(`<c:dLbls><c:showLegendKey val="0"/><c:showVal val="0"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`)
		return
	}
	look := small
	if c.stacked() {
		look = words(Paper)
	}
	fmt.Fprintf(b, `<c:dLbls><c:numFmt formatCode="%s" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>%s<c:dLblPos val="%s"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`,
		escape(c.Pattern), look, place)
}

// data names the figures by their cells of the workbook, with what they are now.
func (c Chart) data(b *strings.Builder, s Series, n int) {
	last, col := len(c.Names)+1, xlsx.Column(n+1)
	fmt.Fprintf(b, `<c:cat><c:strRef><c:f>%s!$A$2:$A$%d</c:f><c:strCache><c:ptCount val="%d"/>`, sheetName, last, len(c.Names))
	for i, name := range c.Names {
		fmt.Fprintf(b, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, i, escape(name))
	}
	fmt.Fprintf(b, `</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>%s!$%s$2:$%s$%d</c:f><c:numCache><c:formatCode>%s</c:formatCode><c:ptCount val="%d"/>`, sheetName, col, col, last, escape(c.Pattern), len(c.Names))
	for i := range c.Names {
		if v := s.at(i); !v.None {
			fmt.Fprintf(b, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, i, decimal(v.N, c.Digits))
		}
	}
	b.WriteString(`</c:numCache></c:numRef></c:val>`)
}

func (c Chart) axes(b *strings.Builder) {
	names, figures, order := "b", "l", "minMax"
	if c.lying() {
		names, figures, order = "l", "b", "maxMin" // the first name at the top
	}
	hide, grid, cross := "0", `<c:majorGridlines><c:spPr><a:ln w="6350">`+fill(Sunken)+`</a:ln></c:spPr></c:majorGridlines>`, "autoZero"
	if c.Labels { // the figures stand at the bars
		hide, grid = "1", ""
	}
	if c.lying() {
		cross = "max"
	}
	fmt.Fprintf(b, `<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="%s"/></c:scaling><c:delete val="0"/><c:axPos val="%s"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>`+
		`<c:spPr><a:ln w="9525">%s</a:ln></c:spPr>%s<c:crossAx val="1002"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>`, order, names, fill(Sunken), small)
	fmt.Fprintf(b, `<c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="%s"/><c:axPos val="%s"/>%s<c:numFmt formatCode="%s" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>`+
		`<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>%s<c:crossAx val="1001"/><c:crosses val="%s"/><c:crossBetween val="between"/></c:valAx>`, hide, figures, grid, escape(c.Pattern), small, cross)
}
