package paper

import (
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"kolega/internal/paper/xlsx"
	"kolega/internal/worktime"
)

// readBook checks the archive before anything of it is unpacked, then streams the first sheet.
func readBook(r io.ReaderAt, size int64, limits Limits) (*Rows, error) {
	f, err := xlsx.Open(r, size)
	if err != nil {
		return nil, bookFault(err)
	}
	if len(f.Pages) == 0 {
		return nil, ErrFileEmpty
	}
	return &Rows{Format: "xlsx", read: func(yield func(RowRead, error) bool) {
		rows, err := f.Rows(f.Pages[0], limits.Line)
		if err != nil {
			yield(RowRead{}, bookFault(err))
			return
		}
		defer rows.Close() //nolint:errcheck // it was only read
		eachBookRow(rows, limits, yield)
	}}, nil
}

func bookFault(err error) error {
	var part *xlsx.Entry
	switch {
	case errors.As(err, &part):
		return ErrFileEntries.With("entry", cutRunes(part.Name, 80))
	case errors.Is(err, xlsx.ErrBomb):
		return ErrFileBomb
	case errors.Is(err, xlsx.ErrNotWorkbook):
		return ErrFileKind.With("name", "zip")
	}
	return ErrFileDamaged.Wrap(err)
}

func eachBookRow(rows *xlsx.Rows, limits Limits, yield func(RowRead, error) bool) {
	for count := 0; ; {
		line, cells, err := rows.Next()
		switch {
		case errors.Is(err, io.EOF):
			return
		case errors.Is(err, xlsx.ErrRow):
			yield(RowRead{Line: line}, ErrFileLine.With("row", line, "limit", limits.Line))
			return
		case err != nil:
			yield(RowRead{Line: line}, bookFault(err))
			return
		}
		texts := make([]string, len(cells))
		for i, c := range cells {
			texts[i] = c.Text
		}
		if blank(texts) {
			continue
		}
		if fault := overLimits(texts, line, &count, limits); fault != nil {
			yield(RowRead{Line: line}, fault)
			return
		}
		if !yield(RowRead{line, texts}, nil) {
			return
		}
	}
}

func overLimits(cells []string, line int, count *int, limits Limits) error {
	if *count++; *count > limits.Rows {
		return ErrFileRows.With("limit", limits.Rows)
	}
	if len(cells) > limits.Columns {
		return ErrFileColumns.With("row", line, "limit", limits.Columns)
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
