package talents

import (
	"context"
	"net/http"
	"strconv"

	"kolega/internal/locale"
	"kolega/internal/talent"
	"kolega/internal/web"
	"kolega/internal/web/ui"
)

// waitedRows is the longest table that is taken in before the answer. A longer one is
// taken in after it; its page shows how far it is, and may be left.
const waitedRows = 2_000

// problemsShown is how many rows one page of a report lists.
const problemsShown = 200

// begun shows a table that is being taken in, or what came of it.
func (d rooms) begun(w http.ResponseWriter, r *http.Request, p tablePage) error {
	if p.Preview.Table.DoneAt.IsZero() {
		return web.Render(w, r, http.StatusOK, runningView(p))
	}
	after, _ := strconv.ParseInt(r.URL.Query().Get("after"), 10, 64)
	rows, more, err := d.Talent.Problems(r.Context(), web.ActorOf(r), p.Preview.Table.ID, after, problemsShown)
	if err != nil {
		return err
	}
	p.Problems = rows
	if more {
		p.More = "/talent-imports/" + p.Preview.Table.ID + "?after=" + strconv.FormatInt(rows[len(rows)-1].Row, 10)
	}
	if after > 0 {
		p.First = "/talent-imports/" + p.Preview.Table.ID
	}
	return web.Render(w, r, http.StatusOK, reportView(p))
}

// liveTopic lets the page of a running table follow the trail.
func liveTopic(t talent.Table) string {
	if t.Running() {
		return "everything"
	}
	return ""
}

// standOf says in a word where a table stands.
func standOf(ctx context.Context, t talent.Table) ui.Status {
	switch {
	case t.Fault != "":
		return ui.Status{Word: im(ctx, "stand.fault"), Meaning: ui.Bad}
	case t.Running():
		return ui.Status{Word: im(ctx, "stand.running"), Meaning: ui.Us}
	case !t.DoneAt.IsZero():
		return ui.Status{Word: im(ctx, "stand.done"), Meaning: ui.Good}
	}
	return ui.Status{Word: im(ctx, "stand.waiting"), Meaning: ui.Wait}
}

// lineOf is what came of a table so far.
func lineOf(ctx context.Context, t talent.Table) string {
	l := locale.From(ctx)
	if t.BegunAt.IsZero() {
		return im(ctx, "rows-in-file", "n", t.Rows)
	}
	return im(ctx, "line", "created", l.Int(t.Report.Created), "updated", l.Int(t.Report.Updated), "skipped", l.Int(t.Report.Skipped))
}
