package home

import (
	"context"
	"time"

	"kolega/internal/access"
	"kolega/internal/locale"
	"kolega/internal/talent"
	"kolega/internal/web/ui"
)

// Of the tables that the reader gave to be taken in, the inbox shows the last few, and
// those that ended for a day.
const (
	mostImports = 3
	importShown = 24 * time.Hour
)

// importsNow are the reader's own tables that are being taken in, stopped, or ended today.
func (d rooms) importsNow(ctx context.Context, actor access.Actor, now time.Time) (out []talent.Table, err error) {
	if !actor.Can("talent.import") {
		return nil, nil
	}
	list, err := d.Talent.Tables(ctx, actor, 20)
	for _, t := range list {
		began, ended := t.BegunAt, t.DoneAt
		if ended.IsZero() {
			ended = began
		}
		if t.PersonID == actor.ID && !began.IsZero() && now.Sub(ended) < importShown && len(out) < mostImports {
			out = append(out, t)
		}
	}
	return out, err
}

// importNotice words where a table stands, with the way to it.
func importNotice(ctx context.Context, t talent.Table) ui.Notice {
	l := locale.From(ctx)
	n := ui.Notice{Meaning: ui.Info, Text: l.T("board.import.running", "name", t.Name, "share", l.Bp(t.Share)), Actions: ui.Button{Label: l.T("board.import.open"), Small: true, Href: "/talent-imports/" + t.ID}}
	switch {
	case t.Fault != "":
		n.Meaning, n.Text = ui.Bad, l.T("board.import.stopped", "name", t.Name)
	case !t.DoneAt.IsZero():
		r := t.Report
		n.Meaning, n.Text = ui.Good, l.T("board.import.done", "name", t.Name, "created", l.Int(r.Created), "updated", l.Int(r.Updated), "skipped", l.Int(r.Skipped))
	}
	return n
}
