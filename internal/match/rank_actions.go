package match

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/money"
)

// Rank answers a query with lean rows and, where the query has a brief, the fit of
// each with its parts (R18). It finds what was kept a moment ago. The brief's weights
// are the agency's. Faults: talent.filter, talent.paging, access.forbidden.
func (s *Service) Rank(ctx context.Context, actor access.Actor, q Query) (r Ranking, err error) {
	if err := actor.Require("match.search", access.Owner{}); err != nil {
		return r, err
	}
	if err := q.Check(); err != nil {
		return r, err
	}
	err = s.reading(ctx, func(tx *db.Tx, exact bool) error {
		r, err = s.RankIn(ctx, tx, q, exact)
		return err
	})
	return r, err
}

// RankIn is the step of Rank. exact says that the index and tx are of one state.
func (s *Service) RankIn(ctx context.Context, tx *db.Tx, q Query, exact bool) (r Ranking, err error) {
	if q.Brief != nil {
		w, err := loadWeights(ctx, tx)
		if err != nil {
			return r, err
		}
		b := *q.Brief
		b.Weights = w.Weights
		q.Brief = &b
	}
	a, rows, missing, era := s.findRows(q, tx)
	if len(missing) > 0 {
		if err := readRows(ctx, tx, a.Hits, rows, missing); err != nil {
			return r, err
		}
		if exact {
			s.rows.put(a.Hits, rows, missing, era)
		}
	}
	return ranking(a, rows, q.currency(), q.Brief != nil), nil
}

// findRows finds and looks the rows up in one state of the index.
func (s *Service) findRows(q Query, tx *db.Tx) (a Answer, rows []*Row, missing []int, era int64) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	a = s.x.run(q, tx.Now())
	rows, missing, era = s.rows.get(a.Hits)
	return a, rows, missing, era
}

func ranking(a Answer, rows []*Row, cur money.Currency, measured bool) Ranking {
	r := Ranking{Total: a.Total, All: a.All, Next: a.Next, Facets: a.Facets, Removed: a.Removed, Rows: make([]Ranked, 0, len(rows))}
	for i := range a.Hits {
		h := &a.Hits[i]
		if rows[i] == nil {
			continue // went meanwhile
		}
		x := Ranked{Row: rows[i], Fit: h.Fit}
		if measured {
			x.Parts = h.Parts[:]
		}
		if h.Fee >= 0 {
			x.Fee = money.Amount{Minor: h.Fee, Currency: cur}
		}
		r.Rows = append(r.Rows, x)
	}
	return r
}
