package pitch

import (
	"net/http"
	"net/url"
	"slices"
	"time"

	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/locale"
	"kolega/internal/pitch"
	"kolega/internal/web"
	"kolega/internal/web/deckpage"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

type sendForm struct {
	Contact string `form:"contact"`
	Name    string `form:"name"`
	Lang    string `form:"lang"`
	Until   string `form:"until"`
}

type sendPage struct {
	Page     ui.Page
	Deck     pitch.Sheet
	Version  pitch.Version
	Contacts []client.Contact
	Form     sendForm
	Errors   map[string]string
	Sent     *sent
	Key      string
}

// sent is the link that was made just now.
type sent struct {
	Share               pitch.Share
	URL, Words, Subject string
	WhatsApp, Mail      string
}

func (d rooms) sendPage(w http.ResponseWriter, r *http.Request, status int, p sendPage) (err error) {
	ctx, actor := r.Context(), web.ActorOf(r)
	p.Key = desk.NewKey(r)
	if p.Deck, err = d.Pitch.Deck(ctx, actor, r.PathValue("id")); err != nil {
		return err
	}
	i := slices.IndexFunc(p.Deck.Versions, func(v pitch.Version) bool { return v.ID == r.PathValue("version") })
	if i < 0 {
		return db.ErrNotFound
	}
	p.Version = p.Deck.Versions[i]
	if id := p.Deck.Deal.ClientID; id != "" {
		file, err := d.Client.Client(ctx, actor, id)
		if err != nil {
			return err
		}
		p.Contacts = file.Contacts
	}
	title := locale.T(ctx, "deck.send.version", "n", p.Version.Number)
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "decks", Title: title,
		Crumbs: []ui.Crumb{{Label: locale.T(ctx, "deck.title"), Href: "/decks"}, {Label: p.Deck.Title, Href: "/decks/" + p.Deck.ID}, {Label: title}}}); err != nil {
		return err
	}
	return web.Render(w, r, status, sendView(p))
}

func (d rooms) sendForm(w http.ResponseWriter, r *http.Request) error {
	return d.sendPage(w, r, http.StatusOK, sendPage{})
}

// send makes the link and shows it, once.
func (d rooms) send(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[sendForm](r)
	if err != nil {
		return err
	}
	n := pitch.Send{DeckID: r.PathValue("id"), VersionID: r.PathValue("version"), ContactID: f.Contact, Name: f.Name, Lang: f.Lang}
	if n.Until, err = untilOf(r, f.Until); err == nil {
		var share pitch.Share
		var token string
		if share, token, err = d.Pitch.SendDeck(r.Context(), web.ActorOf(r), n); err == nil {
			return d.sendPage(w, r, http.StatusOK, sendPage{Sent: d.ready(r, share, token)})
		}
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.sendPage(w, r, web.StatusOf(err), sendPage{Form: f, Errors: errs})
	}
	return err
}

// untilOf is the end of a day in the reader's zone; zero when nothing was typed.
func untilOf(r *http.Request, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	day, err := worktime.ParseDate(text)
	if err != nil {
		return time.Time{}, pitch.ErrUntil
	}
	return day.AddDays(1).In(locale.From(r.Context()).Zone).Add(-time.Second), nil
}

// ready words the message in the receiver's language.
func (d rooms) ready(r *http.Request, share pitch.Share, token string) *sent {
	l := locale.For(share.Lang, share.Zone)
	out := &sent{Share: share, URL: web.Origin(r) + deckpage.Path(token)}
	s, err := d.Pitch.Deck(r.Context(), web.ActorOf(r), share.DeckID)
	if err != nil {
		return out
	}
	out.Subject = l.T("deck.sent.subject", "brand", s.Deal.Brand, "title", s.Title)
	out.Words = l.T("deck.sent.words", "name", share.Name, "title", s.Title, "brand", s.Deal.Brand, "url", out.URL)
	out.WhatsApp = "https://wa.me/?text=" + url.QueryEscape(out.Words)
	out.Mail = "mailto:?subject=" + url.PathEscape(out.Subject) + "&body=" + url.PathEscape(out.Words)
	return out
}

type previewPage struct {
	Page ui.Page
	Deck pitch.Sheet
	View deckpage.View
}

// preview shows a version as its client would read it; nobody is counted.
func (d rooms) preview(w http.ResponseWriter, r *http.Request) error {
	p := previewPage{}
	var err error
	if p.Deck, err = d.Pitch.Deck(r.Context(), web.ActorOf(r), r.PathValue("id")); err != nil {
		return err
	}
	i := slices.IndexFunc(p.Deck.Versions, func(v pitch.Version) bool { return v.ID == r.PathValue("version") })
	if i < 0 {
		return db.ErrNotFound
	}
	v := p.Deck.Versions[i]
	title := locale.T(r.Context(), "deck.version", "n", v.Number)
	p.View = deckpage.View{Document: v.Document, Files: "/decks/" + p.Deck.ID + "/versions/" + v.ID + "/files/", Design: v.Design.SHA != ""}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "decks", Title: title,
		Crumbs: []ui.Crumb{{Label: locale.T(r.Context(), "deck.title"), Href: "/decks"}, {Label: p.Deck.Title, Href: "/decks/" + p.Deck.ID}, {Label: title}}}); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, previewView(p))
}

func (d rooms) versionFile(w http.ResponseWriter, r *http.Request) error {
	f, file, err := d.Pitch.VersionFile(r.Context(), web.ActorOf(r), r.PathValue("id"), r.PathValue("version"), r.PathValue("format"))
	if err != nil {
		return err
	}
	return deckpage.SendFile(w, r, f, file.Name, file.Type)
}
