package talent

import (
	"context"
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
	Progress    func(Progress)           // called after each change
	hasty       bool                     // each part its own change
}

// Progress is how far an import has come.
type Progress struct {
	Read  int64
	Share float64 // of the file, 0 to 1
}

// Import takes talents in from a table (CSV or XLSX). Every row is counted once:
// created, updated, unchanged or skipped with its reason. Run again, the same
// file changes nothing, also after it was cut short. The file is read through
// first: one that cannot be read to its end changes nothing. The rows are kept in
// several changes, so that others get their turn between. Faults: sheet.*,
// access.forbidden.
func (s *Service) Import(ctx context.Context, actor access.Actor, src Source, o ImportOptions) (ImportReport, error) {
	if err := actor.Require("talent.import", access.Owner{}); err != nil {
		return ImportReport{}, err
	}
	whole, err := open(src, o)
	if err != nil {
		return ImportReport{}, err
	}
	_, err = whole.check()
	whole.close()
	if err != nil {
		return ImportReport{Layout: whole.Layout}, err
	}
	im := &importer{service: s, actor: actor, source: src.Name, options: o, own: true}
	im.seen = func(_ context.Context, _ *db.Tx, rows []RowReport) error {
		im.report.Rows = append(im.report.Rows, rows...)
		return nil
	}
	err = im.run(ctx, src)
	return im.report, err
}

// importer takes one file in: one goroutine cuts it into rows, one understands them,
// and this one keeps them.
type importer struct {
	service *Service
	actor   access.Actor
	source  string
	options ImportOptions
	id      string // of the import; made with the first change where nobody gave one
	own     bool   // no table waits for this import: it keeps its own line of what came of it
	skip    int64  // rows that were settled before the program was stopped
	report  ImportReport
	layout  Layout
	seen    func(context.Context, *db.Tx, []RowReport) error // takes the rows that a person should see
	kept    func(context.Context, *db.Tx, float64) error     // in each change, at its end
	changes int64                                            // made so far

	people  *sieve // who is on record
	past    *sieve // rows of earlier imports; nobody adds to it
	base    int64  // of the change sequence: people knows everything up to here
	taken   map[rowHash]bool
	waiting []*part // parts that no change has kept yet
}

// ahead is how many parts may be read before they are kept.
const ahead = 3

// run takes the rows in, part by part.
func (im *importer) run(ctx context.Context, src Source) error {
	size, err := src.Data.Seek(0, io.SeekEnd) // before the table is open: it owns the place in the file
	if err != nil {
		return err
	}
	table, err := open(src, im.options)
	if err != nil {
		return err
	}
	defer table.close()
	im.layout, im.report.Layout, im.taken = table.Layout, table.Layout, map[rowHash]bool{}
	if err := im.sift(ctx, size); err != nil {
		return err
	}
	stop := make(chan struct{})
	raw, parts := make(chan *rawPart, ahead), make(chan *part, ahead)
	done := make(chan struct{})
	go table.cut(raw, stop)
	go func() {
		defer close(done)
		im.understand(ctx, raw, parts, stop)
	}()
	defer func() { // nobody reads the file after it was given back
		close(stop)
		for range raw { //nolint:revive // let the cutter go
		}
		<-done
	}()
	for p := range parts {
		im.waiting = append(im.waiting, p)
		if err := im.keep(ctx, parts); err != nil {
			return err
		}
		if im.options.Progress != nil {
			im.options.Progress(Progress{im.report.Read, p.share})
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	if im.options.Progress != nil {
		im.options.Progress(Progress{im.report.Read, 1})
	}
	return nil
}

// understand reads the parts and finds the rows that an earlier import took in.
func (im *importer) understand(ctx context.Context, raw <-chan *rawPart, parts chan<- *part, stop <-chan struct{}) {
	defer close(parts)
	left := im.skip
	for r := range raw {
		p := im.layout.understand(r, im.options, &left)
		if err := im.service.before(ctx, p, im.past); err != nil && p.err == nil {
			p.err = err
		}
		select {
		case parts <- p:
		case <-stop:
			return
		}
	}
}

// keep makes the waiting parts one change, with those that are ready meanwhile, and
// settles their rows.
func (im *importer) keep(ctx context.Context, more <-chan *part) error {
	report := im.report
	var fresh []rowHash
	err := im.service.db.WriteAlone(ctx, func(tx *db.Tx) error {
		for _, h := range fresh { // of a run of this change that came to nothing
			delete(im.taken, h)
		}
		fresh, im.report = fresh[:0], report.copied()
		w := &writer{importer: im, tx: tx}
		if err := im.catchUp(ctx, tx); err != nil {
			return err
		}
		for i := 0; ; i++ {
			if i == len(im.waiting) && !im.take(tx, more) {
				break
			}
			took, err := w.add(ctx, im.waiting[i])
			fresh = append(fresh, took...)
			if err != nil {
				return err
			}
		}
		return w.finish(ctx, report)
	})
	if err != nil {
		im.report = report
		return err
	}
	im.waiting = im.waiting[:0]
	im.changes++
	return nil
}

// take gets one more part for the change, if one is ready and nobody waits.
func (im *importer) take(tx *db.Tx, more <-chan *part) bool {
	if tx.Enough() || im.options.hasty {
		return false
	}
	select {
	case p, open := <-more:
		if open {
			im.waiting = append(im.waiting, p)
		}
		return open
	default:
		return false
	}
}

// writer keeps the parts of one change.
type writer struct {
	*importer
	tx    *db.Tx
	seq   int64 // of the change sequence, once a talent was kept
	saved bool  // something was kept
	share float64
}

// add plans and saves one part. took are the rows that it took in.
func (w *writer) add(ctx context.Context, p *part) (took []rowHash, err error) {
	if p.err != nil {
		return nil, p.err
	}
	k, err := w.known(ctx, p)
	if err != nil {
		return nil, err
	}
	plan := planner{known: k, newID: w.tx.NewID, now: w.tx.Now(), source: w.source, taken: w.taken}
	out := make([]settledRow, len(p.readings))
	for i := range p.readings {
		if p.before[i] {
			out[i] = settledRow{outcome: Unchanged}
			continue
		}
		o, code := plan.take(&p.readings[i], p.hashes[i])
		out[i] = settledRow{o, code}
		w.people.learn(&p.readings[i])
	}
	for _, h := range k.changes.hashes {
		took = append(took, h.hash)
	}
	w.share = p.share
	if !k.changes.empty() {
		if err := w.save(ctx, k.changes); err != nil {
			return took, err
		}
	}
	return took, w.importer.seen(ctx, w.tx, p.settle(out, &w.report))
}

// finish puts the change on the trail: one entry for all its rows. Each talent's own
// tie to the import stands beside the row (talent_import_row).
func (w *writer) finish(ctx context.Context, before ImportReport) error {
	if w.saved {
		w.base = max(w.base, w.seq)
		created, updated := w.report.Created-before.Created, w.report.Updated-before.Updated
		err := audit.Record(ctx, w.tx, w.actor.Who, audit.Entry{Verb: "talent.import", Subject: "talent-import", ID: w.id,
			After: map[string]any{"source": w.source, "created": created, "updated": updated, "unchanged": w.report.Unchanged - before.Unchanged}})
		if err != nil {
			return err
		}
	}
	if w.own && w.saved {
		return keepOwnImport(ctx, w.tx, w.importer)
	}
	if w.kept != nil {
		return w.kept(ctx, w.tx, w.share)
	}
	return nil
}
