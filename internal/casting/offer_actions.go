package casting

import (
	"context"
	"strings"
	"time"

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

// SendOffer asks a talent. Empty dates are the slot's, at the end of the day in
// the talent's zone; typed ones are read in that zone too.
type SendOffer struct {
	CandidateID string
	SlotID      string       // empty: the first open seat of the candidate's kind
	Fee         money.Amount // none: the candidate's cost
	Draft       string
	Revision    string // empty: no date for it
	Post        string
	Rights      Rights
	Note        string
	SameDay     string // why a day with another booking, or away, is all right
	Approve     bool   // over the slot's budget or below the floor, by somebody who may
	Net         bool   // the fee is what the talent receives: the agency bears the tax

	sender string // name of whoever asked for it, where another person approved
}

// SendOffer sends an offer to a candidate with the client's yes or reserve. It
// holds the seat and the talent. Faults: offer.not-picked, offer.slot-taken,
// offer.talent-held, offer.over-budget, offer.below-floor, offer.same-day, offer.clash,
// offer.brief-missing, offer.first-date-near, ask.supervisor and those of CheckOffer.
func (s *Service) SendOffer(ctx context.Context, actor access.Actor, req SendOffer) (o Offer, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		c, st, err := listed(ctx, tx, actor, "offer.send", req.CandidateID)
		if err != nil {
			return err
		}
		if err := waitsFor(ctx, tx, actor, st.client.ID); err != nil {
			return err
		}
		o, err = sendOffer(ctx, tx, actor, st, c, req)
		return err
	})
	return o, err
}

func sendOffer(ctx context.Context, tx *db.Tx, actor access.Actor, st *stage, c Candidate, req SendOffer) (Offer, error) {
	o, x, err := offerOn(ctx, tx, actor, st, c, req)
	if err != nil {
		return o, err
	}
	floor, err := LoadFloor(ctx, tx)
	if err != nil {
		return o, err
	}
	if err := within(actor, o.FeeHome, budgetOf(x), o.Price, floor, req.Approve); err != nil {
		return o, err
	}
	return o, launch(ctx, tx, actor, st, o, req)
}

// offerOn makes the offer that would be sent for a seat, judged but for the limits
// of its fee.
func offerOn(ctx context.Context, tx *db.Tx, actor access.Actor, st *stage, c Candidate, req SendOffer) (Offer, campaign.Slot, error) {
	var x campaign.Slot
	if err := lapseDue(ctx, tx, st); err != nil {
		return Offer{}, x, err
	}
	p := st.decision(c.ID)
	if p.Sent != AnswerYes && p.Sent != AnswerReserve {
		return Offer{}, x, ErrNotPicked
	}
	if _, err := campaign.AgreedBrief(ctx, tx, st.campaign.ID); fault.KindOf(err) == fault.Conflict || fault.KindOf(err) == fault.NotFound {
		return Offer{}, x, ErrBriefMissing
	} else if err != nil {
		return Offer{}, x, err
	}
	x, err := st.openSeat(c, req.SlotID)
	if err != nil {
		return Offer{}, x, err
	}
	o, err := draftOffer(tx, actor, st, c, x, req)
	if err != nil {
		return o, x, err
	}
	if p.Sent == AnswerReserve {
		o.Reserve = p.SentOrder
	}
	if err := checkClash(ctx, tx, st, o, x); err != nil {
		return o, x, err
	}
	return o, x, checkFree(ctx, tx, o, req.SameDay)
}

// draftOffer fills an offer's terms and judges them.
func draftOffer(tx *db.Tx, actor access.Actor, st *stage, c Candidate, x campaign.Slot, req SendOffer) (Offer, error) {
	t := st.talents[c.TalentID]
	o := Offer{ID: tx.NewID(), CampaignID: c.CampaignID, ClientID: c.ClientID, SlotID: x.ID, CandidateID: c.ID, TalentID: c.TalentID, AccountID: c.AccountID,
		Fee: req.Fee, Net: req.Net, Price: c.Price, Pieces: PiecesOf(x), Rights: req.Rights, Note: strings.TrimSpace(req.Note), SentAt: tx.Now(), SentBy: actor.Name, Version: 1}
	if req.sender != "" {
		o.SentBy = req.sender
	}
	if err := t.Bookable(st.today()); err != nil {
		return o, err
	}
	if o.Fee.IsZero() {
		o.Fee = c.Cost
	}
	if !c.Cost.None() && o.Fee.Currency != c.Cost.Currency {
		return o, ErrFeeCurrency.With("currency", string(c.Cost.Currency))
	}
	priced := c
	priced.Cost = o.Fee
	priced, err := priced.Settle(st.campaign.Currency)
	if err != nil {
		return o, err
	}
	o.FeeHome = priced.CostHome
	if o.Dates, err = datesFor(tx.Now(), t, x, req, actor.Lang); err != nil {
		return o, err
	}
	term, err := st.term()
	if err != nil {
		return o, err
	}
	if err := CheckOffer(o, term, tx.Now()); err != nil {
		return o, err
	}
	o.ExpiresAt, err = ExpiryOf(tx.Now(), o.Dates)
	return o, err
}

// budgetOf is a slot's budget, no amount when none was set.
func budgetOf(x campaign.Slot) money.Amount {
	if x.Budget.IsZero() {
		return money.Amount{}
	}
	return x.Budget
}

// datesFor reads the dates in the talent's zone; empty ones are the slot's.
func datesFor(now time.Time, t talent.Talent, x campaign.Slot, req SendOffer, lang string) ([]Date, error) {
	loc, err := worktime.Zone(t.Zone)
	if err != nil {
		return nil, err
	}
	var out []Date
	for _, d := range []struct {
		kind DateKind
		text string
		day  worktime.Date
	}{{DateDraft, req.Draft, x.DraftOn}, {DateRevision, req.Revision, ""}, {DatePosting, req.Post, x.PostOn}} {
		text := strings.TrimSpace(d.text)
		if text == "" {
			text = string(d.day)
		}
		if text == "" {
			continue
		}
		due, err := worktime.ParseDue(text, now, worktime.Office(loc, nil), lang)
		if f, ok := fault.As(err); ok {
			return nil, f.At(string(d.kind))
		} else if err != nil {
			return nil, err
		}
		out = append(out, Date{Kind: d.kind, Due: due})
	}
	return out, nil
}

// checkFree warns of another booking, or an absence, on a date: only a reason
// lets the offer go (A38).
func checkFree(ctx context.Context, tx *db.Tx, o Offer, reason string) error {
	var days []worktime.Date
	for _, d := range o.Dates {
		if d.Kind != DateRevision {
			days = append(days, dayOf(d.Due))
		}
	}
	busy, err := busyOn(ctx, tx, o.TalentID, o.CampaignID, days...)
	if err != nil {
		return err
	}
	away, err := absentOn(ctx, tx, o.TalentID, days...)
	if err != nil {
		return err
	}
	if busy == "" {
		busy = away
	}
	if busy != "" && strings.TrimSpace(reason) == "" {
		return ErrSameDay.With("day", busy)
	}
	return nil
}

// openSeat gives the named seat, or the first open one of the candidate's kind.
// Fault: offer.slot-taken.
func (s *stage) openSeat(c Candidate, slotID string) (campaign.Slot, error) {
	held := map[string]bool{}
	for _, o := range s.offers {
		if o.Live(s.now) && !s.dropped(o.BookingID) {
			held[o.SlotID] = true
		}
	}
	for _, x := range s.slots {
		if !x.Open() || slotID != "" && x.ID != slotID || LineOf(x) != s.lineOf(c) {
			continue
		}
		if !held[x.ID] {
			return x, nil
		}
	}
	return campaign.Slot{}, ErrSlotTaken
}

// launch keeps an offer, unless its seat or its talent is held, and starts its clock.
func launch(ctx context.Context, tx *db.Tx, actor access.Actor, st *stage, o Offer, req SendOffer) error {
	for _, other := range st.offers {
		if other.TalentID == o.TalentID && other.Live(st.now) && !st.dropped(other.BookingID) {
			return ErrHeld.With("talent", st.talents[o.TalentID].Name)
		}
	}
	fresh, err := insertOffer(ctx, tx, o)
	if err != nil {
		return err
	}
	if !fresh {
		return ErrHeld.With("talent", st.talents[o.TalentID].Name)
	}
	if err := insertMove(ctx, tx, moveOf(o, tx.Now(), "agency", o.SentBy, "offered", o.Note)); err != nil {
		return err
	}
	if err := job.Enqueue(ctx, tx, OfferEnds{OfferID: o.ID, At: o.ExpiresAt}, job.After(o.ExpiresAt)); err != nil {
		return err
	}
	if err := job.Enqueue(ctx, tx, Offered{OfferID: o.ID, CampaignID: o.CampaignID, TalentID: o.TalentID}); err != nil {
		return err
	}
	if err := tellReplaced(ctx, tx, st, o); err != nil {
		return err
	}
	return note(ctx, tx, actor, st.campaign, audit.Entry{Verb: "offer.send", Subject: "offer", ID: o.ID, Talent: o.TalentID,
		After: map[string]any{"slot": o.SlotID, "fee": o.Fee, "dates": wallsOf(o.Dates), "expires": o.ExpiresAt, "approved": req.Approve}, Reason: strings.TrimSpace(req.SameDay)})
}

// tellReplaced lets the client know when the seat was another talent's before.
func tellReplaced(ctx context.Context, tx *db.Tx, st *stage, o Offer) error {
	old := ""
	for _, other := range st.offers {
		if other.SlotID == o.SlotID && other.TalentID != o.TalentID {
			old = other.TalentID
		}
	}
	if old == "" {
		return nil
	}
	return job.Enqueue(ctx, tx, Replaced{CampaignID: o.CampaignID, SlotID: o.SlotID, OldTalentID: old, NewTalentID: o.TalentID})
}

func moveOf(o Offer, at time.Time, party, name, verb, text string) Move {
	return Move{OfferID: o.ID, At: at, Party: party, Name: name, Verb: verb, Fee: o.Fee, FeeHome: o.FeeHome, Dates: o.Dates, Note: text}
}

func wallsOf(dates []Date) map[DateKind]string {
	out := map[DateKind]string{}
	for _, d := range dates {
		out[d.Kind] = d.Due.Wall() + " " + d.Due.Zone
	}
	return out
}

// lapseDue writes down the expiry of the stage's offers that ended, so that their
// seats and talents are free.
func lapseDue(ctx context.Context, tx *db.Tx, st *stage) error {
	for i := range st.offers {
		o := &st.offers[i]
		if o.State(st.now) != StateExpired || !o.LapsedAt.IsZero() {
			continue
		}
		if err := lapse(ctx, tx, o); err != nil {
			return err
		}
	}
	return nil
}

// lapse writes one expiry down; the seat opens.
func lapse(ctx context.Context, tx *db.Tx, o *Offer) error {
	o.LapsedAt = tx.Now()
	if err := saveOffer(ctx, tx, *o, true); err != nil {
		return err
	}
	o.Version++
	if err := insertMove(ctx, tx, moveOf(*o, tx.Now(), "agency", "", "expired", "")); err != nil {
		return err
	}
	if err := job.Enqueue(ctx, tx, SlotOpened{SlotID: o.SlotID, CampaignID: o.CampaignID, TalentID: o.TalentID, Cause: "expired"}); err != nil {
		return err
	}
	return audit.Record(ctx, tx, access.System().Who, audit.Entry{Verb: "offer.lapse", Subject: "offer", ID: o.ID, Campaign: o.CampaignID, Client: o.ClientID, Talent: o.TalentID})
}

// WithdrawOffer takes an open offer back. Fault: offer.closed.
func (s *Service) WithdrawOffer(ctx context.Context, actor access.Actor, id, reason string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		o, st, err := offerOf(ctx, tx, actor, "offer.send", id)
		if err != nil {
			return err
		}
		return withdraw(ctx, tx, actor, st, o, reason)
	})
}

func withdraw(ctx context.Context, tx *db.Tx, actor access.Actor, st *stage, o Offer, reason string) error {
	o, err := o.Withdraw(tx.Now())
	if err != nil {
		return err
	}
	if err := saveOffer(ctx, tx, o, true); err != nil {
		return err
	}
	if err := insertMove(ctx, tx, moveOf(o, tx.Now(), "agency", actor.Name, "withdrawn", strings.TrimSpace(reason))); err != nil {
		return err
	}
	return note(ctx, tx, actor, st.campaign, audit.Entry{Verb: "offer.withdraw", Subject: "offer", ID: o.ID, Talent: o.TalentID, Reason: strings.TrimSpace(reason)})
}

func offerOf(ctx context.Context, tx *db.Tx, actor access.Actor, verb access.Verb, id string) (Offer, *stage, error) {
	o, err := LoadOffer(ctx, tx, id)
	if err != nil {
		return o, nil, err
	}
	st, err := change(ctx, tx, actor, verb, o.CampaignID)
	return o, st, err
}

// Reoffer answers a talent's counter, or mends an open offer, with other terms:
// the old offer is withdrawn and the new one sent in one change.
func (s *Service) Reoffer(ctx context.Context, actor access.Actor, id string, req SendOffer) (fresh Offer, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		_, st, err := offerOf(ctx, tx, actor, "offer.send", id)
		if err != nil {
			return err
		}
		if err := waitsFor(ctx, tx, actor, st.client.ID); err != nil {
			return err
		}
		fresh, err = reoffer(ctx, tx, actor, st, id, req)
		return err
	})
	return fresh, err
}

func reoffer(ctx context.Context, tx *db.Tx, actor access.Actor, st *stage, id string, req SendOffer) (Offer, error) {
	o, err := LoadOffer(ctx, tx, id)
	if err != nil {
		return o, err
	}
	if err := withdraw(ctx, tx, actor, st, o, "reoffered"); err != nil {
		return o, err
	}
	if st, err = loadStage(ctx, tx, o.CampaignID); err != nil {
		return o, err
	}
	c, err := LoadCandidate(ctx, tx, o.CandidateID)
	if err != nil {
		return o, err
	}
	req.CandidateID, req.SlotID = c.ID, o.SlotID
	return sendOffer(ctx, tx, actor, st, c, req)
}

// TakeCounter accepts what the talent proposed; the booking comes to be in the
// same commit. Faults: offer.no-counter, offer.over-budget, offer.below-floor,
// ask.supervisor, brief.*.
func (s *Service) TakeCounter(ctx context.Context, actor access.Actor, id string, approve bool) (b Booking, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		o, st, err := offerOf(ctx, tx, actor, "offer.send", id)
		if err != nil {
			return err
		}
		if err := waitsFor(ctx, tx, actor, st.client.ID); err != nil {
			return err
		}
		b, err = takeCounter(ctx, tx, actor, st, o, approve)
		return err
	})
	return b, err
}

func takeCounter(ctx context.Context, tx *db.Tx, actor access.Actor, st *stage, o Offer, approve bool) (Booking, error) {
	x, home, err := counterHome(ctx, tx, st, o)
	if err != nil {
		return Booking{}, err
	}
	if o, err = o.TakeCounter(home, budgetOf(x), approve && actor.Can("offer.approve"), tx.Now()); err != nil {
		return Booking{}, err
	}
	floor, err := LoadFloor(ctx, tx)
	if err != nil {
		return Booking{}, err
	}
	if below, bp := belowFloor(o.FeeHome, o.Price, floor); below && !(approve && actor.Can("offer.floor")) {
		return Booking{}, ErrBelowFloor.With("margin", bp, "floor", floor)
	}
	if err := insertMove(ctx, tx, moveOf(o, tx.Now(), "agency", actor.Name, "accepted", "")); err != nil {
		return Booking{}, err
	}
	return commit(ctx, tx, actor, st, o)
}

// counterHome gives the seat of an offer and the asked fee in the campaign's
// currency, by the candidate's own rate; none when no other fee was asked.
func counterHome(ctx context.Context, tx *db.Tx, st *stage, o Offer) (campaign.Slot, money.Amount, error) {
	x, err := st.slot(o.SlotID)
	if err != nil || o.Asked.None() {
		return x, money.Amount{}, err
	}
	c, err := LoadCandidate(ctx, tx, o.CandidateID)
	if err != nil {
		return x, money.Amount{}, err
	}
	c.Cost = o.Asked
	c, err = c.Settle(st.campaign.Currency)
	return x, c.CostHome, err
}

// commit makes the booking: only when the talent acknowledged each must point and
// every date holds (R3, R4). The brief is frozen, the check-ins are planned, and
// the talent's other candidacies in the campaign end.
func commit(ctx context.Context, tx *db.Tx, actor access.Actor, st *stage, o Offer) (Booking, error) {
	if err := campaign.MayCommit(ctx, tx, o.CampaignID, o.TalentID); err != nil {
		return Booking{}, err
	}
	o, b, err := o.Commit(0, tx.Now())
	if err != nil {
		return b, err
	}
	b.ID, b.Version = tx.NewID(), 1
	o.BookingID = b.ID
	if err := insertBooking(ctx, tx, b); err != nil {
		return b, err
	}
	if err := saveOffer(ctx, tx, o, false); err != nil {
		return b, err
	}
	if err := insertMove(ctx, tx, moveOf(o, tx.Now(), "talent", st.talents[o.TalentID].Name, "committed", "")); err != nil {
		return b, err
	}
	if err := campaign.Freeze(ctx, tx, actor.Who, o.CampaignID); err != nil {
		return b, err
	}
	if err := planCheckIns(ctx, tx, st, b); err != nil {
		return b, err
	}
	if err := keepBonds(ctx, tx, st, b); err != nil {
		return b, err
	}
	for _, c := range st.candidates {
		if c.TalentID == o.TalentID && c.ID != o.CandidateID && c.Listed() {
			if err := remove(ctx, tx, actor, st.campaign, c, GoneBooked); err != nil {
				return b, err
			}
		}
	}
	if err := job.Enqueue(ctx, tx, Committed{BookingID: b.ID, CampaignID: b.CampaignID, TalentID: b.TalentID}, job.Unique("committed:"+b.ID)); err != nil {
		return b, err
	}
	return b, note(ctx, tx, actor, st.campaign, audit.Entry{Verb: "booking.commit", Subject: "booking", ID: b.ID, Talent: b.TalentID,
		After: map[string]any{"slot": b.SlotID, "fee": b.Fee, "price": b.Price, "draft": b.DraftDue.Wall(), "post": b.PostDue.Wall(), "zone": b.PostDue.Zone}})
}

// planCheckIns keeps the check-ins and the moments at which risk may rise.
func planCheckIns(ctx context.Context, tx *db.Tx, st *stage, b Booking) error {
	cal, err := workingTime(ctx, tx, st.talents[b.TalentID])
	if err != nil {
		return err
	}
	for _, c := range CheckInsOf(b) {
		c.ID = tx.NewID()
		if err := insertCheckIn(ctx, tx, c); err != nil {
			return err
		}
		if err := job.Enqueue(ctx, tx, CheckInDue{CheckInID: c.ID, BookingID: b.ID}, job.After(c.AskedAt)); err != nil {
			return err
		}
		if at := SilentAt(c, cal); c.Before == SecondCheckIn && !at.IsZero() {
			if err := job.Enqueue(ctx, tx, RiskDue{BookingID: b.ID}, job.After(at)); err != nil {
				return err
			}
		}
	}
	return job.Enqueue(ctx, tx, RiskDue{BookingID: b.ID}, job.After(b.DraftDue.At.Add(LateAfter)))
}
