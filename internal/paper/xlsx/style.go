package xlsx

import (
	"fmt"
	"strings"
)

// Style is how a cell looks. Colours are RRGGBB, "" for none.
type Style struct {
	Pattern   string // of numbers: "#,##0.00"; "@" is text, "" as it comes
	Bold      bool
	Ink, Fill string
	LineAbove string // its colour
	Wrap      bool
	Middle    bool // else at the top
}

// styles are the styles of a book; a cell names one by its place.
type styles struct{ list []Style }

// Style gives the number of a style, for the cells of this book.
func (b *Book) Style(s Style) int {
	for i, known := range b.styles.list {
		if known == s {
			return i + 1
		}
	}
	b.styles.list = append(b.styles.list, s)
	return len(b.styles.list)
}

const firstPattern = 164 // numbers below are Excel's own

// part is a list of XML elements in which equal ones stand once.
type part struct{ items []string }

func (p *part) place(item string) int {
	for i, known := range p.items {
		if known == item {
			return i
		}
	}
	p.items = append(p.items, item)
	return len(p.items) - 1
}

func (p *part) write(b *strings.Builder, name string) {
	fmt.Fprintf(b, `<%s count="%d">%s</%s>`, name, len(p.items), strings.Join(p.items, ""), name)
}

// xml is styles.xml. The first font, fill, border and format are those of an empty cell.
func (s styles) xml() []byte {
	var patterns, fonts, fills, borders, formats part
	fonts.place(font(Style{}))
	fills.place(`<fill><patternFill patternType="none"/></fill>`)
	fills.place(`<fill><patternFill patternType="gray125"/></fill>`)
	borders.place(border(Style{}))
	formats.place(`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>`)
	for _, one := range s.list {
		number := 0
		switch one.Pattern {
		case "":
		case "@":
			number = 49
		default:
			number = firstPattern + patterns.place(one.Pattern)
		}
		fill := 0
		if one.Fill != "" {
			fill = fills.place(`<fill><patternFill patternType="solid"><fgColor rgb="FF` + one.Fill + `"/></patternFill></fill>`)
		}
		align := "top"
		if one.Middle {
			align = "center"
		}
		wrap := ""
		if one.Wrap {
			wrap = ` wrapText="1"`
		}
		formats.items = append(formats.items, fmt.Sprintf(`<xf numFmtId="%d" fontId="%d" fillId="%d" borderId="%d" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="%s"%s/></xf>`,
			number, fonts.place(font(one)), fill, borders.place(border(one)), align, wrap))
	}
	for i, p := range patterns.items {
		patterns.items[i] = fmt.Sprintf(`<numFmt numFmtId="%d" formatCode="%s"/>`, firstPattern+i, appendText(nil, p))
	}
	var b strings.Builder
	b.WriteString(xmlHead + `<styleSheet xmlns="` + mainSpace + `">`)
	if len(patterns.items) > 0 {
		patterns.write(&b, "numFmts")
	}
	fonts.write(&b, "fonts")
	fills.write(&b, "fills")
	borders.write(&b, "borders")
	b.WriteString(`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>`)
	formats.write(&b, "cellXfs")
	b.WriteString(`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`)
	return []byte(b.String())
}

func font(s Style) string {
	bold, ink := "", ""
	if s.Bold {
		bold = `<b/>`
	}
	if s.Ink != "" {
		ink = `<color rgb="FF` + s.Ink + `"/>`
	}
	return `<font>` + bold + `<sz val="11"/>` + ink + `<name val="Calibri"/><family val="2"/></font>`
}

func border(s Style) string {
	top := `<top/>`
	if s.LineAbove != "" {
		top = `<top style="thin"><color rgb="FF` + s.LineAbove + `"/></top>`
	}
	return `<border><left/><right/>` + top + `<bottom/><diagonal/></border>`
}
