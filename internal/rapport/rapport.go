package rapport

import (
	"slices"
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Choice is an occasion that a contact is greeted on.
type Choice struct {
	ContactID string
	Country   string
	Occasion  string // NameID of the country's list
}

// Greeting is one text for a contact, an occasion and a year.
type Greeting struct {
	ID, ContactID, ClientID string
	Country, Occasion       string
	Year                    int64
	On                      worktime.Date
	DoerID                  string
	Lang, Text              string
	Asked                   bool // a young complaint of the client: the sender is asked first
	MadeAt                  time.Time
	OutID, BatchID          string
	SentAt                  time.Time
	SentBy                  string
	EndedAt                 time.Time // dropped, or its day is over
	Result                  string    // one of Results; "" while nobody said
	ResultAt                time.Time
}

// Prompt is a reason to speak with a client.
type Prompt struct {
	ID, Kind             string // KindTalent or KindNext
	ClientID, ContactID  string
	TalentID, CampaignID string
	DoerID               string
	Why                  string
	MadeAt               time.Time
	EndedAt              time.Time
	Outcome              string // "sent" or "dismissed"
	OutID, EndedBy       string
	Result               string
	ResultAt             time.Time
}

// Kinds of prompts.
const (
	KindTalent = "talent"
	KindNext   = "next"
)

// Results of speaking with a client, thirty days later, in the order of the form.
func Results() []string { return []string{"meeting", "campaign", "nothing"} }

// Bounds of restraint (R15).
const (
	AskDays      = 2  // a greeting's task comes so many days before
	complaintFor = 3  // days for which a complaint asks first
	promptEvery  = 14 // days between new talents for one client
	resultAfter  = 30 // days until what came of it is asked
	newFor       = 30 // days for which a talent counts as new
	closedFor    = 30 // days after a campaign's end in which the next conversation is prompted
)

// Faults of keeping warm.
var (
	ErrOccasion = fault.Field("occasion", "rapport.occasion") // not on the country's list
	ErrNobody   = fault.New(fault.Invalid, "rapport.nobody")  // nothing was ticked
	ErrGone     = fault.New(fault.Conflict, "rapport.gone")   // sent or dropped already
	ErrResult   = fault.Field("result", "rapport.result")
	ErrLate     = fault.New(fault.Conflict, "rapport.late") // it went already
)

// Named is an occasion of a country with its first day in a year; "" when it has none.
type Named struct {
	Country, Occasion string
	NameEN            string
	On                worktime.Date
}

// Occasions lists the days of a country's list that people may be greeted on, each once
// with its first day; joint leave is none.
func Occasions(list []worktime.Holiday) (out []Named) {
	for _, h := range list {
		if h.Kind == worktime.JointLeave {
			continue
		}
		i := slices.IndexFunc(out, func(n Named) bool { return n.Country == h.Country && n.Occasion == h.NameID })
		switch {
		case i < 0:
			out = append(out, Named{h.Country, h.NameID, h.NameEN, h.Date})
		case h.Date.Before(out[i].On):
			out[i].On = h.Date
		}
	}
	return out
}

// DayOf gives the first day of an occasion in a list; "" when it has none.
func DayOf(list []worktime.Holiday, c Choice) worktime.Date {
	for _, n := range Occasions(list) {
		if n.Country == c.Country && n.Occasion == c.Occasion {
			return n.On
		}
	}
	return ""
}

// Asks tells whether an occasion is prepared today: from two days before to the day.
func Asks(on, today worktime.Date) bool {
	return on != "" && !today.Before(on.AddDays(-AskDays)) && !today.After(on)
}

// Young tells whether a complaint that was opened at an instant asks first.
func Young(openedAt, now time.Time) bool {
	return now.Sub(openedAt) < complaintFor*24*time.Hour
}

// Overlap is the share of persona tags that two lists have in common, in percent of all
// of both; 0 when either is empty.
func Overlap(a, b []string) int64 {
	key := func(s string) string { return strings.ToLower(strings.TrimSpace(s)) }
	seen := map[string]int{}
	for _, s := range a {
		seen[key(s)] |= 1
	}
	for _, s := range b {
		seen[key(s)] |= 2
	}
	delete(seen, "")
	var both, all int64
	for _, in := range seen {
		all++
		if in == 3 {
			both++
		}
	}
	if all == 0 {
		return 0
	}
	return both * 100 / all
}

// enough is the overlap from which a talent fits a client, in percent.
const enough = 50

// Common lists the tags that two lists share, as the first writes them.
func Common(a, b []string) (out []string) {
	for _, s := range a {
		if slices.ContainsFunc(b, func(t string) bool { return strings.EqualFold(strings.TrimSpace(s), strings.TrimSpace(t)) }) {
			out = append(out, s)
		}
	}
	return out
}

// MayPrompt tells whether a client may be told of a new talent: the last time is long
// enough ago.
func MayPrompt(last, now time.Time) bool {
	return last.IsZero() || now.Sub(last) >= promptEvery*24*time.Hour
}

// ResultDue tells whether it is time to ask what came of something that went at an instant.
func ResultDue(sent, now time.Time) bool {
	return !sent.IsZero() && now.Sub(sent) >= resultAfter*24*time.Hour
}
