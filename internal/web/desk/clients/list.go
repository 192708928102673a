package clients

import (
	"net/http"
	"net/url"
	"time"

	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

const pageSize = 50

type listPage struct {
	Page     ui.Page
	Text     string
	Rows     []clientRow
	NextHref string
	MayEdit  bool
	Quiet    []client.QuietClient
	View     string // "quiet": only those that should be called
}

type clientRow struct {
	client.Client
	Brands []string
	Open   int // campaigns under way
}

func (d rooms) list(w http.ResponseWriter, r *http.Request) error {
	actor, text := web.ActorOf(r), r.URL.Query().Get("q")
	found, err := d.Client.Clients(r.Context(), actor, client.Page{Text: text, After: r.URL.Query().Get("after"), Limit: pageSize})
	if err != nil {
		return err
	}
	p := listPage{Text: text, MayEdit: actor.Can("client.edit")}
	if found, err = d.quiet(r, &p, found); err != nil {
		return err
	}
	if p.Rows, err = d.rows(r, found); err != nil {
		return err
	}
	if len(found) == pageSize && p.View == "" {
		p.NextHref = "/clients?" + url.Values{"q": {text}, "after": {found[pageSize-1].Key()}}.Encode()
	}
	p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "clients", Title: locale.T(r.Context(), "client.list.title")})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, listView(p))
}

// quiet finds the clients that should be called, and shows only them when asked to.
func (d rooms) quiet(r *http.Request, p *listPage, found []client.Client) (_ []client.Client, err error) {
	if p.Quiet, err = d.Client.QuietClients(r.Context(), web.ActorOf(r)); err != nil || r.URL.Query().Get("view") != "quiet" {
		return found, err
	}
	p.View, found = "quiet", nil
	for _, q := range p.Quiet {
		found = append(found, q.Client)
	}
	return found, nil
}

// quietFor is how long a client was not met; zero when nobody need call.
func (p listPage) quietFor(id string) (last time.Time) {
	for _, q := range p.Quiet {
		if q.ID == id {
			last = q.Last
		}
	}
	return last
}

// rows puts brands and open campaigns beside each client.
func (d rooms) rows(r *http.Request, found []client.Client) ([]clientRow, error) {
	brands, err := d.Client.Brands(r.Context(), web.ActorOf(r), "")
	if err != nil {
		return nil, err
	}
	running, err := d.Campaign.Campaigns(r.Context(), web.ActorOf(r), campaign.Filter{Open: true, Limit: 500})
	if err != nil {
		return nil, err
	}
	rows := make([]clientRow, len(found))
	for i, c := range found {
		rows[i].Client = c
		for _, b := range brands {
			if b.ClientID == c.ID {
				rows[i].Brands = append(rows[i].Brands, b.Name)
			}
		}
		for _, k := range running {
			if k.ClientID == c.ID {
				rows[i].Open++
			}
		}
	}
	return rows, nil
}

type brandsPage struct {
	Page    ui.Page
	Brands  []client.Brand
	Clients map[string]string
}

func (d rooms) brands(w http.ResponseWriter, r *http.Request) error {
	var p brandsPage
	var err error
	if p.Brands, err = d.Client.Brands(r.Context(), web.ActorOf(r), ""); err != nil {
		return err
	}
	all, err := d.Client.Clients(r.Context(), web.ActorOf(r), client.Page{Limit: 500})
	if err != nil {
		return err
	}
	p.Clients = map[string]string{}
	for _, c := range all {
		p.Clients[c.ID] = c.Name
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "clients", Title: locale.T(r.Context(), "client.brands")}); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, brandsView(p))
}

// countryName is a country's name in the reader's language, "" when it has no profile.
func (d rooms) countryName(r *http.Request, code string) (string, error) {
	countries, err := d.Country.Countries(r.Context(), web.ActorOf(r))
	for _, c := range countries {
		if c.Code == code {
			return c.Name(web.ActorOf(r).Lang), err
		}
	}
	return "", err
}
