package api

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/web"
	"kolega/internal/web/house"
)

// recognise finds out whose token came with the request and makes keyed changes
// happen once: the same key and body get the same answer.
func recognise(h *house.House, p *web.Plumbing, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/api/openapi") {
			next.ServeHTTP(w, web.WithActor(r, access.Actor{}))
			return
		}
		actor, err := bearer(h, r)
		r = web.WithActor(r, actor)
		if err != nil {
			refuse(w, r, p, err)
			return
		}
		key := r.Header.Get("Idempotency-Key")
		if key == "" || r.Method == http.MethodGet {
			next.ServeHTTP(w, r)
			return
		}
		if err := once(h, w, r, key, actor, next); err != nil {
			refuse(w, r, p, err)
		}
	})
}

func bearer(h *house.House, r *http.Request) (access.Actor, error) {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return access.Actor{}, access.ErrUnauthenticated
	}
	return h.Access.RecogniseToken(r.Context(), strings.TrimSpace(token))
}

// kept holds an answer back until it is known to be the one to give.
type kept struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (k *kept) WriteHeader(status int) {
	if k.status == 0 {
		k.status = status
	}
}

func (k *kept) Write(b []byte) (int, error) {
	k.WriteHeader(http.StatusOK)
	return k.body.Write(b)
}

// give passes the answer on.
func (k *kept) give() {
	k.WriteHeader(http.StatusOK)
	k.ResponseWriter.WriteHeader(k.status)
	_, _ = k.ResponseWriter.Write(k.body.Bytes())
}

// once carries a keyed request out. That the key is new is found by the change
// itself, which keeps it; only what was refused is looked up as a repeat.
func once(h *house.House, w http.ResponseWriter, r *http.Request, key string, actor access.Actor, next http.Handler) error {
	if len(key) > 200 {
		return fault.New(fault.Invalid, "idempotency.long")
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return web.ErrForm.Wrap(err)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	k := web.KeyFor(actor, key, r.Method+" "+r.URL.Path, body)
	rec := &kept{ResponseWriter: w}
	ctx := db.WithKey(r.Context(), k)
	next.ServeHTTP(rec, r.WithContext(ctx))
	if rec.status < 300 {
		h.DB.KeepAnswer(ctx, db.Answer{Status: rec.status, Headers: map[string]string{"Content-Type": w.Header().Get("Content-Type")}, Body: rec.body.String()})
		rec.give()
		return nil
	}
	before, err := h.DB.KeptAnswer(r.Context(), k)
	if err != nil {
		return err
	}
	if before != nil {
		return replay(w, before)
	}
	rec.give()
	return nil
}

// replay gives the kept answer; when the program died between change and
// answer, it says that the change was made.
func replay(w http.ResponseWriter, a *db.Answer) error {
	if a.Status == 0 {
		return db.ErrReplayed
	}
	for name, value := range a.Headers {
		w.Header().Set(name, value)
	}
	w.Header().Set("Idempotency-Replayed", "true")
	w.WriteHeader(a.Status)
	_, _ = io.WriteString(w, a.Body)
	return nil
}

// refuse answers an error outside any operation.
func refuse(w http.ResponseWriter, r *http.Request, p *web.Plumbing, err error) {
	if fault.KindOf(err) == fault.Internal {
		p.Log.ErrorContext(r.Context(), "api request failed", slog.String("request", audit.RequestOf(r.Context())), slog.Any("err", err))
	}
	doc := problemOf(r.Context(), err)
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(doc.Status)
	_ = json.NewEncoder(w).Encode(doc)
}
