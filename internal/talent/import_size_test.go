package talent

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/testkit"
)

// manyRows is a table of so many people, every seventh of them named twice and every
// ninth with a figure that cannot be read.
func manyRows(n int) string {
	var b strings.Builder
	b.WriteString("Nama,Username IG,No HP,Followers\n")
	for i := range n {
		who := i
		if i%7 == 6 {
			who = i - 5
		}
		followers := fmt.Sprint(1000 + who)
		if i%9 == 8 {
			followers = "banyak"
		}
		fmt.Fprintf(&b, "Orang %d,orang.%d,0812%08d,%s\n", who, who, who, followers)
	}
	return b.String()
}

func countOf(t *testing.T, d *db.DB, text string) (n int64) {
	t.Helper()
	err := d.Read(context.Background(), func(tx *db.Tx) error { return tx.QueryRow(context.Background(), text).Scan(&n) })
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// bases says what an import must leave the same whether it was cut short or not.
func bases(t *testing.T, d *db.DB) string {
	t.Helper()
	return fmt.Sprint(countOf(t, d, `SELECT COUNT(*) FROM talent`), " talents, ", countOf(t, d, `SELECT COUNT(*) FROM talent_account`), " accounts, ",
		countOf(t, d, `SELECT COUNT(*) FROM talent_import_row`), " rows, ", countOf(t, d, `SELECT COALESCE(SUM(followers), 0) FROM talent_account WHERE followers > 0`), " followers")
}

func TestImport_CutShortAnywhereAndRunAgain(t *testing.T) {
	const rows = 1_500
	text := manyRows(rows)
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		files, err := blob.Folder(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		s, ctx := New(d, nil, files), context.Background()
		table, err := s.BringTable(ctx, specialist(), "many.csv", strings.NewReader(text))
		if err != nil || table.Rows != rows+1 {
			t.Fatal(err, table.Rows)
		}
		if _, err := s.begin(ctx, specialist(), table.ID, 0); err != nil {
			t.Fatal(err)
		}
		// The program dies inside a change, again and again, each time a part further.
		died := errors.New("died")
		for n := 1; n <= 4; n++ {
			if err := s.takeUntil(ctx, table.ID, n, died); !errors.Is(err, died) {
				t.Fatalf("the import should have died in its change %d: %v", n, err)
			}
		}
		if got := countOf(t, d, `SELECT COUNT(*) FROM talent`); got == 0 || got >= 1_100 {
			t.Fatalf("%d talents after it died: the test does not bite", got)
		}
		reg := job.NewRegistry()
		s.Work(reg)
		if err := job.NewRunner(d, reg, slog.New(slog.DiscardHandler)).Drain(ctx); err != nil {
			t.Fatal(err)
		}
		done, err := s.LoadTable(ctx, specialist(), table.ID)
		if err != nil || done.DoneAt.IsZero() || done.Share != 10_000 {
			t.Fatalf("not done: %+v, %v", done, err)
		}
		cut, report := bases(t, d), done.Report
		if report.Read != rows || report.Read != report.Created+report.Updated+report.Unchanged+report.Skipped || report.Created != countOf(t, d, `SELECT COUNT(*) FROM talent`) {
			t.Errorf("the counts of the cut import: %s", report.Line())
		}
		whole := testkit.SQLite(t)
		r, err := New(whole, nil, nil).Import(ctx, specialist(), Source{"many.csv", strings.NewReader(text)}, ImportOptions{})
		if err != nil || r.Line() != report.Line() {
			t.Errorf("in one go: %s, %v; cut short: %s", r.Line(), err, report.Line())
		}
		if want := bases(t, whole); cut != want {
			t.Errorf("cut short: %s; in one go: %s", cut, want)
		}
		if seen := problems(t, s, table.ID); len(seen) != len(r.Rows) || seen[0].Row != r.Rows[0].Row || seen[len(seen)-1].Row != r.Rows[len(r.Rows)-1].Row {
			t.Errorf("%d rows to see, want %d", len(seen), len(r.Rows))
		}
		again, err := s.Import(ctx, specialist(), Source{"many.csv", strings.NewReader(text)}, ImportOptions{})
		if err != nil || again.Created+again.Updated != 0 || bases(t, d) != cut {
			t.Errorf("again: %s, %v", again.Line(), err)
		}
	})
}

// takeUntil takes a table in and fails inside the n-th change, which is undone.
func (s *Service) takeUntil(ctx context.Context, id string, n int, with error) error {
	t, err := s.LoadTable(ctx, specialist(), id)
	if err != nil {
		return err
	}
	f, err := s.files.Open(ctx, t.SHA256)
	if err != nil {
		return err
	}
	defer f.Close()
	im := s.importerOf(specialist().Who, t)
	kept, changes := im.kept, 0
	im.kept = func(ctx context.Context, tx *db.Tx, share float64) error {
		if changes++; changes == 2 {
			return with
		}
		return kept(ctx, tx, share)
	}
	im.options.hasty = true
	return im.run(ctx, Source{t.Name, f})
}

func problems(t *testing.T, s *Service, id string) (all []RowReport) {
	t.Helper()
	for more, after := true, int64(0); more; {
		var rows []RowReport
		var err error
		if rows, more, err = s.Problems(context.Background(), specialist(), id, after, 40); err != nil {
			t.Fatal(err)
		}
		if len(rows) == 0 {
			break
		}
		all, after = append(all, rows...), rows[len(rows)-1].Row
	}
	return all
}

func TestImport_SeesWhatOthersKeepMeanwhile(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s, ctx := New(d, nil, nil), context.Background()
		added := false
		r, err := s.Import(ctx, specialist(), Source{"many.csv", strings.NewReader(manyRows(900))}, ImportOptions{hasty: true, Progress: func(Progress) {
			if added {
				return
			}
			added = true
			n := NewTalent{Talent: Talent{Name: "Orang 800", Phone: "+6281200000800"}, Platform: Instagram, Handle: "orang.800"}
			if _, err := s.Create(ctx, specialist(), n); err != nil {
				t.Error(err)
			}
		}})
		if err != nil || !added {
			t.Fatal(err, added)
		}
		if got := countOf(t, d, `SELECT COUNT(*) FROM talent_account WHERE account_key = 'orang.800'`); got != 1 {
			t.Errorf("%d accounts of one handle", got)
		}
		if got := countOf(t, d, `SELECT COUNT(*) FROM talent`); got != r.Created+1 {
			t.Errorf("%d talents, %s", got, r.Line())
		}
	})
}

func TestImport_EachTalentKnowsWhereItCameFrom(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s, ctx := New(d, nil, nil), context.Background()
		if _, err := importText(t, s, "Nama,Username IG\nSari,sari\n", ImportOptions{}); err != nil {
			t.Fatal(err)
		}
		_, sari := accountOf(t, d, Instagram, "sari")
		from, err := s.Origins(ctx, specialist(), sari.ID)
		if err != nil || len(from) != 1 || from[0].Name != "pasted" || from[0].By != "" && from[0].By != specialist().ID {
			t.Errorf("got %+v, %v", from, err)
		}
		_ = d.Read(ctx, func(tx *db.Tx) error {
			lines, err := audit.History(ctx, tx, "talent-import", from[0].ImportID)
			if err != nil || len(lines) != 1 || lines[0].Verb != "talent.import" {
				t.Errorf("trail %+v, %v", lines, err)
			}
			return nil
		})
	})
}

func TestSieve_NeverForgets(t *testing.T) {
	s := newSieve(1_000)
	for i := range 3_000 {
		s.put(sievePhone, "", fmt.Sprint("+62", i))
	}
	wrong := 0
	for i := range 3_000 {
		if !s.may(sievePhone, "", fmt.Sprint("+62", i)) {
			t.Fatalf("forgot %d", i)
		}
		if s.may(sieveEmail, "", fmt.Sprint("+62", i)) {
			wrong++
		}
	}
	if wrong > 900 {
		t.Errorf("%d of 3000 strangers seem known", wrong)
	}
	if s.may(sievePhone, "", "") || (&sieve{all: true}).may(sieveEmail, "", "") {
		t.Error("nothing is somebody")
	}
}
