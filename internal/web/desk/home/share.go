package home

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/locale"
	"kolega/internal/message"
	"kolega/internal/report"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

// sharePage prepares messages with personal links for the people outside.
type sharePage struct {
	Page     ui.Page
	Top      desk.Top
	People   report.People
	Log      []message.Message
	Codes    []message.Code
	Ready    *message.Prepared
	Phone    string
	Email    string
	Errors   map[string]string
	Form     shareForm
	Key      string
	Now      time.Time
	Campaign string
}

type shareForm struct {
	Party  string `form:"party"`
	Person string `form:"person"`
	Kind   string `form:"kind"`
}

func (d rooms) sharePage(w http.ResponseWriter, r *http.Request) (p sharePage, err error) {
	actor, id := web.ActorOf(r), r.PathValue("id")
	if p.Top, err = desk.TopOf(r, d.House, id, ""); err != nil {
		return p, err
	}
	if p.Page, err = desk.CampaignFrame(w, r, d.House, p.Top); err != nil {
		return p, err
	}
	if p.People, err = d.Boards.People(r.Context(), actor, id); err != nil {
		return p, err
	}
	if p.Codes, err = d.Message.Codes(r.Context(), actor, id); err != nil {
		return p, err
	}
	p.Log, err = d.Message.Messages(r.Context(), actor, id)
	p.Key, p.Now, p.Campaign = desk.NewKey(r), d.DB.Now(), id
	return p, err
}

func (d rooms) share(w http.ResponseWriter, r *http.Request) error {
	p, err := d.sharePage(w, r)
	if err != nil {
		return err
	}
	p.Form.Kind = r.URL.Query().Get("kind")
	return web.Render(w, r, http.StatusOK, shareView(p))
}

func (d rooms) prepare(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[shareForm](r)
	if err != nil {
		return err
	}
	p, err := d.sharePage(w, r)
	if err != nil {
		return err
	}
	room, phone, email, ok := p.People.Room(access.Role(f.Party), f.Person)
	if !ok {
		return db.ErrNotFound
	}
	ready, err := d.ready(r, f.Kind, p.Top.Campaign, room)
	if errs, bad := web.Invalid(r, err); bad {
		p.Errors, p.Form = errs, f
		return web.Render(w, r, http.StatusUnprocessableEntity, shareView(p))
	}
	if err != nil {
		return err
	}
	p.Ready, p.Phone, p.Email = &ready, phone, email
	return web.Render(w, r, http.StatusOK, shareView(p))
}

// ready prepares a message of a kind for a room.
func (d rooms) ready(r *http.Request, kind string, c campaign.Campaign, room access.Room) (message.Prepared, error) {
	facts, err := d.facts(r, kind, c.ID, room)
	if err != nil {
		return message.Prepared{}, err
	}
	return d.Message.Prepare(r.Context(), web.ActorOf(r), message.Share{Facts: facts, Room: room, Until: desk.LinkUntil(c.EndOn, d.DB.Now()), Kind: kind, Base: web.Origin(r), Campaign: c.Name})
}

// facts are what a message of a kind is about, in the receiver's language and zone.
func (d rooms) facts(r *http.Request, kind, campaignID string, room access.Room) (string, error) {
	if kind != "delay" {
		return "", nil
	}
	return d.Boards.DelayWords(r.Context(), web.ActorOf(r), campaignID, locale.For(room.Lang, room.Zone))
}

type sentForm struct {
	Channel string `form:"channel"`
}

func (d rooms) markSent(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[sentForm](r)
	if err != nil {
		return err
	}
	if err := d.Message.MarkSent(r.Context(), web.ActorOf(r), r.PathValue("message"), f.Channel); err != nil {
		return err
	}
	at := "/campaigns/" + r.PathValue("id") + "/share"
	return web.SeeOtherUndo(w, r, at, web.Toast{Key: "message.marked", Undo: "/campaigns/" + r.PathValue("id") + "/messages/" + r.PathValue("message") + "/unsent"})
}

// unmarkSent takes back, soon after, that a message was sent.
func (d rooms) unmarkSent(w http.ResponseWriter, r *http.Request) error {
	if err := d.Message.UnmarkSent(r.Context(), web.ActorOf(r), r.PathValue("message")); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+r.PathValue("id")+"/share", "message.unmarked")
}

// markCodeSent keeps that a step-up code was sent on.
func (d rooms) markCodeSent(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[sentForm](r)
	if err != nil {
		return err
	}
	c, err := d.Message.MarkCodeSent(r.Context(), web.ActorOf(r), r.PathValue("code"), f.Channel)
	if err != nil {
		return err
	}
	back := "/inbox"
	if c.CampaignID != "" {
		back = "/campaigns/" + c.CampaignID + "/share"
	}
	return web.SeeOther(w, r, back, "message.marked")
}

func kindOptions(ctx context.Context, party access.Role) (out []ui.Option) {
	for _, k := range message.Kinds(party) {
		out = append(out, ui.Option{Value: k, Label: locale.T(ctx, "message.kind."+k)})
	}
	return out
}

func personOptions(list []report.Person) (out []ui.Option) {
	for _, p := range list {
		out = append(out, ui.Option{Value: p.ID, Label: p.Name})
	}
	return out
}
