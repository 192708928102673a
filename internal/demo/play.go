package demo

import (
	"context"
	"fmt"
	"sort"
	"sync"
	"time"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
	"kolega/internal/web/house"
	"kolega/internal/worktime"
)

// ErrOccupied is a house in which somebody works already: a play needs an empty one.
var ErrOccupied = fault.New(fault.Conflict, "demo.occupied")

// Hall is what a play needs of the house it fills.
type Hall struct {
	*house.House
	Runner *job.Runner
	Clock  Movable // of the house's database
}

// Options of a play.
type Options struct {
	Scale int // how many times talents and campaigns are played; 1 when less
}

// Empty tells whether nobody is in the house yet.
func Empty(ctx context.Context, h *house.House) (bool, error) { return h.Access.NeedsSetUp(ctx) }

// play is one performance: what the scripts of all copies share.
type play struct {
	Hall
	ctx   context.Context
	now   time.Time // the present: no scene is later
	jkt   *time.Location
	today worktime.Date

	people []Login
	staff  map[string]access.Actor
	scenes []scene
}

// scene is one thing that happens at an instant in one copy of the scripts.
type scene struct {
	at   time.Time
	run  *run
	name string
	do   func()
}

// run is one copy of the scripts. Its err is the first thing that went wrong;
// nothing is done after it.
type run struct {
	*play
	n       int // 0 is the demo itself
	err     error
	talents map[string]talentRef
	links   []Link
	ids     map[string]string
}

// since is how many days the play goes back.
const since = 62

// Play fills the empty house with the demo agency. Fault: demo.occupied.
func Play(ctx context.Context, h Hall, o Options) (*Cast, error) {
	if empty, err := Empty(ctx, h.House); err != nil || !empty {
		return nil, orElse(err, ErrOccupied)
	}
	jkt, err := worktime.Zone("Asia/Jakarta")
	if err != nil {
		return nil, err
	}
	p := &play{Hall: h, ctx: ctx, now: h.Clock.Now(), jkt: jkt, staff: map[string]access.Actor{}}
	p.today = worktime.DateOf(p.now, jkt)
	p.Clock.Set(p.day(-since, "08:30"))
	defer p.Clock.Set(p.now)
	var first *run
	err = h.DB.Loosely(ctx, func() error {
		if err := p.moveIn(); err != nil {
			return fmt.Errorf("people move in: %w", err)
		}
		first = p.bill(max(o.Scale, 1))
		return p.perform()
	})
	if err != nil {
		return nil, err
	}
	return &Cast{Logins: p.people, Links: first.links, IDs: first.ids}, nil
}

// bill puts the scenes of so many copies on the bill and gives the first copy.
func (p *play) bill(copies int) (first *run) {
	for n := range copies {
		r := &run{play: p, n: n, talents: map[string]talentRef{}, ids: map[string]string{}}
		r.begin(-since, "09:00", "talents", r.fillTalents)
		for _, script := range scripts {
			script(r)
		}
		if n == 0 {
			first = r
		}
	}
	return first
}

// perform plays all scenes in the order of time. Scenes of different copies that
// share an instant are played side by side.
func (p *play) perform() error {
	sort.SliceStable(p.scenes, func(i, j int) bool { return p.scenes[i].at.Before(p.scenes[j].at) })
	for from := 0; from < len(p.scenes); {
		to := from
		for to < len(p.scenes) && p.scenes[to].at.Equal(p.scenes[from].at) {
			to++
		}
		if err := p.settle(p.scenes[from].at); err != nil {
			return err
		}
		if err := p.together(p.scenes[from:to]); err != nil {
			return err
		}
		from = to
	}
	return p.settle(p.now)
}

// settle moves the clock on and does the jobs that are due by then.
func (p *play) settle(at time.Time) error {
	if err := p.Runner.Drain(p.ctx); err != nil {
		return err
	}
	if at.Equal(p.Clock.Now()) {
		return nil
	}
	p.Clock.Set(at)
	return p.Runner.Drain(p.ctx)
}

// sideBySide is how many copies act at once: enough to share their commits.
const sideBySide = 16

func (p *play) together(scenes []scene) error {
	byRun := map[*run][]scene{}
	var runs []*run
	for _, s := range scenes {
		if byRun[s.run] == nil {
			runs = append(runs, s.run)
		}
		byRun[s.run] = append(byRun[s.run], s)
	}
	var wait sync.WaitGroup
	free := make(chan struct{}, sideBySide)
	for _, r := range runs {
		wait.Add(1)
		free <- struct{}{}
		go func() {
			defer func() { <-free; wait.Done() }()
			for _, s := range byRun[r] {
				if s.do(); r.err != nil {
					r.err = fmt.Errorf("scene %q on %s: %w", s.name, s.at.In(p.jkt).Format("2 Jan 15:04"), r.err)
					return
				}
			}
		}()
	}
	wait.Wait()
	for _, r := range runs {
		if r.err != nil {
			return r.err
		}
	}
	return nil
}

// day gives the instant of a clock time, Jakarta's, so many days from today.
func (p *play) day(n int, clock string) time.Time {
	t, err := time.Parse("15:04", clock)
	if err != nil {
		panic("demo: clock time " + clock) // a script's literal
	}
	return p.today.AddDays(n).At(t.Hour(), t.Minute(), p.jkt)
}

// begin puts a scene outside any campaign on the bill.
func (r *run) begin(day int, clock, name string, do func()) {
	r.scenes = append(r.scenes, scene{r.day(day, clock), r, name, do})
}

// note keeps the first error and names what failed.
func (r *run) note(what string, err error) {
	if r.err == nil && err != nil {
		r.err = fmt.Errorf("%s: %w", what, err)
	}
}

// read is a look into the database for the scripts.
func (r *run) read(what string, fn func(tx *db.Tx) error) {
	if r.err == nil {
		r.note(what, r.DB.Read(r.ctx, fn))
	}
}

func orElse(err, meaning error) error {
	if err != nil {
		return err
	}
	return meaning
}
