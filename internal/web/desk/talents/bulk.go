package talents

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/match"
	"kolega/internal/talent"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

// bulkIn is the form of a change of many talents. Talent holds the ids chosen in the
// list, Seen the ids with versions of the preview.
type bulkIn struct {
	Act              string   `form:"act"`
	Talent           []string `form:"talent"`
	Seen             []string `form:"seen"`
	AddTags          string   `form:"add_tags"`
	RemoveTags       string   `form:"remove_tags"`
	AddCategories    string   `form:"add_categories"`
	RemoveCategories string   `form:"remove_categories"`
	Languages        string   `form:"languages"`
	Status           string   `form:"status"`
	Reason           string   `form:"status_reason"`
	Manager          string   `form:"manager_name"`
	City             string   `form:"city"`
}

func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' })
}

// change reads the form; a language that is none is said at its field.
func (in bulkIn) change() (talent.Bulk, error) {
	langs, err := talent.LanguagesOf(in.Languages)
	if err != nil {
		err = fault.Field("languages", fault.CodeOf(err))
	}
	return talent.Bulk{AddTags: words(in.AddTags), RemoveTags: words(in.RemoveTags), AddCategories: words(in.AddCategories), RemoveCategories: words(in.RemoveCategories),
		AddLanguages: langs, Status: talent.Status(in.Status), StatusReason: in.Reason, ManagerName: in.Manager, City: in.City}, err
}

type bulkPage struct {
	Page   ui.Page
	In     bulkIn
	Chosen int
	Lines  []talent.BulkLine
	Shown  bool // the effect stands below
	Errors map[string]string
	Key    string
}

// bulk leads from the chosen rows over what would change to the change itself.
func (d rooms) bulk(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Form[bulkIn](r)
	if err != nil {
		return err
	}
	if in.Act == "all" {
		if in.Talent, err = d.allFound(r); err != nil {
			return err
		}
	}
	p := bulkPage{In: in, Chosen: len(in.Talent), Key: desk.NewKey(r)}
	b, err := in.change()
	switch {
	case in.Act == "apply" && err == nil:
		return d.bulkApply(w, r, p, b)
	case in.Act != "show" && len(in.Talent) == 0:
		return web.SeeOther(w, r, "/talents", "base.toast.nobody")
	case in.Act != "show":
		return d.bulkPage(w, r, http.StatusOK, p)
	}
	if err == nil {
		p.Lines, err = d.Talent.PreviewBulk(r.Context(), web.ActorOf(r), in.Talent, b)
	}
	return d.bulkAnswer(w, r, p, err)
}

func (d rooms) bulkApply(w http.ResponseWriter, r *http.Request, p bulkPage, b talent.Bulk) error {
	var seen []talent.Seen
	for _, s := range p.In.Seen {
		id, version, _ := strings.Cut(s, " ")
		n, err := strconv.ParseInt(version, 10, 64)
		if err != nil {
			return web.ErrForm
		}
		seen = append(seen, talent.Seen{ID: id, Version: n})
	}
	n, err := d.Talent.ApplyBulk(r.Context(), web.ActorOf(r), seen, b)
	if err != nil {
		return d.bulkAnswer(w, r, p, err)
	}
	return web.SeeOther(w, r, "/talents?sort=newest", "base.toast.bulk", "n", n)
}

func (d rooms) bulkAnswer(w http.ResponseWriter, r *http.Request, p bulkPage, err error) error {
	status := http.StatusOK
	p.Shown = err == nil
	if err != nil {
		errs, refused := web.Invalid(r, err)
		if !refused {
			return err
		}
		p.Errors, status = errs, http.StatusUnprocessableEntity
	}
	return d.bulkPage(w, r, status, p)
}

func (d rooms) bulkPage(w http.ResponseWriter, r *http.Request, status int, p bulkPage) (err error) {
	p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "talents", Title: ba(r.Context(), "bulk"), Crumbs: baseCrumbs(r.Context(), "bulk", "/talents")})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, bulkView(p))
}

// allFound gives everybody whom the address finds, as many as one change takes.
func (d rooms) allFound(r *http.Request) (ids []string, err error) {
	f, err := d.filterOf(r)
	if err != nil {
		return nil, err
	}
	f.query.After, f.query.Limit, f.query.Count = "", 200, []match.Facet{}
	for len(ids) < talent.MostAtOnce {
		found, err := d.Match.Search(r.Context(), web.ActorOf(r), f.query)
		if err != nil {
			return nil, err
		}
		for _, c := range found.Cards {
			ids = append(ids, c.Talent.ID)
		}
		if f.query.After = found.Next; found.Next == "" {
			break
		}
	}
	return ids[:min(len(ids), talent.MostAtOnce)], nil
}

func (p bulkPage) field(ctx context.Context, name, label, value string) ui.Field {
	return ui.Field{Name: name, Label: ba(ctx, label), Value: value, Error: p.Errors[name], Optional: true}
}

func (p bulkPage) changing() (n int) {
	for _, l := range p.Lines {
		if l.Changes() {
			n++
		}
	}
	return n
}

func bulkStatuses(ctx context.Context) (out []ui.Option) {
	for _, s := range []talent.Status{talent.StatusFree, talent.StatusPreferred, talent.StatusExclusive, talent.StatusBlocked} {
		out = append(out, ui.Option{Value: string(s), Label: tr(ctx, "status."+string(s))})
	}
	return out
}

// effect says in words what a line changes.
func effect(ctx context.Context, l talent.BulkLine) string {
	if l.Code != "" {
		return locale.From(ctx).Code(l.Code)
	}
	var out []string
	say := func(label, before, after string) {
		if before != after {
			out = append(out, label+": "+orDash(before)+" → "+orDash(after))
		}
	}
	say(im(ctx, "field.tag"), strings.Join(l.Before.Tags, ", "), strings.Join(l.After.Tags, ", "))
	say(im(ctx, "field.category"), strings.Join(l.Before.Categories, ", "), strings.Join(l.After.Categories, ", "))
	say(im(ctx, "field.language"), strings.Join(l.Before.Languages, ", "), strings.Join(l.After.Languages, ", "))
	say(ba(ctx, "status"), tr(ctx, "status."+string(l.Before.Status)), tr(ctx, "status."+string(l.After.Status)))
	say(im(ctx, "field.manager"), l.Before.ManagerName, l.After.ManagerName)
	say(im(ctx, "field.city"), l.Before.City, l.After.City)
	if len(out) == 0 {
		return ba(ctx, "stays-so")
	}
	return strings.Join(out, " · ")
}
