package access

import (
	"context"
	"time"

	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/secret"
)

// IssueLink makes a room link and gives its secret, which is shown once and kept
// only as a hash.
func (s *Service) IssueLink(ctx context.Context, actor Actor, r Room, until time.Time) (token string, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		token, err = IssueLinkTx(ctx, tx, actor, r, until)
		return err
	})
	return token, err
}

// IssueLinkTx is IssueLink inside another change.
func IssueLinkTx(ctx context.Context, tx *db.Tx, actor Actor, r Room, until time.Time) (string, error) {
	if err := actor.Require("access.links", Owner{}); err != nil {
		return "", err
	}
	if err := r.check(); err != nil {
		return "", err
	}
	token, hash := secret.NewToken()
	l := Link{Room: r, ID: tx.NewID(), MadeAt: tx.Now(), ExpiresAt: until}
	if err := insertLink(ctx, tx, hash, actor.ID, l); err != nil {
		return "", err
	}
	return token, audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "access.links", Subject: "link", ID: l.ID,
		Campaign: r.CampaignID, Client: r.ClientID, Talent: r.TalentID, After: map[string]any{"party": r.Party, "name": r.Name, "until": until}})
}

// OpenLink gives the outsider whom a link's secret lets in. Only that it was
// opened is kept, at most every five minutes: previews and scanners open links.
func (s *Service) OpenLink(ctx context.Context, token string) (Actor, error) {
	hash := secret.Hash(token)
	l, err := s.links.get(hash, func() (l Link, err error) {
		err = s.db.Read(ctx, func(tx *db.Tx) error { l, err = loadLiveLink(ctx, tx, hash); return err })
		return l, err
	})
	if err == nil && !l.Live(s.db.Now()) {
		err = ErrLinkGone
	}
	if err != nil {
		return Actor{}, err
	}
	if s.db.Now().Sub(l.OpenedAt) > seenEvery {
		_ = s.db.Write(ctx, func(tx *db.Tx) error { return markLink(ctx, tx, l.ID, false) })
		s.links.forget(hash)
	}
	return l.Actor(), nil
}

// Links lists the live and withdrawn links of a campaign, of all when empty.
func (s *Service) Links(ctx context.Context, actor Actor, campaign string) (out []Link, err error) {
	if err := actor.Require("access.links", Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = ListLinks(ctx, tx, campaign); return err })
	return out, err
}

// RevokeLink withdraws a link at once.
func (s *Service) RevokeLink(ctx context.Context, actor Actor, id string) error {
	if err := actor.Require("access.links", Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if err := revokeLink(ctx, tx, id); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "access.links", Subject: "link", ID: id, Reason: "withdrawn"})
	})
}

// AskStepUp makes a six-digit code for one purpose of an outsider's link, good
// for ten minutes. The caller sends it to the known phone or e-mail sentTo, by a
// job of the same change; it is never shown on the page that asks.
func AskStepUp(ctx context.Context, tx *db.Tx, actor Actor, purpose, sentTo string) (code string, err error) {
	if sentTo == "" {
		return "", ErrNoKnownPlace
	}
	code = secret.Code()
	id := tx.NewID()
	if err := insertStepUp(ctx, tx, stepUp{id: id, codeHash: secret.Hash(id + code), until: tx.Now().Add(stepUpFor)}, actor.LinkID, purpose, sentTo); err != nil {
		return "", err
	}
	return code, audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "stepup.ask", Subject: "step-up", ID: id, Campaign: actor.CampaignID, Reason: purpose})
}

// AnswerStepUp checks a code and tells the verdict. A wrong try is kept although the
// caller's change fails, so it runs in a change of its own. The right code allows
// one act of the purpose within its ten minutes (UseStepUp).
func (s *Service) AnswerStepUp(ctx context.Context, actor Actor, purpose, code string) error {
	var verdict error
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		u, err := newestStepUp(ctx, tx, actor.LinkID, purpose)
		if err != nil {
			return err
		}
		verdict = u.try(code, tx.Now())
		if u == nil {
			return nil
		}
		return saveStepUp(ctx, tx, u)
	})
	if err != nil {
		return err
	}
	return verdict
}

// try judges a code and counts it.
func (u *stepUp) try(code string, now time.Time) error {
	switch {
	case u == nil || !u.until.After(now) || !u.used.IsZero():
		return ErrStepUp
	case u.tries >= stepUpTries:
		return ErrStepUpSpent
	}
	u.tries++
	if secret.Hash(u.id+code) != u.codeHash {
		return ErrStepUpCode.At("code")
	}
	u.passed = now
	return nil
}

// UseStepUp spends a passed code on the act for which it was asked, in the act's
// own change; Forbidden "stepup.needed" when there is none.
func UseStepUp(ctx context.Context, tx *db.Tx, actor Actor, purpose string) error {
	u, err := newestStepUp(ctx, tx, actor.LinkID, purpose)
	if err != nil {
		return err
	}
	if u == nil || u.passed.IsZero() || !u.used.IsZero() || !u.until.After(tx.Now()) {
		return ErrStepUp
	}
	u.used = tx.Now()
	return saveStepUp(ctx, tx, u)
}
