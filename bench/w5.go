package main

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// The readings that W5 takes in: hour by hour, of every post, 20,000 a call.
const (
	series      = 20_000
	perCall     = 20_000
	seriesStart = 1_735_689_600 // a full hour; a year and more of readings lies before any present
	callsW5     = 50
)

// readingRow is the i-th reading: post, seconds, views, likes, comments, shares, saves.
func readingRow(i int) [7]int64 {
	r := rand.New(rand.NewPCG(3, uint64(i)))
	v := int64(r.IntN(200_000))
	part := func(of, whole int) int64 { return v * int64(r.IntN(of)) / int64(whole) }
	return [7]int64{int64(i % series), seriesStart + int64(i/series)*3600, v, part(12, 100), part(100, 10_000), part(100, 10_000), part(200, 10_000)}
}

// w5 takes in hourly readings by the product's bulk way, beside C SQLite with bound
// rows and a plain file of column differences.
func (b *bench) w5(context.Context) error {
	calls := max(b.writes*callsW5/2500, 8)
	bodies := make([]string, calls)
	for c := range bodies {
		bodies[c] = readingFile(c*perCall, perCall)
	}
	r := rounds{}
	for round := range b.rounds {
		for _, one := range []struct {
			name string
			take func(int, []string) (time.Duration, float64, error)
		}{{"file", b.fileReadings}, {"sqlite", b.rawReadings}, {"product", b.ownReadings(r)}} {
			took, size, err := one.take(round, bodies)
			if err != nil {
				return fmt.Errorf("%s: %w", one.name, err)
			}
			n := float64(calls * perCall)
			r.add(one.name, n/took.Seconds())
			r.add(one.name+"bytes", size/n)
			fmt.Fprintf(os.Stderr, "W5 round %d, %-8s %8.0f readings/s, %.1f bytes each\n", round, one.name, n/took.Seconds(), size/n)
		}
	}
	say := func(name string) string {
		return fmt.Sprintf("%.0fk/s, %.1f B each", r.of(name)/1000, r.of(name+"bytes"))
	}
	b.table.atLeast("W5 readings taken in", say("product"), driverName+" "+say("sqlite"), r.ratio("product", "sqlite"), 2)
	b.table.atMost("W5 bytes a reading", say("product"), driverName+" "+say("sqlite"), r.ratio("productbytes", "sqlitebytes"), 0.5)
	b.table.stands("W5 readings taken in", say("product"), "file of differences "+say("file"), fmt.Sprintf("%.2fx now", r.ratio("product", "file")))
	b.table.atMost("W5 a post's year read back, p50", fmt.Sprintf("%.2f ms", r.of("year")), "2 ms", r.of("year")/2, 1)
	return nil
}

func readingFile(from, n int) string {
	var s strings.Builder
	s.WriteString("post,at,views,likes,comments,shares,saves\n")
	line := make([]byte, 0, 96)
	for i := from; i < from+n; i++ {
		x := readingRow(i)
		line = append(line[:0], id("pos", int(x[0]))...)
		for _, v := range x[1:] {
			line = strconv.AppendInt(append(line, ','), v, 10)
		}
		s.Write(append(line, '\n'))
	}
	return s.String()
}

// ownReadings measures the product. Two clients send, so that one file is read while
// the other is kept.
func (b *bench) ownReadings(r rounds) func(int, []string) (time.Duration, float64, error) {
	return func(round int, bodies []string) (time.Duration, float64, error) {
		dir, err := b.house(fmt.Sprint("w5-", round), 0)
		if err != nil {
			return 0, 0, err
		}
		file := filepath.Join(dir, "kolega.db")
		if err := seedPosts(file); err != nil {
			return 0, 0, err
		}
		before, err := pagesOf(file)
		if err != nil {
			return 0, 0, err
		}
		p, _, err := b.product(dir, "/sign-in")
		if err != nil {
			return 0, 0, err
		}
		defer p.stop()
		head := map[string]string{"Authorization": "Bearer " + staffToken, "Content-Type": "text/csv"}
		bring := func(body string) shot {
			return shot{method: "POST", url: p.url + "/api/v1/readings", body: body, head: head}
		}
		start := time.Now()
		if _, err := load(2, always, 201, func(i int64) (shot, bool) {
			if i >= int64(len(bodies)) {
				return shot{}, false
			}
			return bring(bodies[i]), true
		}); err != nil {
			return 0, 0, err
		}
		took := time.Since(start)
		size, err := settled(file, before)
		if err != nil {
			return 0, 0, err
		}
		return took, size, b.yearOf(p, bring, head, r)
	}
}

// yearOf reads one post's year of hours back.
func (b *bench) yearOf(p *server, bring func(string) shot, head map[string]string, r rounds) error {
	const hours = 365 * 24
	var s strings.Builder
	s.WriteString("post,at,views,likes\n")
	for h := range hours {
		fmt.Fprintf(&s, "%s,%d,%d,%d\n", id("pos", 7), seriesStart-int64(h+1)*3600, 200_000-h*20, h)
	}
	var sent atomic.Bool
	if _, err := load(1, always, 201, func(int64) (shot, bool) { return bring(s.String()), !sent.Swap(true) }); err != nil {
		return err
	}
	url := fmt.Sprintf("%s/api/v1/posts/%s/readings?from=%s&to=%s", p.url, id("pos", 7), time.Unix(seriesStart-hours*3600, 0).UTC().Format(time.RFC3339), time.Unix(seriesStart-1, 0).UTC().Format(time.RFC3339))
	got, err := load(1, b.each/4, 200, func(int64) (shot, bool) { return shot{method: "GET", url: url, head: head}, true })
	if err == nil && got.bytes < hours*20 {
		err = fmt.Errorf("a year has %d bytes only", got.bytes)
	}
	r.add("year", ms(got.p50))
	return err
}

// settled waits until the readings are folded, and gives the bytes that came on.
func settled(file string, before int64) (float64, error) {
	last, same := int64(0), 0
	for same < 5 {
		time.Sleep(200 * time.Millisecond)
		now, err := pagesOf(file)
		if err != nil {
			return 0, err
		}
		if now != last {
			last, same = now, 0
			continue
		}
		same++
	}
	return float64(last - before), nil
}

// pagesOf gives the bytes of a database's pages that are in use.
func pagesOf(file string) (size int64, err error) {
	d, err := sql.Open(driver, dsn(file))
	if err != nil {
		return 0, err
	}
	defer d.Close()
	return size, d.QueryRow(`SELECT (p.page_count - f.freelist_count) * s.page_size FROM pragma_page_count p, pragma_freelist_count f, pragma_page_size s`).Scan(&size)
}

func seedPosts(file string) error {
	d, err := sql.Open(driver, dsn(file))
	if err != nil {
		return err
	}
	defer d.Close()
	tx, err := d.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // nothing after a commit
	s := &seeder{tx: tx, tables: map[string]*columns{}, now: time.Now().UTC()}
	for i := range series {
		if err := s.put("post", row{"id": id("pos", i), "deliverable_id": id("del", i), "campaign_id": id("cam", i/deliverableLen), "platform": "tiktok", "platform_id": fmt.Sprint(7_000_000 + i), "flags": "[]", "posted_at": s.now.Add(-day), "entered_at": s.now.Add(-day)}); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// rawReadings writes the same rows with C SQLite, 100 a statement and 20,000 a commit.
func (b *bench) rawReadings(round int, bodies []string) (time.Duration, float64, error) {
	file := filepath.Join(b.dir, fmt.Sprintf("w5-raw-%d.db", round))
	d, err := sql.Open(driver, dsn(file))
	if err != nil {
		return 0, 0, err
	}
	defer d.Close()
	d.SetMaxOpenConns(1)
	if _, err := d.Exec(`CREATE TABLE insight (post BIGINT, at BIGINT, views BIGINT, likes BIGINT, comments BIGINT, shares BIGINT, saves BIGINT, PRIMARY KEY (post, at)) WITHOUT ROWID`); err != nil {
		return 0, 0, err
	}
	const together = 100
	text := "INSERT INTO insight VALUES (?,?,?,?,?,?,?)" + strings.Repeat(",(?,?,?,?,?,?,?)", together-1)
	start := time.Now()
	for c := range bodies {
		tx, err := d.Begin()
		if err != nil {
			return 0, 0, err
		}
		put, err := tx.Prepare(text)
		if err != nil {
			return 0, 0, err
		}
		for i := c * perCall; i < (c+1)*perCall; i += together {
			args := make([]any, 0, 7*together)
			for j := range together {
				for _, v := range readingRow(i + j) {
					args = append(args, v)
				}
			}
			if _, err := put.Exec(args...); err != nil {
				return 0, 0, err
			}
		}
		if err := tx.Commit(); err != nil {
			return 0, 0, err
		}
	}
	took := time.Since(start)
	size, err := pagesOf(file)
	return took, float64(size), err
}

// fileReadings is the limit: differences of columns appended to a file, synced a call.
func (b *bench) fileReadings(round int, bodies []string) (time.Duration, float64, error) {
	f, err := os.Create(filepath.Join(b.dir, fmt.Sprintf("w5-%d.bin", round)))
	if err != nil {
		return 0, 0, err
	}
	defer f.Close()
	start, size := time.Now(), 0
	var before [7]int64
	out := make([]byte, 0, 1<<20)
	for c := range bodies {
		out = out[:0]
		for i := c * perCall; i < (c+1)*perCall; i++ {
			x := readingRow(i)
			for k := range x {
				out = binary.AppendVarint(out, x[k]-before[k])
			}
			before = x
		}
		if _, err := f.Write(out); err != nil {
			return 0, 0, err
		}
		if err := f.Sync(); err != nil {
			return 0, 0, err
		}
		size += len(out)
	}
	return time.Since(start), float64(size), nil
}
