package metric

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

func ask(h http.Handler, authorization string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "/metrics", nil)
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func none(context.Context) ([]Gauge, error) { return nil, nil }

func TestHandler_IsAbsentWithoutTheToken(t *testing.T) {
	var s Set
	for _, c := range []struct{ token, sent string }{{"", ""}, {"", "Bearer "}, {"secret", ""}, {"secret", "Bearer "}, {"secret", "Bearer secre"}, {"secret", "Bearer secret2"}, {"secret", "secret"}} {
		if w := ask(s.Handler(c.token, none), c.sent); w.Code != http.StatusNotFound {
			t.Errorf("token %q, sent %q: %d", c.token, c.sent, w.Code)
		}
	}
}

func TestHandler_TellsWhatWasCounted(t *testing.T) {
	var s Set
	var wait sync.WaitGroup
	for range 10 {
		wait.Go(func() { s.Count(`GET /c/{token}/"x"`, 200, 30*time.Millisecond) })
	}
	wait.Wait()
	s.Count("GET /a", 500, 5*time.Second)
	s.Count("GET /a", 200, time.Millisecond)
	w := ask(s.Handler("secret", func(context.Context) ([]Gauge, error) { return []Gauge{{"kolega_jobs_waiting", "Jobs.", 3}}, nil }), "Bearer secret")
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain; version=0.0.4") {
		t.Fatalf("%d %v", w.Code, w.Header())
	}
	const a = `# HELP kolega_http_requests_total Answers by route and status.
# TYPE kolega_http_requests_total counter
kolega_http_requests_total{route="GET /a",code="200"} 1
kolega_http_requests_total{route="GET /a",code="500"} 1
kolega_http_requests_total{route="GET /c/{token}/\"x\"",code="200"} 10
# HELP kolega_http_request_seconds How long answers took, by route.
# TYPE kolega_http_request_seconds histogram
kolega_http_request_seconds_bucket{route="GET /a",le="0.005"} 1
kolega_http_request_seconds_bucket{route="GET /a",le="0.02"} 1
kolega_http_request_seconds_bucket{route="GET /a",le="0.08"} 1
kolega_http_request_seconds_bucket{route="GET /a",le="0.25"} 1
kolega_http_request_seconds_bucket{route="GET /a",le="1"} 1
kolega_http_request_seconds_bucket{route="GET /a",le="4"} 1
kolega_http_request_seconds_bucket{route="GET /a",le="+Inf"} 2
kolega_http_request_seconds_sum{route="GET /a"} 5.001
kolega_http_request_seconds_count{route="GET /a"} 2
`
	got := w.Body.String()
	if !strings.HasPrefix(got, a) {
		t.Errorf("got\n%s", got)
	}
	for _, line := range []string{`le="0.02"} 0`, `le="0.08"} 10`, `_count{route="GET /c/{token}/\"x\""} 10`, "# TYPE kolega_jobs_waiting gauge\nkolega_jobs_waiting 3\n"} {
		if !strings.Contains(got, line) {
			t.Errorf("no %s in\n%s", line, got)
		}
	}
	w = ask(s.Handler("secret", func(context.Context) ([]Gauge, error) { return nil, errors.New("closed") }), "Bearer secret")
	if w.Code != http.StatusServiceUnavailable {
		t.Errorf("without figures: %d", w.Code)
	}
}
