package talent

import (
	"context"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/worktime"
)

// NewRight is a usage right as typed, its code plain.
type NewRight struct {
	Right UsageRight
	Code  string
}

// AddRight keeps a usage right, its code sealed (B9). Faults: those of
// UsageRight.Check; talent.code-missing.
func (s *Service) AddRight(ctx context.Context, actor access.Actor, n NewRight) (u UsageRight, err error) {
	if err := actor.Require("right.edit", access.Owner{}); err != nil {
		return u, err
	}
	u = n.Right
	for _, p := range []*string{&u.HolderName, &u.Title, &u.Category, &u.Note} {
		*p = strings.TrimSpace(*p)
	}
	u.Channels, u.Territory = distinct(u.Channels), countryCodes(distinct(u.Territory))
	if err := u.Check(); err != nil {
		return u, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := living(ctx, tx, u.TalentID); err != nil {
			return err
		}
		u.ID, u.CreatedAt, u.Version = tx.NewID(), tx.Now(), 1
		if err := s.sealCode(&u, n.Code); err != nil {
			return err
		}
		if err := insertRight(ctx, tx, u); err != nil {
			return err
		}
		if err := touch(ctx, tx, u.TalentID); err != nil {
			return err
		}
		return recordRight(ctx, tx, actor, u, nil, "")
	})
	return u, err
}

// KeepRight keeps the right that a booking brought, in that booking's change; a
// right that the booking brought for the same piece already stays as it is.
func KeepRight(ctx context.Context, tx *db.Tx, u UsageRight) error {
	u.ID, u.CreatedAt = tx.NewID(), tx.Now()
	return insertRight(ctx, tx, u)
}

// sealCode seals a code under the right it belongs to; an empty code leaves what is there.
func (s *Service) sealCode(u *UsageRight, code string) (err error) {
	code = strings.TrimSpace(code)
	switch {
	case u.CodeKind == CodeNone:
		u.CodeSealed, u.CodeEnd, u.CodeUntil = "", "", ""
	case code == "" && u.CodeSealed == "":
		return FaultCodeMissing
	case code != "":
		if u.CodeSealed, err = s.box.Seal(code, sealed("code", u.ID)); err != nil {
			return err
		}
		r := []rune(code)
		u.CodeEnd = string(r[max(0, len(r)-4):])
	}
	return nil
}

// EditRight is what may change of a right: its last day, whether it may be
// advertised, and its code ("" leaves the code as it is).
type EditRight struct {
	TalentID, ID string
	Version      int64
	To           worktime.Date
	Paid         bool
	CodeKind     CodeKind
	Code         string
	CodeUntil    worktime.Date
	Note         string
}

// EditRight extends, ends or changes a right. Faults as AddRight; conflict.changed.
func (s *Service) EditRight(ctx context.Context, actor access.Actor, e EditRight) error {
	if err := actor.Require("right.edit", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		u, err := LoadRight(ctx, tx, e.TalentID, e.ID)
		if err != nil {
			return err
		}
		before := rightSummary(u)
		u.Version, u.To, u.Paid, u.CodeKind, u.CodeUntil, u.Note = e.Version, e.To, e.Paid, e.CodeKind, e.CodeUntil, strings.TrimSpace(e.Note)
		if err := u.Check(); err != nil {
			return err
		}
		if err := s.sealCode(&u, e.Code); err != nil {
			return err
		}
		if err := saveRight(ctx, tx, u); err != nil {
			return err
		}
		if err := touch(ctx, tx, u.TalentID); err != nil {
			return err
		}
		return recordRight(ctx, tx, actor, u, before, "")
	})
}

// SeeCode opens a right's code. Each look is an entry of the trail, with its reason.
// Faults: talent.reason-missing, talent.code-missing.
func (s *Service) SeeCode(ctx context.Context, actor access.Actor, talentID, id, reason string) (code string, err error) {
	if err := actor.Require("right.code", access.Owner{}); err != nil {
		return "", err
	}
	if strings.TrimSpace(reason) == "" {
		return "", FaultReasonMissing.At("reason")
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		u, err := LoadRight(ctx, tx, talentID, id)
		if err != nil {
			return err
		}
		if u.CodeSealed == "" {
			return FaultCodeMissing
		}
		if code, err = s.box.Unseal(u.CodeSealed, sealed("code", u.ID)); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "right.code", Subject: "right", ID: id, Talent: talentID, Client: u.ClientID, Reason: reason})
	})
	return code, err
}

func rightSummary(u UsageRight) map[string]any {
	return map[string]any{"holder": u.HolderName, "title": u.Title, "from": u.From, "to": u.To, "channels": u.Channels, "territory": u.Territory,
		"paid": u.Paid, "code_kind": u.CodeKind, "code_until": u.CodeUntil}
}

func recordRight(ctx context.Context, tx *db.Tx, actor access.Actor, u UsageRight, before any, reason string) error {
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "right.edit", Subject: "right", ID: u.ID, Campaign: u.CampaignID, Client: u.ClientID, Talent: u.TalentID,
		Before: before, After: rightSummary(u), Reason: reason})
}

// Register is what ends in a span of days: the page "see what ends this month" (B9).
type Register struct {
	From, To  worktime.Date
	Rights    []UsageRight
	Contracts []Exclusivity
	Names     map[string]string // of the talents, by id
}

// Ending gives the register of a span of days.
func (s *Service) Ending(ctx context.Context, actor access.Actor, from, to worktime.Date) (r Register, err error) {
	if err := actor.Require("right.see", access.Owner{}); err != nil {
		return r, err
	}
	r = Register{From: from, To: to, Names: map[string]string{}}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if r.Rights, err = RightsEnding(ctx, tx, from, to); err != nil {
			return err
		}
		if r.Contracts, err = ContractsEnding(ctx, tx, from, to); err != nil {
			return err
		}
		var ids []string
		for _, u := range r.Rights {
			ids = append(ids, u.TalentID)
		}
		for _, x := range r.Contracts {
			ids = append(ids, x.TalentID)
		}
		found, err := LoadTalents(ctx, tx, distinct(ids))
		for id, t := range found {
			r.Names[id] = t.Name
		}
		return err
	})
	return r, err
}
