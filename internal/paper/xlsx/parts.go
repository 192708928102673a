package xlsx

import (
	"fmt"
	"strings"
)

const (
	xmlHead   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainSpace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	office    = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packages  = "http://schemas.openxmlformats.org/package/2006/"
	sheetKind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

type entry struct {
	name string
	text []byte
}

// parts are all parts but the sheets.
func (b *Book) parts() []entry {
	return []entry{
		{"[Content_Types].xml", b.types()},
		{"_rels/.rels", fmt.Appendf(nil, `%s<Relationships xmlns="%srelationships"><Relationship Id="rId1" Type="%s/officeDocument" Target="xl/workbook.xml"/>`+
			`<Relationship Id="rId2" Type="%srelationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`, xmlHead, packages, office, packages)},
		{"docProps/core.xml", b.core()},
		{"xl/workbook.xml", b.workbook()},
		{"xl/_rels/workbook.xml.rels", b.links()},
		{"xl/styles.xml", b.styles.xml()},
	}
}

func (b *Book) types() []byte {
	out := fmt.Appendf(nil, `%s<Types xmlns="%scontent-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`+
		`<Override PartName="/xl/workbook.xml" ContentType="%ssheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="%sstyles+xml"/>`+
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>`, xmlHead, packages, sheetKind, sheetKind)
	for i := range b.sheets {
		out = fmt.Appendf(out, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, i+1, sheetKind)
	}
	return append(out, `</Types>`...)
}

func (b *Book) core() []byte {
	at := b.made.UTC().Format("2006-01-02T15:04:05Z")
	title, author := appendText(nil, b.title), appendText(nil, b.author)
	return fmt.Appendf(nil, `%s<cp:coreProperties xmlns:cp="%smetadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`+
		`<dc:title>%s</dc:title><dc:creator>%s</dc:creator><cp:lastModifiedBy>%s</cp:lastModifiedBy><dcterms:created xsi:type="dcterms:W3CDTF">%s</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">%s</dcterms:modified></cp:coreProperties>`,
		xmlHead, packages, title, author, author, at, at)
}

// workbook names the sheets and asks for every formula to be reckoned on opening.
func (b *Book) workbook() []byte {
	var sheets strings.Builder
	for i, s := range b.sheets {
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, appendText(nil, s.Name), i+1, i+1)
	}
	return fmt.Appendf(nil, `%s<workbook xmlns="%s" xmlns:r="%s"><bookViews><workbookView/></bookViews><sheets>%s</sheets><calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>`, xmlHead, mainSpace, office, sheets.String())
}

func (b *Book) links() []byte {
	out := fmt.Appendf(nil, `%s<Relationships xmlns="%srelationships">`, xmlHead, packages)
	for i := range b.sheets {
		out = fmt.Appendf(out, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, office, i+1)
	}
	return fmt.Appendf(out, `<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/></Relationships>`, len(b.sheets)+1, office)
}
