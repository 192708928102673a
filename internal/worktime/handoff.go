package worktime

import "time"

// Step is one pair of hands in a chain: whose calendar, and how much of its working
// time the handling takes.
type Step struct {
	Name     string
	Calendar Calendar
	Handling time.Duration
}

// Stop is a projected step: when it arrives, when its owner can first see it, and
// when the owner hands it on.
type Stop struct {
	Name                   string
	Arrives, Opens, Leaves time.Time
}

// Handoff projects a chain from start: each step begins in its owner's next working
// time and takes its handling minutes of it (R8). A step whose calendar never opens
// ends the forecast: the stops before it are returned.
func Handoff(steps []Step, start time.Time) []Stop {
	stops := make([]Stop, 0, len(steps))
	at := start
	for _, s := range steps {
		opens := s.Calendar.NextOpen(at)
		leaves := s.Calendar.AddWorking(opens, s.Handling)
		if opens.IsZero() || leaves.IsZero() {
			return stops
		}
		stops = append(stops, Stop{Name: s.Name, Arrives: at, Opens: opens, Leaves: leaves})
		at = leaves
	}
	return stops
}

// SendBefore is the latest instant at which the chain may start so that its last
// owner still sees it on the same local day as in the forecast of start; it is the
// "send before 16.00" beside the forecast. It is start itself for an empty chain.
func SendBefore(steps []Step, start time.Time) time.Time {
	stops := Handoff(steps, start)
	if len(stops) == 0 || len(stops) < len(steps) {
		return start
	}
	last := stops[len(stops)-1]
	loc := orUTC(steps[len(steps)-1].Calendar.Zone)
	target := DateOf(last.Opens, loc)
	lo, hi := int64(0), int64(14*24*60)
	for lo < hi {
		mid := (lo + hi + 1) / 2
		try := Handoff(steps, start.Add(time.Duration(mid)*time.Minute))
		if len(try) == len(steps) && !DateOf(try[len(try)-1].Opens, loc).After(target) {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return start.Add(time.Duration(lo) * time.Minute)
}
