package casting

import (
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// CardCost sums what a rate card asks for the pieces on a day. No amount when the
// card lacks a piece or mixes currencies: nothing is guessed.
func CardCost(card []talent.Rate, pieces []Piece, on worktime.Date) money.Amount {
	var sum money.Amount
	for _, p := range pieces {
		r, ok := talent.RateOn(card, talent.Platform(p.Platform), talent.Format(p.Format), on)
		if !ok {
			return money.Amount{}
		}
		cost, err := r.Amount.MulRatio(p.Count, 1, money.HalfUp)
		if err != nil {
			return money.Amount{}
		}
		if sum.None() {
			sum = cost
			continue
		}
		if sum, err = sum.Add(cost); err != nil {
			return money.Amount{}
		}
	}
	return sum
}
