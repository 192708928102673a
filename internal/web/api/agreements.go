package api

import (
	"context"
	"encoding/base64"
	"net/http"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/billing"
	"kolega/internal/campaign"
	"kolega/internal/worktime"
)

// InstalmentIn is an instalment as asked for: a share or an amount; the last may have
// neither and takes the rest.
type InstalmentIn struct {
	Label   string  `json:"label,omitempty"`
	ShareBp int64   `json:"share_bp,omitempty" doc:"basis points of the value"`
	Amount  *Amount `json:"amount,omitempty"`
	Trigger string  `json:"trigger" enum:"signing,kickoff,all_posted,report_sent,date"`
	DueOn   string  `json:"due_on,omitempty"`
}

// PromiseIn is the guarantee of an agreement (R6).
type PromiseIn struct {
	Formula    string   `json:"formula" enum:"reach,followers,views"`
	Actions    []string `json:"actions,omitempty"`
	TargetBp   int64    `json:"target_bp"`
	Scope      string   `json:"scope" enum:"campaign,talent"`
	RefundBase string   `json:"refund_base" enum:"agreement,line"`
	ShareBp    int64    `json:"share_bp"`
}

// AgreementIn is an agreement's draft.
type AgreementIn struct {
	ClientID       string         `json:"client_id"`
	BrandID        string         `json:"brand_id"`
	ContactID      string         `json:"contact_id" doc:"who signs"`
	Kind           string         `json:"kind" enum:"contract,spk,po"`
	ClientRef      string         `json:"client_ref,omitempty"`
	Title          string         `json:"title"`
	Scope          string         `json:"scope"`
	Value          Amount         `json:"value"`
	TaxCode        string         `json:"tax_code" enum:"ppn,export,none"`
	Withholds      bool           `json:"withholds_pph23,omitempty"`
	PaymentDays    int64          `json:"payment_days"`
	Lang           string         `json:"lang" enum:"id,en"`
	RevisionLimit  int64          `json:"revision_limit"`
	ReviewHours    int64          `json:"review_hours"`
	SilenceAccepts bool           `json:"silence_accepts,omitempty"`
	Guarantee      *PromiseIn     `json:"guarantee,omitempty"`
	Instalments    []InstalmentIn `json:"instalments"`
	AgreementMoreIn
}

func (in AgreementIn) agreement() billing.NewAgreement {
	n := billing.NewAgreement{ClientID: in.ClientID, BrandID: in.BrandID, ContactID: in.ContactID, Kind: billing.AgreementKind(in.Kind), ClientRef: in.ClientRef, Title: in.Title, Scope: in.Scope,
		Value: in.Value.money(), TaxCode: billing.TaxCode(in.TaxCode), Withholds: in.Withholds, PaymentDays: in.PaymentDays, Lang: in.Lang,
		Terms: campaign.Terms{RevisionLimit: in.RevisionLimit, ReviewHours: in.ReviewHours, SilenceAccepts: in.SilenceAccepts}}
	if g := in.Guarantee; g != nil {
		actions := g.Actions
		if len(actions) == 0 {
			actions = campaign.DefaultActions()
		}
		n.Terms.Guarantee = &campaign.Guarantee{Formula: g.Formula, Actions: actions, TargetBp: g.TargetBp, Scope: g.Scope, RefundBase: g.RefundBase, ShareBp: g.ShareBp}
	}
	for _, p := range in.Instalments {
		part := billing.Part{Label: p.Label, ShareBp: p.ShareBp, Trigger: billing.Trigger(p.Trigger), DueOn: worktime.Date(p.DueOn)}
		if p.Amount != nil {
			part.Amount = p.Amount.money()
		}
		n.Parts = append(n.Parts, part)
	}
	in.AgreementMoreIn.into(&n)
	return n
}

type instalmentOut struct {
	ID        string     `json:"id"`
	Number    int64      `json:"number"`
	Label     string     `json:"label"`
	ShareBp   int64      `json:"share_bp"`
	Amount    Amount     `json:"amount"`
	Trigger   string     `json:"trigger"`
	DueOn     string     `json:"due_on,omitempty"`
	FiredAt   *time.Time `json:"fired_at"`
	InvoiceID string     `json:"invoice_id,omitempty"`
}

type agreementOut struct {
	ID          string          `json:"id"`
	ClientID    string          `json:"client_id"`
	BrandID     string          `json:"brand_id"`
	ContactID   string          `json:"contact_id"`
	CampaignID  string          `json:"campaign_id,omitempty"`
	Number      string          `json:"number,omitempty"`
	Title       string          `json:"title"`
	Value       Amount          `json:"value"`
	OfferedAt   *time.Time      `json:"offered_at"`
	SignedAt    *time.Time      `json:"signed_at"`
	SignedBy    string          `json:"signed_by,omitempty"`
	FileSHA     string          `json:"file_sha256,omitempty"`
	Instalments []instalmentOut `json:"instalments"`
	Version     int64           `json:"version"`
	agreementMoreOut
}

func agreementWire(a billing.Agreement) agreementOut {
	return agreementOut{a.ID, a.ClientID, a.BrandID, a.ContactID, a.CampaignID, a.Number, a.Title, amount(a.Value), instant(a.OfferedAt), instant(a.SignedAt), a.SignedBy, a.FileSHA,
		list(a.Plan, func(i billing.Instalment) instalmentOut {
			return instalmentOut{i.ID, i.Number, i.Label, i.ShareBp, amount(i.Amount), string(i.Trigger), string(i.DueOn), instant(i.FiredAt), i.InvoiceID}
		}), a.Version, agreementMore(a)}
}

// roomAgreementOut is an agreement as its client sees it.
type roomAgreementOut struct {
	ID      string `json:"id"`
	Number  string `json:"number"`
	Title   string `json:"title"`
	Scope   string `json:"scope"`
	Value   Amount `json:"value"`
	State   string `json:"state"`
	FileSHA string `json:"file_sha256"`
	MyTurn  bool   `json:"my_turn" doc:"this contact signs next"`
}

type newAgreementIn struct{ Body AgreementIn }

type editAgreementIn struct {
	ID
	Body struct {
		AgreementIn
		Version int64 `json:"version"`
	}
}

type offerAgreementIn struct {
	ID
	Body struct {
		Until string `json:"until" example:"2026-12-31"`
	}
}

type signatureIn struct {
	ID
	Body struct {
		Name  string `json:"name"`
		Stamp string `json:"stamp_number,omitempty"`
		Scan  string `json:"scan" doc:"the signed paper, base64"`
	}
}

type signAgreementIn struct {
	ID
	Body struct {
		Code    string `json:"code"`
		Name    string `json:"name"`
		Consent bool   `json:"consent"`
		FileSHA string `json:"file_sha256"`
	}
}

type startAgreementIn struct {
	ID
	Body struct {
		Name         string `json:"name"`
		Market       string `json:"market"`
		Playbook     string `json:"playbook"`
		StartOn      string `json:"start_on"`
		EndOn        string `json:"end_on,omitempty"`
		AEID         string `json:"ae_id"`
		SpecialistID string `json:"specialist_id,omitempty"`
	}
}

type callOffIn struct {
	ID
	Body struct {
		Stage  string `json:"stage" enum:"before_kickoff,drafting,approved,posted"`
		Reason string `json:"reason"`
	}
}

type callOffOut struct {
	Stage    string `json:"stage"`
	Owed     Amount `json:"owed" doc:"by the agreement's cancellation table, without tax"`
	Invoiced Amount `json:"invoiced" doc:"without tax"`
}

type settlementOut struct {
	Stage  string       `json:"stage" doc:"that the campaign's facts have reached"`
	Stages []callOffOut `json:"stages"`
}

func (a *API) settlement(ctx context.Context, actor access.Actor, in *ID) (settlementOut, error) {
	s, err := a.Billing.Settlements(ctx, actor, in.ID)
	return settlementOut{s.Stage, list(s.At, func(c billing.CallOff) callOffOut { return callOffOut{c.Stage, amount(c.Owed), amount(c.Invoiced)} })}, err
}

type thingOut struct {
	ID string `json:"id"`
}

type agreementsIn struct {
	PageIn
	ClientID string `query:"client_id"`
}

func registerAgreements(a *API) {
	op(a, http.MethodGet, "/agreements", "agreement.see", "Agreements, newest first", func(ctx context.Context, actor access.Actor, in *agreementsIn) (Page[agreementOut], error) {
		found, err := a.Billing.Agreements(ctx, actor, billing.AgreementFilter{ClientID: in.ClientID, After: in.After, Limit: in.Limit})
		p := Page[agreementOut]{Items: list(found, agreementWire)}
		if n := len(found); n > 0 && n == in.Limit {
			p.Next = found[n-1].ID
		}
		return p, err
	})
	op(a, http.MethodPost, "/agreements", "agreement.edit", "Draft an agreement", func(ctx context.Context, actor access.Actor, in *newAgreementIn) (agreementOut, error) {
		x, err := a.Billing.DraftAgreement(ctx, actor, in.Body.agreement())
		return agreementWire(x), err
	})
	op(a, http.MethodGet, "/agreements/{id}", "agreement.see", "An agreement", a.showAgreement)
	op(a, http.MethodPut, "/agreements/{id}", "agreement.edit", "Change a draft", func(ctx context.Context, actor access.Actor, in *editAgreementIn) (agreementOut, error) {
		if err := a.Billing.EditAgreement(ctx, actor, in.ID.ID, in.Body.Version, in.Body.agreement()); err != nil {
			return agreementOut{}, err
		}
		return a.showAgreement(ctx, actor, &in.ID)
	})
	op(a, http.MethodPost, "/agreements/{id}/offer", "agreement.edit", "Number and freeze it for signature", func(ctx context.Context, actor access.Actor, in *offerAgreementIn) (agreementOut, error) {
		x, err := a.Billing.OfferAgreement(ctx, actor, in.ID.ID, worktime.Date(in.Body.Until))
		return agreementWire(x), err
	})
	op(a, http.MethodPost, "/agreements/{id}/links", "access.links", "Make the room link of who signs", func(ctx context.Context, actor access.Actor, in *ID) (linkOut, error) {
		token, until, err := a.Billing.SignLink(ctx, actor, in.ID)
		return linkOut{token, "/c/" + token, until}, err
	})
	op(a, http.MethodPost, "/agreements/{id}/signature", "agreement.edit", "Record a signature on paper", a.recordSignature)
	op(a, http.MethodPost, "/agreements/{id}/start", "campaign.start", "Start its campaign", func(ctx context.Context, actor access.Actor, in *startAgreementIn) (thingOut, error) {
		b := in.Body
		c, err := a.Billing.StartCampaign(ctx, actor, in.ID.ID, campaign.NewCampaign{Name: b.Name, Market: b.Market, Playbook: b.Playbook, StartOn: worktime.Date(b.StartOn), EndOn: worktime.Date(b.EndOn), AEID: b.AEID, SpecialistID: b.SpecialistID})
		return thingOut{c.ID}, err
	})
	op(a, http.MethodGet, "/agreements/{id}/settlement", "agreement.see", "What calling it off would mean at each stage", a.settlement)
	op(a, http.MethodPost, "/agreements/{id}/call-off", "agreement.cancel", "Call it off and settle by its own table", func(ctx context.Context, actor access.Actor, in *callOffIn) (callOffOut, error) {
		c, err := a.Billing.CallOff(ctx, actor, in.ID.ID, in.Body.Stage, in.Body.Reason)
		return callOffOut{c.Stage, amount(c.Owed), amount(c.Invoiced)}, err
	})
	registerSigners(a)
	op(a, http.MethodGet, "/my-agreements", "agreement.read", "The agreements of a client's room", a.roomAgreements)
	op(a, http.MethodPost, "/my-agreements/{id}/code", "agreement.sign", "Have a code sent before signing", func(ctx context.Context, actor access.Actor, in *ID) (thingOut, error) {
		_, err := a.Billing.AskSignCode(ctx, actor, in.ID)
		return thingOut{in.ID}, err
	})
	op(a, http.MethodPost, "/my-agreements/{id}/sign", "agreement.sign", "Sign", func(ctx context.Context, actor access.Actor, in *signAgreementIn) (thingOut, error) {
		if err := a.Access.AnswerStepUp(ctx, actor, billing.SignPurpose, in.Body.Code); err != nil {
			return thingOut{}, err
		}
		return thingOut{in.ID.ID}, a.Billing.SignAgreement(ctx, actor, in.ID.ID, billing.Signing{FileSHA: in.Body.FileSHA, TypedName: in.Body.Name, Consent: in.Body.Consent, From: "api"})
	})
}

func (a *API) showAgreement(ctx context.Context, actor access.Actor, in *ID) (agreementOut, error) {
	x, err := a.Billing.Agreement(ctx, actor, in.ID)
	return agreementWire(x), err
}

func (a *API) recordSignature(ctx context.Context, actor access.Actor, in *signatureIn) (agreementOut, error) {
	scan := base64.NewDecoder(base64.StdEncoding, strings.NewReader(in.Body.Scan))
	if in.Body.Scan == "" {
		return agreementOut{}, billing.ErrScan.At("scan")
	}
	if err := a.Billing.RecordSignature(ctx, actor, in.ID.ID, in.Body.Name, in.Body.Stamp, scan); err != nil {
		return agreementOut{}, err
	}
	return a.showAgreement(ctx, actor, &in.ID)
}

func (a *API) roomAgreements(ctx context.Context, actor access.Actor, _ *struct{}) (Page[roomAgreementOut], error) {
	found, err := a.Billing.RoomAgreements(ctx, actor)
	return Page[roomAgreementOut]{Items: list(found, func(x billing.RoomAgreement) roomAgreementOut {
		return roomAgreementOut{x.ID, x.Number, x.Title, x.Scope, amount(x.Value), string(x.State), x.FileSHA, x.CanSign}
	})}, err
}
