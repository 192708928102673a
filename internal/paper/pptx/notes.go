package pptx

import "fmt"

func (d *Deck) hasNotes() bool {
	for _, s := range d.slides {
		if s.notes != "" {
			return true
		}
	}
	return false
}

// notesMaster is what the pages of notes have in common; it has a theme of its own.
func (d *Deck) notesMaster() []part {
	if !d.hasNotes() {
		return nil
	}
	shapes := `<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg" idx="2"/></p:nvPr></p:nvSpPr><p:spPr>` + Box{90, 54, 360, 202}.xml("a") + `<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:sp>` +
		place(3, "Notes", `type="body" sz="quarter" idx="3"`, Box{54, 290, 432, 360}, "t", level(12, false, Ink, Left), plainText)
	text := fmt.Appendf(nil, `%s<p:notesMaster%s><p:cSld><p:bg><p:bgPr>%s<a:effectLst/></p:bgPr></p:bg>%s</p:cSld>%s</p:notesMaster>`, xmlHead, spaces, fill(Paper), tree(shapes), colorMap)
	return []part{
		{name: "ppt/notesMasters/notesMaster1.xml", kind: slideKind + "notesMaster+xml", text: text},
		{name: "ppt/notesMasters/_rels/notesMaster1.xml.rels", text: rels([]rel{{"theme", "../theme/theme2.xml", false}})},
		{name: "ppt/theme/theme2.xml", kind: "application/vnd.openxmlformats-officedocument.theme+xml", text: d.theme.xml()},
	}
}

// notesParts are the page of notes of a slide.
func (s *Slide) notesParts(i int) []part {
	body := s.words(`<a:bodyPr/>`, Look{}, 0, []Paragraph{P(s.notes)})
	shapes := `<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>` +
		`<p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="body" sz="quarter" idx="3"/></p:nvPr></p:nvSpPr><p:spPr/>` + body + `</p:sp>`
	name := fmt.Sprintf("notesSlide%d.xml", i+1)
	return []part{
		{name: "ppt/notesSlides/" + name, kind: slideKind + "notesSlide+xml", text: fmt.Appendf(nil, `%s<p:notes%s><p:cSld>%s</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>`, xmlHead, spaces, tree(shapes))},
		{name: "ppt/notesSlides/_rels/" + name + ".rels", text: rels([]rel{{"notesMaster", "../notesMasters/notesMaster1.xml", false}, {"slide", fmt.Sprintf("../slides/slide%d.xml", i+1), false}})},
	}
}
