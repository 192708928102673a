package report

import (
	"context"
	"errors"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/db"
)

// ClientRoom gives a client's contact the start of their room. Fault: not-found.
func (s *Boards) ClientRoom(ctx context.Context, actor access.Actor) (room ClientRoom, err error) {
	if err := actor.Require("brief.see", access.Owner{ClientID: actor.ClientID, CampaignID: actor.CampaignID}); err != nil || !actor.IsClient() {
		return room, db.ErrNotFound
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		f, err := LoadFacts(ctx, tx, actor.CampaignID)
		if err != nil {
			return err
		}
		room = ClientRoomOf(f, tx.Now())
		room.Asker, err = nameOf(ctx, tx, f.Campaign.AEID)
		return err
	})
	return room, err
}

// TalentRoom gives a talent the start of their room. Fault: not-found.
func (s *Boards) TalentRoom(ctx context.Context, actor access.Actor) (room TalentRoom, err error) {
	if err := actor.Require("draft.own", access.Owner{TalentID: actor.TalentID, CampaignID: actor.CampaignID}); err != nil || !actor.IsTalent() {
		return room, db.ErrNotFound
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		f, err := LoadFacts(ctx, tx, actor.CampaignID)
		if err != nil {
			return err
		}
		ready, err := campaign.ReadinessFor(ctx, tx, actor.CampaignID, actor.TalentID)
		if err != nil && !errors.Is(err, campaign.ErrBriefUnaccepted) { // no agreed brief: nothing to acknowledge
			return err
		}
		room = TalentRoomOf(f, actor.TalentID, int64(len(ready.ToAcknowledge)), tx.Now())
		return nil
	})
	return room, err
}
