package prose

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const body = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Wajib:</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t xml:space="preserve">Sebutkan </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>SPF 50</w:t></w:r></w:p>
<w:p><w:del w:id="1"><w:r><w:delText>Jangan sebut harga</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>Jangan sebut merek lain</w:t></w:r></w:ins></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Harga</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Rp 90.000 &amp; bonus</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:t>kotak</w:t></mc:Choice><mc:Fallback><w:t>kotak</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>
</w:body></w:document>`

func docx(t *testing.T, part, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(part)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestProse_AWordDocumentGivesItsLines(t *testing.T) {
	got, kind, err := Read(docx(t, "word/document.xml", body))
	if err != nil || kind != Word {
		t.Fatalf("%v %s", err, kind)
	}
	want := "Wajib:\n- Sebutkan SPF 50\nJangan sebut merek lain\nHarga\nRp 90.000 & bonus\nkotak"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestProse_APDFGivesItsLinesAndSpaces(t *testing.T) {
	printed, err := os.ReadFile("testdata/chromium.pdf")
	if err != nil {
		t.Fatal(err)
	}
	got, kind, err := Read(printed)
	if err != nil || kind != PDF {
		t.Fatalf("%v %s", err, kind)
	}
	for _, line := range []string{"Brief Wardah", "Wajib:", "Sebutkan SPF 50 di 3 detik pertama", "Caption pakai #MelatiGlow dan tag @melatiglow", "2. pakai filter beauty", "Harga produk Rp 90.000"} {
		if !strings.Contains("\n"+got+"\n", "\n"+line+"\n") {
			t.Errorf("no line %q in\n%s", line, got)
		}
	}
	written, err := made(func(p *fpdf.Fpdf) {
		p.Text(20, 20, "Wajib sebut SPF 50")
		p.Text(20, 30, "Jangan")
		p.Text(60, 30, "pakai filter")
	})
	if err != nil {
		t.Fatal(err)
	}
	got, _, err = Read(written)
	if err != nil || got != "Wajib sebut SPF 50\n\nJangan pakai filter" {
		t.Errorf("%v %q", err, got)
	}
}

func made(draw func(p *fpdf.Fpdf)) ([]byte, error) {
	p := fpdf.New("P", "mm", "A4", "")
	p.AddPage()
	p.SetFont("Helvetica", "", 12)
	draw(p)
	var b bytes.Buffer
	err := p.Output(&b)
	return b.Bytes(), err
}

func TestProse_ATextIsReadInItsOwnLetters(t *testing.T) {
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte("Wajib: “café”"))
	if err != nil {
		t.Fatal(err)
	}
	old, err := charmap.Windows1252.NewEncoder().Bytes([]byte("Wajib: “café”"))
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"utf-8": []byte("Wajib: “café”\r\n\r\n\r\n"), "utf-8 with a mark": []byte("\xef\xbb\xbfWajib: “café”"), "utf-16": wide, "windows-1252": old} {
		if got, kind, err := Read(data); err != nil || kind != Text || got != "Wajib: “café”" {
			t.Errorf("%s: %q %s %v", name, got, kind, err)
		}
	}
}

func TestProse_WhatCannotBeReadIsSaid(t *testing.T) {
	empty, err := made(func(*fpdf.Fpdf) {})
	if err != nil {
		t.Fatal(err)
	}
	printed, err := os.ReadFile("testdata/chromium.pdf")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"a picture":              {[]byte("\x89PNG\r\n\x1a\n\x00\x00"), ErrKind},
		"a workbook":             {docx(t, "xl/workbook.xml", "<x/>"), ErrKind},
		"half an archive":        {docx(t, "word/document.xml", body)[:200], ErrDamaged},
		"broken mark-up":         {docx(t, "word/document.xml", body[:300]), ErrDamaged},
		"a bomb":                 {docx(t, "word/document.xml", "<a>"+strings.Repeat(" ", maxPart)+"</a>"), ErrLarge},
		"too many words":         {docx(t, "word/document.xml", "<p><t>"+strings.Repeat("kata ", MaxText/4)+"</t></p>"), ErrLarge},
		"a PDF without letters":  {empty, ErrNoText},
		"half a PDF":             {printed[:len(printed)/2], ErrDamaged},
		"nothing":                {nil, ErrNoText},
		"a file beyond the size": {make([]byte, MaxBytes+1), ErrLarge},
	} {
		if got, _, err := Read(c.data); !errors.Is(err, c.want) || got != "" {
			t.Errorf("%s: %v %.40q, want %v", name, err, got, c.want)
		}
	}
}

// TestProse_DamageIsRefusedNeverAPanic changes bytes all over a real file.
func TestProse_DamageIsRefusedNeverAPanic(t *testing.T) {
	printed, err := os.ReadFile("testdata/chromium.pdf")
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for at := 5; at < len(printed); at += 211 {
		data := bytes.Clone(printed)
		data[at] ^= 0x5a
		if _, _, err := Read(data); err == nil {
			read++
		}
	}
	if read == 0 {
		t.Error("no damaged file was still readable: the changes hit nothing but the front")
	}
}
