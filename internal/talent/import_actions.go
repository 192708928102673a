package talent

import (
	"context"
	"errors"
	"io"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/paper/sheet"
)

// Source is a file to take in. Name is shown and kept as the origin of figures.
type Source struct {
	Name string
	Data io.ReadSeeker
}

// ImportOptions say how a file is read. The zero value guesses everything that
// the file itself says and nothing else.
type ImportOptions struct {
	Page        string                   // worksheet
	Columns     []Column                 // nil: guessed
	Head        *int                     // index of the head row, -1 none; nil: found
	Defaults    RowDefaults              //
	LeaveOutBad bool                     // take a row in without its bad cells, instead of skipping it
	Mended      map[int64]map[int]string // cells corrected by a person: row number, column
	Limits      sheet.Limits             //
	Progress    func(Progress)           // called after each batch
}

// Progress is how far an import has come.
type Progress struct {
	Read  int64
	Share float64 // of the file, 0 to 1
}

// batchRows is the number of rows of one change: short enough for others to get
// their turn between two.
const batchRows = 400

// Import takes talents in from a table (CSV or XLSX). Every row is counted once:
// created, updated, unchanged or skipped with its reason. Run again, the same
// file changes nothing. Each batch is one change; a fault of the file itself stops
// the import after the batches before it. Faults: sheet.*, access.forbidden.
func (s *Service) Import(ctx context.Context, actor access.Actor, src Source, o ImportOptions) (ImportReport, error) {
	var report ImportReport
	if err := actor.Require("talent.import", access.Owner{}); err != nil {
		return report, err
	}
	layout, err := survey(src, o)
	if err != nil {
		return report, err
	}
	report.Layout = layout
	in, err := sheet.Open(src.Data, sheet.Options{Page: o.Page, Limits: o.Limits})
	if err != nil {
		return report, err
	}
	defer func() { _ = in.Close() }()
	b := batch{service: s, actor: actor, source: src.Name, options: o, report: &report}
	for n := 0; ; n++ {
		row, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return report, err
		}
		if n == layout.Head {
			continue
		}
		b.add(row, n < layout.Head)
		if len(b.rows) == batchRows || len(b.readings) == batchRows {
			if err := b.keep(ctx); err != nil {
				return report, err
			}
			if o.Progress != nil {
				o.Progress(Progress{report.Read, in.Share()})
			}
		}
		if err := ctx.Err(); err != nil {
			return report, err
		}
	}
	err = b.keep(ctx)
	if o.Progress != nil {
		o.Progress(Progress{report.Read, 1})
	}
	return report, err
}

// batch gathers rows until there are enough for one change.
type batch struct {
	service  *Service
	actor    access.Actor
	source   string
	options  ImportOptions
	report   *ImportReport
	rows     []RowReport // one for each row of the batch, in order
	readings []Reading   // of the rows that go on
	at       []int       // index in rows of each reading
}

// add reads one row. Rows that cannot go on are settled at once.
func (b *batch) add(row sheet.Row, above bool) {
	b.report.Read++
	out := RowReport{Row: row.Number, Skipped: true}
	cells := row.Cells
	for col, text := range b.options.Mended[row.Number] {
		for col >= len(cells) {
			cells = append(cells, "")
		}
		cells[col] = text
	}
	var reading Reading
	switch {
	case row.Blank():
		out.Code = SkipBlank
	case above:
		out.Code = SkipAbove
	default:
		var bad []Bad
		var ok bool
		reading, bad, ok = Read(b.report.Layout.Columns, cells, b.report.Layout.Defaults)
		if len(bad) > 0 {
			out.Code, out.Args, out.Column, out.Text = bad[0].Code, bad[0].Args, b.report.Layout.Columns[bad[0].Column].Header, bad[0].Text
		}
		out.Skipped = !ok || len(bad) > 0 && !b.options.LeaveOutBad
		if !ok && len(bad) == 0 {
			out.Code = SkipNoAccount
		}
	}
	if !out.Skipped {
		b.readings = append(b.readings, reading)
		b.at = append(b.at, len(b.rows))
	}
	b.rows = append(b.rows, out)
}

// keep makes the batch one change and settles its rows.
func (b *batch) keep(ctx context.Context) error {
	outcomes, err := b.write(ctx)
	if err != nil {
		return err
	}
	settled := make([]Outcome, len(b.rows))
	for i, at := range b.at {
		settled[at] = outcomes[i].outcome
		if outcomes[i].outcome == Skipped {
			b.rows[at].Skipped, b.rows[at].Code = true, outcomes[i].code
		}
	}
	for i, row := range b.rows {
		if row.Skipped {
			settled[i] = Skipped
		}
		b.report.count(settled[i])
		if row.Code != "" {
			b.report.Rows = append(b.report.Rows, row)
		}
	}
	b.rows, b.readings, b.at = b.rows[:0], b.readings[:0], b.at[:0]
	return nil
}

type settledRow struct {
	outcome Outcome
	code    string
}

// write plans and saves the readings. A batch that was taken in before is only read.
func (b *batch) write(ctx context.Context) (out []settledRow, err error) {
	if len(b.readings) == 0 {
		return nil, nil
	}
	same, err := b.allKnown(ctx)
	if err != nil {
		return nil, err
	}
	if same {
		for range b.readings {
			out = append(out, settledRow{outcome: Unchanged})
		}
		return out, nil
	}
	err = b.service.db.Write(ctx, func(tx *db.Tx) error {
		out = make([]settledRow, 0, len(b.readings))
		k, err := loadKnown(ctx, tx, b.readings)
		if err != nil {
			return err
		}
		p := planner{known: k, newID: tx.NewID, now: tx.Now(), source: b.source}
		counts := map[Outcome]int{}
		for _, r := range b.readings {
			o, code := p.take(r)
			out = append(out, settledRow{o, code})
			counts[o]++
		}
		if k.changes.empty() {
			return nil
		}
		if err := k.changes.save(ctx, tx); err != nil {
			return err
		}
		return audit.Record(ctx, tx, b.actor.Who, audit.Entry{Verb: "talent.import", Subject: "talent-import", ID: tx.NewID(),
			After: map[string]any{"source": b.source, "created": counts[Created], "updated": counts[Updated], "unchanged": counts[Unchanged]}})
	})
	return out, err
}

func (b *batch) allKnown(ctx context.Context) (same bool, err error) {
	hashes := make([]string, len(b.readings))
	for i, r := range b.readings {
		hashes[i] = r.Hash()
	}
	err = b.service.db.Read(ctx, func(tx *db.Tx) error {
		found, err := loadHashes(ctx, tx, hashes)
		same = true
		for _, h := range hashes {
			same = same && found[h]
		}
		return err
	})
	return same, err
}

// surveyRows is how much of a file is looked at to find its layout.
const surveyRows = 300

// survey finds head and columns where they are not given.
func survey(src Source, o ImportOptions) (Layout, error) {
	in, err := sheet.Open(src.Data, sheet.Options{Page: o.Page, Limits: o.Limits})
	if err != nil {
		return Layout{}, err
	}
	defer func() { _ = in.Close() }()
	var first [][]string
	for len(first) < surveyRows {
		row, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Layout{}, err
		}
		first = append(first, append([]string(nil), row.Cells...))
	}
	if len(first) == 0 {
		return Layout{}, sheet.ErrEmpty
	}
	l := Layout{Format: in.Format, Encoding: in.Encoding, Delimiter: in.Delimiter, Page: in.Page, Pages: in.Pages, Columns: o.Columns, Defaults: o.Defaults}
	if l.Head = HeadRow(first[:min(15, len(first))]); o.Head != nil {
		l.Head = max(-1, min(*o.Head, len(first)-1))
	}
	switch {
	case o.Columns != nil:
	case l.Head >= 0:
		l.Columns = Guess(first[l.Head], first[l.Head+1:])
	default:
		l.Columns = GuessWithoutHead(first)
	}
	return l, nil
}
