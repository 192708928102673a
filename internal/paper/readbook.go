package paper

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"kolega/internal/worktime"
)

// Bounds of a workbook: parts, unpacked bytes, and how much a part may grow.
const (
	bookEntries = 1000
	bookBytes   = 100 << 20
	bookRatio   = 100
)

// readBook checks the archive by its declared and its counted sizes before anything reads it,
// then streams the first sheet.
func readBook(r io.ReaderAt, size int64, limits Limits) (*Rows, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, ErrFileDamaged.Wrap(err)
	}
	if err := checkArchive(archive, size); err != nil {
		return nil, err
	}
	return &Rows{Format: "xlsx", read: func(yield func(RowRead, error) bool) {
		f, err := excelize.OpenReader(io.NewSectionReader(r, 0, size), excelize.Options{
			RawCellValue: true, UnzipSizeLimit: bookBytes, UnzipXMLSizeLimit: 16 << 20,
		})
		if err != nil {
			yield(RowRead{}, bookFault(err))
			return
		}
		defer f.Close()
		eachBookRow(f, limits, yield)
	}}, nil
}

func bookFault(err error) error {
	if errors.Is(err, excelize.ErrWorkbookPassword) || errors.Is(err, excelize.ErrWorkbookFileFormat) {
		return ErrFileKind.With("name", "xlsx").Wrap(err)
	}
	return ErrFileDamaged.Wrap(err)
}

// checkArchive refuses names that leave the archive, parts that come twice, and archives that
// unpack to too much; each part is unpacked once into nothing, because a declared size can lie.
func checkArchive(archive *zip.Reader, size int64) error {
	if len(archive.File) > bookEntries {
		return ErrFileBomb
	}
	seen, left := map[string]bool{}, int64(bookBytes)
	workbook := false
	for _, e := range archive.File {
		name := strings.ToLower(e.Name)
		if seen[name] || !safeEntry(e) {
			return ErrFileEntries.With("entry", cutRunes(e.Name, 80))
		}
		seen[name] = true
		workbook = workbook || strings.HasPrefix(name, "xl/")
		if e.UncompressedSize64 > uint64(left) || e.UncompressedSize64 > bookRatio*uint64(max(size, 1024)) {
			return ErrFileBomb
		}
		n, err := unpacked(e, left)
		if err != nil {
			return err
		}
		if left -= n; n > bookRatio*size+1<<20 {
			return ErrFileBomb
		}
	}
	if !workbook {
		return ErrFileKind.With("name", "zip")
	}
	return nil
}

func safeEntry(e *zip.File) bool {
	n := strings.ReplaceAll(e.Name, `\`, "/")
	clean := path.Clean(n)
	return e.Mode().Type()&^fs.ModeDir == 0 && n != "" && !path.IsAbs(n) && clean != ".." && !strings.HasPrefix(clean, "../") && !strings.Contains(n, ":")
}

// unpacked counts the true size of a part, up to just over left.
func unpacked(e *zip.File, left int64) (int64, error) {
	r, err := e.Open()
	if err != nil {
		return 0, ErrFileDamaged.Wrap(err)
	}
	defer r.Close()
	n, err := io.Copy(io.Discard, io.LimitReader(r, left+1))
	if n > left {
		return n, ErrFileBomb
	}
	if err != nil {
		return n, ErrFileDamaged.Wrap(err)
	}
	return n, nil
}

// eachBookRow yields the rows of the first sheet.
func eachBookRow(f *excelize.File, limits Limits, yield func(RowRead, error) bool) {
	names := f.GetSheetList()
	if len(names) == 0 {
		yield(RowRead{}, ErrFileEmpty)
		return
	}
	rows, err := f.Rows(names[0])
	if err != nil {
		yield(RowRead{}, ErrFileDamaged.Wrap(err))
		return
	}
	defer rows.Close()
	count := 0
	for line := 1; rows.Next(); line++ {
		cells, err := rows.Columns()
		if err != nil {
			yield(RowRead{Line: line}, ErrFileDamaged.Wrap(err))
			return
		}
		if blank(cells) {
			continue
		}
		if fault := overLimits(cells, line, &count, limits); fault != nil {
			yield(RowRead{Line: line}, fault)
			return
		}
		if !yield(RowRead{line, cells}, nil) {
			return
		}
	}
	if err := rows.Error(); err != nil {
		yield(RowRead{}, ErrFileDamaged.Wrap(err))
	}
}

func overLimits(cells []string, line int, count *int, limits Limits) error {
	if *count++; *count > limits.Rows {
		return ErrFileRows.With("limit", limits.Rows)
	}
	if len(cells) > limits.Columns {
		return ErrFileColumns.With("row", line, "limit", limits.Columns)
	}
	size := 0
	for _, c := range cells {
		size += len(c)
	}
	if size > limits.Line {
		return ErrFileLine.With("row", line, "limit", limits.Line)
	}
	return nil
}

// SheetDate reads a date cell of a workbook, which holds days since the end of 1899 ("46350"),
// or the form YYYY-MM-DD.
func SheetDate(cell string) (worktime.Date, bool) {
	if d, err := worktime.ParseDate(strings.TrimSpace(cell)); err == nil {
		return d, true
	}
	whole, _, _ := strings.Cut(strings.TrimSpace(cell), ".")
	days, err := strconv.Atoi(whole)
	if err != nil || days < 36526 || days > 73415 { // 2000-01-01 to 2100-12-31
		return "", false
	}
	return worktime.DayOf(1899, time.December, 30+days), true
}
