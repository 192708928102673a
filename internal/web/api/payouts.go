package api

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"strings"

	"kolega/internal/access"
	"kolega/internal/payout"
	"kolega/internal/talent"
	"kolega/internal/web"
	"kolega/internal/worktime"
)

type payoutOut struct {
	ID         string `json:"id"`
	BookingID  string `json:"booking_id"`
	TalentID   string `json:"talent_id"`
	CampaignID string `json:"campaign_id"`
	Milestone  string `json:"milestone"`
	Fee        Amount `json:"fee"`
	TaxKind    string `json:"tax_kind,omitempty"`
	Tax        Amount `json:"tax"`
	Left       Amount `json:"outstanding"`
	State      string `json:"state"`
	DueOn      string `json:"due_on,omitempty"`
}

func payoutWire(l payout.Line) payoutOut {
	return payoutOut{l.ID, l.BookingID, l.TalentID, l.CampaignID, string(l.Milestone), amount(l.Fee), l.Preview.Kind, amount(l.Preview.Tax), amount(l.Outstanding), string(l.State), string(l.DueOn)}
}

type payoutsIn struct {
	CampaignID string `query:"campaign_id"`
	TalentID   string `query:"talent_id"`
}

type prepareIn struct {
	Body struct {
		IDs         []string          `json:"ids"`
		NameReasons map[string]string `json:"name_reasons,omitempty"`
	}
}

type attemptOut struct {
	ID        string `json:"id"`
	PayoutID  string `json:"payout_id"`
	Amount    Amount `json:"amount"`
	Transfers int    `json:"transfers"`
}

type batchOut struct {
	ID       string       `json:"id"`
	Number   string       `json:"number"`
	Attempts []attemptOut `json:"attempts"`
	Refused  []string     `json:"refused,omitempty" doc:"payouts that were not ready"`
}

func batchWire(b payout.Batch) batchOut {
	return batchOut{b.ID, b.Number, list(b.Attempts, func(x payout.Attempt) attemptOut { return attemptOut{x.ID, x.PayoutID, amount(x.Amount), len(x.Parts)} }), nil}
}

type releaseIn struct {
	ID
	Body struct {
		Refuse map[string]string `json:"refuse,omitempty" doc:"attempt id to reason"`
	}
}

type sentIn struct {
	ID
	Body struct {
		Part       int64   `json:"part"`
		Reference  string  `json:"reference"`
		Account    string  `json:"account"`
		Debit      *Amount `json:"debit,omitempty"`
		Fee        *Amount `json:"fee,omitempty"`
		Rate       string  `json:"rate,omitempty"`
		RateSource string  `json:"rate_source,omitempty"`
		Proof      string  `json:"proof,omitempty" doc:"the bank's slip, base64"`
		ProofName  string  `json:"proof_name,omitempty"`
	}
}

type transferIn struct {
	ID
	Body struct {
		Part   int64   `json:"part"`
		Back   *Amount `json:"back,omitempty"`
		Reason string  `json:"reason,omitempty"`
	}
}

type holdIn struct {
	ID
	Body struct {
		Reason string `json:"reason" enum:"deliverable,insights,account,dispute,cash"`
		Until  string `json:"until"`
		Note   string `json:"note,omitempty"`
	}
}

type decideIn struct {
	ID
	Body struct {
		How    string  `json:"how" enum:"settle,waive,cancel"`
		Amount *Amount `json:"amount,omitempty"`
		Reason string  `json:"reason"`
	}
}

// mineOut is a payout as its talent sees it.
type mineOut struct {
	ID        string `json:"id"`
	Milestone string `json:"milestone"`
	Fee       Amount `json:"fee"`
	Tax       Amount `json:"tax"`
	Net       Amount `json:"net"`
	State     string `json:"state"`
	DueOn     string `json:"due_on,omitempty"`
}

type bankAccountIn struct {
	Body struct {
		Code      string `json:"code"`
		Method    string `json:"method" enum:"bank,ewallet,abroad"`
		Bank      string `json:"bank"`
		Number    string `json:"number"`
		Name      string `json:"account_name"`
		TaxNumber string `json:"tax_number,omitempty"`
	}
}

type wordCodeIn struct {
	Body struct {
		Code string `json:"code"`
	}
}

func registerPayouts(a *API) {
	op(a, http.MethodGet, "/payouts", "payout.see", "Payouts, the oldest due first", func(ctx context.Context, actor access.Actor, in *payoutsIn) (Page[payoutOut], error) {
		found, err := a.Payout.Payouts(ctx, actor, payout.Filter{CampaignID: in.CampaignID, TalentID: in.TalentID, Limit: 1000})
		return Page[payoutOut]{Items: list(found, payoutWire)}, err
	})
	op(a, http.MethodGet, "/payouts/{id}", "payout.see", "A payout", func(ctx context.Context, actor access.Actor, in *ID) (payoutOut, error) {
		l, err := a.Payout.Payout(ctx, actor, in.ID)
		return payoutWire(l), err
	})
	op(a, http.MethodPost, "/payout-batches", "payout.prepare", "Prepare payouts together", func(ctx context.Context, actor access.Actor, in *prepareIn) (batchOut, error) {
		out, err := a.Payout.Prepare(ctx, actor, payout.PrepareRequest{IDs: in.Body.IDs, NameReasons: in.Body.NameReasons})
		b := batchWire(out.Batch)
		for id := range out.Refused {
			b.Refused = append(b.Refused, id)
		}
		return b, err
	})
	op(a, http.MethodPost, "/payout-batches/{id}/release", "payout.release", "Release them, by another person", func(ctx context.Context, actor access.Actor, in *releaseIn) (thingOut, error) {
		_, err := a.Payout.Release(ctx, actor, in.ID.ID, in.Body.Refuse)
		return thingOut{in.ID.ID}, err
	})
	op(a, http.MethodPost, "/payouts/{id}/hold", "payout.hold", "Hold it for a fixed reason", func(ctx context.Context, actor access.Actor, in *holdIn) (thingOut, error) {
		return thingOut{in.ID.ID}, a.Payout.Hold(ctx, actor, in.ID.ID, payout.HoldReason(in.Body.Reason), worktime.Date(in.Body.Until), in.Body.Note)
	})
	op(a, http.MethodPost, "/payouts/{id}/decide", "payout.settle", "Settle, waive or cancel", a.decidePayout)
	a.raw(http.MethodPost, "/payout-batches/{id}/file", a.bankFile)
	registerTransfers(a)
	registerProviders(a)
	registerMyMoney(a)
}

// bankFile gives the orders to the bank; the look at account numbers is kept in the trail.
func (a *API) bankFile(w http.ResponseWriter, r *http.Request) error {
	var b bytes.Buffer
	name, err := a.Payout.BankFile(r.Context(), web.ActorOf(r), r.PathValue("id"), r.URL.Query().Get("format"), &b)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name))
	w.Header().Set("Cache-Control", "private, no-store")
	_, err = w.Write(b.Bytes())
	return err
}

func registerTransfers(a *API) {
	op(a, http.MethodPost, "/payout-attempts/{id}/sent", "payout.confirm", "Record a transfer as sent", func(ctx context.Context, actor access.Actor, in *sentIn) (thingOut, error) {
		b := in.Body
		s := payout.Sending{Part: b.Part, Reference: b.Reference, Account: b.Account, Rate: b.Rate, RateSource: b.RateSource}
		if b.Debit != nil {
			s.Debit = b.Debit.money()
		}
		if b.Fee != nil {
			s.Fee = b.Fee.money()
		}
		var proof io.Reader
		if b.Proof != "" {
			proof = base64.NewDecoder(base64.StdEncoding, strings.NewReader(b.Proof))
		}
		return thingOut{in.ID.ID}, a.Payout.RecordSent(ctx, actor, in.ID.ID, s, b.ProofName, proof)
	})
	op(a, http.MethodPost, "/payout-attempts/{id}/arrived", "payout.confirm", "Record a transfer as arrived", func(ctx context.Context, actor access.Actor, in *transferIn) (thingOut, error) {
		return thingOut{in.ID.ID}, a.Payout.ConfirmArrived(ctx, actor, in.ID.ID, in.Body.Part)
	})
	op(a, http.MethodPost, "/payout-attempts/{id}/returned", "payout.confirm", "Record a transfer as returned", a.returnTransfer)
	op(a, http.MethodPost, "/payout-attempts/{id}/take-back", "payout.prepare", "Take an attempt back", func(ctx context.Context, actor access.Actor, in *becauseIn) (thingOut, error) {
		return thingOut{in.ID.ID}, a.Payout.TakeBack(ctx, actor, in.ID.ID, in.Body.Reason)
	})
}

func registerMyMoney(a *API) {
	op(a, http.MethodGet, "/my-payouts", "payout.own", "A talent's own payouts", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[mineOut], error) {
		m, err := a.Payout.MyMoney(ctx, actor)
		return Page[mineOut]{Items: list(m.Payouts, func(p payout.Mine) mineOut {
			return mineOut{p.ID, string(p.Milestone), amount(p.Fee), amount(p.Tax), amount(p.Net), string(p.State), string(p.DueOn)}
		})}, err
	})
	op(a, http.MethodPost, "/my-payouts/{id}/arrived", "payout.own", "The money has arrived", func(ctx context.Context, actor access.Actor, in *ID) (thingOut, error) {
		return thingOut{in.ID}, a.Payout.SayArrived(ctx, actor, in.ID)
	})
	op(a, http.MethodPost, "/my-payouts/{id}/missing", "payout.own", "The money has not arrived", func(ctx context.Context, actor access.Actor, in *ID) (thingOut, error) {
		return thingOut{in.ID}, a.Payout.SayMissing(ctx, actor, in.ID)
	})
	op(a, http.MethodPost, "/my-account/code", "talent.bank.edit", "Have a code sent before giving account data", func(ctx context.Context, actor access.Actor, _ *struct{}) (thingOut, error) {
		_, err := a.Payout.AskAccountCode(ctx, actor)
		return thingOut{actor.TalentID}, err
	})
	op(a, http.MethodPut, "/my-account", "talent.bank.edit", "Give account data", func(ctx context.Context, actor access.Actor, in *bankAccountIn) (thingOut, error) {
		b := in.Body
		if err := a.Access.AnswerStepUp(ctx, actor, payout.AccountPurpose, b.Code); err != nil {
			return thingOut{}, err
		}
		return thingOut{actor.TalentID}, a.Payout.GiveAccount(ctx, actor, talent.SetRoute{Method: talent.RouteMethod(b.Method), Bank: b.Bank, Number: b.Number, AccountName: b.Name}, b.TaxNumber)
	})
	op(a, http.MethodPost, "/my-account/word/code", "talent.bank.edit", "Have a code sent through the channel that a change of the account did not come by", func(ctx context.Context, actor access.Actor, _ *struct{}) (thingOut, error) {
		_, err := a.Payout.AskWordCode(ctx, actor)
		return thingOut{actor.TalentID}, err
	})
	op(a, http.MethodPost, "/my-account/word", "talent.bank.edit", "Confirm a changed account", func(ctx context.Context, actor access.Actor, in *wordCodeIn) (thingOut, error) {
		if err := a.Access.AnswerStepUp(ctx, actor, payout.WordPurpose, in.Body.Code); err != nil {
			return thingOut{}, err
		}
		return thingOut{actor.TalentID}, a.Payout.ConfirmAccount(ctx, actor)
	})
}

func (a *API) returnTransfer(ctx context.Context, actor access.Actor, in *transferIn) (thingOut, error) {
	back := in.Body.Back
	if back == nil {
		back = &Amount{}
	}
	return thingOut{in.ID.ID}, a.Payout.RecordReturned(ctx, actor, in.ID.ID, in.Body.Part, back.money(), in.Body.Reason)
}

func (a *API) decidePayout(ctx context.Context, actor access.Actor, in *decideIn) (thingOut, error) {
	out, b := thingOut{in.ID.ID}, in.Body
	switch b.How {
	case "settle":
		if b.Amount == nil {
			b.Amount = &Amount{}
		}
		return out, a.Payout.Settle(ctx, actor, out.ID, b.Amount.money(), b.Reason)
	case "waive":
		return out, a.Payout.Waive(ctx, actor, out.ID, b.Reason)
	}
	return out, a.Payout.Cancel(ctx, actor, out.ID, b.Reason)
}
