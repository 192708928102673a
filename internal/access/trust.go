package access

import "kolega/internal/fault"

// Faults of supervising (A1).
var (
	ErrOwnSupervisor  = fault.Field("supervisor", "person.supervisor-self")
	ErrSupervisorGone = fault.Field("supervisor", "person.supervisor-gone") // disabled, or a trainee too
	ErrSupervisorLoop = fault.Field("supervisor", "person.supervisor-loop")
	ErrNoTrainee      = fault.New(fault.Invalid, "person.no-trainee")
)

// InTraining is a trainee: who supervises, and for which clients acts no
// longer wait.
type InTraining struct {
	Person     Person
	Supervisor string   // name; "" when nobody is named
	Trusted    []string // client ids
}

// CheckSupervisor judges a supervisor for somebody (A1): another, active person who
// is no trainee, and no loop. above gives each person's supervisor by id.
func CheckSupervisor(of, supervisor Person, above map[string]string) error {
	switch {
	case of.ID == supervisor.ID:
		return ErrOwnSupervisor
	case !supervisor.Active() || supervisor.Role == Trainee:
		return ErrSupervisorGone
	}
	seen := map[string]bool{}
	for id := supervisor.ID; id != "" && !seen[id]; id = above[id] {
		if id == of.ID {
			return ErrSupervisorLoop
		}
		seen[id] = true
	}
	return nil
}
