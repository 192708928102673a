package ledger

import (
	"context"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/worktime"
)

// Trial shows the trial balance of a period: f.Since inclusive, f.Until exclusive.
func (s *Service) Trial(ctx context.Context, actor access.Actor, f Filter) (t Trial, err error) {
	if err := actor.Require("ledger.see", access.Owner{}); err != nil {
		return t, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		rows, err := trialRows(ctx, tx, f)
		if err != nil {
			return err
		}
		t, err = TrialOf(rows)
		return err
	})
	return t, err
}

// Closings lists the periods that were closed, newest first.
func (s *Service) Closings(ctx context.Context, actor access.Actor) (list []Closing, err error) {
	if err := actor.Require("ledger.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { list, err = listClosings(ctx, tx); return err })
	return list, err
}

// ClosePeriod closes the books up to a day that is over: from then on nothing can be
// dated on that day or before. Books in which a check finds something wrong are not
// closed. Faults: ledger.close-day, ledger.close-books.
func (s *Service) ClosePeriod(ctx context.Context, actor access.Actor, until worktime.Date) (c Closing, err error) {
	if err := actor.Require("ledger.close", access.Owner{}); err != nil {
		return c, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		house, err := access.LoadAgency(ctx, tx)
		if err != nil {
			return err
		}
		zone, err := worktime.Zone(house.Zone)
		if err != nil {
			return err
		}
		last, err := lastClosing(ctx, tx)
		if err != nil {
			return err
		}
		if c, err = Close(last, until, worktime.DateOf(tx.Now(), zone), zone); err != nil {
			return err
		}
		problems, err := Check(ctx, tx)
		if err != nil {
			return err
		}
		if len(problems) > 0 {
			return ErrCloseBooks.With("n", len(problems))
		}
		c.ID, c.At, c.By = tx.NewID(), tx.Now(), actor.Name
		if err := insertClosing(ctx, tx, c); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "ledger.close", Subject: "ledger-closing", ID: c.ID, After: map[string]any{"until": c.Until}})
	})
	return c, err
}

// ReopenPeriod takes the latest closing back, with a reason. Faults: ledger.not-closed,
// ledger.close-reason.
func (s *Service) ReopenPeriod(ctx context.Context, actor access.Actor, id, reason string) error {
	if err := actor.Require("ledger.reopen", access.Owner{}); err != nil {
		return err
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return ErrCloseReason.At("reason")
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		c, err := lastClosing(ctx, tx)
		if err != nil {
			return err
		}
		if c.ID != id || id == "" {
			return ErrNotClosed
		}
		c.ReopenedAt, c.ReopenedBy, c.Reason = tx.Now(), actor.Name, reason
		if err := saveReopened(ctx, tx, c); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "ledger.reopen", Subject: "ledger-closing", ID: c.ID, After: map[string]any{"until": c.Until}, Reason: reason})
	})
}

// EachEntry gives the entries that a filter picks in the order in which they were posted;
// all of it is one snapshot. It is for exports.
func (s *Service) EachEntry(ctx context.Context, actor access.Actor, f Filter, each func(Entry) error) error {
	if err := actor.Require("ledger.see", access.Owner{}); err != nil {
		return err
	}
	return s.db.Read(ctx, func(tx *db.Tx) error {
		for after := ""; ; {
			list, err := entriesAfter(ctx, tx, f, after, journalPage)
			if err != nil || len(list) == 0 {
				return err
			}
			for _, e := range list {
				if err := each(e); err != nil {
					return err
				}
			}
			after = list[len(list)-1].ID
		}
	})
}
