package casting

import (
	"context"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// AskView is an ask with what its decider wants to see.
type AskView struct {
	Ask
	Campaign, Talent string       // names
	Price, Budget    money.Amount // of the seat; none for a list
	Margin           money.Amount
	MarginBp         int64
	MarginKnown      bool
	Mine             bool // the reader asked
	MayDecide        bool
}

// Queue is what waits for a yes, and what management set.
type Queue struct {
	Asks    []AskView // oldest first: what the reader may decide, and what the reader asked
	FloorBp int64
}

// waitsFor is nil unless the actor's acts wait for a supervisor. Fault: ask.supervisor.
func waitsFor(ctx context.Context, tx *db.Tx, actor access.Actor, clientID string) error {
	waits, err := access.Waits(ctx, tx, actor, clientID)
	if err == nil && waits {
		return ErrSupervisor
	}
	return err
}

// Waits tells whether the actor's acts in a campaign wait for a supervisor (A1).
func (s *Service) Waits(ctx context.Context, actor access.Actor, clientID string) (waits bool, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error { waits, err = access.Waits(ctx, tx, actor, clientID); return err })
	return waits, err
}

// Asking is an act to be approved by somebody else.
type Asking struct {
	Kind    AskKind
	OfferID string    // of a counter, or of the offer to be replaced
	Offer   SendOffer // of an offer
	Share   ShareShortlist
	Propose AddCandidate // of a replacement
	Words   string       // to whoever decides
}

// Ask keeps an act until somebody who may has said yes. It is judged now like the
// act itself. Faults: ask.not-needed, ask.twice and those of the act.
func (s *Service) Ask(ctx context.Context, actor access.Actor, req Asking) (a Ask, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		var st *stage
		switch req.Kind {
		case AskShare:
			a, st, err = askShare(ctx, tx, actor, req)
		case AskCounter:
			a, st, err = askCounter(ctx, tx, actor, req)
		case AskReplace:
			a, st, err = askReplace(ctx, tx, actor, req)
		default:
			a, st, err = askOffer(ctx, tx, actor, req)
		}
		if err != nil {
			return err
		}
		waits, err := access.Waits(ctx, tx, actor, st.client.ID)
		if err != nil {
			return err
		}
		if waits {
			a.Reasons = append([]AskReason{ForTrainee}, a.Reasons...)
		}
		if len(a.Reasons) == 0 {
			return ErrAskNeeds
		}
		return keepAsk(ctx, tx, actor, st, &a, req)
	})
	return a, err
}

func keepAsk(ctx context.Context, tx *db.Tx, actor access.Actor, st *stage, a *Ask, req Asking) error {
	a.ID, a.CampaignID, a.ClientID, a.Version = tx.NewID(), st.campaign.ID, st.client.ID, 1
	a.AskedByID, a.AskedBy, a.AskedAt, a.Words = actor.ID, actor.Name, tx.Now(), strings.TrimSpace(req.Words)
	if len([]rune(a.Words)) > maxReason {
		return ErrNoteLong.At("words")
	}
	if err := insertAsk(ctx, tx, *a); err != nil {
		return err
	}
	if err := job.Enqueue(ctx, tx, Asked{AskID: a.ID, CampaignID: a.CampaignID}); err != nil {
		return err
	}
	return note(ctx, tx, actor, st.campaign, audit.Entry{Verb: "cast.ask", Subject: "ask", ID: a.ID,
		After: map[string]any{"kind": a.Kind, "candidate": a.CandidateID, "fee": a.Fee, "reasons": a.Reasons}, Reason: a.Words})
}

func askOffer(ctx context.Context, tx *db.Tx, actor access.Actor, req Asking) (Ask, *stage, error) {
	a := Ask{Kind: AskOffer, OfferID: req.OfferID}
	c, st, err := listed(ctx, tx, actor, "offer.send", req.Offer.CandidateID)
	if err != nil {
		return a, st, err
	}
	if a.OfferID != "" {
		o, err := LoadOffer(ctx, tx, a.OfferID)
		if err != nil || o.CandidateID != c.ID {
			return a, st, db.ErrNotFound
		}
		req.Offer.SlotID = o.SlotID
		st.free(o.ID)
	}
	o, x, err := offerOn(ctx, tx, actor, st, c, req.Offer)
	if err != nil {
		return a, st, err
	}
	floor, err := LoadFloor(ctx, tx)
	if err != nil {
		return a, st, err
	}
	a.CandidateID, a.Fee, a.FeeHome, a.Reasons = c.ID, o.Fee, o.FeeHome, Limits(o.FeeHome, budgetOf(x), o.Price, floor)
	a.Terms.Offer = resolved(req.Offer, o)
	return a, st, nil
}

// resolved writes an offer's dates and fee as they were read when it was asked, so
// that "tomorrow" does not move while it waits.
func resolved(req SendOffer, o Offer) SendOffer {
	req.SlotID, req.Fee, req.Draft, req.Revision, req.Post = o.SlotID, o.Fee, "", "", ""
	for _, d := range o.Dates {
		switch d.Kind {
		case DateDraft:
			req.Draft = wallText(d.Due)
		case DateRevision:
			req.Revision = wallText(d.Due)
		case DatePosting:
			req.Post = wallText(d.Due)
		}
	}
	return req
}

// wallText is a deadline as a form takes it back: without a time when it is the
// end of the day.
func wallText(d worktime.Deadline) string {
	wall := d.Wall()
	if day, end := strings.CutSuffix(wall, "T23:59:59"); end {
		return day
	}
	return wall[:len("2006-01-02T15:04")]
}

func askCounter(ctx context.Context, tx *db.Tx, actor access.Actor, req Asking) (Ask, *stage, error) {
	a := Ask{Kind: AskCounter, OfferID: req.OfferID}
	o, st, err := offerOf(ctx, tx, actor, "offer.send", req.OfferID)
	if err != nil {
		return a, st, err
	}
	if o.State(tx.Now()) != StateCountered {
		return a, st, ErrNoCounter
	}
	x, home, err := counterHome(ctx, tx, st, o)
	if err != nil {
		return a, st, err
	}
	floor, err := LoadFloor(ctx, tx)
	a.CandidateID, a.Fee, a.FeeHome = o.CandidateID, o.Asked, home
	if o.Asked.None() {
		a.Fee, a.FeeHome = o.Fee, o.FeeHome
	}
	a.Reasons = Limits(a.FeeHome, budgetOf(x), o.Price, floor)
	return a, st, err
}

func askShare(ctx context.Context, tx *db.Tx, actor access.Actor, req Asking) (Ask, *stage, error) {
	a := Ask{Kind: AskShare}
	st, err := change(ctx, tx, actor, "cast.share", req.Share.CampaignID)
	if err != nil {
		return a, st, err
	}
	sheet, err := settleSheet(ctx, tx, st, req.Share, actor)
	if err != nil {
		return a, st, err
	}
	a.Terms.Share = req.Share
	if !sheet.Deadline.IsZero() && req.Share.Deadline != "" {
		a.Terms.Share.Deadline = wallText(sheet.Deadline)
	}
	return a, st, mayShow(st, req.Share.All)
}

// askReplace puts the talent on the list, where the trainee may put anybody; what waits is
// that the client sees it.
func askReplace(ctx context.Context, tx *db.Tx, actor access.Actor, req Asking) (Ask, *stage, error) {
	a := Ask{Kind: AskReplace}
	st, err := change(ctx, tx, actor, "cast.share", req.Propose.CampaignID)
	if err != nil {
		return a, st, err
	}
	c, err := st.onList(ctx, tx, actor, req.Propose)
	if err != nil {
		return a, st, err
	}
	if missing := c.Missing(); len(missing) > 0 {
		return a, st, ErrIncomplete.With("talent", nameOf(ctx, tx, st, c))
	}
	a.CandidateID, a.Fee = c.ID, c.Cost
	return a, st, nil
}

// DecideAsk says yes or no to an act that waits. With a yes the act happens in the
// same commit, in the name of whoever asked, by the right of whoever decides.
// Faults: ask.decided, ask.own, ask.answer-missing, access.forbidden and those of the act.
func (s *Service) DecideAsk(ctx context.Context, actor access.Actor, id string, yes bool, words string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		a, err := LoadAsk(ctx, tx, id)
		if err != nil {
			return err
		}
		st, err := change(ctx, tx, actor, "cast.see", a.CampaignID)
		if err != nil {
			return err
		}
		asker, err := access.LoadPerson(ctx, tx, a.AskedByID)
		if err != nil {
			return err
		}
		if err := a.MayDecide(actor, asker.SupervisorID); err != nil {
			return err
		}
		if a, err = a.Decide(actor.Name, yes, words, tx.Now()); err != nil {
			return err
		}
		if err := saveAsk(ctx, tx, a); err != nil {
			return err
		}
		if err := note(ctx, tx, actor, st.campaign, audit.Entry{Verb: "cast.decide", Subject: "ask", ID: a.ID, After: map[string]any{"kind": a.Kind, "yes": yes}, Reason: a.Answer}); err != nil {
			return err
		}
		if !yes {
			return nil
		}
		return perform(ctx, tx, actor, st, a)
	})
}

// perform does the act of an approved ask.
func perform(ctx context.Context, tx *db.Tx, actor access.Actor, st *stage, a Ask) error {
	switch a.Kind {
	case AskShare:
		_, err := shareList(ctx, tx, actor, st, a.Terms.Share)
		return err
	case AskCounter:
		o, err := LoadOffer(ctx, tx, a.OfferID)
		if err != nil {
			return err
		}
		_, err = takeCounter(ctx, tx, actor, st, o, true)
		return err
	}
	c, err := LoadCandidate(ctx, tx, a.CandidateID)
	if err != nil {
		return err
	}
	if !c.Listed() {
		return ErrNotListed
	}
	if a.Kind == AskReplace {
		_, err := st.propose(ctx, tx, actor, c)
		return err
	}
	req := a.Terms.Offer
	req.Approve, req.sender = true, a.AskedBy
	if a.OfferID != "" {
		_, err := reoffer(ctx, tx, actor, st, a.OfferID, req)
		return err
	}
	_, err = sendOffer(ctx, tx, actor, st, c, req)
	return err
}

// Queue lists what waits for the actor's yes and what the actor asked for, over
// all campaigns, the oldest first.
func (s *Service) Queue(ctx context.Context, actor access.Actor) (q Queue, err error) {
	if err := actor.Require("cast.shortlist", access.Owner{}); err != nil {
		return q, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if q.FloorBp, err = LoadFloor(ctx, tx); err != nil {
			return err
		}
		list, err := ListAsks(ctx, tx, "")
		if err != nil {
			return err
		}
		for _, a := range list {
			v, err := viewAsk(ctx, tx, actor, a)
			if err != nil {
				return err
			}
			if v.Mine || v.MayDecide {
				q.Asks = append(q.Asks, v)
			}
		}
		return nil
	})
	return q, err
}

func viewAsk(ctx context.Context, tx *db.Tx, actor access.Actor, a Ask) (AskView, error) {
	v := AskView{Ask: a, Mine: actor.ID == a.AskedByID}
	asker, err := access.LoadPerson(ctx, tx, a.AskedByID)
	if err != nil {
		return v, err
	}
	v.MayDecide = a.MayDecide(actor, asker.SupervisorID) == nil
	of, err := campaign.LoadCampaign(ctx, tx, a.CampaignID)
	if err != nil || a.CandidateID == "" {
		v.Campaign = of.Name
		return v, err
	}
	v.Campaign = of.Name
	c, err := LoadCandidate(ctx, tx, a.CandidateID)
	if err != nil {
		return v, err
	}
	x, err := campaign.LoadSlot(ctx, tx, c.SlotID)
	if err != nil {
		return v, err
	}
	t, err := talentName(ctx, tx, c.TalentID)
	v.Talent, v.Price, v.Budget = t, c.Price, budgetOf(x)
	v.Margin, v.MarginBp, v.MarginKnown = marginOf(c.Price, a.FeeHome)
	return v, err
}

// SetFloor sets the least share of the price that has to stay, in basis points;
// 0 is none (A35). Fault: offer.floor-wrong.
func (s *Service) SetFloor(ctx context.Context, actor access.Actor, bp int64) error {
	if err := actor.Require("offer.floor", access.Owner{}); err != nil {
		return err
	}
	if bp < 0 || bp > 9000 {
		return ErrFloor
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		before, err := LoadFloor(ctx, tx)
		if err != nil {
			return err
		}
		if err := saveFloor(ctx, tx, bp, actor.Name); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "offer.floor", Subject: "cast-rule", ID: "floor", Before: before, After: bp})
	})
}
