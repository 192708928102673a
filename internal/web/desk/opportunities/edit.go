package opportunities

import (
	"net/http"

	"kolega/internal/access"
	"kolega/internal/client"
	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

type dealForm struct {
	Version  int64  `form:"version"`
	Client   string `form:"client"`
	Brand    string `form:"brand"`
	Title    string `form:"title"`
	Value    string `form:"value"`
	Currency string `form:"currency"`
	Source   string `form:"source"`
	Owner    string `form:"owner"`
	From     string `form:"from_on"`
	Stage    string `form:"stage"`
	Again    bool   `form:"again"`
	NoteID   string `form:"note_id"`
	Text     string `form:"text"` // of the first step
	Doer     string `form:"doer"`
	Due      string `form:"due"`
}

func (f dealForm) deal(r *http.Request, id string) (client.Opportunity, error) {
	o := client.Opportunity{ID: id, Version: f.Version, ClientID: f.Client, Brand: f.Brand, Title: f.Title, Source: client.Source(f.Source), OwnerID: f.Owner, FromOn: worktime.Date(f.From), Stage: client.Stage(f.Stage)}
	var err error
	o.Value, err = readValue(r, f.Value, f.Currency)
	if bad, ok := fault.As(err); ok {
		return o, bad.At("value")
	}
	return o, err
}

type editPage struct {
	Page    ui.Page
	ID      string // "" for a new one
	Form    dealForm
	Errors  map[string]string
	Same    bool // the refusal asks whether a second one is meant
	Clients []client.Client
	People  []access.Person
	Key     string
}

func (d rooms) editPage(w http.ResponseWriter, r *http.Request, status int, p editPage) (err error) {
	ctx, actor := r.Context(), web.ActorOf(r)
	p.Key, p.Same = desk.NewKey(r), p.Errors["brand"] == "opportunity.same"
	if p.Clients, err = d.Client.Clients(ctx, actor, client.Page{Limit: 500}); err != nil {
		return err
	}
	if p.People, err = d.Access.People(ctx, actor); err != nil {
		return err
	}
	title := locale.T(ctx, "opportunity.new")
	if p.ID != "" {
		title = p.Form.Title
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "clients", Title: title, Crumbs: []ui.Crumb{{Label: locale.T(ctx, "opportunity.title"), Href: "/opportunities"}, {Label: title}}}); err != nil {
		return err
	}
	return web.Render(w, r, status, editView(p))
}

func (d rooms) newForm(w http.ResponseWriter, r *http.Request) error {
	q, me := r.URL.Query(), web.ActorOf(r).ID
	f := dealForm{Client: q.Get("client"), Brand: q.Get("brand"), Owner: me, Doer: me, Currency: "IDR", Source: "existing", NoteID: q.Get("note")}
	if f.Client == "" {
		f.Source = "inbound"
	}
	if f.NoteID != "" {
		f.Source = "watch"
	}
	return d.editPage(w, r, http.StatusOK, editPage{Form: f})
}

func (d rooms) open(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[dealForm](r)
	if err != nil {
		return err
	}
	o, err := f.deal(r, "")
	if err == nil {
		o, err = d.enter(r, o, f)
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.editPage(w, r, web.StatusOf(err), editPage{Form: f, Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/opportunities/"+o.ID, "opportunity.opened")
}

func (d rooms) enter(r *http.Request, o client.Opportunity, f dealForm) (client.Opportunity, error) {
	step := client.Step{Text: f.Text, DoerID: f.Doer, Due: f.Due}
	if f.NoteID != "" {
		return d.Client.PursueNote(r.Context(), web.ActorOf(r), f.NoteID, o, step, f.Again)
	}
	return d.Client.OpenOpportunity(r.Context(), web.ActorOf(r), o, step, f.Again)
}

func (d rooms) editForm(w http.ResponseWriter, r *http.Request) error {
	o, err := d.Client.Deal(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	f := dealForm{Version: o.Version, Client: o.ClientID, Brand: o.Brand, Title: o.Title, Currency: string(o.Value.Currency), Source: string(o.Source), Owner: o.OwnerID, From: string(o.FromOn)}
	if f.Currency == "" {
		f.Currency = string(money.CurrencyIDR)
	}
	if o.Value.Minor != 0 {
		f.Value = o.Value.Decimal()
	}
	return d.editPage(w, r, http.StatusOK, editPage{ID: o.ID, Form: f})
}

func (d rooms) edit(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[dealForm](r)
	if err != nil {
		return err
	}
	o, err := f.deal(r, r.PathValue("id"))
	if err == nil {
		err = d.Client.EditOpportunity(r.Context(), web.ActorOf(r), o, f.Again)
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.editPage(w, r, web.StatusOf(err), editPage{ID: o.ID, Form: f, Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/opportunities/"+o.ID, "opportunity.saved")
}
