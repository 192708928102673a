package result

import (
	"context"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// Domino shows a campaign's seeds, pick-ups and the plan they are compared with, with
// what the agency pays. Right: domino.see.
func (s *Service) Domino(ctx context.Context, actor access.Actor, campaignID string) (d Domino, err error) {
	if err := actor.Require("domino.see", access.Owner{CampaignID: campaignID}); err != nil {
		return d, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		c, err := campaign.LoadCampaign(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		d, err = LoadDomino(ctx, tx, c)
		return err
	})
	return d, err
}

// AddLine is a paid post for one of the two plans. An account of the talent base is
// named by its id; another one by hand.
type AddLine struct {
	CampaignID string
	Side       Side
	AccountID  string
	Name       string
	Platform   string
	Format     string
	Cost       money.Amount
	Expected   int64
	Source     ReachSource
	SourceNote string
	Risk       string
	PlannedOn  worktime.Date
}

// AddLine puts a paid post on a plan. Right: domino.edit. Faults: domino.*.
func (s *Service) AddLine(ctx context.Context, actor access.Actor, req AddLine) (l PlanLine, err error) {
	err = s.domino(ctx, actor, req.CampaignID, "line.add", "", func(tx *db.Tx, c campaign.Campaign, _ Domino) (map[string]any, error) {
		l = PlanLine{ID: tx.NewID(), CampaignID: c.ID, Side: req.Side, Name: strings.TrimSpace(req.Name), Platform: req.Platform, Format: strings.TrimSpace(req.Format), Cost: req.Cost, Expected: req.Expected,
			Source: req.Source, SourceNote: strings.TrimSpace(req.SourceNote), Risk: strings.TrimSpace(req.Risk), PlannedOn: req.PlannedOn, Reach: Unknown, Views: Unknown, AddedBy: actor.Name, AddedAt: tx.Now(), Revision: 1}
		if l.Side != KOLSide {
			l.Side = MediaSide
		}
		if l.Cost.None() {
			l.Cost.Currency = c.Currency
		}
		if req.AccountID != "" {
			a, err := talent.LoadAccount(ctx, tx, req.AccountID)
			if err != nil {
				return nil, err
			}
			l.TalentID, l.Name, l.Platform = a.TalentID, "@"+a.Handle, string(a.Platform)
		}
		if err := CheckLine(l, c.Currency); err != nil {
			return nil, err
		}
		return map[string]any{"line": l.ID, "side": l.Side, "name": l.Name, "cost": l.Cost.String(), "expected": l.Expected, "source": l.Source}, insertLine(ctx, tx, l)
	})
	return l, err
}

// PostLine says that a paid post is live: its link, when, and its reach and views
// where they are known (Unknown else). Right: domino.edit.
type PostLine struct {
	CampaignID, LineID string
	URL                string
	At                 time.Time // zero: as the link says, else now
	Reach, Views       int64
}

// PostLine keeps the link and the figures of a paid post. A link that is a post of the
// campaign brings its verified reach along. Faults: post.link-*, domino.*.
func (s *Service) PostLine(ctx context.Context, actor access.Actor, req PostLine) (l PlanLine, err error) {
	err = s.domino(ctx, actor, req.CampaignID, "line.post", "", func(tx *db.Tx, c campaign.Campaign, d Domino) (map[string]any, error) {
		if l, err = loadLine(ctx, tx, req.LineID); err != nil {
			return nil, err
		}
		if l.CampaignID != c.ID || !l.RemovedAt.IsZero() {
			return nil, db.ErrNotFound
		}
		if req.Reach < Unknown || req.Views < Unknown {
			return nil, ErrPickReach
		}
		if !l.Posted() {
			if err := l.goLive(ctx, tx, d, req); err != nil {
				return nil, err
			}
		} else if strings.TrimSpace(req.URL) != "" && strings.TrimSpace(req.URL) != l.Link.URL {
			return nil, ErrLinePosted
		}
		l.Reach, l.Views = req.Reach, req.Views
		return map[string]any{"line": l.ID, "url": l.Link.URL, "reach": l.Reach, "views": l.Views}, saveLine(ctx, tx, l)
	})
	return l, err
}

func (l *PlanLine) goLive(ctx context.Context, tx *db.Tx, d Domino, req PostLine) error {
	link, err := RecognisePost(req.URL)
	if err != nil {
		return err
	}
	if link.Platform != l.Platform {
		return ErrPostPlatform.With("want", l.Platform, "got", link.Platform)
	}
	if d.used(Pickup{Link: link}) {
		return ErrPickUsed
	}
	if l.PostedAt = postedAt(link, Entry{PostedAt: req.At}, tx.Now()); l.PostedAt.After(tx.Now().Add(5 * time.Minute)) {
		return ErrPickFuture
	}
	l.Link = link
	p, there, err := postByKey(ctx, tx, link.Platform, link.ID)
	if there && p.CampaignID == l.CampaignID {
		l.PostID, l.PostedAt = p.ID, p.PostedAt
	}
	return err
}

// RemoveLine takes a paid post off its plan; pick-ups that followed it keep their
// place without a known parent. Right: domino.edit.
func (s *Service) RemoveLine(ctx context.Context, actor access.Actor, campaignID, id string) error {
	return s.domino(ctx, actor, campaignID, "line.remove", "", func(tx *db.Tx, c campaign.Campaign, _ Domino) (map[string]any, error) {
		l, err := loadLine(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		if l.CampaignID != c.ID || !l.RemovedAt.IsZero() {
			return nil, db.ErrNotFound
		}
		l.RemovedAt = tx.Now()
		return map[string]any{"line": l.ID, "name": l.Name}, saveLine(ctx, tx, l)
	})
}

// AddPickup is a pasted link of an unpaid post. Parents are the seeds or pick-ups that
// somebody claims it took the matter from; none when nobody knows.
type AddPickup struct {
	CampaignID   string
	URL          string
	Account      string    // where the link does not say whose it is
	At           time.Time // zero: as the link says, else now
	Reach, Views int64     // Unknown when not known
	Parents      []string
}

// AddPickup keeps an unpaid post. Right: domino.edit. Faults: post.link-*, domino.*.
func (s *Service) AddPickup(ctx context.Context, actor access.Actor, req AddPickup) (p Pickup, err error) {
	err = s.domino(ctx, actor, req.CampaignID, "pickup.add", "", func(tx *db.Tx, c campaign.Campaign, d Domino) (map[string]any, error) {
		link, err := RecognisePost(req.URL)
		if err != nil {
			return nil, err
		}
		p = Pickup{ID: tx.NewID(), CampaignID: c.ID, Link: link, Account: orWord(link.Handle, handleOf(req.Account)), At: postedAt(link, Entry{PostedAt: req.At}, tx.Now()),
			Reach: req.Reach, Views: req.Views, AddedBy: actor.Name, AddedAt: tx.Now()}
		if p, err = d.CheckPickup(p, req.Parents, tx.Now()); err != nil {
			return nil, err
		}
		if p.Account == "" {
			return nil, fault.Field("account", "domino.account")
		}
		return map[string]any{"pickup": p.ID, "url": p.Link.URL, "parent": p.ParentID, "reach": p.Reach}, insertPickup(ctx, tx, p)
	})
	return p, err
}

// ChangePickup gives a pick-up another parent, or a reach that became known.
type ChangePickup struct {
	CampaignID, PickupID string
	Parents              []string
	Reach, Views         int64
}

// ChangePickup keeps the change. Right: domino.edit. Faults: domino.*.
func (s *Service) ChangePickup(ctx context.Context, actor access.Actor, req ChangePickup) (p Pickup, err error) {
	err = s.domino(ctx, actor, req.CampaignID, "pickup.change", "", func(tx *db.Tx, c campaign.Campaign, d Domino) (map[string]any, error) {
		if p, err = pickupOf(ctx, tx, c, req.PickupID); err != nil {
			return nil, err
		}
		p.Reach, p.Views = req.Reach, req.Views
		if p, err = d.CheckPickup(p, req.Parents, tx.Now()); err != nil {
			return nil, err
		}
		return map[string]any{"pickup": p.ID, "parent": p.ParentID, "reach": p.Reach}, savePickup(ctx, tx, p)
	})
	return p, err
}

// RemovePickup takes a pick-up out; what followed it keeps its place without a known
// parent, and its link is free again. Right: domino.edit.
func (s *Service) RemovePickup(ctx context.Context, actor access.Actor, campaignID, id string) error {
	return s.domino(ctx, actor, campaignID, "pickup.remove", "", func(tx *db.Tx, c campaign.Campaign, _ Domino) (map[string]any, error) {
		p, err := pickupOf(ctx, tx, c, id)
		if err != nil {
			return nil, err
		}
		p.RemovedAt = tx.Now()
		return map[string]any{"pickup": p.ID, "url": p.Link.URL}, savePickup(ctx, tx, p)
	})
}

func pickupOf(ctx context.Context, tx *db.Tx, c campaign.Campaign, id string) (Pickup, error) {
	p, err := loadPickup(ctx, tx, id)
	if err == nil && (p.CampaignID != c.ID || !p.RemovedAt.IsZero()) {
		err = db.ErrNotFound
	}
	return p, err
}

// ExtendWindow lets pick-ups count until a later day, with the reason. Right:
// domino.edit. Faults: domino.extend-*.
func (s *Service) ExtendWindow(ctx context.Context, actor access.Actor, campaignID string, until worktime.Date, why string) error {
	why = strings.TrimSpace(why)
	return s.domino(ctx, actor, campaignID, "window", why, func(tx *db.Tx, c campaign.Campaign, d Domino) (map[string]any, error) {
		switch end := d.WindowEnd(); {
		case end == "":
			return nil, ErrPickNoSeed
		case !until.Valid() || !until.After(end):
			return nil, ErrExtendDay
		case why == "":
			return nil, ErrExtendWhy
		}
		return map[string]any{"until": until}, insertWindow(ctx, tx, c.ID, until, why, actor.Name)
	})
}

// domino loads, checks the right, changes and leaves the entry in the trail.
func (s *Service) domino(ctx context.Context, actor access.Actor, campaignID, act, reason string, change func(*db.Tx, campaign.Campaign, Domino) (map[string]any, error)) error {
	if err := actor.Require("domino.edit", access.Owner{CampaignID: campaignID}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		c, err := campaign.LoadCampaign(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		d, err := LoadDomino(ctx, tx, c)
		if err != nil {
			return err
		}
		after, err := change(tx, c, d)
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "domino." + act, Subject: "domino", ID: c.ID, Campaign: c.ID, Client: c.ClientID, After: after, Reason: reason})
	})
}

// MediaAccounts lists the bookable media accounts of the talent base by name, to seed
// on. Right: domino.see.
func (s *Service) MediaAccounts(ctx context.Context, actor access.Actor) (out []MediaAccount, err error) {
	if err := actor.Require("domino.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = listMedia(ctx, tx); return err })
	return out, err
}
