package talents

import (
	"context"
	"net/http"
	"strings"

	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

// form is a talent as its form sends it; lists are written with commas.
type form struct {
	Version       int64  `form:"version"`
	Name          string `form:"name"`
	Kind          string `form:"kind"`
	Country       string `form:"country"`
	City          string `form:"city"`
	Zone          string `form:"zone"`
	Lang          string `form:"lang"`
	Languages     string `form:"languages"`
	Currency      string `form:"currency"`
	TaxKind       string `form:"tax_kind"`
	Status        string `form:"status"`
	StatusReason  string `form:"status_reason"`
	Tags          string `form:"tags"`
	Categories    string `form:"categories"`
	BornOn        string `form:"born_on"`
	GuardianName  string `form:"guardian_name"`
	GuardianPhone string `form:"guardian_phone"`
	ManagerName   string `form:"manager_name"`
	ManagerPhone  string `form:"manager_phone"`
	Phone         string `form:"phone"`
	Email         string `form:"email"`
	Bio           string `form:"bio"`
	Note          string `form:"note"`
	Platform      string `form:"platform"` // of a new talent's first account
	Handle        string `form:"handle"`
}

func formOf(t talent.Talent) form {
	return form{Version: t.Version, Name: t.Name, Kind: string(t.Kind), Country: t.Country, City: t.City, Zone: t.Zone, Lang: t.Lang,
		Languages: strings.Join(t.Languages, ", "), Currency: string(t.Currency), TaxKind: string(t.TaxKind), Status: string(t.Status), StatusReason: t.StatusReason,
		Tags: strings.Join(t.Tags, ", "), Categories: strings.Join(t.Categories, ", "), BornOn: string(t.BornOn), GuardianName: t.GuardianName, GuardianPhone: t.GuardianPhone,
		ManagerName: t.ManagerName, ManagerPhone: t.ManagerPhone, Phone: t.Phone, Email: t.Email, Bio: t.Bio, Note: t.Note}
}

// over writes the form over what is on record. Phones and languages are read here,
// since people write them in many ways.
func (f form) over(t talent.Talent) (talent.Talent, map[string]string) {
	wrong := map[string]string{}
	blame := func(field string, err error) {
		if err != nil {
			wrong[field] = codeOf(err)
		}
	}
	t.Version, t.Name, t.Kind, t.City, t.Zone, t.Lang = f.Version, f.Name, talent.Kind(f.Kind), f.City, f.Zone, f.Lang
	t.Country = ""
	if f.Country != "" {
		code, ok := talent.CountryOf(f.Country)
		if t.Country = code; !ok {
			wrong["country"] = talent.FaultCountry.Code
		}
	}
	t.Currency, t.TaxKind, t.Status, t.StatusReason = money.Currency(f.Currency), talent.TaxKind(f.TaxKind), talent.Status(f.Status), f.StatusReason
	t.Tags, t.Categories = list(f.Tags), list(f.Categories)
	var err error
	t.Languages, err = talent.LanguagesOf(f.Languages)
	blame("languages", err)
	t.BornOn, t.GuardianName, t.ManagerName = worktime.Date(f.BornOn), f.GuardianName, f.ManagerName
	for _, p := range []struct {
		field, typed string
		to           *string
	}{{"phone", f.Phone, &t.Phone}, {"guardian_phone", f.GuardianPhone, &t.GuardianPhone}, {"manager_phone", f.ManagerPhone, &t.ManagerPhone}} {
		if *p.to = ""; p.typed != "" {
			*p.to, err = talent.PhoneOf(p.typed, t.Country)
			blame(p.field, err)
		}
	}
	t.Email, t.Bio, t.Note = f.Email, f.Bio, f.Note
	return t, wrong
}

func list(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' })
}

type editPage struct {
	Page   ui.Page
	New    bool
	ID     string
	Action string
	Form   form
	Errors map[string]string
	Key    string
}

func (p editPage) field(ctx context.Context, name, value string) ui.Field {
	return ui.Field{Name: name, Label: tr(ctx, "field."+name), Value: value, Error: p.Errors[name]}
}

func (d rooms) editPage(w http.ResponseWriter, r *http.Request, status int, f form, errs map[string]string) error {
	id := r.PathValue("id")
	p := editPage{New: id == "", ID: id, Action: r.URL.Path, Form: f, Errors: errs, Key: desk.NewKey(r)}
	title, crumbs := tr(r.Context(), "new.title"), []ui.Crumb{{Label: tr(r.Context(), "list.title"), Href: "/talents"}}
	if !p.New {
		title = f.Name
		crumbs = append(crumbs, ui.Crumb{Label: f.Name, Href: "/talents/" + id})
	}
	var err error
	p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "talents", Title: title, Crumbs: append(crumbs, ui.Crumb{Label: title})})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, editView(p))
}

func (d rooms) newForm(w http.ResponseWriter, r *http.Request) error {
	t := talent.Talent{Country: "ID"}.Normal()
	return d.editPage(w, r, http.StatusOK, formOf(t), nil)
}

func (d rooms) create(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[form](r)
	if err != nil {
		return err
	}
	t, wrong := f.over(talent.Talent{})
	if len(wrong) == 0 {
		t, err = d.Talent.Create(r.Context(), web.ActorOf(r), talent.NewTalent{Talent: t, Platform: talent.Platform(f.Platform), Handle: f.Handle})
		if err == nil {
			return web.SeeOther(w, r, "/talents/"+t.ID, "talent.toast.created", "name", t.Name)
		}
	}
	return d.refuse(w, r, f, wrong, err)
}

// refuse shows the form again with what is wrong.
func (d rooms) refuse(w http.ResponseWriter, r *http.Request, f form, wrong map[string]string, err error) error {
	if err != nil {
		errs, refused := web.Invalid(r, err)
		if !refused {
			return err
		}
		wrong = errs
	} else {
		wrong[""] = locale.T(r.Context(), "fault.form.invalid")
	}
	return d.editPage(w, r, http.StatusUnprocessableEntity, f, wrong)
}

func (d rooms) editForm(w http.ResponseWriter, r *http.Request) error {
	f, err := d.Talent.Show(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return d.editPage(w, r, http.StatusOK, formOf(f.Talent), nil)
}

func (d rooms) edit(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[form](r)
	if err != nil {
		return err
	}
	now, err := d.Talent.Show(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	t, wrong := f.over(now.Talent)
	if len(wrong) == 0 {
		if _, err = d.Talent.Edit(r.Context(), web.ActorOf(r), talent.EditTalent{Talent: t}); err == nil {
			return web.SeeOther(w, r, "/talents/"+t.ID, "talent.toast.saved")
		}
	}
	return d.refuse(w, r, f, wrong, err)
}
