package sheet

import (
	"bufio"
	"errors"
	"io"
	"strings"
)

// text reads delimited text by the habits of spreadsheets: a field may be quoted,
// a quote inside is doubled, a quoted field may hold line breaks; a quote inside an
// unquoted field is an ordinary character.
type text struct {
	in     *bufio.Reader
	comma  rune
	limits Limits
	size   int64
	used   int64
	row    int64
	cells  []string
	field  strings.Builder
	left   []rune // looked at while the delimiter was sought
}

func openText(r io.ReadSeeker, size int64, l Limits) (*Sheet, error) {
	decoded, name, err := decode(r)
	if err != nil {
		return nil, err
	}
	t := &text{in: bufio.NewReaderSize(decoded, 64<<10), limits: l, size: size}
	if err := t.seekDelimiter(); err != nil {
		return nil, err
	}
	return &Sheet{Format: "csv", Encoding: name, Delimiter: string(t.comma), rows: t, limits: l}, nil
}

// seekDelimiter counts the candidates outside quotes in the first part of the text
// and takes the one that stands most often in the first record. Excel's own first
// line "sep=;" decides at once.
func (t *text) seekDelimiter() error {
	const enough = 16 << 10
	for len(t.left) < enough {
		c, _, err := t.in.ReadRune()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		t.left = append(t.left, c)
	}
	if len(t.left) == 0 {
		return ErrEmpty
	}
	if head := string(t.left[:min(7, len(t.left))]); strings.HasPrefix(strings.ToLower(head), "sep=") && len(t.left) > 4 {
		t.comma = t.left[4]
		t.left = t.left[5:]
		for len(t.left) > 0 && (t.left[0] == '\r' || t.left[0] == '\n') {
			t.left = t.left[1:]
		}
		return nil
	}
	t.comma = most(firstRecord(t.left))
	return nil
}

// firstRecord is the text up to the first line break outside quotes after
// something was said, without what stands in quotes.
func firstRecord(all []rune) []rune {
	var out []rune
	quoted := false
	for _, c := range all {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case (c == '\n' || c == '\r') && len(out) > 0:
			return out
		default:
			out = append(out, c)
		}
	}
	return out
}

func most(record []rune) rune {
	best, count := ',', 0
	for _, d := range []rune{',', ';', '\t', '|'} {
		n := 0
		for _, c := range record {
			if c == d {
				n++
			}
		}
		if n > count || d == '\t' && n > 0 && n == count {
			best, count = d, n
		}
	}
	return best
}

func (t *text) rune() (rune, error) {
	if len(t.left) > 0 {
		c := t.left[0]
		t.left = t.left[1:]
		t.used++
		return c, nil
	}
	c, n, err := t.in.ReadRune()
	t.used += int64(n)
	return c, err
}

func (t *text) share() float64 { return float64(t.used) / float64(max(t.size, 1)) }
func (t *text) close() error   { return nil }

// next reads one record. A line without any character is no row.
func (t *text) next() ([]string, error) {
	t.cells = t.cells[:0]
	t.row++
	var length int64
	for {
		end, n, err := t.cell()
		length += n
		if length > t.limits.RowBytes || len(t.cells) > t.limits.Columns {
			return nil, ErrRowTooLong.With("row", t.row)
		}
		switch {
		case errors.Is(err, io.EOF) && len(t.cells) == 1 && t.cells[0] == "":
			return nil, io.EOF
		case errors.Is(err, io.EOF):
			return t.cells, nil
		case err != nil:
			return nil, err
		case end && len(t.cells) == 1 && t.cells[0] == "":
			t.cells, length = t.cells[:0], 0
		case end:
			return t.cells, nil
		}
	}
}

// cell reads one field. end is true when the record ends with it.
func (t *text) cell() (end bool, n int64, err error) {
	t.field.Reset()
	quoted, closed, first := false, false, true
	for {
		c, err := t.rune()
		if err != nil {
			if errors.Is(err, io.EOF) && quoted {
				return false, n, ErrQuote.With("row", t.row)
			}
			t.cells = append(t.cells, t.field.String())
			return true, n, err
		}
		if n++; n > t.limits.RowBytes {
			return false, n, ErrRowTooLong.With("row", t.row)
		}
		switch {
		case quoted && c == '"':
			quoted, closed = false, true
			continue
		case quoted:
			t.field.WriteRune(c)
			continue
		case c == '"' && closed: // a doubled quote
			t.field.WriteRune('"')
			quoted, closed = true, false
			continue
		case c == '"' && first:
			quoted, first = true, false
			continue
		case c == t.comma:
			t.cells = append(t.cells, t.field.String())
			return false, n, nil
		case c == '\n':
			t.cells = append(t.cells, t.field.String())
			return true, n, nil
		case c == '\r':
			if done, err := t.lineEnd(); done || err != nil {
				return true, n, err
			}
		}
		first = false
		t.field.WriteRune(c)
	}
}

// lineEnd takes the line feed that may follow a carriage return. A lone carriage
// return ends a row too, as old Macintosh files have it.
func (t *text) lineEnd() (bool, error) {
	t.cells = append(t.cells, t.field.String())
	if len(t.left) > 0 {
		if t.left[0] == '\n' {
			t.left = t.left[1:]
			t.used++
		}
		return true, nil
	}
	c, n, err := t.in.ReadRune()
	if errors.Is(err, io.EOF) {
		return true, nil
	}
	if err != nil {
		return true, err
	}
	if c == '\n' {
		t.used += int64(n)
		return true, nil
	}
	return true, t.in.UnreadRune()
}
