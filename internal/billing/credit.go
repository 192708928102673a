package billing

import (
	"time"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// CreditKind says why an invoice is corrected.
type CreditKind string

// The kinds. A correction takes off the open balance; a guarantee gives back
// what was received (R6).
const (
	CreditCorrection   CreditKind = "correction"
	CreditGuarantee    CreditKind = "guarantee"
	CreditCancellation CreditKind = "cancellation" // takes off the open balance first and gives back the rest (B28)
)

// CreditNote corrects an issued invoice. It is prepared by one person and
// approved by management, which gives it its number.
type CreditNote struct {
	ID         string
	InvoiceID  string
	ClientID   string
	CampaignID string
	Kind       CreditKind
	CauseID    string // the guarantee's remedy, so that it is given once
	Number     string
	Serial     int64
	Year       int64
	Reason     string
	Totals     Totals
	ToCredit   money.Amount // returned to the client's credit: money that had come
	ToOpen     money.Amount // taken off what was open
	MadeAt     time.Time
	MadeBy     string
	IssuedAt   time.Time
	IssuedOn   worktime.Date
	ApprovedBy string
	RefusedAt  time.Time
	RefusedFor string
	Version    int64
}

// Issued says whether the note has its number.
func (c CreditNote) Issued() bool { return !c.IssuedAt.IsZero() }

// Faults of credit notes.
var (
	ErrCreditOpen     = fault.New(fault.Invalid, "billing.credit-open")     // arg: open; larger than the open balance
	ErrCreditInvoiced = fault.New(fault.Invalid, "billing.credit-invoiced") // arg: invoiced; a refund above what was invoiced
	ErrCreditAmount   = fault.New(fault.Invalid, "billing.credit-amount")
	ErrCreditDone     = fault.New(fault.Conflict, "billing.credit-done")
	ErrCreditSelf     = fault.New(fault.Forbidden, "billing.credit-self") // who prepares does not approve
)

// Credit works out a credit note of a price against an invoice: its tax goes
// back by the rule the invoice was made with. A correction larger than the open
// balance is refused. A guarantee first gives back money that had come, limited
// to what was received, and cancels the claim for the rest (R6). Faults:
// billing.credit-*, billing.not-issued.
func Credit(rules []TaxRule, o Open, kind CreditKind, price money.Amount) (CreditNote, error) {
	if !o.Invoice.Issued() {
		return CreditNote{}, ErrNotIssued
	}
	if price.Sign() <= 0 || price.Currency != o.Invoice.Currency {
		return CreditNote{}, ErrCreditAmount.At("amount")
	}
	t, err := Reckon(rules, price, o.Invoice.TaxCode, false, o.Invoice.IssuedOn)
	if err != nil {
		return CreditNote{}, err
	}
	left, err := o.Invoice.Totals.Total.Sub(o.Credited)
	if err != nil {
		return CreditNote{}, err
	}
	if t.Total.Cmp(left) > 0 {
		return CreditNote{}, ErrCreditInvoiced.With("invoiced", left).At("amount")
	}
	note := CreditNote{InvoiceID: o.Invoice.ID, ClientID: o.Invoice.ClientID, CampaignID: o.Invoice.CampaignID, Kind: kind, Totals: t,
		ToCredit: money.New(0, price.Currency), ToOpen: t.Total}
	if kind == CreditCorrection {
		if t.Total.Cmp(o.Balance) > 0 {
			return CreditNote{}, ErrCreditOpen.With("open", o.Balance).At("amount")
		}
		return note, nil
	}
	if kind == CreditCancellation {
		if t.Total.Cmp(o.Balance) > 0 {
			note.ToOpen = o.Balance
		}
		note.ToCredit, err = t.Total.Sub(note.ToOpen)
		return note, err
	}
	received, err := left.Sub(o.Balance)
	if err != nil {
		return CreditNote{}, err
	}
	note.ToCredit = received
	if received.Cmp(t.Total) > 0 {
		note.ToCredit = t.Total
	}
	note.ToOpen, err = t.Total.Sub(note.ToCredit)
	return note, err
}
