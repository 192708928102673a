package team

import (
	"net/http"
	"sort"
	"time"

	"kolega/internal/access"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

type peoplePage struct {
	Page    ui.Page
	People  []access.Person
	Manage  bool
	Email   string
	Role    string
	Errors  map[string]string
	JoinURL string // the invitation just made, shown once
	Key     string
}

func (d rooms) peoplePage(w http.ResponseWriter, r *http.Request) (p peoplePage, err error) {
	actor := web.ActorOf(r)
	p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "team", Title: locale.T(r.Context(), "team.people.title")})
	if err != nil {
		return p, err
	}
	p.Manage, p.Key = actor.Can("access.people"), desk.NewKey(r)
	p.People, err = d.Access.People(r.Context(), actor)
	return p, err
}

func (d rooms) people(w http.ResponseWriter, r *http.Request) error {
	p, err := d.peoplePage(w, r)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, peopleView(p))
}

type inviteForm struct {
	Email string `form:"email"`
	Role  string `form:"role"`
}

func (d rooms) invite(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[inviteForm](r)
	if err != nil {
		return err
	}
	token, err := d.Access.Invite(r.Context(), web.ActorOf(r), f.Email, access.Role(f.Role))
	errs, refused := web.Invalid(r, err)
	if err != nil && !refused {
		return err
	}
	p, err := d.peoplePage(w, r)
	if err != nil {
		return err
	}
	if refused {
		p.Email, p.Role, p.Errors = f.Email, f.Role, errs
		return web.Render(w, r, http.StatusUnprocessableEntity, peopleView(p))
	}
	p.JoinURL = web.Origin(r) + "/join/" + token
	return web.Render(w, r, http.StatusOK, peopleView(p))
}

type personForm struct {
	Version  int64  `form:"version"`
	Role     string `form:"role"`
	Disabled bool   `form:"disabled"`
}

func (d rooms) editPerson(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[personForm](r)
	if err != nil {
		return err
	}
	err = d.Access.EditPerson(r.Context(), web.ActorOf(r), access.EditPerson{ID: r.PathValue("id"), Version: f.Version, Role: access.Role(f.Role), Disabled: f.Disabled})
	if errs, ok := web.Invalid(r, err); ok {
		p, err := d.peoplePage(w, r)
		if err != nil {
			return err
		}
		p.Errors = map[string]string{"": errs[""]}
		return web.Render(w, r, http.StatusUnprocessableEntity, peopleView(p))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/team", "team.person.saved")
}

// rightsPage is the one table of rights, as a manager reads it (R20).
type rightsPage struct {
	Page  ui.Page
	Roles []access.Role
	Areas []rightsArea
}

type rightsArea struct {
	Name  string
	Verbs []access.Verb
}

func (d rooms) rights(w http.ResponseWriter, r *http.Request) error {
	p := rightsPage{Roles: append(append([]access.Role{}, access.StaffRoles...), access.Client, access.Talent)}
	var err error
	p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "team", Title: locale.T(r.Context(), "team.rights.title")})
	if err != nil {
		return err
	}
	p.Areas = areas()
	return web.Render(w, r, http.StatusOK, rightsView(p))
}

func areas() (out []rightsArea) {
	verbs := access.Verbs()
	sort.Slice(verbs, func(i, j int) bool { return verbs[i] < verbs[j] })
	for _, v := range verbs {
		if n := len(out); n == 0 || out[n-1].Name != v.Area() {
			out = append(out, rightsArea{Name: v.Area()})
		}
		last := &out[len(out)-1]
		last.Verbs = append(last.Verbs, v)
	}
	return out
}

type linksPage struct {
	Page  ui.Page
	Links []access.Link
	Now   time.Time
	Key   string
	Pager ui.Pager
}

func (d rooms) links(w http.ResponseWriter, r *http.Request) error {
	p := linksPage{Now: d.DB.Now(), Key: desk.NewKey(r)}
	var err error
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "team", Title: locale.T(r.Context(), "team.links.title")}); err != nil {
		return err
	}
	if p.Links, err = d.Access.Links(r.Context(), web.ActorOf(r), r.URL.Query().Get("campaign")); err != nil {
		return err
	}
	from, to, pager := desk.Window(r, len(p.Links))
	p.Links, p.Pager = p.Links[from:to], pager
	return web.Render(w, r, http.StatusOK, linksView(p))
}

func (d rooms) revokeLink(w http.ResponseWriter, r *http.Request) error {
	if err := d.Access.RevokeLink(r.Context(), web.ActorOf(r), r.PathValue("id")); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/links", "team.link.revoked")
}
