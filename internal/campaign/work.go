package campaign

import (
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Work is one line of a campaign's timeline.
type Work struct {
	ID           string
	CampaignID   string
	Position     int64
	Kind         string // a key of Kinds
	NameID       string
	NameEN       string
	Role         string // one of Owners
	OwnerID      string // the person of the agency who does it, when one is named
	PlannedStart worktime.Date
	PlannedEnd   worktime.Date
	BeganAt      time.Time // recorded by a person, only for works that leave no other trace
	BeganBy      string
	EndedAt      time.Time
	EndedBy      string
	Version      int64
}

// Name is the work's name in the language.
func (w Work) Name(lang string) string { return either(lang, w.NameID, w.NameEN) }

// Need says how many different things must have happened for a work to have ended.
type Need string

// The needs of kinds.
const (
	Once           Need = "once"
	PerSlot        Need = "slot"        // as many as there are open slots
	PerDeliverable Need = "deliverable" // as many as the slots' deliverables
)

// Trace says by which acts of the trail a kind of work begins and ends. The zero
// value is work that leaves no trace: a person records when it began and ended.
type Trace struct {
	Begins []string // verbs: the first of any
	Ends   []string
	Needs  Need
}

// Traced tells whether begin and end are read from the trail.
func (t Trace) Traced() bool { return len(t.Ends) > 0 }

// Kinds are the kinds of work a playbook can have.
var Kinds = map[string]Trace{
	"meeting":       {},
	"brief":         {Begins: []string{"brief.edit"}, Ends: []string{"brief.accept"}, Needs: Once},
	"handover":      {},
	"shortlist":     {Begins: []string{"cast.add"}, Ends: []string{"cast.share"}, Needs: Once},
	"picks":         {Begins: []string{"cast.share", "cast.pick"}, Ends: []string{"cast.send", "cast.record"}, Needs: Once},
	"negotiate":     {Begins: []string{"offer.send"}, Ends: []string{"booking.commit"}, Needs: PerSlot},
	"talent_brief":  {Begins: []string{"offer.send"}, Ends: []string{"brief.acknowledge"}, Needs: PerSlot},
	"drafting":      {Begins: []string{"concept.send", "draft.upload"}, Ends: []string{"draft.approve", "draft.record"}, Needs: PerDeliverable},
	"client_review": {Begins: []string{"draft.check.final"}, Ends: []string{"draft.approve", "draft.record"}, Needs: PerDeliverable},
	"posting":       {Begins: []string{"post.enter"}, Ends: []string{"post.enter"}, Needs: PerDeliverable},
	"insights":      {Begins: []string{"insight.enter"}, Ends: []string{"insight.verify"}, Needs: PerDeliverable},
	"result":        {Begins: []string{"report.edit"}, Ends: []string{"report.send"}, Needs: Once},
	"pay_talent":    {Begins: []string{"payout.prepare"}, Ends: []string{"payout.confirm"}, Needs: PerSlot},
	"pitch":         {},
	"follow_up":     {},
	"shoot":         {},
	"hospitality":   {},
	"timekeeping":   {},
	"other":         {},
}

// KindOrder is the order of kinds in forms.
var KindOrder = []string{"meeting", "brief", "handover", "shortlist", "picks", "negotiate", "talent_brief", "drafting", "client_review",
	"posting", "insights", "result", "pay_talent", "pitch", "follow_up", "shoot", "hospitality", "timekeeping", "other"}

// Faults of works.
var (
	ErrWorkDates  = fault.New(fault.Invalid, "work.dates")   // ends before it starts
	ErrWorkTraced = fault.New(fault.Conflict, "work.traced") // its dates come from the facts
	ErrWorkBegan  = fault.New(fault.Conflict, "work.began")
	ErrWorkEnded  = fault.New(fault.Conflict, "work.ended")
	ErrWorkFuture = fault.New(fault.Invalid, "work.future")
)

// Begin records when untraced work began. Faults: work.traced, work.began, work.future.
func (w Work) Begin(at, now time.Time, by string) (Work, error) {
	switch {
	case Kinds[w.Kind].Traced():
		return w, ErrWorkTraced
	case !w.BeganAt.IsZero():
		return w, ErrWorkBegan
	case at.After(now):
		return w, ErrWorkFuture
	}
	w.BeganAt, w.BeganBy = at, by
	return w, nil
}

// End records when untraced work ended; work that nobody saw begin began then too.
// Faults: work.traced, work.ended, work.future, work.dates.
func (w Work) End(at, now time.Time, by string) (Work, error) {
	switch {
	case Kinds[w.Kind].Traced():
		return w, ErrWorkTraced
	case !w.EndedAt.IsZero():
		return w, ErrWorkEnded
	case at.After(now):
		return w, ErrWorkFuture
	case at.Before(w.BeganAt):
		return w, ErrWorkDates
	}
	if w.BeganAt.IsZero() {
		w.BeganAt, w.BeganBy = at, by
	}
	w.EndedAt, w.EndedBy = at, by
	return w, nil
}

// Reopen takes back the last thing recorded: the end, or else the beginning.
// Fault: work.traced.
func (w Work) Reopen() (Work, error) {
	if Kinds[w.Kind].Traced() {
		return w, ErrWorkTraced
	}
	if !w.EndedAt.IsZero() {
		w.EndedAt, w.EndedBy = time.Time{}, ""
		return w, nil
	}
	w.BeganAt, w.BeganBy = time.Time{}, ""
	return w, nil
}

// Warning is something about a work that a person should look at, not an error.
type Warning string

// The warnings of a planned work.
const (
	OutsideCampaign Warning = "outside" // before the campaign's start or after its end
	OnDayOff        Warning = "day-off" // begins or ends on a day on which its owner does not work
)

// Reschedule moves a work's planned dates and warns about what a person should see.
// Faults: date.unreadable, work.dates.
func (w Work) Reschedule(from, to worktime.Date, c Campaign, cal worktime.Calendar) (Work, []Warning, error) {
	f := fault.Fields{}
	if _, err := worktime.ParseDate(string(from)); err != nil {
		f["planned_start"] = worktime.ErrDate.Code
	}
	if _, err := worktime.ParseDate(string(to)); err != nil {
		f["planned_end"] = worktime.ErrDate.Code
	}
	if err := f.Err(); err != nil {
		return w, nil, err
	}
	if to.Before(from) {
		return w, nil, ErrWorkDates.At("planned_end")
	}
	w.PlannedStart, w.PlannedEnd = from, to
	return w, w.Warnings(c, cal), nil
}

// Warnings are what a person should look at in a planned work.
func (w Work) Warnings(c Campaign, cal worktime.Calendar) []Warning {
	var out []Warning
	if w.PlannedStart.Before(c.StartOn) || c.EndOn != "" && w.PlannedEnd.After(c.EndOn) {
		out = append(out, OutsideCampaign)
	}
	if w.PlannedStart != "" && (!cal.IsWorkday(w.PlannedStart) || !cal.IsWorkday(w.PlannedEnd)) {
		out = append(out, OnDayOff)
	}
	return out
}
