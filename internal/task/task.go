package task

import (
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Task is one thing that somebody does until a time.
type Task struct {
	ID         string
	Title      string
	DoneMeans  string // what is there when it is done
	CampaignID string // "" for none, and so below
	ClientID   string
	About      About
	DoerID     string
	ByID       string // who gave it; "" for the program
	By         string
	Due        worktime.Deadline
	Minutes    int64    // planned work, in working minutes
	After      []string // ids of tasks that must be done first
	Origin     string   // what made it, once: "meeting:ID:3"; "" by hand

	GivenAt time.Time
	SeenAt  time.Time // the doer said "I do it"
	DoneAt  time.Time
	Result  string // what came of it
	DropAt  time.Time
	Why     string // why it was dropped
	Version int64
}

// About is the thing that a task is about, for its link.
type About struct{ Kind, ID string }

// State is where a task stands.
type State string

// The states, computed by StateOf.
const (
	Waiting State = "waiting" // something must be done first
	Unseen  State = "unseen"  // the doer has not said yes
	Running State = "running"
	Done    State = "done"
	Dropped State = "dropped"
)

// Faults of tasks.
var (
	ErrTitle   = fault.Field("title", "task.title")
	ErrDoer    = fault.Field("doer", "task.doer")                    // nobody, or no longer here
	ErrAway    = fault.New(fault.Invalid, "task.away")               // arg: until
	ErrLoop    = fault.Field("after", "task.loop")                   // it would wait for itself
	ErrFirst   = fault.Field("after", "task.first-unknown")          // no such task
	ErrWaits   = fault.New(fault.Conflict, "task.waits")             // arg: title of what comes first
	ErrEnded   = fault.New(fault.Conflict, "task.ended")             // done or dropped already
	ErrOpen    = fault.New(fault.Conflict, "task.open")              // nothing to take back
	ErrNotDoer = fault.New(fault.Forbidden, "task.not-doer")         // only the doer says yes
	ErrNotOurs = fault.New(fault.Forbidden, "task.not-yours")        // neither doer, giver nor senior
	ErrWhy     = fault.Field("why", "task.why")                      // a drop without a reason
	ErrMinutes = fault.Field("minutes", "task.minutes")              // less than 5 or more than a week
	ErrLong    = fault.Field("done_means", "task.long")              // more text than a task needs
	ErrLeave   = fault.Field("from", "leave.dates")                  // no day, or the end before the start
	ErrLeaveOn = fault.New(fault.Conflict, "leave.taken").At("from") // overlaps a leave that is kept
)

const (
	maxTitle   = 160
	maxText    = 2000
	minMinutes = 5
	maxMinutes = 5 * 8 * 60
	// DefaultMinutes is the planned work of a task that says nothing of it.
	DefaultMinutes = 60
)

// Open tells whether a task is still to be done.
func (t Task) Open() bool { return t.DoneAt.IsZero() && t.DropAt.IsZero() }

// Late tells whether an open task is past its time.
func (t Task) Late(now time.Time) bool { return t.Open() && now.After(t.Due.At) }

// StateOf computes the state; first are the tasks that must be done before.
func (t Task) StateOf(first []Task) State {
	switch {
	case !t.DropAt.IsZero():
		return Dropped
	case !t.DoneAt.IsZero():
		return Done
	case Blocking(first) != nil:
		return Waiting
	case t.SeenAt.IsZero():
		return Unseen
	}
	return Running
}

// Blocking is the first of the tasks that is still open, nil when none is. A task
// that was dropped no longer holds anything up.
func Blocking(first []Task) *Task {
	for i := range first {
		if first[i].Open() {
			return &first[i]
		}
	}
	return nil
}

// tidy brings a task into its one form. Faults: task.title, task.long, task.minutes.
func (t *Task) tidy() error {
	t.Title = strings.Join(strings.Fields(t.Title), " ")
	t.DoneMeans = strings.TrimSpace(t.DoneMeans)
	if t.Minutes == 0 {
		t.Minutes = DefaultMinutes
	}
	switch {
	case t.Title == "" || len([]rune(t.Title)) > maxTitle:
		return ErrTitle
	case len([]rune(t.DoneMeans)) > maxText:
		return ErrLong
	case t.Minutes < minMinutes || t.Minutes > maxMinutes:
		return ErrMinutes
	}
	return nil
}

// CheckOrder refuses what would let a task wait for itself, through however many
// others. after gives what each task waits for, the new one included.
func CheckOrder(id string, after map[string][]string) error {
	seen := map[string]bool{}
	var visit func(string) bool
	visit = func(at string) bool {
		for _, next := range after[at] {
			if next == id {
				return true
			}
			if !seen[next] {
				seen[next] = true
				if visit(next) {
					return true
				}
			}
		}
		return false
	}
	if visit(id) {
		return ErrLoop
	}
	return nil
}

// Moved tells that a due date on a holiday went to the next working day.
type Moved struct {
	From    worktime.Date // zero: it did not move
	To      worktime.Date
	Holiday string
}

// Settle puts a due date where the doer works: one on a holiday moves to the same
// clock time of the next working day. A day on which the doer is on leave is
// refused: task.away with the last day of the leave.
func Settle(due worktime.Deadline, cal worktime.Calendar, away []Leave) (worktime.Deadline, Moved, error) {
	day := worktime.DateOf(due.At, cal.Zone)
	var m Moved
	if name, off := cal.Holidays[day]; off {
		to := cal.AddWorkdays(day, 1)
		due.At = due.At.Add(to.In(cal.Zone).Sub(day.In(cal.Zone)))
		m = Moved{From: day, To: to, Holiday: name}
		day = to
	}
	for _, l := range away {
		if l.Holds(day) {
			return due, m, ErrAway.With("until", l.To).At("doer")
		}
	}
	return due, m, nil
}

// MayChange tells whether a person may end or change a task: the doer, the giver,
// and those who lead.
func (t Task) MayChange(personID string, leads bool) bool {
	return leads || personID == t.DoerID || personID == t.ByID && personID != ""
}
