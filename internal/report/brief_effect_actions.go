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
func (s *Boards) BriefEffect(ctx context.Context, actor access.Actor, campaignID string) (BriefEffect, error) {
	return s.effect(ctx, actor, campaignID, func(_ *db.Tx, f briefFacts) (briefFacts, error) { return f, nil })
}

// ProposalEffect gives what a decision of a meeting would change, before it is put to the
// client (R14). It keeps nothing. Faults: those of campaign.Propose, but for another open
// proposal about the same point; brief.unaccepted.
func (s *Boards) ProposalEffect(ctx context.Context, actor access.Actor, n campaign.NewProposal) (BriefEffect, error) {
	return s.effect(ctx, actor, n.CampaignID, func(tx *db.Tx, f briefFacts) (briefFacts, error) {
		agreed, ok := campaign.Agreed(f.Versions)
		if !ok {
			return f, campaign.ErrBriefUnaccepted
		}
		n.Replaces = nil
		p, err := campaign.Propose(agreed, nil, n, tx.NewID)
		f.Versions = append(f.Versions, p.Preview(agreed))
		return f, err
	})
}

// effect computes the effect of the last of the versions that with leaves.
func (s *Boards) effect(ctx context.Context, actor access.Actor, campaignID string, with func(*db.Tx, briefFacts) (briefFacts, error)) (e BriefEffect, err error) {
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
		if f, err = with(tx, f); err != nil {
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
