package casting

import (
	"context"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// TalentRoom gives a talent's offers and bookings of the campaign of the link.
func (s *Service) TalentRoom(ctx context.Context, actor access.Actor) (out TalentRoom, err error) {
	if err := actor.Require("offer.see", access.Owner{TalentID: actor.TalentID, CampaignID: actor.CampaignID}); err != nil {
		return out, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := loadStage(ctx, tx, actor.CampaignID)
		if err != nil {
			return err
		}
		out = st.talentRoom(actor.TalentID)
		return nil
	})
	return out, err
}

// own loads an offer for the talent it was sent to; another's is absent.
func own(ctx context.Context, tx *db.Tx, actor access.Actor, id string) (Offer, *stage, error) {
	o, err := LoadOffer(ctx, tx, id)
	if err != nil {
		return o, nil, err
	}
	if err := actor.Require("offer.answer", access.Owner{TalentID: o.TalentID, CampaignID: o.CampaignID}); err != nil {
		return o, nil, err
	}
	st, err := loadStage(ctx, tx, o.CampaignID)
	if err == nil && !st.campaign.Open() {
		err = campaign.ErrClosed
	}
	return o, st, err
}

// AnswerOffer is a talent's reply: to each date yes or a counter-date as typed in
// the talent's own zone, and perhaps another fee.
type AnswerOffer struct {
	ID      string
	Yes     map[DateKind]bool
	Counter map[DateKind]string
	Asked   money.Amount
	Note    string
}

// StepUpPurpose names what a step-up code allows when an offer's price is accepted.
func StepUpPurpose(offerID string) string { return "offer:" + offerID }

// AnswerOffer keeps a talent's reply. With a yes to each date the booking comes to
// be in the same commit; otherwise the agency must answer the counter, which must
// not need the talent again: in both cases every must point is acknowledged and
// the step-up code passed before. Faults: offer.*, brief.*, stepup.needed.
func (s *Service) AnswerOffer(ctx context.Context, actor access.Actor, req AnswerOffer) (b Booking, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		o, st, err := own(ctx, tx, actor, req.ID)
		if err != nil {
			return err
		}
		if o, err = reply(tx, st, o, req, actor.Lang); err != nil {
			return err
		}
		if err := campaign.MayCommit(ctx, tx, o.CampaignID, o.TalentID); err != nil {
			return err
		}
		if err := access.UseStepUp(ctx, tx, actor, StepUpPurpose(o.ID)); err != nil {
			return err
		}
		if o.CounteredAt.IsZero() {
			b, err = commit(ctx, tx, actor, st, o)
			return err
		}
		return keepCounter(ctx, tx, actor, st, o)
	})
	return b, err
}

// CheckAnswer judges a reply without keeping it, so that a person is asked for a
// code only when nothing else stands in the way. Faults: those of AnswerOffer but the code's.
func (s *Service) CheckAnswer(ctx context.Context, actor access.Actor, req AnswerOffer) error {
	return s.db.Read(ctx, func(tx *db.Tx) error {
		o, st, err := own(ctx, tx, actor, req.ID)
		if err != nil {
			return err
		}
		if _, err := reply(tx, st, o, req, actor.Lang); err != nil {
			return err
		}
		return campaign.MayCommit(ctx, tx, o.CampaignID, o.TalentID)
	})
}

func reply(tx *db.Tx, st *stage, o Offer, req AnswerOffer, lang string) (Offer, error) {
	r := Reply{Yes: req.Yes, Counter: map[DateKind]worktime.Deadline{}, Asked: req.Asked, Note: strings.TrimSpace(req.Note)}
	for _, d := range o.Dates {
		text := strings.TrimSpace(req.Counter[d.Kind])
		if text == "" {
			continue
		}
		loc, err := worktime.Zone(d.Due.Zone)
		if err != nil {
			return o, err
		}
		due, err := worktime.ParseDue(text, tx.Now(), worktime.Office(loc, nil), lang)
		if f, ok := fault.As(err); ok {
			return o, f.At("counter_" + string(d.Kind))
		} else if err != nil {
			return o, err
		}
		r.Counter[d.Kind] = due
	}
	term, err := st.term()
	if err != nil {
		return o, err
	}
	return o.Answer(r, term, tx.Now())
}

func keepCounter(ctx context.Context, tx *db.Tx, actor access.Actor, st *stage, o Offer) error {
	if err := saveOffer(ctx, tx, o, false); err != nil {
		return err
	}
	m := moveOf(o, tx.Now(), "talent", actor.Name, "countered", o.TalentNote)
	if !o.Asked.None() {
		_, home, err := counterHome(ctx, tx, st, o)
		if err != nil {
			return err
		}
		m.Fee, m.FeeHome = o.Asked, home
	}
	if err := insertMove(ctx, tx, m); err != nil {
		return err
	}
	if err := job.Enqueue(ctx, tx, OfferEnds{OfferID: o.ID, At: o.limit()}, job.After(o.limit())); err != nil {
		return err
	}
	if err := job.Enqueue(ctx, tx, Countered{OfferID: o.ID, CampaignID: o.CampaignID, TalentID: o.TalentID}); err != nil {
		return err
	}
	counter := map[DateKind]string{}
	for _, d := range o.Dates {
		if !d.Counter.IsZero() {
			counter[d.Kind] = d.Counter.Wall() + " " + d.Counter.Zone
		}
	}
	return note(ctx, tx, actor, st.campaign, audit.Entry{Verb: "offer.counter", Subject: "offer", ID: o.ID, Talent: o.TalentID,
		After: map[string]any{"dates": counter, "asked": o.Asked}, Reason: o.TalentNote})
}

// DeclineOffer is a talent's no. The seat opens, and the client sees the card as gone.
func (s *Service) DeclineOffer(ctx context.Context, actor access.Actor, id, words string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		o, st, err := own(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		return decline(ctx, tx, actor, st, o, strings.TrimSpace(words), false)
	})
}

func decline(ctx context.Context, tx *db.Tx, actor access.Actor, st *stage, o Offer, words string, ineligible bool) error {
	o, err := o.Decline(words, ineligible, tx.Now())
	if err != nil {
		return err
	}
	if err := saveOffer(ctx, tx, o, true); err != nil {
		return err
	}
	if err := insertMove(ctx, tx, moveOf(o, tx.Now(), "talent", actor.Name, "declined", words)); err != nil {
		return err
	}
	c, err := LoadCandidate(ctx, tx, o.CandidateID)
	if err != nil {
		return err
	}
	if c.Listed() {
		if err := remove(ctx, tx, actor, st.campaign, c, GoneDeclined); err != nil {
			return err
		}
	}
	if err := job.Enqueue(ctx, tx, SlotOpened{SlotID: o.SlotID, CampaignID: o.CampaignID, TalentID: o.TalentID, Cause: "declined"}); err != nil {
		return err
	}
	return note(ctx, tx, actor, st.campaign, audit.Entry{Verb: "offer.decline", Subject: "offer", ID: o.ID, Talent: o.TalentID, Reason: words, After: map[string]any{"ineligible": ineligible}})
}

// AskCode makes the step-up code that accepting a price needs, and has it sent to
// the talent's known phone or e-mail; it tells where, mostly hidden. Fault: stepup.nowhere.
func (s *Service) AskCode(ctx context.Context, actor access.Actor, offerID string) (hint string, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		o, _, err := own(ctx, tx, actor, offerID)
		if err != nil {
			return err
		}
		t, err := talent.LoadTalent(ctx, tx, o.TalentID)
		if err != nil {
			return err
		}
		place := t.Phone
		if place == "" {
			place = t.Email
		}
		code, err := access.AskStepUp(ctx, tx, actor, StepUpPurpose(o.ID), place)
		if err != nil {
			return err
		}
		hint = access.Hint(place)
		return job.Enqueue(ctx, tx, access.CodeAsked{To: place, Name: t.Name, Lang: t.Lang, Code: code,
			CampaignID: o.CampaignID, LinkID: actor.LinkID, Purpose: StepUpPurpose(o.ID)})
	})
	return hint, err
}
