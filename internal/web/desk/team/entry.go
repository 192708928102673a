package team

import (
	"errors"
	"net/http"
	"strings"

	"kolega/internal/access"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/ui"
)

// entryForm is what the pages before the shell send.
type entryForm struct {
	Name     string `form:"name"`
	Email    string `form:"email"`
	Password string `form:"password"`
	Code     string `form:"code"`
	Lang     string `form:"lang"`
	Zone     string `form:"zone"`
	Next     string `form:"next"`
}

// entryPage is sign-in, set-up and joining: few fields on an empty page.
type entryPage struct {
	Page    ui.PlainPage
	Action  string
	Form    entryForm
	Errors  map[string]string
	AskCode bool
	AskName bool // set-up and joining also ask for name, language and zone
	Fixed   bool // the e-mail is the invitation's
	Button  string
}

func plain(r *http.Request, title, lead string) ui.PlainPage {
	l := locale.From(r.Context())
	langs := []ui.LangLink{{Lang: "id", Name: "Indonesia", Href: r.URL.Path + "?lang=id"}, {Lang: "en", Name: "English", Href: r.URL.Path + "?lang=en"}}
	for i := range langs {
		if langs[i].Lang == l.Lang {
			langs[i].Href = ""
		}
	}
	return ui.PlainPage{Title: l.T(title), Lead: l.T(lead), Lang: l.Lang, Langs: langs}
}

// home sends people to their work, and the first one to the set-up.
func (d rooms) home(w http.ResponseWriter, r *http.Request) error {
	to := "/sign-in"
	if web.ActorOf(r).IsStaff() {
		to = "/inbox"
	} else if first, err := d.Access.NeedsSetUp(r.Context()); err != nil {
		return err
	} else if first {
		to = "/set-up"
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

func (d rooms) signInForm(w http.ResponseWriter, r *http.Request) error {
	return web.Render(w, r, http.StatusOK, entry(signInPage(r, entryForm{Next: r.URL.Query().Get("next")}, nil)))
}

func signInPage(r *http.Request, f entryForm, errs map[string]string) entryPage {
	f.Password = ""
	return entryPage{Page: plain(r, "team.signin.title", "team.signin.lead"), Action: "/sign-in", Form: f, Errors: errs, Button: "team.signin.button"}
}

func (d rooms) signIn(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[entryForm](r)
	if err != nil {
		return err
	}
	token, _, err := d.Access.SignIn(r.Context(), access.SignIn{Email: f.Email, Password: f.Password, Code: f.Code, Agent: r.UserAgent(), Address: web.Address(r)})
	if errors.Is(err, access.ErrSignIn) || errors.Is(err, access.ErrCode) || errors.Is(err, access.ErrLocked) {
		p := signInPage(r, f, map[string]string{"": locale.From(r.Context()).Fault(err)})
		p.AskCode = errors.Is(err, access.ErrCode)
		return web.Render(w, r, web.StatusOf(err), entry(p))
	}
	if err != nil {
		return err
	}
	web.SetSession(w, r, token)
	return web.SeeOther(w, r, inside(f.Next), "")
}

// inside keeps a way back that stays in this house.
func inside(next string) string {
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n") {
		return "/inbox"
	}
	return next
}

func (d rooms) signOut(w http.ResponseWriter, r *http.Request) error {
	c, err := r.Cookie(web.SessionCookie)
	if err != nil {
		return access.ErrUnauthenticated
	}
	actor, session, err := d.Access.Recognise(r.Context(), c.Value)
	if err != nil {
		return err
	}
	if err := d.Access.SignOut(r.Context(), actor, session); err != nil {
		return err
	}
	web.SetSession(w, r, "")
	return web.SeeOther(w, r, "/sign-in", "")
}

func (d rooms) setUpForm(w http.ResponseWriter, r *http.Request) error {
	first, err := d.Access.NeedsSetUp(r.Context())
	if err != nil {
		return err
	}
	if !first {
		return access.ErrSetUpDone
	}
	return web.Render(w, r, http.StatusOK, entry(setUpPage(r, entryForm{}, nil)))
}

func setUpPage(r *http.Request, f entryForm, errs map[string]string) entryPage {
	p := entryPage{Page: plain(r, "team.setup.title", "team.setup.lead"), Action: "/set-up", Form: f, Errors: errs, AskName: true, Button: "team.setup.button"}
	return p.withDefaults()
}

func (p entryPage) withDefaults() entryPage {
	p.Form.Password = ""
	if p.Form.Zone == "" {
		p.Form.Zone = access.DefaultAgency.Zone
	}
	if p.Form.Lang == "" {
		p.Form.Lang = p.Page.Lang
	}
	return p
}

func (f entryForm) person() access.NewPerson {
	return access.NewPerson{Email: f.Email, Name: f.Name, Password: f.Password, Lang: f.Lang, Zone: f.Zone}
}

func (d rooms) setUp(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[entryForm](r)
	if err != nil {
		return err
	}
	if _, err = d.Access.SetUp(r.Context(), f.person()); err != nil {
		if errs, ok := web.Invalid(r, err); ok {
			return web.Render(w, r, http.StatusUnprocessableEntity, entry(setUpPage(r, f, errs)))
		}
		return err
	}
	return d.enter(w, r, f, "/settings")
}

func (d rooms) joinForm(w http.ResponseWriter, r *http.Request) error {
	email, _, err := d.Access.Invitation(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, entry(joinPage(r, entryForm{Email: email}, nil)))
}

func joinPage(r *http.Request, f entryForm, errs map[string]string) entryPage {
	p := entryPage{Page: plain(r, "team.join.title", "team.join.lead"), Action: r.URL.Path, Form: f, Errors: errs, AskName: true, Fixed: true, Button: "team.join.button"}
	return p.withDefaults()
}

func (d rooms) join(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[entryForm](r)
	if err != nil {
		return err
	}
	p, err := d.Access.Join(r.Context(), r.PathValue("token"), f.person())
	if errs, ok := web.Invalid(r, err); ok {
		return web.Render(w, r, http.StatusUnprocessableEntity, entry(joinPage(r, f, errs)))
	}
	if err != nil {
		return err
	}
	f.Email = p.Email
	return d.enter(w, r, f, "/inbox")
}

// enter signs in whoever has just made their account.
func (d rooms) enter(w http.ResponseWriter, r *http.Request, f entryForm, to string) error {
	token, _, err := d.Access.SignIn(r.Context(), access.SignIn{Email: f.Email, Password: f.Password, Agent: r.UserAgent(), Address: web.Address(r)})
	if err != nil {
		return err
	}
	web.SetSession(w, r, token)
	return web.SeeOther(w, r, to, "team.welcome")
}
