package campaign

import (
	"slices"
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// DelayParty is whose lateness moves a date (R2).
type DelayParty string

// The parties of a plan.
const (
	DelayClient  DelayParty = "client"
	DelayTalent  DelayParty = "talent"
	DelayAgency  DelayParty = "agency"
	DelayCourier DelayParty = "courier"
	DelayOther   DelayParty = "other"
)

// DelayParties is their order in sentences.
var DelayParties = []DelayParty{DelayClient, DelayTalent, DelayAgency, DelayCourier, DelayOther}

// PlanStep is one planned step: who owes it, when it should start, and how much of
// the owner's working time it takes.
type PlanStep struct {
	Kind   string
	Owner  DelayParty
	Hours  worktime.Calendar
	Start  time.Time // planned; the zero time: as soon as its predecessors end
	Length time.Duration
	After  []int     // places of its predecessors in the plan
	End    time.Time // real; zero while it is not finished

	// A step that was not planned from the start: since when it belongs to the plan,
	// and who caused it. A round's new work is Added when the round was sent.
	Added time.Time
	Cause DelayParty
}

// Shift says how much one step moved the last date, in whole minutes of elapsed
// time; negative for time recovered.
type Shift struct {
	Step    int
	Party   DelayParty
	Minutes int64
	Working int64 // minutes of the owner's own working time by which the step was late; 0 for added work
	Caused  bool  // the step was added, not late
	Running bool  // it is not finished: it counts with now as its end
}

// Delay is the delay ledger of one plan. Minutes is the sum of the shifts, exactly.
type Delay struct {
	Planned  time.Time // the last date with nothing finished
	Forecast time.Time // the last date by what is known now
	Minutes  int64
	Shifts   []Shift // those that moved the date, in the order in which they did
}

// ByParty sums the shifts of each party.
func (d Delay) ByParty() map[DelayParty]int64 {
	out := map[DelayParty]int64{}
	for _, s := range d.Shifts {
		out[s.Party] += s.Minutes
	}
	return out
}

// LateWorking sums, in minutes of the party's own working time, the lateness of its steps
// that moved the date. Work that it caused is not lateness.
func (d Delay) LateWorking(p DelayParty) (minutes int64) {
	for _, s := range d.Shifts {
		if s.Party == p && s.Minutes > 0 {
			minutes += s.Working
		}
	}
	return minutes
}

// Faults of plans.
var (
	ErrPlanCycle = fault.New(fault.Invalid, "delay.cycle")
	ErrPlanHours = fault.New(fault.Invalid, "delay.no-hours") // a calendar that never opens
)

// DelayOf replays what happened and gives each step its share of the last date's
// shift (R2): the finished steps are put into the plan in the order of their real
// ends, and each share is the difference it makes to the projection; then come the
// running steps that are past their projected ends, with now as their end. The
// differences telescope, so the shares add up to the shift. Faults: delay.*.
func DelayOf(steps []PlanStep, now time.Time) (Delay, error) {
	order, err := planOrder(steps)
	if err != nil {
		return Delay{}, err
	}
	p := projection{steps: steps, order: order, ends: make([]time.Time, len(steps)), fixed: make([]bool, len(steps)), in: make([]bool, len(steps))}
	for i, s := range steps {
		p.in[i] = s.Added.IsZero()
	}
	var d Delay
	if d.Planned, err = p.last(); err != nil {
		return d, err
	}
	before := d.Planned
	take := func(s Shift) error {
		after, err := p.last()
		if err != nil {
			return err
		}
		if s.Minutes = minutesBetween(before, after); s.Minutes != 0 {
			d.Shifts = append(d.Shifts, s)
		}
		d.Minutes, before = d.Minutes+s.Minutes, after
		return nil
	}
	for _, e := range planEvents(steps, now) {
		if err := take(p.happen(e)); err != nil {
			return d, err
		}
	}
	for i := p.overdue(now); i >= 0; i = p.overdue(now) {
		late := p.late(i, now)
		p.ends[i], p.fixed[i] = now, true
		if err := take(Shift{Step: i, Party: steps[i].Owner, Running: true, Working: late}); err != nil {
			return d, err
		}
	}
	d.Forecast = before
	return d, nil
}

// minutesBetween counts whole minutes on the clock, so that sums over a row of
// instants are exact.
func minutesBetween(a, b time.Time) int64 { return floorMinute(b) - floorMinute(a) }

func floorMinute(t time.Time) int64 {
	s := t.Unix()
	if s < 0 {
		s -= 59
	}
	return s / 60
}

// planEvent is something that happened to a plan: a step ended, or steps were added
// at one instant by one party.
type planEvent struct {
	at    time.Time
	step  int // the step that ended, or the first that was added
	added bool
}

// planEvents gives what happened in order; of one instant ends come first.
func planEvents(steps []PlanStep, now time.Time) []planEvent {
	var out []planEvent
	for i, s := range steps {
		if !s.End.IsZero() && !s.End.After(now) {
			out = append(out, planEvent{s.End, i, false})
		}
	}
	for i, s := range steps {
		same := func(e planEvent) bool { return e.added && e.at.Equal(s.Added) && steps[e.step].Cause == s.Cause }
		if !s.Added.IsZero() && !s.Added.After(now) && !slices.ContainsFunc(out, same) {
			out = append(out, planEvent{s.Added, i, true})
		}
	}
	slices.SortStableFunc(out, func(a, b planEvent) int { return a.at.Compare(b.at) })
	return out
}

// projection projects the ends of a plan's steps.
type projection struct {
	steps []PlanStep
	order []int // predecessors first
	ends  []time.Time
	fixed []bool // the end is a fact, or now
	in    []bool // the step belongs to the plan by now
}

// happen puts an event into the plan and says whose it is.
func (p *projection) happen(e planEvent) Shift {
	if !e.added {
		late := p.late(e.step, p.steps[e.step].End)
		p.ends[e.step], p.fixed[e.step], p.in[e.step] = p.steps[e.step].End, true, true
		return Shift{Step: e.step, Party: p.steps[e.step].Owner, Working: late}
	}
	for i, s := range p.steps {
		if s.Added.Equal(e.at) && s.Cause == p.steps[e.step].Cause {
			p.in[i] = true
		}
	}
	return Shift{Step: e.step, Party: p.steps[e.step].Cause, Caused: true}
}

// late is how many of its owner's working minutes a step ends after it was projected to.
func (p *projection) late(i int, end time.Time) int64 {
	if !p.in[i] || !end.After(p.ends[i]) {
		return 0
	}
	return int64(p.steps[i].Hours.Between(p.ends[i], end) / time.Minute)
}

// last projects every step and gives the latest end. A step starts at the later of
// its planned start and its last predecessor's end.
func (p *projection) last() (last time.Time, err error) {
	for _, i := range p.order {
		if !p.in[i] {
			continue
		}
		if !p.fixed[i] {
			if p.ends[i] = p.steps[i].Hours.AddWorking(p.start(i), p.steps[i].Length); p.ends[i].IsZero() {
				return last, ErrPlanHours
			}
		}
		if p.ends[i].After(last) {
			last = p.ends[i]
		}
	}
	return last, nil
}

func (p *projection) start(i int) time.Time {
	start := p.steps[i].Start
	for _, b := range p.steps[i].After {
		if p.in[b] && p.ends[b].After(start) {
			start = p.ends[b]
		}
	}
	return start
}

// overdue finds the first step that is not finished and should be; −1 for none.
func (p *projection) overdue(now time.Time) int {
	for _, i := range p.order {
		if p.in[i] && !p.fixed[i] && p.ends[i].Before(now) {
			return i
		}
	}
	return -1
}

// planOrder puts predecessors first. Fault: delay.cycle.
func planOrder(steps []PlanStep) ([]int, error) {
	order, state := make([]int, 0, len(steps)), make([]uint8, len(steps))
	var visit func(int) bool
	visit = func(i int) bool {
		switch state[i] {
		case 1:
			return false
		case 2:
			return true
		}
		state[i] = 1
		for _, b := range steps[i].After {
			if !visit(b) {
				return false
			}
		}
		state[i] = 2
		order = append(order, i)
		return true
	}
	for i := range steps {
		if !visit(i) {
			return nil, ErrPlanCycle
		}
	}
	return order, nil
}
