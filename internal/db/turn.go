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
	wary   int           // batches to come in which each change gets a savepoint
	batch  []*change     // that share the commit under way
	solo   *change       // came to the queue: to be done alone, after that commit
}

// change is one waiting call of Write.
type change struct {
	fn    func(*Tx) error
	alone func() error // instead of fn: something done between changes
	once  bool         // it cannot run again
	err   error
	after []func()
	ready chan struct{}
	gone  atomic.Bool // nobody waits any more: it is not to be run
}

// maxBatch bounds how many changes share a commit, and so how long the first waits.
const maxBatch = 128

func startTurn(d *DB) *turn {
	t := &turn{d: d, conn: &conn{pool: d.writes, log: d.settler}, queue: make(chan *change, 4*maxBatch), done: make(chan struct{})}
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

// runOnce runs a change that cannot run again, in a commit of its own.
func (t *turn) runOnce(fn func(*Tx) error) error {
	only := &change{fn: fn, once: true, ready: make(chan struct{})}
	return t.wait(&change{ready: make(chan struct{}), alone: func() error {
		t.add(only)
		t.finish()
		return only.err
	}})
}

// patience is how long a change waits before it is asked whether it waits for
// itself. Asking is dear, and almost every change is done before.
const patience = 30 * time.Millisecond

func (t *turn) wait(c *change) error {
	doubt := time.NewTimer(patience)
	defer doubt.Stop()
	t.mu.RLock()
	if t.closed {
		t.mu.RUnlock()
		return ErrClosed
	}
	for queued := false; !queued; {
		select {
		case t.queue <- c:
			queued = true
		case <-doubt.C:
			if t.inside() {
				t.mu.RUnlock()
				return ErrNested
			}
		}
	}
	t.mu.RUnlock()
	select {
	case <-c.ready:
		return c.err
	case <-doubt.C:
	}
	if t.inside() {
		c.gone.Store(true)
		return ErrNested
	}
	<-c.ready
	return c.err
}

// lazy says when what nobody waits for joins a commit: once it is much, or has lain
// for a lull.
type lazy struct {
	mu    sync.Mutex
	lies  int
	due   bool
	timer *time.Timer
}

// lull is how long something that nobody waits for may lie, and hoard how much lies
// until it joins a commit earlier.
const (
	lull  = 20 * time.Millisecond
	hoard = 32
)

// soon lets the answers that wait join one of the next commits.
func (t *turn) soon() {
	t.lazy.mu.Lock()
	defer t.lazy.mu.Unlock()
	t.lazy.lies++
	if t.lazy.timer == nil {
		t.lazy.timer = time.AfterFunc(lull, t.nudge)
	} else if t.lazy.lies == 1 {
		t.lazy.timer.Reset(lull)
	}
}

// nudge lets the loop take what lies there.
func (t *turn) nudge() {
	t.lazy.mu.Lock()
	t.lazy.due = true
	t.lazy.mu.Unlock()
	t.mu.RLock()
	defer t.mu.RUnlock()
	if !t.closed {
		t.queue <- nil
	}
}

// take tells whether it is time, and begins to count anew.
func (l *lazy) take(last bool) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.lies == 0 || l.lies < hoard && !l.due && !last {
		return false
	}
	l.lies, l.due = 0, false
	return true
}

// withLazy adds the keeping of answers to the batch when it is time.
func (t *turn) withLazy(last bool) {
	if t.lazy.take(last) {
		t.add(&change{fn: t.d.writeAnswers, ready: make(chan struct{})})
	}
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
	t.batch = make([]*change, 0, maxBatch)
	defer func() {
		t.conn.drop()
		if ended {
			close(t.done)
			return
		}
		// A change ended this goroutine (runtime.Goexit, such as a test's Fatal in a
		// change): nothing of its commit is kept, and a new goroutine goes on.
		if t.solo != nil {
			t.batch = append(t.batch, t.solo)
			t.solo = nil
		}
		for _, c := range t.batch {
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
		t.add(first)
		t.gather()
		t.withLazy(false)
		t.finish()
		if c := t.solo; c != nil {
			c.err = c.alone()
			t.solo = nil
			close(c.ready)
		}
	}
	t.withLazy(true)
	t.finish()
	ended = true
}

// add puts a change to the batch, unless it is a nudge or to be done alone.
func (t *turn) add(c *change) {
	switch {
	case c == nil || c.gone.Load():
	case c.alone != nil:
		t.solo = c
	default:
		t.batch = append(t.batch, c)
	}
}

// gather adds the changes that wait to the batch.
func (t *turn) gather() {
	for len(t.batch) < maxBatch && len(t.queue) > 0 && t.solo == nil {
		c, open := <-t.queue
		if !open {
			return
		}
		t.add(c)
	}
}

// finish carries the batch out, with those that come meanwhile, and lets go of it.
func (t *turn) finish() {
	if len(t.batch) == 0 {
		return
	}
	t.commit()
	for _, c := range t.batch {
		for _, fn := range c.after {
			fn()
		}
		close(c.ready)
	}
	clear(t.batch)
	t.batch = t.batch[:0]
	if err := t.conn.settle(); err != nil {
		t.d.log.Error("carry SQLite's log into its file", "err", err)
	}
}

// waryFor is how many batches after a failed one take savepoints from the start.
const waryFor = 8

// commit runs the batch in one transaction. A change that fails is undone alone;
// when the commit itself fails, all of them are told so.
//
// Most changes do not fail, so the batch runs without savepoints first. When a
// change fails that has written, everything is rolled back and run once more, each
// change behind a savepoint. What comes to the queue while the batch is run joins it:
// the disk is waited for once, and not again for those who came a little later.
func (t *turn) commit() {
	if err := t.open(); err != nil {
		t.failAll(fault.New(fault.Unavailable, "db.busy").Wrap(err))
		return
	}
	kept, whole := t.hopeful()
	if !whole && t.conn.raw != nil {
		kept = t.careful()
	}
	if t.conn.raw == nil { // the connection was lost: nothing of the batch is kept
		t.failAll(fault.New(fault.Unavailable, "db.lost"))
		return
	}
	last := "COMMIT"
	if kept == 0 {
		last = "ROLLBACK"
	}
	if err := t.conn.run(last); err != nil {
		t.conn.drop()
		t.failAll(fault.New(fault.Unavailable, "db.commit").Wrap(err))
	}
}

// hopeful runs the batch without savepoints and tells how many changes are kept. It
// is not whole, and rolled back, when one failed that must be undone without the
// others; or when it is better not tried.
func (t *turn) hopeful() (kept int, whole bool) {
	if t.wary > 0 && len(t.batch) > 1 {
		t.wary--
		return 0, false
	}
	once := t.batch[0].once
	open := !once // others may join
	for i := 0; i < len(t.batch); i++ {
		c, tx := t.batch[i], t.tx(len(t.batch)-1-i)
		c.err = t.guard(tx, c.fn)
		c.after = tx.after
		switch {
		case t.conn.raw == nil:
			return 0, false
		case c.err == nil:
			kept++
		case len(t.batch) > 1 && !t.harmless(tx, c.err):
			t.wary = waryFor
			t.reopen()
			return 0, false
		default:
			c.after = nil
			open = open && t.harmless(tx, c.err)
		}
		if i == len(t.batch)-1 && open {
			t.join()
		}
	}
	if t.d.twice && !once {
		t.reopen()
		return 0, false
	}
	return kept, true
}

// join adds those that came while the batch was run. When nobody did, who is about to come
// is let run first: that costs nothing when there is nobody.
func (t *turn) join() {
	if len(t.queue) == 0 {
		runtime.Gosched()
	}
	t.gather()
}

// harmless tells whether a failed change left the transaction as it found it: it was
// refused by a rule before it wrote anything. After a failed statement PostgreSQL
// takes no other, and SQLite may have rolled back.
func (t *turn) harmless(tx *Tx, err error) bool {
	_, refused := fault.As(err)
	return refused && !tx.dirty && t.d.dialect != postgres
}

// reopen rolls back and begins anew; when that fails, the connection is dropped and
// all of the batch are told.
func (t *turn) reopen() {
	err := t.conn.run("ROLLBACK")
	if err == nil {
		err = t.open()
	}
	if err != nil {
		t.conn.drop()
		t.failAll(fault.New(fault.Unavailable, "db.busy").Wrap(err))
		return
	}
	for _, c := range t.batch {
		c.err, c.after = nil, nil
	}
}

// careful runs the batch with a savepoint for each change.
func (t *turn) careful() (kept int) {
	for i, c := range t.batch {
		tx := t.tx(len(t.batch) - 1 - i)
		if c.err = t.apply(tx, c.fn); c.err == nil {
			c.after = tx.after
			kept++
		}
		if t.conn.raw == nil {
			return 0
		}
	}
	return kept
}

// tx begins a change that others of the batch come behind.
func (t *turn) tx(behind int) *Tx {
	return &Tx{conn: t.conn, now: t.d.Now(), turn: t, begun: time.Now(), behind: behind} //nolint:forbidigo // a stopwatch, not a date
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

// guard runs one change; a panic becomes its error.
func (t *turn) guard(tx *Tx, fn func(*Tx) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in a change: %v\n%s", p, debug.Stack())
		}
	}()
	return fn(tx)
}

// apply runs one change behind a savepoint, so that its failure leaves no trace.
func (t *turn) apply(tx *Tx, fn func(*Tx) error) error {
	ctx := context.Background()
	if _, err := tx.Exec(ctx, "SAVEPOINT change"); err != nil {
		t.conn.drop()
		return err
	}
	err := t.guard(tx, fn)
	if err != nil {
		tx.after = nil
		clear(t.conn.notes)
		if _, e := tx.Exec(ctx, "ROLLBACK TO SAVEPOINT change"); e != nil {
			t.conn.drop()
			return err
		}
	}
	if _, e := tx.Exec(ctx, "RELEASE SAVEPOINT change"); e != nil {
		t.conn.drop()
		return e
	}
	return err
}

func (t *turn) failAll(err error) {
	for _, c := range t.batch {
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
