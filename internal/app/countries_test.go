package app

import (
	"context"
	"net/http"
	"strings"
	"testing"
)

func TestCountries_ADayIsEnteredAndTakenBack(t *testing.T) {
	h := theHall(t)
	for lang, word := range map[string]string{"id": "Hari libur 2031", "en": "Holidays of 2031"} {
		maya, rani := h.cashier(t, "Maya", lang), h.cashier(t, "Rani", lang)
		lawful(t, "/countries", maya.get("/countries", http.StatusOK))
		page := maya.get("/countries/ID?year=2031", http.StatusOK)
		lawful(t, "/countries/ID", page)
		if !strings.Contains(textOf(page), word) {
			t.Errorf("no %q in %s", word, textOf(page))
		}
		if strings.Contains(rani.get("/countries/ID", http.StatusOK), `action="/countries/ID`) {
			t.Error("an account executive is offered to change the profile")
		}
		day := []string{"year", "2031", "date", "2030-08-17", "name_id", "Hari Kemerdekaan", "kind", "national_holiday"}
		if page := maya.post("/countries/ID/holidays", http.StatusUnprocessableEntity, day...); !strings.Contains(page, `value="Hari Kemerdekaan"`) {
			t.Error("the refused day came back empty")
		}
		day[3] = "2031-08-17"
		maya.post("/countries/ID/holidays", http.StatusSeeOther, day...)
		days, err := h.Country.Days(context.Background(), maya.actor, "ID", 2031)
		if err != nil || len(days) != 1 || days[0].NameEN != "Hari Kemerdekaan" {
			t.Fatalf("kept %+v, %v", days, err)
		}
		maya.post("/countries/ID/holidays/"+days[0].ID+"/drop", http.StatusSeeOther, "year", "2031")
		if days, err = h.Country.Days(context.Background(), maya.actor, "ID", 2031); err != nil || len(days) != 0 {
			t.Errorf("still there: %+v, %v", days, err)
		}
	}
}

func TestCountries_AProfileIsReadBackAsItWasTyped(t *testing.T) {
	h := theHall(t)
	maya := h.cashier(t, "Maya", "id")
	lawful(t, "/countries/new", maya.get("/countries/new", http.StatusOK))
	fields := []string{"code", "th", "name_id", "Thailand", "name_en", "Thailand", "zones", "Asia/Bangkok", "currency", "USD", "hours", "18.00–09.00"}
	if page := maya.post("/countries", http.StatusUnprocessableEntity, fields...); !strings.Contains(page, "18.00–09.00") {
		t.Error("refused hours came back empty")
	}
	fields[len(fields)-1] = "9:00-12:00, 13.00–18.30"
	if at := maya.post("/countries", http.StatusSeeOther, fields...); at != "/countries/TH" {
		t.Errorf("leads to %s", at)
	}
	page := maya.get("/countries/TH", http.StatusOK)
	lawful(t, "/countries/TH", page)
	if !strings.Contains(page, `value="09.00–12.00, 13.00–18.30"`) {
		t.Error("Monday is not shown as it was typed")
	}
	maya.get("/countries/XX", http.StatusNotFound)
}
