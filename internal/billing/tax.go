package billing

import (
	"slices"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// TaxCode says which tax lines an agreement's invoices carry.
type TaxCode string

// The tax codes.
const (
	TaxPPN    TaxCode = "ppn"    // PPN on DPP nilai lain
	TaxExport TaxCode = "export" // service to a client abroad at 0 %
	TaxNone   TaxCode = "none"   // outside the tax, or an agency that is not PKP
)

// TaxCodes lists them in the order of a form.
var TaxCodes = []TaxCode{TaxPPN, TaxExport, TaxNone}

// TaxRule is one dated row: how a tax on the way in is reckoned from a day on.
// Base = price × BaseNum ÷ BaseDen, tax = base × RateBp, each rounded by
// Rounding to the whole unit (PER-11/PJ/2025 art. 129 rounds half up; before, down).
type TaxRule struct {
	ID           string
	Kind         string // "ppn" or "pph23"
	From, To     worktime.Date
	BaseNum      int64
	BaseDen      int64
	RateBp       int64
	RateNoTaxID  int64 // where the receiver has no tax number; 0 = the same
	Rounding     string
	Source       string
	NeedsReading bool // not yet confirmed by a tax adviser
}

// Faults of the tax tables.
var (
	ErrNoTaxRule  = fault.New(fault.Invalid, "billing.no-tax-rule") // args: kind, day
	ErrTaxCode    = fault.New(fault.Invalid, "billing.tax-code")
	ErrTaxRupiah  = fault.New(fault.Invalid, "billing.tax-rupiah") // PPN is reckoned in rupiah
	roundingNames = map[string]money.Rounding{"half-up": money.HalfUp, "down": money.Down}
)

// RuleOn finds the rule of a kind in force on a day. Fault: billing.no-tax-rule.
func RuleOn(rules []TaxRule, kind string, day worktime.Date) (TaxRule, error) {
	i := slices.IndexFunc(rules, func(r TaxRule) bool {
		return r.Kind == kind && !day.Before(r.From) && (r.To.IsZero() || !day.After(r.To))
	})
	if i < 0 {
		return TaxRule{}, ErrNoTaxRule.With("kind", kind, "day", string(day))
	}
	return rules[i], nil
}

// Apply gives the base and the tax of a price.
func (r TaxRule) Apply(price money.Amount) (base, tax money.Amount, err error) {
	if base, err = price.MulRatio(r.BaseNum, r.BaseDen, roundingNames[r.Rounding]); err != nil {
		return base, tax, err
	}
	tax, err = base.Bp(r.RateBp, roundingNames[r.Rounding])
	return base, tax, err
}

// Totals are the figures at the foot of an invoice or credit note. Total is what
// the document claims; Due is the cash that is to come, after the client's
// withholding.
type Totals struct {
	Price    money.Amount // DPP: the sum of the lines
	Base     money.Amount // DPP nilai lain
	PPN      money.Amount
	Total    money.Amount
	Withheld money.Amount // PPh 23 that the client keeps back and proves by a slip
	Due      money.Amount
	PPNRule  string // ids of the rules used, empty where none
	PPhRule  string
}

// Reckon makes the totals of a price on a day. withheld says whether the client
// withholds PPh 23. Faults: billing.no-tax-rule, billing.tax-code,
// billing.tax-rupiah.
func Reckon(rules []TaxRule, price money.Amount, code TaxCode, withheld bool, day worktime.Date) (Totals, error) {
	zero := money.New(0, price.Currency)
	t := Totals{Price: price, Base: zero, PPN: zero, Total: price, Withheld: zero, Due: price}
	if !slices.Contains(TaxCodes, code) {
		return Totals{}, ErrTaxCode
	}
	if code == TaxPPN {
		if price.Currency != money.CurrencyIDR {
			return Totals{}, ErrTaxRupiah
		}
		rule, err := RuleOn(rules, "ppn", day)
		if err != nil {
			return Totals{}, err
		}
		if t.Base, t.PPN, err = rule.Apply(price); err != nil {
			return Totals{}, err
		}
		t.PPNRule = rule.ID
	}
	if withheld {
		rule, err := RuleOn(rules, "pph23", day)
		if err != nil {
			return Totals{}, err
		}
		if _, t.Withheld, err = rule.Apply(price); err != nil {
			return Totals{}, err
		}
		t.PPhRule = rule.ID
	}
	var err error
	if t.Total, err = t.Price.Add(t.PPN); err != nil {
		return Totals{}, err
	}
	t.Due, err = t.Total.Sub(t.Withheld)
	return t, err
}
