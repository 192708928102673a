package talent

import (
	"context"
	"strings"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/worktime"
)

// SetAudience is one kind of an account's audience, as typed from a media kit.
type SetAudience struct {
	TalentID, AccountID string
	Kind                AudienceKind
	Shares              string
	On                  worktime.Date
	Source              string
}

// SetAudience keeps who watches an account, in place of what was known of that kind.
// Faults: those of ParseShares; talent.audience-day.
func (s *Service) SetAudience(ctx context.Context, actor access.Actor, in SetAudience) error {
	if err := actor.Require("talent.edit", access.Owner{}); err != nil {
		return err
	}
	shares, err := ParseShares(in.Kind, in.Shares)
	if err != nil {
		return err
	}
	if in.Source = strings.TrimSpace(in.Source); in.Source == "" {
		in.Source = "typed"
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if !in.On.Valid() || in.On.After(today(tx)) {
			return FaultAudienceDay
		}
		a, err := LoadAccount(ctx, tx, in.AccountID)
		if err != nil || a.TalentID != in.TalentID {
			return orAbsent(err)
		}
		if err := putAudience(ctx, tx, in, shares); err != nil {
			return err
		}
		if in.Kind == AudienceCountry && a.AudienceCountry != largest(shares) {
			a.AudienceCountry, a.UpdatedAt = largest(shares), tx.Now()
			if err := saveAccount(ctx, tx, a); err != nil {
				return err
			}
		}
		if err := touch(ctx, tx, in.TalentID); err != nil {
			return err
		}
		return record(ctx, tx, actor, "talent.edit", "audience", in.AccountID, in.TalentID, nil, map[string]any{"kind": in.Kind, "shares": shares, "on": in.On, "source": in.Source})
	})
}

// orAbsent is the fault, or "not there" for a thing that is another talent's.
func orAbsent(err error) error {
	if err == nil {
		return db.ErrNotFound
	}
	return err
}

func largest(shares []Share) string {
	best := Share{}
	for _, s := range shares {
		if s.Bp > best.Bp {
			best = s
		}
	}
	return best.Value
}
