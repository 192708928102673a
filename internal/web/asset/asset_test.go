package asset

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func get(t *testing.T, path string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w
}

func TestHandler_Encodings(t *testing.T) {
	for _, c := range []struct{ name, accept, want string }{
		{"brotli is preferred", "gzip, deflate, br", "br"},
		{"gzip when brotli is not offered", "gzip", "gzip"},
		{"brotli refused with q=0", "br;q=0, gzip;q=0.5", "gzip"},
		{"plain when nothing is offered", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := get(t, URL("app.css"), "Accept-Encoding", c.accept)
			if w.Code != 200 || w.Header().Get("Content-Encoding") != c.want {
				t.Fatalf("got %d %q, want 200 %q", w.Code, w.Header().Get("Content-Encoding"), c.want)
			}
			if got := w.Header().Get("Content-Type"); got != "text/css; charset=utf-8" {
				t.Errorf("type %q", got)
			}
			if !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
				t.Error("a hashed file must be immutable")
			}
			again := get(t, URL("app.css"), "Accept-Encoding", c.accept, "If-None-Match", w.Header().Get("ETag"))
			if again.Code != http.StatusNotModified || again.Body.Len() != 0 {
				t.Errorf("same ETag answered %d", again.Code)
			}
		})
	}
}

func TestHandler_Refuses(t *testing.T) {
	if w := get(t, Prefix+"manifest.json"); w.Code != 404 {
		t.Errorf("the manifest is not a public file, got %d", w.Code)
	}
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, httptest.NewRequest(http.MethodPost, URL("app.css"), nil))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST answered %d", w.Code)
	}
}

// Budgets of the front end: staff CSS 16 KiB, staff JavaScript 60 KiB, outsider JavaScript 20 KiB, all gzip.
func TestBudgets(t *testing.T) {
	for name, limit := range map[string]int{"app.css": 16 << 10, "outside.css": 16 << 10, "app.js": 60 << 10, "outside.js": 20 << 10} {
		f := files[strings.TrimPrefix(URL(name), Prefix)]
		if len(f.gz) > limit {
			t.Errorf("%s is %d bytes gzip, over its budget of %d", name, len(f.gz), limit)
		}
	}
}
