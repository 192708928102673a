package billing_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/billing"
	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
	"kolega/internal/task"
	"kolega/internal/testkit"
	"kolega/internal/worktime"
)

// contactOf adds another contact of the client and gives the actor of its room.
func (x *desk) contactOf(name, phone string) access.Actor {
	x.t.Helper()
	k, err := client.New(x.d).AddContact(context.Background(), x.ae, client.Contact{ClientID: x.client, Name: name, Phone: phone, Lang: "id", Zone: "Asia/Jakarta"})
	x.must(err)
	return x.room(k.ID, name)
}

// room is the actor of a contact's room before there is a campaign.
func (x *desk) room(id, name string) access.Actor {
	return access.Actor{Who: audit.Who{Kind: "client", ID: id, Name: name, Via: "link:" + id}, Role: access.Client, ClientID: x.client, ContactID: id, LinkID: "l-" + id}
}

// terms is a plain agreement to draft.
func (x *desk) terms() billing.NewAgreement {
	return billing.NewAgreement{ClientID: x.client, BrandID: x.brand, ContactID: x.contact, Kind: billing.KindContract, Title: "Two-way cake", Scope: "9 talent", Value: idr(50_000_000), TaxCode: billing.TaxPPN, PaymentDays: 14, Lang: "id",
		Terms: campaign.Terms{RevisionLimit: 1, ReviewHours: 16}, Parts: []billing.Part{part(10_000, billing.OnSigning)}}
}

// code asks for a step-up code as a contact and passes it.
func (x *desk) code(actor access.Actor, id string) error {
	_, err := x.s.AskSignCode(context.Background(), actor, id)
	if err == nil {
		x.write(func(tx *db.Tx) error {
			_, err := tx.Exec(context.Background(), `UPDATE step_up SET passed_at = $1 WHERE used_at IS NULL`, db.At(tx.Now()))
			return err
		})
	}
	return err
}

func (x *desk) work() {
	x.t.Helper()
	reg := job.NewRegistry()
	x.s.Work(reg)
	x.must(job.NewRunner(x.d, reg, slog.New(slog.DiscardHandler)).Drain(context.Background()))
}

// tasks are the open ones about agreements, by what their origin asks.
func (x *desk) tasks() (out []string) {
	x.t.Helper()
	x.must(x.d.Read(context.Background(), func(tx *db.Tx) error {
		list, err := task.List(context.Background(), tx, task.Filter{Open: true})
		for _, t := range list {
			out = append(out, strings.Split(t.Origin, "/")[2]+" "+t.DoerID)
		}
		return err
	}))
	return out
}

func TestSigners_SignInTheirOrder(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, x := context.Background(), newDesk(t, d)
		sari, budi := x.room(x.contact, "Sari Dewi"), x.contactOf("Budi Hartono", "+6281200000002")
		n := x.terms()
		n.Signers = []billing.Signer{{ContactID: x.contact}, {PersonID: x.made.ID}, {ContactID: budi.ContactID}}
		a, err := x.s.DraftAgreement(ctx, x.ae, n)
		x.must(err)
		a, err = x.s.OfferAgreement(ctx, x.ae, a.ID, "2026-11-30")
		x.must(err)
		if got := x.tasks(); len(got) != 1 || got[0] != "turn p-ae" {
			t.Errorf("who made it sends the link: %v", got)
		}
		sign := func(name string) billing.Signing {
			return billing.Signing{FileSHA: a.FileSHA, TypedName: name, Consent: true, From: "10.0.0.1"}
		}
		if err := x.code(budi, a.ID); !errors.Is(err, billing.ErrTurn) {
			t.Errorf("a code before one's turn: %v", err)
		}
		if err := x.s.SignAgreement(ctx, budi, a.ID, sign("Budi Hartono")); !errors.Is(err, billing.ErrTurn) {
			t.Errorf("before one's turn: %v", err)
		}
		if err := x.s.CountersignAgreement(ctx, x.made, a.ID, sign("Made Wirawan")); !errors.Is(err, billing.ErrTurn) {
			t.Errorf("the agency before its turn: %v", err)
		}
		x.must(x.code(sari, a.ID))
		x.must(x.s.SignAgreement(ctx, sari, a.ID, sign("Sari Dewi")))
		if err := x.s.SignAgreement(ctx, sari, a.ID, sign("Sari Dewi")); !errors.Is(err, billing.ErrSignedOne) {
			t.Errorf("twice: %v", err)
		}
		if a, err := x.s.Agreement(ctx, x.ae, a.ID); err != nil || !a.SignedAt.IsZero() || len(x.drafts()) != 0 {
			t.Errorf("one of three binds nobody: %v %v", a.SignedAt, err)
		}
		if got := x.tasks(); len(got) != 1 || got[0] != "turn p-man" {
			t.Errorf("the agency's signer is asked: %v", got)
		}
		if _, _, err := x.s.SignLink(ctx, x.ae, a.ID); !errors.Is(err, billing.ErrTurn) {
			t.Errorf("a link while the agency signs: %v", err)
		}
		if err := x.s.CountersignAgreement(ctx, x.dina, a.ID, sign("Dina")); !errors.Is(err, billing.ErrSigner) {
			t.Errorf("a colleague signs for another: %v", err)
		}
		x.must(x.s.CountersignAgreement(ctx, x.made, a.ID, sign("Made Wirawan")))
		if list, err := x.s.RoomAgreements(ctx, budi); err != nil || len(list) != 1 || !list[0].CanSign || list[0].Signers[0].SignedAt.IsZero() {
			t.Errorf("the room of who signs last: %+v %v", list, err)
		}
		x.must(x.code(budi, a.ID))
		x.must(x.s.SignAgreement(ctx, budi, a.ID, sign("Budi Hartono")))
		signed, err := x.s.Agreement(ctx, x.ae, a.ID)
		x.must(err)
		if signed.SignedBy != "Sari Dewi, Made Wirawan, Budi Hartono" || signed.SignedSHA != a.FileSHA || len(x.drafts()) != 1 || len(x.tasks()) != 0 {
			t.Errorf("the last signature binds: %q, %d drafts, tasks %v", signed.SignedBy, len(x.drafts()), x.tasks())
		}
		x.must(x.s.RecordStamp(ctx, x.ae, a.ID, "MT2026-0001"))
		_, body, err := x.s.EvidencePaper(ctx, x.ae, a.ID)
		x.must(err)
		words := testkit.WordsOf(t, body)
		for _, want := range []string{"Sari Dewi", "Made Wirawan", "Budi Hartono", "10.0.0.1", "MT2026-0001", a.FileSHA, "•••• 890"} {
			if !strings.Contains(words, want) {
				t.Errorf("the evidence lacks %q", want)
			}
		}
	})
}

func TestSigners_AreOfTheClientAndEachOnce(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, x := context.Background(), newDesk(t, d)
		for name, list := range map[string][]billing.Signer{
			"nobody of the client's": {{PersonID: x.made.ID}},
			"one twice":              {{ContactID: x.contact}, {ContactID: x.contact}},
			"a stranger":             {{ContactID: x.contact}, {ContactID: "k-other"}},
			"nobody at all":          {{}},
			"a person who is gone":   {{ContactID: x.contact}, {PersonID: "p-gone"}},
		} {
			n := x.terms()
			n.Signers = list
			if _, err := x.s.DraftAgreement(ctx, x.ae, n); !fieldCode(err, "signer", "agreement.signers") && !errors.Is(err, billing.ErrSigners) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestAgreement_IsRemindedThenExpiresAndMayBeExtended(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, x := context.Background(), newDesk(t, d)
		a, err := x.s.DraftAgreement(ctx, x.ae, x.terms())
		x.must(err)
		if err := x.s.ExtendAgreement(ctx, x.ae, a.ID, "2026-12-30"); !errors.Is(err, billing.ErrExtend) {
			t.Errorf("a draft is extended: %v", err)
		}
		until := worktime.DateOf(d.Now(), nil).AddDays(7)
		a, err = x.s.OfferAgreement(ctx, x.ae, a.ID, until)
		x.must(err)
		x.work()
		if got := x.tasks(); len(got) != 1 {
			t.Errorf("on the day of the offer: %v", got)
		}
		testkit.ClockOf(d).Advance(4*24*time.Hour + 12*time.Hour)
		x.work()
		if got := x.tasks(); len(got) != 2 || got[1] != "remind p-ae" && got[0] != "remind p-ae" {
			t.Errorf("three days before the last: %v", got)
		}
		testkit.ClockOf(d).Advance(4 * 24 * time.Hour)
		x.work()
		x.work()
		if got := x.tasks(); len(got) != 3 {
			t.Errorf("after the last day: %v", got)
		}
		sari := x.room(x.contact, "Sari Dewi")
		x.must(x.code(sari, a.ID))
		sign := billing.Signing{FileSHA: a.FileSHA, TypedName: "Sari Dewi", Consent: true}
		if err := x.s.SignAgreement(ctx, sari, a.ID, sign); !errors.Is(err, billing.ErrAgreementExpired) {
			t.Errorf("signed after the last day: %v", err)
		}
		if err := x.s.ExtendAgreement(ctx, x.ae, a.ID, until); !errors.Is(err, billing.ErrUntil) {
			t.Errorf("to a day that has passed: %v", err)
		}
		x.must(x.s.ExtendAgreement(ctx, x.ae, a.ID, until.AddDays(14)))
		if got := x.tasks(); len(got) != 1 {
			t.Errorf("extended: only the turn is left, not %v", got)
		}
		x.must(x.s.SignAgreement(ctx, sari, a.ID, sign))
		testkit.ClockOf(d).Advance(60 * 24 * time.Hour)
		x.work()
		if got := x.tasks(); len(got) != 0 {
			t.Errorf("nobody is reminded of what was signed: %v", got)
		}
	})
}

func TestAgreement_AVariableWithoutAValueBlocksAndIsNamed(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, x := context.Background(), newDesk(t, d)
		if _, err := x.s.KeepTemplate(ctx, x.ae, billing.Template{Name: "SPK", Lang: "id", Body: "x"}); !errors.Is(err, access.ErrForbidden) {
			t.Errorf("an account executive changes the wordings: %v", err)
		}
		w, err := x.s.KeepTemplate(ctx, x.made, billing.Template{Name: " SPK  KOL ", Lang: "id", Body: "# Wilayah\nHak pakai di {territory} untuk {client.name}, NPWP {client.tax_id}, senilai {value}, nomor {number}."})
		x.must(err)
		n := x.terms()
		n.Clauses = w.Body
		a, err := x.s.DraftAgreement(ctx, x.ae, n)
		x.must(err)
		if names, err := x.s.MissingIn(ctx, x.ae, a.ID); err != nil || strings.Join(names, " ") != "territory client.tax_id" {
			t.Errorf("missing %v %v", names, err)
		}
		_, err = x.s.OfferAgreement(ctx, x.ae, a.ID, "2026-11-30")
		if f, ok := fault.As(err); !ok || f.Code != "agreement.variable" || len(f.Args) != 2 || f.Args[1] != "territory, client.tax_id" {
			t.Errorf("offered: %v", err)
		}
		a, err = x.s.Agreement(ctx, x.ae, a.ID)
		if err != nil || a.Number != "" {
			t.Errorf("a refused offer takes a number: %q %v", a.Number, err)
		}
		n.Fills = map[string]string{"territory": "Indonesia dan Filipina", "client.name": "Bukan PT ini"}
		n.Clauses = strings.ReplaceAll(w.Body, ", NPWP {client.tax_id}", "")
		x.must(x.s.EditAgreement(ctx, x.ae, a.ID, a.Version, n))
		a, err = x.s.OfferAgreement(ctx, x.ae, a.ID, "2026-11-30")
		x.must(err)
		_, body, err := x.s.AgreementPaper(ctx, x.ae, a.ID)
		x.must(err)
		var b bytes.Buffer
		_, err = io.Copy(&b, body)
		x.must(err)
		words := strings.Join(strings.Fields(testkit.WordsOf(t, b.Bytes())), " ")
		if !strings.Contains(words, "Indonesia dan Filipina untuk PT Melati Glow") || !strings.Contains(words, a.Number) || strings.Contains(words, "{") {
			t.Errorf("the paper: %s", words)
		}
		x.must(x.s.RetireTemplate(ctx, x.made, w.ID, true))
		if list, err := x.s.Templates(ctx, x.ae); err != nil || len(list) != 1 || list[0].RetiredAt.IsZero() || list[0].Name != "SPK KOL" {
			t.Errorf("out of use: %+v %v", list, err)
		}
	})
}

func TestAddendum_AddsValueAndTermsAndEndsWithItsAgreement(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, x := context.Background(), newDesk(t, d)
		n := x.terms()
		n.ParentID = "nothing"
		if _, err := x.s.DraftAgreement(ctx, x.ae, n); !errors.Is(err, billing.ErrParent) {
			t.Errorf("an addendum of nothing: %v", err)
		}
		x.started(part(5000, billing.OnSigning), part(5000, billing.OnReportSent))
		n.ParentID, n.Title, n.Value, n.Terms.RevisionLimit = x.agreement, "Tiga talent lagi", idr(30_000_000), 4
		n.Parts = []billing.Part{part(5000, billing.OnSigning), part(5000, billing.OnReportSent)}
		add, err := x.s.DraftAgreement(ctx, x.ae, n)
		x.must(err)
		x.must(x.s.RecordSignature(ctx, x.ae, add.ID, "Sari Dewi", "", strings.NewReader("scan")))
		add, err = x.s.Agreement(ctx, x.ae, add.ID)
		x.must(err)
		if !strings.HasPrefix(add.Number, "ADD/0001/") || add.CampaignID != x.campaign {
			t.Errorf("numbered %q in campaign %q", add.Number, add.CampaignID)
		}
		x.must(d.Read(ctx, func(tx *db.Tx) error {
			c, err := campaign.LoadCampaign(ctx, tx, x.campaign)
			if c.Terms.Value != idr(130_000_000) || c.Terms.RevisionLimit != 4 || c.Terms.AgreementID != x.agreement {
				t.Errorf("the campaign goes by %+v", c.Terms)
			}
			return err
		}))
		if got := len(x.drafts()); got != 2 {
			t.Errorf("%d drafts after both signatures", got)
		}
		x.fire(billing.OnReportSent)
		x.fire(billing.OnReportSent)
		if got := len(x.drafts()); got != 4 {
			t.Errorf("%d drafts after the report", got)
		}
		if _, err := x.s.StartCampaign(ctx, x.ae, add.ID, campaign.NewCampaign{}); !errors.Is(err, billing.ErrParent) {
			t.Errorf("a campaign under an addendum: %v", err)
		}
		if _, err := x.s.CallOff(ctx, x.made, add.ID, billing.StagePosted, "x"); !errors.Is(err, billing.ErrParent) {
			t.Errorf("an addendum is called off alone: %v", err)
		}
		c, err := x.s.CallOff(ctx, x.made, x.agreement, billing.StageApproved, "klien mundur")
		x.must(err)
		if c.Owed != idr(65_000_000) {
			t.Errorf("half of both is owed, got %s", c.Owed)
		}
		if add, err = x.s.Agreement(ctx, x.ae, add.ID); err != nil || add.State("2026-12-01") != billing.Ended {
			t.Errorf("the addendum ends with it: %s %v", add.State("2026-12-01"), err)
		}
		n.Value, n.Parts = idr(0), nil
		if _, err := x.s.DraftAgreement(ctx, x.ae, n); !errors.Is(err, billing.ErrParent) {
			t.Errorf("an addendum of what was called off: %v", err)
		}
		x.sound()
	})
}

func TestFill_NamesWhatIsMissingOnce(t *testing.T) {
	text, missing := billing.Fill("{a} dan {b}, sekali lagi {b}; {Bukan} {", map[string]string{"a": " satu ", "b": ""})
	if text != "satu dan {b}, sekali lagi {b}; {Bukan} {" || strings.Join(missing, ",") != "b" {
		t.Errorf("%q, missing %v", text, missing)
	}
}
