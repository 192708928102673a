package clientlink

import (
	"io"
	"net/http"
	"net/url"
	"strings"

	"kolega/internal/access"
	"kolega/internal/billing"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/outside"
	"kolega/internal/web/ui"
)

func moneyRoutes(d room) []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/agreement", Verb: "agreement.read", Handle: d.agreement},
		{Method: "GET", Pattern: "/agreements/{id}/paper", Verb: "agreement.read", Handle: d.agreementPaper},
		{Method: "POST", Pattern: "/agreements/{id}/code", Verb: "agreement.sign", Handle: d.signCode},
		{Method: "POST", Pattern: "/agreements/{id}/sign", Verb: "agreement.sign", Handle: d.sign},
		{Method: "GET", Pattern: "/invoices", Verb: "invoice.read", Handle: d.invoices},
		{Method: "GET", Pattern: "/agreements/{id}/evidence", Verb: "agreement.read", Handle: d.evidence},
		{Method: "GET", Pattern: "/invoices/{id}/paper", Verb: "invoice.read", Handle: d.invoicePaper},
		{Method: "GET", Pattern: "/account", Verb: "invoice.read", Handle: d.account},
		{Method: "GET", Pattern: "/account/paper", Verb: "invoice.read", Handle: d.accountPaper},
	}
}

// signForm is what a contact types to sign; Name is shown again after a refusal.
type signForm struct {
	Code    string `form:"code"`
	Name    string `form:"typed_name"`
	Consent bool   `form:"consent"`
	File    string `form:"file"`
}

type agreementPage struct {
	Page   ui.OutsidePage
	Base   string
	Key    string
	Code   string // where a code was sent; empty before it was asked for
	List   []billing.RoomAgreement
	Form   signForm
	Errors map[string]string
	Zone   string
}

func (d room) agreement(w http.ResponseWriter, r *http.Request) error {
	return d.showAgreement(w, r, http.StatusOK, signForm{}, nil)
}

func (d room) showAgreement(w http.ResponseWriter, r *http.Request, status int, f signForm, errs map[string]string) error {
	list, err := d.Billing.RoomAgreements(r.Context(), web.ActorOf(r))
	if err != nil {
		return err
	}
	frame, err := outside.Frame(w, r, d.House, locale.T(r.Context(), "billing.room.agreement"), "")
	if err != nil {
		return err
	}
	p := agreementPage{Page: frame, Base: outside.Base(r), Key: desk.NewKey(r), Code: r.URL.Query().Get("sent"), List: list, Form: f, Errors: errs, Zone: web.ActorOf(r).Zone}
	if errs != nil && p.Code == "" {
		p.Code = "…"
	}
	return web.Render(w, r, status, agreementView(p))
}

func (d room) agreementPaper(w http.ResponseWriter, r *http.Request) error {
	a, body, err := d.Billing.AgreementPaper(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	paperHead(w, a.Number)
	_, err = io.Copy(w, body)
	return err
}

// evidence gives the evidence page of a signature.
func (d room) evidence(w http.ResponseWriter, r *http.Request) error {
	a, body, err := d.Billing.EvidencePaper(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	paperHead(w, "evidence-"+a.Number)
	_, err = w.Write(body)
	return err
}

// paperHead names a PDF after its number.
func paperHead(w http.ResponseWriter, number string) {
	w.Header().Set("Content-Type", "application/pdf")
	w.Header().Set("Content-Disposition", `inline; filename="`+strings.ReplaceAll(number, "/", "-")+`.pdf"`)
	w.Header().Set("Cache-Control", "private, no-store")
}

func (d room) signCode(w http.ResponseWriter, r *http.Request) error {
	place, err := d.Billing.AskSignCode(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if errs, ok := web.Invalid(r, err); ok {
		return d.showAgreement(w, r, http.StatusUnprocessableEntity, signForm{}, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, outside.Base(r)+"/agreement?sent="+url.QueryEscape(access.Hint(place)), "billing.toast.room.code")
}

func (d room) sign(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[signForm](r)
	if err != nil {
		return err
	}
	actor := web.ActorOf(r)
	err = d.Access.AnswerStepUp(r.Context(), actor, billing.SignPurpose, f.Code)
	if err == nil {
		err = d.Billing.SignAgreement(r.Context(), actor, r.PathValue("id"), billing.Signing{FileSHA: f.File, TypedName: f.Name, Consent: f.Consent, From: web.Address(r)})
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.showAgreement(w, r, http.StatusUnprocessableEntity, f, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, outside.Base(r)+"/agreement", "billing.toast.room.signed")
}

type invoicesPage struct {
	Page ui.OutsidePage
	Base string
	List []billing.RoomInvoice
}

func (d room) invoices(w http.ResponseWriter, r *http.Request) error {
	list, err := d.Billing.RoomInvoices(r.Context(), web.ActorOf(r))
	if err != nil {
		return err
	}
	frame, err := outside.Frame(w, r, d.House, locale.T(r.Context(), "billing.room.invoices"), "")
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, invoicesView(invoicesPage{Page: frame, Base: outside.Base(r), List: list}))
}

func (d room) invoicePaper(w http.ResponseWriter, r *http.Request) error {
	i, body, err := d.Billing.InvoicePaper(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	paperHead(w, i.Number)
	_, err = w.Write(body)
	return err
}

type accountPage struct {
	Page ui.OutsidePage
	Base string
	File billing.AccountFile
}

// account is the statement of account of the room.
func (d room) account(w http.ResponseWriter, r *http.Request) error {
	f, err := d.Billing.RoomAccount(r.Context(), web.ActorOf(r))
	if err != nil {
		return err
	}
	frame, err := outside.Frame(w, r, d.House, locale.T(r.Context(), "billing.account"), "")
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, accountView(accountPage{Page: frame, Base: outside.Base(r), File: f}))
}

func (d room) accountPaper(w http.ResponseWriter, r *http.Request) error {
	f, body, err := d.Billing.AccountPaper(r.Context(), web.ActorOf(r), billing.AccountOf{})
	if err != nil {
		return err
	}
	paperHead(w, "account-"+string(f.To))
	_, err = w.Write(body)
	return err
}
