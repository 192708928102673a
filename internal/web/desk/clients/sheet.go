package clients

import (
	"net/http"

	"kolega/internal/access"
	"kolega/internal/billing"
	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/custom"
	"kolega/internal/db"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/report"
	"kolega/internal/review"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

// showPage is a client at one glance: what prepares a call in a minute.
type showPage struct {
	Page      ui.Page
	File      client.File
	Country   string
	Campaigns []campaign.Campaign
	Boards    map[string]*report.Board // of the newest campaigns, by id
	Care      client.Tended
	Own       custom.Sheet // the agency's own fields
	Deals     []client.Deal
	Owed      []owed
	SeesMoney bool
	Goodwill  []money.Amount
	People    []access.Person
	Actor     access.Actor
	MayEdit   bool
	MayStart  bool
	Log       logForm
	Look      lookForm
	Issue     issueForm
	Errors    map[string]string
	Key       string
}

// owed is what a client owes in one currency, and how much of it is late.
type owed struct{ All, Late money.Amount }

// mostBoards are the campaigns whose figures are shown.
const mostBoards = 6

func (d rooms) show(w http.ResponseWriter, r *http.Request) error {
	return d.showClient(w, r, http.StatusOK, nil, nil)
}

// showClient shows the page, with a refused form where there is one.
func (d rooms) showClient(w http.ResponseWriter, r *http.Request, status int, errs map[string]string, refused func(*showPage)) (err error) {
	actor := web.ActorOf(r)
	p := showPage{Actor: actor, MayEdit: actor.Can("client.edit"), MayStart: actor.Can("campaign.start"), SeesMoney: actor.Can("invoice.see"), Key: desk.NewKey(r), Errors: errs}
	if p.File, err = d.Client.Client(r.Context(), actor, r.PathValue("id")); err != nil {
		return err
	}
	if p.Care, err = d.Client.Tended(r.Context(), actor, p.File.Client.ID); err != nil {
		return err
	}
	if p.Own, err = d.Custom.Sheet(r.Context(), actor, custom.Clients, p.File.Client.ID); err != nil {
		return err
	}
	for _, gather := range []func(*http.Request, *showPage) error{d.work, d.next, d.debts} {
		if err := gather(r, &p); err != nil {
			return err
		}
	}
	p.fill(d.DB.Now())
	if refused != nil {
		refused(&p)
	}
	p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "clients", Title: p.File.Client.Name,
		Crumbs: []ui.Crumb{{Label: locale.T(r.Context(), "ui.nav.clients"), Href: "/clients"}, {Label: p.File.Client.Name}}})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, showView(p))
}

// work gathers the campaigns, where the newest stand, and what was given free.
func (d rooms) work(r *http.Request, p *showPage) (err error) {
	if p.Country, err = d.countryName(r, p.File.Client.Country); err != nil {
		return err
	}
	if p.Campaigns, err = d.Campaign.Campaigns(r.Context(), p.Actor, campaign.Filter{ClientID: p.File.Client.ID, Limit: 100}); err != nil {
		return err
	}
	p.Boards = map[string]*report.Board{}
	for i, c := range p.Campaigns {
		if i == mostBoards {
			break
		}
		if p.Boards[c.ID], err = d.Boards.Board(r.Context(), p.Actor, c.ID); err != nil {
			return err
		}
	}
	return d.DB.Read(r.Context(), func(tx *db.Tx) error {
		p.Goodwill, err = review.GoodwillToClient(r.Context(), tx, p.File.Client.ID)
		return err
	})
}

// next gathers what may come: opportunities, and who can be given something.
func (d rooms) next(r *http.Request, p *showPage) (err error) {
	if p.People, err = d.Access.People(r.Context(), p.Actor); err != nil || !p.Actor.Can("opportunity.see") {
		return err
	}
	p.Deals, err = d.Client.Pipeline(r.Context(), p.Actor, client.DealFilter{ClientID: p.File.Client.ID})
	return err
}

// debts sums what is open on issued invoices.
func (d rooms) debts(r *http.Request, p *showPage) error {
	if !p.SeesMoney {
		return nil
	}
	today, err := d.Billing.Today(r.Context())
	if err != nil {
		return err
	}
	lines, err := d.Billing.Invoices(r.Context(), p.Actor, billing.InvoiceFilter{ClientID: p.File.Client.ID, Issued: true, Unpaid: true, Limit: 500})
	for _, x := range lines {
		late := money.New(0, x.Balance.Currency)
		if x.Invoice.DueOn.Before(today) {
			late = x.Balance
		}
		p.owe(x.Balance, late)
	}
	return err
}

func (p *showPage) owe(balance, late money.Amount) {
	for i, o := range p.Owed {
		all, err := o.All.Add(balance)
		if err != nil {
			continue // another currency
		}
		if sum, err := o.Late.Add(late); err == nil {
			p.Owed[i] = owed{all, sum}
		}
		return
	}
	if balance.Minor != 0 {
		p.Owed = append(p.Owed, owed{balance, late})
	}
}
