package meeting

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Kind says what a meeting is for.
type Kind string

// The kinds. The first five are held with a client, or with one to be won.
const (
	Intro      Kind = "intro"
	Pitch      Kind = "pitch"
	KickOff    Kind = "kickoff"
	Review     Kind = "review"
	WrapUp     Kind = "wrapup"
	Brainstorm Kind = "brainstorm"
	Internal   Kind = "internal"
)

// Kinds lists them in the order of forms.
func Kinds() []Kind { return []Kind{Intro, Pitch, KickOff, Review, WrapUp, Brainstorm, Internal} }

// WithClient tells whether somebody from outside belongs to such a meeting.
func (k Kind) WithClient() bool { return slices.Contains(Kinds()[:5], k) }

// Who says what a person of a meeting is.
type Who string

// Staff are the agency's people; contacts are a client's people on file; guests are
// people from outside who are not on file.
const (
	Staff   Who = "staff"
	Contact Who = "contact"
	Guest   Who = "guest"
)

// Person is somebody who is asked to a meeting.
type Person struct {
	Who   Who
	ID    string // of a person or contact; made here for a guest
	Name  string
	Email string
	Zone  string // IANA
}

// Outside tells whether the person is not of the agency.
func (p Person) Outside() bool { return p.Who != Staff }

// Meeting is people who talk from one instant to another.
type Meeting struct {
	ID         string
	Kind       Kind
	Title      string
	ClientID   string // "" for none, and so below
	CampaignID string
	DealID     string // the opportunity
	Start, End time.Time
	Zone       string // IANA: whose clock the time was set by
	Place      string
	Link       string // of a virtual one
	Agenda     string
	People     []Person
	OwnerID    string // who called it
	Owner      string
	MadeAt     time.Time
	CancelAt   time.Time
	CancelWhy  string
	Sequence   int64 // counts changes that calendars must take over (RFC 5545)
	Version    int64
}

// Faults of meetings.
var (
	ErrTitle     = fault.Field("title", "meeting.title")
	ErrKind      = fault.Field("kind", "meeting.kind")
	ErrZone      = fault.Field("zone", "meeting.zone")
	ErrDay       = fault.Field("on", "meeting.day")
	ErrEnd       = fault.Field("to", "meeting.end")          // not after the start, or more than a day after it
	ErrOutside   = fault.Field("contacts", "meeting.nobody") // a client meeting without somebody from outside
	ErrStaff     = fault.Field("staff", "meeting.staff")     // nobody of the agency, or somebody who has left
	ErrPerson    = fault.Field("contacts", "meeting.person") // not a contact of this client
	ErrLink      = fault.Field("link", "meeting.link")       // not an https address
	ErrLong      = fault.Field("agenda", "meeting.long")
	ErrGuest     = fault.Field("guests", "meeting.guest")                         // a guest without a name, or with a broken e-mail
	ErrOverlap   = fault.New(fault.Conflict, "meeting.overlap").At("from")        // args: name, title
	ErrCancelled = fault.New(fault.Conflict, "meeting.cancelled")                 // nothing changes any more
	ErrWhy       = fault.Field("why", "meeting.why")                              // a cancelling says why
	ErrClient    = fault.New(fault.Invalid, "meeting.other-client").At("client")  // campaign or opportunity of another client
	ErrPrepGone  = fault.New(fault.NotFound, "meeting.prep-gone")                 // no such item of the sheet
	ErrProposing = fault.New(fault.Invalid, "meeting.propose-range").At("from")   // a range without days, or too many
	ErrNoCommon  = fault.New(fault.Conflict, "meeting.no-common-time").At("from") // nobody is at work together in the range
)

const (
	maxTitle   = 160
	maxText    = 4000
	maxPlace   = 300
	maxPeople  = 60
	longest    = 24 * time.Hour
	farthest   = 2 * 366 * 24 * time.Hour
	warnBefore = 4 * time.Hour // of working time
)

// Cancelled tells whether a meeting will not be held, or was called off afterwards.
func (m Meeting) Cancelled() bool { return !m.CancelAt.IsZero() }

// Held tells whether a meeting has begun.
func (m Meeting) Held(now time.Time) bool { return !m.Cancelled() && !now.Before(m.Start) }

// Us and Them are the people of both sides.
func (m Meeting) Us() []Person { return m.side(false) }

// Them are the people from outside.
func (m Meeting) Them() []Person { return m.side(true) }

func (m Meeting) side(outside bool) (out []Person) {
	for _, p := range m.People {
		if p.Outside() == outside {
			out = append(out, p)
		}
	}
	return out
}

// Zones are the clocks of a meeting, each once: its own first, then those of its people.
func (m Meeting) Zones() []string {
	out := []string{m.Zone}
	for _, p := range m.People {
		if p.Zone != "" && !slices.Contains(out, p.Zone) {
			out = append(out, p.Zone)
		}
	}
	return out
}

// Tidy brings a meeting into its one form. Faults: meeting.title, -kind, -zone, -day,
// -end, -nobody, -staff, -link, -long, -guest.
func (m Meeting) Tidy(now time.Time) (Meeting, error) {
	m.Title, m.Place = strings.Join(strings.Fields(m.Title), " "), strings.Join(strings.Fields(m.Place), " ")
	m.Link, m.Agenda = strings.TrimSpace(m.Link), strings.TrimSpace(m.Agenda)
	switch {
	case m.Title == "" || len([]rune(m.Title)) > maxTitle:
		return m, ErrTitle
	case !slices.Contains(Kinds(), m.Kind):
		return m, ErrKind
	case !isZone(m.Zone):
		return m, ErrZone
	case m.Start.IsZero() || m.Start.Sub(now).Abs() > farthest:
		return m, ErrDay
	case !m.End.After(m.Start) || m.End.Sub(m.Start) > longest:
		return m, ErrEnd
	case m.Link != "" && !isHTTPS(m.Link):
		return m, ErrLink
	case len([]rune(m.Agenda)) > maxText || len([]rune(m.Place)) > maxPlace:
		return m, ErrLong
	}
	return m, m.checkPeople()
}

func (m Meeting) checkPeople() error {
	for _, p := range m.Them() {
		if p.Who == Guest && (p.Name == "" || len([]rune(p.Name)) > maxTitle || p.Email != "" && !strings.Contains(p.Email, "@")) {
			return ErrGuest
		}
	}
	switch {
	case len(m.Us()) == 0 || len(m.People) > maxPeople:
		return ErrStaff
	case m.Kind.WithClient() && len(m.Them()) == 0:
		return ErrOutside
	}
	return nil
}

func isZone(name string) bool {
	_, err := worktime.Zone(name)
	return err == nil && name != ""
}

func isHTTPS(link string) bool {
	u, err := url.Parse(link)
	return err == nil && u.Scheme == "https" && u.Host != "" && len(link) <= 600
}

// Overlaps tells whether two meetings share time. One that ends when the other begins
// does not.
func (m Meeting) Overlaps(o Meeting) bool { return m.Start.Before(o.End) && o.Start.Before(m.End) }

// Clash is a person who is asked to two meetings at once.
type Clash struct {
	Name    string
	Meeting Meeting // the other one
}

// Clashes finds people of the agency who are in another meeting at that time. Others
// may hold the meeting itself and cancelled ones.
func Clashes(m Meeting, others []Meeting) (out []Clash) {
	for _, o := range others {
		if o.ID == m.ID || o.Cancelled() || !m.Overlaps(o) {
			continue
		}
		for _, p := range m.Us() {
			if slices.ContainsFunc(o.People, func(q Person) bool { return q.Who == Staff && q.ID == p.ID }) {
				out = append(out, Clash{p.Name, o})
			}
		}
	}
	return out
}

// ReadGuests reads people who are not on file, one a line: "Name <mail@x.id>". A guest
// is taken to be where the meeting's clock is.
func ReadGuests(text, zone string) (out []Person) {
	for _, line := range strings.Split(text, "\n") {
		name, mail, _ := strings.Cut(strings.TrimSpace(line), "<")
		name, mail = strings.Join(strings.Fields(name), " "), strings.ToLower(strings.Trim(strings.TrimSpace(mail), "<> "))
		if name == "" && mail == "" {
			continue
		}
		out = append(out, Person{Who: Guest, Name: name, Email: mail, Zone: zone})
	}
	return out
}

// Times reads the wall clock of a form: a day, a beginning and an end of it, in a zone.
// Faults: meeting.zone, meeting.day, meeting.end, due.gap, due.twice at their field.
func Times(on worktime.Date, from, to, zone string) (start, end time.Time, err error) {
	loc, bad := worktime.Zone(zone)
	if bad != nil || zone == "" {
		return start, end, ErrZone
	}
	if !on.Valid() {
		return start, end, ErrDay
	}
	if start, err = wall(on, from, loc, "from"); err != nil {
		return start, end, err
	}
	if end, err = wall(on, to, loc, "to"); err == nil && !end.After(start) {
		err = ErrEnd
	}
	return start, end, err
}

// wall is the instant of a clock time that the day has exactly once.
func wall(on worktime.Date, clock string, loc *time.Location, field string) (time.Time, error) {
	clock = strings.ReplaceAll(strings.TrimSpace(clock), ".", ":")
	if clock == "" {
		return time.Time{}, fault.New(fault.Invalid, "due.required").At(field)
	}
	d, err := worktime.ParseDue(string(on)+"T"+clock, time.Time{}, worktime.Calendar{Zone: loc}, "id")
	if f, ok := fault.As(err); ok {
		return time.Time{}, f.At(field)
	}
	return d.At, err
}
