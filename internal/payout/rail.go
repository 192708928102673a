package payout

import (
	"slices"
	"time"

	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// unclearDays are the business days after the expected arrival from which a
// transfer without confirmation is unclear (R10).
const unclearDays = 2

// Rail is one dated row: a way money travels to a country.
type Rail struct {
	ID       string
	Name     string
	Method   talent.RouteMethod
	Currency money.Currency
	Country  string
	From, To worktime.Date
	Limit    money.Amount // of one transfer; zero has none
	Cutoff   int64        // minute of the day in Zone from which the next business day counts
	Zone     string
	Days     int64 // business days of Country until it arrives
	Source   string
}

// RailFor picks the rail that carries a currency by a method on a day. Fault:
// payout.no-rail.
func RailFor(rails []Rail, m talent.RouteMethod, c money.Currency, day worktime.Date) (Rail, error) {
	i := slices.IndexFunc(rails, func(r Rail) bool {
		return r.Method == m && r.Currency == c && !day.Before(r.From) && (r.To.IsZero() || !day.After(r.To))
	})
	if i < 0 {
		return Rail{}, ErrNoRail.With("method", string(m), "currency", string(c))
	}
	return rails[i], nil
}

// Split divides an amount into transfers under the limit, whole limits first.
func (r Rail) Split(amount money.Amount) []money.Amount {
	if r.Limit.Sign() <= 0 || r.Limit.Currency != amount.Currency {
		return []money.Amount{amount}
	}
	var out []money.Amount
	for left := amount.Minor; left > 0; left -= r.Limit.Minor {
		out = append(out, money.New(min(left, r.Limit.Minor), amount.Currency))
	}
	return out
}

// Expected is the day on which a transfer sent at an instant should arrive: it
// counts from the same business day of the receiving country before the
// cut-off minute, else from the next.
func (r Rail) Expected(sent time.Time, cal worktime.Calendar) worktime.Date {
	local := sent.In(cal.Zone)
	day := worktime.DateOf(sent, cal.Zone)
	start := cal.AddWorkdays(day, 0)
	if start == day && int64(local.Hour()*60+local.Minute()) >= r.Cutoff {
		start = cal.AddWorkdays(day, 1)
	}
	if r.Days == 0 {
		return start
	}
	return cal.AddWorkdays(start, int(r.Days))
}
