package report

import (
	"testing"

	"kolega/internal/money"
)

func TestProfits_AddUpAcrossCampaigns(t *testing.T) {
	part1 := func(key, campaign string, c money.Currency, revenue, cost, promised, budget int64) part {
		r := emptyProfit(key, key, c)
		r.Revenue, r.TalentCost, r.Promised, r.Budget = money.New(revenue, c), money.New(cost, c), money.New(promised, c), money.New(budget, c)
		r.Margin.Margin = money.New(revenue-cost, c)
		return part{Key: key, Name: key, Campaign: campaign, ProfitRow: r}
	}
	got, err := profits([]part{part1("small", "k3", "IDR", 10, 9, 0, 0), part1("big", "k1", "IDR", 100, 60, 50, 40), part1("big", "k2", "IDR", 50, 20, 0, 0), part1("big", "k1", "PHP", 0, 7, 0, 0), part1("big", "k1", "IDR", 0, 0, 0, 0)})
	if err != nil || len(got) != 3 {
		t.Fatalf("%+v %v", got, err)
	}
	big := got[0]
	if big.Key != "big" || big.Currency != "IDR" || big.Campaigns != 2 || big.Revenue != money.IDR(150) || big.Margin.Margin != money.IDR(70) {
		t.Errorf("%+v", big)
	}
	if bp, ok := big.ShareBp(); !ok || bp != 4666 {
		t.Errorf("a share of %d, %v", bp, ok)
	}
	if !big.Over() || got[1].Over() {
		t.Error("fifty were promised of a budget of forty")
	}
	if _, ok := got[2].ShareBp(); ok || got[2].Currency != "PHP" {
		t.Errorf("no revenue gives no share: %+v", got[2])
	}
}
