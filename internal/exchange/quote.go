package exchange

import (
	"math/big"
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// Quote is what one unit of From was in To on a day.
type Quote struct {
	ID       string
	On       worktime.Date
	From, To money.Currency
	Rate     string // plain decimal: "15850.5"
	Source   string // "ECB", "Kurs Pajak KMK 47/2026"
	MadeAt   time.Time
	MadeBy   string
}

// Faults of quotes.
var (
	ErrPair   = fault.New(fault.Invalid, "exchange.pair") // one currency, or an unknown one
	ErrDay    = fault.New(fault.Invalid, "exchange.day")  // none, or in the future
	ErrSource = fault.New(fault.Invalid, "exchange.source")
	ErrTwice  = fault.New(fault.Conflict, "exchange.twice") // arg: rate; another rate of that day and source
	ErrFile   = fault.New(fault.Invalid, "exchange.file")   // neither the ECB's nor our form; args: row
	ErrNone   = fault.New(fault.Invalid, "exchange.none")   // args: from, to, day
)

// Check refuses a quote that cannot be. today is the agency's own. Faults: exchange.*,
// money.rate, by field.
func (q Quote) Check(today worktime.Date) error {
	f := fault.Fields{}
	if !q.From.Known() || !q.To.Known() || q.From == q.To {
		f["to"] = ErrPair.Code
	}
	if !q.On.Valid() || q.On.After(today) {
		f["on"] = ErrDay.Code
	}
	if strings.TrimSpace(q.Source) == "" || len(q.Source) > 80 {
		f["source"] = ErrSource.Code
	}
	if _, err := money.ParseRate(q.Rate, q.From, q.To, 1); err != nil {
		f["rate"] = money.ErrRate.Code
	}
	return f.Err()
}

// Found answers what one unit of a currency was in another on a day.
type Found struct {
	Rate   string
	On     worktime.Date // of the quote, the day asked for or one shortly before
	Source string
}

// Named is the source with its day, as documents keep it: "ECB 2026-11-20".
func (f Found) Named() string { return f.Source + " " + string(f.On) }

// oldest is how many days a quote may be older than the day it is asked for: the longest
// run of holidays without a new one.
const oldest = 12

// Find answers from quotes of at most twelve days before the day: the newest day first,
// a quote of the pair itself before its inverse before one through the euro.
func Find(quotes []Quote, from, to money.Currency, day worktime.Date) (Found, bool) {
	for back := range oldest + 1 {
		on := day.AddDays(-back)
		var of []Quote
		for _, q := range quotes {
			if q.On == on {
				of = append(of, q)
			}
		}
		if f, ok := findOn(of, from, to); ok {
			return f, true
		}
	}
	return Found{}, false
}

func findOn(of []Quote, from, to money.Currency) (Found, bool) {
	for _, q := range of {
		if q.From == from && q.To == to {
			return Found{q.Rate, q.On, q.Source}, true
		}
	}
	for _, q := range of {
		if q.From == to && q.To == from {
			if r, ok := ratio("1", q.Rate); ok {
				return Found{r, q.On, q.Source}, true
			}
		}
	}
	for _, a := range of {
		for _, b := range of {
			if a.From == "EUR" && b.From == "EUR" && a.To == from && b.To == to && a.Source == b.Source {
				if r, ok := ratio(b.Rate, a.Rate); ok {
					return Found{r, a.On, a.Source}, true
				}
			}
		}
	}
	return Found{}, false
}

// ratio divides two decimals to eight significant places, half up; false for nothing.
func ratio(num, den string) (string, bool) {
	a, okA := new(big.Rat).SetString(num)
	b, okB := new(big.Rat).SetString(den)
	if !okA || !okB || b.Sign() <= 0 || a.Sign() <= 0 {
		return "", false
	}
	q := a.Quo(a, b)
	places := 8
	for one := big.NewRat(1, 1); q.Cmp(one) >= 0 && places > 2; places-- {
		one.Mul(one, big.NewRat(10, 1))
		if q.Cmp(one) < 0 {
			break
		}
	}
	s := strings.TrimRight(q.FloatString(places), "0")
	s = strings.TrimSuffix(s, ".")
	return s, strings.Trim(s, "0.") != ""
}
