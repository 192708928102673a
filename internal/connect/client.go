package connect

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"time"

	"kolega/internal/secret"
)

// Bounds of a call.
const (
	callWithin = 20 * time.Second
	mostBytes  = 1 << 20
)

// ErrTooLarge is an answer beyond the bound; nothing of it is used.
var ErrTooLarge = errors.New("answer too large")

// Client speaks to one service.
type Client struct {
	http *http.Client
	base string
	sign func(*http.Request) // puts the secret where the service wants it
}

// New makes a client of the service at base, signing in by HTTP Basic with the
// secret as the user's name. A nil transport is the network.
func New(base string, user secret.Hidden, rt http.RoundTripper) *Client {
	return Signed(base, rt, func(r *http.Request) {
		r.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(user.Reveal()+":")))
	})
}

// Signed makes a client whose calls are signed in the service's own way.
func Signed(base string, rt http.RoundTripper, sign func(*http.Request)) *Client {
	if rt == nil {
		t := http.DefaultTransport.(*http.Transport).Clone()
		t.DisableKeepAlives = true // a connection that died meanwhile leaves open what was carried out
		t.Proxy = nil
		t.MaxResponseHeaderBytes = 64 << 10
		rt = t
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Client{http: &http.Client{Transport: rt, CheckRedirect: stay, Timeout: callWithin}, base: strings.TrimSuffix(base, "/"), sign: sign}
}

// Request is one call.
type Request struct {
	Method string
	Path   string
	Query  url.Values
	Type   string // of the body
	Body   string
	Header map[string]string
	Most   int // bytes of the answer, in place of mostBytes
}

// Answer is what came back.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
	Wait   time.Duration // before another call, where the service says so
}

// Unreached is the error of a call that nobody got.
type Unreached struct{ Err error }

// Error says why nobody got it.
func (u Unreached) Error() string { return "nobody reached: " + u.Err.Error() }

// Unwrap gives the cause.
func (u Unreached) Unwrap() error { return u.Err }

// Do makes a call. The error is Unreached when no connection was had; after any
// other error the service may have carried it out.
func (c *Client) Do(ctx context.Context, in Request) (Answer, error) {
	reached := false
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { reached = true }})
	address := c.base + in.Path
	if len(in.Query) > 0 {
		address += "?" + in.Query.Encode()
	}
	r, err := http.NewRequestWithContext(ctx, in.Method, address, strings.NewReader(in.Body))
	if err != nil {
		return Answer{}, Unreached{err}
	}
	c.sign(r)
	r.Header.Set("User-Agent", "Kolega")
	r.Header.Set("Accept", "application/json")
	if in.Type != "" {
		r.Header.Set("Content-Type", in.Type)
	}
	for name, v := range in.Header {
		r.Header.Set(name, v)
	}
	w, err := c.http.Do(r)
	if err != nil {
		err = hush(err)
		if !reached {
			return Answer{}, Unreached{err}
		}
		return Answer{}, err
	}
	defer w.Body.Close()
	most := max(in.Most, mostBytes)
	body, err := io.ReadAll(io.LimitReader(w.Body, int64(most)+1))
	if err != nil {
		return Answer{}, hush(err)
	}
	if len(body) > most {
		return Answer{}, ErrTooLarge
	}
	return Answer{Status: w.StatusCode, Header: w.Header, Body: body, Wait: waitOf(w.Header)}, nil
}

// hush drops the address from an error: account numbers may stand in it.
func hush(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return fmt.Errorf("call: %w", u.Err)
	}
	return err
}

// waitOf reads how long a service asks to wait: whole or broken seconds.
func waitOf(h http.Header) time.Duration {
	for _, name := range []string{"Retry-After", "Rate-Limit-Reset"} {
		whole, _, _ := strings.Cut(h.Get(name), ".")
		if n, err := strconv.Atoi(whole); err == nil && n >= 0 && n < 3600 {
			return time.Duration(n+1) * time.Second
		}
	}
	return 0
}
