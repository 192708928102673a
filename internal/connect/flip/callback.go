package flip

import (
	"net/url"

	"kolega/internal/connect"
	"kolega/internal/money"
	"kolega/internal/payout"
	"kolega/internal/secret"
)

// Read checks a callback's token over the raw form and gives what it says. A
// callback of an inquiry is a hint about no transfer. Faults:
// payout.callback-token, payout.callback.
func (f *Flip) Read(c payout.Callback, token secret.Hidden) (payout.Hint, error) {
	form, err := url.ParseQuery(string(c.Body))
	if err != nil || len(form["token"]) != 1 || !connect.Same(form.Get("token"), token) {
		return payout.Hint{}, payout.ErrToken
	}
	var x struct {
		transfer
		Target      connect.Text `json:"beneficiary_amount"`
		Currency    string       `json:"beneficiary_currency_code"`
		Inquiry     string       `json:"inquiry_key"`
		Beneficiary struct {
			Account connect.Text `json:"bank_account_number"`
		} `json:"beneficiary"`
	}
	if len(form["data"]) != 1 || connect.Decode([]byte(form.Get("data")), &x) != nil || x.Status == "" {
		return payout.Hint{}, payout.ErrCallback
	}
	if x.Inquiry != "" {
		return payout.Hint{EventID: "inquiry:" + x.Inquiry + ":" + x.Status}, nil
	}
	h := payout.Hint{EventID: x.ID.ID() + ":" + x.Status, Ref: x.ID.ID(), Key: x.Key, Verdict: verdicts[x.Status], AccountEnd: x.Account.End()}
	h.Amount, err = x.Amount.Amount(money.CurrencyIDR)
	if x.Currency != "" {
		h.AccountEnd = x.Beneficiary.Account.End()
		h.Amount, err = x.Target.Amount(money.Currency(x.Currency))
	}
	if err != nil || h.Ref == "" {
		return payout.Hint{}, payout.ErrCallback
	}
	return h, nil
}
