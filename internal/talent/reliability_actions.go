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
	if strings.TrimSpace(text) == "" {
		return FaultContestText
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if err := contestFact(ctx, tx, talentID, factID, strings.TrimSpace(text)); err != nil {
			return err
		}
		return record(ctx, tx, actor, "talent.self", "fact", factID, talentID, nil, map[string]any{"contested": true})
	})
}
