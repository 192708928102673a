package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// Handler serves the stand-ins below /flip and /xendit and the control endpoint at
// /control: GET counts the transfers, POST takes {"match": "1234" or "*",
// "behaviour": 4, "times": 1}, or {"account": "flip", "balance": 0}, or
// {"number": "1234567890", "holder": "Bea Santillan"}.
func (b *Bank) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, p := range []Provider{Flip, Xendit} {
		prefix := "/" + string(p)
		mux.HandleFunc(prefix+"/", func(w http.ResponseWriter, r *http.Request) {
			b.answer(w, r, p, strings.TrimPrefix(r.URL.Path, prefix))
		})
	}
	mux.HandleFunc("GET /control", func(w http.ResponseWriter, r *http.Request) {
		send(w, doc(http.StatusOK, b.Count(r.URL.Query().Get("prefix"))))
	})
	mux.HandleFunc("POST /control", b.control)
	return mux
}

func (b *Bank) control(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Match     string
		Behaviour int
		Times     int
		Account   string
		Balance   int64
		Number    string
		Holder    string
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, mostBody)).Decode(&in); err != nil {
		send(w, text(http.StatusBadRequest, "{}"))
		return
	}
	switch {
	case in.Number != "":
		b.Register(in.Number, in.Holder)
	case in.Account != "":
		b.SetBalance(in.Account, in.Balance)
	case in.Match != "" && in.Behaviour >= int(Honest) && in.Behaviour <= int(WrongCertificate):
		b.Behave(in.Match, Behaviour(in.Behaviour), in.Times)
	default:
		send(w, text(http.StatusUnprocessableEntity, "{}"))
		return
	}
	send(w, doc(http.StatusOK, map[string]any{"ok": true}))
}

// patience is how long an answer that hangs is kept open.
const patience = time.Minute

func (b *Bank) answer(w http.ResponseWriter, r *http.Request, p Provider, path string) {
	a, err := read(r, path)
	if err != nil {
		send(w, text(http.StatusBadRequest, "{}"))
		return
	}
	carryOut(w, r, b.serve(p, a))
}

// carryOut sends a reply, or fails to in the way it says.
func carryOut(w http.ResponseWriter, r *http.Request, out reply) {
	switch out.how {
	case hangs:
		wait := time.NewTimer(patience)
		defer wait.Stop()
		select {
		case <-r.Context().Done():
		case <-wait.C:
		}
		panic(http.ErrAbortHandler)
	case resets, lies:
		panic(http.ErrAbortHandler)
	case cuts:
		w.Header().Set("Content-Length", "100000")
		out.body = out.body[:len(out.body)/2]
		send(w, out)
		panic(http.ErrAbortHandler)
	}
	send(w, out)
}

func send(w http.ResponseWriter, r reply) {
	w.Header().Set("Content-Type", "application/json")
	for name, v := range r.header {
		w.Header().Set(name, v)
	}
	w.WriteHeader(r.status)
	_, _ = w.Write(r.body)
}

// CallBack makes the callbacks that are due, to the doors below base, until ctx
// ends. A door that does not answer 200 is tried again.
func (b *Bank) CallBack(ctx context.Context, base string) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	c := &http.Client{Timeout: 30 * time.Second}
	var again []Call
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		calls := append(again, b.Calls()...)
		again = nil
		for _, x := range calls {
			if !post(ctx, c, base, x) && len(again) < 100 {
				again = append(again, x)
			}
		}
	}
}

// Path is where a call goes, below the program's address.
func (c Call) Path() string { return "/hook/payout/" + c.Account }

func post(ctx context.Context, c *http.Client, base string, x Call) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, base+x.Path(), bytes.NewReader(x.Body))
	if err != nil {
		return false
	}
	r.Header.Set("Content-Type", x.Type)
	if x.Token != "" {
		r.Header.Set("x-callback-token", x.Token)
	}
	w, err := c.Do(r)
	if err != nil {
		return false
	}
	defer w.Body.Close()
	return w.StatusCode == http.StatusOK
}
