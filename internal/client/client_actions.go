package client

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/country"
	"kolega/internal/db"
)

// Service holds the use cases of clients, brands and contacts.
type Service struct {
	db      *db.DB
	offered func(ctx context.Context, tx *db.Tx, clientID, agreementID string) error
}

// New makes the use cases.
func New(d *db.DB) *Service { return &Service{db: d} }

// Client gives a client with its brands and contacts, for the agency's people.
func (s *Service) Client(ctx context.Context, actor access.Actor, id string) (f File, err error) {
	if err := actor.Require("client.see", access.Owner{ClientID: id}); err != nil {
		return f, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if f.Client, err = LoadClient(ctx, tx, id); err != nil {
			return err
		}
		if f.Brands, err = ListBrands(ctx, tx, id); err != nil {
			return err
		}
		f.Contacts, err = ListContacts(ctx, tx, id)
		return err
	})
	return f, err
}

// File is a client with all that belongs to it.
type File struct {
	Client   Client
	Brands   []Brand
	Contacts []Contact
}

// Clients gives a page of clients by name.
func (s *Service) Clients(ctx context.Context, actor access.Actor, p Page) (out []Client, err error) {
	if err := actor.Require("client.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = ListClients(ctx, tx, p); return err })
	return out, err
}

// Brands lists the brands of a client, of all clients when the id is "".
func (s *Service) Brands(ctx context.Context, actor access.Actor, clientID string) (out []Brand, err error) {
	if err := actor.Require("client.see", access.Owner{ClientID: clientID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = ListBrands(ctx, tx, clientID); return err })
	return out, err
}

// Add enters a client. Faults: the form's, client.taken, country.unknown.
func (s *Service) Add(ctx context.Context, actor access.Actor, c Client) (Client, error) {
	if err := actor.Require("client.edit", access.Owner{}); err != nil {
		return c, err
	}
	if err := c.tidy(); err != nil {
		return c, err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := country.Load(ctx, tx, c.Country); err != nil {
			return country.ErrUnknown.With("code", c.Country).At("country")
		}
		c.ID, c.MadeAt, c.Version = tx.NewID(), tx.Now(), 1
		if err := insertClient(ctx, tx, c); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "client.edit", Subject: "client", ID: c.ID, Client: c.ID, After: c})
	})
	return c, err
}

// Edit changes a client. Faults: the form's, client.taken, conflict.changed.
func (s *Service) Edit(ctx context.Context, actor access.Actor, c Client) error {
	if err := actor.Require("client.edit", access.Owner{}); err != nil {
		return err
	}
	if err := c.tidy(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		before, err := LoadClient(ctx, tx, c.ID)
		if err != nil {
			return err
		}
		if _, err := country.Load(ctx, tx, c.Country); err != nil {
			return country.ErrUnknown.With("code", c.Country).At("country")
		}
		if taken, err := nameTaken(ctx, tx, c); err != nil || taken {
			return orElse(err, ErrNameTaken.With("name", c.Name).At("name"))
		}
		if err := saveClient(ctx, tx, c); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "client.edit", Subject: "client", ID: c.ID, Client: c.ID, Before: before, After: c})
	})
}

func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// AddBrand enters a brand of a client.
func (s *Service) AddBrand(ctx context.Context, actor access.Actor, b Brand) (Brand, error) {
	if err := actor.Require("client.edit", access.Owner{}); err != nil {
		return b, err
	}
	if err := b.tidy(); err != nil {
		return b, err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := LoadClient(ctx, tx, b.ClientID); err != nil {
			return err
		}
		b.ID, b.Version = tx.NewID(), 1
		if err := insertBrand(ctx, tx, b); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "client.edit", Subject: "brand", ID: b.ID, Client: b.ClientID, After: b})
	})
	return b, err
}

// EditBrand changes a brand; it stays with its client.
func (s *Service) EditBrand(ctx context.Context, actor access.Actor, b Brand) error {
	if err := actor.Require("client.edit", access.Owner{}); err != nil {
		return err
	}
	if err := b.tidy(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		before, err := LoadBrand(ctx, tx, b.ID)
		if err != nil {
			return err
		}
		others, err := ListBrands(ctx, tx, before.ClientID)
		if err != nil {
			return err
		}
		if sameName(others, b) {
			return ErrNameTaken.With("name", b.Name).At("name")
		}
		if err := saveBrand(ctx, tx, b); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "client.edit", Subject: "brand", ID: b.ID, Client: before.ClientID, Before: before, After: b})
	})
}

// AddContact enters a person at a client's.
func (s *Service) AddContact(ctx context.Context, actor access.Actor, c Contact) (Contact, error) {
	if err := actor.Require("client.edit", access.Owner{}); err != nil {
		return c, err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		of, err := LoadClient(ctx, tx, c.ClientID)
		if err != nil {
			return err
		}
		if err := c.tidy(of.Country); err != nil {
			return err
		}
		c.ID, c.Version = tx.NewID(), 1
		if err := insertContact(ctx, tx, c); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "client.edit", Subject: "contact", ID: c.ID, Client: c.ClientID, After: c.summary()})
	})
	return c, err
}

// EditContact changes a contact; the person stays with the client.
func (s *Service) EditContact(ctx context.Context, actor access.Actor, c Contact) error {
	if err := actor.Require("client.edit", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		before, err := LoadContact(ctx, tx, c.ID)
		if err != nil {
			return err
		}
		of, err := LoadClient(ctx, tx, before.ClientID)
		if err != nil {
			return err
		}
		c.ClientID, c.LeftAt = before.ClientID, before.LeftAt
		if err := c.tidy(of.Country); err != nil {
			return err
		}
		if err := saveContact(ctx, tx, c); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "client.edit", Subject: "contact", ID: c.ID, Client: c.ClientID,
			Before: before.summary(), After: c.summary()})
	})
}

// MarkLeft notes that a contact is no longer at the client's: nobody is asked
// there again. Fault: contact.left when that is known already.
func (s *Service) MarkLeft(ctx context.Context, actor access.Actor, id string) error {
	if err := actor.Require("client.edit", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		c, err := LoadContact(ctx, tx, id)
		if err != nil {
			return err
		}
		if !c.LeftAt.IsZero() {
			return ErrLeft
		}
		c.LeftAt = tx.Now()
		if err := saveContact(ctx, tx, c); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "client.edit", Subject: "contact", ID: id, Client: c.ClientID, Reason: "left"})
	})
}

// summary is what the trail keeps of a contact: how to reach the person is
// personal data and stays out of a trail that is never erased.
func (c Contact) summary() map[string]any {
	return map[string]any{"title": c.Title, "lang": c.Lang, "zone": c.Zone, "reachable": c.Email != "" || c.Phone != ""}
}

func sameName(others []Brand, b Brand) bool {
	for _, o := range others {
		if o.ID != b.ID && fold(o.Name) == fold(b.Name) {
			return true
		}
	}
	return false
}
