package billing

import "kolega/internal/money"

// difference is what a rate won, below zero what it lost, on the cash of a match: the
// share of the money as it came, less the cash at the invoice's own rate. It is zero
// where the money did not come in the agency's own currency or the invoice has no rate.
func difference(r Receipt, m Match, b BookRate) (money.Amount, error) {
	if b.Rate == "" || r.Amount.Currency != b.Currency || r.Value.Currency == r.Amount.Currency || r.Value.Sign() <= 0 {
		return money.New(0, b.Currency), nil
	}
	came, err := r.Amount.MulRatio(m.Cash.Minor, r.Value.Minor, money.HalfUp)
	if err != nil {
		return came, err
	}
	rate, err := money.ParseRate(b.Rate, m.Cash.Currency, b.Currency, 1)
	if err != nil {
		return came, err
	}
	stood, err := rate.Convert(m.Cash, money.HalfUp)
	if err != nil {
		return came, err
	}
	return came.Sub(stood)
}
