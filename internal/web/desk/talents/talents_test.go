package talents_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"kolega/internal/access"
	"kolega/internal/app"
	"kolega/internal/db"
	"kolega/internal/testkit"
)

type desk struct {
	t      *testing.T
	h      http.Handler
	cookie *http.Cookie
}

// open makes a fresh agency with one manager who is signed in.
func open(t *testing.T) desk {
	t.Helper()
	ctx := context.Background()
	hall, err := app.OpenHall(ctx, &app.Common{Data: t.TempDir()}, testkit.NewClock(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = hall.Close() })
	if err := db.Migrate(ctx, hall.DB); err != nil {
		t.Fatal(err)
	}
	if _, err := hall.Access.SetUp(ctx, access.NewPerson{Email: "rani@example.com", Name: "Rani Kusuma", Password: "sandi-panjang-2026", Lang: "id", Zone: "Asia/Jakarta"}); err != nil {
		t.Fatal(err)
	}
	token, _, err := hall.Access.SignIn(ctx, access.SignIn{Email: "rani@example.com", Password: "sandi-panjang-2026"})
	if err != nil {
		t.Fatal(err)
	}
	return desk{t, hall.Handler(), &http.Cookie{Name: "kolega_session", Value: token}}
}

func (d desk) ask(r *http.Request) *httptest.ResponseRecorder {
	d.t.Helper()
	r.AddCookie(d.cookie)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	w := httptest.NewRecorder()
	d.h.ServeHTTP(w, r)
	return w
}

func (d desk) get(path string) string {
	d.t.Helper()
	w := d.ask(httptest.NewRequest("GET", path, nil))
	if w.Code != http.StatusOK {
		d.t.Fatalf("GET %s: %d", path, w.Code)
	}
	return w.Body.String()
}

func (d desk) post(path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return d.ask(r)
}

func (d desk) upload(name, content string) *httptest.ResponseRecorder {
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	part, _ := m.CreateFormFile("file", name)
	_, _ = io.WriteString(part, content)
	_ = m.Close()
	r := httptest.NewRequest("POST", "/talents/import", &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return d.ask(r)
}

var tag = regexp.MustCompile(`<[^>]*>`)

// has looks for texts in the page as written or as read.
func has(t *testing.T, page string, texts ...string) {
	t.Helper()
	words := strings.Join(strings.Fields(tag.ReplaceAllString(page, " ")), " ")
	for _, s := range texts {
		if !strings.Contains(page, s) && !strings.Contains(words, s) {
			t.Errorf("the page has no %q", s)
		}
	}
}

var valid = url.Values{"name": {"Béa Santillan"}, "kind": {"creator"}, "status": {"free"}, "country": {"Filipina"}, "city": {"Manila"}, "zone": {"Asia/Manila"}, "lang": {"fil"},
	"currency": {"PHP"}, "tax_kind": {"foreign"}, "phone": {"0917 123 4567"}, "categories": {"Beauty, Skincare"}, "languages": {"Filipino, Inggris"}, "platform": {"tiktok"}, "handle": {"@beasantillan"}}

func TestTalents_CreateAndShow(t *testing.T) {
	d := open(t)
	has(t, d.get("/talents"), "Daftar talent Anda masih kosong")
	w := d.post("/talents/new", valid)
	if w.Code != http.StatusSeeOther {
		t.Fatalf("create: %d", w.Code)
	}
	at := w.Header().Get("Location")
	has(t, d.get(at), "Béa Santillan", "@beasantillan", "+639171234567", "Manila", "Beauty")
	t.Run("a wrong phone shows the form again, filled", func(t *testing.T) {
		form := url.Values{}
		for k, v := range valid {
			form[k] = v
		}
		form.Set("phone", "12345")
		form.Set("handle", "")
		w := d.post("/talents/new", form)
		if w.Code != http.StatusUnprocessableEntity {
			t.Fatalf("got %d", w.Code)
		}
		has(t, w.Body.String(), `value="12345"`, "Nomor telepon tidak benar", "Béa Santillan")
	})
	t.Run("a handle on record is refused", func(t *testing.T) {
		if w := d.post("/talents/new", valid); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "sudah tercatat") {
			t.Errorf("got %d", w.Code)
		}
	})
	t.Run("a stale edit is refused and keeps what was typed", func(t *testing.T) {
		form := url.Values{}
		for k, v := range valid {
			form[k] = v
		}
		form.Set("version", "7")
		form.Set("city", "Cebu")
		if w := d.post(at+"/edit", form); w.Code != http.StatusUnprocessableEntity && w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "Cebu") {
			t.Errorf("got %d", w.Code)
		}
	})
	t.Run("an account, a price and a blocked date are added on the page", func(t *testing.T) {
		for path, form := range map[string]url.Values{
			"/accounts": {"handle": {"https://www.instagram.com/beasantillan/"}, "followers": {"412,3 rb"}, "er": {"4,8%"}, "figures_on": {"2026-11-01"}},
			"/rates":    {"platform": {"instagram"}, "format": {"reels"}, "amount": {"25.000,00"}, "currency": {"PHP"}},
			"/absences": {"from": {"2026-12-24"}, "to": {"2026-12-26"}, "reason": {"Natal"}},
		} {
			if w := d.post(at+path, form); w.Code != http.StatusSeeOther {
				t.Errorf("%s: %d", path, w.Code)
			}
		}
		has(t, d.get(at), "412 rb", "4,8%", "Reels", "Natal")
	})
	t.Run("the account number is sealed, shown after a look with a reason", func(t *testing.T) {
		w := d.post(at+"/route", url.Values{"method": {"ewallet"}, "bank": {"GCash"}, "number": {"0917 123 4567"}, "account_name": {"Bea Santillan"}, "currency": {"PHP"}})
		if w.Code != http.StatusSeeOther {
			t.Fatalf("route: %d", w.Code)
		}
		page := d.get(at)
		has(t, page, "•••• 4567")
		if strings.Contains(page, "Pembayaran ditahan") {
			t.Error("the first account replaces nothing, yet it is held")
		}
		if strings.Contains(page, "09171234567") {
			t.Error("the number stands in the page")
		}
		if w := d.post(at+"/route/number", url.Values{"reason": {""}}); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("a look without reason: %d", w.Code)
		}
		has(t, d.post(at+"/route/number", url.Values{"reason": {"cek transfer"}}).Body.String(), "09171234567")
	})
	t.Run("a changed account is held and asks for the talent's word", func(t *testing.T) {
		if w := d.post(at+"/route", url.Values{"method": {"ewallet"}, "bank": {"GCash"}, "number": {"0917 999 8888"}, "account_name": {"Bea Santillan"}, "currency": {"PHP"}}); w.Code != http.StatusSeeOther {
			t.Fatalf("route: %d", w.Code)
		}
		has(t, d.get(at), "Pembayaran ditahan", "menunggu konfirmasi talent", "/route/confirm")
		w := d.post(at+"/route/confirm", url.Values{"via": {"phone"}, "note": {"ditelepon"}})
		if w.Code != http.StatusForbidden && w.Code != http.StatusUnprocessableEntity {
			t.Errorf("whoever changed it confirms it: %d", w.Code)
		}
	})
	t.Run("an absent talent is not found", func(t *testing.T) {
		if w := d.ask(httptest.NewRequest("GET", "/talents/nobody", nil)); w.Code != http.StatusNotFound {
			t.Errorf("got %d", w.Code)
		}
	})
}

func TestTalents_ImportThenFilter(t *testing.T) {
	d := open(t)
	w := d.upload("daftar.csv", "Nama;Username IG;Followers;No WA;Kota;Kategori;Rate Reels\nSari Melati;@sari;12,3 rb;081234567890;Bandung;Beauty;1.500.000\nDewi;dewi.ayu;12.34;;Medan;Food;\n=1+1;rumus;1,2 jt;;Bandung;Beauty, Food;2jt\n")
	if w.Code != http.StatusSeeOther {
		t.Fatalf("upload: %d %s", w.Code, w.Body.String())
	}
	at := w.Header().Get("Location")
	page := d.get(at)
	has(t, page, "Simpan 2 baris", `name="mend-3-2" value="12.34"`, "12,3 rb", "Rp 1.500.000", "Akun atau tautan profil")
	form := url.Values{"act": {"commit"}, "head": {"1"}, "head_was": {"1"}, "mend-3-2": {"12.340"}, "was-3-2": {"12.34"}}
	for _, m := range regexp.MustCompile(`name="head-(\d+)" value="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		form.Set("head-"+m[1], m[2])
	}
	for i, f := range []string{"name", "handle", "followers", "phone", "city", "category", "price"} {
		form.Set("col-"+string(rune('0'+i)), f)
	}
	form.Set("on-1", "instagram")
	form.Set("format-6", "reels")
	if w := d.post(at, form); w.Code != http.StatusSeeOther {
		t.Fatalf("commit: %d", w.Code)
	}
	has(t, d.get(at), "Impor selesai", "Baru 3 Diperbarui 0")
	t.Run("the address is the view", func(t *testing.T) {
		page := d.get("/talents?category=food&followers_min=1+jt&sort=name")
		has(t, page, "1 talent", "=1+1", "Rp 2 jt", "Food")
		if strings.Contains(page, "Sari Melati") {
			t.Error("the filter let another through")
		}
	})
	t.Run("facets count what the rest of the filter leaves", func(t *testing.T) {
		has(t, d.get("/talents?city=bandung"), "Bandung · 2", "Medan · 1", "Beauty · 2")
	})
	t.Run("text finds a part of a number", func(t *testing.T) { has(t, d.get("/talents?q=0812345"), "Sari Melati", "1 talent") })
	t.Run("a range that cannot be read is said beside its field", func(t *testing.T) {
		w := d.ask(httptest.NewRequest("GET", "/talents?followers_min=banyak", nil))
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("got %d", w.Code)
		}
		has(t, w.Body.String(), `value="banyak"`)
	})
	t.Run("nothing brought is said", func(t *testing.T) {
		if w := d.upload("kosong.csv", ""); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "kosong") {
			t.Errorf("got %d", w.Code)
		}
	})
}

func TestTalents_FacetsStandBesideTheList(t *testing.T) {
	d := open(t)
	for _, x := range [][4]string{{"Bea Santillan", "Filipina", "bea", "0917 123 4567"}, {"Sari Dewi", "Indonesia", "sari", "0812 3456 789"}} {
		form := maps.Clone(valid)
		form["name"], form["country"], form["handle"], form["phone"] = []string{x[0]}, []string{x[1]}, []string{x[2]}, []string{x[3]}
		if w := d.post("/talents/new", form); w.Code != http.StatusSeeOther {
			t.Fatal(w.Code)
		}
	}
	all := d.get("/talents")
	if !strings.Contains(all, `href="/talents?country=PH"`) {
		t.Error("no link chooses the country")
	}
	one := d.get("/talents?country=PH")
	if !strings.Contains(one, "Bea Santillan") || strings.Contains(one, "Sari Dewi") {
		t.Error("the address is not the view")
	}
	if !strings.Contains(one, `href="/talents?country=PH&amp;country=ID"`) {
		t.Error("the other country is not offered beside the chosen one")
	}
	if !strings.Contains(one, "1 di negara lain") {
		t.Error("what the filter kept out is not said")
	}
}
