// Package agenda lays dates side by side: drafts, posts, meetings, shoot days and
// tasks of a person, a client, a campaign or a talent, as a calendar on the screen and
// as a feed that other calendars subscribe to (B16).
//
// It keeps nothing but the secret addresses of feeds; every date is read where it
// stands. A client sees the dates of its own campaigns and no internal meeting, a
// talent the own dates alone (R20). It stands above the slices whose dates it shows.
package agenda

import (
	"slices"
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Untimed tells whether a date is a day without a time: kept as the last second of its
// day where its owner is (R8).
func (e Entry) Untimed() bool {
	loc, err := worktime.Zone(e.Zone)
	if err != nil || !e.End.IsZero() {
		return false
	}
	return e.At.Equal(worktime.DateOf(e.At, loc).AddDays(1).In(loc).Add(-time.Second))
}

// Kind says what a date is of.
type Kind string

// The kinds, in the order of legends.
const (
	Draft   Kind = "draft"
	Post    Kind = "post"
	Meeting Kind = "meeting"
	Shoot   Kind = "shoot"
	Task    Kind = "task"
)

// Entry is one date.
type Entry struct {
	ID         string // of the thing
	Kind       Kind
	Title      string // a talent, a meeting's title, a task's
	Format     string // of a piece: "instagram reels"
	CampaignID string
	Campaign   string
	ClientID   string
	BrandID    string
	TalentID   string
	At         time.Time
	End        time.Time // of what lasts; else zero
	Zone       string    // IANA, of whoever owes it
	Done       bool
	Cancelled  bool
	Sequence   int64
	Made       time.Time
	Words      string // agenda, place or link of a meeting
	Clash      bool   // another talent of the brand posts within the hour
}

// ScopeKind says whose dates a feed holds.
type ScopeKind string

// The scopes of feeds.
const (
	OfPerson   ScopeKind = "person"
	OfClient   ScopeKind = "client"
	OfCampaign ScopeKind = "campaign"
	OfTalent   ScopeKind = "talent"
)

// Scope is whose dates. A contact sees the meetings they are asked to, and of the rest
// what is of the campaign that their room is for.
type Scope struct {
	Kind                  ScopeKind
	ID                    string
	ContactID, CampaignID string
}

// holds tells whether an entry is of the campaign that the scope is narrowed to.
func (s Scope) holds(e Entry) bool {
	return s.CampaignID == "" || e.CampaignID == s.CampaignID || e.CampaignID == "" && e.Kind == Meeting
}

// Faults of calendars.
var (
	ErrScope = fault.New(fault.Invalid, "agenda.scope")
	ErrFeed  = fault.New(fault.NotFound, "not-found") // unknown, withdrawn, or of somebody who has left
	ErrRange = fault.New(fault.Invalid, "agenda.range")
)

// within is how near two posts of one brand are to be a clash: they would speak to the
// same people at once.
const within = time.Hour

// MarkClashes marks posts of different talents of one brand within an hour of each
// other, and gives how many there are. What is posted already, and a day on which no
// hour was agreed, clashes with nothing.
func MarkClashes(list []Entry) (n int) {
	for i := range list {
		for j := i + 1; j < len(list); j++ {
			a, b := &list[i], &list[j]
			if a.Kind != Post || b.Kind != Post || a.Done || b.Done || a.Untimed() || b.Untimed() || a.BrandID == "" || a.BrandID != b.BrandID || a.TalentID == b.TalentID || a.At.Sub(b.At).Abs() >= within {
				continue
			}
			for _, e := range []*Entry{a, b} {
				if !e.Clash {
					e.Clash = true
					n++
				}
			}
		}
	}
	return n
}

// sortEntries puts entries in the order of their times.
func sortEntries(list []Entry) {
	slices.SortStableFunc(list, func(a, b Entry) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
}

// Day is a day of a calendar, on its reader's clock.
type Day struct {
	On      worktime.Date
	Holiday string
	Outside bool // of the month before or after
	Entries []Entry
}

// Month lays entries over the weeks that hold a month, Monday first.
func Month(on worktime.Date, list []Entry, zone *time.Location, holidays map[worktime.Date]string) (weeks [][]Day) {
	year, month, _ := on.Parts()
	first := worktime.DayOf(year, month, 1)
	last := first.AddMonths(1).AddDays(-1)
	for at := monday(first); !at.After(last); at = at.AddDays(7) {
		week := Week(at, list, zone, holidays)
		for i := range week {
			_, m, _ := week[i].On.Parts()
			week[i].Outside = m != month
		}
		weeks = append(weeks, week)
	}
	return weeks
}

// Week lays entries over the seven days of a day's week.
func Week(on worktime.Date, list []Entry, zone *time.Location, holidays map[worktime.Date]string) []Day {
	days := make([]Day, 7)
	for i := range days {
		days[i].On = monday(on).AddDays(i)
		days[i].Holiday = holidays[days[i].On]
	}
	for _, e := range list {
		if at := days[0].On.DaysUntil(worktime.DateOf(e.At, zone)); at >= 0 && at < 7 {
			days[at].Entries = append(days[at].Entries, e)
		}
	}
	return days
}

func monday(d worktime.Date) worktime.Date { return d.AddDays(-(int(d.Weekday()) + 6) % 7) }
