package payout

import (
	"math/big"
	"slices"
	"sort"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// Layer is a slice of a progressive base: up to UpTo, at RateBp. UpTo 0 has no end.
type Layer struct {
	UpTo   int64 // minor units
	RateBp int64
}

// TaxRule is one dated row with its layers: how a tax on the way out is reckoned
// from a day on. Base = gross × BaseNum ÷ BaseDen; without a tax number the tax is
// × BareNum ÷ BareDen. Monthly rules share their layers among the payouts of one
// talent in one month (PMK 168/2023 art. 12).
type TaxRule struct {
	ID       string
	Kind     string // "pph21", "pph23", "pph26"
	From, To worktime.Date
	BaseNum  int64
	BaseDen  int64
	BareNum  int64
	BareDen  int64
	Monthly  bool
	Currency money.Currency // the currency its layers are in; "" for a flat rate
	Rounding string
	Source   string
	Layers   []Layer
}

// Faults of withholding.
var (
	ErrNoTaxRule = fault.New(fault.Invalid, "payout.no-tax-rule")  // args: kind, day
	ErrTaxKind   = fault.New(fault.Conflict, "payout.tax-kind")    // the talent's tax kind is unknown
	ErrTaxRupiah = fault.New(fault.Invalid, "payout.tax-currency") // progressive layers are in rupiah
	ErrGrossUp   = fault.New(fault.Invalid, "payout.gross-up")     // no gross gives that net

	roundings = map[string]money.Rounding{"half-up": money.HalfUp, "down": money.Down}
)

// KindOf says which tax is withheld from a talent of a tax kind.
func KindOf(k talent.TaxKind) (string, error) {
	switch k {
	case talent.TaxIndividual:
		return "pph21", nil
	case talent.TaxCompany:
		return "pph23", nil
	case talent.TaxForeign:
		return "pph26", nil
	}
	return "", ErrTaxKind
}

// RuleOn finds the rule of a kind in force on a day. Fault: payout.no-tax-rule.
func RuleOn(rules []TaxRule, kind string, day worktime.Date) (TaxRule, error) {
	i := slices.IndexFunc(rules, func(r TaxRule) bool {
		return r.Kind == kind && !day.Before(r.From) && (r.To.IsZero() || !day.After(r.To))
	})
	if i < 0 {
		return TaxRule{}, ErrNoTaxRule.With("kind", kind, "day", string(day))
	}
	return rules[i], nil
}

// Withholding is a payout's tax as it was reckoned, with its inputs.
type Withholding struct {
	Kind     string
	RuleID   string
	HasTaxID bool
	Month    string       // "2026-11", the tax month whose layers it shares
	Earlier  money.Amount // gross of the same talent and month reckoned before
	Gross    money.Amount
	Base     money.Amount
	Tax      money.Amount
	Net      money.Amount
}

// Earlier is what a talent's payouts of the same month and rule came to before.
type Earlier struct{ Gross, Tax money.Amount }

// Withhold reckons the tax on a gross amount. Faults: payout.tax-currency,
// money.*.
func (r TaxRule) Withhold(gross money.Amount, hasTaxID bool, earlier Earlier) (Withholding, error) {
	zero := money.New(0, gross.Currency)
	w := Withholding{Kind: r.Kind, RuleID: r.ID, HasTaxID: hasTaxID, Earlier: zero, Gross: gross}
	if r.Currency != "" && r.Currency != gross.Currency {
		return w, ErrTaxRupiah.With("currency", string(r.Currency))
	}
	before := Earlier{zero, zero}
	if r.Monthly && !earlier.Gross.IsZero() {
		before, w.Earlier = earlier, earlier.Gross
	}
	sum, err := before.Gross.Add(gross)
	if err != nil {
		return w, err
	}
	base, tax, err := r.reckon(sum, hasTaxID)
	if err != nil {
		return w, err
	}
	earlierBase, err := before.Gross.MulRatio(r.BaseNum, r.BaseDen, roundings[r.Rounding])
	if err != nil {
		return w, err
	}
	if w.Base, err = base.Sub(earlierBase); err != nil {
		return w, err
	}
	if w.Tax, err = tax.Sub(before.Tax); err != nil {
		return w, err
	}
	if w.Tax.Sign() < 0 { // a tax number came in during the month: nothing is given back here
		w.Tax = zero
	}
	w.Net, err = gross.Sub(w.Tax)
	return w, err
}

// reckon gives base and tax of a whole month's gross; the tax is rounded once.
func (r TaxRule) reckon(gross money.Amount, hasTaxID bool) (base, tax money.Amount, err error) {
	if base, err = gross.MulRatio(r.BaseNum, r.BaseDen, roundings[r.Rounding]); err != nil {
		return base, tax, err
	}
	sum, from := new(big.Int), int64(0) // basis points of minor units
	for _, l := range r.Layers {
		to := base.Minor
		if l.UpTo > 0 && l.UpTo < to {
			to = l.UpTo
		}
		if to > from {
			sum.Add(sum, new(big.Int).Mul(big.NewInt(to-from), big.NewInt(l.RateBp)))
			from = to
		}
	}
	num, den := big.NewInt(1), big.NewInt(10_000)
	if !hasTaxID && r.BareDen > 0 {
		num.SetInt64(r.BareNum)
		den.Mul(den, big.NewInt(r.BareDen))
	}
	sum.Mul(sum, num)
	if r.Rounding == "half-up" {
		sum.Add(sum, new(big.Int).Quo(den, big.NewInt(2)))
	}
	sum.Quo(sum, den)
	if !sum.IsInt64() || sum.Int64() > money.Limit {
		return base, tax, money.ErrTooLarge
	}
	return base, money.New(sum.Int64(), gross.Currency), nil
}

// GrossUp finds the smallest gross from which exactly net is left, where the
// agency bears the tax. Faults: payout.gross-up, those of Withhold.
func (r TaxRule) GrossUp(net money.Amount, hasTaxID bool, earlier Earlier) (Withholding, error) {
	if net.Sign() <= 0 || net.Minor > money.Limit/4 {
		return Withholding{}, ErrGrossUp
	}
	var failed error
	n := sort.Search(int(net.Minor)*3, func(extra int) bool {
		w, err := r.Withhold(money.New(net.Minor+int64(extra), net.Currency), hasTaxID, earlier)
		if err != nil {
			failed = err
			return true
		}
		return w.Net.Minor >= net.Minor
	})
	if failed != nil {
		return Withholding{}, failed
	}
	w, err := r.Withhold(money.New(net.Minor+int64(n), net.Currency), hasTaxID, earlier)
	if err == nil && w.Net != net {
		err = ErrGrossUp
	}
	return w, err
}
