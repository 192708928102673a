package report_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"kolega/internal/db"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/report"
	"kolega/internal/result"
	"kolega/internal/testkit"
)

func TestReport_DrawsTheDominoAndNamesWhatCameOfLinksWithoutCost(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), context.Background()
		w.posted()
		w.insight("d1", beaCounts, true)
		w.insight("d2", mikaCounts, true)
		at := func(n int) time.Time { return testkit.Start.Add(time.Duration(n) * time.Hour) }
		seed, err := w.results.AddLine(ctx, specialist, result.AddLine{CampaignID: "ca", Side: result.MediaSide, Name: "Kabar Baru", Platform: "instagram", Cost: money.IDR(7_654_321), Expected: 1000, Source: result.SourceGuess})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.results.PostLine(ctx, specialist, result.PostLine{CampaignID: "ca", LineID: seed.ID, URL: "https://www.instagram.com/kabarbaru/p/Benih00001/", At: at(1), Reach: 50_000, Views: result.Unknown}); err != nil {
			t.Fatal(err)
		}
		for i, who := range []string{"ikutsatu", "ikutdua"} {
			if _, err := w.results.AddPickup(ctx, specialist, result.AddPickup{CampaignID: "ca", URL: "https://www.instagram.com/" + who + "/p/Ikut00000" + string(rune('1'+i)) + "/", At: at(2 + i), Parents: []string{seed.ID}, Reach: []int64{9_000, result.Unknown}[i], Views: result.Unknown}); err != nil {
				t.Fatal(err)
			}
		}
		l, err := w.results.MakeTrackLink(ctx, specialist, "b1", "melati.id")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.results.Follow(ctx, l.Slug, true); err != nil {
			t.Fatal(err)
		}
		sheet, err := w.Edit(ctx, ae, "ca")
		if err != nil {
			t.Fatal(err)
		}
		doc := sheet.Document
		if s := doc.Spread; s.Paid.Sum != 50_000 || s.Free.Sum != 9_000 || s.Free.N != 1 || s.Free.All != 2 || len(s.Roots) != 1 || len(s.Roots[0].Next) != 2 {
			t.Errorf("spread %+v", doc.Spread)
		}
		loc := locale.For("id", "")
		if drawing, ok := doc.TreeDrawing(loc, 360); !ok || !strings.Contains(drawing.SVG(), "@ikutdua") {
			t.Error("the tree does not name who followed")
		}
		if len(doc.Traces) != 1 || doc.Traces[0].Visits != 1 || doc.Traces[0].Coded {
			t.Errorf("traces %+v", doc.Traces)
		}
		visits, orders, amount := report.TracedText(loc, doc.Traces[0])
		if visits != "1" || orders != locale.NoFigure || amount != locale.NoFigure {
			t.Errorf("%q %q %q: what nobody said is not zero", visits, orders, amount)
		}
		plain, err := json.Marshal(doc)
		if err != nil || bytes.Contains(plain, []byte("7654321")) {
			t.Errorf("a seed's cost stands in what a client reads: %v", err)
		}
		var pdf bytes.Buffer
		if err := doc.WritePDF(&pdf, report.Art{}); err != nil {
			t.Fatal(err)
		}
		if words := testkit.WordsOf(t, pdf.Bytes()); !strings.Contains(words, "@ikutsatu") || !strings.Contains(words, loc.T("track.title")) || strings.Contains(words, "7.654.321") {
			t.Errorf("the PDF:\n%s", words)
		}
	})
}
