package ledger

import (
	"cmp"
	"slices"

	"kolega/internal/money"
)

// TrialRow is one account in one currency over a period: what stood before, what was
// debited and credited within, what stands after. Debit and Credit are not negative.
type TrialRow struct {
	Account Account
	Opening money.Amount
	Debit   money.Amount
	Credit  money.Amount
	Closing money.Amount
}

// Trial is a trial balance: its rows in the order of the chart, and the sums of each
// currency, of which opening and closing are zero and debit is credit.
type Trial struct {
	Rows []TrialRow
	Sums []TrialRow
}

// place orders accounts as the chart does; named ones stand with their kind.
func place(a Account) int {
	switch a.Kind() {
	case "cash":
		return -2
	case "provider":
		return -1
	}
	return slices.Index(plain, Account(a.Kind()))
}

// TrialOf closes the rows and sums them. Fault: money.too-large.
func TrialOf(rows []TrialRow) (t Trial, err error) {
	for _, r := range rows {
		if r.Closing, err = money.Sum(r.Opening.Currency, r.Opening, r.Debit, r.Credit.Neg()); err != nil {
			return t, err
		}
		if r.Opening.IsZero() && r.Debit.IsZero() && r.Credit.IsZero() {
			continue
		}
		t.Rows = append(t.Rows, r)
		if err = t.sum(r); err != nil {
			return t, err
		}
	}
	slices.SortStableFunc(t.Rows, func(a, b TrialRow) int {
		return cmp.Or(cmp.Compare(a.Opening.Currency, b.Opening.Currency), cmp.Compare(place(a.Account), place(b.Account)), cmp.Compare(a.Account, b.Account))
	})
	slices.SortFunc(t.Sums, func(a, b TrialRow) int { return cmp.Compare(a.Opening.Currency, b.Opening.Currency) })
	return t, nil
}

func (t *Trial) sum(r TrialRow) (err error) {
	c := r.Opening.Currency
	i := slices.IndexFunc(t.Sums, func(s TrialRow) bool { return s.Opening.Currency == c })
	if i < 0 {
		zero := money.New(0, c)
		t.Sums, i = append(t.Sums, TrialRow{Opening: zero, Debit: zero, Credit: zero, Closing: zero}), len(t.Sums)
	}
	s := &t.Sums[i]
	for _, x := range []struct{ to, add *money.Amount }{{&s.Opening, &r.Opening}, {&s.Debit, &r.Debit}, {&s.Credit, &r.Credit}, {&s.Closing, &r.Closing}} {
		if *x.to, err = x.to.Add(*x.add); err != nil {
			return err
		}
	}
	return nil
}

// Even says whether every currency is even before, within and after the period.
func (t Trial) Even() bool {
	return !slices.ContainsFunc(t.Sums, func(s TrialRow) bool {
		return !s.Opening.IsZero() || !s.Closing.IsZero() || s.Debit != s.Credit
	})
}
