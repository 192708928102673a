package payout

import (
	"slices"
	"strings"

	"kolega/internal/money"
	"kolega/internal/worktime"
)

// Flow is one amount that is to come or to go.
type Flow struct {
	On       worktime.Date
	Amount   money.Amount
	ClientID string // of money to come
	Late     bool   // its due day has passed
}

// Gap names a client whose late money a week lacks.
type Gap struct {
	ClientID string
	Amount   money.Amount
}

// Week is one row of the weekly view (R11): what comes, what goes, and which
// client's lateness a shortfall is due to.
type Week struct {
	From      worktime.Date // Monday
	ToReceive money.Amount
	ToPay     money.Amount
	Balance   money.Amount // ToReceive less ToPay
	Late      []Gap        // of a week that falls short, the largest first
}

// Weeks lays flows of one currency over n weeks from today's; what is overdue
// stands in the first, what lies behind the last is left out.
func Weeks(c money.Currency, in, out []Flow, today worktime.Date, n int) ([]Week, error) {
	monday := today.AddDays(-(int(today.Weekday()) + 6) % 7)
	weeks := make([]Week, n)
	zero := money.New(0, c)
	for i := range weeks {
		weeks[i] = Week{From: monday.AddDays(7 * i), ToReceive: zero, ToPay: zero, Balance: zero}
	}
	late := map[string]money.Amount{}
	add := func(flows []Flow, to func(*Week) *money.Amount) error {
		for _, f := range flows {
			i := max(0, monday.DaysUntil(f.On)/7)
			if f.Amount.Currency != c || i >= n {
				continue
			}
			sum, err := to(&weeks[i]).Add(f.Amount)
			if err != nil {
				return err
			}
			*to(&weeks[i]) = sum
			if f.Late && f.ClientID != "" {
				if late[f.ClientID], err = late[f.ClientID].Add(f.Amount); err != nil {
					return err
				}
			}
		}
		return nil
	}
	if err := add(in, func(w *Week) *money.Amount { return &w.ToReceive }); err != nil {
		return nil, err
	}
	if err := add(out, func(w *Week) *money.Amount { return &w.ToPay }); err != nil {
		return nil, err
	}
	for i := range weeks {
		w := &weeks[i]
		var err error
		if w.Balance, err = w.ToReceive.Sub(w.ToPay); err != nil {
			return nil, err
		}
		if i == 0 {
			w.Late = gaps(late, w.ToPay)
		}
	}
	return weeks, nil
}

// gaps lists late clients while there is something to pay.
func gaps(late map[string]money.Amount, pay money.Amount) []Gap {
	if pay.Sign() <= 0 {
		return nil
	}
	var out []Gap
	for id, amount := range late {
		out = append(out, Gap{id, amount})
	}
	slices.SortFunc(out, func(a, b Gap) int {
		if n := b.Amount.Cmp(a.Amount); n != 0 {
			return n
		}
		return strings.Compare(a.ClientID, b.ClientID)
	})
	return out
}
