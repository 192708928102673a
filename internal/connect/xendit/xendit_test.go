package xendit

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"kolega/internal/money"
	"kolega/internal/payout"
	"kolega/internal/secret"
)

type canned struct {
	answer string
	status int
	sent   string
	header http.Header
}

func (c *canned) RoundTrip(r *http.Request) (*http.Response, error) {
	body, status := c.answer, c.status
	if r.URL.Path == "/payouts_channels" {
		body, status = `[{"channel_code":"PH_GCASH","channel_category":"EWALLET","currency":"PHP","channel_name":"GCash","amount_limits":{"minimum":1,"maximum":50000,"minimum_increment":0.01}}]`, 200
	} else if r.Method == http.MethodPost {
		b, _ := io.ReadAll(r.Body)
		c.sent, c.header = string(b), r.Header
	}
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

const accepted = `{"id":"disb-571f3644d2b4edf0745e9703","amount":5500.5,"channel_code":"PH_GCASH","currency":"PHP","status":"ACCEPTED","reference_id":"k-1","channel_properties":{"account_number":"09171234567","account_holder_name":"Maria Santos"}}`

func instruct(minor int64) payout.Instruction {
	return payout.Instruction{Key: "k-1", Amount: money.New(minor, "PHP"), Memo: "m", To: payout.Target{Country: "PH", Bank: "GCash", Number: secret.Hide("09171234567"), Name: "Maria Santos"}}
}

func open(c *canned) *Xendit {
	return New(Base, secret.Hide("k"), func() time.Time { return time.Time{} }, c)
}

func TestSend_SpeaksAsDocumented(t *testing.T) {
	c := &canned{status: 200, answer: accepted}
	a := open(c).Send(t.Context(), instruct(5500_50))
	if a.Verdict != payout.Taken || a.Ref != "disb-571f3644d2b4edf0745e9703" || a.Amount != money.New(5500_50, "PHP") || a.AccountEnd != "4567" {
		t.Errorf("%+v", a)
	}
	if c.sent != `{"reference_id":"k-1","channel_code":"PH_GCASH","channel_properties":{"account_number":"09171234567","account_holder_name":"Maria Santos"},"amount":5500.50,"currency":"PHP","description":"m"}` || c.header.Get("Idempotency-key") != "k-1" {
		t.Errorf("sent %s", c.sent)
	}
	if a := open(c).Send(t.Context(), instruct(50_001_00)); a.Verdict != payout.Rejected {
		t.Errorf("over the channel's limit: %+v", a)
	}
}

func TestSend_WhatEachAnswerMeans(t *testing.T) {
	status := func(s string) string { return strings.Replace(accepted, "ACCEPTED", s, 1) }
	for _, c := range []struct {
		status int
		body   string
		want   payout.Verdict
	}{
		{200, status("SUCCEEDED"), payout.Landed}, {200, status("REVERSED"), payout.CameHome}, {200, status("FAILED"), payout.Fell}, {200, status("COMPLIANCE_REJECTED"), payout.Fell},
		{200, status("SOMETHING_NEW"), payout.Taken}, {200, `{"id":""}`, payout.Silent}, {200, "<html>", payout.Silent}, {500, `{"error_code":"SERVER_ERROR"}`, payout.Silent},
		{409, `{"error_code":"DUPLICATE_ERROR"}`, payout.Silent}, {429, `{}`, payout.NotYet}, {401, `{}`, payout.NotYet}, {400, `{"error_code":"RECIPIENT_ACCOUNT_NUMBER_ERROR","error_message":"m"}`, payout.Rejected},
		{404, `{"error_code":"DATA_NOT_FOUND"}`, payout.NoSuch}, {404, `not found`, payout.Silent}, {400, `<html>`, payout.Silent},
	} {
		if a := open(&canned{status: c.status, answer: c.body}).Send(t.Context(), instruct(100)); a.Verdict != c.want {
			t.Errorf("%d %s: %s, want %s", c.status, c.body, a.Verdict, c.want)
		}
	}
}

func TestAsk_ByReferenceFindsExactlyOne(t *testing.T) {
	page := func(list string) string { return `{"data":[` + list + `],"has_more":false}` }
	other := strings.Replace(accepted, `"k-1"`, `"k-11"`, 1)
	for body, want := range map[string]payout.Verdict{page(""): payout.NoSuch, page(other): payout.NoSuch, page(accepted + "," + other): payout.Taken, page(accepted + "," + accepted): payout.Silent, "{}": payout.Silent} {
		if a := open(&canned{status: 200, answer: body}).Ask(t.Context(), instruct(100)); a.Verdict != want {
			t.Errorf("%s: %s, want %s", body, a.Verdict, want)
		}
	}
}

func TestRead_ProvesTheToken(t *testing.T) {
	body := []byte(`{"event":"payout.reversed","data":` + strings.Replace(accepted, "ACCEPTED", "REVERSED", 1) + `}`)
	h, err := open(&canned{}).Read(payout.Callback{Body: body, Token: "secret"}, secret.Hide("secret"))
	if err != nil || h.Verdict != payout.CameHome || h.Key != "k-1" || h.EventID != "disb-571f3644d2b4edf0745e9703:payout.reversed" {
		t.Errorf("%+v %v", h, err)
	}
	if _, err := open(&canned{}).Read(payout.Callback{Body: body, Token: "Secret"}, secret.Hide("secret")); !errors.Is(err, payout.ErrToken) {
		t.Errorf("a wrong token: %v", err)
	}
	if _, err := open(&canned{}).Read(payout.Callback{Body: []byte(`{"event":"invoice.paid"}`), Token: "secret"}, secret.Hide("secret")); !errors.Is(err, payout.ErrCallback) {
		t.Errorf("another event: %v", err)
	}
}
