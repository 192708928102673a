package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/billing"
	"kolega/internal/ledger"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

type invoiceOut struct {
	ID          string     `json:"id"`
	Number      string     `json:"number,omitempty"`
	ClientID    string     `json:"client_id"`
	CampaignID  string     `json:"campaign_id,omitempty"`
	AgreementID string     `json:"agreement_id,omitempty"`
	Price       Amount     `json:"price"`
	TaxBase     Amount     `json:"tax_base"`
	PPN         Amount     `json:"ppn"`
	Total       Amount     `json:"total"`
	Withheld    Amount     `json:"pph23"`
	Due         Amount     `json:"due"`
	Balance     Amount     `json:"balance"`
	IssuedAt    *time.Time `json:"issued_at"`
	DueOn       string     `json:"due_on,omitempty"`
	Version     int64      `json:"version"`
}

func invoiceWire(o billing.Open) invoiceOut {
	i, t := o.Invoice, o.Invoice.Totals
	if !i.Issued() {
		t.Price, _ = i.Price()
	}
	return invoiceOut{i.ID, i.Number, i.ClientID, i.CampaignID, i.AgreementID, amount(t.Price), amount(t.Base), amount(t.PPN), amount(t.Total), amount(t.Withheld), amount(t.Due), amount(o.Balance), instant(i.IssuedAt), string(i.DueOn), i.Version}
}

// roomInvoiceOut is an invoice as its client sees it.
type roomInvoiceOut struct {
	ID       string `json:"id"`
	Number   string `json:"number"`
	Total    Amount `json:"total"`
	Withheld Amount `json:"pph23"`
	Due      Amount `json:"due"`
	Balance  Amount `json:"balance"`
	DueOn    string `json:"due_on"`
}

type invoicesIn struct {
	PageIn
	ClientID   string `query:"client_id"`
	CampaignID string `query:"campaign_id"`
}

type editInvoiceIn struct {
	ID
	Body struct {
		PONumber    string `json:"po_number"`
		PaymentDays int64  `json:"payment_days"`
		Version     int64  `json:"version"`
	}
}

// ReceiptIn is money that came.
type ReceiptIn struct {
	ClientID   string `json:"client_id"`
	On         string `json:"received_on"`
	Amount     Amount `json:"amount"`
	Into       string `json:"into,omitempty" doc:"currency of the invoices, when another"`
	Rate       string `json:"rate,omitempty"`
	RateSource string `json:"rate_source,omitempty"`
	Account    string `json:"account"`
	Reference  string `json:"reference,omitempty"`
	Payer      string `json:"payer,omitempty"`
	Again      bool   `json:"again,omitempty"`
}

type newReceiptIn struct{ Body ReceiptIn }

type receiptOut struct {
	ID         string     `json:"id"`
	Number     string     `json:"number"`
	ClientID   string     `json:"client_id"`
	On         string     `json:"received_on"`
	Amount     Amount     `json:"amount"`
	Left       *Amount    `json:"left,omitempty"`
	ReversedAt *time.Time `json:"reversed_at"`
}

func receiptWire(r billing.Receipt) receiptOut {
	return receiptOut{r.ID, r.Number, r.ClientID, string(r.On), amount(r.Amount), nil, instant(r.ReversedAt)}
}

type matchIn struct {
	ID
	Body struct {
		InvoiceID  string `json:"invoice_id"`
		Cash       int64  `json:"cash" doc:"minor units of the invoice's currency"`
		Charge     int64  `json:"charge,omitempty"`
		Withheld   int64  `json:"pph23,omitempty"`
		SlipNumber string `json:"slip_number,omitempty"`
	}
}

type becauseIn struct {
	ID
	Body struct {
		Reason string `json:"reason"`
	}
}

type slipIn struct {
	Match string `path:"match"`
	Body  struct {
		Number string `json:"number"`
		On     string `json:"on,omitempty"`
	}
}

type creditIn struct {
	ID
	Body struct {
		Price  Amount `json:"price"`
		Reason string `json:"reason"`
	}
}

type creditOut struct {
	ID        string     `json:"id"`
	Number    string     `json:"number,omitempty"`
	InvoiceID string     `json:"invoice_id,omitempty"`
	Kind      string     `json:"kind"`
	Price     Amount     `json:"price"`
	Total     Amount     `json:"total"`
	IssuedAt  *time.Time `json:"issued_at"`
}

func creditWire(c billing.CreditNote) creditOut {
	return creditOut{c.ID, c.Number, c.InvoiceID, string(c.Kind), amount(c.Totals.Price), amount(c.Totals.Total), instant(c.IssuedAt)}
}

type entryOut struct {
	ID       string    `json:"id"`
	At       time.Time `json:"at"`
	Cause    string    `json:"cause"`
	CauseID  string    `json:"cause_id"`
	Step     string    `json:"step"`
	Reverses string    `json:"reverses,omitempty"`
	Note     string    `json:"note,omitempty"`
	Lines    []lineOut `json:"lines"`
}

type lineOut struct {
	Account string `json:"account"`
	Amount  Amount `json:"amount" doc:"debit positive, credit negative"`
	Doc     string `json:"doc,omitempty"`
}

func entryWire(e ledger.Entry) entryOut {
	return entryOut{e.ID, e.At.UTC(), e.Cause.Kind, e.Cause.ID, e.Cause.Step, e.Reverses, e.Note, list(e.Lines, func(l ledger.Line) lineOut { return lineOut{string(l.Account), amount(l.Amount), l.Doc} })}
}

type entriesIn struct {
	PageIn
	Account    string `query:"account"`
	CampaignID string `query:"campaign_id"`
	Doc        string `query:"doc"`
}

func registerInvoices(a *API) {
	op(a, http.MethodGet, "/invoices", "invoice.see", "Invoices and drafts, newest first", a.listInvoices)
	op(a, http.MethodGet, "/invoices/{id}", "invoice.see", "An invoice", a.showInvoice)
	op(a, http.MethodPut, "/invoices/{id}", "invoice.issue", "Change a draft", func(ctx context.Context, actor access.Actor, in *editInvoiceIn) (invoiceOut, error) {
		if err := a.Billing.EditInvoice(ctx, actor, in.ID.ID, in.Body.Version, billing.EditInvoice{PONumber: in.Body.PONumber, PaymentDays: in.Body.PaymentDays}); err != nil {
			return invoiceOut{}, err
		}
		return a.showInvoice(ctx, actor, &in.ID)
	})
	op(a, http.MethodPost, "/invoices/{id}/issue", "invoice.issue", "Issue it with the next number", func(ctx context.Context, actor access.Actor, in *ID) (invoiceOut, error) {
		if _, err := a.Billing.IssueInvoice(ctx, actor, in.ID); err != nil {
			return invoiceOut{}, err
		}
		return a.showInvoice(ctx, actor, in)
	})
	op(a, http.MethodPost, "/invoices/{id}/credit-notes", "credit.prepare", "Ask for a credit note", func(ctx context.Context, actor access.Actor, in *creditIn) (creditOut, error) {
		c, err := a.Billing.PrepareCredit(ctx, actor, in.ID.ID, in.Body.Price.money(), in.Body.Reason)
		return creditWire(c), err
	})
	op(a, http.MethodGet, "/credit-notes", "invoice.see", "Credit notes, newest first", func(ctx context.Context, actor access.Actor, in *invoicesIn) (Page[creditOut], error) {
		found, err := a.Billing.CreditNotes(ctx, actor, billing.CreditFilter{ClientID: in.ClientID, CampaignID: in.CampaignID, After: in.After, Limit: in.Limit})
		return Page[creditOut]{Items: list(found, creditWire)}, err
	})
	op(a, http.MethodPost, "/credit-notes/{id}/approve", "credit.approve", "Approve and issue it", func(ctx context.Context, actor access.Actor, in *ID) (creditOut, error) {
		c, err := a.Billing.ApproveCredit(ctx, actor, in.ID)
		return creditWire(c), err
	})
	op(a, http.MethodGet, "/my-invoices", "invoice.read", "The invoices of a client's room", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[roomInvoiceOut], error) {
		found, err := a.Billing.RoomInvoices(ctx, actor)
		return Page[roomInvoiceOut]{Items: list(found, func(i billing.RoomInvoice) roomInvoiceOut {
			return roomInvoiceOut{i.ID, i.Number, amount(i.Total), amount(i.Withheld), amount(i.Due), amount(i.Balance), string(i.DueOn)}
		})}, err
	})
	registerReceipts(a)
	registerStatements(a)
	registerBooks(a)
	registerRates(a)
	op(a, http.MethodGet, "/ledger-entries", "ledger.see", "Entries of the ledger, newest first", func(ctx context.Context, actor access.Actor, in *entriesIn) (Page[entryOut], error) {
		found, err := a.Ledger.Entries(ctx, actor, ledger.Filter{Account: ledger.Account(in.Account), CampaignID: in.CampaignID, Doc: in.Doc}, in.After, in.Limit)
		p := Page[entryOut]{Items: list(found, entryWire)}
		if n := len(found); n > 0 && n == in.Limit {
			p.Next = found[n-1].ID
		}
		return p, err
	})
}

func registerReceipts(a *API) {
	op(a, http.MethodGet, "/receipts", "invoice.see", "Receipts, newest first", func(ctx context.Context, actor access.Actor, in *invoicesIn) (Page[receiptOut], error) {
		found, err := a.Billing.Receipts(ctx, actor, in.ClientID, in.After, in.Limit)
		return Page[receiptOut]{Items: list(found, func(r billing.ReceiptLine) receiptOut {
			out, left := receiptWire(r.Receipt), amount(r.Left)
			out.Left = &left
			return out
		})}, err
	})
	op(a, http.MethodPost, "/receipts", "receipt.enter", "Enter money that came", func(ctx context.Context, actor access.Actor, in *newReceiptIn) (receiptOut, error) {
		b := in.Body
		r, err := a.Billing.EnterReceipt(ctx, actor, billing.EnterReceipt{ClientID: b.ClientID, On: worktime.Date(b.On), Amount: b.Amount.money(), Into: money.Currency(b.Into), Rate: b.Rate, RateSource: b.RateSource, Account: b.Account, Reference: b.Reference, Payer: b.Payer, Again: b.Again})
		return receiptWire(r), err
	})
	op(a, http.MethodPost, "/receipts/{id}/matches", "receipt.enter", "Give part of it to an invoice", a.matchReceipt)
	op(a, http.MethodPost, "/receipts/{id}/reverse", "receipt.enter", "Take it back with its matches", func(ctx context.Context, actor access.Actor, in *becauseIn) (thingOut, error) {
		return thingOut{in.ID.ID}, a.Billing.ReverseReceipt(ctx, actor, in.ID.ID, in.Body.Reason)
	})
	op(a, http.MethodPost, "/receipt-matches/{match}/slip", "receipt.enter", "Record the withholding slip", func(ctx context.Context, actor access.Actor, in *slipIn) (thingOut, error) {
		return thingOut{in.Match}, a.Billing.RecordSlip(ctx, actor, in.Match, in.Body.Number, worktime.Date(in.Body.On))
	})
}

func (a *API) matchReceipt(ctx context.Context, actor access.Actor, in *matchIn) (thingOut, error) {
	f, err := a.Billing.Receipt(ctx, actor, in.ID.ID)
	if err != nil {
		return thingOut{}, err
	}
	b, c := in.Body, f.Value.Currency
	m, err := a.Billing.MatchReceipt(ctx, actor, billing.Match{ReceiptID: in.ID.ID, InvoiceID: b.InvoiceID, Cash: money.New(b.Cash, c), Charge: money.New(b.Charge, c), Withheld: money.New(b.Withheld, c), SlipNumber: b.SlipNumber})
	return thingOut{m.ID}, err
}

func (a *API) listInvoices(ctx context.Context, actor access.Actor, in *invoicesIn) (Page[invoiceOut], error) {
	found, err := a.Billing.Invoices(ctx, actor, billing.InvoiceFilter{ClientID: in.ClientID, CampaignID: in.CampaignID, After: in.After, Limit: in.Limit})
	p := Page[invoiceOut]{Items: list(found, func(l billing.Line) invoiceOut { return invoiceWire(l.Open) })}
	if n := len(found); n > 0 && n == in.Limit {
		p.Next = found[n-1].Invoice.ID
	}
	return p, err
}

func (a *API) showInvoice(ctx context.Context, actor access.Actor, in *ID) (invoiceOut, error) {
	f, err := a.Billing.Invoice(ctx, actor, in.ID)
	return invoiceWire(f.Open), err
}
