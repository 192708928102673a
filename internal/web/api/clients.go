package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/client"
)

// ClientIn is a client as given by a program. It is a whole: what is left out is emptied.
type ClientIn struct {
	Name           string `json:"name"`
	LegalName      string `json:"legal_name,omitempty"`
	Country        string `json:"country" doc:"ISO 3166-1 alpha-2" example:"ID"`
	Zone           string `json:"zone" doc:"IANA name" example:"Asia/Jakarta"`
	Lang           string `json:"lang" doc:"of its documents: id or en"`
	Address        string `json:"address,omitempty"`
	TaxID          string `json:"tax_id,omitempty"`
	PORequired     bool   `json:"po_required,omitempty"`
	WithholdsPPh23 bool   `json:"withholds_pph23,omitempty"`
	PaymentDays    int64  `json:"payment_days"`
	Note           string `json:"note,omitempty" doc:"internal"`
}

func (in ClientIn) client(id string, version int64) client.Client {
	return client.Client{ID: id, Version: version, Name: in.Name, LegalName: in.LegalName, Country: in.Country, Zone: in.Zone, Lang: in.Lang, Address: in.Address,
		TaxID: in.TaxID, PORequired: in.PORequired, WithholdsPPh23: in.WithholdsPPh23, PaymentDays: in.PaymentDays, Note: in.Note}
}

// ClientOut is a client as the agency keeps it.
type ClientOut struct {
	ID string `json:"id"`
	ClientIn
	Version int64 `json:"version"`
}

func clientWire(c client.Client) ClientOut {
	return ClientOut{c.ID, ClientIn{c.Name, c.LegalName, c.Country, c.Zone, c.Lang, c.Address, c.TaxID, c.PORequired, c.WithholdsPPh23, c.PaymentDays, c.Note}, c.Version}
}

type clientRoom struct {
	ClientOut
	Brands   []brandOut   `json:"brands"`
	Contacts []contactOut `json:"contacts"`
}

type clientsIn struct {
	PageIn
	Text string `query:"q" doc:"part of the name or of a brand's"`
}

func (a *API) listClients(ctx context.Context, actor access.Actor, in *clientsIn) (Page[ClientOut], error) {
	found, err := a.Client.Clients(ctx, actor, client.Page{Text: in.Text, After: unkey(in.After), Limit: in.Limit})
	p := Page[ClientOut]{Items: list(found, clientWire)}
	if n := len(found); n > 0 && n == in.Limit {
		p.Next = key(found[n-1].Key())
	}
	return p, err
}

type newClientIn struct{ Body ClientIn }

type editClientIn struct {
	ID
	Body struct {
		ClientIn
		Version int64 `json:"version" doc:"the version that was seen"`
	}
}

func (a *API) showClient(ctx context.Context, actor access.Actor, in *ID) (clientRoom, error) {
	f, err := a.Client.Client(ctx, actor, in.ID)
	return clientRoom{clientWire(f.Client), list(f.Brands, brandWire), list(f.Contacts, contactWire)}, err
}

// BrandIn is a brand as given by a program.
type BrandIn struct {
	ClientID string   `json:"client_id"`
	Name     string   `json:"name"`
	Category string   `json:"category,omitempty"`
	Rivals   []string `json:"rivals,omitempty"`
}

type brandOut struct {
	ID string `json:"id"`
	BrandIn
	Version int64 `json:"version"`
}

func brandWire(b client.Brand) brandOut {
	return brandOut{b.ID, BrandIn{b.ClientID, b.Name, b.Category, b.Rivals}, b.Version}
}

func (in BrandIn) brand(id string, version int64) client.Brand {
	return client.Brand{ID: id, ClientID: in.ClientID, Name: in.Name, Category: in.Category, Rivals: in.Rivals, Version: version}
}

type newBrandIn struct{ Body BrandIn }

type editBrandIn struct {
	ID
	Body struct {
		BrandIn
		Version int64 `json:"version"`
	}
}

type brandsIn struct {
	ClientID string `query:"client_id"`
}

// ContactIn is a person at a client's as given by a program.
type ContactIn struct {
	ClientID string `json:"client_id"`
	Name     string `json:"name"`
	Title    string `json:"title,omitempty"`
	Email    string `json:"email,omitempty"`
	Phone    string `json:"phone,omitempty" doc:"read in any usual form, kept as E.164"`
	Lang     string `json:"lang"`
	Zone     string `json:"zone"`
}

type contactOut struct {
	ID string `json:"id"`
	ContactIn
	LeftAt  *time.Time `json:"left_at"`
	Version int64      `json:"version"`
}

func contactWire(k client.Contact) contactOut {
	return contactOut{k.ID, ContactIn{k.ClientID, k.Name, k.Title, k.Email, k.Phone, k.Lang, k.Zone}, instant(k.LeftAt), k.Version}
}

func (in ContactIn) contact(id string, version int64) client.Contact {
	return client.Contact{ID: id, ClientID: in.ClientID, Name: in.Name, Title: in.Title, Email: in.Email, Phone: in.Phone, Lang: in.Lang, Zone: in.Zone, Version: version}
}

type newContactIn struct{ Body ContactIn }

type editContactIn struct {
	ID
	Body struct {
		ContactIn
		Version int64 `json:"version"`
	}
}

func registerClients(a *API) {
	op(a, http.MethodGet, "/clients", "client.see", "Clients by name", a.listClients)
	op(a, http.MethodPost, "/clients", "client.edit", "Enter a client", func(ctx context.Context, actor access.Actor, in *newClientIn) (ClientOut, error) {
		c, err := a.Client.Add(ctx, actor, in.Body.client("", 0))
		return clientWire(c), err
	})
	op(a, http.MethodGet, "/clients/{id}", "client.see", "A client with brands and contacts", a.showClient)
	op(a, http.MethodPut, "/clients/{id}", "client.edit", "Change a client", func(ctx context.Context, actor access.Actor, in *editClientIn) (clientRoom, error) {
		if err := a.Client.Edit(ctx, actor, in.Body.client(in.ID.ID, in.Body.Version)); err != nil {
			return clientRoom{}, err
		}
		return a.showClient(ctx, actor, &in.ID)
	})
	registerBrands(a)
	registerContacts(a)
}

func registerBrands(a *API) {
	op(a, http.MethodGet, "/brands", "client.see", "Brands of a client, or all", func(ctx context.Context, actor access.Actor, in *brandsIn) (Page[brandOut], error) {
		found, err := a.Client.Brands(ctx, actor, in.ClientID)
		return Page[brandOut]{Items: list(found, brandWire)}, err
	})
	op(a, http.MethodPost, "/brands", "client.edit", "Enter a brand of a client", func(ctx context.Context, actor access.Actor, in *newBrandIn) (brandOut, error) {
		b, err := a.Client.AddBrand(ctx, actor, in.Body.brand("", 0))
		return brandWire(b), err
	})
	op(a, http.MethodPut, "/brands/{id}", "client.edit", "Change a brand", func(ctx context.Context, actor access.Actor, in *editBrandIn) (done, error) {
		return done{true}, a.Client.EditBrand(ctx, actor, in.Body.brand(in.ID.ID, in.Body.Version))
	})
}

func registerContacts(a *API) {
	op(a, http.MethodGet, "/contacts", "client.see", "Contacts of a client", func(ctx context.Context, actor access.Actor, in *brandsIn) (Page[contactOut], error) {
		f, err := a.Client.Client(ctx, actor, in.ClientID)
		return Page[contactOut]{Items: list(f.Contacts, contactWire)}, err
	})
	op(a, http.MethodPost, "/contacts", "client.edit", "Enter a contact of a client", func(ctx context.Context, actor access.Actor, in *newContactIn) (contactOut, error) {
		k, err := a.Client.AddContact(ctx, actor, in.Body.contact("", 0))
		return contactWire(k), err
	})
	op(a, http.MethodPut, "/contacts/{id}", "client.edit", "Change a contact", func(ctx context.Context, actor access.Actor, in *editContactIn) (done, error) {
		return done{true}, a.Client.EditContact(ctx, actor, in.Body.contact(in.ID.ID, in.Body.Version))
	})
	op(a, http.MethodPost, "/contacts/{id}/left", "client.edit", "Note that a contact has left", func(ctx context.Context, actor access.Actor, in *ID) (done, error) {
		return done{true}, a.Client.MarkLeft(ctx, actor, in.ID)
	})
}
