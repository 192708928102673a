package talents_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

func TestTalentPage_ContractsRightsAndDays(t *testing.T) {
	d := open(t)
	w := d.post("/talents/new", url.Values{"name": {"Bea Santillan"}, "kind": {"creator"}, "country": {"PH"}, "zone": {"Asia/Manila"}, "lang": {"fil"}, "currency": {"PHP"},
		"tax_kind": {"foreign"}, "status": {"free"}, "handle": {"https://www.instagram.com/beasantillan/"}})
	page := w.Header().Get("Location")
	if w.Code != http.StatusSeeOther || page == "" {
		t.Fatalf("create: %d %s", w.Code, w.Body.String())
	}
	post := func(part string, want int, form url.Values) string {
		t.Helper()
		w := d.post(page+part, form)
		if w.Code != want {
			t.Fatalf("POST %s: %d, want %d\n%s", part, w.Code, want, w.Body.String())
		}
		return w.Body.String()
	}
	if body := post("/contracts", http.StatusUnprocessableEntity, url.Values{"holder": {"other"}, "from": {"2026-11-01"}, "to": {"2026-10-01"}, "territory": {"Filipina, Atlantis"}}); !strings.Contains(body, `value="Filipina, Atlantis"`) {
		t.Error("the refused form is not filled again")
	}
	post("/contracts", http.StatusSeeOther, url.Values{"holder": {"other"}, "holder_name": {"Agensi Lain"}, "from": {"2026-11-01"}, "to": {"2026-12-31"}, "territory": {"Filipina"}})
	post("/absences", http.StatusSeeOther, url.Values{"from": {"2027-01-04"}, "to": {"2027-01-06"}, "reason": {"Umrah"}})
	for day, want := range map[string]string{"2026-12-15": "Eksklusif dengan Agensi Lain", "2027-01-05": "Ditutup: Umrah", "2026-12-30": "Hari libur: Hari Rizal", "2027-01-07": "Tersedia</span>"} {
		if body := d.get(page + "?on=" + day); !strings.Contains(body, want) && !strings.Contains(body, strings.TrimSuffix(want, "</span>")) {
			t.Errorf("on %s the page does not say %q", day, want)
		}
	}
	post("/rights", http.StatusSeeOther, url.Values{"holder_name": {"Melati Glow"}, "title": {"Reel"}, "channels": {"ads"}, "from": {"2026-11-01"}, "to": {"2026-11-30"}, "code_kind": {"spark"}, "code": {"RAHASIA-7731"}})
	body := d.get(page)
	if strings.Contains(body, "RAHASIA") || !strings.Contains(body, "7731") {
		t.Error("the page shows more of the code than its end")
	}
	right := regexp.MustCompile(`/rights/([0-9a-z]+)/code`).FindStringSubmatch(body)
	if right == nil {
		t.Fatal("no form to see the code")
	}
	if body := post("/rights/"+right[1]+"/code", http.StatusOK, url.Values{"reason": {"pasang iklan"}}); !strings.Contains(body, "RAHASIA-7731") {
		t.Error("a logged look does not show the code")
	}
	if body := d.get("/rights?month=2026-11"); !strings.Contains(body, "Melati Glow") || !strings.Contains(body, "Bea Santillan") {
		t.Error("the register does not list what ends this month")
	}
	if body := d.get("/rights?month=2026-10"); strings.Contains(body, "Melati Glow") {
		t.Error("the register lists another month's")
	}
}

func TestTalentPage_AccountByDay(t *testing.T) {
	d := open(t)
	w := d.post("/talents/new", url.Values{"name": {"Tari"}, "kind": {"creator"}, "country": {"ID"}, "zone": {"Asia/Jakarta"}, "lang": {"id"}, "currency": {"IDR"},
		"tax_kind": {"individual"}, "status": {"free"}, "handle": {"https://www.tiktok.com/@tarimahes"}})
	page := w.Header().Get("Location")
	account := regexp.MustCompile(`/accounts/[0-9a-z]+`).FindString(d.get(page))
	if account == "" {
		t.Fatal("no account on the page")
	}
	for version, f := range []url.Values{
		{"figures_on": {"2026-10-20"}, "followers": {"10 rb"}, "avg_views": {"5.000"}, "avg_likes": {"400"}},
		{"figures_on": {"2026-11-10"}, "followers": {"25 rb"}, "avg_views": {"900"}, "avg_likes": {"1200"}},
	} {
		f.Set("version", []string{"1", "2"}[version])
		f.Set("handle", "tarimahes")
		if w := d.post(page+account, f); w.Code != http.StatusSeeOther {
			t.Fatalf("figures: %d %s", w.Code, w.Body.String())
		}
	}
	body := d.get(page + account)
	for _, want := range []string{"Pengikut melonjak", "Suka lebih banyak dari tayangan", "20 Okt 2026", "10 Nov 2026"} {
		if !strings.Contains(body, want) {
			t.Errorf("the account's page does not say %q", want)
		}
	}
	if w := d.post(page+account+"/audience", url.Values{"kind": {"country"}, "shares": {"ID 62%\nAtlantis 3%"}, "on": {"2026-11-01"}}); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Atlantis 3%") {
		t.Errorf("an unknown country: %d", w.Code)
	}
	if w := d.post(page+account+"/audience", url.Values{"kind": {"gender"}, "shares": {"perempuan 80%\nlaki-laki 20%"}, "on": {"2026-11-01"}}); w.Code != http.StatusSeeOther {
		t.Errorf("audience: %d %s", w.Code, w.Body.String())
	}
	if body := d.get(page + account); !strings.Contains(body, "Perempuan") {
		t.Error("the audience is not shown")
	}
}

func TestOneSheet_NeedsConsentAndHidesTheRest(t *testing.T) {
	d := open(t)
	w := d.post("/talents/new", url.Values{"name": {"Bea Santillan"}, "kind": {"creator"}, "country": {"PH"}, "zone": {"Asia/Manila"}, "lang": {"fil"}, "currency": {"PHP"},
		"tax_kind": {"foreign"}, "status": {"free"}, "phone": {"+639171234567"}, "email": {"bea@talent.example"}, "note": {"Catatan-dalam"}, "handle": {"https://www.instagram.com/beasantillan/"}})
	page := w.Header().Get("Location")
	if w := d.post(page+"/rates", url.Values{"platform": {"instagram"}, "format": {"reels"}, "amount": {"98.765"}, "currency": {"PHP"}}); w.Code != http.StatusSeeOther {
		t.Fatalf("rate: %d", w.Code)
	}
	if w := d.post(page+"/sheets", url.Values{"lang": {"en"}}); w.Code == http.StatusOK {
		t.Fatal("a link without consent")
	}
	if w := d.post(page+"/consent", url.Values{"how": {"WhatsApp"}}); w.Code != http.StatusSeeOther {
		t.Fatalf("consent: %d %s", w.Code, w.Body.String())
	}
	w = d.post(page+"/sheets", url.Values{"lang": {"en"}})
	path := regexp.MustCompile(`/s/[0-9a-z]{20,}`).FindString(w.Body.String())
	if w.Code != http.StatusOK || path == "" {
		t.Fatalf("link: %d", w.Code)
	}
	sheet := d.get(path)
	for _, want := range []string{"Bea Santillan", "beasantillan", "noindex", "og:title"} {
		if !strings.Contains(sheet, want) {
			t.Errorf("the one page lacks %q", want)
		}
	}
	for _, secret := range []string{"98.765", "98,765", "+639171234567", "639171234567", "bea@talent", "Catatan-dalam", "/talents/"} {
		if strings.Contains(sheet, secret) {
			t.Errorf("the one page holds %q", secret)
		}
	}
	if len(sheet) > 60<<10 {
		t.Errorf("the one page has %d bytes", len(sheet))
	}
	if w := d.post(page+"/consent/withdraw", nil); w.Code != http.StatusSeeOther {
		t.Fatalf("withdraw: %d", w.Code)
	}
	if w := d.ask(httptest.NewRequest("GET", path, nil)); w.Code != http.StatusNotFound {
		t.Errorf("after the consent was taken back: %d", w.Code)
	}
}
