package report

import (
	"context"
	"slices"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/talent"
)

// Person is somebody outside whom a campaign's messages can go to.
type Person struct {
	ID, Name, Lang, Zone, Phone, Email string
}

// People are those outside: the client's contacts, and the talents with an offer or
// a booking.
type People struct {
	campaign string
	client   string
	Contacts []Person
	Talents  []Person
}

// Room gives the room that a link for the person opens, and how to reach them.
func (p People) Room(party access.Role, id string) (r access.Room, phone, email string, ok bool) {
	list := p.Contacts
	if party == access.Talent {
		list = p.Talents
	}
	i := slices.IndexFunc(list, func(one Person) bool { return one.ID == id })
	if i < 0 || party != access.Client && party != access.Talent {
		return r, "", "", false
	}
	one := list[i]
	r = access.Room{Party: party, CampaignID: p.campaign, Name: one.Name, Lang: one.Lang, Zone: one.Zone}
	if party == access.Talent {
		r.TalentID = id
	} else {
		r.ClientID, r.ContactID = p.client, id
	}
	return r, one.Phone, one.Email, true
}

// People lists whom a campaign's messages can go to. Faults: access.forbidden, not-found.
func (s *Boards) People(ctx context.Context, actor access.Actor, id string) (p People, err error) {
	if err := actor.Require("access.links", access.Owner{CampaignID: id}); err != nil {
		return p, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		c, err := campaign.LoadCampaign(ctx, tx, id)
		if err != nil {
			return err
		}
		p.campaign, p.client = c.ID, c.ClientID
		contacts, err := client.ListContacts(ctx, tx, c.ClientID)
		if err != nil {
			return err
		}
		for _, k := range contacts {
			if k.LeftAt.IsZero() {
				p.Contacts = append(p.Contacts, Person{k.ID, k.Name, k.Lang, k.Zone, k.Phone, k.Email})
			}
		}
		return p.loadTalents(ctx, tx, id)
	})
	return p, err
}

func (p *People) loadTalents(ctx context.Context, tx *db.Tx, id string) error {
	offers, err := casting.ListOffers(ctx, tx, id)
	if err != nil {
		return err
	}
	var ids []string
	for _, o := range offers {
		ids = append(ids, o.TalentID)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if len(ids) == 0 {
		return nil
	}
	talents, err := talent.LoadTalents(ctx, tx, ids)
	for _, one := range ids {
		t := talents[one]
		p.Talents = append(p.Talents, Person{t.ID, t.Name, t.Lang, t.Zone, t.Phone, t.Email})
	}
	return err
}
