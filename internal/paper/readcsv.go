package paper

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// readCSV finds the encoding and the delimiter in a first pass, then reads on demand.
func readCSV(r io.ReaderAt, size int64, limits Limits) (*Rows, error) {
	encoding, err := sniffEncoding(io.NewSectionReader(r, 0, size))
	if err != nil {
		return nil, err
	}
	sample := make([]byte, 64<<10)
	n, err := io.ReadFull(decoded(io.NewSectionReader(r, 0, size), encoding), sample)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, ErrFileDamaged.Wrap(err)
	}
	delimiter := sniffDelimiter(sample[:n])
	return &Rows{Format: "csv", Encoding: encoding, Delimiter: string(delimiter), read: func(yield func(RowRead, error) bool) {
		s := scanner{in: bufio.NewReaderSize(decoded(io.NewSectionReader(r, 0, size), encoding), 64<<10), delimiter: delimiter, limits: limits, line: 1}
		s.each(yield)
	}}, nil
}

// decoded reads r as UTF-8 without a mark.
func decoded(r io.Reader, encoding string) io.Reader {
	switch encoding {
	case "utf-16le":
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(r)
	case "utf-16be":
		return unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewDecoder().Reader(r)
	case "windows-1252":
		return charmap.Windows1252.NewDecoder().Reader(r)
	}
	return unicode.UTF8BOM.NewDecoder().Reader(r)
}

// sniffEncoding reads the whole file once. A mark decides; else valid UTF-8 is that, and
// anything else is Windows-1252 (of which Latin-1 is a part) unless a byte says that it
// is no text at all: NUL, or one of the five that Windows-1252 leaves out.
func sniffEncoding(r io.Reader) (string, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	head, _ := in.Peek(3)
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return "utf-16le", nil
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return "utf-16be", nil
	}
	valid, row := true, 1
	var refused error
	for at := int64(0); ; {
		c, size, err := in.ReadRune()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", ErrFileDamaged.Wrap(err)
		}
		if c == utf8.RuneError && size == 1 {
			valid = false
			in.UnreadRune()
			b, _ := in.ReadByte()
			if refused == nil && (b == 0x81 || b == 0x8d || b == 0x8f || b == 0x90 || b == 0x9d) {
				refused = ErrFileText.With("row", row, "byte", at+1)
			}
		}
		if c == 0 {
			return "", ErrFileText.With("row", row, "byte", at+1)
		}
		if c == '\n' {
			row++
		}
		at += int64(size)
	}
	switch {
	case valid:
		return "utf-8", nil
	case bytes.HasPrefix(head, []byte{0xef, 0xbb, 0xbf}) || refused != nil:
		if refused == nil {
			refused = ErrFileText.With("row", row, "byte", 1)
		}
		return "", refused
	}
	return "windows-1252", nil
}

// sniffDelimiter takes the delimiter that stands most often, and equally often, in the first
// rows, outside of quotes; a comma when none does.
func sniffDelimiter(sample []byte) byte {
	best, most := byte(','), 0
	for _, d := range []byte{',', ';', '\t', '|'} {
		if score := delimiterScore(sample, d); score > most {
			best, most = d, score
		}
	}
	return best
}

// delimiterScore is how many delimiters each of the first rows has at least, times how many
// rows agree with the first.
func delimiterScore(sample []byte, d byte) int {
	var counts []int
	n, quoted := 0, false
	for i, c := range sample {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == d:
			n++
		case c == '\n' || c == '\r' && (i+1 >= len(sample) || sample[i+1] != '\n'):
			counts = append(counts, n)
			n = 0
		}
		if len(counts) == 20 {
			break
		}
	}
	if len(counts) == 0 {
		counts = []int{n}
	}
	agree := 0
	for _, c := range counts {
		if c == counts[0] {
			agree++
		}
	}
	return counts[0] * agree
}

// scanner cuts text into rows. It holds one row at a time.
type scanner struct {
	in        *bufio.Reader
	delimiter byte
	limits    Limits
	line      int // of the byte that comes next
	rows      int
	size      int // bytes of the row so far
	cells     []string
	cell      strings.Builder
}

// each yields row after row until the end, an error, or the reader has enough.
func (s *scanner) each(yield func(RowRead, error) bool) {
	for {
		first := s.line
		more, err := s.row()
		if err != nil {
			yield(RowRead{Line: first}, err)
			return
		}
		if len(s.cells) > 0 && !blank(s.cells) {
			if s.rows++; s.rows > s.limits.Rows {
				yield(RowRead{Line: first}, ErrFileRows.With("limit", s.limits.Rows))
				return
			}
			if !yield(RowRead{first, s.cells}, nil) {
				return
			}
		}
		if !more {
			return
		}
	}
}

// row reads one row into cells and says whether more may follow.
func (s *scanner) row() (more bool, err error) {
	s.cells, s.size = s.cells[:0], 0
	first := s.line
	for {
		end, err := s.field(first)
		if err != nil {
			return false, err
		}
		s.cells = append(s.cells, unguard(s.cell.String()))
		s.cell.Reset()
		if len(s.cells) > s.limits.Columns {
			return false, ErrFileColumns.With("row", first, "limit", s.limits.Columns)
		}
		switch end {
		case endOfRow:
			return true, nil
		case endOfFile:
			return false, nil
		}
	}
}

// ending is what closed a field.
type ending uint8

const (
	endOfField ending = iota
	endOfRow
	endOfFile
)

// field reads one field into cell. A quote opens a quoted stretch only at the field's start;
// elsewhere it is a letter like any other, as spreadsheets take it.
func (s *scanner) field(first int) (ending, error) {
	quoted, opened := false, false
	for {
		c, err := s.next(first, quoted)
		if errors.Is(err, io.EOF) {
			if quoted {
				return endOfFile, ErrFileQuote.With("row", first)
			}
			return endOfFile, nil
		}
		if quoted && errors.Is(err, ErrFileLine) {
			err = ErrFileQuote.With("row", first)
		}
		if err != nil {
			return endOfFile, err
		}
		switch {
		case quoted && c == '"':
			if s.take('"') {
				s.cell.WriteByte('"')
				continue
			}
			quoted = false
		case quoted:
			s.cell.WriteByte(c)
		case c == '"' && s.cell.Len() == 0 && !opened:
			quoted, opened = true, true
		case c == s.delimiter:
			return endOfField, nil
		case c == '\n':
			return endOfRow, nil
		default:
			s.cell.WriteByte(c)
		}
	}
}

// next gives one byte; outside of quotes every line end is a single '\n', inside it is kept as
// it stands.
func (s *scanner) next(first int, quoted bool) (byte, error) {
	c, err := s.in.ReadByte()
	if err != nil {
		if !errors.Is(err, io.EOF) {
			return 0, ErrFileText.With("row", s.line, "byte", 0).Wrap(err)
		}
		return 0, err
	}
	if s.size++; s.size > s.limits.Line {
		return 0, ErrFileLine.With("row", first, "limit", s.limits.Line)
	}
	switch {
	case c == '\n':
		s.line++
	case c == '\r' && !quoted:
		s.take('\n')
		s.line++
		return '\n', nil
	case c == '\r' && !s.sees('\n'):
		s.line++
	}
	return c, nil
}

// sees says whether the next byte is c.
func (s *scanner) sees(c byte) bool {
	b, err := s.in.Peek(1)
	return err == nil && b[0] == c
}

// take swallows the next byte if it is c.
func (s *scanner) take(c byte) bool {
	if !s.sees(c) {
		return false
	}
	s.in.Discard(1)
	s.size++
	return true
}
