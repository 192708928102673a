package job

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"kolega/internal/db"
)

// bell rings when a job was kept; the runners of this program wait for it.
var bell = make(chan struct{}, 1)

func wake() {
	select {
	case bell <- struct{}{}:
	default:
	}
}

// Runner carries out jobs until it is stopped.
type Runner struct {
	d    *db.DB
	reg  *Registry
	log  *slog.Logger
	Poll time.Duration // how often to look without being woken; default 2 s
}

// NewRunner makes a runner of the registry's workers.
func NewRunner(d *db.DB, reg *Registry, log *slog.Logger) *Runner {
	return &Runner{d: d, reg: reg, log: log, Poll: 2 * time.Second}
}

// Run works with n workers until ctx ends, and returns when all have put down
// what they held.
func (r *Runner) Run(ctx context.Context, n int) {
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() { r.loop(ctx) })
	}
	wg.Wait()
}

func (r *Runner) loop(ctx context.Context) {
	tick := time.NewTicker(r.Poll)
	defer tick.Stop()
	for ctx.Err() == nil {
		did, err := r.Step(ctx)
		if err != nil {
			r.log.ErrorContext(ctx, "job runner", "err", err)
		}
		if did && err == nil {
			wake() // there may be more: let an idle worker look
			continue
		}
		select {
		case <-ctx.Done():
		case <-bell:
			rest(ctx)
		case <-tick.C:
		}
	}
}

// rest lets the jobs of a moment gather, so that they are settled by one commit.
func rest(ctx context.Context) {
	pause := time.NewTimer(15 * time.Millisecond)
	defer pause.Stop()
	select {
	case <-ctx.Done():
	case <-pause.C:
	}
}

// Drain carries out all jobs that are due now, those that they cause included.
// It is for tests, the demo and the command line.
func (r *Runner) Drain(ctx context.Context) error {
	for {
		did, err := r.Step(ctx)
		if err != nil || !did {
			return err
		}
	}
}

// Step carries out one job, or hands events to those who wait for them, and tells
// whether there was anything to do.
func (r *Runner) Step(ctx context.Context) (bool, error) {
	var due []claimed
	if err := r.d.Read(ctx, func(tx *db.Tx) (err error) { due, err = peek(ctx, tx); return err }); err != nil || len(due) == 0 {
		return false, err
	}
	if events := r.events(due); len(events) > 0 {
		return true, r.d.Write(ctx, func(tx *db.Tx) error { return spread(ctx, tx, events, r.works) })
	}
	var c *claimed
	if err := r.d.Write(ctx, func(tx *db.Tx) (err error) { c, err = claim(ctx, tx); return err }); err != nil || c == nil {
		return false, err
	}
	return true, r.carry(context.WithoutCancel(ctx), c)
}

func (r *Runner) works(kind string) []work { return r.reg.works[kind] }

// events picks the jobs that are for several subscribers, or for none.
func (r *Runner) events(due []claimed) (out []claimed) {
	for _, c := range due {
		if c.subscriber == "" && len(r.reg.works[c.kind]) != 1 {
			out = append(out, c)
		}
	}
	return out
}

func (r *Runner) carry(ctx context.Context, c *claimed) error {
	works := r.reg.works[c.kind]
	if c.subscriber == "" && len(works) != 1 { // kept after the look at what is due
		return r.d.Write(ctx, func(tx *db.Tx) error {
			if err := release(ctx, tx, c); err != nil {
				return err
			}
			return spread(ctx, tx, []claimed{*c}, r.works)
		})
	}
	err := r.perform(ctx, c, works)
	return r.d.Write(ctx, func(tx *db.Tx) error {
		if err == nil {
			return finish(ctx, tx, c)
		}
		r.log.WarnContext(ctx, "job failed", "kind", c.kind, "subscriber", c.subscriber, "job", c.id, "try", c.tries, "err", err)
		return fail(ctx, tx, c, err.Error())
	})
}

// perform runs the one worker that the job is for. A kind without subscribers
// is an event nobody waits for.
func (r *Runner) perform(ctx context.Context, c *claimed, works []work) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	for _, w := range works {
		if c.subscriber == "" || w.subscriber == c.subscriber {
			return w.run(ctx, []byte(c.args))
		}
	}
	if c.subscriber != "" {
		return fmt.Errorf("no worker %s for %s", c.subscriber, c.kind)
	}
	return nil
}
