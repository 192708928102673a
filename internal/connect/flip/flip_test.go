package flip

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"kolega/internal/money"
	"kolega/internal/payout"
	"kolega/internal/secret"
)

var noon = time.Date(2026, 11, 23, 5, 0, 0, 0, time.UTC)

// canned answers each path with a body, and keeps the last request.
type canned struct {
	t      *testing.T
	bodies map[string]string
	status int
	last   *http.Request
	form   url.Values
}

func (c *canned) RoundTrip(r *http.Request) (*http.Response, error) {
	body, ok := c.bodies[r.URL.Path]
	if !ok {
		c.t.Errorf("asked for %s", r.URL.Path)
	}
	if r.Method == http.MethodPost {
		b, _ := io.ReadAll(r.Body)
		c.form, _ = url.ParseQuery(string(b))
	}
	c.last = r
	status := http.StatusOK
	if strings.Contains(r.URL.Path, "/v3/") && c.status != 0 {
		status = c.status
	}
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

const banks = `[{"bank_code":"bca","name":"BCA","fee":5000,"queue":8,"status":"OPERATIONAL"}]`

const created = `{"id":1234567890123456789,"user_id":20,"amount":1500000,"status":"PENDING","reason":"","timestamp":"2026-11-20 14:32:47","bank_code":"bca","account_number":"0022333300","recipient_name":"-","fee":1500,"idempotency_key":"pay-0042-1"}`

func order() payout.Instruction {
	return payout.Instruction{Key: "pay-0042-1", Amount: money.IDR(1_500_000), Memo: "pay-0042-1", To: payout.Target{Country: "ID", Bank: "Bank BCA", Number: secret.Hide("0022333300"), Name: "Bea"}}
}

func TestSend_SpeaksAsDocumented(t *testing.T) {
	c := &canned{t: t, bodies: map[string]string{"/api/v2/general/banks": banks, "/api/v3/disbursement": created}}
	f := New(Live, secret.Hide("k"), func() time.Time { return noon }, c)
	a := f.Send(t.Context(), order())
	if a.Verdict != payout.Taken || a.Ref != "1234567890123456789" || a.Amount != money.IDR(1_500_000) || a.Fee != money.IDR(1500) || a.AccountEnd != "3300" {
		t.Errorf("%+v", a)
	}
	if c.last.Header.Get("idempotency-key") != "pay-0042-1" || c.last.Header.Get("X-TIMESTAMP") != "2026-11-23T12:00:00+0700" || c.last.URL.Host != "bigflip.id" {
		t.Errorf("%v %v", c.last.Header, c.last.URL)
	}
	if got := c.form.Encode(); got != "account_number=0022333300&amount=1500000&bank_code=bca&remark=pay00421" {
		t.Errorf("form %s", got)
	}
}

func TestSend_WhatEachAnswerMeans(t *testing.T) {
	flaw := func(code string) string {
		return `{"code":"VALIDATION_ERROR","errors":[{"attribute":"x","code":` + code + `,"message":"m"}]}`
	}
	for _, c := range []struct {
		name   string
		status int
		body   string
		want   payout.Verdict
	}{
		{"done", 200, strings.Replace(created, "PENDING", "DONE", 1), payout.Landed},
		{"cancelled", 200, strings.Replace(created, "PENDING", "CANCELLED", 1), payout.Fell},
		{"an unknown status proves nothing", 200, strings.Replace(created, "PENDING", "ODD", 1), payout.Silent},
		{"an amount as text is an amount", 200, strings.Replace(created, `1500000`, `"1500000"`, 1), payout.Taken},
		{"a negative amount is none", 200, strings.Replace(created, `1500000`, `-1500000`, 1), payout.Silent},
		{"a broken amount is none", 200, strings.Replace(created, `1500000`, `1500000.5`, 1), payout.Silent},
		{"html", 200, "<html>", payout.Silent},
		{"a server's error", 500, "{}", payout.Silent},
		{"a maintenance", 503, "{}", payout.Silent},
		{"a wrong secret", 401, "{}", payout.NotYet},
		{"too many calls", 429, "{}", payout.NotYet},
		{"too little balance", 422, `{"code":"BALANCE_INSUFFICIENT","errors":[]}`, payout.NotYet},
		{"a stale time", 422, flaw("1094"), payout.NotYet},
		{"a wrong account", 422, flaw("1025"), payout.Rejected},
		{"a code as text", 422, flaw(`"1027"`), payout.Rejected},
		{"an unknown key", 422, flaw("1073"), payout.NoSuch},
		{"a 422 of another shape", 422, "{}", payout.Silent},
	} {
		rt := &canned{t: t, status: c.status, bodies: map[string]string{"/api/v2/general/banks": banks, "/api/v3/disbursement": c.body}}
		if a := New(Live, secret.Hide("k"), func() time.Time { return noon }, rt).Send(t.Context(), order()); a.Verdict != c.want {
			t.Errorf("%s: %s, want %s", c.name, a.Verdict, c.want)
		}
	}
}

func TestInternational_TheFiguresOfTheDocumentation(t *testing.T) {
	body := `{"id":123456789012345678,"exchange_rate":3341.96,"fee":45000,"amount":1004594,"beneficiary_amount":300.6,"beneficiary_currency_code":"MYR","status":"PENDING","timestamp":"(not set)","idempotency_key":"intl-7","beneficiary":{"bank_account_number":"1187710200","bank":"AFFIN"}}`
	a := remitted([]byte(body))
	if a.Verdict != payout.Taken || a.Ref != "123456789012345678" || a.Amount != money.New(30060, "MYR") || a.Debit != money.IDR(1_004_594) || a.Fee != money.IDR(45_000) || a.Rate != "3341.96" {
		t.Errorf("%+v", a)
	}
}

func TestRead_ProvesTheToken(t *testing.T) {
	f := New(Live, secret.Hide("k"), func() time.Time { return noon }, &canned{t: t})
	body := func(token string) []byte {
		return []byte(url.Values{"data": {strings.Replace(created, "1234567890123456789", `"1234567890123456789"`, 1)}, "token": {token}}.Encode())
	}
	h, err := f.Read(payout.Callback{Body: body("secret")}, secret.Hide("secret"))
	if err != nil || h.Ref != "1234567890123456789" || h.EventID != "1234567890123456789:PENDING" || h.Amount != money.IDR(1_500_000) {
		t.Errorf("%+v %v", h, err)
	}
	for _, token := range []string{"", "Secret", "secret ", "secre"} {
		if _, err := f.Read(payout.Callback{Body: body(token)}, secret.Hide("secret")); !errors.Is(err, payout.ErrToken) {
			t.Errorf("token %q: %v", token, err)
		}
	}
	for _, raw := range []string{"token=secret", "data=%7B&token=secret", "data=[]&token=secret"} {
		if _, err := f.Read(payout.Callback{Body: []byte(raw)}, secret.Hide("secret")); !errors.Is(err, payout.ErrCallback) {
			t.Errorf("%s: %v", raw, err)
		}
	}
}
