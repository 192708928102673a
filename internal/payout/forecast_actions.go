package payout

import (
	"context"
	"slices"

	"kolega/internal/access"
	"kolega/internal/billing"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// Forecast is the weekly view of one currency: what is to come, what is to go, and
// whose lateness a shortfall is due to (R11).
type Forecast struct {
	Currency money.Currency
	Weeks    []Week
	Clients  map[string]string // names of those that are late, by id
}

// forecastWeeks is how far the view looks.
const forecastWeeks = 6

// Forecast gives the weeks from this one on, a part for each currency in which
// something is to move. Money to come is what invoices are open for; money to go is
// what talents earned and have not received.
func (s *Service) Forecast(ctx context.Context, actor access.Actor) (out []Forecast, err error) {
	for _, verb := range []access.Verb{"payout.see", "invoice.see"} {
		if err := actor.Require(verb, access.Owner{}); err != nil {
			return nil, err
		}
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		day, err := today(ctx, tx)
		if err != nil {
			return err
		}
		in, names, err := toCome(ctx, tx, day)
		if err != nil {
			return err
		}
		pay, err := toGo(ctx, tx, day)
		if err != nil {
			return err
		}
		for _, c := range currenciesOf(in, pay) {
			weeks, err := Weeks(c, in, pay, day, forecastWeeks)
			if err != nil {
				return err
			}
			out = append(out, Forecast{c, weeks, names})
		}
		return nil
	})
	return out, err
}

func toCome(ctx context.Context, tx *db.Tx, day worktime.Date) (in []Flow, names map[string]string, err error) {
	open, err := billing.OpenInvoices(ctx, tx, "", "")
	if err != nil {
		return nil, nil, err
	}
	names = map[string]string{}
	for _, o := range open {
		id := o.Invoice.ClientID
		if _, ok := names[id]; !ok {
			c, err := client.LoadClient(ctx, tx, id)
			if err != nil {
				return nil, nil, err
			}
			names[id] = c.Name
		}
		in = append(in, Flow{On: o.Invoice.DueOn, Amount: o.Balance, ClientID: id, Late: day.After(o.Invoice.DueOn)})
	}
	return in, names, nil
}

func toGo(ctx context.Context, tx *db.Tx, day worktime.Date) (out []Flow, err error) {
	list, err := ListPayouts(ctx, tx, Filter{Earned: true, Owed: true, Limit: 1000})
	if err != nil {
		return nil, err
	}
	named, err := lines(ctx, tx, list)
	for _, l := range named {
		if l.State == Arrived || l.State == Cancelled {
			continue
		}
		on := l.DueOn
		if l.Hold.InForce(day) {
			on = l.Hold.Until // the talent was told this day
		}
		out = append(out, Flow{On: on, Amount: l.Outstanding})
	}
	return out, err
}

// currenciesOf names those that move, the agency's usual first.
func currenciesOf(lists ...[]Flow) (out []money.Currency) {
	for _, list := range lists {
		for _, f := range list {
			if !slices.Contains(out, f.Amount.Currency) {
				out = append(out, f.Amount.Currency)
			}
		}
	}
	slices.SortFunc(out, func(a, b money.Currency) int {
		switch {
		case a == b:
			return 0
		case a == money.CurrencyIDR || b != money.CurrencyIDR && a < b:
			return -1
		}
		return 1
	})
	return out
}
