package talent

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/db"
)

// addAccount gives a talent an account: a step of Create and AddAccount. The
// handle may be a profile link.
func addAccount(ctx context.Context, tx *db.Tx, talentID string, a Account) (Account, error) {
	a, err := placed(a)
	if err != nil {
		return a, err
	}
	a.ID, a.TalentID, a.CreatedAt, a.UpdatedAt, a.Version = tx.NewID(), talentID, tx.Now(), tx.Now(), 1
	a = a.Measured()
	if err := a.Check(today(tx)); err != nil {
		return a, err
	}
	if err := insertAccount(ctx, tx, a); err != nil {
		return a, err
	}
	return a, keepFigure(ctx, tx, figureOf(a))
}

// placed reads the account's handle field.
func placed(a Account) (Account, error) {
	typed := a.Handle
	if typed == "" {
		typed = a.PlatformID
	}
	place, err := PlaceOf(typed, a.Platform)
	if err != nil {
		return a, err
	}
	a.Platform, a.Handle, a.Key = place.Platform, place.Handle, place.Key
	if place.PlatformID != "" {
		a.PlatformID = place.PlatformID
	}
	return a, nil
}

// AddAccount gives a talent one more account. Faults: those of PlaceOf and
// Account.Check; talent.handle-taken.
func (s *Service) AddAccount(ctx context.Context, actor access.Actor, talentID string, n Account) (a Account, err error) {
	if err := actor.Require("talent.edit", access.Owner{}); err != nil {
		return a, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := LoadTalent(ctx, tx, talentID); err != nil {
			return err
		}
		if n.Source == "" {
			n.Source = "typed"
		}
		if a, err = addAccount(ctx, tx, talentID, n); err != nil {
			return err
		}
		if err := touch(ctx, tx, talentID); err != nil {
			return err
		}
		return record(ctx, tx, actor, "talent.edit", "account", a.ID, talentID, nil, figures(a))
	})
	return a, err
}

// EditAccount keeps changed figures or a changed handle. Faults as AddAccount;
// conflict.changed.
func (s *Service) EditAccount(ctx context.Context, actor access.Actor, e Account) (a Account, err error) {
	if err := actor.Require("talent.edit", access.Owner{}); err != nil {
		return a, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		before, err := LoadAccount(ctx, tx, e.ID)
		if err != nil {
			return err
		}
		if a, err = placed(e); err != nil {
			return err
		}
		if e.TalentID != "" && e.TalentID != before.TalentID {
			return db.ErrNotFound
		}
		a.TalentID, a.CreatedAt, a.UpdatedAt = before.TalentID, before.CreatedAt, tx.Now()
		if err := a.Check(today(tx)); err != nil {
			return err
		}
		if other, taken, err := findAccount(ctx, tx, a.Platform, a.Key, a.PlatformID); err != nil || taken && other.ID != a.ID {
			if err == nil {
				err = FaultHandleTaken
			}
			return err
		}
		if err := keepFigure(ctx, tx, figureOf(before)); err != nil { // as an import may have left it
			return err
		}
		if err := saveAccount(ctx, tx, a); err != nil {
			return err
		}
		if err := keepFigure(ctx, tx, figureOf(a)); err != nil {
			return err
		}
		a.Version++
		if err := touch(ctx, tx, a.TalentID); err != nil {
			return err
		}
		return record(ctx, tx, actor, "talent.edit", "account", a.ID, a.TalentID, figures(before), figures(a))
	})
	return a, err
}

func figures(a Account) map[string]any {
	return map[string]any{"platform": a.Platform, "handle": a.Handle, "followers": a.Followers, "followers_on": a.FollowersOn, "er_bp": a.ERBp, "er_on": a.EROn, "source": a.Source}
}

// SetRate keeps a line of the rate card; the line of the same platform, format and
// first day is replaced. Faults: those of Rate.Check.
func (s *Service) SetRate(ctx context.Context, actor access.Actor, r Rate) (Rate, error) {
	if err := actor.Require("talent.edit", access.Owner{}); err != nil {
		return r, err
	}
	if err := r.Check(); err != nil {
		return r, err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := LoadTalent(ctx, tx, r.TalentID); err != nil {
			return err
		}
		r.ID, r.Version = tx.NewID(), 1
		if r.Source == "" {
			r.Source = "typed"
		}
		if err := putRate(ctx, tx, r); err != nil {
			return err
		}
		if err := touch(ctx, tx, r.TalentID); err != nil {
			return err
		}
		return record(ctx, tx, actor, "talent.edit", "rate", r.ID, r.TalentID, nil,
			map[string]any{"platform": r.Platform, "format": r.Format, "minor": r.Amount.Minor, "currency": r.Amount.Currency, "from": r.ValidFrom, "to": r.ValidTo})
	})
	return r, err
}

// RemoveRate takes a line off the rate card.
func (s *Service) RemoveRate(ctx context.Context, actor access.Actor, talentID, rateID string) error {
	if err := actor.Require("talent.edit", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		before, err := loadRate(ctx, tx, rateID)
		if err != nil {
			return err
		}
		if err := deleteRate(ctx, tx, talentID, rateID); err != nil {
			return err
		}
		if err := touch(ctx, tx, talentID); err != nil {
			return err
		}
		return record(ctx, tx, actor, "talent.edit", "rate", rateID, talentID,
			map[string]any{"platform": before.Platform, "format": before.Format, "minor": before.Amount.Minor, "currency": before.Amount.Currency}, nil)
	})
}
