package campaign

import (
	"context"
	"slices"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Slots gives a campaign and its slots by number, with budgets and prices: for the
// agency's people alone.
func (s *Service) Slots(ctx context.Context, actor access.Actor, campaignID string) (c Campaign, out []Slot, err error) {
	if !actor.IsStaff() {
		return c, nil, db.ErrNotFound
	}
	if err := actor.Require("campaign.see", access.Owner{CampaignID: campaignID}); err != nil {
		return c, nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if c, err = LoadCampaign(ctx, tx, campaignID); err != nil {
			return err
		}
		out, err = ListSlots(ctx, tx, campaignID)
		return err
	})
	return c, out, err
}

// Slot gives one slot, for the agency's people alone.
func (s *Service) Slot(ctx context.Context, actor access.Actor, id string) (out Slot, err error) {
	if err := actor.Require("campaign.see", access.Owner{}); err != nil {
		return out, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = LoadSlot(ctx, tx, id); return err })
	return out, err
}

// maxSlots is how many equal slots may be opened at once.
const maxSlots = 100

// AddSlots opens n equal slots, each for one talent. Faults: the form's, campaign.closed.
func (s *Service) AddSlots(ctx context.Context, actor access.Actor, slot Slot, n int64) (out []Slot, err error) {
	if err := actor.Require("slot.edit", access.Owner{CampaignID: slot.CampaignID}); err != nil {
		return nil, err
	}
	if n < 1 || n > maxSlots {
		return nil, fault.Field("count", "slot.count")
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error { out, err = OpenSlots(ctx, tx, actor.Who, slot, n); return err })
	return out, err
}

// OpenSlots is the step that opens n equal slots; a replacement under the
// guarantee opens a free one (R6). Faults: the form's, campaign.closed.
func OpenSlots(ctx context.Context, tx *db.Tx, who audit.Who, slot Slot, n int64) ([]Slot, error) {
	c, today, err := campaignToday(ctx, tx, slot.CampaignID)
	if err != nil {
		return nil, err
	}
	if slot.Conditions.Country == "" {
		slot.Conditions.Country = c.Market
	}
	if err := slot.tidy(c, today, Slot{}); err != nil {
		return nil, err
	}
	number, err := nextSlotNumber(ctx, tx, c.ID)
	if err != nil {
		return nil, err
	}
	var out []Slot
	for range n {
		slot.ID, slot.Number, slot.Version = tx.NewID(), number, 1
		if err := insertSlot(ctx, tx, slot); err != nil {
			return nil, err
		}
		if err := recordSlot(ctx, tx, who, c, "slot.edit", nil, slot); err != nil {
			return nil, err
		}
		out, number = append(out, slot), number+1
	}
	return out, nil
}

// campaignToday gives an open campaign and the day it is at its talents'.
func campaignToday(ctx context.Context, tx *db.Tx, campaignID string) (Campaign, worktime.Date, error) {
	c, err := LoadCampaign(ctx, tx, campaignID)
	if err != nil {
		return c, "", err
	}
	if err := c.mayChange(); err != nil {
		return c, "", err
	}
	cal, err := country.Calendar(ctx, tx, c.Market, "")
	return c, worktime.DateOf(tx.Now(), cal.Zone), err
}

func recordSlot(ctx context.Context, tx *db.Tx, who audit.Who, c Campaign, verb string, before, after any) error {
	id := after.(Slot).ID
	return audit.Record(ctx, tx, who, audit.Entry{Verb: verb, Subject: "slot", ID: id, Campaign: c.ID, Client: c.ClientID, Before: before, After: after})
}

// EditSlot changes a slot. Faults: the form's, slot.dropped, conflict.changed.
func (s *Service) EditSlot(ctx context.Context, actor access.Actor, slot Slot) (Slot, error) {
	return s.changeSlot(ctx, actor, slot.ID, func(_ *db.Tx, c Campaign, today worktime.Date, before Slot) (Slot, error) {
		slot.CampaignID, slot.Number, slot.Free = before.CampaignID, before.Number, before.Free
		if slot.Version == 0 {
			slot.Version = before.Version
		}
		return slot, slot.tidy(c, today, before)
	})
}

// DropSlot says that a slot is no longer wanted; its number is not used again.
// Fault: slot.dropped.
func (s *Service) DropSlot(ctx context.Context, actor access.Actor, id string) (Slot, error) {
	return s.changeSlot(ctx, actor, id, func(tx *db.Tx, _ Campaign, _ worktime.Date, before Slot) (Slot, error) {
		before.DroppedAt = tx.Now()
		return before, nil
	})
}

// RestoreSlot takes a DropSlot back: the slot is as it was. Fault: conflict.changed
// when it is not dropped.
func (s *Service) RestoreSlot(ctx context.Context, actor access.Actor, id string) (out Slot, err error) {
	if err := actor.Require("slot.edit", access.Owner{}); err != nil {
		return out, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		before, err := LoadSlot(ctx, tx, id)
		if err != nil {
			return err
		}
		c, _, err := campaignToday(ctx, tx, before.CampaignID)
		if err != nil {
			return err
		}
		if before.Open() {
			return db.Changed(0, nil)
		}
		out = before
		out.DroppedAt = time.Time{}
		if err := saveSlot(ctx, tx, out); err != nil {
			return err
		}
		out.Version++
		return recordSlot(ctx, tx, actor.Who, c, "slot.edit", before, out)
	})
	return out, err
}

func (s *Service) changeSlot(ctx context.Context, actor access.Actor, id string,
	change func(tx *db.Tx, c Campaign, today worktime.Date, before Slot) (Slot, error)) (out Slot, err error) {
	if err := actor.Require("slot.edit", access.Owner{}); err != nil {
		return out, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		before, err := LoadSlot(ctx, tx, id)
		if err != nil {
			return err
		}
		c, today, err := campaignToday(ctx, tx, before.CampaignID)
		if err != nil {
			return err
		}
		if !before.Open() {
			return ErrSlotDropped
		}
		if out, err = change(tx, c, today, before); err != nil {
			return err
		}
		if err := saveSlot(ctx, tx, out); err != nil {
			return err
		}
		out.Version++
		return recordSlot(ctx, tx, actor.Who, c, "slot.edit", before, out)
	})
	return out, err
}

// Exclude is the step that keeps talents off all open slots of a campaign, in
// addition to those excluded before; casting calls it when the slots are handed
// over to the specialist (A28).
func Exclude(ctx context.Context, tx *db.Tx, who audit.Who, campaignID string, talentIDs []string) error {
	c, err := LoadCampaign(ctx, tx, campaignID)
	if err != nil || len(talentIDs) == 0 {
		return err
	}
	slots, err := ListSlots(ctx, tx, campaignID)
	if err != nil {
		return err
	}
	for _, s := range slots {
		before := s
		s.Conditions.Excluded = slices.Clone(before.Conditions.Excluded)
		for _, id := range talentIDs {
			if !slices.Contains(s.Conditions.Excluded, id) {
				s.Conditions.Excluded = append(s.Conditions.Excluded, id)
			}
		}
		if !s.Open() || len(s.Conditions.Excluded) == len(before.Conditions.Excluded) {
			continue
		}
		if err := saveSlot(ctx, tx, s); err != nil {
			return err
		}
		if err := recordSlot(ctx, tx, who, c, "slot.edit", before, s); err != nil {
			return err
		}
	}
	return nil
}

// GiveUp is the step that says a slot is no longer wanted; casting calls it when
// whoever filled it left and nobody is to follow (A51). Fault: slot.dropped.
func GiveUp(ctx context.Context, tx *db.Tx, who audit.Who, slotID string) error {
	before, err := LoadSlot(ctx, tx, slotID)
	if err != nil {
		return err
	}
	c, err := LoadCampaign(ctx, tx, before.CampaignID)
	if err != nil {
		return err
	}
	if !before.Open() {
		return ErrSlotDropped
	}
	after := before
	after.DroppedAt = tx.Now()
	if err := saveSlot(ctx, tx, after); err != nil {
		return err
	}
	return recordSlot(ctx, tx, who, c, "slot.edit", before, after)
}
