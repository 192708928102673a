package shoot

import (
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Shoot is one day at one place.
type Shoot struct {
	ID         string
	CampaignID string
	On         worktime.Date
	Zone       string // IANA, of the place
	Place      string
	MapURL     string
	Bring      string // props, products, clothes
	MadeAt     time.Time
	MadeBy     string
	Version    int64
}

// Kind says what a called person is to the agency.
type Kind string

// The people who can be called.
const (
	Talent  Kind = "talent"
	Contact Kind = "contact"
	Staff   Kind = "staff"
)

// Call is when one person has to be there. Zone is the person's own.
type Call struct {
	ID, ShootID, CampaignID string

	Kind     Kind
	PersonID string
	Name     string
	At       time.Time
	Zone     string
}

// Tick says that a point was filmed of one talent.
type Tick struct {
	ShootID, CampaignID, TalentID, PointID string
	At                                     time.Time
	By                                     string
}

// Verdict says whether the brief holds what was wished.
type Verdict string

// Verdicts of wishes; the empty one waits.
const (
	Waits Verdict = ""
	In    Verdict = "in"
	Out   Verdict = "out"
)

// Wish is what somebody said on set.
type Wish struct {
	ID, ShootID, CampaignID string

	Text      string
	SaidBy    string
	SaidAt    time.Time
	Verdict   Verdict
	PointID   string // that holds it, when in
	EnteredBy string
	RuledBy   string
	RuledAt   time.Time
}

// Faults of shoots.
var (
	ErrDay     = fault.Field("on", "shoot.day")
	ErrZone    = fault.Field("zone", "shoot.zone")
	ErrPlace   = fault.Field("place", "shoot.place")
	ErrMap     = fault.Field("map", "shoot.map") // not an https address
	ErrTime    = fault.Field("time", "shoot.time")
	ErrPerson  = fault.Field("person", "shoot.person")
	ErrClash   = fault.Field("time", "shoot.clash") // args: name, place
	ErrWish    = fault.Field("wish", "shoot.wish")
	ErrVerdict = fault.Field("verdict", "shoot.verdict") // in the brief names its point
	ErrRuled   = fault.New(fault.Conflict, "shoot.ruled")
	ErrAbsent  = fault.New(fault.NotFound, "not-found")  // a shoot of another campaign
	ErrPoint   = fault.New(fault.Invalid, "shoot.point") // no binding point of the agreed brief
)

const (
	maxText = 400
	apart   = time.Hour // calls of one person to two places are at least this far apart
)

// Tidy gives the shoot as it is kept. Faults: shoot.day, shoot.zone, shoot.place, shoot.map.
func (s Shoot) Tidy() (Shoot, error) {
	s.Place, s.MapURL, s.Bring = strings.Join(strings.Fields(s.Place), " "), strings.TrimSpace(s.MapURL), strings.TrimSpace(s.Bring)
	if !s.On.Valid() {
		return s, ErrDay
	}
	if _, err := worktime.Zone(s.Zone); err != nil || s.Zone == "" {
		return s, ErrZone
	}
	if s.Place == "" || len([]rune(s.Place)) > maxText {
		return s, ErrPlace
	}
	if s.MapURL != "" && !strings.HasPrefix(s.MapURL, "https://") || len(s.MapURL) > 600 {
		return s, ErrMap
	}
	return s, nil
}

// CallAt gives the instant of a clock time such as "07.30" on the shoot's day and clock.
// Fault: shoot.time.
func (s Shoot) CallAt(clock string) (time.Time, error) {
	loc, err := worktime.Zone(s.Zone)
	if err != nil {
		return time.Time{}, ErrZone
	}
	t, err := time.Parse("15:04", strings.ReplaceAll(strings.TrimSpace(clock), ".", ":"))
	if err != nil {
		return time.Time{}, ErrTime
	}
	return s.On.At(t.Hour(), t.Minute(), loc), nil
}

// CheckCall refuses a call of somebody who is called elsewhere at that time. Others are
// the person's calls, places the places of their shoots. Fault: shoot.clash.
func CheckCall(c Call, others []Call, places map[string]string) error {
	for _, o := range others {
		if gap := c.At.Sub(o.At).Abs(); o.ShootID != c.ShootID && gap < apart || o.ShootID == c.ShootID && gap == 0 {
			return ErrClash.With("name", c.Name, "place", places[o.ShootID])
		}
	}
	return nil
}

// Rule marks a wish in or out of the brief, once. Faults: shoot.verdict, shoot.ruled.
func (w Wish) Rule(v Verdict, pointID, by string, now time.Time) (Wish, error) {
	switch {
	case w.Verdict != Waits:
		return w, ErrRuled
	case v != In && v != Out || v == In && pointID == "":
		return w, ErrVerdict
	}
	w.Verdict, w.RuledBy, w.RuledAt = v, by, now
	if v == In {
		w.PointID = pointID
	}
	return w, nil
}
