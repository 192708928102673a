package job

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"kolega/internal/db"
)

// lease is how long a worker may take before another may try the job.
const lease = 2 * time.Minute

// Enqueue keeps a job in the change's own commit, unless nobody waits for its kind, see
// Registry.Settle.
func Enqueue(ctx context.Context, tx *db.Tx, a Args, opts ...Option) error {
	if unheard(tx, a.Kind()) {
		return nil
	}
	p := plan{due: tx.Now()}
	for _, o := range opts {
		o(&p)
	}
	b, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("keep job %s: %w", a.Kind(), err)
	}
	return insert(ctx, tx, a.Kind(), "", string(b), p)
}

func insert(ctx context.Context, tx *db.Tx, kind, subscriber, args string, p plan) error {
	var unique any
	if p.unique != "" {
		unique = kind + "/" + p.unique
	}
	_, err := tx.Exec(ctx, `INSERT INTO job (id, kind, subscriber, args, unique_key, due_at, made_at, tries, fence, reason)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, '') ON CONFLICT (unique_key) WHERE unique_key IS NOT NULL DO NOTHING`,
		tx.NewID(), kind, subscriber, args, unique, db.At(p.due), db.At(tx.Now()))
	if err != nil {
		return fmt.Errorf("keep job %s: %w", kind, err)
	}
	tx.AfterCommit(wake)
	return nil
}

// claimed is a job under this worker's lease.
type claimed struct {
	id, kind, subscriber, args string
	tries, fence               int64
	until                      time.Time // the lease's end
}

// peeked is how many due jobs are looked at together.
const peeked = 128

// peek gives the jobs that are due, without taking them, the one that is due longest
// first.
func peek(ctx context.Context, tx *db.Tx) ([]claimed, error) {
	rows, err := tx.Query(ctx, `SELECT id, kind, subscriber, args FROM job WHERE done_at IS NULL AND parked_at IS NULL AND due_at <= $1
		AND (lease_until IS NULL OR lease_until < $1) ORDER BY due_at, id LIMIT $2`, db.At(tx.Now()), peeked)
	return db.Collect(rows, err, func(r *sql.Rows) (c claimed, err error) {
		err = r.Scan(&c.id, &c.kind, &c.subscriber, &c.args)
		return c, err
	})
}

// theirs lists places for the ids of jobs after the arguments there are. The last id
// stands again and again, so that there are few lengths and few statements are kept.
func theirs(jobs []claimed, args []any) (marks string, all []any) {
	var b strings.Builder
	for i := 0; i < len(jobs) || i%16 != 0; i++ {
		args = append(args, jobs[min(i, len(jobs)-1)].id)
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(len(args)))
	}
	return b.String(), args
}

// free are jobs that wait and that nobody has under a lease; $1 is the present instant.
const free = ` AND done_at IS NULL AND parked_at IS NULL AND (lease_until IS NULL OR lease_until < $1)`

// claim takes due jobs, in their order, except those that another worker came to first.
// The fence says whose lease it is.
func claim(ctx context.Context, tx *db.Tx, due []claimed) (ours []claimed, err error) {
	if len(due) == 0 {
		return nil, nil
	}
	until := tx.Now().Add(lease)
	marks, args := theirs(due, []any{db.At(tx.Now()), db.At(until)})
	rows, err := tx.Query(ctx, `UPDATE job SET lease_until = $2, fence = fence + 1, tries = tries + 1 WHERE id IN (`+marks+`)`+free+` RETURNING id, tries, fence`, args...)
	taken, err := db.Collect(rows, err, func(r *sql.Rows) (c claimed, err error) { return c, r.Scan(&c.id, &c.tries, &c.fence) })
	if err != nil {
		return nil, err
	}
	at := make(map[string]claimed, len(taken))
	for _, c := range taken {
		at[c.id] = c
	}
	for _, c := range due {
		if t, ok := at[c.id]; ok {
			c.tries, c.fence, c.until = t.tries, t.fence, until
			ours = append(ours, c)
		}
	}
	return ours, nil
}

// spread replaces events by one job for each of their subscribers, except those that
// another worker came to first. An event that nobody waits for is done.
func spread(ctx context.Context, tx *db.Tx, events []claimed, worksOf func(kind string) []work) error {
	if len(events) == 0 {
		return nil
	}
	at := make(map[string]claimed, len(events))
	for _, c := range events {
		at[c.id] = c
	}
	marks, args := theirs(events, []any{db.At(tx.Now())})
	rows, err := tx.Query(ctx, `UPDATE job SET done_at = $1, lease_until = NULL, reason = '' WHERE id IN (`+marks+`)`+free+` RETURNING id`, args...)
	ours, err := db.Collect(rows, err, func(r *sql.Rows) (id string, err error) { return id, r.Scan(&id) })
	if err != nil {
		return err
	}
	for _, id := range ours {
		c := at[id]
		for _, w := range worksOf(c.kind) {
			if err := insert(ctx, tx, c.kind, w.subscriber, c.args, plan{due: tx.Now(), unique: c.id + "/" + w.subscriber}); err != nil {
				return err
			}
		}
	}
	return nil
}

func finish(ctx context.Context, tx *db.Tx, c claimed) error {
	_, err := tx.Exec(ctx, `UPDATE job SET done_at = $3, lease_until = NULL, reason = '' WHERE id = $1 AND fence = $2`, c.id, c.fence, db.At(tx.Now()))
	return err
}

// release gives the lease of a job back that was not begun.
func release(ctx context.Context, tx *db.Tx, c claimed) error {
	_, err := tx.Exec(ctx, `UPDATE job SET lease_until = NULL, tries = tries - 1 WHERE id = $1 AND fence = $2`, c.id, c.fence)
	return err
}

// fail lets the job wait, or parks it for a person after too many tries.
func fail(ctx context.Context, tx *db.Tx, c claimed, reason string) error {
	if c.tries >= Tries {
		_, err := tx.Exec(ctx, `UPDATE job SET parked_at = $3, lease_until = NULL, reason = $4 WHERE id = $1 AND fence = $2`,
			c.id, c.fence, db.At(tx.Now()), reason)
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE job SET due_at = $3, lease_until = NULL, reason = $4 WHERE id = $1 AND fence = $2`,
		c.id, c.fence, db.At(tx.Now().Add(backoff(c.tries))), reason)
	return err
}

// Stuck is a job that a person must look at.
type Stuck struct {
	ID, Kind, Subscriber, Reason string
	Tries                        int64
	ParkedAt                     time.Time
}

// Parked lists the jobs that failed too often, newest first.
func Parked(ctx context.Context, tx *db.Tx) ([]Stuck, error) {
	rows, err := tx.Query(ctx, `SELECT id, kind, subscriber, reason, tries, parked_at FROM job WHERE parked_at IS NOT NULL ORDER BY parked_at DESC LIMIT 200`)
	return db.Collect(rows, err, func(r *sql.Rows) (s Stuck, err error) {
		var at db.Time
		err = r.Scan(&s.ID, &s.Kind, &s.Subscriber, &s.Reason, &s.Tries, &at)
		s.ParkedAt = at.Time
		return s, err
	})
}

// Retry lets a parked job run again.
func Retry(ctx context.Context, tx *db.Tx, id string) error {
	n, err := tx.Exec(ctx, `UPDATE job SET parked_at = NULL, tries = 0, due_at = $2 WHERE id = $1 AND parked_at IS NOT NULL`, id, db.At(tx.Now()))
	tx.AfterCommit(wake)
	return db.Changed(n, err)
}
