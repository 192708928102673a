// Package custom is the part of the staff app where an agency names fields of its own for
// talents and clients, and fills them in (B23).
package custom

import (
	"net/http"
	"strings"

	"kolega/internal/custom"
	"kolega/internal/db"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/house"
	"kolega/internal/web/ui"
)

type rooms struct{ *house.House }

// Routes are the pages of this area.
func Routes(h *house.House) []web.Route {
	d := rooms{h}
	return []web.Route{
		{Method: "GET", Pattern: "/settings/fields", Verb: "access.settings", Handle: d.fields},
		{Method: "POST", Pattern: "/settings/fields", Verb: "access.settings", Handle: d.add},
		{Method: "GET", Pattern: "/settings/fields/{id}", Verb: "access.settings", Handle: d.field},
		{Method: "POST", Pattern: "/settings/fields/{id}", Verb: "access.settings", Handle: d.save},
		{Method: "POST", Pattern: "/settings/fields/{id}/drop", Verb: "access.settings", Handle: d.drop},
		{Method: "GET", Pattern: "/talents/{id}/fields", Verb: "talent.edit", Handle: d.fill(custom.Talents)},
		{Method: "POST", Pattern: "/talents/{id}/fields", Verb: "talent.edit", Handle: d.keep(custom.Talents)},
		{Method: "GET", Pattern: "/clients/{id}/fields", Verb: "client.edit", Handle: d.fill(custom.Clients)},
		{Method: "POST", Pattern: "/clients/{id}/fields", Verb: "client.edit", Handle: d.keep(custom.Clients)},
	}
}

// fieldForm is a field as its form sends it; one choice a line.
type fieldForm struct {
	Version int64  `form:"version"`
	Of      string `form:"of"`
	Name    string `form:"name"`
	Kind    string `form:"kind"`
	Choices string `form:"choices"`
}

func (f fieldForm) field(id string) custom.Field {
	return custom.Field{ID: id, Of: custom.Of(f.Of), Name: f.Name, Kind: custom.Kind(f.Kind), Choices: strings.Split(f.Choices, "\n"), Version: f.Version}
}

type fieldsPage struct {
	Page    ui.Page
	Talents []custom.Field
	Clients []custom.Field
	Field   custom.Field // that is changed; without id a new one
	Form    fieldForm
	Errors  map[string]string
	Key     string
}

func (d rooms) fields(w http.ResponseWriter, r *http.Request) error {
	return d.showFields(w, r, http.StatusOK, fieldsPage{Form: fieldForm{Of: string(custom.Talents), Kind: string(custom.Text)}})
}

func (d rooms) showFields(w http.ResponseWriter, r *http.Request, status int, p fieldsPage) (err error) {
	if p.Talents, err = d.Custom.Fields(r.Context(), web.ActorOf(r), custom.Talents); err != nil {
		return err
	}
	if p.Clients, err = d.Custom.Fields(r.Context(), web.ActorOf(r), custom.Clients); err != nil {
		return err
	}
	p.Key = desk.NewKey(r)
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "settings", Title: locale.T(r.Context(), "custom.title")}); err != nil {
		return err
	}
	return web.Render(w, r, status, fieldsView(p))
}

func (d rooms) add(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[fieldForm](r)
	if err != nil {
		return err
	}
	_, err = d.Custom.Add(r.Context(), web.ActorOf(r), f.field(""))
	if errs, ok := web.Invalid(r, err); ok {
		return d.showFields(w, r, http.StatusUnprocessableEntity, fieldsPage{Form: f, Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/settings/fields", "custom.added", "name", f.Name)
}

// find gives a field that is in use.
func (d rooms) find(r *http.Request) (custom.Field, error) {
	for _, of := range []custom.Of{custom.Talents, custom.Clients} {
		list, err := d.Custom.Fields(r.Context(), web.ActorOf(r), of)
		if err != nil {
			return custom.Field{}, err
		}
		for _, f := range list {
			if f.ID == r.PathValue("id") {
				return f, nil
			}
		}
	}
	return custom.Field{}, db.ErrNotFound
}

func (d rooms) field(w http.ResponseWriter, r *http.Request) error {
	f, err := d.find(r)
	if err != nil {
		return err
	}
	return d.showFields(w, r, http.StatusOK, fieldsPage{Field: f, Form: fieldForm{f.Version, string(f.Of), f.Name, string(f.Kind), strings.Join(f.Choices, "\n")}})
}

func (d rooms) save(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[fieldForm](r)
	if err != nil {
		return err
	}
	field, err := d.find(r)
	if err != nil {
		return err
	}
	err = d.Custom.Edit(r.Context(), web.ActorOf(r), f.field(field.ID))
	if errs, ok := web.Invalid(r, err); ok {
		return d.showFields(w, r, http.StatusUnprocessableEntity, fieldsPage{Field: field, Form: f, Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/settings/fields", "custom.saved")
}

func (d rooms) drop(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[fieldForm](r)
	if err == nil {
		err = d.Custom.Drop(r.Context(), web.ActorOf(r), r.PathValue("id"), f.Version)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/settings/fields", "custom.dropped")
}

// fillPage is the form of one record's own fields.
type fillPage struct {
	Page   ui.Page
	Name   string
	Back   string
	Sheet  custom.Sheet
	Errors map[string]string
	Key    string
}

// name is the record's name, whose right is asked for.
func (d rooms) name(r *http.Request, of custom.Of) (string, error) {
	if of == custom.Clients {
		f, err := d.Client.Client(r.Context(), web.ActorOf(r), r.PathValue("id"))
		return f.Client.Name, err
	}
	f, err := d.Talent.Show(r.Context(), web.ActorOf(r), r.PathValue("id"))
	return f.Talent.Name, err
}

func (d rooms) fill(of custom.Of) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error { return d.showFill(w, r, of, http.StatusOK, nil) }
}

// showFill shows the form, with what was typed where it was refused.
func (d rooms) showFill(w http.ResponseWriter, r *http.Request, of custom.Of, status int, errs map[string]string) (err error) {
	p := fillPage{Back: strings.TrimSuffix(r.URL.Path, "/fields"), Errors: errs, Key: desk.NewKey(r)}
	if p.Name, err = d.name(r, of); err != nil {
		return err
	}
	if p.Sheet, err = d.Custom.Sheet(r.Context(), web.ActorOf(r), of, r.PathValue("id")); err != nil {
		return err
	}
	if errs != nil {
		p.Sheet.Values = desk.FieldsTyped(r.PostForm)
	}
	nav := string(of) + "s"
	p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: nav, Title: p.Name, Crumbs: []ui.Crumb{{Label: locale.T(r.Context(), "ui.nav."+nav), Href: "/" + nav}, {Label: p.Name, Href: p.Back}, {Label: locale.T(r.Context(), "custom.panel")}}})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, fillView(p))
}

func (d rooms) keep(of custom.Of) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := r.ParseForm(); err != nil {
			return err
		}
		err := d.Custom.Set(r.Context(), web.ActorOf(r), of, r.PathValue("id"), desk.FieldsTyped(r.PostForm))
		if errs, ok := web.Invalid(r, err); ok {
			return d.showFill(w, r, of, http.StatusUnprocessableEntity, errs)
		}
		if err != nil {
			return err
		}
		return web.SeeOther(w, r, strings.TrimSuffix(r.URL.Path, "/fields"), "custom.kept")
	}
}
