package sheet

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"kolega/internal/fault"
)

func readAll(t *testing.T, text string) (*Sheet, [][]string) {
	t.Helper()
	s, err := Open(strings.NewReader(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var out [][]string
	for {
		row, err := s.Next()
		if err == io.EOF {
			return s, out
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, append([]string(nil), row.Cells...))
	}
}

func TestSheet_Text(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want [][]string
	}{
		"commas, quotes and a line break inside": {"a,\"b\nc\",\"say \"\"hi\"\"\"\r\nd,,e\r\n", [][]string{{"a", "b\nc", `say "hi"`}, {"d", "", "e"}}},
		"semicolons with decimal commas":         {"a;b\n1,5;2,5\n", [][]string{{"a", "b"}, {"1,5", "2,5"}}},
		"tabs, as a spreadsheet pastes":          {"a\tb\n1\t2", [][]string{{"a", "b"}, {"1", "2"}}},
		"Excel's own first line":                 {"sep=|\na|b,c\n", [][]string{{"a", "b,c"}}},
		"a byte order mark":                      {"\ufeffa,b\n", [][]string{{"a", "b"}}},
		"old Macintosh line ends":                {"a,b\rc,d\r", [][]string{{"a", "b"}, {"c", "d"}}},
		"a quote inside a word":                  {"5\" layar,b\n", [][]string{{`5" layar`, "b"}}},
		"a guard before a formula comes off":     {"'=1+1,'+62,'0812,'@a\n", [][]string{{"=1+1", "+62", "'0812", "@a"}}},
		"empty lines are no rows":                {"a,b\n\n\nc,d\n\n", [][]string{{"a", "b"}, {"c", "d"}}},
		"a head of commas inside quotes":         {"\"a;b;c;d\",e\n", [][]string{{"a;b;c;d", "e"}}},
	} {
		t.Run(name, func(t *testing.T) {
			_, got := readAll(t, c.text)
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestSheet_Encodings(t *testing.T) {
	if s, got := readAll(t, "nama,tag\nAndr\xe9,#a\xa0#b\n"); s.Encoding != "windows-1252" || got[1][0] != "André" || got[1][1] != "#a\u00a0#b" {
		t.Errorf("%s %q", s.Encoding, got)
	}
	units := utf16.Encode([]rune("\ufeffnama,kota\nBéa,Manila\n"))
	var b bytes.Buffer
	for _, u := range units {
		b.WriteByte(byte(u))
		b.WriteByte(byte(u >> 8))
	}
	if s, got := readAll(t, b.String()); s.Encoding != "utf-16" || got[0][0] != "nama" || got[1][0] != "Béa" {
		t.Errorf("%s %q", s.Encoding, got)
	}
	_, err := Open(strings.NewReader("a,b\nÉ,\xa0\n"), Options{})
	if f, ok := fault.As(err); !ok || f.Code != "sheet.encoding" || f.Args[1] != int64(2) {
		t.Errorf("mixed encodings: %v", err)
	}
}

func TestSheet_Bomb(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, _ := z.Create("xl/worksheets/sheet1.xml")
	zero := make([]byte, 1<<20)
	for range 120 {
		_, _ = w.Write(zero)
	}
	_ = z.Close()
	if _, err := Open(bytes.NewReader(b.Bytes()), Options{}); fault.CodeOf(err) != "sheet.bomb" {
		t.Errorf("got %v", err)
	}
	b.Reset()
	z = zip.NewWriter(&b)
	_, _ = z.Create("../../etc/passwd")
	_ = z.Close()
	if _, err := Open(bytes.NewReader(b.Bytes()), Options{}); fault.CodeOf(err) != "sheet.workbook" {
		t.Errorf("got %v", err)
	}
}
