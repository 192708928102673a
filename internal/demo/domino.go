package demo

import (
	"cmp"
	"strings"
	"time"

	"kolega/internal/result"
)

// plans puts the same budget on two plans: seeds on media accounts, and talents.
func (c *camp) plans() {
	if c.err != nil {
		return
	}
	media, err := c.Result.MediaAccounts(c.ctx, c.ae)
	c.note("media accounts", err)
	line := func(l result.AddLine) {
		if l.CampaignID, l.Platform, l.Format = c.ID, cmp.Or(l.Platform, "instagram"), "feed"; c.err != nil {
			return
		}
		_, err := c.Result.AddLine(c.ctx, c.spec, l)
		c.note("plan", err)
	}
	for _, s := range []result.AddLine{
		{Name: "wartakantin", Cost: idr(2), Expected: 180_000, Source: result.SourcePast, SourceNote: "uji coba September", PlannedOn: c.date(-5)},
		{Name: "kabarreceh", Cost: idr(6), Expected: 420_000, Source: result.SourceRateCard, SourceNote: "media kit Oktober", PlannedOn: c.date(16), Risk: "Komentar cepat melenceng dari produk"},
		{Name: "memekosan", Cost: idr(5), Expected: 350_000, Source: result.SourceRateCard, SourceNote: "media kit Oktober", PlannedOn: c.date(16)},
	} {
		for _, a := range media {
			if a.Handle == s.Name+c.suffix() && a.Platform == "instagram" {
				s.AccountID = a.ID
			}
		}
		line(s)
	}
	line(result.AddLine{Side: result.KOLSide, Name: "Satu talent makro, satu Reels", Cost: idr(9), Expected: 260_000, Source: result.SourcePast, SourceNote: "rata-rata tiga campaign", Risk: "Satu wajah, satu kali tayang"})
	line(result.AddLine{Side: result.KOLSide, Name: "Dua talent mikro, masing-masing satu Reels", Cost: idr(4), Expected: 110_000, Source: result.SourceGuess})
}

// seeded says that the test seed is live; then others take it up, unpaid.
func (c *camp) seeded() {
	if c.err != nil {
		return
	}
	d, err := c.Result.Domino(c.ctx, c.spec, c.ID)
	c.note("domino", err)
	at := c.Clock.Now().Add(-2 * time.Hour)
	if len(d.Seeds) == 0 || c.err != nil {
		return
	}
	_, err = c.Result.PostLine(c.ctx, c.spec, result.PostLine{CampaignID: c.ID, LineID: d.Seeds[0].ID, URL: c.address("wartakantin", "seed"), At: at, Reach: 174_000, Views: result.Unknown})
	c.note("seed", err)
}

// taken is one unpaid post that followed another, by its account's handle.
func (c *camp) taken(handle, after string, reach int64) {
	if c.err != nil {
		return
	}
	d, err := c.Result.Domino(c.ctx, c.spec, c.ID)
	c.note("domino", err)
	p := result.AddPickup{CampaignID: c.ID, URL: c.address(handle, after), At: c.Clock.Now().Add(-30 * time.Minute), Reach: reach, Views: result.Unknown}
	for _, s := range d.Seeds {
		if after != "" && s.Posted() && strings.HasPrefix(s.Name, "@"+after) {
			p.Parents = []string{s.ID}
		}
	}
	for _, x := range d.Pickups {
		if strings.HasPrefix(x.Account, after) && after != "" {
			p.Parents = []string{x.ID}
		}
	}
	if c.err == nil {
		_, err = c.Result.AddPickup(c.ctx, c.spec, p)
		c.note("pick-up of "+handle, err)
	}
}

// address is a post's address like the ones that Instagram gives.
func (c *camp) address(handle, of string) string {
	return "https://www.instagram.com/" + handle + c.suffix() + "/p/" + shortcode(instagramID(c.Clock.Now(), hashOf(c.ID+handle+of))) + "/"
}
