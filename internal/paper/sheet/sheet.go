package sheet

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"kolega/internal/fault"
)

// Limits bounds what is read. Zero fields take the value of Usual.
type Limits struct {
	Bytes    int64 // of the file
	Rows     int64
	RowBytes int64 // of one row's text
	Columns  int
}

// Usual are the limits of a file that comes through the browser.
var Usual = Limits{Bytes: 20 << 20, Rows: 100_000, RowBytes: 1 << 20, Columns: 500}

// The faults of reading. Those with a row carry args row and, where known, byte.
var (
	ErrEmpty      = fault.New(fault.Invalid, "sheet.empty")
	ErrTooBig     = fault.New(fault.Invalid, "sheet.too-big")      // arg limit, bytes
	ErrTooMany    = fault.New(fault.Invalid, "sheet.too-many")     // arg limit, rows
	ErrRowTooLong = fault.New(fault.Invalid, "sheet.row-too-long") // arg row
	ErrEncoding   = fault.New(fault.Invalid, "sheet.encoding")     // args row, byte
	ErrBinary     = fault.New(fault.Invalid, "sheet.binary")       // args row, byte
	ErrQuote      = fault.New(fault.Invalid, "sheet.quote")        // arg row: where the open quote began
	ErrWorkbook   = fault.New(fault.Invalid, "sheet.workbook")     // not a readable XLSX
	ErrBomb       = fault.New(fault.Invalid, "sheet.bomb")         // grows too much when unpacked
	ErrOldExcel   = fault.New(fault.Invalid, "sheet.old-excel")    // XLS: save as XLSX
	ErrNoPage     = fault.New(fault.Invalid, "sheet.no-page")      // arg page
)

// Row is one row of a table.
type Row struct {
	Number int64 // as a spreadsheet program shows it, from 1
	Cells  []string
}

// Blank says whether no cell holds anything but space.
func (r Row) Blank() bool {
	for _, c := range r.Cells {
		if strings.TrimSpace(strings.ReplaceAll(c, "\u00a0", " ")) != "" {
			return false
		}
	}
	return true
}

// Sheet is an open table. Next gives rows until io.EOF; the cells of a row are
// valid until the next call. Close it.
type Sheet struct {
	Format    string   // "csv" or "xlsx"
	Encoding  string   // "utf-8", "utf-16", "windows-1252"; of a CSV
	Delimiter string   // of a CSV
	Page      string   // name of the worksheet read; of an XLSX
	Pages     []string // all worksheets
	rows      rows
	limits    Limits
	read      int64
}

// rows is what the two kinds of file have in common.
type rows interface {
	next() ([]string, error)
	share() float64
	close() error
}

// Options choose what is read of a file.
type Options struct {
	Page   string // worksheet; "" the first that holds anything
	Limits Limits
}

// Open recognises the file by its first bytes and makes ready to read it from the
// beginning. Text is looked through once for its encoding.
func Open(r io.ReadSeeker, o Options) (*Sheet, error) {
	l := o.Limits.orUsual()
	size, err := r.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	if size > l.Bytes {
		return nil, ErrTooBig.With("limit", l.Bytes)
	}
	head := make([]byte, 8)
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	n, err := io.ReadFull(r, head)
	if n == 0 {
		return nil, ErrEmpty
	}
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	switch head = head[:n]; {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return openWorkbook(r, size, o.Page, l)
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		return nil, ErrOldExcel
	}
	return openText(r, size, l)
}

// Next gives the next row, io.EOF after the last.
func (s *Sheet) Next() (Row, error) {
	cells, err := s.rows.next()
	if err != nil {
		return Row{}, err
	}
	s.read++
	if s.read > s.limits.Rows+1 { // the head does not count
		return Row{}, ErrTooMany.With("limit", s.limits.Rows)
	}
	for i, c := range cells {
		cells[i] = unguard(c)
	}
	return Row{Number: s.read, Cells: cells}, nil
}

// Share says how much of the file has been read, 0 to 1.
func (s *Sheet) Share() float64 { return min(1, s.rows.share()) }

// Close lets go of what the sheet holds; the file itself stays open.
func (s *Sheet) Close() error { return s.rows.close() }

// unguard takes off the apostrophe that exports put before a formula's first sign.
func unguard(c string) string {
	if len(c) > 1 && c[0] == '\'' {
		for _, sign := range [...]string{"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"} {
			if strings.HasPrefix(c[1:], sign) {
				return c[1:]
			}
		}
	}
	return c
}

func (l Limits) orUsual() Limits {
	if l.Bytes == 0 {
		l.Bytes = Usual.Bytes
	}
	if l.Rows == 0 {
		l.Rows = Usual.Rows
	}
	if l.RowBytes == 0 {
		l.RowBytes = Usual.RowBytes
	}
	if l.Columns == 0 {
		l.Columns = Usual.Columns
	}
	return l
}
