// Package outside is the frame that the doors of clients and talents share: the
// page around a room, and the page that says no.
package outside

import (
	"net/http"
	"strconv"
	"strings"

	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/house"
	"kolega/internal/web/ui"
)

// Base is the path of the room that a request is in: "/c/SECRET" or "/t/SECRET".
// Links inside a page are made with it.
func Base(r *http.Request) string {
	parts := strings.SplitN(r.URL.Path, "/", 4)
	if len(parts) < 3 {
		return ""
	}
	return "/" + parts[1] + "/" + parts[2]
}

// Frame fills the page around a room, in the client's own look. Langs are the languages
// offered; asker is the person of the agency to turn to, "" for none.
func Frame(w http.ResponseWriter, r *http.Request, h *house.House, title, asker string, langs ...string) (ui.OutsidePage, error) {
	p, err := Undressed(w, r, h, title, asker, langs...)
	if err != nil {
		return p, err
	}
	return p, dress(r, h, &p)
}

// Undressed is a Frame for a page that has a look of its own.
func Undressed(w http.ResponseWriter, r *http.Request, h *house.House, title, asker string, langs ...string) (ui.OutsidePage, error) {
	agency, err := h.Access.Agency(r.Context())
	if err != nil {
		return ui.OutsidePage{}, err
	}
	actor := web.ActorOf(r)
	p := ui.OutsidePage{Title: title, Agency: agency.Name, HomeHref: Base(r), Asker: asker, Lang: actor.Lang, Theme: actor.Theme,
		Langs: switcher(r, actor.Lang, langs), Toast: desk.Toast(w, r), NoIndex: true}
	look, err := h.Access.AgencyLook(r.Context())
	if err != nil {
		return ui.OutsidePage{}, err
	}
	if len(look.Logo) > 0 {
		p.LogoURL = "/logo?v=" + strconv.FormatInt(look.Since.Unix(), 36)
	}
	if agency.Email != "" {
		p.Contact, p.ContactHref = agency.Email, "mailto:"+agency.Email
	}
	return p, nil
}

var names = map[string]string{"id": "Indonesia", "en": "English", "fil": "Filipino"}

func switcher(r *http.Request, current string, langs []string) (out []ui.LangLink) {
	if len(langs) == 0 {
		langs = []string{"id", "en"}
	}
	for _, l := range langs {
		link := ui.LangLink{Lang: l, Name: names[l], Href: "?lang=" + l}
		if l == current {
			link.Href = ""
		}
		out = append(out, link)
	}
	return out
}

// Fail answers an error to somebody outside. "Not yours" and "not there" are the
// same bytes, whatever was asked for.
func Fail(w http.ResponseWriter, r *http.Request, err error) {
	l := locale.From(r.Context())
	kind := web.StatusOf(err)
	p := ui.PlainPage{Title: l.T("error.outside.title"), Lead: l.Fault(err), Lang: l.Lang}
	if kind == http.StatusNotFound {
		p.Lead = l.T("fault.not-found")
	}
	_ = web.Render(w, r, kind, ui.Plain(p))
}
