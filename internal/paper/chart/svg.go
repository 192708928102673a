package chart

import (
	"html"
	"strconv"
	"strings"
)

// SVG paints the drawing for a page: classes and geometry, no style.
func (d Drawing) SVG() string {
	var b strings.Builder
	class, prefix := "chart", "ch-"
	extra := ""
	if d.bullet {
		class, prefix, extra = "er-bar is-"+string(d.tone), "er-", ` preserveAspectRatio="none"`
	}
	b.WriteString(`<svg class="` + class + `" viewBox="0 0 ` + num(d.W) + " " + num(d.H) + `"` + extra +
		` role="img" aria-label="` + html.EscapeString(d.Title) + `"><title>` + html.EscapeString(d.Title) + `</title>`)
	for _, s := range d.Shapes {
		s.svg(&b, prefix)
	}
	b.WriteString("</svg>")
	return b.String()
}

func (s Shape) svg(b *strings.Builder, prefix string) {
	class := ` class="` + prefix + string(s.Role)
	if s.Tone != "" {
		class += " is-" + string(s.Tone)
	}
	switch s.Kind {
	case Rect:
		b.WriteString("<rect" + class + `"` + attr("x", s.X) + attr("y", s.Y) + attr("width", s.W) + attr("height", s.H))
		if s.R > 0 {
			b.WriteString(attr("rx", s.R))
		}
		b.WriteString("/>")
	case Round:
		b.WriteString("<circle" + class + `"` + attr("cx", s.X) + attr("cy", s.Y) + attr("r", s.R) + "/>")
	case Stroke, Shade:
		name := "polyline"
		if s.Kind == Shade {
			name = "polygon"
		}
		b.WriteString("<" + name + class + `" points="`)
		for i, p := range s.Points {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(num(p.X) + "," + num(p.Y))
		}
		b.WriteString(`"/>`)
	case Text:
		b.WriteString("<text" + class + `"` + attr("x", s.X) + attr("y", s.Y) + attr("font-size", s.Size) +
			` text-anchor="` + [...]string{"start", "middle", "end"}[s.Anchor] + `">` + html.EscapeString(s.Text) + "</text>")
	}
}

// TableHTML is the figures as a table, for readers who do not see the drawing; class is
// the table's, such as one that hides it from sight.
func (d Drawing) TableHTML(class string) string {
	var b strings.Builder
	b.WriteString(`<table class="` + html.EscapeString(class) + `"><caption>` + html.EscapeString(d.Title) + "</caption><thead><tr>")
	for _, h := range d.Data.Head {
		if h == "" { // an empty head cell is no head
			b.WriteString("<td></td>")
			continue
		}
		b.WriteString(`<th scope="col">` + html.EscapeString(h) + "</th>")
	}
	b.WriteString("</tr></thead><tbody>")
	for _, row := range d.Data.Rows {
		b.WriteString("<tr>")
		for i, cell := range row {
			if i == 0 {
				b.WriteString(`<th scope="row">` + html.EscapeString(cell) + "</th>")
				continue
			}
			b.WriteString("<td>" + html.EscapeString(cell) + "</td>")
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</tbody></table>")
	return b.String()
}

func attr(name string, v float64) string { return " " + name + `="` + num(v) + `"` }

// num writes a coordinate with at most two decimals.
func num(v float64) string {
	s := strings.TrimRight(strconv.FormatFloat(finite(v), 'f', 2, 64), "0")
	if s = strings.TrimSuffix(s, "."); s == "-0" {
		return "0"
	}
	return s
}
