package campaigns

import (
	"net/http"
	"net/url"
	"strings"

	"kolega/internal/access"
	"kolega/internal/client"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

type linkForm struct {
	ContactID string `form:"contact_id"`
}

// linkPage shows a contact's new room link, once, with a message ready to be sent by hand.
type linkPage struct {
	Page    ui.Page
	Top     desk.Top
	Contact client.Contact
	URL     string
	Text    string
}

// WhatsApp is the address that opens the contact's chat with the text, "" without a number.
func (p linkPage) WhatsApp() string {
	if p.Contact.Phone == "" {
		return ""
	}
	return "https://wa.me/" + strings.TrimPrefix(p.Contact.Phone, "+") + "?text=" + url.QueryEscape(p.Text)
}

// Mail is the address that opens a letter with the text, "" without an e-mail.
func (p linkPage) Mail() string {
	if p.Contact.Email == "" {
		return ""
	}
	return "mailto:" + p.Contact.Email + "?subject=" + url.PathEscape(p.Top.Campaign.Name) + "&body=" + url.PathEscape(p.Text)
}

// makeLink makes a room link for a contact of the campaign's client. It lives until
// 14 days after the campaign's end (R20).
func (d rooms) makeLink(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[linkForm](r)
	if err != nil {
		return err
	}
	p := linkPage{}
	if p.Top, err = desk.TopOf(r, d.House, r.PathValue("id"), "brief"); err != nil {
		return err
	}
	c, actor := p.Top.Campaign, web.ActorOf(r)
	file, err := d.Client.Client(r.Context(), actor, c.ClientID)
	if err != nil {
		return err
	}
	for _, k := range file.Contacts {
		if k.ID == f.ContactID && k.LeftAt.IsZero() {
			p.Contact = k
		}
	}
	if p.Contact.ID == "" {
		return client.ErrOtherClient.At("contact_id")
	}
	lang, zone := place(p.Contact, locale.From(r.Context()))
	until := access.LinkUntil(c.EndOn.AddDays(1).In(locale.For(lang, zone).Zone))
	token, err := d.Access.IssueLink(r.Context(), actor, access.Room{Party: access.Client, CampaignID: c.ID, ClientID: c.ClientID, ContactID: p.Contact.ID,
		Name: p.Contact.Name, Lang: lang, Zone: zone}, until)
	if err != nil {
		return err
	}
	p.URL = origin(r) + "/c/" + token
	p.Text = locale.For(lang, zone).T("brief.link.text", "name", p.Contact.Name, "campaign", c.Name, "from", actor.Name, "url", p.URL)
	if p.Page, err = desk.CampaignFrame(w, r, d.House, p.Top); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, linkView(p))
}

func origin(r *http.Request) string {
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
