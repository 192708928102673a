package review

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/job"
)

// CheckDraft is one key as its form is filled.
type CheckDraft struct {
	VersionID string
	Key       Key
	Answers   []PointAnswer
	Note      string
	Override  string // why one person turns both keys
	Show      bool   // with the second key: show to the client at once
}

// CheckDraft turns a key of a version (R5). With a point not met the version goes
// back to the talent as free faults, without a client round. Faults: those of
// TurnKey, check.not-passed.
func (s *Service) CheckDraft(ctx context.Context, actor access.Actor, req CheckDraft) (Check, error) {
	verb := access.Verb("draft.check.first")
	if req.Key == KeyAE {
		verb = "draft.check.final"
	}
	var c Check
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		d, v, err := load(ctx, tx, actor, verb, req.VersionID)
		if err != nil {
			return err
		}
		before, err := ListChecks(ctx, tx, v.ID)
		if err != nil {
			return err
		}
		points, err := pointsFor(ctx, tx, d, v, v.BriefVersion, "")
		if err != nil {
			return err
		}
		given := Check{Key: req.Key, Answers: req.Answers, Note: req.Note, Override: req.Override}
		if c, err = TurnKey(v, before, points, given, checker(actor), tx.Now()); err != nil {
			return err
		}
		c.ID = tx.NewID()
		if err := insertCheck(ctx, tx, d.CampaignID, c); err != nil {
			return err
		}
		return s.afterCheck(ctx, tx, actor, verb, d, v, c, req.Show)
	})
	return c, err
}

func (s *Service) afterCheck(ctx context.Context, tx *db.Tx, actor access.Actor, verb access.Verb, d Deliverable, v Version, c Check, showNow bool) error {
	v.CheckedAt = tx.Now()
	if !c.Passed {
		v.ReturnedAt = tx.Now()
	}
	if err := saveFate(ctx, tx, v); err != nil {
		return err
	}
	e := entry(verb, "draft", v.ID, d)
	e.After, e.Reason = map[string]any{"key": c.Key, "passed": c.Passed}, c.Override
	if err := audit.Record(ctx, tx, actor.Who, e); err != nil {
		return err
	}
	switch {
	case !c.Passed:
		return returnDraft(ctx, tx, d, v, c)
	case c.Key == KeyAE && showNow:
		return show(ctx, tx, actor, d, v)
	}
	return nil
}

// returnDraft opens the internal round that carries what was not met to the talent.
func returnDraft(ctx context.Context, tx *db.Tx, d Deliverable, v Version, c Check) error {
	items := FaultsOf(c)
	r := Round{ID: tx.NewID(), DeliverableID: d.ID, VersionID: v.ID, Origin: FromCheck, SentAt: c.At, SentByID: c.ByID, SentBy: c.By,
		RuledAt: c.At, SentOnAt: c.At, SentOnByID: c.ByID, SentOnBy: c.By, Passed: int64(len(items))}
	if _, err := insertRound(ctx, tx, d.CampaignID, r); err != nil {
		return err
	}
	for n, i := range items {
		i.ID, i.DeliverableID, i.RoundID, i.Number = tx.NewID(), d.ID, r.ID, int64(n+1)
		if err := insertItem(ctx, tx, d.CampaignID, i); err != nil {
			return err
		}
	}
	return job.Enqueue(ctx, tx, DraftReturned{d.ID, v.ID, r.ID, d.CampaignID})
}
