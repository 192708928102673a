package sandbox

import (
	"bytes"
	"context"
	"crypto/x509"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"syscall"
)

// Transport reaches a stand-in without a network: for simulations, where a lost
// answer is lost at once. Account tells Xendit's accounts apart.
func (b *Bank) Transport(p Provider) http.RoundTripper { return transport{b, p} }

// Transport reaches a stand-in of a platform without a network.
func (s *Social) Transport(p Provider) http.RoundTripper { return transport{s, p} }

type transport struct {
	of interface{ serve(Provider, ask) reply }
	p  Provider
}

// RoundTrip carries one call.
func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	a, err := read(r, strings.TrimPrefix(r.URL.Path, "/"+string(t.p)))
	if err != nil {
		return nil, err
	}
	out := t.of.serve(t.p, a)
	if out.how == lies {
		return nil, x509.UnknownAuthorityError{}
	}
	if trace := httptrace.ContextClientTrace(r.Context()); trace != nil && trace.GotConn != nil {
		trace.GotConn(httptrace.GotConnInfo{})
	}
	switch out.how {
	case hangs:
		return nil, context.DeadlineExceeded
	case resets:
		return nil, syscall.ECONNRESET
	}
	w := &http.Response{StatusCode: out.status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(out.body)), Request: r, ProtoMajor: 1, ProtoMinor: 1}
	if out.how == cuts {
		w.Body = io.NopCloser(io.MultiReader(bytes.NewReader(out.body[:len(out.body)/2]), broken{}))
	}
	for name, v := range out.header {
		w.Header.Set(name, v)
	}
	return w, nil
}

// broken is a connection that was cut.
type broken struct{}

// Read fails.
func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// mostBody bounds what a stand-in reads.
const mostBody = 1 << 20

func read(r *http.Request, path string) (ask, error) {
	a := ask{method: r.Method, path: path, query: r.URL.Query(), header: r.Header}
	if r.Body != nil {
		body, err := io.ReadAll(io.LimitReader(r.Body, mostBody))
		if err != nil {
			return a, err
		}
		a.body = body
	}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		form, err := url.ParseQuery(string(a.body))
		if err != nil {
			return a, err
		}
		a.form = form
	}
	return a, nil
}
