package billing_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"kolega/internal/billing"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/ledger"
	"kolega/internal/money"
	"kolega/internal/testkit"
	"kolega/internal/worktime"
)

func TestAccount_RunsFromWhatStoodBeforeAndEndsAtTheLedgersSum(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, x := context.Background(), newDesk(t, d)
		x.started(part(5000, billing.OnSigning), part(5000, billing.OnKickoff))
		first := x.issue(x.drafts()[0].Invoice.ID)
		testkit.ClockOf(d).Advance(40 * 24 * time.Hour)
		day := worktime.DateOf(d.Now(), nil)
		x.fire(billing.OnKickoff)
		second := x.issue(x.drafts()[0].Invoice.ID)
		testkit.ClockOf(d).Advance(time.Hour)
		r := x.receive(54_500_000, "TRF 1")
		testkit.ClockOf(d).Advance(time.Hour)
		_, err := x.s.MatchReceipt(ctx, x.dina, billing.Match{ReceiptID: r.ID, InvoiceID: first.ID, Cash: idr(54_500_000), Charge: idr(0), Withheld: first.Totals.Withheld})
		x.must(err)
		f, err := x.s.Account(ctx, x.dina, billing.AccountOf{ClientID: x.client, From: day.AddDays(-5), To: day})
		x.must(err)
		if len(f.Parts) != 1 {
			t.Fatalf("%d currencies", len(f.Parts))
		}
		a := f.Parts[0]
		if a.Opening != first.Totals.Total || len(a.Lines) != 3 {
			t.Errorf("opens at %s with %d lines: %+v", a.Opening, len(a.Lines), a.Lines)
		}
		if a.Lines[0].Debit != second.Totals.Total || a.Lines[1].Credit != idr(54_500_000) || a.Lines[2].Credit != first.Totals.Withheld {
			t.Errorf("lines %+v", a.Lines)
		}
		x.must(d.Read(ctx, func(tx *db.Tx) error {
			sum := money.IDR(0)
			for _, acc := range []ledger.Account{ledger.Receivable, ledger.ClientCredit} {
				b, err := ledger.BalanceOf(ctx, tx, ledger.Filter{Account: acc, ClientID: x.client})
				if err != nil {
					return err
				}
				if sum, err = sum.Add(b.Of("IDR")); err != nil {
					return err
				}
			}
			if a.Closing != sum {
				t.Errorf("ends at %s, the ledger says %s", a.Closing, sum)
			}
			return nil
		}))
		if _, err := x.s.Account(ctx, x.dina, billing.AccountOf{ClientID: x.client, From: day, To: day.AddDays(-1)}); !errors.Is(err, billing.ErrAccountDays) {
			t.Errorf("a span that ends before it begins: %v", err)
		}
		_, body, err := x.s.AccountPaper(ctx, x.dina, billing.AccountOf{ClientID: x.client, From: day.AddDays(-5), To: day})
		x.must(err)
		if words := testkit.WordsOf(t, body); !strings.Contains(words, second.Number) || !strings.Contains(words, "Saldo akhir") {
			t.Errorf("the paper: %s", words)
		}
	})
}

func TestAccount_IsSharedByLinkWithItsOwnClientAlone(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, x := context.Background(), newDesk(t, d)
		x.started(part(10_000, billing.OnSigning))
		inv := x.issue(x.drafts()[0].Invoice.ID)
		x.receive(1_000_000, "uang muka")
		other, err := client.New(d).Add(ctx, x.ae, client.Client{Name: "Lain", Country: "ID", Zone: "Asia/Jakarta", Lang: "id", PaymentDays: 30})
		x.must(err)
		if _, _, err := x.s.AccountLink(ctx, x.ae, other.ID, x.contact); err == nil {
			t.Error("a link for somebody of another client")
		}
		if token, _, err := x.s.AccountLink(ctx, x.ae, x.client, x.contact); err != nil || token == "" {
			t.Fatalf("no link: %v", err)
		}
		whole := x.room(x.contact, "Sari Dewi")
		f, err := x.s.RoomAccount(ctx, whole)
		x.must(err)
		if f.Parts[0].Closing.Minor != inv.Totals.Total.Minor-1_000_000 || f.Client.TaxID != "" {
			t.Errorf("the whole client's: %+v", f.Parts[0])
		}
		room := whole
		room.CampaignID = x.campaign
		if f, err = x.s.RoomAccount(ctx, room); err != nil || f.Parts[0].Closing != inv.Totals.Total {
			t.Errorf("a campaign's room shows its own invoices: %+v %v", f.Parts, err)
		}
		stranger := whole
		stranger.ClientID, stranger.ContactID = other.ID, "k"
		if f, err = x.s.RoomAccount(ctx, stranger); err != nil || len(f.Parts) != 0 {
			t.Errorf("another client sees %+v %v", f.Parts, err)
		}
	})
}

func TestSlip_IsChasedUntilItIsThere(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, x := context.Background(), newDesk(t, d)
		x.started(part(10_000, billing.OnSigning))
		inv := x.issue(x.drafts()[0].Invoice.ID)
		r := x.receive(inv.Totals.Due.Minor, "TRF")
		m, err := x.s.MatchReceipt(ctx, x.dina, billing.Match{ReceiptID: r.ID, InvoiceID: inv.ID, Cash: inv.Totals.Due, Charge: idr(0), Withheld: inv.Totals.Withheld})
		x.must(err)
		slips := func() (n int) {
			for _, o := range x.tasks() {
				if strings.HasPrefix(o, "slip ") {
					n++
				}
			}
			return n
		}
		testkit.ClockOf(d).Advance(13 * 24 * time.Hour)
		x.work()
		if slips() != 0 {
			t.Error("asked for before two weeks")
		}
		for range 2 {
			testkit.ClockOf(d).Advance(14*24*time.Hour + time.Hour)
			x.work()
			if n := slips(); n != 1 {
				t.Errorf("%d tasks about one slip", n)
			}
		}
		x.must(x.s.RecordSlip(ctx, x.dina, m.ID, "BP23-1", "2026-12-20"))
		testkit.ClockOf(d).Advance(30 * 24 * time.Hour)
		x.work()
		if slips() != 0 {
			t.Error("chased although it is there")
		}
	})
}
