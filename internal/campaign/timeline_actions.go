package campaign

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/db"
)

// Timeline gives planned against actual to the agency's people.
func (s *Service) Timeline(ctx context.Context, actor access.Actor, f TimelineFilter) (t Timeline, err error) {
	if err := actor.Require("timeline.see", access.Owner{CampaignID: f.CampaignID}); err != nil {
		return t, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { t, err = TimelineOf(ctx, tx, f); return err })
	return t, err
}
