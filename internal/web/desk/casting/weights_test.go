package casting_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"kolega/internal/access"
	"kolega/internal/app"
	"kolega/internal/db"
	"kolega/internal/testkit"
)

// TestWeights_ScreenKeepsWhatAddsUp opens the weights of the fit as a fresh agency's manager.
func TestWeights_ScreenKeepsWhatAddsUp(t *testing.T) {
	ctx := context.Background()
	hall, err := app.OpenHall(ctx, &app.Common{Data: t.TempDir()}, testkit.NewClock(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = hall.Close() })
	if err := db.Migrate(ctx, hall.DB); err != nil {
		t.Fatal(err)
	}
	who := access.NewPerson{Email: "rani@example.com", Name: "Rani Kusuma", Password: "sandi-panjang-2026", Lang: "id", Zone: "Asia/Jakarta"}
	if _, err := hall.Access.SetUp(ctx, who); err != nil {
		t.Fatal(err)
	}
	token, _, err := hall.Access.SignIn(ctx, access.SignIn{Email: who.Email, Password: who.Password})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(method string, form url.Values) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, "/settings/fit", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		r.AddCookie(&http.Cookie{Name: "kolega_session", Value: token})
		w := httptest.NewRecorder()
		hall.Handler().ServeHTTP(w, r)
		return w
	}
	weights := func(persona string) url.Values {
		return url.Values{"persona": {persona}, "audience": {"20"}, "er": {"20"}, "price": {"15"}, "reliability": {"10"}, "past": {"5"}, "version": {"0"}}
	}
	for _, typed := range []string{"31", "-5", "banyak"} {
		if w := ask("POST", weights(typed)); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `value="`+typed+`"`) {
			t.Errorf("%s: %d, or the form is not filled", typed, w.Code)
		}
	}
	changed := weights("10")
	changed.Set("audience", "40")
	if w := ask("POST", changed); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code, w.Body)
	}
	if page := ask("GET", nil).Body.String(); !strings.Contains(page, `value="40"`) {
		t.Error("the weights were not kept")
	}
	if w := ask("POST", changed); w.Code == http.StatusSeeOther {
		t.Errorf("changed meanwhile: %d", w.Code)
	}
	changed.Set("default", "1")
	changed.Set("version", "1")
	if w := ask("POST", changed); w.Code != http.StatusSeeOther || !strings.Contains(ask("GET", nil).Body.String(), `value="30"`) {
		t.Error("the defaults did not come back")
	}
}
