package report

import (
	"time"

	"kolega/internal/casting"
	"kolega/internal/result"
	"kolega/internal/worktime"
)

// span is a stretch of time in which a standing stays as it is while no fact changes:
// from its first instant on, before its last.
type span struct{ from, until time.Time }

func (s span) holds(now time.Time) bool { return !now.Before(s.from) && now.Before(s.until) }

// add lets a span around now end at an instant at which something happens by itself. What
// is late is so only after its instant, hence both sides of it.
func (s *span) add(now, t time.Time) {
	if t.IsZero() {
		return
	}
	for _, edge := range []time.Time{t, t.Add(time.Microsecond)} {
		switch {
		case edge.After(now):
			if edge.Before(s.until) {
				s.until = edge
			}
		case edge.After(s.from):
			s.from = edge
		}
	}
}

// How long a standing is held at most, so that what leaves no entry in the trail is seen
// too; and how much older than it a reader's snapshot may be.
const (
	heldFor = 10 * time.Minute
	older   = 5 * time.Second
)

// spanOf finds how long the standing that was computed at now holds. Each campaign has a
// length of its own at most, so that not all standings end together.
func spanOf(f Facts, s Standing, now time.Time) span {
	while := span{from: now.Add(-older), until: now.Add(heldFor - time.Duration(secondOf(f.Campaign.ID, 300))*time.Second)}
	for _, b := range f.Bookings {
		while.add(now, b.DraftDue.At)
		while.add(now, b.DraftDue.At.Add(casting.LateAfter))
		while.add(now, f.remedyDue(b.ID).At)
	}
	for _, o := range f.Offers {
		while.add(now, o.ExpiresAt)
		for _, d := range o.Dates {
			while.add(now, d.Due.At.Add(-casting.BeforeFirst))
		}
	}
	for _, d := range f.Drafts {
		while.add(now, d.Latest.ReviewDue)
		while.add(now, d.Deliverable.DraftDue.At)
		while.addDay(now, d.Deliverable.PostDue)
	}
	for _, p := range f.Posts {
		ask := result.MeasuredFrom(p)
		while.add(now, ask)
		while.add(now, ask.Add(insightPatience))
	}
	for _, l := range s.Lines {
		while.add(now, l.Move.Due.At)
		for _, m := range l.Moves {
			while.add(now, m.Due.At)
		}
	}
	while.add(now, f.Sheet.Deadline.At)
	while.add(now, f.RisksUntil)
	return while
}

// addDay adds an instant with the beginning and the end of its day.
func (s *span) addDay(now time.Time, d worktime.Deadline) {
	s.add(now, d.At)
	loc, err := worktime.Zone(d.Zone)
	if err != nil || d.At.IsZero() {
		return
	}
	day := worktime.DateOf(d.At, loc)
	s.add(now, day.In(loc))
	s.add(now, day.AddDays(1).In(loc))
}
