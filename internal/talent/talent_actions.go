package talent

import (
	"context"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/db"
	"kolega/internal/secret"
	"kolega/internal/worktime"
)

// Service carries the use cases of talents.
type Service struct {
	db        *db.DB
	box       *secret.Box
	files     blob.Store
	followers []Follower // slices that refer to talents
}

// New makes the service. box seals bank and identity numbers; files keeps tables
// that wait to be imported.
func New(d *db.DB, box *secret.Box, files blob.Store) *Service {
	return &Service{db: d, box: box, files: files}
}

// NewTalent is a talent as first entered, with a first account if a handle or a
// profile link is given.
type NewTalent struct {
	Talent   Talent
	Platform Platform // of the handle; may be "" for a link
	Handle   string
}

// Create keeps a new talent. Faults: those of Talent.Check and PlaceOf;
// talent.handle-taken when the account is somebody's already.
func (s *Service) Create(ctx context.Context, actor access.Actor, n NewTalent) (t Talent, err error) {
	if err := actor.Require("talent.edit", access.Owner{}); err != nil {
		return t, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		t = n.Talent.Normal()
		t.ID, t.CreatedAt, t.UpdatedAt, t.Version = tx.NewID(), tx.Now(), tx.Now(), 1
		if err := t.Check(today(tx)); err != nil {
			return err
		}
		if t.Status == StatusExclusive {
			return FaultNoContract
		}
		seq, err := nextSeq(ctx, tx)
		if err != nil {
			return err
		}
		if err := insertTalent(ctx, tx, t, seq); err != nil {
			return err
		}
		if n.Handle != "" {
			if _, err := addAccount(ctx, tx, t.ID, NewAccount(n.Platform, n.Handle)); err != nil {
				return err
			}
		}
		return record(ctx, tx, actor, "talent.edit", "talent", t.ID, t.ID, nil, summary(t))
	})
	return t, err
}

// EditTalent is a talent as changed, with the version that was seen.
type EditTalent struct{ Talent Talent }

// Edit keeps a changed talent. Faults: those of Talent.Check; conflict.changed
// when somebody was faster; talent.erased.
func (s *Service) Edit(ctx context.Context, actor access.Actor, e EditTalent) (t Talent, err error) {
	if err := actor.Require("talent.edit", access.Owner{}); err != nil {
		return t, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		before, err := LoadTalent(ctx, tx, e.Talent.ID)
		if err != nil {
			return err
		}
		if before.Gone() {
			return FaultErased
		}
		t = e.Talent.Normal()
		t.CreatedAt, t.UpdatedAt = before.CreatedAt, tx.Now()
		if err := t.Check(today(tx)); err != nil {
			return err
		}
		if err := covered(ctx, tx, t); err != nil {
			return err
		}
		seq, err := nextSeq(ctx, tx)
		if err != nil {
			return err
		}
		if err := saveTalent(ctx, tx, t, seq); err != nil {
			return err
		}
		t.Version++
		return record(ctx, tx, actor, "talent.edit", "talent", t.ID, t.ID, summary(before), summary(t))
	})
	return t, err
}

// covered refuses the standing "exclusive" without a running contract of the agency.
func covered(ctx context.Context, tx *db.Tx, t Talent) error {
	if t.Status != StatusExclusive {
		return nil
	}
	ours, err := ExclusiveOn(ctx, tx, t.ID, today(tx))
	if err == nil && !ours {
		err = FaultNoContract
	}
	return err
}

// summary is what the trail keeps of a talent: no contact, birth or tax data.
func summary(t Talent) map[string]any {
	return map[string]any{"name": t.Name, "kind": t.Kind, "country": t.Country, "city": t.City, "status": t.Status, "reason": t.StatusReason,
		"tags": t.Tags, "categories": t.Categories, "languages": t.Languages, "currency": t.Currency, "tax_kind": t.TaxKind}
}

// today is the agency's day, by which ages and validities are checked.
func today(tx *db.Tx) worktime.Date { return DayOf(tx.Now()) }

// DayOf is the day of an instant where the agency sits, Jakarta.
func DayOf(t time.Time) worktime.Date {
	zone, err := worktime.Zone("Asia/Jakarta")
	if err != nil {
		return worktime.DateOf(t, time.UTC)
	}
	return worktime.DateOf(t, zone)
}

func record(ctx context.Context, tx *db.Tx, actor access.Actor, verb access.Verb, subject, id, talentID string, before, after any) error {
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: string(verb), Subject: subject, ID: id, Talent: talentID, Before: before, After: after})
}

// recordIn is record for a campaign that the change concerns.
func recordIn(ctx context.Context, tx *db.Tx, actor access.Actor, campaign string, verb access.Verb, subject, id, talentID string, after any) error {
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: string(verb), Subject: subject, ID: id, Campaign: campaign, Talent: talentID, After: after})
}
