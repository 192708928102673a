package payout

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
	"kolega/internal/talent"
)

// AccountPurpose is what a step-up code is asked for before a talent gives or
// changes account data.
const AccountPurpose = "talent.account"

// ErrTooEarly is account data before any commitment: it is not asked for (R20).
var ErrTooEarly = fault.New(fault.Conflict, "payout.too-early")

// AskAccountCode has a code sent to the talent's known phone or e-mail. Faults:
// payout.too-early, stepup.nowhere.
func (s *Service) AskAccountCode(ctx context.Context, actor access.Actor) (sentTo string, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if err := committed(ctx, tx, actor); err != nil {
			return err
		}
		t, err := talent.LoadTalent(ctx, tx, actor.TalentID)
		if err != nil {
			return err
		}
		sentTo = t.Place(t.KnownBy())
		return sendCode(ctx, tx, actor, t, AccountPurpose, sentTo)
	})
	return sentTo, err
}

func sendCode(ctx context.Context, tx *db.Tx, actor access.Actor, t talent.Talent, purpose, to string) error {
	code, err := access.AskStepUp(ctx, tx, actor, purpose, to)
	if err != nil {
		return err
	}
	return job.Enqueue(ctx, tx, access.CodeAsked{To: to, Name: t.Name, Lang: t.Lang, Code: code, CampaignID: actor.CampaignID, LinkID: actor.LinkID, Purpose: purpose})
}

// WordPurpose is what a step-up code is asked for before a talent confirms a changed
// account; it goes to another channel than the change came by (R10).
const WordPurpose = "talent.account-word"

// AskWordCode has a code sent through the channel that the change of the account did
// not come by. Faults: talent.no-route, talent.route-confirmed-before, stepup.nowhere
// where the talent has no other channel.
func (s *Service) AskWordCode(ctx context.Context, actor access.Actor) (sentTo string, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if err := committed(ctx, tx, actor); err != nil {
			return err
		}
		r, t, err := wordOf(ctx, tx, actor)
		if err != nil {
			return err
		}
		_, sentTo = r.OtherChannel(t)
		return sendCode(ctx, tx, actor, t, WordPurpose, sentTo)
	})
	return sentTo, err
}

// ConfirmAccount is the talent's word for a changed account, after the code of
// AskWordCode was passed. Faults: stepup.needed, those of talent.Route.Confirm.
func (s *Service) ConfirmAccount(ctx context.Context, actor access.Actor) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if err := committed(ctx, tx, actor); err != nil {
			return err
		}
		r, t, err := wordOf(ctx, tx, actor)
		if err != nil {
			return err
		}
		if err := access.UseStepUp(ctx, tx, actor, WordPurpose); err != nil {
			return err
		}
		via, _ := r.OtherChannel(t)
		return talent.KeepWord(ctx, tx, actor, t.ID, via, "")
	})
}

func wordOf(ctx context.Context, tx *db.Tx, actor access.Actor) (r talent.Route, t talent.Talent, err error) {
	if r, err = talent.LoadRoute(ctx, tx, actor.TalentID); err != nil {
		return r, t, err
	}
	if !r.NeedsWord() {
		return r, t, talent.FaultConfirmed
	}
	t, err = talent.LoadTalent(ctx, tx, actor.TalentID)
	return r, t, err
}

// committed refuses account data of a talent without a commitment in the room.
func committed(ctx context.Context, tx *db.Tx, actor access.Actor) error {
	if err := actor.Require("talent.bank.edit", access.Owner{TalentID: actor.TalentID, CampaignID: actor.CampaignID}); err != nil {
		return err
	}
	list, err := ListPayouts(ctx, tx, Filter{TalentID: actor.TalentID, CampaignID: actor.CampaignID})
	if err == nil && len(list) == 0 {
		err = ErrTooEarly
	}
	return err
}

// GiveAccount keeps the talent's account data after a step-up code that was
// passed; a tax number may come with it. The data is checked before the code is
// spent. Faults: payout.too-early, stepup.needed, those of talent.SetRoute.
func (s *Service) GiveAccount(ctx context.Context, actor access.Actor, in talent.SetRoute, taxNumber string) error {
	in.TalentID = actor.TalentID
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if err := committed(ctx, tx, actor); err != nil {
			return err
		}
		t, err := talent.LoadTalent(ctx, tx, actor.TalentID)
		if err != nil {
			return err
		}
		if in.Currency == "" {
			in.Currency = string(t.Currency)
		}
		if in.BankCountry == "" {
			in.BankCountry = t.Country
		}
		in.Via = t.KnownBy()
		return access.UseStepUp(ctx, tx, actor, AccountPurpose)
	})
	if err != nil {
		return err
	}
	if _, err := s.talents.SetRoute(ctx, actor, in); err != nil {
		return err
	}
	if taxNumber == "" {
		return nil
	}
	return s.talents.SetIdentity(ctx, actor, talent.SetIdentity{TalentID: actor.TalentID, TaxNumber: taxNumber})
}
