package result

import (
	"context"
	"slices"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/worktime"
)

// The days that a replacement gets for its draft and its post, unless told otherwise.
const (
	replaceDraftDays = 5
	replacePostDays  = 9
)

// openFree opens the free slot of a replacement: made like the failed booking's, at no
// price, and not for the same talent. For a promise over the whole campaign the weakest
// talent's slot is repeated. Fault: remedy.after-end when it would be posted after the
// campaign, whose end is first to be agreed anew.
func openFree(ctx context.Context, tx *db.Tx, actor access.Actor, g Guarantee, req ChooseRemedyRequest) (campaign.Slot, error) {
	c, err := campaign.LoadCampaign(ctx, tx, req.CampaignID)
	if err != nil {
		return campaign.Slot{}, err
	}
	row, ok := g.failed(req.BookingID)
	if !ok {
		return campaign.Slot{}, db.ErrNotFound
	}
	slot, err := campaign.LoadSlot(ctx, tx, row.SlotID)
	if err != nil {
		return campaign.Slot{}, err
	}
	zone, err := worktime.Zone(row.Zone)
	if err != nil {
		return campaign.Slot{}, err
	}
	today := worktime.DateOf(tx.Now(), zone)
	slot.DraftOn, slot.PostOn = today.AddDays(replaceDraftDays), today.AddDays(replacePostDays)
	if req.PostOn != "" {
		slot.PostOn = req.PostOn
		if slot.PostOn.Before(slot.DraftOn) {
			slot.DraftOn = slot.PostOn
		}
	}
	if slot.PostOn.After(c.EndOn) {
		return campaign.Slot{}, ErrAfterEnd
	}
	slot.Free, slot.Price.Minor = true, 0
	if id := row.Deliverable.TalentID; !slices.Contains(slot.Conditions.Excluded, id) {
		slot.Conditions.Excluded = append(slices.Clone(slot.Conditions.Excluded), id)
	}
	made, err := campaign.OpenSlots(ctx, tx, actor.Who, slot, 1)
	if err != nil {
		return campaign.Slot{}, err
	}
	return made[0], nil
}

// failed gives a row of the booking that missed; for the whole campaign that of the
// talent with the lowest rate.
func (g Guarantee) failed(bookingID string) (out PostRow, ok bool) {
	var lowest Ratio
	for _, r := range g.Rows {
		if r.SlotID == "" || bookingID != "" && r.Deliverable.BookingID != bookingID {
			continue
		}
		s, err := Pool(g.Promise.Actions, Measure{g.Promise.Formula, r.Proof.Counts})
		if err != nil {
			continue
		}
		if er := s.ER(); !ok || lowest.Cmp(er) < 0 {
			out, lowest, ok = r, er, true
		}
	}
	return out, ok
}
