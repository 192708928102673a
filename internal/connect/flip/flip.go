// Package flip pays through Flip for Business: rupiah to banks and wallets in
// Indonesia, other currencies abroad as business to person.
//
// Words are Flip's: a disbursement is a transfer at home, an international one is
// abroad. The idempotency key is the order's key; the same key with the same
// order gives the first answer again. Ids have 19 digits and are text.
//
// Laws. Whatever is no clear answer is Silent: only what Flip documents as a
// refusal before anything was done is a refusal. Amounts at home are whole
// rupiah; abroad they are text in the receiver's currency.
package flip

import (
	"context"
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

// The hosts, without the version.
const (
	Live = "https://bigflip.id/api"
	Test = "https://bigflip.id/big_sandbox_api"
)

// keyLife is how long a key is relied on. Flip does not say how long it keeps one.
const keyLife = 20 * time.Hour

// Flip is one account.
type Flip struct {
	c   *connect.Client
	now func() time.Time

	mu    sync.Mutex
	lists map[string]list
}

type list struct {
	at       time.Time
	channels []payout.Channel
}

// New makes the account that a secret opens at base. A nil transport is the network.
func New(base string, key secret.Hidden, now func() time.Time, rt http.RoundTripper) *Flip {
	return &Flip{c: connect.New(base, key, rt), now: now, lists: map[string]list{}}
}

// KeyLife is how long Flip surely keeps a key.
func (f *Flip) KeyLife() time.Duration { return keyLife }

const formType = "application/x-www-form-urlencoded"

func (f *Flip) get(ctx context.Context, path string, q url.Values, into any) (connect.Answer, error) {
	a, err := f.c.Do(ctx, connect.Request{Method: http.MethodGet, Path: path, Query: q, Type: formType})
	if err != nil {
		return a, payout.ErrProviderDown.Wrap(err)
	}
	if a.Status == http.StatusUnauthorized || a.Status == http.StatusForbidden {
		return a, payout.ErrProviderKey
	}
	if a.Status != http.StatusOK {
		return a, payout.ErrProviderDown
	}
	if err := connect.Decode(a.Body, into); err != nil {
		return a, payout.ErrProviderDown.Wrap(err)
	}
	return a, nil
}

// Balance is what Flip holds, in rupiah whatever the order's currency.
func (f *Flip) Balance(ctx context.Context, _ money.Currency) (money.Amount, error) {
	var out struct {
		Balance connect.Text `json:"balance"`
	}
	if _, err := f.get(ctx, "/v2/general/balance", nil, &out); err != nil {
		return money.Amount{}, err
	}
	a, err := out.Balance.Amount(money.CurrencyIDR)
	if err != nil {
		return money.Amount{}, payout.ErrProviderDown.Wrap(err)
	}
	return a, nil
}

// listsFor is how long a list of banks is used.
const listsFor = time.Hour

// Channels lists the banks and wallets at home, or those of the country of a
// currency abroad.
func (f *Flip) Channels(ctx context.Context, c money.Currency) ([]payout.Channel, error) {
	f.mu.Lock()
	kept, ok := f.lists[string(c)]
	f.mu.Unlock()
	if ok && f.now().Sub(kept.at) < listsFor {
		return kept.channels, nil
	}
	read := f.banks
	if c != money.CurrencyIDR {
		read = func(ctx context.Context) ([]payout.Channel, error) { return f.banksAbroad(ctx, c) }
	}
	got, err := read(ctx)
	if err != nil {
		return nil, err
	}
	f.mu.Lock()
	f.lists[string(c)] = list{f.now(), got}
	f.mu.Unlock()
	return got, nil
}

func (f *Flip) banks(ctx context.Context) ([]payout.Channel, error) {
	var banks []struct {
		Code   string       `json:"bank_code"`
		Name   string       `json:"name"`
		Fee    connect.Text `json:"fee"`
		Status string       `json:"status"`
	}
	if _, err := f.get(ctx, "/v2/general/banks", nil, &banks); err != nil {
		return nil, err
	}
	out := make([]payout.Channel, 0, len(banks))
	for _, b := range banks {
		fee, err := b.Fee.Amount(money.CurrencyIDR)
		if err != nil {
			fee = money.IDR(0)
		}
		out = append(out, payout.Channel{Code: b.Code, Name: b.Name, Min: money.IDR(10_000), Fee: fee, Disturbed: b.Status != "OPERATIONAL"})
	}
	return out, nil
}

// channel finds the code of a bank that the account data name.
func (f *Flip) channel(ctx context.Context, c money.Currency, bank string) (payout.Channel, error) {
	all, err := f.Channels(ctx, c)
	if err != nil {
		return payout.Channel{}, err
	}
	i := slices.IndexFunc(all, func(x payout.Channel) bool { return payout.SameBank(bank, x.Name) || payout.SameBank(bank, x.Code) })
	if i < 0 {
		return payout.Channel{}, payout.ErrNoChannel.With("bank", bank)
	}
	return all[i], nil
}

var inquiryStates = map[string]payout.InquiryState{
	"PENDING": payout.InquiryWait, "FAILED": payout.InquiryWait, "SUCCESS": payout.Payable, "SUSPECTED_ACCOUNT": payout.Doubtful,
	"INVALID_ACCOUNT_NUMBER": payout.Unpayable, "BLACK_LISTED": payout.Unpayable, "CLOSED": payout.Unpayable,
}

// Inquire asks whose account it is. Abroad there is no inquiry.
func (f *Flip) Inquire(ctx context.Context, key string, to payout.Target) (payout.Inquiry, error) {
	if to.Country != "ID" {
		return payout.Inquiry{State: payout.NotAsked}, nil
	}
	ch, err := f.channel(ctx, money.CurrencyIDR, to.Bank)
	if err != nil {
		return payout.Inquiry{}, err
	}
	body := url.Values{"account_number": {to.Number.Reveal()}, "bank_code": {ch.Code}, "inquiry_key": {alphanumeric(key)}}
	a, err := f.c.Do(ctx, connect.Request{Method: http.MethodPost, Path: "/v2/disbursement/bank-account-inquiry", Type: formType, Body: body.Encode()})
	if err != nil {
		return payout.Inquiry{}, payout.ErrProviderDown.Wrap(err)
	}
	var out struct {
		Holder string `json:"account_holder"`
		Status string `json:"status"`
	}
	if a.Status != http.StatusOK || connect.Decode(a.Body, &out) != nil {
		return payout.Inquiry{}, payout.ErrProviderDown
	}
	state, known := inquiryStates[out.Status]
	if !known {
		return payout.Inquiry{}, payout.ErrProviderDown
	}
	q := payout.Inquiry{State: state, Reason: out.Status}
	if state == payout.Payable || state == payout.Doubtful {
		q.Holder = out.Holder
	}
	return q, nil
}

func alphanumeric(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, s)
}

// stamp is the time header of a call; one that is older than a minute is refused.
func (f *Flip) stamp() string {
	return f.now().In(time.FixedZone("WIB", 7*3600)).Format("2006-01-02T15:04:05-0700")
}

// Send makes a disbursement, or an international transfer.
func (f *Flip) Send(ctx context.Context, in payout.Instruction) payout.Answer {
	if in.To.Country != "ID" || in.Amount.Currency != money.CurrencyIDR {
		return f.sendAbroad(ctx, in)
	}
	ch, err := f.channel(ctx, money.CurrencyIDR, in.To.Bank)
	if err != nil {
		return unsent(err)
	}
	body := url.Values{"account_number": {in.To.Number.Reveal()}, "bank_code": {ch.Code}, "amount": {in.Amount.Decimal()}, "remark": {remark(in.Memo)}}
	a, err := f.c.Do(ctx, connect.Request{Method: http.MethodPost, Path: "/v3/disbursement", Type: formType, Body: body.Encode(),
		Header: map[string]string{"idempotency-key": in.Key, "X-TIMESTAMP": f.stamp()}})
	return judge(a, err, func(body []byte) payout.Answer { return disbursed(body) })
}

// unsent is the answer to an order that could not even be written.
func unsent(err error) payout.Answer {
	if errors.Is(err, payout.ErrNoChannel) {
		return payout.Answer{Verdict: payout.Rejected, Reason: payout.ErrNoChannel.Code}
	}
	return payout.Answer{Verdict: payout.NotYet, Reason: "channels"}
}

// remark is 1 to 18 letters, digits and few signs.
func remark(memo string) string {
	const most = 18
	s := alphanumeric(memo)
	if len(s) > most {
		s = s[len(s)-most:]
	}
	return s
}

// Ask reads a transfer by its key, or by Flip's id.
func (f *Flip) Ask(ctx context.Context, in payout.Instruction) payout.Answer {
	if in.To.Country != "ID" || in.Amount.Currency != money.CurrencyIDR {
		return f.askAbroad(ctx, in)
	}
	q := url.Values{"idempotency-key": {in.Key}}
	if in.Ref != "" {
		q = url.Values{"id": {in.Ref}}
	}
	a, err := f.c.Do(ctx, connect.Request{Method: http.MethodGet, Path: "/v3/get-disbursement", Query: q, Type: formType})
	return judge(a, err, func(body []byte) payout.Answer { return disbursed(body) })
}

// flaw is the body of a 422.
type flaw struct {
	Code   string `json:"code"`
	Errors []struct {
		Attribute string       `json:"attribute"`
		Code      connect.Text `json:"code"`
	} `json:"errors"`
}

// Inner codes of a 422 that do not mean that the order is wrong.
var (
	unknownCodes = []connect.Text{"1072", "1073"}
	laterCodes   = []connect.Text{"1035", "1074", "1080", "1088", "1093", "1094", "1095"}
)

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
	case http.StatusUnprocessableEntity:
		return flawed(a)
	}
	return payout.Answer{Verdict: payout.Silent, Reason: "status"}
}

func flawed(a connect.Answer) payout.Answer {
	var f flaw
	if connect.Decode(a.Body, &f) != nil || f.Code == "" {
		return payout.Answer{Verdict: payout.Silent, Reason: "status"}
	}
	if f.Code == "BALANCE_INSUFFICIENT" {
		return payout.Answer{Verdict: payout.NotYet, Reason: "balance", Wait: 30 * time.Minute}
	}
	for _, e := range f.Errors {
		switch {
		case slices.Contains(unknownCodes, e.Code):
			return payout.Answer{Verdict: payout.NoSuch}
		case slices.Contains(laterCodes, e.Code):
			return payout.Answer{Verdict: payout.NotYet, Reason: "flip-" + e.Code.ID(), Wait: time.Minute}
		}
	}
	if f.Code != "VALIDATION_ERROR" || len(f.Errors) == 0 {
		return payout.Answer{Verdict: payout.Silent, Reason: "status"}
	}
	return payout.Answer{Verdict: payout.Rejected, Reason: "flip-" + f.Errors[0].Code.ID()}
}

// transfer is a disbursement as Flip writes it.
type transfer struct {
	ID      connect.Text `json:"id"`
	Amount  connect.Text `json:"amount"`
	Status  string       `json:"status"`
	Reason  string       `json:"reason"`
	Account connect.Text `json:"account_number"`
	Fee     connect.Text `json:"fee"`
	Key     string       `json:"idempotency_key"`
}

var verdicts = map[string]payout.Verdict{"PENDING": payout.Taken, "DONE": payout.Landed, "CANCELLED": payout.Fell}

func disbursed(body []byte) payout.Answer {
	var t transfer
	if err := connect.Decode(body, &t); err != nil {
		return payout.Answer{Verdict: payout.Silent, Reason: "unreadable"}
	}
	v, known := verdicts[t.Status]
	amount, err := t.Amount.Amount(money.CurrencyIDR)
	if !known || err != nil || t.ID.ID() == "" || t.Account == "" {
		return payout.Answer{Verdict: payout.Silent, Reason: "unreadable"}
	}
	fee, err := t.Fee.Amount(money.CurrencyIDR)
	if err != nil {
		fee = money.IDR(0)
	}
	return payout.Answer{Verdict: v, Ref: t.ID.ID(), Amount: amount, AccountEnd: t.Account.End(), Debit: amount, Fee: fee, Reason: strings.TrimSpace(t.Reason)}
}
