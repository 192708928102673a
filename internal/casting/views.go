package casting

import (
	"kolega/internal/campaign"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// facts of a row by talent, gathered by the loader.
type factsOf func(talentID string) rowFacts

// shortlist cuts the agency's view.
func (s *stage) shortlist(facts factsOf, moves map[string][]Move, calendar func(talentID string) worktime.Calendar) Shortlist {
	out := Shortlist{Campaign: s.campaign, Client: s.client, Brand: s.brand, Sheet: s.sheet, Contacts: s.contacts}
	today := s.today()
	for _, l := range s.lines() {
		line := ListLine{Line: l, Tally: Tally{Line: l}}
		var first campaign.Slot
		for _, x := range s.slots {
			if x.Open() && LineOf(x) == l.Key {
				if first.ID == "" {
					first = x
				}
				line.Seats = append(line.Seats, s.seat(x, moves, calendar))
			}
		}
		var sent []Choice
		for _, c := range s.candidates {
			if s.lineOf(c) != l.Key {
				continue
			}
			r := s.row(c)
			r.Warnings = warningsOf(r, first, facts(c.TalentID), today)
			line.Rows = append(line.Rows, r)
			p := r.Decision
			p.Answer = p.Sent
			sent = append(sent, Choice{Candidate: c, Line: l.Key, Pick: p, Offered: s.holding(c.ID) != nil})
		}
		line.Tally = TallyOf([]Line{l}, sent)[0]
		out.Lines = append(out.Lines, line)
	}
	out.Totals = totalsOf(out.Lines, s.campaign.Currency)
	return out
}

// today is the calendar day at the client's.
func (s *stage) today() worktime.Date {
	loc, err := worktime.Zone(s.client.Zone)
	if err != nil {
		loc, _ = worktime.Zone("Asia/Jakarta")
	}
	return worktime.DateOf(s.now, loc)
}

func (s *stage) row(c Candidate) Row {
	r := Row{Candidate: c, Talent: s.talents[c.TalentID], Account: s.accounts[c.AccountID], Decision: s.decision(c.ID)}
	for _, p := range s.picks[c.ID] {
		if p.ContactID != r.Decision.ContactID && p.Sent != AnswerNone {
			r.Advice = append(r.Advice, p)
		}
	}
	for i := range s.offers {
		if s.offers[i].CandidateID == c.ID {
			r.Offer, r.State = &s.offers[i], s.offers[i].State(s.now)
		}
	}
	return r
}

func (s *stage) seat(x campaign.Slot, moves map[string][]Move, calendar func(string) worktime.Calendar) Seat {
	out := Seat{Slot: x}
	var offers []Offer
	for i := range s.offers {
		if o := &s.offers[i]; o.SlotID == x.ID {
			offers = append(offers, *o)
			out.Offer = o
		}
	}
	var bookings []Booking
	for i := range s.bookings {
		if b := &s.bookings[i]; b.SlotID == x.ID {
			bookings = append(bookings, *b)
			out.Booking = b
		}
	}
	if b := out.Booking; b != nil && b.Active() {
		out.Checks = s.checks[b.ID]
		if p, ok := s.parcels[b.ID]; ok {
			out.Parcel = &p
		}
		out.Risk, out.Since = RiskOf(*b, out.Checks, calendar(b.TalentID), s.now)
	}
	out.State = SlotStateOf(offers, bookings, out.Risk, s.now)
	if out.Offer != nil {
		out.Name, out.Moves = s.talents[out.Offer.TalentID].Name, moves[out.Offer.ID]
	}
	return out
}

// clientSheet cuts the view of one contact.
func (s *stage) clientSheet(contactID string) ClientSheet {
	out := ClientSheet{CampaignID: s.campaign.ID, Campaign: s.campaign.Name, Brand: s.brand.Name, Deadline: s.sheet.Deadline,
		SharedAt: s.sheet.SharedAt, SentAt: s.sheet.SentAt, Late: s.sheet.Late, Decides: s.decides(contactID), Open: s.campaign.Open(),
		Past: !s.sheet.Deadline.IsZero() && s.now.After(s.sheet.Deadline.At)}
	out.Decider = s.deciderName()
	choices := s.choices(contactID)
	lines := s.lines()
	for i, t := range TallyOf(lines, choices) {
		l := ClientLine{Key: lines[i].Key, Name: lines[i].Name, Slots: t.Line.Slots, Yes: t.Yes, Reserve: t.Reserve, No: t.No, Left: t.Open, Over: t.Over}
		for _, c := range choices {
			if c.Line != l.Key {
				continue
			}
			if c.Pick.Unsent() && c.Candidate.Listed() {
				out.Unsent++
			}
			l.Cards = append(l.Cards, s.card(c))
		}
		if len(l.Cards) > 0 {
			out.Lines = append(out.Lines, l)
		}
	}
	return out
}

// choices are the candidates a contact was shown, with that contact's answers.
func (s *stage) choices(contactID string) []Choice {
	var out []Choice
	for _, c := range s.candidates {
		if !c.Shown() {
			continue
		}
		p := Pick{CandidateID: c.ID, ContactID: contactID, CampaignID: s.campaign.ID}
		for _, q := range s.picks[c.ID] {
			if q.ContactID == contactID {
				p = q
			}
		}
		out = append(out, Choice{Candidate: c, Talent: s.talents[c.TalentID].Name, Line: s.lineOf(c), Pick: p, Offered: s.holding(c.ID) != nil})
	}
	return out
}

func (s *stage) card(c Choice) ClientCard {
	t, a := s.talents[c.Candidate.TalentID], s.accounts[c.Candidate.AccountID]
	card := ClientCard{ID: c.Candidate.ID, Name: t.Name, Handle: a.Title(), Platform: string(a.Platform), City: t.City, Country: t.Country,
		Tier: talent.TierOf(a.Followers), Followers: a.Followers, FollowersOn: a.FollowersOn, ERBp: a.ERBp, ERBase: a.ERBase, EROn: a.EROn,
		AvgViews: a.AvgViews, Stale: talent.StaleOn(a.FollowersOn, s.today()), Tags: t.Tags, Categories: t.Categories, Why: c.Candidate.Why,
		Price: c.Candidate.Price, Gone: c.Candidate.Gone, Offered: c.Offered, Answer: c.Pick.Answer, Reason: c.Pick.Reason, Order: c.Pick.Order,
		Sent: c.Pick.Sent, SentAt: c.Pick.SentAt, Late: c.Pick.Late}
	if !c.Candidate.Listed() && card.Gone == "" {
		card.Gone = GoneWithdrawn
	}
	for _, b := range s.bookings {
		if b.ID == c.Candidate.Replaces {
			card.Replaces = s.talents[b.TalentID].Name
		}
	}
	for _, p := range s.picks[c.Candidate.ID] {
		if p.ContactID != c.Pick.ContactID && p.Sent != AnswerNone {
			card.Advice = append(card.Advice, Advice{Name: p.Name, Answer: p.Sent, Reason: p.SentReason})
		}
	}
	return card
}

// talentRoom cuts the view of one talent.
func (s *stage) talentRoom(talentID string) TalentRoom {
	var out TalentRoom
	for i := len(s.offers) - 1; i >= 0; i-- {
		o := s.offers[i]
		if o.TalentID != talentID {
			continue
		}
		a := s.accounts[o.AccountID]
		out.Offers = append(out.Offers, TalentOffer{ID: o.ID, CampaignID: o.CampaignID, Campaign: s.campaign.Name, Brand: s.brand.Name,
			Handle: a.Title(), Platform: string(a.Platform), Fee: o.Fee, Net: o.Net, Asked: o.Asked, Pieces: o.Pieces, Rights: o.Rights, Dates: o.Dates,
			Note: o.Note, TalentNote: o.TalentNote, State: o.State(s.now), SentBy: o.SentBy, SentAt: o.SentAt, ExpiresAt: o.ExpiresAt, Version: o.Version})
	}
	for _, b := range s.bookings {
		if b.TalentID != talentID {
			continue
		}
		a := s.accounts[b.AccountID]
		v := TalentBooking{ID: b.ID, CampaignID: b.CampaignID, Campaign: s.campaign.Name, Brand: s.brand.Name, Handle: a.Title(), Platform: string(a.Platform),
			Fee: b.Fee, Pieces: b.Deliverables, Rights: b.Rights, DraftDue: b.DraftDue, RevisionDue: b.RevisionDue, PostDue: b.PostDue,
			CommittedAt: b.CommittedAt, DraftAt: b.DraftAt, DeliveredAt: b.DeliveredAt, DroppedAt: b.DroppedAt}
		if p, ok := s.parcels[b.ID]; ok {
			v.Parcel = TalentParcel{State: p.State(), Contents: p.Contents, ClockDays: p.ClockDays, Recipient: p.Recipient, Courier: p.Courier, Number: p.Number}
		}
		for _, k := range s.checks[b.ID] {
			if b.Active() && b.DraftAt.IsZero() && !k.AskedAt.After(s.now) {
				v.Asked = k
			}
		}
		if v.Asked.Answer != CheckInNone {
			v.Asked = CheckIn{}
		}
		out.Bookings = append(out.Bookings, v)
	}
	return out
}
