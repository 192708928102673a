package pptx

import (
	"fmt"
	"strings"
)

// The places that a layout gives to what stands on each slide.
var (
	titleBox    = Box{48, 30, 720, 52}
	logoBox     = Box{792, 30, 120, 34}
	footerBox   = Box{48, 506, 640, 20}
	numberBox   = Box{840, 506, 72, 20}
	coverTitle  = Box{72, 196, 740, 118}
	coverUnder  = Box{72, 324, 740, 110}
	coverLogo   = Box{72, 72, 190, 56}
	masterBody  = Box{48, 104, 864, 384}
	masterIDs   = []string{"title", "body", "ftr", "sldNum"}
	masterBoxes = []Box{titleBox, masterBody, footerBox, numberBox}
)

// Body is the box below a Plain slide's head.
var Body = masterBody

const colorMap = `<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>`

// place is a placeholder of the master or a layout.
func place(id int, name, ph string, b Box, anchor string, level string, text string) string {
	return fmt.Sprintf(`<p:sp><p:nvSpPr><p:cNvPr id="%d" name="%s"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph %s/></p:nvPr></p:nvSpPr><p:spPr>%s<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>`+
		`<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="%s"><a:normAutofit/></a:bodyPr><a:lstStyle>%s</a:lstStyle><a:p>%s</a:p></p:txBody></p:sp>`, id, name, ph, b.xml("a"), anchor, level, text)
}

func level(size int, bold bool, c Color, a Align) string {
	attrs := ""
	if a != Left {
		attrs = ` algn="` + string(a) + `"`
	}
	b := "0"
	if bold {
		b = "1"
	}
	return fmt.Sprintf(`<a:lvl1pPr marL="0" indent="0"%s><a:buNone/><a:defRPr sz="%d" b="%s">%s<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr></a:lvl1pPr>`, attrs, size*100, b, fill(c))
}

const plainText = `<a:r><a:rPr lang="en-GB"/><a:t>Text</a:t></a:r>`
const numberText = `<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="en-GB"/><a:t>‹#›</a:t></a:fld>`

func (d *Deck) master() []byte {
	var shapes strings.Builder
	levels := []string{level(26, true, Ink, Left), level(14, false, Ink, Left), level(9, false, Ink2, Left), level(9, false, Ink2, Right)}
	texts := []string{plainText, plainText, "", numberText}
	extra := []string{"", ` idx="1"`, ` sz="quarter" idx="3"`, ` sz="quarter" idx="4"`}
	for i, kind := range masterIDs {
		shapes.WriteString(place(i+2, kind, `type="`+kind+`"`+extra[i], masterBoxes[i], "ctr", levels[i], texts[i]))
	}
	var ids strings.Builder
	for i := range layouts {
		fmt.Fprintf(&ids, `<p:sldLayoutId id="%d" r:id="rId%d"/>`, firstMaster+1+i, i+1)
	}
	style := func(size int, bold bool) string { return level(size, bold, Ink, Left) }
	return fmt.Appendf(nil, `%s<p:sldMaster%s><p:cSld><p:bg><p:bgPr>%s<a:effectLst/></p:bgPr></p:bg>%s</p:cSld>%s<p:sldLayoutIdLst>%s</p:sldLayoutIdLst><p:txStyles><p:titleStyle>%s</p:titleStyle><p:bodyStyle>%s</p:bodyStyle><p:otherStyle>%s</p:otherStyle></p:txStyles></p:sldMaster>`,
		xmlHead, spaces, fill(Paper), tree(shapes.String()), colorMap, ids.String(), style(26, true), style(14, false), style(14, false))
}

func masterRels() []rel {
	var list []rel
	for i := range layouts {
		list = append(list, rel{"slideLayout", fmt.Sprintf("../slideLayouts/slideLayout%d.xml", i+1), false})
	}
	return append(list, rel{"theme", "../theme/theme1.xml", false})
}

// layout is what the slides of one kind have in common: where the title stands, the
// logo, the ground.
func (d *Deck) layout(l Layout) []byte {
	var shapes strings.Builder
	ground, kind := "", "titleOnly"
	on := d.theme.OnBrand
	switch l {
	case Cover, Section:
		kind = "cust"
		ground = `<p:bg><p:bgPr>` + fill(d.theme.Ground) + `<a:effectLst/></p:bgPr></p:bg>`
		shapes.WriteString(petals(20, on))
		title, under := coverTitle, coverUnder
		shapes.WriteString(place(2, "Title", `type="title"`, title, "b", level(40, true, on, Left), plainText))
		shapes.WriteString(place(3, "Subtitle", `type="body" idx="1"`, under, "t", level(16, false, on, Left), plainText))
		d.mark(&shapes, 4, coverLogo, on)
	default:
		if l == Plain {
			shapes.WriteString(place(2, "Title", `type="title"`, titleBox, "ctr", level(26, true, Ink, Left), plainText))
		} else {
			kind = "blank"
		}
		shapes.WriteString(place(3, "Footer", `type="ftr" sz="quarter" idx="11"`, footerBox, "ctr", level(9, false, Ink2, Left), ""))
		shapes.WriteString(place(4, "Number", `type="sldNum" sz="quarter" idx="12"`, numberBox, "ctr", level(9, false, Ink2, Right), numberText))
		d.mark(&shapes, 5, logoBox, noColor)
	}
	return fmt.Appendf(nil, `%s<p:sldLayout%s type="%s" preserve="1"><p:cSld name="%s">%s%s</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>`,
		xmlHead, spaces, kind, layouts[l], ground, tree(shapes.String()))
}

// mark sets the logo at the right of its place, on a card where the ground is coloured.
func (d *Deck) mark(b *strings.Builder, id int, box Box, ground Color) {
	if d.logo < 0 {
		return
	}
	held := box.hold(d.media[d.logo].size)
	if ground == noColor {
		held.X = box.X + box.W - held.W
	} else {
		held.X = box.X
		card := Box{held.X - 10, held.Y - 8, held.W + 20, held.H + 16}
		fmt.Fprintf(b, `<p:sp><p:nvSpPr><p:cNvPr id="%d" name="Card"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>%s<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val 10000"/></a:avLst></a:prstGeom>%s<a:ln><a:noFill/></a:ln></p:spPr></p:sp>`,
			id+1, card.xml("a"), fill(Paper))
	}
	b.Write(pictureXML(id, "rId2", d.meta.Author, "", held))
}

// petals are four leaves of the batik at the cover's right edge, drawn as one shape.
func petals(id int, c Color) string {
	const size, side = 4_572_000, 320
	var path strings.Builder
	for turn := range 4 {
		at := func(x, y int) {
			for range turn {
				x, y = side-y, x
			}
			fmt.Fprintf(&path, `<a:pt x="%d" y="%d"/>`, x, y)
		}
		curve := func(points ...[2]int) {
			path.WriteString(`<a:cubicBezTo>`)
			for _, p := range points {
				at(p[0], p[1])
			}
			path.WriteString(`</a:cubicBezTo>`)
		}
		path.WriteString(`<a:moveTo>`)
		at(146, 146)
		path.WriteString(`</a:moveTo>`)
		curve([2]int{75, 142}, [2]int{34, 103}, [2]int{36, 36})
		curve([2]int{103, 34}, [2]int{142, 75}, [2]int{146, 146})
		path.WriteString(`<a:close/>`)
	}
	return fmt.Sprintf(`<p:sp><p:nvSpPr><p:cNvPr id="%d" name="Kawung"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="%d" y="%d"/><a:ext cx="%d" cy="%d"/></a:xfrm>`+
		`<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="%d" h="%d">%s</a:path></a:pathLst></a:custGeom>`+
		`<a:solidFill><a:srgbClr val="%s"><a:alpha val="12000"/></a:srgbClr></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>`,
		id, Width*emu-size*3/4, (Height*emu-size)/2, size, size, side, side, path.String(), c)
}
