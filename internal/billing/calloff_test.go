package billing_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"kolega/internal/billing"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/testkit"
)

func TestCallOff_BillsWhatIsOwedBeyondTheInvoices(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, x := context.Background(), newDesk(t, d)
		x.started(part(3000, billing.OnSigning), part(7000, billing.OnReportSent))
		x.issue(x.drafts()[0].Invoice.ID)
		x.fire(billing.OnKickoff)
		now, err := x.s.Settlements(ctx, x.made, x.agreement)
		x.must(err)
		if now.Stage != billing.StageBefore || now.Invoiced != money.IDR(30_000_000) || len(now.At) != 4 {
			t.Fatalf("%+v", now)
		}
		if _, err := x.s.CallOff(ctx, x.dina, x.agreement, billing.StageApproved, "klien berhenti"); err == nil {
			t.Error("finance calls an agreement off")
		}
		if _, err := x.s.CallOff(ctx, x.made, x.agreement, "someday", "klien berhenti"); !fieldCode(err, "stage", "agreement.call-off-stage") {
			t.Errorf("a stage that is not in the table: %v", err)
		}
		c, err := x.s.CallOff(ctx, x.made, x.agreement, billing.StageApproved, "klien berhenti")
		x.must(err)
		if c.Owed != money.IDR(50_000_000) {
			t.Errorf("half of the value is owed, not %s", c.Owed)
		}
		rest := x.drafts()
		if len(rest) != 1 || rest[0].Invoice.Items[0].Amount != money.IDR(20_000_000) || rest[0].Invoice.CampaignID != x.campaign {
			t.Fatalf("drafted %+v", rest)
		}
		x.fire(billing.OnReportSent)
		if got := len(x.drafts()); got != 1 {
			t.Errorf("an instalment fires after the end: %d drafts", got)
		}
		if _, err := x.s.CallOff(ctx, x.made, x.agreement, billing.StageApproved, "lagi"); !errors.Is(err, billing.ErrCalledOff) {
			t.Errorf("called off twice: %v", err)
		}
		x.issue(rest[0].Invoice.ID)
		x.sound()
	})
}

func TestCallOff_CreditsWhatWasInvoicedBeyondTheTable(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, x := context.Background(), newDesk(t, d)
		x.started(part(5000, billing.OnSigning), part(5000, billing.OnKickoff))
		x.fire(billing.OnKickoff)
		var issued []billing.Invoice
		for _, l := range x.drafts() {
			issued = append(issued, x.issue(l.Invoice.ID))
		}
		paid := issued[0] // all of it has come
		r := x.receive(paid.Totals.Due.Minor, paid.Number)
		m := billing.Suggest(r.Value, x.open(paid.ID))
		m.ReceiptID = r.ID
		_, err := x.s.MatchReceipt(ctx, x.dina, m)
		x.must(err)
		_, err = x.s.CallOff(ctx, x.made, x.agreement, billing.StageDrafting, "klien berhenti")
		x.must(err)
		notes, err := x.s.CreditNotes(ctx, x.dina, billing.CreditFilter{ClientID: x.client})
		x.must(err)
		sum := money.IDR(0)
		for _, n := range notes {
			sum, _ = sum.Add(n.Totals.Price)
			if n.Kind != billing.CreditCancellation || n.Issued() {
				t.Errorf("%+v waits for management", n)
			}
		}
		if sum != money.IDR(75_000_000) {
			t.Fatalf("a quarter of 100 million is owed, 100 were invoiced, and %s is credited", sum)
		}
		boss := staff("p-boss", "Sri", "manager")
		x.write(func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO person (id, email, name, role, lang, zone, theme, password, totp, made_at, failed_tries, version) VALUES ('p-boss', 'sri', 'Sri', 'manager', 'id', 'Asia/Jakarta', 'auto', '', '', 1, 0, 1)`)
			return err
		})
		for _, n := range notes {
			_, err := x.s.ApproveCredit(ctx, boss, n.ID)
			x.must(err)
		}
		total := money.IDR(0)
		for _, i := range issued {
			total, _ = total.Add(x.open(i.ID).Balance)
		}
		if !total.IsZero() {
			t.Errorf("%s is still open, although more than the quarter has come", total)
		}
		x.sound()
	})
}

// Whatever was invoiced, the settlement comes to the table's share exactly.
func TestCallOff_ComesToTheTablesShare(t *testing.T) {
	a := billing.Agreement{Value: money.IDR(99_999_999), SignedAt: day(), Cancellation: billing.DefaultCancellation}
	for _, invoiced := range []int64{0, 1, 33_333_333, 49_999_999, 50_000_000, 99_999_999} {
		for _, stage := range billing.DefaultCancellation {
			c, err := a.CallOff(stage.Name, money.IDR(invoiced), "x")
			if err != nil {
				t.Fatal(err)
			}
			rest, err := c.Rest()
			if err != nil || rest.Minor+invoiced != c.Owed.Minor {
				t.Errorf("%s at %d: %s owed, %s left, %v", stage.Name, invoiced, c.Owed, rest, err)
			}
		}
	}
}

func TestEvidence_IsOfASignedAgreementOnly(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, x := context.Background(), newDesk(t, d)
		a := x.signed(part(10_000, billing.OnSigning))
		_, body, err := x.s.EvidencePaper(ctx, x.ae, a.ID)
		if err != nil || len(body) < 1000 || string(body[:4]) != "%PDF" {
			t.Errorf("%d bytes, %v", len(body), err)
		}
		draft, err := x.s.DraftAgreement(ctx, x.ae, billing.NewAgreement{ClientID: x.client, BrandID: x.brand, ContactID: x.contact, Kind: billing.KindSPK, Title: "Lain", Scope: "y", Value: idr(1_000_000),
			TaxCode: billing.TaxPPN, PaymentDays: 30, Lang: "id", Terms: a.Terms, Parts: []billing.Part{part(10_000, billing.OnSigning)}})
		x.must(err)
		if _, _, err := x.s.EvidencePaper(ctx, x.ae, draft.ID); !errors.Is(err, billing.ErrNotSigned) {
			t.Errorf("evidence of what nobody signed: %v", err)
		}
	})
}

func day() time.Time { return time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC) }

func fieldCode(err error, field, code string) bool {
	f, ok := fault.As(err)
	return ok && f.Fields[field] == code
}
