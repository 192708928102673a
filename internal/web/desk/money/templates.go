package money

import (
	"net/http"
	"strings"

	"kolega/internal/billing"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

func (d rooms) templateRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/agreement-templates", Verb: "agreement.see", Handle: d.templates},
		{Method: "GET", Pattern: "/agreement-templates/new", Verb: "agreement.template", Handle: d.newTemplate},
		{Method: "POST", Pattern: "/agreement-templates", Verb: "agreement.template", Handle: d.keepTemplate},
		{Method: "GET", Pattern: "/agreement-templates/{id}", Verb: "agreement.see", Handle: d.template},
		{Method: "POST", Pattern: "/agreement-templates/{id}", Verb: "agreement.template", Handle: d.keepTemplate},
		{Method: "POST", Pattern: "/agreement-templates/{id}/retire", Verb: "agreement.template", Handle: d.retireTemplate},
	}
}

func (d rooms) templates(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	list, err := d.Billing.Templates(ctx, web.ActorOf(r))
	if err != nil {
		return err
	}
	rows := []row{}
	for _, t := range list {
		state := ui.Status{Word: tr(ctx, "billing.template.used"), Meaning: ui.Good}
		if !t.RetiredAt.IsZero() {
			state = ui.Status{Word: tr(ctx, "billing.template.retired"), Meaning: ui.Neutral}
		}
		rows = append(rows, row{Cells: []cell{{First: t.Name, Second: t.MadeBy, Href: "/agreement-templates/" + t.ID}, {First: tr(ctx, "billing.lang."+t.Lang)},
			{First: dash(strings.Join(billing.Own(t.Body), ", "))}, {Status: state}}})
	}
	p := listPage{Title: tr(ctx, "billing.templates"), Tabs: tabs(ctx, "agreements"), Empty: ui.Empty{Title: tr(ctx, "billing.templates.none"), Text: tr(ctx, "billing.templates.none.text")},
		Grid: grid{Caption: tr(ctx, "billing.templates"), Cols: []ui.Col{{Label: tr(ctx, "billing.col.template")}, {Label: tr(ctx, "billing.field.lang")}, {Label: tr(ctx, "billing.col.own")}, {Label: tr(ctx, "billing.col.state")}}, Groups: []group{{Rows: rows}}}}
	if web.ActorOf(r).Can("agreement.template") {
		p.New = ui.Button{Label: tr(ctx, "billing.template.new"), Kind: ui.Primary, Icon: "plus", Href: "/agreement-templates/new"}
	}
	if p.Page, err = d.frame(w, r, p.Title, ui.Crumb{Label: tr(ctx, "billing.tab.agreements"), Href: "/agreements"}); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, listView(p))
}

type templateForm struct {
	Version int64  `form:"version"`
	Name    string `form:"name"`
	Lang    string `form:"lang"`
	Body    string `form:"body"`
}

type templatePage struct {
	Page    ui.Page
	ID      string
	Title   string
	Form    templateForm
	Retired bool
	Edit    bool
	Errors  map[string]string
	Key     string
}

func (d rooms) showTemplate(w http.ResponseWriter, r *http.Request, p templatePage, status int) (err error) {
	ctx := r.Context()
	p.Key, p.Edit = desk.NewKey(r), web.ActorOf(r).Can("agreement.template")
	if p.Title == "" {
		p.Title = tr(ctx, "billing.template.new")
	}
	if p.Page, err = d.frame(w, r, p.Title, ui.Crumb{Label: tr(ctx, "billing.tab.agreements"), Href: "/agreements"}, ui.Crumb{Label: tr(ctx, "billing.templates"), Href: "/agreement-templates"}); err != nil {
		return err
	}
	return web.Render(w, r, status, templateView(p))
}

func (d rooms) newTemplate(w http.ResponseWriter, r *http.Request) error {
	return d.showTemplate(w, r, templatePage{Form: templateForm{Lang: "id"}}, http.StatusOK)
}

func (d rooms) template(w http.ResponseWriter, r *http.Request) error {
	t, err := d.Billing.Template(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return d.showTemplate(w, r, templatePage{ID: t.ID, Title: t.Name, Retired: !t.RetiredAt.IsZero(), Form: templateForm{t.Version, t.Name, t.Lang, t.Body}}, http.StatusOK)
}

func (d rooms) keepTemplate(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[templateForm](r)
	if err != nil {
		return err
	}
	t, err := d.Billing.KeepTemplate(r.Context(), web.ActorOf(r), billing.Template{ID: r.PathValue("id"), Name: f.Name, Lang: f.Lang, Body: f.Body, Version: f.Version})
	if errs, ok := web.Invalid(r, err); ok {
		return d.showTemplate(w, r, templatePage{ID: t.ID, Title: f.Name, Form: f, Errors: errs}, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/agreement-templates", "billing.toast.saved")
}

func (d rooms) retireTemplate(w http.ResponseWriter, r *http.Request) error {
	if err := d.Billing.RetireTemplate(r.Context(), web.ActorOf(r), r.PathValue("id"), r.FormValue("off") != ""); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/agreement-templates", "billing.toast.saved")
}
