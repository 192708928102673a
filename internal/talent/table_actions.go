package talent

import (
	"context"
	"errors"
	"io"
	"strings"

	"kolega/internal/access"
	"kolega/internal/blob"
	"kolega/internal/db"
	"kolega/internal/paper/sheet"
)

// BringTable keeps a file that waits to be taken in and reads it once, so that a
// file that cannot be read is refused at once. Faults: sheet.*, blob.too-big.
func (s *Service) BringTable(ctx context.Context, actor access.Actor, name string, r io.Reader) (t Table, err error) {
	if err := actor.Require("talent.import", access.Owner{}); err != nil {
		return t, err
	}
	ref, err := s.files.Put(ctx, blob.Limited(r, sheet.Usual.Bytes))
	if err != nil {
		return t, err
	}
	t = Table{SHA256: ref.SHA256, Name: clip(strings.TrimSpace(name), 200), PersonID: actor.ID, Plan: TablePlan{Defaults: RowDefaults{Lang: actor.Lang}}}
	if _, err := s.read(ctx, t, func(Layout, *sheet.Sheet) error { return nil }); err != nil {
		return t, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		t.ID, t.MadeAt, t.Version = tx.NewID(), tx.Now(), 1
		if err := insertTable(ctx, tx, t); err != nil {
			return err
		}
		return record(ctx, tx, actor, "talent.import", "talent-import", t.ID, "", nil, map[string]any{"brought": t.Name})
	})
	return t, err
}

// read opens a table's file, finds its layout and hands over the rows.
func (s *Service) read(ctx context.Context, t Table, do func(Layout, *sheet.Sheet) error) (Layout, error) {
	f, err := s.files.Open(ctx, t.SHA256)
	if err != nil {
		return Layout{}, err
	}
	defer func() { _ = f.Close() }()
	o := t.Plan.options()
	l, err := survey(Source{t.Name, f}, o)
	if err != nil {
		return l, err
	}
	in, err := sheet.Open(f, sheet.Options{Page: o.Page})
	if err != nil {
		return l, err
	}
	defer func() { _ = in.Close() }()
	return l, do(l, in)
}

// Adjust keeps how a person wants the file to be read.
func (s *Service) Adjust(ctx context.Context, actor access.Actor, id string, plan TablePlan) error {
	if err := actor.Require("talent.import", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		t, err := loadTable(ctx, tx, id)
		if err != nil {
			return err
		}
		if !t.DoneAt.IsZero() {
			return FaultDone
		}
		t.Plan = plan
		if err := saveTable(ctx, tx, t); err != nil {
			return err
		}
		return record(ctx, tx, actor, "talent.import", "talent-import", id, "", nil, map[string]any{"adjusted": true})
	})
}

// LoadTable gives a file that was brought.
func (s *Service) LoadTable(ctx context.Context, actor access.Actor, id string) (t Table, err error) {
	if err := actor.Require("talent.import", access.Owner{}); err != nil {
		return t, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		t, err = loadTable(ctx, tx, id)
		return err
	})
	return t, err
}

// Preview reads a whole table without keeping anything. Faults: sheet.*.
func (s *Service) Preview(ctx context.Context, actor access.Actor, id string) (Preview, error) {
	t, err := s.LoadTable(ctx, actor, id)
	if err != nil {
		return Preview{}, err
	}
	v := viewer{Preview: Preview{Table: t}, service: s, seen: map[string]bool{}}
	v.Layout, err = s.read(ctx, t, func(l Layout, in *sheet.Sheet) error {
		v.Layout, v.Samples = l, make([][]string, len(l.Columns))
		for n := 0; ; n++ {
			row, err := in.Next()
			if errors.Is(err, io.EOF) {
				return v.settle(ctx)
			}
			if err != nil {
				return err
			}
			if n == l.Head {
				continue
			}
			v.look(row, n < l.Head)
			if len(v.waiting) == batchRows {
				if err := v.settle(ctx); err != nil {
					return err
				}
			}
		}
	})
	return v.Preview, err
}

// viewer reads a table for its preview.
type viewer struct {
	Preview
	service *Service
	seen    map[string]bool // hashes in this file
	waiting []Reading
}

func (v *viewer) look(row sheet.Row, above bool) {
	v.Counts.Read++
	if above || row.Blank() {
		v.Counts.Empty++
		return
	}
	cells := row.Cells
	for col, text := range v.Table.Plan.Mended[row.Number] {
		for col >= len(cells) {
			cells = append(cells, "")
		}
		cells[col] = text
	}
	for i := range v.Samples {
		if len(v.Samples[i]) < 3 && i < len(cells) && strings.TrimSpace(cells[i]) != "" {
			v.Samples[i] = append(v.Samples[i], clip(strings.TrimSpace(cells[i]), 40))
		}
	}
	reading, bad, ok := Read(v.Layout.Columns, cells, v.Layout.Defaults)
	v.blame(row.Number, bad)
	if len(v.First) < maxFirst {
		v.First = append(v.First, PreviewRow{row.Number, reading, bad})
	}
	switch {
	case len(bad) > 0 && (!v.Table.Plan.LeaveOutBad || !ok):
		v.Counts.RedRows++
	case !ok:
		v.Counts.NoAccount++
	case v.seen[reading.Hash()]:
		v.Counts.Repeats++
	default:
		v.seen[reading.Hash()] = true
		v.waiting = append(v.waiting, reading)
	}
}

func (v *viewer) blame(row int64, bad []Bad) {
	for _, b := range bad {
		if len(v.Red) >= maxRed {
			v.MoreRed++
			continue
		}
		v.Red = append(v.Red, RedCell{row, b.Column, v.Layout.Columns[b.Column].Header, b.Text, b.Code, b.Args})
	}
}

// settle counts which of the waiting rows are on record already.
func (v *viewer) settle(ctx context.Context) error {
	err := v.service.db.Read(ctx, func(tx *db.Tx) error {
		known, err := knownAccounts(ctx, tx, v.waiting)
		for _, r := range v.waiting {
			if len(r.Accounts) > 0 && known[accountKey(r.Accounts[0].Platform, r.Accounts[0].Key)] {
				v.Counts.Known++
			} else {
				v.Counts.Ready++
			}
		}
		return err
	})
	v.waiting = v.waiting[:0]
	return err
}

// Commit takes a table in as it was last adjusted, once: a second time gives the
// report of the first.
func (s *Service) Commit(ctx context.Context, actor access.Actor, id string) (ImportReport, error) {
	t, err := s.LoadTable(ctx, actor, id)
	if err != nil || !t.DoneAt.IsZero() {
		return t.Report, err
	}
	f, err := s.files.Open(ctx, t.SHA256)
	if err != nil {
		return t.Report, err
	}
	defer func() { _ = f.Close() }()
	if t.Report, err = s.Import(ctx, actor, Source{t.Name, f}, t.Plan.options()); err != nil {
		return t.Report, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		now, err := loadTable(ctx, tx, id)
		if err != nil {
			return err
		}
		now.Report, now.DoneAt = t.Report, tx.Now()
		if err := saveTable(ctx, tx, now); err != nil {
			return err
		}
		return record(ctx, tx, actor, "talent.import", "talent-import", id, "", nil, map[string]any{"done": t.Report.Line()})
	})
	return t.Report, err
}
