package meeting

import (
	"context"
	"slices"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/task"
	"kolega/internal/worktime"
)

// Service holds the use cases of meetings and practice.
type Service struct {
	db    *db.DB
	files blob.Store
}

// New makes the use cases; files keeps what is shown in practice.
func New(d *db.DB, files blob.Store) *Service { return &Service{d, files} }

// Plan is a meeting as a form gives it.
type Plan struct {
	Kind               Kind
	Title              string
	ClientID           string
	CampaignID, DealID string
	On                 worktime.Date
	From, To           string // of the day's clock in Zone
	Zone               string // "": the planner's own
	Place, Link        string
	Agenda             string
	Staff, Contacts    []string // ids
	Guests             string   // people who are not on file, one a line
	Again              bool     // the overlap is known
	Version            int64    // of the meeting that is changed
}

// Call keeps a new meeting. Faults: meeting.*, due.gap, due.twice, meeting.overlap
// unless it is known.
func (s *Service) Call(ctx context.Context, actor access.Actor, p Plan) (m Meeting, err error) {
	if err := actor.Require("meeting.edit", access.Owner{}); err != nil {
		return m, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		m = Meeting{ID: tx.NewID(), OwnerID: actor.ID, Owner: actor.Name, MadeAt: tx.Now()}
		if m, err = s.settle(ctx, tx, actor, m, p); err != nil {
			return err
		}
		if err := insertMeeting(ctx, tx, m); err != nil {
			return err
		}
		if err := remindPrep(ctx, tx, m); err != nil {
			return err
		}
		return record(ctx, tx, actor, m, "")
	})
	return m, err
}

// Edit changes a meeting that is not over. What people's calendars show raises its
// sequence. Faults: those of Call, meeting.cancelled, conflict.changed.
func (s *Service) Edit(ctx context.Context, actor access.Actor, id string, p Plan) (m Meeting, err error) {
	err = s.change(ctx, actor, "meeting.edit", id, "", func(tx *db.Tx, before *Meeting) error {
		if before.Cancelled() {
			return ErrCancelled
		}
		if m, err = s.settle(ctx, tx, actor, *before, p); err != nil {
			return err
		}
		if moved(*before, m) {
			m.Sequence++
		}
		m.Version = p.Version
		*before = m
		return remindPrep(ctx, tx, m)
	})
	return m, err
}

// moved tells whether what calendars show of a meeting is another.
func moved(a, b Meeting) bool {
	return !a.Start.Equal(b.Start) || !a.End.Equal(b.End) || a.Zone != b.Zone || a.Title != b.Title || a.Place != b.Place || a.Link != b.Link ||
		!slices.EqualFunc(a.People, b.People, func(x, y Person) bool { return x.Name == y.Name && x.Who == y.Who })
}

// Cancel calls a meeting off, before or after it was held. What a sent report proposed
// and is not in force falls away; what is in force stays (R14). Faults:
// meeting.cancelled, meeting.why.
func (s *Service) Cancel(ctx context.Context, actor access.Actor, id, why string) error {
	why = strings.TrimSpace(why)
	return s.change(ctx, actor, "meeting.edit", id, why, func(tx *db.Tx, m *Meeting) error {
		switch {
		case m.Cancelled():
			return ErrCancelled
		case why == "":
			return ErrWhy
		}
		m.CancelAt, m.CancelWhy = tx.Now(), why
		m.Sequence++
		return withdrawReports(ctx, tx, actor, *m)
	})
}

// settle makes a meeting of what a form says. The day, its people and where it belongs
// are checked against what is on file.
func (s *Service) settle(ctx context.Context, tx *db.Tx, actor access.Actor, m Meeting, p Plan) (Meeting, error) {
	m.Kind, m.Title, m.ClientID, m.CampaignID, m.DealID, m.Zone = p.Kind, p.Title, p.ClientID, p.CampaignID, p.DealID, p.Zone
	m.Place, m.Link, m.Agenda = p.Place, p.Link, p.Agenda
	if m.Zone == "" {
		m.Zone = actor.Zone
	}
	if err := belong(ctx, tx, &m); err != nil {
		return m, err
	}
	var err error
	if m.Start, m.End, err = Times(p.On, p.From, p.To, m.Zone); err != nil {
		return m, err
	}
	if m.People, err = invite(ctx, tx, m, p); err != nil {
		return m, err
	}
	if m, err = m.Tidy(tx.Now()); err != nil || p.Again {
		return m, err
	}
	near, err := List(ctx, tx, Filter{From: m.Start, To: m.End})
	if c := Clashes(m, near); err == nil && len(c) > 0 {
		err = ErrOverlap.With("name", c[0].Name, "title", c[0].Meeting.Title)
	}
	return m, err
}

// belong finds the client of the campaign or opportunity. Fault: meeting.other-client.
func belong(ctx context.Context, tx *db.Tx, m *Meeting) error {
	owner := ""
	if m.CampaignID != "" {
		c, err := campaign.LoadCampaign(ctx, tx, m.CampaignID)
		if err != nil {
			return ErrClient
		}
		owner = c.ClientID
	}
	if m.DealID != "" {
		o, err := client.LoadOpportunity(ctx, tx, m.DealID)
		if err != nil || owner != "" && o.ClientID != owner {
			return ErrClient
		}
		owner = o.ClientID
	}
	if owner != "" {
		if m.ClientID != "" && m.ClientID != owner {
			return ErrClient
		}
		m.ClientID = owner
	}
	if m.ClientID == "" {
		return nil
	}
	if _, err := client.LoadClient(ctx, tx, m.ClientID); err != nil {
		return ErrClient
	}
	return nil
}

// invite names the people of both sides. Faults: meeting.staff, meeting.person.
func invite(ctx context.Context, tx *db.Tx, m Meeting, p Plan) (out []Person, err error) {
	for _, id := range p.Staff {
		x, err := access.LoadPerson(ctx, tx, id)
		if err != nil || !x.Active() {
			return nil, ErrStaff
		}
		out = append(out, Person{Staff, x.ID, x.Name, "", x.Zone})
	}
	for _, id := range p.Contacts {
		x, err := client.LoadContact(ctx, tx, id)
		if err != nil || x.ClientID != m.ClientID || !x.LeftAt.IsZero() {
			return nil, ErrPerson
		}
		out = append(out, Person{Contact, x.ID, x.Name, "", x.Zone})
	}
	for _, g := range ReadGuests(p.Guests, m.Zone) {
		g.ID = tx.NewID()
		out = append(out, g)
	}
	return out, nil
}

func (s *Service) change(ctx context.Context, actor access.Actor, verb access.Verb, id, reason string, do func(tx *db.Tx, m *Meeting) error) error {
	if err := actor.Require(verb, access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		m, err := Load(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := do(tx, &m); err != nil {
			return err
		}
		if err := saveMeeting(ctx, tx, m); err != nil {
			return err
		}
		return record(ctx, tx, actor, m, reason)
	})
}

func record(ctx context.Context, tx *db.Tx, actor access.Actor, m Meeting, reason string) error {
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "meeting.edit", Subject: "meeting", ID: m.ID, Campaign: m.CampaignID, Client: m.ClientID, Reason: reason,
		After: map[string]any{"title": m.Title, "at": m.wall(), "zone": m.Zone, "people": len(m.People)}})
}

// View is a meeting with what a list says of it.
type View struct {
	Meeting
	Client     string // name
	Campaign   string
	Prepared   int64 // items gone through
	Unprepared bool  // a client meeting that begins within four working hours, and nobody looked at its sheet
	Clashes    []Clash
}

// Meetings lists meetings for people of the agency.
func (s *Service) Meetings(ctx context.Context, actor access.Actor, f Filter) (out []View, err error) {
	if err := actor.Require("meeting.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list, err := List(ctx, tx, f)
		if err != nil {
			return err
		}
		out, err = views(ctx, tx, list)
		return err
	})
	return out, err
}

// Meeting gives one meeting to people of the agency.
func (s *Service) Meeting(ctx context.Context, actor access.Actor, id string) (v View, err error) {
	if err := actor.Require("meeting.see", access.Owner{}); err != nil {
		return v, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		m, err := Load(ctx, tx, id)
		if err != nil {
			return err
		}
		all, err := views(ctx, tx, []Meeting{m})
		if err != nil {
			return err
		}
		v = all[0]
		near, err := List(ctx, tx, Filter{From: m.Start, To: m.End})
		v.Clashes = Clashes(m, near)
		return err
	})
	return v, err
}

func views(ctx context.Context, tx *db.Tx, list []Meeting) (out []View, err error) {
	ticks, err := countTicks(ctx, tx, tx.Now())
	if err != nil {
		return nil, err
	}
	for _, m := range list {
		v := View{Meeting: m, Prepared: ticks[m.ID]}
		if v.Unprepared, err = unprepared(ctx, tx, m, v.Prepared); err != nil {
			return nil, err
		}
		if m.ClientID != "" {
			c, err := client.LoadClient(ctx, tx, m.ClientID)
			if err != nil {
				return nil, err
			}
			v.Client = c.Name
		}
		if m.CampaignID != "" {
			c, err := campaign.LoadCampaign(ctx, tx, m.CampaignID)
			if err != nil {
				return nil, err
			}
			v.Campaign = c.Name
		}
		out = append(out, v)
	}
	return out, nil
}

// unprepared tells whether the meeting is one that four working hours before its start
// nobody has prepared (A15).
func unprepared(ctx context.Context, tx *db.Tx, m Meeting, ticks int64) (bool, error) {
	if ticks > 0 || m.Cancelled() || !m.Kind.WithClient() || !tx.Now().Before(m.Start) || m.Start.Sub(tx.Now()) > 10*24*time.Hour {
		return false, nil
	}
	at, err := warnAt(ctx, tx, m)
	return !tx.Now().Before(at), err
}

// warnAt is four of the owner's working hours before the start.
func warnAt(ctx context.Context, tx *db.Tx, m Meeting) (time.Time, error) {
	p, err := access.LoadPerson(ctx, tx, m.OwnerID)
	if err != nil {
		return time.Time{}, err
	}
	cal, err := country.CalendarIn(ctx, tx, p.Zone)
	return cal.AddWorking(m.Start, -warnBefore), err
}

func remindPrep(ctx context.Context, tx *db.Tx, m Meeting) error {
	if !m.Kind.WithClient() || !m.Start.After(tx.Now()) {
		return nil
	}
	at, err := warnAt(ctx, tx, m)
	if err != nil {
		return err
	}
	return job.Enqueue(ctx, tx, PrepDue{MeetingID: m.ID}, job.After(at), job.Unique(m.ID+"/"+m.Start.UTC().Format(time.RFC3339)))
}

// Search says for whom, how long and when a common time is looked for.
type Search struct {
	Staff, Contacts []string
	Minutes         int64
	From, To        worktime.Date // both included
	Zone            string        // of the days; "": the planner's own
}

// mostOptions are how many times are proposed.
const mostOptions = 8

// Times proposes beginnings at which all are at work and free: working hours, holidays,
// leave and other meetings of each (R8). Faults: meeting.staff, meeting.person,
// meeting.propose-range, meeting.no-common-time.
func (s *Service) Times(ctx context.Context, actor access.Actor, in Search) (out []time.Time, err error) {
	if err := actor.Require("meeting.edit", access.Owner{}); err != nil {
		return nil, err
	}
	if in.Zone == "" {
		in.Zone = actor.Zone
	}
	loc, err := worktime.Zone(in.Zone)
	if err != nil {
		return nil, ErrZone
	}
	if !in.From.Valid() || !in.To.Valid() || in.To.Before(in.From) || in.From.DaysUntil(in.To) > 31 || in.Minutes < 15 || in.Minutes > 8*60 {
		return nil, ErrProposing
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		from, to := in.From.In(loc), in.To.AddDays(1).In(loc)
		if from.Before(tx.Now()) {
			from = tx.Now()
		}
		diaries, err := diariesOf(ctx, tx, in, from, to)
		if err != nil {
			return err
		}
		out = Common(diaries, time.Duration(in.Minutes)*time.Minute, from, to, loc, mostOptions)
		if len(out) == 0 {
			return ErrNoCommon
		}
		return nil
	})
	return out, err
}

func diariesOf(ctx context.Context, tx *db.Tx, in Search, from, to time.Time) (out []Diary, err error) {
	busy, err := List(ctx, tx, Filter{From: from, To: to, Limit: 1000})
	if err != nil {
		return nil, err
	}
	for _, id := range in.Staff {
		p, err := access.LoadPerson(ctx, tx, id)
		if err != nil || !p.Active() {
			return nil, ErrStaff
		}
		d := Diary{Name: p.Name, Busy: with(busy, id)}
		if d.Calendar, err = country.CalendarIn(ctx, tx, p.Zone); err != nil {
			return nil, err
		}
		if d.Away, err = task.ListLeaves(ctx, tx, id, worktime.DateOf(from, d.Calendar.Zone)); err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	for _, id := range in.Contacts {
		k, err := client.LoadContact(ctx, tx, id)
		if err != nil {
			return nil, ErrPerson
		}
		d := Diary{Name: k.Name, Busy: with(busy, id)}
		if d.Calendar, err = contactCalendar(ctx, tx, k); err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	if len(out) == 0 {
		return nil, ErrStaff
	}
	return out, nil
}

// contactCalendar is when a contact works: the client's country, on the contact's clock.
func contactCalendar(ctx context.Context, tx *db.Tx, k client.Contact) (worktime.Calendar, error) {
	c, err := client.LoadClient(ctx, tx, k.ClientID)
	if err != nil {
		return worktime.Calendar{}, err
	}
	return country.Calendar(ctx, tx, c.Country, k.Zone)
}

func with(list []Meeting, personID string) (out []Meeting) {
	for _, m := range list {
		if slices.ContainsFunc(m.People, func(p Person) bool { return p.ID == personID }) {
			out = append(out, m)
		}
	}
	return out
}
