package paper

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"path"
	"strings"

	"kolega/internal/fault"
)

// Faults of reading a file. They carry row, and where it helps byte and limit.
var (
	ErrFileKind    = fault.New(fault.Invalid, "file.kind")      // neither CSV nor XLSX; args: name
	ErrFileEmpty   = fault.New(fault.Invalid, "file.empty")     //
	ErrFileBig     = fault.New(fault.Invalid, "file.too-big")   // args: limit in bytes
	ErrFileRows    = fault.New(fault.Invalid, "file.rows")      // args: limit
	ErrFileLine    = fault.New(fault.Invalid, "file.line")      // a row is too long; args: row, limit
	ErrFileColumns = fault.New(fault.Invalid, "file.columns")   // args: row, limit
	ErrFileText    = fault.New(fault.Invalid, "file.text")      // bytes that are no text; args: row, byte
	ErrFileQuote   = fault.New(fault.Invalid, "file.quote")     // a quote that does not close; args: row
	ErrFileBomb    = fault.New(fault.Invalid, "file.bomb")      // a workbook that unpacks to too much
	ErrFileDamaged = fault.New(fault.Invalid, "file.damaged")   // a workbook that cannot be read
	ErrFileEntries = fault.New(fault.Invalid, "file.entries")   // a workbook with parts that none has; args: entry
	ErrFileLocked  = fault.New(fault.Invalid, "file.encrypted") // a workbook with a password
)

// Limits bound what a file may ask of us.
type Limits struct {
	Bytes   int64 // of the file
	Rows    int
	Columns int
	Line    int // bytes of one row
}

// DefaultLimits are 20 MB, 100,000 rows, 512 columns and 1 MiB a row.
var DefaultLimits = Limits{Bytes: 20_000_000, Rows: 100_000, Columns: 512, Line: 1 << 20}

// RowRead is one row of a file: the line it begins on, from 1, and its cells as text.
type RowRead struct {
	Line  int
	Cells []string // the iterator's own; copy what must stay
}

// Rows is an opened file.
type Rows struct {
	Format    string // "csv" or "xlsx"
	Encoding  string // of a CSV: "utf-8", "utf-16le", "utf-16be" or "windows-1252"
	Delimiter string // of a CSV
	read      func(yield func(RowRead, error) bool)
}

// All gives the rows in order, the heading too; rows without any text are left out. It may be
// used once. An error ends it; then nothing of the file should be kept.
func (r *Rows) All() iter.Seq2[RowRead, error] { return r.read }

// Collect reads all rows into memory, for small files. It fails at the first error.
func (r *Rows) Collect() ([]RowRead, error) {
	var out []RowRead
	for row, err := range r.All() {
		if err != nil {
			return nil, err
		}
		out = append(out, RowRead{row.Line, append([]string(nil), row.Cells...)})
	}
	return out, nil
}

// ReadRows opens a CSV or XLSX of size bytes for reading; what it is, is told by its bytes
// and not by its name, which only words the fault. A CSV may be UTF-8, UTF-16 with a mark
// or Windows-1252, with any line ends and the delimiters comma, semicolon, tab or bar.
// Of a workbook the first sheet is read, with stored values rather than formulas. Cells
// guarded by our own CSV come back as they were. Faults: file.*.
func ReadRows(name string, r io.ReaderAt, size int64, limits Limits) (*Rows, error) {
	if size > limits.Bytes {
		return nil, ErrFileBig.With("limit", limits.Bytes)
	}
	head := make([]byte, min(size, 8))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, ErrFileDamaged.Wrap(err)
	}
	switch {
	case size == 0:
		return nil, ErrFileEmpty
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return readBook(r, size, limits)
	case bytes.HasPrefix(head, []byte{0xd0, 0xcf, 0x11, 0xe0}):
		if strings.EqualFold(path.Ext(name), ".xlsx") {
			return nil, ErrFileLocked // a workbook with a password is wrapped like the old .xls
		}
		return nil, ErrFileKind.With("name", name)
	case bytes.HasPrefix(head, []byte("%PDF")), bytes.HasPrefix(head, []byte("\x89PNG")), bytes.HasPrefix(head, []byte{0xff, 0xd8, 0xff}):
		return nil, ErrFileKind.With("name", name)
	}
	return readCSV(r, size, limits)
}

// blank says whether a row has no text at all.
func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}
