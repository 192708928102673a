package billing

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/money"
)

// series is the run that an agreement's number comes from.
func (a Agreement) series() Series {
	if a.ParentID != "" {
		return SeriesAddendum
	}
	return SeriesAgreement
}

// signedAddenda are those that bind.
func signedAddenda(ctx context.Context, tx *db.Tx, id string) (out []Agreement, err error) {
	all, err := Addenda(ctx, tx, id)
	for _, x := range all {
		if !x.SignedAt.IsZero() {
			out = append(out, x)
		}
	}
	return out, err
}

// worth is the value of an agreement with what was added to it.
func worth(a Agreement, added []Agreement) (money.Amount, error) {
	sum := []money.Amount{a.Value}
	for _, x := range added {
		sum = append(sum, x.Value)
	}
	return money.Sum(a.Value.Currency, sum...)
}

// termsOf are the terms under which a campaign runs: those of the last addendum, and
// the value of all. signing is an addendum that is being signed in this change.
func termsOf(ctx context.Context, tx *db.Tx, a Agreement, signing ...Agreement) (campaign.Terms, error) {
	added, err := signedAddenda(ctx, tx, a.ID)
	if err != nil {
		return campaign.Terms{}, err
	}
	added = append(added, signing...)
	terms := a.Terms
	if n := len(added); n > 0 {
		terms = added[n-1].Terms
	}
	terms.AgreementID = a.ID
	terms.Value, err = worth(a, added)
	return terms, err
}

// addTo brings a signed addendum into force: the campaign goes by its terms, and what
// its instalments wait for may have happened already.
func addTo(ctx context.Context, tx *db.Tx, add Agreement) error {
	if add.CampaignID == "" {
		return nil // the campaign takes it over when it begins
	}
	parent, err := LoadAgreement(ctx, tx, add.ParentID)
	if err != nil {
		return err
	}
	terms, err := termsOf(ctx, tx, parent, add)
	if err != nil {
		return err
	}
	if err := campaign.SetTerms(ctx, tx, access.System().Who, add.CampaignID, terms); err != nil {
		return err
	}
	c, err := campaign.LoadCampaign(ctx, tx, add.CampaignID)
	if err != nil || c.KickedOffAt.IsZero() {
		return err
	}
	return fire(ctx, tx, add, OnKickoff)
}

// AddendaOf lists what was added to an agreement, for staff.
func (s *Service) AddendaOf(ctx context.Context, actor access.Actor, id string) (list []Agreement, err error) {
	if err := actor.Require("agreement.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { list, err = Addenda(ctx, tx, id); return err })
	return list, err
}
