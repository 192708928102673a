package casting

import (
	"context"
	"net/http"
	"strings"

	"kolega/internal/casting"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/locale"
	"kolega/internal/message"
	"kolega/internal/web"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

type incidentForm struct {
	Kind     string `form:"kind"`
	Since    string `form:"since"`
	Decision string `form:"decision"`
	Draft    string `form:"draft"`
	Posting  string `form:"posting"`
	Told     string `form:"told"`
	Words    string `form:"words"`
	Reason   string `form:"reason"`
	Later    bool   `form:"later"` // report now, decide later
}

// incidentPage is where a person decides about a talent who cannot deliver, with
// the brand's text prepared and who could follow beside it.
type incidentPage struct {
	listPage
	Seat    casting.Seat
	Found   casting.Replacements
	Contact client.Contact // who is told
	Form    incidentForm
	Errors  map[string]string
}

func (d rooms) incident(w http.ResponseWriter, r *http.Request) error {
	return d.showIncident(w, r, http.StatusOK, incidentForm{}, nil)
}

func (d rooms) showIncident(w http.ResponseWriter, r *http.Request, status int, f incidentForm, errs map[string]string) error {
	l, err := d.listPage(w, r, "bookings")
	if err != nil {
		return err
	}
	p := incidentPage{listPage: l, Form: f, Errors: errs, Contact: l.List.Decider()}
	if p.Seat, err = seatOfBooking(l.List, r.PathValue("booking")); err != nil {
		return err
	}
	if p.Contact.ID == "" && len(l.List.Contacts) > 0 {
		p.Contact = l.List.Contacts[0]
	}
	if p.Found, err = d.Casting.Replacements(r.Context(), web.ActorOf(r), r.PathValue("id"), p.Seat.Slot.ID); err != nil {
		return err
	}
	if errs == nil {
		if err := d.prepareIncident(r, &p); err != nil {
			return err
		}
	}
	return web.Render(w, r, status, incidentView(p))
}

// prepareIncident fills the form with what is known and with honest words to the brand.
func (d rooms) prepareIncident(r *http.Request, p *incidentPage) error {
	log, err := d.Casting.Incidents(r.Context(), web.ActorOf(r), r.PathValue("id"))
	for _, i := range log {
		if i.BookingID == p.Seat.Booking.ID && i.Open() {
			p.Form.Kind, p.Form.Since = string(i.Kind), string(i.Since)
		}
	}
	if p.Form.Since == "" {
		p.Form.Since = string(worktime.DateOf(p.Now, locale.From(r.Context()).Zone))
	}
	p.Form.Draft, p.Form.Posting = p.Seat.Booking.DraftDue.Wall()[:16], p.Seat.Booking.PostDue.Wall()[:16]
	p.Form.Words = wordsToBrand(*p)
	return err
}

// wordsToBrand is what the brand is told, in its contact's language: that the
// talent cannot, never why, and what follows.
func wordsToBrand(p incidentPage) string {
	l := locale.For(p.Contact.Lang, p.Contact.Zone)
	first, _, _ := strings.Cut(p.Contact.Name, " ")
	next := l.T("incident.words.none")
	if len(p.Found.Ranked) > 0 {
		next = l.T("incident.words.next", "talent", p.Found.Ranked[0].Name)
	}
	return l.T("incident.words.text", "name", first, "talent", p.Seat.Name, "campaign", p.Top.Campaign.Name, "next", next)
}

func seatOfBooking(s casting.Shortlist, booking string) (casting.Seat, error) {
	for _, line := range s.Lines {
		for _, x := range line.Seats {
			if x.Booking != nil && x.Booking.ID == booking && x.Booking.Active() {
				return x, nil
			}
		}
	}
	return casting.Seat{}, db.ErrNotFound
}

func (d rooms) decideIncident(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[incidentForm](r)
	if err != nil {
		return err
	}
	b, err := d.Casting.Booking(r.Context(), web.ActorOf(r), r.PathValue("booking"))
	if err != nil {
		return err
	}
	path, toast, err := d.incidentDone(r, b, f)
	if errs, ok := web.Invalid(r, err); ok {
		return d.showIncident(w, r, web.StatusOf(err), f, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, path, toast)
}

// incidentDone reports or decides, and gives where to go and what to say.
func (d rooms) incidentDone(r *http.Request, b casting.Booking, f incidentForm) (path, toast string, err error) {
	path = "/campaigns/" + r.PathValue("id") + "/bookings"
	req := casting.DecideIncident{ReportIncident: casting.ReportIncident{BookingID: b.ID, Kind: casting.DropKind(f.Kind), Since: worktime.Date(f.Since)},
		Decision: casting.Decision(f.Decision), Told: f.Told, Words: f.Words, Reason: f.Reason}
	if f.Later {
		_, err = d.Casting.ReportIncident(r.Context(), web.ActorOf(r), req.ReportIncident)
		return path, "incident.toast.reported", err
	}
	if req.Decision == casting.Extend {
		req.Draft, req.Post = f.Draft, f.Posting
	}
	if req.Decision == casting.Replace {
		path = "/campaigns/" + r.PathValue("id") + "/seats/" + b.SlotID + "/replacements"
	}
	_, err = d.Casting.DecideIncident(r.Context(), web.ActorOf(r), req)
	return path, "incident.toast." + string(req.Decision), err
}

// toldHref opens WhatsApp or the mail program with the words.
func (p incidentPage) toldHref(ctx context.Context) ui.Button {
	if href := message.WhatsApp(p.Contact.Phone, p.Form.Words); href != "" {
		return ui.Button{Label: locale.T(ctx, "incident.whatsapp", "name", p.Contact.Name), Href: href}
	}
	return ui.Button{Label: locale.T(ctx, "incident.mail", "name", p.Contact.Name), Href: message.Mail(p.Contact.Email, p.Top.Campaign.Name, p.Form.Words)}
}
