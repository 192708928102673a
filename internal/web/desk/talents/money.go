package talents

import (
	"net/http"

	"kolega/internal/fault"
	"kolega/internal/talent"
	"kolega/internal/web"
)

// at points a fault of a value at its field.
func at(err error, field string) error {
	if f, ok := fault.As(err); ok {
		return f.At(field)
	}
	return err
}

type routeForm struct {
	Method      string `form:"method"`
	Bank        string `form:"bank"`
	BankCountry string `form:"bank_country"`
	Number      string `form:"number"`
	AccountName string `form:"account_name"`
	Currency    string `form:"currency"`
}

func (d rooms) setRoute(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[routeForm](r)
	if err != nil {
		return err
	}
	_, err = d.Talent.SetRoute(r.Context(), web.ActorOf(r), talent.SetRoute{TalentID: r.PathValue("id"), Method: talent.RouteMethod(f.Method), Bank: f.Bank,
		BankCountry: f.BankCountry, Number: f.Number, AccountName: f.AccountName, Currency: f.Currency})
	r.PostForm.Del("number") // never written back into a page
	return d.after(w, r, "route", err, "talent.toast.route")
}

type wordForm struct {
	Via  string `form:"via"`
	Note string `form:"note"`
}

// confirmRoute keeps the talent's word for a changed account.
func (d rooms) confirmRoute(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[wordForm](r)
	if err != nil {
		return err
	}
	return d.after(w, r, "word", d.Talent.ConfirmRoute(r.Context(), web.ActorOf(r), r.PathValue("id"), talent.Channel(f.Via), f.Note), "talent.toast.route-confirmed")
}

type numberForm struct {
	Reason string `form:"reason"`
}

// seeNumber shows the account number once, on the answer to a logged look.
func (d rooms) seeNumber(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[numberForm](r)
	if err != nil {
		return err
	}
	number, err := d.Talent.SeeNumber(r.Context(), web.ActorOf(r), r.PathValue("id"), f.Reason)
	if err != nil {
		return d.after(w, r, "number", err, "")
	}
	w.Header().Set("Cache-Control", "no-store")
	return d.showWith(w, r, http.StatusOK, refusal{}, once{number: number})
}

type identityForm struct {
	Tax      string `form:"tax_number"`
	Identity string `form:"identity_number"`
}

func (d rooms) setIdentity(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[identityForm](r)
	if err != nil {
		return err
	}
	err = d.Talent.SetIdentity(r.Context(), web.ActorOf(r), talent.SetIdentity{TalentID: r.PathValue("id"), TaxNumber: f.Tax, IdentityNumber: f.Identity})
	r.PostForm.Del("tax_number")
	r.PostForm.Del("identity_number")
	return d.after(w, r, "identity", err, "talent.toast.identity")
}
