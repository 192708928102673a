package report_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/db"
	"kolega/internal/report"
	"kolega/internal/result"
	"kolega/internal/testkit"
)

const terms = `{"AgreementID":"ag","Value":{"Minor":425000000,"Currency":"IDR"},"Guarantee":{"Formula":"reach","Actions":["likes","comments","saves","shares"],"TargetBp":500,"Scope":"talent","RefundBase":"agreement","ShareBp":1000}}`

func staff(id string, role access.Role) access.Actor {
	return access.Actor{Who: audit.Who{Kind: "staff", ID: id, Name: id}, Role: role, Lang: "id", Zone: "Asia/Jakarta"}
}

var (
	ae, specialist = staff("ae", access.SeniorAE), staff("sp", access.Specialist)
	sari           = access.Actor{Who: audit.Who{Kind: "client", ID: "co", Name: "Sari"}, Role: access.Client, ClientID: "cl", CampaignID: "ca", ContactID: "co"}
	stranger       = access.Actor{Who: audit.Who{Kind: "client", ID: "xx", Name: "X"}, Role: access.Client, ClientID: "other", CampaignID: "other", ContactID: "xx"}
)

type world struct {
	*report.Service
	results *result.Service
	t       *testing.T
	clock   *testkit.Clock
	shots   int
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	testkit.Booked(t, d, terms)
	files, err := blob.Folder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return &world{report.New(d, files), result.New(d, files), t, testkit.ClockOf(d), 0}
}

func reel(handle string, at time.Time) string {
	b := binary.BigEndian.AppendUint64([]byte{0}, uint64(at.UnixMilli()-1314220021721)<<23|77)
	return "https://www.instagram.com/" + handle + "/reel/" + base64.RawURLEncoding.EncodeToString(b)[1:] + "/"
}

func (w *world) posted() {
	w.t.Helper()
	for i, h := range []string{"beasantillan", "mikadlr"} {
		_, err := w.results.EnterPost(context.Background(), specialist, result.EnterPost{DeliverableID: "d" + string(rune('1'+i)), URL: reel(h, testkit.Start.Add(time.Duration(i)*time.Second))})
		if err != nil {
			w.t.Fatal(err)
		}
	}
	w.clock.Advance(8 * 24 * time.Hour)
}

func (w *world) insight(deliverable string, c result.Counts, verify bool) {
	w.t.Helper()
	w.shots++
	img := image.NewGray(image.Rect(0, 0, 9, 9))
	img.Set(w.shots, 1, color.White)
	var b bytes.Buffer
	_ = png.Encode(&b, img)
	e, err := w.results.KeepEvidence(context.Background(), specialist, "s.png", &b)
	if err != nil {
		w.t.Fatal(err)
	}
	i, err := w.results.EnterInsight(context.Background(), specialist, result.EnterInsight{DeliverableID: deliverable, Counts: c, Evidence: []result.Evidence{e}, Reason: "checked"})
	if err != nil {
		w.t.Fatal(err)
	}
	if verify {
		if _, err := w.results.VerifyInsight(context.Background(), ae, i.ID); err != nil {
			w.t.Fatal(err)
		}
	}
}

var (
	beaCounts  = result.Counts{result.Reach: 41_200, result.Views: 60_000, result.Impressions: 64_000, result.Likes: 1900, result.Comments: 120, result.Saves: 210, result.Shares: 70}
	mikaCounts = result.Counts{result.Reach: 80_000, result.Views: 99_000, result.Likes: 2500, result.Comments: 150, result.Saves: 90, result.Shares: 20}
)

func written(rev int64) report.Text {
	return report.Text{CampaignID: "ca", Revision: rev, Summary: "Dua Reels tayang tepat waktu. Bea melewati target; video yang menunjukkan tekstur di menit pertama paling banyak disimpan.",
		Learned: []string{"Tekstur produk di tiga detik pertama menaikkan simpan dua kali lipat."},
		Advice:  []report.Advice{{Text: "Pakai Bea lagi untuk peluncuran Ramadan, dengan satu Story pengingat.", Figure: "t1.er"}}}
}

func TestReport_SentFrozenAndCorrected(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), context.Background()
		if _, err := w.Send(ctx, ae, "ca", false); !errors.Is(err, report.ErrNothing) {
			t.Errorf("nothing posted: %v", err)
		}
		w.posted()
		w.insight("d1", beaCounts, true)
		w.insight("d2", mikaCounts, false)
		if _, err := w.Send(ctx, ae, "ca", false); !errors.Is(err, report.ErrSummary) {
			t.Errorf("no words: %v", err)
		}
		text := written(0)
		text.Advice = nil
		if err := w.SaveText(ctx, ae, text); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Send(ctx, ae, "ca", true); !errors.Is(err, report.ErrLessons) {
			t.Errorf("no advice: %v", err)
		}
		if err := w.SaveText(ctx, ae, written(0)); !errors.Is(err, db.ErrChanged) {
			t.Errorf("an old form: %v", err)
		}
		if err := w.SaveText(ctx, ae, written(1)); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Send(ctx, ae, "ca", false); !errors.Is(err, report.ErrUnverified) {
			t.Errorf("unverified numbers: %v", err)
		}
		if _, _, err := w.Read(ctx, sari, "ca", 0); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("a client reads what was not sent: %v", err)
		}
		one, err := w.Send(ctx, ae, "ca", true)
		if err != nil || one.Number != 1 || one.Document.Total.Unverified != 1 || one.Document.Total.Engagements != 5060 || one.Document.Total.Base != 121_200 {
			t.Fatalf("version 1: %+v %v", one.Document.Total, err)
		}
		if _, err := w.Send(ctx, ae, "ca", true); !errors.Is(err, report.ErrSame) {
			t.Errorf("sent twice: %v", err)
		}
		got, all, err := w.Read(ctx, sari, "ca", 0)
		if err != nil || len(all) != 1 || got.Hash != one.Hash {
			t.Fatalf("the client reads: %v", err)
		}
		if _, _, err := w.Read(ctx, stranger, "ca", 0); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("a stranger reads: %v", err)
		}
		w.comments(one)
		mika := result.Counts{}
		for m, n := range mikaCounts {
			mika[m] = n
		}
		mika[result.Likes] = 4100
		w.insight("d2", mika, true)
		two, err := w.Send(ctx, ae, "ca", false)
		if err != nil || two.Number != 2 || len(two.Document.Changes) == 0 {
			t.Fatalf("version 2: %+v %v", two.Document.Changes, err)
		}
		if c := two.Document.Changes[0]; c.Key != "engagements" || c.Was != 5060 || c.Now != 6660 {
			t.Errorf("difference: %+v", c)
		}
		w.files(two)
	})
}

// comments has the client and the agency talk about a version.
func (w *world) comments(v report.Sent) {
	w.t.Helper()
	ctx := context.Background()
	if _, err := w.AddComment(ctx, sari, report.Comment{CampaignID: "ca", Text: " "}); !errors.Is(err, report.ErrComment) {
		w.t.Errorf("nothing said: %v", err)
	}
	if _, err := w.AddComment(ctx, sari, report.Comment{CampaignID: "ca", Text: "a", Part: "cover"}); !errors.Is(err, report.ErrCommentPart) {
		w.t.Errorf("about what is not there: %v", err)
	}
	if _, err := w.AddComment(ctx, stranger, report.Comment{CampaignID: "ca", Text: "a"}); !errors.Is(err, db.ErrNotFound) {
		w.t.Errorf("a stranger talks: %v", err)
	}
	if _, err := w.AddComment(ctx, specialist, report.Comment{CampaignID: "ca", Text: "a"}); err == nil {
		w.t.Error("a specialist answers a client")
	}
	for _, c := range []struct {
		who  access.Actor
		text string
	}{{sari, "Kenapa Mika di bawah target?"}, {ae, "Insight-nya masih diverifikasi."}} {
		w.clock.Advance(time.Minute)
		if _, err := w.AddComment(ctx, c.who, report.Comment{CampaignID: "ca", Part: "talents", Text: c.text}); err != nil {
			w.t.Fatal(err)
		}
	}
	got, err := w.Comments(ctx, sari, "ca")
	if err != nil || len(got) != 2 || !got[0].FromClient() || got[1].FromClient() || got[0].Number != v.Number || got[0].Part != "talents" {
		w.t.Errorf("%+v, %v", got, err)
	}
	if _, err := w.Comments(ctx, stranger, "ca"); !errors.Is(err, db.ErrNotFound) {
		w.t.Errorf("a stranger reads: %v", err)
	}
}

// files opens what the client gets and looks into it.
func (w *world) files(v report.Sent) {
	w.t.Helper()
	f, _, err := w.OpenFile(context.Background(), sari, "ca", v.Number, report.PDF)
	if err != nil {
		w.t.Fatal(err)
	}
	pdf, _ := io.ReadAll(f)
	f.Close()
	if !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		w.t.Error("the PDF is none")
	}
	if to := os.Getenv("KOLEGA_KEEP_REPORT"); to != "" {
		_ = os.WriteFile(to+".pdf", pdf, 0o600)
	}
	f, _, err = w.OpenFile(context.Background(), sari, "ca", v.Number, report.XLSX)
	if err != nil {
		w.t.Fatal(err)
	}
	raw, _ := io.ReadAll(f)
	f.Close()
	if to := os.Getenv("KOLEGA_KEEP_REPORT"); to != "" {
		_ = os.WriteFile(to+".xlsx", raw, 0o600)
	}
	x, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		w.t.Fatal(err)
	}
	defer x.Close()
	rates := 0
	for row := 1; row < 20; row++ {
		label, _ := x.GetCellValue("Ringkasan", "A"+strconv.Itoa(row))
		if label == "ER" {
			value, err := x.CalcCellValue("Ringkasan", "B"+strconv.Itoa(row), excelize.Options{RawCellValue: true})
			if err != nil || !strings.HasPrefix(value, "0.05495") { // 6660 ÷ 121200
				w.t.Errorf("the live rate is %s, %v", value, err)
			}
			rates++
		}
	}
	if rates != 1 {
		w.t.Errorf("%d rates in the summary", rates)
	}
	for _, bad := range []string{"500000", "500,000", "500.000"} { // the talents' fee
		if rows, _ := x.GetRows("Ringkasan"); strings.Contains(strings.Join(flat(rows), " "), bad+" ") {
			w.t.Errorf("the workbook has a talent's fee: %s", bad)
		}
	}
	f, _, err = w.OpenFile(context.Background(), sari, "ca", v.Number, report.PPTX)
	if err != nil {
		w.t.Fatal(err)
	}
	deck, _ := io.ReadAll(f)
	f.Close()
	w.deck(deck)
	if v.Hash != v.Document.Hash() {
		w.t.Error("the hash is not the document's")
	}
}

// deck has LibreOffice paint the slides and looks at their words and charts.
func (w *world) deck(data []byte) {
	w.t.Helper()
	if to := os.Getenv("KOLEGA_KEEP_REPORT"); to != "" {
		_ = os.WriteFile(to+".pptx", data, 0o600)
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		w.t.Fatal(err)
	}
	charts := 0
	for _, f := range r.File {
		if strings.HasPrefix(f.Name, "ppt/charts/chart") || strings.HasPrefix(f.Name, "ppt/embeddings/") {
			charts++
		}
	}
	if charts != 4 {
		w.t.Errorf("%d parts of charts and their workbooks, want 4", charts)
	}
	words := testkit.WordsOf(w.t, testkit.Opened(w.t, data, "pptx", "pdf"))
	for _, want := range []string{"Peluncuran Two-Way Cake", "6.660", "5,5%", "Bea Santillan", "Yang berubah sejak versi 1", "Pakai Bea lagi"} {
		if !strings.Contains(words, want) {
			w.t.Errorf("the slides have no %q", want)
		}
	}
	if strings.Contains(words, "500.000") {
		w.t.Error("the slides have a talent's fee")
	}
}

func flat(rows [][]string) (out []string) {
	for _, r := range rows {
		out = append(out, r...)
	}
	return out
}
