package messages

import (
	"net/http"
	"strings"

	"kolega/internal/access"
	"kolega/internal/locale"
	"kolega/internal/message"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

type templatesPage struct {
	Page  ui.Page
	Lang  string
	Lists map[access.Role][]message.Template
	Actor access.Actor
}

func (d rooms) templates(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p := templatesPage{Lang: r.FormValue("lang"), Lists: map[access.Role][]message.Template{}, Actor: web.ActorOf(r)}
	if p.Lang == "" {
		p.Lang = "id"
	}
	all, err := d.Message.Templates(ctx, p.Actor)
	if err != nil {
		return err
	}
	for _, t := range all {
		if t.Lang == p.Lang {
			p.Lists[t.Party] = append(p.Lists[t.Party], t)
		}
	}
	if p.Page, err = d.frame(w, r, tr(ctx, "templates"), ""); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, templatesView(p))
}

type templateForm struct {
	Subject string `form:"subject"`
	Text    string `form:"text"`
	WAName  string `form:"wa_name"`
	Version int64  `form:"version"`
	Act     string `form:"act"`
}

// templatePage is one text with its preview, filled with an example.
type templatePage struct {
	Page    ui.Page
	T       message.Template
	Preview string
	Missing string
	Errors  map[string]string
	Key     string
	May     bool
}

func (d rooms) template(w http.ResponseWriter, r *http.Request) error {
	t, err := d.Message.Template(r.Context(), web.ActorOf(r), access.Role(r.PathValue("party")), r.PathValue("kind"), r.PathValue("lang"))
	if err != nil {
		return err
	}
	return d.showTemplate(w, r, http.StatusOK, templatePage{T: t})
}

func (d rooms) showTemplate(w http.ResponseWriter, r *http.Request, status int, p templatePage) (err error) {
	ctx := r.Context()
	p.Key, p.May = desk.NewKey(r), web.ActorOf(r).Can("message.template")
	p.Preview, err = message.Fill(p.T.Text, exampleOf(p.T, web.ActorOf(r).Name))
	if err != nil {
		p.Missing = locale.From(ctx).Fault(err)
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "messages", Title: kindName(ctx, p.T), Crumbs: []ui.Crumb{{Label: tr(ctx, "title"), Href: "/messages"},
		{Label: tr(ctx, "templates"), Href: "/messages/templates?lang=" + p.T.Lang}, {Label: kindName(ctx, p.T)}}}); err != nil {
		return err
	}
	return web.Render(w, r, status, templateView(p))
}

// exampleOf fills a preview.
func exampleOf(t message.Template, sender string) map[string]string {
	l := locale.For(t.Lang, "")
	out := map[string]string{}
	for _, v := range message.Variables(t.Party, t.Kind) {
		out[v] = l.T("inbox.example." + v)
	}
	out["sender"], _, _ = strings.Cut(sender, " ")
	return out
}

func (d rooms) saveTemplate(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[templateForm](r)
	if err != nil {
		return err
	}
	t := message.Template{Party: access.Role(r.PathValue("party")), Kind: r.PathValue("kind"), Lang: r.PathValue("lang"), Subject: f.Subject, Text: f.Text, WAName: f.WAName, Version: f.Version}
	if f.Act == "preview" {
		return d.showTemplate(w, r, http.StatusOK, templatePage{T: t})
	}
	err = d.Message.SaveTemplate(r.Context(), web.ActorOf(r), t)
	if errs, ok := web.Invalid(r, err); ok {
		return d.showTemplate(w, r, web.StatusOf(err), templatePage{T: t, Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, r.URL.Path, "inbox.toast.template")
}

func (d rooms) restore(w http.ResponseWriter, r *http.Request) error {
	return d.templateAct(w, r, "inbox.toast.restored", func(t message.Template) error {
		return d.Message.RestoreTemplate(r.Context(), web.ActorOf(r), t)
	})
}

func (d rooms) propose(w http.ResponseWriter, r *http.Request) error {
	return d.templateAct(w, r, "inbox.toast.proposed", func(t message.Template) error {
		return d.Message.Propose(r.Context(), web.ActorOf(r), t.Party, t.Kind, t.Lang)
	})
}

func (d rooms) templateAct(w http.ResponseWriter, r *http.Request, toast string, act func(message.Template) error) error {
	t, err := d.Message.Template(r.Context(), web.ActorOf(r), access.Role(r.PathValue("party")), r.PathValue("kind"), r.PathValue("lang"))
	if err != nil {
		return err
	}
	err = act(t)
	if errs, ok := web.Invalid(r, err); ok {
		return d.showTemplate(w, r, web.StatusOf(err), templatePage{T: t, Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/messages/templates/"+string(t.Party)+"/"+t.Kind+"/"+t.Lang, toast)
}
