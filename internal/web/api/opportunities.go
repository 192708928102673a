package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/client"
	"kolega/internal/worktime"
)

type stepOut struct {
	Task  string  `json:"task"`
	Title string  `json:"title"`
	Doer  string  `json:"doer"`
	Due   *dueOut `json:"due"`
}

type opportunityOut struct {
	ID       string     `json:"id"`
	Client   string     `json:"client,omitempty"`
	Brand    string     `json:"brand"`
	Title    string     `json:"title"`
	Stage    string     `json:"stage" enum:"lead,contacted,meeting,pitched,negotiation,won,lost"`
	Care     string     `json:"care" enum:"late,none,stuck,fine" doc:"what it needs, computed"`
	Value    Amount     `json:"value"`
	Source   string     `json:"source"`
	Owner    string     `json:"owner"`
	FromOn   string     `json:"from_on,omitempty"`
	Step     *stepOut   `json:"step" doc:"the one next step; null when nobody has one"`
	WonBy    string     `json:"won_by,omitempty" doc:"id of the agreement"`
	LostWhy  string     `json:"lost_why,omitempty"`
	LostNote string     `json:"lost_note,omitempty"`
	StageAt  *time.Time `json:"stage_at"`
	Version  int64      `json:"version"`
}

func opportunityWire(d client.Deal) opportunityOut {
	out := opportunityOut{ID: d.ID, Client: d.ClientID, Brand: d.Brand, Title: d.Title, Stage: string(d.Stage), Care: string(d.Care), Value: amount(d.Value), Source: string(d.Source), Owner: d.OwnerID,
		FromOn: string(d.FromOn), WonBy: d.WonBy, LostWhy: string(d.LostWhy), LostNote: d.LostNote, StageAt: instant(d.StageAt), Version: d.Version}
	if d.Step != nil {
		out.Step = &stepOut{d.Step.ID, d.Step.Title, d.Step.DoerID, dueWire(d.Step.Due)}
	}
	return out
}

type opportunitiesIn struct {
	Client string `query:"client"`
	Owner  string `query:"owner"`
	Stage  string `query:"stage"`
	Ended  bool   `query:"ended"`
	Text   string `query:"q"`
}

// StepIn is the next follow-up of an opportunity as a program gives it.
type StepIn struct {
	Text   string `json:"text"`
	Doer   string `json:"doer,omitempty" doc:"left out: oneself"`
	Due    string `json:"due" doc:"in the doer's zone"`
	Result string `json:"result,omitempty" doc:"what came of the step before"`
}

func (in StepIn) step() client.Step { return client.Step{Text: in.Text, DoerID: in.Doer, Due: in.Due} }

// OpportunityIn is an opportunity as a program gives it.
type OpportunityIn struct {
	Client string `json:"client,omitempty"`
	Brand  string `json:"brand"`
	Title  string `json:"title"`
	Value  Amount `json:"value,omitempty"`
	Source string `json:"source" enum:"existing,watch,referral,inbound,event,cold"`
	Owner  string `json:"owner,omitempty" doc:"left out: oneself"`
	FromOn string `json:"from_on,omitempty"`
	Again  bool   `json:"again,omitempty" doc:"a second one for the brand and quarter is meant"`
}

func (in OpportunityIn) opportunity(actor access.Actor) client.Opportunity {
	o := client.Opportunity{ClientID: in.Client, Brand: in.Brand, Title: in.Title, Value: in.Value.money(), Source: client.Source(in.Source), OwnerID: in.Owner, FromOn: worktime.Date(in.FromOn)}
	if o.OwnerID == "" {
		o.OwnerID = actor.ID
	}
	return o
}

type newOpportunityIn struct {
	Body struct {
		OpportunityIn
		Step StepIn `json:"step"`
	}
}

type editOpportunityIn struct {
	ID
	Body struct {
		OpportunityIn
		Version int64 `json:"version"`
	}
}

type nextStepIn struct {
	ID
	Body StepIn
}

type endOpportunityIn struct {
	ID
	Body struct {
		Stage     string `json:"stage" enum:"lead,contacted,meeting,pitched,negotiation,won,lost"`
		Agreement string `json:"agreement,omitempty" doc:"for won: an agreement of the client that was offered"`
		Why       string `json:"why,omitempty" doc:"for lost: price, timing, rival, budget, silence, fit, other"`
		Note      string `json:"note,omitempty"`
	}
}

func (a *API) showOpportunity(ctx context.Context, actor access.Actor, id string) (opportunityOut, error) {
	d, err := a.Client.Deal(ctx, actor, id)
	return opportunityWire(d), err
}

func registerOpportunities(a *API) {
	op(a, http.MethodGet, "/opportunities", "opportunity.see", "Opportunities, those longest in their stage first", func(ctx context.Context, actor access.Actor, in *opportunitiesIn) (Page[opportunityOut], error) {
		all, err := a.Client.Pipeline(ctx, actor, client.DealFilter{ClientID: in.Client, OwnerID: in.Owner, Stage: client.Stage(in.Stage), Ended: in.Ended, Text: in.Text})
		return Page[opportunityOut]{Items: list(all, opportunityWire)}, err
	})
	op(a, http.MethodPost, "/opportunities", "opportunity.edit", "Open an opportunity with its first step", func(ctx context.Context, actor access.Actor, in *newOpportunityIn) (opportunityOut, error) {
		o, err := a.Client.OpenOpportunity(ctx, actor, in.Body.opportunity(actor), in.Body.Step.step(), in.Body.Again)
		if err != nil {
			return opportunityOut{}, err
		}
		return a.showOpportunity(ctx, actor, o.ID)
	})
	op(a, http.MethodGet, "/opportunities/{id}", "opportunity.see", "An opportunity", func(ctx context.Context, actor access.Actor, in *ID) (opportunityOut, error) {
		return a.showOpportunity(ctx, actor, in.ID)
	})
	op(a, http.MethodPut, "/opportunities/{id}", "opportunity.edit", "Change an opportunity", func(ctx context.Context, actor access.Actor, in *editOpportunityIn) (opportunityOut, error) {
		o := in.Body.opportunity(actor)
		o.ID, o.Version = in.ID.ID, in.Body.Version
		if err := a.Client.EditOpportunity(ctx, actor, o, in.Body.Again); err != nil {
			return opportunityOut{}, err
		}
		return a.showOpportunity(ctx, actor, o.ID)
	})
	op(a, http.MethodPost, "/opportunities/{id}/step", "opportunity.edit", "Keep what came of the step and set the next one", func(ctx context.Context, actor access.Actor, in *nextStepIn) (opportunityOut, error) {
		if err := a.Client.NextStep(ctx, actor, in.ID.ID, in.Body.Result, in.Body.step()); err != nil {
			return opportunityOut{}, err
		}
		return a.showOpportunity(ctx, actor, in.ID.ID)
	})
	op(a, http.MethodPost, "/opportunities/{id}/stage", "opportunity.edit", "Move an opportunity, or end it as won or lost", a.endOpportunity)
	registerSightings(a)
}

func (a *API) endOpportunity(ctx context.Context, actor access.Actor, in *endOpportunityIn) (opportunityOut, error) {
	var err error
	switch s := client.Stage(in.Body.Stage); s {
	case client.StageWon:
		err = a.Client.WinOpportunity(ctx, actor, in.ID.ID, in.Body.Agreement)
	case client.StageLost:
		err = a.Client.LoseOpportunity(ctx, actor, in.ID.ID, client.LostWhy(in.Body.Why), in.Body.Note)
	default:
		err = a.Client.MoveOpportunity(ctx, actor, in.ID.ID, s)
	}
	if err != nil {
		return opportunityOut{}, err
	}
	return a.showOpportunity(ctx, actor, in.ID.ID)
}

// NoteIn is an observation as a program gives it.
type NoteIn struct {
	Kind     string   `json:"kind" enum:"brand,rival,trend"`
	Brand    string   `json:"brand" doc:"the brand, the rival, or the trend's name"`
	Link     string   `json:"link,omitempty"`
	SeenOn   string   `json:"seen_on"`
	Handles  []string `json:"handles,omitempty" doc:"accounts of talents seen"`
	Spend    string   `json:"spend,omitempty"`
	Format   string   `json:"format,omitempty"`
	Audience string   `json:"audience,omitempty"`
	Takeaway string   `json:"takeaway,omitempty" doc:"needed for rivals"`
	UntilOn  string   `json:"until_on,omitempty" doc:"of a trend: best before"`
	Client   string   `json:"client,omitempty"`
}

type noteOut struct {
	ID string `json:"id"`
	NoteIn
	Opportunity string     `json:"opportunity,omitempty"`
	By          string     `json:"by"`
	MadeAt      *time.Time `json:"made_at"`
	Version     int64      `json:"version"`
}

func noteWire(n client.Note) noteOut {
	return noteOut{n.ID, NoteIn{string(n.Kind), n.Brand, n.Link, string(n.SeenOn), list(n.Handles, func(h string) string { return h }), n.Spend, n.Format, n.Audience, n.Takeaway, string(n.UntilOn), n.ClientID},
		n.DealID, n.By, instant(n.MadeAt), n.Version}
}

type notesIn struct {
	Kind   string `query:"kind"`
	Client string `query:"client"`
	Handle string `query:"handle"`
	From   string `query:"from"`
	To     string `query:"to"`
}

type newNoteIn struct{ Body NoteIn }

type attachNoteIn struct {
	ID
	Body struct {
		Opportunity string `json:"opportunity,omitempty" doc:"left out: attached to none"`
	}
}

func registerSightings(a *API) {
	op(a, http.MethodGet, "/watch", "watch.see", "What was seen outside, newest first", func(ctx context.Context, actor access.Actor, in *notesIn) (Page[noteOut], error) {
		all, err := a.Client.Watch(ctx, actor, client.NoteFilter{Kind: client.NoteKind(in.Kind), ClientID: in.Client, Handle: in.Handle, From: worktime.Date(in.From), To: worktime.Date(in.To)})
		return Page[noteOut]{Items: list(all, noteWire)}, err
	})
	op(a, http.MethodPost, "/watch", "watch.edit", "Keep an observation", func(ctx context.Context, actor access.Actor, in *newNoteIn) (noteOut, error) {
		b := in.Body
		n, err := a.Client.TakeNote(ctx, actor, client.Note{Kind: client.NoteKind(b.Kind), Brand: b.Brand, Link: b.Link, SeenOn: worktime.Date(b.SeenOn), Handles: b.Handles, Spend: b.Spend, Format: b.Format,
			Audience: b.Audience, Takeaway: b.Takeaway, UntilOn: worktime.Date(b.UntilOn), ClientID: b.Client})
		return noteWire(n), err
	})
	op(a, http.MethodPost, "/watch/{id}/attach", "watch.edit", "Put a note beside an opportunity", func(ctx context.Context, actor access.Actor, in *attachNoteIn) (done, error) {
		return done{true}, a.Client.AttachNote(ctx, actor, in.ID.ID, in.Body.Opportunity)
	})
}
