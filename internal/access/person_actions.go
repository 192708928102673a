package access

import (
	"context"
	"strings"
	"time"

	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/secret"
)

// Service holds the use cases of people, sign-ins, links and tokens.
type Service struct {
	db       *db.DB
	box      *secret.Box
	sessions known[signedIn]
	links    known[Link]
	tokens   known[bearer]
}

// New makes the use cases; box seals the secrets of second factors.
func New(d *db.DB, box *secret.Box) *Service { return &Service{db: d, box: box} }

// NewPerson is what somebody tells of themselves on set-up or invitation. Hash may
// stand for a Password that was hashed before, when many people are made at once;
// no form fills it.
type NewPerson struct{ Email, Name, Password, Hash, Lang, Zone string }

func (n NewPerson) person(id string, role Role, now time.Time) (Person, error) {
	p := Person{ID: id, Email: foldEmail(n.Email), Name: strings.TrimSpace(n.Name), Role: role, Lang: n.Lang, Zone: n.Zone, Theme: "auto", MadeAt: now, Version: 1}
	return p, checkPerson(p.Email, p.Name, p.Lang, p.Zone).Err()
}

// hashPassword points a refused password at its field.
func hashPassword(ctx context.Context, n NewPerson) (string, error) {
	if n.Hash != "" && !secret.NeedsRehash(n.Hash) {
		return n.Hash, nil
	}
	hash, err := secret.HashPassword(ctx, n.Password)
	if f, ok := fault.As(err); ok {
		return "", f.At("password")
	}
	return hash, err
}

// NeedsSetUp tells whether nobody is in the house yet.
func (s *Service) NeedsSetUp(ctx context.Context) (bool, error) {
	var n int64
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) { n, err = countPeople(ctx, tx); return err })
	return n == 0, err
}

// SetUp makes the first person, a manager. It works once: afterwards the answer
// is NotFound "setup.done".
func (s *Service) SetUp(ctx context.Context, n NewPerson) (Person, error) {
	hash, err := hashPassword(ctx, n)
	if err != nil {
		return Person{}, err
	}
	var p Person
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if there, err := countPeople(ctx, tx); err != nil || there > 0 {
			return orElse(err, ErrSetUpDone)
		}
		if p, err = n.person(tx.NewID(), Manager, tx.Now()); err != nil {
			return err
		}
		p.password = hash
		if err := insertPerson(ctx, tx, p); err != nil {
			return err
		}
		return audit.Record(ctx, tx, p.Actor("web").Who, audit.Entry{Verb: "access.people", Subject: "person", ID: p.ID, After: summary(p)})
	})
	return p, err
}

// Invite makes a secret with which a new person joins in the given role, within
// seven days and once.
func (s *Service) Invite(ctx context.Context, actor Actor, email string, role Role) (token string, err error) {
	if err := actor.Require("access.invite", Owner{}); err != nil {
		return "", err
	}
	email = foldEmail(email)
	f := checkPerson(email, "-", actor.Lang, actor.Zone)
	if !role.Known() {
		f["role"] = "person.role"
	}
	if err := f.Err(); err != nil {
		return "", err
	}
	token, hash := secret.NewToken()
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := loadPersonByEmail(ctx, tx, email); err == nil {
			return ErrEmailTaken.At("email")
		}
		id := tx.NewID()
		if err := insertInvitation(ctx, tx, invitation{hash: hash, id: id, email: email, role: role, by: actor.ID, until: tx.Now().Add(inviteFor)}); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "access.invite", Subject: "invitation", ID: id, After: map[string]any{"email": email, "role": role}})
	})
	return token, err
}

// Invitation tells whom an invitation is for; NotFound when used, expired or unknown.
func (s *Service) Invitation(ctx context.Context, token string) (email string, role Role, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		i, err := loadInvitation(ctx, tx, secret.Hash(token))
		email, role = i.email, i.role
		return err
	})
	return email, role, err
}

// Join makes the invited person. The invitation's e-mail counts, not n's.
func (s *Service) Join(ctx context.Context, token string, n NewPerson) (Person, error) {
	hash, err := hashPassword(ctx, n)
	if err != nil {
		return Person{}, err
	}
	var p Person
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		i, err := loadInvitation(ctx, tx, secret.Hash(token))
		if err != nil {
			return err
		}
		n.Email = i.email
		if p, err = n.person(tx.NewID(), i.role, tx.Now()); err != nil {
			return err
		}
		p.password = hash
		if err := insertPerson(ctx, tx, p); err != nil {
			return err
		}
		if err := useInvitation(ctx, tx, i.hash); err != nil {
			return err
		}
		return audit.Record(ctx, tx, p.Actor("web").Who, audit.Entry{Verb: "access.people", Subject: "person", ID: p.ID, After: summary(p)})
	})
	return p, err
}

// EditPerson is what a manager may change of somebody.
type EditPerson struct {
	ID       string
	Version  int64
	Role     Role
	Disabled bool
}

// EditPerson changes somebody's role or lets them in or out. The last manager
// stays one (Conflict "person.last-manager"). Whoever is let out is signed out.
func (s *Service) EditPerson(ctx context.Context, actor Actor, e EditPerson) error {
	if err := actor.Require("access.people", Owner{}); err != nil {
		return err
	}
	if !e.Role.Known() {
		return fault.Field("role", "person.role")
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		p, err := LoadPerson(ctx, tx, e.ID)
		if err != nil {
			return err
		}
		before := summary(p)
		p.Version, p.Role = e.Version, e.Role
		switch {
		case e.Disabled && p.Active():
			p.DisabledAt = tx.Now()
		case !e.Disabled:
			p.DisabledAt = time.Time{}
		}
		if err := savePerson(ctx, tx, p); err != nil {
			return err
		}
		if n, err := countManagers(ctx, tx); err != nil || n == 0 {
			return orElse(err, ErrLastAdmin)
		}
		if !p.Active() {
			if err := endSessions(ctx, tx, p.ID, ""); err != nil {
				return err
			}
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "access.people", Subject: "person", ID: p.ID, Before: before, After: summary(p)})
	})
}

// EditSelf is what anybody may change of themselves.
type EditSelf struct{ Name, Lang, Zone, Theme string }

// EditSelf changes the actor's own name, language, zone and theme.
func (s *Service) EditSelf(ctx context.Context, actor Actor, e EditSelf) error {
	if err := actor.Require("access.self", Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		p, err := LoadPerson(ctx, tx, actor.ID)
		if err != nil {
			return err
		}
		f := checkPerson(p.Email, e.Name, e.Lang, e.Zone)
		if e.Theme != "auto" && e.Theme != "light" && e.Theme != "dark" {
			f["theme"] = "person.theme"
		}
		if err := f.Err(); err != nil {
			return err
		}
		before := summary(p)
		p.Name, p.Lang, p.Zone, p.Theme = e.Name, e.Lang, e.Zone, e.Theme
		if err := savePerson(ctx, tx, p); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "access.self", Subject: "person", ID: p.ID, Before: before, After: summary(p)})
	})
}

// People lists everybody of the agency.
func (s *Service) People(ctx context.Context, actor Actor) (out []Person, err error) {
	if err := actor.Require("access.self", Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = ListPeople(ctx, tx); return err })
	return out, err
}

func summary(p Person) map[string]any {
	return map[string]any{"name": p.Name, "email": p.Email, "role": p.Role, "lang": p.Lang, "zone": p.Zone, "active": p.Active(), "totp": p.HasTOTP}
}

// orElse gives the error that happened, or what its absence means.
func orElse(err, meaning error) error {
	if err != nil {
		return err
	}
	return meaning
}
