package talent

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/db"
)

// Views gives the reader's own views of the list and the shared ones, by name.
func (s *Service) Views(ctx context.Context, actor access.Actor) (views []View, err error) {
	if err := actor.Require("match.search", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { views, err = listViews(ctx, tx, actor.ID); return err })
	return views, err
}

// SaveView keeps an address of the list under a name. Faults: those of NewView;
// talent.view-many.
func (s *Service) SaveView(ctx context.Context, actor access.Actor, name, query string, shared bool) (v View, err error) {
	if err := actor.Require("match.search", access.Owner{}); err != nil {
		return v, err
	}
	if v, err = NewView(name, query, shared); err != nil {
		return v, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		have, err := listViews(ctx, tx, actor.ID)
		if err != nil {
			return err
		}
		own := 0
		for _, x := range have {
			if x.OwnerID == actor.ID {
				own++
			}
		}
		if own >= MostViews {
			return FaultViewMany.With("limit", MostViews)
		}
		v.ID, v.OwnerID, v.MadeAt, v.Version = tx.NewID(), actor.ID, tx.Now(), 1
		if err := insertView(ctx, tx, v); err != nil {
			return err
		}
		return record(ctx, tx, actor, "match.search", "talent-view", v.ID, "", nil, map[string]any{"name": v.Name, "shared": v.Shared})
	})
	return v, err
}

// RemoveView takes the reader's own view away. Somebody else's is absent.
func (s *Service) RemoveView(ctx context.Context, actor access.Actor, id string) error {
	if err := actor.Require("match.search", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		v, err := loadView(ctx, tx, id)
		if err != nil {
			return err
		}
		if v.OwnerID != actor.ID {
			return db.ErrNotFound
		}
		if err := deleteView(ctx, tx, id); err != nil {
			return err
		}
		return record(ctx, tx, actor, "match.search", "talent-view", id, "", map[string]any{"name": v.Name}, nil)
	})
}

// Exported keeps on the trail that somebody took a list of talents out of the house.
func (s *Service) Exported(ctx context.Context, actor access.Actor, format, query string, n int) error {
	if err := actor.Require("talent.export", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		return record(ctx, tx, actor, "talent.export", "talent-list", tx.NewID(), "", nil, map[string]any{"format": format, "query": query, "talents": n})
	})
}
