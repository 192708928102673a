package match

import (
	"context"
	"time"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/talent"
)

// Card is one row of the list: a talent with the account by which it fits.
type Card struct {
	Hit      Hit
	Talent   talent.Talent
	Account  talent.Account // zero when none is known
	Accounts []talent.Account
	Rates    []talent.Rate
	Route    talent.Route // zero: not known
	Record   talent.Record
}

// Found is a part of a list with what is shown of each.
type Found struct {
	Cards   []Card
	Total   int
	All     int // talents before any condition
	Next    string
	Facets  map[Facet][]Value
	Removed []Removal
}

// Search answers a query with everything its rows show. It finds what was kept a
// moment ago. Faults: talent.filter, talent.paging, access.forbidden.
func (s *Service) Search(ctx context.Context, actor access.Actor, q Query) (f Found, err error) {
	if err := actor.Require("match.search", access.Owner{}); err != nil {
		return f, err
	}
	if err := q.Check(); err != nil {
		return f, err
	}
	err = s.reading(ctx, func(tx *db.Tx, _ bool) error {
		a := s.find(q, tx.Now())
		f = Found{Total: a.Total, All: a.All, Next: a.Next, Facets: a.Facets, Removed: a.Removed}
		var err error
		f.Cards, err = cards(ctx, tx, a.Hits)
		return err
	})
	return f, err
}

// reading runs fn on a snapshot that the index is not behind of: what was kept a
// moment ago is found (R18). exact says that the index has nothing newer than tx.
func (s *Service) reading(ctx context.Context, fn func(tx *db.Tx, exact bool) error) error {
	for {
		by := int64(0)
		err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
			if by, err = s.behind(ctx, tx); err != nil || by > 0 {
				return err
			}
			return fn(tx, by == 0)
		})
		if err != nil || by <= 0 {
			return err
		}
		if err := s.follow(ctx); err != nil { // outside: whoever waits here holds no connection
			return err
		}
	}
}

func (s *Service) find(q Query, now time.Time) Answer {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.x.run(q, now)
}

// Find gives the ids alone, for a higher slice that shows rows of its own. It must
// not be called inside a transaction.
func (s *Service) Find(ctx context.Context, q Query) (a Answer, err error) {
	if err := q.Check(); err != nil {
		return a, err
	}
	err = s.reading(ctx, func(tx *db.Tx, _ bool) error { a = s.find(q, tx.Now()); return nil })
	return a, err
}

// cards loads what is shown, in the order of the hits.
func cards(ctx context.Context, tx *db.Tx, hits []Hit) ([]Card, error) {
	ids := make([]string, len(hits))
	for i, h := range hits {
		ids[i] = h.TalentID
	}
	talents, err := talent.LoadTalents(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	accounts, err := talent.LoadAccounts(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	rates, err := talent.LoadRates(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	routes, err := talent.LoadRoutes(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	records, err := talent.LoadRecords(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Card, 0, len(hits))
	for _, h := range hits {
		t, ok := talents[h.TalentID]
		if !ok {
			continue
		}
		c := Card{Hit: h, Talent: t, Accounts: accounts[t.ID], Rates: rates[t.ID], Route: routes[t.ID], Record: records[t.ID]}
		for i, a := range c.Accounts {
			if i == 0 && h.account == 0 || accountHash(a.ID) == h.account {
				c.Account = a
			}
		}
		out = append(out, c)
	}
	return out, nil
}
