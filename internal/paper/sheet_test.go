package paper

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

var hostile = []string{`=HYPERLINK("http://x","y")`, "+1", "-1+2", "@SUM(A1)", "\tx", "\rx", "＝1+1", " =1", "'=1", "''=1", "'plain", "plain", `a "quoted" b`, "a;b,c|d", "two\nlines", "=", "'", "  spaced  ", "é 🌸"}

func readAll(t testing.TB, name string, data []byte) ([]RowRead, *Rows, error) {
	t.Helper()
	r, err := ReadRows(name, bytes.NewReader(data), int64(len(data)), DefaultLimits)
	if err != nil {
		return nil, nil, err
	}
	rows, err := r.Collect()
	return rows, r, err
}

func TestCSV_ComesBackAsItWasWritten(t *testing.T) {
	for _, lang := range []string{"id", "en"} {
		var b bytes.Buffer
		c := NewCSV(&b, lang)
		c.Row("Nama", "Jumlah", "Tanggal", "Fee")
		for _, s := range hostile {
			c.Row(s, 412_000, worktime.Date("2026-11-24"), money.New(-150_050, "PHP"))
		}
		c.Row(nil, int64(-5), worktime.Date(""), money.Amount{})
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(b.String(), "\r\n") {
			cell := strings.TrimPrefix(strings.TrimPrefix(line, "\ufeff"), `"`)
			if risky(cell) && !strings.HasPrefix(line, ";-5") && !strings.HasPrefix(line, ",-5") && !strings.HasPrefix(cell, " ") {
				t.Errorf("%s: a spreadsheet would run %q", lang, line)
			}
		}
		rows, info, err := readAll(t, "x.csv", b.Bytes())
		if err != nil || info.Encoding != "utf-8" {
			t.Fatal(err, info)
		}
		for i, s := range hostile {
			want := []string{s, "412000", "2026-11-24", "-1500.50"}
			if diff := cmp.Diff(want, rows[i+1].Cells); diff != "" {
				t.Errorf("%s: %q: %s", lang, s, diff)
			}
		}
	}
}

func TestGuard_AnyTextComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`['=+@\- \t]{0,4}[a-z]?`)).Draw(t, "text")
		g := guard(s)
		if risky(g) {
			t.Fatalf("%q is guarded as %q, which still runs", s, g)
		}
		if back := unguard(g); back != s {
			t.Fatalf("%q became %q became %q", s, g, back)
		}
	})
}

func TestBook_KeepsTypesAndRunsNoText(t *testing.T) {
	b := NewBook("Laporan", "Selaras", stamp, time.FixedZone("WIB", 7*3600))
	s := b.Sheet("Talent [1]/2", Field{Head: "Nama"}, Field{Head: "Fee", Format: AsMoney}, Field{Head: "ER", Format: AsPercent}, Field{Head: "Tayang", Format: AsDate}, Field{Head: "Jam", Format: AsTime})
	for _, text := range hostile {
		s.Row(text, money.IDR(1_500_000), Bp(480), worktime.Date("2026-11-24"), stamp)
	}
	s.Row(nil, money.New(150_050, "PHP"), nil, worktime.Date(""), nil)
	s.Total("Jumlah", Formula("SUM("+s.Ref(1, 2)+":"+s.Ref(1, s.Next()-1)+")"))
	b.Sheet("Talent [1]/2").Row("x")
	var out bytes.Buffer
	if _, err := b.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := f.GetSheetList(); !cmp.Equal(got, []string{"Talent  1  2", "Talent  1  2 (2)"}) {
		t.Errorf("sheets %q", got)
	}
	sheet := f.GetSheetList()[0]
	for i, text := range hostile {
		cell := fmt.Sprintf("A%d", i+2)
		kind, _ := f.GetCellType(sheet, cell)
		formula, _ := f.GetCellFormula(sheet, cell)
		value, _ := f.GetCellValue(sheet, cell)
		if formula != "" || kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString || strings.ReplaceAll(value, "\r", "\n") != strings.ReplaceAll(text, "\r", "\n") {
			t.Errorf("%q is stored as %v %q with formula %q", text, kind, value, formula)
		}
	}
	for cell, want := range map[string]string{"B2": "1,500,000", "C2": "4.80%", "D2": "2026-11-24", "E2": "2026-11-23 15:42", fmt.Sprintf("B%d", len(hostile)+2): "1,500.50"} {
		if got, _ := f.GetCellValue(sheet, cell); got != want {
			t.Errorf("%s shows %q, want %q", cell, got, want)
		}
	}
	total := fmt.Sprintf("B%d", len(hostile)+3)
	if got, _ := f.GetCellFormula(sheet, total); got != fmt.Sprintf("SUM(B2:B%d)", len(hostile)+2) {
		t.Errorf("the total's formula is %q", got)
	}
	rows, info, err := readAll(t, "x.xlsx", out.Bytes())
	if err != nil || info.Format != "xlsx" || len(rows) != len(hostile)+3 {
		t.Fatal(err, info, len(rows))
	}
	if d, ok := SheetDate(rows[1].Cells[3]); !ok || d != "2026-11-24" || rows[1].Cells[1] != "1500000" {
		t.Errorf("read back %q", rows[1].Cells)
	}
}

func TestBook_SameInputGivesSameBytes(t *testing.T) {
	make := func() []byte {
		b := NewBook("x", "y", stamp, nil)
		b.Sheet("a", Field{Head: "h"}).Row("v", 5, Bp(10))
		var out bytes.Buffer
		if _, err := b.WriteTo(&out); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	if !bytes.Equal(make(), make()) {
		t.Error("two makings differ")
	}
}

func TestReadRows_AnyTextFileAnywhere(t *testing.T) {
	utf16 := func(s string, big bool) []byte {
		out := []byte{0xff, 0xfe}
		if big {
			out = []byte{0xfe, 0xff}
		}
		for _, r := range s {
			if big {
				out = append(out, byte(r>>8), byte(r))
			} else {
				out = append(out, byte(r), byte(r>>8))
			}
		}
		return out
	}
	want := [][]string{{"nama", "kota"}, {"Béa", "Manila"}}
	for name, data := range map[string][]byte{
		"utf-8 lf": []byte("nama,kota\nBéa,Manila\n"), "no line end": []byte("nama,kota\nBéa,Manila"), "crlf": []byte("nama,kota\r\nBéa,Manila\r\n"), "cr alone": []byte("nama,kota\rBéa,Manila\r"),
		"mark": []byte("\ufeffnama,kota\nBéa,Manila\n"), "latin-1": []byte("nama,kota\nB\xe9a,Manila\n"),
		"utf-16le": utf16("nama,kota\r\nBéa,Manila\r\n", false), "utf-16be": utf16("nama,kota\r\nBéa,Manila\r\n", true),
		"semicolon": []byte("nama;kota\nBéa;Manila\n"), "tab": []byte("nama\tkota\nBéa\tManila\n"), "bar": []byte("nama|kota\nBéa|Manila\n"),
		"quoted": []byte("\"nama\",\"kota\"\n\"Béa\",\"Manila\"\n"), "blank rows": []byte("\n\nnama,kota\n,\n \nBéa,Manila\n\n"),
		"comma in semicolon file": []byte("nama;kota\nBéa;Manila\n"),
	} {
		rows, _, err := readAll(t, name+".csv", data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got [][]string
		for _, r := range rows {
			got = append(got, r.Cells)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestReadRows_KeepsQuotedLineEndsAndSaysTheLine(t *testing.T) {
	rows, info, err := readAll(t, "x.csv", []byte("\"\nFollowers\",\"a \"\"b\"\"\",\"x\r\ny\"\r\n1,2,3\r\n=1+1,\"  \"\"\",5\" inch\r\n"))
	if err != nil || info.Delimiter != "," {
		t.Fatal(err)
	}
	want := []RowRead{{1, []string{"\nFollowers", `a "b"`, "x\r\ny"}}, {4, []string{"1", "2", "3"}}, {5, []string{"=1+1", `  "`, `5" inch`}}}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
}

func TestReadRows_RefusesWithTheRow(t *testing.T) {
	small := Limits{Bytes: 1000, Rows: 3, Columns: 4, Line: 50}
	for _, c := range []struct{ name, data, code, arg string }{
		{"empty", "", "file.empty", ""},
		{"too big", strings.Repeat("a,b\n", 300), "file.too-big", "limit=1000"},
		{"too many rows", "a\nb\nc\nd\n", "file.rows", "limit=3"},
		{"long line", "a\n" + strings.Repeat("x", 60) + "\n", "file.line", "row=2"},
		{"many columns", "a\n1,2,3,4,5\n", "file.columns", "row=2"},
		{"open quote", "a,b\n\"x,y\n", "file.quote", "row=2"},
		{"open quote over the limit", "a,b\n\"x" + strings.Repeat("\n", 60), "file.quote", "row=2"},
		{"nul", "a,b\nx\x00,y\n", "file.text", "row=2"},
		{"no text at all", "a\n\x81\xff\n", "file.text", "row=2"},
		{"pdf", "%PDF-1.4 hello", "file.kind", ""},
		{"old xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file.kind", ""},
		{"broken zip", "PK\x03\x04 nothing", "file.damaged", ""},
	} {
		r, err := ReadRows(c.name+".csv", strings.NewReader(c.data), int64(len(c.data)), small)
		if err == nil {
			_, err = r.Collect()
		}
		f, ok := fault.As(err)
		if !ok || f.Code != c.code {
			t.Errorf("%s: %v, want %s", c.name, err, c.code)
			continue
		}
		args := ""
		for i := 0; i+1 < len(f.Args); i += 2 {
			args += fmt.Sprintf("%v=%v ", f.Args[i], f.Args[i+1])
		}
		if !strings.Contains(args, c.arg) {
			t.Errorf("%s: args %q lack %q", c.name, args, c.arg)
		}
	}
	if _, err := ReadRows("x.xlsx", strings.NewReader("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), 8, small); !errors.Is(err, ErrFileLocked) {
		t.Error(err)
	}
}

func zipped(t *testing.T, names []string, size int) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, n := range names {
		f, err := w.Create(n)
		if err != nil {
			t.Fatal(err)
		}
		zero := make([]byte, 1<<20)
		for left := size; left > 0; left -= len(zero) {
			f.Write(zero[:min(left, len(zero))])
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadRows_RefusesBombsAndSlips(t *testing.T) {
	many := make([]string, 1001)
	for i := range many {
		many[i] = fmt.Sprintf("xl/%d.xml", i)
	}
	lying := zipped(t, []string{"xl/workbook.xml"}, 50<<20)
	for _, sig := range []string{"PK\x03\x04", "PK\x01\x02"} { // declare one byte where fifty million come
		at := bytes.Index(lying, []byte(sig))
		off := map[string]int{"PK\x03\x04": 22, "PK\x01\x02": 24}[sig]
		copy(lying[at+off:], []byte{1, 0, 0, 0})
	}
	for _, c := range []struct {
		name string
		data []byte
		code string
	}{
		{"one big part", zipped(t, []string{"xl/workbook.xml"}, 200<<20), "file.bomb"},
		{"ratio", zipped(t, []string{"xl/workbook.xml"}, 50<<20), "file.bomb"},
		{"entries", zipped(t, many, 0), "file.bomb"},
		{"slip", zipped(t, []string{"xl/workbook.xml", "../../x"}, 0), "file.entries"},
		{"backslash slip", zipped(t, []string{`xl\..\..\x`}, 0), "file.entries"},
		{"absolute", zipped(t, []string{"/etc/passwd"}, 0), "file.entries"},
		{"twice", zipped(t, []string{"xl/a", "XL/A"}, 0), "file.entries"},
		{"other zip", zipped(t, []string{"readme.txt"}, 3), "file.kind"},
		{"lying size", lying, "file.damaged"},
		{"no workbook inside", zipped(t, []string{"xl/a.xml"}, 3), "file.damaged"},
	} {
		start := time.Now()
		_, _, err := readAll(t, "x.xlsx", c.data)
		if code := fault.CodeOf(err); code != c.code && !(c.name == "lying size" && code == "file.bomb") && !(c.name == "no workbook inside" && code == "file.empty") {
			t.Errorf("%s: %v, want %s", c.name, err, c.code)
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%s took %v", c.name, took)
		}
	}
}

func TestReadRows_MemoryStaysFlatOnOneLongLine(t *testing.T) {
	r := &endless{size: 20_000_000}
	rows, err := ReadRows("x.csv", r, r.size, DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := rows.Collect(); !errors.Is(err, ErrFileLine) {
		t.Error(err)
	}
}

type endless struct{ size int64 }

func (e *endless) ReadAt(p []byte, off int64) (int, error) {
	if off >= e.size {
		return 0, io.EOF
	}
	n := min(int64(len(p)), e.size-off)
	for i := range p[:n] {
		p[i] = 'x'
	}
	return int(n), nil
}

func TestReadRows_RealFilesOfTheTrade(t *testing.T) {
	for name, want := range map[string]int{"insights_latin1.csv": 4, "followers_crlf_headers.csv": 3} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		rows, _, err := readAll(t, name, data)
		if err != nil || len(rows) != want {
			t.Errorf("%s: %d rows, %v", name, len(rows), err)
		}
	}
}

func FuzzReadRows(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "\"a\nb\";c\r\n", "\xff\xfea\x00", "'=1\t2", "\"", "a\rb\r\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, _, err := readAll(t, "x.csv", data)
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Fatal(err)
			}
			return
		}
		line := 0
		for _, r := range rows {
			if r.Line <= line || blank(r.Cells) {
				t.Fatalf("row %+v after line %d", r, line)
			}
			line = r.Line
		}
	})
}
