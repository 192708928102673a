package casting

import (
	"context"
	"time"

	"kolega/internal/db"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// RiskSince is a booking's risk and since when it holds.
type RiskSince struct {
	Risk Risk
	At   time.Time
}

// ListRisks gives the risk of those bookings of one campaign that have one, by
// booking. Nothing is read when every draft is there.
func ListRisks(ctx context.Context, tx *db.Tx, campaignID string, bookings []Booking) (map[string]RiskSince, error) {
	out := map[string]RiskSince{}
	var open []Booking
	for _, b := range bookings {
		if b.Active() && b.DraftAt.IsZero() && b.DeliveredAt.IsZero() {
			open = append(open, b)
		}
	}
	if len(open) == 0 {
		return out, nil
	}
	checks, err := ListCheckIns(ctx, tx, campaignID)
	if err != nil {
		return nil, err
	}
	for _, b := range open {
		var cal worktime.Calendar // counts only when silence may
		if silent(checks[b.ID], tx.Now()) {
			t, err := talent.LoadTalent(ctx, tx, b.TalentID)
			if err != nil {
				return nil, err
			}
			if cal, err = workingTime(ctx, tx, t); err != nil {
				return nil, err
			}
		}
		if risk, at := RiskOf(b, checks[b.ID], cal, tx.Now()); risk != RiskNone {
			out[b.ID] = RiskSince{risk, at}
		}
	}
	return out, nil
}

// silent says whether a second check-in was asked and not answered.
func silent(asked []CheckIn, now time.Time) bool {
	for _, c := range asked {
		if c.Before == SecondCheckIn && c.Answer == CheckInNone && !c.AskedAt.After(now) {
			return true
		}
	}
	return false
}
