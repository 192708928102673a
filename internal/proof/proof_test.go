package proof_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/db"
	"kolega/internal/proof"
	"kolega/internal/report"
	"kolega/internal/testkit"
	"kolega/internal/worktime"
)

var rani = access.Actor{Who: audit.Who{Kind: "staff", ID: "ae", Name: "Rani"}, Role: access.AE, Lang: "id", Zone: "Asia/Jakarta"}

func world(t *testing.T, d *db.DB) *proof.Service {
	t.Helper()
	store, err := blob.Folder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	testkit.Put(t, d, "client", map[string]any{"id": "mg", "name": "Melati Glow", "legal_name": "PT Melati Glow", "country": "ID", "zone": "Asia/Jakarta", "lang": "id", "fold": "melati glow test"})
	testkit.Put(t, d, "brand", map[string]any{"id": "bm", "client_id": "mg", "name": "Serum Melati", "rivals": "[]", "fold": "serum melati test"})
	return proof.New(d, store)
}

func TestProof_PermissionIsEnforcedWhenShown(t *testing.T) {
	p := proof.Proof{Kind: proof.Testimonial, Title: "Laporan yang jujur", Body: "Angkanya kami percaya.", Who: "Sari, PT Melati Glow", Source: "Surel", Link: "https://x.id/a", Alias: "Sebuah merek perawatan kulit lokal",
		Figures: []proof.Figure{{Label: "ER", Value: "4,2 %"}}}
	names := []string{"Melati Glow", "PT Melati Glow"}
	for _, c := range []struct {
		name string
		edit func(*proof.Proof)
		want error
	}{
		{"nobody said it may be shown", func(p *proof.Proof) { p.Permission = "" }, proof.ErrRefused},
		{"refused", func(p *proof.Proof) { p.Permission = proof.MayNot }, proof.ErrRefused},
		{"put away", func(p *proof.Proof) { p.Permission, p.RetiredAt = proof.MayShow, testkit.Start }, proof.ErrRetired},
		{"anonymised, but the words name the brand", func(p *proof.Proof) { p.Permission, p.Body = proof.Anonymised, "Kata MELATI  glow, jujur." }, proof.ErrNames},
		{"anonymised, but the title names the person", func(p *proof.Proof) { p.Permission, p.Title = proof.Anonymised, "Sari, PT Melati Glow puas" }, proof.ErrNames},
		{"anonymised, but a figure names the client", func(p *proof.Proof) {
			p.Permission, p.Figures = proof.Anonymised, []proof.Figure{{Label: "Melati Glow", Value: "1"}}
		}, proof.ErrNames},
		{"anonymised", func(p *proof.Proof) { p.Permission = proof.Anonymised }, nil},
		{"allowed", func(p *proof.Proof) { p.Permission = proof.MayShow }, nil},
	} {
		x := p
		c.edit(&x)
		got, err := x.Show(names)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		if c.want != nil && (got.Body != "" || got.Who != "") {
			t.Errorf("%s: refused, but shown: %+v", c.name, got)
		}
		if c.name == "anonymised" && (got.Who != p.Alias || got.Link != "" || got.Source != "") {
			t.Errorf("%s: %+v", c.name, got)
		}
		if c.name == "allowed" && (got.Who != p.Who || got.Link != p.Link) {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func TestProof_StatisticsGrowOld(t *testing.T) {
	today := worktime.Date("2026-11-23")
	for on, want := range map[worktime.Date]bool{"2026-11-23": false, "2025-05-23": false, "2025-05-22": true, "2020-01-01": true} {
		if got := (proof.Proof{Kind: proof.Statistic, SourceOn: on}).Stale(today); got != want {
			t.Errorf("of %s: %v", on, got)
		}
	}
	if (proof.Proof{Kind: proof.Testimonial, SourceOn: "2010-01-01"}).Stale(today) {
		t.Error("a testimonial grew old")
	}
}

func TestProof_KeepingNeedsSourceConsentAndAlias(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, s := context.Background(), world(t, d)
		good := proof.Proof{Kind: proof.Testimonial, Title: "Laporan", Body: "Jujur.", Who: "Sari", ClientID: "mg", Permission: proof.MayShow, Consent: "lewat WhatsApp", ConsentOn: "2026-11-01"}
		for want, edit := range map[error]func(*proof.Proof){
			proof.ErrKind: func(p *proof.Proof) { p.Kind = "rumour" }, proof.ErrTitle: func(p *proof.Proof) { p.Title = " " }, proof.ErrBody: func(p *proof.Proof) { p.Body = "" },
			proof.ErrLink: func(p *proof.Proof) { p.Link = "ftp://x.id" }, proof.ErrPermission: func(p *proof.Proof) { p.Permission = "" }, proof.ErrWho: func(p *proof.Proof) { p.Who = "" },
			proof.ErrConsent: func(p *proof.Proof) { p.Consent = "" }, proof.ErrConsentOn: func(p *proof.Proof) { p.ConsentOn = "2027-01-01" },
			proof.ErrAlias: func(p *proof.Proof) { p.Permission = proof.Anonymised }, proof.ErrClient: func(p *proof.Proof) { p.ClientID = "nobody" },
			proof.ErrSource: func(p *proof.Proof) { p.Kind, p.SourceOn = proof.Statistic, "2026-01-01" }, proof.ErrSourceOn: func(p *proof.Proof) { p.Kind, p.Source = proof.Statistic, "We Are Social" },
			proof.ErrNames: func(p *proof.Proof) {
				p.Permission, p.Alias, p.Body = proof.Anonymised, "Merek lokal", "Serum Melati laku."
			},
		} {
			p := good
			edit(&p)
			if _, err := s.KeepProof(ctx, rani, p); !errors.Is(err, want) {
				t.Errorf("%v, want %v", err, want)
			}
		}
		p, err := s.KeepProof(ctx, rani, good)
		if err != nil {
			t.Fatal(err)
		}
		p.Permission, p.Body = proof.MayNot, "Ditarik kembali."
		if err := s.CorrectProof(ctx, rani, p); err != nil {
			t.Fatal(err)
		}
		if err := s.CorrectProof(ctx, rani, p); !errors.Is(err, db.ErrChanged) {
			t.Errorf("changed meanwhile: %v", err)
		}
		got, err := s.Proofs(ctx, rani, proof.Filter{Text: "DITARIK"})
		if err != nil || len(got) != 1 || got[0].Permission != proof.MayNot {
			t.Errorf("%+v %v", got, err)
		}
		if err := s.RetireProof(ctx, rani, p.ID, true); err != nil {
			t.Fatal(err)
		}
		if got, _ := s.Proofs(ctx, rani, proof.Filter{}); len(got) != 0 {
			t.Error("what was put away is still listed")
		}
	})
}

func TestProof_ACaseStudyIsMadeFromAClosedCampaignsReport(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, s := context.Background(), world(t, d)
		testkit.Booked(t, d, "{}")
		if _, err := s.MakeCase(ctx, rani, "ca"); !errors.Is(err, proof.ErrOpen) {
			t.Errorf("of an open campaign: %v", err)
		}
		set := func(text string, args ...any) {
			t.Helper()
			if err := d.Write(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, text, args...); return err }); err != nil {
				t.Fatal(err)
			}
		}
		set(`UPDATE campaign SET closed_at = $1 WHERE id = 'ca'`, db.At(testkit.Start))
		if _, err := s.MakeCase(ctx, rani, "ca"); !errors.Is(err, proof.ErrUnreported) {
			t.Errorf("without a report: %v", err)
		}
		doc := report.Document{Lang: "id", Zone: "Asia/Jakarta", Campaign: "Serum Ramadan", Brand: "Serum Melati", To: "2026-10-30", Summary: "Jangkauan di atas rencana.", Learned: []string{"Video pendek menang."},
			Done: report.Done{Posted: 8, Planned: 8}, Total: report.Sums{Reach: report.Count{Value: 812_000, Known: 8, Of: 8}, Engagements: 40_600, Base: 812_000, Measured: 8}}
		testkit.Put(t, d, "report", map[string]any{"id": "r1", "campaign_id": "ca", "client_id": "cl", "number": 1, "doc": db.JSON[report.Document]{V: doc}, "hash": doc.Hash(), "sent_at": testkit.Start.UnixMicro(), "sent_by": "Rani"})
		p, err := s.MakeCase(ctx, rani, "ca")
		if err != nil || p.Kind != proof.CaseStudy || p.Permission != proof.MayNot || p.ClientID != "cl" || !strings.Contains(p.Body, "Video pendek menang") {
			t.Fatalf("%+v %v", p, err)
		}
		found := map[string]bool{}
		for _, f := range p.Figures {
			found[f.Value] = true
		}
		if !found["8"] || !found["5%"] && !found["5,0%"] {
			t.Errorf("figures %+v", p.Figures)
		}
		if _, err := s.MakeCase(ctx, rani, "ca"); !errors.Is(err, proof.ErrTwice) {
			t.Errorf("twice: %v", err)
		}
	})
}

func TestSheet_OutOfDateIsShownOnlyWithAReason(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, s := context.Background(), world(t, d)
		pdf := func() proof.File {
			return proof.File{Name: `C:\Kerja\harga 2026.pdf`, Data: bytes.NewReader([]byte("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"))}
		}
		v := proof.SheetVersion{FromOn: "2026-01-01", UntilOn: "2026-12-31"}
		for want, f := range map[error]proof.File{proof.ErrSheetFile: {Name: "x.exe", Data: bytes.NewReader([]byte("MZ\x90\x00program"))}} {
			if _, err := s.NewSheet(ctx, rani, proof.Sheet{Title: "Harga", Kind: "price"}, v, f); !errors.Is(err, want) {
				t.Errorf("%v, want %v", err, want)
			}
		}
		if _, err := s.NewSheet(ctx, rani, proof.Sheet{Title: "Harga", Kind: "price"}, proof.SheetVersion{FromOn: "2026-02-01", UntilOn: "2026-01-01"}, pdf()); !errors.Is(err, proof.ErrSheetUntil) {
			t.Errorf("over before it begins: %v", err)
		}
		sh, err := s.NewSheet(ctx, rani, proof.Sheet{Title: "Harga", Kind: "price"}, v, pdf())
		if err != nil {
			t.Fatal(err)
		}
		got, today, err := s.Sheet(ctx, rani, sh.ID)
		if err != nil || len(got.Versions) != 1 || got.Versions[0].Name != "harga 2026.pdf" {
			t.Fatalf("%+v %v", got, err)
		}
		if _, ok := got.Current(today); !ok {
			t.Error("nothing holds today")
		}
		show := proof.SheetShown{SheetID: sh.ID, VersionID: got.Versions[0].ID, Whom: "Pak Hadi"}
		if err := s.ShowSheet(ctx, rani, show); err != nil {
			t.Fatal(err)
		}
		testkit.ClockOf(d).Advance(60 * 24 * time.Hour)
		if err := s.ShowSheet(ctx, rani, show); !errors.Is(err, proof.ErrSheetOld) {
			t.Errorf("out of date without a reason: %v", err)
		}
		show.Reason = "harga lama masih dijanjikan"
		if err := s.ShowSheet(ctx, rani, show); err != nil {
			t.Fatal(err)
		}
		if err := s.AddSheetVersion(ctx, rani, sh.ID, proof.SheetVersion{FromOn: "2027-01-01"}, pdf()); err != nil {
			t.Fatal(err)
		}
		got, today, _ = s.Sheet(ctx, rani, sh.ID)
		if c, ok := got.Current(today); !ok || c.Number != 2 || len(got.Shown) != 2 || got.Shown[0].Reason == "" || got.Shown[0].Number != 1 {
			t.Errorf("%+v", got)
		}
	})
}
