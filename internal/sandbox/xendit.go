package sandbox

import (
	"encoding/json"
	"math/big"
	"net/http"
	"strings"
	"time"
)

// xenditChannels by currency: code, name, largest amount.
var xenditChannels = map[string][][3]string{
	"IDR": {{"ID_BCA", "BCA", "250000000"}, {"ID_BNI", "BNI", "250000000"}, {"ID_BRI", "BRI", "250000000"}, {"ID_MANDIRI", "Mandiri", "250000000"}, {"ID_BSI", "BSI", "250000000"}, {"ID_OVO", "OVO", "20000000"},
		{"ID_DANA", "DANA", "20000000"}, {"ID_GOPAY", "GoPay", "20000000"}, {"ID_CONTOH", "Bank Contoh", "250000000"}, {"ID_DOMPET", "Dompet Contoh", "20000000"}},
	"PHP": {{"PH_GCASH", "GCash", "50000"}, {"PH_PAYMAYA", "Maya", "50000"}, {"PH_BDO", "BDO", "50000"}, {"PH_BPI", "BPI", "50000"}, {"PH_UBP", "UnionBank", "50000"}, {"PH_HALIMBAWA", "Halimbawa Bank", "50000"}},
}

func (b *Bank) xendit(a ask) reply {
	switch a.method + " " + a.path {
	case "GET /balance":
		return doc(http.StatusOK, map[string]any{"balance": xenditBalance(b.balances, a.header)})
	case "GET /payouts_channels":
		out := []any{}
		for _, c := range xenditChannels[a.query.Get("currency")] {
			out = append(out, map[string]any{"channel_code": c[0], "channel_category": "BANK", "currency": a.query.Get("currency"), "channel_name": c[1],
				"amount_limits": map[string]any{"minimum": 1, "maximum": json.Number(c[2]), "minimum_increment": json.Number("0.01")}})
		}
		return doc(http.StatusOK, out)
	case "POST /v2/payouts":
		return b.xenditCreate(a)
	case "GET /v2/payouts":
		return b.xenditList(a.query.Get("reference_id"))
	}
	rest, ok := strings.CutPrefix(a.path, "/v2/payouts/")
	if !ok {
		return refusal(Xendit, http.StatusNotFound, "DATA_NOT_FOUND")
	}
	t, hidden := b.find(Xendit, "", strings.TrimSuffix(rest, "/cancel"))
	switch {
	case t == nil || hidden:
		return refusal(Xendit, http.StatusNotFound, "DATA_NOT_FOUND")
	case a.method == http.MethodPost && t.now == pending && strings.HasSuffix(rest, "/cancel"):
		t.now, t.next, t.reason = failed, nil, "CANCELLED"
	case a.method == http.MethodPost:
		return refusal(Xendit, http.StatusBadRequest, "API_VALIDATION_ERROR")
	}
	return doc(http.StatusOK, payoutDoc(t))
}

// xenditBalance tells the account by its key: one currency has one.
func xenditBalance(all map[string]int64, h http.Header) json.Number {
	user, _, _ := (&http.Request{Header: h}).BasicAuth()
	if strings.Contains(strings.ToUpper(user), "PHP") {
		return json.Number(big.NewRat(all["xendit-PHP"], 100).FloatString(2))
	}
	return json.Number(big.NewInt(all["xendit-IDR"]).String())
}

func (b *Bank) xenditCreate(a ask) reply {
	var in struct {
		Reference string      `json:"reference_id"`
		Channel   string      `json:"channel_code"`
		Amount    json.Number `json:"amount"`
		Currency  string      `json:"currency"`
		To        struct {
			Number string `json:"account_number"`
			Name   string `json:"account_holder_name"`
		} `json:"channel_properties"`
	}
	if json.Unmarshal(a.body, &in) != nil {
		return refusal(Xendit, http.StatusBadRequest, "INVALID_JSON_FORMAT")
	}
	amount, ok := new(big.Rat).SetString(in.Amount.String())
	largest := new(big.Rat)
	for _, c := range xenditChannels[in.Currency] {
		if c[0] == in.Channel {
			largest.SetString(c[2])
		}
	}
	key := a.header.Get("Idempotency-key")
	switch {
	case largest.Sign() == 0:
		return refusal(Xendit, http.StatusBadRequest, "CHANNEL_CODE_NOT_SUPPORTED_ERROR")
	case !ok || amount.Sign() <= 0 || key == "" || len(key) > 100 || in.Reference == "":
		return refusal(Xendit, http.StatusBadRequest, "API_VALIDATION_ERROR")
	case amount.Cmp(largest) > 0:
		return refusal(Xendit, http.StatusBadRequest, "MAXIMUM_TRANSFER_LIMIT_ERROR")
	}
	o := order{account: in.To.Number, bank: in.Channel, holder: in.To.Name, currency: in.Currency, amount: in.Amount.String()}
	return b.create(Xendit, key, o, 0, nil, func(t *transfer) reply {
		d := payoutDoc(t)
		d["status"] = "ACCEPTED" // whatever it is by now, the first answer says so
		return doc(http.StatusOK, d)
	})
}

func (b *Bank) xenditList(reference string) reply {
	out := []any{}
	for _, t := range b.all {
		if t.provider != Xendit || t.key != reference {
			continue
		}
		b.advance(t, b.now())
		if b.now().Before(t.seenFrom) {
			if t.how == UnseenAtFirst {
				continue
			}
			return refusal(Xendit, http.StatusInternalServerError, "SERVER_ERROR")
		}
		out = append(out, payoutDoc(t))
	}
	return doc(http.StatusOK, map[string]any{"data": out, "has_more": false})
}

func xenditStatus(s status) string {
	return map[status]string{pending: "REQUESTED", done: "SUCCEEDED", failed: "FAILED", returned: "REVERSED"}[s]
}

func payoutDoc(t *transfer) map[string]any {
	d := map[string]any{"id": t.id, "amount": json.Number(t.order.amount), "channel_code": t.order.bank, "currency": t.order.currency, "status": xenditStatus(t.now), "description": "", "reference_id": t.key,
		"created": t.made.UTC().Format(time.RFC3339), "updated": t.changed.UTC().Format(time.RFC3339), "estimated_arrival_time": t.made.Add(15 * time.Minute).UTC().Format(time.RFC3339),
		"business_id": "6018306aa16ad90cb3c43ba7", "channel_properties": map[string]any{"account_number": t.order.account, "account_holder_name": t.order.holder}}
	if t.now == failed {
		d["failure_code"] = t.reason
	}
	return d
}
