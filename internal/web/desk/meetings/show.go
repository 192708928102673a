package meetings

import (
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/locale"
	"kolega/internal/meeting"
	"kolega/internal/message"
	"kolega/internal/money"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

// lineForm is one line as it is typed.
type lineForm struct {
	Kind     string `form:"kind"`
	Part     string `form:"part"` // "client" or "internal"
	Text     string `form:"text"`
	Effect   string `form:"effect"`
	Point    string `form:"point"`
	Binds    string `form:"binds"`
	Wording  string `form:"wording"`
	Slot     string `form:"slot"`
	Which    string `form:"which"`
	On       string `form:"on"`
	Fee      string `form:"fee"`
	Doer     string `form:"doer"`
	Due      string `form:"due"`
	Replaces string `form:"replaces"`
}

func (f lineForm) line(r *http.Request, cur money.Currency) (meeting.NewLine, error) {
	n := meeting.NewLine{Kind: meeting.LineKind(f.Kind), Internal: f.Part == "internal", Text: f.Text, Effect: meeting.Effect(f.Effect), PointID: f.Point, PointKind: campaign.PointKind(f.Binds), Wording: f.Wording,
		SlotID: f.Slot, Which: f.Which, On: worktime.Date(f.On), Doer: f.Doer, Due: f.Due, Replaces: f.Replaces}
	if f.Fee == "" {
		return n, nil
	}
	var err error
	if n.Fee, err = money.Parse(f.Fee, cur, locale.From(r.Context()).Lang); err != nil {
		return n, meeting.ErrFee
	}
	return n, nil
}

type showPage struct {
	Page    ui.Page
	Minutes meeting.Minutes
	Top     *desk.Top
	People  []access.Person
	Form    lineForm
	Errors  map[string]string
	Ready   *message.Prepared // a message with the report's link, shown once
	ReadyTo meeting.Receiver
	Report  string // id of the report that Ready is about
	Phone   string
	Email   string
	Actor   access.Actor
	Now     time.Time
	Key     string
}

func (d rooms) show(w http.ResponseWriter, r *http.Request) error {
	return d.showMeeting(w, r, http.StatusOK, func(*showPage) {})
}

func (d rooms) showMeeting(w http.ResponseWriter, r *http.Request, status int, fill func(*showPage)) (err error) {
	p := showPage{Actor: web.ActorOf(r), Now: d.DB.Now(), Key: desk.NewKey(r), Form: lineForm{Kind: string(meeting.Decision), Part: "client", Binds: string(campaign.Must), Doer: "staff:" + web.ActorOf(r).ID}}
	if p.Minutes, err = d.Meeting.Minutes(r.Context(), p.Actor, r.PathValue("id")); err != nil {
		return err
	}
	if p.People, err = d.Access.People(r.Context(), p.Actor); err != nil {
		return err
	}
	fill(&p)
	m := p.Minutes.Meeting
	crumbs := []ui.Crumb{{Label: locale.T(r.Context(), "meeting.title"), Href: "/meetings"}, {Label: m.Title}}
	if m.CampaignID != "" {
		crumbs = []ui.Crumb{{Label: p.Minutes.Campaign, Href: "/campaigns/" + m.CampaignID + "/meetings"}, {Label: m.Title}}
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "calendar", Title: m.Title, Crumbs: crumbs}); err != nil {
		return err
	}
	return web.Render(w, r, status, showView(p))
}

// acted answers a change of the meeting: back to it, or the page with what was wrong.
func (d rooms) acted(w http.ResponseWriter, r *http.Request, err error, toast string, fill func(*showPage)) error {
	if errs, ok := web.Invalid(r, err); ok {
		return d.showMeeting(w, r, web.StatusOf(err), func(p *showPage) { p.Errors = errs; fill(p) })
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/meetings/"+r.PathValue("id")+"#minutes", toast)
}

func (d rooms) cancel(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[struct {
		Why string `form:"why"`
	}](r)
	if err == nil {
		err = d.Meeting.Cancel(r.Context(), web.ActorOf(r), r.PathValue("id"), f.Why)
	}
	return d.acted(w, r, err, "meeting.cancelled", func(*showPage) {})
}

func (d rooms) note(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[lineForm](r)
	if err != nil {
		return err
	}
	cur, err := d.currency(r)
	if err != nil {
		return err
	}
	n, err := f.line(r, cur)
	if err == nil {
		_, err = d.Meeting.Note(r.Context(), web.ActorOf(r), r.PathValue("id"), n)
	}
	return d.acted(w, r, err, "meeting.noted", func(p *showPage) { p.Form = f })
}

// currency is the one of the meeting's campaign.
func (d rooms) currency(r *http.Request) (money.Currency, error) {
	m, err := d.Meeting.Meeting(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil || m.CampaignID == "" {
		return money.CurrencyIDR, err
	}
	c, err := d.Campaign.Campaign(r.Context(), web.ActorOf(r), m.CampaignID)
	return c.Currency, err
}

func (d rooms) reword(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[lineForm](r)
	if err == nil {
		err = d.Meeting.Reword(r.Context(), web.ActorOf(r), r.PathValue("id"), r.PathValue("line"), f.Text, f.Part == "internal")
	}
	return d.acted(w, r, err, "meeting.reworded", func(*showPage) {})
}

func (d rooms) strike(w http.ResponseWriter, r *http.Request) error {
	err := d.Meeting.Strike(r.Context(), web.ActorOf(r), r.PathValue("id"), r.PathValue("line"))
	return d.acted(w, r, err, "meeting.struck", func(*showPage) {})
}

type sheetPage struct {
	Page  ui.Page
	Sheet meeting.Sheet
	May   bool
	Now   time.Time
	Key   string
}

func (d rooms) sheet(w http.ResponseWriter, r *http.Request) (err error) {
	p := sheetPage{May: web.ActorOf(r).Can("meeting.edit"), Now: d.DB.Now(), Key: desk.NewKey(r)}
	if p.Sheet, err = d.Meeting.Sheet(r.Context(), web.ActorOf(r), r.PathValue("id")); err != nil {
		return err
	}
	title := locale.T(r.Context(), "meeting.prep")
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "calendar", Title: title,
		Crumbs: []ui.Crumb{{Label: locale.T(r.Context(), "meeting.title"), Href: "/meetings"}, {Label: p.Sheet.Meeting.Title, Href: "/meetings/" + p.Sheet.Meeting.ID}, {Label: title}}}); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, sheetView(p))
}

func (d rooms) tick(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[struct {
		Item string `form:"item"`
		Off  bool   `form:"off"`
	}](r)
	if err != nil {
		return err
	}
	if err := d.Meeting.Tick(r.Context(), web.ActorOf(r), r.PathValue("id"), f.Item, !f.Off); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/meetings/"+r.PathValue("id")+"/prep", "meeting.prep.saved")
}

// invitation is the meeting as a file for a calendar.
func (d rooms) invitation(w http.ResponseWriter, r *http.Request) error {
	m, err := d.Meeting.Meeting(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return web.SendCalendar(w, meeting.Invitation(m.Meeting, locale.From(r.Context())), "meeting-"+m.ID+".ics")
}
