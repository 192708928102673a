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
// booking, and the next instant at which the silence of a talent may make one, zero
// when there is none. Nothing is read when every draft is there.
func ListRisks(ctx context.Context, tx *db.Tx, campaignID string, bookings []Booking) (out map[string]RiskSince, until time.Time, err error) {
	out = map[string]RiskSince{}
	var open []Booking
	for _, b := range bookings {
		if b.Active() && b.DraftAt.IsZero() && b.DeliveredAt.IsZero() {
			open = append(open, b)
		}
	}
	if len(open) == 0 {
		return out, until, nil
	}
	checks, err := ListCheckIns(ctx, tx, campaignID)
	if err != nil {
		return nil, until, err
	}
	for _, b := range open {
		var cal worktime.Calendar // counts only when silence may
		if silent(checks[b.ID], tx.Now()) {
			t, err := talent.LoadTalent(ctx, tx, b.TalentID)
			if err != nil {
				return nil, until, err
			}
			if cal, err = workingTime(ctx, tx, t); err != nil {
				return nil, until, err
			}
		}
		until = earlier(until, nextSilence(checks[b.ID], cal, tx.Now()))
		if risk, at := RiskOf(b, checks[b.ID], cal, tx.Now()); risk != RiskNone {
			out[b.ID] = RiskSince{risk, at}
		}
	}
	return out, until, nil
}

// nextSilence is when, after now, a second check-in is asked or its silence becomes a
// risk; zero when neither comes.
func nextSilence(asked []CheckIn, cal worktime.Calendar, now time.Time) (next time.Time) {
	for _, c := range asked {
		if c.Before != SecondCheckIn || c.Answer != CheckInNone {
			continue
		}
		at := c.AskedAt
		if !at.After(now) {
			at = SilentAt(c, cal)
		}
		if at.After(now) {
			next = earlier(next, at)
		}
	}
	return next
}

// earlier gives the first of two instants, a zero one being none.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
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
