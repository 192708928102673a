package pptx

import "fmt"

// Color is RRGGBB, or a place in the theme: it changes when somebody changes the theme.
type Color string

// The places of a theme.
const (
	Ink     Color = "tx1"     // words
	Paper   Color = "bg1"     // what words stand on
	Ink2    Color = "tx2"     // quieter words
	Sunken  Color = "bg2"     // quiet fields
	Brand   Color = "accent1" // the agency's or client's colour
	Second  Color = "accent2"
	Good    Color = "accent3"
	Bad     Color = "accent4"
	Wait    Color = "accent5"
	Grey    Color = "accent6"
	noColor Color = ""
)

// Theme is the colours (RRGGBB), typeface and logo of a presentation. What is empty is
// the house's own.
type Theme struct {
	Name    string
	Font    string
	Ink     Color
	Ink2    Color
	Paper   Color
	Sunken  Color
	Brand   Color // words and bars on paper
	Ground  Color // of covers; "" is Brand. Words on it are OnBrand: the caller sees to their contrast
	OnBrand Color // words on Ground
	Second  Color
	Good    Color
	Bad     Color
	Wait    Color
	Grey    Color
	Logo    []byte // PNG or JPEG, at the head of each slide
}

func (t Theme) filled() Theme {
	or := func(c *Color, d Color) {
		if *c == noColor {
			*c = d
		}
	}
	if t.Name == "" {
		t.Name = "Kolega"
	}
	if t.Font == "" {
		t.Font = "Calibri"
	}
	or(&t.Ink, "142121")
	or(&t.Ink2, "596666")
	or(&t.Paper, "FFFFFF")
	or(&t.Sunken, "F2F1EB")
	or(&t.Brand, "00605E")
	or(&t.Ground, t.Brand)
	or(&t.OnBrand, "F8FDFC")
	or(&t.Second, "A54E9B")
	or(&t.Good, "39995B")
	or(&t.Bad, "E14C33")
	or(&t.Wait, "E9AB2B")
	or(&t.Grey, "8B8F88")
	return t
}

// fixed says whether the colour is RRGGBB rather than a place in the theme.
func (c Color) fixed() bool {
	if len(c) != 6 {
		return false
	}
	for _, r := range c {
		if !(r >= '0' && r <= '9' || r >= 'A' && r <= 'F' || r >= 'a' && r <= 'f') {
			return false
		}
	}
	return true
}

// xml is the colour as an element.
func (c Color) xml() string {
	if c.fixed() {
		return `<a:srgbClr val="` + string(c) + `"/>`
	}
	return `<a:schemeClr val="` + string(c) + `"/>`
}

func fill(c Color) string {
	if c == noColor {
		return `<a:noFill/>`
	}
	return `<a:solidFill>` + c.xml() + `</a:solidFill>`
}

// xml is theme1.xml: colours, typeface and the plain styles that the format asks for.
func (t Theme) xml() []byte {
	pair := func(name string, c Color) string {
		return `<a:` + name + `><a:srgbClr val="` + string(c) + `"/></a:` + name + `>`
	}
	colors := pair("dk1", t.Ink) + pair("lt1", t.Paper) + pair("dk2", t.Ink2) + pair("lt2", t.Sunken) + pair("accent1", t.Brand) + pair("accent2", t.Second) +
		pair("accent3", t.Good) + pair("accent4", t.Bad) + pair("accent5", t.Wait) + pair("accent6", t.Grey) + pair("hlink", t.Brand) + pair("folHlink", t.Ink2)
	font := `<a:latin typeface="` + escape(t.Font) + `"/><a:ea typeface=""/><a:cs typeface=""/>`
	const flat = `<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>`
	line := `<a:ln w="6350">` + flat + `</a:ln>`
	effect := `<a:effectStyle><a:effectLst/></a:effectStyle>`
	return fmt.Appendf(nil, `%s<a:theme xmlns:a="%s" name="%s"><a:themeElements><a:clrScheme name="%s">%s</a:clrScheme>`+
		`<a:fontScheme name="%s"><a:majorFont>%s</a:majorFont><a:minorFont>%s</a:minorFont></a:fontScheme>`+
		`<a:fmtScheme name="%s"><a:fillStyleLst>%s</a:fillStyleLst><a:lnStyleLst>%s</a:lnStyleLst><a:effectStyleLst>%s</a:effectStyleLst><a:bgFillStyleLst>%s</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>`,
		xmlHead, drawingSpace, escape(t.Name), escape(t.Name), colors, escape(t.Name), font, font, escape(t.Name), flat+flat+flat, line+line+line, effect+effect+effect, flat+flat+flat)
}
