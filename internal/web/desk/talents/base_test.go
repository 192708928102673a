package talents_test

import (
	"encoding/csv"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// brought takes a pasted table in.
func (d desk) brought(text string) {
	d.t.Helper()
	w := d.upload("list.csv", text)
	page := w.Header().Get("Location")
	if w.Code != http.StatusSeeOther {
		d.t.Fatalf("bring: %d %s", w.Code, w.Body)
	}
	if w := d.post(page, url.Values{"act": {"commit"}}); w.Code != http.StatusSeeOther {
		d.t.Fatalf("commit: %d %s", w.Code, w.Body)
	}
}

var rowID = regexp.MustCompile(`name="talent" value="([0-9a-z]{26})"`)

func TestTalents_ExportIsSafeAndComesInAgain(t *testing.T) {
	d := open(t)
	d.brought("Nama,Username IG,Followers,ER,Kota,No HP,Harga Reels\n" + `"=HYPERLINK(""http://x"",""y"")",jahat.sekali,"12,3 rb","4,80%",Solo,081234567890,1.500.000` + "\nSari,sari.id,900,,Solo,,\n")
	w := d.ask(httptest.NewRequest("POST", "/talents/export?as=csv&q=jahat", nil))
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment") {
		t.Fatal(w.Code, w.Body)
	}
	body := w.Body.String()
	if strings.Contains(body, "\n\"=") || !strings.Contains(body, `"'=HYPERLINK`) || strings.Contains(body, "sari.id") {
		t.Errorf("not guarded, or not filtered: %s", body)
	}
	in := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff")))
	in.Comma = ';'
	rows, err := in.ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatal(rows, err)
	}
	again := open(t)
	again.brought(body)
	page := again.get("/talents")
	for _, want := range []string{"=HYPERLINK(&#34;http://x&#34;,&#34;y&#34;)", "jahat.sekali", "Solo"} {
		if !strings.Contains(page, want) {
			t.Errorf("came in again without %q", want)
		}
	}
	other := again.ask(httptest.NewRequest("POST", "/talents/export?as=csv", nil)).Body.String()
	if other != body {
		t.Errorf("out, in and out again differs:\n%s\n%s", body, other)
	}
	x := d.ask(httptest.NewRequest("POST", "/talents/export?as=xlsx", nil))
	if x.Code != http.StatusOK || !strings.HasPrefix(x.Body.String(), "PK") {
		t.Error("no workbook", x.Code)
	}
}

func TestTalents_BulkShowsTheEffectFirst(t *testing.T) {
	d := open(t)
	d.brought("Nama,Username IG\nSari,sari.id\nDewi,dewi.id\nRani,rani.id\n")
	var ids []string
	for _, m := range rowID.FindAllStringSubmatch(d.get("/talents"), -1) {
		ids = append(ids, m[1])
	}
	if len(ids) != 3 {
		t.Fatalf("%d rows to choose", len(ids))
	}
	if w := d.post("/talents/bulk", url.Values{"act": {"show"}, "talent": ids}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("nothing to change: %d", w.Code)
	}
	w := d.post("/talents/bulk", url.Values{"act": {"show"}, "talent": ids[:2], "add_tags": {"hijab, ibu"}, "city": {"Solo"}})
	page := w.Body.String()
	if w.Code != http.StatusOK || strings.Count(page, "→ hijab, ibu") != 2 || strings.Contains(d.get("/talents"), "Solo") {
		t.Fatalf("%d: the effect is not shown, or was kept already", w.Code)
	}
	var seen []string
	for _, m := range regexp.MustCompile(`name="seen" value="([^"]+)"`).FindAllStringSubmatch(page, -1) {
		seen = append(seen, m[1])
	}
	w = d.post("/talents/bulk", url.Values{"act": {"apply"}, "talent": ids[:2], "seen": seen, "add_tags": {"hijab, ibu"}, "city": {"Solo"}})
	if w.Code != http.StatusSeeOther || strings.Count(d.get("/talents"), "Solo") < 2 {
		t.Errorf("not applied: %d %s", w.Code, w.Body)
	}
	if w := d.post("/talents/bulk", url.Values{"act": {"apply"}, "talent": ids[:2], "seen": seen, "city": {"Medan"}}); w.Code == http.StatusSeeOther {
		t.Error("an old preview was applied")
	}
}

func TestTalents_SavedViewsAreAddresses(t *testing.T) {
	d := open(t)
	d.brought("Nama,Username IG,Kota\nSari,sari.id,Solo\n")
	w := d.post("/talent-views", url.Values{"name": {"Solo saja"}, "query": {"city=solo&after=x"}, "shared": {"on"}})
	if w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/talents?city=solo") {
		t.Fatal(w.Code, w.Header())
	}
	if page := d.get("/talents"); !strings.Contains(page, "Solo saja") {
		t.Error("the view is no chip")
	}
	remove := regexp.MustCompile(`/talent-views/([0-9a-z]{26})/remove`).FindString(d.get("/talents?city=solo"))
	if w := d.post(remove, nil); w.Code != http.StatusSeeOther || strings.Contains(d.get("/talents"), "Solo saja") {
		t.Errorf("%q is not removed: %d", remove, w.Code)
	}
}

func TestTalents_DuplicatesAreComparedAndMerged(t *testing.T) {
	d := open(t)
	d.brought("Nama,Username IG,No HP\nRara Kusuma,rara.k,081234567890\nBudi,budi.id,\n")
	d.brought("Nama,Username TikTok,No HP\nRara Kusumo,rara.kusuma,081234567890\n")
	page := d.get("/talents/duplicates")
	to := regexp.MustCompile(`/talents/merge\?keep=([0-9a-z]{26})&amp;other=([0-9a-z]{26})`).FindStringSubmatch(page)
	if to == nil || !strings.Contains(page, "nomor sama") {
		t.Fatalf("no pair: %s", page)
	}
	if page := d.get("/talents/merge?keep=" + to[1] + "&other=" + to[2]); !strings.Contains(page, "Rara Kusumo") {
		t.Error("nothing to compare")
	}
	if w := d.post("/talents/merge", url.Values{"keep": {to[1]}, "other": {to[2]}}); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code, w.Body)
	}
	w := d.ask(httptest.NewRequest("GET", "/talents/"+to[2], nil))
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/talents/"+to[1] {
		t.Errorf("the old address: %d %s", w.Code, w.Header().Get("Location"))
	}
	if page := d.get("/talents/" + to[1]); !strings.Contains(page, "rara.kusuma") || !strings.Contains(page, "rara.k") {
		t.Error("not both accounts")
	}
	if w := d.post("/talents/merge", url.Values{"keep": {to[1]}, "other": {to[2]}}); w.Code == http.StatusOK {
		t.Errorf("merged again: %d", w.Code)
	}
}
