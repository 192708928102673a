package result

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"time"

	"kolega/internal/access"
	"kolega/internal/blob"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/paper/sheet"
)

// The media types under which a table of figures is kept as evidence.
const (
	TableCSV  = "text/csv"
	TableXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// TableLimit is the largest table, in bytes, and mostTableRows how many rows it has.
const (
	TableLimit    = 10 << 20
	mostTableRows = 2000
)

// TablePlan is a table of figures as it was understood, before anything is kept.
type TablePlan struct {
	File   Evidence
	Layout TableLayout
	Rows   []TableRow
}

// Ready counts the rows that can be kept.
func (p TablePlan) Ready() (n int) {
	for _, r := range p.Rows {
		if r.Fault == "" {
			n++
		}
	}
	return n
}

// PlanTable stores a CSV or XLSX file of figures and reads it against a campaign's
// posts; no figure is kept. Right: insight.enter of staff. Faults: sheet.*,
// insight.table-*, blob.too-big.
func (s *Service) PlanTable(ctx context.Context, actor access.Actor, campaignID, name string, r io.Reader) (p TablePlan, err error) {
	if err := tableRight(actor, campaignID); err != nil {
		return p, err
	}
	ref, err := s.blob.Put(ctx, blob.Limited(r, TableLimit))
	if err != nil {
		return p, err
	}
	return s.readTable(ctx, actor, campaignID, Evidence{SHA256: ref.SHA256, Size: ref.Size, Name: filepath.Base(name)})
}

func tableRight(actor access.Actor, campaignID string) error {
	if !actor.IsStaff() {
		return db.ErrNotFound
	}
	return actor.Require("insight.enter", access.Owner{CampaignID: campaignID})
}

func (s *Service) readTable(ctx context.Context, actor access.Actor, campaignID string, file Evidence) (p TablePlan, err error) {
	p.File = file
	f, err := s.blob.Open(ctx, file.SHA256)
	if err != nil {
		return p, err
	}
	defer f.Close()
	table, err := sheet.Open(f, sheet.Options{})
	if err != nil {
		return p, err
	}
	defer func() { _ = table.Close() }()
	if p.File.Type = TableCSV; table.Format == "xlsx" {
		p.File.Type = TableXLSX
	}
	var rows []PostRow
	if err = s.db.Read(ctx, func(tx *db.Tx) error { rows, err = loadRows(ctx, tx, campaignID); return err }); err != nil {
		return p, err
	}
	return p, p.fill(table, rows, actor.Lang)
}

func (p *TablePlan) fill(table *sheet.Sheet, rows []PostRow, lang string) error {
	taken := map[string]bool{}
	headed := false
	for {
		row, err := table.Next()
		switch {
		case errors.Is(err, io.EOF) && headed:
			return nil
		case errors.Is(err, io.EOF):
			return sheet.ErrEmpty
		case err != nil:
			return err
		case row.Blank():
			continue
		case !headed:
			headed = true
			if p.Layout, err = LayoutOf(row.Cells); err != nil {
				return err
			}
			continue
		case len(p.Rows) == mostTableRows:
			return ErrTableMany.With("most", mostTableRows)
		}
		t := p.Layout.Read(int(row.Number), row.Cells, rows, lang)
		if t.Fault == "" && taken[t.DeliverableID] {
			t.Fault = "insight.table-twice"
		}
		taken[t.DeliverableID] = t.DeliverableID != ""
		p.Rows = append(p.Rows, t)
	}
}

// KeepTable keeps chosen rows of a table that was planned.
type KeepTable struct {
	CampaignID string
	File       Evidence // as PlanTable answered
	Rows       []int    // numbers of the chosen rows
	TakenAt    time.Time
	Reason     string // why unusual figures are right, for all of them
}

// KeepTable reads the table anew and keeps the chosen rows as insights, each by
// itself, with the file as their evidence; somebody else verifies them. It tells how
// many were kept and gives the others with what is wrong. Right: insight.enter of staff.
func (s *Service) KeepTable(ctx context.Context, actor access.Actor, req KeepTable) (kept int, refused []TableRow, err error) {
	if err := tableRight(actor, req.CampaignID); err != nil {
		return 0, nil, err
	}
	if len(req.Rows) == 0 {
		return 0, nil, ErrTableChoice
	}
	p, err := s.readTable(ctx, actor, req.CampaignID, req.File)
	if err != nil {
		return 0, nil, err
	}
	for _, r := range p.Rows {
		if !slices.Contains(req.Rows, r.Number) || r.Fault != "" {
			continue
		}
		_, err := s.EnterInsight(ctx, actor, EnterInsight{DeliverableID: r.DeliverableID, TakenAt: req.TakenAt, Counts: r.Counts, Evidence: []Evidence{p.File}, Source: FromFile, Reason: req.Reason})
		switch k := fault.KindOf(err); {
		case err == nil:
			kept++
		case k == fault.Invalid || k == fault.Conflict:
			r.Fault = fault.CodeOf(err)
			refused = append(refused, r)
		default:
			return kept, refused, err
		}
	}
	return kept, refused, nil
}
