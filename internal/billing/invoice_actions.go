package billing

import (
	"context"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
	"kolega/internal/ledger"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// EditInvoice is what may change in a draft: an instalment's amounts may not.
type EditInvoice struct {
	PONumber    string
	PaymentDays int64
	Items       []Item // of a draft without instalment; else ignored
}

func recordInvoice(ctx context.Context, tx *db.Tx, actor access.Actor, verb string, i Invoice, before, after any, reason string) error {
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: verb, Subject: "invoice", ID: i.ID, Campaign: i.CampaignID, Client: i.ClientID, Before: before, After: after, Reason: reason})
}

// summary is what the trail keeps of an invoice.
func (i Invoice) summary() map[string]any {
	price, _ := i.Price()
	return map[string]any{"number": i.Number, "price": price.String(), "total": i.Totals.Total.String(), "due": i.Totals.Due.String(), "po": i.PONumber,
		"due_on": i.DueOn, "paused_until": i.PausedUntil, "payment_days": i.PaymentDays}
}

// DraftInvoice makes a draft that no instalment asks for, such as the price of a
// change request. Faults: form.invalid.
func (s *Service) DraftInvoice(ctx context.Context, actor access.Actor, campaignID string, items []Item) (i Invoice, err error) {
	if err := actor.Require("invoice.issue", access.Owner{}); err != nil {
		return i, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		c, err := campaign.LoadCampaign(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		of, err := client.LoadClient(ctx, tx, c.ClientID)
		if err != nil {
			return err
		}
		house, err := access.LoadAgency(ctx, tx)
		if err != nil {
			return err
		}
		i = Invoice{ID: tx.NewID(), ClientID: c.ClientID, CampaignID: c.ID, Currency: c.Currency, Lang: of.Lang, TaxCode: taxCodeOf(house, of, c.Currency),
			Withholds: of.WithholdsPPh23, PORequired: of.PORequired, Items: items, Buyer: buyerOf(of), Seller: sellerOf(house), PaymentDays: of.PaymentDays, MadeAt: tx.Now(), Version: 1}
		if err := checkItems(items, c.Currency); err != nil {
			return err
		}
		if err := insertInvoice(ctx, tx, i); err != nil {
			return err
		}
		return recordInvoice(ctx, tx, actor, "invoice.draft", i, nil, i.summary(), "")
	})
	return i, err
}

// taxCodeOf is the code that usually fits: PPN where the agency is PKP and the
// client at home, 0 % for a client abroad.
func taxCodeOf(house access.Agency, of client.Client, c money.Currency) TaxCode {
	switch {
	case !house.PKP:
		return TaxNone
	case of.Country != house.Country || c != money.CurrencyIDR:
		return TaxExport
	}
	return TaxPPN
}

func checkItems(items []Item, c money.Currency) error {
	f := fault.Fields{}
	if len(items) == 0 {
		f["item_0"] = ErrNoItem.Code
	}
	for n, it := range items {
		if strings.TrimSpace(it.Text) == "" {
			f["item_"+itoa(n)] = ErrItemText.Code
		}
		if it.Amount.Sign() <= 0 || it.Amount.Currency != c {
			f["amount_"+itoa(n)] = ErrItemZero.Code
		}
	}
	return f.Err()
}

// invoice loads, changes and saves one invoice and leaves its entry.
func (s *Service) invoice(ctx context.Context, actor access.Actor, verb access.Verb, id string, change func(*db.Tx, Invoice) (Invoice, string, error)) error {
	if err := actor.Require(verb, access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		before, err := LoadInvoice(ctx, tx, id)
		if err != nil {
			return err
		}
		after, reason, err := change(tx, before)
		if err != nil {
			return err
		}
		if err := saveInvoice(ctx, tx, after); err != nil {
			return err
		}
		return recordInvoice(ctx, tx, actor, string(verb), after, before.summary(), after.summary(), reason)
	})
}

// EditInvoice changes a draft. Faults: billing.issued, form.invalid.
func (s *Service) EditInvoice(ctx context.Context, actor access.Actor, id string, version int64, e EditInvoice) error {
	return s.invoice(ctx, actor, "invoice.issue", id, func(tx *db.Tx, i Invoice) (Invoice, string, error) {
		if i.Issued() {
			return i, "", ErrIssued.With("number", i.Number)
		}
		if e.PaymentDays < 0 || e.PaymentDays > 180 {
			return i, "", fault.Field("payment_days", "agreement.payment-days")
		}
		if i.AgreementID == "" && e.Items != nil {
			if err := checkItems(e.Items, i.Currency); err != nil {
				return i, "", err
			}
			i.Items = e.Items
		}
		i.PONumber, i.PaymentDays, i.Version = strings.TrimSpace(e.PONumber), e.PaymentDays, version
		return i, "", nil
	})
}

// DropInvoice takes a draft away that no instalment asks for.
func (s *Service) DropInvoice(ctx context.Context, actor access.Actor, id, reason string) error {
	return s.invoice(ctx, actor, "invoice.issue", id, func(tx *db.Tx, i Invoice) (Invoice, string, error) {
		switch {
		case i.Issued():
			return i, "", ErrIssued.With("number", i.Number)
		case i.AgreementID != "":
			return i, "", fault.New(fault.Conflict, "billing.instalment-draft")
		}
		i.DroppedAt = tx.Now()
		return i, reason, nil
	})
}

// IssueInvoice gives a draft its number and posts what the client owes. Names and
// addresses are taken as they are now and stay so. Issuing twice is refused, so a
// double click takes one number. Faults: billing.issued, billing.dropped,
// agreement.not-started, form.invalid with fields.
func (s *Service) IssueInvoice(ctx context.Context, actor access.Actor, id string) (i Invoice, err error) {
	err = s.invoice(ctx, actor, "invoice.issue", id, func(tx *db.Tx, before Invoice) (Invoice, string, error) {
		if i, err = s.issue(ctx, tx, actor, before); err != nil {
			return before, "", err
		}
		return i, "", nil
	})
	return i, err
}

func (s *Service) issue(ctx context.Context, tx *db.Tx, actor access.Actor, i Invoice) (Invoice, error) {
	house, err := access.LoadAgency(ctx, tx)
	if err != nil {
		return i, err
	}
	of, err := client.LoadClient(ctx, tx, i.ClientID)
	if err != nil {
		return i, err
	}
	i.Buyer, i.Seller, i.PORequired = buyerOf(of), sellerOf(house), of.PORequired
	if err := i.Ready(); err != nil {
		return i, err
	}
	if i.CampaignID == "" {
		return i, ErrNotStarted
	}
	rules, err := loadTaxRules(ctx, tx)
	if err != nil {
		return i, err
	}
	day := today(tx, house.Zone)
	number, serial, err := takeNumber(ctx, tx, SeriesInvoice, day)
	if err != nil {
		return i, err
	}
	if i, err = i.Issue(rules, number, serial, actor.ID, tx.Now(), day); err != nil {
		return i, err
	}
	_, err = ledger.Post(ctx, tx, ledger.Entry{Cause: ledger.Cause{Kind: "invoice", ID: i.ID, Step: "issued", At: tx.Now()}, CampaignID: i.CampaignID, ClientID: i.ClientID, Note: i.Number,
		Lines: []ledger.Line{ledger.Debit(ledger.Receivable, i.Totals.Total, i.ID), ledger.Credit(ledger.Revenue, i.Totals.Price, i.ID), ledger.Credit(ledger.PPNPayable, i.Totals.PPN, i.ID)}})
	if err != nil {
		return i, err
	}
	if err := s.applyWaiting(ctx, tx, rules, i, day); err != nil {
		return i, err
	}
	if err := keepBookRate(ctx, tx, i, house); err != nil {
		return i, err
	}
	return i, job.Enqueue(ctx, tx, InvoiceIssued{InvoiceID: i.ID, ClientID: i.ClientID, CampaignID: i.CampaignID}, job.Unique(i.ID))
}

// PauseReminders lets the reminders of an invoice rest until a day, or wakes them
// when the day is empty.
func (s *Service) PauseReminders(ctx context.Context, actor access.Actor, id string, until worktime.Date, reason string) error {
	return s.invoice(ctx, actor, "invoice.issue", id, func(tx *db.Tx, i Invoice) (Invoice, string, error) {
		if until != "" && (!until.Valid() || strings.TrimSpace(reason) == "") {
			return i, "", ErrReason.At("reason")
		}
		i.PausedUntil, i.PauseReason = until, strings.TrimSpace(reason)
		return i, reason, nil
	})
}

// RecordReminder keeps that a person reminded the client, and what was promised.
func (s *Service) RecordReminder(ctx context.Context, actor access.Actor, id string, r Sent) error {
	if err := actor.Require("invoice.see", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		i, err := LoadInvoice(ctx, tx, id)
		if err != nil {
			return err
		}
		if !i.Issued() {
			return ErrNotIssued
		}
		r.ID, r.InvoiceID, r.At, r.By = tx.NewID(), id, db.At(tx.Now()), actor.Name
		if err := insertSent(ctx, tx, r); err != nil {
			return err
		}
		return recordInvoice(ctx, tx, actor, "invoice.remind", i, nil, map[string]any{"step": r.Step, "via": r.Via, "promise": r.PromiseOn}, r.Note)
	})
}

// File is an invoice with all that happened to it.
type File struct {
	Open
	Client    client.Client
	Contact   client.Contact // the decider, for reminders; zero when unknown
	Campaign  campaign.Campaign
	Matches   []Match
	Receipts  map[string]Receipt
	Credits   []CreditNote
	Sent      []Sent
	Preview   Totals // of a draft, as if issued today
	Reminder  Reminder
	HasRemind bool
	Rate      BookRate // of an invoice in another currency than the agency's own
}

// Invoice shows an invoice to staff.
func (s *Service) Invoice(ctx context.Context, actor access.Actor, id string) (f File, err error) {
	if err := actor.Require("invoice.see", access.Owner{}); err != nil {
		return f, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { f, err = loadFile(ctx, tx, id); return err })
	return f, err
}

func loadFile(ctx context.Context, tx *db.Tx, id string) (f File, err error) {
	i, err := LoadInvoice(ctx, tx, id)
	if err != nil {
		return f, err
	}
	if f.Open, err = OpenOf(ctx, tx, i); err != nil {
		return f, err
	}
	if f.Client, err = client.LoadClient(ctx, tx, i.ClientID); err != nil {
		return f, err
	}
	if i.CampaignID != "" {
		if f.Campaign, err = campaign.LoadCampaign(ctx, tx, i.CampaignID); err != nil {
			return f, err
		}
		if f.Campaign.DeciderID != "" {
			if f.Contact, err = client.LoadContact(ctx, tx, f.Campaign.DeciderID); err != nil {
				return f, err
			}
		}
	}
	if f.Matches, err = listMatches(ctx, tx, "invoice_id = $1", id); err != nil {
		return f, err
	}
	f.Receipts = map[string]Receipt{}
	for _, m := range f.Matches {
		if f.Receipts[m.ReceiptID], err = LoadReceipt(ctx, tx, m.ReceiptID); err != nil {
			return f, err
		}
	}
	if f.Credits, err = ListCreditNotes(ctx, tx, CreditFilter{InvoiceID: id}); err != nil {
		return f, err
	}
	if f.Sent, err = listSent(ctx, tx, id); err != nil {
		return f, err
	}
	if !i.Issued() {
		return f, f.preview(ctx, tx)
	}
	if f.Rate, err = loadBookRate(ctx, tx, id); err != nil {
		return f, err
	}
	return f, f.remind(ctx, tx)
}

func (f *File) preview(ctx context.Context, tx *db.Tx) error {
	house, err := access.LoadAgency(ctx, tx)
	if err != nil {
		return err
	}
	rules, err := loadTaxRules(ctx, tx)
	if err != nil {
		return err
	}
	price, err := f.Invoice.Price()
	if err != nil {
		return err
	}
	f.Preview, err = Reckon(rules, price, f.Invoice.TaxCode, f.Invoice.Withholds, today(tx, house.Zone))
	return err
}

func (f *File) remind(ctx context.Context, tx *db.Tx) error {
	cal, err := country.Calendar(ctx, tx, f.Client.Country, f.Client.Zone)
	if err != nil {
		return err
	}
	steps := []int{}
	for _, s := range f.Sent {
		steps = append(steps, s.Step)
	}
	f.Reminder, f.HasRemind = NextReminder(f.Open, steps, tx.Now(), cal)
	return nil
}

// Line is an invoice in a list, with the names around it.
type Line struct {
	Open
	ClientName   string
	CampaignName string
}

// Invoices lists invoices for staff, newest first, with what is open on each.
func (s *Service) Invoices(ctx context.Context, actor access.Actor, f InvoiceFilter) (out []Line, err error) {
	if err := actor.Require("invoice.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list, err := ListInvoices(ctx, tx, f)
		if err != nil {
			return err
		}
		opened, err := opens(ctx, tx, list)
		if err != nil {
			return err
		}
		out, err = named(ctx, tx, opened)
		return err
	})
	return out, err
}

// named adds the names of client and campaign.
func named(ctx context.Context, tx *db.Tx, opened []Open) ([]Line, error) {
	clients, campaigns := map[string]string{}, map[string]string{"": ""}
	out := make([]Line, len(opened))
	for n, o := range opened {
		id, cid := o.Invoice.ClientID, o.Invoice.CampaignID
		if _, ok := clients[id]; !ok {
			c, err := client.LoadClient(ctx, tx, id)
			if err != nil {
				return nil, err
			}
			clients[id] = c.Name
		}
		if _, ok := campaigns[cid]; !ok {
			name, err := campaign.NameOf(ctx, tx, cid)
			if err != nil {
				return nil, err
			}
			campaigns[cid] = name
		}
		out[n] = Line{Open: o, ClientName: clients[id], CampaignName: campaigns[cid]}
	}
	return out, nil
}

// Ageing is what one client owes in one currency, by how late it is.
type Ageing struct {
	ClientID   string
	ClientName string
	Currency   money.Currency
	By         [5]money.Amount // indexed by Age
	Total      money.Amount
	Credit     money.Amount // money of theirs that is not matched
	Lines      []Line
}

// Receivables lists who owes what, the largest overdue first, and the
// withholdings whose proof is still owed.
func (s *Service) Receivables(ctx context.Context, actor access.Actor) (list []Ageing, slips []Slip, err error) {
	if err := actor.Require("invoice.see", access.Owner{}); err != nil {
		return nil, nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		house, err := access.LoadAgency(ctx, tx)
		if err != nil {
			return err
		}
		opened, err := OpenInvoices(ctx, tx, "", "")
		if err != nil {
			return err
		}
		lines, err := named(ctx, tx, opened)
		if err != nil {
			return err
		}
		if list, err = ageing(lines, today(tx, house.Zone)); err != nil {
			return err
		}
		credits, err := ledger.Clients(ctx, tx, ledger.Filter{Account: ledger.ClientCredit})
		if err != nil {
			return err
		}
		for n := range list {
			list[n].Credit = money.New(0, list[n].Currency)
			for _, c := range credits {
				if c.Key == list[n].ClientID && c.Amount.Currency == list[n].Currency {
					list[n].Credit = c.Amount.Neg()
				}
			}
		}
		slips, err = OpenSlips(ctx, tx)
		return err
	})
	return list, slips, err
}

// OpenFor names what keeps a campaign's books from closing: unissued drafts,
// unfired instalments, open invoices, waiting credit notes, owed slips.
func OpenFor(ctx context.Context, tx *db.Tx, campaignID string) ([]string, error) {
	var out []string
	for _, q := range []struct{ code, text string }{
		{"billing.open.draft", `SELECT COUNT(*) FROM invoice WHERE campaign_id = $1 AND issued_at IS NULL AND dropped_at IS NULL`},
		{"billing.open.instalment", `SELECT COUNT(*) FROM instalment n JOIN agreement a ON a.id = n.agreement_id WHERE (a.campaign_id = $1 OR a.signed_at IS NOT NULL AND a.parent_id IN
			(SELECT id FROM agreement WHERE campaign_id = $1)) AND n.fired_at IS NULL AND NOT EXISTS (SELECT 1 FROM agreement_call_off o WHERE o.agreement_id = COALESCE(a.parent_id, a.id))`},
		{"billing.open.invoice", `SELECT COUNT(*) FROM invoice i WHERE i.campaign_id = $1 AND i.issued_at IS NOT NULL AND
			(SELECT COALESCE(SUM(amount_minor), 0) FROM ledger_line WHERE doc_id = i.id AND account = 'receivable') <> 0`},
		{"billing.open.credit", `SELECT COUNT(*) FROM credit_note WHERE campaign_id = $1 AND issued_at IS NULL AND refused_at IS NULL`},
		{"billing.open.slip", `SELECT COUNT(*) FROM receipt_match m JOIN invoice i ON i.id = m.invoice_id WHERE i.campaign_id = $1 AND m.withheld_minor > 0 AND m.slip_number = '' AND m.reversed_at IS NULL`},
	} {
		var n int64
		if err := tx.QueryRow(ctx, q.text, campaignID).Scan(&n); err != nil {
			return nil, err
		}
		if n > 0 {
			out = append(out, q.code)
		}
	}
	return out, nil
}

// Today is the agency's own day, for forms and lists.
func (s *Service) Today(ctx context.Context) (day worktime.Date, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		house, err := access.LoadAgency(ctx, tx)
		day = today(tx, house.Zone)
		return err
	})
	return day, err
}

// Now is the present instant as changes see it.
func (s *Service) Now() time.Time { return s.db.Now() }
