package talent

import (
	"context"
	"slices"

	"kolega/internal/access"
	"kolega/internal/db"
)

// Duplicates gives pairs of talents who may be one, the likeliest first: same number,
// e-mail, handle, or near names. Pairs that a person told apart are left out, as is
// what more than a handful share.
func (s *Service) Duplicates(ctx context.Context, actor access.Actor, most int) (pairs []Pair, err error) {
	if err := actor.Require("talent.merge", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		found, err := findCouples(ctx, tx, 4*most)
		if err != nil {
			return err
		}
		pairs, err = judge(ctx, tx, found)
		return err
	})
	return pairs[:min(len(pairs), most)], err
}

// DuplicatesOf gives the talents who may be the same person as one.
func (s *Service) DuplicatesOf(ctx context.Context, actor access.Actor, id string) (pairs []Pair, err error) {
	if err := actor.Require("talent.merge", access.Owner{TalentID: id}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		t, err := LoadTalent(ctx, tx, id)
		if err != nil {
			return err
		}
		ids, err := couplesOf(ctx, tx, t)
		if err != nil {
			return err
		}
		found := map[couple]bool{}
		for _, other := range ids {
			found[coupleOf(id, other)] = true
		}
		pairs, err = judge(ctx, tx, found)
		return err
	})
	return pairs, err
}

// judge loads the couples and says why each may be one.
func judge(ctx context.Context, tx *db.Tx, found map[couple]bool) (pairs []Pair, err error) {
	apart, err := toldApart(ctx, tx)
	if err != nil {
		return nil, err
	}
	var ids []string
	for c := range found {
		if !apart[c] {
			ids = append(ids, c[0], c[1])
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	talents, err := LoadTalents(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	accounts, err := LoadAccounts(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	for c := range found {
		a, b := talents[c[0]], talents[c[1]]
		if apart[c] || a.Gone() || b.Gone() || a.ID == "" || b.ID == "" {
			continue
		}
		if why := Alike(a, b, accounts[a.ID], accounts[b.ID]); len(why) > 0 {
			pairs = append(pairs, Pair{a, b, why})
		}
	}
	slices.SortFunc(pairs, func(x, y Pair) int {
		if d := y.Weight() - x.Weight(); d != 0 {
			return d
		}
		if x.A.ID+x.B.ID < y.A.ID+y.B.ID {
			return -1
		}
		return 1
	})
	return pairs, nil
}

// TellApart keeps that two talents are not the same, so that they are asked about no
// more.
func (s *Service) TellApart(ctx context.Context, actor access.Actor, a, b string) error {
	if err := actor.Require("talent.merge", access.Owner{TalentID: a}); err != nil {
		return err
	}
	if a == b {
		return FaultMergeSelf
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		for _, id := range []string{a, b} {
			if _, err := LoadTalent(ctx, tx, id); err != nil {
				return err
			}
		}
		c := coupleOf(a, b)
		if err := tellApart(ctx, tx, c, actor.ID); err != nil {
			return err
		}
		return record(ctx, tx, actor, "talent.merge", "talent", c[0], c[0], nil, map[string]any{"not_same_as": c[1]})
	})
}
