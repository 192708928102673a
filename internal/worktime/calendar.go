package worktime

import (
	"time"

	"kolega/internal/fault"
)

// ErrHours are working hours that overlap, run backwards or leave the day.
var ErrHours = fault.New(fault.Invalid, "hours.wrong")

// Span is a stretch of a day's wall clock, in minutes from midnight: [From, To).
type Span struct{ From, To int }

// Calendar is one person's working time. Hours lists the spans of each weekday
// (index time.Sunday = 0) in order and disjoint; a day in Holidays has none. A nil
// Zone is UTC. The zero value never opens.
type Calendar struct {
	Zone     *time.Location
	Hours    [7][]Span
	Holidays map[Date]string // the day's name
}

// Office is the calendar most people start with: Monday to Friday 09.00–18.00 in zone.
func Office(zone *time.Location, holidays map[Date]string) Calendar {
	c := Calendar{Zone: zone, Holidays: holidays}
	for d := time.Monday; d <= time.Friday; d++ {
		c.Hours[d] = []Span{{9 * 60, 18 * 60}}
	}
	return c
}

// Always is the calendar of the wall clock: open day and night.
func Always(zone *time.Location) Calendar {
	c := Calendar{Zone: zone}
	for d := range c.Hours {
		c.Hours[d] = []Span{{0, 24 * 60}}
	}
	return c
}

// Check refuses spans that overlap, run backwards or leave the day. Fault: hours.wrong.
func (c Calendar) Check() error {
	for _, spans := range c.Hours {
		end := 0
		for _, s := range spans {
			if s.From < end || s.To <= s.From || s.To > 24*60 {
				return ErrHours
			}
			end = s.To
		}
	}
	return nil
}

// horizon is how many days a search looks ahead or back before it says "never".
const horizon = 3660

// IsOpen says whether t is working time.
func (c Calendar) IsOpen(t time.Time) bool {
	w := c.walk(t)
	for i := range w.spans() {
		if from, to := w.bounds(i); !t.Before(from) && t.Before(to) {
			return true
		}
	}
	return false
}

// NextOpen is t if it is working time, else the next instant that is. It is the zero
// time when the calendar does not open within ten years.
func (c Calendar) NextOpen(t time.Time) time.Time {
	w := c.walk(t)
	for range horizon {
		for i := range w.spans() {
			if from, to := w.bounds(i); t.Before(to) && from.Before(to) {
				if from.After(t) {
					return from
				}
				return t
			}
		}
		w.next(1)
	}
	return time.Time{}
}

// AddWorking is the earliest instant by which d of working time has passed since
// start; for a negative d the latest instant from which −d leads to start. Adding
// nothing gives start. It is the zero time when the calendar does not open enough
// within ten years.
func (c Calendar) AddWorking(start time.Time, d time.Duration) time.Time {
	switch {
	case d > 0:
		return c.forward(start, d)
	case d < 0:
		return c.backward(start, -d)
	}
	return start
}

func (c Calendar) forward(start time.Time, d time.Duration) time.Time {
	w := c.walk(start)
	for range horizon {
		for i := range w.spans() {
			from, to := w.bounds(i)
			if from.Before(start) {
				from = start
			}
			open := to.Sub(from)
			if open >= d {
				return from.Add(d)
			}
			if open > 0 {
				d -= open
			}
		}
		w.next(1)
	}
	return time.Time{}
}

func (c Calendar) backward(end time.Time, d time.Duration) time.Time {
	w := c.walk(end)
	for range horizon {
		for i := len(w.spans()) - 1; i >= 0; i-- {
			from, to := w.bounds(i)
			if to.After(end) {
				to = end
			}
			open := to.Sub(from)
			if open >= d {
				return to.Add(-d)
			}
			if open > 0 {
				d -= open
			}
		}
		w.next(-1)
	}
	return time.Time{}
}

// RemindAt is when a reminder wanted at want goes out: in the receiver's next working time, or
// at want itself when the deadline would pass first or the calendar never opens (R8).
func (c Calendar) RemindAt(want, deadline time.Time) time.Time {
	if open := c.NextOpen(want); !open.IsZero() && open.Before(deadline) {
		return open
	}
	return want
}

// Between is the working time from a to b, negative when b is earlier.
func (c Calendar) Between(a, b time.Time) time.Duration {
	if b.Before(a) {
		return -c.Between(b, a)
	}
	var sum time.Duration
	last := c.walk(b).day
	for w := c.walk(a); w.day <= last; w.next(1) {
		for i := range w.spans() {
			from, to := w.bounds(i)
			if from.Before(a) {
				from = a
			}
			if to.After(b) {
				to = b
			}
			if to.After(from) {
				sum += to.Sub(from)
			}
		}
	}
	return sum
}

// IsWorkday says whether d has working hours.
func (c Calendar) IsWorkday(d Date) bool {
	_, holiday := c.Holidays[d]
	return !holiday && len(c.Hours[d.Weekday()]) > 0
}

// AddWorkdays is the n-th working day after d, or before it for a negative n. For n = 0
// it is d itself, or the next working day when d is none. It is no day ("") when the
// calendar does not open within ten years.
func (c Calendar) AddWorkdays(d Date, n int) Date {
	step := 1
	if n < 0 {
		step, n = -1, -n
	} else if n == 0 && c.IsWorkday(d) {
		return d
	}
	n = max(n, 1)
	for idle := 0; idle < horizon; idle++ {
		if d = d.AddDays(step); c.IsWorkday(d) {
			if n--; n == 0 {
				return d
			}
			idle = 0
		}
	}
	return ""
}

// WorkdaysBetween counts the working days after a up to and including b.
func (c Calendar) WorkdaysBetween(a, b Date) int {
	n := 0
	for d := a.AddDays(1); !d.After(b); d = d.AddDays(1) {
		if c.IsWorkday(d) {
			n++
		}
	}
	return n
}
