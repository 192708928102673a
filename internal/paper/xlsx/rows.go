package xlsx

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

const (
	mostColumns = 16_384
	mostRows    = 1_048_576
)

// Cell is the value of a cell as it is stored: a number in plain or scientific writing, text as
// typed, 1 or 0 for yes or no. A formula gives what it was last reckoned to.
type Cell struct {
	Text   string
	Number bool
	Look   Look // of a number
}

// cellKind says where a cell keeps its value and what it is.
type cellKind uint8

const (
	number cellKind = iota
	shared
	reckoned // the text that a formula gave
	other
)

func kindOf(t token) cellKind {
	v, _ := attr(t.attrs, "t")
	switch string(v) {
	case "", "n":
		return number
	case "s":
		return shared
	case "str":
		return reckoned
	}
	return other
}

// Rows reads one page from the top. Close it.
type Rows struct {
	file   *File
	part   io.ReadCloser
	scan   *scanner
	most   int // bytes of a row's text
	height int
	row    int
	cells  []Cell
	text   []byte // of the row's own values
	ends   []span // where in text the value of a cell stands
}

type span struct{ from, to int }

// Rows opens a page; a row with more than most bytes of text is refused with ErrRow.
func (f *File) Rows(p Page, most int) (*Rows, error) {
	if p.part == "" {
		return nil, fmt.Errorf("%w: %s is no table", ErrDamaged, p.Name)
	}
	if err := f.load(); err != nil {
		return nil, err
	}
	r, err := f.open(p.part)
	if err != nil {
		return nil, err
	}
	return &Rows{file: f, part: r, scan: newScanner(r), most: most}, nil
}

// Height is the number of rows that the page claims; 0 if it does not say.
func (r *Rows) Height() int { return r.height }

// Close lets go of the page.
func (r *Rows) Close() error { return r.part.Close() }

// Next gives the next row that is written down, with its number from 1, and io.EOF after the
// last. The cells are valid until the next call.
func (r *Rows) Next() (nth int, cells []Cell, err error) {
	for {
		t, err := r.scan.next()
		if err != nil {
			if errors.Is(err, io.EOF) {
				return 0, nil, io.ErrUnexpectedEOF // the sheet's data do not end
			}
			return 0, nil, damaged(err)
		}
		switch name := string(t.name); {
		case t.kind == endTag && name == "sheetData", t.kind == startTag && t.empty && name == "sheetData":
			return 0, nil, io.EOF
		case t.kind == startTag && name == "dimension":
			_, last, _ := strings.Cut(t.word("ref"), ":")
			_, r.height, _ = place([]byte(last))
		case t.kind == startTag && name == "row":
			if err := r.read(t); err != nil {
				return r.row, nil, damaged(err)
			}
			return r.row, r.cells, nil
		}
	}
}

func (r *Rows) read(t token) error {
	at := r.row + 1
	if given, ok := attr(t.attrs, "r"); ok {
		n, ok := whole(given)
		if !ok || n < at || n > mostRows {
			return fmt.Errorf("%w: row %q after row %d", ErrDamaged, given, r.row)
		}
		at = n
	}
	r.row = at
	r.cells, r.text, r.ends = r.cells[:0], r.text[:0], r.ends[:0]
	for !t.empty {
		c, err := r.scan.next()
		if err != nil {
			return err
		}
		if c.kind == endTag && string(c.name) == "row" {
			break
		}
		if c.kind == startTag && string(c.name) == "c" {
			if err := r.cell(c); err != nil {
				return err
			}
		}
	}
	return r.settle()
}

// settle gives the cells their texts, all of which are one string.
func (r *Rows) settle() error {
	all := string(r.text)
	size := len(all)
	for i := range r.cells {
		if r.cells[i].Text == "" {
			r.cells[i].Text = all[r.ends[i].from:r.ends[i].to]
		} else {
			size += len(r.cells[i].Text)
		}
	}
	if size > r.most {
		return ErrRow
	}
	return nil
}

func (r *Rows) cell(t token) error {
	col := len(r.cells)
	if ref, ok := attr(t.attrs, "r"); ok {
		n, row, ok := place(ref)
		if !ok || n < col || row != r.row {
			return fmt.Errorf("%w: cell %q", ErrDamaged, ref)
		}
		col = n
	}
	for len(r.cells) < col {
		r.cells, r.ends = append(r.cells, Cell{}), append(r.ends, span{})
	}
	kind := kindOf(t)
	c := Cell{Number: kind == number}
	if style, ok := attr(t.attrs, "s"); ok && c.Number {
		if n, ok := whole(style); ok && n < len(r.file.looks) {
			c.Look = r.file.looks[n]
		}
	}
	from := len(r.text)
	if !t.empty {
		if err := r.value(kind); err != nil {
			return err
		}
	}
	own := r.text[from:]
	if kind == shared && len(own) > 0 {
		i, isWhole := whole(own)
		text, ok := r.file.shared.at(i)
		if !isWhole || !ok {
			return fmt.Errorf("%w: no shared text %q", ErrDamaged, own)
		}
		c.Text, r.text = text, r.text[:from]
	}
	c.Number = c.Number && len(own) > 0
	r.cells, r.ends = append(r.cells, c), append(r.ends, span{from, len(r.text)})
	if len(r.text) > r.most {
		return ErrRow
	}
	return nil
}

// value appends what <v> or <is> holds to the row's text.
func (r *Rows) value(kind cellKind) error {
	inValue := false
	for {
		t, err := r.scan.next()
		if err != nil {
			return err
		}
		switch name := string(t.name); {
		case t.kind == textRun && inValue:
			text, err := t.content()
			if err != nil {
				return err
			}
			if kind == reckoned {
				text = []byte(decoded(string(text)))
			}
			r.text = append(r.text, text...)
		case t.kind == startTag && name == "is" && !t.empty:
			if r.text, err = r.scan.runs(r.text, "is"); err != nil {
				return err
			}
		case name == "v" && !t.empty:
			inValue = t.kind == startTag
		case t.kind == endTag && name == "c":
			return nil
		}
	}
}

// place reads B7 as column 1, row 7.
func place(ref []byte) (col, row int, ok bool) {
	i := 0
	for i < len(ref) && ref[i] >= 'A' && ref[i] <= 'Z' && i < 4 {
		col = col*26 + int(ref[i]-'A') + 1
		i++
	}
	row, ok = whole(ref[i:])
	return col - 1, row, ok && i > 0 && col <= mostColumns && row > 0 && row <= mostRows
}

// Time reads a number of days as spreadsheets count them. ok is false when it is no day of
// the years 1900 to 9999; clock says whether it has a time of day besides.
func (f *File) Time(number string) (t time.Time, clock, ok bool) {
	x, err := strconv.ParseFloat(number, 64)
	if err != nil || x < 61 || x >= 2_958_466 { // Excel's February 1900 has a 29th
		return t, false, false
	}
	days := int(x)
	seconds := int((x-float64(days))*86_400 + 0.5)
	if f.from04 {
		days += 1_462
	}
	return dayZero.AddDate(0, 0, days).Add(time.Duration(seconds) * time.Second), seconds != 0, true
}
