package casting

import (
	"context"

	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// workOf is what a seat asks of a talent, as bonds are judged by: until is the last
// day on which it must hold.
func (s *stage) workOf(x campaign.Slot, until worktime.Date) talent.Ask {
	ask := talent.Ask{ClientID: s.client.ID, Brand: s.brand.Name, From: x.DraftOn, To: until, Rivals: s.brand.Rivals}
	if s.brand.Category != "" {
		ask.Categories = []string{s.brand.Category}
	}
	if s.campaign.Market != "" {
		ask.Territory = []string{s.campaign.Market}
	}
	return ask
}

// clashesOf gives, by talent, what stands against working on a seat (A36, B9, A12).
func clashesOf(ctx context.Context, tx *db.Tx, st *stage, talentIDs []string, x campaign.Slot, until worktime.Date) (map[string][]talent.Clash, error) {
	bonds, err := talent.LoadBonds(ctx, tx, talentIDs, x.DraftOn)
	if err != nil {
		return nil, err
	}
	out := make(map[string][]talent.Clash, len(bonds))
	for id, b := range bonds {
		if list := talent.Clashes(st.workOf(x, until), b); len(list) > 0 {
			out[id] = list
		}
	}
	return out, nil
}

// checkClash refuses a talent who is bound against the work until a day. Fault:
// offer.clash with whom it is bound to.
func checkClash(ctx context.Context, tx *db.Tx, st *stage, o Offer, x campaign.Slot) error {
	until := x.PostOn
	for _, d := range o.Dates {
		if d.Kind == DatePosting {
			until = dayOf(d.Due).AddDays(int(o.Rights.ExclusiveDays))
		}
	}
	found, err := clashesOf(ctx, tx, st, []string{o.TalentID}, x, until)
	if err != nil {
		return err
	}
	if list := found[o.TalentID]; talent.Blocked(list) {
		return ErrClash.With("with", list[0].With, "from", list[0].From, "to", list[0].To)
	}
	return nil
}

// keepBonds writes down what a booking gives the brand: the use of the content, and
// the days on which no rival may have the talent (B9). Keeping them again, after the
// dates moved, replaces them.
func keepBonds(ctx context.Context, tx *db.Tx, st *stage, b Booking) error {
	if err := talent.ForgetBooking(ctx, tx, b.ID); err != nil {
		return err
	}
	post, market := b.PostOn(), []string{st.campaign.Market}
	category := b.Rights.Category
	if category == "" {
		category = st.brand.Category
	}
	if b.Rights.UsageDays > 0 || b.Rights.Boost {
		u := talent.UsageRight{TalentID: b.TalentID, ClientID: b.ClientID, CampaignID: b.CampaignID, BookingID: b.ID, HolderName: st.brand.Name,
			Title: PiecesText(b.Deliverables), Category: category, Territory: market, From: post, To: post.AddDays(int(b.Rights.UsageDays)), Paid: b.Rights.Boost}
		if b.Rights.UsageDays == 0 {
			u.To = st.campaign.EndOn // advertised while the campaign runs
		}
		if u.To.Before(u.From) {
			u.To = u.From
		}
		if err := talent.KeepRight(ctx, tx, u); err != nil {
			return err
		}
	}
	if b.Rights.ExclusiveDays == 0 {
		return nil
	}
	x := talent.Exclusivity{TalentID: b.TalentID, Holder: talent.HolderClient, HolderName: st.brand.Name, ClientID: b.ClientID, BookingID: b.ID, Territory: market,
		From: post, To: post.AddDays(int(b.Rights.ExclusiveDays))}
	if category != "" {
		x.Categories = []string{category}
	}
	return talent.KeepContract(ctx, tx, &x)
}
