package report

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/locale"
	"kolega/internal/result"
)

// contestAfter is the client's lateness, in working minutes on one deliverable, over
// which the cause of a missed guarantee is contested (R6).
const contestAfter = 48 * 60

// Work puts this room's workers on the registry. Each is safe to run twice.
func (s *Boards) Work(r *job.Registry) { job.On(r, "report.contest", s.contest) }

// contest marks a missed guarantee whose cause the delay ledger gives to the client:
// management decides before any remedy.
func (s *Boards) contest(ctx context.Context, e result.GuaranteeDecided) error {
	if e.State != result.Missed {
		return nil
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		lines, err := datesOf(ctx, tx, e.CampaignID, "")
		if err != nil {
			return err
		}
		worst, late := clientLatest(lines, e.BookingID)
		if late <= contestAfter {
			return nil
		}
		c, err := campaign.LoadCampaign(ctx, tx, e.CampaignID)
		if err != nil {
			return err
		}
		ae, err := access.LoadPerson(ctx, tx, c.AEID)
		if err != nil {
			return err
		}
		words := locale.For(ae.Lang, ae.Zone).T("delay.cause", "hours", late/60, "piece", worst.Talent)
		return result.ContestCause(ctx, tx, e.CampaignID, e.BookingID, words)
	})
}

// clientLatest is the deliverable on which the client was latest, of one booking or of
// the whole campaign for "", and by how many working minutes.
func clientLatest(lines []DelayLine, bookingID string) (worst DelayLine, late int64) {
	for _, l := range lines {
		if bookingID != "" && l.Deliverable.BookingID != bookingID {
			continue
		}
		if n := l.LateWorking(campaign.DelayClient); n > late {
			worst, late = l, n
		}
	}
	return worst, late
}
