package team

import (
	"net/http"

	"kolega/internal/access"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

type settingsForm struct {
	Name      string `form:"name"`
	LegalName string `form:"legal_name"`
	Address   string `form:"address"`
	TaxID     string `form:"tax_id"`
	PKP       bool   `form:"pkp"`
	Email     string `form:"email"`
	Phone     string `form:"phone"`
	Zone      string `form:"zone"`
	Lang      string `form:"lang"`
	BankName  string `form:"bank_name"`
	BankNo    string `form:"bank_no"`
	BankOwner string `form:"bank_owner"`
	Signer    string `form:"signer"`
	Version   int64  `form:"version"`
}

type settingsPage struct {
	Page   ui.Page
	Form   settingsForm
	Errors map[string]string
	Key    string
}

func formOf(a access.Agency) settingsForm {
	return settingsForm{a.Name, a.LegalName, a.Address, a.TaxID, a.PKP, a.Email, a.Phone, a.Zone, a.Lang, a.BankName, a.BankNo, a.BankOwner, a.Signer, a.Version}
}

// onto lays what the form knows over what was kept.
func (f settingsForm) onto(a access.Agency) access.Agency {
	a.Name, a.LegalName, a.Address, a.TaxID, a.PKP, a.Email, a.Phone = f.Name, f.LegalName, f.Address, f.TaxID, f.PKP, f.Email, f.Phone
	a.Zone, a.Lang, a.BankName, a.BankNo, a.BankOwner, a.Signer, a.Version = f.Zone, f.Lang, f.BankName, f.BankNo, f.BankOwner, f.Signer, f.Version
	return a
}

func (d rooms) settings(w http.ResponseWriter, r *http.Request) error {
	a, err := d.Access.Agency(r.Context())
	if err != nil {
		return err
	}
	return d.showSettings(w, r, http.StatusOK, formOf(a), nil)
}

func (d rooms) showSettings(w http.ResponseWriter, r *http.Request, status int, f settingsForm, errs map[string]string) error {
	page, err := desk.Frame(w, r, d.House, desk.At{Nav: "settings", Title: locale.T(r.Context(), "team.settings.title")})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, settingsView(settingsPage{Page: page, Form: f, Errors: errs, Key: desk.NewKey(r)}))
}

func (d rooms) saveSettings(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[settingsForm](r)
	if err != nil {
		return err
	}
	before, err := d.Access.Agency(r.Context())
	if err != nil {
		return err
	}
	err = d.Access.SaveAgency(r.Context(), web.ActorOf(r), f.onto(before))
	if errs, ok := web.Invalid(r, err); ok {
		return d.showSettings(w, r, http.StatusUnprocessableEntity, f, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/settings", "team.settings.saved")
}
