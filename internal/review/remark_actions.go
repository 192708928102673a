package review

import (
	"context"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
)

// Remark is what one of the agency's people says to the others about a version. It
// never reaches a client or a talent: it is no item, and no view of theirs holds it.
type Remark struct {
	ID, VersionID, AuthorID, Author, Text, Drawing string

	AtMS, UntilMS int64 // as in Item
	CreatedAt     time.Time
}

// AddRemark keeps an internal remark on a version. Faults: not-found, round.item-text,
// round.item-long, round.moment, round.drawing.
func (s *Service) AddRemark(ctx context.Context, actor access.Actor, versionID string, n NewItem) (Remark, error) {
	var m Remark
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		d, v, err := load(ctx, tx, actor, "draft.remark", versionID)
		if err != nil {
			return err
		}
		i, err := CheckItem(Item{Text: n.Text, AtMS: n.AtMS, UntilMS: n.UntilMS, Drawing: n.Drawing})
		if err != nil {
			return err
		}
		m = Remark{ID: tx.NewID(), VersionID: v.ID, AuthorID: actor.ID, Author: actor.Name, Text: i.Text, Drawing: i.Drawing, AtMS: i.AtMS, UntilMS: i.UntilMS, CreatedAt: tx.Now()}
		if err := insertRemark(ctx, tx, d.ID, m); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, withAfter(entry("draft.remark", "draft", v.ID, d), map[string]any{"remark": m.ID}))
	})
	return m, err
}

// RemoveRemark takes the actor's own remark back. Fault: not-found, also for another's.
func (s *Service) RemoveRemark(ctx context.Context, actor access.Actor, remarkID string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		m, err := loadRemark(ctx, tx, remarkID)
		if err != nil {
			return err
		}
		d, v, err := load(ctx, tx, actor, "draft.remark", m.VersionID)
		switch {
		case err != nil:
			return err
		case m.AuthorID != actor.ID:
			return db.ErrNotFound
		}
		if err := deleteRemark(ctx, tx, m.ID); err != nil {
			return err
		}
		e := entry("draft.remark", "draft", v.ID, d)
		e.Before, e.Reason = map[string]any{"remark": m.ID}, "withdrawn"
		return audit.Record(ctx, tx, actor.Who, e)
	})
}
