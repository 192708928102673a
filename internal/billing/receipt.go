package billing

import (
	"time"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// Receipt is money that came from a client. What is not matched stands as the
// client's credit.
type Receipt struct {
	ID         string
	Number     string
	ClientID   string
	On         worktime.Date
	Amount     money.Amount // as it arrived on the account
	Value      money.Amount // in the currency of the invoices; the same as Amount without a rate
	Rate       string       // of Amount's currency to Value's, as typed: "16250"
	RateSource string
	Account    string // the agency's account, by name
	Reference  string
	Payer      string
	MadeAt     time.Time
	MadeBy     string
	ReversedAt time.Time
	ReversedBy string
	Reason     string // of the reversal
	Version    int64
}

// Match gives part of a receipt to an invoice. Cash, charge and withholding
// together close that much of the invoice.
type Match struct {
	ID         string
	ReceiptID  string
	InvoiceID  string
	Cash       money.Amount
	Charge     money.Amount // kept by the bank on the way
	Withheld   money.Amount // PPh 23 kept by the client
	SlipNumber string       // the bukti potong; empty while it is owed
	SlipOn     worktime.Date
	MadeAt     time.Time
	ReversedAt time.Time
	Version    int64
}

// Covers is what the match takes off the invoice.
func (m Match) Covers() (money.Amount, error) {
	return money.Sum(m.Cash.Currency, m.Cash, m.Charge, m.Withheld)
}

// Faults of receipts and matches.
var (
	ErrReceiptAmount  = fault.New(fault.Invalid, "billing.receipt-amount")
	ErrReceiptFuture  = fault.New(fault.Invalid, "billing.receipt-future")
	ErrReceiptAccount = fault.New(fault.Invalid, "billing.receipt-account")
	ErrReceiptTwice   = fault.New(fault.Conflict, "billing.receipt-twice") // arg: number of the first
	ErrReceiptGone    = fault.New(fault.Conflict, "billing.receipt-reversed")
	ErrRateNeeded     = fault.New(fault.Invalid, "billing.rate-needed")
	ErrRateSource     = fault.New(fault.Invalid, "billing.rate-source")
	ErrReason         = fault.New(fault.Invalid, "billing.reason")
	ErrMatchNothing   = fault.New(fault.Invalid, "billing.match-nothing")
	ErrMatchClient    = fault.New(fault.Invalid, "billing.match-client")
	ErrMatchCurrency  = fault.New(fault.Invalid, "billing.match-currency")
	ErrMatchCredit    = fault.New(fault.Invalid, "billing.match-credit")   // arg: left, of the receipt
	ErrMatchOpen      = fault.New(fault.Invalid, "billing.match-open")     // arg: open, of the invoice
	ErrMatchWithheld  = fault.New(fault.Invalid, "billing.match-withheld") // arg: most, that the invoice foresees
	ErrSlipNumber     = fault.New(fault.Invalid, "billing.slip-number")
)

// Check refuses a receipt that cannot be: nothing, from tomorrow on, without an
// account, or in another currency without a rate and where it is from. today is
// the agency's own.
func (r Receipt) Check(today worktime.Date) error {
	f := fault.Fields{}
	if r.Amount.Sign() <= 0 {
		f["amount"] = ErrReceiptAmount.Code
	}
	if !r.On.Valid() || r.On.After(today) {
		f["on"] = ErrReceiptFuture.Code
	}
	if r.Account == "" {
		f["account"] = ErrReceiptAccount.Code
	}
	if r.Value.Currency != r.Amount.Currency {
		if r.Rate == "" || r.Value.Sign() <= 0 {
			f["rate"] = ErrRateNeeded.Code
		}
		if r.RateSource == "" {
			f["rate_source"] = ErrRateSource.Code
		}
	}
	return f.Err()
}

// CheckMatch refuses a match that takes more than the receipt has left or the
// invoice has open, or that withholds more than the invoice foresees.
func CheckMatch(r Receipt, left money.Amount, o Open, m Match) error {
	covers, err := m.Covers()
	if err != nil {
		return ErrMatchCurrency
	}
	f := fault.Fields{}
	switch {
	case !r.ReversedAt.IsZero():
		return ErrReceiptGone
	case !o.Invoice.Issued():
		return ErrNotIssued
	case r.ClientID != o.Invoice.ClientID:
		return ErrMatchClient
	case r.Value.Currency != o.Invoice.Currency || covers.Currency != o.Invoice.Currency:
		return ErrMatchCurrency
	case covers.Sign() <= 0 || m.Cash.Sign() < 0 || m.Charge.Sign() < 0 || m.Withheld.Sign() < 0:
		return ErrMatchNothing
	}
	if m.Cash.Cmp(left) > 0 {
		return ErrMatchCredit.With("left", left).At("cash")
	}
	if covers.Cmp(o.Balance) > 0 {
		return ErrMatchOpen.With("open", o.Balance).At("cash")
	}
	most, err := o.Invoice.Totals.Withheld.Sub(o.Withheld)
	if err != nil {
		return err
	}
	if m.Withheld.Cmp(most) > 0 {
		return ErrMatchWithheld.With("most", most).At("withheld")
	}
	return f.Err()
}

// Suggest proposes how a receipt's remaining cash closes an invoice: cash first,
// and the withholding when cash and withholding close it exactly, else in
// proportion to what the cash covers of the amount due.
func Suggest(left money.Amount, o Open) Match {
	zero := money.New(0, o.Invoice.Currency)
	m := Match{InvoiceID: o.Invoice.ID, Cash: zero, Charge: zero, Withheld: zero}
	foreseen, err := o.Invoice.Totals.Withheld.Sub(o.Withheld)
	if err != nil || left.Sign() <= 0 || o.Balance.Sign() <= 0 {
		return m
	}
	cash, err := o.Balance.Sub(foreseen)
	if err != nil || cash.Sign() < 0 {
		cash, foreseen = o.Balance, zero
	}
	if left.Cmp(cash) >= 0 {
		m.Cash, m.Withheld = cash, foreseen
		return m
	}
	m.Cash = left
	if cash.Sign() > 0 {
		m.Withheld, _ = foreseen.MulRatio(left.Minor, cash.Minor, money.Down)
	}
	return m
}
