package ledger

import (
	"testing"

	"kolega/internal/money"
)

func TestTrialOf_StandsInTheOrderOfTheChart(t *testing.T) {
	zero := money.IDR(0)
	row := func(a Account, d, c int64) TrialRow {
		return TrialRow{Account: a, Opening: zero, Debit: money.IDR(d), Credit: money.IDR(c)}
	}
	got, err := TrialOf([]TrialRow{row(TalentCost, 60, 0), row(Revenue, 0, 100), row(Cash("BCA"), 100, 60), row(Receivable, 100, 100), row(Fees, 0, 0)})
	if err != nil {
		t.Fatal(err)
	}
	var order []Account
	for _, r := range got.Rows {
		order = append(order, r.Account)
	}
	if len(order) != 4 || order[0] != "cash:BCA" || order[1] != Receivable || order[2] != Revenue || order[3] != TalentCost {
		t.Errorf("order %v; an account on which nothing ever moved is left out", order)
	}
	if !got.Even() || got.Sums[0].Debit != money.IDR(260) {
		t.Errorf("sums %+v", got.Sums)
	}
	odd, err := TrialOf([]TrialRow{row(Fees, 1, 0)})
	if err != nil || odd.Even() {
		t.Errorf("one leg alone is even: %+v %v", odd, err)
	}
}
