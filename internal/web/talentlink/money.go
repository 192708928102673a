package talentlink

import (
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"kolega/internal/access"
	"kolega/internal/locale"
	"kolega/internal/payout"
	"kolega/internal/talent"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/outside"
	"kolega/internal/web/ui"
)

func moneyRoutes(d room) []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/money", Verb: "payout.own", Handle: d.money},
		{Method: "POST", Pattern: "/money/{id}/arrived", Verb: "payout.own", Handle: d.sayArrived},
		{Method: "POST", Pattern: "/money/{id}/missing", Verb: "payout.own", Handle: d.sayMissing},
		{Method: "GET", Pattern: "/money/{id}/proof/{attempt}/{part}", Verb: "payout.own", Handle: d.proof},
		{Method: "GET", Pattern: "/account", Verb: "talent.bank.edit", Handle: d.account},
		{Method: "POST", Pattern: "/account/code", Verb: "talent.bank.edit", Handle: d.accountCode},
		{Method: "POST", Pattern: "/account", Verb: "talent.bank.edit", Handle: d.giveAccount},
		{Method: "POST", Pattern: "/account/word/code", Verb: "talent.bank.edit", Handle: d.wordCode},
		{Method: "POST", Pattern: "/account/word", Verb: "talent.bank.edit", Handle: d.giveWord},
	}
}

type accountForm struct {
	Code   string `form:"code"`
	Method string `form:"method"`
	Bank   string `form:"bank"`
	Number string `form:"number"`
	Name   string `form:"account_name"`
	Tax    string `form:"tax_number"`
}

type moneyPage struct {
	Page   ui.OutsidePage
	Base   string
	Key    string
	Money  payout.MyMoney
	Zone   string
	Code   string
	Form   accountForm
	Errors map[string]string
}

func (d room) moneyPage(w http.ResponseWriter, r *http.Request) (p moneyPage, err error) {
	actor := web.ActorOf(r)
	if p.Money, err = d.Payout.MyMoney(r.Context(), actor); err != nil {
		return p, err
	}
	p.Base, p.Key, p.Zone = outside.Base(r), desk.NewKey(r), actor.Zone
	p.Page, err = outside.Frame(w, r, d.House, locale.T(r.Context(), "talentmoney.title"), "", "id", "en", "fil")
	return p, err
}

func (d room) money(w http.ResponseWriter, r *http.Request) error {
	return d.showMoney(w, r, http.StatusOK, nil)
}

func (d room) showMoney(w http.ResponseWriter, r *http.Request, status int, errs map[string]string) error {
	p, err := d.moneyPage(w, r)
	if err != nil {
		return err
	}
	if p.Errors, p.Code = errs, r.URL.Query().Get("word"); errs["code"] != "" {
		p.Code = p.Money.Route.Other
	}
	return web.Render(w, r, status, moneyView(p))
}

func (d room) sayArrived(w http.ResponseWriter, r *http.Request) error {
	return d.said(w, r, d.Payout.SayArrived(r.Context(), web.ActorOf(r), r.PathValue("id")), "talentmoney.toast.arrived")
}

func (d room) sayMissing(w http.ResponseWriter, r *http.Request) error {
	return d.said(w, r, d.Payout.SayMissing(r.Context(), web.ActorOf(r), r.PathValue("id")), "talentmoney.toast.missing")
}

func (d room) said(w http.ResponseWriter, r *http.Request, err error, toast string) error {
	if errs, ok := web.Invalid(r, err); ok {
		return d.showMoney(w, r, http.StatusUnprocessableEntity, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, outside.Base(r)+"/money", toast)
}

func (d room) proof(w http.ResponseWriter, r *http.Request) error {
	attempt, _ := strconv.ParseInt(r.PathValue("attempt"), 10, 64)
	part, _ := strconv.ParseInt(r.PathValue("part"), 10, 64)
	f, _, err := d.Payout.OpenProof(r.Context(), web.ActorOf(r), r.PathValue("id"), attempt, part)
	if err != nil {
		return err
	}
	defer f.Close()
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", `attachment; filename="proof"`)
	w.Header().Set("Cache-Control", "private, no-store")
	_, err = io.Copy(w, f)
	return err
}

func (d room) account(w http.ResponseWriter, r *http.Request) error {
	return d.showAccount(w, r, http.StatusOK, accountForm{}, nil)
}

func (d room) showAccount(w http.ResponseWriter, r *http.Request, status int, f accountForm, errs map[string]string) error {
	p, err := d.moneyPage(w, r)
	if err != nil {
		return err
	}
	p.Form, p.Errors, p.Code = f, errs, r.URL.Query().Get("sent")
	if errs != nil && f.Code != "" {
		p.Code = "···"
	}
	if p.Form.Method == "" {
		p.Form.Method = string(talent.RouteAbroad)
		if p.Money.Route.Known {
			p.Form.Method, p.Form.Bank, p.Form.Name = string(p.Money.Route.Method), p.Money.Route.Bank, p.Money.Route.AccountName
		}
	}
	return web.Render(w, r, status, accountView(p))
}

func (d room) accountCode(w http.ResponseWriter, r *http.Request) error {
	place, err := d.Payout.AskAccountCode(r.Context(), web.ActorOf(r))
	if errs, ok := web.Invalid(r, err); ok {
		return d.showAccount(w, r, http.StatusUnprocessableEntity, accountForm{}, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, outside.Base(r)+"/account?sent="+url.QueryEscape(access.Hint(place)), "talentmoney.toast.code")
}

func (d room) giveAccount(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[accountForm](r)
	if err != nil {
		return err
	}
	actor := web.ActorOf(r)
	err = d.Access.AnswerStepUp(r.Context(), actor, payout.AccountPurpose, f.Code)
	if err == nil {
		err = d.Payout.GiveAccount(r.Context(), actor, talent.SetRoute{Method: talent.RouteMethod(f.Method), Bank: f.Bank, Number: f.Number, AccountName: f.Name}, strings.TrimSpace(f.Tax))
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.showAccount(w, r, http.StatusUnprocessableEntity, f, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, outside.Base(r)+"/money", "talentmoney.toast.account")
}

// wordCode sends a code by the channel that a change of the account did not come by.
func (d room) wordCode(w http.ResponseWriter, r *http.Request) error {
	place, err := d.Payout.AskWordCode(r.Context(), web.ActorOf(r))
	if errs, ok := web.Invalid(r, err); ok {
		return d.showMoney(w, r, http.StatusUnprocessableEntity, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, outside.Base(r)+"/money?word="+url.QueryEscape(access.Hint(place)), "talentmoney.toast.code")
}

// giveWord is the talent's word for a changed account.
func (d room) giveWord(w http.ResponseWriter, r *http.Request) error {
	actor := web.ActorOf(r)
	err := d.Access.AnswerStepUp(r.Context(), actor, payout.WordPurpose, r.FormValue("code"))
	if err == nil {
		err = d.Payout.ConfirmAccount(r.Context(), actor)
	}
	return d.said(w, r, err, "talentmoney.toast.word")
}
