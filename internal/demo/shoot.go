package demo

import "kolega/internal/shoot"

// shootDay plans a day on location as many days ahead, calls a talent, the decider and
// the specialist, and keeps what was filmed in a trial and what the client wished.
func (c *camp) shootDay(days int, place, bring, handle string) {
	talent, client := c.as(handle), c.as(c.signer)
	if c.err != nil {
		return
	}
	day, err := c.Shoot.Plan(c.ctx, c.ae, shoot.Shoot{CampaignID: c.ID, On: c.date(days), Zone: "Asia/Jakarta", Place: place, Bring: bring})
	c.note("plan a shoot", err)
	for _, call := range []struct {
		kind     shoot.Kind
		id, time string
	}{{shoot.Talent, talent.TalentID, "07.30"}, {shoot.Staff, c.spec.ID, "07.00"}, {shoot.Contact, client.ContactID, "09.00"}} {
		if call.kind == shoot.Staff && c.run.n > 0 {
			continue // in a copy of the agency the same people are on location already
		}
		if c.err == nil {
			c.note("call", c.Shoot.Call(c.ctx, c.spec, day.ID, call.kind, call.id, call.time))
		}
	}
	if c.err != nil {
		return
	}
	full, err := c.Shoot.Day(c.ctx, c.spec, day.ID)
	c.note("shoot", err)
	if c.err == nil && len(full.Points) > 0 {
		c.note("filmed", c.Shoot.Film(c.ctx, c.spec, day.ID, talent.TalentID, []string{full.Points[0].ID}))
		c.note("wish", c.Shoot.NoteWish(c.ctx, c.spec, day.ID, "Boleh sekalian rekam versi malam di teras?", client.Name))
	}
}
