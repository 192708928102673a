package api

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"kolega/internal/access"
	"kolega/internal/fault"
	"kolega/internal/web"
	"kolega/internal/web/house"

	"github.com/google/go-cmp/cmp"
)

type trialIn struct {
	ID
	PageIn
	Kind []string `query:"kind,explode"`
	Open bool     `query:"open"`
	Year int64    `query:"year" required:"true"`
	Body struct {
		Name   string `json:"name" minLength:"2"`
		Amount Amount `json:"amount"`
		Count  int64  `json:"count,omitempty" default:"3"`
		Inner  struct {
			Currency string `json:"currency,omitempty" default:"IDR"`
		} `json:"inner,omitempty"`
	}
}

type trialOut struct {
	Got trialIn `json:"got"`
	Who string  `json:"who"`
}

func trial(t *testing.T) (*API, func(query, kind, body string) (int, string, map[string]any)) {
	t.Helper()
	a, mux := New(&house.House{})
	op(a, http.MethodPost, "/trials/{id}", "", "Try", func(_ context.Context, actor access.Actor, in *trialIn) (trialOut, error) {
		if in.Body.Name == "refused" {
			return trialOut{}, fault.Field("name", "agreement.client")
		}
		return trialOut{*in, actor.ID}, nil
	})
	return a, func(query, kind, body string) (int, string, map[string]any) {
		r := httptest.NewRequest(http.MethodPost, "/api/v1/trials/t1?"+query, strings.NewReader(body))
		r.Header.Set("Content-Type", kind)
		var actor access.Actor
		actor.ID = "p1"
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, web.WithActor(r, actor))
		var out map[string]any
		if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
			t.Fatalf("%d %s: %v", w.Code, w.Body, err)
		}
		return w.Code, w.Header().Get("Content-Type"), out
	}
}

const whole = `{"name":"a<b","amount":{"minor":9007199254740993,"currency":"IDR"}}`

func TestOperation_ReadsWhatItIsGiven(t *testing.T) {
	_, call := trial(t)
	code, kind, out := call("year=2026&kind=a,b&kind=c&open=true&limit=7", "application/json; charset=utf-8", whole)
	got, _ := json.Marshal(out)
	const want = `{"got":{"After":"","Body":{"amount":{"currency":"IDR","minor":9007199254740992},"count":3,"inner":{"currency":"IDR"},"name":"a\u003cb"},"ID":"t1","Kind":["a,b","c"],"Limit":7,"Open":true,"Year":2026},"who":"p1"}`
	if code != http.StatusCreated || kind != "application/json" || string(got) != want {
		t.Errorf("%d %s\n%s", code, kind, cmp.Diff(want, string(got)))
	}
	if _, _, out = call("year=1", "application/json", strings.Replace(whole, `}}`, `},"count":9}`, 1)); out["got"].(map[string]any)["Body"].(map[string]any)["count"] != 9.0 || out["got"].(map[string]any)["Limit"] != 50.0 {
		t.Errorf("a default goes before what is given, or does not stand in: %v", out)
	}
}

func TestOperation_RefusesWithAllThatIsWrong(t *testing.T) {
	_, call := trial(t)
	for _, c := range []struct {
		name, query, kind, body string
		code                    int
		wants                   []string
	}{
		{"everything", "limit=900&open=perhaps", "application/json", `{"name":"a","more":1}`, 422, []string{"query.year", "query.limit", "query.open", "body.name", "required property amount", "unexpected property"}},
		{"a number for a text", "year=1", "application/json", `{"name":7,"amount":{"minor":1,"currency":"IDR"}}`, 422, []string{"body.name", "expected string"}},
		{"a fraction of a minor unit", "year=1", "application/json", `{"name":"ab","amount":{"minor":1.5,"currency":"IDR"}}`, 422, []string{"body.amount.minor", "expected integer"}},
		{"no year", "year=x", "application/json", whole, 422, []string{"query.year", "invalid integer"}},
		{"no JSON", "year=1", "application/json", `{"name"`, 400, []string{"unexpected end"}},
		{"no body", "year=1", "application/json", ``, 400, []string{"request body is required"}},
		{"another kind", "year=1", "text/csv", whole, 415, []string{"unknown content type"}},
		{"a long body", "year=1", "application/json", `"` + strings.Repeat("x", maxBody) + `"`, 413, []string{"too large"}},
	} {
		code, kind, out := call(c.query, c.kind, c.body)
		text, _ := json.Marshal(out)
		if code != c.code || kind != "application/problem+json" || out["status"] != float64(c.code) {
			t.Errorf("%s: %d %s %.300s", c.name, code, kind, text)
		}
		for _, want := range c.wants {
			if !strings.Contains(string(text), want) {
				t.Errorf("%s: no %q in %.600s", c.name, want, text)
			}
		}
	}
	if code, kind, out := call("year=1", "application/json", strings.Replace(whole, "a<b", "refused", 1)); code != 422 || kind != "application/problem+json" || out["code"] != "form.invalid" && out["fields"] == nil {
		t.Errorf("a fault of the use case: %d %s %v", code, kind, out)
	}
}

func TestAPI_DescribesItself(t *testing.T) {
	_, mux := New(&house.House{})
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api/openapi.json", nil))
	var doc struct {
		OpenAPI string
		Paths   map[string]map[string]struct {
			OperationID string
			RequestBody *struct{ Required bool }
			Parameters  []struct {
				Name, In string
				Required bool
			}
			Responses map[string]struct{ Content map[string]any }
		}
		Components struct {
			Schemas map[string]struct{ Required []string }
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	slot := doc.Paths["/api/v1/slots"]["get"]
	if doc.OpenAPI != "3.1.0" || slot.OperationID != "get-slots" || len(slot.Parameters) == 0 || slot.Responses["200"].Content["application/json"] == nil || slot.Responses["default"].Content["application/problem+json"] == nil {
		t.Errorf("%s %+v", doc.OpenAPI, slot)
	}
	if b := doc.Paths["/api/v1/clients"]["post"].RequestBody; b == nil || !b.Required {
		t.Errorf("a new client's body is %+v", b)
	}
	if b := doc.Paths["/api/v1/campaigns/{id}/close"]["post"].RequestBody; b == nil || b.Required {
		t.Errorf("the body of a closing is %+v", b)
	}
	if got := doc.Components.Schemas["Amount"].Required; !cmp.Equal(got, []string{"minor", "currency"}) {
		t.Errorf("an amount needs %v", got)
	}
}

func TestAPI_ADefaultThatDoesNotFitIsFoundAtStart(t *testing.T) {
	a, _ := New(&house.House{})
	type in struct {
		Body struct {
			Count int64 `json:"count" default:"many"`
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("taken")
		}
	}()
	op(a, http.MethodPost, "/odd", "", "Odd", func(context.Context, access.Actor, *in) (struct{}, error) { return struct{}{}, nil })
}
