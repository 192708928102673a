package api

import (
	"context"
	"net/http"

	"kolega/internal/access"
	"kolega/internal/money"
	"kolega/internal/payout"
)

type providerOut struct {
	ID       string `json:"id"`
	Kind     string `json:"kind"`
	Mode     string `json:"mode"`
	Active   bool   `json:"active"`
	KeyEnd   string `json:"key_end" doc:"last characters of the key"`
	TestedAt string `json:"tested_at,omitempty"`
	TestCode string `json:"test_code,omitempty" doc:"code of the fault; empty when the test went well"`
	Balance  Amount `json:"balance"`
}

func providerWire(a payout.ProviderAccount) providerOut {
	out := providerOut{ID: a.ID, Kind: a.Kind, Mode: a.Mode, Active: a.Active, KeyEnd: a.SecretEnd, TestCode: a.TestCode, Balance: amount(a.Balance)}
	if !a.TestedAt.IsZero() {
		out.TestedAt = a.TestedAt.Format("2006-01-02T15:04:05Z07:00")
	}
	return out
}

type providerIn struct {
	Body struct {
		Kind     string `json:"kind" enum:"flip,xendit"`
		Currency string `json:"currency,omitempty"`
		Mode     string `json:"mode" enum:"live,test,sandbox"`
		Secret   string `json:"secret,omitempty" doc:"empty leaves the one that is kept"`
		Token    string `json:"token,omitempty"`
		Active   bool   `json:"active"`
		Version  int64  `json:"version" doc:"0 for a new account"`
	}
}

type dispatchIn struct {
	ID
	Body struct {
		Account string `json:"account"`
	}
}

type orderPartIn struct {
	ID
	Body struct {
		Part int64 `json:"part"`
	}
}

type orderDecideIn struct {
	ID
	Body struct {
		Part      int64  `json:"part"`
		Verdict   string `json:"verdict" enum:"landed,fell,rejected"`
		Reference string `json:"reference,omitempty"`
		Reason    string `json:"reason"`
	}
}

func registerProviders(a *API) {
	op(a, http.MethodGet, "/payout-providers", "payout.confirm", "Accounts at payment providers", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[providerOut], error) {
		found, err := a.Payout.ProviderAccounts(ctx, actor)
		return Page[providerOut]{Items: list(found, providerWire)}, err
	})
	op(a, http.MethodPut, "/payout-providers", "payout.provider", "Set an account up or change it", func(ctx context.Context, actor access.Actor, in *providerIn) (thingOut, error) {
		b := in.Body
		id, err := a.Payout.SaveProvider(ctx, actor, payout.EditProvider{Kind: b.Kind, Currency: money.Currency(b.Currency), Mode: b.Mode, Secret: b.Secret, Token: b.Token, Active: b.Active, Version: b.Version})
		return thingOut{id}, err
	})
	op(a, http.MethodPost, "/payout-providers/{id}/test", "payout.provider", "Ask the provider for its balance", func(ctx context.Context, actor access.Actor, in *ID) (providerOut, error) {
		acc, err := a.Payout.TestProvider(ctx, actor, in.ID)
		return providerWire(acc), err
	})
	op(a, http.MethodPost, "/payout-batches/{id}/dispatch", "payout.confirm", "Hand what is released to a provider", func(ctx context.Context, actor access.Actor, in *dispatchIn) (thingOut, error) {
		_, err := a.Payout.Dispatch(ctx, actor, in.ID.ID, in.Body.Account)
		return thingOut{in.ID.ID}, err
	})
	op(a, http.MethodPost, "/payout-attempts/{id}/ask", "payout.confirm", "Ask the provider about a transfer now", func(ctx context.Context, actor access.Actor, in *orderPartIn) (thingOut, error) {
		return thingOut{in.ID.ID}, a.Payout.AskNow(ctx, actor, in.ID.ID, in.Body.Part)
	})
	op(a, http.MethodPost, "/payout-attempts/{id}/decide", "payout.release", "Settle by the provider's statement what could not be found out", func(ctx context.Context, actor access.Actor, in *orderDecideIn) (thingOut, error) {
		b := in.Body
		return thingOut{in.ID.ID}, a.Payout.Decide(ctx, actor, in.ID.ID, b.Part, payout.Verdict(b.Verdict), b.Reference, b.Reason)
	})
}
