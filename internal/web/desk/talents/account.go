package talents

import (
	"context"
	"net/http"
	"strconv"

	"kolega/internal/db"
	"kolega/internal/locale"
	"kolega/internal/talent"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

// accountPage is one account: its figures now and by day, and who watches it.
type accountPage struct {
	Page     ui.Page
	Talent   talent.Talent
	Account  talent.Account
	Figures  []talent.Figure
	Doubts   []talent.Doubt
	Audience talent.Audience
	Today    worktime.Date
	Refused  refusal
	Key      string
}

func (p accountPage) path() string { return "/talents/" + p.Talent.ID + "/accounts/" + p.Account.ID }

func (p accountPage) field(ctx context.Context, part, name, label, now string) ui.Field {
	f := ui.Field{Name: name, Label: tr(ctx, label), Value: now}
	if p.Refused.Part == part {
		f.Value, f.Error = p.Refused.Values[name], p.Refused.Errors[name]
	}
	return f
}

func (d rooms) account(w http.ResponseWriter, r *http.Request) error {
	return d.accountWith(w, r, http.StatusOK, refusal{})
}

func (d rooms) accountWith(w http.ResponseWriter, r *http.Request, status int, refused refusal) error {
	f, err := d.Talent.Show(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	a, ok := accountIn(f, r.PathValue("account"))
	if !ok {
		return db.ErrNotFound
	}
	p := accountPage{Talent: f.Talent, Account: a, Figures: f.Figures[a.ID], Doubts: f.Doubts[a.ID], Audience: f.Audiences[a.ID],
		Today: talent.DayOf(d.DB.Now()), Refused: refused, Key: desk.NewKey(r)}
	p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "talents", Title: a.Title(), Crumbs: []ui.Crumb{
		{Label: tr(r.Context(), "list.title"), Href: "/talents"}, {Label: f.Talent.Name, Href: "/talents/" + f.Talent.ID}, {Label: a.Title()}}})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, accountView(p))
}

func accountIn(f talent.File, id string) (talent.Account, bool) {
	for _, a := range f.Accounts {
		if a.ID == id {
			return a, true
		}
	}
	return talent.Account{}, false
}

// figuresForm is an account as its own page sends it.
type figuresForm struct {
	Version   int64  `form:"version"`
	Handle    string `form:"handle"`
	Followers string `form:"followers"`
	ER        string `form:"er"`
	Base      string `form:"er_base"`
	Views     string `form:"avg_views"`
	Likes     string `form:"avg_likes"`
	Comments  string `form:"avg_comments"`
	Shares    string `form:"avg_shares"`
	On        string `form:"figures_on"`
	Source    string `form:"source"`
}

// over writes the form over an account; an empty figure is not known.
func (f figuresForm) over(a talent.Account) (talent.Account, error) {
	a.Version, a.Handle, a.Source, a.FollowersOn = f.Version, f.Handle, f.Source, worktime.Date(f.On)
	for _, n := range []struct {
		name, typed string
		to          *int64
	}{{"followers", f.Followers, &a.Followers}, {"avg_views", f.Views, &a.AvgViews}, {"avg_likes", f.Likes, &a.AvgLikes},
		{"avg_comments", f.Comments, &a.AvgComments}, {"avg_shares", f.Shares, &a.AvgShares}} {
		*n.to = -1
		if n.typed == "" {
			continue
		}
		v, err := locale.ParseFollowers(n.typed)
		if err != nil {
			return a, at(err, n.name)
		}
		*n.to = v
	}
	a.ERBp, a.ERBase, a.EROn = -1, "", ""
	if f.ER != "" {
		bp, err := talent.ParseRate(f.ER)
		if err != nil {
			return a, at(err, "er")
		}
		a.ERBp, a.ERBase, a.EROn = bp, talent.ERBase(f.Base), a.FollowersOn
	}
	return a.Measured(), nil
}

func (d rooms) editAccount(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[figuresForm](r)
	if err != nil {
		return err
	}
	file, err := d.Talent.Show(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	a, ok := accountIn(file, r.PathValue("account"))
	if !ok {
		return db.ErrNotFound
	}
	if a, err = f.over(a); err == nil {
		_, err = d.Talent.EditAccount(r.Context(), web.ActorOf(r), a)
	}
	return d.afterAccount(w, r, "figures", err, "talent.toast.figures")
}

func (d rooms) afterAccount(w http.ResponseWriter, r *http.Request, part string, err error, toast string) error {
	if err == nil {
		return web.SeeOther(w, r, "/talents/"+r.PathValue("id")+"/accounts/"+r.PathValue("account"), toast)
	}
	errs, refused := web.Invalid(r, err)
	if !refused {
		return err
	}
	return d.accountWith(w, r, http.StatusUnprocessableEntity, refusal{part, errs, typed(r)})
}

// typed is what a form sent, by field.
func typed(r *http.Request) map[string]string {
	out := map[string]string{}
	for name := range r.PostForm {
		out[name] = r.PostForm.Get(name)
	}
	return out
}

type audienceForm struct {
	Kind   string `form:"kind"`
	Shares string `form:"shares"`
	On     string `form:"on"`
	Source string `form:"source"`
}

func (d rooms) setAudience(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[audienceForm](r)
	if err != nil {
		return err
	}
	err = d.Talent.SetAudience(r.Context(), web.ActorOf(r), talent.SetAudience{TalentID: r.PathValue("id"), AccountID: r.PathValue("account"),
		Kind: talent.AudienceKind(f.Kind), Shares: f.Shares, On: worktime.Date(f.On), Source: f.Source})
	return d.afterAccount(w, r, "audience", err, "talent.toast.audience")
}

// figure is a count as it is written into a form; "" when it is not known.
func figure(ctx context.Context, n int64) string {
	if n < 0 {
		return ""
	}
	return locale.From(ctx).Int(n)
}

// rate is a rate as it is written into a form: "4,85%".
func rate(ctx context.Context, bp int64) string {
	if bp < 0 {
		return ""
	}
	mark := "."
	if locale.From(ctx).Lang == "id" {
		mark = ","
	}
	frac := strconv.FormatInt(100+bp%100, 10)[1:]
	return strconv.FormatInt(bp/100, 10) + mark + frac + "%"
}

// audienceName words a value of an audience.
func audienceName(ctx context.Context, kind talent.AudienceKind, value string) string {
	switch kind {
	case talent.AudienceCountry:
		return talent.CountryName(value, locale.From(ctx).Lang)
	case talent.AudienceGender:
		return tr(ctx, "gender."+value)
	}
	return value
}

// kinds lists the kinds of an audience in the order of the screens.
var kinds = []talent.AudienceKind{talent.AudienceCountry, talent.AudienceAge, talent.AudienceGender}
