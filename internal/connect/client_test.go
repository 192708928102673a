package connect

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"kolega/internal/money"
	"kolega/internal/secret"
)

var key = secret.Hide("the-key")

func TestClient_Bounds(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, pass, ok := r.BasicAuth(); !ok || user != "the-key" || pass != "" {
			t.Errorf("signed in as %q %q", user, pass)
		}
		switch r.URL.Path {
		case "/large":
			_, _ = w.Write(make([]byte, mostBytes+1))
		case "/elsewhere":
			http.Redirect(w, r, "http://127.0.0.1:1/", http.StatusFound)
		case "/later":
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(http.StatusTooManyRequests)
		case "/cut":
			w.Header().Set("Content-Length", "10")
			_, _ = w.Write([]byte("half"))
			panic(http.ErrAbortHandler)
		}
	}))
	defer server.Close()
	c := New(server.URL, key, nil)
	do := func(path string) (Answer, error) {
		return c.Do(context.Background(), Request{Method: http.MethodGet, Path: path})
	}
	if _, err := do("/large"); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too large an answer: %v", err)
	}
	if a, err := do("/elsewhere"); err != nil || a.Status != http.StatusFound {
		t.Errorf("a redirect was followed: %d %v", a.Status, err)
	}
	if a, err := do("/later"); err != nil || a.Wait.Seconds() != 8 {
		t.Errorf("wait %v %v", a.Wait, err)
	}
	var un Unreached
	if _, err := do("/cut"); err == nil || errors.As(err, &un) {
		t.Errorf("a cut answer: %v", err)
	}
}

func TestClient_TellsWhatNobodyGot(t *testing.T) {
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	defer secure.Close()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for _, base := range []string{secure.URL, gone.URL} { // an unknown certificate; nobody there
		_, err := New(base, key, nil).Do(context.Background(), Request{Method: http.MethodGet, Path: "/account/1234567890"})
		var un Unreached
		if !errors.As(err, &un) {
			t.Errorf("%s: %v", base, err)
		}
		if err != nil && strings.Contains(err.Error(), "1234567890") {
			t.Errorf("the address stands in the error: %v", err)
		}
	}
}

func TestText_KeepsFiguresAsWritten(t *testing.T) {
	var v struct{ ID, Amount Text }
	for body, want := range map[string][2]string{
		`{"id":9223372036854775809123,"amount":"10000"}`: {"9223372036854775809123", "10000"},
		`{"id":" 12 ","amount":5500.50}`:                 {"12", "5500.50"},
		`{"id":null,"amount":1e3}`:                       {"", "1e3"},
	} {
		v.ID, v.Amount = "", ""
		if err := Decode([]byte(body), &v); err != nil || string(v.ID) != want[0] || string(v.Amount) != want[1] {
			t.Errorf("%s: %q %q %v", body, v.ID, v.Amount, err)
		}
	}
	for _, bad := range []Text{"1e3", "-5", "", "1.234", "NaN", "٣"} {
		if a, err := bad.Amount("PHP"); err == nil {
			t.Errorf("%q is read as %v", bad, a)
		}
	}
	if a, err := Text("5500.5").Amount("PHP"); err != nil || a != money.New(550050, "PHP") {
		t.Errorf("%v %v", a, err)
	}
	if Text(strings.Repeat("9", 1<<20)).ID() != "" {
		t.Error("a megabyte is taken as an id")
	}
}

func TestDecode_RefusesWhatIsHostile(t *testing.T) {
	var v any
	for _, bad := range []string{"<html>", "{\"a\":\"\xff\"}", strings.Repeat("[", 40) + strings.Repeat("]", 40), `{} {}`, ""} {
		if Decode([]byte(bad), &v) == nil {
			t.Errorf("%.20q is decoded", bad)
		}
	}
	if err := Decode([]byte(`{"a":"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\""}`), &v); err != nil {
		t.Errorf("brackets in a text: %v", err)
	}
}

func TestSame(t *testing.T) {
	if !Same("token", secret.Hide("token")) || Same("toke", secret.Hide("token")) || Same("", secret.Hide("")) {
		t.Error("proofs are compared wrongly")
	}
}
