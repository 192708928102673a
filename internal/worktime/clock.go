package worktime

import (
	"sync"
	"time"
)

// Clock gives the current instant.
type Clock interface{ Now() time.Time }

// System is the machine's clock, in UTC.
func System() Clock { return systemClock{} }

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now().UTC() }

// StartingAt is a clock that shows t now and runs on from there, for demos.
func StartingAt(t time.Time) Clock { return shifted{base: t.UTC(), since: time.Now()} }

type shifted struct{ base, since time.Time }

func (c shifted) Now() time.Time { return c.base.Add(time.Since(c.since)) }

// Moving is a clock that stands still until told otherwise. Its zero value shows
// the start of year 1; make one with MovingAt. Safe for concurrent use.
type Moving struct {
	mu  sync.Mutex
	now time.Time
}

// MovingAt is a Moving clock that shows t.
func MovingAt(t time.Time) *Moving { return &Moving{now: t.UTC()} }

// Now is what the clock was last set to.
func (m *Moving) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

// Set moves the clock to t, forwards or back.
func (m *Moving) Set(t time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = t.UTC()
}

// Advance moves the clock on by d and gives the new instant.
func (m *Moving) Advance(d time.Duration) time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = m.now.Add(d)
	return m.now
}
