package job

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"kolega/internal/db"
)

// Args says what is to be done. Kind is stable, "slice.event"; the value is kept as JSON.
type Args interface{ Kind() string }

// Option changes when or how often a job is kept.
type Option func(*plan)

type plan struct {
	due    time.Time
	unique string
}

// After keeps the job until an instant.
func After(t time.Time) Option { return func(p *plan) { p.due = t } }

// Unique keeps at most one job, ever, with this key.
func Unique(key string) Option { return func(p *plan) { p.unique = key } }

// work is one subscriber of one kind.
type work struct {
	subscriber string
	run        func(ctx context.Context, args []byte) error
}

// Registry holds the workers by kind. It is filled once, at start.
type Registry struct{ works map[string][]work }

// NewRegistry makes an empty registry.
func NewRegistry() *Registry { return &Registry{works: map[string][]work{}} }

// On registers a subscriber of A's kind. The same name twice for one kind is a
// defect and panics.
func On[A Args](r *Registry, subscriber string, do func(ctx context.Context, a A) error) {
	var zero A
	kind := zero.Kind()
	for _, w := range r.works[kind] {
		if w.subscriber == subscriber {
			panic("two workers " + subscriber + " for " + kind)
		}
	}
	r.works[kind] = append(r.works[kind], work{subscriber, func(ctx context.Context, args []byte) error {
		var a A
		if err := json.Unmarshal(args, &a); err != nil {
			return fmt.Errorf("read job %s: %w", kind, err)
		}
		return do(ctx, a)
	}})
}

// lentName is where a database's changes find the registry of its house.
const lentName = "job.registry"

// Settle tells the database that the registry is filled: events of kinds that nobody
// registered for are not kept from then on. Without it all are, and are done once a
// runner sees them.
func (r *Registry) Settle(d *db.DB) { d.Lend(lentName, r) }

// unheard tells whether nobody would ever carry this out.
func unheard(tx *db.Tx, kind string) bool {
	r, ok := tx.Lent(lentName).(*Registry)
	return ok && len(r.works[kind]) == 0
}

// Tries is how often a job runs before it is parked for a person.
const Tries = 12

// backoff is the wait after the n-th failure: 1 s, 2 s, 4 s … at most an hour.
func backoff(n int64) time.Duration {
	if n > 12 {
		n = 12
	}
	return min(time.Second<<(n-1), time.Hour)
}
