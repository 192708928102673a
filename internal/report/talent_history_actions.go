package report

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// TalentHistory gives a talent's past with every client and the answer about a day,
// "" for today. Right: talent.see; the fees are for those who see bookings.
func (s *Service) TalentHistory(ctx context.Context, actor access.Actor, f talent.File, day worktime.Date) (h TalentHistory, err error) {
	if err := actor.Require("talent.see", access.Owner{}); err != nil {
		return h, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if h.Episodes, err = talentEpisodes(ctx, tx, f.Talent.ID); err != nil {
			return err
		}
		if day == "" {
			day = talent.DayOf(tx.Now())
		}
		if f.Absences, err = talent.ListAbsences(ctx, tx, f.Talent.ID, min(day, talent.DayOf(tx.Now()))); err != nil {
			return err
		}
		calendar, err := country.CalendarIn(ctx, tx, f.Talent.Zone)
		h.Day = DayOfTalent(day, f, h.Episodes, calendar)
		return err
	})
	return h, err
}
