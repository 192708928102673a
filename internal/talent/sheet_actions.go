package talent

import (
	"context"
	"strings"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/secret"
)

// GiveConsent keeps the talent's yes to be shown to clients, with how it was said.
// The talent may give it on the own link. Fault: talent.consent-how.
func (s *Service) GiveConsent(ctx context.Context, actor access.Actor, talentID, how string) error {
	if err := requireSelf(actor, talentID); err != nil {
		return err
	}
	if how = strings.TrimSpace(how); how == "" {
		return FaultConsentWord
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := living(ctx, tx, talentID); err != nil {
			return err
		}
		if err := putConsent(ctx, tx, talentID, Consent{GivenAt: tx.Now(), How: how, KeptBy: actor.Name}); err != nil {
			return err
		}
		return record(ctx, tx, actor, selfVerb(actor), "consent", talentID, talentID, nil, map[string]any{"shown": true, "how": how})
	})
}

// WithdrawConsent takes the yes back: the links to the one page stop at once.
func (s *Service) WithdrawConsent(ctx context.Context, actor access.Actor, talentID string) error {
	if err := requireSelf(actor, talentID); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		c, err := LoadConsent(ctx, tx, talentID)
		if err != nil {
			return err
		}
		if !c.Stands() {
			return FaultNoConsent
		}
		c.WithdrawnAt = tx.Now()
		if err := putConsent(ctx, tx, talentID, c); err != nil {
			return err
		}
		if _, err := withdrawSheets(ctx, tx, talentID, ""); err != nil {
			return err
		}
		return record(ctx, tx, actor, selfVerb(actor), "consent", talentID, talentID, map[string]any{"shown": true}, map[string]any{"shown": false})
	})
}

// requireSelf lets those in who edit talents, and the talent.
func requireSelf(actor access.Actor, talentID string) error {
	return actor.Require(selfVerb(actor), access.Owner{TalentID: talentID})
}

func selfVerb(actor access.Actor) access.Verb {
	if actor.IsTalent() {
		return "talent.self"
	}
	return "talent.edit"
}

// MakeSheet makes a link to the talent's one page and gives its secret, which is
// shown once. Faults: talent.consent-missing; those of Bookable; talent.lang-unknown.
func (s *Service) MakeSheet(ctx context.Context, actor access.Actor, talentID, lang string) (token string, l SheetLink, err error) {
	if err := actor.Require("talent.edit", access.Owner{}); err != nil {
		return "", l, err
	}
	if lang != "id" && lang != "en" {
		return "", l, FaultLang
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		t, err := living(ctx, tx, talentID)
		if err != nil {
			return err
		}
		if err := t.Bookable(today(tx)); err != nil {
			return err
		}
		c, err := LoadConsent(ctx, tx, talentID)
		if err != nil {
			return err
		}
		if !c.Stands() {
			return FaultNoConsent
		}
		var hash string
		token, hash = secret.NewToken()
		l = SheetLink{ID: tx.NewID(), TalentID: talentID, Lang: lang, MadeAt: tx.Now(), MadeBy: actor.Name, Until: tx.Now().Add(SheetFor), Version: 1}
		if err := insertSheet(ctx, tx, l, hash); err != nil {
			return err
		}
		return record(ctx, tx, actor, "talent.edit", "sheet", l.ID, talentID, nil, map[string]any{"until": l.Until})
	})
	return token, l, err
}

// WithdrawSheet stops a link at once.
func (s *Service) WithdrawSheet(ctx context.Context, actor access.Actor, talentID, id string) error {
	if err := actor.Require("talent.edit", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		n, err := withdrawSheets(ctx, tx, talentID, id)
		if err == nil && (n == 0 || id == "") {
			err = db.ErrNotFound
		}
		if err != nil {
			return err
		}
		return record(ctx, tx, actor, "talent.edit", "sheet", id, talentID, nil, map[string]any{"withdrawn": true})
	})
}

// OpenSheet gives the one page behind a link's secret, to anybody who has it. A link
// that ended, a consent taken back and a talent who left are all the same: not found.
func (s *Service) OpenSheet(ctx context.Context, token string) (sheet Sheet, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		l, err := sheetByHash(ctx, tx, secret.Hash(token))
		if err != nil {
			return err
		}
		t, err := LoadTalent(ctx, tx, l.TalentID)
		if err != nil {
			return err
		}
		c, err := LoadConsent(ctx, tx, l.TalentID)
		if err != nil {
			return err
		}
		if !l.Live(tx.Now()) || !c.Stands() || t.Bookable(today(tx)) != nil {
			return db.ErrNotFound
		}
		accounts, err := ListAccounts(ctx, tx, t.ID)
		if err != nil {
			return err
		}
		audiences, err := LoadAudiences(ctx, tx, []string{t.ID})
		sheet = SheetOf(t, accounts, audiences)
		sheet.Lang, sheet.Until = l.Lang, l.Until
		return err
	})
	return sheet, err
}
