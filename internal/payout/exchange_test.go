package payout_test

import (
	"errors"
	"testing"

	"kolega/internal/billing"
	"kolega/internal/db"
	"kolega/internal/exchange"
	"kolega/internal/job"
	"kolega/internal/ledger"
	"kolega/internal/money"
	"kolega/internal/payout"
	"kolega/internal/testkit"
	"kolega/internal/worktime"
)

// quoted keeps a rate of pesos in rupiah and the agency's own currency.
func (x *till) quoted(rate string) {
	x.Helper()
	_, err := exchange.New(x.d).Type(ctx, x.dina, exchange.Quote{On: worktime.DateOf(x.d.Now(), nil), From: "PHP", To: "IDR", Rate: rate, Source: "BI"})
	x.must(err)
}

func (x *till) balance(a ledger.Account, c money.Currency) int64 {
	x.Helper()
	var out int64
	x.must(x.d.Read(ctx, func(tx *db.Tx) error {
		b, err := ledger.BalanceOf(ctx, tx, ledger.Filter{Account: a})
		out = b.Of(c).Minor
		return err
	}))
	return out
}

func TestExchange_TheDifferenceOfAPayoutAbroadIsBooked(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newTill(t, d)
		x.quoted("270")
		x.book(100_000_00) // half of it, less 20 %, is 40,000 pesos: 10,800,000 rupiah by the books
		x.route()
		if l, err := x.s.Payout(ctx, x.dina, x.due().ID); err != nil || l.Rate.Rate != "270" || l.Rate.Source != "BI" {
			t.Errorf("the rate of the day it was earned: %+v %v", l.Rate, err)
		}
		b := x.prepare()
		_, err := x.s.Release(ctx, x.joko, b.ID, nil)
		x.must(err)
		s := x.sent(1, "F-1") // 280 at the provider's
		s.Debit = money.IDR(11_200_000)
		x.must(x.s.RecordSent(ctx, x.dina, b.Attempts[0].ID, s, "", nil))
		if got := x.balance(ledger.ExchangeDifference, "IDR"); got != 400_000 {
			t.Errorf("lost %d, want 400,000", got)
		}
		if got := x.balance(ledger.Clearing, "IDR"); got != 10_800_000 {
			t.Errorf("clearing stands at %d", got)
		}
		x.must(x.s.RecordReturned(ctx, x.dina, b.Attempts[0].ID, 1, money.IDR(11_100_000), "account closed"))
		if got := x.balance(ledger.ExchangeDifference, "IDR"); got != 100_000 {
			t.Errorf("after it came back %d is lost, want what is missing", got)
		}
		if x.balance(ledger.Clearing, "IDR") != 0 || x.balance(ledger.Clearing, "PHP") != 0 {
			t.Error("clearing is not even after the money came back")
		}
		x.sound()
	})
}

func TestPayout_AMilestoneOutOfReachAsksForASettlement(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newTill(t, d)
		x.book(100_000_00)
		for range 2 {
			x.write(func(tx *db.Tx) {
				x.must(job.Enqueue(ctx, tx, billing.CalledOffJob{AgreementID: "a", ClientID: "cl", CampaignID: "camp"}))
			})
			x.drain()
		}
		list, err := x.s.Payouts(ctx, x.dina, payout.Filter{})
		x.must(err)
		var asked payout.Line
		for _, l := range list {
			if l.State == payout.Settle {
				asked = l
			}
		}
		if asked.ID == "" || len(x.tasks()) != 1 {
			t.Fatalf("after the call-off: %d tasks, asked %v", len(x.tasks()), asked.ID)
		}
		if err := x.s.Cancel(ctx, x.dina, asked.ID, ""); !errors.Is(err, payout.ErrReason) {
			t.Errorf("without a reason: %v", err)
		}
		x.must(x.s.Cancel(ctx, x.dina, asked.ID, "nothing was filmed"))
		if n := len(x.tasks()); n != 0 {
			t.Errorf("%d tasks after the decision", n)
		}
		x.sound()
	})
}
