package talent

import (
	"context"
	"strings"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/fault"
)

// The faults of absences and contests.
var (
	FaultAbsenceOrder = fault.Field("to", "talent.absence-order")
	FaultContestText  = fault.Field("text", "talent.contest-missing")
	FaultDecision     = fault.Field("words", "talent.decision-missing")
	FaultSettled      = fault.New(fault.Conflict, "talent.fact-settled")
)

// AddAbsence keeps a span of days on which a talent cannot work.
func (s *Service) AddAbsence(ctx context.Context, actor access.Actor, a Absence) (Absence, error) {
	if err := actor.Require("talent.edit", access.Owner{}); err != nil {
		return a, err
	}
	if !a.From.Valid() || !a.To.Valid() || a.To.Before(a.From) {
		return a, FaultAbsenceOrder
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := LoadTalent(ctx, tx, a.TalentID); err != nil {
			return err
		}
		a.ID, a.Reason = tx.NewID(), strings.TrimSpace(a.Reason)
		if err := insertAbsence(ctx, tx, a); err != nil {
			return err
		}
		if err := touch(ctx, tx, a.TalentID); err != nil {
			return err
		}
		return record(ctx, tx, actor, "talent.edit", "absence", a.ID, a.TalentID, nil, map[string]any{"from": a.From, "to": a.To})
	})
	return a, err
}

// RemoveAbsence frees the days again.
func (s *Service) RemoveAbsence(ctx context.Context, actor access.Actor, talentID, id string) error {
	if err := actor.Require("talent.edit", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if err := deleteAbsence(ctx, tx, talentID, id); err != nil {
			return err
		}
		if err := touch(ctx, tx, talentID); err != nil {
			return err
		}
		return record(ctx, tx, actor, "talent.edit", "absence", id, talentID, map[string]any{"removed": true}, nil)
	})
}

// ContestFact lets a talent contest one own fact, once; until it is settled it
// does not count (R13).
func (s *Service) ContestFact(ctx context.Context, actor access.Actor, talentID, factID, text string) error {
	if err := actor.Require("talent.self", access.Owner{TalentID: talentID}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := loadFact(ctx, tx, talentID, factID); err != nil {
			return err
		}
		if strings.TrimSpace(text) == "" {
			return FaultContestText
		}
		if err := contestFact(ctx, tx, talentID, factID, strings.TrimSpace(text)); err != nil {
			return err
		}
		if err := touch(ctx, tx, talentID); err != nil {
			return err
		}
		return record(ctx, tx, actor, "talent.self", "fact", factID, talentID, nil, map[string]any{"contested": true})
	})
}

// MyRecord is a talent's own record with the facts it comes from, newest first.
type MyRecord struct {
	Record Record
	Facts  []Fact
}

// MyRecord gives the talent's own facts: of every campaign, as they are the talent's.
func (s *Service) MyRecord(ctx context.Context, actor access.Actor) (m MyRecord, err error) {
	if err := actor.Require("talent.self", access.Owner{TalentID: actor.TalentID}); err != nil {
		return m, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if m.Facts, err = ListFacts(ctx, tx, actor.TalentID); err != nil {
			return err
		}
		m.Record = RecordOf(m.Facts, tx.Now())
		return nil
	})
	return m, err
}

// SettleFact is the agency's decision about a fact: excused it never counts again
// (lateness caused by others, force majeure), otherwise it counts as it is.
type SettleFact struct {
	TalentID, FactID string
	Excuse           bool
	Words            string // for the talent
}

// SettleFact decides about a contested fact, or excuses one that nobody contested.
// Faults: talent.decision-missing; talent.fact-settled when it was decided before, or
// when there is nothing to decide.
func (s *Service) SettleFact(ctx context.Context, actor access.Actor, in SettleFact) error {
	if err := actor.Require("talent.settle", access.Owner{}); err != nil {
		return err
	}
	words := strings.TrimSpace(in.Words)
	if words == "" {
		return FaultDecision
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		f, err := loadFact(ctx, tx, in.TalentID, in.FactID)
		if err != nil {
			return err
		}
		if !f.SettledAt.IsZero() || !f.Open() && !in.Excuse {
			return FaultSettled
		}
		before := f.Excused
		f.Excused, f.SettledAt, f.SettledBy, f.Decision = in.Excuse, tx.Now(), actor.Name, words
		if err := settleFact(ctx, tx, f); err != nil {
			return err
		}
		if err := touch(ctx, tx, in.TalentID); err != nil {
			return err
		}
		return record(ctx, tx, actor, "talent.settle", "fact", f.ID, f.TalentID, map[string]any{"excused": before}, map[string]any{"excused": f.Excused, "decision": words})
	})
}
