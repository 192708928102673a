package talent

import (
	"context"
	"os"
	"testing"

	"kolega/internal/blob"
	"kolega/internal/fault"
	"kolega/internal/testkit"
)

func TestTable_PreviewThenCommit(t *testing.T) {
	ctx, d := context.Background(), testkit.SQLite(t)
	files, err := blob.Folder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := New(d, nil, files)
	f, err := os.Open("testdata/agency.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table, err := s.BringTable(ctx, specialist(), "agency.csv", f)
	if err != nil {
		t.Fatal(err)
	}
	v, err := s.Preview(ctx, specialist(), table.ID)
	if err != nil {
		t.Fatal(err)
	}
	if v.Counts != (PreviewCounts{Ready: 4, RedRows: 1, NoAccount: 1, Empty: 2, Read: 8}) {
		t.Errorf("got %+v", v.Counts)
	}
	if len(v.Red) != 2 || v.Red[0].Row != 8 || v.Red[0].Code != "count.fraction" || v.Red[1].Code != "talent.phone-wrong" {
		t.Errorf("red cells %+v", v.Red)
	}
	plan := v.Table.Plan
	plan.Columns, plan.Mended = v.Layout.Columns, map[int64]map[int]string{8: {2: "12.340", 5: ""}}
	if err := s.Adjust(ctx, specialist(), table.ID, plan); err != nil {
		t.Fatal(err)
	}
	r, err := s.Commit(ctx, specialist(), table.ID)
	if err != nil || r.Line() != "read 8, created 5, updated 0, unchanged 0, skipped 3" {
		t.Fatal(err, r.Line())
	}
	t.Run("a second commit gives the first report", func(t *testing.T) {
		again, err := s.Commit(ctx, specialist(), table.ID)
		if err != nil || again.Line() != r.Line() || again.Why["import.blank"]+again.Why["import.above-head"]+again.Why["import.no-account"] != 3 {
			t.Error(err, again.Line())
		}
	})
	t.Run("what is done is not adjusted", func(t *testing.T) {
		if err := s.Adjust(ctx, specialist(), table.ID, plan); fault.CodeOf(err) != "import.done" {
			t.Error(err)
		}
	})
	t.Run("the same file again is known", func(t *testing.T) {
		_, _ = f.Seek(0, 0)
		again, err := s.BringTable(ctx, specialist(), "agency.csv", f)
		if err != nil {
			t.Fatal(err)
		}
		if v, err := s.Preview(ctx, specialist(), again.ID); err != nil || v.Counts.Known != 3 {
			t.Errorf("%+v %v", v.Counts, err)
		}
	})
}
