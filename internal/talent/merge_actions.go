package talent

import (
	"context"
	"errors"
	"slices"

	"kolega/internal/access"
	"kolega/internal/db"
)

// Follower is a slice that refers to talents. In the change of a merge it carries its
// references from one talent to the other and names the campaigns that they are in; a
// fault of it stops the merge.
type Follower func(ctx context.Context, tx *db.Tx, from, to string) (campaigns []string, err error)

// OnMerge registers the slices that refer to talents. It is called once, at start.
func (s *Service) OnMerge(f ...Follower) { s.followers = append(s.followers, f...) }

// Merge makes two records one: keep stays, other goes, and everything that referred to
// other refers to keep from the same commit on: accounts, rates, bookings, posts,
// facts, links. The id of other leads to keep. It cannot be undone. Faults:
// talent.merge-self, talent.merge-gone, and those of the followers, such as
// talent.merge-money when other was paid: then that one is the one to keep.
func (s *Service) Merge(ctx context.Context, actor access.Actor, keep, other string) (t Talent, err error) {
	if err := actor.Require("talent.merge", access.Owner{TalentID: keep}); err != nil {
		return t, err
	}
	if keep == other {
		return t, FaultMergeSelf
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		t, err = s.merge(ctx, tx, actor, keep, other)
		return err
	})
	return t, err
}

func (s *Service) merge(ctx context.Context, tx *db.Tx, actor access.Actor, keepID, otherID string) (t Talent, err error) {
	keep, err := LoadTalent(ctx, tx, keepID)
	if err != nil {
		return t, err
	}
	other, err := LoadTalent(ctx, tx, otherID)
	if err != nil {
		return t, err
	}
	if keep.Gone() || other.Gone() {
		return t, FaultMergeGone
	}
	var campaigns []string
	for _, follow := range s.followers {
		in, err := follow(ctx, tx, otherID, keepID)
		if err != nil {
			return t, err
		}
		campaigns = append(campaigns, in...)
	}
	if err := s.moveSealed(ctx, tx, otherID, keepID); err != nil {
		return t, err
	}
	if err := moveRecord(ctx, tx, otherID, keepID); err != nil {
		return t, err
	}
	seq, err := nextSeq(ctx, tx)
	if err != nil {
		return t, err
	}
	t = Joined(keep, other)
	t.UpdatedAt = tx.Now()
	gone := emptied(other)
	gone.UpdatedAt = tx.Now()
	for _, x := range []Talent{gone, t} {
		if err := saveTalent(ctx, tx, x, seq); err != nil {
			return t, err
		}
	}
	t.Version++
	if err := insertMerge(ctx, tx, Merge{otherID, keepID, other, tx.Now(), actor.ID}); err != nil {
		return t, err
	}
	return t, recordMerge(ctx, tx, actor, keep, other, campaigns)
}

// moveSealed carries the payout route and the identity numbers where the kept record
// has none: opened and sealed anew, since the seal names the talent. A route that
// comes along counts as changed now, so payouts wait (R10).
func (s *Service) moveSealed(ctx context.Context, tx *db.Tx, from, to string) error {
	route, err := LoadRoute(ctx, tx, from)
	if err != nil && !errors.Is(err, FaultNoRoute) {
		return err
	}
	if err == nil {
		if _, have := LoadRoute(ctx, tx, to); errors.Is(have, FaultNoRoute) {
			if route.NumberSealed, err = s.reseal(route.NumberSealed, "route", from, to); err != nil {
				return err
			}
			route.TalentID, route.ChangedAt = to, tx.Now()
			if err := putRoute(ctx, tx, route); err != nil {
				return err
			}
		}
		if err := dropRoute(ctx, tx, from); err != nil {
			return err
		}
	}
	return s.moveIdentity(ctx, tx, from, to)
}

func (s *Service) moveIdentity(ctx context.Context, tx *db.Tx, from, to string) error {
	theirs, err := LoadIdentity(ctx, tx, from)
	if err != nil {
		return err
	}
	ours, err := LoadIdentity(ctx, tx, to)
	if err != nil || theirs.TaxSealed == "" && theirs.IdentitySealed == "" {
		return err
	}
	if ours.TaxSealed == "" && theirs.TaxSealed != "" {
		ours.TaxEnd = theirs.TaxEnd
		if ours.TaxSealed, err = s.reseal(theirs.TaxSealed, "tax", from, to); err != nil {
			return err
		}
	}
	if ours.IdentitySealed == "" && theirs.IdentitySealed != "" {
		ours.IdentityEnd = theirs.IdentityEnd
		if ours.IdentitySealed, err = s.reseal(theirs.IdentitySealed, "identity", from, to); err != nil {
			return err
		}
	}
	if err := putIdentity(ctx, tx, to, ours); err != nil {
		return err
	}
	return dropIdentity(ctx, tx, from)
}

func (s *Service) reseal(text, what, from, to string) (string, error) {
	open, err := s.box.Unseal(text, sealed(what, from))
	if err != nil {
		return "", err
	}
	return s.box.Seal(open, sealed(what, to))
}

// recordMerge puts the merge on the trail of both, and of each campaign that shows
// the talent, so that what is made from its facts is made anew.
func recordMerge(ctx context.Context, tx *db.Tx, actor access.Actor, keep, other Talent, campaigns []string) error {
	if err := record(ctx, tx, actor, "talent.merge", "talent", other.ID, other.ID, nil, map[string]any{"into": keep.ID}); err != nil {
		return err
	}
	if err := record(ctx, tx, actor, "talent.merge", "talent", keep.ID, keep.ID, summary(keep), map[string]any{"merged": other.ID, "name": other.Name}); err != nil {
		return err
	}
	slices.Sort(campaigns)
	for _, c := range slices.Compact(campaigns) {
		if err := recordIn(ctx, tx, actor, c, "talent.merge", "talent", keep.ID, keep.ID, map[string]any{"merged": other.ID}); err != nil {
			return err
		}
	}
	return nil
}

// Home gives the id that shows a talent: its own, or the one it was merged into.
func (s *Service) Home(ctx context.Context, actor access.Actor, id string) (home string, err error) {
	if err := actor.Require("talent.see", access.Owner{TalentID: id}); err != nil {
		return "", err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { home, err = MergedInto(ctx, tx, id); return err })
	return home, err
}

// Merges gives the records that were merged into a talent.
func (s *Service) Merges(ctx context.Context, actor access.Actor, id string) (list []Merge, err error) {
	if err := actor.Require("talent.see", access.Owner{TalentID: id}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { list, err = ListMerges(ctx, tx, id); return err })
	return list, err
}
