package talent

import (
	"context"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/worktime"
)

// AddContract keeps an exclusivity (A36). One that cannot stand beside another is
// refused. The agency's own contract, once it runs, makes the talent exclusive.
// Faults: those of Exclusivity.Check; talent.exclusive-overlap; talent.guardian-missing
// when a minor would sign without a guardian on file.
func (s *Service) AddContract(ctx context.Context, actor access.Actor, x Exclusivity) (Exclusivity, error) {
	if err := actor.Require("talent.edit", access.Owner{}); err != nil {
		return x, err
	}
	if x.Holder == HolderAgency {
		x.HolderName, x.ClientID = "", ""
	} else {
		x.ShareBp = 0
	}
	x.HolderName, x.Note = strings.TrimSpace(x.HolderName), strings.TrimSpace(x.Note)
	x.Territory, x.Categories = countryCodes(distinct(x.Territory)), distinct(x.Categories)
	if err := x.Check(); err != nil {
		return x, err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		t, err := living(ctx, tx, x.TalentID)
		if err != nil {
			return err
		}
		if t.MinorOn(today(tx)) && t.GuardianName == "" {
			return FaultGuardianMissing.At("")
		}
		if err := KeepContract(ctx, tx, &x); err != nil {
			return err
		}
		if err := standing(ctx, tx, t); err != nil {
			return err
		}
		return record(ctx, tx, actor, "talent.edit", "contract", x.ID, x.TalentID, nil, contractSummary(x))
	})
	return x, err
}

// KeepContract keeps an exclusivity in a change of a higher room, such as a booking
// that locks out rivals. Fault: talent.exclusive-overlap.
func KeepContract(ctx context.Context, tx *db.Tx, x *Exclusivity) error {
	others, err := ListContracts(ctx, tx, x.TalentID)
	if err != nil {
		return err
	}
	for _, y := range others {
		if x.Excludes(y) {
			return FaultOverlap.With("holder", y.HolderName, "from", y.From, "to", y.To)
		}
	}
	x.ID, x.CreatedAt, x.Version = tx.NewID(), tx.Now(), 1
	return insertContract(ctx, tx, *x)
}

// EndContract ends an exclusivity on a day, its last. Faults: talent.span-order.
func (s *Service) EndContract(ctx context.Context, actor access.Actor, talentID, id string, last worktime.Date, why string) error {
	if err := actor.Require("talent.edit", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		x, err := loadContract(ctx, tx, talentID, id)
		if err != nil {
			return err
		}
		before := contractSummary(x)
		if !last.Valid() || last.Before(x.From) || last.After(x.To) {
			return FaultSpanOrder
		}
		x.To, x.Note = last, strings.TrimSpace(x.Note+"\n"+why)
		if err := endContract(ctx, tx, x); err != nil {
			return err
		}
		t, err := LoadTalent(ctx, tx, talentID)
		if err != nil {
			return err
		}
		if err := standing(ctx, tx, t); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "talent.edit", Subject: "contract", ID: id, Talent: talentID, Before: before, After: contractSummary(x), Reason: why})
	})
}

// standing keeps the status in step with the agency's own contract: exclusive while
// it runs, preferred when it has ended.
func standing(ctx context.Context, tx *db.Tx, t Talent) error {
	ours, err := ExclusiveOn(ctx, tx, t.ID, today(tx))
	if err != nil {
		return err
	}
	switch {
	case ours && (t.Status == StatusFree || t.Status == StatusPreferred):
		t.Status = StatusExclusive
	case !ours && t.Status == StatusExclusive:
		t.Status = StatusPreferred
	default:
		return touch(ctx, tx, t.ID)
	}
	seq, err := nextSeq(ctx, tx)
	if err != nil {
		return err
	}
	t.UpdatedAt = tx.Now()
	return saveTalent(ctx, tx, t, seq)
}

func contractSummary(x Exclusivity) map[string]any {
	return map[string]any{"holder": x.Holder, "with": x.HolderName, "from": x.From, "to": x.To, "territory": x.Territory, "categories": x.Categories, "notice_on": x.NoticeOn, "share_bp": x.ShareBp}
}

// SeeRival keeps that a talent was seen with a brand (A12). Faults: those of
// RivalSeen.Check; talent.rival-same.
func (s *Service) SeeRival(ctx context.Context, actor access.Actor, x RivalSeen) (RivalSeen, error) {
	if err := actor.Require("talent.edit", access.Owner{}); err != nil {
		return x, err
	}
	x.Brand, x.Link, x.Note = strings.TrimSpace(x.Brand), strings.TrimSpace(x.Link), strings.TrimSpace(x.Note)
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if err := x.Check(today(tx)); err != nil {
			return err
		}
		if _, err := living(ctx, tx, x.TalentID); err != nil {
			return err
		}
		x.ID, x.CreatedAt, x.Version = tx.NewID(), tx.Now(), 1
		if err := RecordRival(ctx, tx, x); err != nil {
			return err
		}
		if err := touch(ctx, tx, x.TalentID); err != nil {
			return err
		}
		return record(ctx, tx, actor, "talent.edit", "rival", x.ID, x.TalentID, nil, map[string]any{"brand": x.Brand, "seen_on": x.SeenOn})
	})
	return x, err
}

// living loads a talent that may still be changed. Fault: talent.erased.
func living(ctx context.Context, tx *db.Tx, id string) (Talent, error) {
	t, err := LoadTalent(ctx, tx, id)
	if err == nil && t.Gone() {
		err = FaultErased
	}
	return t, err
}

func countryCodes(list []string) []string {
	for i := range list {
		list[i] = strings.ToUpper(list[i])
	}
	return list
}
