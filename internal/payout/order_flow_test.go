package payout_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"kolega/internal/connect/payouts"
	"kolega/internal/db"
	"kolega/internal/ledger"
	"kolega/internal/money"
	"kolega/internal/payout"
	"kolega/internal/sandbox"
	"kolega/internal/secret"
	"kolega/internal/talent"
	"kolega/internal/testkit"
)

// connect gives the till accounts at stand-ins of both providers.
func (x *till) connect() *sandbox.Bank {
	x.Helper()
	bank := sandbox.New(x.d.Now)
	way := payouts.Way{Sandbox: "http://sandbox", Now: x.d.Now, Transport: map[string]http.RoundTripper{
		payout.KindFlip: stripped{bank.Transport(sandbox.Flip)}, payout.KindXendit: stripped{bank.Transport(sandbox.Xendit)}}}
	x.s.Connect(&payout.Providers{Box: secret.New([32]byte{9}), Open: way.Open, Sandbox: true})
	for _, in := range []payout.EditProvider{{Kind: payout.KindFlip}, {Kind: payout.KindXendit, Currency: "PHP"}} {
		in.Mode, in.Secret, in.Token, in.Active = payout.ModeSandbox, sandbox.Secret+string(in.Currency), sandbox.Token, true
		_, err := x.s.SaveProvider(ctx, x.dina, in)
		x.must(err)
	}
	return bank
}

// stripped takes the stand-in's prefix off a path.
type stripped struct{ next http.RoundTripper }

func (s stripped) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Path = strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, "/flip"), "/xendit")
	return s.next.RoundTrip(r)
}

// account gives the talent an account that behaves in a way.
func (x *till) account(how sandbox.Behaviour) {
	x.Helper()
	_, err := x.talents.SetRoute(ctx, x.bea, talent.SetRoute{TalentID: x.bea.TalentID, Method: talent.RouteAbroad, Bank: "BPI", BankCountry: "PH", Number: fmt.Sprintf("12345677%02d", how), AccountName: "Béa Santillan", Currency: "PHP"})
	x.must(err)
}

// dispatched prepares, releases and hands one payout to a provider.
func (x *till) dispatched(account string) payout.Batch {
	x.Helper()
	b := x.prepare()
	_, err := x.s.Release(ctx, x.joko, b.ID, nil)
	x.must(err)
	n, err := x.s.Dispatch(ctx, x.dina, b.ID, account)
	x.must(err)
	if n != len(b.Attempts[0].Parts) {
		x.Fatalf("%d transfers of %d handed over", n, len(b.Attempts[0].Parts))
	}
	return b
}

// callBack carries the stand-in's callbacks to the door.
func (x *till) callBack(bank *sandbox.Bank) (n int) {
	x.Helper()
	for _, c := range bank.Calls() {
		err := x.s.Callback(ctx, c.Account, payout.Callback{Body: c.Body, Token: c.Token})
		if err != nil {
			x.Errorf("callback to %s: %v", c.Account, err)
		}
		n++
	}
	return n
}

// live lets time pass in steps, with jobs and callbacks.
func (x *till) live(bank *sandbox.Bank, steps ...time.Duration) {
	x.Helper()
	x.drain()
	x.callBack(bank)
	x.drain()
	for _, s := range steps {
		testkit.ClockOf(x.d).Advance(s)
		x.callBack(bank)
		x.drain()
	}
}

// rounds is n steps of one length.
func rounds(n int, each time.Duration) (out []time.Duration) {
	for range n {
		out = append(out, each)
	}
	return out
}

func (x *till) books() string {
	x.Helper()
	var text string
	x.must(x.d.Read(ctx, func(tx *db.Tx) error {
		rows, err := ledger.Accounts(ctx, tx, ledger.Filter{CampaignID: "camp"})
		text = fmt.Sprint(rows)
		return err
	}))
	return text
}

func TestOrder_AProviderPaysABatchAndItArrives(t *testing.T) {
	for _, account := range []string{"flip", "xendit-PHP"} {
		t.Run(account, func(t *testing.T) {
			testkit.EachDB(t, func(t *testing.T, d *db.DB) {
				x := newTill(t, d)
				bank := x.connect()
				x.book(300_000_00) // three transfers of 50,000, 50,000 and 20,000 pesos
				x.account(sandbox.Honest)
				b := x.dispatched(account)
				if n, err := x.s.Dispatch(ctx, x.dina, b.ID, account); n != 0 || !errors.Is(err, payout.ErrNothing) {
					t.Errorf("a second click hands %d over: %v", n, err)
				}
				if err := x.s.RecordSent(ctx, x.dina, b.Attempts[0].ID, x.sent(1, "F-1"), "", nil); !errors.Is(err, payout.ErrOrdered) {
					t.Errorf("by hand what a provider has: %v", err)
				}
				x.drain()
				if p := x.due(); p.State != payout.Sent || p.Attempts[0].Parts[0].Rate != map[string]string{"flip": "281.35"}[account] {
					t.Errorf("after the call it is %s, rate %q", p.State, p.Attempts[0].Parts[0].Rate)
				}
				x.live(bank, 6*time.Second, time.Second, 10*time.Second)
				if p := x.due(); p.State != payout.Arrived {
					t.Errorf("after the callbacks it is %s", p.State)
				}
				if c := bank.Count(b.Attempts[0].Key); c.Made != 3 || c.Landed != 3 {
					t.Errorf("the provider made %+v", c)
				}
				x.sound()
				got := x.books()
				want := map[string]string{"flip": "{cash:Flip IDR -33867000}", "xendit-PHP": "{cash:Xendit PHP PHP -120000.00}"}[account]
				if !strings.Contains(got, want) || strings.Contains(got, "provider:") {
					t.Errorf("books %s", got)
				}
			})
		})
	}
}

// TestOrder_EachMisbehaviour lets the stand-in misbehave in every way: whatever
// happens, the money goes at most once, and a day later nothing is stuck unseen.
func TestOrder_EachMisbehaviour(t *testing.T) {
	ends := map[sandbox.Behaviour]payout.State{sandbox.Refuse: payout.Returned, sandbox.Cancel: payout.Returned, sandbox.OtherName: payout.Arrived, sandbox.CallbackDiffers: payout.Unclear, sandbox.ThreeDays: payout.Unclear, sandbox.KeyForgotten: payout.Unclear}
	for _, how := range sandbox.Behaviours() {
		for _, account := range []string{"flip", "xendit-PHP"} {
			t.Run(fmt.Sprintf("%d-%s", how, account), func(t *testing.T) {
				x := newTill(t, testkit.SQLite(t))
				bank := x.connect()
				x.book(100_000_00)
				x.account(how)
				b := x.dispatched(account)
				x.live(bank, append(append(rounds(6, 20*time.Second), rounds(8, 6*time.Minute)...), rounds(13, 2*time.Hour)...)...)
				want, ok := ends[how]
				if !ok {
					want = payout.Arrived
				}
				if how == sandbox.NoBalance && account != "flip" {
					want = payout.Returned
				}
				if got := x.due().State; got != want {
					t.Errorf("after a day it is %s, want %s: %+v", got, want, x.due().Attempts[0].Parts)
				}
				if c := bank.Count(b.Attempts[0].Key); c.Made > 1 {
					t.Errorf("paid %d times", c.Made)
				}
				x.sound()
				x.live(bank, rounds(15, 12*time.Hour)...)
				late := map[sandbox.Behaviour]payout.State{sandbox.ThreeDays: payout.Arrived, sandbox.ComesBack: payout.Returned}
				if want, ok := late[how]; ok && x.due().State != want {
					t.Errorf("a week later it is %s, want %s", x.due().State, want)
				}
				x.sound()
			})
		}
	}
}

func TestOrder_ChangedAccountIsNotPaid(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newTill(t, d)
		bank := x.connect()
		x.book(100_000_00)
		x.account(sandbox.Honest)
		b := x.dispatched("flip")
		x.account(sandbox.NoCallback) // another account, before the sender came to it
		x.live(bank, time.Minute)
		if p := x.due(); p.State != payout.Returned || p.Attempts[0].Parts[0].ReturnFor != "payout.void" {
			t.Errorf("it is %s for %q", p.State, p.Attempts[0].Parts[0].ReturnFor)
		}
		if c := bank.Count(b.Attempts[0].Key); c.Made != 0 {
			t.Errorf("paid %d times", c.Made)
		}
		x.sound()
	})
}

func TestOrder_TakenBackBeforeItWasSent(t *testing.T) {
	x := newTill(t, testkit.SQLite(t))
	bank := x.connect()
	bank.SetBalance("xendit-PHP", 5)
	x.book(100_000_00)
	x.account(sandbox.Honest)
	b := x.dispatched("xendit-PHP")
	a := b.Attempts[0]
	x.drain()
	x.must(x.s.TakeBack(ctx, x.dina, a.ID, "by hand instead"))
	x.live(bank, rounds(10, time.Hour)...)
	if c := bank.Count(a.Key); c.Made != 0 || x.due().State != payout.Due {
		t.Errorf("made %d, %s", c.Made, x.due().State)
	}
	x.sound()
}

func TestCallback_IsProvenAndOnlyAHint(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newTill(t, d)
		bank := x.connect()
		x.book(100_000_00)
		x.account(sandbox.ThreeDays)
		b := x.dispatched("flip")
		x.drain()
		ref := x.due().Attempts[0].Parts[0].Reference
		body := `data={"id":"` + ref + `","amount":"11254000","beneficiary_amount":40000,"beneficiary_currency_code":"PHP","status":"DONE","idempotency_key":"` + b.Attempts[0].Key + `-1","beneficiary":{"bank_account_number":"1234567710"}}&token=`
		for _, token := range []string{"", "x", sandbox.Token[1:], strings.ToUpper(sandbox.Token), sandbox.Token + "&token=" + sandbox.Token} {
			if err := x.s.Callback(ctx, "flip", payout.Callback{Body: []byte(body + token)}); !errors.Is(err, payout.ErrToken) {
				t.Errorf("token %q: %v", token, err)
			}
		}
		if err := x.s.Callback(ctx, "nobody", payout.Callback{Body: []byte(body + sandbox.Token)}); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("an account that is not there: %v", err)
		}
		for range 3 { // true token, false news, three times
			x.must(x.s.Callback(ctx, "flip", payout.Callback{Body: []byte(body + sandbox.Token)}))
		}
		x.drain()
		if got := x.due().State; got != payout.Sent {
			t.Errorf("a callback was believed: %s", got)
		}
		var kept int64
		x.must(d.Read(ctx, func(tx *db.Tx) error { return tx.QueryRow(ctx, `SELECT COUNT(*) FROM payout_inbox`).Scan(&kept) }))
		if kept != 1 {
			t.Errorf("%d events kept", kept)
		}
		x.live(bank, time.Minute)
		x.sound()
	})
}

func TestOrder_PeopleDecideWhatCannotBeFoundOut(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newTill(t, d)
		bank := x.connect()
		x.book(100_000_00)
		x.account(sandbox.CallbackDiffers)
		b := x.dispatched("xendit-PHP")
		x.live(bank, time.Minute)
		a := b.Attempts[0]
		if p := x.due(); p.State != payout.Unclear {
			t.Fatalf("it is %s", p.State)
		}
		if err := x.s.Decide(ctx, x.bea, a.ID, 1, payout.Landed, "", "seen"); err == nil {
			t.Error("a talent decides")
		}
		if err := x.s.Decide(ctx, x.joko, a.ID, 1, payout.Rejected, "", "seen"); !errors.Is(err, payout.ErrVerdict) {
			t.Errorf("never sent, though the provider has taken it: %v", err)
		}
		x.must(x.s.Decide(ctx, x.joko, a.ID, 1, payout.Landed, "", "on the statement of today"))
		if err := x.s.Decide(ctx, x.joko, a.ID, 1, payout.Fell, "", "again"); !errors.Is(err, payout.ErrNotReconcile) {
			t.Errorf("decided twice: %v", err)
		}
		if p := x.due(); p.State != payout.Arrived {
			t.Errorf("after the decision it is %s", p.State)
		}
		x.sound()
	})
}

func TestProvider_SecretsAreSealedAndFinances(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newTill(t, d)
		bank := x.connect()
		if _, err := x.s.SaveProvider(ctx, staff("p-ae", "Rani", "ae"), payout.EditProvider{Kind: payout.KindFlip}); err == nil {
			t.Error("an account executive edits providers")
		}
		a, err := x.s.TestProvider(ctx, x.dina, "flip")
		if err != nil || a.TestCode != "" || a.Balance != money.IDR(5_000_000_000_000) {
			t.Errorf("test: %q %v %v", a.TestCode, a.Balance, err)
		}
		bank.SetBalance("flip", 7)
		list, err := x.s.ProviderAccounts(ctx, x.joko)
		if err != nil || len(list) != 2 || list[0].SecretEnd == "" {
			t.Errorf("%+v %v", list, err)
		}
		_, err = x.s.SaveProvider(ctx, x.dina, payout.EditProvider{Kind: payout.KindFlip, Mode: payout.ModeLive, Version: 99})
		if !errors.Is(err, db.ErrChanged) {
			t.Errorf("an old version: %v", err)
		}
		var plain int64
		x.must(d.Read(ctx, func(tx *db.Tx) error {
			return tx.QueryRow(ctx, `SELECT (SELECT COUNT(*) FROM payout_provider WHERE secret_sealed LIKE '%sandbox%' OR token_sealed LIKE '%sandbox%') + (SELECT COUNT(*) FROM audit WHERE after_doc LIKE '%sandbox-secret%')`).Scan(&plain)
		}))
		if plain != 0 {
			t.Error("a secret stands in plain")
		}
	})
}
