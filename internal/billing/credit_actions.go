package billing

import (
	"context"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/ledger"
	"kolega/internal/money"
	"kolega/internal/result"
	"kolega/internal/worktime"
)

func recordCredit(ctx context.Context, tx *db.Tx, actor access.Actor, verb string, c CreditNote, reason string) error {
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: verb, Subject: "credit-note", ID: c.ID, Campaign: c.CampaignID, Client: c.ClientID, Reason: reason,
		After: map[string]any{"number": c.Number, "invoice": c.InvoiceID, "kind": c.Kind, "price": c.Totals.Price.String(), "total": c.Totals.Total.String()}})
}

// PrepareCredit asks management for a correction of an issued invoice; price is
// without tax. Faults: billing.credit-*, billing.reason.
func (s *Service) PrepareCredit(ctx context.Context, actor access.Actor, invoiceID string, price money.Amount, reason string) (c CreditNote, err error) {
	if err := actor.Require("credit.prepare", access.Owner{}); err != nil {
		return c, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		i, err := LoadInvoice(ctx, tx, invoiceID)
		if err != nil {
			return err
		}
		if strings.TrimSpace(reason) == "" {
			return ErrReason.At("reason")
		}
		o, err := OpenOf(ctx, tx, i)
		if err != nil {
			return err
		}
		rules, err := loadTaxRules(ctx, tx)
		if err != nil {
			return err
		}
		if c, err = Credit(rules, o, CreditCorrection, price); err != nil {
			return err
		}
		c.ID, c.Reason, c.MadeAt, c.MadeBy, c.Version = tx.NewID(), strings.TrimSpace(reason), tx.Now(), actor.ID, 1
		if err := insertCredit(ctx, tx, c, actor.Name); err != nil {
			return err
		}
		if err := job.Enqueue(ctx, tx, CreditPrepared{CreditNoteID: c.ID, ClientID: c.ClientID, CampaignID: c.CampaignID}); err != nil {
			return err
		}
		return recordCredit(ctx, tx, actor, "credit.prepare", c, reason)
	})
	return c, err
}

// ApproveCredit issues a prepared credit note by another person of management.
// The open balance counts as it is now. Faults: billing.credit-*.
func (s *Service) ApproveCredit(ctx context.Context, actor access.Actor, id string) (c CreditNote, err error) {
	if err := actor.Require("credit.approve", access.Owner{}); err != nil {
		return c, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if c, err = LoadCreditNote(ctx, tx, id); err != nil {
			return err
		}
		switch {
		case c.Issued() || !c.RefusedAt.IsZero():
			return ErrCreditDone
		case c.MadeBy == actor.ID:
			return ErrCreditSelf
		}
		house, err := access.LoadAgency(ctx, tx)
		if err != nil {
			return err
		}
		rules, err := loadTaxRules(ctx, tx)
		if err != nil {
			return err
		}
		i, err := LoadInvoice(ctx, tx, c.InvoiceID)
		if err != nil {
			return err
		}
		if c, err = s.issueCredit(ctx, tx, rules, c, i, actor.Name, today(tx, house.Zone)); err != nil {
			return err
		}
		return recordCredit(ctx, tx, actor, "credit.approve", c, "")
	})
	return c, err
}

// RefuseCredit closes a prepared credit note with a reason.
func (s *Service) RefuseCredit(ctx context.Context, actor access.Actor, id, reason string) error {
	if err := actor.Require("credit.approve", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		c, err := LoadCreditNote(ctx, tx, id)
		if err != nil {
			return err
		}
		if c.Issued() || !c.RefusedAt.IsZero() {
			return ErrCreditDone
		}
		if strings.TrimSpace(reason) == "" {
			return ErrReason.At("reason")
		}
		c.RefusedAt, c.RefusedFor = tx.Now(), strings.TrimSpace(reason)
		if err := saveCredit(ctx, tx, c); err != nil {
			return err
		}
		return recordCredit(ctx, tx, actor, "credit.refuse", c, reason)
	})
}

// issueCredit works the note out against the invoice as it stands, numbers it and
// posts it. A correction takes back revenue; a guarantee is a cost.
func (s *Service) issueCredit(ctx context.Context, tx *db.Tx, rules []TaxRule, c CreditNote, i Invoice, by string, day worktime.Date) (CreditNote, error) {
	o, err := OpenOf(ctx, tx, i)
	if err != nil {
		return c, err
	}
	worked, err := Credit(rules, o, c.Kind, c.Totals.Price)
	if err != nil {
		return c, err
	}
	c.InvoiceID, c.Totals, c.ToCredit, c.ToOpen = i.ID, worked.Totals, worked.ToCredit, worked.ToOpen
	if c.Number, c.Serial, err = takeNumber(ctx, tx, SeriesCredit, day); err != nil {
		return c, err
	}
	year, _, _ := day.Parts()
	c.Year, c.IssuedAt, c.IssuedOn, c.ApprovedBy = int64(year), tx.Now(), day, by
	against := ledger.Revenue
	if c.Kind == CreditGuarantee {
		against = ledger.GuaranteeCost
	}
	_, err = ledger.Post(ctx, tx, ledger.Entry{Cause: ledger.Cause{Kind: "credit-note", ID: c.ID, Step: "issued", At: tx.Now()}, CampaignID: c.CampaignID, ClientID: c.ClientID, Note: c.Number,
		Lines: []ledger.Line{ledger.Debit(against, c.Totals.Price, i.ID), ledger.Debit(ledger.PPNPayable, c.Totals.PPN, i.ID), ledger.Credit(ledger.Receivable, c.ToOpen, i.ID), ledger.Credit(ledger.ClientCredit, c.ToCredit, c.ID)}})
	if err != nil {
		return c, err
	}
	if err := saveCredit(ctx, tx, c); err != nil {
		return c, err
	}
	return c, job.Enqueue(ctx, tx, CreditIssued{CreditNoteID: c.ID, ClientID: c.ClientID, CampaignID: c.CampaignID}, job.Unique(c.ID))
}

// refund makes the credit notes of a refund that management approved: against
// the campaign's issued invoices, newest first. What no invoice carries yet waits
// and is taken off the next one. A remedy is refunded once.
func (s *Service) refund(ctx context.Context, e result.RefundChosen) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		done, err := ListCreditNotes(ctx, tx, CreditFilter{CauseID: e.RemedyID})
		if err != nil || len(done) > 0 {
			return err
		}
		c, err := campaign.LoadCampaign(ctx, tx, e.CampaignID)
		if err != nil {
			return err
		}
		house, err := access.LoadAgency(ctx, tx)
		if err != nil {
			return err
		}
		rules, err := loadTaxRules(ctx, tx)
		if err != nil {
			return err
		}
		invoices, err := ListInvoices(ctx, tx, InvoiceFilter{CampaignID: c.ID, Issued: true})
		if err != nil {
			return err
		}
		note := CreditNote{ClientID: c.ClientID, CampaignID: c.ID, Kind: CreditGuarantee, CauseID: e.RemedyID, Reason: "R6", MadeAt: tx.Now(), MadeBy: "guarantee"}
		left := e.Amount
		for _, i := range invoices {
			if left, err = s.refundOn(ctx, tx, rules, note, i, left, today(tx, house.Zone)); err != nil {
				return err
			}
		}
		if left.Sign() <= 0 {
			return nil
		}
		note.ID, note.Totals.Price = tx.NewID(), left
		zero := money.New(0, left.Currency)
		note.Totals.Base, note.Totals.PPN, note.Totals.Total, note.ToCredit, note.ToOpen = zero, zero, zero, zero, zero
		if err := insertCredit(ctx, tx, note, "Kolega"); err != nil {
			return err
		}
		return recordCredit(ctx, tx, access.System(), "credit.wait", note, "")
	})
}

// refundOn credits as much of left as one invoice still carries and gives the rest.
func (s *Service) refundOn(ctx context.Context, tx *db.Tx, rules []TaxRule, note CreditNote, i Invoice, left money.Amount, day worktime.Date) (money.Amount, error) {
	if left.Sign() <= 0 || i.Currency != left.Currency {
		return left, nil
	}
	before, err := ListCreditNotes(ctx, tx, CreditFilter{InvoiceID: i.ID})
	if err != nil {
		return left, err
	}
	room := i.Totals.Price
	for _, b := range before {
		if b.Issued() {
			if room, err = room.Sub(b.Totals.Price); err != nil {
				return left, err
			}
		}
	}
	take := left
	if room.Cmp(take) < 0 {
		take = room
	}
	if take.Sign() <= 0 {
		return left, nil
	}
	note.ID, note.Totals.Price, note.Version = tx.NewID(), take, 1
	zero := money.New(0, take.Currency)
	note.Totals.Base, note.Totals.PPN, note.Totals.Total, note.ToCredit, note.ToOpen = zero, zero, zero, zero, zero
	if err := insertCredit(ctx, tx, note, "Kolega"); err != nil {
		return left, err
	}
	note, err = s.issueCredit(ctx, tx, rules, note, i, "R6", day)
	if err != nil {
		return left, err
	}
	if err := recordCredit(ctx, tx, access.System(), "credit.approve", note, "R6"); err != nil {
		return left, err
	}
	return left.Sub(take)
}

// applyWaiting takes refunds that no invoice carried yet off a new one.
func (s *Service) applyWaiting(ctx context.Context, tx *db.Tx, rules []TaxRule, i Invoice, day worktime.Date) error {
	notes, err := ListCreditNotes(ctx, tx, CreditFilter{CampaignID: i.CampaignID})
	if err != nil {
		return err
	}
	for _, c := range notes {
		if c.InvoiceID != "" || c.Issued() || !c.RefusedAt.IsZero() || c.Totals.Price.Currency != i.Currency {
			continue
		}
		rest := money.New(0, i.Currency)
		if c.Totals.Price.Cmp(i.Totals.Price) > 0 {
			if rest, err = c.Totals.Price.Sub(i.Totals.Price); err != nil {
				return err
			}
			c.Totals.Price = i.Totals.Price
		}
		if c, err = s.issueCredit(ctx, tx, rules, c, i, "R6", day); err != nil {
			return err
		}
		if rest.Sign() <= 0 {
			return nil
		}
		next := CreditNote{ID: tx.NewID(), ClientID: c.ClientID, CampaignID: c.CampaignID, Kind: c.Kind, CauseID: c.CauseID, Reason: c.Reason, MadeAt: tx.Now(), MadeBy: c.MadeBy}
		zero := money.New(0, i.Currency)
		next.Totals = Totals{Price: rest, Base: zero, PPN: zero, Total: zero}
		next.ToCredit, next.ToOpen = zero, zero
		return insertCredit(ctx, tx, next, "Kolega")
	}
	return nil
}

// PayBackCredit records that a client's credit was paid back from an account;
// doc is the receipt or credit note whose credit it is. Faults:
// billing.match-credit, billing.receipt-account.
func (s *Service) PayBackCredit(ctx context.Context, actor access.Actor, clientID, doc string, amount money.Amount, account, reference string) error {
	if err := actor.Require("credit.approve", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		b, err := ledger.BalanceOf(ctx, tx, ledger.Filter{Account: ledger.ClientCredit, Doc: doc, ClientID: clientID})
		if err != nil {
			return err
		}
		left := b.Of(amount.Currency).Neg()
		switch {
		case amount.Sign() <= 0 || amount.Cmp(left) > 0:
			return ErrMatchCredit.With("left", left).At("amount")
		case strings.TrimSpace(account) == "":
			return ErrReceiptAccount.At("account")
		}
		id := tx.NewID()
		_, err = ledger.Post(ctx, tx, ledger.Entry{Cause: ledger.Cause{Kind: "client-refund", ID: id, Step: "paid", At: tx.Now()}, ClientID: clientID, Note: reference,
			Lines: []ledger.Line{ledger.Debit(ledger.ClientCredit, amount, doc), ledger.Credit(ledger.Cash(account), amount, doc)}})
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "credit.pay-back", Subject: "client-refund", ID: id, Client: clientID, After: map[string]any{"amount": amount.String(), "reference": reference}})
	})
}

// CreditNotes lists credit notes for staff, newest first.
func (s *Service) CreditNotes(ctx context.Context, actor access.Actor, f CreditFilter) (list []CreditNote, err error) {
	if err := actor.Require("invoice.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { list, err = ListCreditNotes(ctx, tx, f); return err })
	return list, err
}

// CreditNote shows one credit note to staff.
func (s *Service) CreditNote(ctx context.Context, actor access.Actor, id string) (c CreditNote, err error) {
	if err := actor.Require("invoice.see", access.Owner{}); err != nil {
		return c, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { c, err = LoadCreditNote(ctx, tx, id); return err })
	return c, err
}
