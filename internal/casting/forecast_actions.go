package casting

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/talent"
)

// TalentReads forecasts when a talent sees what is sent now.
func (s *Service) TalentReads(ctx context.Context, actor access.Actor, talentID string) (f Forecast, err error) {
	if err := actor.Require("cast.see", access.Owner{}); err != nil {
		return f, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		t, err := talent.LoadTalent(ctx, tx, talentID)
		if err != nil {
			return err
		}
		cal, err := workingTime(ctx, tx, t)
		f = ForecastOf(cal, tx.Now())
		return err
	})
	return f, err
}

// ClientReads forecasts when a campaign's client sees what is sent now.
func (s *Service) ClientReads(ctx context.Context, actor access.Actor, campaignID string) (f Forecast, err error) {
	if err := actor.Require("cast.see", access.Owner{CampaignID: campaignID}); err != nil {
		return f, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := loadStage(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		cal, err := country.Calendar(ctx, tx, st.client.Country, st.client.Zone)
		f = ForecastOf(cal, tx.Now())
		return err
	})
	return f, err
}

// PersonReads forecasts when somebody of the agency sees what is sent now.
func (s *Service) PersonReads(ctx context.Context, actor access.Actor, personID string) (f Forecast, err error) {
	if err := actor.Require("cast.see", access.Owner{}); err != nil {
		return f, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		cal, err := calendarOf(ctx, tx, personID)
		f = ForecastOf(cal, tx.Now())
		return err
	})
	return f, err
}
