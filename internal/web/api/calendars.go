package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/agenda"
	"kolega/internal/meeting"
	"kolega/internal/worktime"
)

type calendarDateOut struct {
	ID         string     `json:"id"`
	Kind       string     `json:"kind" enum:"draft,post,meeting,shoot,task"`
	Title      string     `json:"title"`
	CampaignID string     `json:"campaign_id,omitempty"`
	TalentID   string     `json:"talent_id,omitempty"`
	At         *time.Time `json:"at"`
	End        *time.Time `json:"end"`
	Zone       string     `json:"zone" doc:"of whoever owes it"`
	Done       bool       `json:"done"`
	Clash      bool       `json:"clash" doc:"another talent of the brand posts within the hour"`
}

func calendarDateWire(e agenda.Entry) calendarDateOut {
	return calendarDateOut{e.ID, string(e.Kind), e.Title, e.CampaignID, e.TalentID, instant(e.At), instant(e.End), e.Zone, e.Done, e.Clash}
}

type calendarIn struct {
	Scope string `query:"scope" doc:"person, client, campaign, talent; left out: everybody"`
	Of    string `query:"of" doc:"id of the scope"`
	From  string `query:"from" doc:"YYYY-MM-DD, in one's own zone"`
	Days  int    `query:"days" default:"31" minimum:"1" maximum:"99"`
}

type feedIn struct {
	Body struct {
		Scope string `json:"scope" enum:"person,client,campaign,talent"`
		Of    string `json:"of,omitempty" doc:"id; of a person one's own"`
	}
}

type feedOut struct {
	ID    string `json:"id"`
	Scope string `json:"scope"`
	Label string `json:"label"`
	Token string `json:"token,omitempty" doc:"told once: /cal/TOKEN.ics"`
}

type turnOut struct {
	ID          string     `json:"id"`
	Start       *time.Time `json:"start"`
	Minutes     int64      `json:"minutes"`
	PresenterID string     `json:"presenter_id"`
	Topic       string     `json:"topic,omitempty"`
}

type seriesOut struct {
	ID    string    `json:"id"`
	Title string    `json:"title"`
	Turns []turnOut `json:"turns"`
}

type scoreTurnIn struct {
	ID
	Body struct {
		Content  int64  `json:"content" minimum:"1" maximum:"5"`
		Story    int64  `json:"story" minimum:"1" maximum:"5"`
		Proof    int64  `json:"proof" minimum:"1" maximum:"5"`
		Handling int64  `json:"handling" minimum:"1" maximum:"5"`
		Keep     string `json:"keep"`
		Change   string `json:"change"`
		Question string `json:"question"`
	}
}

func registerCalendars(a *API) {
	op(a, http.MethodGet, "/calendar", "calendar.see", "Drafts, posts, meetings, shoot days and tasks by time", func(ctx context.Context, actor access.Actor, in *calendarIn) (Page[calendarDateOut], error) {
		loc, err := worktime.Zone(actor.Zone)
		if err != nil {
			return Page[calendarDateOut]{}, err
		}
		from := worktime.Date(in.From)
		if !from.Valid() || from == "" {
			from = worktime.DateOf(a.DB.Now(), loc)
		}
		c, err := a.Agenda.Calendar(ctx, actor, agenda.Scope{Kind: agenda.ScopeKind(in.Scope), ID: in.Of}, from.In(loc), from.AddDays(in.Days).In(loc))
		return Page[calendarDateOut]{Items: list(c.Entries, calendarDateWire)}, err
	})
	op(a, http.MethodGet, "/calendar-feeds", "calendar.see", "One's calendar feeds", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[feedOut], error) {
		all, err := a.Agenda.Feeds(ctx, actor)
		return Page[feedOut]{Items: list(all, func(f agenda.Feed) feedOut { return feedOut{f.ID, string(f.Kind), f.Label, ""} })}, err
	})
	op(a, http.MethodPost, "/calendar-feeds", "calendar.see", "Make a secret calendar address", func(ctx context.Context, actor access.Actor, in *feedIn) (feedOut, error) {
		of := agenda.Scope{Kind: agenda.ScopeKind(in.Body.Scope), ID: in.Body.Of}
		if of.Kind == agenda.OfPerson && of.ID == "" {
			of.ID = actor.ID
		}
		token, f, err := a.Agenda.Publish(ctx, actor, of)
		return feedOut{f.ID, string(f.Kind), f.Label, token}, err
	})
	op(a, http.MethodDelete, "/calendar-feeds/{id}", "calendar.see", "Withdraw a calendar feed", func(ctx context.Context, actor access.Actor, in *ID) (done, error) {
		return done{true}, a.Agenda.Withdraw(ctx, actor, in.ID)
	})
	op(a, http.MethodGet, "/room-calendar", "calendar.own", "The dates of the room", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[calendarDateOut], error) {
		c, err := a.Agenda.Outside(ctx, actor, a.DB.Now().AddDate(0, 0, -7), a.DB.Now().AddDate(0, 0, 60))
		return Page[calendarDateOut]{Items: list(c.Entries, calendarDateWire)}, err
	})
	op(a, http.MethodGet, "/practice", "practice.see", "Practice series with their turns", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[seriesOut], error) {
		all, err := a.Meeting.Practices(ctx, actor)
		return Page[seriesOut]{Items: list(all, func(p meeting.Practice) seriesOut {
			return seriesOut{p.ID, p.Title, list(p.Turns, func(t meeting.Turn) turnOut {
				return turnOut{t.ID, instant(t.Start), t.Minutes, t.PresenterID, t.Topic}
			})}
		})}, err
	})
	op(a, http.MethodPost, "/practice-turns/{id}/scores", "practice.see", "Score a turn", func(ctx context.Context, actor access.Actor, in *scoreTurnIn) (done, error) {
		b := in.Body
		return done{true}, a.Meeting.Judge(ctx, actor, meeting.Score{TurnID: in.ID.ID, Content: b.Content, Story: b.Story, Proof: b.Proof, Handles: b.Handling, Keep: b.Keep, Change: b.Change, Question: b.Question})
	})
}
