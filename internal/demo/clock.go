package demo

import (
	"sync"
	"time"

	"kolega/internal/worktime"
)

// Movable is a clock that a play can set; the house's database tells the time by it.
type Movable interface {
	Now() time.Time
	Set(t time.Time)
}

// Clock is the Movable of a house that is served afterwards: it shows the live
// time until it is set, and again once it is let go.
type Clock struct {
	live worktime.Clock

	mu  sync.Mutex
	set *worktime.Moving // nil: live
}

// NewClock makes a clock that shows live's time.
func NewClock(live worktime.Clock) *Clock { return &Clock{live: live} }

// Now gives the instant the clock was set to, or the live one.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.set != nil {
		return c.set.Now()
	}
	return c.live.Now()
}

// Set lets the clock stand at t.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.set == nil {
		c.set = worktime.MovingAt(t)
	}
	c.set.Set(t)
}

// LetGo gives the clock back to the live time.
func (c *Clock) LetGo() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.set = nil
}
