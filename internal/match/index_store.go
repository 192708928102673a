package match

import (
	"context"
	"database/sql"

	"kolega/internal/db"
	"kolega/internal/talent"
)

// changedPart is how many talents are read at a time while the index catches up.
const changedPart = 2_000

// catchUp brings the index up to the database. Many may ask at once; one reads.
func (s *Service) catchUp(ctx context.Context, tx *db.Tx) error {
	now, err := talent.Sequence(ctx, tx)
	if err != nil {
		return err
	}
	s.mu.RLock()
	behind := s.seq < now
	s.mu.RUnlock()
	if !behind {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.seq >= now {
		return nil
	}
	if err := s.follow(ctx, tx, s.seq); err != nil {
		return err
	}
	s.seq = now
	return nil
}

// follow reads every talent changed after a number of the sequence.
func (s *Service) follow(ctx context.Context, tx *db.Tx, seq int64) error {
	last := ""
	for {
		ids, err := changedIDs(ctx, tx, seq, last)
		if err != nil || len(ids) == 0 {
			return err
		}
		if err := s.readAgain(ctx, tx, ids); err != nil {
			return err
		}
		last = ids[len(ids)-1]
	}
}

func changedIDs(ctx context.Context, tx *db.Tx, seq int64, after string) ([]string, error) {
	rows, err := tx.Query(ctx, `SELECT id FROM talent WHERE seq > $1 AND id > $2 ORDER BY id LIMIT $3`, seq, after, changedPart)
	return db.Collect(rows, err, func(r *sql.Rows) (id string, err error) { return id, r.Scan(&id) })
}

func (s *Service) readAgain(ctx context.Context, tx *db.Tx, ids []string) error {
	talents, err := talent.LoadTalents(ctx, tx, ids)
	if err != nil {
		return err
	}
	accounts, err := talent.LoadAccounts(ctx, tx, ids)
	if err != nil {
		return err
	}
	rates, err := talent.LoadRates(ctx, tx, ids)
	if err != nil {
		return err
	}
	routes, err := talent.LoadRoutes(ctx, tx, ids)
	if err != nil {
		return err
	}
	away, err := talent.LoadAbsences(ctx, tx, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		t := talents[id]
		if t.Status == talent.StatusErased {
			s.ix.drop(id)
			continue
		}
		s.ix.put(s.ix.entryOf(t, accounts[id], rates[id], routes[id], away[id]))
	}
	return nil
}
