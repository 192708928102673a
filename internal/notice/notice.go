// Package notice decides what a person of the agency is told of what others did, why,
// when and when not: at once, once a day together, or not at all (B14, A68).
//
// It tells nothing of its own: the trail holds what happened, each entry is one event
// and makes at most one notice, and the reason stands beside it. Roles subscribe to
// topics; everybody may choose otherwise. In a person's quiet hours, on the person's own
// clock, nothing rings.
package notice

import (
	"slices"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/fault"
)

// Topic is what an event is about.
type Topic string

// The topics, in the order of the form.
const (
	Brief    Topic = "brief"
	Casting  Topic = "casting"
	Drafts   Topic = "drafts"
	Results  Topic = "results"
	Money    Topic = "money"
	Meetings Topic = "meetings"
	Tasks    Topic = "tasks"
	Other    Topic = "other"
)

// Topics lists them in order.
func Topics() []Topic {
	return []Topic{Brief, Casting, Drafts, Results, Money, Meetings, Tasks, Other}
}

// areas says which topic the rights of an area belong to.
var areas = map[string]Topic{
	"brief": Brief, "cast": Casting, "offer": Casting, "booking": Casting, "checkin": Casting, "parcel": Casting, "slot": Casting,
	"draft": Drafts, "round": Drafts, "change": Drafts, "post": Results, "insight": Results, "guarantee": Results, "report": Results, "domino": Results,
	"agreement": Money, "invoice": Money, "receipt": Money, "credit": Money, "payout": Money, "ledger": Money,
	"meeting": Meetings, "minutes": Meetings, "shoot": Meetings, "chat": Meetings, "task": Tasks,
}

// TopicOf is what an entry of the trail is about.
func TopicOf(verb string) Topic {
	area, _, _ := strings.Cut(verb, ".")
	if t, ok := areas[area]; ok {
		return t
	}
	return Other
}

// Mode says how somebody is told of a topic.
type Mode string

// The modes.
const (
	Now    Mode = "now"    // at once, in the app
	Daily  Mode = "digest" // together, once a day
	Silent Mode = "off"
)

// Modes lists them in order.
func Modes() []Mode { return []Mode{Now, Daily, Silent} }

// Setting is what a person chose. Times are minutes of the day on the person's clock.
type Setting struct {
	PersonID  string
	Topics    map[Topic]Mode
	Digest    bool // a digest is put together on working days
	DigestAt  int64
	QuietFrom int64
	QuietTo   int64
	Version   int64 // 0: nothing was chosen, the role's own holds
}

// Faults of settings.
var (
	ErrMode  = fault.Field("topics", "notice.mode")
	ErrTimes = fault.Field("quiet_from", "notice.times")
)

const dayMinutes = 24 * 60

// Default is what a role subscribes to.
func Default(role access.Role) Setting {
	s := Setting{Topics: map[Topic]Mode{}, Digest: false, DigestAt: 8*60 + 30, QuietFrom: 19 * 60, QuietTo: 8 * 60}
	for _, t := range Topics() {
		s.Topics[t] = Now
	}
	set := func(m Mode, topics ...Topic) {
		for _, t := range topics {
			s.Topics[t] = m
		}
	}
	switch role {
	case access.Finance:
		set(Silent, Brief, Casting, Drafts, Results, Meetings, Other)
	case access.Designer:
		set(Daily, Brief, Meetings, Results)
		set(Silent, Money, Casting)
	case access.Specialist:
		set(Silent, Money)
		set(Daily, Meetings)
	case access.AE, access.Trainee:
		set(Daily, Money)
	case access.Manager:
		set(Daily, Casting, Drafts, Other)
	}
	return s
}

// Check refuses what no form offers. Faults: notice.mode, notice.times.
func (s Setting) Check() error {
	for _, t := range Topics() {
		if !slices.Contains(Modes(), s.Topics[t]) {
			return ErrMode
		}
	}
	for _, n := range []int64{s.DigestAt, s.QuietFrom, s.QuietTo} {
		if n < 0 || n >= dayMinutes {
			return ErrTimes
		}
	}
	return nil
}

// Quiet tells whether an instant is in the quiet hours, which may go over midnight. The
// same time twice is no quiet hour at all.
func (s Setting) Quiet(at time.Time, zone *time.Location) bool {
	t := at.In(zone)
	n := int64(t.Hour()*60 + t.Minute())
	if s.QuietFrom <= s.QuietTo {
		return n >= s.QuietFrom && n < s.QuietTo
	}
	return n >= s.QuietFrom || n < s.QuietTo
}

// digestMinute is when the digest is put together: at its time, or when the quiet hours
// it would fall into end.
func (s Setting) digestMinute() int64 {
	at := time.Date(2000, 1, 1, int(s.DigestAt/60), int(s.DigestAt%60), 0, 0, time.UTC)
	if s.Quiet(at, time.UTC) {
		return s.QuietTo
	}
	return s.DigestAt
}

// Why says for what reason somebody is told.
type Why string

// The reasons, the strongest first; an event has one.
const (
	WhyTask       Why = "task"       // it is your task
	WhyLead       Why = "lead"       // you lead the campaign
	WhySpecialist Why = "specialist" // you are its specialist
	WhyRole       Why = "role"       // your role follows the topic
)

// Reader is whom an event may concern.
type Reader struct {
	ID      string
	Role    access.Role
	Setting Setting
}

// Camp is who works on a campaign.
type Camp struct{ AEID, SpecialistID string }

// follows tells whether a role is told of a topic in campaigns that others lead: those
// who lead the agency of all, finance of money.
func follows(role access.Role, topic Topic) bool {
	return role == access.Manager || role == access.SeniorAE || role == access.Finance && topic == Money
}

// Concern says why and how a reader is told of an entry; ok is false when not at all:
// one's own acts, what the program does by itself, and topics that are off. doer is whom
// a task of the entry was given to.
func Concern(l audit.Line, doer string, c Camp, r Reader) (why Why, how Mode, ok bool) {
	topic := TopicOf(l.Verb)
	how = r.Setting.Topics[topic]
	if l.Who.ID == r.ID || l.Who.Kind == "system" || how == Silent || how == "" {
		return "", "", false
	}
	switch {
	case topic == Tasks && doer == r.ID:
		return WhyTask, how, true
	case topic == Tasks: // others' tasks are theirs
	case c.AEID == r.ID && r.ID != "":
		return WhyLead, how, true
	case c.SpecialistID == r.ID && r.ID != "":
		return WhySpecialist, how, true
	case follows(r.Role, topic):
		return WhyRole, how, true
	}
	return "", "", false
}
