package casting

import (
	"context"
	"slices"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/talent"
)

// FindFor makes the search for a slot from what the campaign knows: its conditions, and
// the brief of the fit (R18). It looks nobody up; the index answers the query. Faults:
// not-found, access.forbidden.
func (s *Service) FindFor(ctx context.Context, actor access.Actor, campaignID string, look Look) (out SlotSearch, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := loadStage(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		if err := actor.Require("cast.see", owner(st.campaign)); err != nil {
			return err
		}
		x, err := st.slot(look.SlotID)
		if err != nil {
			return err
		}
		h, err := newestHandover(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		keep, err := keptOut(ctx, tx, st, x, h)
		if err != nil {
			return err
		}
		out = searchFor(st.campaign, st.brand.Category, x, h, openSlots(st.slots), keep, look)
		return nil
	})
	return out, err
}

func openSlots(list []campaign.Slot) (n int) {
	for _, x := range list {
		if x.Open() {
			n++
		}
	}
	return n
}

// newestHandover is the last one of a campaign; none is a zero one.
func newestHandover(ctx context.Context, tx *db.Tx, campaignID string) (h Handover, err error) {
	list, err := ListHandovers(ctx, tx, campaignID)
	if len(list) > 0 {
		h = list[len(list)-1]
	}
	return h, err
}

// keptOut gathers whom the conditions keep out that only casting knows of.
func keptOut(ctx context.Context, tx *db.Tx, st *stage, x campaign.Slot, h Handover) (kept, error) {
	declined, err := declinedBy(ctx, tx, st.client.ID)
	if err != nil {
		return nil, err
	}
	bound, err := rivalled(ctx, tx, st.brand, x.PostOn)
	if err != nil {
		return nil, err
	}
	locked, err := talent.Locked(ctx, tx, x.DraftOn, x.PostOn)
	if err != nil {
		return nil, err
	}
	clashes, err := clashesOf(ctx, tx, st, locked, x, x.PostOn)
	if err != nil {
		return nil, err
	}
	for id, list := range clashes {
		if talent.Blocked(list) {
			bound[id] = true
		}
	}
	out := kept{NotExcluded: h.Excluded, NotDeclined: sorted(declined), NotBound: sorted(bound)}
	for _, c := range st.candidates {
		if c.Listed() && c.SlotID == x.ID {
			out[NotListed] = append(out[NotListed], c.TalentID)
		}
	}
	return out, nil
}

func sorted(ids map[string]bool) []string {
	out := make([]string, 0, len(ids))
	for id, in := range ids {
		if in {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// Loosened is the search with one condition lifted, or asked again.
func (l Look) Loosened(k Condition) Look {
	if i := slices.Index(l.Lift, k); i >= 0 {
		l.Lift = slices.Delete(slices.Clone(l.Lift), i, i+1)
	} else {
		l.Lift = append(slices.Clone(l.Lift), k)
	}
	return l
}
