package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/report"
	"kolega/internal/worktime"
)

type workOut struct {
	ID           string   `json:"id"`
	CampaignID   string   `json:"campaign_id"`
	Kind         string   `json:"kind"`
	NameID       string   `json:"name_id"`
	NameEN       string   `json:"name_en"`
	Role         string   `json:"role"`
	OwnerID      string   `json:"owner_id,omitempty"`
	PlannedStart string   `json:"planned_start"`
	PlannedEnd   string   `json:"planned_end"`
	Began        string   `json:"began,omitempty" doc:"by the facts, in the owner's zone"`
	Ended        string   `json:"ended,omitempty"`
	State        string   `json:"state" enum:"waiting,late-start,running,late,done,done-late"`
	Behind       int64    `json:"days_behind" doc:"the owner's working days past the planned end"`
	Warnings     []string `json:"warnings"`
}

func workWire(l campaign.Line) workOut {
	return workOut{l.ID, l.CampaignID, l.Kind, l.NameID, l.NameEN, l.Role, l.OwnerID, string(l.PlannedStart), string(l.PlannedEnd), string(l.Began), string(l.Ended),
		string(l.State), l.Behind, list(l.Warnings, func(w campaign.Warning) string { return string(w) })}
}

type timelineOut struct {
	From      string             `json:"from"`
	To        string             `json:"to"`
	Today     string             `json:"today"`
	Campaigns []timelineCampaign `json:"campaigns"`
}

type timelineCampaign struct {
	CampaignID string    `json:"campaign_id"`
	Campaign   string    `json:"campaign"`
	Client     string    `json:"client"`
	Brand      string    `json:"brand"`
	AE         string    `json:"ae"`
	Works      []workOut `json:"works"`
}

type timelineIn struct {
	CampaignID string `query:"campaign_id"`
	ClientID   string `query:"client_id"`
	PersonID   string `query:"person_id"`
	From       string `query:"from"`
	To         string `query:"to"`
}

func (a *API) timeline(ctx context.Context, actor access.Actor, in *timelineIn) (timelineOut, error) {
	f := campaign.TimelineFilter{CampaignID: in.CampaignID, ClientID: in.ClientID, PersonID: in.PersonID, Closed: true}
	for text, to := range map[string]*worktime.Date{in.From: &f.From, in.To: &f.To} {
		if text == "" {
			continue
		}
		d, err := worktime.ParseDate(text)
		if err != nil {
			return timelineOut{}, err
		}
		*to = d
	}
	t, err := a.Campaign.Timeline(ctx, actor, f)
	return timelineOut{string(t.From), string(t.To), string(t.Today), list(t.Groups, func(g campaign.Group) timelineCampaign {
		return timelineCampaign{g.Campaign.ID, g.Campaign.Name, g.ClientName, g.BrandName, g.AEName, list(g.Lines, workWire)}
	})}, err
}

type planWorkIn struct {
	ID
	Body struct {
		PlannedStart string `json:"planned_start" format:"date"`
		PlannedEnd   string `json:"planned_end" format:"date"`
		OwnerID      string `json:"owner_id,omitempty"`
	}
}

type warningsOut struct {
	Warnings []string `json:"warnings"`
}

type newWorkIn struct {
	Body struct {
		CampaignID   string `json:"campaign_id"`
		Kind         string `json:"kind"`
		NameID       string `json:"name_id"`
		NameEN       string `json:"name_en,omitempty"`
		Role         string `json:"role"`
		PlannedStart string `json:"planned_start" format:"date"`
		PlannedEnd   string `json:"planned_end" format:"date"`
	}
}

type recordWorkIn struct {
	ID
	Body struct {
		What string    `json:"what" enum:"begin,end,back"`
		At   time.Time `json:"at,omitempty" doc:"left out: now"`
	}
}

func (a *API) recordWork(ctx context.Context, actor access.Actor, in *recordWorkIn) (done, error) {
	var err error
	switch in.Body.What {
	case "begin":
		_, err = a.Campaign.BeginWork(ctx, actor, in.ID.ID, in.Body.At)
	case "end":
		_, err = a.Campaign.EndWork(ctx, actor, in.ID.ID, in.Body.At)
	default:
		_, err = a.Campaign.ReopenWork(ctx, actor, in.ID.ID)
	}
	return done{true}, err
}

type delayOut struct {
	DeliverableID string     `json:"deliverable_id"`
	Talent        string     `json:"talent"`
	Planned       time.Time  `json:"planned"`
	Forecast      time.Time  `json:"forecast"`
	Minutes       int64      `json:"minutes" doc:"of elapsed time; exactly the sum of the shares; negative when recovered"`
	Shares        []shareOut `json:"shares"`
}

type shareOut struct {
	Party   string `json:"party" enum:"client,talent,agency,courier,other"`
	Step    string `json:"step" enum:"draft,check,review,ruling,revision,post"`
	Minutes int64  `json:"minutes"`
	Caused  bool   `json:"caused" doc:"the party caused added work; it was not late"`
	Running bool   `json:"running" doc:"not finished: counted with now as its end"`
}

func delayWire(d report.DelayLine) delayOut {
	return delayOut{d.Deliverable.ID, d.Talent, d.Planned, d.Forecast, d.Minutes, list(d.Shifts, func(s campaign.Shift) shareOut {
		return shareOut{string(s.Party), d.Steps[s.Step].Kind, s.Minutes, s.Caused, s.Running}
	})}
}

func registerTimeline(a *API) {
	op(a, http.MethodGet, "/delays", "timeline.see", "Whose lateness moved which posting, share by share (R2)", func(ctx context.Context, actor access.Actor, in *inCampaign) (Page[delayOut], error) {
		lines, err := a.Boards.Delays(ctx, actor, in.Campaign)
		return Page[delayOut]{Items: list(lines, delayWire)}, err
	})
	op(a, http.MethodGet, "/timeline", "timeline.see", "Works planned against actual, of one campaign or all", a.timeline)
	op(a, http.MethodPost, "/works", "campaign.edit", "Put a work on a campaign's timeline", func(ctx context.Context, actor access.Actor, in *newWorkIn) (workOut, error) {
		b := in.Body
		w, err := a.Campaign.AddWork(ctx, actor, campaign.Work{CampaignID: b.CampaignID, Kind: b.Kind, NameID: b.NameID, NameEN: b.NameEN, Role: b.Role,
			PlannedStart: worktime.Date(b.PlannedStart), PlannedEnd: worktime.Date(b.PlannedEnd)})
		return workWire(campaign.Line{Work: w, State: campaign.Waiting}), err
	})
	op(a, http.MethodPut, "/works/{id}", "campaign.edit", "Move a work's planned dates and name who does it", func(ctx context.Context, actor access.Actor, in *planWorkIn) (warningsOut, error) {
		warn, err := a.Campaign.PlanWork(ctx, actor, in.ID.ID, worktime.Date(in.Body.PlannedStart), worktime.Date(in.Body.PlannedEnd), in.Body.OwnerID)
		return warningsOut{list(warn, func(w campaign.Warning) string { return string(w) })}, err
	})
	op(a, http.MethodPost, "/works/{id}/records", "work.record", "Record begin or end of work that leaves no other trace", a.recordWork)
	op(a, http.MethodDelete, "/works/{id}", "campaign.edit", "Take a work off the timeline", func(ctx context.Context, actor access.Actor, in *ID) (done, error) {
		return done{true}, a.Campaign.DropWork(ctx, actor, in.ID)
	})
}
