package results

import (
	"bytes"
	"net/http"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/message"
	"kolega/internal/report"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/reportpage"
	"kolega/internal/web/ui"
)

type statusPage struct {
	Page   ui.Page
	Top    desk.Top
	Status report.DraftStatus
	People report.People
	Actor  access.Actor
	Ready  *message.Prepared
	Phone  string
	Email  string
	Key    string
	Now    time.Time
}

// status is the draft report as the client reads it, and the message that takes it there.
func (d rooms) status(w http.ResponseWriter, r *http.Request) error {
	p, err := d.statusPage(w, r)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, statusView(p))
}

func (d rooms) statusPage(w http.ResponseWriter, r *http.Request) (p statusPage, err error) {
	id := r.PathValue("id")
	p.Actor, p.Key, p.Now = web.ActorOf(r), desk.NewKey(r), d.DB.Now()
	if p.Status, err = d.Boards.DraftStatus(r.Context(), p.Actor, id); err != nil {
		return p, err
	}
	if p.Actor.Can("access.links") {
		if p.People, err = d.Boards.People(r.Context(), p.Actor, id); err != nil {
			return p, err
		}
	}
	p.Page, p.Top, err = d.frame(w, r, id, "drafts")
	return p, err
}

func (d rooms) statusPDF(w http.ResponseWriter, r *http.Request) error {
	var b bytes.Buffer
	s, err := d.Boards.DraftStatusPDF(r.Context(), web.ActorOf(r), r.PathValue("id"), &b)
	if err != nil {
		return err
	}
	return reportpage.SendStatus(w, s, &b)
}

// sendStatus prepares the message for one contact, with a link of their own.
func (d rooms) sendStatus(w http.ResponseWriter, r *http.Request) error {
	p, err := d.statusPage(w, r)
	if err != nil {
		return err
	}
	room, phone, email, ok := p.People.Room(access.Client, r.FormValue("person"))
	if !ok {
		return db.ErrNotFound
	}
	first, _, _ := strings.Cut(room.Name, " ")
	s := p.Status
	s.Lang, s.Zone = room.Lang, room.Zone
	until := desk.LinkUntil(p.Top.Campaign.EndOn, p.Now)
	ready, err := d.Message.Prepare(r.Context(), p.Actor, message.Share{Room: room, Until: until, Kind: "status", Base: web.Origin(r), Campaign: s.Campaign, Body: s.Text(first)})
	if err != nil {
		return err
	}
	p.Ready, p.Phone, p.Email = &ready, phone, email
	return web.Render(w, r, http.StatusOK, statusView(p))
}
