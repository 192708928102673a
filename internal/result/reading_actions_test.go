package result_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
	"kolega/internal/result"
	"kolega/internal/testkit"
)

func TestReading_BroughtFoldedAndRead(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		w := newWorld(t, d, "talent", "line")
		p := w.post(bea, "d1", "https://www.instagram.com/reel/Cabcdefghij/")
		start := w.clock.Now().Truncate(time.Hour)
		w.clock.Advance(400 * time.Hour)
		want := map[int64]int64{}
		for call := range 40 { // two full folds and a rest, with corrections of earlier hours
			var file strings.Builder
			file.WriteString("post,at,views,likes,shares\n")
			for i := range 8 {
				at := start.Add(time.Duration(call*5+i) * time.Hour)
				views := int64(1000*call + i)
				want[at.Unix()/3600] = views
				fmt.Fprintf(&file, "%s,%s,%d,%d,\n", p.ID, at.Format(time.RFC3339), views, views/10)
			}
			if n, err := w.BringReadings(ctx, specialist, strings.NewReader(file.String())); err != nil || n != 8 {
				t.Fatalf("%d kept: %v", n, err)
			}
		}
		check := func(when string) {
			t.Helper()
			list, err := w.Readings(ctx, ae, p.ID, start, w.clock.Now())
			if err != nil || len(list) != len(want) {
				t.Fatalf("%s: %d readings of %d: %v", when, len(list), len(want), err)
			}
			for _, r := range list {
				count := func(m result.Metric) int64 {
					if n, known := r.Count(slices.Index(result.Metrics, m)); known {
						return n
					}
					return -1
				}
				if count(result.Views) != want[r.Hour] || count(result.Likes) != want[r.Hour]/10 || count(result.Shares) != -1 {
					t.Fatalf("%s: at %v %v, want %d views and no shares", when, r.At(), r, want[r.Hour])
				}
			}
		}
		check("before folding")
		reg := job.NewRegistry()
		w.Work(reg)
		if err := job.NewRunner(d, reg, slog.New(slog.DiscardHandler)).Drain(ctx); err != nil {
			t.Fatal(err)
		}
		check("after folding")
		if runs := w.runs(); runs != 2+40%16 {
			t.Errorf("%d runs are left", runs)
		}
		half, err := w.Readings(ctx, ae, p.ID, start.Add(10*time.Hour), start.Add(19*time.Hour))
		if err != nil || len(half) != 10 {
			t.Errorf("a span of ten hours gave %d: %v", len(half), err)
		}
	})
}

func (w *world) runs() (n int) {
	w.t.Helper()
	err := w.d.Read(context.Background(), func(tx *db.Tx) error {
		return tx.QueryRow(context.Background(), `SELECT COUNT(*) FROM reading_run`).Scan(&n)
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

func TestReading_BadFilesKeepNothing(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, "talent", "line")
		p := w.post(bea, "d1", "https://www.instagram.com/reel/Cabcdefghij/")
		now := w.clock.Now().Truncate(time.Hour)
		good := fmt.Sprintf("%s,%d,100,5\n", p.ID, now.Unix())
		for name, c := range map[string]struct {
			file string
			want *fault.Error
		}{
			"no head":               {"", result.ErrReadingHead},
			"a column nobody knows": {"post,at,hearts\n", result.ErrReadingHead},
			"no counts":             {"post,at\n", result.ErrReadingHead},
			"a fraction":            {"post,at,views,likes\n" + good + p.ID + ",2026-11-01T00:00:00Z,1.5,1\n", result.ErrReadingCell},
			"below zero":            {"post,at,views,likes\n" + good + p.ID + ",2026-11-01T00:00:00Z,-1,1\n", result.ErrReadingCell},
			"no time":               {"post,at,views,likes\n" + good + p.ID + ",kemarin,1,1\n", result.ErrReadingCell},
			"a missing cell":        {"post,at,views,likes\n" + good + p.ID + ",1\n", result.ErrReadingCell},
			"an hour to come":       {fmt.Sprintf("post,at,views,likes\n%s%s,%d,9,1\n", good, p.ID, now.Add(2*time.Hour).Unix()), result.ErrReadingFuture},
			"likes above views":     {fmt.Sprintf("post,at,views,likes\n%s%s,%d,9,10\n", good, p.ID, now.Unix()), result.ErrReadingAbove},
			"an unknown post":       {fmt.Sprintf("post,at,views,likes\n%snobody,%d,9,1\n", good, now.Unix()), result.ErrReadingUnknown},
			"too many":              {"post,at,views,likes\n" + strings.Repeat(good, result.ReadingsLimit+1), result.ErrReadingMany},
		} {
			if _, err := w.BringReadings(context.Background(), specialist, strings.NewReader(c.file)); !errors.Is(err, c.want) {
				t.Errorf("%s: %v, want %v", name, err, c.want)
			}
		}
		if n := w.runs(); n != 0 {
			t.Errorf("refused files left %d runs", n)
		}
		if _, err := w.BringReadings(context.Background(), bea, strings.NewReader("post,at,views,likes\n"+good)); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a talent brought readings: %v", err)
		}
		if _, err := w.Readings(context.Background(), mika, p.ID, now, now); fault.KindOf(err) != fault.NotFound {
			t.Errorf("another talent read them: %v", err)
		}
	})
}
