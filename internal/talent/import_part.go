package talent

import (
	"errors"
	"io"
	"slices"

	"kolega/internal/paper/sheet"
)

// partRows is the number of rows that are read, planned and kept together: about 10 ms
// of the writer, so that others wait no longer.
const partRows = 200

// rawPart is some rows of a file as they stand in it.
type rawPart struct {
	rows  []sheet.Row
	from  int     // index of the first row
	share float64 // of the file that was read with it
	err   error   // of the file, after the rows
}

// cut gives the rows of a table in parts until the end; stop ends it early.
func (t *openTable) cut(parts chan<- *rawPart, stop <-chan struct{}) {
	defer close(parts)
	for {
		p := &rawPart{from: t.at, rows: make([]sheet.Row, 0, partRows)}
		for len(p.rows) < partRows && p.err == nil {
			row, _, err := t.next()
			if p.err = err; err == nil {
				p.rows = append(p.rows, sheet.Row{Number: row.Number, Cells: slices.Clone(row.Cells)})
			}
		}
		p.share = t.in.Share()
		end := p.err != nil
		if errors.Is(p.err, io.EOF) {
			p.err = nil
		}
		select {
		case parts <- p:
		case <-stop:
			return
		}
		if end {
			return
		}
	}
}

// part is some rows of a file as they are understood.
type part struct {
	rows     []RowReport // one for each row, in order
	readings []Reading   // of the rows that go on
	hashes   []rowHash   // of each reading
	at       []int       // index in rows of each reading
	before   []bool      // of each reading: taken in by an earlier import
	share    float64
	err      error
}

// understand reads the rows of a part. Rows that cannot go on are settled at once;
// the first left rows of the file were settled before.
func (l Layout) understand(raw *rawPart, o ImportOptions, left *int64) *part {
	p := &part{share: raw.share, err: raw.err, rows: make([]RowReport, 0, len(raw.rows)), readings: make([]Reading, 0, len(raw.rows))}
	for i, row := range raw.rows {
		if raw.from+i == l.Head {
			continue
		}
		if *left > 0 {
			*left--
			continue
		}
		out := RowReport{Row: row.Number, Skipped: true}
		switch {
		case row.Blank():
			out.Code = SkipBlank
		case raw.from+i < l.Head:
			out.Code = SkipAbove
		default:
			reading := l.read(row, o, &out)
			if !out.Skipped {
				p.readings = append(p.readings, reading)
				p.hashes = append(p.hashes, reading.sum())
				p.at = append(p.at, len(p.rows))
			}
		}
		p.rows = append(p.rows, out)
	}
	p.before = make([]bool, len(p.readings))
	return p
}

// read understands one row and says in out why it cannot go on.
func (l Layout) read(row sheet.Row, o ImportOptions, out *RowReport) Reading {
	reading, bad, ok := Read(l.Columns, mended(row, o.Mended), l.Defaults)
	if len(bad) > 0 {
		out.Code, out.Args, out.Column, out.Text = bad[0].Code, bad[0].Args, l.Columns[bad[0].Column].Header, bad[0].Text
	}
	out.Skipped = !ok || len(bad) > 0 && !o.LeaveOutBad
	if !ok && len(bad) == 0 {
		out.Code = SkipNoAccount
	}
	return reading
}

// mended gives the cells of a row with those that a person corrected.
func mended(row sheet.Row, by map[int64]map[int]string) []string {
	cells := row.Cells
	for col, text := range by[row.Number] {
		for col >= len(cells) {
			cells = append(cells, "")
		}
		cells[col] = text
	}
	return cells
}

// settle counts what became of the rows and gives those that a person should see.
func (p *part) settle(outcomes []settledRow, report *ImportReport) (seen []RowReport) {
	settled := make([]Outcome, len(p.rows))
	for i, at := range p.at {
		settled[at] = outcomes[i].outcome
		if outcomes[i].outcome == Skipped {
			p.rows[at].Skipped, p.rows[at].Code = true, outcomes[i].code
		}
	}
	for i, row := range p.rows {
		if row.Skipped {
			settled[i] = Skipped
			report.because(row.Code)
		}
		report.count(settled[i])
		if row.Code != "" {
			seen = append(seen, row)
		}
	}
	report.Read += int64(len(p.rows))
	return seen
}

// settledRow is what became of a reading.
type settledRow struct {
	outcome Outcome
	code    string
}
