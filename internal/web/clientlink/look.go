package clientlink

import (
	"io"
	"net/http"

	"kolega/internal/db"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/outside"
)

func (d room) lookRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/look.css", Verb: "brief.see", Handle: d.lookCSS},
		{Method: "GET", Pattern: "/client-logo", Verb: "brief.see", Handle: d.clientLogo},
	}
}

// lookCSS is the client's colour for the pages of its link.
func (d room) lookCSS(w http.ResponseWriter, r *http.Request) error {
	actor := web.ActorOf(r)
	l, err := d.Client.Look(r.Context(), actor, actor.ClientID)
	if err != nil {
		return err
	}
	if l.Color == "" {
		return db.ErrNotFound
	}
	_, _, words := l.Paper().Readable()
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", "private, max-age=86400")
	_, _ = io.WriteString(w, outside.BrandCSS(words)) // the reader went away; nothing is left to tell
	return nil
}

func (d room) clientLogo(w http.ResponseWriter, r *http.Request) error {
	actor := web.ActorOf(r)
	l, err := d.Client.Look(r.Context(), actor, actor.ClientID)
	if err != nil {
		return err
	}
	return desk.SendLogo(w, l)
}
