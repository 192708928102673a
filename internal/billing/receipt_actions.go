package billing

import (
	"context"
	"errors"
	"slices"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/exchange"
	"kolega/internal/fault"
	"kolega/internal/job"
	"kolega/internal/ledger"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// EnterReceipt is money that came in as finance types it.
type EnterReceipt struct {
	ClientID   string
	On         worktime.Date
	Amount     money.Amount
	Into       money.Currency // of the invoices it is for; empty: the amount's own
	Rate       string         // of one unit of Amount in Into
	RateSource string
	Account    string
	Reference  string
	Payer      string
	Again      bool // it is not the same money as an earlier receipt that looks alike
}

func recordReceipt(ctx context.Context, tx *db.Tx, actor access.Actor, verb string, r Receipt, campaignID string, after any, reason string) error {
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: verb, Subject: "receipt", ID: r.ID, Campaign: campaignID, Client: r.ClientID, After: after, Reason: reason})
}

// EnterReceipt records money that came. It stands as the client's credit until a
// person matches it. Faults: form.invalid with fields, billing.receipt-twice,
// money.rate.
func (s *Service) EnterReceipt(ctx context.Context, actor access.Actor, e EnterReceipt) (r Receipt, err error) {
	if err := actor.Require("receipt.enter", access.Owner{}); err != nil {
		return r, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error { r, err = enterReceipt(ctx, tx, actor, e); return err })
	return r, err
}

func enterReceipt(ctx context.Context, tx *db.Tx, actor access.Actor, e EnterReceipt) (r Receipt, err error) {
	house, err := access.LoadAgency(ctx, tx)
	if err != nil {
		return r, err
	}
	if _, err := client.LoadClient(ctx, tx, e.ClientID); err != nil {
		return r, fault.Field("client_id", "agreement.client")
	}
	if e, err = e.withRate(ctx, tx); err != nil {
		return r, err
	}
	if r, err = e.receipt(); err != nil {
		return r, err
	}
	if err := r.Check(today(tx, house.Zone)); err != nil {
		return r, err
	}
	twin, err := sameReceipt(ctx, tx, r)
	switch {
	case err == nil && !e.Again:
		return r, ErrReceiptTwice.With("number", twin.Number)
	case err != nil && !errors.Is(err, db.ErrNotFound):
		return r, err
	}
	if r.Number, _, err = takeNumber(ctx, tx, SeriesReceipt, today(tx, house.Zone)); err != nil {
		return r, err
	}
	r.ID, r.MadeAt, r.MadeBy, r.Version = tx.NewID(), tx.Now(), actor.Name, 1
	if err := insertReceipt(ctx, tx, r); err != nil {
		return r, err
	}
	if err := postReceipt(ctx, tx, r, house.Zone); err != nil {
		return r, err
	}
	return r, recordReceipt(ctx, tx, actor, "receipt.enter", r, "", map[string]any{"number": r.Number, "amount": r.Amount.String(), "on": r.On, "reference": r.Reference}, "")
}

// withRate takes the rate on record for the receipt's day where a person named none; the
// receipt keeps rate, source and day as they were.
func (e EnterReceipt) withRate(ctx context.Context, tx *db.Tx) (EnterReceipt, error) {
	if e.Into == "" || e.Into == e.Amount.Currency || strings.TrimSpace(e.Rate) != "" || !e.On.Valid() {
		return e, nil
	}
	f, ok, err := exchange.RateOn(ctx, tx, e.Amount.Currency, e.Into, e.On)
	if ok {
		e.Rate, e.RateSource = f.Rate, f.Named()
	}
	return e, err
}

// receipt works out the value in the invoices' currency.
func (e EnterReceipt) receipt() (Receipt, error) {
	r := Receipt{ClientID: e.ClientID, On: e.On, Amount: e.Amount, Value: e.Amount, RateSource: strings.TrimSpace(e.RateSource),
		Account: strings.TrimSpace(e.Account), Reference: strings.TrimSpace(e.Reference), Payer: strings.TrimSpace(e.Payer)}
	if e.Into == "" || e.Into == e.Amount.Currency {
		return r, nil
	}
	r.Value, r.Rate = money.New(0, e.Into), strings.TrimSpace(e.Rate)
	if r.Rate == "" {
		return r, nil
	}
	rate, err := money.ParseRate(r.Rate, e.Amount.Currency, e.Into, 1)
	if err != nil {
		return r, money.ErrRate.At("rate")
	}
	r.Value, err = rate.Convert(e.Amount, money.HalfUp)
	return r, err
}

// postReceipt books money as of the beginning of its day where the house is: a day of UTC
// begins later there, and today's receipt would lie ahead.
func postReceipt(ctx context.Context, tx *db.Tx, r Receipt, zone string) error {
	lines := []ledger.Line{ledger.Debit(ledger.Cash(r.Account), r.Amount, r.ID)}
	if r.Value.Currency != r.Amount.Currency {
		lines = append(lines, ledger.Credit(ledger.Clearing, r.Amount, r.ID), ledger.Debit(ledger.Clearing, r.Value, r.ID))
	}
	lines = append(lines, ledger.Credit(ledger.ClientCredit, r.Value, r.ID))
	_, err := ledger.Post(ctx, tx, ledger.Entry{Cause: ledger.Cause{Kind: "receipt", ID: r.ID, Step: "received", At: r.On.In(location(tx, zone))}, ClientID: r.ClientID, Note: r.Number, Lines: lines})
	return err
}

// leftOf is what of a receipt is not matched.
func leftOf(ctx context.Context, tx *db.Tx, r Receipt) (money.Amount, error) {
	b, err := docBalance(ctx, tx, ledger.ClientCredit, r.ID, r.Value.Currency)
	return b.Neg(), err
}

// MatchReceipt gives part of a receipt to an invoice, with what the client
// withheld and the bank kept. Faults: billing.match-*, billing.receipt-reversed.
func (s *Service) MatchReceipt(ctx context.Context, actor access.Actor, m Match) (Match, error) {
	if err := actor.Require("receipt.enter", access.Owner{}); err != nil {
		return m, err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) (err error) { m, err = matchReceipt(ctx, tx, actor, m); return err })
	return m, err
}

func matchReceipt(ctx context.Context, tx *db.Tx, actor access.Actor, m Match) (Match, error) {
	r, err := LoadReceipt(ctx, tx, m.ReceiptID)
	if err != nil {
		return m, err
	}
	i, err := LoadInvoice(ctx, tx, m.InvoiceID)
	if err != nil {
		return m, err
	}
	o, err := OpenOf(ctx, tx, i)
	if err != nil {
		return m, err
	}
	left, err := leftOf(ctx, tx, r)
	if err != nil {
		return m, err
	}
	if err := CheckMatch(r, left, o, m); err != nil {
		return m, err
	}
	m.ID, m.MadeAt, m.Version, m.SlipNumber = tx.NewID(), tx.Now(), 1, strings.TrimSpace(m.SlipNumber)
	if err := insertMatch(ctx, tx, m); err != nil {
		return m, err
	}
	if err := bookDifference(ctx, tx, r, i, m); err != nil {
		return m, err
	}
	return m, postMatch(ctx, tx, actor, r, o, m)
}

func postMatch(ctx context.Context, tx *db.Tx, actor access.Actor, r Receipt, o Open, m Match) error {
	covers, err := m.Covers()
	if err != nil {
		return err
	}
	i := o.Invoice
	_, err = ledger.Post(ctx, tx, ledger.Entry{Cause: ledger.Cause{Kind: "match", ID: m.ID, Step: "matched", At: tx.Now()}, CampaignID: i.CampaignID, ClientID: i.ClientID, Note: i.Number,
		Lines: []ledger.Line{ledger.Debit(ledger.ClientCredit, m.Cash, r.ID), ledger.Debit(ledger.Fees, m.Charge, i.ID), ledger.Debit(ledger.PPhReceivable, m.Withheld, i.ID), ledger.Credit(ledger.Receivable, covers, i.ID)}})
	if err != nil {
		return err
	}
	if m.Withheld.Sign() > 0 && m.SlipNumber == "" {
		if err := chaseSlip(ctx, tx, SlipOwed{MatchID: m.ID, Time: 1}); err != nil {
			return err
		}
	}
	if covers == o.Balance {
		if err := job.Enqueue(ctx, tx, InvoicePaid{InvoiceID: i.ID, ClientID: i.ClientID, CampaignID: i.CampaignID}); err != nil {
			return err
		}
	}
	return recordReceipt(ctx, tx, actor, "receipt.match", r, i.CampaignID, map[string]any{"invoice": i.Number, "cash": m.Cash.String(), "charge": m.Charge.String(), "withheld": m.Withheld.String()}, "")
}

// ReverseReceipt takes a receipt back with all its matches: the money did not
// come, or came for somebody else. Faults: billing.receipt-reversed,
// billing.reason.
func (s *Service) ReverseReceipt(ctx context.Context, actor access.Actor, id, reason string) error {
	if err := actor.Require("receipt.enter", access.Owner{}); err != nil {
		return err
	}
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return ErrReason.At("reason")
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		r, err := LoadReceipt(ctx, tx, id)
		if err != nil {
			return err
		}
		if !r.ReversedAt.IsZero() {
			return ErrReceiptGone
		}
		matches, err := listMatches(ctx, tx, "reversed_at IS NULL AND receipt_id = $1", id)
		if err != nil {
			return err
		}
		for _, m := range matches {
			if err := undoMatch(ctx, tx, m, reason); err != nil {
				return err
			}
		}
		if err := ledger.ReverseStep(ctx, tx, ledger.Cause{Kind: "receipt", ID: r.ID, Step: "received"}, reason); err != nil {
			return err
		}
		r.ReversedAt, r.ReversedBy, r.Reason = tx.Now(), actor.Name, reason
		if err := saveReversal(ctx, tx, r); err != nil {
			return err
		}
		return recordReceipt(ctx, tx, actor, "receipt.reverse", r, "", map[string]any{"number": r.Number, "matches": len(matches)}, reason)
	})
}

func undoMatch(ctx context.Context, tx *db.Tx, m Match, reason string) error {
	if err := ledger.ReverseStep(ctx, tx, ledger.Cause{Kind: "match", ID: m.ID, Step: "matched"}, reason); err != nil {
		return err
	}
	if err := undoDifference(ctx, tx, m, reason); err != nil {
		return err
	}
	m.ReversedAt = tx.Now()
	if err := endChase(ctx, tx, access.System(), m, ""); err != nil {
		return err
	}
	return saveMatch(ctx, tx, m)
}

// RecordSlip keeps the number and day of a bukti potong that came.
func (s *Service) RecordSlip(ctx context.Context, actor access.Actor, matchID, number string, on worktime.Date) error {
	if err := actor.Require("receipt.enter", access.Owner{}); err != nil {
		return err
	}
	if number = strings.TrimSpace(number); number == "" {
		return ErrSlipNumber.At("slip_number")
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		m, err := loadMatch(ctx, tx, matchID)
		if err != nil {
			return err
		}
		r, err := LoadReceipt(ctx, tx, m.ReceiptID)
		if err != nil {
			return err
		}
		m.SlipNumber, m.SlipOn = number, on
		if err := saveMatch(ctx, tx, m); err != nil {
			return err
		}
		if err := endChase(ctx, tx, actor, m, number); err != nil {
			return err
		}
		return recordReceipt(ctx, tx, actor, "receipt.slip", r, "", map[string]any{"match": m.ID, "number": number}, "")
	})
}

// ReceiptFile is a receipt with what it paid and what it could pay.
type ReceiptFile struct {
	Receipt
	ClientName  string
	Left        money.Amount
	Matches     []Match
	Invoices    map[string]Invoice
	Suggestions []Suggestion
}

// Suggestion is an open invoice that a receipt may be for, with why.
type Suggestion struct {
	Line  Line
	Match Match
	Exact bool // cash and withholding close it
	Named bool // the reference names its number
}

// Receipt shows a receipt to staff, with the open invoices of its client ordered
// by how well they fit: the number in its reference, the amount, the due day.
func (s *Service) Receipt(ctx context.Context, actor access.Actor, id string) (f ReceiptFile, err error) {
	if err := actor.Require("invoice.see", access.Owner{}); err != nil {
		return f, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if f.Receipt, err = LoadReceipt(ctx, tx, id); err != nil {
			return err
		}
		c, err := client.LoadClient(ctx, tx, f.ClientID)
		if err != nil {
			return err
		}
		f.ClientName = c.Name
		if f.Left, err = leftOf(ctx, tx, f.Receipt); err != nil {
			return err
		}
		if f.Matches, err = listMatches(ctx, tx, "receipt_id = $1", id); err != nil {
			return err
		}
		f.Invoices = map[string]Invoice{}
		for _, m := range f.Matches {
			if f.Invoices[m.InvoiceID], err = LoadInvoice(ctx, tx, m.InvoiceID); err != nil {
				return err
			}
		}
		if f.Left.Sign() <= 0 || !f.ReversedAt.IsZero() {
			return nil
		}
		opened, err := OpenInvoices(ctx, tx, f.ClientID, "")
		if err != nil {
			return err
		}
		lines, err := named(ctx, tx, opened)
		f.Suggestions = suggestions(f.Receipt, f.Left, lines)
		return err
	})
	return f, err
}

func suggestions(r Receipt, left money.Amount, lines []Line) []Suggestion {
	var out []Suggestion
	for _, l := range lines {
		if l.Invoice.Currency != r.Value.Currency {
			continue
		}
		m := Suggest(left, l.Open)
		covers, err := m.Covers()
		out = append(out, Suggestion{Line: l, Match: m, Exact: err == nil && covers == l.Balance && m.Cash == left,
			Named: r.Reference != "" && strings.Contains(locale.Fold(r.Reference), locale.Fold(l.Invoice.Number))})
	}
	rank := func(s Suggestion) int {
		n := 0
		if s.Named {
			n += 2
		}
		if s.Exact {
			n++
		}
		return -n
	}
	slices.SortStableFunc(out, func(a, b Suggestion) int { return rank(a) - rank(b) })
	return out
}

// ReceiptLine is a receipt in a list.
type ReceiptLine struct {
	Receipt
	ClientName string
	Left       money.Amount
}

// Receipts lists receipts for staff, newest first.
func (s *Service) Receipts(ctx context.Context, actor access.Actor, clientID, after string, limit int) (out []ReceiptLine, err error) {
	if err := actor.Require("invoice.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list, err := ListReceipts(ctx, tx, clientID, after, limit)
		if err != nil {
			return err
		}
		names := map[string]string{}
		out = make([]ReceiptLine, len(list))
		for n, r := range list {
			if _, ok := names[r.ClientID]; !ok {
				c, err := client.LoadClient(ctx, tx, r.ClientID)
				if err != nil {
					return err
				}
				names[r.ClientID] = c.Name
			}
			left, err := leftOf(ctx, tx, r)
			if err != nil {
				return err
			}
			out[n] = ReceiptLine{Receipt: r, ClientName: names[r.ClientID], Left: left}
		}
		return nil
	})
	return out, err
}
