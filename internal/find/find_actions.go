package find

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/db"
)

// Source is where things of one kind come from.
type Source struct {
	Kind Kind
	Verb access.Verb // who may see them
	// List gives all that the reader may see of the kind.
	List func(ctx context.Context, tx *db.Tx, actor access.Actor) ([]Line, error)
	// Find answers by an index of its own, in place of List, the best first.
	Find func(ctx context.Context, actor access.Actor, text string, most int) ([]Line, error)
}

// Service searches the sources that it was told of.
type Service struct {
	db      *db.DB
	sources []Source
}

// New makes the service; sources come by Know.
func New(d *db.DB) *Service { return &Service{db: d} }

// Know takes sources in. It is called at start only.
func (s *Service) Know(sources ...Source) { s.sources = append(s.sources, sources...) }

// MostEach bounds the answers of one kind.
const MostEach = 50

// Search finds what the reader may see by every word of a text, at most most of each
// kind (0: 6). Faults: access.forbidden.
func (s *Service) Search(ctx context.Context, actor access.Actor, text string, most int) ([]Line, error) {
	if err := actor.Require("access.self", access.Owner{}); err != nil {
		return nil, err
	}
	if most <= 0 {
		most = 6
	}
	most = min(most, MostEach)
	sought := Look(text)
	if sought.Empty() {
		return nil, nil
	}
	by := map[Kind][]ranked{}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		for _, src := range s.sources {
			if src.List == nil || !actor.Can(src.Verb) {
				continue
			}
			lines, err := src.List(ctx, tx, actor)
			if err != nil {
				return err
			}
			by[src.Kind] = append(by[src.Kind], sought.pick(lines)...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, src := range s.sources {
		if src.Find == nil || !actor.Can(src.Verb) {
			continue
		}
		lines, err := src.Find(ctx, actor, sought.whole, most)
		if err != nil {
			return nil, err
		}
		for _, l := range lines {
			by[src.Kind] = append(by[src.Kind], ranked{l, min(sought.rank(&l), inside)})
		}
	}
	return arrange(by, most), nil
}
