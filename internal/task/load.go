package task

import (
	"time"

	"kolega/internal/worktime"
)

// Leave are days on which a person does not work. Why somebody is away is not kept.
type Leave struct {
	ID       string
	PersonID string
	From, To worktime.Date // both included
	MadeAt   time.Time
}

// longest bounds a leave, so that a slip of the year is noticed.
const longest = 366

// Check refuses dates that are none. Fault: leave.dates.
func (l Leave) Check() error {
	if !l.From.Valid() || !l.To.Valid() || l.From.IsZero() || l.To.Before(l.From) || l.From.DaysUntil(l.To) > longest {
		return ErrLeave
	}
	return nil
}

// Holds tells whether the day is one of the leave's.
func (l Leave) Holds(d worktime.Date) bool { return !d.Before(l.From) && !d.After(l.To) }

// Overlaps tells whether two leaves share a day.
func (l Leave) Overlaps(o Leave) bool { return !l.From.After(o.To) && !o.From.After(l.To) }

// Week is what a person has to do in a week, and the time there is for it.
type Week struct {
	Monday   worktime.Date
	Planned  int64 // minutes of the open tasks due in it
	Capacity int64 // working minutes, without holidays and leave
	Tasks    int
	Late     int // of them, over their time
	Away     int // days of leave that would have been working days
}

// Full tells whether there is more to do than time.
func (w Week) Full() bool { return w.Planned > w.Capacity }

// MondayOf is the first day of a day's week.
func MondayOf(d worktime.Date) worktime.Date {
	return d.AddDays(-(int(d.Weekday()) + 6) % 7)
}

// LoadOf lays a person's open tasks over n weeks from the one of now. What is late
// already counts in this week, since that is when it will be done.
func LoadOf(tasks []Task, cal worktime.Calendar, away []Leave, n int, now time.Time) []Week {
	monday := MondayOf(worktime.DateOf(now, cal.Zone))
	weeks := make([]Week, n)
	for i := range weeks {
		weeks[i].Monday = monday.AddDays(7 * i)
		for d := range 7 {
			day := weeks[i].Monday.AddDays(d)
			work := int64(cal.Between(day.In(cal.Zone), day.AddDays(1).In(cal.Zone)) / time.Minute)
			if onLeave(away, day) {
				if work > 0 {
					weeks[i].Away++
				}
				continue
			}
			weeks[i].Capacity += work
		}
	}
	for _, t := range tasks {
		if !t.Open() {
			continue
		}
		at := monday.DaysUntil(worktime.DateOf(t.Due.At, cal.Zone)) / 7
		if t.Late(now) {
			at = 0
		}
		if at < 0 || at >= n {
			continue
		}
		weeks[at].Planned += t.Minutes
		weeks[at].Tasks++
		if t.Late(now) {
			weeks[at].Late++
		}
	}
	return weeks
}

func onLeave(away []Leave, d worktime.Date) bool {
	for _, l := range away {
		if l.Holds(d) {
			return true
		}
	}
	return false
}

// Part is a part of a person's day.
type Part string

// The parts of a day, in their order on the page.
const (
	PartLate  Part = "late"
	PartToday Part = "today"
	PartWeek  Part = "week"  // the next seven days
	PartLater Part = "later" // after that
)

// Parts lists them in order.
func Parts() []Part { return []Part{PartLate, PartToday, PartWeek, PartLater} }

// PartOf says into which part of the doer's day an open task falls, on the clock of zone.
func PartOf(t Task, now time.Time, zone *time.Location) Part {
	today, due := worktime.DateOf(now, zone), worktime.DateOf(t.Due.At, zone)
	switch {
	case t.Late(now):
		return PartLate
	case !due.After(today):
		return PartToday
	case today.DaysUntil(due) <= 7:
		return PartWeek
	}
	return PartLater
}
