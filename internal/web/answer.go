package web

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/url"
	"sync"

	"kolega/internal/audit"
	"kolega/internal/fault"
	"kolega/internal/locale"

	"github.com/a-h/templ"
)

// status is the one place where kinds of faults become HTTP.
var status = map[fault.Kind]int{
	fault.Internal:        http.StatusInternalServerError,
	fault.Invalid:         http.StatusUnprocessableEntity,
	fault.NotFound:        http.StatusNotFound,
	fault.Conflict:        http.StatusConflict,
	fault.Forbidden:       http.StatusForbidden,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.TooMany:         http.StatusTooManyRequests,
	fault.Unavailable:     http.StatusServiceUnavailable,
}

// StatusOf gives the HTTP status of an error.
func StatusOf(err error) int { return status[fault.KindOf(err)] }

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Render writes a view whole, or nothing and the error.
func Render(w http.ResponseWriter, r *http.Request, status int, c templ.Component) error {
	b := buffers.Get().(*bytes.Buffer)
	defer func() {
		if b.Cap() < 1<<20 {
			b.Reset()
			buffers.Put(b)
		}
	}()
	if err := c.Render(r.Context(), b); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, err := w.Write(b.Bytes())
	return ignoreGone(err)
}

// ignoreGone: whoever asked has left; there is nobody to tell.
func ignoreGone(error) error { return nil }

const toastCookie = "kolega_toast"

// Toast is what the next page says happened.
type Toast struct {
	Key  string `json:"k"`
	Args []any  `json:"a,omitempty"`
	Undo string `json:"u,omitempty"` // path to POST to, when it can be undone exactly
}

// SeeOther answers a POST with the page to go to and what to say there.
func SeeOther(w http.ResponseWriter, r *http.Request, path, toastKey string, args ...any) error {
	return SeeOtherUndo(w, r, path, Toast{Key: toastKey, Args: args})
}

// SeeOtherUndo is SeeOther with a way back.
func SeeOtherUndo(w http.ResponseWriter, r *http.Request, path string, t Toast) error {
	if t.Key != "" {
		b, err := json.Marshal(t)
		if err != nil {
			return err
		}
		http.SetCookie(w, &http.Cookie{Name: toastCookie, Value: url.QueryEscape(string(b)), Path: "/", MaxAge: 60, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: isTLS(r)})
	}
	http.Redirect(w, r, path, http.StatusSeeOther)
	return nil
}

// TakeToast gives what the last POST left to say, once.
func TakeToast(w http.ResponseWriter, r *http.Request) (t Toast, text string) {
	c, err := r.Cookie(toastCookie)
	if err != nil {
		return t, ""
	}
	http.SetCookie(w, &http.Cookie{Name: toastCookie, Path: "/", MaxAge: -1})
	raw, err := url.QueryUnescape(c.Value)
	if err != nil || json.Unmarshal([]byte(raw), &t) != nil {
		return Toast{}, ""
	}
	return t, locale.T(r.Context(), t.Key, t.Args...)
}

// Invalid gives the codes of a fault's fields, when err is one that a form can
// show: an Invalid, Conflict or TooMany fault. Under "" stands the text of the
// whole, in the reader's language.
func Invalid(r *http.Request, err error) (map[string]string, bool) {
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.Invalid && f.Kind != fault.Conflict && f.Kind != fault.TooMany {
		return nil, false
	}
	out := map[string]string{"": locale.From(r.Context()).Fault(err)}
	for field, code := range f.Fields {
		out[field] = code
	}
	return out, true
}

// answer logs an error once and lets the door say it.
func (p *Plumbing) answer(w http.ResponseWriter, r *http.Request, d Door, err error) {
	kind := fault.KindOf(err)
	level := slog.LevelDebug
	if kind == fault.Internal || kind == fault.Unavailable {
		level = slog.LevelError
	}
	p.Log.LogAttrs(r.Context(), level, "request failed", slog.String("request", audit.RequestOf(r.Context())),
		slog.String("door", d.Name), slog.String("route", r.Pattern), slog.String("code", fault.CodeOf(err)), slog.Any("err", err))
	d.Fail(w, r, err)
}
