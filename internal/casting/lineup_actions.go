package casting

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/match"
	"kolega/internal/money"
)

// LineUpSeat is an open slot with whom the line-up gives it.
type LineUpSeat struct {
	SlotID   string
	Number   int64
	Name     string // its pieces in words
	Taken    *LineUpChoice
	Reserves []LineUpChoice // at most two
}

// LineUpChoice is a candidate in a line-up.
type LineUpChoice struct {
	CandidateID, TalentID, Name, Handle string

	Fee   money.Amount // in the campaign's currency
	Reach int64        // expected engaged reach: followers × ER
}

// LineUp is the best set of a campaign's candidates for its open slots (R18).
type LineUp struct {
	Seats   []LineUpSeat
	Budget  money.Amount // what the open slots may cost together
	Fee     money.Amount
	Reach   int64 // of all together, each pair's overlap counted once
	Best    int64 // no set can be above
	ShortBp int64 // how far the set can be from the best possible
	Exact   bool
	LeftOut []LeftOut
}

// LeftOut is a candidate who was not weighed, and why: no-cost, no-figures, or a hard
// condition as in Filters.
type LeftOut struct{ Name, Why string }

// LineUp proposes whom to show: the set of listed candidates with the highest expected
// engaged reach within the open slots and their budgets, with two reserves a slot. It
// changes nothing. Faults: not-found, access.forbidden.
func (s *Service) LineUp(ctx context.Context, actor access.Actor, campaignID string) (out LineUp, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := loadStage(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		if err := actor.Require("cast.see", owner(st.campaign)); err != nil {
			return err
		}
		facts, err := gatherFacts(ctx, tx, st)
		if err != nil {
			return err
		}
		out = st.lineUp(facts)
		return nil
	})
	return out, err
}

// lineUp weighs the candidates that no hard condition keeps out.
func (s *stage) lineUp(facts map[string]rowFacts) LineUp {
	home := s.campaign.Currency
	out := LineUp{Budget: money.New(0, home)}
	held := map[string]bool{} // slots and talents with a booking
	for _, b := range s.bookings {
		if b.Active() {
			held[b.SlotID], held[b.TalentID] = true, true
		}
	}
	var seats []match.Seat
	kinds := []LineKey{}
	limited := true
	for _, x := range s.slots {
		if !x.Open() || held[x.ID] {
			continue
		}
		seat := match.Seat{ID: x.ID}
		if x.Budget.Currency == home {
			seat.Budget = x.Budget.Minor
			out.Budget.Minor += x.Budget.Minor
		}
		limited = limited && seat.Budget > 0
		seats, kinds = append(seats, seat), append(kinds, LineOf(x))
		out.Seats = append(out.Seats, LineUpSeat{SlotID: x.ID, Number: x.Number, Name: PiecesText(PiecesOf(x))})
	}
	choices, left := s.lineUpChoices(kinds, held, facts)
	out.LeftOut = left
	if !limited {
		out.Budget = money.Amount{}
	}
	out.fill(match.Line(seats, choices, out.Budget.Minor), choices, home, s)
	return out
}

// lineUpChoices are the candidates with the seats they fit: those of their kind of slot.
func (s *stage) lineUpChoices(kinds []LineKey, held map[string]bool, facts map[string]rowFacts) (choices []match.Choice, left []LeftOut) {
	for _, c := range s.candidates {
		if !c.RemovedAt.IsZero() || c.Gone != "" || held[c.TalentID] {
			continue
		}
		t, a, f := s.talents[c.TalentID], s.accounts[c.AccountID], facts[c.TalentID]
		why := ""
		switch {
		case s.decision(c.ID).Sent == AnswerNo, f.declined:
			why = string(FilterDeclined)
		case f.absent, f.busy:
			why = string(FilterDates)
		case f.clash:
			why = string(FilterRights)
		case f.noRoute:
			why = string(FilterPayable)
		case c.CostHome.None():
			why = "no-cost"
		case a.Followers < 0 || a.ERBp < 0:
			why = "no-figures"
		}
		if why != "" {
			left = append(left, LeftOut{t.Name, why})
			continue
		}
		x := match.Choice{ID: c.ID, TalentID: c.TalentID, Name: t.Name, Fee: c.CostHome.Minor, Reach: a.Followers * a.ERBp / 10_000, Country: t.Country, City: t.City, Categories: t.Categories}
		for i, kind := range kinds {
			if kind == s.lineOf(c) {
				x.Seats = append(x.Seats, i)
			}
		}
		choices = append(choices, x)
	}
	return choices, left
}

func (l *LineUp) fill(found match.LineUp, choices []match.Choice, home money.Currency, s *stage) {
	l.Reach, l.Best, l.ShortBp, l.Exact, l.Fee = found.Reach, found.Best, found.ShortBp(), found.Exact, money.New(found.Fee, home)
	handles := map[string]string{}
	for _, c := range s.candidates {
		handles[c.ID] = s.accounts[c.AccountID].Title()
	}
	show := func(i int) LineUpChoice {
		c := choices[i]
		return LineUpChoice{CandidateID: c.ID, TalentID: c.TalentID, Name: c.Name, Handle: handles[c.ID], Fee: money.New(c.Fee, home), Reach: c.Reach}
	}
	for k := range l.Seats {
		if i := found.Taken[k]; i != match.None {
			x := show(i)
			l.Seats[k].Taken = &x
		}
		for _, i := range found.Reserves[k] {
			if i != match.None {
				l.Seats[k].Reserves = append(l.Seats[k].Reserves, show(i))
			}
		}
	}
}
