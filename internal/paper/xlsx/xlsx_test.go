package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

var made = time.Date(2026, 11, 24, 8, 42, 5, 0, time.FixedZone("WIB", 7*3600))

func written(t testing.TB, b *Book) []byte {
	t.Helper()
	var out bytes.Buffer
	n, err := b.WriteTo(&out)
	if err != nil || n != int64(out.Len()) {
		t.Fatalf("%d bytes of %d, %v", n, out.Len(), err)
	}
	return out.Bytes()
}

// readPage gives the rows of a page, with nothing for those that are not written down.
func readPage(t testing.TB, data []byte, page int) (out [][]Cell, err error) {
	t.Helper()
	f, err := Open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	rows, err := f.Rows(f.Pages[page], 1<<20)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for {
		n, cells, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		for len(out) < n-1 {
			out = append(out, nil)
		}
		out = append(out, append([]Cell(nil), cells...))
	}
}

func sample() *Book {
	b := New("Laporan & <laba>", "Selaras", made)
	s := b.Sheet("Angka", []float64{24, 8.5, 12}, 1)
	head := b.Style(Style{Bold: true, Ink: "F8FDFC", Fill: "00605E", Middle: true, Wrap: true})
	other := b.Sheet("Kata \"&\" <b>", nil, 0)
	s.Begin()
	s.Text(head, "Nama")
	s.Text(head, "Fee")
	s.End()
	other.Begin() // rows of two sheets in turn
	other.Text(b.Style(Style{Pattern: "@", Wrap: true}), "=1+1")
	other.End()
	s.Begin()
	s.Int(b.Style(Style{Pattern: "#,##0"}), 1_500_000)
	s.Decimal(b.Style(Style{Pattern: "#,##0.00"}), -150_050, 2)
	s.Skip()
	s.Decimal(b.Style(Style{Pattern: "0.00%"}), 480, 4)
	s.Day(b.Style(Style{Pattern: "yyyy-mm-dd"}), made)
	s.Time(b.Style(Style{Pattern: "yyyy-mm-dd hh:mm:ss"}), made)
	s.Formula(b.Style(Style{Pattern: "#,##0", Bold: true, LineAbove: "CDCBC2"}), `IF(A2>1,SUM(A2:B2),"<&>")`)
	s.End()
	return b
}

func TestBook_IsWhatExcelizeReads(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(written(t, sample())))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := f.GetSheetList(); !cmp.Equal(got, []string{"Angka", `Kata "&" <b>`}) {
		t.Errorf("sheets %q", got)
	}
	for cell, want := range map[string]string{"A1": "Nama", "A2": "1,500,000", "B2": "-1,500.50", "C2": "", "D2": "4.80%", "E2": "2026-11-24", "F2": "2026-11-24 08:42:05"} {
		if got, err := f.GetCellValue("Angka", cell); err != nil || got != want {
			t.Errorf("%s shows %q, want %q (%v)", cell, got, want, err)
		}
	}
	if got, _ := f.GetCellFormula("Angka", "G2"); got != `IF(A2>1,SUM(A2:B2),"<&>")` {
		t.Errorf("formula %q", got)
	}
	if got, err := f.CalcCellValue("Angka", "G2", excelize.Options{RawCellValue: true}); err != nil || got != "1498499.5" {
		t.Errorf("the formula gives %q, %v", got, err)
	}
	if kind, _ := f.GetCellType(`Kata "&" <b>`, "A1"); kind != excelize.CellTypeInlineString {
		t.Errorf("=1+1 is stored as %v", kind)
	}
	if w, _ := f.GetColWidth("Angka", "B"); w != 8.5 {
		t.Errorf("width %v", w)
	}
	if p, _ := f.GetPanes("Angka"); !p.Freeze || p.YSplit != 1 || p.TopLeftCell != "A2" {
		t.Errorf("panes %+v", p)
	}
	id, _ := f.GetCellStyle("Angka", "A1")
	head, err := f.GetStyle(id)
	if err != nil || !head.Font.Bold || head.Fill.Pattern != 1 || !head.Alignment.WrapText || head.Alignment.Vertical != "center" {
		t.Errorf("the head looks like %+v, %v", head, err)
	}
	for _, colour := range []string{`<fgColor rgb="FF00605E"/>`, `<color rgb="FFF8FDFC"/>`} { // excelize tells none without a theme
		if !strings.Contains(string(sample().styles.xml()), colour) {
			t.Errorf("no %s", colour)
		}
	}
	id, _ = f.GetCellStyle("Angka", "G2")
	if total, err := f.GetStyle(id); err != nil || !total.Font.Bold || len(total.Border) != 1 || total.Border[0].Type != "top" {
		t.Errorf("the total looks like %+v, %v", total, err)
	}
	if p, _ := f.GetDocProps(); p.Title != "Laporan & <laba>" || p.Creator != "Selaras" || p.Created != "2026-11-24T01:42:05Z" {
		t.Errorf("properties %+v", p)
	}
}

func TestBook_SameInputGivesSameBytes(t *testing.T) {
	if !bytes.Equal(written(t, sample()), written(t, sample())) {
		t.Error("two makings differ")
	}
}

func TestBook_AnyTextComesBackToUsAndToExcelize(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text := strings.ToValidUTF8(rapid.OneOf(rapid.String(), rapid.StringMatching(`[_x0-9A-F<>&'"\r\n\t =\x00-\x1f]{0,20}`)).Draw(r, "text"), "\ufffd")
		b := New("", "", made)
		s := b.Sheet("a", nil, 0)
		s.Begin()
		s.Text(0, text)
		s.Text(0, "end")
		s.End()
		data := written(t, b)
		rows, err := readPage(t, data, 0)
		if err != nil || len(rows) != 1 || rows[0][0].Text != text || rows[0][1].Text != "end" {
			r.Fatalf("%q came back as %v, %v", text, rows, err)
		}
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			r.Fatal(err)
		}
		defer f.Close()
		if got, err := f.GetCellValue("a", "A1"); err != nil || got != text {
			r.Fatalf("excelize reads %q as %q, %v", text, got, err)
		}
	})
}

func TestBook_CutsWhatNoCellTakes(t *testing.T) {
	b := New("", "", made)
	s := b.Sheet("a", nil, 0)
	s.Begin()
	s.Text(0, strings.Repeat("🌸", 20_000))
	s.End()
	rows, err := readPage(t, written(t, b), 0)
	if err != nil || rows[0][0].Text != strings.Repeat("🌸", longest/2) {
		t.Errorf("%d bytes, %v", len(rows[0][0].Text), err)
	}
}

// peak runs do and gives the most heap that was in use, in MiB.
func peak(do func(sample func())) float64 {
	runtime.GC()
	var before, m runtime.MemStats
	runtime.ReadMemStats(&before)
	most := uint64(0)
	do(func() {
		runtime.GC()
		runtime.ReadMemStats(&m)
		most = max(most, m.HeapAlloc)
	})
	return float64(most-min(most, before.HeapAlloc)) / (1 << 20)
}

func TestBook_ManyRowsKeepMemoryFlatBothWays(t *testing.T) {
	const rows = 100_000
	var out bytes.Buffer
	used := peak(func(sample func()) {
		b := New("", "", made)
		s := b.Sheet("a", nil, 1)
		for i := range rows {
			s.Begin()
			s.Text(0, fmt.Sprintf("talent %d %x", i, i*7919))
			s.Int(0, int64(i)*1_000_003)
			for j := range 6 {
				s.Decimal(0, int64(i*j*31), 2)
			}
			s.End()
			if i%25_000 == 0 {
				sample()
			}
		}
		sample()
		if _, err := b.WriteTo(&out); err != nil {
			t.Fatal(err)
		}
	})
	if used > 24 {
		t.Errorf("writing held %.1f MiB", used)
	}
	data := out.Bytes()
	count := 0
	used = peak(func(sample func()) {
		f, err := Open(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		page, err := f.Rows(f.Pages[0], 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		for {
			n, cells, err := page.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil || len(cells) != 8 || n != count+1 {
				t.Fatal(n, cells, err)
			}
			if count++; count%25_000 == 0 {
				sample()
			}
		}
	})
	if count != rows || used > 8 {
		t.Errorf("reading %d rows held %.1f MiB", count, used)
	}
}

func TestFile_ReadsWhatExcelizeWrites(t *testing.T) {
	x := excelize.NewFile()
	defer x.Close()
	pct, _ := x.NewStyle(&excelize.Style{NumFmt: 10})
	day, _ := x.NewStyle(&excelize.Style{NumFmt: 14})
	pattern := `[$-421]dd\-mmm\-yyyy" pukul "hh:mm`
	stamp, _ := x.NewStyle(&excelize.Style{CustomNumFmt: &pattern})
	for cell, v := range map[string]any{"A1": "Nama", "C1": "a\nb <&> \u00e9", "A3": 6_281_234_567_890, "B3": 0.048, "C3": true, "D3": 46350, "E3": 46350.5} {
		if err := x.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	_ = x.SetCellFormula("Sheet1", "F3", "A3+1")
	_ = x.SetCellRichText("Sheet1", "G3", []excelize.RichTextRun{{Text: "satu "}, {Text: "dua", Font: &excelize.Font{Bold: true}}})
	_ = x.SetCellStyle("Sheet1", "B3", "B3", pct)
	_ = x.SetCellStyle("Sheet1", "D3", "D3", day)
	_ = x.SetCellStyle("Sheet1", "E3", "E3", stamp)
	_, _ = x.NewSheet("Tersembunyi")
	_ = x.SetSheetVisible("Tersembunyi", false)
	var b bytes.Buffer
	if err := x.Write(&b); err != nil {
		t.Fatal(err)
	}
	rows, err := readPage(t, b.Bytes(), 0)
	if err != nil {
		t.Fatal(err)
	}
	want := [][]Cell{{{Text: "Nama"}, {}, {Text: "a\nb <&> \u00e9"}}, nil,
		{{Text: "6281234567890", Number: true}, {"0.048", true, Percent}, {Text: "1"}, {"46350", true, Day}, {"46350.5", true, Day}, {Look: Plain}, {Text: "satu dua"}}}
	if d := cmp.Diff(want, rows); d != "" {
		t.Error(d)
	}
	f, err := Open(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil || len(f.Pages) != 2 || f.Pages[0].Hidden || !f.Pages[1].Hidden {
		t.Fatalf("pages %+v, %v", f.Pages, err)
	}
	if at, clock, ok := f.Time("46350.5"); !ok || !clock || at.Format("2006-01-02 15:04") != "2026-11-24 12:00" {
		t.Errorf("46350.5 is %v", at)
	}
	for _, bad := range []string{"", "x", "-1", "59", "2958466"} {
		if _, _, ok := f.Time(bad); ok {
			t.Errorf("%q is no day", bad)
		}
	}
}

// archive makes a workbook of the given parts.
func archive(t testing.TB, sheet string, more map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	parts := map[string]string{
		"_rels/.rels":                `<Relationships><Relationship Id="a" Type="x/officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<x:workbook xmlns:x="m" xmlns:r="n"><x:workbookPr date1904="1"/><x:sheets><x:sheet name="a" sheetId="1" r:id="s"/></x:sheets></x:workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="s" Type="x/worksheet" Target="worksheets/one.xml"/><Relationship Id="t" Type="x/sharedStrings" Target="texts.xml"/></Relationships>`,
		"xl/texts.xml":               `<sst><si><t>nol</t></si><si/><si><r><t>sa</t></r><r><t xml:space="preserve">tu </t></r><rPh><t>beside</t></rPh></si></sst>`,
		"xl/worksheets/one.xml":      sheet,
	}
	for name, text := range more {
		parts[name] = text
	}
	for name, text := range parts {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(f, text)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFile_ReadsTheWaysThatProgramsWrite(t *testing.T) {
	for name, c := range map[string]struct {
		sheet string
		want  [][]Cell
	}{
		"no places":            {`<worksheet><sheetData><row><c t="s"><v>2</v></c><c t="s"><v>1</v></c><c><v>1</v></c></row><row><c><v>2</v></c></row></sheetData></worksheet>`, [][]Cell{{{Text: "satu "}, {}, {Text: "1", Number: true}}, {{Text: "2", Number: true}}}},
		"prefixes and a mark":  {"\ufeff<?xml version='1.0' encoding='utf-8'?><x:worksheet><x:sheetData><x:row r='1'><x:c r='B1' t='inlineStr'><x:is><x:t>a</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>", [][]Cell{{{}, {Text: "a"}}}},
		"comments and CDATA":   {`<worksheet><!-- <row> --><sheetData><row><c t="str"><f>A1&gt;2</f><v><![CDATA[a<&]]>b&#x41;_x0042_</v></c></row></sheetData></worksheet>`, [][]Cell{{{Text: "a<&bAB"}}}},
		"empty things":         {`<worksheet><dimension ref="A1:B9"/><sheetData><row r="2"/><row r="4"><c r="B4" s="7"/></row></sheetData></worksheet>`, [][]Cell{nil, nil, nil, {{}, {}}}},
		"no rows":              {`<worksheet><sheetData/></worksheet>`, nil},
		"a sign in attributes": {`<worksheet a="1 > 0"><sheetData><row spans='1:2'><c><v>3</v></c></row></sheetData></worksheet>`, [][]Cell{{{Text: "3", Number: true}}}},
		"old line ends":        {"<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>a\r\nb\rc&#13;</t></is></c></row></sheetData></worksheet>", [][]Cell{{{Text: "a\nb\nc\r"}}}},
	} {
		got, err := readPage(t, archive(t, c.sheet, nil), 0)
		for i := range got {
			if len(got[i]) == 0 {
				got[i] = nil
			}
		}
		if d := cmp.Diff(c.want, got); d != "" || err != nil {
			t.Errorf("%s: %v\n%s", name, err, d)
		}
	}
	f, err := Open(bytes.NewReader(archive(t, "", nil)), int64(len(archive(t, "", nil))))
	if err != nil {
		t.Fatal(err)
	}
	if at, _, ok := f.Time("44888"); !ok || at.Format("2006-01-02") != "2026-11-24" {
		t.Errorf("a day since 1904 is %v", at)
	}
}

func TestFile_RefusesWhatIsNoTable(t *testing.T) {
	for name, c := range map[string]struct {
		sheet string
		want  error
	}{
		"a document type":   {`<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData><row><c><v>&a;</v></c></row></sheetData></worksheet>`, ErrDamaged},
		"an entity":         {`<worksheet><sheetData><row><c><v>&a;</v></c></row></sheetData></worksheet>`, ErrDamaged},
		"no end":            {`<worksheet><sheetData><row><c><v>1`, ErrDamaged},
		"another encoding":  {`<?xml version="1.0" encoding="utf-16"?><worksheet><sheetData/></worksheet>`, ErrDamaged},
		"backward rows":     {`<worksheet><sheetData><row r="2"/><row r="1"/></sheetData></worksheet>`, ErrDamaged},
		"a row beyond all":  {`<worksheet><sheetData><row r="9999999"/></sheetData></worksheet>`, ErrDamaged},
		"a cell beyond all": {`<worksheet><sheetData><row r="1"><c r="ZZZ1"><v>1</v></c></row></sheetData></worksheet>`, ErrDamaged},
		"backward cells":    {`<worksheet><sheetData><row r="1"><c r="B1"><v>1</v></c><c r="A1"/></row></sheetData></worksheet>`, ErrDamaged},
		"no such text":      {`<worksheet><sheetData><row><c t="s"><v>3</v></c></row></sheetData></worksheet>`, ErrDamaged},
		"one long tag":      {`<worksheet><sheetData><row a="` + strings.Repeat("x", longTag+1) + `"/></sheetData></worksheet>`, ErrDamaged},
		"a long row":        {`<worksheet><sheetData><row>` + strings.Repeat(`<c t="s"><v>0</v></c>`, 400_000) + `</row></sheetData></worksheet>`, ErrRow},
	} {
		if _, err := readPage(t, archive(t, c.sheet, map[string]string{"pad": noise(200_000)}), 0); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// noise is text that does not compress, so that growth stays below the bound.
func noise(n int) string {
	b := make([]byte, n)
	x := uint32(1)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x >> 24)
	}
	return string(b)
}

func TestFile_RefusesBombsAndSlips(t *testing.T) {
	many := map[string]string{}
	for i := range MaxParts {
		many[fmt.Sprintf("xl/%d.xml", i)] = ""
	}
	zeros := strings.Repeat(" ", 60<<20)
	lying := archive(t, `<worksheet><sheetData><row/>`+zeros[:5<<20]+`</sheetData></worksheet>`, map[string]string{"pad": noise(200_000)})
	at := bytes.LastIndex(lying, []byte("xl/worksheets/one.xml")) // in the directory at the end
	copy(lying[at-46+24:], []byte{100, 0, 0, 0})                  // a hundred bytes where five million come
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"parts":            {archive(t, "", many), ErrBomb},
		"growth":           {archive(t, zeros, nil), ErrBomb},
		"bytes":            {archive(t, zeros, map[string]string{"xl/b": zeros, "pad": noise(2 << 20)}), ErrBomb},
		"slip":             {archive(t, "", map[string]string{"../../x": ""}), ErrEntry},
		"backslash":        {archive(t, "", map[string]string{`xl\..\..\x`: ""}), ErrEntry},
		"absolute":         {archive(t, "", map[string]string{"/etc/passwd": ""}), ErrEntry},
		"drive":            {archive(t, "", map[string]string{`c:\x`: ""}), ErrEntry},
		"twice":            {archive(t, "", map[string]string{"XL/Workbook.xml": ""}), ErrEntry},
		"no zip":           {[]byte("PK\x03\x04 nothing"), ErrDamaged},
		"no sheet's part":  {archive(t, "", map[string]string{"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="s" Type="x/worksheet" Target="gone.xml"/></Relationships>`}), ErrDamaged},
		"a declared lie":   {lying, ErrDamaged},
		"no relationships": {archive(t, "", map[string]string{"_rels/.rels": ""}), ErrDamaged},
	} {
		start := time.Now()
		_, err := readPage(t, c.data, 0)
		if !errors.Is(err, c.want) && !(name == "a declared lie" && errors.Is(err, ErrBomb)) {
			t.Errorf("%s: %v", name, err)
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

func FuzzFile(f *testing.F) {
	f.Add(`<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c t="inlineStr"><is><t>a&amp;b</t></is></c></row></sheetData></worksheet>`)
	f.Add(`<a b='>'/><![CDATA[x]]><!-- --><?x ?>`)
	f.Fuzz(func(t *testing.T, sheet string) {
		rows, err := readPage(t, archive(t, sheet, nil), 0)
		if err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrBomb) && !errors.Is(err, ErrRow) && !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Fatalf("%v after %d rows", err, len(rows))
		}
	})
}

func BenchmarkBook_ThousandPosts(b *testing.B) {
	for b.Loop() {
		book := New("", "", made)
		s := book.Sheet("a", nil, 1)
		for i := range 1000 {
			s.Begin()
			for range 4 {
				s.Text(1, "talent of the post")
			}
			for j := range 10 {
				s.Int(2, int64(i*j*1001))
			}
			s.End()
		}
		if _, err := book.WriteTo(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
