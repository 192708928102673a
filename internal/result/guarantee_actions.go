package result

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
	"kolega/internal/worktime"
)

// Guarantee shows a campaign's guarantee with its figures, history and remedies.
// Right: guarantee.see.
func (s *Service) Guarantee(ctx context.Context, actor access.Actor, campaignID string) (g Guarantee, err error) {
	if err := actor.Require("guarantee.see", access.Owner{CampaignID: campaignID}); err != nil {
		return g, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		g, err = LoadGuarantee(ctx, tx, campaignID)
		return err
	})
	return g, err
}

// ChooseRemedyRequest answers a missed verdict.
type ChooseRemedyRequest struct {
	CampaignID, BookingID string
	Kind                  RemedyKind
	Reason                string
	SlotID                string        // a replacement: the free slot; empty opens one
	PostOn                worktime.Date // of a slot that is opened; empty: nine days from now
}

// ChooseRemedy answers a missed guarantee by a replacement in a free slot or by a
// refund, which waits for management. Right: guarantee.remedy. Faults: remedy.*.
func (s *Service) ChooseRemedy(ctx context.Context, actor access.Actor, req ChooseRemedyRequest) (r Remedy, err error) {
	if err := actor.Require("guarantee.remedy", access.Owner{CampaignID: req.CampaignID}); err != nil {
		return r, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		r, err = chooseRemedy(ctx, tx, actor, req)
		return err
	})
	return r, err
}

func chooseRemedy(ctx context.Context, tx *db.Tx, actor access.Actor, req ChooseRemedyRequest) (Remedy, error) {
	g, err := LoadGuarantee(ctx, tx, req.CampaignID)
	if err != nil {
		return Remedy{}, err
	}
	v, ok := g.verdict(req.BookingID)
	if !ok {
		return Remedy{}, db.ErrNotFound
	}
	if err := ChooseRemedy(v, g.RemediesOf(req.BookingID), g.CauseOf(req.BookingID), req.Kind, req.Reason); err != nil {
		return Remedy{}, err
	}
	if err := recordVerdict(ctx, tx, req.CampaignID, g, v, "remedy"); err != nil {
		return Remedy{}, err
	}
	last, err := lastVerdict(ctx, tx, req.CampaignID, req.BookingID)
	if err != nil {
		return Remedy{}, err
	}
	cal, err := agencyCalendar(ctx, tx)
	if err != nil {
		return Remedy{}, err
	}
	r := Remedy{ID: tx.NewID(), CampaignID: req.CampaignID, BookingID: req.BookingID, Kind: req.Kind, VerdictVersion: last.Number,
		Reason: strings.TrimSpace(req.Reason), ChosenAt: tx.Now(), ChosenBy: actor.Name, ChosenID: actor.ID, DueBy: RemedyDue(g.firstMissed(req.BookingID, last), cal), Revision: 1}
	if req.Kind == Refund {
		err = fillRefund(ctx, tx, g.Promise, &r)
	} else {
		err = fillReplacement(ctx, tx, actor, g, req, &r)
	}
	if err != nil {
		return Remedy{}, err
	}
	if err := insertRemedy(ctx, tx, r); err != nil {
		return Remedy{}, err
	}
	if err := recordRemedy(ctx, tx, actor, "guarantee.remedy", r, r.Reason); err != nil {
		return Remedy{}, err
	}
	if r.Kind == Replacement {
		return r, job.Enqueue(ctx, tx, ReplacementChosen{r.ID, r.CampaignID, r.BookingID, r.SlotID})
	}
	return r, nil
}

func (g Guarantee) verdict(bookingID string) (Verdict, bool) {
	for _, v := range g.Verdicts {
		if v.BookingID == bookingID {
			return v, true
		}
	}
	return Verdict{}, false
}

// firstMissed is the first version that said missed: the five days count from it.
func (g Guarantee) firstMissed(bookingID string, last VerdictVersion) time.Time {
	for _, v := range g.HistoryOf(bookingID) {
		if v.State == Missed {
			return v.At
		}
	}
	return last.At
}

func fillRefund(ctx context.Context, tx *db.Tx, p Promise, r *Remedy) (err error) {
	r.ShareBp = p.ShareBp
	if r.Base, err = refundBase(ctx, tx, p, *r); err != nil {
		return err
	}
	r.Amount, err = RefundOf(r.Base, p.ShareBp)
	return err
}

func refundBase(ctx context.Context, tx *db.Tx, p Promise, r Remedy) (money.Amount, error) {
	if p.Base == TalentLine && r.BookingID != "" {
		return amountLine(ctx, tx, r.BookingID)
	}
	c, err := campaign.LoadCampaign(ctx, tx, r.CampaignID)
	return c.Terms.Value, err
}

// fillReplacement takes the free slot that was made for it, or opens one like the
// failed booking's.
func fillReplacement(ctx context.Context, tx *db.Tx, actor access.Actor, g Guarantee, req ChooseRemedyRequest, r *Remedy) error {
	if req.SlotID == "" {
		slot, err := openFree(ctx, tx, actor, g, req)
		r.SlotID = slot.ID
		return err
	}
	slot, err := campaign.LoadSlot(ctx, tx, req.SlotID)
	switch {
	case err != nil:
		return err
	case slot.CampaignID != req.CampaignID || !slot.Free || !slot.Open():
		return fault.Field("slot", "remedy.slot")
	}
	r.SlotID, r.Base, r.Amount = slot.ID, money.Amount{}, money.Amount{}
	return nil
}

func recordRemedy(ctx context.Context, tx *db.Tx, actor access.Actor, verb string, r Remedy, reason string) error {
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: verb, Subject: "remedy", ID: r.ID, Campaign: r.CampaignID,
		After: map[string]any{"kind": r.Kind, "booking": r.BookingID, "amount": r.Amount.String(), "slot": r.SlotID, "approved": !r.ApprovedAt.IsZero(), "refused": !r.RefusedAt.IsZero()}, Reason: reason})
}

// ApproveRefund is management's yes; billing then makes the credit note. Right:
// guarantee.decide, and not by who chose it. Faults: remedy.*.
func (s *Service) ApproveRefund(ctx context.Context, actor access.Actor, remedyID string) (r Remedy, err error) {
	err = s.changeRemedy(ctx, actor, remedyID, "guarantee.decide", "", func(tx *db.Tx, cur Remedy) (Remedy, error) {
		if r, err = cur.Approve(actor.ID, actor.Name, tx.Now()); err != nil {
			return r, err
		}
		return r, job.Enqueue(ctx, tx, RefundChosen{r.ID, r.CampaignID, r.BookingID, r.Amount}, job.Unique(r.ID))
	})
	return r, err
}

// RefuseRefund is management's no, with its reason; another remedy can be chosen.
func (s *Service) RefuseRefund(ctx context.Context, actor access.Actor, remedyID, why string) (r Remedy, err error) {
	err = s.changeRemedy(ctx, actor, remedyID, "guarantee.decide", why, func(tx *db.Tx, cur Remedy) (Remedy, error) {
		r, err = cur.Refuse(actor.Name, why, tx.Now())
		return r, err
	})
	return r, err
}

func (s *Service) changeRemedy(ctx context.Context, actor access.Actor, id string, verb access.Verb, reason string, change func(*db.Tx, Remedy) (Remedy, error)) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		r, err := LoadRemedy(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := actor.Require(verb, access.Owner{CampaignID: r.CampaignID}); err != nil {
			return err
		}
		if r, err = change(tx, r); err != nil {
			return err
		}
		if err := saveRemedy(ctx, tx, r); err != nil {
			return err
		}
		return recordRemedy(ctx, tx, actor, string(verb), r, reason)
	})
}

// RulingRequest is a decision of people about a promise.
type RulingRequest struct {
	CampaignID, BookingID string
	Kind                  string // RulingResult, RulingFormula, RulingCause or RulingOwed
	Answer                string
	Text                  string // the words, required
	ClientName            string // who agreed for the client; required for a result and a formula
}

// Rule keeps a decision: a result agreed in writing where nothing can be measured, a
// formula agreed for a booking without insights, a contested cause, management's word
// on it. Right: guarantee.remedy to contest, guarantee.decide for the rest.
func (s *Service) Rule(ctx context.Context, actor access.Actor, req RulingRequest) error {
	verb := access.Verb("guarantee.decide")
	if req.Kind == RulingCause {
		verb = "guarantee.remedy"
	}
	if err := actor.Require(verb, access.Owner{CampaignID: req.CampaignID}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		g, err := LoadGuarantee(ctx, tx, req.CampaignID)
		if err != nil {
			return err
		}
		if err := checkRuling(g, req); err != nil {
			return err
		}
		r := Ruling{CampaignID: req.CampaignID, BookingID: req.BookingID, Kind: req.Kind, Answer: req.Answer, Text: strings.TrimSpace(req.Text),
			ClientName: strings.TrimSpace(req.ClientName), ByID: actor.ID, By: actor.Name, At: tx.Now()}
		if err := insertRuling(ctx, tx, r); err != nil {
			return err
		}
		if err := audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: string(verb), Subject: "guarantee", ID: req.CampaignID + "/" + req.BookingID, Campaign: req.CampaignID,
			After: map[string]any{"kind": r.Kind, "answer": r.Answer, "client": r.ClientName}, Reason: r.Text}); err != nil {
			return err
		}
		return recordVerdicts(ctx, tx, req.CampaignID, "ruling."+r.Kind)
	})
}

// ContestCause marks the cause of a missed guarantee as contested by the delay ledger,
// in the change at hand (R6). A guarantee that is not missed, or contested already, stays.
func ContestCause(ctx context.Context, tx *db.Tx, campaignID, bookingID, words string) error {
	g, err := LoadGuarantee(ctx, tx, campaignID)
	if err != nil {
		return err
	}
	v, ok := g.verdict(bookingID)
	if !g.Given || !ok || v.State != Missed || g.CauseOf(bookingID).Contested {
		return nil
	}
	by := access.System()
	r := Ruling{CampaignID: campaignID, BookingID: bookingID, Kind: RulingCause, Text: words, ByID: by.ID, By: by.Name, At: tx.Now()}
	if err := insertRuling(ctx, tx, r); err != nil {
		return err
	}
	return audit.Record(ctx, tx, by.Who, audit.Entry{Verb: "guarantee.remedy", Subject: "guarantee", ID: campaignID + "/" + bookingID, Campaign: campaignID,
		After: map[string]any{"kind": r.Kind}, Reason: r.Text})
}

func checkRuling(g Guarantee, req RulingRequest) error {
	v, ok := g.verdict(req.BookingID)
	cause := g.CauseOf(req.BookingID)
	switch {
	case !g.Given || !ok && req.Kind != RulingFormula:
		return db.ErrNotFound
	case strings.TrimSpace(req.Text) == "":
		return ErrAgreeText
	case (req.Kind == RulingResult || req.Kind == RulingFormula) && strings.TrimSpace(req.ClientName) == "":
		return fault.Field("client_name", "guarantee.agree-client")
	}
	switch req.Kind {
	case RulingResult:
		if v.State != Unproven {
			return ErrAgreeNot
		}
		if s := State(req.Answer); s != Met && s != Missed {
			return ErrAgreeState
		}
	case RulingFormula:
		if !Formula(req.Answer).Known() {
			return ErrFormula
		}
	case RulingCause:
		if v.State != Missed || cause.Contested {
			return ErrNotMissed
		}
	case RulingOwed:
		if !cause.Contested || cause.Decided {
			return ErrRemedyDecided
		}
		if req.Answer != "yes" && req.Answer != "no" {
			return ErrAgreeState
		}
	default:
		return ErrAgreeState
	}
	return nil
}

func announceVerdict(ctx context.Context, tx *db.Tx, v VerdictVersion) error {
	return job.Enqueue(ctx, tx, GuaranteeDecided{v.CampaignID, v.BookingID, v.State, v.Number})
}
