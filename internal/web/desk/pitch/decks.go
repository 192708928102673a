package pitch

import (
	"net/http"
	"slices"
	"strings"

	"kolega/internal/access"
	"kolega/internal/client"
	"kolega/internal/locale"
	"kolega/internal/pitch"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

type listPage struct {
	Page    ui.Page
	Rows    []pitch.Row
	MayEdit bool
}

func (d rooms) decks(w http.ResponseWriter, r *http.Request) (err error) {
	p := listPage{MayEdit: web.ActorOf(r).Can("deck.edit")}
	if p.Rows, err = d.Pitch.Decks(r.Context(), web.ActorOf(r), ""); err != nil {
		return err
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "decks", Title: locale.T(r.Context(), "deck.title"), Live: "everything"}); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, listView(p))
}

// stages are the groups of the list: what needs us first.
var stages = []pitch.Stage{pitch.StageApproval, pitch.StageApproved, pitch.StageRead, pitch.StageSent, pitch.StageDesign, pitch.StageOutline, pitch.StageWon, pitch.StageLost}

func (p listPage) of(s pitch.Stage) (out []pitch.Row) {
	for _, x := range p.Rows {
		if x.Stage == s {
			out = append(out, x)
		}
	}
	return out
}

type deckForm struct {
	Version int64  `form:"version"`
	Title   string `form:"title"`
	Lang    string `form:"lang"`
	Deal    string `form:"opportunity"`
	Owner   string `form:"owner"`
	Concept string `form:"concept"`
	Why     string `form:"why"`
	Learned string `form:"learned"`
}

func (f deckForm) deck(id string) pitch.Deck {
	return pitch.Deck{ID: id, Version: f.Version, Title: f.Title, Lang: f.Lang, DealID: f.Deal, OwnerID: f.Owner, Concept: f.Concept}
}

type editPage struct {
	Page   ui.Page
	ID     string // "" for a new one
	Form   deckForm
	Errors map[string]string
	Deals  []client.Deal
	People []access.Person
	Key    string
}

func (d rooms) editPage(w http.ResponseWriter, r *http.Request, status int, p editPage) (err error) {
	ctx, actor := r.Context(), web.ActorOf(r)
	p.Key = desk.NewKey(r)
	if p.Deals, err = d.Client.Pipeline(ctx, actor, client.DealFilter{}); err != nil {
		return err
	}
	if p.People, err = d.Access.People(ctx, actor); err != nil {
		return err
	}
	title := locale.T(ctx, "deck.new")
	if p.ID != "" {
		title = p.Form.Title
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "decks", Title: title, Crumbs: []ui.Crumb{{Label: locale.T(ctx, "deck.title"), Href: "/decks"}, {Label: title}}}); err != nil {
		return err
	}
	return web.Render(w, r, status, editView(p))
}

func (d rooms) newDeck(w http.ResponseWriter, r *http.Request) error {
	f := deckForm{Deal: r.URL.Query().Get("opportunity"), Lang: "id", Owner: web.ActorOf(r).ID}
	return d.editPage(w, r, http.StatusOK, editPage{Form: f})
}

func (d rooms) makeDeck(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[deckForm](r)
	if err != nil {
		return err
	}
	made, err := d.Pitch.NewDeck(r.Context(), web.ActorOf(r), f.deck(""))
	if errs, ok := web.Invalid(r, err); ok {
		return d.editPage(w, r, web.StatusOf(err), editPage{Form: f, Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/decks/"+made.ID, "deck.made")
}

func (d rooms) editDeck(w http.ResponseWriter, r *http.Request) error {
	s, err := d.Pitch.Deck(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	f := deckForm{Version: s.Deck.Version, Title: s.Title, Lang: s.Lang, Deal: s.DealID, Owner: s.OwnerID, Concept: s.Concept}
	return d.editPage(w, r, http.StatusOK, editPage{ID: s.ID, Form: f})
}

func (d rooms) saveDeck(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[deckForm](r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	err = d.Pitch.EditDeck(r.Context(), web.ActorOf(r), f.deck(id))
	if errs, ok := web.Invalid(r, err); ok {
		return d.editPage(w, r, web.StatusOf(err), editPage{ID: id, Form: f, Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/decks/"+id, "deck.saved")
}

type deckPage struct {
	Page     ui.Page
	Deck     pitch.Sheet
	Errors   map[string]string
	Form     deckForm
	Actor    access.Actor
	Key      string
	Designer []access.Person
	Design   designForm
}

func (d rooms) deck(w http.ResponseWriter, r *http.Request) error {
	return d.showDeck(w, r, http.StatusOK, deckPage{Design: designForm{Size: "16:9"}})
}

func (d rooms) showDeck(w http.ResponseWriter, r *http.Request, status int, p deckPage) (err error) {
	ctx := r.Context()
	p.Actor, p.Key = web.ActorOf(r), desk.NewKey(r)
	if p.Deck, err = d.Pitch.Deck(ctx, p.Actor, r.PathValue("id")); err != nil {
		return err
	}
	people, err := d.Access.People(ctx, p.Actor)
	if err != nil {
		return err
	}
	p.Designer = slices.DeleteFunc(people, func(x access.Person) bool { return x.Role != access.Designer || !x.Active() })
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "decks", Title: p.Deck.Title, Live: "everything",
		Crumbs: []ui.Crumb{{Label: locale.T(ctx, "deck.title"), Href: "/decks"}, {Label: p.Deck.Title}}}); err != nil {
		return err
	}
	return web.Render(w, r, status, deckView(p))
}

// act does something to a deck and answers with its page.
func (d rooms) act(w http.ResponseWriter, r *http.Request, toast string, do func(id string, f deckForm) error) error {
	f, err := web.Form[deckForm](r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	err = do(id, f)
	if errs, ok := web.Invalid(r, err); ok {
		return d.showDeck(w, r, web.StatusOf(err), deckPage{Errors: errs, Form: f, Design: designForm{Size: "16:9"}})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/decks/"+id, toast)
}

func (d rooms) ripen(w http.ResponseWriter, r *http.Request) error {
	return d.act(w, r, "deck.ripened", func(id string, _ deckForm) error { return d.Pitch.RipenConcept(r.Context(), web.ActorOf(r), id) })
}

func (d rooms) lesson(w http.ResponseWriter, r *http.Request) error {
	return d.act(w, r, "deck.saved", func(id string, f deckForm) error {
		return d.Pitch.KeepLesson(r.Context(), web.ActorOf(r), id, f.Learned)
	})
}

func (d rooms) propose(w http.ResponseWriter, r *http.Request) error {
	return d.act(w, r, "deck.proposed", func(id string, _ deckForm) error {
		_, err := d.Pitch.Propose(r.Context(), web.ActorOf(r), id)
		return err
	})
}

func (d rooms) approve(w http.ResponseWriter, r *http.Request) error {
	return d.act(w, r, "deck.is-approved", func(id string, _ deckForm) error {
		return d.Pitch.Approve(r.Context(), web.ActorOf(r), id, r.PathValue("version"))
	})
}

func (d rooms) refuse(w http.ResponseWriter, r *http.Request) error {
	return d.act(w, r, "deck.is-refused", func(id string, f deckForm) error {
		return d.Pitch.Refuse(r.Context(), web.ActorOf(r), id, r.PathValue("version"), f.Why)
	})
}

func (d rooms) revoke(w http.ResponseWriter, r *http.Request) error {
	return d.act(w, r, "deck.is-revoked", func(id string, _ deckForm) error {
		return d.Pitch.RevokeShare(r.Context(), web.ActorOf(r), id, r.PathValue("share"))
	})
}

func (d rooms) useTemplate(w http.ResponseWriter, r *http.Request) error {
	files, done, err := upload(w, r, "template")
	defer done()
	if err != nil {
		return err
	}
	return d.act(w, r, "deck.saved", func(id string, _ deckForm) error {
		if r.FormValue("drop") == "" && len(files) == 0 {
			return pitch.ErrTemplate
		}
		return d.Pitch.UseTemplate(r.Context(), web.ActorOf(r), id, first(files))
	})
}

type orderForm struct {
	Move  string `form:"move"`
	Order string `form:"order"`
}

// order puts parts into an order that was dragged, or moves one by its arrows.
func (d rooms) order(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[orderForm](r)
	if err != nil {
		return err
	}
	return d.act(w, r, "deck.ordered", func(id string, _ deckForm) error {
		way, part, one := strings.Cut(f.Move, ":")
		if one {
			return d.Pitch.MovePart(r.Context(), web.ActorOf(r), id, part, way == "up")
		}
		return d.Pitch.OrderParts(r.Context(), web.ActorOf(r), id, strings.Split(f.Order, ","))
	})
}
