package result

import (
	"context"

	"kolega/internal/db"
)

// FoldReadings joins runs of readings, so that one post is read from few pages however
// many hours came.
type FoldReadings struct{}

// Kind names the job.
func (FoldReadings) Kind() string { return "result.fold-readings" }

const (
	foldAt    = 16    // runs of a tier that are joined into one of the next
	foldSlice = 8_192 // readings that one commit of a fold writes
)

// foldReadings joins what there is to join, tier by tier. It may run twice: what an
// ended fold left is taken away first, and sources go in the commit that makes the
// joined run readable.
func (s *Service) foldReadings(ctx context.Context, _ FoldReadings) error {
	for tier := int64(0); ; tier++ {
		var runs []run
		err := s.db.Write(ctx, func(tx *db.Tx) (err error) {
			left, err := listRuns(ctx, tx, tier+1, false)
			if err != nil {
				return err
			}
			for _, r := range left {
				if err := deleteRun(ctx, tx, r.id); err != nil {
					return err
				}
			}
			runs, err = listRuns(ctx, tx, tier, true)
			return err
		})
		if err != nil || len(runs) == 0 {
			return err
		}
		for ; len(runs) >= foldAt; runs = runs[foldAt:] {
			if err := s.fold(ctx, runs[:foldAt]); err != nil {
				return err
			}
		}
	}
}

// fold writes the joined run in slices, so that others are let in between, and then
// puts it in the place of its sources.
func (s *Service) fold(ctx context.Context, sources []run) error {
	var joined run
	err := s.db.Write(ctx, func(tx *db.Tx) (err error) {
		joined, err = insertRun(ctx, tx, sources[0].tier+1, sources[len(sources)-1].newest, false)
		return err
	})
	if err != nil {
		return err
	}
	m := merge{from: make([]stream, len(sources))}
	for i, r := range sources {
		m.from[i].run = r.id
	}
	for {
		var slice []Reading
		if err := s.db.Read(ctx, func(tx *db.Tx) (err error) { slice, err = m.next(ctx, tx, foldSlice); return err }); err != nil {
			return err
		}
		if len(slice) == 0 {
			break
		}
		if err := s.db.Write(ctx, func(tx *db.Tx) error { return insertPages(ctx, tx, joined.id, slice) }); err != nil {
			return err
		}
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		for _, r := range sources {
			if err := deleteRun(ctx, tx, r.id); err != nil {
				return err
			}
		}
		return readyRun(ctx, tx, joined.id)
	})
}

// stream is one source of a merge: the readings of its page at hand that were not
// given yet.
type stream struct {
	run, last int64
	list      []Reading
	ended     bool
}

func (s *stream) fill(ctx context.Context, tx *db.Tx) (err error) {
	if len(s.list) > 0 || s.ended {
		return nil
	}
	if s.list, err = nextPage(ctx, tx, s.run, s.last); err != nil || len(s.list) == 0 {
		s.ended = true
		return err
	}
	s.last = s.list[len(s.list)-1].Post
	return nil
}

// merge gives the readings of several streams in order. Of one hour that of the last
// stream stays.
type merge struct{ from []stream }

// next gives at least most readings, and all of the last one's post; fewer at the end.
func (m *merge) next(ctx context.Context, tx *db.Tx, most int) (out []Reading, err error) {
	for {
		first := -1
		for i := range m.from {
			if err := m.from[i].fill(ctx, tx); err != nil {
				return nil, err
			}
			if len(m.from[i].list) > 0 && (first < 0 || m.from[i].list[0].compare(m.from[first].list[0]) <= 0) {
				first = i
			}
		}
		if first < 0 {
			return out, nil
		}
		r := m.from[first].list[0]
		if n := len(out); n >= most && out[n-1].Post != r.Post {
			return out, nil
		}
		for i := range m.from {
			if l := m.from[i].list; len(l) > 0 && l[0].compare(r) == 0 {
				m.from[i].list = l[1:]
			}
		}
		out = append(out, r)
	}
}
