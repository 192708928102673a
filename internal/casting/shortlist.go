package casting

import (
	"time"

	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// Shortlist is a campaign's casting as its people see it: kinds of slots, seats, candidates.
type Shortlist struct {
	Campaign campaign.Campaign
	Client   client.Client
	Brand    client.Brand
	Sheet    Sheet
	Contacts []client.Contact
	Lines    []ListLine
	Totals   Totals
}

// Decider is the contact whose answers count; zero when each contact may decide.
func (s Shortlist) Decider() client.Contact {
	for _, c := range s.Contacts {
		if c.ID == s.Sheet.DeciderID {
			return c
		}
	}
	return client.Contact{}
}

// ListLine is one kind of slot with its seats and candidates.
type ListLine struct {
	Line
	Tally Tally // of the decider's sent answers
	Seats []Seat
	Rows  []Row
}

// Row is one candidate with everything the agency knows of it.
type Row struct {
	Candidate Candidate
	Talent    talent.Talent
	Account   talent.Account
	Decision  Pick   // the decider's; zero without one
	Advice    []Pick // of the other contacts
	Offer     *Offer // the newest; nil without one
	State     State  // of that offer
	Warnings  []Warning
}

// Warning is a code of what to look at before a candidate is shared or offered.
type Warning string

// The warnings (A30, A38).
const (
	WarnStale      Warning = "stale"       // figures older than 90 days or without a date
	WarnNoER       Warning = "no_er"       // engagement rate unknown
	WarnIncomplete Warning = "incomplete"  // cost, price or sentence missing
	WarnOver       Warning = "over_budget" // cost above the slot's budget
	WarnLoss       Warning = "loss"        // cost above the price
	WarnNoRoute    Warning = "no_route"    // not payable in the cost's currency by a known route
	WarnAbsent     Warning = "absent"      // away on a date of the slot
	WarnBusy       Warning = "busy"        // another booking on a date of the slot
	WarnBlocked    Warning = "blocked"     // blocked, erased, or a minor without guardian
	WarnDeclined   Warning = "declined"    // this client said no before
	WarnClash      Warning = "clash"       // exclusive elsewhere: an offer would be refused
	WarnRival      Warning = "rival"       // booked for a rival, or exclusive in the category
)

// Seat is one slot with where it stands.
type Seat struct {
	Slot    campaign.Slot
	State   SlotState
	Name    string // the talent who was offered or booked; "" on an open seat
	Offer   *Offer
	Booking *Booking
	Risk    Risk
	Since   time.Time // since when the risk holds
	Checks  []CheckIn
	Parcel  *Parcel // of the booking; nil without one
	Moves   []Move  // of the shown offer
}

// Totals sums the candidates with the client's yes, all in the campaign's currency.
type Totals struct {
	Seats, Filled int64
	Cost, Price   money.Amount
	Budget        money.Amount // of all slots
	Margin        money.Amount
	MarginBp      int64
	Known         bool // margin is known
}

// warningsOf says what to look at in a row.
func warningsOf(r Row, s campaign.Slot, facts rowFacts, today worktime.Date) []Warning {
	var out []Warning
	add := func(bad bool, w Warning) {
		if bad {
			out = append(out, w)
		}
	}
	c := r.Candidate
	add(r.Talent.Bookable(today) != nil, WarnBlocked)
	add(facts.declined, WarnDeclined)
	add(facts.clash, WarnClash)
	add(facts.rival && !facts.clash, WarnRival)
	add(facts.absent, WarnAbsent)
	add(facts.busy, WarnBusy)
	add(len(c.Missing()) > 0, WarnIncomplete)
	add(!c.CostHome.None() && s.Budget.Sign() > 0 && c.CostHome.Currency == s.Budget.Currency && c.CostHome.Cmp(s.Budget) > 0, WarnOver)
	m, _, known := c.Margin()
	add(known && m.Sign() < 0 && !s.Free, WarnLoss)
	add(facts.noRoute, WarnNoRoute)
	add(talent.StaleOn(r.Account.FollowersOn, today), WarnStale)
	add(r.Account.ERBp < 0, WarnNoER)
	return out
}

// rowFacts are what other bookings and the talent's own records say of a row.
type rowFacts struct{ declined, clash, rival, absent, busy, noRoute bool }

// totalsOf sums what the client said yes to, each candidate once.
func totalsOf(lines []ListLine, home money.Currency) Totals {
	t := Totals{Cost: money.New(0, home), Price: money.New(0, home), Budget: money.New(0, home)}
	for _, l := range lines {
		for _, s := range l.Seats {
			t.Seats++
			if s.Booking != nil && s.Booking.Active() {
				t.Filled++
			}
			if sum, err := t.Budget.Add(s.Slot.Budget); err == nil {
				t.Budget = sum
			}
		}
		for _, r := range l.Rows {
			held := r.Offer != nil && (r.State == StateOffered || r.State == StateCountered || r.State == StateCommitted)
			if r.Decision.Sent != AnswerYes && !held || !r.Candidate.Listed() && !held {
				continue
			}
			cost, price := r.Candidate.CostHome, r.Candidate.Price
			if held {
				cost, price = r.Offer.FeeHome, r.Offer.Price
			}
			if sum, err := t.Cost.Add(cost); err == nil {
				t.Cost = sum
			}
			if sum, err := t.Price.Add(price); err == nil {
				t.Price = sum
			}
		}
	}
	t.Margin, t.MarginBp, t.Known = marginOf(t.Price, t.Cost)
	return t
}
