package billing

import (
	"context"
	"strings"

	"kolega/internal/access"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/worktime"
)

// ExtendAgreement gives an offered agreement another last day; the paper stays as it
// is. Faults: agreement.not-waiting, agreement.until.
func (s *Service) ExtendAgreement(ctx context.Context, actor access.Actor, id string, until worktime.Date) error {
	return s.agreement(ctx, actor, "agreement.edit", id, func(tx *db.Tx, a Agreement) (Agreement, string, error) {
		house, err := access.LoadAgency(ctx, tx)
		if err != nil {
			return a, "", err
		}
		if st := a.State(today(tx, house.Zone)); st != Offered && st != Expired {
			return a, "", ErrExtend
		}
		if !until.Valid() || until.Before(today(tx, house.Zone)) {
			return a, "", ErrUntil.At("until")
		}
		a.OfferedUntil = until
		return a, "until " + string(until), waitForSignatures(ctx, tx, a)
	})
}

// RecordStamp keeps the number of the e-meterai that was put on a signed agreement.
// Faults: agreement.not-signed, agreement.stamp.
func (s *Service) RecordStamp(ctx context.Context, actor access.Actor, id, number string) error {
	return s.agreement(ctx, actor, "agreement.edit", id, func(tx *db.Tx, a Agreement) (Agreement, string, error) {
		if a.SignedAt.IsZero() {
			return a, "", ErrNotSigned
		}
		if number = strings.TrimSpace(number); number == "" || len(number) > 40 {
			return a, "", ErrStamp.At("stamp")
		}
		a.StampNumber, a.StampedAt = number, tx.Now()
		return a, "e-meterai " + number, nil
	})
}

// sideOf gathers what an agreement's wording speaks of.
func sideOf(ctx context.Context, tx *db.Tx, a Agreement) (x side, err error) {
	house, err := access.LoadAgency(ctx, tx)
	if err != nil {
		return x, err
	}
	if x.Client, err = client.LoadClient(ctx, tx, a.ClientID); err != nil {
		return x, err
	}
	if x.Signer, err = client.LoadContact(ctx, tx, a.ContactID); err != nil {
		return x, err
	}
	b, err := client.LoadBrand(ctx, tx, a.BrandID)
	if err != nil {
		return x, err
	}
	x.Brand, x.Seller, x.On = b.Name, sellerOf(house), today(tx, house.Zone)
	x.Seller.Look, err = lookAt(ctx, tx, tx.Now())
	return x, err
}

// MissingIn names the variables of a draft's wording that have no value yet.
func (s *Service) MissingIn(ctx context.Context, actor access.Actor, id string) (names []string, err error) {
	if err := actor.Require("agreement.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		a, err := LoadAgreement(ctx, tx, id)
		if err != nil {
			return err
		}
		of, err := sideOf(ctx, tx, a)
		names = a.missing(of)
		return err
	})
	return names, err
}
