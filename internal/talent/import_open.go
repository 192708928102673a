package talent

import (
	"errors"
	"io"
	"slices"

	"kolega/internal/paper/sheet"
)

// surveyRows is how much of a file is looked at to find its layout.
const surveyRows = 300

// openTable is a file whose layout is known. next gives all its rows, the ones that
// were looked at first included.
type openTable struct {
	Layout
	in    *sheet.Sheet
	first []sheet.Row
	at    int // index of the next row
	ended bool
}

// open finds head and columns where they are not given. Close the table after.
func open(src Source, o ImportOptions) (*openTable, error) {
	in, err := sheet.Open(src.Data, sheet.Options{Page: o.Page, Limits: o.Limits})
	if err != nil {
		return nil, err
	}
	t := &openTable{in: in}
	if err := t.survey(o); err != nil {
		t.close()
		return nil, err
	}
	return t, nil
}

func (t *openTable) survey(o ImportOptions) error {
	for len(t.first) < surveyRows {
		row, err := t.in.Next()
		if errors.Is(err, io.EOF) {
			t.ended = true
			break
		}
		if err != nil {
			return err
		}
		t.first = append(t.first, sheet.Row{Number: row.Number, Cells: slices.Clone(row.Cells)})
	}
	if len(t.first) == 0 {
		return sheet.ErrEmpty
	}
	cells := make([][]string, len(t.first))
	for i, row := range t.first {
		cells[i] = row.Cells
	}
	t.Layout = Layout{Format: t.in.Format, Encoding: t.in.Encoding, Delimiter: t.in.Delimiter, Page: t.in.Page, Pages: t.in.Pages, Columns: o.Columns, Defaults: o.Defaults}
	if t.Head = HeadRow(cells[:min(15, len(cells))]); o.Head != nil {
		t.Head = max(-1, min(*o.Head, len(cells)-1))
	}
	switch {
	case o.Columns != nil:
	case t.Head >= 0:
		t.Columns = Guess(cells[t.Head], cells[t.Head+1:])
	default:
		t.Columns = GuessWithoutHead(cells)
	}
	return nil
}

// next gives the next row of the file, head and all, io.EOF after the last. Its cells
// are valid until the next call.
func (t *openTable) next() (row sheet.Row, n int, err error) {
	n = t.at
	if t.at < len(t.first) {
		row = t.first[t.at]
	} else if t.ended {
		return row, n, io.EOF
	} else if row, err = t.in.Next(); err != nil {
		return row, n, err
	}
	t.at++
	return row, n, nil
}

// check reads to the end, so that a file that cannot be read is refused whole, and
// counts the rows.
func (t *openTable) check() (rows int64, err error) {
	for {
		if _, _, err := t.next(); errors.Is(err, io.EOF) {
			return int64(t.at), nil
		} else if err != nil {
			return int64(t.at), err
		}
	}
}

// close lets go of what the table holds; the file itself stays open.
func (t *openTable) close() { _ = t.in.Close() }
