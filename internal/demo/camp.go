package demo

import (
	"bytes"
	"fmt"
	"time"

	"kolega/internal/access"
	"kolega/internal/billing"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/client"
	"kolega/internal/money"
	"kolega/internal/result"
	"kolega/internal/review"
	"kolega/internal/worktime"
)

// camp is one campaign as its script goes along.
type camp struct {
	*run
	key  string
	last time.Time // of the scene before: a script's scenes keep their order

	client   client.Client
	brand    client.Brand
	contacts map[string]client.Contact // by first name
	signer   string
	deal     billing.Agreement
	campaign.Campaign
	ae, spec access.Actor

	outside  map[string]access.Actor // on their links, by handle or first name
	brief    campaign.Brief
	handed   string // id of the hand-over to the specialist
	slots    []campaign.Slot
	cands    map[string]casting.Candidate // by handle, and so below
	offers   map[string]casting.Offer
	bookings map[string]casting.Booking
	pieces   map[string][]review.Deliverable
	versions map[string]review.Version // newest, by deliverable
	posts    map[string]result.Post
}

func (r *run) camp(key, ae, spec string) *camp {
	return &camp{run: r, key: key, ae: r.staff[ae], spec: r.staff[spec], contacts: map[string]client.Contact{}, outside: map[string]access.Actor{},
		cands: map[string]casting.Candidate{}, offers: map[string]casting.Offer{}, bookings: map[string]casting.Booking{},
		pieces: map[string][]review.Deliverable{}, versions: map[string]review.Version{}, posts: map[string]result.Post{}}
}

// on puts a scene on the bill, so many days from today at a Jakarta clock time.
func (c *camp) on(day int, clock, name string, do func()) { c.at(c.day(day, clock), name, do) }

// ago puts a scene so long before the present.
func (c *camp) ago(d time.Duration, name string, do func()) { c.at(c.now.Add(-d), name, do) }

// at keeps a script's order: a scene is never before the one above it, nor after
// the present.
func (c *camp) at(at time.Time, name string, do func()) {
	if !at.After(c.last) {
		at = c.last.Add(time.Minute)
	}
	if at.After(c.now) {
		at = c.now
	}
	c.last = at
	c.scenes = append(c.scenes, scene{at, c.run, c.key + ": " + name, do})
}

// date is a calendar day so many days from today.
func (c *camp) date(days int) worktime.Date { return c.today.AddDays(days) }

// named makes a name that is unique among the copies of a scaled play.
func (r *run) named(s string) string {
	if r.n == 0 {
		return s
	}
	return fmt.Sprintf("%s %d", s, r.n+1)
}

// enter keeps the client, its brand and its contacts; the first contact signs and decides.
func (c *camp) enter(cl client.Client, b client.Brand, people ...client.Contact) {
	if c.err != nil {
		return
	}
	var err error
	cl.Name, cl.LegalName = c.named(cl.Name), c.named(cl.LegalName)
	c.client, err = c.Client.Add(c.ctx, c.ae, cl)
	c.note("add client", err)
	b.ClientID = c.client.ID
	if c.brand, err = c.Client.AddBrand(c.ctx, c.ae, b); err != nil {
		c.note("add brand", err)
	}
	for i, p := range people {
		if c.err != nil {
			return
		}
		key := firstName(p.Name)
		p.ClientID, p.Zone = c.client.ID, orText(p.Zone, cl.Zone)
		c.contacts[key], err = c.Client.AddContact(c.ctx, c.ae, p)
		c.note("add contact", err)
		if i == 0 {
			c.signer = key
		}
	}
}

// agree drafts, offers and signs the agreement on paper, and starts the campaign under it.
func (c *camp) agree(a billing.NewAgreement, n campaign.NewCampaign) {
	if c.err != nil {
		return
	}
	a.ClientID, a.BrandID, a.ContactID, a.Lang = c.client.ID, c.brand.ID, c.contacts[c.signer].ID, c.client.Lang
	a.Withholds, a.PaymentDays = c.client.WithholdsPPh23, c.client.PaymentDays
	deal, err := c.Billing.DraftAgreement(c.ctx, c.ae, a)
	if c.note("draft agreement", err); err != nil {
		return
	}
	if _, err = c.Billing.OfferAgreement(c.ctx, c.ae, deal.ID, worktime.DateOf(c.Clock.Now(), c.jkt).AddDays(14)); err != nil {
		c.note("offer agreement", err)
		return
	}
	scan := bytes.NewReader(picture("spk "+c.key+c.suffix(), 595, 842))
	if err = c.Billing.RecordSignature(c.ctx, c.ae, deal.ID, c.contacts[c.signer].Name, "", scan); err != nil {
		c.note("record signature", err)
		return
	}
	n.AEID, n.SpecialistID, n.DeciderID = c.ae.ID, c.spec.ID, c.contacts[c.signer].ID
	c.Campaign, err = c.Billing.StartCampaign(c.ctx, c.ae, deal.ID, n)
	c.note("start campaign", err)
	c.deal = deal
	c.ids[c.key] = c.ID
}

// kickOff notes the beginning of the work.
func (c *camp) kickOff() {
	if c.err == nil {
		_, err := c.run.Campaign.KickOff(c.ctx, c.ae, c.ID)
		c.note("kick off", err)
	}
}

// part is an instalment of so many percent.
func part(label string, percent int64, t billing.Trigger) billing.Part {
	return billing.Part{Label: label, ShareBp: percent * 100, Trigger: t}
}

// guarantee is a promise of an engagement rate by reach, for each talent.
func guarantee(targetBp int64) *campaign.Guarantee {
	return &campaign.Guarantee{Formula: "reach", Actions: campaign.DefaultActions(), TargetBp: targetBp, Scope: "talent", RefundBase: "line", ShareBp: 1000}
}

func idr(millions int64) money.Amount { return money.IDR(millions * 1_000_000) }

// as gives the actor of a contact or talent on the room link that was sent to them.
func (c *camp) as(who string) access.Actor {
	if a, ok := c.outside[who]; ok || c.err != nil {
		return a
	}
	room := access.Room{Party: access.Talent, CampaignID: c.ID, Lang: "id", Zone: "Asia/Jakarta"}
	if k, ok := c.contacts[who]; ok {
		room.Party, room.ClientID, room.ContactID, room.Name, room.Lang, room.Zone = access.Client, k.ClientID, k.ID, k.Name, k.Lang, k.Zone
	} else {
		t := c.talent(who)
		room.TalentID, room.Name = t.ID, t.Name
		if t.Country == "PH" {
			room.Lang, room.Zone = "en", "Asia/Manila"
		}
	}
	token, err := c.Access.IssueLink(c.ctx, c.ae, room, access.LinkUntil(c.EndOn.In(c.jkt)))
	c.note("link for "+who, err)
	if err != nil {
		return access.Actor{}
	}
	c.outside[who], err = c.Access.OpenLink(c.ctx, token)
	c.note("open link of "+who, err)
	c.links = append(c.links, Link{Party: room.Party, Name: room.Name, Campaign: c.Name, Script: c.key, Token: token})
	return c.outside[who]
}

// showLink says why a room is worth opening; only such links are printed.
func (c *camp) showLink(who, why string) {
	id := c.as(who).ID
	name := c.as(who).Name
	for i := range c.links {
		if c.links[i].Name == name && c.links[i].Campaign == c.Name && id != "" {
			c.links[i].Why = why
		}
	}
}

// talent finds somebody of the table by handle.
func (r *run) talent(handle string) talentRef {
	t, ok := r.talents[handle]
	if !ok && r.err == nil {
		r.err = fmt.Errorf("no talent @%s in the table", handle)
	}
	return t
}

// rewind begins another strand of the same script, which goes along beside the
// one told before: it may start at an earlier day.
func (c *camp) rewind(day int, clock, name string, do func()) {
	c.last = time.Time{}
	c.on(day, clock, name, do)
}

// wall is the Jakarta wall time so long before the present, as people type it.
func (c *camp) wall(ago time.Duration) string {
	return c.now.Add(-ago).In(c.jkt).Format("2006-01-02 15:04")
}
