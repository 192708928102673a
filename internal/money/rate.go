package money

import (
	"strings"

	"kolega/internal/fault"
)

// ErrRate is a rate that is no positive decimal number.
var ErrRate = fault.New(fault.Invalid, "money.rate")

// Rate is an exact exchange rate: one major unit of From is Num ÷ Den major units
// of To. Who quoted it and when is stored beside it by the room that uses it.
type Rate struct {
	From, To Currency
	Num, Den int64
}

// ParseRate reads a plain decimal rate as published, "281.4375";
// per is the number of From units quoted (1, or 100 for the yen).
// Fault: money.rate.
func ParseRate(text string, from, to Currency, per int64) (Rate, error) {
	whole, frac, point := strings.Cut(strings.TrimSpace(text), ".")
	if !digits(whole) || point && !digits(frac) || len(frac) > 10 || per <= 0 || per > 10_000 {
		return Rate{}, ErrRate
	}
	num, bad := scaled(whole, frac, len(frac))
	if bad != nil || num == 0 {
		return Rate{}, ErrRate
	}
	return Rate{from, to, num, pow10(len(frac)) * per}, nil
}

// ReadRate turns a rate as a person writes it in a language, "15.850,5" or "15,850.5",
// into the plain decimal that ParseRate reads; nothing stays nothing. Fault: money.rate.
func ReadRate(text, lang string) (string, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", nil
	}
	whole, frac, err := parser{sep: separatorsOf(lang)}.number(text, true)
	if err != nil {
		return "", ErrRate
	}
	if frac == "" {
		return whole, nil
	}
	return whole + "." + frac, nil
}

// Convert gives a's worth in the other currency of the rate, in either direction.
// Faults: money.currencies, money.too-large, money.ratio.
func (r Rate) Convert(a Amount, rounding Rounding) (Amount, error) {
	num, den, to := r.Num, r.Den, r.To
	from := r.From
	if a.Currency == r.To {
		num, den, from, to = r.Den, r.Num, r.To, r.From
	}
	if a.Currency != from {
		return Amount{}, ErrCurrencies.With("a", string(a.Currency), "b", string(from))
	}
	shift := to.Exponent() - from.Exponent()
	if shift >= 0 {
		num *= pow10(shift)
	} else {
		den *= pow10(-shift)
	}
	out, err := a.MulRatio(num, den, rounding)
	out.Currency = to
	if err != nil {
		return Amount{}, err
	}
	return out, nil
}

func pow10(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}
