package team

import (
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

// mePage is one's own account: name and reading habits, second factor, sign-ins, keys.
type mePage struct {
	Page     ui.Page
	Form     access.EditSelf
	Person   access.Person
	Errors   map[string]string
	Sessions []access.Session
	Current  string // id of this browser's session
	Tokens   []access.Token
	NewToken string // shown once, right after it was made
	Key      string
	Now      time.Time
}

func (d rooms) mePage(w http.ResponseWriter, r *http.Request) (p mePage, err error) {
	actor, l := web.ActorOf(r), locale.From(r.Context())
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "team", Title: l.T("team.me.title")}); err != nil {
		return p, err
	}
	people, err := d.Access.People(r.Context(), actor)
	if err != nil {
		return p, err
	}
	for _, one := range people {
		if one.ID == actor.ID {
			p.Person = one
		}
	}
	p.Form = access.EditSelf{Name: p.Person.Name, Lang: p.Person.Lang, Zone: p.Person.Zone, Theme: p.Person.Theme}
	if p.Sessions, err = d.Access.Sessions(r.Context(), actor); err != nil {
		return p, err
	}
	if p.Tokens, err = d.Access.Tokens(r.Context(), actor); err != nil {
		return p, err
	}
	if c, err := r.Cookie(web.SessionCookie); err == nil {
		_, p.Current, _ = d.Access.Recognise(r.Context(), c.Value)
	}
	p.Key, p.Now = desk.NewKey(r), d.DB.Now()
	return p, nil
}

func (d rooms) me(w http.ResponseWriter, r *http.Request) error {
	p, err := d.mePage(w, r)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, meView(p))
}

type selfForm struct {
	Name  string `form:"name"`
	Lang  string `form:"lang"`
	Zone  string `form:"zone"`
	Theme string `form:"theme"`
}

func (d rooms) saveMe(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[selfForm](r)
	if err != nil {
		return err
	}
	e := access.EditSelf{Name: f.Name, Lang: f.Lang, Zone: f.Zone, Theme: f.Theme}
	err = d.Access.EditSelf(r.Context(), web.ActorOf(r), e)
	if errs, ok := web.Invalid(r, err); ok {
		return d.meAgain(w, r, func(p *mePage) { p.Form, p.Errors = e, errs })
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/me", "team.me.saved")
}

// meAgain shows the page once more, with what was wrong.
func (d rooms) meAgain(w http.ResponseWriter, r *http.Request, with func(*mePage)) error {
	p, err := d.mePage(w, r)
	if err != nil {
		return err
	}
	with(&p)
	return web.Render(w, r, http.StatusUnprocessableEntity, meView(p))
}

func (d rooms) endSession(w http.ResponseWriter, r *http.Request) error {
	if err := d.Access.SignOut(r.Context(), web.ActorOf(r), r.PathValue("id")); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/me", "team.session.ended")
}

type tokenForm struct {
	Name  string `form:"token_name"`
	Scope string `form:"scope"`
}

func (d rooms) makeToken(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[tokenForm](r)
	if err != nil {
		return err
	}
	if f.Scope == "" {
		f.Scope = "*"
	}
	token, _, err := d.Access.NewToken(r.Context(), web.ActorOf(r), f.Name, []string{f.Scope}, d.DB.Now().AddDate(1, 0, 0))
	if errs, ok := web.Invalid(r, err); ok {
		errs["token_name"] = errs["name"]
		delete(errs, "name")
		return d.meAgain(w, r, func(p *mePage) { p.Errors = errs })
	}
	if err != nil {
		return err
	}
	p, err := d.mePage(w, r)
	if err != nil {
		return err
	}
	p.NewToken = token
	return web.Render(w, r, http.StatusOK, meView(p))
}

func (d rooms) revokeToken(w http.ResponseWriter, r *http.Request) error {
	if err := d.Access.RevokeToken(r.Context(), web.ActorOf(r), r.PathValue("id")); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/me", "team.token.revoked")
}

// totpPage sets up a second factor: scan, then show that it works.
type totpPage struct {
	Page         ui.Page
	Secret, Addr string
	On           bool
	Errors       map[string]string
	Key          string
}

func (d rooms) totpForm(w http.ResponseWriter, r *http.Request) error {
	p, err := d.mePage(w, r)
	if err != nil {
		return err
	}
	secret, addr, err := d.Access.NewTOTP(web.ActorOf(r), p.Person.Email)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, totpView(totpPage{Page: p.Page, Secret: secret, Addr: addr, On: p.Person.HasTOTP, Key: p.Key}))
}

type totpFormIn struct {
	Secret string `form:"secret"`
	Addr   string `form:"addr"`
	Code   string `form:"code"`
}

func (d rooms) confirmTOTP(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[totpFormIn](r)
	if err != nil {
		return err
	}
	err = d.Access.ConfirmTOTP(r.Context(), web.ActorOf(r), f.Secret, f.Code)
	if access.IsCode(err) {
		p, ferr := d.mePage(w, r)
		if ferr != nil {
			return ferr
		}
		return web.Render(w, r, http.StatusUnprocessableEntity, totpView(totpPage{Page: p.Page, Secret: f.Secret, Addr: f.Addr, On: p.Person.HasTOTP, Key: p.Key,
			Errors: map[string]string{"": locale.From(r.Context()).Fault(err), "code": access.ErrCode.Code}}))
	}
	if err != nil {
		return err
	}
	if f.Secret == "" {
		return web.SeeOther(w, r, "/me", "team.totp.off")
	}
	return web.SeeOther(w, r, "/me", "team.totp.on")
}
