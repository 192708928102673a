package meeting

import (
	"time"

	"kolega/internal/task"
	"kolega/internal/worktime"
)

// Diary is when one person can meet: their working time less leave and meetings (R8).
type Diary struct {
	Name     string
	Calendar worktime.Calendar
	Away     []task.Leave
	Busy     []Meeting
}

// stepOf is how finely times are proposed.
const stepOf = 30 * time.Minute

// free tells whether the person works, and is free, from a to b.
func (d Diary) free(a, b time.Time) bool {
	if d.Calendar.Between(a, b) != b.Sub(a) {
		return false
	}
	for day := worktime.DateOf(a, d.Calendar.Zone); !day.After(worktime.DateOf(b, d.Calendar.Zone)); day = day.AddDays(1) {
		for _, l := range d.Away {
			if l.Holds(day) {
				return false
			}
		}
	}
	for _, m := range d.Busy {
		if !m.Cancelled() && a.Before(m.End) && m.Start.Before(b) {
			return false
		}
	}
	return true
}

// Common proposes beginnings at which all are at work and free for length, from from
// to to, at most n and at most two a day of zone, so that there is a choice of days.
func Common(diaries []Diary, length time.Duration, from, to time.Time, zone *time.Location, n int) (out []time.Time) {
	if length <= 0 || len(diaries) == 0 {
		return nil
	}
	at := from.Truncate(stepOf)
	if at.Before(from) {
		at = at.Add(stepOf)
	}
	a := map[worktime.Date]int{}
	for ; at.Before(to) && len(out) < n; at = at.Add(stepOf) {
		day := worktime.DateOf(at, zone)
		if a[day] >= 2 || a[day] == 1 && at.Sub(out[len(out)-1]) < 2*time.Hour || !allFree(diaries, at, at.Add(length)) {
			continue
		}
		a[day]++
		out = append(out, at)
	}
	return out
}

func allFree(diaries []Diary, a, b time.Time) bool {
	for _, d := range diaries {
		if !d.free(a, b) {
			return false
		}
	}
	return true
}
