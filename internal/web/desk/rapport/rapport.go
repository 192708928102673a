// Package rapport is the part of the staff app where clients are kept warm: greetings to
// look over and send, new talents that fit, the next conversation, and what came of them.
package rapport

import (
	"context"
	"net/http"
	"strings"

	"kolega/internal/client"
	"kolega/internal/locale"
	"kolega/internal/rapport"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/house"
	"kolega/internal/web/ui"
)

type rooms struct{ *house.House }

// Routes are the pages about keeping in touch.
func Routes(h *house.House) []web.Route {
	d := rooms{h}
	return []web.Route{
		{Method: "GET", Pattern: "/rapport", Verb: "rapport.see", Handle: d.board},
		{Method: "POST", Pattern: "/rapport/greetings", Verb: "rapport.edit", Handle: d.send},
		{Method: "POST", Pattern: "/rapport/batches/{batch}/back", Verb: "rapport.edit", Handle: d.back},
		{Method: "POST", Pattern: "/rapport/prompts/{prompt}", Verb: "rapport.edit", Handle: d.prompt},
		{Method: "POST", Pattern: "/rapport/results/{kind}/{id}", Verb: "rapport.edit", Handle: d.result},
		{Method: "GET", Pattern: "/rapport/contacts/{contact}", Verb: "rapport.see", Handle: d.choice},
		{Method: "POST", Pattern: "/rapport/contacts/{contact}", Verb: "rapport.edit", Handle: d.choose},
	}
}

func tr(ctx context.Context, key string, args ...any) string {
	return locale.T(ctx, "rapport."+key, args...)
}

type boardPage struct {
	Page   ui.Page
	Board  rapport.Board
	Typed  map[string]string // words by greeting, when the form came back
	Errors map[string]string
	May    bool
	Key    string
}

func (d rooms) board(w http.ResponseWriter, r *http.Request) error {
	return d.show(w, r, http.StatusOK, boardPage{})
}

func (d rooms) show(w http.ResponseWriter, r *http.Request, status int, p boardPage) (err error) {
	ctx, actor := r.Context(), web.ActorOf(r)
	p.Key, p.May = desk.NewKey(r), actor.Can("rapport.edit")
	if p.Board, err = d.Rapport.Board(ctx, actor); err != nil {
		return err
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "clients", Title: tr(ctx, "title"), Crumbs: []ui.Crumb{{Label: locale.T(ctx, "ui.nav.clients"), Href: "/clients"}, {Label: tr(ctx, "title")}}}); err != nil {
		return err
	}
	return web.Render(w, r, status, boardView(p))
}

// done answers an act: back to the board, or the board with what is wrong.
func (d rooms) done(w http.ResponseWriter, r *http.Request, err error, t web.Toast) error {
	if errs, ok := web.Invalid(r, err); ok {
		typed := map[string]string{}
		for name, v := range r.PostForm {
			if id, ok := strings.CutPrefix(name, "words-"); ok {
				typed[id] = v[0]
			}
		}
		return d.show(w, r, web.StatusOf(err), boardPage{Errors: errs, Typed: typed})
	}
	if err != nil {
		return err
	}
	return web.SeeOtherUndo(w, r, "/rapport", t)
}

// send sends the greetings that are ticked, or skips one.
func (d rooms) send(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return web.ErrForm
	}
	if id := r.PostFormValue("skip"); id != "" {
		return d.done(w, r, d.Rapport.DropGreeting(r.Context(), web.ActorOf(r), id), web.Toast{Key: "rapport.toast.skipped"})
	}
	var list []rapport.Text
	for _, id := range r.PostForm["send"] {
		list = append(list, rapport.Text{ID: id, Words: r.PostFormValue("words-" + id)})
	}
	batch, err := d.Rapport.SendGreetings(r.Context(), web.ActorOf(r), list)
	return d.done(w, r, err, web.Toast{Key: "rapport.toast.sent", Undo: "/rapport/batches/" + batch + "/back"})
}

func (d rooms) back(w http.ResponseWriter, r *http.Request) error {
	_, err := d.Rapport.TakeBack(r.Context(), web.ActorOf(r), r.PathValue("batch"))
	return d.done(w, r, err, web.Toast{Key: "rapport.toast.back"})
}

func (d rooms) prompt(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("prompt")
	if r.PostFormValue("act") == "dismiss" {
		return d.done(w, r, d.Rapport.Dismiss(r.Context(), web.ActorOf(r), id), web.Toast{Key: "rapport.toast.dismissed"})
	}
	out, err := d.Rapport.SendPrompt(r.Context(), web.ActorOf(r), id, r.PostFormValue("words"))
	return d.done(w, r, err, web.Toast{Key: "rapport.toast.prompt", Undo: "/messages/out/" + out + "/back"})
}

func (d rooms) result(w http.ResponseWriter, r *http.Request) error {
	err := d.Rapport.Say(r.Context(), web.ActorOf(r), r.PathValue("kind"), r.PathValue("id"), r.PostFormValue("result"))
	return d.done(w, r, err, web.Toast{Key: "rapport.toast.result"})
}

type choicePage struct {
	Page    ui.Page
	Contact client.Contact
	All     []rapport.Named
	Chosen  []string
	Errors  map[string]string
	May     bool
	Key     string
}

func (d rooms) choice(w http.ResponseWriter, r *http.Request) error {
	return d.showChoice(w, r, http.StatusOK, nil)
}

func (d rooms) showChoice(w http.ResponseWriter, r *http.Request, status int, errs map[string]string) error {
	ctx, actor := r.Context(), web.ActorOf(r)
	p := choicePage{Errors: errs, Key: desk.NewKey(r), May: actor.Can("rapport.edit")}
	c, all, chosen, err := d.Rapport.Chosen(ctx, actor, r.PathValue("contact"))
	if err != nil {
		return err
	}
	p.Contact, p.All = c, all
	for _, x := range chosen {
		p.Chosen = append(p.Chosen, x.Country+"/"+x.Occasion)
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "clients", Title: tr(ctx, "choose"), Crumbs: []ui.Crumb{{Label: locale.T(ctx, "ui.nav.clients"), Href: "/clients"}, {Label: c.Name, Href: "/clients/" + c.ClientID}, {Label: tr(ctx, "choose")}}}); err != nil {
		return err
	}
	return web.Render(w, r, status, choiceView(p))
}

func (d rooms) choose(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return web.ErrForm
	}
	err := d.Rapport.Choose(r.Context(), web.ActorOf(r), r.PathValue("contact"), r.PostForm["occasion"])
	if errs, ok := web.Invalid(r, err); ok {
		return d.showChoice(w, r, web.StatusOf(err), errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, r.URL.Path, "rapport.toast.chosen")
}
