package flip

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"kolega/internal/connect"
	"kolega/internal/money"
	"kolega/internal/payout"
)

// countries are the three-letter codes that Flip writes, of the countries whose
// currencies talents are paid in. Whether Flip pays there it says itself.
var countries = map[string]string{"PHP": "PHL", "SGD": "SGP", "MYR": "MYS", "USD": "USA", "EUR": "DEU"}

// purpose and source are the codes of a fee to a creator.
const (
	purpose = "INFLUENCER_PAYMENT"
	source  = "BUSINESS"
)

// banksAbroad lists the banks of a currency's country with the limits of one
// transfer; a country that Flip does not offer has none.
func (f *Flip) banksAbroad(ctx context.Context, c money.Currency) ([]payout.Channel, error) {
	code := countries[string(c)]
	if code == "" {
		return nil, nil
	}
	q := url.Values{"transaction_type": {"B2C"}, "country_iso_code": {code}}
	var rates []struct {
		Code string       `json:"country_iso_code"`
		Min  connect.Text `json:"minimum_amount"`
		Max  connect.Text `json:"maximum_amount"`
		Fee  connect.Text `json:"flip_transfer_fee"`
	}
	if _, err := f.get(ctx, "/v2/international-disbursement/exchange-rates", q, &rates); err != nil {
		return nil, err
	}
	for _, r := range rates {
		if r.Code != code {
			continue
		}
		var data struct {
			Banks map[string]string `json:"banks"`
		}
		if _, err := f.get(ctx, "/v2/international-disbursement/form-data", q, &data); err != nil {
			return nil, err
		}
		var out []payout.Channel
		for id, name := range data.Banks {
			ch := payout.Channel{Code: id, Name: name}
			ch.Min, _ = r.Min.Amount(c)
			ch.Max, _ = r.Max.Amount(c)
			ch.Fee, _ = r.Fee.Amount(money.CurrencyIDR)
			out = append(out, ch)
		}
		slices.SortFunc(out, func(a, b payout.Channel) int { return strings.Compare(a.Name, b.Name) })
		return out, nil
	}
	return nil, nil
}

func (f *Flip) sendAbroad(ctx context.Context, in payout.Instruction) payout.Answer {
	ch, err := f.channel(ctx, in.Amount.Currency, in.To.Bank)
	if err != nil {
		return unsent(err)
	}
	body := url.Values{"destination_country": {countries[string(in.Amount.Currency)]}, "source_country": {"IDN"}, "transaction_type": {"B2C"}, "amount": {in.Amount.Decimal()},
		"beneficiary_account_number": {in.To.Number.Reveal()}, "beneficiary_full_name": {in.To.Name}, "beneficiary_bank_id": {ch.Code},
		"beneficiary_source_of_funds": {source}, "beneficiary_remittance_purposes": {purpose}}
	a, err := f.c.Do(ctx, connect.Request{Method: http.MethodPost, Path: "/v2/international-disbursement/create-with-attachment", Type: formType, Body: body.Encode(),
		Header: map[string]string{"idempotency-key": in.Key, "X-TIMESTAMP": f.stamp()}})
	return judge(a, err, remitted)
}

// askAbroad reads an international transfer by its id; before the id is known, by
// looking for the key among the newest.
func (f *Flip) askAbroad(ctx context.Context, in payout.Instruction) payout.Answer {
	if in.Ref != "" {
		a, err := f.c.Do(ctx, connect.Request{Method: http.MethodGet, Path: "/v2/international-disbursement/" + url.PathEscape(in.Ref), Type: formType})
		if err == nil && a.Status == http.StatusNotFound {
			return payout.Answer{Verdict: payout.NoSuch}
		}
		return judge(a, err, remitted)
	}
	const pages = 5
	for page := 1; page <= pages; page++ {
		q := url.Values{"pagination": {"50"}, "page": {digit(page)}, "sort_by": {"-id"}}
		a, err := f.c.Do(ctx, connect.Request{Method: http.MethodGet, Path: "/v2/international-disbursement", Query: q, Type: formType})
		var found payout.Answer
		v := judge(a, err, func(body []byte) payout.Answer {
			found = listed(body, in.Key)
			return found
		})
		if v.Verdict != payout.NoSuch {
			return v
		}
		if found.Reason == "end" {
			return payout.Answer{Verdict: payout.NoSuch}
		}
	}
	return payout.Answer{Verdict: payout.Silent, Reason: "too-far-back"}
}

func digit(n int) string { return string(rune('0' + n)) }

// remittance is an international transfer as Flip writes it.
type remittance struct {
	ID          connect.Text `json:"id"`
	Rate        connect.Text `json:"exchange_rate"`
	Fee         connect.Text `json:"fee"`
	Amount      connect.Text `json:"amount"`
	Target      connect.Text `json:"beneficiary_amount"`
	Currency    string       `json:"beneficiary_currency_code"`
	Status      string       `json:"status"`
	Reason      string       `json:"reason"`
	Key         string       `json:"idempotency_key"`
	Beneficiary struct {
		Account connect.Text `json:"bank_account_number"`
	} `json:"beneficiary"`
}

func listed(body []byte, key string) payout.Answer {
	var page struct {
		Total int          `json:"total_page"`
		Page  int          `json:"page"`
		Data  []remittance `json:"data"`
	}
	if connect.Decode(body, &page) != nil {
		return payout.Answer{Verdict: payout.Silent, Reason: "unreadable"}
	}
	for _, x := range page.Data {
		if x.Key == key {
			return x.answer()
		}
	}
	if page.Page >= page.Total {
		return payout.Answer{Verdict: payout.NoSuch, Reason: "end"}
	}
	return payout.Answer{Verdict: payout.NoSuch}
}

func remitted(body []byte) payout.Answer {
	var x remittance
	if connect.Decode(body, &x) != nil {
		return payout.Answer{Verdict: payout.Silent, Reason: "unreadable"}
	}
	return x.answer()
}

// answer reads the figures: the rupiah debited and the currency that arrives. A
// status that Flip does not document yet means that it has the transfer.
func (x remittance) answer() payout.Answer {
	v, known := verdicts[x.Status]
	if !known {
		v = payout.Taken
	}
	target, err := x.Target.Amount(money.Currency(x.Currency))
	debit, wrong := x.Amount.Amount(money.CurrencyIDR)
	if err != nil || wrong != nil || x.ID.ID() == "" || x.Status == "" || x.Beneficiary.Account == "" {
		return payout.Answer{Verdict: payout.Silent, Reason: "unreadable"}
	}
	fee, err := x.Fee.Amount(money.CurrencyIDR)
	if err != nil {
		fee = money.IDR(0)
	}
	return payout.Answer{Verdict: v, Ref: x.ID.ID(), Amount: target, AccountEnd: x.Beneficiary.Account.End(), Debit: debit, Fee: fee, Rate: string(x.Rate), Reason: strings.TrimSpace(x.Reason)}
}
