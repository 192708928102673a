package money

import (
	"math"
	"math/bits"

	"kolega/internal/fault"
)

// Rounding names what happens to a part of a minor unit.
type Rounding uint8

// The roundings in use.
const (
	HalfUp   Rounding = iota // half away from zero: tax since May 2025 and what people expect
	HalfEven                 // half to the even neighbour
	Down                     // towards zero: tax before May 2025
)

// Faults of ratios and splits.
var (
	ErrRatio = fault.New(fault.Invalid, "money.ratio") // a division by zero
	ErrSplit = fault.New(fault.Invalid, "money.split") // no part, a negative weight, or all weights zero
)

// MulRatio gives a × num ÷ den, exact until the one rounding named.
// Faults: money.ratio, money.too-large.
func (a Amount) MulRatio(num, den int64, r Rounding) (Amount, error) {
	if den == 0 {
		return Amount{}, ErrRatio
	}
	negative := (a.Minor < 0) != (num < 0) != (den < 0)
	d := magnitude(den)
	hi, lo := bits.Mul64(magnitude(a.Minor), magnitude(num))
	if hi >= d {
		return Amount{}, ErrTooLarge
	}
	quo, rem := bits.Div64(hi, lo, d)
	if roundsUp(quo, rem, d, r) {
		quo++
	}
	if quo > math.MaxInt64 {
		return Amount{}, ErrTooLarge
	}
	minor := int64(quo)
	if negative {
		minor = -minor
	}
	return Amount{minor, a.Currency}, nil
}

// Bp gives bp basis points of a: 1000 bp is ten per cent.
// Faults: money.too-large.
func (a Amount) Bp(bp int64, r Rounding) (Amount, error) { return a.MulRatio(bp, 10_000, r) }

// Split divides total by weights, each part rounded towards zero; the last part
// with a weight takes the remainder, so that the parts add up to the total (R16).
// Faults: money.split, money.too-large.
func Split(total Amount, weights []int64) ([]Amount, error) {
	var all int64
	last := -1
	for i, w := range weights {
		if w < 0 || all > math.MaxInt64-w {
			return nil, ErrSplit
		}
		if all += w; w > 0 {
			last = i
		}
	}
	if last < 0 {
		return nil, ErrSplit
	}
	parts := make([]Amount, len(weights))
	rest := total
	for i, w := range weights {
		part, err := total.MulRatio(w, all, Down)
		if err != nil {
			return nil, err
		}
		parts[i] = part
		if i != last {
			rest.Minor -= part.Minor
		}
	}
	parts[last] = rest
	return parts, nil
}

// magnitude is |n|, also for the smallest int64.
func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// roundsUp decides the rounding of a magnitude from its remainder.
func roundsUp(quo, rem, den uint64, r Rounding) bool {
	if rem == 0 || r == Down {
		return false
	}
	rest := den - rem
	if rem == rest {
		return r == HalfUp || quo%2 == 1
	}
	return rem > rest
}
