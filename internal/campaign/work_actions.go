package campaign

import (
	"context"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// PlanWork moves a work's planned dates, names who does it ("" for nobody), and
// warns of what a person should see. Faults: date.unreadable, work.dates,
// campaign.person, campaign.closed.
func (s *Service) PlanWork(ctx context.Context, actor access.Actor, workID string, from, to worktime.Date, personID string) (warn []Warning, err error) {
	_, err = s.changeWork(ctx, actor, workID, "campaign.edit", func(tx *db.Tx, c Campaign, before Work) (Work, error) {
		cals, err := calendarsOf(ctx, tx, c)
		if err != nil {
			return before, err
		}
		after, found, err := before.Reschedule(from, to, c, cals.of(before.Role))
		if err != nil {
			return before, err
		}
		warn = found
		return assigned(ctx, tx, after, personID)
	})
	return warn, err
}

func assigned(ctx context.Context, tx *db.Tx, w Work, personID string) (Work, error) {
	if personID != "" {
		if p, err := access.LoadPerson(ctx, tx, personID); err != nil || !p.Active() {
			return w, fault.Field("owner_id", "campaign.person")
		}
	}
	w.OwnerID = personID
	return w, nil
}

// BeginWork records when work that leaves no trace began; at zero means now.
// Faults: work.traced, work.began, work.future.
func (s *Service) BeginWork(ctx context.Context, actor access.Actor, workID string, at time.Time) (Work, error) {
	return s.changeWork(ctx, actor, workID, "work.record", func(tx *db.Tx, _ Campaign, before Work) (Work, error) {
		return before.Begin(orNow(at, tx.Now()), tx.Now(), actor.Name)
	})
}

// EndWork records when work that leaves no trace ended; at zero means now. Faults:
// work.traced, work.ended, work.future, work.dates.
func (s *Service) EndWork(ctx context.Context, actor access.Actor, workID string, at time.Time) (Work, error) {
	return s.changeWork(ctx, actor, workID, "work.record", func(tx *db.Tx, _ Campaign, before Work) (Work, error) {
		return before.End(orNow(at, tx.Now()), tx.Now(), actor.Name)
	})
}

// ReopenWork takes back the last thing recorded of a work. Fault: work.traced.
func (s *Service) ReopenWork(ctx context.Context, actor access.Actor, workID string) (Work, error) {
	return s.changeWork(ctx, actor, workID, "work.record", func(_ *db.Tx, _ Campaign, before Work) (Work, error) { return before.Reopen() })
}

func orNow(at, now time.Time) time.Time {
	if at.IsZero() {
		return now
	}
	return at
}

func (s *Service) changeWork(ctx context.Context, actor access.Actor, id string, v access.Verb,
	change func(tx *db.Tx, c Campaign, before Work) (Work, error)) (w Work, err error) {
	if err := actor.Require(v, access.Owner{}); err != nil {
		return w, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		before, err := LoadWork(ctx, tx, id)
		if err != nil {
			return err
		}
		c, err := LoadCampaign(ctx, tx, before.CampaignID)
		if err != nil {
			return err
		}
		if err := c.mayChange(); err != nil {
			return err
		}
		if w, err = change(tx, c, before); err != nil {
			return err
		}
		if err := saveWork(ctx, tx, w); err != nil {
			return err
		}
		w.Version++
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: string(v), Subject: "work", ID: w.ID, Campaign: c.ID, Client: c.ClientID, Before: before, After: w})
	})
	return w, err
}

// AddWork puts a work at the end of a campaign's timeline. Faults: date.unreadable,
// work.dates, the form's.
func (s *Service) AddWork(ctx context.Context, actor access.Actor, w Work) (Work, error) {
	if err := actor.Require("campaign.edit", access.Owner{CampaignID: w.CampaignID}); err != nil {
		return w, err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		c, err := LoadCampaign(ctx, tx, w.CampaignID)
		if err != nil {
			return err
		}
		if err := c.mayChange(); err != nil {
			return err
		}
		if err := w.checkNew(c); err != nil {
			return err
		}
		works, err := ListWorks(ctx, tx, c.ID)
		if err != nil {
			return err
		}
		w.ID, w.Position, w.Version = tx.NewID(), 1, 1
		if n := len(works); n > 0 {
			w.Position = works[n-1].Position + 1
		}
		if err := insertWork(ctx, tx, w); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "campaign.edit", Subject: "work", ID: w.ID, Campaign: c.ID, Client: c.ClientID, After: w})
	})
	return w, err
}

func (w *Work) checkNew(c Campaign) error {
	f := fault.Fields{}
	p := PlaybookWork{Kind: w.Kind, NameID: w.NameID, NameEN: w.NameEN, Role: w.Role, Days: 1}
	p.tidy(f)
	if code := f["works"]; code != "" {
		return fault.Field("name", code)
	}
	w.NameID, w.NameEN, w.OwnerID = p.NameID, p.NameEN, doer(c, w.Role)
	w.BeganAt, w.EndedAt = time.Time{}, time.Time{}
	_, _, err := w.Reschedule(w.PlannedStart, w.PlannedEnd, c, worktime.Always(time.UTC))
	return err
}

// DropWork takes a work off a campaign's timeline.
func (s *Service) DropWork(ctx context.Context, actor access.Actor, id string) error {
	if err := actor.Require("campaign.edit", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		w, err := LoadWork(ctx, tx, id)
		if err != nil {
			return err
		}
		c, err := LoadCampaign(ctx, tx, w.CampaignID)
		if err != nil {
			return err
		}
		if err := c.mayChange(); err != nil {
			return err
		}
		if err := deleteWork(ctx, tx, id); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "campaign.edit", Subject: "work", ID: id, Campaign: c.ID, Client: c.ClientID, Before: w, Reason: "dropped"})
	})
}
