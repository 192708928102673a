package db

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"kolega/internal/fault"
)

// turn lets changes in one after the other and commits those that wait
// together at once.
type turn struct {
	d      *DB
	conn   *conn
	queue  chan *change
	done   chan struct{}
	lazy   lazy
	mu     sync.RWMutex
	closed bool
	holder atomic.Uint64 // id of the goroutine that runs changes
}

// change is one waiting call of Write.
type change struct {
	fn    func(*Tx) error
	alone func() error // instead of fn: something done between changes
	err   error
	after []func()
	ready chan struct{}
}

// maxBatch bounds how many changes share a commit, and so how long the first waits.
const maxBatch = 128

func startTurn(d *DB) *turn {
	t := &turn{d: d, conn: &conn{pool: d.writes, lite: d.dialect == sqlite}, queue: make(chan *change, 4*maxBatch), done: make(chan struct{})}
	go t.loop()
	return t
}

func (t *turn) inside() bool {
	h := t.holder.Load()
	return h != 0 && h == goroutineID()
}

func (t *turn) run(fn func(*Tx) error) error {
	return t.wait(&change{fn: fn, ready: make(chan struct{})})
}

func (t *turn) wait(c *change) error {
	t.mu.RLock()
	if t.closed {
		t.mu.RUnlock()
		return ErrClosed
	}
	t.queue <- c
	t.mu.RUnlock()
	<-c.ready
	return c.err
}

// lazy are changes that nobody waits for: they join the next commit, or make one
// when none comes within a lull.
type lazy struct {
	mu    sync.Mutex
	list  []*change
	timer *time.Timer
}

// lull is how long a change that nobody waits for may lie.
const lull = 20 * time.Millisecond

// soon runs fn with the next commit. It is lost when the program dies before, so fn
// must be something that can be done without.
func (t *turn) soon(fn func(*Tx) error) {
	t.lazy.mu.Lock()
	defer t.lazy.mu.Unlock()
	t.lazy.list = append(t.lazy.list, &change{fn: fn, ready: make(chan struct{})})
	if t.lazy.timer == nil {
		t.lazy.timer = time.AfterFunc(lull, t.nudge)
	} else if len(t.lazy.list) == 1 {
		t.lazy.timer.Reset(lull)
	}
}

// nudge lets the loop look at what lies there.
func (t *turn) nudge() {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if !t.closed {
		t.queue <- nil
	}
}

func (l *lazy) take() []*change {
	l.mu.Lock()
	defer l.mu.Unlock()
	list := l.list
	l.list = nil
	return list
}

func (t *turn) stop() {
	t.mu.Lock()
	if !t.closed {
		t.closed = true
		close(t.queue)
	}
	t.mu.Unlock()
	<-t.done
}

func (t *turn) loop() {
	ended := false
	batch := make([]*change, 0, maxBatch)
	defer func() {
		t.conn.drop()
		if ended {
			close(t.done)
			return
		}
		// A change ended this goroutine (runtime.Goexit, such as a test's Fatal in a
		// change): nothing of its commit is kept, and a new goroutine goes on.
		for _, c := range batch {
			select {
			case <-c.ready:
			default:
				c.err = fault.New(fault.Unavailable, "db.lost")
				close(c.ready)
			}
		}
		go t.loop()
	}()
	t.holder.Store(goroutineID())
	for first := range t.queue {
		var solo *change
		batch, solo = add(batch[:0], first)
		for len(batch) < maxBatch && len(t.queue) > 0 && solo == nil {
			c, open := <-t.queue
			if !open {
				break
			}
			batch, solo = add(batch, c)
		}
		batch = append(batch, t.lazy.take()...)
		t.finish(batch)
		batch = batch[:0]
		if solo != nil {
			solo.err = solo.alone()
			close(solo.ready)
		}
	}
	t.finish(t.lazy.take())
	ended = true
}

// add puts a change to a batch, unless it is a nudge or to be done alone.
func add(batch []*change, c *change) (grown []*change, solo *change) {
	switch {
	case c == nil:
		return batch, nil
	case c.alone != nil:
		return batch, c
	}
	return append(batch, c), nil
}

func (t *turn) finish(batch []*change) {
	if len(batch) == 0 {
		return
	}
	t.commit(batch)
	for _, c := range batch {
		for _, fn := range c.after {
			fn()
		}
		close(c.ready)
	}
}

// commit runs a batch in one transaction. A change that fails is undone alone;
// when the commit itself fails, all of them are told so.
func (t *turn) commit(batch []*change) {
	if err := t.open(); err != nil {
		failAll(batch, fault.New(fault.Unavailable, "db.busy").Wrap(err))
		return
	}
	kept := 0
	for i, c := range batch {
		tx := &Tx{conn: t.conn, now: t.d.Now(), turn: t, begun: time.Now(), behind: len(batch) - 1 - i} //nolint:forbidigo // a stopwatch, not a date
		if c.err = t.apply(tx, c.fn, len(batch) == 1); c.err == nil {
			c.after = tx.after
			kept++
		}
		if t.conn.raw == nil { // the connection was lost: nothing of the batch is kept
			failAll(batch, fault.New(fault.Unavailable, "db.lost").Wrap(c.err))
			return
		}
	}
	last := "COMMIT"
	if kept == 0 {
		last = "ROLLBACK"
	}
	if err := t.conn.run(last); err != nil {
		t.conn.drop()
		failAll(batch, fault.New(fault.Unavailable, "db.commit").Wrap(err))
	}
}

func (t *turn) open() error {
	if err := t.conn.begin(t.d.dialect.beginWrite()); err != nil {
		return err
	}
	if t.d.dialect != postgres {
		return nil
	}
	var n int64
	err := t.conn.raw.QueryRowContext(context.Background(), "SELECT n FROM writer_turn WHERE id = 1 FOR UPDATE").Scan(&n)
	if err != nil {
		t.conn.drop()
	}
	return err
}

// apply runs one change behind a savepoint, so that its failure leaves no trace. A
// change that has the commit for itself needs none: the commit does not come.
func (t *turn) apply(tx *Tx, fn func(*Tx) error, alone bool) (err error) {
	ctx := context.Background()
	say := func(text string) error {
		if alone {
			return nil
		}
		_, err := tx.Exec(ctx, text)
		return err
	}
	if err := say("SAVEPOINT change"); err != nil {
		t.conn.drop()
		return err
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in a change: %v\n%s", p, debug.Stack())
		}
		if err != nil {
			tx.after = nil
			if e := say("ROLLBACK TO SAVEPOINT change"); e != nil {
				t.conn.drop()
				return
			}
		}
		if e := say("RELEASE SAVEPOINT change"); e != nil {
			t.conn.drop()
			err = e
		}
	}()
	return fn(tx)
}

func failAll(batch []*change, err error) {
	for _, c := range batch {
		if c.err == nil {
			c.err = err
		}
		c.after = nil
	}
}

// goroutineID reads the number in the first line of a stack trace. Write uses
// it to refuse a change inside a change, which would wait for itself for ever.
func goroutineID() uint64 {
	var buf [40]byte
	line := buf[:runtime.Stack(buf[:], false)]
	line = bytes.TrimPrefix(line, []byte("goroutine "))
	var id uint64
	for _, b := range line {
		if b < '0' || b > '9' {
			break
		}
		id = id*10 + uint64(b-'0')
	}
	return id
}
