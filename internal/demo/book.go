package demo

import (
	"fmt"
	"strings"

	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/db"
	"kolega/internal/review"
)

// seats opens equal slots.
func (c *camp) seats(n int64, s campaign.Slot) {
	if c.err != nil {
		return
	}
	s.CampaignID = c.ID
	slots, err := c.run.Campaign.AddSlots(c.ctx, c.ae, s, n)
	c.note("add slots", err)
	c.slots = append(c.slots, slots...)
}

// propose puts talents on the list of a slot; whys answer one another in turn.
func (c *camp) propose(slot int, whys []string, handles ...string) {
	for i, h := range handles {
		if c.err != nil {
			return
		}
		req := casting.AddCandidate{CampaignID: c.ID, SlotID: c.slots[slot].ID, TalentID: c.talent(h).ID, Why: whys[i%len(whys)]}
		if c.talents[h].Country == "PH" && c.Currency == "IDR" {
			req.Rate, req.RateSource = "281.35", "Kurs tengah bank, "+string(c.today.AddDays(-since))
		}
		var err error
		c.cands[h], err = c.Casting.AddCandidate(c.ctx, c.spec, req)
		c.note("list "+h, err)
	}
}

// shareList shows the list to the client until the end of a day.
func (c *camp) shareList(until int) {
	if c.err == nil {
		_, err := c.Casting.ShareShortlist(c.ctx, c.ae, casting.ShareShortlist{CampaignID: c.ID, Deadline: string(c.date(until))})
		c.note("share the list", err)
	}
}

// pick is the decider's answer to some cards.
func (c *camp) pick(a casting.Answer, reason string, handles ...string) {
	for i, h := range handles {
		if c.err != nil {
			return
		}
		req := casting.GivePick{CandidateID: c.cands[h].ID, Answer: a, Reason: reason}
		if a == casting.AnswerReserve {
			req.Order = int64(i + 1)
		}
		c.note("pick "+h, c.Casting.Pick(c.ctx, c.as(c.signer), req))
	}
}

// sendPicks is the decider's decision on everything.
func (c *camp) sendPicks() {
	if c.err == nil {
		_, err := c.Casting.SendPicks(c.ctx, c.as(c.signer), c.ID)
		c.note("send picks", err)
	}
}

// offer asks talents for the seat, with the slot's dates unless others are given.
func (c *camp) offer(req casting.SendOffer, handles ...string) {
	for _, h := range handles {
		if c.err != nil {
			return
		}
		req.CandidateID = c.cands[h].ID
		var err error
		c.offers[h], err = c.Casting.SendOffer(c.ctx, c.spec, req)
		c.note("offer to "+h, err)
	}
}

// commit is the talents' yes to each date, after they have ticked the brief and
// shown that it is they.
func (c *camp) commit(handles ...string) {
	for _, h := range handles {
		c.acknowledge(h)
		if c.err != nil {
			return
		}
		yes := map[casting.DateKind]bool{}
		for _, d := range c.offers[h].Dates {
			yes[d.Kind] = true
		}
		c.stepUp(c.as(h), casting.StepUpPurpose(c.offers[h].ID))
		b, err := c.Casting.AnswerOffer(c.ctx, c.as(h), casting.AnswerOffer{ID: c.offers[h].ID, Yes: yes})
		c.note("commitment of "+h, err)
		c.bookings[h] = b
	}
}

// owed learns what the commitments made due: a worker has made the deliverables.
func (c *camp) owed(handles ...string) {
	c.read("deliverables", func(tx *db.Tx) error {
		for _, h := range handles {
			list, err := review.ListDeliverablesOf(c.ctx, tx, c.bookings[h].ID)
			if err != nil {
				return err
			}
			if len(list) == 0 {
				return fmt.Errorf("nothing is owed by @%s", h)
			}
			c.pieces[h] = list
		}
		return nil
	})
}

// pieces of a slot.
func makes(spec ...string) []campaign.Deliverable {
	var out []campaign.Deliverable
	for _, s := range spec {
		platform, format, _ := strings.Cut(s, " ")
		out = append(out, campaign.Deliverable{Platform: platform, Format: format, Count: 1})
	}
	return out
}
