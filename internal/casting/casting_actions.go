package casting

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/db"
)

// Service holds the use cases of casting.
type Service struct{ db *db.DB }

// New makes the use cases.
func New(d *db.DB) *Service { return &Service{db: d} }

func owner(c campaign.Campaign) access.Owner {
	return access.Owner{ClientID: c.ClientID, CampaignID: c.ID}
}

// change loads a campaign's casting, asks the right and refuses a closed campaign.
func change(ctx context.Context, tx *db.Tx, actor access.Actor, verb access.Verb, campaignID string) (*stage, error) {
	s, err := loadStage(ctx, tx, campaignID)
	if err != nil {
		return nil, err
	}
	if err := actor.Require(verb, owner(s.campaign)); err != nil {
		return nil, err
	}
	if !s.campaign.Open() {
		return nil, campaign.ErrClosed
	}
	return s, nil
}

// note records one entry about a thing of a campaign.
func note(ctx context.Context, tx *db.Tx, actor access.Actor, c campaign.Campaign, e audit.Entry) error {
	e.Campaign, e.Client = c.ID, c.ClientID
	return audit.Record(ctx, tx, actor.Who, e)
}
