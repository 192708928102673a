package home

import (
	"context"
	"strings"
	"testing"
	"time"

	"kolega/internal/locale"
	"kolega/internal/talent"
)

func TestInbox_SaysWhereABigImportStands(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		table talent.Table
		want  string
	}{
		{talent.Table{ID: "t", Name: "list.csv", BegunAt: now, Share: 4_250}, "42.5%"},
		{talent.Table{ID: "t", Name: "list.csv", BegunAt: now, DoneAt: now, Report: talent.ImportReport{Created: 98_000, Updated: 1_200, Skipped: 800}}, "98,000"},
		{talent.Table{ID: "t", Name: "list.csv", BegunAt: now, Fault: "import.file-gone"}, "list.csv"},
	} {
		var b strings.Builder
		if err := importNotice(locale.With(ctx, locale.For("en", "Asia/Jakarta")), c.table).Render(locale.With(ctx, locale.For("en", "Asia/Jakarta")), &b); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), c.want) || !strings.Contains(b.String(), `href="/talent-imports/t"`) {
			t.Errorf("%+v: %s", c.table, b.String())
		}
	}
}
