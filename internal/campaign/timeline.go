package campaign

import (
	"time"

	"kolega/internal/worktime"
)

// Week is W1 to W4 of a month: days 1–7, 8–14, 15–21 and 22 to the month's end, so
// that no week crosses a month (A2).
type Week struct {
	Year  int
	Month time.Month
	N     int // 1 to 4
	From  worktime.Date
	To    worktime.Date
}

// WeekOf is the week in which a day lies.
func WeekOf(d worktime.Date) Week {
	y, m, day := d.Parts()
	n := min((day-1)/7, 3)
	w := Week{Year: y, Month: m, N: n + 1, From: worktime.DayOf(y, m, n*7+1), To: worktime.DayOf(y, m, n*7+7)}
	if n == 3 {
		w.To = worktime.DayOf(y, m+1, 0)
	}
	return w
}

// Weeks lists the weeks from the one of a to the one of b.
func Weeks(a, b worktime.Date) []Week {
	var out []Week
	for d := a; !d.After(b) || len(out) == 0; {
		w := WeekOf(d)
		out = append(out, w)
		d = w.To.AddDays(1)
	}
	return out
}

// WorkState says how a work stands.
type WorkState string

// The states of a work, from its plan and the facts.
const (
	Waiting   WorkState = "waiting"    // to begin, not due yet
	LateStart WorkState = "late-start" // should have begun
	Running   WorkState = "running"
	Late      WorkState = "late" // should have ended
	Done      WorkState = "done"
	DoneLate  WorkState = "done-late"
)

// Facts of a campaign's trail for one act: when it happened first and last, and to
// how many different things. A thing counts by its first time.
type Facts struct {
	First time.Time
	Last  time.Time
	Count int64
}

// Actual gives when a work began and ended by the facts; slots and deliverables
// are how many the campaign has. Work that ended without a seen beginning began
// when it ended.
func (w Work) Actual(acts map[string]Facts, slots, deliverables int64) (began, ended time.Time) {
	t := Kinds[w.Kind]
	if !t.Traced() {
		return w.BeganAt, w.EndedAt
	}
	for _, v := range t.Begins {
		began = earlier(began, acts[v].First)
	}
	var count int64
	for _, v := range t.Ends {
		f := acts[v]
		count += f.Count
		if f.Last.After(ended) {
			ended = f.Last
		}
	}
	need := map[Need]int64{Once: 1, PerSlot: max(slots, 1), PerDeliverable: max(deliverables, 1)}[t.Needs]
	if count < need {
		ended = time.Time{}
	}
	if count > 0 {
		for _, v := range t.Ends {
			began = earlier(began, acts[v].First)
		}
	}
	return began, ended
}

func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// StateOf says how a work stands on a day.
func (w Work) StateOf(began, ended, today worktime.Date) WorkState {
	switch {
	case ended != "" && w.PlannedEnd != "" && ended.After(w.PlannedEnd):
		return DoneLate
	case ended != "":
		return Done
	case w.PlannedEnd != "" && today.After(w.PlannedEnd):
		return Late
	case began != "":
		return Running
	case w.PlannedStart != "" && today.After(w.PlannedStart):
		return LateStart
	}
	return Waiting
}

// Line is one work on the timeline, planned against actual.
type Line struct {
	Work
	Began    worktime.Date // by the facts, in the campaign's market zone; "" not yet
	Ended    worktime.Date
	State    WorkState
	Behind   int64 // working days of the owner past the planned end, as of today or the real end
	Warnings []Warning
}

// Group is one campaign on the timeline.
type Group struct {
	Campaign   Campaign
	ClientName string
	BrandName  string
	AEName     string
	Zone       string
	Lines      []Line
}

// Timeline is the read model of plan against actual.
type Timeline struct {
	From   worktime.Date
	To     worktime.Date
	Today  worktime.Date
	Groups []Group
	Next   string // the last campaign shown, when more follow
}

// Weeks of the timeline.
func (t Timeline) Weeks() []Week { return Weeks(t.From, t.To) }

// Covers tells whether a stretch of days touches a week.
func (w Week) Covers(from, to worktime.Date) bool {
	return from != "" && !from.After(w.To) && (to == "" || !to.Before(w.From))
}
