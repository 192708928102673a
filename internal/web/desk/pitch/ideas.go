package pitch

import (
	"net/http"

	"kolega/internal/client"
	"kolega/internal/idea"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

func (d rooms) ideaRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/ideas", Verb: "idea.see", Handle: d.boards},
		{Method: "POST", Pattern: "/ideas", Verb: "idea.edit", Handle: d.openBoard},
		{Method: "GET", Pattern: "/ideas/{id}", Verb: "idea.see", Handle: d.board},
		{Method: "POST", Pattern: "/ideas/{id}", Verb: "idea.edit", Handle: d.addIdea},
		{Method: "POST", Pattern: "/ideas/{id}/close", Verb: "idea.decide", Handle: d.closeBoard},
		{Method: "POST", Pattern: "/ideas/{id}/{idea}/vote", Verb: "idea.edit", Handle: d.vote},
		{Method: "POST", Pattern: "/ideas/{id}/{idea}/decide", Verb: "idea.decide", Handle: d.decide},
	}
}

type ideaForm struct {
	Title    string `form:"title"`
	Question string `form:"question"`
	Deal     string `form:"opportunity"`
	Body     string `form:"body"`
	Kind     string `form:"kind"`
	Links    string `form:"links"`
	Note     string `form:"note"`
	On       bool   `form:"on"`
	Decision string `form:"decision"`
	Why      string `form:"why"`
	Idea     string
}

type boardsPage struct {
	Page    ui.Page
	Boards  []idea.Sheet
	Deals   []client.Deal
	Form    ideaForm
	Errors  map[string]string
	MayEdit bool
	Key     string
}

func (d rooms) boards(w http.ResponseWriter, r *http.Request) error {
	return d.showBoards(w, r, http.StatusOK, boardsPage{Form: ideaForm{Deal: r.URL.Query().Get("opportunity")}})
}

func (d rooms) showBoards(w http.ResponseWriter, r *http.Request, status int, p boardsPage) (err error) {
	ctx, actor := r.Context(), web.ActorOf(r)
	p.MayEdit, p.Key = actor.Can("idea.edit"), desk.NewKey(r)
	if p.Boards, err = d.Idea.Boards(ctx, actor, ""); err != nil {
		return err
	}
	if actor.Can("opportunity.see") {
		if p.Deals, err = d.Client.Pipeline(ctx, actor, client.DealFilter{}); err != nil {
			return err
		}
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "decks", Title: locale.T(ctx, "idea.title"), Live: "everything"}); err != nil {
		return err
	}
	return web.Render(w, r, status, boardsView(p))
}

func (d rooms) openBoard(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[ideaForm](r)
	if err != nil {
		return err
	}
	b, err := d.Idea.OpenBoard(r.Context(), web.ActorOf(r), idea.Board{Title: f.Title, Question: f.Question, DealID: f.Deal})
	if errs, ok := web.Invalid(r, err); ok {
		return d.showBoards(w, r, web.StatusOf(err), boardsPage{Form: f, Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/ideas/"+b.ID, "idea.opened")
}

type boardPage struct {
	Page    ui.Page
	Board   idea.Sheet
	Trends  []client.Note // that an idea may ride on
	Today   worktime.Date
	Form    ideaForm
	Errors  map[string]string
	Me      string
	MayEdit bool
	Decides bool
	Key     string
}

func (d rooms) board(w http.ResponseWriter, r *http.Request) error {
	return d.showBoard(w, r, http.StatusOK, boardPage{Form: ideaForm{Kind: "kol"}})
}

func (d rooms) showBoard(w http.ResponseWriter, r *http.Request, status int, p boardPage) (err error) {
	ctx, actor := r.Context(), web.ActorOf(r)
	p.Me, p.MayEdit, p.Decides, p.Key = actor.ID, actor.Can("idea.edit"), actor.Can("idea.decide"), desk.NewKey(r)
	p.Today = worktime.DateOf(d.DB.Now(), locale.From(ctx).Zone)
	if p.Board, err = d.Idea.Board(ctx, actor, r.PathValue("id")); err != nil {
		return err
	}
	if p.Trends, err = d.Client.Watch(ctx, actor, client.NoteFilter{Kind: client.NoteTrend}); err != nil {
		return err
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "decks", Title: p.Board.Title, Live: "everything",
		Crumbs: []ui.Crumb{{Label: locale.T(ctx, "idea.title"), Href: "/ideas"}, {Label: p.Board.Title}}}); err != nil {
		return err
	}
	return web.Render(w, r, status, boardView(p))
}

// onBoard reads the form, does something and answers with the board.
func (d rooms) onBoard(w http.ResponseWriter, r *http.Request, toast string, do func(f ideaForm) error) error {
	f, err := web.Form[ideaForm](r)
	if err != nil {
		return err
	}
	f.Idea = r.PathValue("idea")
	err = do(f)
	if errs, ok := web.Invalid(r, err); ok {
		return d.showBoard(w, r, web.StatusOf(err), boardPage{Form: f, Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/ideas/"+r.PathValue("id"), toast)
}

func (d rooms) addIdea(w http.ResponseWriter, r *http.Request) error {
	return d.onBoard(w, r, "idea.added", func(f ideaForm) error {
		_, err := d.Idea.AddIdea(r.Context(), web.ActorOf(r), idea.Idea{BoardID: r.PathValue("id"), Title: f.Title, Body: f.Body, Kind: idea.Kind(f.Kind), Links: idea.Links(f.Links), NoteID: f.Note})
		return err
	})
}

func (d rooms) closeBoard(w http.ResponseWriter, r *http.Request) error {
	return d.onBoard(w, r, "idea.is-closed", func(ideaForm) error { return d.Idea.CloseBoard(r.Context(), web.ActorOf(r), r.PathValue("id")) })
}

func (d rooms) vote(w http.ResponseWriter, r *http.Request) error {
	return d.onBoard(w, r, "idea.voted", func(f ideaForm) error { return d.Idea.Vote(r.Context(), web.ActorOf(r), f.Idea, f.On) })
}

func (d rooms) decide(w http.ResponseWriter, r *http.Request) error {
	return d.onBoard(w, r, "idea.decided", func(f ideaForm) error {
		return d.Idea.Decide(r.Context(), web.ActorOf(r), f.Idea, idea.Decision(f.Decision), f.Why)
	})
}
