package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/xuri/excelize/v2"
)

// The reports of W6: one as large as a large campaign gets, one that is only there to see
// whether memory stays flat.
const (
	smallReport = 1_000
	largeReport = 10_000
)

// w6 asks for a report from the database as a file, beside libraries that write the same
// number of rows from memory and do nothing else.
func (b *bench) w6(context.Context) error {
	dir, err := b.house("w6", 0)
	if err != nil {
		return err
	}
	if err := seedReports(filepath.Join(dir, "kolega.db"), time.Now().UTC().Truncate(time.Second)); err != nil {
		return err
	}
	p, _, err := b.product(dir, "/sign-in")
	if err != nil {
		return err
	}
	defer p.stop()
	ours := func(campaign int, format, begin string) func() (int, error) {
		return func() (int, error) { return p.report(campaign, format, begin) }
	}
	ways := []struct {
		name  string
		write func() (int, error)
	}{
		{"excelize", func() (int, error) { return excelizeTable(smallReport) }}, {"xlsx", ours(0, "xlsx", "PK")},
		{"fpdf", func() (int, error) { return fpdfTable(smallReport) }}, {"pdf", ours(0, "pdf", "%PDF")},
	}
	r := rounds{}
	for round := range max(b.rounds, 3) + 1 {
		for _, w := range ways {
			took, size, err := best(10, w.write)
			if err != nil {
				return fmt.Errorf("%s: %w", w.name, err)
			}
			if round > 0 { // the first warms
				r.add(w.name, took)
				fmt.Fprintf(os.Stderr, "W6 round %d, %-8s %.1f ms, %d bytes\n", round, w.name, took, size)
			}
		}
	}
	idle, err := residentMiB(p.cmd.Process.Pid)
	if err != nil {
		return err
	}
	began := time.Now()
	if _, err := p.report(1, "xlsx", "PK"); err != nil {
		return err
	}
	took := time.Since(began)
	most, err := statusMiB(p.cmd.Process.Pid, "VmHWM:")
	if err != nil {
		return err
	}
	b.table.atMost("W6 1,000 posts to XLSX", fmt.Sprintf("%.1f ms", r.of("xlsx")), fmt.Sprintf("excelize's writing alone %.1f ms", r.of("excelize")), r.ratio("xlsx", "excelize"), 0.5)
	b.table.atMost("W6 1,000 posts to PDF", fmt.Sprintf("%.1f ms", r.of("pdf")), fmt.Sprintf("fpdf's writing alone %.1f ms", r.of("fpdf")), r.ratio("pdf", "fpdf"), 0.5)
	b.table.atMost("W6 10k posts to XLSX, memory above idle", fmt.Sprintf("%.0f MiB, %.1f s", most-idle, took.Seconds()), "64 MiB", (most-idle)/64, 1)
	return nil
}

// best is the middle of n tries, in ms: these are too short for one to say much.
func best(n int, write func() (int, error)) (took float64, size int, err error) {
	var all []float64
	for range n {
		began := time.Now()
		if size, err = write(); err != nil {
			return 0, 0, err
		}
		all = append(all, ms(time.Since(began)))
	}
	return median(all), size, nil
}

// report asks for a campaign's report and checks that it is a whole file.
func (s *server) report(campaign int, format, begin string) (int, error) {
	r, err := http.NewRequest(http.MethodGet, fmt.Sprintf("%s/api/v1/campaigns/%s/reports/0/%s", s.url, id("cam", campaign), format), nil)
	if err != nil {
		return 0, err
	}
	r.Header.Set("Authorization", "Bearer "+staffToken)
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	defer w.Body.Close()
	head := make([]byte, len(begin))
	if _, err := io.ReadFull(w.Body, head); err != nil || w.StatusCode != http.StatusOK || string(head) != begin {
		return 0, fmt.Errorf("report: %s, begins with %q: %w", w.Status, head, err)
	}
	n, err := io.Copy(io.Discard, w.Body)
	return int(n) + len(head), err
}

// The columns of a report's sheet of posts.
const (
	textColumns   = 6
	numberColumns = 11
)

func excelizeTable(rows int) (int, error) {
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return 0, err
	}
	cells := make([]any, textColumns+numberColumns)
	for i := range rows {
		for c := range cells {
			if c < textColumns {
				cells[c] = fmt.Sprintf("talent %d, column %d", i, c)
			} else {
				cells[c] = i * c * 1001
			}
		}
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), cells); err != nil {
			return 0, err
		}
	}
	if err := w.Flush(); err != nil {
		return 0, err
	}
	var out bytes.Buffer
	err = f.Write(&out)
	return out.Len(), err
}

// fpdfTable writes the columns that a report's table of posts has, as its manual shows it.
func fpdfTable(rows int) (int, error) {
	p := fpdf.New("P", "mm", "A4", "")
	p.SetFont("Helvetica", "", 9)
	p.AddPage()
	for i := range rows {
		for c := range 7 {
			p.CellFormat(27, 6, fmt.Sprintf("%d, %d", i, c*i*1001), "1", 0, "", false, 0, "")
		}
		p.Ln(-1)
	}
	var out bytes.Buffer
	err := p.Output(&out)
	return out.Len(), err
}

// seedReports gives two campaigns posts with insights, as many as W6 asks for.
func seedReports(path string, now time.Time) error {
	d, err := sql.Open(driver, dsn(path))
	if err != nil {
		return err
	}
	defer d.Close()
	tx, err := d.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // nothing after a commit
	s := &seeder{tx: tx, tables: map[string]*columns{}, now: now}
	n := 5_000_000
	for c, posts := range []int{smallReport, largeReport} {
		for i := range posts {
			if err := s.post(n, c, i); err != nil {
				return err
			}
			n++
		}
	}
	return tx.Commit()
}

func (s *seeder) post(n, c, i int) error {
	slot := c*perBoard + i%perBoard
	campaign, client, talent, booking := id("cam", c), id("cli", c%20), id("tal", slot%talents), id("boo", slot)
	at := s.now.Add(-time.Duration(10+i%9) * day)
	if err := s.put("deliverable", row{"id": id("del", n), "booking_id": booking, "campaign_id": campaign, "client_id": client, "talent_id": talent, "number": 100 + i/perBoard, "platform": "tiktok", "format": "video",
		"draft_due_at": at, "draft_due_zone": "Asia/Jakarta", "post_due_at": at, "post_due_zone": "Asia/Jakarta", "round_limit": 2, "window_hours": 16, "made_at": at}); err != nil {
		return err
	}
	number := fmt.Sprint(7_000_000_000_000_000 + n)
	if err := s.put("post", row{"id": id("pos", n), "deliverable_id": id("del", n), "booking_id": booking, "campaign_id": campaign, "client_id": client, "talent_id": talent, "account_id": id("acc", slot%talents),
		"platform": "tiktok", "format": "video", "kind": "video", "platform_id": number, "handle": fmt.Sprintf("talent%d", slot%talents), "url": "https://www.tiktok.com/@talent/video/" + number, "entered": "x",
		"posted_at": at, "due_at": at, "due_zone": "Asia/Jakarta", "flags": "[]", "entered_at": at, "entered_by": "AE", "entered_via": "staff"}); err != nil {
		return err
	}
	v := 1000 + i*37%90_000
	return s.put("insight", row{"id": id("ins", n), "post_id": id("pos", n), "deliverable_id": id("del", n), "booking_id": booking, "campaign_id": campaign, "talent_id": talent, "age": "d7", "taken_at": at.Add(7 * day),
		"reach": v, "views": v * 2, "likes": v / 10, "comments": v / 100, "saves": v / 50, "shares": v / 80, "frames": "[]", "source": "staff", "warnings": "[]", "typed_at": at.Add(7 * day), "typed_by": "AE", "typed_by_id": id("per", 1),
		"verified_at": at.Add(8 * day), "verified_by": "Specialist"})
}
