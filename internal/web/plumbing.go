package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/fault"
)

// Plumbing is what all doors share.
type Plumbing struct {
	DB     *db.DB
	Access *access.Service
	Log    *slog.Logger
	Count  func(door string, status int, took time.Duration) // metrics; may be nil
}

// csp is the policy of every page: nothing inline, nothing from elsewhere.
const csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; " +
	"font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Wrap puts the outer shell around a mux: a request id, security headers, the
// refusal of posts from other sites, one log line, and an answer after a panic.
func (p *Plumbing) Wrap(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guarded := compress(guard.Handler(next))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now() //nolint:forbidigo // measures the answer, decides nothing
		id := db.NewID(p.DB.Now())
		h := w.Header()
		h.Set("X-Request-Id", id)
		h.Set("Content-Security-Policy", csp)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(self), microphone=(), geolocation=()")
		h.Set("Cache-Control", "no-store")
		if isTLS(r) {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		rec := &recorder{ResponseWriter: w}
		r = r.WithContext(audit.WithRequest(r.Context(), id))
		defer func() {
			if v := recover(); v != nil && v != http.ErrAbortHandler { //nolint:errorlint // the sentinel is compared as net/http does
				p.Log.ErrorContext(r.Context(), "panic", "request", id, "value", v, "stack", string(debug.Stack()))
				if rec.status == 0 {
					http.Error(rec, "internal error "+id, http.StatusInternalServerError)
				}
			}
			if p.Count != nil {
				p.Count(doorOf(r), rec.status, time.Since(start)) //nolint:forbidigo // as above
			}
		}()
		keepLang(rec, r)
		guarded.ServeHTTP(rec, r)
	})
}

// doorOf names a request for metrics by its route, never by its path: link
// secrets are in paths.
func doorOf(r *http.Request) string {
	if r.Pattern == "" {
		return "none"
	}
	return r.Pattern
}

// recorder remembers the status, and how to reach the writer beneath.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	return r.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// onceOnly makes a POST with a key happen once: the key is kept in the same
// commit as its change. A form carries it in the field "_key".
func (p *Plumbing) onceOnly(w http.ResponseWriter, r **http.Request, actor access.Actor) error {
	req := *r
	if strings.HasPrefix(req.Header.Get("Content-Type"), "multipart/form-data") {
		return nil // uploads are named by their content
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, req.Body, maxForm))
	if err != nil {
		return ErrForm.Wrap(err)
	}
	req.Body = io.NopCloser(bytes.NewReader(body))
	if err := req.ParseForm(); err != nil {
		return ErrForm.Wrap(err)
	}
	key := req.PostForm.Get("_key")
	if key == "" {
		return nil
	}
	k := KeyFor(actor, key, req.URL.Path, body)
	kept, err := p.DB.KeptAnswer(req.Context(), k)
	if err != nil {
		return err
	}
	if kept != nil {
		return db.ErrReplayed
	}
	*r = req.WithContext(db.WithKey(req.Context(), k))
	return nil
}

// KeyFor binds an idempotency key to who sent it, where and with which body.
func KeyFor(actor access.Actor, key, path string, body []byte) db.Key {
	h := sha256.New()
	h.Write([]byte(path + "\n"))
	h.Write(body)
	return db.Key{Owner: actor.Kind + ":" + actor.ID, Key: key, BodyHash: hex.EncodeToString(h.Sum(nil))}
}

// Recognising doors.

// SessionCookie is the name of the cookie of people who are signed in.
const SessionCookie = "kolega_session"

// BySession recognises people by their cookie.
func (p *Plumbing) BySession(_ http.ResponseWriter, r *http.Request) (access.Actor, error) {
	c, err := r.Cookie(SessionCookie)
	if err != nil {
		return access.Actor{}, access.ErrUnauthenticated
	}
	a, _, err := p.Access.Recognise(r.Context(), c.Value)
	return a, err
}

// ByLink recognises outsiders of one party by the secret in the path.
func (p *Plumbing) ByLink(party access.Role) func(http.ResponseWriter, *http.Request) (access.Actor, error) {
	return func(_ http.ResponseWriter, r *http.Request) (access.Actor, error) {
		a, err := p.Access.OpenLink(r.Context(), r.PathValue("token"))
		if err == nil && a.Role != party {
			err = access.ErrLinkGone
		}
		return a, err
	}
}

// ByNobody is for pages that everybody may open; a session is used when there is one.
func (p *Plumbing) ByNobody(w http.ResponseWriter, r *http.Request) (access.Actor, error) {
	a, err := p.BySession(w, r)
	if fault.KindOf(err) == fault.Unauthenticated {
		return access.Actor{}, nil
	}
	return a, err
}

// SetSession keeps a session's secret in the browser; empty takes it away.
func SetSession(w http.ResponseWriter, r *http.Request, token string) {
	c := &http.Cookie{Name: SessionCookie, Value: token, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: isTLS(r), MaxAge: 14 * 24 * 3600}
	if token == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}
