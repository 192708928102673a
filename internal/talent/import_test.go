package talent

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/testkit"
)

func specialist() access.Actor {
	return access.Actor{Who: audit.Who{Kind: "staff", ID: "p1", Name: "Tia Wira"}, Role: access.Specialist, Lang: "id", Zone: "Asia/Jakarta"}
}

func importFile(t *testing.T, s *Service, name string, o ImportOptions) ImportReport {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := s.Import(context.Background(), specialist(), Source{name, f}, o)
	if err != nil {
		t.Fatal(err)
	}
	if r.Read != r.Created+r.Updated+r.Unchanged+r.Skipped {
		t.Errorf("%s: rows do not add up: %s", name, r.Line())
	}
	return r
}

func accountOf(t *testing.T, d *db.DB, p Platform, key string) (a Account, owner Talent) {
	t.Helper()
	err := d.Read(context.Background(), func(tx *db.Tx) error {
		var ok bool
		var err error
		if a, ok, err = findAccount(context.Background(), tx, p, key, ""); err != nil || !ok {
			t.Fatalf("%s %s: found %v, %v", p, key, ok, err)
		}
		owner, err = LoadTalent(context.Background(), tx, a.TalentID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return a, owner
}

func TestImport_Tables(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := New(d, nil, nil)
		for _, c := range []struct{ file, first, again string }{
			{"instagram.csv", "read 6, created 4, updated 1, unchanged 1, skipped 0", "read 6, created 0, updated 0, unchanged 6, skipped 0"},
			{"tiktok.csv", "read 4, created 2, updated 0, unchanged 1, skipped 1", "read 4, created 0, updated 0, unchanged 3, skipped 1"},
			{"trending.csv", "read 3, created 2, updated 0, unchanged 1, skipped 0", "read 3, created 0, updated 0, unchanged 3, skipped 0"},
			{"insights_latin1.csv", "read 2, created 0, updated 0, unchanged 0, skipped 2", "read 2, created 0, updated 0, unchanged 0, skipped 2"},
			{"agency.csv", "read 8, created 4, updated 0, unchanged 0, skipped 4", "read 8, created 0, updated 0, unchanged 4, skipped 4"},
		} {
			if got := importFile(t, s, c.file, ImportOptions{}); got.Line() != c.first {
				t.Errorf("%s: %s, want %s; %+v", c.file, got.Line(), c.first, got.Rows)
			}
			if got := importFile(t, s, c.file, ImportOptions{}); got.Line() != c.again {
				t.Errorf("%s again: %s, want %s", c.file, got.Line(), c.again)
			}
		}
		t.Run("figures are read exactly", func(t *testing.T) {
			a, bea := accountOf(t, d, Instagram, "bea.santillan")
			if a.Followers != 415_000 || bea.Name != "Bea Santillan" || a.AudienceCountry != "PH" || a.AvgEngagements != 21_000 || a.ERBp != 506 {
				t.Errorf("got %+v of %s", a, bea.Name)
			}
			_, rara := accountOf(t, d, Instagram, "rara.kusuma")
			if rara.Name != "-Rara- =1+1" {
				t.Errorf("a name that looks like a formula became %q", rara.Name)
			}
			tik, _ := accountOf(t, d, TikTok, "sam_ocampo")
			if tik.ERBase != ERByViews || tik.ERBp != 515 {
				t.Errorf("TikTok rate is %d by %s", tik.ERBp, tik.ERBase)
			}
		})
		t.Run("one row may hold two accounts, a contact and a price", func(t *testing.T) {
			ig, sari := accountOf(t, d, Instagram, "sari.melati")
			tik, same := accountOf(t, d, TikTok, "sarimelati")
			if sari.ID != same.ID || ig.Followers != 12_300 || tik.Followers != 1_200_000 || sari.Phone != "+6281234567890" || sari.Email != "sari@example.com" {
				t.Errorf("got %+v %+v %+v", sari, ig, tik)
			}
			_ = d.Read(context.Background(), func(tx *db.Tx) error {
				card, err := ListRates(context.Background(), tx, sari.ID)
				if err != nil || len(card) != 1 || card[0].Amount != money.IDR(1_500_000) || card[0].Format != FormatReels {
					t.Errorf("card %+v, %v", card, err)
				}
				return nil
			})
		})
	})
}

func TestImport_Reasons(t *testing.T) {
	s := New(testkit.SQLite(t), nil, nil)
	r := importFile(t, s, "agency.csv", ImportOptions{})
	got := map[int64]string{}
	for _, row := range r.Rows {
		got[row.Row] = row.Code + " " + row.Column
	}
	for row, want := range map[int64]string{1: "import.above-head ", 2: "import.blank ", 7: "import.no-account ", 8: "count.fraction Followers IG"} {
		if got[row] != want {
			t.Errorf("row %d: %q, want %q", row, got[row], want)
		}
	}
	t.Run("a row may be taken in without its bad cells", func(t *testing.T) {
		again := importFile(t, s, "agency.csv", ImportOptions{LeaveOutBad: true})
		if again.Line() != "read 8, created 1, updated 0, unchanged 4, skipped 3" {
			t.Error(again.Line())
		}
	})
	t.Run("a mended cell is read in place of the file's", func(t *testing.T) {
		s := New(testkit.SQLite(t), nil, nil)
		r := importFile(t, s, "agency.csv", ImportOptions{Mended: map[int64]map[int]string{8: {2: "12,3rb", 5: "0812 9999 8888"}}})
		if r.Created != 5 {
			t.Error(r.Line())
		}
	})
}

func importText(t *testing.T, s *Service, text string, o ImportOptions) (ImportReport, error) {
	t.Helper()
	return s.Import(context.Background(), specialist(), Source{"pasted", strings.NewReader(text)}, o)
}

func TestImport_People(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := New(d, nil, nil)
		must := func(text string) ImportReport {
			t.Helper()
			r, err := importText(t, s, text, ImportOptions{Defaults: RowDefaults{Platform: Instagram}})
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		must("Nama\tUsername\tNo HP\nSari\tsari\t081234567890\nDewi\tdewi\t081234567890\n")
		t.Run("a number that two people share does not make them one", func(t *testing.T) {
			_, sari := accountOf(t, d, Instagram, "sari")
			_, dewi := accountOf(t, d, Instagram, "dewi")
			if sari.ID == dewi.ID {
				t.Error("two creators under one manager's number became one")
			}
		})
		t.Run("same name and number under another handle is the same person", func(t *testing.T) {
			r := must("Nama,Username,No HP\nSÁRI,sari.kedua,+62 812-3456-7890\n")
			_, one := accountOf(t, d, Instagram, "sari")
			_, two := accountOf(t, d, Instagram, "sari.kedua")
			if r.Updated != 1 || one.ID != two.ID {
				t.Errorf("%s", r.Line())
			}
		})
		t.Run("a row that joins two talents is left to a person", func(t *testing.T) {
			r := must("Nama,IG,TikTok\nKopi,kopi,\nTeh,,teh\n")
			if r.Created != 2 {
				t.Fatal(r.Line())
			}
			r = must("Nama,IG,TikTok\nKopi,kopi,teh\n")
			if r.Skipped != 1 || r.Rows[0].Code != SkipTwo {
				t.Errorf("%s %+v", r.Line(), r.Rows)
			}
		})
		t.Run("an older figure does not replace a newer one", func(t *testing.T) {
			must("Username,Followers,Tanggal data\nrani,2000,2026-10-01\n")
			must("Username,Followers,Tanggal data\nrani,1000,2026-01-01\n")
			if a, _ := accountOf(t, d, Instagram, "rani"); a.Followers != 2000 || a.FollowersOn != "2026-10-01" {
				t.Errorf("got %+v", a)
			}
		})
		t.Run("what a person corrected stays when the same file comes again", func(t *testing.T) {
			_, rani := accountOf(t, d, Instagram, "rani")
			rani.City = "Solo"
			if _, err := s.Edit(context.Background(), specialist(), EditTalent{Talent: rani}); err != nil {
				t.Fatal(err)
			}
			r := must("Username,Followers,Kota\nrani,2500,Jakarta\n")
			if _, after := accountOf(t, d, Instagram, "rani"); after.City != "Solo" || r.Updated+r.Unchanged != 1 {
				t.Errorf("%s: city %q", r.Line(), after.City)
			}
		})
	})
}

func TestImport_Workbook(t *testing.T) {
	f := excelize.NewFile()
	pct, _ := f.NewStyle(&excelize.Style{NumFmt: 10})
	for cell, v := range map[string]any{"A1": "Nama", "B1": "Username TikTok", "C1": "Followers", "D1": "No WA", "E1": "ER", "F1": "Catatan",
		"A2": "Bagas", "B2": "bagas.id", "C2": 477900, "D2": 6281234567890, "E2": 0.048, "F2": "'=1+1"} {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	_ = f.SetCellStyle("Sheet1", "E2", "E2", pct)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	d := testkit.SQLite(t)
	r, err := New(d, nil, nil).Import(context.Background(), specialist(), Source{"list.xlsx", bytes.NewReader(b.Bytes())}, ImportOptions{})
	if err != nil || r.Created != 1 {
		t.Fatal(err, r.Line(), r.Rows)
	}
	a, bagas := accountOf(t, d, TikTok, "bagas.id")
	if a.Followers != 477_900 || a.ERBp != 480 || bagas.Phone != "+6281234567890" || bagas.Note != "=1+1" {
		t.Errorf("got %+v of %+v", a, bagas)
	}
}

func TestImport_Faults(t *testing.T) {
	s := New(testkit.SQLite(t), nil, nil)
	for name, c := range map[string]struct{ text, code string }{
		"an open quote":            {"Nama,Username\n\"Sari,sari\n", "sheet.quote"},
		"a NUL byte":               {"Nama,Username\nSa\x00ri,sari\n", "sheet.binary"},
		"two encodings in one":     {"Nama,Username\nÉva,e\nSa\xa0ri,sari\n", "sheet.encoding"},
		"an empty file":            {"", "sheet.empty"},
		"an old workbook":          {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "sheet.old-excel"},
		"something else in a zip":  {"PK\x03\x04 no archive", "sheet.workbook"},
		"one line without an end":  {"Nama\n" + strings.Repeat("x", 2<<20), "sheet.row-too-long"},
		"more rows than the limit": {"Username IG\n" + strings.Repeat("sari\n", 100_001), "sheet.too-many"},
	} {
		if _, err := importText(t, s, c.text, ImportOptions{}); fault.CodeOf(err) != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
	designer := specialist()
	designer.Role = access.Designer
	if _, err := s.Import(context.Background(), designer, Source{"x", strings.NewReader("a")}, ImportOptions{}); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("a designer: %v", err)
	}
}
