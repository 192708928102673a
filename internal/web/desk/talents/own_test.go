package talents_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

func TestTalents_OwnFieldsAreFilledFilteredAndExported(t *testing.T) {
	d := open(t)
	d.brought("Nama,Username IG\nSari,sari.id\nDewi,dewi.id\n")
	if w := d.post("/settings/fields", url.Values{"of": {"talent"}, "kind": {"choice"}, "name": {"Jenis kulit"}, "choices": {"Kering"}}); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `value="Jenis kulit"`) {
		t.Fatal("one choice is taken, or the form is not filled", w.Code)
	}
	for name, kind := range map[string]string{"Jenis kulit": "choice", "Tinggi": "number"} {
		if w := d.post("/settings/fields", url.Values{"of": {"talent"}, "kind": {kind}, "name": {name}, "choices": {"Kering\nBerminyak"}}); w.Code != http.StatusSeeOther {
			t.Fatal(w.Code, w.Body)
		}
	}
	id := rowID.FindStringSubmatch(d.get("/talents?q=sari.id"))
	if id == nil {
		t.Fatal("no row of Sari")
	}
	form := d.get("/talents/" + id[1] + "/fields")
	inputs := map[string]string{}
	for _, m := range regexp.MustCompile(`<(select|input)[^>]*name="(c-[0-9a-z]{26})"`).FindAllStringSubmatch(form, -1) {
		inputs[m[1]] = m[2]
	}
	if len(inputs) != 2 {
		t.Fatalf("fields of the form: %v", inputs)
	}
	if w := d.post("/talents/"+id[1]+"/fields", url.Values{inputs["select"]: {"Kering"}, inputs["input"]: {"tinggi"}}); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `value="tinggi"`) {
		t.Error("a wrong number is taken, or the form is not filled", w.Code)
	}
	if w := d.post("/talents/"+id[1]+"/fields", url.Values{inputs["select"]: {"Kering"}, inputs["input"]: {"163"}}); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	has(t, d.get("/talents/"+id[1]), "Jenis kulit", "Kering", "163")
	if page := d.get("/talents?" + inputs["select"] + "=Kering"); !strings.Contains(page, "sari.id") || strings.Contains(page, "dewi.id") {
		t.Error("the list is not filtered")
	}
	w := d.ask(httptest.NewRequest("POST", "/talents/export?as=csv&"+inputs["select"]+"=Kering", nil))
	if out := w.Body.String(); !strings.Contains(out, "Jenis kulit") || !strings.Contains(out, "Kering") || strings.Contains(out, "dewi.id") {
		t.Errorf("the export: %s", out)
	}
	if w := d.ask(httptest.NewRequest("POST", "/talents/export?as=xlsx", nil)); w.Code != http.StatusOK {
		t.Error(w.Code)
	}
}
