// Package deck is the door of a pitch deck's own link: the page that a receiver reads, its
// files, and what the page says while it is read (B29).
//
// Laws. The page shows the one version that was sent to the link's receiver. Opening it
// counts nobody: only a browser that keeps sections in view says so, so that previews of
// messengers and scanners of mails are never readers. Somebody of the agency is no reader.
package deck

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/pitch"
	"kolega/internal/secret"
	"kolega/internal/web"
	"kolega/internal/web/deckpage"
	"kolega/internal/web/desk"
	"kolega/internal/web/house"
	"kolega/internal/web/outside"
	"kolega/internal/web/ui"
)

type room struct{ *house.House }

// Routes are the pages below a link's secret.
func Routes(h *house.House) []web.Route {
	d := room{h}
	return []web.Route{
		{Method: "GET", Pattern: "", Verb: "deck.read", Handle: d.page},
		{Method: "GET", Pattern: "/look.css", Verb: "deck.read", Handle: d.look},
		{Method: "GET", Pattern: "/logo", Verb: "deck.read", Handle: d.logo},
		{Method: "GET", Pattern: "/files/{format}", Verb: "deck.read", Handle: d.file},
		{Method: "POST", Pattern: "/read", Verb: "deck.read", Handle: d.read},
	}
}

// Recognise lets in the receiver of a link by its secret.
func Recognise(h *house.House) func(http.ResponseWriter, *http.Request) (access.Actor, error) {
	return func(_ http.ResponseWriter, r *http.Request) (access.Actor, error) {
		return h.Pitch.OpenShare(r.Context(), r.PathValue("token"))
	}
}

type page struct {
	Page  ui.OutsidePage
	View  deckpage.View
	Base  string
	Count bool // the page says what is read
}

func (d room) page(w http.ResponseWriter, r *http.Request) error {
	share, v, err := d.Pitch.Read(r.Context(), web.ActorOf(r))
	if err != nil {
		return err
	}
	base := outside.Base(r)
	p := page{Base: base, Count: !d.colleague(r), View: deckpage.View{Document: v.Document, Files: base + "/files/", Design: v.Design.SHA != ""}}
	if p.Page, err = outside.Undressed(w, r, d.House, v.Document.Title, v.Document.AE); err != nil {
		return err
	}
	p.Page.Wide, p.Page.HomeHref = true, ""
	_, of, err := d.Pitch.Look(r.Context(), v.Document)
	if err != nil {
		return err
	}
	if len(of.Logo) > 0 {
		p.View.Logo = base + "/logo"
	}
	d.name(w, r, share)
	return web.Render(w, r, http.StatusOK, deckView(p))
}

// readerCookie keeps a reader's name for one link in its browser.
const readerCookie = "kolega_reader"

// readerOf is the reader's name, empty on the first look.
func readerOf(r *http.Request) string {
	if c, err := r.Cookie(readerCookie); err == nil {
		return c.Value
	}
	return ""
}

// name gives the browser a random name for this link, so that it counts once.
func (d room) name(w http.ResponseWriter, r *http.Request, s pitch.Share) {
	if readerOf(r) != "" {
		return
	}
	name, _ := secret.NewToken()
	http.SetCookie(w, &http.Cookie{Name: readerCookie, Value: name, Path: outside.Base(r), HttpOnly: true, SameSite: http.SameSiteLaxMode,
		MaxAge: int(s.ExpiresAt.Sub(d.DB.Now()) / time.Second), Secure: r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https"})
}

// colleague tells whether somebody of the agency looks at the page.
func (d room) colleague(r *http.Request) bool {
	c, err := r.Cookie(web.SessionCookie)
	if err != nil {
		return false
	}
	_, _, err = d.Access.Recognise(r.Context(), c.Value)
	return err == nil
}

func (d room) look(w http.ResponseWriter, r *http.Request) error {
	_, v, err := d.Pitch.Read(r.Context(), web.ActorOf(r))
	if err != nil {
		return err
	}
	agency, of, err := d.Pitch.Look(r.Context(), v.Document)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", "private, max-age=3600")
	_, _ = w.Write(deckpage.Sheet(agency, of)) // the reader went away; nothing is left to tell
	return nil
}

func (d room) logo(w http.ResponseWriter, r *http.Request) error {
	_, v, err := d.Pitch.Read(r.Context(), web.ActorOf(r))
	if err != nil {
		return err
	}
	_, of, err := d.Pitch.Look(r.Context(), v.Document)
	if err != nil {
		return err
	}
	return desk.SendLogo(w, access.Look{Logo: of.Logo})
}

func (d room) file(w http.ResponseWriter, r *http.Request) error {
	f, file, err := d.Pitch.File(r.Context(), web.ActorOf(r), r.PathValue("format"))
	if err != nil {
		return err
	}
	return deckpage.SendFile(w, r, f, file.Name, file.Type)
}

// read takes what the page says: "3:4200" is 4.2 seconds of the fourth section. A machine
// and somebody of the agency are answered and not counted.
func (d room) read(w http.ResponseWriter, r *http.Request) error {
	reader := readerOf(r)
	if reader == "" || pitch.Machine(r.UserAgent()) || d.colleague(r) {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	r.Body = http.MaxBytesReader(w, r.Body, 8<<10)
	sections, err := said(r)
	if err != nil {
		return err
	}
	b := pitch.Beat{Reader: reader, Phone: strings.Contains(r.UserAgent(), "Mobile"), Sections: sections}
	if err := d.Pitch.Beat(r.Context(), web.ActorOf(r), b); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// said reads the times of sections from the body.
func said(r *http.Request) (map[int64]time.Duration, error) {
	if err := r.ParseForm(); err != nil {
		return nil, web.ErrForm.Wrap(err)
	}
	out := map[int64]time.Duration{}
	for _, s := range r.PostForm["s"] {
		place, ms, _ := strings.Cut(s, ":")
		n, err := strconv.ParseInt(place, 10, 64)
		t, err2 := strconv.ParseInt(ms, 10, 64)
		if err != nil || err2 != nil || n < 0 || t < 0 || t > int64(time.Hour/time.Millisecond) {
			return nil, web.ErrForm
		}
		out[n] += time.Duration(t) * time.Millisecond
	}
	return out, nil
}

// Fail answers with a page that says the link is over; what is not there is the same answer.
func Fail(w http.ResponseWriter, r *http.Request, err error) {
	if web.StatusOf(err) == http.StatusNotFound {
		err = db.ErrNotFound
	}
	outside.Fail(w, r, err)
}
