package campaign

import (
	"slices"
	"strings"

	"kolega/internal/worktime"
)

// PlanEffect is what moving a work's planned dates would do, told before it is saved.
type PlanEffect struct {
	Work     Work  // as it would be
	Shift    int64 // working days of its owner by which the end moves; negative for earlier
	Warnings []Warning
	Pressed  []Line // later works that would begin before this one ends
	LastFrom worktime.Date
	LastTo   worktime.Date // the timeline's last planned day, before and after
}

// Late says whether the timeline would end later.
func (e PlanEffect) Late() bool { return e.LastTo.After(e.LastFrom) }

// PlanEffectOf compares a work with itself moved, among the lines of its campaign.
func PlanEffectOf(before, after Work, lines []Line, c Campaign, cal worktime.Calendar) PlanEffect {
	e := PlanEffect{Work: after, Warnings: after.Warnings(c, cal)}
	if before.PlannedEnd != "" {
		e.Shift = int64(cal.WorkdaysBetween(before.PlannedEnd, after.PlannedEnd) - cal.WorkdaysBetween(after.PlannedEnd, before.PlannedEnd))
	}
	for _, l := range lines {
		end := l.PlannedEnd
		e.LastFrom = latest(e.LastFrom, end)
		if l.ID == before.ID {
			e.LastTo = latest(e.LastTo, after.PlannedEnd)
			continue
		}
		e.LastTo = latest(e.LastTo, end)
		open := l.Ended == "" && l.PlannedStart != ""
		follows := before.PlannedEnd != "" && !l.PlannedStart.Before(before.PlannedEnd)
		if open && follows && l.PlannedStart.Before(after.PlannedEnd) {
			e.Pressed = append(e.Pressed, l)
		}
	}
	slices.SortStableFunc(e.Pressed, func(a, b Line) int { return strings.Compare(string(a.PlannedStart), string(b.PlannedStart)) })
	return e
}

func latest(a, b worktime.Date) worktime.Date {
	if b.After(a) {
		return b
	}
	return a
}
