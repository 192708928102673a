package sheet

import (
	"errors"
	"io"
	"math/big"
	"strings"

	"kolega/internal/paper/xlsx"
)

// workbook reads one worksheet of an XLSX.
type workbook struct {
	file    *xlsx.File
	rowsOf  *xlsx.Rows
	page    string
	limits  Limits
	row     int // given so far
	ahead   []string
	aheadAt int // its number; 0 for none
}

func openWorkbook(r io.ReadSeeker, size int64, page string, l Limits) (*Sheet, error) {
	at, ok := r.(io.ReaderAt)
	if !ok {
		at = &seeking{r}
	}
	f, err := xlsx.Open(at, size)
	if err != nil {
		return nil, workbookFault(err)
	}
	w := &workbook{file: f, limits: l}
	if err := w.choose(page); err != nil {
		return nil, err
	}
	var names []string
	for _, p := range f.Pages {
		names = append(names, p.Name)
	}
	return &Sheet{Format: "xlsx", Page: w.page, Pages: names, rows: w, limits: l}, nil
}

func workbookFault(err error) error {
	if errors.Is(err, xlsx.ErrBomb) {
		return ErrBomb
	}
	return ErrWorkbook.Wrap(err)
}

// choose opens the named worksheet, or the first visible one that holds anything.
func (w *workbook) choose(page string) error {
	for _, p := range w.file.Pages {
		if page != "" && p.Name != page || page == "" && p.Hidden {
			continue
		}
		rows, err := w.file.Rows(p, int(w.limits.RowBytes))
		if err != nil && errors.Is(err, xlsx.ErrBomb) {
			return ErrBomb
		}
		if err != nil {
			continue // a chart sheet has no rows
		}
		w.rowsOf, w.page = rows, p.Name
		err = w.look()
		if err == nil || page != "" && errors.Is(err, io.EOF) {
			return nil
		}
		_ = rows.Close()
		if !errors.Is(err, io.EOF) {
			return err
		}
	}
	if page != "" {
		return ErrNoPage.With("page", page)
	}
	return ErrEmpty
}

func (w *workbook) share() float64 {
	if h := w.rowsOf.Height(); h > 0 {
		return float64(w.row) / float64(h)
	}
	return 0
}

func (w *workbook) close() error { return w.rowsOf.Close() }

// next gives every row that a spreadsheet program shows, those that are not written down too.
func (w *workbook) next() ([]string, error) {
	if w.aheadAt <= w.row {
		if err := w.look(); err != nil {
			return nil, err
		}
	}
	w.row++
	if w.row < w.aheadAt {
		return nil, nil
	}
	return w.ahead, nil
}

// look reads the next row that is written down.
func (w *workbook) look() error {
	at, cells, err := w.rowsOf.Next()
	switch {
	case errors.Is(err, io.EOF):
		return io.EOF
	case errors.Is(err, xlsx.ErrRow), err == nil && len(cells) > w.limits.Columns:
		return ErrRowTooLong.With("row", int64(at))
	case err != nil:
		return workbookFault(err)
	}
	w.ahead, w.aheadAt = w.ahead[:0], at
	for _, c := range cells {
		w.ahead = append(w.ahead, w.text(c))
	}
	return nil
}

// text is the raw value of a cell: a number as it is stored, not as it is shown, except that a
// share shown as percent is written as percent, and a day as YYYY-MM-DD with its clock, if any.
func (w *workbook) text(c xlsx.Cell) string {
	if !c.Number {
		return c.Text
	}
	switch c.Look {
	case xlsx.Percent:
		if isShare(c.Text) {
			return percent(c.Text)
		}
	case xlsx.Day:
		if t, clock, ok := w.file.Time(c.Text); ok && clock {
			return t.Format("2006-01-02 15:04:05")
		} else if ok {
			return t.Format("2006-01-02")
		}
	}
	if strings.ContainsAny(c.Text, "eE") {
		return plainNumber(c.Text)
	}
	return c.Text
}

// isShare says whether the text is a number between 0 and 1, such as "0.048".
func isShare(c string) bool {
	return c != "" && len(c) < 24 && strings.Trim(c, "0123456789.") == "" && strings.HasPrefix(c, "0.")
}

// percent writes an exact share as percent: "0.048" is "4.8%".
func percent(c string) string {
	x, ok := new(big.Rat).SetString(c)
	if !ok {
		return c
	}
	s := x.Mul(x, big.NewRat(100, 1)).FloatString(6)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".") + "%"
}

// plainNumber writes 6.28123456789E11 in full where that loses nothing.
func plainNumber(c string) string {
	if len(c) > 30 || strings.Trim(c, "0123456789.eE+-") != "" {
		return c
	}
	x, ok := new(big.Rat).SetString(c)
	if !ok || !x.IsInt() || x.Num().BitLen() > 60 {
		return c
	}
	return x.Num().String()
}

// seeking reads at an offset from something that can only seek.
type seeking struct{ r io.ReadSeeker }

// ReadAt reads where it is told.
func (s *seeking) ReadAt(p []byte, off int64) (int, error) {
	if _, err := s.r.Seek(off, io.SeekStart); err != nil {
		return 0, err
	}
	n, err := io.ReadFull(s.r, p)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = io.EOF
	}
	return n, err
}
