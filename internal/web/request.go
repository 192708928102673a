package web

import (
	"context"
	"net"
	"net/http"
	"strings"

	"kolega/internal/access"
	"kolega/internal/locale"
)

type actorKey struct{}

// ActorOf gives who acts; the zero Actor where nobody needs to be known.
func ActorOf(r *http.Request) access.Actor { return ActorIn(r.Context()) }

// ActorIn is ActorOf for a context.
func ActorIn(ctx context.Context) access.Actor {
	a, _ := ctx.Value(actorKey{}).(access.Actor)
	return a
}

// withReader keeps the actor and the language and zone in which they read.
func withReader(r *http.Request, a access.Actor) *http.Request {
	lang, zone := a.Lang, a.Zone
	if lang == "" || !a.IsStaff() {
		lang = chosenLang(r, lang)
	}
	if zone == "" {
		zone = "Asia/Jakarta"
	}
	a.Lang, a.Zone = lang, zone
	ctx := context.WithValue(r.Context(), actorKey{}, a)
	return r.WithContext(locale.With(ctx, locale.For(lang, zone)))
}

// WithActor makes a request of an actor, for tests and for doors that recognise
// by themselves.
func WithActor(r *http.Request, a access.Actor) *http.Request { return withReader(r, a) }

const langCookie = "kolega_lang"

// chosenLang is what an outsider chose by ?lang=, before, or in the browser.
func chosenLang(r *http.Request, fallback string) string {
	known := func(l string) bool { return l == "id" || l == "en" || l == "fil" }
	if l := r.URL.Query().Get("lang"); known(l) {
		return l
	}
	if c, err := r.Cookie(langCookie); err == nil && known(c.Value) {
		return c.Value
	}
	if fallback != "" {
		return fallback
	}
	accept := strings.ToLower(r.Header.Get("Accept-Language"))
	if strings.HasPrefix(accept, "en") {
		return "en"
	}
	return "id"
}

// keepLang remembers a choice made by ?lang= in this browser.
func keepLang(w http.ResponseWriter, r *http.Request) {
	if l := r.URL.Query().Get("lang"); l == "id" || l == "en" || l == "fil" {
		http.SetCookie(w, &http.Cookie{Name: langCookie, Value: l, Path: "/", MaxAge: 180 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: isTLS(r)})
	}
}

// Origin is the program's own address as the reader reached it, "https://host".
func Origin(r *http.Request) string {
	if isTLS(r) {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// IsPartial tells whether htmx asks for a part of the page.
func IsPartial(r *http.Request) bool { return r.Header.Get("HX-Request") == "true" }

// Address is the caller's network address without port.
func Address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

func isTLS(r *http.Request) bool {
	return r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https"
}
