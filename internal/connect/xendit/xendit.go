// Package xendit pays through Xendit's payouts, version 2: one account, and so one
// key, for each currency.
//
// Words are Xendit's: a payout is one transfer, a channel a bank or wallet. The
// idempotency key and the reference are both the order's key: the first makes a
// call safe to make again, the second finds the payout whose id was never heard.
//
// Laws. Whatever is no clear answer is Silent. The duplicate error proves that the
// key is known, so the payout is asked for. Amounts are decimal text, written and
// read without floats.
package xendit

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"kolega/internal/connect"
	"kolega/internal/money"
	"kolega/internal/payout"
	"kolega/internal/secret"
)

// Base is the one host; the key says whether it is the live or the test service.
const Base = "https://api.xendit.co"

// keyLife is how long a key is relied on. Xendit says that keys do not end.
const keyLife = 20 * time.Hour

// Xendit is one account.
type Xendit struct {
	c   *connect.Client
	now func() time.Time

	mu    sync.Mutex
	lists map[money.Currency]list
}

type list struct {
	at       time.Time
	channels []payout.Channel
}

// New makes the account that a secret opens at base. A nil transport is the network.
func New(base string, key secret.Hidden, now func() time.Time, rt http.RoundTripper) *Xendit {
	return &Xendit{c: connect.New(base, key, rt), now: now, lists: map[money.Currency]list{}}
}

// KeyLife is how long a key is relied on.
func (x *Xendit) KeyLife() time.Duration { return keyLife }

func (x *Xendit) get(ctx context.Context, path string, q url.Values, into any) error {
	a, err := x.c.Do(ctx, connect.Request{Method: http.MethodGet, Path: path, Query: q})
	switch {
	case err != nil:
		return payout.ErrProviderDown.Wrap(err)
	case a.Status == http.StatusUnauthorized || a.Status == http.StatusForbidden:
		return payout.ErrProviderKey
	case a.Status != http.StatusOK:
		return payout.ErrProviderDown
	}
	if err := connect.Decode(a.Body, into); err != nil {
		return payout.ErrProviderDown.Wrap(err)
	}
	return nil
}

// Balance is what the account holds.
func (x *Xendit) Balance(ctx context.Context, c money.Currency) (money.Amount, error) {
	var out struct {
		Balance connect.Text `json:"balance"`
	}
	if err := x.get(ctx, "/balance", url.Values{"account_type": {"CASH"}}, &out); err != nil {
		return money.Amount{}, err
	}
	a, err := out.Balance.Amount(c)
	if err != nil {
		return money.Amount{}, payout.ErrProviderDown.Wrap(err)
	}
	return a, nil
}

// Inquire: Xendit has no inquiry; the holder's name goes with the payout.
func (x *Xendit) Inquire(context.Context, string, payout.Target) (payout.Inquiry, error) {
	return payout.Inquiry{State: payout.NotAsked}, nil
}

const listsFor = time.Hour

// Channels lists the banks and wallets of a currency with their limits.
func (x *Xendit) Channels(ctx context.Context, c money.Currency) ([]payout.Channel, error) {
	x.mu.Lock()
	kept, ok := x.lists[c]
	x.mu.Unlock()
	if ok && x.now().Sub(kept.at) < listsFor {
		return kept.channels, nil
	}
	var got []struct {
		Code   string `json:"channel_code"`
		Name   string `json:"channel_name"`
		Limits struct {
			Min connect.Text `json:"minimum"`
			Max connect.Text `json:"maximum"`
		} `json:"amount_limits"`
	}
	if err := x.get(ctx, "/payouts_channels", url.Values{"currency": {string(c)}}, &got); err != nil {
		return nil, err
	}
	out := make([]payout.Channel, 0, len(got))
	for _, g := range got {
		ch := payout.Channel{Code: g.Code, Name: g.Name}
		ch.Min, _ = g.Limits.Min.Amount(c)
		ch.Max, _ = g.Limits.Max.Amount(c)
		out = append(out, ch)
	}
	x.mu.Lock()
	x.lists[c] = list{x.now(), out}
	x.mu.Unlock()
	return out, nil
}

func (x *Xendit) channel(ctx context.Context, c money.Currency, bank string) (payout.Channel, error) {
	all, err := x.Channels(ctx, c)
	if err != nil {
		return payout.Channel{}, err
	}
	i := slices.IndexFunc(all, func(ch payout.Channel) bool {
		_, short, _ := strings.Cut(ch.Code, "_")
		return payout.SameBank(bank, ch.Name) || payout.SameBank(bank, short)
	})
	if i < 0 {
		return payout.Channel{}, payout.ErrNoChannel.With("bank", bank)
	}
	return all[i], nil
}

// order is the body of a new payout. The amount is a number written from text.
type order struct {
	Reference string      `json:"reference_id"`
	Channel   string      `json:"channel_code"`
	To        properties  `json:"channel_properties"`
	Amount    json.Number `json:"amount"`
	Currency  string      `json:"currency"`
	Text      string      `json:"description"`
}

type properties struct {
	Number connect.Text `json:"account_number"`
	Name   string       `json:"account_holder_name"`
}

// Send makes a payout.
func (x *Xendit) Send(ctx context.Context, in payout.Instruction) payout.Answer {
	ch, err := x.channel(ctx, in.Amount.Currency, in.To.Bank)
	switch {
	case errors.Is(err, payout.ErrNoChannel):
		return payout.Answer{Verdict: payout.Rejected, Reason: payout.ErrNoChannel.Code}
	case err != nil:
		return payout.Answer{Verdict: payout.NotYet, Reason: "channels"}
	case !ch.Max.None() && ch.Max.Sign() > 0 && in.Amount.Cmp(ch.Max) > 0, !ch.Min.None() && in.Amount.Cmp(ch.Min) < 0:
		return payout.Answer{Verdict: payout.Rejected, Reason: "channel-limit"}
	}
	body, err := json.Marshal(order{Reference: in.Key, Channel: ch.Code, To: properties{connect.Text(in.To.Number.Reveal()), in.To.Name}, Amount: json.Number(in.Amount.Decimal()), Currency: string(in.Amount.Currency), Text: in.Memo})
	if err != nil {
		return payout.Answer{Verdict: payout.NotYet, Reason: "unwritable"}
	}
	a, err := x.c.Do(ctx, connect.Request{Method: http.MethodPost, Path: "/v2/payouts", Type: "application/json", Body: string(body), Header: map[string]string{"Idempotency-key": in.Key}})
	return judge(a, err, func(body []byte) payout.Answer {
		var p paid
		if connect.Decode(body, &p) != nil {
			return payout.Answer{Verdict: payout.Silent, Reason: "unreadable"}
		}
		return p.answer()
	})
}

// Ask reads a payout by its id, or looks for it by its reference.
func (x *Xendit) Ask(ctx context.Context, in payout.Instruction) payout.Answer {
	if in.Ref != "" {
		a, err := x.c.Do(ctx, connect.Request{Method: http.MethodGet, Path: "/v2/payouts/" + url.PathEscape(in.Ref)})
		return judge(a, err, func(body []byte) payout.Answer {
			var p paid
			if connect.Decode(body, &p) != nil {
				return payout.Answer{Verdict: payout.Silent, Reason: "unreadable"}
			}
			return p.answer()
		})
	}
	a, err := x.c.Do(ctx, connect.Request{Method: http.MethodGet, Path: "/v2/payouts", Query: url.Values{"reference_id": {in.Key}, "limit": {"10"}}})
	return judge(a, err, func(body []byte) payout.Answer { return found(body, in.Key) })
}

// found reads the payouts of a reference: none, one, or several of which only one
// can be ours, so that people must look.
func found(body []byte, key string) payout.Answer {
	var page struct {
		Data []paid `json:"data"`
	}
	if connect.Decode(body, &page) != nil || page.Data == nil {
		return payout.Answer{Verdict: payout.Silent, Reason: "unreadable"}
	}
	page.Data = slices.DeleteFunc(page.Data, func(p paid) bool { return p.Reference != key })
	switch len(page.Data) {
	case 0:
		return payout.Answer{Verdict: payout.NoSuch}
	case 1:
		return page.Data[0].answer()
	}
	return payout.Answer{Verdict: payout.Silent, Reason: "several"}
}

// judge says what follows from an HTTP answer.
func judge(a connect.Answer, err error, read func([]byte) payout.Answer) payout.Answer {
	var un connect.Unreached
	switch {
	case errors.As(err, &un):
		return payout.Answer{Verdict: payout.NotYet, Reason: "unreached"}
	case err != nil:
		return payout.Answer{Verdict: payout.Silent, Reason: "no-answer"}
	}
	switch a.Status {
	case http.StatusOK:
		return read(a.Body)
	case http.StatusUnauthorized, http.StatusForbidden:
		return payout.Answer{Verdict: payout.NotYet, Reason: payout.ErrProviderKey.Code, Wait: 10 * time.Minute}
	case http.StatusTooManyRequests:
		return payout.Answer{Verdict: payout.NotYet, Reason: "too-many", Wait: a.Wait}
	}
	var e struct {
		Code string `json:"error_code"`
	}
	if connect.Decode(a.Body, &e) != nil {
		return payout.Answer{Verdict: payout.Silent, Reason: "status"}
	}
	switch {
	case a.Status == http.StatusNotFound && e.Code == "DATA_NOT_FOUND":
		return payout.Answer{Verdict: payout.NoSuch}
	case a.Status == http.StatusBadRequest && e.Code != "":
		return payout.Answer{Verdict: payout.Rejected, Reason: short(e.Code)}
	}
	return payout.Answer{Verdict: payout.Silent, Reason: "status"} // a duplicate among them: ask for it
}

func short(code string) string {
	const most = 60
	return code[:min(len(code), most)]
}

// paid is a payout as Xendit writes it.
type paid struct {
	ID        connect.Text `json:"id"`
	Amount    connect.Text `json:"amount"`
	Currency  string       `json:"currency"`
	Status    string       `json:"status"`
	Reference string       `json:"reference_id"`
	Failure   string       `json:"failure_code"`
	To        properties   `json:"channel_properties"`
}

var verdicts = map[string]payout.Verdict{
	"ACCEPTED": payout.Taken, "REQUESTED": payout.Taken, "PENDING_COMPLIANCE_ASSESSMENT": payout.Taken, "SUCCEEDED": payout.Landed, "REVERSED": payout.CameHome,
	"FAILED": payout.Fell, "CANCELLED": payout.Fell, "COMPLIANCE_REJECTED": payout.Fell, "EXPIRED": payout.Fell,
}

// answer reads the figures. A status that Xendit does not document yet means that
// it has the payout.
func (p paid) answer() payout.Answer {
	v, known := verdicts[p.Status]
	if !known {
		v = payout.Taken
	}
	amount, err := p.Amount.Amount(money.Currency(p.Currency))
	if err != nil || p.ID.ID() == "" || p.Status == "" || p.To.Number == "" {
		return payout.Answer{Verdict: payout.Silent, Reason: "unreadable"}
	}
	return payout.Answer{Verdict: v, Ref: p.ID.ID(), Amount: amount, AccountEnd: p.To.Number.End(), Debit: amount, Reason: short(p.Failure)}
}

// Read checks a callback's token and gives what it says. Faults:
// payout.callback-token, payout.callback.
func (x *Xendit) Read(c payout.Callback, token secret.Hidden) (payout.Hint, error) {
	if !connect.Same(c.Token, token) {
		return payout.Hint{}, payout.ErrToken
	}
	var e struct {
		Event string `json:"event"`
		Data  paid   `json:"data"`
	}
	if connect.Decode(c.Body, &e) != nil || !strings.HasPrefix(e.Event, "payout.") {
		return payout.Hint{}, payout.ErrCallback
	}
	a := e.Data.answer()
	if a.Verdict == payout.Silent {
		return payout.Hint{}, payout.ErrCallback
	}
	return payout.Hint{EventID: a.Ref + ":" + short(e.Event), Ref: a.Ref, Key: e.Data.Reference, Verdict: a.Verdict, Amount: a.Amount, AccountEnd: a.AccountEnd}, nil
}
