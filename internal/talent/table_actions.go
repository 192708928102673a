package talent

import (
	"context"
	"io"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
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
	if err := s.read(ctx, t, func(table *openTable) error { t.Rows, err = table.check(); return err }); err != nil {
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

// read opens a table's file, finds its layout and hands it over.
func (s *Service) read(ctx context.Context, t Table, do func(*openTable) error) error {
	f, err := s.files.Open(ctx, t.SHA256)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	table, err := open(Source{t.Name, f}, t.Plan.options())
	if err != nil {
		return err
	}
	defer table.close()
	return do(table)
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
		if !t.BegunAt.IsZero() && (t.Fault == "" || t.Report.Read > 0) {
			return FaultDone // also of a part: how the rest is read stays as it was
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

// Preview reads a whole table without keeping anything: one goroutine cuts the file
// into rows, this one understands them. Faults: sheet.*.
func (s *Service) Preview(ctx context.Context, actor access.Actor, id string) (Preview, error) {
	t, err := s.LoadTable(ctx, actor, id)
	if err != nil {
		return Preview{}, err
	}
	v := viewer{Preview: Preview{Table: t}, service: s, seen: map[rowHash]bool{}}
	err = s.read(ctx, t, func(table *openTable) error {
		v.Layout, v.Samples = table.Layout, make([][]string, len(table.Columns))
		parts, stop := make(chan *rawPart, ahead), make(chan struct{})
		go table.cut(parts, stop)
		defer func() {
			close(stop)
			for range parts { //nolint:revive // let the cutter go before the file is closed
			}
		}()
		for p := range parts {
			for i, row := range p.rows {
				if n := p.from + i; n != v.Layout.Head {
					v.look(row, n < v.Layout.Head)
				}
			}
			if p.err != nil {
				return p.err
			}
			if err := v.settle(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	return v.Preview, err
}

// viewer reads a table for its preview.
type viewer struct {
	Preview
	service *Service
	seen    map[rowHash]bool // rows of this file
	waiting []*Reading       // rows of which it is not known whether they are on record
}

func (v *viewer) look(row sheet.Row, above bool) {
	v.Counts.Read++
	if above || row.Blank() {
		v.Counts.Empty++
		return
	}
	cells := mended(row, v.Table.Plan.Mended)
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
	sum := reading.sum()
	switch {
	case len(bad) > 0 && (!v.Table.Plan.LeaveOutBad || !ok):
		v.Counts.RedRows++
	case !ok:
		v.Counts.NoAccount++
	case v.seen[sum]:
		v.Counts.Repeats++
	default:
		v.seen[sum] = true
		v.waiting = append(v.waiting, &reading)
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
	if len(v.waiting) == 0 {
		return nil
	}
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

// Begin says to take a table in as it was last adjusted; the work is done after the
// answer, and goes on where it stood when the program is stopped in between. Once
// begun, beginning again does nothing. A person hears of the end (Imported).
func (s *Service) Begin(ctx context.Context, actor access.Actor, id string) (Table, error) {
	return s.begin(ctx, actor, id, 0)
}

func (s *Service) begin(ctx context.Context, actor access.Actor, id string, after time.Duration) (t Table, err error) {
	if err := actor.Require("talent.import", access.Owner{}); err != nil {
		return t, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if t, err = loadTable(ctx, tx, id); err != nil || !t.BegunAt.IsZero() && t.Fault == "" {
			return err
		}
		t.BegunAt, t.Fault = tx.Now(), ""
		if err := saveTable(ctx, tx, t); err != nil {
			return err
		}
		t.Version++
		return job.Enqueue(ctx, tx, takeIn{TableID: id, Who: actor.Who}, job.After(tx.Now().Add(after)))
	})
	return t, err
}

// onesGrace is how long a table that somebody waits for is left to him, before a
// worker looks whether it was finished.
const onesGrace = 5 * time.Minute

// Commit begins a table and takes it in at once, for those who wait: a second time
// gives the report of the first. The rows come by Problems.
func (s *Service) Commit(ctx context.Context, actor access.Actor, id string) (ImportReport, error) {
	t, err := s.begin(ctx, actor, id, onesGrace)
	if err != nil || !t.DoneAt.IsZero() {
		return t.Report, err
	}
	t, err = s.takeTable(context.WithoutCancel(ctx), actor.Who, id)
	return t.Report, err
}

// takeTable takes the rest of a begun table in.
func (s *Service) takeTable(ctx context.Context, who audit.Who, id string) (t Table, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error { t, err = loadTable(ctx, tx, id); return err })
	if err != nil || !t.Running() {
		return t, err
	}
	f, err := s.files.Open(ctx, t.SHA256)
	if err != nil {
		return t, err
	}
	defer func() { _ = f.Close() }()
	im := s.importerOf(who, t)
	if err = im.run(ctx, Source{t.Name, f}); err != nil && fault.KindOf(err) != fault.Invalid {
		return t, err
	}
	code := ""
	if err != nil {
		code = fault.CodeOf(err)
	}
	return s.endTable(ctx, who, t, im, code)
}

// importerOf goes on with a table where it stands.
func (s *Service) importerOf(who audit.Who, t Table) *importer {
	id, actor := t.ID, access.System()
	actor.Who = who
	im := &importer{service: s, actor: actor, source: t.Name, options: t.Plan.options(), id: id, skip: t.Report.Read, report: t.Report.counts()}
	im.seen = func(ctx context.Context, tx *db.Tx, rows []RowReport) error {
		if len(rows) == 0 {
			return nil
		}
		return insertRows(ctx, tx, id, rows)
	}
	im.kept = func(ctx context.Context, tx *db.Tx, share float64) error {
		now := t
		now.Report, now.Share = im.report.counts(), int64(share*9_999)
		now.Version += im.changes
		return saveTable(ctx, tx, now)
	}
	return im
}

// endTable keeps what came of a table, and tells those who wait for it.
func (s *Service) endTable(ctx context.Context, who audit.Who, t Table, im *importer, code string) (Table, error) {
	end := t
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		end = t
		end.Version += im.changes
		end.Report, end.Fault = im.report.counts(), code
		if code == "" {
			end.DoneAt, end.Share = tx.Now(), 10_000
		}
		if err := saveTable(ctx, tx, end); err != nil {
			return err
		}
		err := audit.Record(ctx, tx, who, audit.Entry{Verb: "talent.import", Subject: "talent-import", ID: end.ID,
			After: map[string]any{"source": end.Name, "done": end.Report.Line(), "fault": code}})
		if err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, Imported{TableID: end.ID, PersonID: who.ID, Name: t.Name, Line: t.Report.Line(), Fault: code})
	})
	if err != nil {
		return t, err
	}
	return end, nil
}

// Problems gives the rows of a table that were skipped, or taken in without some of
// their cells: those after a row, most at a time, and whether there are more.
func (s *Service) Problems(ctx context.Context, actor access.Actor, id string, after int64, most int) (rows []RowReport, more bool, err error) {
	if err := actor.Require("talent.import", access.Owner{}); err != nil {
		return nil, false, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		rows, more, err = loadRows(ctx, tx, id, after, most)
		return err
	})
	return rows, more, err
}

// Tables gives the newest tables that somebody brought or took in, newest first.
func (s *Service) Tables(ctx context.Context, actor access.Actor, most int) (tables []Table, err error) {
	if err := actor.Require("talent.import", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		tables, err = listTables(ctx, tx, most)
		return err
	})
	return tables, err
}

// Origins gives the imports that brought or changed a talent, the first one first.
func (s *Service) Origins(ctx context.Context, actor access.Actor, talentID string) (out []Origin, err error) {
	if err := actor.Require("talent.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = listOrigins(ctx, tx, talentID)
		return err
	})
	return out, err
}
