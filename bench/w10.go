package main

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// The notifications of W10.
const (
	notices       = 10_000
	noticesAtOnce = 500 // kept by one change
	noticeWorkers = 32
	oldNotices    = 1_000_000 // done long ago, for the queue that must not notice them
)

// noticeSink counts what arrives, by key.
type noticeSink struct {
	url  string
	stop func()
	all  atomic.Int64
	mu   sync.Mutex
	by   map[string]int
}

func newNoticeSink() (*noticeSink, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &noticeSink{url: "http://" + l.Addr().String() + "/", by: map[string]int{}}
	srv := &http.Server{ReadHeaderTimeout: 5 * time.Second, Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.by[r.Header.Get("Idempotency-Key")]++
		s.mu.Unlock()
		s.all.Add(1)
	})}
	s.stop = func() { _ = srv.Close() }
	go func() { _ = srv.Serve(l) }()
	return s, nil
}

// w10 sends notifications through the product's durable queue to a sink, beside a raw
// queue in SQLite that marks in groups; then kills the product's midway.
func (b *bench) w10(context.Context) error {
	r := rounds{}
	for round := range b.rounds {
		for _, name := range []string{"raw", "own", "old"} {
			kept, sent, err := b.notify(name, round)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			r.add(name, notices/sent.Seconds())
			r.add(name+"kept", ms(kept))
			fmt.Fprintf(os.Stderr, "W10 round %d, %-4s %6.0f jobs/s, kept in %.0f ms\n", round, name, notices/sent.Seconds(), ms(kept))
		}
		lost, repeated, err := b.killedQueue(round)
		if err != nil {
			return fmt.Errorf("killed: %w", err)
		}
		r.add("lost", float64(lost))
		r.add("repeated", float64(repeated))
		fmt.Fprintf(os.Stderr, "W10 round %d, killed midway: %d lost, %d sent twice\n", round, lost, repeated)
	}
	say := func(name string) string { return fmt.Sprintf("%.0f/s, kept in %.0f ms", r.of(name), r.of(name+"kept")) }
	b.table.atLeast("W10 notifications, 32 workers", say("own"), "SQLite queue, group marks "+say("raw"), r.ratio("own", "raw"), 0.5)
	b.table.stands("W10 10,000 kept", fmt.Sprintf("%.0f ms", r.of("ownkept")), fmt.Sprintf("SQLite queue, one commit %.0f ms", r.of("rawkept")), fmt.Sprintf("%.2fx now", r.ratio("ownkept", "rawkept")))
	b.table.atLeast("W10 with 1M jobs done before", say("old"), "an empty queue "+say("own"), r.ratio("old", "own"), 0.9)
	b.table.atMost("W10 killed midway, lost", fmt.Sprintf("%.0f", r.of("lost")), "none", r.of("lost"), 0)
	b.table.atMost("W10 killed midway, sent twice", fmt.Sprintf("%.0f", r.of("repeated")), fmt.Sprintf("%d workers", noticeWorkers), r.of("repeated")/noticeWorkers, 1)
	return nil
}

// queueChild starts `bench queue` and hands its lines to tell.
func queueChild(name, file string, n int, sink, later string, tell func(what string, took time.Duration)) (*exec.Cmd, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	if name != "raw" {
		name = "own"
	}
	c := exec.Command(self, "queue", name, file, strconv.Itoa(n), sink, later)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		what, us, _ := strings.Cut(lines.Text(), " ")
		took, err := strconv.Atoi(us)
		if err != nil {
			return c, err
		}
		tell(what, time.Duration(took)*time.Microsecond)
	}
	return c, nil
}

// notify measures one queue from empty to empty, or from a million jobs done before.
func (b *bench) notify(name string, round int) (kept, sent time.Duration, err error) {
	sink, err := newNoticeSink()
	if err != nil {
		return 0, 0, err
	}
	defer sink.stop()
	file := filepath.Join(b.dir, fmt.Sprintf("w10-%s-%d.db", name, round))
	defer os.Remove(file)
	if name == "old" {
		if err := b.oldJobs(file, round); err != nil {
			return 0, 0, err
		}
	}
	c, err := queueChild(name, file, notices, sink.url, "0s", func(what string, took time.Duration) {
		if what == "kept" {
			kept = took
		} else {
			sent = took
		}
	})
	if err != nil {
		return 0, 0, err
	}
	if err := c.Wait(); err != nil {
		return 0, 0, err
	}
	if len(sink.by) != notices || sink.all.Load() != notices {
		return 0, 0, fmt.Errorf("%d notices of %d arrived, %d times", len(sink.by), notices, sink.all.Load())
	}
	return kept, sent, nil
}

// oldJobs makes a database in which a million jobs were done.
func (b *bench) oldJobs(file string, round int) error {
	dir := filepath.Join(b.dir, fmt.Sprintf("w10-old-%d", round))
	defer os.RemoveAll(dir)
	if out, err := exec.Command(filepath.Join(b.bin, "kolega"), "migrate", "--data", dir).CombinedOutput(); err != nil {
		return fmt.Errorf("migrate: %w: %s", err, out)
	}
	if err := os.Rename(filepath.Join(dir, "kolega.db"), file); err != nil {
		return err
	}
	d, err := sql.Open(driver, dsn(file))
	if err != nil {
		return err
	}
	defer d.Close()
	_, err = d.Exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
		INSERT INTO job (id, kind, subscriber, args, unique_key, due_at, made_at, tries, fence, done_at, reason)
		SELECT printf('00%024d', i), 'bench.notice', '', '{"n":1,"to":"+620000000000","text":"Pengingat"}', printf('old/%d', i), 1000000 + i, 1000000 + i, 1, 1, 2000000 + i, '' FROM n`, oldNotices)
	return err
}

// killedQueue kills the product's queue when half has arrived and lets another begin
// after the leases have ended. lost never arrived; repeated arrived again.
func (b *bench) killedQueue(round int) (lost, repeated int, err error) {
	sink, err := newNoticeSink()
	if err != nil {
		return 0, 0, err
	}
	defer sink.stop()
	file := filepath.Join(b.dir, fmt.Sprintf("w10-kill-%d.db", round))
	defer os.Remove(file)
	self, err := os.Executable()
	if err != nil {
		return 0, 0, err
	}
	c := exec.Command(self, "queue", "own", file, strconv.Itoa(notices), sink.url, "0s")
	if err := c.Start(); err != nil {
		return 0, 0, err
	}
	for began := time.Now(); sink.all.Load() < notices/2; time.Sleep(200 * time.Microsecond) {
		if time.Since(began) > time.Minute {
			_ = c.Process.Kill()
			return 0, 0, fmt.Errorf("%d notices after a minute", sink.all.Load())
		}
	}
	_ = c.Process.Kill()
	_ = c.Wait()
	if sink.all.Load() >= notices {
		return 0, 0, fmt.Errorf("all had arrived before the kill")
	}
	again, err := queueChild("own", file, 0, sink.url, "10m", func(string, time.Duration) {})
	if err != nil {
		return 0, 0, err
	}
	if err := again.Wait(); err != nil {
		return 0, 0, err
	}
	for _, n := range sink.by {
		repeated += n - 1
	}
	return notices - len(sink.by), repeated, nil
}
