package payout

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/secret"
)

// Provider is what can be asked of one account at a payment provider. Every call
// is bounded in time and size by who implements it. Send and Ask never fail:
// what cannot be understood is Silent.
type Provider interface {
	Send(ctx context.Context, in Instruction) Answer
	Ask(ctx context.Context, in Instruction) Answer
	Balance(ctx context.Context, c money.Currency) (money.Amount, error)
	Inquire(ctx context.Context, key string, to Target) (Inquiry, error)
	Channels(ctx context.Context, c money.Currency) ([]Channel, error)
	Read(c Callback, token secret.Hidden) (Hint, error)
	KeyLife() time.Duration // how long the provider surely keeps a key
}

// Providers are the accounts of a house and how they are opened.
type Providers struct {
	Box     *secret.Box
	Open    func(Credentials) (Provider, error)
	Sandbox bool // a stand-in is served, so that its mode may be chosen

	mu   sync.Mutex
	kept map[string]opened
}

type opened struct {
	version int64
	p       Provider
}

// Connect gives the service its way to providers; without it transfers are made by
// hand only.
func (s *Service) Connect(p *Providers) { s.providers = p }

// Connected says whether the house can talk to providers.
func (s *Service) Connected() bool { return s.providers != nil }

// SandboxServed says whether the stand-in may be chosen as a provider's mode.
func (s *Service) SandboxServed() bool { return s.providers != nil && s.providers.Sandbox }

func sealedFor(id, what string) string { return "payout-provider/" + id + "/" + what }

// open gives the provider of an account; one is kept for as long as the account is
// not changed.
func (s *Service) open(a ProviderAccount) (Provider, error) {
	ps := s.providers
	if ps == nil {
		return nil, ErrNoProvider
	}
	ps.mu.Lock()
	defer ps.mu.Unlock()
	if k, ok := ps.kept[a.ID]; ok && k.version == a.Version {
		return k.p, nil
	}
	key, err := ps.Box.Unseal(a.secretSealed, sealedFor(a.ID, "secret"))
	if err != nil {
		return nil, err
	}
	p, err := ps.Open(Credentials{Kind: a.Kind, Currency: a.Currency, Mode: a.Mode, Secret: secret.Hide(key)})
	if err != nil {
		return nil, err
	}
	if ps.kept == nil {
		ps.kept = map[string]opened{}
	}
	ps.kept[a.ID] = opened{a.Version, p}
	return p, nil
}

// EditProvider is a provider's account as typed. Empty secrets leave those that
// are kept.
type EditProvider struct {
	Kind     string
	Currency money.Currency
	Mode     string
	Secret   string
	Token    string // what its callbacks prove themselves with
	Active   bool
	Version  int64 // 0 for a new one
}

// SaveProvider keeps an account, its secrets sealed. Faults: payout.provider-*,
// conflict.changed.
func (s *Service) SaveProvider(ctx context.Context, actor access.Actor, in EditProvider) (id string, err error) {
	if err := actor.Require("payout.provider", access.Owner{}); err != nil {
		return "", err
	}
	if s.providers == nil {
		return "", ErrNoProvider
	}
	if in.Kind == KindFlip {
		in.Currency = money.CurrencyIDR
	}
	if err := CheckAccount(in.Kind, in.Currency, in.Mode, s.providers.Sandbox); err != nil {
		return "", err
	}
	id = AccountID(in.Kind, in.Currency)
	return id, s.db.Write(ctx, func(tx *db.Tx) error {
		a, err := loadProvider(ctx, tx, id)
		if err != nil && !errors.Is(err, db.ErrNotFound) {
			return err
		}
		a.ID, a.Kind, a.Currency, a.Mode, a.Active, a.Version = id, in.Kind, in.Currency, in.Mode, in.Active, in.Version
		a.ChangedAt, a.ChangedName = tx.Now(), actor.Name
		if err := s.sealInto(&a, strings.TrimSpace(in.Secret), strings.TrimSpace(in.Token)); err != nil {
			return err
		}
		if err := putProvider(ctx, tx, a); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "payout.provider", Subject: "payout-provider", ID: id, After: map[string]any{"mode": a.Mode, "active": a.Active, "new_secret": in.Secret != "", "new_token": in.Token != ""}})
	})
}

func (s *Service) sealInto(a *ProviderAccount, key, token string) (err error) {
	if key != "" {
		if a.secretSealed, err = s.providers.Box.Seal(key, sealedFor(a.ID, "secret")); err != nil {
			return err
		}
		a.SecretEnd = strings.TrimLeft(secret.Hide(key).Tail(4), "*")
	}
	if token != "" {
		if a.tokenSealed, err = s.providers.Box.Seal(token, sealedFor(a.ID, "token")); err != nil {
			return err
		}
	}
	f := fault.Fields{}
	if a.secretSealed == "" {
		f["secret"] = ErrSecret.Code
	}
	if a.tokenSealed == "" {
		f["token"] = ErrSecret.Code
	}
	return f.Err()
}

// ProviderAccounts lists the accounts for who may pay with them.
func (s *Service) ProviderAccounts(ctx context.Context, actor access.Actor) (list []ProviderAccount, err error) {
	if err := actor.Require("payout.confirm", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { list, err = listProviders(ctx, tx); return err })
	return list, err
}

// TestProvider asks a provider for its balance and keeps what came of it.
func (s *Service) TestProvider(ctx context.Context, actor access.Actor, id string) (a ProviderAccount, err error) {
	if err := actor.Require("payout.provider", access.Owner{}); err != nil {
		return a, err
	}
	if err := s.db.Read(ctx, func(tx *db.Tx) error { a, err = loadProvider(ctx, tx, id); return err }); err != nil {
		return a, err
	}
	p, err := s.open(a)
	if err != nil {
		return a, err
	}
	a.TestCode = ""
	balance, err := p.Balance(ctx, a.Currency)
	if err != nil {
		a.TestCode = fault.CodeOf(err)
	} else {
		a.Balance = balance
	}
	return a, s.db.Write(ctx, func(tx *db.Tx) error {
		a.TestedAt = tx.Now()
		if err := keepTest(ctx, tx, a); err != nil {
			return err
		}
		if err := heard(ctx, tx, a.ID, a.TestCode == ""); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "payout.provider", Subject: "payout-provider", ID: id, After: map[string]any{"tested": a.TestCode == "", "code": a.TestCode}})
	})
}
