package talent

import (
	"context"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/job"
)

// sealed names what a sealed number belongs to, so that it opens nowhere else.
func sealed(kind, talentID string) string { return "talent/" + kind + "/" + talentID }

// SetRoute is the payout data of a talent as typed, the number plain.
type SetRoute struct {
	TalentID    string
	Method      RouteMethod
	Bank        string
	BankCountry string
	Number      string
	AccountName string
	Currency    string
	Via         Channel // how the one who gives it was known; of staff always ByStaff
}

// RouteChanged is left after a talent's payout data changed: payouts are held for
// three days and the talent is asked through the other known channel (R10).
type RouteChanged struct{ TalentID, By string }

// Kind names the event.
func (RouteChanged) Kind() string { return "talent.route-changed" }

// SetRoute seals and keeps how a talent is paid, and holds payouts (R10). Finance
// may, and the talent on the own link. Faults: those of CheckRoute.
func (s *Service) SetRoute(ctx context.Context, actor access.Actor, in SetRoute) (r Route, err error) {
	if err := actor.Require("talent.bank.edit", access.Owner{TalentID: in.TalentID}); err != nil {
		return r, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		t, err := LoadTalent(ctx, tx, in.TalentID)
		if err != nil {
			return err
		}
		r = routeOf(in, t)
		if err := CheckRoute(r, in.Number); err != nil {
			return err
		}
		number := AccountNumber(in.Number)
		if r.NumberSealed, err = s.box.Seal(number, sealed("route", t.ID)); err != nil {
			return err
		}
		r.NumberEnd, r.ChangedAt, r.ChangedBy, r.ChangedVia = number[len(number)-4:], tx.Now(), actor.Name, in.Via
		if !actor.IsTalent() {
			r.ChangedVia = ByStaff
		}
		if err := putRoute(ctx, tx, r); err != nil {
			return err
		}
		if err := touch(ctx, tx, t.ID); err != nil {
			return err
		}
		if err := job.Enqueue(ctx, tx, RouteChanged{t.ID, actor.Name}); err != nil {
			return err
		}
		return record(ctx, tx, actor, "talent.bank.edit", "payout-route", t.ID, t.ID, nil, map[string]any{"method": r.Method, "currency": r.Currency})
	})
	return r, err
}

func routeOf(in SetRoute, t Talent) Route {
	r := Route{TalentID: t.ID, Method: in.Method, Bank: strings.TrimSpace(in.Bank), BankCountry: strings.ToUpper(strings.TrimSpace(in.BankCountry)),
		AccountName: strings.TrimSpace(in.AccountName), Currency: t.Currency}
	if in.Currency != "" {
		r.Currency = currency(in.Currency)
	}
	if r.BankCountry == "" {
		r.BankCountry = t.Country
	}
	return r
}

// ConfirmRoute keeps that a person of the agency heard the talent's word for a changed
// account through another known channel, with what was said. Faults: those of
// Route.Confirm, talent.reason-missing.
func (s *Service) ConfirmRoute(ctx context.Context, actor access.Actor, talentID string, via Channel, note string) error {
	if err := actor.Require("talent.bank.edit", access.Owner{TalentID: talentID}); err != nil {
		return err
	}
	if !actor.IsStaff() {
		return access.ErrForbidden
	}
	if note = strings.TrimSpace(note); note == "" {
		return FaultReasonMissing.At("note")
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		t, err := LoadTalent(ctx, tx, talentID)
		if err != nil {
			return err
		}
		if t.Place(via) == "" {
			return FaultWordChannel
		}
		return KeepWord(ctx, tx, actor, talentID, via, note)
	})
}

// KeepWord is the step of ConfirmRoute in a change of a higher slice.
func KeepWord(ctx context.Context, tx *db.Tx, actor access.Actor, talentID string, via Channel, note string) error {
	r, err := LoadRoute(ctx, tx, talentID)
	if err != nil {
		return err
	}
	if r, err = r.Confirm(actor.Name, via, tx.Now()); err != nil {
		return err
	}
	if err := saveConfirmed(ctx, tx, r); err != nil {
		return err
	}
	if err := job.Enqueue(ctx, tx, RouteConfirmed{talentID}); err != nil {
		return err
	}
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "talent.bank.edit", Subject: "payout-route", ID: talentID, Talent: talentID, After: map[string]any{"confirmed_via": via}, Reason: note})
}

// RouteConfirmed is left after the talent's word for a changed account.
type RouteConfirmed struct{ TalentID string }

// Kind names the event.
func (RouteConfirmed) Kind() string { return "talent.route-confirmed" }

// SeeNumber opens the account number. Each look is an entry of the trail, with the
// reason that was given.
func (s *Service) SeeNumber(ctx context.Context, actor access.Actor, talentID, reason string) (number string, err error) {
	if err := actor.Require("talent.bank.see", access.Owner{TalentID: talentID}); err != nil {
		return "", err
	}
	if strings.TrimSpace(reason) == "" {
		return "", FaultReasonMissing.At("reason")
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		r, err := LoadRoute(ctx, tx, talentID)
		if err != nil {
			return err
		}
		if number, err = s.OpenNumber(r); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "talent.bank.see", Subject: "payout-route", ID: talentID, Talent: talentID, Reason: reason})
	})
	return number, err
}

// OpenNumber unseals a route's number for a payout file; whoever writes such a
// file leaves the entry in the trail.
func (s *Service) OpenNumber(r Route) (string, error) {
	return s.box.Unseal(r.NumberSealed, sealed("route", r.TalentID))
}

// SetIdentity is a talent's tax and identity number as typed; "" leaves one as it is.
type SetIdentity struct{ TalentID, TaxNumber, IdentityNumber string }

// SetIdentity seals and keeps the numbers. Faults: talent.tax-number-wrong,
// talent.identity-wrong.
func (s *Service) SetIdentity(ctx context.Context, actor access.Actor, in SetIdentity) error {
	if err := actor.Require("talent.bank.edit", access.Owner{TalentID: in.TalentID}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		t, err := LoadTalent(ctx, tx, in.TalentID)
		if err != nil {
			return err
		}
		i, err := LoadIdentity(ctx, tx, t.ID)
		if err != nil {
			return err
		}
		if in.TaxNumber != "" {
			n, err := TaxNumber(in.TaxNumber, t.Country)
			if err != nil {
				return err
			}
			if i.TaxSealed, err = s.box.Seal(n, sealed("tax", t.ID)); err != nil {
				return err
			}
			i.TaxEnd, t.HasTaxID = n[len(n)-4:], true
		}
		if in.IdentityNumber != "" {
			n, err := IdentityNumber(in.IdentityNumber, t.Country)
			if err != nil {
				return err
			}
			if i.IdentitySealed, err = s.box.Seal(n, sealed("identity", t.ID)); err != nil {
				return err
			}
			i.IdentityEnd = n[len(n)-4:]
		}
		return s.keepIdentity(ctx, tx, actor, t, i)
	})
}

func (s *Service) keepIdentity(ctx context.Context, tx *db.Tx, actor access.Actor, t Talent, i Identity) error {
	if err := putIdentity(ctx, tx, t.ID, i); err != nil {
		return err
	}
	seq, err := nextSeq(ctx, tx)
	if err != nil {
		return err
	}
	t.UpdatedAt = tx.Now()
	if err := saveTalent(ctx, tx, t, seq); err != nil {
		return err
	}
	return record(ctx, tx, actor, "talent.bank.edit", "identity", t.ID, t.ID, nil, map[string]any{"tax": i.TaxEnd != "", "identity": i.IdentityEnd != ""})
}

// OpenTaxNumber unseals the tax number for a withholding slip; "" if none is known.
func (s *Service) OpenTaxNumber(i Identity, talentID string) (string, error) {
	if i.TaxSealed == "" {
		return "", nil
	}
	return s.box.Unseal(i.TaxSealed, sealed("tax", talentID))
}
