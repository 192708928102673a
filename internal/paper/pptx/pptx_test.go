package pptx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"path"
	"strings"
	"testing"
	"time"

	"kolega/internal/paper/pptx"
	"kolega/internal/paper/xlsx"
	"kolega/internal/testkit"
)

func picture(t *testing.T, w, h int) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		m.Set(i%w, i/w, color.RGBA{uint8(i % w * 255 / w), uint8(i / w * 255 / h), 120, 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// whole is a presentation with one of everything.
func whole(t *testing.T) []byte {
	t.Helper()
	d := pptx.New(pptx.Meta{Title: "Laporan <Ramadan> & \"kawan\"", Author: "Kolega", Lang: "id", Footer: "Wardah · laporan", Made: time.Date(2026, 3, 1, 2, 3, 4, 0, time.UTC)},
		pptx.Theme{Logo: picture(t, 240, 60)})
	s := d.Slide(pptx.Cover)
	s.Title("Exclusive Two Way Cake")
	s.Subtitle("Wardah Beauty · 1–28 Februari 2026")
	s = d.Slide(pptx.Plain)
	s.Title("ER per talent")
	s.Chart(pptx.Box{X: 48, Y: 100, W: 420, H: 380}, pptx.Chart{Kind: pptx.Bars, Title: "ER", Names: []string{"Sari", "Dewi & co", "Rani"}, Digits: 4, Pattern: "0.00%", Labels: true,
		Series: []pptx.Series{{Name: "ER", Values: []pptx.Number{{N: 512}, {N: 431}, {None: true}}, Points: []pptx.Color{pptx.Good, pptx.Bad}}}})
	s.Chart(pptx.Box{X: 492, Y: 100, W: 420, H: 180}, pptx.Chart{Kind: pptx.StackedColumns, Title: "Interaksi", Names: []string{"Sari", "Dewi"}, Legend: true, Labels: true,
		Series: []pptx.Series{{Name: "Suka", Values: []pptx.Number{{N: 1200}, {N: 900}}}, {Name: "Komentar", Color: pptx.Second, Values: []pptx.Number{{N: 120}, {N: 90}}}}})
	s.Chart(pptx.Box{X: 492, Y: 290, W: 210, H: 190}, pptx.Chart{Kind: pptx.Lines, Title: "Minggu", Names: []string{"W1", "W2", "W3"}, Series: []pptx.Series{{Name: "Jangkauan", Values: []pptx.Number{{N: 10}, {None: true}, {N: 30}}}}})
	s.Chart(pptx.Box{X: 702, Y: 290, W: 210, H: 190}, pptx.Chart{Kind: pptx.Columns, Title: "Target", Names: []string{"A", "B"}, Digits: 4, Pattern: "0.0%", Labels: true,
		Series: []pptx.Series{{Name: "ER", Values: []pptx.Number{{N: 300}, {N: 600}}}}, Over: []pptx.Series{{Name: "Target", Color: pptx.Ink, Values: []pptx.Number{{N: 450}, {N: 450}}}}})
	s.Notes("Ceritakan <dulu> minggu pertama.")
	s = d.Slide(pptx.Plain)
	s.Title("Per talent")
	s.Table(pptx.Body, pptx.Table{Last: true, Columns: []pptx.Column{{Head: "Talent", Width: 3}, {Head: "Jangkauan", Right: true}},
		Rows: [][]pptx.Cell{{{Text: "Sari", Note: "@sari · TikTok", Link: "https://www.tiktok.com/@sari?a=1&b=2"}, {Text: "120.000"}}, pptx.Cells("Total", "120.000")}})
	s.Text(pptx.Box{X: 48, Y: 300, W: 300, H: 80}, pptx.Look{Fill: pptx.Sunken, Round: true, Pad: 12, Middle: true}, pptx.P("Dua\nbaris"), pptx.Paragraph{Bullet: true, Runs: []pptx.Run{{Text: "butir\x01", Bold: true}}})
	for _, whole := range []bool{true, false} {
		if err := s.Picture(pptx.Box{X: 400, Y: 300, W: 120, H: 160}, picture(t, 200, 100), "contoh", whole); err != nil {
			t.Fatal(err)
		}
	}
	d.Slide(pptx.Section).Title("Terima kasih")
	d.Slide(pptx.Blank).Rect(pptx.Box{X: 0, Y: 0, W: 10, H: 540}, pptx.Brand)
	var b bytes.Buffer
	if _, err := d.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestDeck_TheSameBytes(t *testing.T) {
	if a, b := whole(t), whole(t); !bytes.Equal(a, b) {
		t.Error("two writings differ")
	}
}

func TestDeck_RefusesWhatIsNoPicture(t *testing.T) {
	if err := pptx.New(pptx.Meta{}, pptx.Theme{}).Slide(pptx.Plain).Picture(pptx.Body, []byte("GIF89a"), "", true); !errors.Is(err, pptx.ErrPicture) {
		t.Errorf("got %v", err)
	}
	var b bytes.Buffer
	if _, err := pptx.New(pptx.Meta{}, pptx.Theme{Logo: []byte("no")}).WriteTo(&b); !errors.Is(err, pptx.ErrPicture) {
		t.Errorf("a logo that is none: %v", err)
	}
}

// TestDeck_EveryPartHolds walks the package: each relationship, id and content type.
func TestDeck_EveryPartHolds(t *testing.T) {
	parts := unzip(t, whole(t))
	kinds := contentTypes(t, parts["[Content_Types].xml"])
	reached := map[string]bool{"[Content_Types].xml": true}
	for name, text := range parts {
		if name != "[Content_Types].xml" && kinds.of(name) == "" {
			t.Errorf("%s has no content type", name)
		}
		if strings.HasSuffix(name, ".rels") {
			reached[name] = true
			for _, to := range targets(t, name, text, parts) {
				reached[to] = true
			}
		}
		if strings.HasSuffix(name, ".xml") {
			checkIDs(t, name, text, parts)
		}
	}
	for name := range parts {
		if !reached[name] {
			t.Errorf("%s: nothing leads to it", name)
		}
	}
	for name := range kinds.names {
		if _, ok := parts[name]; !ok {
			t.Errorf("a content type for %s, which is not there", name)
		}
	}
	if len(parts) < 30 || parts["ppt/charts/chart4.xml"] == nil || parts["ppt/notesSlides/notesSlide2.xml"] == nil {
		t.Errorf("only %d parts", len(parts))
	}
}

func unzip(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string][]byte{}
	for _, f := range r.File {
		if _, twice := parts[f.Name]; twice {
			t.Errorf("%s stands twice", f.Name)
		}
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if parts[f.Name], err = io.ReadAll(in); err != nil {
			t.Fatal(err)
		}
	}
	return parts
}

type types struct{ endings, names map[string]string }

func (k types) of(name string) string {
	if kind := k.names[name]; kind != "" {
		return kind
	}
	if strings.HasSuffix(name, ".xml") {
		return "" // every such part is named
	}
	return k.endings[strings.TrimPrefix(path.Ext(name), ".")]
}

func contentTypes(t *testing.T, text []byte) types {
	t.Helper()
	var doc struct {
		Default []struct {
			Extension   string `xml:"Extension,attr"`
			ContentType string `xml:"ContentType,attr"`
		}
		Override []struct {
			PartName    string `xml:"PartName,attr"`
			ContentType string `xml:"ContentType,attr"`
		}
	}
	if err := xml.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	k := types{map[string]string{}, map[string]string{}}
	for _, d := range doc.Default {
		k.endings[d.Extension] = d.ContentType
	}
	for _, o := range doc.Override {
		k.names[strings.TrimPrefix(o.PartName, "/")] = o.ContentType
	}
	return k
}

type relationships struct {
	Relationship []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
		Mode   string `xml:"TargetMode,attr"`
	}
}

// targets are the parts that a list of relationships leads to; each must be there, and so
// must the part that the list is of.
func targets(t *testing.T, name string, text []byte, parts map[string][]byte) (out []string) {
	t.Helper()
	var doc relationships
	if err := xml.Unmarshal(text, &doc); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	owner := path.Join(path.Dir(path.Dir(name)), strings.TrimSuffix(path.Base(name), ".rels"))
	if owner != "" && name != "_rels/.rels" && parts[owner] == nil {
		t.Errorf("%s is of no part", name)
	}
	seen := map[string]bool{}
	for _, r := range doc.Relationship {
		if seen[r.ID] {
			t.Errorf("%s: id %s twice", name, r.ID)
		}
		seen[r.ID] = true
		if r.Mode == "External" {
			continue
		}
		to := path.Join(path.Dir(owner), r.Target)
		if parts[to] == nil {
			t.Errorf("%s: %s leads to %s, which is not there", name, r.ID, to)
		}
		out = append(out, to)
	}
	return out
}

// checkIDs reads a part: it is well formed, the ids of its shapes are its own, and each
// r:id is a relationship of the part.
func checkIDs(t *testing.T, name string, text []byte, parts map[string][]byte) {
	t.Helper()
	var own relationships
	if list := parts[path.Join(path.Dir(name), "_rels", path.Base(name)+".rels")]; list != nil {
		if err := xml.Unmarshal(list, &own); err != nil {
			t.Fatal(err)
		}
	}
	known := map[string]bool{}
	for _, r := range own.Relationship {
		known[r.ID] = true
	}
	shapes := map[string]bool{}
	for in := xml.NewDecoder(bytes.NewReader(text)); ; {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range start.Attr {
			if strings.HasSuffix(a.Name.Space, "officeDocument/2006/relationships") && !known[a.Value] {
				t.Errorf("%s: %s=%s is no relationship", name, a.Name.Local, a.Value)
			}
			if start.Name.Local == "cNvPr" && a.Name.Local == "id" {
				if shapes[a.Value] {
					t.Errorf("%s: shape id %s twice", name, a.Value)
				}
				shapes[a.Value] = true
			}
		}
	}
}

// TestDeck_AChartHoldsItsWorkbook compares the figures of a chart with those inside.
func TestDeck_AChartHoldsItsWorkbook(t *testing.T) {
	parts := unzip(t, whole(t))
	f, err := xlsx.Open(bytes.NewReader(parts["ppt/embeddings/workbook1.xlsx"]), int64(len(parts["ppt/embeddings/workbook1.xlsx"])))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.Rows(f.Pages[0], 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for {
		_, cells, err := rows.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cells {
			got = append(got, c.Text)
		}
	}
	if want := "ER ER Sari 0.0512 Dewi & co 0.0431 Rani"; strings.Join(got, " ") != want {
		t.Errorf("the workbook says %q, want %q", got, want)
	}
	for _, want := range []string{"<c:v>0.0512</c:v>", "<c:v>0.0431</c:v>", "Data!$B$2:$B$4", "Dewi &amp; co"} {
		if !bytes.Contains(parts["ppt/charts/chart1.xml"], []byte(want)) {
			t.Errorf("the chart has no %s", want)
		}
	}
}

// TestDeck_LibreOfficeOpensIt has the pages painted by a program that is not ours. Name a
// file in KOLEGA_KEEP to look at them.
func TestDeck_LibreOfficeOpensIt(t *testing.T) {
	data := whole(t)
	pdf := testkit.Opened(t, data, "pptx", "pdf")
	if keep := os.Getenv("KOLEGA_KEEP"); keep != "" {
		if err := os.WriteFile(keep, pdf, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	words := testkit.WordsOf(t, pdf)
	if n := strings.Count(words, "\f"); n != 5 {
		t.Errorf("%d pages, want 5", n)
	}
	for _, want := range []string{"Exclusive Two Way Cake", "5.12%", "Dewi & co", "120.000", "@sari · TikTok", "butir", "Terima kasih", "Wardah · laporan"} {
		if !strings.Contains(words, want) {
			t.Errorf("no %q in\n%s", want, words)
		}
	}
}
