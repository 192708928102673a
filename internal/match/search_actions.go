package match

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/talent"
)

// Card is one row of the list: a talent with the account by which it fits.
type Card struct {
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
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		a, err := s.Find(ctx, tx, q)
		if err != nil {
			return err
		}
		f = Found{Total: a.Total, Next: a.Next, Facets: a.Facets, Removed: a.Removed}
		f.Cards, err = cards(ctx, tx, a.Hits)
		return err
	})
	return f, err
}

// Find is the step of Search that gives ids: for a higher slice's own transaction.
func (s *Service) Find(ctx context.Context, tx *db.Tx, q Query) (Answer, error) {
	if err := q.Check(); err != nil {
		return Answer{}, err
	}
	if err := s.catchUp(ctx, tx); err != nil {
		return Answer{}, err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.ix.run(q, talent.DayOf(tx.Now())), nil
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
		c := Card{Talent: t, Accounts: accounts[t.ID], Rates: rates[t.ID], Route: routes[t.ID], Record: records[t.ID]}
		for _, a := range c.Accounts {
			if a.ID == h.AccountID {
				c.Account = a
			}
		}
		out = append(out, c)
	}
	return out, nil
}
