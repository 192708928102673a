package ledger

import (
	"slices"

	"kolega/internal/money"
)

// Margin is what a campaign earned in one currency, as sums of balances. Exchange
// holds both legs of exchanges: a talent's cost in pesos that was paid in rupiah
// leaves the peso row even and stands in the rupiah row as what was really paid.
type Margin struct {
	Currency   money.Currency
	Revenue    money.Amount
	TalentCost money.Amount
	Fees       money.Amount
	Guarantee  money.Amount
	Exchange   money.Amount // clearing and differences, as a cost
	Margin     money.Amount // revenue less all costs
}

// MarginOf sums the balances of a campaign's accounts, as Accounts gives them.
// Sums that leave the range of an amount are left out; Check would have told.
func MarginOf(rows []Row) []Margin {
	var out []Margin
	for _, r := range rows {
		c := r.Amount.Currency
		i := slices.IndexFunc(out, func(m Margin) bool { return m.Currency == c })
		if i < 0 {
			zero := money.New(0, c)
			i = len(out)
			out = append(out, Margin{c, zero, zero, zero, zero, zero, zero})
		}
		out[i].add(Account(r.Key), r.Amount)
	}
	slices.SortStableFunc(out, func(a, b Margin) int { return b.Revenue.Cmp(a.Revenue) })
	return out
}

func (m *Margin) add(a Account, x money.Amount) {
	to := map[Account]*money.Amount{Revenue: &m.Revenue, TalentCost: &m.TalentCost, Fees: &m.Fees, GuaranteeCost: &m.Guarantee, Clearing: &m.Exchange, ExchangeDifference: &m.Exchange}[a]
	if to == nil {
		return
	}
	if a == Revenue {
		x = x.Neg()
	}
	if sum, err := to.Add(x); err == nil {
		*to = sum
	}
	if a != Revenue {
		x = x.Neg()
	}
	if sum, err := m.Margin.Add(x); err == nil {
		m.Margin = sum
	}
}
