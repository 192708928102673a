// Package metric counts answers and tells them to Prometheus.
//
// Words. A Set counts answers by route, never by path: link secrets are in paths. A
// Gauge is a figure that is read when it is asked for.
//
// Laws. Whoever has no token finds no page. Counting takes no lock that a request
// could wait for long, and no memory beyond one entry a route and status.
//
// The text is written by hand: Prometheus' own library would add megabytes for a page
// of a hundred lines. It imports nothing of Kolega.
package metric

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// bounds are the upper ends of the buckets of how long answers took.
var bounds = [...]time.Duration{5 * time.Millisecond, 20 * time.Millisecond, 80 * time.Millisecond, 250 * time.Millisecond, time.Second, 4 * time.Second}

// key is what answers are told apart by.
type key struct {
	route  string
	status int
}

type times struct {
	buckets [len(bounds)]uint64
	count   uint64
	sum     time.Duration
}

// Set counts answers. The zero value is ready; it may be used by many at once.
type Set struct {
	mu      sync.Mutex
	answers map[key]uint64
	took    map[string]*times
}

// Count adds one answer of a route.
func (s *Set) Count(route string, status int, took time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.answers == nil {
		s.answers, s.took = map[key]uint64{}, map[string]*times{}
	}
	if status == 0 {
		status = http.StatusOK // nothing was written, which says so
	}
	s.answers[key{route, status}]++
	t := s.took[route]
	if t == nil {
		t = &times{}
		s.took[route] = t
	}
	t.count++
	t.sum += took
	for i, b := range bounds {
		if took <= b {
			t.buckets[i]++
		}
	}
}

// Gauge is a figure with its name and what it says.
type Gauge struct {
	Name, Help string
	Value      float64
}

// Handler answers the page to whoever sends the token as a bearer, and 404 to all others;
// without a token there is no page at all.
func (s *Set) Handler(token string, gauges func(ctx context.Context) ([]Gauge, error)) http.Handler {
	want := sha256.Sum256([]byte("Bearer " + token))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got := sha256.Sum256([]byte(r.Header.Get("Authorization")))
		if token == "" || subtle.ConstantTimeCompare(got[:], want[:]) != 1 {
			http.NotFound(w, r)
			return
		}
		list, err := gauges(r.Context())
		if err != nil {
			http.Error(w, "the figures cannot be read", http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		_, _ = w.Write(s.text(list))
	})
}

// text is the page, in an order that does not change.
func (s *Set) text(gauges []Gauge) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	var b bytes.Buffer
	head(&b, "kolega_http_requests_total", "Answers by route and status.", "counter")
	for _, k := range sorted(s.answers, func(a, b key) int {
		if c := strings.Compare(a.route, b.route); c != 0 {
			return c
		}
		return a.status - b.status
	}) {
		fmt.Fprintf(&b, "kolega_http_requests_total{route=%s,code=\"%d\"} %d\n", label(k.route), k.status, s.answers[k])
	}
	head(&b, "kolega_http_request_seconds", "How long answers took, by route.", "histogram")
	for _, route := range sorted(s.took, strings.Compare) {
		t, name := s.took[route], label(route)
		for i, bound := range bounds {
			fmt.Fprintf(&b, "kolega_http_request_seconds_bucket{route=%s,le=\"%s\"} %d\n", name, number(bound.Seconds()), t.buckets[i])
		}
		fmt.Fprintf(&b, "kolega_http_request_seconds_bucket{route=%s,le=\"+Inf\"} %d\n", name, t.count)
		fmt.Fprintf(&b, "kolega_http_request_seconds_sum{route=%s} %s\n", name, number(t.sum.Seconds()))
		fmt.Fprintf(&b, "kolega_http_request_seconds_count{route=%s} %d\n", name, t.count)
	}
	for _, g := range gauges {
		head(&b, g.Name, g.Help, "gauge")
		fmt.Fprintf(&b, "%s %s\n", g.Name, number(g.Value))
	}
	return b.Bytes()
}

func head(b *bytes.Buffer, name, help, kind string) {
	fmt.Fprintf(b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
}

func sorted[K comparable, V any](m map[K]V, by func(a, b K) int) []K {
	out := make([]K, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.SortFunc(out, by)
	return out
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// label quotes a value as the format wants it.
func label(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}
