package clientlink

import (
	"net/http"
	"time"

	"kolega/internal/locale"
	"kolega/internal/meeting"
	"kolega/internal/report"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/outside"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

func minuteRoutes(d room) []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/minutes", Verb: "minutes.read", Handle: d.minutes},
		{Method: "GET", Pattern: "/meetings/{meeting}/invitation.ics", Verb: "minutes.read", Handle: d.invitation},
		{Method: "GET", Pattern: "/minutes/{report}", Verb: "minutes.read", Handle: d.minute},
		{Method: "POST", Pattern: "/minutes/{report}/accept", Verb: "minutes.answer", Handle: d.acceptMinutes},
		{Method: "POST", Pattern: "/minutes/{report}/object", Verb: "minutes.answer", Handle: d.objectMinutes},
	}
}

type minutesPage struct {
	Page    ui.OutsidePage
	Base    string
	Coming  []meeting.Meeting
	Reports []meeting.ClientReport
	Now     time.Time
}

// minutes lists the contact reports; a single one is shown at once.
func (d room) minutes(w http.ResponseWriter, r *http.Request) error {
	p := minutesPage{Base: outside.Base(r), Now: d.DB.Now()}
	var err error
	if p.Reports, err = d.Meeting.ClientReports(r.Context(), web.ActorOf(r)); err != nil {
		return err
	}
	if p.Coming, err = d.Meeting.ClientMeetings(r.Context(), web.ActorOf(r)); err != nil {
		return err
	}
	if p.Page, err = outside.Frame(w, r, d.House, locale.T(r.Context(), "meeting.client.title"), ""); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, minutesView(p))
}

// invitation is a meeting as a file for the contact's calendar.
func (d room) invitation(w http.ResponseWriter, r *http.Request) error {
	m, err := d.Meeting.ClientMeeting(r.Context(), web.ActorOf(r), r.PathValue("meeting"))
	if err != nil {
		return err
	}
	return web.SendCalendar(w, meeting.Invitation(m, locale.From(r.Context())), "meeting-"+m.ID+".ics")
}

type minutePage struct {
	Page    ui.OutsidePage
	Base    string
	Report  meeting.ClientReport
	Errors  map[string]string
	Refused string // id of the line whose objection was refused; "-" for the whole
	Words   string
	Name    string
	Now     time.Time
	Key     string
}

func (d room) minute(w http.ResponseWriter, r *http.Request) error {
	return d.showMinute(w, r, http.StatusOK, func(*minutePage) {})
}

func (d room) showMinute(w http.ResponseWriter, r *http.Request, status int, fill func(*minutePage)) error {
	p := minutePage{Base: outside.Base(r), Name: web.ActorOf(r).Name, Now: d.DB.Now(), Key: desk.NewKey(r)}
	var err error
	if p.Report, err = d.Meeting.ClientReport(r.Context(), web.ActorOf(r), r.PathValue("report")); err != nil {
		return err
	}
	fill(&p)
	if p.Page, err = outside.Frame(w, r, d.House, p.Report.Title, p.Report.SentBy); err != nil {
		return err
	}
	return web.Render(w, r, status, minuteView(p))
}

func (d room) answered(w http.ResponseWriter, r *http.Request, err error, toast string, fill func(*minutePage)) error {
	if errs, ok := web.Invalid(r, err); ok {
		return d.showMinute(w, r, web.StatusOf(err), func(p *minutePage) { p.Errors = errs; fill(p) })
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, outside.Base(r)+"/minutes/"+r.PathValue("report"), toast)
}

func (d room) acceptMinutes(w http.ResponseWriter, r *http.Request) error {
	_, err := d.Meeting.Accept(r.Context(), web.ActorOf(r), r.PathValue("report"))
	return d.answered(w, r, err, "meeting.client.accepted", func(*minutePage) {})
}

func (d room) objectMinutes(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[struct {
		Line  string `form:"line"` // "" for all of it
		Words string `form:"words"`
	}](r)
	if err == nil {
		_, err = d.Meeting.Object(r.Context(), web.ActorOf(r), r.PathValue("report"), f.Line, f.Words)
	}
	return d.answered(w, r, err, "meeting.client.objected", func(p *minutePage) {
		p.Words, p.Refused = f.Words, f.Line
		if f.Line == "" {
			p.Refused = "-"
		}
	})
}

// minutesOnLanding puts contact reports that wait for the reader among what waits.
func (d room) minutesOnLanding(r *http.Request, p *landingPage) error {
	reports, err := d.Meeting.ClientReports(r.Context(), web.ActorOf(r))
	if err != nil {
		return err
	}
	for _, x := range reports {
		if x.MayAnswer && (x.State == meeting.Waiting || x.State == meeting.Contested) {
			p.Room.Tasks = append(p.Room.Tasks, report.Task{Key: "minutes", Path: "/minutes/" + x.ID, N: 1, Name: x.Title, Due: worktime.Deadline{At: x.DueAt, Zone: web.ActorOf(r).Zone}})
		}
	}
	coming, err := d.Meeting.ClientMeetings(r.Context(), web.ActorOf(r))
	p.Meetings = len(reports)+len(coming) > 0
	return err
}
