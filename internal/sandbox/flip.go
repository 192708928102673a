package sandbox

import (
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

var wib = time.FixedZone("WIB", 7*3600)

// flipBanks are the banks at home that the stand-in knows.
var flipBanks = [][2]string{{"bca", "BCA"}, {"bni", "BNI"}, {"bri", "BRI"}, {"mandiri", "Mandiri"}, {"bsm", "BSI"}, {"cimb", "CIMB Niaga"}, {"permata", "Permata"}, {"danamon", "Danamon"}, {"artos", "Jago"}, {"kesejahteraan_ekonomi", "SeaBank"},
	{"royal", "blu by BCA Digital"}, {"ovo", "OVO"}, {"dana", "DANA"}, {"gopay", "GoPay"}, {"shopeepay", "ShopeePay"}, {"linkaja", "LinkAja"}, {"contoh", "Bank Contoh"}, {"dompet", "Dompet Contoh"}}

// flipAbroad are the banks of countries that can be switched on.
var flipAbroad = map[string][][2]string{"PHL": {{"301", "GCash"}, {"302", "Maya"}, {"303", "BPI"}, {"304", "BDO"}, {"305", "BDO Unibank"}, {"306", "UnionBank"}, {"307", "Metrobank"}, {"308", "Bank of the Philippine Islands"}, {"309", "Halimbawa Bank"}}, "SGP": {{"401", "DBS"}, {"402", "OCBC"}}, "MYS": {{"501", "Maybank"}, {"502", "CIMB"}}}

var flipRates = map[string][3]string{"PHL": {"PHP", "281.35", "50000"}, "SGP": {"SGD", "12345.67", "20000"}, "MYS": {"MYR", "3341.96", "50000"}}

const (
	feeAtHome = 1500
	feeAbroad = 35000
)

func (b *Bank) flip(a ask) reply {
	switch a.method + " " + a.path {
	case "GET /v2/general/balance":
		return doc(http.StatusOK, map[string]any{"balance": b.balances["flip"]})
	case "GET /v2/general/maintenance":
		return doc(http.StatusOK, map[string]any{"maintenance": false})
	case "GET /v2/general/banks":
		var out []any
		for _, x := range flipBanks {
			out = append(out, map[string]any{"bank_code": x[0], "name": x[1], "fee": feeAtHome, "queue": 8, "status": "OPERATIONAL"})
		}
		return doc(http.StatusOK, out)
	case "POST /v2/disbursement/bank-account-inquiry":
		return b.flipInquiry(a.form)
	case "POST /v3/disbursement":
		return b.flipCreate(a)
	case "GET /v3/get-disbursement":
		return b.flipRead(a.query)
	case "GET /v2/international-disbursement/exchange-rates":
		return b.flipRates(a.query.Get("country_iso_code"))
	case "GET /v2/international-disbursement/form-data":
		banks := map[string]string{}
		for _, x := range flipAbroad[a.query.Get("country_iso_code")] {
			banks[x[0]] = x[1]
		}
		return doc(http.StatusOK, map[string]any{"country_iso_code": a.query.Get("country_iso_code"), "banks": banks, "special_identifiers": []any{}, "regions": map[string]any{}})
	case "POST /v2/international-disbursement/create-with-attachment":
		return b.flipAbroad(a)
	case "GET /v2/international-disbursement":
		return b.flipList(a.query)
	}
	if id, ok := strings.CutPrefix(a.path, "/v2/international-disbursement/"); ok && a.method == http.MethodGet {
		t, hidden := b.find(Flip, "", "9"+id) // ids abroad have one digit less
		if t == nil || hidden {
			return refusal(Flip, http.StatusNotFound, "")
		}
		return doc(http.StatusOK, remittanceDoc(t))
	}
	return refusal(Flip, http.StatusNotFound, "")
}

func (b *Bank) flipInquiry(f url.Values) reply {
	number := f.Get("account_number")
	holder, status := b.holders[number], "SUCCESS"
	if b.pick(number, f.Get("inquiry_key"), false) == OtherName {
		holder = "ORANG LAIN"
	}
	return doc(http.StatusOK, map[string]any{"bank_code": f.Get("bank_code"), "account_number": number, "account_holder": holder, "status": status, "inquiry_key": f.Get("inquiry_key")})
}

// stale says whether the time header of a call is more than a minute off.
func (b *Bank) stale(h http.Header) bool {
	s := h.Get("X-TIMESTAMP")
	t, err := time.Parse("2006-01-02T15:04:05-0700", s)
	return s != "" && (err != nil || b.now().Sub(t).Abs() > time.Minute)
}

func (b *Bank) flipCreate(a ask) reply {
	n, err := strconv.ParseInt(a.form.Get("amount"), 10, 64)
	switch {
	case b.stale(a.header):
		return refusal(Flip, http.StatusUnprocessableEntity, "1094")
	case err != nil:
		return refusal(Flip, http.StatusUnprocessableEntity, "1020")
	case n < 10_000:
		return refusal(Flip, http.StatusUnprocessableEntity, "1021")
	case strings.Trim(a.form.Get("account_number"), "0123456789") != "" || a.form.Get("account_number") == "":
		return refusal(Flip, http.StatusUnprocessableEntity, "1025")
	case n+feeAtHome > b.balances["flip"]:
		return doc(http.StatusUnprocessableEntity, map[string]any{"code": "BALANCE_INSUFFICIENT", "errors": []any{}})
	}
	o := order{account: a.form.Get("account_number"), bank: a.form.Get("bank_code"), currency: "IDR", amount: a.form.Get("amount")}
	return b.create(Flip, a.header.Get("idempotency-key"), o, feeAtHome, nil, func(t *transfer) reply { return doc(http.StatusOK, disbursementDoc(t)) })
}

func (b *Bank) flipRead(q url.Values) reply {
	t, hidden := b.find(Flip, q.Get("idempotency-key"), q.Get("id"))
	if hidden && t.how != UnseenAtFirst {
		return refusal(Flip, http.StatusInternalServerError, "")
	}
	if t == nil || hidden {
		return refusal(Flip, http.StatusUnprocessableEntity, map[bool]string{true: "1073", false: "1072"}[q.Get("id") == ""])
	}
	return doc(http.StatusOK, disbursementDoc(t))
}

func flipStatus(s status) string {
	return map[status]string{pending: "PENDING", done: "DONE", failed: "CANCELLED", returned: "CANCELLED"}[s]
}

func disbursementDoc(t *transfer) map[string]any {
	served, receipt := "0000-00-00 00:00:00", ""
	if t.now == done {
		served, receipt = t.changed.In(wib).Format("2006-01-02 15:04:05"), "https://example.test/receipt/"+t.id+".jpg"
	}
	return map[string]any{"id": json.Number(t.id), "user_id": 20, "amount": json.Number(t.order.amount), "status": flipStatus(t.now), "reason": t.reason, "timestamp": t.made.In(wib).Format("2006-01-02 15:04:05"),
		"bank_code": t.order.bank, "account_number": t.order.account, "recipient_name": "-", "sender_bank": "bri", "remark": "", "receipt": receipt, "time_served": served, "bundle_id": 0, "company_id": 7,
		"recipient_city": 391, "created_from": "API", "direction": "DOMESTIC_TRANSFER", "sender": nil, "fee": t.fee, "beneficiary_email": "", "idempotency_key": t.key}
}

func (b *Bank) flipRates(code string) reply {
	r, ok := flipRates[code]
	if !ok || !b.abroad[code] {
		return doc(http.StatusOK, []any{})
	}
	return doc(http.StatusOK, []any{map[string]any{"currency_code": r[0], "country_iso_code": code, "flip_exchange_rate": json.Number(r[1]), "flip_transfer_fee": feeAbroad, "minimum_amount": 1, "maximum_amount": json.Number(r[2]),
		"payment_speed": "Same Day", "arrival_message": nil, "transaction_type": "B2C"}})
}

func (b *Bank) flipAbroad(a ask) reply {
	code := a.form.Get("destination_country")
	r, ok := flipRates[code]
	if !ok || !b.abroad[code] {
		return refusal(Flip, http.StatusUnprocessableEntity, "1068")
	}
	debit, err := rupiah(a.form.Get("amount"), r[1])
	switch {
	case err != nil:
		return refusal(Flip, http.StatusUnprocessableEntity, "1020")
	case debit+feeAbroad > b.balances["flip"]:
		return doc(http.StatusUnprocessableEntity, map[string]any{"code": "BALANCE_INSUFFICIENT", "errors": []any{}})
	}
	o := order{account: a.form.Get("beneficiary_account_number"), bank: a.form.Get("beneficiary_bank_id"), holder: a.form.Get("beneficiary_full_name"), currency: r[0], amount: a.form.Get("amount")}
	return b.create(Flip, a.header.Get("idempotency-key"), o, feeAbroad, func(t *transfer) { t.rate, t.debit = r[1], debit }, func(t *transfer) reply { return doc(http.StatusOK, remittanceDoc(t)) })
}

// rupiah is the amount times the rate, rounded up.
func rupiah(amount, rate string) (int64, error) {
	a, ok := new(big.Rat).SetString(amount)
	r, fine := new(big.Rat).SetString(rate)
	if !ok || !fine || a.Sign() <= 0 {
		return 0, fmt.Errorf("amount %q at %q", amount, rate)
	}
	x := a.Mul(a, r)
	n := new(big.Int).Div(x.Num(), x.Denom())
	if !x.IsInt() {
		n.Add(n, big.NewInt(1))
	}
	return n.Int64(), nil
}

func remittanceDoc(t *transfer) map[string]any {
	served := "(not set)"
	if t.now == done {
		served = t.changed.In(wib).Format("2006-01-02 15:04:05")
	}
	return map[string]any{"id": json.Number(t.shown()), "user_id": 12345, "company_id": 123456, "exchange_rate": json.Number(t.rate), "fee": t.fee, "amount": t.debit, "source_country": "IDN",
		"beneficiary_amount": json.Number(t.order.amount), "beneficiary_currency_code": t.order.currency, "status": flipStatus(t.now), "timestamp": "(not set)", "time_served": served, "created_from": "API", "receipt": "",
		"transaction_type": "B2C", "idempotency_key": t.key, "reason": t.reason, "sender": nil,
		"beneficiary": map[string]any{"full_name": t.order.holder, "bank_account_number": t.order.account, "bank": t.order.bank, "email": nil}}
}

// flipList gives the transfers abroad, the newest first.
func (b *Bank) flipList(q url.Values) reply {
	per, _ := strconv.Atoi(q.Get("pagination"))
	page, _ := strconv.Atoi(q.Get("page"))
	per, page = max(per, 1), max(page, 1)
	var list []any
	for i := len(b.all) - 1; i >= 0; i-- {
		t := b.all[i]
		if t.provider != Flip || t.rate == "" {
			continue
		}
		b.advance(t, b.now())
		if b.now().Before(t.seenFrom) {
			if t.how == UnseenAtFirst {
				continue
			}
			return refusal(Flip, http.StatusInternalServerError, "")
		}
		list = append(list, remittanceDoc(t))
	}
	total := (len(list) + per - 1) / per
	from := min((page-1)*per, len(list))
	return doc(http.StatusOK, map[string]any{"total_data": len(list), "data_per_page": per, "total_page": total, "page": page, "data": append([]any{}, list[from:min(from+per, len(list))]...)})
}
