package agenda

import (
	"context"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/locale"
	"kolega/internal/paper/ics"
	"kolega/internal/secret"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// Service holds the use cases of calendars.
type Service struct{ db *db.DB }

// New makes the use cases.
func New(d *db.DB) *Service { return &Service{d} }

// Calendar is a stretch of days with what is on them.
type Calendar struct {
	Entries  []Entry
	Clashes  int // posts within an hour of another talent's of the same brand
	Holidays map[worktime.Date]string
}

// longest bounds what is asked for at once.
const longest = 100 * 24 * time.Hour

// Calendar gives the dates of a scope to people of the agency; the empty scope is
// everybody's drafts, posts, shoots and meetings. Faults: agenda.range, agenda.scope.
func (s *Service) Calendar(ctx context.Context, actor access.Actor, of Scope, from, to time.Time) (c Calendar, err error) {
	if err := actor.Require("calendar.see", access.Owner{}); err != nil {
		return c, err
	}
	if !from.Before(to) || to.Sub(from) > longest {
		return c, ErrRange
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if c.Entries, err = entries(ctx, tx, of, from, to); err != nil {
			return err
		}
		c.Clashes = MarkClashes(c.Entries)
		cal, err := country.CalendarIn(ctx, tx, actor.Zone)
		c.Holidays = cal.Holidays
		return err
	})
	return c, err
}

// Outside gives the dates of a room link: the client's campaign with the meetings that
// the contact is asked to, or the talent's own.
func (s *Service) Outside(ctx context.Context, actor access.Actor, from, to time.Time) (c Calendar, err error) {
	of, err := outsideScope(actor)
	if err != nil {
		return c, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if c.Entries, err = entries(ctx, tx, of, from, to); err != nil {
			return err
		}
		cal, err := country.CalendarIn(ctx, tx, actor.Zone)
		c.Holidays = cal.Holidays
		return err
	})
	return c, err
}

func outsideScope(actor access.Actor) (Scope, error) {
	if actor.IsTalent() {
		return Scope{Kind: OfTalent, ID: actor.TalentID}, actor.Require("calendar.own", access.Owner{TalentID: actor.TalentID})
	}
	return Scope{Kind: OfClient, ID: actor.ClientID, ContactID: actor.ContactID, CampaignID: actor.CampaignID}, actor.Require("calendar.own", access.Owner{ClientID: actor.ClientID})
}

func entries(ctx context.Context, tx *db.Tx, of Scope, from, to time.Time) (out []Entry, err error) {
	for _, read := range []func(context.Context, *db.Tx, Scope, time.Time, time.Time) ([]Entry, error){pieces, meetings, shoots, tasks} {
		list, err := read(ctx, tx, of, from, to)
		if err != nil {
			return nil, err
		}
		for _, e := range list {
			if of.holds(e) && (!e.At.Before(from) && e.At.Before(to) || e.Kind == Meeting) {
				out = append(out, e)
			}
		}
	}
	sortEntries(out)
	return out, nil
}

// Feeds lists the calendars that the actor subscribes others to.
func (s *Service) Feeds(ctx context.Context, actor access.Actor) (out []Feed, err error) {
	if err := s.mayFeed(actor, Scope{Kind: OfPerson, ID: actor.ID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = liveFeeds(ctx, tx, actor.ID); return err })
	return out, err
}

// mayFeed asks for the right to make a feed: one's own, or that of others one works for.
func (s *Service) mayFeed(actor access.Actor, of Scope) error {
	switch {
	case !actor.IsStaff():
		_, err := outsideScope(actor)
		return err
	case of.Kind == OfPerson && of.ID == actor.ID:
		return actor.Require("calendar.see", access.Owner{})
	case of.Kind == OfPerson:
		return access.ErrForbidden
	}
	return actor.Require("calendar.share", access.Owner{})
}

// Publish makes the secret address of a calendar; it is told once. Outsiders publish
// what their room shows, people of the agency their own dates or those of a client,
// campaign or talent. Fault: agenda.scope.
func (s *Service) Publish(ctx context.Context, actor access.Actor, of Scope) (token string, f Feed, err error) {
	if !actor.IsStaff() {
		if of, err = outsideScope(actor); err != nil {
			return "", f, err
		}
	}
	if err := s.mayFeed(actor, of); err != nil {
		return "", f, err
	}
	token, hash := secret.NewToken()
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		f = Feed{Scope: of, ID: tx.NewID(), Lang: actor.Lang, Zone: actor.Zone, MadeAt: tx.Now(), MadeBy: actor.Name, MadeByID: actor.ID}
		if f.Label, err = labelOf(ctx, tx, of); err != nil {
			return err
		}
		if err := insertFeed(ctx, tx, hash, f); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "calendar.share", Subject: "feed", ID: f.ID, After: map[string]any{"scope": of.Kind, "of": f.Label}})
	})
	return token, f, err
}

// labelOf names whose dates a scope holds. Fault: agenda.scope.
func labelOf(ctx context.Context, tx *db.Tx, of Scope) (string, error) {
	switch of.Kind {
	case OfPerson:
		p, err := access.LoadPerson(ctx, tx, of.ID)
		return p.Name, err
	case OfClient:
		c, err := client.LoadClient(ctx, tx, of.ID)
		return c.Name, err
	case OfCampaign:
		c, err := campaign.LoadCampaign(ctx, tx, of.ID)
		return c.Name, err
	case OfTalent:
		t, err := talent.LoadTalent(ctx, tx, of.ID)
		return t.Name, err
	}
	return "", ErrScope
}

// Withdraw ends a feed at once: one's own, or any for those who lead.
func (s *Service) Withdraw(ctx context.Context, actor access.Actor, id string) error {
	if err := s.mayFeed(actor, Scope{Kind: OfPerson, ID: actor.ID}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		f, err := loadFeed(ctx, tx, id)
		if err == nil && f.MadeByID != actor.ID && !(actor.IsStaff() && actor.Can("task.lead")) {
			err = db.ErrNotFound
		}
		if err != nil {
			return err
		}
		if err := revokeFeed(ctx, tx, id); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "calendar.share", Subject: "feed", ID: id, After: map[string]any{"withdrawn": true}})
	})
}

const (
	feedBack    = 60 * 24 * time.Hour
	feedAhead   = 400 * 24 * time.Hour
	feedRefresh = 6 * time.Hour
)

// Subscribed gives the calendar behind a secret address. It changes nothing. Fault:
// not-found when it is unknown, withdrawn, or its person has left.
func (s *Service) Subscribed(ctx context.Context, token string) (c ics.Calendar, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		f, err := feedOf(ctx, tx, secret.Hash(token))
		if err != nil {
			return ErrFeed
		}
		if gone, err := f.gone(ctx, tx); err != nil || gone {
			return ErrFeed
		}
		list, err := entries(ctx, tx, f.Scope, tx.Now().Add(-feedBack), tx.Now().Add(feedAhead))
		if err != nil {
			return err
		}
		l := locale.For(f.Lang, f.Zone)
		c = ics.Calendar{Product: "Kolega", Name: l.T("agenda.feed.name", "of", f.Label), Refresh: feedRefresh}
		for _, e := range list {
			c.Events = append(c.Events, e.event(l))
		}
		return nil
	})
	return c, err
}

// gone tells whether whoever a feed was for has left since.
func (f Feed) gone(ctx context.Context, tx *db.Tx) (bool, error) {
	switch {
	case f.ContactID != "":
		k, err := client.LoadContact(ctx, tx, f.ContactID)
		return !k.LeftAt.IsZero(), err
	case f.Kind == OfTalent && f.MadeByID == f.Scope.ID:
		return false, nil
	}
	p, err := access.LoadPerson(ctx, tx, f.MadeByID)
	return !p.Active(), err
}

// event is an entry as other calendars show it.
func (e Entry) event(l *locale.Loc) ics.Event {
	loc, err := worktime.Zone(e.Zone)
	if err != nil {
		loc = time.UTC
	}
	v := ics.Event{UID: string(e.Kind) + "-" + e.ID + "@kolega", Sequence: e.Sequence, Made: e.Made, Start: e.At, End: e.End, Zone: loc, Summary: e.Title, Location: e.Words, Categories: []string{l.T("agenda.kind." + string(e.Kind))}, Status: "CONFIRMED"}
	if e.Untimed() {
		day := worktime.DateOf(e.At, loc)
		v.Days, v.Start, v.End, v.Free = true, day.In(loc), day.AddDays(1).In(loc), true
	}
	if v.End.IsZero() {
		v.End, v.Free = e.At.Add(15*time.Minute), true
	}
	if e.Kind != Meeting {
		v.Summary = l.T("agenda.kind."+string(e.Kind)) + ": " + e.Title
		if e.Format != "" {
			v.Summary += " · " + e.Format
		}
	}
	if e.Campaign != "" {
		v.Description = e.Campaign
	}
	if e.Done && e.Kind != Meeting {
		v.Summary = "✓ " + v.Summary
	}
	if e.Cancelled {
		v.Status = "CANCELLED"
	}
	return v
}
