package report

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/db"
	"kolega/internal/money"
	"kolega/internal/review"
	"kolega/internal/talent"
)

// BriefEffect gives what the newest version of a campaign's brief would change for
// drafts, dates and fees. It is for people of the agency: it names talents and fees.
func (s *Boards) BriefEffect(ctx context.Context, actor access.Actor, campaignID string) (e BriefEffect, err error) {
	if !actor.IsStaff() {
		return e, db.ErrNotFound
	}
	if err := actor.Require("brief.see", access.Owner{CampaignID: campaignID}); err != nil {
		return e, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		f, err := loadBriefFacts(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		e, err = effectOf(f, tx.Now())
		return err
	})
	if !actor.Can("booking.see") {
		e.Fees = nil
		for i := range e.Drafts {
			e.Drafts[i].Fee = money.Amount{}
		}
	}
	return e, err
}

func loadBriefFacts(ctx context.Context, tx *db.Tx, campaignID string) (f briefFacts, err error) {
	if _, err = campaign.LoadCampaign(ctx, tx, campaignID); err != nil {
		return f, err
	}
	if f.Versions, err = campaign.ListBriefs(ctx, tx, campaignID); err != nil {
		return f, err
	}
	if len(f.Versions) < 2 { // a first version changes nothing
		return f, nil
	}
	if f.Acks, err = campaign.ListAcks(ctx, tx, campaignID); err != nil {
		return f, err
	}
	if f.Standings, err = review.ListStandings(ctx, tx, campaignID); err != nil {
		return f, err
	}
	if f.Bookings, err = casting.ListBookings(ctx, tx, campaignID); err != nil {
		return f, err
	}
	ids := make([]string, 0, len(f.Bookings))
	for _, b := range f.Bookings {
		ids = append(ids, b.TalentID)
	}
	talents, err := talent.LoadTalents(ctx, tx, ids)
	f.Names = map[string]string{}
	for id, t := range talents {
		f.Names[id] = t.Name
	}
	return f, err
}
