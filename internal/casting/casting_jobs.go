package casting

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
)

// Workers registers what casting does by itself: offers end, risk rises, an
// eligibility answer that does not fit stops an offer.
func (s *Service) Workers(r *job.Registry) {
	job.On(r, "casting", s.endOffer)
	job.On(r, "casting", s.raiseRisk)
	job.On(r, "casting", s.stopIneligible)
	job.On(r, "casting", s.remindHandover)
}

// endOffer writes an expiry down. An offer that was answered or moved since is left alone.
func (s *Service) endOffer(ctx context.Context, e OfferEnds) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		o, err := LoadOffer(ctx, tx, e.OfferID)
		if fault.KindOf(err) == fault.NotFound {
			return nil
		}
		if err != nil || o.State(tx.Now()) != StateExpired || !o.LapsedAt.IsZero() {
			return err
		}
		return lapse(ctx, tx, &o)
	})
}

// raiseRisk tells the agency when a booking has become at risk or late.
func (s *Service) raiseRisk(ctx context.Context, e RiskDue) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		b, err := LoadBooking(ctx, tx, e.BookingID)
		if fault.KindOf(err) == fault.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		st, err := loadStage(ctx, tx, b.CampaignID)
		if err != nil {
			return err
		}
		cal, err := workingTime(ctx, tx, st.talents[b.TalentID])
		if err != nil {
			return err
		}
		risk, _ := RiskOf(b, st.checks[b.ID], cal, tx.Now())
		if risk != RiskAtRisk && risk != RiskLate {
			return nil
		}
		return job.Enqueue(ctx, tx, RiskRose{BookingID: b.ID, CampaignID: b.CampaignID, TalentID: b.TalentID, Risk: risk}, job.Unique(b.ID+":"+string(risk)))
	})
}

// stopIneligible ends the open offer of a talent whose answer does not fit the brief (R4).
func (s *Service) stopIneligible(ctx context.Context, e campaign.Ineligible) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		st, err := loadStage(ctx, tx, e.CampaignID)
		if err != nil {
			return err
		}
		for _, o := range st.offers {
			if o.TalentID != e.TalentID || o.State(tx.Now()) != StateOffered {
				continue
			}
			if err := decline(ctx, tx, access.System(), st, o, "", true); err != nil {
				return err
			}
		}
		return nil
	})
}
