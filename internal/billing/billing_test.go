package billing_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/billing"
	"kolega/internal/blob"
	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/ledger"
	"kolega/internal/money"
	"kolega/internal/testkit"
)

// desk is an agency with people, a client and the use cases of money in.
type desk struct {
	t                      *testing.T
	d                      *db.DB
	s                      *billing.Service
	ae, dina, made         access.Actor
	client, brand, contact string
	agreement, campaign    string
}

func staff(id, name string, role access.Role) access.Actor {
	return access.Actor{Who: audit.Who{Kind: "staff", ID: id, Name: name, Via: "web"}, Role: role, Lang: "id", Zone: "Asia/Jakarta"}
}

func newDesk(t *testing.T, d *db.DB) *desk {
	t.Helper()
	files, err := blob.Folder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	x := &desk{t: t, d: d, s: billing.New(d, files), ae: staff("p-ae", "Rani", access.AE), dina: staff("p-fin", "Dina", access.Finance), made: staff("p-man", "Made", access.Manager)}
	x.write(func(tx *db.Tx) error {
		for _, a := range []access.Actor{x.ae, x.dina, x.made} {
			_, err := tx.Exec(context.Background(), `INSERT INTO person (id, email, name, role, lang, zone, theme, password, totp, made_at, failed_tries, version)
				VALUES ($1, $1, $2, $3, 'id', 'Asia/Jakarta', 'auto', '', '', 1, 0, 1)`, a.ID, a.Name, string(a.Role))
			if err != nil {
				return err
			}
		}
		return nil
	})
	ctx := context.Background()
	people := access.New(d, nil)
	if err := people.SaveAgency(ctx, x.made, access.Agency{Name: "Kolega", LegalName: "PT Kolega Karya", Address: "Jl. Senopati 8, Jakarta", TaxID: "0123456789012345", PKP: true,
		Zone: "Asia/Jakarta", Country: "ID", Lang: "id", Currency: "IDR", BankName: "BCA", BankNo: "5220001112", BankOwner: "PT Kolega Karya", Signer: "Made Wirawan"}); err != nil {
		t.Fatal(err)
	}
	clients := client.New(d)
	c, err := clients.Add(ctx, x.ae, client.Client{Name: "Melati Glow", LegalName: "PT Melati Glow", Country: "ID", Zone: "Asia/Jakarta", Lang: "id", WithholdsPPh23: true, PaymentDays: 30})
	if err != nil {
		t.Fatal(err)
	}
	b, err := clients.AddBrand(ctx, x.ae, client.Brand{ClientID: c.ID, Name: "Melati"})
	if err != nil {
		t.Fatal(err)
	}
	k, err := clients.AddContact(ctx, x.ae, client.Contact{ClientID: c.ID, Name: "Sari Dewi", Phone: "+6281234567890", Lang: "id", Zone: "Asia/Jakarta"})
	if err != nil {
		t.Fatal(err)
	}
	x.client, x.brand, x.contact = c.ID, b.ID, k.ID
	return x
}

func (x *desk) write(fn func(tx *db.Tx) error) {
	x.t.Helper()
	if err := x.d.Write(context.Background(), fn); err != nil {
		x.t.Fatal(err)
	}
}

func (x *desk) must(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatal(err)
	}
}

func part(bp int64, t billing.Trigger) billing.Part { return billing.Part{ShareBp: bp, Trigger: t} }

// signed makes an agreement of a hundred million that is signed on paper.
func (x *desk) signed(parts ...billing.Part) billing.Agreement {
	x.t.Helper()
	ctx := context.Background()
	a, err := x.s.DraftAgreement(ctx, x.ae, billing.NewAgreement{ClientID: x.client, BrandID: x.brand, ContactID: x.contact, Kind: billing.KindSPK, Title: "Two-way cake", Scope: "9 talent, 21 postingan",
		Value: money.IDR(100_000_000), TaxCode: billing.TaxPPN, Withholds: true, PaymentDays: 30, Lang: "id", Terms: campaign.Terms{RevisionLimit: 2, ReviewHours: 16}, Parts: parts})
	x.must(err)
	x.must(x.s.RecordSignature(ctx, x.ae, a.ID, "Sari Dewi", "", strings.NewReader("scan")))
	a, err = x.s.Agreement(ctx, x.ae, a.ID)
	x.must(err)
	x.agreement = a.ID
	return a
}

func (x *desk) started(parts ...billing.Part) {
	x.t.Helper()
	a := x.signed(parts...)
	c, err := x.s.StartCampaign(context.Background(), x.ae, a.ID, campaign.NewCampaign{Name: "Two-way cake PH", Market: "PH", Playbook: x.playbook(), StartOn: "2026-11-24", AEID: x.ae.ID})
	x.must(err)
	x.campaign = c.ID
}

func (x *desk) playbook() (key string) {
	x.t.Helper()
	x.must(x.d.Read(context.Background(), func(tx *db.Tx) error {
		return tx.QueryRow(context.Background(), `SELECT key FROM playbook ORDER BY key LIMIT 1`).Scan(&key)
	}))
	return key
}

func (x *desk) drafts() []billing.Line {
	x.t.Helper()
	list, err := x.s.Invoices(context.Background(), x.dina, billing.InvoiceFilter{Drafts: true})
	x.must(err)
	return list
}

func (x *desk) fire(t billing.Trigger) {
	x.t.Helper()
	x.write(func(tx *db.Tx) error { return billing.Fire(context.Background(), tx, x.campaign, t) })
}

func (x *desk) issue(id string) billing.Invoice {
	x.t.Helper()
	i, err := x.s.IssueInvoice(context.Background(), x.dina, id)
	x.must(err)
	return i
}

func (x *desk) receive(amount int64, ref string) billing.Receipt {
	x.t.Helper()
	r, err := x.s.EnterReceipt(context.Background(), x.dina, billing.EnterReceipt{ClientID: x.client, On: "2026-11-23", Amount: money.IDR(amount), Account: "BCA", Reference: ref})
	x.must(err)
	return r
}

func (x *desk) open(id string) billing.Open {
	x.t.Helper()
	f, err := x.s.Invoice(context.Background(), x.dina, id)
	x.must(err)
	return f.Open
}

func (x *desk) sound() {
	x.t.Helper()
	ctx := context.Background()
	x.must(x.d.Read(ctx, func(tx *db.Tx) error {
		for _, check := range []func(context.Context, *db.Tx) ([]ledger.Problem, error){ledger.Check, billing.Check} {
			problems, err := check(ctx, tx)
			if len(problems) > 0 {
				x.t.Errorf("problems: %v", problems)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}))
}

func idr(n int64) money.Amount { return money.IDR(n) }

func TestBilling_TriggersMakeDraftsOnce(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newDesk(t, d)
		x.started(part(3000, billing.OnSigning), part(3000, billing.OnKickoff), part(4000, billing.OnReportSent))
		if got := len(x.drafts()); got != 1 {
			t.Fatalf("signing makes %d drafts", got)
		}
		if got := x.drafts()[0].Invoice.CampaignID; got != x.campaign {
			t.Errorf("the draft of signing belongs to %q", got)
		}
		x.fire(billing.OnKickoff)
		x.fire(billing.OnKickoff)
		if got := len(x.drafts()); got != 2 {
			t.Errorf("kick-off told twice makes %d drafts", got)
		}
		x.must(d.Read(context.Background(), func(tx *db.Tx) error {
			c, err := campaign.LoadCampaign(context.Background(), tx, x.campaign)
			if c.Terms.AgreementID != x.agreement || c.Terms.RevisionLimit != 2 {
				t.Errorf("terms %+v", c.Terms)
			}
			return err
		}))
		if _, err := x.s.StartCampaign(context.Background(), x.ae, x.agreement, campaign.NewCampaign{}); !errors.Is(err, billing.ErrStarted) {
			t.Errorf("a second campaign: %v", err)
		}
	})
}

func TestBilling_PartialAndWithholdingCloseExactly(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newDesk(t, d)
		x.started(part(10_000, billing.OnSigning))
		i := x.issue(x.drafts()[0].Invoice.ID)
		if i.Number != "INV/0001/XI/2026" || i.Totals.Total != idr(111_000_000) || i.Totals.Due != idr(109_000_000) || i.DueOn != "2026-12-23" {
			t.Fatalf("issued %s %+v due %s", i.Number, i.Totals, i.DueOn)
		}
		if _, err := x.s.IssueInvoice(context.Background(), x.dina, i.ID); !errors.Is(err, billing.ErrIssued) {
			t.Errorf("issued twice: %v", err)
		}
		ctx := context.Background()
		first, second := x.receive(50_000_000, "DP"), x.receive(58_993_500, "rest "+i.Number)
		zero := idr(0)
		_, err := x.s.MatchReceipt(ctx, x.dina, billing.Match{ReceiptID: first.ID, InvoiceID: i.ID, Cash: idr(50_000_000), Charge: zero, Withheld: zero})
		x.must(err)
		f, err := x.s.Receipt(ctx, x.dina, second.ID)
		x.must(err)
		if len(f.Suggestions) != 1 || !f.Suggestions[0].Named {
			t.Errorf("suggestions %+v", f.Suggestions)
		}
		m, err := x.s.MatchReceipt(ctx, x.dina, billing.Match{ReceiptID: second.ID, InvoiceID: i.ID, Cash: idr(58_993_500), Charge: idr(6_500), Withheld: idr(2_000_000)})
		x.must(err)
		if o := x.open(i.ID); !o.Balance.IsZero() || o.Withheld != idr(2_000_000) || o.Received != idr(109_000_000) {
			t.Errorf("open %+v", o)
		}
		if _, slips, err := x.s.Receivables(ctx, x.dina); err != nil || len(slips) != 1 {
			t.Errorf("the slip is owed: %v %v", slips, err)
		}
		x.must(x.s.RecordSlip(ctx, x.dina, m.ID, "2500001234", "2026-11-23"))
		x.must(d.Read(ctx, func(tx *db.Tx) error {
			open, err := billing.OpenFor(ctx, tx, x.campaign)
			if len(open) != 0 {
				t.Errorf("still open: %v", open)
			}
			return err
		}))
		x.must(x.s.ReverseReceipt(ctx, x.dina, second.ID, "bounced"))
		if o := x.open(i.ID); o.Balance != idr(61_000_000) || !o.Withheld.IsZero() {
			t.Errorf("after the reversal %+v", o)
		}
		if err := x.s.ReverseReceipt(ctx, x.dina, second.ID, "again"); !errors.Is(err, billing.ErrReceiptGone) {
			t.Errorf("reversed twice: %v", err)
		}
		x.sound()
	})
}

func TestBilling_OverpaymentStandsAsCredit(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newDesk(t, d)
		ctx := context.Background()
		x.started(part(10_000, billing.OnSigning))
		i := x.issue(x.drafts()[0].Invoice.ID)
		r := x.receive(120_000_000, "over")
		_, err := x.s.MatchReceipt(ctx, x.dina, billing.Match{ReceiptID: r.ID, InvoiceID: i.ID, Cash: idr(111_000_000), Charge: idr(0), Withheld: idr(0)})
		x.must(err)
		list, err := x.s.Receipts(ctx, x.dina, x.client, "", 0)
		x.must(err)
		if list[0].Left != idr(9_000_000) {
			t.Errorf("credit %v", list[0].Left)
		}
		if _, err := x.s.EnterReceipt(ctx, x.dina, billing.EnterReceipt{ClientID: x.client, On: "2026-11-23", Amount: idr(120_000_000), Account: "BCA", Reference: "over"}); !errors.Is(err, billing.ErrReceiptTwice) {
			t.Errorf("the same payment twice: %v", err)
		}
		x.must(x.s.PayBackCredit(ctx, x.made, x.client, r.ID, idr(9_000_000), "BCA", "TRF-1"))
		if err := x.s.PayBackCredit(ctx, x.made, x.client, r.ID, idr(1), "BCA", "TRF-2"); !errors.Is(err, billing.ErrMatchCredit) {
			t.Errorf("more than the credit: %v", err)
		}
		x.sound()
	})
}

func TestBilling_ReceiptInAnotherCurrencyKeepsItsRate(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newDesk(t, d)
		r, err := x.s.EnterReceipt(context.Background(), x.dina, billing.EnterReceipt{ClientID: x.client, On: "2026-11-20", Amount: money.New(1_000_00, "USD"), Into: "IDR", Rate: "16250.5", RateSource: "BI 20 Nov", Account: "BCA USD"})
		x.must(err)
		if r.Value != idr(16_250_500) {
			t.Errorf("value %v", r.Value)
		}
		if _, err := x.s.EnterReceipt(context.Background(), x.dina, billing.EnterReceipt{ClientID: x.client, On: "2026-11-20", Amount: money.New(1, "USD"), Into: "IDR", Account: "BCA USD"}); err == nil {
			t.Error("a receipt in another currency without a rate")
		}
		x.sound()
	})
}

func TestBilling_ReceiptOfAMorningThatIsYesterdayInUTC(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newDesk(t, d)
		testkit.ClockOf(d).Set(time.Date(2027, 1, 5, 23, 20, 0, 0, time.UTC)) // 06:20 on the 6th in Jakarta
		_, err := x.s.EnterReceipt(context.Background(), x.dina, billing.EnterReceipt{ClientID: x.client, On: "2027-01-06", Amount: idr(1_000_000), Account: "BCA", Reference: "early"})
		x.must(err)
		x.sound()
	})
}

func TestBilling_CreditNotes(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newDesk(t, d)
		ctx := context.Background()
		x.started(part(10_000, billing.OnSigning))
		i := x.issue(x.drafts()[0].Invoice.ID)
		c, err := x.s.PrepareCredit(ctx, x.dina, i.ID, idr(10_000_000), "one talent fewer")
		x.must(err)
		if _, err := x.s.ApproveCredit(ctx, x.dina, c.ID); err == nil {
			t.Error("finance approves a credit note")
		}
		c, err = x.s.ApproveCredit(ctx, x.made, c.ID)
		x.must(err)
		if c.Number != "NK/0001/XI/2026" || x.open(i.ID).Balance != idr(99_900_000) {
			t.Errorf("%s leaves %v", c.Number, x.open(i.ID).Balance)
		}
		if _, err := x.s.PrepareCredit(ctx, x.dina, i.ID, idr(95_000_000), "too much"); !errors.Is(err, billing.ErrCreditInvoiced) && !errors.Is(err, billing.ErrCreditOpen) {
			t.Errorf("larger than the open balance: %v", err)
		}
		own, err := x.s.PrepareCredit(ctx, x.made, i.ID, idr(1_000_000), "own")
		x.must(err)
		if _, err := x.s.ApproveCredit(ctx, x.made, own.ID); !errors.Is(err, billing.ErrCreditSelf) {
			t.Errorf("approved by who prepared it: %v", err)
		}
		x.sound()
	})
}

func TestBilling_TwoPeopleIssueAtOnce(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newDesk(t, d)
		x.started(part(10_000, billing.OnReportSent))
		ctx := context.Background()
		const n = 12
		ids := make([]string, n)
		for k := range ids {
			i, err := x.s.DraftInvoice(ctx, x.dina, x.campaign, []billing.Item{{Text: fmt.Sprintf("extra %d", k), Amount: idr(1_000_000)}})
			x.must(err)
			ids[k] = i.ID
		}
		var wg sync.WaitGroup
		var mu sync.Mutex
		numbers, refused := map[string]int{}, 0
		for _, id := range append(ids, ids...) {
			wg.Go(func() {
				i, err := x.s.IssueInvoice(ctx, x.dina, id)
				mu.Lock()
				defer mu.Unlock()
				if err != nil {
					refused++
					return
				}
				numbers[i.Number]++
			})
		}
		wg.Wait()
		if len(numbers) != n || refused != n {
			t.Errorf("%d numbers, %d refused", len(numbers), refused)
		}
		for k := 1; k <= n; k++ {
			if numbers[fmt.Sprintf("INV/%04d/XI/2026", k)] != 1 {
				t.Errorf("number %d was given %d times", k, numbers[fmt.Sprintf("INV/%04d/XI/2026", k)])
			}
		}
		x.sound()
	})
}

func TestBilling_LostIssueLeavesNoGap(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newDesk(t, d)
		x.started(part(10_000, billing.OnSigning))
		set := func(code string) {
			x.write(func(tx *db.Tx) error {
				_, err := tx.Exec(context.Background(), `UPDATE invoice SET tax_code = $1`, code)
				return err
			})
		}
		set("unknown") // fails after the number was taken: the change is lost as by a crash
		if _, err := x.s.IssueInvoice(context.Background(), x.dina, x.drafts()[0].Invoice.ID); !errors.Is(err, billing.ErrTaxCode) {
			t.Fatalf("issued with an unknown tax: %v", err)
		}
		set("ppn")
		if i := x.issue(x.drafts()[0].Invoice.ID); i.Number != "INV/0001/XI/2026" {
			t.Errorf("the next number is %s", i.Number)
		}
		x.sound()
	})
}

func TestBilling_SignByLink(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		x := newDesk(t, d)
		ctx := context.Background()
		a, err := x.s.DraftAgreement(ctx, x.ae, billing.NewAgreement{ClientID: x.client, BrandID: x.brand, ContactID: x.contact, Kind: billing.KindContract, Title: "Two-way cake", Scope: "9 talent",
			Value: idr(50_000_000), TaxCode: billing.TaxPPN, PaymentDays: 14, Lang: "en", Terms: campaign.Terms{RevisionLimit: 1, ReviewHours: 16}, Parts: []billing.Part{part(10_000, billing.OnSigning)}})
		x.must(err)
		a, err = x.s.OfferAgreement(ctx, x.ae, a.ID, "2026-11-30")
		x.must(err)
		if a.Number != "SPK/0001/XI/2026" || a.FileSHA == "" {
			t.Fatalf("offered %s %s", a.Number, a.FileSHA)
		}
		sari := access.Actor{Who: audit.Who{Kind: "client", ID: x.contact, Name: "Sari Dewi", Via: "link:l1"}, Role: access.Client, ClientID: x.client, ContactID: x.contact, LinkID: "l1"}
		sign := billing.Signing{FileSHA: a.FileSHA, TypedName: "Sari Dewi", Consent: true, From: "10.0.0.1"}
		if err := x.s.SignAgreement(ctx, sari, a.ID, sign); !errors.Is(err, access.ErrStepUp) {
			t.Errorf("signed without a code: %v", err)
		}
		if sent, err := x.s.AskSignCode(ctx, sari, a.ID); err != nil || sent != "+6281234567890" {
			t.Errorf("code to %q: %v", sent, err)
		}
		other := sign
		other.FileSHA = "another"
		if err := x.s.SignAgreement(ctx, sari, a.ID, other); !errors.Is(err, billing.ErrAgreementOther) {
			t.Errorf("another paper: %v", err)
		}
		x.write(func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE step_up SET passed_at = $1`, db.At(tx.Now()))
			return err
		})
		x.must(x.s.SignAgreement(ctx, sari, a.ID, sign))
		if len(x.drafts()) != 1 {
			t.Error("signing fires its instalment")
		}
		stranger := sari
		stranger.ClientID, stranger.ContactID = "other", "other"
		if _, _, err := x.s.AgreementPaper(ctx, stranger, a.ID); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("another client reads it: %v", err)
		}
		_, body, err := x.s.AgreementPaper(ctx, sari, a.ID)
		x.must(err)
		var b bytes.Buffer
		if _, err := b.ReadFrom(body); err != nil || !strings.HasPrefix(b.String(), "%PDF") {
			t.Errorf("the paper: %v", err)
		}
	})
}
