package scan_test

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/db"
	"kolega/internal/result"
	"kolega/internal/scan"
	"kolega/internal/testkit"
)

// tool gives the machine's tesseract, or skips aloud.
func tool(t *testing.T) scan.Tool {
	t.Helper()
	f, ok := scan.Find()
	if !ok {
		if os.Getenv("CI") == "true" {
			t.Fatal("tesseract is needed under CI=true; run tools/install")
		}
		t.Skip("SKIPPED, no tesseract on this machine; run tools/install")
	}
	return f
}

// shot draws a screen of insights as a phone shows it: words on the left and figures on
// the right, or figures above their words.
func shot(t *testing.T, dark bool, rows [][2]string, above bool) []byte {
	t.Helper()
	p := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: 390, Ht: 700}})
	p.SetMargins(0, 0, 0)
	p.AddPage()
	p.SetFillColor(255, 255, 255)
	p.SetTextColor(20, 20, 20)
	if dark {
		p.SetFillColor(12, 16, 20)
		p.SetTextColor(240, 240, 240)
	}
	p.Rect(0, 0, 390, 700, "F")
	p.SetFont("Helvetica", "B", 18)
	p.Text(24, 60, "Reel insights")
	y := 120.0
	for _, row := range rows {
		p.SetFont("Helvetica", "", 16)
		if above {
			p.SetFont("Helvetica", "B", 22)
			p.Text(24, y, row[1])
			p.SetFont("Helvetica", "", 16)
			p.Text(24, y+26, row[0])
			y += 40
		} else {
			p.Text(24, y, row[0])
			p.Text(366-p.GetStringWidth(row[1]), y, row[1])
		}
		y += 44
	}
	dir := t.TempDir()
	pdf := filepath.Join(dir, "shot.pdf")
	if err := p.OutputFileAndClose(pdf); err != nil {
		t.Fatal(err)
	}
	pdftoppm, err := exec.LookPath("pdftoppm")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("poppler-utils is needed under CI=true; run tools/install")
		}
		t.Skip("SKIPPED, no pdftoppm on this machine; run tools/install")
	}
	if out, err := exec.Command(pdftoppm, "-png", "-r", "200", "-singlefile", pdf, filepath.Join(dir, "shot")).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	png, err := os.ReadFile(filepath.Join(dir, "shot.png"))
	if err != nil {
		t.Fatal(err)
	}
	return png
}

func TestWords_AScreenshotGivesItsFigures(t *testing.T) {
	english := [][2]string{{"Views", "98.4K"}, {"Accounts reached", "71,200"}, {"Likes", "3,120"}, {"Comments", "204"}, {"Saves", "412"}, {"Shares", "188"}}
	indonesian := [][2]string{{"Tayangan", "98,4 rb"}, {"Akun yang dijangkau", "71.200"}, {"Suka", "3.120"}, {"Komentar", "204"}, {"Disimpan", "412"}, {"Dibagikan", "188"}}
	for name, c := range map[string]struct {
		rows  [][2]string
		dark  bool
		above bool
	}{"English": {rows: english}, "Indonesian": {rows: indonesian}, "dark": {rows: english, dark: true}, "figures above their words": {rows: indonesian, above: true}} {
		words, err := tool(t).Words(t.Context(), bytes.NewReader(shot(t, c.dark, c.rows, c.above)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		want := map[result.Metric]string{}
		for i, m := range []result.Metric{result.Views, result.Reach, result.Likes, result.Comments, result.Saves, result.Shares} {
			want[m] = c.rows[i][1]
		}
		if got := result.ReadShot(words); !maps.Equal(got, want) {
			t.Errorf("%s: %v, want %v; the words were:\n%s", name, got, want, words)
		}
	}
}

func TestWords_WhatIsNoPictureHasNone(t *testing.T) {
	if words, err := tool(t).Words(t.Context(), strings.NewReader("not a picture")); !errors.Is(err, scan.ErrUnreadable) {
		t.Errorf("%q %v", words, err)
	}
}

func TestScan_WhatAPersonConfirmedUnchangedIsMarked(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		testkit.Booked(t, d, `{}`)
		files, err := blob.Folder(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		s := result.New(d, files)
		bea := access.Actor{Who: audit.Who{Kind: "talent", ID: "t1", Name: "Bea", Via: "link:x"}, Role: access.Talent, CampaignID: "ca", TalentID: "t1"}
		sp := access.Actor{Who: audit.Who{Kind: "staff", ID: "sp", Name: "sp", Via: "web"}, Role: access.Specialist}
		if _, err := s.EnterPost(t.Context(), bea, result.EnterPost{DeliverableID: "d1", URL: "https://www.instagram.com/reel/Cabcdefghij/", PostedAt: testkit.Start}); err != nil {
			t.Fatal(err)
		}
		testkit.ClockOf(d).Advance(8 * 24 * time.Hour)
		e, err := s.KeepEvidence(t.Context(), bea, "a.png", bytes.NewReader(shot(t, false, [][2]string{{"Views", "98.4K"}, {"Likes", "3,120"}, {"Shares", "188"}}, false)))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := s.ScanEvidence(t.Context(), bea, []result.Evidence{e}); err != nil || s.Scanning() || len(got) != 0 {
			t.Errorf("a machine without the tool reads %v %v", got, err)
		}
		s.UseScan(tool(t))
		read, err := s.ScanEvidence(t.Context(), bea, []result.Evidence{e})
		if err != nil || len(read) != 3 || read[result.Likes] != "3,120" {
			t.Fatalf("%v %v", read, err)
		}
		if _, err := s.ScanEvidence(t.Context(), bea, nil); !errors.Is(err, result.ErrEvidenceMissing) {
			t.Errorf("no picture: %v", err)
		}
		texts := map[result.Metric]string{result.Views: read[result.Views], result.Likes: "3.121", result.Shares: read[result.Shares]} // one is corrected
		counts, _, _, err := result.ReadNumbers(texts, "", "id")
		if err != nil {
			t.Fatal(err)
		}
		i, err := s.EnterInsight(t.Context(), bea, result.EnterInsight{DeliverableID: "d1", Counts: counts, Evidence: []result.Evidence{e}, Scanned: result.Scanned(read, texts)})
		if err != nil {
			t.Fatal(err)
		}
		c, err := s.Insight(t.Context(), sp, i.ID)
		if err != nil || !slices.Equal(c.Scanned, []result.Metric{result.Views, result.Shares}) || c.State() != result.StateTyped || c.Counts[result.Views] != 98_400 {
			t.Errorf("%v %v %+v", c.Scanned, err, c.Counts)
		}
	})
}
