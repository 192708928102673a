package meetings

import (
	"net/http"
	"slices"
	"time"

	"kolega/internal/access"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/locale"
	"kolega/internal/meeting"
	"kolega/internal/message"
	"kolega/internal/report"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

type previewPage struct {
	Page    ui.Page
	Preview meeting.Preview
	Touched report.BriefEffect
	Form    sendForm
	Errors  map[string]string
	Now     time.Time
	Key     string
}

type sendForm struct {
	Hash string   `form:"hash"`
	To   []string `form:"to"`
	Sure bool     `form:"sure"`
}

// preview shows exactly what the client will read, and what sending it would do.
func (d rooms) preview(w http.ResponseWriter, r *http.Request) error {
	return d.showPreview(w, r, http.StatusOK, nil, nil)
}

func (d rooms) showPreview(w http.ResponseWriter, r *http.Request, status int, f *sendForm, errs map[string]string) error {
	p := previewPage{Errors: errs, Now: d.DB.Now(), Key: desk.NewKey(r)}
	var err error
	p.Preview, err = d.Meeting.Preview(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if errs, ok := web.Invalid(r, err); ok { // what cannot be sent is put right in the minutes
		return d.showMeeting(w, r, web.StatusOf(err), func(p *showPage) { p.Errors = errs })
	}
	if err != nil {
		return err
	}
	if n := p.Preview.Effects.Proposal; len(n.Lines) > 0 {
		if p.Touched, err = d.Boards.ProposalEffect(r.Context(), web.ActorOf(r), n); err != nil {
			return err
		}
	}
	if f != nil {
		p.Form = *f
	} else {
		for _, k := range p.Preview.To {
			if slices.ContainsFunc(p.Preview.People, func(x meeting.Person) bool { return x.ID == k.ID }) {
				p.Form.To = append(p.Form.To, k.ID)
			}
		}
	}
	p.Form.Hash = p.Preview.Hash
	title := locale.T(r.Context(), "meeting.report")
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "calendar", Title: title,
		Crumbs: []ui.Crumb{{Label: locale.T(r.Context(), "meeting.title"), Href: "/meetings"}, {Label: p.Preview.Title, Href: "/meetings/" + p.Preview.ID}, {Label: title}}}); err != nil {
		return err
	}
	return web.Render(w, r, status, previewView(p))
}

func (d rooms) send(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[sendForm](r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	_, err = d.Meeting.Send(r.Context(), web.ActorOf(r), meeting.SendReport{MeetingID: id, Hash: f.Hash, To: f.To, Sure: f.Sure})
	if errs, ok := web.Invalid(r, err); ok {
		return d.showPreview(w, r, web.StatusOf(err), &f, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/meetings/"+id+"#reports", "meeting.report.sealed")
}

type receiverForm struct {
	Contact string `form:"contact"`
	Message string `form:"message"`
	Channel string `form:"channel"`
}

// link prepares a message with a fresh link for one receiver; the page shows it once.
func (d rooms) link(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[receiverForm](r)
	if err != nil {
		return err
	}
	m, err := d.Meeting.Minutes(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	to, ok := receiver(m, r.PathValue("report"), f.Contact)
	if !ok {
		return db.ErrNotFound
	}
	ready, k, err := d.ready(r, m, to)
	if err != nil {
		return err
	}
	return d.showMeeting(w, r, http.StatusOK, func(p *showPage) {
		p.Ready, p.ReadyTo, p.Report, p.Phone, p.Email = &ready, to, r.PathValue("report"), k.Phone, k.Email
	})
}

// ready prepares the message that brings a report to a receiver.
func (d rooms) ready(r *http.Request, m meeting.Minutes, to meeting.Receiver) (message.Prepared, client.Contact, error) {
	k, until, err := d.contact(r, m, to.ContactID)
	if err != nil {
		return message.Prepared{}, k, err
	}
	room := access.Room{Party: access.Client, CampaignID: m.CampaignID, ClientID: m.ClientID, ContactID: k.ID, Name: k.Name, Lang: k.Lang, Zone: k.Zone}
	name := m.Campaign
	if name == "" {
		name = m.Title
	}
	p, err := d.Message.Prepare(r.Context(), web.ActorOf(r), message.Share{Room: room, Until: until, Kind: "minutes", Base: web.Origin(r), Campaign: name, Facts: m.Title})
	return p, k, err
}

func receiver(m meeting.Minutes, reportID, contactID string) (meeting.Receiver, bool) {
	for _, c := range m.Reports {
		for _, x := range c.Receivers {
			if c.ID == reportID && x.ContactID == contactID {
				return x, true
			}
		}
	}
	return meeting.Receiver{}, false
}

// contact gives how a receiver is reached, and until when a link to them lives.
func (d rooms) contact(r *http.Request, m meeting.Minutes, id string) (k client.Contact, until time.Time, err error) {
	f, err := d.Client.Client(r.Context(), web.ActorOf(r), m.ClientID)
	if err != nil {
		return k, until, err
	}
	for _, x := range f.Contacts {
		if x.ID == id {
			k = x
		}
	}
	until = access.LinkUntil(d.DB.Now())
	if m.CampaignID != "" {
		c, err := d.Campaign.Campaign(r.Context(), web.ActorOf(r), m.CampaignID)
		if err != nil {
			return k, until, err
		}
		until = desk.LinkUntil(c.EndOn, d.DB.Now())
	}
	return k, until, nil
}

// sent keeps that the link went, from when the receiver's time runs.
func (d rooms) sent(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[receiverForm](r)
	if err != nil {
		return err
	}
	x, err := d.Meeting.MarkSent(r.Context(), web.ActorOf(r), r.PathValue("report"), f.Contact)
	if err != nil {
		return d.acted(w, r, err, "", func(*showPage) {})
	}
	if f.Message != "" {
		if err := d.Message.MarkSent(r.Context(), web.ActorOf(r), f.Message, f.Channel); err != nil {
			return err
		}
	}
	l := locale.From(r.Context())
	return web.SeeOther(w, r, "/meetings/"+r.PathValue("id")+"#reports", "meeting.report.running", "name", x.Name, "until", l.DateTime(x.DueAt, x.Zone))
}
