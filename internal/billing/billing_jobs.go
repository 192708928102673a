package billing

import (
	"context"
	"errors"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/result"
)

// AgreementOffered: a paper waits for the contact's signature.
type AgreementOffered struct{ AgreementID, ClientID string }

// Kind names the event.
func (AgreementOffered) Kind() string { return "billing.agreement-offered" }

// AgreementSigned: both parties are bound; a campaign can begin.
type AgreementSigned struct{ AgreementID, ClientID string }

// Kind names the event.
func (AgreementSigned) Kind() string { return "billing.agreement-signed" }

// InstalmentDue is kept until the day of an instalment with a fixed day.
type InstalmentDue struct{ AgreementID string }

// Kind names the job.
func (InstalmentDue) Kind() string { return "billing.instalment-due" }

// InvoiceDrafted: a fired instalment waits for finance to issue its invoice.
type InvoiceDrafted struct{ InvoiceID, ClientID, CampaignID string }

// Kind names the event.
func (InvoiceDrafted) Kind() string { return "billing.invoice-drafted" }

// InvoiceIssued: a client owes money.
type InvoiceIssued struct{ InvoiceID, ClientID, CampaignID string }

// Kind names the event.
func (InvoiceIssued) Kind() string { return "billing.invoice-issued" }

// InvoicePaid: an invoice is even.
type InvoicePaid struct{ InvoiceID, ClientID, CampaignID string }

// Kind names the event.
func (InvoicePaid) Kind() string { return "billing.invoice-paid" }

// CreditPrepared: a credit note waits for management.
type CreditPrepared struct{ CreditNoteID, ClientID, CampaignID string }

// Kind names the event.
func (CreditPrepared) Kind() string { return "billing.credit-prepared" }

// CreditIssued: an invoice was corrected.
type CreditIssued struct{ CreditNoteID, ClientID, CampaignID string }

// Kind names the event.
func (CreditIssued) Kind() string { return "billing.credit-issued" }

// Work registers the workers that listen to lower slices and to days.
func (s *Service) Work(r *job.Registry) {
	job.On(r, "billing", func(ctx context.Context, e campaign.KickedOff) error {
		return s.db.Write(ctx, func(tx *db.Tx) error { return Fire(ctx, tx, e.CampaignID, OnKickoff) })
	})
	job.On(r, "billing", func(ctx context.Context, e result.AllPosted) error {
		return s.db.Write(ctx, func(tx *db.Tx) error { return Fire(ctx, tx, e.CampaignID, OnAllPosted) })
	})
	job.On(r, "billing", func(ctx context.Context, e InstalmentDue) error {
		return s.db.Write(ctx, func(tx *db.Tx) error {
			a, err := LoadAgreement(ctx, tx, e.AgreementID)
			if err != nil {
				return err
			}
			return fire(ctx, tx, a, OnDate)
		})
	})
	job.On(r, "billing", s.refund)
	job.On(r, "billing", s.waits)
	job.On(r, "billing", s.slipOwed)
}

// Fire makes the invoice drafts of the instalments that a fact of the campaign
// makes due. It may be called any number of times for one fact: an instalment
// fires once. A campaign without an agreement has none.
func Fire(ctx context.Context, tx *db.Tx, campaignID string, t Trigger) error {
	a, err := AgreementOf(ctx, tx, campaignID)
	if errors.Is(err, db.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	added, err := Addenda(ctx, tx, a.ID)
	if err != nil {
		return err
	}
	for _, x := range append([]Agreement{a}, added...) {
		if err := fire(ctx, tx, x, t); err != nil {
			return err
		}
	}
	return nil
}

// fire drafts an invoice for each instalment that the trigger makes due now.
func fire(ctx context.Context, tx *db.Tx, a Agreement, t Trigger) error {
	if a.SignedAt.IsZero() || a.CalledOff != nil {
		return nil
	}
	house, err := access.LoadAgency(ctx, tx)
	if err != nil {
		return err
	}
	of, err := client.LoadClient(ctx, tx, a.ClientID)
	if err != nil {
		return err
	}
	for _, in := range Fired(a.Plan, t, today(tx, house.Zone)) {
		inv := draftFor(a, in, of, house)
		inv.ID, inv.MadeAt = tx.NewID(), tx.Now()
		if err := insertInvoice(ctx, tx, inv); err != nil {
			return err
		}
		ok, err := fireInstalment(ctx, tx, in, inv.ID)
		if err != nil {
			return err
		}
		if !ok {
			return db.ErrChanged // another change fired it: nothing of this one is kept
		}
		if err := job.Enqueue(ctx, tx, InvoiceDrafted{InvoiceID: inv.ID, ClientID: a.ClientID, CampaignID: a.CampaignID}, job.Unique(inv.ID)); err != nil {
			return err
		}
		if err := recordInvoice(ctx, tx, access.System(), "invoice.draft", inv, nil, inv.summary(), string(t)); err != nil {
			return err
		}
	}
	return nil
}

// draftFor is the invoice of an instalment, with both parties as they are now.
func draftFor(a Agreement, in Instalment, of client.Client, house access.Agency) Invoice {
	text := in.Label
	if text == "" {
		text = a.Title
	}
	note := ""
	if in.ShareBp > 0 {
		note = a.Number
	}
	return Invoice{ClientID: a.ClientID, CampaignID: a.CampaignID, AgreementID: a.ID, InstalmentID: in.ID, Currency: a.Value.Currency, Lang: a.Lang,
		TaxCode: a.TaxCode, Withholds: a.Withholds, PORequired: of.PORequired, PONumber: a.ClientRef,
		Items: []Item{{Text: text, Note: note, Amount: in.Amount}}, Buyer: buyerOf(of), Seller: sellerOf(house), PaymentDays: a.PaymentDays}
}

func buyerOf(c client.Client) Party {
	name := c.LegalName
	if name == "" {
		name = c.Name
	}
	return Party{Name: name, Address: c.Address, TaxID: c.TaxID}
}

func sellerOf(a access.Agency) Seller {
	name := a.LegalName
	if name == "" {
		name = a.Name
	}
	return Seller{Party: Party{Name: name, Address: a.Address, TaxID: a.TaxID, Person: a.Signer}, Email: a.Email, Phone: a.Phone,
		Bank: a.BankName, Account: a.BankNo, AccountName: a.BankOwner, Taxed: a.PKP}
}
