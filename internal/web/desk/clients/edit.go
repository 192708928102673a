package clients

import (
	"net/http"
	"strconv"
	"strings"

	"kolega/internal/client"
	"kolega/internal/country"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

type clientForm struct {
	Version      int64  `form:"version"`
	Name         string `form:"name"`
	LegalName    string `form:"legal_name"`
	Country      string `form:"country"`
	Zone         string `form:"zone"`
	Lang         string `form:"lang"`
	Address      string `form:"address"`
	TaxID        string `form:"tax_id"`
	PORequired   bool   `form:"po_required"`
	WithholdsPPh bool   `form:"withholds_pph23"`
	PaymentDays  string `form:"payment_days"`
	Note         string `form:"note"`
}

func (f clientForm) client(id string) client.Client {
	days, err := strconv.ParseInt(f.PaymentDays, 10, 64)
	if err != nil {
		days = -1 // refused by the slice as no number of days
	}
	return client.Client{ID: id, Version: f.Version, Name: f.Name, LegalName: f.LegalName, Country: f.Country, Zone: f.Zone, Lang: f.Lang, Address: f.Address,
		TaxID: f.TaxID, PORequired: f.PORequired, WithholdsPPh23: f.WithholdsPPh, PaymentDays: days, Note: f.Note}
}

func formOf(c client.Client) clientForm {
	return clientForm{Version: c.Version, Name: c.Name, LegalName: c.LegalName, Country: c.Country, Zone: c.Zone, Lang: c.Lang, Address: c.Address, TaxID: c.TaxID,
		PORequired: c.PORequired, WithholdsPPh: c.WithholdsPPh23, PaymentDays: strconv.FormatInt(c.PaymentDays, 10), Note: c.Note}
}

type editPage struct {
	Page      ui.Page
	ID        string // "" for a new client
	Title     string
	Form      clientForm
	Errors    map[string]string
	Countries []country.Country
	Key       string
}

func (d rooms) editPage(w http.ResponseWriter, r *http.Request, p editPage, status int) (err error) {
	p.Key = desk.NewKey(r)
	if p.Countries, err = d.Country.Countries(r.Context(), web.ActorOf(r)); err != nil {
		return err
	}
	if p.Title == "" {
		p.Title = locale.T(r.Context(), "client.new")
	}
	p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "clients", Title: p.Title,
		Crumbs: []ui.Crumb{{Label: locale.T(r.Context(), "ui.nav.clients"), Href: "/clients"}, {Label: p.Title}}})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, editView(p))
}

func (d rooms) newForm(w http.ResponseWriter, r *http.Request) error {
	f := clientForm{Country: "ID", Zone: "Asia/Jakarta", Lang: "id", PaymentDays: "30", WithholdsPPh: true}
	return d.editPage(w, r, editPage{Form: f}, http.StatusOK)
}

func (d rooms) add(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[clientForm](r)
	if err != nil {
		return err
	}
	c, err := d.Client.Add(r.Context(), web.ActorOf(r), f.client(""))
	if errs, ok := web.Invalid(r, err); ok {
		return d.editPage(w, r, editPage{Form: f, Errors: errs}, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/clients/"+c.ID, "client.added", "name", c.Name)
}

func (d rooms) editForm(w http.ResponseWriter, r *http.Request) error {
	f, err := d.Client.Client(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return d.editPage(w, r, editPage{ID: f.Client.ID, Title: f.Client.Name, Form: formOf(f.Client)}, http.StatusOK)
}

func (d rooms) edit(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[clientForm](r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	err = d.Client.Edit(r.Context(), web.ActorOf(r), f.client(id))
	if errs, ok := web.Invalid(r, err); ok {
		return d.editPage(w, r, editPage{ID: id, Title: f.Name, Form: f, Errors: errs}, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/clients/"+id, "client.saved")
}

type brandForm struct {
	Version  int64  `form:"version"`
	Name     string `form:"name"`
	Category string `form:"category"`
	Rivals   string `form:"rivals"`
}

// partPage is the form of a brand or of a contact.
type partPage struct {
	Page    ui.Page
	Client  client.Client
	ID      string // "new" for a new one
	Brand   brandForm
	Contact contactForm
	Copy    bool // may make a copy of the contact's data
	Errors  map[string]string
	Key     string
}

func (d rooms) partPage(w http.ResponseWriter, r *http.Request, p *partPage, title string) (err error) {
	p.Key = desk.NewKey(r)
	p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "clients", Title: title, Crumbs: []ui.Crumb{
		{Label: locale.T(r.Context(), "ui.nav.clients"), Href: "/clients"}, {Label: p.Client.Name, Href: "/clients/" + p.Client.ID}, {Label: title}}})
	return err
}

func (d rooms) showBrand(w http.ResponseWriter, r *http.Request, f brandForm, errs map[string]string) error {
	file, err := d.Client.Client(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	p := partPage{Client: file.Client, ID: r.PathValue("brand"), Brand: f, Errors: errs}
	title, status := locale.T(r.Context(), "client.brand.new"), http.StatusOK
	if errs != nil {
		status = http.StatusUnprocessableEntity
	}
	for _, b := range file.Brands {
		if b.ID == p.ID {
			title = b.Name
			if errs == nil {
				p.Brand = brandForm{Version: b.Version, Name: b.Name, Category: b.Category, Rivals: strings.Join(b.Rivals, ", ")}
			}
		}
	}
	if err := d.partPage(w, r, &p, title); err != nil {
		return err
	}
	return web.Render(w, r, status, brandView(p))
}

func (d rooms) brandForm(w http.ResponseWriter, r *http.Request) error {
	return d.showBrand(w, r, brandForm{}, nil)
}

func (d rooms) saveBrand(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[brandForm](r)
	if err != nil {
		return err
	}
	b := client.Brand{ID: r.PathValue("brand"), ClientID: r.PathValue("id"), Version: f.Version, Name: f.Name, Category: f.Category, Rivals: strings.Split(f.Rivals, ",")}
	if b.ID == "new" {
		_, err = d.Client.AddBrand(r.Context(), web.ActorOf(r), b)
	} else {
		err = d.Client.EditBrand(r.Context(), web.ActorOf(r), b)
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.showBrand(w, r, f, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/clients/"+b.ClientID, "client.brand.saved", "name", b.Name)
}

type contactForm struct {
	Version int64  `form:"version"`
	Name    string `form:"name"`
	Title   string `form:"title"`
	Email   string `form:"email"`
	Phone   string `form:"phone"`
	Lang    string `form:"lang"`
	Zone    string `form:"zone"`
}

func (d rooms) showContact(w http.ResponseWriter, r *http.Request, f contactForm, errs map[string]string) error {
	file, err := d.Client.Client(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	p := partPage{Client: file.Client, ID: r.PathValue("contact"), Contact: f, Errors: errs, Copy: web.ActorOf(r).Can("privacy.copy")}
	title, status := locale.T(r.Context(), "client.contact.new"), http.StatusOK
	if errs != nil {
		status = http.StatusUnprocessableEntity
	} else {
		p.Contact.Lang, p.Contact.Zone = file.Client.Lang, file.Client.Zone
	}
	for _, k := range file.Contacts {
		if k.ID == p.ID {
			title = k.Name
			if errs == nil {
				p.Contact = contactForm{Version: k.Version, Name: k.Name, Title: k.Title, Email: k.Email, Phone: k.Phone, Lang: k.Lang, Zone: k.Zone}
			}
		}
	}
	if err := d.partPage(w, r, &p, title); err != nil {
		return err
	}
	return web.Render(w, r, status, contactView(p))
}

func (d rooms) contactForm(w http.ResponseWriter, r *http.Request) error {
	return d.showContact(w, r, contactForm{}, nil)
}

func (d rooms) saveContact(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[contactForm](r)
	if err != nil {
		return err
	}
	k := client.Contact{ID: r.PathValue("contact"), ClientID: r.PathValue("id"), Version: f.Version, Name: f.Name, Title: f.Title, Email: f.Email, Phone: f.Phone, Lang: f.Lang, Zone: f.Zone}
	if k.ID == "new" {
		_, err = d.Client.AddContact(r.Context(), web.ActorOf(r), k)
	} else {
		err = d.Client.EditContact(r.Context(), web.ActorOf(r), k)
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.showContact(w, r, f, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/clients/"+k.ClientID, "client.contact.saved", "name", k.Name)
}

func (d rooms) markLeft(w http.ResponseWriter, r *http.Request) error {
	if err := d.Client.MarkLeft(r.Context(), web.ActorOf(r), r.PathValue("contact")); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/clients/"+r.PathValue("id"), "client.contact.left-noted")
}
