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
	held := make(chan claimed, n)
	var wg sync.WaitGroup
	var mu sync.Mutex
	var unbegun []claimed
	leave := func(c claimed) {
		mu.Lock()
		defer mu.Unlock()
		unbegun = append(unbegun, c)
	}
	for range n {
		wg.Go(func() {
			for c := range held {
				if ctx.Err() != nil {
					leave(c)
				} else if err := r.carry(context.WithoutCancel(ctx), c); err != nil {
					r.log.ErrorContext(ctx, "job runner", "err", err)
				}
			}
		})
	}
	r.feed(ctx, n, held, leave)
	close(held)
	wg.Wait()
	if len(unbegun) == 0 {
		return
	}
	if err := r.giveBack(context.WithoutCancel(ctx), unbegun); err != nil {
		r.log.ErrorContext(ctx, "give jobs back", "err", err)
	}
}

// feed takes jobs for n workers, as many at a time: while they carry out some, the next
// are taken.
func (r *Runner) feed(ctx context.Context, n int, held chan<- claimed, leave func(claimed)) {
	tick := time.NewTicker(r.Poll)
	defer tick.Stop()
	for ctx.Err() == nil {
		taken, more, err := r.take(ctx, n)
		if err != nil {
			r.log.ErrorContext(ctx, "job runner", "err", err)
		}
		for _, c := range taken {
			select {
			case held <- c:
			case <-ctx.Done():
				leave(c)
			}
		}
		if err == nil && (more || len(taken) > 0) {
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

func (r *Runner) giveBack(ctx context.Context, jobs []claimed) error {
	return r.d.Write(ctx, func(tx *db.Tx) error {
		for _, c := range jobs {
			if err := release(ctx, tx, c); err != nil {
				return err
			}
		}
		return nil
	})
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
	taken, more, err := r.take(ctx, 1)
	if err != nil || len(taken) == 0 {
		return more, err
	}
	return true, r.carry(context.WithoutCancel(ctx), taken[0])
}

// take hands due events to those who wait for them and takes up to n other jobs that
// are due. more tells that there were events, whose jobs are due now.
func (r *Runner) take(ctx context.Context, n int) (taken []claimed, more bool, err error) {
	var due []claimed
	if err := r.d.Read(ctx, func(tx *db.Tx) (err error) { due, err = peek(ctx, tx); return err }); err != nil || len(due) == 0 {
		return nil, false, err
	}
	events, jobs := r.part(due)
	jobs = jobs[:min(len(jobs), n)]
	err = r.d.Write(ctx, func(tx *db.Tx) (err error) {
		if err := spread(ctx, tx, events, r.works); err != nil {
			return err
		}
		taken, err = claim(ctx, tx, jobs)
		return err
	})
	if err != nil {
		return nil, false, err
	}
	return taken, len(events) > 0, nil
}

func (r *Runner) works(kind string) []work { return r.reg.works[kind] }

// part tells the events, which are for several subscribers or for none, from the jobs.
func (r *Runner) part(due []claimed) (events, jobs []claimed) {
	for _, c := range due {
		if c.subscriber == "" && len(r.reg.works[c.kind]) != 1 {
			events = append(events, c)
		} else {
			jobs = append(jobs, c)
		}
	}
	return events, jobs
}

// carry carries a job out and keeps what became of it. One whose lease has ended while
// it waited for a free worker is left to whoever takes it next.
func (r *Runner) carry(ctx context.Context, c claimed) error {
	if r.d.Now().After(c.until) {
		return nil
	}
	err := r.perform(ctx, c)
	return r.d.Write(ctx, func(tx *db.Tx) error {
		if err == nil {
			return finish(ctx, tx, c)
		}
		r.log.WarnContext(ctx, "job failed", "kind", c.kind, "subscriber", c.subscriber, "job", c.id, "try", c.tries, "err", err)
		return fail(ctx, tx, c, err.Error())
	})
}

// perform runs the one worker that the job is for.
func (r *Runner) perform(ctx context.Context, c claimed) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	for _, w := range r.works(c.kind) {
		if c.subscriber == "" || w.subscriber == c.subscriber {
			return w.run(ctx, []byte(c.args))
		}
	}
	return fmt.Errorf("no worker %s for %s", c.subscriber, c.kind)
}
