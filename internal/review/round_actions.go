package review

import (
	"context"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/money"
)

// NewItem is one thing a person asks to be changed, as the form is filled.
type NewItem struct {
	Text          string
	AtMS, UntilMS int64 // -1 = no moment
	Drawing       string
	PointID       string // the brief point the person cites
}

// ProposeItem adds an item to a shown version without sending it: what reviewers
// do, and what the decision-maker collects while watching. Faults: not-found,
// draft.newer-version, draft.decided-before, round.item-text, round.item-long.
func (s *Service) ProposeItem(ctx context.Context, actor access.Actor, versionID string, n NewItem) (Item, error) {
	var i Item
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		d, v, err := load(ctx, tx, actor, "round.send", versionID)
		if err != nil {
			return err
		}
		if err := MayDecide(d, v, Decision{VersionID: v.ID}); err != nil {
			return err
		}
		if i, err = newItem(tx, actor, d, v, n); err != nil {
			return err
		}
		if err := insertItem(ctx, tx, d.CampaignID, i); err != nil {
			return err
		}
		if _, err := markOpened(ctx, tx, v.ID, tx.Now()); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, withAfter(entry("round.send", "item", i.ID, d), map[string]any{"proposed": i.Text}))
	})
	return i, err
}

func newItem(tx *db.Tx, actor access.Actor, d Deliverable, v Version, n NewItem) (Item, error) {
	return CheckItem(Item{ID: tx.NewID(), DeliverableID: d.ID, VersionID: v.ID, AuthorID: actor.ID, Author: actor.Name, Text: n.Text,
		AtMS: n.AtMS, UntilMS: n.UntilMS, Drawing: n.Drawing, ClaimedPointID: n.PointID, CreatedAt: tx.Now()})
}

// WithdrawItem takes back an item that was not sent yet: the author's own, or any
// as the decision-maker. Fault: round.sent.
func (s *Service) WithdrawItem(ctx context.Context, actor access.Actor, itemID string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		i, err := LoadItem(ctx, tx, itemID)
		if err != nil {
			return err
		}
		d, _, err := load(ctx, tx, actor, "round.send", i.VersionID)
		if err != nil {
			return err
		}
		id, name, err := decider(ctx, tx, d.CampaignID)
		switch {
		case err != nil:
			return err
		case i.AuthorID != actor.ID && id != "" && id != actor.ContactID:
			return ErrNotDecider.With("name", name)
		}
		ok, err := removeProposed(ctx, tx, itemID)
		if err == nil && !ok {
			err = ErrRoundSent
		}
		if err != nil {
			return err
		}
		e := entry("round.send", "item", itemID, d)
		e.Before, e.Reason = map[string]any{"proposed": i.Text}, "withdrawn"
		return audit.Record(ctx, tx, actor.Who, e)
	})
}

// RequestRound is the client's list of changes to one version.
type RequestRound struct {
	VersionID string    // the version shown in the form
	ItemIDs   []string  // proposed items to send; all others stay unsent
	Items     []NewItem // items written in the same form
	SmallFix  bool      // fine but for this small correction
}

// RequestRound sends a round, once, by the named decision-maker (R1). It lands only
// on the version that is with the client. Faults: not-found, draft.newer-version,
// draft.decided-before, round.not-decider, round.empty and those of an item.
func (s *Service) RequestRound(ctx context.Context, actor access.Actor, req RequestRound) (Round, error) {
	var r Round
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		x, err := loadToDecide(ctx, tx, actor, "round.send", req.VersionID)
		if err != nil {
			return err
		}
		if err := mayDecide(ctx, tx, actor, x); err != nil {
			return err
		}
		d, v := x.d, x.v
		if err := hand(ctx, tx, d, ""); err != nil {
			return err
		}
		r = Round{ID: tx.NewID(), DeliverableID: d.ID, VersionID: v.ID, Origin: FromClient, SmallFix: req.SmallFix, SentAt: tx.Now(),
			SentByID: actor.ID, SentBy: actor.Name, Via: ViaLink, Late: !v.ReviewDue.IsZero() && tx.Now().After(v.ReviewDue)}
		if r.Number, err = insertRound(ctx, tx, d.CampaignID, r); err != nil {
			return err
		}
		n, err := fillRound(ctx, tx, actor, d, v, r, req)
		if err != nil {
			return err
		}
		e := entry("round.send", "round", r.ID, d)
		e.After = map[string]any{"version": v.Major, "round": r.Number, "items": n}
		if err := audit.Record(ctx, tx, actor.Who, e); err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, RoundRequested{d.ID, v.ID, r.ID, d.CampaignID})
	})
	return r, err
}

// fillRound numbers the chosen and the new items of a round and counts them.
func fillRound(ctx context.Context, tx *db.Tx, actor access.Actor, d Deliverable, v Version, r Round, req RequestRound) (int64, error) {
	n := int64(0)
	for _, id := range req.ItemIDs {
		i, err := LoadItem(ctx, tx, id)
		switch {
		case err != nil:
			return 0, err
		case i.VersionID != v.ID:
			return 0, db.ErrNotFound
		case i.RoundID != "":
			return 0, ErrRoundSent
		}
		n++
		i.RoundID, i.Number = r.ID, n
		if err := saveItem(ctx, tx, i); err != nil {
			return 0, err
		}
	}
	for _, ni := range req.Items {
		i, err := newItem(tx, actor, d, v, ni)
		if err != nil {
			return 0, err
		}
		n++
		i.RoundID, i.Number = r.ID, n
		if err := insertItem(ctx, tx, d.CampaignID, i); err != nil {
			return 0, err
		}
	}
	switch {
	case n == 0:
		return 0, ErrRoundEmpty
	case n > maxItems:
		return 0, ErrItemsMany.With("max", maxItems)
	}
	return n, nil
}

// ItemRuling is the class for one item of a round.
type ItemRuling struct {
	ItemID    string
	Class     Class
	PointID   string
	Because   string
	ForTalent string // the wording for the talent; empty = the client's
}

// RuleRound rules items of a round F, W or S (R1); those not named stay as they
// are. Faults: those of Rule, not-found.
func (s *Service) RuleRound(ctx context.Context, actor access.Actor, roundID string, rulings []ItemRuling) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		r, d, v, err := loadRoundFor(ctx, tx, actor, "round.rule", roundID)
		if err != nil {
			return err
		}
		g, err := grounds(ctx, tx, d, v)
		if err != nil {
			return err
		}
		for _, x := range rulings {
			i, err := LoadItem(ctx, tx, x.ItemID)
			if err != nil {
				return err
			}
			if i.RoundID != r.ID {
				return db.ErrNotFound
			}
			was := i.Class
			ruling := Ruling{Class: x.Class, PointID: x.PointID, Because: x.Because, ForTalent: x.ForTalent, ByID: actor.ID, By: actor.Name}
			if i, err = Rule(r, i, g, ruling, tx.Now()); err != nil {
				return atItem(err, i)
			}
			if err := saveItem(ctx, tx, i); err != nil {
				return err
			}
			e := entry("round.rule", "item", i.ID, d)
			e.Before, e.After, e.Reason = map[string]any{"class": was}, map[string]any{"class": i.Class, "point": i.PointID}, i.Because
			if err := audit.Record(ctx, tx, actor.Who, e); err != nil {
				return err
			}
		}
		return saveRuled(ctx, tx, r.ID)
	})
}

func loadRoundFor(ctx context.Context, tx *db.Tx, actor access.Actor, verb access.Verb, roundID string) (Round, Deliverable, Version, error) {
	r, err := LoadRound(ctx, tx, roundID)
	if err != nil {
		return r, Deliverable{}, Version{}, err
	}
	d, v, err := load(ctx, tx, actor, verb, r.VersionID)
	return r, d, v, err
}

// Goodwill is a wish given free by a senior.
type Goodwill struct {
	ItemID     string
	Reason     string
	UsualPrice money.Amount // what it would have cost the client
}

// GiveGoodwill passes a wish free; it still counts and its usual price is summed on
// the client's page (R1). Faults: those of the rule.
func (s *Service) GiveGoodwill(ctx context.Context, actor access.Actor, req Goodwill) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		i, err := LoadItem(ctx, tx, req.ItemID)
		if err != nil {
			return err
		}
		r, d, _, err := loadRoundFor(ctx, tx, actor, "round.goodwill", i.RoundID)
		if err != nil {
			return err
		}
		if i, err = GiveGoodwill(r, i, checker(actor), req.Reason, req.UsualPrice); err != nil {
			return err
		}
		if err := saveItem(ctx, tx, i); err != nil {
			return err
		}
		e := entry("round.goodwill", "item", i.ID, d)
		e.After, e.Reason = map[string]any{"usual": i.UsualPrice}, i.GoodwillReason
		return audit.Record(ctx, tx, actor.Who, e)
	})
}

// SendRoundOn passes a ruled round to the talent: faults and slips always, wishes
// within the limit or by goodwill; the rest becomes a change request (R1). Doing it
// twice is refused. Faults: round.unruled, round.sent-on.
func (s *Service) SendRoundOn(ctx context.Context, actor access.Actor, roundID string) (Parting, error) {
	var p Parting
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		r, d, _, err := loadRoundFor(ctx, tx, actor, "round.rule", roundID)
		if err != nil {
			return err
		}
		if !r.SentOnAt.IsZero() {
			return ErrSentOn
		}
		items, err := ListRoundItems(ctx, tx, r.ID)
		if err != nil {
			return err
		}
		used, err := UsedRounds(ctx, tx, d.ID)
		if err != nil {
			return err
		}
		if p, err = Part(d.Limit, used, items); err != nil {
			return err
		}
		r.SentOnAt, r.SentOnByID, r.SentOnBy, r.Passed = tx.Now(), actor.ID, actor.Name, int64(len(p.Pass))
		if ok, err := saveSentOn(ctx, tx, r); err != nil || !ok {
			return orElse(err, ErrSentOn)
		}
		if err := pass(ctx, tx, p.Pass); err != nil {
			return err
		}
		if err := split(ctx, tx, d, r, p.Split); err != nil {
			return err
		}
		if err := passFact(ctx, tx, d, r.VersionID, items); err != nil {
			return err
		}
		e := entry("round.rule", "round", r.ID, d)
		e.Before, e.After = map[string]any{"used": used, "limit": d.Limit}, map[string]any{"passed": len(p.Pass), "split": len(p.Split), "counted": p.Counted}
		if err := audit.Record(ctx, tx, actor.Who, e); err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, RoundSentOn{d.ID, r.ID, d.CampaignID})
	})
	return p, err
}

func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// pass sends items on to the talent now.
func pass(ctx context.Context, tx *db.Tx, items []Item) error {
	for _, i := range items {
		i.SentOnAt = tx.Now()
		if err := saveItem(ctx, tx, i); err != nil {
			return err
		}
	}
	return nil
}

// split makes the change request of a round's wishes over the limit.
func split(ctx context.Context, tx *db.Tx, d Deliverable, r Round, items []Item) error {
	if len(items) == 0 {
		return nil
	}
	c := ChangeRequest{ID: tx.NewID(), DeliverableID: d.ID, RoundID: r.ID, CampaignID: d.CampaignID, ClientID: d.ClientID, TalentID: d.TalentID, CreatedAt: tx.Now()}
	if err := insertChange(ctx, tx, c); err != nil {
		return err
	}
	for _, i := range items {
		i.ChangeID = c.ID
		if err := saveItem(ctx, tx, i); err != nil {
			return err
		}
	}
	return nil
}

// AnswerItem lets the talent tick an item done, or not done with a reason, and lets
// staff judge it still open with a cause (A45, A47).
func (s *Service) AnswerItem(ctx context.Context, actor access.Actor, a AnswerItem) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		i, err := LoadItem(ctx, tx, a.ItemID)
		if err != nil {
			return err
		}
		d, err := LoadDeliverable(ctx, tx, i.DeliverableID)
		if err != nil {
			return err
		}
		return answerItem(ctx, tx, actor, d, a)
	})
}

func answerItem(ctx context.Context, tx *db.Tx, actor access.Actor, d Deliverable, a AnswerItem) error {
	verb := access.Verb("draft.own")
	if actor.IsStaff() {
		verb = "draft.check.first"
		if !actor.Can(verb) {
			verb = "round.rule"
		}
	}
	i, err := LoadItem(ctx, tx, a.ItemID)
	if err != nil {
		return err
	}
	if err := actor.Require(verb, owner(actor, d)); err != nil {
		return err
	}
	if i.DeliverableID != d.ID || i.SentOnAt.IsZero() {
		return db.ErrNotFound
	}
	if i, err = i.Answer(actor.IsStaff(), a, tx.Now()); err != nil {
		return err
	}
	if err := saveItem(ctx, tx, i); err != nil {
		return err
	}
	err = insertItemAnswer(ctx, tx, ItemAnswer{ItemID: i.ID, VersionID: a.VersionID, ByKind: actor.Kind, ByID: actor.ID, By: actor.Name,
		Outcome: i.Outcome, Cause: a.Cause, Reason: i.OutcomeReason})
	if err != nil {
		return err
	}
	e := entry(verb, "item", i.ID, d)
	e.After, e.Reason = map[string]any{"outcome": i.Outcome, "cause": a.Cause}, strings.TrimSpace(a.Reason)
	return audit.Record(ctx, tx, actor.Who, e)
}
