// Package look is the part of the staff app where the agency's and a client's colour and
// logo are chosen, as they stand on papers, slides and clients' pages.
package look

import (
	"context"
	"net/http"

	"kolega/internal/access"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/house"
	"kolega/internal/web/ui"
)

type rooms struct{ *house.House }

// Routes are the pages of this area.
func Routes(h *house.House) []web.Route {
	d := rooms{h}
	return []web.Route{
		{Method: "GET", Pattern: "/settings/look", Verb: "access.settings", Handle: d.agency},
		{Method: "POST", Pattern: "/settings/look", Verb: "access.settings", Handle: d.saveAgency},
		{Method: "GET", Pattern: "/settings/look/logo", Verb: "access.settings", Handle: d.agencyLogo},
		{Method: "GET", Pattern: "/clients/{id}/look", Verb: "client.edit", Handle: d.client},
		{Method: "POST", Pattern: "/clients/{id}/look", Verb: "client.edit", Handle: d.saveClient},
		{Method: "GET", Pattern: "/clients/{id}/look/logo", Verb: "client.see", Handle: d.clientLogo},
	}
}

// PublicRoutes are for everyone: the agency's logo, which stands on clients' pages.
func PublicRoutes(h *house.House) []web.Route {
	return []web.Route{{Method: "GET", Pattern: "/logo", Handle: rooms{h}.agencyLogo}}
}

func tr(ctx context.Context, key string, args ...any) string {
	return locale.T(ctx, "look."+key, args...)
}

type lookPage struct {
	Page   ui.Page
	Title  string
	Note   string
	Action string
	Look   access.Look
	Color  string // as typed
	Errors map[string]string
	Key    string
}

func (d rooms) agency(w http.ResponseWriter, r *http.Request) error {
	return d.showAgency(w, r, http.StatusOK, nil)
}

func (d rooms) showAgency(w http.ResponseWriter, r *http.Request, status int, errs map[string]string) error {
	l, err := d.Access.AgencyLook(r.Context())
	if err != nil {
		return err
	}
	title := tr(r.Context(), "title")
	return d.show(w, r, status, "settings", lookPage{Title: title, Note: tr(r.Context(), "note"), Action: "/settings/look", Look: l, Errors: errs})
}

func (d rooms) show(w http.ResponseWriter, r *http.Request, status int, nav string, p lookPage) (err error) {
	p.Key, p.Color = desk.NewKey(r), p.Look.Color
	if p.Errors != nil {
		p.Color = r.FormValue("color")
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: nav, Title: p.Title}); err != nil {
		return err
	}
	return web.Render(w, r, status, lookView(p))
}

// chosen reads the form; the caller closes the file.
func chosen(r *http.Request) (n access.NewLook, done func()) {
	n = access.NewLook{Color: r.FormValue("color"), Drop: r.FormValue("drop") != ""}
	f, _, err := r.FormFile("logo")
	if err != nil { // none was given
		return n, func() {}
	}
	n.Logo = f
	return n, func() { _ = f.Close() }
}

func (d rooms) saveAgency(w http.ResponseWriter, r *http.Request) error {
	n, done := chosen(r)
	defer done()
	err := d.Access.SaveAgencyLook(r.Context(), web.ActorOf(r), n)
	if errs, ok := web.Invalid(r, err); ok {
		return d.showAgency(w, r, http.StatusUnprocessableEntity, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/settings/look", "look.saved")
}

func (d rooms) client(w http.ResponseWriter, r *http.Request) error {
	return d.showClient(w, r, http.StatusOK, nil)
}

func (d rooms) showClient(w http.ResponseWriter, r *http.Request, status int, errs map[string]string) error {
	id, actor := r.PathValue("id"), web.ActorOf(r)
	f, err := d.Client.Client(r.Context(), actor, id)
	if err != nil {
		return err
	}
	l, err := d.Client.Look(r.Context(), actor, id)
	if err != nil {
		return err
	}
	return d.show(w, r, status, "clients", lookPage{Title: tr(r.Context(), "client", "name", f.Client.Name), Note: tr(r.Context(), "client-note"), Action: "/clients/" + id + "/look", Look: l, Errors: errs})
}

func (d rooms) saveClient(w http.ResponseWriter, r *http.Request) error {
	n, done := chosen(r)
	defer done()
	id := r.PathValue("id")
	err := d.Client.SaveLook(r.Context(), web.ActorOf(r), id, n)
	if errs, ok := web.Invalid(r, err); ok {
		return d.showClient(w, r, http.StatusUnprocessableEntity, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/clients/"+id+"/look", "look.saved")
}

func (d rooms) agencyLogo(w http.ResponseWriter, r *http.Request) error {
	l, err := d.Access.AgencyLook(r.Context())
	if err != nil {
		return err
	}
	return desk.SendLogo(w, l)
}

func (d rooms) clientLogo(w http.ResponseWriter, r *http.Request) error {
	l, err := d.Client.Look(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return desk.SendLogo(w, l)
}
