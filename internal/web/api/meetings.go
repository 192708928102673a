package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/meeting"
	"kolega/internal/worktime"
)

type meetingDoc struct {
	Kind          string   `json:"kind" enum:"intro,pitch,kickoff,review,wrapup,brainstorm,internal"`
	Title         string   `json:"title"`
	ClientID      string   `json:"client_id,omitempty"`
	CampaignID    string   `json:"campaign_id,omitempty"`
	OpportunityID string   `json:"opportunity_id,omitempty"`
	On            string   `json:"on" doc:"YYYY-MM-DD"`
	From          string   `json:"from" doc:"clock time in the zone, 10:00"`
	To            string   `json:"to"`
	Zone          string   `json:"zone,omitempty" doc:"IANA; left out: one's own"`
	Place         string   `json:"place,omitempty"`
	Link          string   `json:"link,omitempty"`
	Agenda        string   `json:"agenda,omitempty"`
	Staff         []string `json:"staff" doc:"ids of the agency's people"`
	Contacts      []string `json:"contacts,omitempty"`
	Guests        string   `json:"guests,omitempty" doc:"people who are not on file, one a line: Name <mail@x.id>"`
	Again         bool     `json:"again,omitempty" doc:"an overlap is known"`
	Version       int64    `json:"version,omitempty" doc:"of the meeting that is changed"`
}

func (m meetingDoc) plan() meeting.Plan {
	return meeting.Plan{Kind: meeting.Kind(m.Kind), Title: m.Title, ClientID: m.ClientID, CampaignID: m.CampaignID, DealID: m.OpportunityID, On: worktime.Date(m.On), From: m.From, To: m.To, Zone: m.Zone,
		Place: m.Place, Link: m.Link, Agenda: m.Agenda, Staff: m.Staff, Contacts: m.Contacts, Guests: m.Guests, Again: m.Again, Version: m.Version}
}

type meetingPersonOut struct {
	Who  string `json:"who" enum:"staff,contact,guest"`
	ID   string `json:"id"`
	Name string `json:"name"`
	Zone string `json:"zone"`
}

type meetingOut struct {
	ID            string             `json:"id"`
	Kind          string             `json:"kind"`
	Title         string             `json:"title"`
	ClientID      string             `json:"client_id,omitempty"`
	CampaignID    string             `json:"campaign_id,omitempty"`
	OpportunityID string             `json:"opportunity_id,omitempty"`
	Start         *time.Time         `json:"start"`
	End           *time.Time         `json:"end"`
	Zone          string             `json:"zone"`
	Place         string             `json:"place,omitempty"`
	Link          string             `json:"link,omitempty"`
	Agenda        string             `json:"agenda,omitempty"`
	People        []meetingPersonOut `json:"people"`
	CancelledAt   *time.Time         `json:"cancelled_at"`
	Unprepared    bool               `json:"unprepared" doc:"it begins within four working hours and nobody looked at its sheet"`
	Version       int64              `json:"version"`
}

func meetingWire(m meeting.View) meetingOut {
	return meetingOut{m.ID, string(m.Kind), m.Title, m.ClientID, m.CampaignID, m.DealID, instant(m.Start), instant(m.End), m.Zone, m.Place, m.Link, m.Agenda,
		list(m.People, func(p meeting.Person) meetingPersonOut { return meetingPersonOut{string(p.Who), p.ID, p.Name, p.Zone} }), instant(m.CancelAt), m.Unprepared, m.Version}
}

type meetingsIn struct {
	Client   string `query:"client"`
	Campaign string `query:"campaign"`
	Person   string `query:"person" doc:"staff or contact who is asked to it"`
	Limit    int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
}

type callMeetingIn struct{ Body meetingDoc }

type editMeetingIn struct {
	ID
	Body meetingDoc
}

type findTimesIn struct {
	Body struct {
		Staff    []string `json:"staff"`
		Contacts []string `json:"contacts,omitempty"`
		Minutes  int64    `json:"minutes"`
		From     string   `json:"from" doc:"YYYY-MM-DD"`
		To       string   `json:"to"`
		Zone     string   `json:"zone,omitempty"`
	}
}

type timesOut struct {
	Starts []*time.Time `json:"starts"`
}

func registerMeetings(a *API) {
	op(a, http.MethodGet, "/meetings", "meeting.see", "Meetings by their beginning", func(ctx context.Context, actor access.Actor, in *meetingsIn) (Page[meetingOut], error) {
		all, err := a.Meeting.Meetings(ctx, actor, meeting.Filter{ClientID: in.Client, CampaignID: in.Campaign, PersonID: in.Person, Limit: in.Limit})
		return Page[meetingOut]{Items: list(all, meetingWire)}, err
	})
	op(a, http.MethodPost, "/meetings", "meeting.edit", "Call a meeting", func(ctx context.Context, actor access.Actor, in *callMeetingIn) (meetingOut, error) {
		m, err := a.Meeting.Call(ctx, actor, in.Body.plan())
		return meetingWire(meeting.View{Meeting: m}), err
	})
	op(a, http.MethodGet, "/meetings/{id}", "meeting.see", "A meeting", a.showMeeting)
	op(a, http.MethodPost, "/meetings/{id}", "meeting.edit", "Change a meeting", func(ctx context.Context, actor access.Actor, in *editMeetingIn) (meetingOut, error) {
		if _, err := a.Meeting.Edit(ctx, actor, in.ID.ID, in.Body.plan()); err != nil {
			return meetingOut{}, err
		}
		return a.showMeeting(ctx, actor, &in.ID)
	})
	op(a, http.MethodPost, "/meetings/{id}/cancel", "meeting.edit", "Call a meeting off", func(ctx context.Context, actor access.Actor, in *whyIn) (done, error) {
		return done{true}, a.Meeting.Cancel(ctx, actor, in.ID.ID, in.Body.Reason)
	})
	op(a, http.MethodPost, "/meeting-times", "meeting.edit", "Times at which all are at work and free", func(ctx context.Context, actor access.Actor, in *findTimesIn) (timesOut, error) {
		b := in.Body
		all, err := a.Meeting.Times(ctx, actor, meeting.Search{Staff: b.Staff, Contacts: b.Contacts, Minutes: b.Minutes, From: worktime.Date(b.From), To: worktime.Date(b.To), Zone: b.Zone})
		return timesOut{list(all, instant)}, err
	})
	registerMinutes(a)
}

func (a *API) showMeeting(ctx context.Context, actor access.Actor, in *ID) (meetingOut, error) {
	m, err := a.Meeting.Meeting(ctx, actor, in.ID)
	return meetingWire(m), err
}

type prepItemOut struct {
	Key   string     `json:"key"`
	Kind  string     `json:"kind" enum:"goal,profile,minutes,brand,rival"`
	Title string     `json:"title,omitempty"`
	Lines []string   `json:"lines"`
	At    *time.Time `json:"ticked_at"`
	By    string     `json:"ticked_by,omitempty"`
}

type tickIn struct {
	ID
	Body struct {
		Item string `json:"item"`
		Done bool   `json:"done"`
	}
}

type minuteDoc struct {
	Kind     string  `json:"kind" enum:"decision,wish,target,question,action"`
	Internal bool    `json:"internal,omitempty"`
	Text     string  `json:"text"`
	Effect   string  `json:"effect,omitempty" doc:"of a decision: change, add, date, fee"`
	PointID  string  `json:"point_id,omitempty"`
	Binds    string  `json:"binds,omitempty" doc:"must, must_not, should"`
	Wording  string  `json:"wording,omitempty" doc:"of the point; left out: the text"`
	SlotID   string  `json:"slot_id,omitempty"`
	Which    string  `json:"which,omitempty" doc:"draft or post"`
	On       string  `json:"on,omitempty" doc:"the new date"`
	Fee      *Amount `json:"fee,omitempty" doc:"the client's new price"`
	Doer     string  `json:"doer,omitempty" doc:"of an action: staff:ID or contact:ID"`
	Due      string  `json:"due,omitempty" doc:"in the doer's zone: besok 17.00"`
	Replaces string  `json:"replaces,omitempty" doc:"an open line of an earlier report"`
}

func (m minuteDoc) line() meeting.NewLine {
	n := meeting.NewLine{Kind: meeting.LineKind(m.Kind), Internal: m.Internal, Text: m.Text, Effect: meeting.Effect(m.Effect), PointID: m.PointID, PointKind: campaign.PointKind(m.Binds), Wording: m.Wording,
		SlotID: m.SlotID, Which: m.Which, On: worktime.Date(m.On), Doer: m.Doer, Due: m.Due, Replaces: m.Replaces}
	if m.Fee != nil {
		n.Fee = m.Fee.money()
	}
	return n
}

type noteLineIn struct {
	ID
	Body minuteDoc
}

type lineIn struct {
	ID
	LineID string `path:"line"`
}

type minuteOut struct {
	ID       string  `json:"id"`
	Kind     string  `json:"kind"`
	Internal bool    `json:"internal"`
	Text     string  `json:"text"`
	Effect   string  `json:"effect,omitempty"`
	PointID  string  `json:"point_id,omitempty"`
	Wording  string  `json:"wording,omitempty"`
	Doer     string  `json:"doer,omitempty"`
	Due      *dueOut `json:"due"`
	TaskID   string  `json:"task_id,omitempty"`
	ReportID string  `json:"report_id,omitempty" doc:"the contact report that the client has"`
}

func minuteWire(l meeting.Line) minuteOut {
	out := minuteOut{ID: l.ID, Kind: string(l.Kind), Internal: l.Internal, Text: l.Text, Effect: string(l.Effect), PointID: l.PointID, Wording: l.Wording, Doer: l.Doer, TaskID: l.TaskID, ReportID: l.ReportID}
	if !l.Due.IsZero() {
		out.Due = dueWire(l.Due)
	}
	return out
}

type contactReportOut struct {
	ID        string              `json:"id"`
	Number    int64               `json:"number"`
	State     string              `json:"state" enum:"unsent,waiting,accepted,silent,contested,withdrawn"`
	SentAt    *time.Time          `json:"sealed_at"`
	SettledAt *time.Time          `json:"in_force_at"`
	Via       string              `json:"via,omitempty" doc:"click or silence"`
	Brief     int64               `json:"brief,omitempty" doc:"the version that came of it"`
	Receivers []reportReceiverOut `json:"receivers"`
}

type reportReceiverOut struct {
	ContactID  string     `json:"contact_id"`
	Name       string     `json:"name"`
	SentAt     *time.Time `json:"sent_at"`
	DueAt      *time.Time `json:"due_at" doc:"48 of the receiver's working hours"`
	AcceptedAt *time.Time `json:"accepted_at"`
}

func (a *API) contactReportWire(decider string) func(r meeting.Report) contactReportOut {
	return func(r meeting.Report) contactReportOut {
		return contactReportOut{r.ID, r.Number, string(r.StateOf(decider, a.DB.Now())), instant(r.SentAt), instant(r.SettledAt), r.SettledVia, r.Brief,
			list(r.Receivers, func(x meeting.Receiver) reportReceiverOut {
				return reportReceiverOut{x.ContactID, x.Name, instant(x.SentAt), instant(x.DueAt), instant(x.AcceptedAt)}
			})}
	}
}

type minutesOut struct {
	Lines   []minuteOut        `json:"lines"`
	Reports []contactReportOut `json:"reports"`
}

type reportPreviewOut struct {
	Hash    string      `json:"hash" doc:"goes back with the report: what is sent is what was looked at"`
	Suspect []string    `json:"suspect" doc:"words that read like the internal part"`
	Lines   []minuteOut `json:"lines"`
	Silence bool        `json:"silence" doc:"the agreement lets silence bring changes into force"`
	Changes int         `json:"changes" doc:"points of the brief that would be otherwise"`
}

type sendReportIn struct {
	ID
	Body struct {
		Hash string   `json:"hash"`
		To   []string `json:"to" doc:"ids of contacts"`
		Sure bool     `json:"sure,omitempty"`
	}
}

type markReportIn struct {
	ID
	Body struct {
		ContactID string `json:"contact_id"`
	}
}

func registerMinutes(a *API) {
	op(a, http.MethodGet, "/meetings/{id}/preparation", "meeting.see", "The preparation sheet", func(ctx context.Context, actor access.Actor, in *ID) (Page[prepItemOut], error) {
		s, err := a.Meeting.Sheet(ctx, actor, in.ID)
		return Page[prepItemOut]{Items: list(s.Items, func(i meeting.Item) prepItemOut {
			return prepItemOut{i.Key, i.Kind, i.Title, append([]string{}, i.Lines...), instant(i.Tick.At), i.Tick.By}
		})}, err
	})
	op(a, http.MethodPost, "/meetings/{id}/preparation", "meeting.edit", "Tick an item of the sheet", func(ctx context.Context, actor access.Actor, in *tickIn) (done, error) {
		return done{true}, a.Meeting.Tick(ctx, actor, in.ID.ID, in.Body.Item, in.Body.Done)
	})
	op(a, http.MethodGet, "/meetings/{id}/minutes", "meeting.see", "Minutes and contact reports of a meeting", func(ctx context.Context, actor access.Actor, in *ID) (minutesOut, error) {
		m, err := a.Meeting.Minutes(ctx, actor, in.ID)
		return minutesOut{list(m.Lines, minuteWire), list(m.Reports, a.contactReportWire(m.Decider))}, err
	})
	op(a, http.MethodPost, "/meetings/{id}/minutes", "minutes.edit", "Note a line", func(ctx context.Context, actor access.Actor, in *noteLineIn) (minuteOut, error) {
		l, err := a.Meeting.Note(ctx, actor, in.ID.ID, in.Body.line())
		return minuteWire(l), err
	})
	op(a, http.MethodDelete, "/meetings/{id}/minutes/{line}", "minutes.edit", "Strike a line that the client does not have", func(ctx context.Context, actor access.Actor, in *lineIn) (done, error) {
		return done{true}, a.Meeting.Strike(ctx, actor, in.ID.ID, in.LineID)
	})
	op(a, http.MethodGet, "/meetings/{id}/contact-report", "minutes.send", "What the client would read, and what sending would do", func(ctx context.Context, actor access.Actor, in *ID) (reportPreviewOut, error) {
		p, err := a.Meeting.Preview(ctx, actor, in.ID)
		return reportPreviewOut{p.Hash, append([]string{}, p.Suspect...), list(p.Lines, minuteWire), p.Effects.Silence, len(p.Effects.Changes)}, err
	})
	op(a, http.MethodPost, "/meetings/{id}/contact-report", "minutes.send", "Seal the contact report", func(ctx context.Context, actor access.Actor, in *sendReportIn) (contactReportOut, error) {
		r, err := a.Meeting.Send(ctx, actor, meeting.SendReport{MeetingID: in.ID.ID, Hash: in.Body.Hash, To: in.Body.To, Sure: in.Body.Sure})
		return a.contactReportWire("")(r), err
	})
	op(a, http.MethodPost, "/contact-reports/{id}/sent", "minutes.send", "Say that a receiver was sent the link", func(ctx context.Context, actor access.Actor, in *markReportIn) (reportReceiverOut, error) {
		x, err := a.Meeting.MarkSent(ctx, actor, in.ID.ID, in.Body.ContactID)
		return reportReceiverOut{x.ContactID, x.Name, instant(x.SentAt), instant(x.DueAt), instant(x.AcceptedAt)}, err
	})
	registerMinutesOutside(a)
}

type clientMinuteOut struct {
	ID    string `json:"id"`
	Kind  string `json:"kind"`
	Text  string `json:"text"`
	State string `json:"state,omitempty" doc:"of a line that changes something"`
}

type clientReportOut struct {
	ID         string            `json:"id"`
	Title      string            `json:"title"`
	At         *time.Time        `json:"at"`
	State      string            `json:"state"`
	DueAt      *time.Time        `json:"due_at"`
	AcceptedAt *time.Time        `json:"accepted_at"`
	MayAnswer  bool              `json:"may_answer"`
	Lines      []clientMinuteOut `json:"lines"`
}

func clientReportWire(r meeting.ClientReport) clientReportOut {
	return clientReportOut{r.ID, r.Title, instant(r.At), string(r.State), instant(r.DueAt), instant(r.AcceptedAt), r.MayAnswer,
		list(r.Lines, func(l meeting.ClientLine) clientMinuteOut {
			return clientMinuteOut{l.ID, string(l.Kind), l.Text, string(l.State)}
		})}
}

type objectIn struct {
	ID
	Body struct {
		LineID string `json:"line_id,omitempty" doc:"left out: all of it"`
		Words  string `json:"words"`
	}
}

func registerMinutesOutside(a *API) {
	op(a, http.MethodGet, "/client-minutes", "minutes.read", "Contact reports of the room", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[clientReportOut], error) {
		all, err := a.Meeting.ClientReports(ctx, actor)
		return Page[clientReportOut]{Items: list(all, clientReportWire)}, err
	})
	op(a, http.MethodPost, "/client-minutes/{id}/accept", "minutes.answer", "Yes, this is what was said", func(ctx context.Context, actor access.Actor, in *ID) (done, error) {
		_, err := a.Meeting.Accept(ctx, actor, in.ID)
		return done{err == nil}, err
	})
	op(a, http.MethodPost, "/client-minutes/{id}/object", "minutes.answer", "Contest a line", func(ctx context.Context, actor access.Actor, in *objectIn) (done, error) {
		_, err := a.Meeting.Object(ctx, actor, in.ID.ID, in.Body.LineID, in.Body.Words)
		return done{err == nil}, err
	})
}
