package meetings

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/locale"
	"kolega/internal/meeting"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

type meetingForm struct {
	Version  int64    `form:"version"`
	Kind     string   `form:"kind"`
	Title    string   `form:"title"`
	Client   string   `form:"client"`
	Campaign string   `form:"campaign"`
	Deal     string   `form:"deal"`
	On       string   `form:"on"`
	From     string   `form:"from"`
	To       string   `form:"to"`
	Zone     string   `form:"zone"`
	Place    string   `form:"place"`
	Link     string   `form:"link"`
	Agenda   string   `form:"agenda"`
	Staff    []string `form:"staff"`
	Contacts []string `form:"contacts"`
	Guests   string   `form:"guests"`
	Again    bool     `form:"again"`
	Find     bool     `form:"find"` // propose times in place of calling
	Pick     string   `form:"pick"` // a proposed beginning
	Minutes  int64    `form:"minutes"`
}

func (f meetingForm) plan() meeting.Plan {
	return meeting.Plan{Kind: meeting.Kind(f.Kind), Title: f.Title, ClientID: f.Client, CampaignID: f.Campaign, DealID: f.Deal, On: worktime.Date(f.On), From: f.From, To: f.To, Zone: f.Zone,
		Place: f.Place, Link: f.Link, Agenda: f.Agenda, Staff: f.Staff, Contacts: f.Contacts, Guests: f.Guests, Again: f.Again, Version: f.Version}
}

// picked fills in a proposed time.
func (f *meetingForm) picked() {
	at, err := time.Parse(time.RFC3339, f.Pick)
	loc, bad := worktime.Zone(f.Zone)
	if err != nil || bad != nil {
		return
	}
	f.On = string(worktime.DateOf(at, loc))
	f.From, f.To = at.In(loc).Format("15:04"), at.In(loc).Add(time.Duration(f.Minutes)*time.Minute).Format("15:04")
}

type editPage struct {
	Page      ui.Page
	ID        string // "" for a new one
	Form      meetingForm
	Errors    map[string]string
	Overlap   bool // the refusal asks whether both are meant
	Options   []time.Time
	Clients   []client.Client
	Client    client.File
	Campaigns []campaign.Campaign
	People    []access.Person
	Key       string
}

func (d rooms) editPage(w http.ResponseWriter, r *http.Request, status int, p editPage) (err error) {
	ctx, actor := r.Context(), web.ActorOf(r)
	p.Key, p.Overlap = desk.NewKey(r), p.Errors["from"] == "meeting.overlap"
	if p.Form.Minutes == 0 {
		p.Form.Minutes = 60
	}
	if err := d.besideForm(ctx, actor, &p); err != nil {
		return err
	}
	title := locale.T(ctx, "meeting.new")
	if p.ID != "" {
		title = p.Form.Title
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "calendar", Title: title, Crumbs: []ui.Crumb{{Label: locale.T(ctx, "meeting.title"), Href: "/meetings"}, {Label: title}}}); err != nil {
		return err
	}
	return web.Render(w, r, status, editView(p))
}

// besideForm gathers what the form chooses from.
func (d rooms) besideForm(ctx context.Context, actor access.Actor, p *editPage) (err error) {
	if p.People, err = d.Access.People(ctx, actor); err != nil {
		return err
	}
	if p.Clients, err = d.Client.Clients(ctx, actor, client.Page{Limit: 500}); err != nil {
		return err
	}
	if p.Form.Campaign != "" {
		c, err := d.Campaign.Campaign(ctx, actor, p.Form.Campaign)
		if err != nil {
			return err
		}
		p.Form.Client = c.ClientID
	}
	if p.Form.Client == "" {
		return nil
	}
	if p.Client, err = d.Client.Client(ctx, actor, p.Form.Client); err != nil {
		return err
	}
	p.Campaigns, err = d.Campaign.Campaigns(ctx, actor, campaign.Filter{ClientID: p.Form.Client, Limit: 100})
	return err
}

func (d rooms) newForm(w http.ResponseWriter, r *http.Request) error {
	q, actor := r.URL.Query(), web.ActorOf(r)
	f := meetingForm{Kind: q.Get("kind"), Client: q.Get("client"), Campaign: q.Get("campaign"), Deal: q.Get("deal"), Title: q.Get("title"), On: q.Get("on"), From: q.Get("from"), To: q.Get("to"), Zone: actor.Zone, Staff: []string{actor.ID}}
	if f.Kind == "" {
		f.Kind = string(meeting.Review)
	}
	if f.Deal != "" {
		o, err := d.Client.Deal(r.Context(), actor, f.Deal)
		if err != nil {
			return err
		}
		f.Client, f.Kind, f.Title = o.ClientID, string(meeting.Pitch), o.Brand+": "+o.Title
	}
	return d.editPage(w, r, http.StatusOK, editPage{Form: f})
}

// proposing answers a form that asks for a common time, or took one: the form again.
func (d rooms) proposing(w http.ResponseWriter, r *http.Request, id string, f meetingForm) (bool, error) {
	if f.Pick != "" {
		f.picked()
		return true, d.editPage(w, r, http.StatusOK, editPage{ID: id, Form: f})
	}
	if !f.Find {
		return false, nil
	}
	from := worktime.Date(f.On)
	if !from.Valid() || from == "" {
		from = worktime.DateOf(d.DB.Now(), locale.From(r.Context()).Zone)
	}
	options, err := d.Meeting.Times(r.Context(), web.ActorOf(r), meeting.Search{Staff: f.Staff, Contacts: f.Contacts, Minutes: f.Minutes, From: from, To: from.AddDays(7), Zone: f.Zone})
	if errs, ok := web.Invalid(r, err); ok {
		return true, d.editPage(w, r, web.StatusOf(err), editPage{ID: id, Form: f, Errors: errs})
	}
	if err != nil {
		return true, err
	}
	return true, d.editPage(w, r, http.StatusOK, editPage{ID: id, Form: f, Options: options})
}

func (d rooms) call(w http.ResponseWriter, r *http.Request) error {
	return d.keep(w, r, "", "meeting.called", func(p meeting.Plan) (meeting.Meeting, error) {
		return d.Meeting.Call(r.Context(), web.ActorOf(r), p)
	})
}

// keep reads the form and does what it asks.
func (d rooms) keep(w http.ResponseWriter, r *http.Request, id, toast string, do func(meeting.Plan) (meeting.Meeting, error)) error {
	f, err := web.Form[meetingForm](r)
	if err != nil {
		return err
	}
	if done, err := d.proposing(w, r, id, f); done {
		return err
	}
	m, err := do(f.plan())
	if errs, ok := web.Invalid(r, err); ok {
		return d.editPage(w, r, web.StatusOf(err), editPage{ID: id, Form: f, Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/meetings/"+m.ID, toast)
}

func (d rooms) editForm(w http.ResponseWriter, r *http.Request) error {
	m, err := d.Meeting.Meeting(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return d.editPage(w, r, http.StatusOK, editPage{ID: m.ID, Form: formOf(m.Meeting)})
}

func formOf(m meeting.Meeting) meetingForm {
	loc, err := worktime.Zone(m.Zone)
	if err != nil {
		loc = time.UTC
	}
	f := meetingForm{Version: m.Version, Kind: string(m.Kind), Title: m.Title, Client: m.ClientID, Campaign: m.CampaignID, Deal: m.DealID, On: string(worktime.DateOf(m.Start, loc)),
		From: m.Start.In(loc).Format("15:04"), To: m.End.In(loc).Format("15:04"), Zone: m.Zone, Place: m.Place, Link: m.Link, Agenda: m.Agenda}
	var guests []string
	for _, p := range m.People {
		switch p.Who {
		case meeting.Staff:
			f.Staff = append(f.Staff, p.ID)
		case meeting.Contact:
			f.Contacts = append(f.Contacts, p.ID)
		case meeting.Guest:
			line := p.Name
			if p.Email != "" {
				line += " <" + p.Email + ">"
			}
			guests = append(guests, line)
		}
	}
	f.Guests = strings.Join(guests, "\n")
	return f
}

func (d rooms) edit(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	return d.keep(w, r, id, "meeting.saved", func(p meeting.Plan) (meeting.Meeting, error) {
		return d.Meeting.Edit(r.Context(), web.ActorOf(r), id, p)
	})
}

func (p editPage) action() string {
	if p.ID == "" {
		return "/meetings"
	}
	return "/meetings/" + p.ID
}

func (p editPage) staff() (out []ui.Option) {
	for _, x := range p.People {
		if x.Active() || slices.Contains(p.Form.Staff, x.ID) {
			out = append(out, ui.Option{Value: x.ID, Label: x.Name})
		}
	}
	return out
}

func (p editPage) contacts() (out []ui.Option) {
	for _, k := range p.Client.Contacts {
		if k.LeftAt.IsZero() {
			out = append(out, ui.Option{Value: k.ID, Label: k.Name, Hint: k.Title})
		}
	}
	return out
}
