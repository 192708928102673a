package api

import (
	"context"
	"net/http"
	"strings"

	"kolega/internal/access"
	"kolega/internal/billing"
	"kolega/internal/money"
)

type statementIn struct {
	Body struct {
		Name     string `json:"name" doc:"the file's name"`
		Account  string `json:"account" doc:"the agency's account, by name"`
		Currency string `json:"currency,omitempty" doc:"IDR when empty"`
		CSV      string `json:"csv" doc:"the bank's CSV as it was downloaded"`
	}
}

type statementOut struct {
	ID       string        `json:"id"`
	Account  string        `json:"account"`
	Currency string        `json:"currency"`
	From     string        `json:"from"`
	To       string        `json:"to"`
	In       int64         `json:"lines_in"`
	Known    int64         `json:"known"`
	Out      int64         `json:"lines_out"`
	Skipped  int64         `json:"skipped"`
	Lines    []bankLineOut `json:"lines,omitempty"`
}

type bankLineOut struct {
	ID        string     `json:"id"`
	On        string     `json:"on"`
	Amount    Amount     `json:"amount"`
	Text      string     `json:"text"`
	Open      bool       `json:"open"`
	ReceiptID string     `json:"receipt_id,omitempty"`
	AsideFor  string     `json:"set_aside_for,omitempty"`
	Guesses   []guessOut `json:"suggestions"`
}

type guessOut struct {
	ClientID   string   `json:"client_id"`
	InvoiceIDs []string `json:"invoice_ids"`
	Why        []string `json:"why"`
	Sure       bool     `json:"sure"`
}

func statementWire(x billing.Statement) statementOut {
	return statementOut{ID: x.ID, Account: x.Account, Currency: string(x.Currency), From: string(x.From), To: string(x.To), In: x.In, Known: x.Known, Out: x.Out, Skipped: x.Skipped}
}

func bankLineWire(l billing.LineFile) bankLineOut {
	return bankLineOut{l.ID, string(l.On), amount(l.Amount), l.Text, l.Open(), l.ReceiptID, l.AsideFor, list(l.Guesses, func(g billing.Guess) guessOut {
		return guessOut{g.ClientID, list(g.Lines, func(x billing.Line) string { return x.Invoice.ID }), list(g.Why, func(w billing.Why) string { return string(w) }), g.Sure()}
	})}
}

type confirmLineIn struct {
	ID
	Body struct {
		ClientID   string   `json:"client_id,omitempty"`
		InvoiceIDs []string `json:"invoice_ids,omitempty" doc:"what it pays, in this order; none: it stands as credit"`
		ReceiptID  string   `json:"receipt_id,omitempty" doc:"instead: the receipt that was typed for it before"`
		Again      bool     `json:"again,omitempty"`
	}
}

func registerStatements(a *API) {
	op(a, http.MethodPost, "/bank-statements", "receipt.enter", "Take a bank statement in; nothing is booked", func(ctx context.Context, actor access.Actor, in *statementIn) (statementOut, error) {
		b := in.Body
		x, err := a.Billing.TakeStatement(ctx, actor, billing.BringStatement{Name: b.Name, Account: b.Account, Currency: money.Currency(b.Currency), Body: strings.NewReader(b.CSV)})
		return statementWire(x), err
	})
	op(a, http.MethodGet, "/bank-statements", "invoice.see", "Bank statements, newest first", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[statementOut], error) {
		found, _, err := a.Billing.Statements(ctx, actor)
		return Page[statementOut]{Items: list(found, statementWire)}, err
	})
	op(a, http.MethodGet, "/bank-statements/{id}", "invoice.see", "A statement's money with suggested matches; \"open\" for what waits in all of them", func(ctx context.Context, actor access.Actor, in *ID) (statementOut, error) {
		f, err := a.Billing.Statement(ctx, actor, in.ID)
		out := statementWire(f.Statement)
		out.Lines = list(f.Lines, bankLineWire)
		return out, err
	})
	op(a, http.MethodPost, "/bank-lines/{id}/confirm", "receipt.enter", "Say whose money a line is", func(ctx context.Context, actor access.Actor, in *confirmLineIn) (receiptOut, error) {
		b := in.Body
		r, err := a.Billing.ConfirmLine(ctx, actor, billing.ConfirmLine{LineID: in.ID.ID, ClientID: b.ClientID, InvoiceIDs: b.InvoiceIDs, ReceiptID: b.ReceiptID, Again: b.Again})
		return receiptWire(r), err
	})
	op(a, http.MethodPost, "/bank-lines/{id}/set-aside", "receipt.enter", "Say that it is not a client's payment", func(ctx context.Context, actor access.Actor, in *becauseIn) (thingOut, error) {
		return thingOut{in.ID.ID}, a.Billing.SetLineAside(ctx, actor, in.ID.ID, in.Body.Reason)
	})
}
