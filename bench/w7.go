package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// dirtyRows is the length of the file that W7 takes in.
const dirtyRows = 100_000

var (
	dirtyCategories = []string{"beauty", "fashion", "food", "travel", "tech", "gaming", "music", "sports", "health", "books"}
	dirtyCities     = []string{"Jakarta", "Bandung", "Surabaya", "Medan", "Makassar", "Manila", "Cebu"}
)

// dirtyRow is row i of an agency's spreadsheet as such files are: six forms of a
// phone, 12,5rb and 1.2M and 12.500, handles with @, as a link or in capitals, rates
// of engagement as per cent or share, 7 % of the people again, 3 % without a figure.
func dirtyRow(i int) []string {
	r := rand.New(rand.NewPCG(7, uint64(i)))
	who := i
	if i > 100 && r.Float64() < 0.07 {
		who = r.IntN(i)
	}
	p := rand.New(rand.NewPCG(11, uint64(who)))
	syllable := func() string { return string("bdgjklmnprst"[p.IntN(12)]) + string("aeiou"[p.IntN(5)]) }
	title := func(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
	name := title(syllable()+syllable()+syllable()) + " " + title(syllable()+syllable()+syllable())
	handle := syllable() + syllable() + syllable() + "." + strconv.Itoa(who)
	phone := fmt.Sprintf("8%d%09d", 1+p.IntN(9), p.IntN(1_000_000_000))
	followers, er, rate := 500+int(p.ExpFloat64()*40_000), 50+p.IntN(900), 50+p.IntN(4_000)
	switch r.IntN(5) {
	case 0:
		handle = "@" + handle
	case 1:
		handle = "https://www.instagram.com/" + handle + "/?hl=id"
	case 2:
		handle = " " + strings.ToUpper(handle) + " "
	}
	phone = []string{"+62" + phone, "0" + phone, "62" + phone, "+62 " + phone[:3] + "-" + phone[3:7] + "-" + phone[7:], "wa.me/62" + phone, "0062" + phone}[r.IntN(6)]
	count := strconv.Itoa(followers)
	switch {
	case followers >= 100_000 && r.IntN(2) == 0:
		count = strconv.FormatFloat(float64(followers)/1e6, 'f', 1, 64) + "M"
	case r.IntN(3) == 0:
		count = strings.Replace(strconv.FormatFloat(float64(followers)/1e3, 'f', 1, 64), ".", ",", 1) + "rb"
	case r.IntN(3) == 0 && followers >= 1_000:
		count = fmt.Sprintf("%d.%03d", followers/1_000, followers%1_000)
	}
	if r.Float64() < 0.03 {
		count = []string{"-", "", "#N/A", "privat"}[r.IntN(4)]
	}
	rated := fmt.Sprintf("%d,%02d%%", er/100, er%100)
	if r.IntN(2) == 0 {
		rated = fmt.Sprintf("0.%04d", er)
	}
	cats := dirtyCategories[p.IntN(10)] + []string{", ", ";", " ; "}[r.IntN(3)] + strings.ToUpper(dirtyCategories[p.IntN(10)])
	price := fmt.Sprintf("Rp %d.000", rate)
	if rate >= 1_000 || r.IntN(2) == 0 {
		price = fmt.Sprintf("%d ribu", rate)
	}
	return []string{"  " + name, handle, phone, count, rated, cats, dirtyCities[p.IntN(len(dirtyCities))], price}
}

func dirtyFile() []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write(strings.Split("Nama,Username IG,No HP,Followers,ER,Kategori,Kota,Rate", ","))
	for i := range dirtyRows {
		_ = w.Write(dirtyRow(i))
	}
	w.Flush()
	return b.Bytes()
}

// w7 takes the file in: by the product with preview, list of faults and search index,
// beside a careful program of its own for one table.
func (b *bench) w7(context.Context) error {
	file := dirtyFile()
	r := rounds{}
	for round := range b.rounds {
		raw, err := b.rawImport(round, file)
		if err != nil {
			return err
		}
		r.add("raw", raw.Seconds())
		dir, err := b.house(fmt.Sprint("w7-", round), 0)
		if err != nil {
			return err
		}
		if err := b.ownImport(dir, file, r); err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "W7 round %d, raw %.2f s; product %.2f s: brought and previewed %.2f, kept %.2f, found %.3f; held %.0f MiB above idle\n",
			round, r.last("raw"), r.last("product"), r.last("preview"), r.last("keep"), r.last("find"), r.last("held"))
	}
	b.table.atMost("W7 100k dirty rows, with preview and index", fmt.Sprintf("%.2f s", r.of("product")), fmt.Sprintf("Go + %s, one table %.2f s", driverName, r.of("raw")), r.ratio("product", "raw"), 1.5)
	b.table.stands("W7 of it keeping", fmt.Sprintf("%.2f s", r.of("keep")), fmt.Sprintf("%.2f s", r.of("raw")), fmt.Sprintf("%.2fx now", r.ratio("keep", "raw")))
	b.table.atMost("W7 memory above idle, peak", fmt.Sprintf("%.0f MiB", r.of("held")), "64 MiB", r.of("held")/64, 1)
	return nil
}

func (r rounds) last(name string) float64 { return r[name][len(r[name])-1] }

type asker struct {
	url    string
	client http.Client
}

func (a *asker) ask(method, path, kind string, body io.Reader, into any) error {
	req, err := http.NewRequest(method, a.url+"/api/v1"+path, body)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+staffToken)
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	w, err := a.client.Do(req)
	if err != nil {
		return err
	}
	defer w.Body.Close()
	if w.StatusCode >= 300 {
		text, _ := io.ReadAll(io.LimitReader(w.Body, 400))
		return fmt.Errorf("%s %s: %s %s", method, path, w.Status, text)
	}
	return json.NewDecoder(w.Body).Decode(into)
}

type tableAnswer struct {
	ID      string           `json:"id"`
	Columns []map[string]any `json:"columns"`
}

type reportAnswer struct{ Read, Created, Updated, Unchanged, Skipped int64 }

// ownImport measures one import by the API, and that the same file again is nothing new.
func (b *bench) ownImport(dir string, file []byte, r rounds) error {
	p, _, err := b.product(dir, "/sign-in")
	if err != nil {
		return err
	}
	defer p.stop()
	a := &asker{url: p.url}
	var found struct{ Total int64 }
	if err := a.ask("GET", "/talents?limit=1", "", nil, &found); err != nil {
		return err
	}
	time.Sleep(2 * time.Second)
	idle, err := residentMiB(p.cmd.Process.Pid)
	if err != nil {
		return err
	}
	var peak atomic.Uint64
	stop := make(chan struct{})
	go func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
				if now, err := residentMiB(p.cmd.Process.Pid); err == nil && uint64(now) > peak.Load() {
					peak.Store(uint64(now))
				}
			}
		}
	}()
	report, err := a.take(file, r)
	if err != nil {
		return err
	}
	before, began := found.Total, time.Now()
	if err := a.ask("GET", "/talents?limit=1", "", nil, &found); err != nil {
		return err
	}
	r.add("find", time.Since(began).Seconds())
	r.add("product", r.last("preview")+r.last("keep")+r.last("find")) // not while a person looks at the preview
	close(stop)
	r.add("held", float64(peak.Load())-idle)
	if found.Total != before+report.Created || report.Read != dirtyRows || report.Read != report.Created+report.Updated+report.Unchanged+report.Skipped || report.Created < dirtyRows*8/10 {
		return fmt.Errorf("%+v, and %d found after %d", report, found.Total, before)
	}
	again, err := a.take(file, rounds{})
	if err == nil && again.Created+again.Updated > 0 {
		err = errors.New("the same file again changed something")
	}
	return err
}

// take brings the file, says that its rates are shares and that bad cells are left
// out, and keeps it.
func (a *asker) take(file []byte, r rounds) (report reportAnswer, err error) {
	start := time.Now()
	var t tableAnswer
	if err := a.ask("POST", "/talent-imports?name=dirty.csv", "text/csv", bytes.NewReader(file), &t); err != nil {
		return report, err
	}
	r.add("preview", time.Since(start).Seconds())
	for _, c := range t.Columns {
		if c["field"] == "er" {
			c["share"] = true
		}
	}
	plan, err := json.Marshal(map[string]any{"columns": t.Columns, "leave_out_bad": true})
	if err != nil {
		return report, err
	}
	if err := a.ask("PUT", "/talent-imports/"+t.ID, "application/json", bytes.NewReader(plan), &t); err != nil {
		return report, err
	}
	start = time.Now()
	err = a.ask("POST", "/talent-imports/"+t.ID+"/commit", "", nil, &report)

	r.add("keep", time.Since(start).Seconds())
	return report, err
}

// rawImport is what a careful program for this one file does: read, clean, one row a
// handle, one transaction, durable.
func (b *bench) rawImport(round int, file []byte) (time.Duration, error) {
	d, err := sql.Open(driver, dsn(filepath.Join(b.dir, fmt.Sprint("w7-", round, ".db"))))
	if err != nil {
		return 0, err
	}
	defer d.Close()
	d.SetMaxOpenConns(1)
	if _, err := d.Exec(`CREATE TABLE imported (handle TEXT PRIMARY KEY, name TEXT, phone TEXT, followers INT, er INT, cats TEXT, city TEXT, rate INT) WITHOUT ROWID`); err != nil {
		return 0, err
	}
	start := time.Now()
	in := csv.NewReader(bytes.NewReader(file))
	in.ReuseRecord = true
	if _, err := in.Read(); err != nil {
		return 0, err
	}
	tx, err := d.Begin()
	if err != nil {
		return 0, err
	}
	put, err := tx.Prepare(`INSERT INTO imported VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (handle) DO UPDATE SET followers = max(followers, excluded.followers)`)
	if err != nil {
		return 0, err
	}
	for {
		c, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return 0, err
		}
		n, ok := rawNumber(c[3])
		if !ok {
			continue
		}
		if _, err := put.Exec(rawHandle(c[1]), strings.TrimSpace(c[0]), rawPhone(c[2]), n, rawRate(c[4]), strings.ToLower(c[5]), c[6], c[7]); err != nil {
			return 0, err
		}
	}
	err = tx.Commit()
	return time.Since(start), err
}

func rawHandle(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	return strings.TrimPrefix(strings.TrimSuffix(strings.TrimPrefix(s, "https://www.instagram.com/"), "/?hl=id"), "@")
}

func rawPhone(s string) string {
	s = strings.Map(func(c rune) rune {
		if c < '0' || c > '9' {
			return -1
		}
		return c
	}, s)
	s = strings.TrimPrefix(s, "00")
	if strings.HasPrefix(s, "0") {
		s = "62" + s[1:]
	}
	return "+" + s
}

func rawNumber(s string) (int64, bool) {
	scale := 1.0
	switch {
	case strings.HasSuffix(s, "rb"):
		s, scale = strings.Replace(strings.TrimSuffix(s, "rb"), ",", ".", 1), 1e3
	case strings.HasSuffix(s, "M"):
		s, scale = strings.TrimSuffix(s, "M"), 1e6
	default:
		s = strings.ReplaceAll(s, ".", "")
	}
	f, err := strconv.ParseFloat(s, 64)
	return int64(f*scale + 0.5), err == nil
}

func rawRate(s string) int64 {
	percent := strings.HasSuffix(s, "%")
	f, _ := strconv.ParseFloat(strings.Replace(strings.TrimSuffix(s, "%"), ",", ".", 1), 64)
	if percent {
		return int64(f*100 + 0.5)
	}
	return int64(f*1e4 + 0.5)
}
