package match

import (
	"context"
	"errors"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"

	"kolega/internal/column"
	"kolega/internal/db"
	"kolega/internal/talent"
)

// Service answers queries from an index in memory that follows the database.
type Service struct {
	db  *db.DB
	dir string // where the snapshot is; "" none is kept

	catching sync.Mutex // held by whoever brings the index up to date
	loaded   bool       // the snapshot was looked for
	mu       sync.RWMutex
	x        *index
	rows     *rowCache
	mark     string
	seq      int64 // of the change sequence: everything up to here is in the index; -1 nothing yet

	work   sync.WaitGroup // merging behind the scenes
	large  bool           // it is under way
	closed bool
}

// New makes the service. The index is read or built by Warm or the first query; its
// snapshot is kept in the folder dir, or nowhere when that is "".
func New(d *db.DB, dir string) *Service {
	return &Service{db: d, dir: dir, seq: -1, x: newIndex(), rows: newRowCache()}
}

// Warm brings the index up to the database, so that the first query need not wait.
func (s *Service) Warm(ctx context.Context) error {
	return s.follow(ctx)
}

// Close waits for what is done behind the scenes.
func (s *Service) Close() {
	s.catching.Lock()
	s.closed = true
	s.catching.Unlock()
	s.work.Wait()
}

// behind says by how much the change sequence that tx sees is ahead of the index.
func (s *Service) behind(ctx context.Context, tx *db.Tx) (int64, error) {
	now, err := talent.Sequence(ctx, tx)
	s.mu.RLock()
	defer s.mu.RUnlock()
	return now - s.seq, err
}

// mostSteps bounds how often follow looks again. Where talents change all the time there
// is always one more, and each query asks for what its own snapshot lacks.
const mostSteps = 4

// follow brings the index up to the database. Many may ask at once; one reads.
func (s *Service) follow(ctx context.Context) error {
	s.catching.Lock()
	defer s.catching.Unlock()
	if !s.loaded {
		if err := s.load(ctx); err != nil {
			return err
		}
		s.loaded = true
	}
	for range mostSteps {
		more, err := s.step(ctx)
		if err != nil || !more {
			return err
		}
	}
	return nil
}

// step reads one part of what changed. more says whether there was any.
func (s *Service) step(ctx context.Context) (more bool, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		now, err := talent.Sequence(ctx, tx)
		if err != nil || s.seq >= now {
			return err
		}
		if err := s.takeAll(mark{seq: s.seq + 1}, func(from mark) ([]known, mark, error) { return readChanged(ctx, tx, from) }); err != nil {
			return err
		}
		if s.seq >= 0 { // else everybody was read
			if err := s.takeAll(mark{}, func(from mark) ([]known, mark, error) { return readJudged(ctx, tx, s.seq, from) }); err != nil {
				return err
			}
		}
		s.mu.Lock()
		s.seq = now
		s.mu.Unlock()
		more = true
		return nil
	})
	if err == nil && more {
		s.settleLarge()
	}
	return more, err
}

// takeAll takes parts until there is no more.
func (s *Service) takeAll(from mark, read func(from mark) (list []known, to mark, err error)) error {
	for {
		list, to, err := read(from)
		if err != nil {
			return err
		}
		s.take(list)
		if from = to; len(list) < mostRead {
			return nil
		}
	}
}

// take puts what was read into the index and merges small segments.
func (s *Service) take(list []known) {
	if len(list) == 0 {
		return
	}
	ids, entries := make([]string, len(list)), make([]entry, 0, len(list))
	for i := range list {
		if ids[i] = list[i].talent.ID; !list[i].talent.Gone() {
			entries = append(entries, entryOf(list[i]))
		}
	}
	var fresh *segment
	if len(entries) > 0 {
		fresh = build(entries)
	}
	s.mu.Lock()
	s.rows.forget(ids)
	s.x.renew(ids, fresh)
	s.mu.Unlock()
	for {
		parts := s.x.tier()
		if parts == nil {
			return
		}
		s.merge(parts)
	}
}

// merge makes one segment of several while searches go on.
func (s *Service) merge(parts []*segment) {
	s.mu.RLock()
	dead := make([]column.Bits, len(parts))
	for i, p := range parts {
		dead[i] = slices.Clone(p.dead)
	}
	s.mu.RUnlock()
	merged := merge(parts, dead)
	s.mu.Lock()
	s.x.replace(parts, dead, merged)
	s.mu.Unlock()
}

// settleLarge merges everything into one segment behind the scenes, and keeps it,
// when much has come since that was done last.
func (s *Service) settleLarge() {
	if s.large || s.closed || s.dir == "" || !s.x.crowded() {
		return
	}
	s.large = true
	parts := slices.Clone(s.x.segs)
	s.x.busy = parts
	seq := s.seq
	s.work.Go(func() {
		if err := s.compact(parts, seq); err != nil && !errors.Is(err, db.ErrClosed) {
			slog.Error("talent index: snapshot not kept", slog.Any("err", err))
		}
		s.catching.Lock()
		s.large, s.x.busy = false, nil
		s.catching.Unlock()
	})
}

// compact merges segments into one and keeps it as the snapshot of a sequence.
func (s *Service) compact(parts []*segment, seq int64) error {
	s.mu.RLock()
	dead := make([]column.Bits, len(parts))
	for i, p := range parts {
		dead[i] = slices.Clone(p.dead)
	}
	s.mu.RUnlock()
	merged := merge(parts, dead)
	kept, err := s.keep(merged, seq)
	if err == nil && kept != nil {
		merged = kept
	}
	s.mu.Lock()
	s.x.replace(parts, dead, merged)
	s.mu.Unlock()
	for _, p := range parts {
		if p.file != nil {
			err = errors.Join(err, p.file.Close())
		}
	}
	debug.FreeOSMemory() // the parts: they were most of the heap
	return err
}
