package xlsx

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"
)

// Book is a workbook in the making. It is not safe for concurrent use.
type Book struct {
	title, author string
	made          time.Time
	sheets        []*Sheet
	styles        styles
}

// New begins a workbook. made is written into it; the same input gives the same bytes.
func New(title, author string, made time.Time) *Book {
	return &Book{title: title, author: author, made: made}
}

// Sheet is one sheet, written row by row. Rows may be written to several sheets in turn.
type Sheet struct {
	Name   string
	spool  spool
	cols   []string
	col    int
	row    int
	number []byte // of the row, as text
}

// Sheet begins a sheet: its name, the widths of its columns in characters, and how many rows
// at the top stay in sight. The name must be one that Excel takes, and no other's.
func (b *Book) Sheet(name string, widths []float64, frozen int) *Sheet {
	s := &Sheet{Name: name}
	b.sheets = append(b.sheets, s)
	out := append(s.spool.waiting, xmlHead+`<worksheet xmlns="`+mainSpace+`"><sheetViews><sheetView workbookViewId="0"`...)
	if len(b.sheets) == 1 {
		out = append(out, ` tabSelected="1"`...)
	}
	out = append(out, '>')
	if frozen > 0 {
		out = fmt.Appendf(out, `<pane ySplit="%d" topLeftCell="A%d" activePane="bottomLeft" state="frozen"/>`, frozen, frozen+1)
	}
	out = append(out, `</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>`...)
	for i, w := range widths {
		if i == 0 {
			out = append(out, `<cols>`...)
		}
		out = fmt.Appendf(out, `<col min="%d" max="%d" width="%s" customWidth="1"/>`, i+1, i+1, strconv.FormatFloat(w, 'f', -1, 64))
	}
	if len(widths) > 0 {
		out = append(out, `</cols>`...)
	}
	s.spool.waiting = append(out, `<sheetData>`...)
	return s
}

// Begin begins the next row; the cells follow from the left, then End.
func (s *Sheet) Begin() {
	s.row++
	s.col = 0
	s.number = strconv.AppendInt(s.number[:0], int64(s.row), 10)
	s.spool.waiting = append(append(append(s.spool.waiting, `<row r="`...), s.number...), `">`...)
}

// End ends the row.
func (s *Sheet) End() {
	s.spool.waiting = append(s.spool.waiting, `</row>`...)
	s.spool.press(piece)
}

// open writes the beginning of a cell up to its style.
func (s *Sheet) open(style int) []byte {
	if s.col == len(s.cols) {
		s.cols = append(s.cols, Column(s.col))
	}
	out := append(append(append(s.spool.waiting, `<c r="`...), s.cols[s.col]...), s.number...)
	s.col++
	return append(strconv.AppendInt(append(out, `" s="`...), int64(style), 10), '"')
}

// Skip leaves a cell out.
func (s *Sheet) Skip() { s.col++; s.grow() }

func (s *Sheet) grow() {
	for len(s.cols) < s.col {
		s.cols = append(s.cols, Column(len(s.cols)))
	}
}

// Int writes a whole number.
func (s *Sheet) Int(style int, n int64) {
	out := append(s.open(style), `><v>`...)
	s.spool.waiting = append(strconv.AppendInt(out, n, 10), `</v></c>`...)
}

// Decimal writes n ÷ 10^digits exactly: Decimal(_, 480, 4) is 0.0480.
func (s *Sheet) Decimal(style int, n int64, digits int) {
	out := append(s.open(style), `><v>`...)
	s.spool.waiting = append(appendDecimal(out, n, digits), `</v></c>`...)
}

// Time writes a day and a clock as spreadsheets count them, without a zone.
func (s *Sheet) Time(style int, t time.Time) {
	days, seconds := serial(t)
	out := append(s.open(style), `><v>`...)
	const tenth = 10_000_000_000 // parts of a day
	s.spool.waiting = append(appendDecimal(out, days*tenth+(seconds*tenth+43_200)/86_400, 10), `</v></c>`...)
}

// Day writes a calendar day.
func (s *Sheet) Day(style int, t time.Time) {
	days, _ := serial(t)
	s.Int(style, days)
}

// Text writes text that is never run, whatever it begins with. Beyond 32,767 UTF-16 units,
// which is all that Excel takes, it is cut.
func (s *Sheet) Text(style int, text string) {
	out := append(s.open(style), ` t="inlineStr"><is><t xml:space="preserve">`...)
	s.spool.waiting = append(appendText(out, fit(text)), `</t></is></c>`...)
}

// Formula writes a live cell, reckoned when the file is opened. It must come from the program,
// never from what people type.
func (s *Sheet) Formula(style int, formula string) {
	out := append(s.open(style), `><f>`...)
	s.spool.waiting = append(appendText(out, formula), `</f></c>`...)
}

// Column names a column, counted from 0: Column(27) is AB.
func Column(n int) string {
	name := ""
	for n++; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// WriteTo ends the workbook and writes it. It may be called once.
func (b *Book) WriteTo(w io.Writer) (int64, error) {
	out := &counted{w: w}
	archive := zip.NewWriter(out)
	err := b.write(archive)
	for _, s := range b.sheets {
		err = errors.Join(err, s.spool.close())
	}
	if err == nil {
		err = archive.Close()
	}
	return out.n, err
}

func (b *Book) write(archive *zip.Writer) error {
	for _, p := range b.parts() {
		part := spool{waiting: p.text}
		if err := part.into(archive, p.name); err != nil {
			return err
		}
	}
	for i, s := range b.sheets {
		s.spool.waiting = append(s.spool.waiting, `</sheetData></worksheet>`...)
		if err := s.spool.into(archive, fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)); err != nil {
			return err
		}
	}
	return nil
}

// into puts a finished part into the archive, with its size in the head.
func (s *spool) into(archive *zip.Writer, name string) error {
	if err := s.finish(); err != nil {
		return err
	}
	w, err := archive.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CRC32: s.crc, UncompressedSize64: s.size, CompressedSize64: s.packed})
	if err != nil {
		return err
	}
	return s.copyTo(w)
}

type counted struct {
	w io.Writer
	n int64
}

// Write counts what went through.
func (c *counted) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
