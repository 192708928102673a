package worktime

import "time"

const daySeconds = 24 * 60 * 60

// dayNumber counts days from 1 January 1970 on the wall that t shows.
func dayNumber(t time.Time) int64 {
	_, off := t.Zone()
	return floorDiv(t.Unix()+int64(off), daySeconds)
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// wallInstant is the first instant at which the wall clock of loc shows day and
// minute or later. So a time that the clocks skip becomes the moment they jump,
// and of a time that comes twice the first counts; the function never runs
// backwards over a day, which keeps spans disjoint.
func wallInstant(loc *time.Location, day int64, minute int) time.Time {
	unix, _ := wallUnix(loc, day, minute)
	return time.Unix(unix, 0).In(loc)
}

// wallState says whether a wall time exists once, not at all or twice.
type wallState uint8

const (
	once wallState = iota
	skipped
	twice
)

// wallUnix is wallInstant in Unix seconds, and whether that wall time is ordinary.
func wallUnix(loc *time.Location, day int64, minute int) (int64, wallState) {
	wall := day*daySeconds + int64(minute)*60
	guess := time.Unix(wall, 0).In(loc)
	_, off := guess.Zone()
	t := time.Unix(wall-int64(off), 0).In(loc)
	start, end := t.ZoneBounds()
	_, here := t.Zone()
	if t.Unix()+int64(here) != wall {
		return skippedOrOther(loc, wall, t, start, end)
	}
	if !start.IsZero() {
		_, before := start.Add(-time.Second).Zone()
		if earlier := wall - int64(before); earlier < start.Unix() {
			return earlier, twice
		}
	}
	if !end.IsZero() {
		_, after := end.Zone()
		if later := wall - int64(after); later >= end.Unix() {
			return t.Unix(), twice
		}
	}
	return t.Unix(), once
}

// skippedOrOther handles a first guess that landed in a stretch of another offset:
// either the neighbour stretch has the wall time, or no stretch has.
func skippedOrOther(loc *time.Location, wall int64, t, start, end time.Time) (int64, wallState) {
	for _, bound := range []time.Time{start, end} {
		if bound.IsZero() {
			continue
		}
		_, before := bound.Add(-time.Second).In(loc).Zone()
		_, after := bound.In(loc).Zone()
		early, late := wall-int64(before), wall-int64(after)
		if early < bound.Unix() && late >= bound.Unix() {
			return early, twice
		}
		if early >= bound.Unix() && late < bound.Unix() {
			return bound.Unix(), skipped
		}
	}
	_, off := t.Zone()
	return wall - int64(off), once
}
