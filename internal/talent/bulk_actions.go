package talent

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/fault"
)

// PreviewBulk shows what a change would make of the talents with the ids, in their
// order, before anything is kept. Absent ids are left out. Faults: those of
// Bulk.Check, talent.bulk-nobody, talent.bulk-many.
func (s *Service) PreviewBulk(ctx context.Context, actor access.Actor, ids []string, b Bulk) (lines []BulkLine, err error) {
	if err := bulkAllowed(actor, ids, b); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		lines, err = bulkLines(ctx, tx, ids, b)
		return err
	})
	return lines, err
}

func bulkAllowed(actor access.Actor, ids []string, b Bulk) error {
	if err := actor.Require("talent.bulk", access.Owner{}); err != nil {
		return err
	}
	switch {
	case len(ids) == 0:
		return FaultBulkNobody
	case len(ids) > MostAtOnce:
		return FaultBulkMany.With("limit", MostAtOnce)
	}
	return b.Check()
}

func bulkLines(ctx context.Context, tx *db.Tx, ids []string, b Bulk) (lines []BulkLine, err error) {
	talents, err := LoadTalents(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		before, ok := talents[id]
		if !ok {
			continue
		}
		delete(talents, id) // an id that came twice counts once
		l := BulkLine{Before: before, After: b.On(before)}
		err := l.After.Check(today(tx))
		if err == nil {
			err = covered(ctx, tx, l.After)
		}
		if err == nil && before.Gone() {
			err = FaultErased
		}
		if err != nil {
			if fault.KindOf(err) == fault.Internal {
				return nil, err
			}
			l.Code, l.After = firstCode(err), before
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// firstCode is the code of a fault, or of one of its fields.
func firstCode(err error) string {
	if f, ok := fault.As(err); ok {
		for _, code := range f.Fields {
			return code
		}
	}
	return fault.CodeOf(err)
}

// ApplyBulk keeps a change of many talents in one commit. seen are the ids with the
// versions of the preview: when somebody changed one of them since, nothing is kept
// (conflict.changed). Talents that the preview showed with a fault stay as they are.
// n is how many changed.
func (s *Service) ApplyBulk(ctx context.Context, actor access.Actor, seen []Seen, b Bulk) (n int, err error) {
	ids := make([]string, len(seen))
	versions := map[string]int64{}
	for i, x := range seen {
		ids[i], versions[x.ID] = x.ID, x.Version
	}
	if err := bulkAllowed(actor, ids, b); err != nil {
		return 0, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		n = 0
		lines, err := bulkLines(ctx, tx, ids, b)
		if err != nil {
			return err
		}
		seq, err := nextSeq(ctx, tx)
		if err != nil {
			return err
		}
		for _, l := range lines {
			if l.Before.Version != versions[l.Before.ID] {
				return db.ErrChanged
			}
			if !l.Changes() {
				continue
			}
			l.After.UpdatedAt = tx.Now()
			if err := saveTalent(ctx, tx, l.After, seq); err != nil {
				return err
			}
			if err := record(ctx, tx, actor, "talent.bulk", "talent", l.After.ID, l.After.ID, summary(l.Before), summary(l.After)); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

// Seen is a talent as a preview showed it.
type Seen struct {
	ID      string
	Version int64
}
