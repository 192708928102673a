package task

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Service holds the use cases of tasks and leave.
type Service struct{ db *db.DB }

// New makes the use cases.
func New(d *db.DB) *Service { return &Service{db: d} }

// NewTask is a task as it is given.
type NewTask struct {
	Title      string
	DoneMeans  string
	DoerID     string
	Due        string // in the doer's zone, as people write it
	DueAt      time.Time
	Minutes    int64
	CampaignID string
	ClientID   string
	About      About
	After      []string
	Origin     string
}

// Give gives a task to somebody. Moved says whether a holiday moved its due date.
// Faults: task.*, due.*.
func (s *Service) Give(ctx context.Context, actor access.Actor, n NewTask) (t Task, m Moved, err error) {
	if err := actor.Require("task.give", access.Owner{}); err != nil {
		return t, m, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error { t, m, err = Give(ctx, tx, actor, n); return err })
	return t, m, err
}

// Give is the step of Service.Give in a change of a higher slice. With an origin
// that made a task before, it gives that task and changes nothing.
func Give(ctx context.Context, tx *db.Tx, actor access.Actor, n NewTask) (t Task, m Moved, err error) {
	if n.Origin != "" {
		if t, found, err := byOrigin(ctx, tx, n.Origin); err != nil || found {
			return t, m, err
		}
	}
	t = Task{ID: tx.NewID(), Title: n.Title, DoneMeans: n.DoneMeans, CampaignID: n.CampaignID, ClientID: n.ClientID, About: n.About, DoerID: n.DoerID,
		ByID: actor.ID, By: actor.Name, Minutes: n.Minutes, After: n.After, Origin: n.Origin, GivenAt: tx.Now(), Version: 1}
	if t.DoerID == actor.ID {
		t.SeenAt = tx.Now()
	}
	if err := t.tidy(); err != nil {
		return t, m, err
	}
	if m, err = place(ctx, tx, &t, n.Due, n.DueAt, actor.Lang); err != nil {
		return t, m, err
	}
	if err := checkAfter(ctx, tx, t); err != nil {
		return t, m, err
	}
	if err := insert(ctx, tx, t); err != nil {
		return t, m, err
	}
	if err := Call(ctx, tx, actor, t.Title+"\n"+t.DoneMeans, t.CampaignID, "/tasks/"+t.ID); err != nil {
		return t, m, err
	}
	return t, m, record(ctx, tx, actor, t, "task.give", "")
}

// place finds the doer and puts the due date into the doer's calendar.
func place(ctx context.Context, tx *db.Tx, t *Task, due string, at time.Time, lang string) (m Moved, err error) {
	p, err := access.LoadPerson(ctx, tx, t.DoerID)
	if err != nil || !p.Active() {
		return m, ErrDoer
	}
	cal, err := country.CalendarIn(ctx, tx, p.Zone)
	if err != nil {
		return m, err
	}
	d := worktime.Deadline{At: at, Zone: p.Zone}
	if at.IsZero() {
		d, err = worktime.ParseDue(due, tx.Now(), cal, lang)
		var f *fault.Error
		if errors.As(err, &f) {
			return m, f.At("due")
		}
		if err != nil {
			return m, err
		}
	}
	away, err := ListLeaves(ctx, tx, p.ID, worktime.DateOf(tx.Now(), cal.Zone))
	if err != nil {
		return m, err
	}
	t.Due, m, err = Settle(d, cal, away)
	return m, err
}

func checkAfter(ctx context.Context, tx *db.Tx, t Task) error {
	if len(t.After) == 0 {
		return nil
	}
	for _, id := range t.After {
		if _, err := Load(ctx, tx, id); err != nil {
			return ErrFirst
		}
	}
	order, err := openOrder(ctx, tx)
	if err != nil {
		return err
	}
	order[t.ID] = t.After
	return CheckOrder(t.ID, order)
}

func record(ctx context.Context, tx *db.Tx, actor access.Actor, t Task, verb access.Verb, reason string) error {
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: string(verb), Subject: "task", ID: t.ID, Campaign: t.CampaignID, Client: t.ClientID, Reason: reason,
		After: map[string]any{"title": t.Title, "doer": t.DoerID, "due": t.Due.Wall(), "zone": t.Due.Zone}})
}

// EditTask changes what a task says; giving it to another asks for a new yes.
type EditTask struct {
	ID, Title, DoneMeans, DoerID, Due string
	Minutes                           int64
	After                             []string
	Version                           int64
}

// Edit changes an open task. Faults: those of Give, task.ended, task.not-yours, conflict.changed.
func (s *Service) Edit(ctx context.Context, actor access.Actor, e EditTask) (m Moved, err error) {
	err = s.change(ctx, actor, e.ID, func(tx *db.Tx, t *Task) error {
		if !t.Open() {
			return ErrEnded
		}
		if t.DoerID != e.DoerID {
			t.SeenAt = time.Time{}
			if e.DoerID == actor.ID {
				t.SeenAt = tx.Now()
			}
		}
		same := t.DoerID == e.DoerID && (strings.TrimSpace(e.Due) == "" || strings.HasPrefix(t.Due.Wall(), e.Due))
		t.Title, t.DoneMeans, t.DoerID, t.Minutes, t.After, t.Version = e.Title, e.DoneMeans, e.DoerID, e.Minutes, e.After, e.Version
		if err := t.tidy(); err != nil {
			return err
		}
		if !same {
			if m, err = place(ctx, tx, t, e.Due, time.Time{}, actor.Lang); err != nil {
				return err
			}
		}
		return checkAfter(ctx, tx, *t)
	}, "")
	return m, err
}

// Accept keeps that the doer has seen a task and does it. Faults: task.not-doer, task.ended.
func (s *Service) Accept(ctx context.Context, actor access.Actor, id string) error {
	return s.change(ctx, actor, id, func(tx *db.Tx, t *Task) error {
		switch {
		case !t.Open():
			return ErrEnded
		case t.DoerID != actor.ID:
			return ErrNotDoer
		}
		if t.SeenAt.IsZero() {
			t.SeenAt = tx.Now()
		}
		return nil
	}, "")
}

// Finish keeps that a task is done, and what came of it. Faults: task.waits, task.ended.
func (s *Service) Finish(ctx context.Context, actor access.Actor, id, result string) error {
	return s.change(ctx, actor, id, func(tx *db.Tx, t *Task) error {
		if !t.Open() {
			return ErrEnded
		}
		first, err := loadAll(ctx, tx, t.After)
		if err != nil {
			return err
		}
		if b := Blocking(first); b != nil {
			return ErrWaits.With("title", b.Title)
		}
		if t.SeenAt.IsZero() {
			t.SeenAt = tx.Now()
		}
		t.DoneAt, t.Result = tx.Now(), strings.TrimSpace(result)
		return Call(ctx, tx, actor, t.Result, t.CampaignID, "/tasks/"+t.ID)
	}, strings.TrimSpace(result))
}

// Reopen takes back that a task is done or dropped. Fault: task.open.
func (s *Service) Reopen(ctx context.Context, actor access.Actor, id string) error {
	return s.change(ctx, actor, id, func(_ *db.Tx, t *Task) error {
		if t.Open() {
			return ErrOpen
		}
		t.DoneAt, t.DropAt, t.Result, t.Why = time.Time{}, time.Time{}, "", ""
		return nil
	}, "")
}

// Drop keeps that a task is no longer to be done, and why. Faults: task.ended, task.why.
func (s *Service) Drop(ctx context.Context, actor access.Actor, id, why string) error {
	return s.change(ctx, actor, id, func(tx *db.Tx, t *Task) error {
		if !t.Open() {
			return ErrEnded
		}
		if why = strings.TrimSpace(why); why == "" {
			return ErrWhy
		}
		t.DropAt, t.Why = tx.Now(), why
		return nil
	}, why)
}

// Close is a step in a change of a higher slice: the task is done, with what came of
// it. One that has ended, or is not there, stays as it is.
func Close(ctx context.Context, tx *db.Tx, actor access.Actor, id, result string) error {
	if id == "" {
		return nil
	}
	t, err := Load(ctx, tx, id)
	if err != nil || !t.Open() {
		return err
	}
	if t.SeenAt.IsZero() {
		t.SeenAt = tx.Now()
	}
	t.DoneAt, t.Result = tx.Now(), strings.TrimSpace(result)
	if err := save(ctx, tx, t); err != nil {
		return err
	}
	return record(ctx, tx, actor, t, "task.give", t.Result)
}

// Abandon is a step in a change of a higher slice: what the task came of is gone, and so
// is the task. One that has ended, or is not there, stays as it is.
func Abandon(ctx context.Context, tx *db.Tx, actor access.Actor, id, why string) error {
	if id == "" {
		return nil
	}
	t, err := Load(ctx, tx, id)
	if err != nil || !t.Open() {
		return err
	}
	t.DropAt, t.Why = tx.Now(), why
	if err := save(ctx, tx, t); err != nil {
		return err
	}
	return record(ctx, tx, actor, t, "task.give", why)
}

// Leads tells whether a person may change everybody's tasks.
func Leads(actor access.Actor) bool { return actor.Can("task.lead") }

func (s *Service) change(ctx context.Context, actor access.Actor, id string, do func(tx *db.Tx, t *Task) error, reason string) error {
	if err := actor.Require("task.give", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		t, err := Load(ctx, tx, id)
		if err != nil {
			return err
		}
		if !t.MayChange(actor.ID, Leads(actor)) {
			return ErrNotOurs
		}
		if err := do(tx, &t); err != nil {
			return err
		}
		if err := save(ctx, tx, t); err != nil {
			return err
		}
		return record(ctx, tx, actor, t, "task.give", reason)
	})
}

func loadAll(ctx context.Context, tx *db.Tx, list []string) (out []Task, err error) {
	for _, id := range list {
		t, err := Load(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// View is a task with what a screen says of it.
type View struct {
	Task
	State State
	Doer  string // name
	First []Task // what must be done before
	Part  Part   // of the doer's day; "" when it ended
}

// View gives one task. It is for everybody at the agency.
func (s *Service) View(ctx context.Context, actor access.Actor, id string) (v View, err error) {
	if err := actor.Require("task.see", access.Owner{}); err != nil {
		return v, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		t, err := Load(ctx, tx, id)
		if err != nil {
			return err
		}
		all, err := views(ctx, tx, []Task{t})
		if err == nil {
			v = all[0]
		}
		return err
	})
	return v, err
}

// Tasks lists tasks as Filter picks them.
func (s *Service) Tasks(ctx context.Context, actor access.Actor, f Filter) (out []View, err error) {
	if err := actor.Require("task.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list, err := List(ctx, tx, f)
		if err != nil {
			return err
		}
		out, err = views(ctx, tx, list)
		return err
	})
	return out, err
}

// views puts names, order and states beside tasks.
func views(ctx context.Context, tx *db.Tx, list []Task) ([]View, error) {
	people, err := access.ListPeople(ctx, tx)
	if err != nil {
		return nil, err
	}
	out := make([]View, 0, len(list))
	for _, t := range list {
		v := View{Task: t}
		if v.First, err = loadAll(ctx, tx, t.After); err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(people, func(p access.Person) bool { return p.ID == t.DoerID }); i >= 0 {
			v.Doer = people[i].Name
		}
		v.State = t.StateOf(v.First)
		if t.Open() {
			loc, err := worktime.Zone(t.Due.Zone)
			if err != nil {
				return nil, err
			}
			v.Part = PartOf(t, tx.Now(), loc)
		}
		out = append(out, v)
	}
	return out, nil
}
