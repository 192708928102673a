package task

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/worktime"
)

// Weeks is how far the load looks ahead.
const Weeks = 4

// PersonLoad is one person's weeks.
type PersonLoad struct {
	Person access.Person
	Weeks  []Week
	Away   []Leave // from today on
}

// Load gives everybody's load, this week and the next three (A67).
func (s *Service) Load(ctx context.Context, actor access.Actor) (out []PersonLoad, err error) {
	if err := actor.Require("task.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		people, err := access.ListPeople(ctx, tx)
		if err != nil {
			return err
		}
		open, err := List(ctx, tx, Filter{Open: true, Limit: 2000})
		if err != nil {
			return err
		}
		for _, p := range people {
			if !p.Active() {
				continue
			}
			l, err := loadOf(ctx, tx, p, open)
			if err != nil {
				return err
			}
			out = append(out, l)
		}
		return nil
	})
	return out, err
}

func loadOf(ctx context.Context, tx *db.Tx, p access.Person, open []Task) (PersonLoad, error) {
	l := PersonLoad{Person: p}
	cal, err := country.CalendarIn(ctx, tx, p.Zone)
	if err != nil {
		return l, err
	}
	today := worktime.DateOf(tx.Now(), cal.Zone)
	away, err := ListLeaves(ctx, tx, p.ID, MondayOf(today))
	if err != nil {
		return l, err
	}
	for _, a := range away {
		if !a.To.Before(today) {
			l.Away = append(l.Away, a)
		}
	}
	var mine []Task
	for _, t := range open {
		if t.DoerID == p.ID {
			mine = append(mine, t)
		}
	}
	l.Weeks = LoadOf(mine, cal, away, Weeks, tx.Now())
	return l, nil
}

// TakeLeave keeps days on which a person is away: one's own, or anybody's for those
// who lead. Faults: leave.dates, leave.taken, task.doer.
func (s *Service) TakeLeave(ctx context.Context, actor access.Actor, l Leave) (Leave, error) {
	if err := s.ownLeave(actor, l.PersonID); err != nil {
		return l, err
	}
	if err := l.Check(); err != nil {
		return l, err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if p, err := access.LoadPerson(ctx, tx, l.PersonID); err != nil || !p.Active() {
			return ErrDoer.At("person")
		}
		kept, err := ListLeaves(ctx, tx, l.PersonID, l.From)
		if err != nil {
			return err
		}
		for _, o := range kept {
			if o.Overlaps(l) {
				return ErrLeaveOn
			}
		}
		l.ID, l.MadeAt = tx.NewID(), tx.Now()
		if err := insertLeave(ctx, tx, l); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "task.leave", Subject: "leave", ID: l.ID, After: map[string]any{"person": l.PersonID, "from": l.From, "to": l.To}})
	})
	return l, err
}

// DropLeave takes a leave back.
func (s *Service) DropLeave(ctx context.Context, actor access.Actor, id string) error {
	if err := actor.Require("task.leave", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		l, err := loadLeave(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := s.ownLeave(actor, l.PersonID); err != nil {
			return err
		}
		if err := deleteLeave(ctx, tx, id); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "task.leave", Subject: "leave", ID: id, Before: map[string]any{"person": l.PersonID, "from": l.From, "to": l.To}})
	})
}

func (s *Service) ownLeave(actor access.Actor, personID string) error {
	if personID == actor.ID {
		return actor.Require("task.leave", access.Owner{})
	}
	return actor.Require("task.lead", access.Owner{})
}

// Clashes lists the person's open tasks that fall into a leave, for whoever has to
// give them to somebody else.
func (s *Service) Clashes(ctx context.Context, actor access.Actor, l Leave) (out []Task, err error) {
	if err := actor.Require("task.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		open, err := List(ctx, tx, Filter{DoerID: l.PersonID, Open: true})
		if err != nil {
			return err
		}
		for _, t := range open {
			loc, err := worktime.Zone(t.Due.Zone)
			if err != nil {
				return err
			}
			if l.Holds(worktime.DateOf(t.Due.At, loc)) {
				out = append(out, t)
			}
		}
		return nil
	})
	return out, err
}
