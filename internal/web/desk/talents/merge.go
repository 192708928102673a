package talents

import (
	"context"
	"net/http"
	"strings"

	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/talent"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

func ba(ctx context.Context, key string, args ...any) string {
	return locale.T(ctx, "base."+key, args...)
}

// pairsShown is how many pairs the page of duplicates lists; the next ones come when
// these are settled.
const pairsShown = 50

type duplicatesPage struct {
	Page  ui.Page
	Pairs []talent.Pair
	Key   string
}

func (d rooms) duplicates(w http.ResponseWriter, r *http.Request) error {
	p := duplicatesPage{Key: desk.NewKey(r)}
	var err error
	if p.Pairs, err = d.Talent.Duplicates(r.Context(), web.ActorOf(r), pairsShown); err != nil {
		return err
	}
	p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "talents", Title: ba(r.Context(), "duplicates"), Crumbs: baseCrumbs(r.Context(), "duplicates", "/talents/duplicates")})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, duplicatesView(p))
}

func baseCrumbs(ctx context.Context, key, href string) []ui.Crumb {
	return []ui.Crumb{{Label: tr(ctx, "list.title"), Href: "/talents"}, {Label: ba(ctx, key), Href: href}}
}

// reasons says why two may be one.
func reasons(ctx context.Context, p talent.Pair) string {
	var out []string
	for _, w := range p.Why {
		out = append(out, ba(ctx, "like."+string(w)))
	}
	return strings.Join(out, " · ")
}

type mergePage struct {
	Page        ui.Page
	Keep, Other talent.File
	Joined      talent.Talent
	Error       string
	Key         string
}

// mergeForm shows what a merge would make of two records, before it is made.
func (d rooms) mergeForm(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	return d.mergePage(w, r, http.StatusOK, q.Get("keep"), q.Get("other"), "")
}

func (d rooms) mergePage(w http.ResponseWriter, r *http.Request, status int, keep, other, problem string) error {
	p := mergePage{Error: problem, Key: desk.NewKey(r)}
	var err error
	if p.Keep, err = d.Talent.Show(r.Context(), web.ActorOf(r), keep); err != nil {
		return err
	}
	if p.Other, err = d.Talent.Show(r.Context(), web.ActorOf(r), other); err != nil {
		return err
	}
	if p.Keep.Talent.ID == p.Other.Talent.ID {
		return web.SeeOther(w, r, "/talents/"+p.Keep.Talent.ID, "")
	}
	p.Joined = talent.Joined(p.Keep.Talent, p.Other.Talent)
	p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "talents", Title: ba(r.Context(), "merge"), Crumbs: baseCrumbs(r.Context(), "duplicates", "/talents/duplicates")})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, mergeView(p))
}

func (d rooms) merge(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[struct {
		Keep  string `form:"keep"`
		Other string `form:"other"`
	}](r)
	if err != nil {
		return err
	}
	t, err := d.Talent.Merge(r.Context(), web.ActorOf(r), f.Keep, f.Other)
	switch fault.KindOf(err) {
	case fault.Conflict, fault.Invalid:
		return d.mergePage(w, r, http.StatusUnprocessableEntity, f.Keep, f.Other, locale.From(r.Context()).Fault(err))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/talents/"+t.ID, "base.toast.merged", "name", t.Name)
}

func (d rooms) tellApart(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[struct {
		A string `form:"a"`
		B string `form:"b"`
	}](r)
	if err != nil {
		return err
	}
	if err := d.Talent.TellApart(r.Context(), web.ActorOf(r), f.A, f.B); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/talents/duplicates", "base.toast.apart")
}

// mergeLine is one line of the comparison: what each record says and what stays.
type mergeLine struct{ Label, Keep, Other, Stays string }

func (p mergePage) lines(ctx context.Context) (out []mergeLine) {
	l := locale.From(ctx)
	add := func(label, keep, other, stays string) {
		if keep != "" || other != "" {
			out = append(out, mergeLine{label, orDash(keep), orDash(other), orDash(stays)})
		}
	}
	a, b, j := p.Keep.Talent, p.Other.Talent, p.Joined
	add(tr(ctx, "col.talent"), a.Name, b.Name, j.Name)
	add(im(ctx, "field.phone"), a.Phone, b.Phone, j.Phone)
	add(im(ctx, "field.email"), a.Email, b.Email, j.Email)
	add(im(ctx, "field.city"), a.City, b.City, j.City)
	add(im(ctx, "field.country"), a.Country, b.Country, j.Country)
	add(im(ctx, "field.category"), strings.Join(a.Categories, ", "), strings.Join(b.Categories, ", "), strings.Join(j.Categories, ", "))
	add(im(ctx, "field.tag"), strings.Join(a.Tags, ", "), strings.Join(b.Tags, ", "), strings.Join(j.Tags, ", "))
	add(ba(ctx, "status"), tr(ctx, "status."+string(a.Status)), tr(ctx, "status."+string(b.Status)), tr(ctx, "status."+string(j.Status)))
	add(im(ctx, "field.manager"), a.ManagerName, b.ManagerName, j.ManagerName)
	count := func(key string, x, y int) {
		add(ba(ctx, key), l.Int(int64(x)), l.Int(int64(y)), l.Int(int64(x+y)))
	}
	count("accounts", len(p.Keep.Accounts), len(p.Other.Accounts))
	count("facts", len(p.Keep.Facts), len(p.Other.Facts))
	return out
}

// accountsLine names a talent's accounts.
func accountsLine(ctx context.Context, list []talent.Account) string {
	var out []string
	for _, a := range list {
		out = append(out, tr(ctx, "platform."+string(a.Platform))+" "+a.Title())
	}
	return strings.Join(out, " · ")
}
