package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"kolega/internal/db"
	"kolega/internal/job"
)

// notice is one notification of W10.
type notice struct {
	N    int    `json:"n"`
	To   string `json:"to"`
	Text string `json:"text"`
}

// Kind names the job.
func (notice) Kind() string { return "bench.notice" }

func noticeAt(i int) notice {
	return notice{i, fmt.Sprintf("+62%010d", i), "Pengingat: draf ditunggu sampai 2026-12-01"}
}

// postNotice sends one to the sink with its own key.
func postNotice(client *http.Client, sink string, n int, body string) error {
	r, err := http.NewRequest(http.MethodPost, sink, strings.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Idempotency-Key", strconv.Itoa(n))
	w, err := client.Do(r)
	if err != nil {
		return err
	}
	defer w.Body.Close()
	if w.StatusCode != http.StatusOK {
		return fmt.Errorf("sink: %s", w.Status)
	}
	_, err = io.Copy(io.Discard, w.Body)
	return err
}

// serveQueue is a child of W10: `bench queue NAME FILE N SINK LATER`. It keeps N notices
// and sends them with 32 workers, then says how long each of the two took. N = 0 goes on
// with what is kept; LATER is by how much its clock is ahead.
func serveQueue(name, file, count, sink, later string) error {
	n, err := strconv.Atoi(count)
	if err != nil {
		return err
	}
	ahead, err := time.ParseDuration(later)
	if err != nil {
		return err
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: noticeWorkers}}
	if name == "raw" {
		return rawQueue(file, n, sink, client)
	}
	return ownQueue(file, n, sink, client, ahead)
}

type aheadClock time.Duration

// Now is the present, moved.
func (a aheadClock) Now() time.Time { return time.Now().Add(time.Duration(a)) }

// ownQueue is the product's queue, with its own database and schema.
func ownQueue(file string, n int, sink string, client *http.Client, ahead time.Duration) error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	d, err := db.Open(ctx, "sqlite:"+file, db.Options{Clock: aheadClock(ahead), Logger: log})
	if err != nil {
		return err
	}
	defer d.Close()
	if err := db.Migrate(ctx, d); err != nil {
		return err
	}
	var sent atomic.Int64
	var waits int64
	reg := job.NewRegistry()
	job.On(reg, "sink", func(_ context.Context, a notice) error {
		if err := postNotice(client, sink, a.N, a.Text); err != nil {
			return err
		}
		sent.Add(1)
		return nil
	})
	began := time.Now()
	for from := 0; from < n; from += noticesAtOnce {
		if err := d.Write(ctx, func(tx *db.Tx) error {
			for i := from; i < min(n, from+noticesAtOnce); i++ {
				if err := job.Enqueue(ctx, tx, noticeAt(i)); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	kept := time.Since(began)
	if err := d.Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT COUNT(*) FROM job WHERE done_at IS NULL`).Scan(&waits)
	}); err != nil {
		return err
	}
	fmt.Printf("kept %d\n", kept.Microseconds())
	began = time.Now()
	done := make(chan struct{})
	go func() { job.NewRunner(d, reg, log).Run(ctx, noticeWorkers); close(done) }()
	for sent.Load() < waits {
		time.Sleep(time.Millisecond)
	}
	stop()
	<-done
	fmt.Printf("sent %d\n", time.Since(began).Microseconds())
	return nil
}

// rawQueue is the least a durable queue in SQLite can be: all kept at once, 500 sent by
// the workers, marked by one commit.
func rawQueue(file string, n int, sink string, client *http.Client) error {
	d, err := sql.Open(driver, dsn(file))
	if err != nil {
		return err
	}
	defer d.Close()
	d.SetMaxOpenConns(1)
	if _, err := d.Exec(`CREATE TABLE IF NOT EXISTS job (id INTEGER PRIMARY KEY, state INT, body TEXT); CREATE INDEX IF NOT EXISTS job_q ON job (state, id) WHERE state = 0`); err != nil {
		return err
	}
	began := time.Now()
	if err := rawKeep(d, n); err != nil {
		return err
	}
	fmt.Printf("kept %d\n", time.Since(began).Microseconds())
	began = time.Now()
	for {
		ids, bodies, err := rawWaiting(d)
		if err != nil || len(ids) == 0 {
			fmt.Printf("sent %d\n", time.Since(began).Microseconds())
			return err
		}
		var next atomic.Int64
		var wg sync.WaitGroup
		var failed atomic.Value
		for range noticeWorkers {
			wg.Go(func() {
				for i := next.Add(1) - 1; i < int64(len(ids)); i = next.Add(1) - 1 {
					if err := postNotice(client, sink, ids[i], bodies[i]); err != nil {
						failed.Store(err)
					}
				}
			})
		}
		wg.Wait()
		if err, bad := failed.Load().(error); bad {
			return err
		}
		if _, err := d.Exec(`UPDATE job SET state = 1 WHERE state = 0 AND id BETWEEN ? AND ?`, ids[0], ids[len(ids)-1]); err != nil {
			return err
		}
	}
}

func rawKeep(d *sql.DB, n int) error {
	tx, err := d.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // nothing after a commit
	for i := range n {
		if _, err := tx.Exec(`INSERT INTO job (id, state, body) VALUES (?, 0, ?)`, i, noticeAt(i).Text); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func rawWaiting(d *sql.DB) (ids []int, bodies []string, err error) {
	rows, err := d.Query(`SELECT id, body FROM job WHERE state = 0 ORDER BY id LIMIT 500`)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int
		var body string
		if err := rows.Scan(&id, &body); err != nil {
			return nil, nil, err
		}
		ids, bodies = append(ids, id), append(bodies, body)
	}
	return ids, bodies, rows.Err()
}
