package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/billing"
	"kolega/internal/worktime"
)

// SignerIn is one who signs: a contact of the client's or a person of the agency.
type SignerIn struct {
	ContactID string `json:"contact_id,omitempty"`
	PersonID  string `json:"person_id,omitempty"`
}

// AgreementMoreIn is what an agreement's draft may say beside its terms.
type AgreementMoreIn struct {
	ParentID string            `json:"parent_id,omitempty" doc:"of an addendum: the agreement it adds to"`
	Clauses  string            `json:"clauses,omitempty" doc:"the wording, with variables such as {client.address}"`
	Fills    map[string]string `json:"fills,omitempty" doc:"values of the wording's own variables"`
	Signers  []SignerIn        `json:"signers,omitempty" doc:"in the order of signing; none: the contact alone"`
}

func (in AgreementMoreIn) into(n *billing.NewAgreement) {
	n.ParentID, n.Clauses, n.Fills = in.ParentID, in.Clauses, in.Fills
	for _, s := range in.Signers {
		n.Signers = append(n.Signers, billing.Signer{ContactID: s.ContactID, PersonID: s.PersonID})
	}
}

type signerOut struct {
	ContactID string     `json:"contact_id,omitempty"`
	PersonID  string     `json:"person_id,omitempty"`
	Name      string     `json:"name"`
	SignedAt  *time.Time `json:"signed_at"`
}

type agreementMoreOut struct {
	ParentID    string      `json:"parent_id,omitempty"`
	Until       string      `json:"offered_until,omitempty"`
	StampNumber string      `json:"stamp_number,omitempty"`
	Signers     []signerOut `json:"signers"`
}

func agreementMore(a billing.Agreement) agreementMoreOut {
	return agreementMoreOut{a.ParentID, string(a.OfferedUntil), a.StampNumber, list(a.Signers, func(s billing.Signer) signerOut {
		return signerOut{s.ContactID, s.PersonID, s.Name, instant(s.SignedAt)}
	})}
}

type wordingOut struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Lang    string   `json:"lang"`
	Body    string   `json:"body"`
	Own     []string `json:"own_variables" doc:"those that people fill for each agreement"`
	Retired bool     `json:"retired"`
	Version int64    `json:"version"`
}

func wordingWire(t billing.Template) wordingOut {
	return wordingOut{t.ID, t.Name, t.Lang, t.Body, billing.Own(t.Body), !t.RetiredAt.IsZero(), t.Version}
}

type wordingBody struct {
	Name string `json:"name"`
	Lang string `json:"lang" enum:"id,en"`
	Body string `json:"body"`
}

type newWordingIn struct{ Body wordingBody }

type editWordingIn struct {
	ID
	Body struct {
		wordingBody
		Version int64 `json:"version"`
	}
}

type retireIn struct {
	ID
	Body struct {
		Off bool `json:"off"`
	}
}

type countersignIn struct {
	ID
	Body struct {
		Name    string `json:"name"`
		Consent bool   `json:"consent"`
		FileSHA string `json:"file_sha256"`
	}
}

type stampIn struct {
	ID
	Body struct {
		Number string `json:"number" doc:"of the e-meterai"`
	}
}

type missingOut struct {
	Names []string `json:"names"`
}

func registerSigners(a *API) {
	op(a, http.MethodGet, "/agreements/{id}/missing", "agreement.see", "The variables of its wording without a value", func(ctx context.Context, actor access.Actor, in *ID) (missingOut, error) {
		names, err := a.Billing.MissingIn(ctx, actor, in.ID)
		return missingOut{append([]string{}, names...)}, err
	})
	op(a, http.MethodPost, "/agreements/{id}/countersign", "agreement.see", "Sign for the agency, in one's turn", func(ctx context.Context, actor access.Actor, in *countersignIn) (agreementOut, error) {
		if err := a.Billing.CountersignAgreement(ctx, actor, in.ID.ID, billing.Signing{FileSHA: in.Body.FileSHA, TypedName: in.Body.Name, Consent: in.Body.Consent, From: "api"}); err != nil {
			return agreementOut{}, err
		}
		return a.showAgreement(ctx, actor, &in.ID)
	})
	op(a, http.MethodPost, "/agreements/{id}/extend", "agreement.edit", "Give an offer another last day", func(ctx context.Context, actor access.Actor, in *offerAgreementIn) (agreementOut, error) {
		if err := a.Billing.ExtendAgreement(ctx, actor, in.ID.ID, worktime.Date(in.Body.Until)); err != nil {
			return agreementOut{}, err
		}
		return a.showAgreement(ctx, actor, &in.ID)
	})
	op(a, http.MethodPost, "/agreements/{id}/stamp", "agreement.edit", "Keep the number of its e-meterai", func(ctx context.Context, actor access.Actor, in *stampIn) (agreementOut, error) {
		if err := a.Billing.RecordStamp(ctx, actor, in.ID.ID, in.Body.Number); err != nil {
			return agreementOut{}, err
		}
		return a.showAgreement(ctx, actor, &in.ID)
	})
	op(a, http.MethodGet, "/agreement-templates", "agreement.see", "Wordings of agreements", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[wordingOut], error) {
		found, err := a.Billing.Templates(ctx, actor)
		return Page[wordingOut]{Items: list(found, wordingWire)}, err
	})
	op(a, http.MethodPost, "/agreement-templates", "agreement.template", "Keep a wording", func(ctx context.Context, actor access.Actor, in *newWordingIn) (wordingOut, error) {
		t, err := a.Billing.KeepTemplate(ctx, actor, billing.Template{Name: in.Body.Name, Lang: in.Body.Lang, Body: in.Body.Body})
		return wordingWire(t), err
	})
	op(a, http.MethodPut, "/agreement-templates/{id}", "agreement.template", "Change a wording", func(ctx context.Context, actor access.Actor, in *editWordingIn) (wordingOut, error) {
		b := in.Body
		t, err := a.Billing.KeepTemplate(ctx, actor, billing.Template{ID: in.ID.ID, Name: b.Name, Lang: b.Lang, Body: b.Body, Version: b.Version})
		return wordingWire(t), err
	})
	op(a, http.MethodPost, "/agreement-templates/{id}/retire", "agreement.template", "Take a wording out of use, or bring it back", func(ctx context.Context, actor access.Actor, in *retireIn) (done, error) {
		return done{true}, a.Billing.RetireTemplate(ctx, actor, in.ID.ID, in.Body.Off)
	})
}
