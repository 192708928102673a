package casting

import (
	"context"
	"database/sql"
	"time"

	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// stage is everything casting knows of one campaign, read in a fixed number of
// queries. The read models of each side are cut from it.
type stage struct {
	campaign   campaign.Campaign
	client     client.Client
	brand      client.Brand
	contacts   []client.Contact
	sheet      Sheet
	slots      []campaign.Slot
	candidates []Candidate
	picks      map[string][]Pick // by candidate
	offers     []Offer
	bookings   []Booking
	checks     map[string][]CheckIn
	parcels    map[string]Parcel // by booking
	talents    map[string]talent.Talent
	accounts   map[string]talent.Account // by id
	now        time.Time
}

// loadStage reads a campaign's casting. Fault: not-found.
func loadStage(ctx context.Context, tx *db.Tx, campaignID string) (*stage, error) {
	s := &stage{now: tx.Now()}
	for _, read := range []func() error{
		func() (err error) { s.campaign, err = campaign.LoadCampaign(ctx, tx, campaignID); return err },
		func() (err error) { s.client, err = client.LoadClient(ctx, tx, s.campaign.ClientID); return err },
		func() (err error) { s.brand, err = client.LoadBrand(ctx, tx, s.campaign.BrandID); return err },
		func() (err error) { s.contacts, err = client.ListContacts(ctx, tx, s.campaign.ClientID); return err },
		func() (err error) { s.sheet, err = LoadSheet(ctx, tx, campaignID); return err },
		func() (err error) { s.slots, err = campaign.ListSlots(ctx, tx, campaignID); return err },
		func() (err error) { s.candidates, err = ListCandidates(ctx, tx, campaignID); return err },
		func() (err error) { s.offers, err = ListOffers(ctx, tx, campaignID); return err },
		func() (err error) { s.bookings, err = ListBookings(ctx, tx, campaignID); return err },
		func() (err error) { s.checks, err = ListCheckIns(ctx, tx, campaignID); return err },
		func() (err error) { s.parcels, err = ListParcels(ctx, tx, campaignID); return err },
		func() error { return s.loadPicks(ctx, tx) },
		func() error { return s.loadTalents(ctx, tx) },
	} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	if s.sheet.DeciderID == "" {
		s.sheet.DeciderID = s.campaign.DeciderID
	}
	return s, nil
}

func (s *stage) loadPicks(ctx context.Context, tx *db.Tx) error {
	list, err := ListPicks(ctx, tx, s.campaign.ID)
	s.picks = map[string][]Pick{}
	for _, p := range list {
		s.picks[p.CandidateID] = append(s.picks[p.CandidateID], p)
	}
	return err
}

func (s *stage) loadTalents(ctx context.Context, tx *db.Tx) error {
	seen := map[string]bool{}
	var ids []string
	add := func(id string) {
		if !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	for _, c := range s.candidates {
		add(c.TalentID)
	}
	for _, o := range s.offers {
		add(o.TalentID)
	}
	var err error
	if s.talents, err = talent.LoadTalents(ctx, tx, ids); err != nil {
		return err
	}
	byTalent, err := talent.LoadAccounts(ctx, tx, ids)
	s.accounts = map[string]talent.Account{}
	for _, list := range byTalent {
		for _, a := range list {
			s.accounts[a.ID] = a
		}
	}
	return err
}

// slot gives one slot of the campaign. Fault: not-found.
func (s *stage) slot(id string) (campaign.Slot, error) {
	for _, x := range s.slots {
		if x.ID == id {
			return x, nil
		}
	}
	return campaign.Slot{}, db.ErrNotFound
}

// lineOf is the kind of the slot that a candidate was listed for.
func (s *stage) lineOf(c Candidate) LineKey {
	x, err := s.slot(c.SlotID)
	if err != nil {
		return ""
	}
	return LineOf(x)
}

// decides tells whether a contact's answers count.
func (s *stage) decides(contactID string) bool {
	return s.sheet.DeciderID == "" || s.sheet.DeciderID == contactID
}

func (s *stage) deciderName() string {
	for _, c := range s.contacts {
		if c.ID == s.sheet.DeciderID {
			return c.Name
		}
	}
	return ""
}

// decision is the answer that counts: the decider's, or the newest sent one
// where each contact may decide.
func (s *stage) decision(candidateID string) (best Pick) {
	for _, p := range s.picks[candidateID] {
		if s.decides(p.ContactID) && (best.ContactID == "" || p.SentAt.After(best.SentAt)) {
			best = p
		}
	}
	return best
}

// holding gives the offer that holds a candidate now, nil without one.
func (s *stage) holding(candidateID string) *Offer {
	for i := range s.offers {
		if o := &s.offers[i]; o.CandidateID == candidateID && o.Live(s.now) && !s.dropped(o.BookingID) {
			return o
		}
	}
	return nil
}

// free lets go of the seat and the talent that an offer holds, for a look at what
// would be without it.
func (s *stage) free(offerID string) {
	for i := range s.offers {
		if s.offers[i].ID == offerID {
			s.offers[i].WithdrawnAt = s.now
		}
	}
}

func (s *stage) dropped(bookingID string) bool {
	for _, b := range s.bookings {
		if b.ID == bookingID {
			return !b.Active()
		}
	}
	return false
}

// lines groups the seats by kind; a seat held by a talent without the client's
// yes, a reserve, is not open to a yes.
func (s *stage) lines() []Line {
	taken := map[LineKey]int64{}
	for _, c := range s.candidates {
		if s.holding(c.ID) != nil && s.decision(c.ID).Sent != AnswerYes {
			taken[s.lineOf(c)]++
		}
	}
	return LinesOf(s.slots, taken)
}

// term is the campaign's span in the client's zone.
func (s *stage) term() (Term, error) {
	loc, err := worktime.Zone(s.client.Zone)
	if err != nil {
		return Term{}, err
	}
	return Term{From: s.campaign.StartOn.In(loc), To: s.campaign.EndOn.AddDays(1).In(loc).Add(-time.Second)}, nil
}

// workingTime is a talent's: the country's hours and holidays in the talent's
// zone; office hours where the country has no profile.
func workingTime(ctx context.Context, tx *db.Tx, t talent.Talent) (worktime.Calendar, error) {
	cal, err := country.Calendar(ctx, tx, t.Country, t.Zone)
	if fault.KindOf(err) == fault.Internal || err == nil {
		return cal, err
	}
	loc, err := worktime.Zone(t.Zone)
	return worktime.Office(loc, nil), err
}

// busyOn counts a talent's other active bookings with a draft or a posting on
// one of the days.
func busyOn(ctx context.Context, tx *db.Tx, talentID, campaignID string, days ...worktime.Date) (worktime.Date, error) {
	list, err := bookingsWhere(ctx, tx, `b.dropped_at IS NULL AND b.delivered_at IS NULL AND b.talent_id = $1`, talentID)
	if err != nil {
		return "", err
	}
	for _, b := range list {
		for _, day := range days {
			if b.CampaignID != campaignID && (b.PostOn() == day || dayOf(b.DraftDue) == day) {
				return day, nil
			}
		}
	}
	return "", nil
}

// absentOn gives the first of the days on which the talent is away.
func absentOn(ctx context.Context, tx *db.Tx, talentID string, days ...worktime.Date) (worktime.Date, error) {
	for _, d := range days {
		free, err := talent.FreeOn(ctx, tx, talentID, d)
		if err != nil || !free {
			return d, err
		}
	}
	return "", nil
}

// rivalWindowDays is how far from each other two rivals' posts must lie.
const rivalWindowDays = 30

// rivalled gives the talents who cannot work for the brand around a day: booked
// for a rival within 30 days, or under an exclusivity of the category.
func rivalled(ctx context.Context, tx *db.Tx, brand client.Brand, on worktime.Date) (map[string]bool, error) {
	rows, err := tx.Query(ctx, `SELECT b.talent_id, b.post_on, b.rights, r.name, r.category FROM booking b
		JOIN campaign c ON c.id = b.campaign_id JOIN brand r ON r.id = c.brand_id
		WHERE b.dropped_at IS NULL AND r.id <> $1 AND b.post_on >= $2`, brand.ID, string(on.AddDays(-366)))
	type past struct {
		talent, name, category string
		on                     worktime.Date
		rights                 Rights
	}
	list, err := db.Collect(rows, err, func(r *sql.Rows) (p past, err error) {
		return p, r.Scan(&p.talent, &p.on, document(&p.rights), &p.name, &p.category)
	})
	rivals := map[string]bool{}
	for _, name := range brand.Rivals {
		rivals[fold(name)] = true
	}
	out := map[string]bool{}
	for _, p := range list {
		apart := p.on.DaysUntil(on)
		near := apart <= rivalWindowDays && apart >= -rivalWindowDays
		bound := p.rights.ExclusiveDays > 0 && apart >= 0 && int64(apart) <= p.rights.ExclusiveDays &&
			fold(p.rights.Category) == fold(brand.Category) && brand.Category != ""
		if bound || near && rivals[fold(p.name)] {
			out[p.talent] = true
		}
	}
	return out, err
}
