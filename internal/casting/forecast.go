package casting

import (
	"context"
	"time"

	"kolega/internal/access"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// Forecast says when whoever is sent something now first sees it, and until when
// it may be sent for that (R8).
type Forecast struct {
	Reads  time.Time // zero: their calendar never opens
	Zone   string    // theirs
	Before time.Time // sent before it, it is still seen on the same day of theirs
	AtOnce bool      // they are at work now
}

// usualReading is how much of somebody's working time passes before a thing that
// was sent is looked at.
const usualReading = 15 * time.Minute

// ForecastOf projects one hand-off into a calendar.
func ForecastOf(cal worktime.Calendar, now time.Time) Forecast {
	if cal.Zone == nil {
		return Forecast{}
	}
	f := Forecast{Zone: cal.Zone.String()}
	chain := []worktime.Step{{Calendar: cal, Handling: usualReading}}
	stops := worktime.Handoff(chain, now)
	if len(stops) == 0 {
		return f
	}
	f.Reads, f.AtOnce = stops[0].Opens, stops[0].Opens.Equal(now)
	f.Before = worktime.SendBefore(chain, now)
	return f
}

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
