package pitch

import (
	"net/http"

	"kolega/internal/access"
	"kolega/internal/locale"
	"kolega/internal/pitch"
	"kolega/internal/web"
	"kolega/internal/web/deckpage"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

func (d rooms) designRoutes() []web.Route {
	return []web.Route{
		{Method: "POST", Pattern: "/decks/{id}/designs", Verb: "design.ask", Handle: d.askDesign},
		{Method: "GET", Pattern: "/designs", Verb: "design.see", Handle: d.designs},
		{Method: "GET", Pattern: "/designs/{id}", Verb: "design.see", Handle: d.design},
		{Method: "GET", Pattern: "/designs/{id}/assets/{sha}", Verb: "design.see", Handle: d.asset},
		{Method: "POST", Pattern: "/designs/{id}/deliver", Verb: "design.deliver", Handle: d.deliver},
		{Method: "POST", Pattern: "/designs/{id}/drop", Verb: "design.ask", Handle: d.dropDesign},
	}
}

type designForm struct {
	Designer string `form:"designer"`
	Due      string `form:"due"`
	Words    string `form:"words"`
	Size     string `form:"size"`
	Links    string `form:"links"`
	Why      string `form:"why"`
}

func (d rooms) askDesign(w http.ResponseWriter, r *http.Request) error {
	files, done, err := upload(w, r, "assets")
	defer done()
	if err != nil {
		return err
	}
	f, err := web.Form[designForm](r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	q, err := d.Pitch.AskDesign(r.Context(), web.ActorOf(r), pitch.NewRequest{Request: pitch.Request{DeckID: id, DesignerID: f.Designer, Words: f.Words, Size: pitch.Size(f.Size), Links: []string{f.Links}}, Due: f.Due, Files: files})
	if errs, ok := web.Invalid(r, err); ok {
		return d.showDeck(w, r, web.StatusOf(err), deckPage{Errors: errs, Design: f})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/designs/"+q.ID, "design.asked")
}

type designsPage struct {
	Page ui.Page
	List []pitch.RequestView
	Mine bool
}

func (d rooms) designs(w http.ResponseWriter, r *http.Request) (err error) {
	p := designsPage{Mine: web.ActorOf(r).Role == access.Designer}
	if p.List, err = d.Pitch.Designs(r.Context(), web.ActorOf(r)); err != nil {
		return err
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "decks", Title: locale.T(r.Context(), "design.title"), Live: "everything"}); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, designsView(p))
}

type designPage struct {
	Page    ui.Page
	Brief   pitch.Brief
	View    deckpage.View
	Errors  map[string]string
	Form    designForm
	Actor   access.Actor
	Key     string
	SeeDeck bool
}

func (d rooms) design(w http.ResponseWriter, r *http.Request) error {
	return d.showDesign(w, r, http.StatusOK, designPage{})
}

func (d rooms) showDesign(w http.ResponseWriter, r *http.Request, status int, p designPage) (err error) {
	p.Actor, p.Key = web.ActorOf(r), desk.NewKey(r)
	p.SeeDeck = p.Actor.Can("deck.see")
	if p.Brief, err = d.Pitch.Design(r.Context(), p.Actor, r.PathValue("id")); err != nil {
		return err
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "decks", Title: p.Brief.Deck,
		Crumbs: []ui.Crumb{{Label: locale.T(r.Context(), "design.title"), Href: "/designs"}, {Label: p.Brief.Deck}}}); err != nil {
		return err
	}
	return web.Render(w, r, status, designView(p))
}

func (d rooms) deliver(w http.ResponseWriter, r *http.Request) error {
	files, done, err := upload(w, r, "file")
	defer done()
	if err != nil {
		return err
	}
	_, err = d.Pitch.Deliver(r.Context(), web.ActorOf(r), r.PathValue("id"), first(files))
	if errs, ok := web.Invalid(r, err); ok {
		return d.showDesign(w, r, web.StatusOf(err), designPage{Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/designs/"+r.PathValue("id"), "design.delivered")
}

func (d rooms) dropDesign(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[designForm](r)
	if err != nil {
		return err
	}
	err = d.Pitch.DropDesign(r.Context(), web.ActorOf(r), r.PathValue("id"), f.Why)
	if errs, ok := web.Invalid(r, err); ok {
		return d.showDesign(w, r, web.StatusOf(err), designPage{Errors: errs, Form: f})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/designs/"+r.PathValue("id"), "design.is-dropped")
}

func (d rooms) asset(w http.ResponseWriter, r *http.Request) error {
	f, file, err := d.Pitch.Asset(r.Context(), web.ActorOf(r), r.PathValue("id"), r.PathValue("sha"))
	if err != nil {
		return err
	}
	return deckpage.SendFile(w, r, f, file.Name, file.Type)
}
