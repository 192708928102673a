package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// w11Clients is how many people search and decide at once in W11.
const w11Clients = 8

// w11 asks whether people feel the heavy work: talent search and decisions alone, then
// while readings stream in and one spreadsheet after the other is taken in.
func (b *bench) w11(context.Context) error {
	rows := 100_000
	if b.most > 0 {
		rows = b.most
	}
	decisions := (b.writes + 64) * (2*b.rounds + 1)
	campaigns := decisions/deliverableLen + 2
	dir, err := b.wholeHouse(rows, campaigns)
	if err != nil {
		return err
	}
	p, _, err := b.product(dir, "/sign-in")
	if err != nil {
		return err
	}
	defer p.stop()
	m := &mixed{b: b, p: p, campaigns: campaigns, r: rounds{}}
	if err := m.measure(""); err != nil { // caches and the index
		return err
	}
	for round := range b.rounds {
		if err := m.measure("idle"); err != nil {
			return err
		}
		stop := m.begin()
		err := m.measure("busy")
		if e := stop(); err == nil {
			err = e
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "W11 round %d, p99 idle and busy: search %.1f and %.1f ms, decisions %.1f and %.1f ms; meanwhile %d readings and %d rows of spreadsheets\n",
			round, m.r.last("W1idle"), m.r.last("W1busy"), m.r.last("W4idle"), m.r.last("W4busy"), m.readings.Swap(0), m.imported.Swap(0))
		time.Sleep(3 * time.Second)
	}
	say := func(name string) string { return fmt.Sprintf("p99 %.1f ms", m.r.of(name)) }
	b.table.atMost(fmt.Sprintf("W11 search of %dk, readings and imports under way", rows/1000), say("W1busy"), "idle "+say("W1idle"), m.r.ratio("W1busy", "W1idle"), 3)
	b.table.atMost("W11 decisions, readings and imports under way", say("W4busy"), "idle "+say("W4idle"), m.r.ratio("W4busy", "W4idle"), 3)
	return nil
}

// wholeHouse is the measured agency with posts and a large base of talents.
func (b *bench) wholeHouse(rows, campaigns int) (string, error) {
	dir, err := b.house("w11", campaigns)
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "kolega.db")
	if err := seedPosts(file); err != nil {
		return "", err
	}
	d, err := sql.Open(driver, dsn(file))
	if err != nil {
		return "", err
	}
	defer d.Close()
	tx, err := d.Begin()
	if err != nil {
		return "", err
	}
	defer tx.Rollback() //nolint:errcheck // nothing after a commit
	s := &seeder{tx: tx, tables: map[string]*columns{}, now: time.Now().UTC()}
	for i := range rows {
		if err := s.person(personAt(i)); err != nil {
			return "", err
		}
	}
	if _, err := tx.Exec(`UPDATE talent_sequence SET seq = ?`, talents+rows+1); err != nil {
		return "", err
	}
	return dir, tx.Commit()
}

// mixed is the product under several kinds of work.
type mixed struct {
	b                  *bench
	p                  *server
	campaigns          int
	used               int64 // decisions so far
	sheets             int
	readings, imported atomic.Int64
	r                  rounds
}

// measure loads search and then decisions, and keeps their p99 under a name.
func (m *mixed) measure(name string) error {
	head := map[string]string{"Authorization": "Bearer " + staffToken}
	found, err := load(w11Clients, m.b.each, 200, func(i int64) (shot, bool) {
		return shot{method: "GET", url: m.p.url + briefAt(int(i%briefs)).address(false), head: head}, true
	})
	if err != nil {
		return err
	}
	from, count := m.used, int64(m.b.writes)
	m.used += count + w11Clients
	decided, err := load(w11Clients, always, 201, func(i int64) (shot, bool) { return decision4(m.p.url, from+i, m.campaigns), i < count })
	if err != nil || name == "" {
		return err
	}
	m.r.add("W1"+name, ms(found.p99))
	m.r.add("W4"+name, ms(decided.p99))
	return nil
}

// begin lets readings and spreadsheets come in until stop is called, which waits for
// those under way.
func (m *mixed) begin() (stop func() error) {
	ended := make(chan struct{})
	going := func() bool {
		select {
		case <-ended:
			return false
		default:
			return true
		}
	}
	var wg sync.WaitGroup
	var failed [2]error
	wg.Go(func() { failed[0] = m.bringReadings(going) })
	wg.Go(func() { failed[1] = m.bringSheets(going) })
	return func() error {
		close(ended)
		wg.Wait()
		return errors.Join(failed[:]...)
	}
}

// bringReadings sends file after file, two at a time as in W5.
func (m *mixed) bringReadings(going func() bool) error {
	head := map[string]string{"Authorization": "Bearer " + staffToken, "Content-Type": "text/csv"}
	base := int(m.used) * 1000 // hours that no round before had
	_, err := load(2, always, 201, func(i int64) (shot, bool) {
		if !going() {
			return shot{}, false
		}
		m.readings.Add(perCall)
		return shot{method: "POST", url: m.p.url + "/api/v1/readings", body: readingFile((base+int(i))*perCall%(7000*series), perCall), head: head}, true
	})
	return err
}

// bringSheets takes in one spreadsheet after the other, none twice.
func (m *mixed) bringSheets(going func() bool) error {
	a := &asker{url: m.p.url, client: http.Client{Timeout: 5 * time.Minute}}
	for going() {
		var file bytes.Buffer
		w := csv.NewWriter(&file)
		_ = w.Write(strings.Split("Nama,Username IG,No HP,Followers,ER,Kategori,Kota,Rate", ","))
		for i := range dirtyRows / 2 {
			_ = w.Write(dirtyRow(m.sheets*dirtyRows + i))
		}
		w.Flush()
		m.sheets++
		report, err := a.take(file.Bytes(), rounds{})
		if err != nil {
			return err
		}
		m.imported.Add(report.Read)
	}
	return nil
}
