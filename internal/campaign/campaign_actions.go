package campaign

import (
	"context"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
	"kolega/internal/worktime"
)

// Start begins a campaign from a playbook, before or without an agreement;
// billing.StartCampaign does the same under one. Faults: those of Create.
func (s *Service) Start(ctx context.Context, actor access.Actor, n NewCampaign) (c Campaign, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error { c, err = Create(ctx, tx, actor, n); return err })
	return c, err
}

// Campaign gives one campaign to the agency's people.
func (s *Service) Campaign(ctx context.Context, actor access.Actor, id string) (c Campaign, err error) {
	if err := actor.Require("campaign.see", access.Owner{CampaignID: id}); err != nil {
		return c, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { c, err = LoadCampaign(ctx, tx, id); return err })
	return c, err
}

// Campaigns gives a page of campaigns, the latest start first.
func (s *Service) Campaigns(ctx context.Context, actor access.Actor, f Filter) (out []Campaign, err error) {
	if err := actor.Require("campaign.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = ListCampaigns(ctx, tx, f); return err })
	return out, err
}

// EditCampaign is what may change after the start: client, brand, currency and
// playbook stay.
type EditCampaign struct {
	ID           string
	Version      int64
	Name         string
	StartOn      worktime.Date
	EndOn        worktime.Date
	AEID         string
	SpecialistID string
	DeciderID    string
	Objective    Objective
	ERFormula    string
	ERActions    []string
}

// Edit changes a campaign's facts. Planned works keep their dates. Faults: the
// form's, campaign.closed, conflict.changed.
func (s *Service) Edit(ctx context.Context, actor access.Actor, e EditCampaign) (c Campaign, err error) {
	if err := actor.Require("campaign.edit", access.Owner{CampaignID: e.ID}); err != nil {
		return c, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		before, err := LoadCampaign(ctx, tx, e.ID)
		if err != nil {
			return err
		}
		if err := before.mayChange(); err != nil {
			return err
		}
		if c, err = e.apply(before); err != nil {
			return err
		}
		if err := checkPeople(ctx, tx, c.AEID, c.SpecialistID, c.DeciderID, c.ClientID); err != nil {
			return err
		}
		if err := saveCampaign(ctx, tx, c); err != nil {
			return err
		}
		c.Version++
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "campaign.edit", Subject: "campaign", ID: c.ID, Campaign: c.ID, Client: c.ClientID, Before: before, After: c})
	})
	return c, err
}

func (e EditCampaign) apply(c Campaign) (Campaign, error) {
	f := fault.Fields{}
	c.Name = strings.Join(strings.Fields(e.Name), " ")
	if c.Name == "" || len([]rune(c.Name)) > 160 {
		f["name"] = "campaign.name"
	}
	if e.AEID == "" {
		f["ae_id"] = "campaign.ae"
	}
	if e.EndOn == "" {
		f["end_on"] = "date.unreadable"
	}
	checkWindow(f, e.StartOn, e.EndOn)
	c.ERFormula, c.ERActions = tidyFormula(f, e.ERFormula, e.ERActions)
	e.Objective.tidy(f)
	c.StartOn, c.EndOn, c.AEID, c.SpecialistID, c.DeciderID, c.Objective = e.StartOn, e.EndOn, e.AEID, e.SpecialistID, e.DeciderID, e.Objective
	if e.Version != 0 {
		c.Version = e.Version
	}
	return c, f.Err()
}

// KickOff notes that work has begun, which fires the instalment of the kick-off
// (R16). Faults: campaign.closed, campaign.kicked-off.
func (s *Service) KickOff(ctx context.Context, actor access.Actor, id string) (c Campaign, err error) {
	if err := actor.Require("campaign.edit", access.Owner{CampaignID: id}); err != nil {
		return c, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if c, err = LoadCampaign(ctx, tx, id); err != nil {
			return err
		}
		if c, err = c.KickOff(tx.Now()); err != nil {
			return err
		}
		if err := saveCampaign(ctx, tx, c); err != nil {
			return err
		}
		c.Version++
		if err := job.Enqueue(ctx, tx, KickedOff{CampaignID: c.ID}, job.Unique(c.ID)); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "campaign.kickoff", Subject: "campaign", ID: c.ID, Campaign: c.ID, Client: c.ClientID})
	})
	return c, err
}

// Activity gives up to limit entries of the trail that concern a campaign and are
// older than before (0: the newest), the newest first, for the agency's people.
func (s *Service) Activity(ctx context.Context, actor access.Actor, campaignID string, before int64, limit int) (out []audit.Line, err error) {
	if err := actor.Require("audit.see", access.Owner{CampaignID: campaignID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if _, err := LoadCampaign(ctx, tx, campaignID); err != nil {
			return err
		}
		out, err = audit.Of(ctx, tx, campaignID, before, limit)
		return err
	})
	return out, err
}
