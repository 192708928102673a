// Package privacy is the part of the staff app where a person from outside is given
// a copy of what is kept about them, or is erased.
package privacy

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"

	"kolega/internal/blob"
	"kolega/internal/locale"
	"kolega/internal/privacy"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/house"
	"kolega/internal/web/ui"
)

type rooms struct{ *house.House }

// Routes are the pages about a person's data.
func Routes(h *house.House) []web.Route {
	d := rooms{h}
	return []web.Route{
		{Method: "GET", Pattern: "/talents/{id}/privacy", Verb: "privacy.copy", Handle: d.show(privacy.Talent)},
		{Method: "POST", Pattern: "/talents/{id}/privacy/copy", Verb: "privacy.copy", Handle: d.copy(privacy.Talent)},
		{Method: "POST", Pattern: "/talents/{id}/privacy/erase", Verb: "privacy.erase", Handle: d.erase(privacy.Talent)},
		{Method: "GET", Pattern: "/contacts/{id}/privacy", Verb: "privacy.copy", Handle: d.show(privacy.Contact)},
		{Method: "POST", Pattern: "/contacts/{id}/privacy/copy", Verb: "privacy.copy", Handle: d.copy(privacy.Contact)},
		{Method: "POST", Pattern: "/contacts/{id}/privacy/erase", Verb: "privacy.erase", Handle: d.erase(privacy.Contact)},
	}
}

type page struct {
	Page         ui.Page
	Kind         privacy.Kind
	ID           string
	State        privacy.State
	May          bool // erase
	Name, Reason string
	Errors       map[string]string
	Key          string
}

func (p page) path(end string) string { return "/" + string(p.Kind) + "s/" + p.ID + "/privacy" + end }

func tr(ctx context.Context, key string, args ...any) string {
	return locale.T(ctx, "privacy."+key, args...)
}

func (d rooms) show(kind privacy.Kind) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		return d.page(w, r, http.StatusOK, page{Kind: kind, ID: r.PathValue("id")})
	}
}

func (d rooms) page(w http.ResponseWriter, r *http.Request, status int, p page) error {
	actor := web.ActorOf(r)
	var err error
	if p.State, err = d.Privacy.Look(r.Context(), actor, privacy.Subject{Kind: p.Kind, ID: p.ID}); err != nil {
		return err
	}
	p.Key, p.May = desk.NewKey(r), actor.Can("privacy.erase")
	at := desk.At{Nav: "talents", Title: tr(r.Context(), "title"), Crumbs: []ui.Crumb{{Label: p.State.Name, Href: "/talents/" + p.ID}, {Label: tr(r.Context(), "title"), Href: p.path("")}}}
	if p.Kind == privacy.Contact {
		at.Nav, at.Crumbs[0].Href = "clients", "/clients"
	}
	if p.Page, err = desk.Frame(w, r, d.House, at); err != nil {
		return err
	}
	return web.Render(w, r, status, view(p))
}

func (d rooms) erase(kind privacy.Kind) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		f, err := web.Form[struct {
			Name   string `form:"name"`
			Reason string `form:"reason"`
		}](r)
		if err != nil {
			return err
		}
		p := page{Kind: kind, ID: r.PathValue("id"), Name: f.Name, Reason: f.Reason}
		err = d.Privacy.Erase(r.Context(), web.ActorOf(r), privacy.Subject{Kind: kind, ID: p.ID}, f.Name, f.Reason)
		var refused bool
		if p.Errors, refused = web.Invalid(r, err); refused {
			return d.page(w, r, http.StatusUnprocessableEntity, p)
		}
		if err != nil {
			return err
		}
		return web.SeeOther(w, r, "/"+string(kind)+"s", "privacy.toast.erased")
	}
}

// copy answers with an archive: data.json and the files. It is a POST, since the trail
// keeps that it was made.
func (d rooms) copy(kind privacy.Kind) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		who := privacy.Subject{Kind: kind, ID: r.PathValue("id")}
		c, err := d.Privacy.Copy(r.Context(), web.ActorOf(r), who)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/zip")
		w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": tr(r.Context(), "file") + " " + who.ID + ".zip"}))
		return d.archive(r.Context(), w, c)
	}
}

// archive writes a copy; a file that is no longer there is left out.
func (d rooms) archive(ctx context.Context, w io.Writer, c privacy.Copy) error {
	z := zip.NewWriter(w)
	out, err := z.Create("data.json")
	if err != nil {
		return err
	}
	pretty := json.NewEncoder(out)
	pretty.SetIndent("", "  ")
	if err := pretty.Encode(c); err != nil {
		return err
	}
	for _, sha := range c.Files {
		in, err := d.Blob.Open(ctx, sha)
		if errors.Is(err, blob.ErrAbsent) {
			continue
		}
		if err != nil {
			return err
		}
		out, err := z.Create("files/" + sha)
		if err == nil {
			_, err = io.Copy(out, in)
		}
		if err := errors.Join(err, in.Close()); err != nil {
			return err
		}
	}
	return z.Close()
}
