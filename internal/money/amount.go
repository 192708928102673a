package money

import (
	"math"
	"strconv"
	"strings"

	"kolega/internal/fault"
)

// Limit is the largest amount that may be typed or stored, in minor units: a
// thousand million million. Sums stay far below the end of int64.
const Limit int64 = 1_000_000_000_000_000

// Faults of arithmetic.
var (
	ErrTooLarge   = fault.New(fault.Invalid, "money.too-large")
	ErrCurrencies = fault.New(fault.Invalid, "money.currencies") // args: a, b
)

// Amount is a number of minor units of one currency. The zero value is "no
// amount"; it is neutral in Add, Sub and Sum, so a total can start from it.
type Amount struct {
	Minor    int64
	Currency Currency
}

// IDR makes an amount of rupiah.
func IDR(minor int64) Amount { return Amount{minor, CurrencyIDR} }

// New makes an amount from minor units: New(150050, "PHP") is 1,500.50 pesos.
func New(minor int64, c Currency) Amount { return Amount{minor, c} }

// None says whether this is the zero value, no amount at all.
func (a Amount) None() bool { return a == Amount{} }

// IsZero says whether nothing is owed: no amount, or zero of a currency.
func (a Amount) IsZero() bool { return a.Minor == 0 }

// Sign is -1, 0 or 1.
func (a Amount) Sign() int {
	switch {
	case a.Minor < 0:
		return -1
	case a.Minor > 0:
		return 1
	}
	return 0
}

// Neg turns a debt into a claim. The one number without a positive twin stays.
func (a Amount) Neg() Amount {
	if a.Minor != math.MinInt64 {
		a.Minor = -a.Minor
	}
	return a
}

// Same says whether a and b may be added and compared: one currency, or one of them is no amount.
func (a Amount) Same(b Amount) bool {
	return a.Currency == b.Currency || a.None() || b.None()
}

// Cmp is -1, 0 or 1. Amounts of different currencies are ordered by currency code
// first, which sorts a list but says nothing about worth: ask Same before a rule compares.
func (a Amount) Cmp(b Amount) int {
	if !a.Same(b) {
		return strings.Compare(string(a.Currency), string(b.Currency))
	}
	switch {
	case a.Minor < b.Minor:
		return -1
	case a.Minor > b.Minor:
		return 1
	}
	return 0
}

// Add gives a + b. Faults: money.currencies, money.too-large.
func (a Amount) Add(b Amount) (Amount, error) {
	if !a.Same(b) {
		return Amount{}, ErrCurrencies.With("a", string(a.Currency), "b", string(b.Currency))
	}
	if a.None() {
		return b, nil
	}
	sum := a.Minor + b.Minor
	if (sum > a.Minor) != (b.Minor > 0) && b.Minor != 0 {
		return Amount{}, ErrTooLarge
	}
	return Amount{sum, a.Currency}, nil
}

// Sub gives a − b. Faults: money.currencies, money.too-large.
func (a Amount) Sub(b Amount) (Amount, error) {
	if b.Minor == math.MinInt64 {
		return Amount{}, ErrTooLarge
	}
	return a.Add(b.Neg())
}

// Sum adds all of xs in the given currency; of none it is zero of that currency.
// Faults: money.currencies, money.too-large.
func Sum(cur Currency, xs ...Amount) (Amount, error) {
	total := Amount{0, cur}
	for _, x := range xs {
		var err error
		if total, err = total.Add(x); err != nil {
			return Amount{}, err
		}
	}
	return total, nil
}

// Decimal is the plain decimal text for wires and files: "1500.50", "-425000000".
func (a Amount) Decimal() string {
	text := strconv.FormatInt(a.Minor, 10)
	exp := a.Currency.Exponent()
	if exp == 0 {
		return text
	}
	sign := ""
	if text[0] == '-' {
		sign, text = "-", text[1:]
	}
	for len(text) <= exp {
		text = "0" + text
	}
	return sign + text[:len(text)-exp] + "." + text[len(text)-exp:]
}

// String is the log's text, "PHP 1500.50". People read locale's formats instead.
func (a Amount) String() string {
	if a.None() {
		return ""
	}
	return string(a.Currency) + " " + a.Decimal()
}
