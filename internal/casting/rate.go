package casting

import (
	"math/big"
	"strings"

	"kolega/internal/money"
)

// Convert turns an amount into another currency by a decimal rate ("281.35": one
// unit of the amount's currency in the other), exactly, rounded half away from
// zero to the other currency's unit. A comma or a point may part the decimals;
// grouping is refused. Fault: cast.rate-wrong.
func Convert(a money.Amount, rate string, to money.Currency) (money.Amount, error) {
	text := strings.Replace(strings.TrimSpace(rate), ",", ".", 1)
	r, ok := new(big.Rat).SetString(text)
	if !ok || strings.Trim(text, "0123456789.") != "" || r.Sign() <= 0 {
		return money.Amount{}, ErrRateWrong.With("text", rate)
	}
	r.Mul(r, new(big.Rat).SetInt64(a.Minor))
	r.Mul(r, new(big.Rat).SetFrac(power10(to.Exponent()), power10(a.Currency.Exponent())))
	twice := new(big.Int).Mul(r.Num(), big.NewInt(2))
	if r.Sign() < 0 {
		twice.Sub(twice, r.Denom())
	} else {
		twice.Add(twice, r.Denom())
	}
	minor := twice.Quo(twice, new(big.Int).Mul(r.Denom(), big.NewInt(2)))
	if !minor.IsInt64() {
		return money.Amount{}, ErrRateWrong.With("text", rate)
	}
	return money.New(minor.Int64(), to), nil
}

func power10(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }
