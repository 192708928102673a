package billing_test

import (
	"context"
	"strings"
	"testing"

	"kolega/internal/billing"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/exchange"
	"kolega/internal/ledger"
	"kolega/internal/money"
	"kolega/internal/testkit"
)

// An invoice of a thousand dollars stands at 16,000; the money comes at 16,200: the
// difference is won, and taken back with the receipt.
func TestExchange_TheDifferenceIsBookedWithTheMatch(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, x := context.Background(), newDesk(t, d)
		rates := exchange.New(d)
		quote := exchange.Quote{On: "2026-11-23", From: "USD", To: "IDR", Rate: "16000", Source: "Kurs Pajak"}
		_, err := rates.Type(ctx, x.dina, quote)
		x.must(err)
		a, err := x.s.DraftAgreement(ctx, x.ae, billing.NewAgreement{ClientID: x.client, BrandID: x.brand, ContactID: x.contact, Kind: billing.KindContract, Title: "Abroad", Scope: "x", Value: money.New(1_000_00, "USD"),
			TaxCode: billing.TaxExport, PaymentDays: 30, Lang: "en", Terms: campaign.Terms{RevisionLimit: 1, ReviewHours: 8}, Parts: []billing.Part{part(10_000, billing.OnSigning)}})
		x.must(err)
		x.must(x.s.RecordSignature(ctx, x.ae, a.ID, "Sari Dewi", "", strings.NewReader("scan")))
		_, err = x.s.StartCampaign(ctx, x.ae, a.ID, campaign.NewCampaign{Name: "Abroad", Market: "PH", Playbook: x.playbook(), StartOn: "2026-11-24", AEID: x.ae.ID})
		x.must(err)
		inv := x.issue(x.drafts()[0].Invoice.ID)
		f, err := x.s.Invoice(ctx, x.dina, inv.ID)
		x.must(err)
		if f.Rate.Rate != "16000" || f.Rate.Source != "Kurs Pajak" || f.Rate.On != "2026-11-23" {
			t.Fatalf("the invoice keeps %+v", f.Rate)
		}
		r, err := x.s.EnterReceipt(ctx, x.dina, billing.EnterReceipt{ClientID: x.client, On: "2026-11-23", Amount: money.IDR(16_200_000), Into: "USD", Rate: "0.0000617284", RateSource: "BCA", Account: "BCA"})
		x.must(err)
		if r.Value != money.New(1_000_00, "USD") {
			t.Fatalf("valued at %s", r.Value)
		}
		_, err = x.s.MatchReceipt(ctx, x.dina, billing.Match{ReceiptID: r.ID, InvoiceID: inv.ID, Cash: r.Value, Charge: money.New(0, "USD"), Withheld: money.New(0, "USD")})
		x.must(err)
		if got := x.balance(ledger.ExchangeDifference); got != money.IDR(-200_000) {
			t.Errorf("the difference is %s", got)
		}
		x.sound()
		x.must(x.s.ReverseReceipt(ctx, x.dina, r.ID, "salah"))
		if got := x.balance(ledger.ExchangeDifference); !got.IsZero() {
			t.Errorf("after the reversal %s is left", got)
		}
		x.sound()
	})
}

func TestExchange_AReceiptWithoutARateTakesThatOfItsDay(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, x := context.Background(), newDesk(t, d)
		_, err := exchange.New(d).Type(ctx, x.dina, exchange.Quote{On: "2026-11-20", From: "USD", To: "IDR", Rate: "15950.5", Source: "ECB"})
		x.must(err)
		in := billing.EnterReceipt{ClientID: x.client, On: "2026-11-22", Amount: money.New(100_00, "USD"), Into: "IDR", Account: "BCA"}
		r, err := x.s.EnterReceipt(ctx, x.dina, in)
		x.must(err)
		if r.Value != money.IDR(1_595_050) || r.Rate != "15950.5" || r.RateSource != "ECB 2026-11-20" {
			t.Errorf("%s at %s of %s", r.Value, r.Rate, r.RateSource)
		}
		in.On = "2026-11-01"
		if _, err := x.s.EnterReceipt(ctx, x.dina, in); !fieldCode(err, "rate", "billing.rate-needed") {
			t.Errorf("without any rate of those days: %v", err)
		}
	})
}

func (x *desk) balance(a ledger.Account) (out money.Amount) {
	x.t.Helper()
	x.must(x.d.Read(context.Background(), func(tx *db.Tx) error {
		b, err := ledger.BalanceOf(context.Background(), tx, ledger.Filter{Account: a})
		out = b.Of("IDR")
		return err
	}))
	return out
}
