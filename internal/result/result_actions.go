package result

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/blob"
	"kolega/internal/casting"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/review"
	"kolega/internal/scan"
	"kolega/internal/talent"
)

// Service holds the use cases of posts, insights and the guarantee.
type Service struct {
	db      *db.DB
	blob    blob.Store
	numbers numberCache
	watcher Watcher

	platforms *Platforms
	scan      scan.Tool
	scanning  bool
}

// New makes the service. Evidence is kept in the store.
func New(d *db.DB, files blob.Store) *Service { return &Service{db: d, blob: files} }

// ownerOf says whose a post is, as far as the actor's side is concerned: a talent
// must own it, a client must own the campaign.
func ownerOf(a access.Actor, campaignID, clientID, talentID string) access.Owner {
	if a.IsClient() {
		return access.Owner{CampaignID: campaignID, ClientID: clientID}
	}
	return access.Owner{CampaignID: campaignID, TalentID: talentID}
}

// loadOwed gathers what a deliverable's post is measured against.
func loadOwed(ctx context.Context, tx *db.Tx, d review.Deliverable) (Owed, error) {
	o := Owed{DeliverableID: d.ID, BookingID: d.BookingID, CampaignID: d.CampaignID, ClientID: d.ClientID, TalentID: d.TalentID,
		Platform: d.Platform, Format: d.Format, VersionID: d.ApprovedID, Due: d.PostDue, Closed: !d.ClosedAt.IsZero()}
	b, err := casting.LoadBooking(ctx, tx, d.BookingID)
	if err != nil {
		return o, err
	}
	o.BookedAt, o.StayDays = b.CommittedAt, int(b.Rights.OnlineDays)
	a, err := accountFor(ctx, tx, b, d.Platform)
	o.AccountID, o.Handle = a.ID, a.Handle
	return o, err
}

// accountFor gives the booked account, or the talent's account on the platform when
// the deliverable is for another one.
func accountFor(ctx context.Context, tx *db.Tx, b casting.Booking, platform string) (talent.Account, error) {
	list, err := talent.ListAccounts(ctx, tx, b.TalentID)
	if err != nil {
		return talent.Account{}, err
	}
	return accountIn(list, b.AccountID, platform), nil
}

func accountIn(list []talent.Account, bookedID, platform string) talent.Account {
	var other talent.Account
	for _, a := range list {
		switch {
		case string(a.Platform) != platform:
		case a.ID == bookedID:
			return a
		case other.ID == "":
			other = a
		}
	}
	return other
}

// found turns "not-found" into false.
func found(err error) (bool, error) {
	if fault.KindOf(err) == fault.NotFound {
		return false, nil
	}
	return err == nil, err
}
