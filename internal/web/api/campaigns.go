package api

import (
	"context"
	"encoding/base64"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// key makes a place in a list fit for an address; unkey takes it back.
func key(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

func unkey(s string) string {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return "" // no place of ours: the list from its start
	}
	return string(b)
}

// CampaignIn is what a campaign begins with.
type CampaignIn struct {
	BrandID      string       `json:"brand_id"`
	Name         string       `json:"name"`
	Market       string       `json:"market" doc:"ISO 3166-1 alpha-2" example:"PH"`
	Playbook     string       `json:"playbook" doc:"key of a playbook"`
	Currency     string       `json:"currency,omitempty" default:"IDR"`
	StartOn      string       `json:"start_on" format:"date"`
	EndOn        string       `json:"end_on,omitempty" doc:"left out: the end of the playbook's last work"`
	AEID         string       `json:"ae_id"`
	SpecialistID string       `json:"specialist_id,omitempty"`
	DeciderID    string       `json:"decider_id,omitempty" doc:"the contact whose word counts"`
	Objective    ObjectiveDoc `json:"objective,omitempty"`
	ERFormula    string       `json:"er_formula,omitempty" doc:"reach, followers or views"`
	ERActions    []string     `json:"er_actions,omitempty"`
}

// ObjectiveDoc is what a campaign is for.
type ObjectiveDoc struct {
	Purpose  string `json:"purpose,omitempty"`
	Metric   string `json:"metric,omitempty"`
	Target   int64  `json:"target,omitempty"`
	Audience string `json:"audience,omitempty"`
	AgreedOn string `json:"agreed_on,omitempty"`
}

func (o ObjectiveDoc) objective() campaign.Objective {
	return campaign.Objective{Purpose: o.Purpose, Metric: o.Metric, Target: o.Target, Audience: o.Audience, AgreedOn: worktime.Date(o.AgreedOn)}
}

func (in CampaignIn) campaign() campaign.NewCampaign {
	return campaign.NewCampaign{BrandID: in.BrandID, Name: in.Name, Market: in.Market, Playbook: in.Playbook, Currency: money.Currency(in.Currency),
		StartOn: worktime.Date(in.StartOn), EndOn: worktime.Date(in.EndOn), AEID: in.AEID, SpecialistID: in.SpecialistID, DeciderID: in.DeciderID,
		Objective: in.Objective.objective(), ERFormula: in.ERFormula, ERActions: in.ERActions}
}

type campaignOut struct {
	ID       string `json:"id"`
	ClientID string `json:"client_id"`
	CampaignIn
	StartedAt   *time.Time `json:"started_at"`
	KickedOffAt *time.Time `json:"kicked_off_at"`
	ClosedAt    *time.Time `json:"closed_at"`
	Terms       termsOut   `json:"terms"`
	Version     int64      `json:"version"`
}

type termsOut struct {
	AgreementID    string        `json:"agreement_id,omitempty"`
	RevisionLimit  int64         `json:"revision_limit"`
	ReviewHours    int64         `json:"review_hours" doc:"the client's working hours"`
	SilenceAccepts bool          `json:"silence_accepts"`
	Guarantee      *guaranteeDoc `json:"guarantee,omitempty"`
}

type guaranteeDoc struct {
	Formula    string   `json:"formula"`
	Actions    []string `json:"actions"`
	TargetBp   int64    `json:"target_bp"`
	Scope      string   `json:"scope"`
	RefundBase string   `json:"refund_base"`
	ShareBp    int64    `json:"share_bp"`
}

func campaignWire(c campaign.Campaign) campaignOut {
	o := c.Objective
	out := campaignOut{ID: c.ID, ClientID: c.ClientID, StartedAt: instant(c.StartedAt), KickedOffAt: instant(c.KickedOffAt), ClosedAt: instant(c.ClosedAt), Version: c.Version,
		CampaignIn: CampaignIn{c.BrandID, c.Name, c.Market, c.Playbook, string(c.Currency), string(c.StartOn), string(c.EndOn), c.AEID, c.SpecialistID, c.DeciderID,
			ObjectiveDoc{o.Purpose, o.Metric, o.Target, o.Audience, string(o.AgreedOn)}, c.ERFormula, c.ERActions},
		Terms: termsOut{c.Terms.AgreementID, c.Terms.RevisionLimit, c.Terms.ReviewHours, c.Terms.SilenceAccepts, nil}}
	if g := c.Terms.Guarantee; g != nil {
		out.Terms.Guarantee = &guaranteeDoc{g.Formula, g.Actions, g.TargetBp, g.Scope, g.RefundBase, g.ShareBp}
	}
	return out
}

type campaignsIn struct {
	PageIn
	ClientID string `query:"client_id"`
	BrandID  string `query:"brand_id"`
	PersonID string `query:"person_id" doc:"AE or specialist"`
	Text     string `query:"q"`
	Open     bool   `query:"open" doc:"without the closed ones"`
}

func (a *API) listCampaigns(ctx context.Context, actor access.Actor, in *campaignsIn) (Page[campaignOut], error) {
	found, err := a.Campaign.Campaigns(ctx, actor, campaign.Filter{ClientID: in.ClientID, BrandID: in.BrandID, PersonID: in.PersonID, Text: in.Text, Open: in.Open,
		After: unkey(in.After), Limit: in.Limit})
	p := Page[campaignOut]{Items: list(found, campaignWire)}
	if n := len(found); n > 0 && n == in.Limit {
		p.Next = key(found[n-1].Key())
	}
	return p, err
}

type newCampaignIn struct{ Body CampaignIn }

type editCampaignIn struct {
	ID
	Body struct {
		CampaignIn
		Version int64 `json:"version" doc:"the version that was seen"`
	}
}

func (a *API) editCampaign(ctx context.Context, actor access.Actor, in *editCampaignIn) (campaignOut, error) {
	n := in.Body.campaign()
	c, err := a.Campaign.Edit(ctx, actor, campaign.EditCampaign{ID: in.ID.ID, Version: in.Body.Version, Name: n.Name, StartOn: n.StartOn, EndOn: n.EndOn, AEID: n.AEID,
		SpecialistID: n.SpecialistID, DeciderID: n.DeciderID, Objective: n.Objective, ERFormula: n.ERFormula, ERActions: n.ERActions})
	return campaignWire(c), err
}

func registerCampaigns(a *API) {
	op(a, http.MethodGet, "/campaigns", "campaign.see", "Campaigns, the latest start first", a.listCampaigns)
	op(a, http.MethodPost, "/campaigns", "campaign.start", "Start a campaign from a playbook", func(ctx context.Context, actor access.Actor, in *newCampaignIn) (campaignOut, error) {
		c, err := a.Campaign.Start(ctx, actor, in.Body.campaign())
		return campaignWire(c), err
	})
	op(a, http.MethodGet, "/campaigns/{id}", "campaign.see", "One campaign", func(ctx context.Context, actor access.Actor, in *ID) (campaignOut, error) {
		c, err := a.Campaign.Campaign(ctx, actor, in.ID)
		return campaignWire(c), err
	})
	op(a, http.MethodPut, "/campaigns/{id}", "campaign.edit", "Change a campaign; brand, market, currency and playbook stay", a.editCampaign)
	op(a, http.MethodPost, "/campaigns/{id}/kickoff", "campaign.edit", "Record the kickoff", func(ctx context.Context, actor access.Actor, in *ID) (campaignOut, error) {
		c, err := a.Campaign.KickOff(ctx, actor, in.ID)
		return campaignWire(c), err
	})
	registerTimeline(a)
}
