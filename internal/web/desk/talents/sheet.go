package talents

import (
	"net/http"

	"kolega/internal/locale"
	"kolega/internal/talent"
	"kolega/internal/web"
	"kolega/internal/web/ui"
)

type consentForm struct {
	How string `form:"how"`
}

func (d rooms) giveConsent(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[consentForm](r)
	if err != nil {
		return err
	}
	return d.after(w, r, "consent", d.Talent.GiveConsent(r.Context(), web.ActorOf(r), r.PathValue("id"), f.How), "talent.toast.consent")
}

func (d rooms) withdrawConsent(w http.ResponseWriter, r *http.Request) error {
	return d.after(w, r, "consent", d.Talent.WithdrawConsent(r.Context(), web.ActorOf(r), r.PathValue("id")), "talent.toast.consent-back")
}

type sheetForm struct {
	Lang string `form:"lang"`
}

// makeSheet shows the address of the new link once: only its hash is kept.
func (d rooms) makeSheet(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[sheetForm](r)
	if err != nil {
		return err
	}
	token, _, err := d.Talent.MakeSheet(r.Context(), web.ActorOf(r), r.PathValue("id"), f.Lang)
	if err != nil {
		return d.after(w, r, "sheet", err, "")
	}
	w.Header().Set("Cache-Control", "no-store")
	return d.showWith(w, r, http.StatusOK, refusal{}, once{sheet: web.Origin(r) + "/s/" + token})
}

func (d rooms) withdrawSheet(w http.ResponseWriter, r *http.Request) error {
	return d.after(w, r, "sheet", d.Talent.WithdrawSheet(r.Context(), web.ActorOf(r), r.PathValue("id"), r.PathValue("sheet")), "talent.toast.sheet-back")
}

// sheetPage is a talent's one page as anybody with the link sees it.
type sheetPage struct {
	Page  ui.OutsidePage
	Sheet talent.Sheet
}

// openSheet shows the page in the language that the link was made for.
func (d rooms) openSheet(w http.ResponseWriter, r *http.Request) error {
	s, err := d.Talent.OpenSheet(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	agency, err := d.Access.Agency(r.Context())
	if err != nil {
		return err
	}
	ctx := locale.With(r.Context(), locale.For(s.Lang, agency.Zone))
	p := sheetPage{Sheet: s, Page: ui.OutsidePage{Title: s.Name, Agency: agency.Name, Lang: s.Lang, NoIndex: true, Description: sheetLead(ctx, s)}}
	if agency.Email != "" {
		p.Page.Contact, p.Page.ContactHref = agency.Email, "mailto:"+agency.Email
	}
	return web.Render(w, r.WithContext(ctx), http.StatusOK, sheetView(p))
}
