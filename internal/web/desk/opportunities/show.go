package opportunities

import (
	"net/http"

	"kolega/internal/access"
	"kolega/internal/billing"
	"kolega/internal/client"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/pitch"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

type actForm struct {
	Result    string `form:"result"`
	Text      string `form:"text"`
	Doer      string `form:"doer"`
	Due       string `form:"due"`
	Stage     string `form:"stage"`
	Agreement string `form:"agreement"`
	Why       string `form:"why"`
	Note      string `form:"note"`
}

func (f actForm) step() client.Step { return client.Step{Text: f.Text, DoerID: f.Doer, Due: f.Due} }

type showPage struct {
	Page       ui.Page
	Deal       client.Deal
	Notes      []client.Note
	Agreements []billing.Agreement // of the client, offered or signed
	Decks      []pitch.Row
	People     []access.Person
	Form       actForm
	Errors     map[string]string
	Actor      access.Actor
	MayEdit    bool
	Key        string
}

func (d rooms) show(w http.ResponseWriter, r *http.Request) error {
	return d.showDeal(w, r, http.StatusOK, actForm{Doer: web.ActorOf(r).ID}, nil)
}

func (d rooms) showDeal(w http.ResponseWriter, r *http.Request, status int, f actForm, errs map[string]string) (err error) {
	actor := web.ActorOf(r)
	p := showPage{Form: f, Errors: errs, Actor: actor, MayEdit: actor.Can("opportunity.edit"), Key: desk.NewKey(r)}
	if p.Deal, err = d.Client.Deal(r.Context(), actor, r.PathValue("id")); err != nil {
		return err
	}
	if err := d.besideDeal(r, &p); err != nil {
		return err
	}
	title := p.Deal.Brand + ": " + p.Deal.Title
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "clients", Title: title,
		Crumbs: []ui.Crumb{{Label: locale.T(r.Context(), "opportunity.title"), Href: "/opportunities"}, {Label: title}}}); err != nil {
		return err
	}
	return web.Render(w, r, status, showView(p))
}

// besideDeal gathers what the acts on an opportunity choose from.
func (d rooms) besideDeal(r *http.Request, p *showPage) (err error) {
	ctx := r.Context()
	if p.Notes, err = d.Client.Watch(ctx, p.Actor, client.NoteFilter{DealID: p.Deal.ID}); err != nil {
		return err
	}
	if p.People, err = d.Access.People(ctx, p.Actor); err != nil {
		return err
	}
	if p.Actor.Can("deck.see") {
		if p.Decks, err = d.Pitch.Decks(ctx, p.Actor, p.Deal.ID); err != nil {
			return err
		}
	}
	if p.Deal.ClientID == "" || !p.Actor.Can("agreement.see") {
		return nil
	}
	all, err := d.Billing.Agreements(ctx, p.Actor, billing.AgreementFilter{ClientID: p.Deal.ClientID, Limit: 50})
	for _, a := range all {
		if a.WithdrawnAt.IsZero() && !a.OfferedAt.IsZero() {
			p.Agreements = append(p.Agreements, a)
		}
	}
	return err
}

// act reads the form of an act, does it, and answers.
func (d rooms) act(w http.ResponseWriter, r *http.Request, toast string, do func(id string, f actForm) error) error {
	f, err := web.Form[actForm](r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	err = do(id, f)
	if errs, ok := web.Invalid(r, err); ok {
		return d.showDeal(w, r, web.StatusOf(err), f, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/opportunities/"+id, toast)
}

func (d rooms) step(w http.ResponseWriter, r *http.Request) error {
	return d.act(w, r, "opportunity.stepped", func(id string, f actForm) error {
		return d.Client.NextStep(r.Context(), web.ActorOf(r), id, f.Result, f.step())
	})
}

func (d rooms) move(w http.ResponseWriter, r *http.Request) error {
	return d.act(w, r, "opportunity.moved", func(id string, f actForm) error {
		return d.Client.MoveOpportunity(r.Context(), web.ActorOf(r), id, client.Stage(f.Stage))
	})
}

func (d rooms) win(w http.ResponseWriter, r *http.Request) error {
	return d.act(w, r, "opportunity.won", func(id string, f actForm) error {
		return d.Client.WinOpportunity(r.Context(), web.ActorOf(r), id, f.Agreement)
	})
}

func (d rooms) lose(w http.ResponseWriter, r *http.Request) error {
	return d.act(w, r, "opportunity.lost", func(id string, f actForm) error {
		return d.Client.LoseOpportunity(r.Context(), web.ActorOf(r), id, client.LostWhy(f.Why), f.Note)
	})
}

func (d rooms) reopen(w http.ResponseWriter, r *http.Request) error {
	return d.act(w, r, "opportunity.reopened", func(id string, f actForm) error {
		return d.Client.ReopenOpportunity(r.Context(), web.ActorOf(r), id, f.step())
	})
}

// readValue reads an amount as typed; empty is none.
func readValue(r *http.Request, text, currency string) (money.Amount, error) {
	if text == "" {
		return money.New(0, money.Currency(currency)), nil
	}
	return money.Parse(text, money.Currency(currency), locale.From(r.Context()).Lang)
}
