package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/billing"
	"kolega/internal/payout"
	"kolega/internal/worktime"
)

type weekOut struct {
	From      string    `json:"from" doc:"Monday"`
	ToReceive Amount    `json:"to_receive"`
	ToPay     Amount    `json:"to_pay"`
	Gap       Amount    `json:"gap" doc:"to receive less to pay"`
	Late      []lateOut `json:"late" doc:"whose lateness a shortfall is due to"`
}

type lateOut struct {
	ClientID string `json:"client_id"`
	Name     string `json:"name"`
	Amount   Amount `json:"amount"`
}

type forecastOut struct {
	Currency string    `json:"currency"`
	Weeks    []weekOut `json:"weeks"`
}

func forecastWire(f payout.Forecast) forecastOut {
	return forecastOut{string(f.Currency), list(f.Weeks, func(w payout.Week) weekOut {
		return weekOut{string(w.From), amount(w.ToReceive), amount(w.ToPay), amount(w.Balance), list(w.Late, func(g payout.Gap) lateOut { return lateOut{g.ClientID, f.Clients[g.ClientID], amount(g.Amount)} })}
	})}
}

type withheldOut struct {
	PayoutID string `json:"payout_id"`
	Talent   string `json:"talent"`
	Campaign string `json:"campaign"`
	Kind     string `json:"kind" doc:"pph21, pph23, pph26, …"`
	Gross    Amount `json:"gross"`
	Base     Amount `json:"base"`
	Tax      Amount `json:"tax"`
	Rule     string `json:"rule" doc:"the dated table it was reckoned by"`
	Proof    string `json:"proof_number,omitempty"`
}

type monthIn struct {
	Month string `query:"month" required:"true" example:"2026-11"`
}

type accountLineOut struct {
	At      time.Time `json:"at"`
	Cause   string    `json:"cause" doc:"invoice, receipt, match, credit-note, client-refund"`
	Note    string    `json:"note"`
	Back    bool      `json:"takes_back" doc:"it reverses an earlier entry"`
	Debit   Amount    `json:"debit"`
	Credit  Amount    `json:"credit"`
	Balance Amount    `json:"balance"`
}

type accountPartOut struct {
	Currency string           `json:"currency"`
	Opening  Amount           `json:"opening"`
	Lines    []accountLineOut `json:"lines"`
	Closing  Amount           `json:"closing"`
}

type clientAccountOut struct {
	From  string           `json:"from"`
	To    string           `json:"to"`
	Parts []accountPartOut `json:"parts" doc:"one a currency"`
}

func clientAccountWire(f billing.AccountFile) clientAccountOut {
	return clientAccountOut{string(f.From), string(f.To), list(f.Parts, func(p billing.ClientAccount) accountPartOut {
		return accountPartOut{string(p.Currency), amount(p.Opening), list(p.Lines, func(x billing.AccountLine) accountLineOut {
			return accountLineOut{x.At, x.Cause, x.Note, x.Back, amount(x.Debit), amount(x.Credit), amount(x.Balance)}
		}), amount(p.Closing)}
	})}
}

type clientAccountIn struct {
	ID
	From string `query:"from"`
	To   string `query:"to"`
}

type accountLinkIn struct {
	ID
	Body struct {
		ContactID string `json:"contact_id"`
	}
}

type pauseIn struct {
	ID
	Body struct {
		Until  string `json:"until,omitempty" doc:"reminders rest until this day; empty wakes them"`
		Reason string `json:"reason"`
	}
}

func registerWeeks(a *API) {
	op(a, http.MethodGet, "/cash-forecast", "payout.see", "What is to come and to go, week by week", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[forecastOut], error) {
		found, err := a.Payout.Forecast(ctx, actor)
		return Page[forecastOut]{Items: list(found, forecastWire)}, err
	})
	op(a, http.MethodGet, "/withholdings", "payout.prepare", "Taxes withheld in a month, for filing", func(ctx context.Context, actor access.Actor, in *monthIn) (Page[withheldOut], error) {
		m, err := a.Payout.TaxList(ctx, actor, in.Month)
		return Page[withheldOut]{Items: list(m.Lines, func(w payout.Withheld) withheldOut {
			return withheldOut{w.PayoutID, w.TalentName, w.CampaignName, w.Kind, amount(w.Gross), amount(w.Base), amount(w.Tax), w.RuleID, w.TaxProof}
		})}, err
	})
	op(a, http.MethodGet, "/clients/{id}/account", "invoice.see", "A client's statement of account", func(ctx context.Context, actor access.Actor, in *clientAccountIn) (clientAccountOut, error) {
		f, err := a.Billing.Account(ctx, actor, billing.AccountOf{ClientID: in.ID.ID, From: worktime.Date(in.From), To: worktime.Date(in.To)})
		return clientAccountWire(f), err
	})
	op(a, http.MethodPost, "/clients/{id}/account-links", "invoice.see", "Make the link by which a contact sees it", func(ctx context.Context, actor access.Actor, in *accountLinkIn) (linkOut, error) {
		token, until, err := a.Billing.AccountLink(ctx, actor, in.ID.ID, in.Body.ContactID)
		return linkOut{token, "/c/" + token + "/account", until}, err
	})
	op(a, http.MethodGet, "/my-account-statement", "invoice.read", "The statement of account of a client's room", func(ctx context.Context, actor access.Actor, _ *struct{}) (clientAccountOut, error) {
		f, err := a.Billing.RoomAccount(ctx, actor)
		return clientAccountWire(f), err
	})
	op(a, http.MethodPost, "/invoices/{id}/pause", "invoice.issue", "Let its reminders rest until a day", func(ctx context.Context, actor access.Actor, in *pauseIn) (thingOut, error) {
		return thingOut{in.ID.ID}, a.Billing.PauseReminders(ctx, actor, in.ID.ID, worktime.Date(in.Body.Until), in.Body.Reason)
	})
}
