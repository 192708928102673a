package sheet

import (
	"archive/zip"
	"errors"
	"io"
	"math/big"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"
)

// What a workbook may grow to when unpacked.
const (
	maxUnpacked = 100 << 20
	maxRatio    = 100
	maxEntries  = 1_000
)

// workbook reads one worksheet of an XLSX.
type workbook struct {
	file   *excelize.File
	it     *excelize.Rows
	page   string
	limits Limits
	row    int
	total  int
	pct    map[int]bool // style number -> shows percent
}

func openWorkbook(r io.ReadSeeker, size int64, page string, l Limits) (*Sheet, error) {
	at, err := checkArchive(r, size)
	if err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(io.NewSectionReader(at, 0, size), excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: 16 << 20})
	if errors.Is(err, excelize.ErrWorkbookFileFormat) || err != nil {
		return nil, ErrWorkbook.Wrap(err)
	}
	pages := f.GetSheetList()
	w := &workbook{file: f, limits: l, pct: map[int]bool{}}
	if err := w.choose(pages, page); err != nil {
		_ = f.Close()
		return nil, err
	}
	return &Sheet{Format: "xlsx", Page: w.page, Pages: pages, rows: w, limits: l}, nil
}

// choose opens the named worksheet, or the first visible one that holds anything.
func (w *workbook) choose(pages []string, page string) error {
	for _, p := range pages {
		if page != "" && p != page {
			continue
		}
		if visible, _ := w.file.GetSheetVisible(p); page == "" && !visible {
			continue
		}
		it, err := w.file.Rows(p)
		if err != nil {
			continue // a chart sheet has no rows
		}
		if page != "" || it.Next() {
			_ = it.Close()
			if it, err = w.file.Rows(p); err != nil {
				return ErrWorkbook.Wrap(err)
			}
			w.it, w.page = it, p
			w.total = w.height()
			return nil
		}
		_ = it.Close()
	}
	if page != "" {
		return ErrNoPage.With("page", page)
	}
	return ErrEmpty
}

// height is the number of rows that the worksheet claims; 0 if it does not say.
func (w *workbook) height() int {
	d, err := w.file.GetSheetDimension(w.page)
	if err != nil {
		return 0
	}
	_, end, ok := strings.Cut(d, ":")
	if !ok {
		return 1
	}
	_, row, err := excelize.CellNameToCoordinates(end)
	if err != nil {
		return 0
	}
	return row
}

func (w *workbook) share() float64 {
	if w.total == 0 {
		return 0
	}
	return float64(w.row) / float64(w.total)
}

func (w *workbook) close() error {
	_ = w.it.Close()
	return w.file.Close()
}

// next gives the raw values: a number as it is stored, not as it is shown, except
// that a share shown as percent is written as percent.
func (w *workbook) next() ([]string, error) {
	if !w.it.Next() {
		if err := w.it.Error(); err != nil {
			return nil, ErrWorkbook.Wrap(err)
		}
		return nil, io.EOF
	}
	w.row++
	cells, err := w.it.Columns(excelize.Options{RawCellValue: true})
	if err != nil {
		return nil, ErrWorkbook.Wrap(err)
	}
	var length int64
	for i, c := range cells {
		length += int64(len(c))
		if isShare(c) && w.showsPercent(i+1, w.row) {
			cells[i] = percent(c)
		} else if strings.ContainsAny(c, "eE") {
			cells[i] = plainNumber(c)
		}
	}
	if length > w.limits.RowBytes || len(cells) > w.limits.Columns {
		return nil, ErrRowTooLong.With("row", int64(w.row))
	}
	return cells, nil
}

func (w *workbook) showsPercent(col, row int) bool {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		return false
	}
	style, err := w.file.GetCellStyle(w.page, name)
	if err != nil {
		return false
	}
	known, ok := w.pct[style]
	if !ok {
		if s, err := w.file.GetStyle(style); err == nil && s != nil {
			known = s.NumFmt == 9 || s.NumFmt == 10 || s.CustomNumFmt != nil && strings.Contains(*s.CustomNumFmt, "%")
		}
		w.pct[style] = known
	}
	return known
}

// isShare says whether the text is a number between 0 and 1, such as "0.048". Only
// then is the style asked for, since that takes the whole worksheet into memory.
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

// checkArchive refuses archives that lie about their size or names before they
// are unpacked. What is unpacked is counted again by the reader.
func checkArchive(r io.ReadSeeker, size int64) (io.ReaderAt, error) {
	at, ok := r.(io.ReaderAt)
	if !ok {
		at = &seeking{r}
	}
	z, err := zip.NewReader(at, size)
	if err != nil {
		return nil, ErrWorkbook.Wrap(err)
	}
	var unpacked uint64
	seen := map[string]bool{}
	for _, f := range z.File {
		name := strings.ReplaceAll(f.Name, `\`, "/")
		clean := path.Clean("/" + name)
		if strings.Contains(name, "..") || strings.HasPrefix(name, "/") || f.Mode()&^0o777 != 0 && !f.Mode().IsDir() || seen[clean] && !f.Mode().IsDir() {
			return nil, ErrWorkbook
		}
		seen[clean] = true
		unpacked += f.UncompressedSize64
		if unpacked > maxUnpacked {
			return nil, ErrBomb
		}
	}
	if len(z.File) > maxEntries || unpacked > 1<<20 && unpacked > uint64(size)*maxRatio {
		return nil, ErrBomb
	}
	return at, nil
}

// seeking reads at an offset from something that can only seek.
type seeking struct{ r io.ReadSeeker }

func (s *seeking) ReadAt(p []byte, off int64) (int, error) {
	if _, err := s.r.Seek(off, io.SeekStart); err != nil {
		return 0, err
	}
	n, err := io.ReadFull(s.r, p)
	if err == io.ErrUnexpectedEOF {
		err = io.EOF
	}
	return n, err
}
