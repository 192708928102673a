package paper

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"kolega/internal/paper/chart"
)

var stamp = time.Date(2026, 11, 23, 8, 42, 0, 0, time.UTC)

// report is a document with every kind of block.
func report(rows int) *PDF {
	p := NewPDF(Meta{Title: "Laporan Two-Way Cake", Lang: "id", Author: "Selaras Kreatif", Footer: "Melati Glow · Peluncuran Two-Way Cake Filipina · versi 1", Created: stamp})
	p.Cover("Laporan campaign", "Peluncuran Two-Way Cake di Filipina", "Melati Glow · 2 Nov – 12 Des 2026 · disusun 14 Des 2026", nil)
	p.KeyFigures(
		Figure{"Sudah tayang", "21", "/ 21", "semua sesuai rencana", chart.Good},
		Figure{"ER tertimbang", "4,8%", "target 5,0%", "0,2 poin di bawah", chart.Bad},
		Figure{"Jangkauan", "3,4 jt", "", "dari 9 talent", ""},
		Figure{"Biaya per interaksi", "Rp 1.640", "", "turun 12%", chart.Good},
	)
	p.Heading("Ringkasan")
	p.Paragraph("Sembilan talent menayangkan 21 konten dalam enam minggu. Video tutorial mendapat jangkauan terbesar; tiga konten pertama disimpan dua kali lebih sering daripada rata-rata merek pada platform yang sama.")
	p.Chart(chart.Bars("Jangkauan per talent", 640, []chart.Bar{
		{Label: "Trish Villanueva", Value: 528, Text: "528 rb", Tone: chart.Brand}, {Label: "Bea Santillan", Value: 412, Text: "412 rb", Tone: chart.Brand}, {Label: "Paolo Bautista", Value: 211, Text: "211 rb", Tone: chart.Bad}, {Label: "Mika Delos Reyes", Value: 186, Text: "186 rb", Tone: chart.Plain},
	}))
	p.Heading("Konten")
	list := []Row{{Cells: []string{"Perlu perhatian"}, Group: true}}
	for i := range rows {
		list = append(list, Row{
			Cells: []string{fmt.Sprintf("Bea Santillan %d", i+1), "1 TikTok · 2 Story", fmt.Sprintf("%d.412", i+1), "5,6%", "Rp 12.500.000"},
			Notes: []string{"@beasantillan · 412 rb"}, Tones: []chart.Tone{"", "", "", chart.Good},
		})
	}
	list = append(list, Row{Cells: []string{"Jumlah", "", "3.412.000", "4,8%", "Rp 268.000.000"}, Total: true})
	p.Table([]Column{{"Talent", 2, false}, {"Deliverable", 2, false}, {"Jangkauan", 1.2, true}, {"ER", 0.8, true}, {"Biaya", 1.5, true}}, list)
	p.Totals(Sum{"DPP", "Rp 100.000.000", false}, Sum{"DPP nilai lain (11/12)", "Rp 91.666.667", false}, Sum{"PPN 12%", "Rp 11.000.000", false}, Sum{"Jumlah dibayar", "Rp 109.000.000", true})
	p.Box(chart.Brand, "Pembayaran", "BCA 123 456 7890 a.n. PT Selaras Kreatif Nusantara\nCantumkan nomor INV/2026/XI/0042.")
	p.Chart(chart.Line("Interaksi per hari", 640, 160, chart.Brand, []chart.Sample{{Label: "2 Nov", Value: 10, Text: "10"}, {Label: "3 Nov", Value: 40, Text: "40"}, {Label: "4 Nov", Value: 25, Text: "25"}, {Label: "5 Nov", Value: 0, Text: "", Gap: true}, {Label: "6 Nov", Value: 60, Text: "60"}, {Label: "7 Nov", Value: 80, Text: "80 rb"}}))
	p.Chart(chart.Stacked("Anggaran", 640, []chart.Part{{Label: "Talent", Value: 268, Text: "Rp 268 jt", Tone: chart.Brand}, {Label: "Media", Value: 80, Text: "Rp 80 jt", Tone: chart.Info}, {Label: "Produksi", Value: 20, Text: "Rp 20 jt", Tone: chart.Wait}}))
	p.Facts(Fact{"Rumus ER", "(likes + comments + saves + shares) ÷ reach"}, Fact{"Terbilang", "Seratus sembilan juta rupiah"})
	p.Signatures(Signature{"Pihak pertama", "Rani Kusuma", "Meterai Rp10.000"}, Signature{"Pihak kedua", "Dewi Anggraini", ""})
	return p
}

func render(t *testing.T, p *PDF) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := p.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPDF_SameInputGivesSameBytes(t *testing.T) {
	a, b := render(t, report(40)), render(t, report(40))
	if sha256.Sum256(a) != sha256.Sum256(b) {
		t.Fatal("two makings differ")
	}
	if !bytes.HasPrefix(a, []byte("%PDF-1.")) || len(a) > 200_000 {
		t.Fatalf("%d bytes", len(a))
	}
	if out := os.Getenv("PAPER_OUT"); out != "" {
		if err := os.WriteFile(out, a, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestPDF_RowsAreNeverCutAndHeadsRepeat(t *testing.T) {
	p := NewPDF(Meta{Title: "x", Lang: "en", Created: stamp})
	cols := []Column{{Head: "A"}, {Head: "B", Right: true}}
	var rows []Row
	for i := range 120 {
		rows = append(rows, Row{Cells: []string{strings.Repeat("word ", i%40), "1"}, Notes: []string{"note"}})
	}
	before := p.f.PageNo()
	for _, r := range rows {
		widths := columnWidths(cols)
		l := p.layRow(cols, widths, r)
		if l.height > bodyEnd-marginTop-headLine {
			t.Fatal("the test's rows fit a page")
		}
	}
	p.Table(cols, rows)
	if y := p.f.GetY(); y > bodyEnd+5.1 {
		t.Errorf("the last row ends at %v", y)
	}
	if p.f.PageNo() <= before {
		t.Error("a long table stayed on one page")
	}
	tall := NewPDF(Meta{Lang: "id", Created: stamp})
	tall.Table(cols, []Row{Cells(strings.Repeat("sangat panjang ", 2000), "1"), Cells("a", "b")})
	if n := tall.f.PageNo(); n < 3 || tall.f.GetY() > bodyEnd+6 {
		t.Errorf("a row taller than a page took %d pages and ended at %v", n, tall.f.GetY())
	}
	render(t, tall)
}

func TestPDF_TakesAnyText(t *testing.T) {
	p := NewPDF(Meta{Title: "𝐁𝐞𝐚 🌸", Lang: "id", Author: "한국", Footer: strings.Repeat("panjang ", 60), Created: stamp})
	for _, s := range []string{"", " ", "\n\n", "🌸", "𝐁𝐞𝐚", "한국어", "a\x00b", "\xff\xfe", strings.Repeat("x", 5000), "(\\)", "\U0010ffff", "￿"} {
		p.Title(s)
		p.Paragraph(s)
		p.KeyFigures(Figure{s, s, s, s, ""})
		p.Facts(Fact{s, s})
		p.Parties(Party{s, s, []string{s}})
		p.Table([]Column{{Head: s}}, []Row{Cells(s), Cells(), {Cells: []string{s}, Group: true}})
		p.Box(chart.Bad, s, s)
	}
	p.Table(nil, nil)
	p.Chart(chart.Drawing{})
	render(t, p)
}

func TestPrintable_KeepsWhatTheTypeCanShow(t *testing.T) {
	for in, want := range map[string]string{
		"Béa – Rp 1.500,00 ₱ “ya”": "Béa – Rp 1.500,00 ₱ “ya”", "𝐁𝐞𝐚 🌸": "Bea", "한": "?", "e\u0301": "é", "a\u200bb": "ab", "a\u2011b": "a-b", "Nguyễn": "Nguyễn",
	} {
		if got := printable(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// glyphs reads which letters a TrueType file has, from its cmap of format 4.
func glyphs(t *testing.T, font []byte) map[rune]bool {
	t.Helper()
	be16 := func(at int) int { return int(font[at])<<8 | int(font[at+1]) }
	be32 := func(at int) int { return be16(at)<<16 | be16(at+2) }
	has := map[rune]bool{}
	for i := range be16(4) {
		record := 12 + 16*i
		if string(font[record:record+4]) != "cmap" {
			continue
		}
		table := be32(record + 8)
		for j := range be16(table + 2) {
			sub := table + be32(table+4+8*j+4)
			if be16(sub) != 4 {
				continue
			}
			segs := be16(sub+6) / 2
			for k := range segs {
				end, start := be16(sub+14+2*k), be16(sub+16+2*segs+2*k)
				for c := start; c <= end && c < 0xffff; c++ {
					has[rune(c)] = true
				}
			}
		}
	}
	return has
}

func TestPrintable_CoversOnlyWhatTheFontsHold(t *testing.T) {
	for name, font := range map[string][]byte{"regular": fontRegular, "semibold": fontSemibold, "bold": fontBold} {
		has := glyphs(t, font)
		if len(has) < 400 {
			t.Fatalf("%s: read only %d letters", name, len(has))
		}
		for _, r := range covered.R16 {
			for x := rune(r.Lo); x <= rune(r.Hi); x++ {
				if !has[x] {
					t.Errorf("%s has no %U", name, x)
				}
			}
		}
	}
}

func TestWrapText_LosesNothing(t *testing.T) {
	measure := func(s string) float64 { return float64(len([]rune(s))) }
	for _, s := range []string{"", "satu dua tiga", strings.Repeat("ab", 50), "a  b\n\nc", "x " + strings.Repeat("é", 33) + " y"} {
		lines := wrapText(s, 10, measure)
		for _, l := range lines {
			if measure(l) > 10 {
				t.Errorf("%q: line %q is too wide", s, l)
			}
		}
		bare := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if bare(strings.Join(lines, "")) != bare(s) {
			t.Errorf("%q became %q", s, lines)
		}
	}
}
