package match

import (
	"context"
	"errors"
	"path/filepath"

	"kolega/internal/column"
	"kolega/internal/db"
	"kolega/internal/talent"
)

func (s *Service) path() string { return filepath.Join(s.dir, "talents.columns") }

// keep writes a segment to the snapshot and gives it back mapped; nil where none is
// kept. The mark ties the file to this database: a restored copy has another.
func (s *Service) keep(seg *segment, seq int64) (*segment, error) {
	if s.dir == "" {
		return nil, nil
	}
	ctx := context.Background()
	var mark string
	if err := s.db.Write(ctx, func(tx *db.Tx) error {
		mark = tx.NewID()
		_, err := tx.Exec(ctx, `INSERT INTO match_snapshot (mark, seq, made_at) VALUES ($1, $2, $3)`, mark, seq, db.At(tx.Now()))
		return err
	}); err != nil {
		return nil, err
	}
	parts, err := seg.parts(notes{Mark: mark, Seq: seq})
	if err != nil {
		return nil, err
	}
	if err := column.WriteFile(s.path(), layout, parts); err != nil {
		return nil, err
	}
	f, err := column.Open(s.path(), layout)
	if err != nil {
		return nil, err
	}
	out, _, err := segmentOf(f)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	old := s.mark
	s.mark = mark
	return out, s.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM match_snapshot WHERE mark = $1`, old)
		return err
	})
}

// load reads the snapshot, if there is one of this database that is whole. Without
// one the index is built from the database.
func (s *Service) load(ctx context.Context) error {
	if s.dir == "" {
		return nil
	}
	f, err := column.Open(s.path(), layout)
	if err != nil {
		return nil //nolint:nilerr // none yet, or one that was cut short: built anew
	}
	seg, n, err := segmentOf(f)
	if err != nil {
		return f.Close()
	}
	ours := false
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		now, err := talent.Sequence(ctx, tx)
		if err != nil {
			return err
		}
		var marks int64
		err = tx.QueryRow(ctx, `SELECT COUNT(*) FROM match_snapshot WHERE mark = $1 AND seq = $2`, n.Mark, n.Seq).Scan(&marks)
		ours = marks == 1 && now >= n.Seq
		return err
	})
	if err != nil || !ours {
		return errors.Join(err, f.Close())
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.x.add(seg)
	s.x.settle()
	s.seq, s.mark = n.Seq, n.Mark
	return nil
}
