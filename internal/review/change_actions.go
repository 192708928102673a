package review

import (
	"context"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/job"
)

// PriceChange sets price, dates and the talent's extra fee of a change request,
// and asks the client. It may be corrected until the client has answered. The
// answer is due at the end of the agreement's review window. Faults: those of Offer.
func (s *Service) PriceChange(ctx context.Context, actor access.Actor, changeID string, o Offer) (ChangeRequest, error) {
	var c ChangeRequest
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		d, before, err := loadChangeFor(ctx, tx, actor, "change.price", changeID)
		if err != nil {
			return err
		}
		room, err := loadRoom(ctx, tx, d.CampaignID)
		if err != nil {
			return err
		}
		o.By = actor.Name
		if d.WindowHours > 0 {
			o.AnswerUntil = room.Client.AddWorking(tx.Now(), time.Duration(d.WindowHours)*time.Hour)
		}
		if c, err = before.Offer(o, tx.Now()); err != nil {
			return err
		}
		if err := saveChange(ctx, tx, c); err != nil {
			return err
		}
		if !c.AnswerUntil.IsZero() {
			if err := job.Enqueue(ctx, tx, ChangeWindowEnded{c.ID}, job.After(c.AnswerUntil)); err != nil {
				return err
			}
		}
		e := entry("change.price", "change-request", c.ID, d)
		e.Before, e.After = offerDoc(before), offerDoc(c)
		if err := audit.Record(ctx, tx, actor.Who, e); err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, ChangePriced{c.ID, d.ID, d.CampaignID})
	})
	return c, err
}

func offerDoc(c ChangeRequest) any {
	if c.PricedAt.IsZero() {
		return nil
	}
	return map[string]any{"price": c.Price, "fee": c.Fee, "draft_due": c.DraftDue.At, "post_due": c.PostDue.At}
}

// loadChangeFor gives a change request to an actor with the right. A client or
// talent finds it only once it was priced.
func loadChangeFor(ctx context.Context, tx *db.Tx, actor access.Actor, verb access.Verb, id string) (Deliverable, ChangeRequest, error) {
	c, err := LoadChange(ctx, tx, id)
	if err != nil {
		return Deliverable{}, c, err
	}
	d, err := LoadDeliverable(ctx, tx, c.DeliverableID)
	if err != nil {
		return d, c, err
	}
	if err := actor.Require(verb, owner(actor, d)); err != nil {
		return d, c, err
	}
	if !actor.IsStaff() && c.PricedAt.IsZero() || actor.IsTalent() && c.Client != AnswerYes {
		return d, c, db.ErrNotFound
	}
	return d, c, nil
}

// StepUpChange is the purpose of the code that is asked for before a price is accepted (R20).
const StepUpChange = "change.accept"

// AcceptChange is the client's yes to a change request's price and dates, or its
// leaving of the wish. A yes spends a step-up code; the talent is asked next.
// Faults: stepup.needed, round.not-decider, change.answered-before, change.closed.
func (s *Service) AcceptChange(ctx context.Context, actor access.Actor, changeID string, answer Answer) (ChangeRequest, error) {
	var c ChangeRequest
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		d, before, err := loadChangeFor(ctx, tx, actor, "change.accept", changeID)
		if err != nil {
			return err
		}
		id, name, err := decider(ctx, tx, d.CampaignID)
		switch {
		case err != nil:
			return err
		case id != "" && id != actor.ContactID:
			return ErrNotDecider.With("name", name)
		}
		if c, err = before.AnswerClient(answer, actor.ID, actor.Name, tx.Now()); err != nil {
			return err
		}
		if answer == AnswerYes {
			if err := access.UseStepUp(ctx, tx, actor, StepUpChange); err != nil {
				return err
			}
		}
		if err := recordAnswer(ctx, tx, actor, "change.accept", d, c, answer, ""); err != nil {
			return err
		}
		if answer == AnswerNo {
			return settleClosed(ctx, tx, d, c)
		}
		if err := saveChange(ctx, tx, c); err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, ChangeAccepted{c.ID, d.ID, d.CampaignID})
	})
	return c, err
}

func recordAnswer(ctx context.Context, tx *db.Tx, actor access.Actor, verb access.Verb, d Deliverable, c ChangeRequest, answer Answer, reason string) error {
	e := entry(verb, "change-request", c.ID, d)
	e.After, e.Reason = map[string]any{"answer": answer}, reason
	return audit.Record(ctx, tx, actor.Who, e)
}

// TakeChange is the talent's yes or no to the extra work and its dates. A yes makes
// the request take effect: the items go on, the dates move, the brief gets a new
// version with the wish as a point.
func (s *Service) TakeChange(ctx context.Context, actor access.Actor, changeID string, answer Answer, reason string) (ChangeRequest, error) {
	var c ChangeRequest
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		d, before, err := loadChangeFor(ctx, tx, actor, "change.take", changeID)
		if err != nil {
			return err
		}
		if c, err = before.AnswerTalent(answer, reason, tx.Now()); err != nil {
			return err
		}
		if err := recordAnswer(ctx, tx, actor, "change.take", d, c, answer, c.TalentReason); err != nil {
			return err
		}
		if answer == AnswerNo {
			return settleClosed(ctx, tx, d, c)
		}
		return settleEffective(ctx, tx, actor, d, c)
	})
	return c, err
}

// settleEffective carries a change request into effect.
func settleEffective(ctx context.Context, tx *db.Tx, actor access.Actor, d Deliverable, c ChangeRequest) error {
	items, err := changeItems(ctx, tx, c)
	if err != nil {
		return err
	}
	if err := pass(ctx, tx, items); err != nil {
		return err
	}
	if err := addPassed(ctx, tx, c.RoundID, int64(len(items))); err != nil {
		return err
	}
	if err := saveDates(ctx, tx, d.ID, c.DraftDue, c.PostDue); err != nil {
		return err
	}
	if err := saveChange(ctx, tx, c); err != nil {
		return err
	}
	if err := addWishes(ctx, tx, d, c, items, actor.Via); err != nil {
		return err
	}
	return job.Enqueue(ctx, tx, ChangeTookEffect{c.ID, d.ID, d.CampaignID})
}

func changeItems(ctx context.Context, tx *db.Tx, c ChangeRequest) (out []Item, err error) {
	all, err := ListRoundItems(ctx, tx, c.RoundID)
	for _, i := range all {
		if i.ChangeID == c.ID {
			out = append(out, i)
		}
	}
	return out, err
}

// settleClosed closes a request without effect: its wishes are not done, outside
// the brief, and the version goes back to the client if nothing else is asked of it.
func settleClosed(ctx context.Context, tx *db.Tx, d Deliverable, c ChangeRequest) error {
	items, err := changeItems(ctx, tx, c)
	if err != nil {
		return err
	}
	for _, i := range items {
		i.ClosedAt = tx.Now()
		if err := saveItem(ctx, tx, i); err != nil {
			return err
		}
	}
	if err := saveChange(ctx, tx, c); err != nil {
		return err
	}
	if err := handBack(ctx, tx, d, c.RoundID); err != nil {
		return err
	}
	return job.Enqueue(ctx, tx, ChangeClosed{c.ID, d.ID, d.CampaignID})
}

// handBack lets the client decide again on the version of a round of which nothing
// went on to the talent, if it still is the newest and nothing else is with the client.
// Who sent a round has opened the version: a new upload does not withdraw it.
func handBack(ctx context.Context, tx *db.Tx, d Deliverable, roundID string) error {
	s, err := LoadStanding(ctx, tx, d.ID)
	if err != nil {
		return err
	}
	if s.Round.ID != roundID || s.Round.Passed > 0 || s.Latest.ID != s.Round.VersionID || !d.Open() || d.WithClientID != "" || s.Change.ID != "" {
		return nil
	}
	if _, err := markOpened(ctx, tx, s.Latest.ID, s.Round.SentAt); err != nil {
		return err
	}
	return hand(ctx, tx, d, s.Latest.ID)
}

// WithdrawChange takes a change request back before it takes effect.
func (s *Service) WithdrawChange(ctx context.Context, actor access.Actor, changeID string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		d, c, err := loadChangeFor(ctx, tx, actor, "change.price", changeID)
		if err != nil {
			return err
		}
		if c, err = c.Close(ClosedWithdrawn, tx.Now()); err != nil {
			return err
		}
		if err := recordAnswer(ctx, tx, actor, "change.price", d, c, AnswerNo, ClosedWithdrawn); err != nil {
			return err
		}
		return settleClosed(ctx, tx, d, c)
	})
}

// ContestWish is the client's one objection to an item ruled outside the brief.
// Faults: those of Contest.
func (s *Service) ContestWish(ctx context.Context, actor access.Actor, itemID, text string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		d, i, err := loadItemFor(ctx, tx, actor, "round.contest", itemID)
		if err != nil {
			return err
		}
		if i, err = i.Contest(text, tx.Now()); err != nil {
			return err
		}
		if err := saveItem(ctx, tx, i); err != nil {
			return err
		}
		e := entry("round.contest", "item", i.ID, d)
		e.Reason = i.ContestText
		if err := audit.Record(ctx, tx, actor.Who, e); err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, WishContested{i.ID, d.ID, d.CampaignID})
	})
}

// loadItemFor gives a sent item to an actor with the right.
func loadItemFor(ctx context.Context, tx *db.Tx, actor access.Actor, verb access.Verb, itemID string) (Deliverable, Item, error) {
	i, err := LoadItem(ctx, tx, itemID)
	if err != nil {
		return Deliverable{}, i, err
	}
	d, err := LoadDeliverable(ctx, tx, i.DeliverableID)
	if err != nil {
		return d, i, err
	}
	if err := actor.Require(verb, owner(actor, d)); err != nil {
		return d, i, err
	}
	if i.RoundID == "" || actor.IsClient() && i.RuledAt.IsZero() {
		return d, i, db.ErrNotFound
	}
	return d, i, nil
}

// SettleContest is a senior's decision about a contested wish: W upholds it, F or S
// gives the client right, with the cited point. The text is kept for the client.
type SettleContest struct {
	ItemID  string
	Class   Class
	PointID string
	Text    string
}

// SettleContest decides a contest, once and finally (R1). Given right, the item goes
// on free and no longer counts. Faults: those of DecideContest, contest.accepted.
func (s *Service) SettleContest(ctx context.Context, actor access.Actor, req SettleContest) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		d, before, err := loadItemFor(ctx, tx, actor, "round.settle", req.ItemID)
		if err != nil {
			return err
		}
		v, err := LoadVersion(ctx, tx, before.VersionID)
		if err != nil {
			return err
		}
		g, err := grounds(ctx, tx, d, v)
		if err != nil {
			return err
		}
		i, err := before.DecideContest(req.Class, req.PointID, req.Text, checker(actor), g, tx.Now())
		if err != nil {
			return err
		}
		e := entry("round.settle", "item", i.ID, d)
		e.Before, e.After, e.Reason = map[string]any{"class": before.Class}, map[string]any{"class": i.Class, "point": i.PointID}, i.ContestDecision
		if err := audit.Record(ctx, tx, actor.Who, e); err != nil {
			return err
		}
		if i.Class == Wish {
			return saveItem(ctx, tx, i)
		}
		return overturn(ctx, tx, d, i)
	})
}

// overturn sends an item on that a contest freed from its change request or its closing.
func overturn(ctx context.Context, tx *db.Tx, d Deliverable, i Item) error {
	r, err := LoadRound(ctx, tx, i.RoundID)
	if err != nil {
		return err
	}
	changeID := i.ChangeID
	if !r.SentOnAt.IsZero() && i.SentOnAt.IsZero() {
		i.SentOnAt, i.ClosedAt, i.ChangeID = tx.Now(), time.Time{}, ""
		if err := addPassed(ctx, tx, r.ID, 1); err != nil {
			return err
		}
	}
	if err := saveItem(ctx, tx, i); err != nil {
		return err
	}
	if changeID == "" {
		return nil
	}
	c, err := LoadChange(ctx, tx, changeID)
	switch {
	case err != nil:
		return err
	case c.Client == AnswerYes && c.ClosedAt.IsZero():
		return ErrContestPaid
	}
	if d.WithClientID == i.VersionID {
		if err := hand(ctx, tx, d, ""); err != nil {
			return err
		}
	}
	left, err := changeItems(ctx, tx, c)
	if err != nil || len(left) > 0 || !c.Open() {
		return err
	}
	if c, err = c.Close(ClosedOverturned, tx.Now()); err != nil {
		return err
	}
	return saveChange(ctx, tx, c)
}

// AskChangeCode makes the code that accepting a price needs and has it sent to the
// contact's known phone or e-mail; it tells where, mostly hidden. Fault: stepup.nowhere.
func (s *Service) AskChangeCode(ctx context.Context, actor access.Actor, changeID string) (place string, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		d, c, err := loadChangeFor(ctx, tx, actor, "change.accept", changeID)
		if err != nil {
			return err
		}
		if !c.Open() || c.Client != AnswerNone {
			return ErrChangeAnswered
		}
		k, err := client.LoadContact(ctx, tx, actor.ContactID)
		if err != nil {
			return err
		}
		to := k.Phone
		if to == "" {
			to = k.Email
		}
		code, err := access.AskStepUp(ctx, tx, actor, StepUpChange, to)
		if err != nil {
			return err
		}
		place = access.Hint(to)
		return job.Enqueue(ctx, tx, access.CodeAsked{To: to, Name: k.Name, Lang: k.Lang, Code: code, CampaignID: d.CampaignID, LinkID: actor.LinkID, Purpose: StepUpChange})
	})
	return place, err
}
