package pptx

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

const (
	xmlHead      = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainSpace    = "http://schemas.openxmlformats.org/presentationml/2006/main"
	drawingSpace = "http://schemas.openxmlformats.org/drawingml/2006/main"
	chartSpace   = "http://schemas.openxmlformats.org/drawingml/2006/chart"
	office       = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packages     = "http://schemas.openxmlformats.org/package/2006/"
	coreKind     = "application/vnd.openxmlformats-package.core-properties+xml"
	slideKind    = "application/vnd.openxmlformats-officedocument.presentationml."
	drawingKind  = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
	sheetKind    = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	spaces       = ` xmlns:a="` + drawingSpace + `" xmlns:r="` + office + `" xmlns:p="` + mainSpace + `"`

	firstSlide  = 256        // ids of slides begin here
	firstMaster = 2147483648 // and those of the master and layouts here
)

type part struct {
	name   string
	kind   string // content type; empty when the ending says it
	text   []byte
	packed bool
}

// parts are the whole package, the list of content types first.
func (d *Deck) parts() []part {
	if d.Filled() {
		return d.filledParts()
	}
	list := []part{
		{name: "_rels/.rels", text: rels([]rel{{"officeDocument", "ppt/presentation.xml", false}, {"extended-properties", "docProps/app.xml", false}, {"core", "docProps/core.xml", false}})},
		{name: "docProps/core.xml", kind: coreKind, text: d.core()},
		{name: "docProps/app.xml", kind: "application/vnd.openxmlformats-officedocument.extended-properties+xml", text: fmt.Appendf(nil,
			`%s<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Kolega</Application><Slides>%d</Slides></Properties>`, xmlHead, len(d.slides))},
		{name: "ppt/presentation.xml", kind: slideKind + "presentation.main+xml", text: d.presentation()},
		{name: "ppt/_rels/presentation.xml.rels", text: rels(d.presentationRels())},
		{name: "ppt/theme/theme1.xml", kind: "application/vnd.openxmlformats-officedocument.theme+xml", text: d.theme.xml()},
		{name: "ppt/slideMasters/slideMaster1.xml", kind: slideKind + "slideMaster+xml", text: d.master()},
		{name: "ppt/slideMasters/_rels/slideMaster1.xml.rels", text: rels(masterRels())},
	}
	for i := range layouts {
		links := []rel{{"slideMaster", "../slideMasters/slideMaster1.xml", false}}
		if d.logo >= 0 {
			links = append(links, rel{"image", "../media/" + d.media[d.logo].name, false})
		}
		list = append(list, part{name: fmt.Sprintf("ppt/slideLayouts/slideLayout%d.xml", i+1), kind: slideKind + "slideLayout+xml", text: d.layout(Layout(i))},
			part{name: fmt.Sprintf("ppt/slideLayouts/_rels/slideLayout%d.xml.rels", i+1), text: rels(links)})
	}
	for i, s := range d.slides {
		list = append(list, s.parts(i)...)
	}
	list = d.extras(append(list, d.notesMaster()...))
	return append([]part{{name: "[Content_Types].xml", text: types(list, nil)}}, list...)
}

// own is the front of the names of our parts in somebody's template, where theirs have the
// plain names.
func (d *Deck) own() string {
	if d.Filled() {
		return "kolega-"
	}
	return ""
}

// extras adds the charts with their workbooks, and the pictures.
func (d *Deck) extras(list []part) []part {
	for i, c := range d.charts {
		book := fmt.Sprintf("%sworkbook%d.xlsx", d.own(), i+1)
		list = append(list, part{name: fmt.Sprintf("ppt/charts/%schart%d.xml", d.own(), i+1), kind: drawingKind, text: c.text},
			part{name: fmt.Sprintf("ppt/charts/_rels/%schart%d.xml.rels", d.own(), i+1), text: rels([]rel{{"package", "../embeddings/" + book, false}})},
			part{name: "ppt/embeddings/" + book, text: c.sheet, packed: true})
	}
	for _, m := range d.media {
		list = append(list, part{name: "ppt/media/" + m.name, text: m.data, packed: true})
	}
	return list
}

// endings are the content types by ending, in the order in which they are written.
var endings = [][2]string{{"rels", "application/vnd.openxmlformats-package.relationships+xml"}, {"xml", "application/xml"}, {"png", "image/png"}, {"jpeg", "image/jpeg"}, {"xlsx", sheetKind}}

// types is the list of content types: by ending, and by name for the rest. others are the
// endings of a template.
func types(list []part, others map[string]string) []byte {
	out := fmt.Appendf(nil, `%s<Types xmlns="%scontent-types">`, xmlHead, packages)
	all := slices.Clone(endings)
	for _, end := range slices.Sorted(maps.Keys(others)) {
		if !slices.ContainsFunc(endings, func(e [2]string) bool { return e[0] == end }) {
			all = append(all, [2]string{end, others[end]})
		}
	}
	for _, e := range all {
		out = fmt.Appendf(out, `<Default Extension="%s" ContentType="%s"/>`, escape(e[0]), escape(e[1]))
	}
	for _, p := range list {
		if p.kind != "" {
			out = fmt.Appendf(out, `<Override PartName="/%s" ContentType="%s"/>`, p.name, p.kind)
		}
	}
	return append(out, `</Types>`...)
}

type rel struct {
	kind, target string
	outside      bool
}

func rels(list []rel) []byte {
	out := fmt.Appendf(nil, `%s<Relationships xmlns="%srelationships">`, xmlHead, packages)
	for i, l := range list {
		kind := office + "/" + l.kind
		if l.kind == "core" {
			kind = packages + "relationships/metadata/core-properties"
		}
		mode := ""
		if l.outside {
			mode = ` TargetMode="External"`
		}
		out = fmt.Appendf(out, `<Relationship Id="rId%d" Type="%s" Target="%s"%s/>`, i+1, kind, escape(l.target), mode)
	}
	return append(out, `</Relationships>`...)
}

func (d *Deck) core() []byte {
	at := d.meta.Made.UTC().Format("2006-01-02T15:04:05Z")
	return fmt.Appendf(nil, `%s<cp:coreProperties xmlns:cp="%smetadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`+
		`<dc:title>%s</dc:title><dc:creator>%s</dc:creator><cp:lastModifiedBy>%s</cp:lastModifiedBy><dcterms:created xsi:type="dcterms:W3CDTF">%s</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">%s</dcterms:modified><dc:language>%s</dc:language></cp:coreProperties>`,
		xmlHead, packages, escape(d.meta.Title), escape(d.meta.Author), escape(d.meta.Author), at, at, d.meta.tag())
}

func (d *Deck) presentation() []byte {
	var slides strings.Builder
	for i := range d.slides {
		fmt.Fprintf(&slides, `<p:sldId id="%d" r:id="rId%d"/>`, firstSlide+i, 3+i)
	}
	notes := ""
	if d.hasNotes() {
		notes = fmt.Sprintf(`<p:notesMasterIdLst><p:notesMasterId r:id="rId%d"/></p:notesMasterIdLst>`, 3+len(d.slides))
	}
	return fmt.Appendf(nil, `%s<p:presentation%s><p:sldMasterIdLst><p:sldMasterId id="%d" r:id="rId1"/></p:sldMasterIdLst>%s<p:sldIdLst>%s</p:sldIdLst><p:sldSz cx="%d" cy="%d"/><p:notesSz cx="6858000" cy="9144000"/><p:defaultTextStyle>%s</p:defaultTextStyle></p:presentation>`,
		xmlHead, spaces, firstMaster, notes, slides.String(), Width*emu, Height*emu, level(14, false, Ink, Left))
}

func (d *Deck) presentationRels() []rel {
	list := []rel{{"slideMaster", "slideMasters/slideMaster1.xml", false}, {"theme", "theme/theme1.xml", false}}
	for i := range d.slides {
		list = append(list, rel{"slide", fmt.Sprintf("slides/slide%d.xml", i+1), false})
	}
	if d.hasNotes() {
		list = append(list, rel{"notesMaster", "notesMasters/notesMaster1.xml", false})
	}
	return list
}

// parts are a slide, its relationships and its notes.
func (s *Slide) parts(i int) []part {
	name := fmt.Sprintf("slide%d.xml", i+1)
	links := []rel{{"slideLayout", s.on(), false}}
	for _, l := range s.links {
		links = append(links, rel(l))
	}
	if s.notes != "" {
		links = append(links, rel{"notesSlide", "../notesSlides/notesSlide" + fmt.Sprint(i+1) + ".xml", false})
	}
	s.foot()
	if t := s.deck.template; t != nil {
		s.body = t.fit(s.layout).place(s.body)
	}
	list := []part{
		{name: "ppt/slides/" + name, kind: slideKind + "slide+xml", text: fmt.Appendf(nil, `%s<p:sld%s><p:cSld>%s</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>`, xmlHead, spaces, tree(string(s.body)))},
		{name: "ppt/slides/_rels/" + name + ".rels", text: rels(links)},
	}
	if s.notes != "" {
		list = append(list, s.notesParts(i)...)
	}
	return list
}

// on is the layout that the slide lies on, as the slide names it.
func (s *Slide) on() string {
	if t := s.deck.template; t != nil {
		return "../" + strings.TrimPrefix(t.layout[s.layout].part, "ppt/")
	}
	return fmt.Sprintf("../slideLayouts/slideLayout%d.xml", s.layout+1)
}

// foot sets the footer and the slide's number, on slides that have a plain head.
func (s *Slide) foot() {
	if s.layout == Cover || s.layout == Section {
		return
	}
	foot, count := `type="ftr" sz="quarter" idx="11"`, `type="sldNum" sz="quarter" idx="12"`
	if t := s.deck.template; t != nil {
		foot, count = t.layout[s.layout].foot, t.layout[s.layout].count
	}
	if f := s.deck.meta.Footer; f != "" && foot != "" {
		s.placed("Footer", foot, f)
	}
	if count == "" {
		return
	}
	id := s.id()
	s.body = fmt.Appendf(s.body, `<p:sp><p:nvSpPr><p:cNvPr id="%d" name="Number %d"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph %s/></p:nvPr></p:nvSpPr><p:spPr/>`+
		`<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="%s"/><a:t>‹#›</a:t></a:fld></a:p></p:txBody></p:sp>`, id, id, count, s.deck.meta.tag())
}

// tree is the shapes of a slide, layout or master.
func tree(shapes string) string {
	return `<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>` + shapes + `</p:spTree>`
}
