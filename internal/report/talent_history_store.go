package report

import (
	"context"
	"database/sql"
	"errors"

	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/db"
	"kolega/internal/result"
	"kolega/internal/worktime"
)

// mostEpisodes are shown of a talent's past.
const mostEpisodes = 60

// talentEpisodes reads a talent's campaigns, the newest first.
func talentEpisodes(ctx context.Context, tx *db.Tx, talentID string) ([]Episode, error) {
	rows, err := tx.Query(ctx, `SELECT k.id, k.campaign_id, c.name, k.client_id, l.name, b.name, k.added_at, k.shown_at, k.why,
			COALESCE(p.sent, ''), COALESCE(p.sent_reason, ''), COALESCE(o.id, ''), CASE WHEN o.closed_at IS NULL AND o.id IS NOT NULL THEN 1 ELSE 0 END
		FROM candidate k JOIN campaign c ON c.id = k.campaign_id JOIN client l ON l.id = k.client_id JOIN brand b ON b.id = c.brand_id
		LEFT JOIN pick_sheet s ON s.campaign_id = k.campaign_id
		LEFT JOIN pick p ON p.candidate_id = k.id AND p.contact_id = s.decider_id
		LEFT JOIN offer o ON o.candidate_id = k.id AND o.sent_at = (SELECT MAX(z.sent_at) FROM offer z WHERE z.candidate_id = k.id)
		WHERE k.talent_id = $1 ORDER BY k.added_at DESC, k.id DESC`, talentID)
	found, err := db.Collect(rows, err, scanEpisode)
	if err != nil {
		return nil, err
	}
	bookings, err := casting.ListBookingsOf(ctx, tx, talentID)
	if err != nil {
		return nil, err
	}
	of := map[string]*casting.Booking{}
	for i := range bookings {
		of[bookings[i].CandidateID] = &bookings[i]
	}
	out := make([]Episode, 0, len(found))
	for _, x := range found[:min(len(found), mostEpisodes)] {
		b := of[x.candidate.ID]
		x.Stage = stageOf(x.candidate, x.Answer, x.offer != "", x.open == 0, b)
		if b != nil {
			if err := x.booked(ctx, tx, *b); err != nil {
				return nil, err
			}
		}
		out = append(out, x.Episode)
	}
	return out, nil
}

// episodeRow is an episode as read, with what its stage is computed from.
type episodeRow struct {
	Episode
	candidate casting.Candidate
	offer     string
	open      int64
}

func scanEpisode(r *sql.Rows) (x episodeRow, err error) {
	var added, shown db.Time
	err = r.Scan(&x.candidate.ID, &x.CampaignID, &x.Campaign, &x.ClientID, &x.Client, &x.Brand, &added, &shown, &x.Why, &x.Answer, &x.Reason, &x.offer, &x.open)
	x.AddedAt, x.candidate.ShownAt = added.Time, shown.Time
	return x, err
}

// booked adds the terms and the results of a booking.
func (x *episodeRow) booked(ctx context.Context, tx *db.Tx, b casting.Booking) error {
	x.Fee, x.PostOn, x.Drop = b.Fee, b.PostOn(), b.DropKind
	if loc, err := worktime.Zone(b.DraftDue.Zone); err == nil && !b.DraftDue.IsZero() {
		x.DraftOn = worktime.DateOf(b.DraftDue.At, loc)
	}
	posts, err := result.ListPostsOfBooking(ctx, tx, b.ID)
	if err != nil || len(posts) == 0 {
		return err
	}
	x.Posts = len(posts)
	c, err := campaign.LoadCampaign(ctx, tx, b.CampaignID)
	if err != nil {
		return err
	}
	var actions []result.Metric
	for _, a := range c.ERActions {
		actions = append(actions, result.Metric(a))
	}
	var measured []result.Measure
	for _, p := range posts {
		list, err := result.ListInsightsOf(ctx, tx, p.ID)
		if err != nil {
			return err
		}
		for _, i := range list {
			if i.Proves() {
				measured = append(measured, result.Measure{Formula: result.Formula(c.ERFormula), Counts: i.Counts})
			}
		}
	}
	x.ER, err = result.Pool(actions, measured...)
	if errors.Is(err, result.ErrActions) { // a campaign without named actions measures no rate
		return nil
	}
	return err
}
