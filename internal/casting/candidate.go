package casting

import (
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/money"
)

// Candidate is a talent's account proposed for a slot. Cost is what the talent
// would be paid, in the talent's currency; CostHome is the same in the campaign's
// currency; Price is what the client pays.
type Candidate struct {
	ID, CampaignID, ClientID, SlotID, TalentID, AccountID string

	Cost       money.Amount
	CostHome   money.Amount // equal to Cost when the currencies are the same
	Rate       string       // decimal, one unit of Cost's currency in the campaign's; "" when the same
	RateSource string       // where the rate was read, and when
	Price      money.Amount

	Why       string // the account executive's sentence to the client (A33)
	Note      string // internal: never leaves the staff app
	Rank      int64  // the agency's order within the slot, from 1
	Replaces  string // the booking it would take over; "" on the first list
	AddedBy   string // name
	AddedAt   time.Time
	ShownAt   time.Time // shared with the client; zero while internal
	RemovedAt time.Time // taken off the list; a shown one stays visible as gone
	Gone      string    // why a shown candidate is gone, as a reason code; "" while it is there
	Version   int64
}

// Faults of a candidate.
var (
	ErrWhyMissing     = fault.Field("why", "cast.why-missing")
	ErrWhyLong        = fault.Field("why", "cast.why-long")
	ErrCost           = fault.Field("cost", "cast.cost-wrong")
	ErrPrice          = fault.Field("price", "cast.price-wrong")
	ErrPriceCurrency  = fault.Field("price", "cast.price-currency")      // args: currency
	ErrRateMissing    = fault.Field("rate", "cast.rate-missing")         // args: from, to
	ErrRateWrong      = fault.Field("rate", "cast.rate-wrong")           // args: text
	ErrRateSource     = fault.Field("rate_source", "cast.rate-source")   // a typed rate names its source
	ErrTwice          = fault.Field("talent", "cast.twice")              // the talent is on this slot's list; args: talent
	ErrNotListed      = fault.New(fault.Conflict, "cast.not-listed")     // removed from the list
	ErrBlockedTalent  = fault.Field("talent", "cast.talent-blocked")     // blocked, erased, or a minor without guardian
	ErrWrongPlatform  = fault.Field("account", "cast.platform-wrong")    // args: want
	ErrShownHasAnswer = fault.New(fault.Conflict, "cast.answered")       // the client has answered: money terms stay
	ErrNothingToShow  = fault.New(fault.Invalid, "cast.nothing-to-show") // no complete candidate
	ErrIncomplete     = fault.New(fault.Conflict, "cast.incomplete")     // args: talent
)

// Reasons for which a shown candidate is gone. They are keys of texts a client reads.
const (
	GoneUnavailable = "unavailable" // not free on the dates
	GoneDeclined    = "declined"    // said no to the offer
	GoneBooked      = "booked"      // booked for another slot of the campaign
	GoneWithdrawn   = "withdrawn"   // taken back by the agency
)

// Margin is price less cost in the campaign's currency, and its share of the
// price in basis points (half away from zero); known is false without a price.
func (c Candidate) Margin() (amount money.Amount, bp int64, known bool) {
	return marginOf(c.Price, c.CostHome)
}

func marginOf(price, cost money.Amount) (money.Amount, int64, bool) {
	m, err := price.Sub(cost)
	if err != nil || price.Sign() <= 0 || cost.None() {
		return money.Amount{}, 0, false
	}
	num := m.Minor * 20_000
	den := 2 * price.Minor
	if num < 0 {
		return m, (num - price.Minor) / den, true
	}
	return m, (num + price.Minor) / den, true
}

// Listed says whether the candidate is on the list now.
func (c Candidate) Listed() bool { return c.RemovedAt.IsZero() }

// Shown says whether the client has been shown it.
func (c Candidate) Shown() bool { return !c.ShownAt.IsZero() }

// Missing names the form fields without which the candidate cannot be shared.
func (c Candidate) Missing() []string {
	var out []string
	if c.Cost.Sign() <= 0 {
		out = append(out, "cost")
	}
	if c.Price.None() {
		out = append(out, "price")
	}
	if strings.TrimSpace(c.Why) == "" {
		out = append(out, "why")
	}
	return out
}

// maxWhy bounds the sentence to what fits a card on a phone.
const maxWhy = 280

// Check finds everything wrong with a candidate's terms at once, by form field.
// home is the campaign's currency. Empty terms may follow later; what is there
// must be right.
func (c Candidate) Check(home money.Currency) error {
	wrong := fault.Fields{}
	say := func(bad bool, f *fault.Error) {
		for field, code := range f.Fields {
			if bad && wrong[field] == "" {
				wrong[field] = code
			}
		}
	}
	say(len([]rune(c.Why)) > maxWhy, ErrWhyLong)
	say(!c.Cost.None() && (c.Cost.Sign() <= 0 || !c.Cost.Currency.Known()), ErrCost)
	say(c.Price.Sign() < 0, ErrPrice)
	say(!c.Price.None() && c.Price.Currency != home, ErrPriceCurrency)
	abroad := !c.Cost.None() && c.Cost.Currency != home
	say(abroad && c.Rate == "", ErrRateMissing)
	say(abroad && c.Rate != "" && c.RateSource == "", ErrRateSource)
	return wrong.Err()
}

// Priced is the candidate with a zero price read as what it means: none, or
// nothing to pay on a seat that the guarantee gives free (R6).
func (c Candidate) Priced(home money.Currency, free bool) Candidate {
	switch {
	case free:
		c.Price = money.New(0, home)
	case c.Price.IsZero():
		c.Price = money.Amount{}
	}
	return c
}

// Settle computes CostHome from Cost and the typed rate: exact, rounded half away
// from zero to the currency's unit. Faults: cast.rate-missing, cast.rate-wrong.
func (c Candidate) Settle(home money.Currency) (Candidate, error) {
	if c.Cost.None() || c.Cost.Currency == home {
		c.CostHome, c.Rate, c.RateSource = c.Cost, "", ""
		return c, nil
	}
	if c.Rate == "" {
		return c, ErrRateMissing.With("from", string(c.Cost.Currency), "to", string(home))
	}
	at, err := Convert(c.Cost, c.Rate, home)
	if err != nil {
		return c, err
	}
	c.CostHome = at
	return c, nil
}
