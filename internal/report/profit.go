package report

import (
	"cmp"
	"slices"

	"kolega/internal/ledger"
	"kolega/internal/money"
)

// ProfitBy is whose profit is shown.
type ProfitBy string

// The groupings.
const (
	ByCampaign ProfitBy = "campaign"
	ByClient   ProfitBy = "client"
	ByAE       ProfitBy = "ae"
)

// ProfitBys lists them in the order of the tabs.
var ProfitBys = []ProfitBy{ByCampaign, ByClient, ByAE}

// ProfitRow is what a campaign, a client's campaigns or an executive's campaigns earned in
// one currency (B13), beside what was agreed, what talents were promised and what has
// moved. Every figure but the agreed and the promised is a sum over the ledger.
type ProfitRow struct {
	Key, Name string
	Campaigns int
	Agreed    money.Amount // by signed agreements, without tax
	Received  money.Amount // cash and bank charges for invoices, with tax
	Promised  money.Amount // talents' fees under bookings: committed, whether due or not
	Paid      money.Amount // to talents, arrived
	Budget    money.Amount // of the slots
	ledger.Margin
}

// ShareBp is the margin as a share of revenue in basis points, false without revenue.
func (r ProfitRow) ShareBp() (int64, bool) {
	if r.Revenue.Sign() <= 0 {
		return 0, false
	}
	return r.Margin.Margin.Minor * 10_000 / r.Revenue.Minor, true
}

// Over says whether talents were promised more than the slots allow.
func (r ProfitRow) Over() bool { return r.Budget.Sign() > 0 && r.Promised.Cmp(r.Budget) > 0 }

// part is one campaign's share of a row.
type part struct {
	Key, Name string
	Campaign  string
	ProfitRow
}

// profits adds the parts of each key and currency, the largest revenue first.
func profits(parts []part) (out []ProfitRow, err error) {
	seen := map[string]map[string]bool{}
	for _, p := range parts {
		k := p.Key + "\x1f" + string(p.Currency)
		i := slices.IndexFunc(out, func(r ProfitRow) bool { return r.Key+"\x1f"+string(r.Currency) == k })
		if i < 0 {
			i = len(out)
			out = append(out, emptyProfit(p.Key, p.Name, p.Currency))
			seen[k] = map[string]bool{}
		}
		if !seen[k][p.Campaign] {
			seen[k][p.Campaign] = true
			out[i].Campaigns++
		}
		if err := out[i].add(p.ProfitRow); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(out, func(a, b ProfitRow) int {
		return cmp.Or(cmp.Compare(a.Currency, b.Currency), b.Revenue.Cmp(a.Revenue), cmp.Compare(a.Name, b.Name))
	})
	return out, nil
}

func emptyProfit(key, name string, c money.Currency) ProfitRow {
	zero := money.New(0, c)
	return ProfitRow{Key: key, Name: name, Agreed: zero, Received: zero, Promised: zero, Paid: zero, Budget: zero,
		Margin: ledger.Margin{Currency: c, Revenue: zero, TalentCost: zero, Fees: zero, Guarantee: zero, Exchange: zero, Margin: zero}}
}

func (r *ProfitRow) add(x ProfitRow) error {
	for _, f := range []struct{ to, from *money.Amount }{{&r.Agreed, &x.Agreed}, {&r.Received, &x.Received}, {&r.Promised, &x.Promised}, {&r.Paid, &x.Paid}, {&r.Budget, &x.Budget},
		{&r.Revenue, &x.Revenue}, {&r.TalentCost, &x.TalentCost}, {&r.Fees, &x.Fees}, {&r.Guarantee, &x.Guarantee}, {&r.Exchange, &x.Exchange}, {&r.Margin.Margin, &x.Margin.Margin}} {
		var err error
		if *f.to, err = f.to.Add(*f.from); err != nil {
			return err
		}
	}
	return nil
}
