package campaign

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/worktime"
)

// LookAhead says what moving a work's planned dates would do, and changes nothing.
// Faults: those of PlanWork.
func (s *Service) LookAhead(ctx context.Context, actor access.Actor, workID string, from, to worktime.Date) (e PlanEffect, err error) {
	if err := actor.Require("campaign.edit", access.Owner{}); err != nil {
		return e, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		before, err := LoadWork(ctx, tx, workID)
		if err != nil {
			return err
		}
		c, err := LoadCampaign(ctx, tx, before.CampaignID)
		if err != nil {
			return err
		}
		cals, err := calendarsOf(ctx, tx, c)
		if err != nil {
			return err
		}
		cal := cals.of(before.Role)
		after, _, err := before.Reschedule(from, to, c, cal)
		if err != nil {
			return err
		}
		t, err := TimelineOf(ctx, tx, TimelineFilter{CampaignID: c.ID, Closed: true})
		if err != nil || len(t.Groups) == 0 {
			return err
		}
		e = PlanEffectOf(before, after, t.Groups[0].Lines, c, cal)
		return nil
	})
	return e, err
}
