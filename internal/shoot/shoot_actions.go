package shoot

import (
	"context"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/talent"
)

// Service holds the use cases of shoots.
type Service struct{ db *db.DB }

// New makes the use cases.
func New(d *db.DB) *Service { return &Service{d} }

// Day is a shoot as the agency sees it.
type Day struct {
	Shoot
	Campaign campaign.Campaign
	Calls    []Call
	Points   []campaign.Point // the binding points of the agreed brief
	Lang     string           // of the points
	Ticks    []Tick
	Wishes   []Wish
	People   []Person // who can be called
}

// Person is somebody who can be called.
type Person struct {
	Kind Kind
	ID   string
	Name string
	Zone string
}

// Filmed tells whether a point was filmed of a talent.
func (d Day) Filmed(talentID, pointID string) bool {
	for _, t := range d.Ticks {
		if t.TalentID == talentID && t.PointID == pointID {
			return true
		}
	}
	return false
}

// Plan keeps a new shoot. Faults: those of Tidy, campaign.closed.
func (s *Service) Plan(ctx context.Context, actor access.Actor, n Shoot) (Shoot, error) {
	if err := actor.Require("shoot.edit", access.Owner{CampaignID: n.CampaignID}); err != nil {
		return n, err
	}
	n, err := n.Tidy()
	if err != nil {
		return n, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		c, err := open(ctx, tx, n.CampaignID)
		if err != nil {
			return err
		}
		n.ID, n.MadeAt, n.MadeBy = tx.NewID(), tx.Now(), actor.Name
		if err := insertShoot(ctx, tx, n); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "shoot.edit", Subject: "shoot", ID: n.ID, Campaign: c.ID, Client: c.ClientID, After: map[string]any{"on": n.On, "place": n.Place}})
	})
	return n, err
}

func open(ctx context.Context, tx *db.Tx, campaignID string) (campaign.Campaign, error) {
	c, err := campaign.LoadCampaign(ctx, tx, campaignID)
	if err == nil && !c.Open() {
		err = campaign.ErrClosed
	}
	return c, err
}

// change is one change of a shoot by people of the agency.
func (s *Service) change(ctx context.Context, actor access.Actor, id string, do func(tx *db.Tx, sh Shoot) (subject string, err error)) error {
	if err := actor.Require("shoot.edit", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		sh, err := LoadShoot(ctx, tx, id)
		if err != nil {
			return err
		}
		c, err := open(ctx, tx, sh.CampaignID)
		if err != nil {
			return err
		}
		subject, err := do(tx, sh)
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "shoot.edit", Subject: subject, ID: sh.ID, Campaign: c.ID, Client: c.ClientID})
	})
}

// Call calls one person at a time of the shoot's clock. Faults: shoot.person, shoot.time, shoot.clash.
func (s *Service) Call(ctx context.Context, actor access.Actor, shootID string, kind Kind, personID, clock string) error {
	return s.change(ctx, actor, shootID, func(tx *db.Tx, sh Shoot) (string, error) {
		people, err := peopleOf(ctx, tx, sh.CampaignID)
		if err != nil {
			return "", err
		}
		for _, p := range people {
			if p.Kind != kind || p.ID != personID {
				continue
			}
			c := Call{ID: tx.NewID(), ShootID: sh.ID, CampaignID: sh.CampaignID, Kind: kind, PersonID: personID, Name: p.Name, Zone: p.Zone}
			if c.At, err = sh.CallAt(clock); err != nil {
				return "", err
			}
			if err := free(ctx, tx, c); err != nil {
				return "", err
			}
			return "call", insertCall(ctx, tx, c)
		}
		return "", ErrPerson
	})
}

// free refuses a call of somebody who is called elsewhere then.
func free(ctx context.Context, tx *db.Tx, c Call) error {
	others, err := callsWhere(ctx, tx, `c.kind = $1 AND c.person_id = $2`, c.Kind, c.PersonID)
	if err != nil {
		return err
	}
	places := map[string]string{}
	for _, o := range others {
		sh, err := LoadShoot(ctx, tx, o.ShootID)
		if err != nil {
			return err
		}
		places[o.ShootID] = sh.Place
	}
	return CheckCall(c, others, places)
}

// DropCall takes a call back.
func (s *Service) DropCall(ctx context.Context, actor access.Actor, shootID, callID string) error {
	return s.change(ctx, actor, shootID, func(tx *db.Tx, _ Shoot) (string, error) { return "call", deleteCall(ctx, tx, shootID, callID) })
}

// Film keeps that a binding point of the agreed brief was filmed of a talent who is
// called. Faults: shoot.point, shoot.person.
func (s *Service) Film(ctx context.Context, actor access.Actor, shootID, talentID string, pointIDs []string) error {
	return s.change(ctx, actor, shootID, func(tx *db.Tx, sh Shoot) (string, error) {
		calls, err := callsWhere(ctx, tx, `c.shoot_id = $1 AND c.kind = $2 AND c.person_id = $3`, sh.ID, Talent, talentID)
		if err != nil {
			return "", err
		}
		if len(calls) == 0 {
			return "", ErrPerson
		}
		points, _, err := pointsOf(ctx, tx, sh.CampaignID)
		if err != nil {
			return "", err
		}
		known := map[string]bool{}
		for _, p := range points {
			known[p.ID] = true
		}
		for _, id := range pointIDs {
			if !known[id] {
				return "", ErrPoint
			}
			if err := insertTick(ctx, tx, Tick{sh.ID, sh.CampaignID, talentID, id, tx.Now(), actor.Name}); err != nil {
				return "", err
			}
		}
		return "filmed", nil
	})
}

// NoteWish keeps what somebody said on set, until it is marked. Fault: shoot.wish.
func (s *Service) NoteWish(ctx context.Context, actor access.Actor, shootID, text, saidBy string) error {
	text, saidBy = strings.TrimSpace(text), strings.TrimSpace(saidBy)
	if text == "" || saidBy == "" || len([]rune(text)) > maxText || len([]rune(saidBy)) > 80 {
		return ErrWish
	}
	return s.change(ctx, actor, shootID, func(tx *db.Tx, sh Shoot) (string, error) {
		return "wish", insertWish(ctx, tx, Wish{ID: tx.NewID(), ShootID: sh.ID, CampaignID: sh.CampaignID, Text: text, SaidBy: saidBy, SaidAt: tx.Now(), EnteredBy: actor.Name})
	})
}

// RuleWish marks a wish in the brief, by the point that holds it, or out of it. Faults:
// shoot.verdict, shoot.ruled, shoot.point.
func (s *Service) RuleWish(ctx context.Context, actor access.Actor, shootID, wishID string, v Verdict, pointID string) error {
	return s.change(ctx, actor, shootID, func(tx *db.Tx, sh Shoot) (string, error) {
		w, err := loadWish(ctx, tx, sh.ID, wishID)
		if err != nil {
			return "", err
		}
		if w, err = w.Rule(v, pointID, actor.Name, tx.Now()); err != nil {
			return "", err
		}
		if v == In {
			b, err := campaign.AgreedBrief(ctx, tx, sh.CampaignID)
			if err != nil {
				return "", err
			}
			known := false
			for _, p := range b.Points {
				known = known || p.ID == pointID
			}
			if !known {
				return "", ErrPoint
			}
		}
		return "wish", saveWish(ctx, tx, w)
	})
}

// Days gives a campaign's shoots to people of the agency.
func (s *Service) Days(ctx context.Context, actor access.Actor, campaignID string) (out []Shoot, err error) {
	if err := actor.Require("shoot.see", access.Owner{CampaignID: campaignID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if _, err := campaign.LoadCampaign(ctx, tx, campaignID); err != nil {
			return err
		}
		out, err = ListShoots(ctx, tx, campaignID)
		return err
	})
	return out, err
}

// Day gives one shoot to people of the agency.
func (s *Service) Day(ctx context.Context, actor access.Actor, id string) (d Day, err error) {
	if err := actor.Require("shoot.see", access.Owner{}); err != nil {
		return d, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if d.Shoot, err = LoadShoot(ctx, tx, id); err != nil {
			return err
		}
		if d.Campaign, err = campaign.LoadCampaign(ctx, tx, d.CampaignID); err != nil {
			return err
		}
		if d.Calls, err = listCalls(ctx, tx, id); err != nil {
			return err
		}
		if d.Points, d.Lang, err = pointsOf(ctx, tx, d.CampaignID); err != nil {
			return err
		}
		if d.Ticks, err = listTicks(ctx, tx, id); err != nil {
			return err
		}
		if d.Wishes, err = listWishes(ctx, tx, id); err != nil {
			return err
		}
		d.People, err = peopleOf(ctx, tx, d.CampaignID)
		return err
	})
	return d, err
}

// pointsOf gives the binding points of the agreed brief and their language; none before
// one is agreed.
func pointsOf(ctx context.Context, tx *db.Tx, campaignID string) (out []campaign.Point, lang string, err error) {
	versions, err := campaign.ListBriefs(ctx, tx, campaignID)
	b, _ := campaign.Agreed(versions)
	for _, p := range b.Points {
		if p.Binding() {
			out = append(out, p)
		}
	}
	return out, b.Lang, err
}

// peopleOf are the booked talents, the client's contacts and the campaign's own people.
func peopleOf(ctx context.Context, tx *db.Tx, campaignID string) (out []Person, err error) {
	c, err := campaign.LoadCampaign(ctx, tx, campaignID)
	if err != nil {
		return nil, err
	}
	bookings, err := casting.ListBookings(ctx, tx, campaignID)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, b := range bookings {
		if !b.Active() || seen[b.TalentID] {
			continue
		}
		seen[b.TalentID] = true
		t, err := talent.LoadTalent(ctx, tx, b.TalentID)
		if err != nil {
			return nil, err
		}
		out = append(out, Person{Talent, t.ID, t.Name, t.Zone})
	}
	contacts, err := client.ListContacts(ctx, tx, c.ClientID)
	if err != nil {
		return nil, err
	}
	for _, k := range contacts {
		if k.LeftAt.IsZero() {
			out = append(out, Person{Contact, k.ID, k.Name, k.Zone})
		}
	}
	people, err := access.ListPeople(ctx, tx)
	for _, p := range people {
		if p.ID == c.AEID || p.ID == c.SpecialistID {
			out = append(out, Person{Staff, p.ID, p.Name, p.Zone})
		}
	}
	return out, err
}

// TalentDay is a shoot as one talent sees it: the own call, the place, the points in the
// talent's language, and nobody else.
type TalentDay struct {
	Shoot
	Call   Call
	Points []TalentPoint
}

// TalentPoint is one thing to be filmed.
type TalentPoint struct {
	Number int64
	Kind   campaign.PointKind
	Text   string
}

// TalentDays gives the shoots that a talent is called to in the room's campaign.
func (s *Service) TalentDays(ctx context.Context, actor access.Actor) (out []TalentDay, err error) {
	if err := actor.Require("shoot.own", access.Owner{CampaignID: actor.CampaignID, TalentID: actor.TalentID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out = nil
		points, own, err := pointsOf(ctx, tx, actor.CampaignID)
		if err != nil {
			return err
		}
		calls, err := callsWhere(ctx, tx, `c.campaign_id = $1 AND c.kind = $2 AND c.person_id = $3`, actor.CampaignID, Talent, actor.TalentID)
		if err != nil {
			return err
		}
		for _, c := range calls {
			d := TalentDay{Call: c}
			if d.Shoot, err = LoadShoot(ctx, tx, c.ShootID); err != nil {
				return err
			}
			for _, p := range points {
				text, _ := p.In(actor.Lang, own)
				d.Points = append(d.Points, TalentPoint{p.Number, p.Kind, text})
			}
			out = append(out, d)
		}
		return nil
	})
	return out, err
}
