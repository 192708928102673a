package access

import (
	"context"

	"kolega/internal/audit"
	"kolega/internal/db"
)

// Trainees lists the active trainees with their supervisors and trusted clients.
func (s *Service) Trainees(ctx context.Context, actor Actor) (out []InTraining, err error) {
	if err := actor.Require("access.trust", Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		people, err := ListPeople(ctx, tx)
		if err != nil {
			return err
		}
		trust, err := listTrust(ctx, tx)
		if err != nil {
			return err
		}
		names := map[string]string{}
		for _, p := range people {
			names[p.ID] = p.Name
		}
		for _, p := range people {
			if p.Role == Trainee && p.Active() {
				out = append(out, InTraining{Person: p, Supervisor: names[p.SupervisorID], Trusted: trust[p.ID]})
			}
		}
		return nil
	})
	return out, err
}

// Supervise names the supervisor of a trainee; an empty id takes the name away.
// Faults: person.no-trainee, person.supervisor-self, -gone, -loop.
func (s *Service) Supervise(ctx context.Context, actor Actor, personID, supervisorID string) error {
	return s.ofTrainee(ctx, actor, personID, func(tx *db.Tx, p Person) (audit.Entry, error) {
		e := audit.Entry{Verb: "access.supervise", Before: p.SupervisorID, After: supervisorID}
		if supervisorID != "" {
			boss, err := LoadPerson(ctx, tx, supervisorID)
			if err != nil {
				return e, ErrSupervisorGone
			}
			people, err := ListPeople(ctx, tx)
			if err != nil {
				return e, err
			}
			above := map[string]string{}
			for _, x := range people {
				above[x.ID] = x.SupervisorID
			}
			if err := CheckSupervisor(p, boss, above); err != nil {
				return e, err
			}
		}
		p.SupervisorID = supervisorID
		return e, savePerson(ctx, tx, p)
	})
}

// Trust gives a trainee one client in full trust, or takes it back (A1). Fault:
// person.no-trainee.
func (s *Service) Trust(ctx context.Context, actor Actor, personID, clientID string, on bool) error {
	return s.ofTrainee(ctx, actor, personID, func(tx *db.Tx, p Person) (audit.Entry, error) {
		return audit.Entry{Verb: "access.trust", Client: clientID, After: map[string]any{"client": clientID, "trusted": on}},
			saveTrust(ctx, tx, actor.Who, p.ID, clientID, on)
	})
}

func (s *Service) ofTrainee(ctx context.Context, actor Actor, personID string, change func(tx *db.Tx, p Person) (audit.Entry, error)) error {
	if err := actor.Require("access.trust", Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		p, err := LoadPerson(ctx, tx, personID)
		if err != nil {
			return err
		}
		if p.Role != Trainee || !p.Active() {
			return ErrNoTrainee
		}
		e, err := change(tx, p)
		if err != nil {
			return err
		}
		e.Subject, e.ID = "person", p.ID
		return audit.Record(ctx, tx, actor.Who, e)
	})
}
