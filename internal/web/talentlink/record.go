package talentlink

import (
	"context"
	"net/http"

	"github.com/a-h/templ"

	"kolega/internal/locale"
	"kolega/internal/talent"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/outside"
	"kolega/internal/web/ui"
)

func (d room) recordRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/record", Verb: "talent.self", Handle: d.record},
		{Method: "POST", Pattern: "/record/{fact}", Verb: "talent.self", Handle: d.contest},
	}
}

// recordPage is the talent's own facts, each of which may be contested once (R13).
type recordPage struct {
	Page   ui.OutsidePage
	Base   string
	Key    string
	Mine   talent.MyRecord
	Zone   string
	Fact   string // the one whose form was refused
	Text   string
	Errors map[string]string
}

func (d room) record(w http.ResponseWriter, r *http.Request) error {
	return d.showRecord(w, r, http.StatusOK, recordPage{})
}

func (d room) showRecord(w http.ResponseWriter, r *http.Request, status int, p recordPage) (err error) {
	actor := web.ActorOf(r)
	if p.Mine, err = d.Talent.MyRecord(r.Context(), actor); err != nil {
		return err
	}
	p.Base, p.Key, p.Zone = outside.Base(r), desk.NewKey(r), actor.Zone
	if p.Page, err = outside.Frame(w, r, d.House, locale.T(r.Context(), "record.title"), "", langs...); err != nil {
		return err
	}
	return web.Render(w, r, status, recordView(p))
}

type contestForm struct {
	Text string `form:"text"`
}

func (d room) contest(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[contestForm](r)
	if err != nil {
		return err
	}
	actor := web.ActorOf(r)
	err = d.Talent.ContestFact(r.Context(), actor, actor.TalentID, r.PathValue("fact"), f.Text)
	if errs, refused := web.Invalid(r, err); refused {
		return d.showRecord(w, r, http.StatusUnprocessableEntity, recordPage{Fact: r.PathValue("fact"), Text: f.Text, Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, outside.Base(r)+"/record", "record.toast.contested")
}

func rec(ctx context.Context, key string, args ...any) string {
	return locale.T(ctx, "record."+key, args...)
}

// factStatus is a fact as the talent reads it.
func factStatus(ctx context.Context, f talent.Fact) ui.Status {
	switch {
	case f.Open():
		return ui.Status{Word: rec(ctx, "contested"), Meaning: ui.Wait}
	case f.Excused:
		return ui.Status{Word: rec(ctx, "excused"), Meaning: ui.Neutral}
	case f.Met:
		return ui.Status{Word: rec(ctx, "met"), Meaning: ui.Good}
	}
	return ui.Status{Word: rec(ctx, "missed"), Meaning: ui.Bad}
}

// factDates says when it was due and when it was done, by the talent's own clock.
func factDates(ctx context.Context, f talent.Fact, zone string) string {
	l := locale.From(ctx)
	if f.DueAt.IsZero() {
		return l.DateTime(f.At, zone)
	}
	line := rec(ctx, "due", "due", l.DateTime(f.DueAt, zone), "at", l.DateTime(f.At, zone))
	if f.LateMinutes > 0 {
		line += " · " + rec(ctx, "late", "by", l.Duration(f.At.Sub(f.DueAt)))
	}
	return line
}

func contestField(ctx context.Context, p recordPage, f talent.Fact) ui.Field {
	field := ui.Field{Name: "text", Label: rec(ctx, "contest-label"), Hint: rec(ctx, "contest-hint")}
	if p.Fact == f.ID {
		field.Value, field.Error = p.Text, p.Errors["text"]
	}
	return field
}

// openIf opens a folded part.
func openIf(yes bool) templ.Attributes {
	if !yes {
		return nil
	}
	return templ.Attributes{"open": true}
}

// of is "2/3": how many of how many.
func of(ctx context.Context, n, all int64) string {
	l := locale.From(ctx)
	return l.Int(n) + "/" + l.Int(all)
}
