package talents

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/custom"
	"kolega/internal/locale"
	"kolega/internal/match"
	"kolega/internal/money"
	"kolega/internal/report"
	"kolega/internal/talent"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

// refusal is the part of the page whose form was refused.
type refusal struct {
	Part   string // "account", "rate", "absence", "route", "identity", "number"
	Errors map[string]string
	Values map[string]string
}

type showPage struct {
	Page    ui.Page
	File    talent.File
	Today   worktime.Date
	Now     time.Time
	Edit    bool
	Copy    bool // may make a copy of the person's data
	Bank    bool
	SeeBank bool
	Number  string // the account number, after a look that was logged
	Code    string // a right's code, after a look that was logged
	CodeOf  string // the right it belongs to
	Sheet   string // the address of a new one-page link, shown once
	Past    report.TalentHistory
	Own     custom.Sheet // the agency's own fields
	Settle  bool
	Rights  bool
	SeeCode bool
	Refused refusal
	Key     string
}

// field is a field of one of the page's small forms, filled again when refused.
func (p showPage) field(ctx context.Context, part, name, label string) ui.Field {
	f := ui.Field{Name: name, Label: tr(ctx, label)}
	if p.Refused.Part == part {
		f.Value, f.Error = p.Refused.Values[name], p.Refused.Errors[name]
	}
	return f
}

func (d rooms) show(w http.ResponseWriter, r *http.Request) error {
	return d.showWith(w, r, http.StatusOK, refusal{}, once{})
}

// once is what an answer shows a single time: a number or code that was looked at, or
// the address of a new link.
type once struct{ number, code, codeOf, sheet string }

func (d rooms) showWith(w http.ResponseWriter, r *http.Request, status int, refused refusal, o once) error {
	actor := web.ActorOf(r)
	f, err := d.Talent.Show(r.Context(), actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	if f.Talent.ID != r.PathValue("id") { // merged: its id leads to the kept record
		return web.SeeOther(w, r, "/talents/"+f.Talent.ID, "")
	}
	p := showPage{File: f, Today: talent.DayOf(d.DB.Now()), Now: d.DB.Now(), Edit: actor.Can("talent.edit"), Copy: actor.Can("privacy.copy"), Bank: actor.Can("talent.bank.edit"),
		SeeBank: actor.Can("talent.bank.see"), Number: o.number, Code: o.code, CodeOf: o.codeOf, Sheet: o.sheet, Refused: refused, Key: desk.NewKey(r),
		Settle: actor.Can("talent.settle"), Rights: actor.Can("right.edit"), SeeCode: actor.Can("right.code")}
	if p.Own, err = d.Custom.Sheet(r.Context(), actor, custom.Talents, f.Talent.ID); err != nil {
		return err
	}
	if p.Past, err = d.Report.TalentHistory(r.Context(), actor, f, asked(r)); err != nil {
		return err
	}
	p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "talents", Title: f.Talent.Name, Crumbs: []ui.Crumb{{Label: tr(r.Context(), "list.title"), Href: "/talents"}, {Label: f.Talent.Name}}})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, showView(p))
}

// after answers one of the page's small forms: the page again with what is wrong,
// or the page with a toast.
func (d rooms) after(w http.ResponseWriter, r *http.Request, part string, err error, toast string) error {
	if err == nil {
		return web.SeeOther(w, r, "/talents/"+r.PathValue("id"), toast)
	}
	errs, refused := web.Invalid(r, err)
	if !refused {
		return err
	}
	values := map[string]string{}
	for name := range r.PostForm {
		values[name] = r.PostForm.Get(name)
	}
	return d.showWith(w, r, http.StatusUnprocessableEntity, refusal{part, errs, values}, once{})
}

// asked is the day of the page's date box, "" when none was given or it is none.
func asked(r *http.Request) worktime.Date {
	if day := worktime.Date(r.URL.Query().Get("on")); day.Valid() {
		return day
	}
	return ""
}

type accountForm struct {
	Platform  string `form:"platform"`
	Handle    string `form:"handle"`
	Followers string `form:"followers"`
	ER        string `form:"er"`
	On        string `form:"figures_on"`
}

func (f accountForm) account() (talent.Account, error) {
	a := talent.NewAccount(talent.Platform(f.Platform), f.Handle)
	var err error
	if f.Followers != "" {
		if a.Followers, err = locale.ParseFollowers(f.Followers); err != nil {
			return a, at(err, "followers")
		}
	}
	if f.ER != "" {
		if a.ERBp, err = talent.ParseRate(f.ER); err != nil {
			return a, at(err, "er")
		}
		a.ERBase = talent.BaseOf(a.Platform)
	}
	a.FollowersOn = worktime.Date(f.On)
	if a.ERBp >= 0 {
		a.EROn = a.FollowersOn
	}
	return a, nil
}

func (d rooms) addAccount(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[accountForm](r)
	if err != nil {
		return err
	}
	a, err := f.account()
	if err == nil {
		_, err = d.Talent.AddAccount(r.Context(), web.ActorOf(r), r.PathValue("id"), a)
	}
	return d.after(w, r, "account", err, "talent.toast.account")
}

type rateForm struct {
	Platform string `form:"platform"`
	Format   string `form:"format"`
	Amount   string `form:"amount"`
	Currency string `form:"currency"`
	From     string `form:"valid_from"`
	To       string `form:"valid_to"`
}

func (d rooms) setRate(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[rateForm](r)
	if err != nil {
		return err
	}
	amount, err := money.Parse(f.Amount, money.Currency(f.Currency), locale.From(r.Context()).Lang)
	if err != nil {
		return d.after(w, r, "rate", at(err, "amount"), "")
	}
	_, err = d.Talent.SetRate(r.Context(), web.ActorOf(r), talent.Rate{TalentID: r.PathValue("id"), Platform: talent.Platform(f.Platform),
		Format: talent.Format(f.Format), Amount: amount, ValidFrom: worktime.Date(f.From), ValidTo: worktime.Date(f.To)})
	return d.after(w, r, "rate", err, "talent.toast.rate")
}

func (d rooms) removeRate(w http.ResponseWriter, r *http.Request) error {
	err := d.Talent.RemoveRate(r.Context(), web.ActorOf(r), r.PathValue("id"), r.PathValue("rate"))
	return d.after(w, r, "rate", err, "talent.toast.rate-removed")
}

type absenceForm struct {
	From   string `form:"from"`
	To     string `form:"to"`
	Reason string `form:"reason"`
}

func (d rooms) addAbsence(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[absenceForm](r)
	if err != nil {
		return err
	}
	_, err = d.Talent.AddAbsence(r.Context(), web.ActorOf(r), talent.Absence{TalentID: r.PathValue("id"), From: worktime.Date(f.From), To: worktime.Date(f.To), Reason: f.Reason})
	return d.after(w, r, "absence", err, "talent.toast.absence")
}

func (d rooms) removeAbsence(w http.ResponseWriter, r *http.Request) error {
	err := d.Talent.RemoveAbsence(r.Context(), web.ActorOf(r), r.PathValue("id"), r.PathValue("absence"))
	return d.after(w, r, "absence", err, "talent.toast.absence-removed")
}

// card is the talent as a row of the list, for the head figures.
func (p showPage) card() match.Card {
	c := match.Card{Talent: p.File.Talent, Accounts: p.File.Accounts, Rates: p.File.Rates, Route: p.File.Route, Record: p.File.Record}
	if len(c.Accounts) > 0 {
		c.Account = c.Accounts[0]
	}
	return c
}

// figures are the numbers in the head of the page.
func (p showPage) figures(ctx context.Context) ui.KeyFigures {
	c, l := p.card(), locale.From(ctx)
	price, exact, note := "–", "", tr(ctx, "price-unknown")
	if best, _ := priceOf(c, p.Today); best.ID != "" {
		price, exact, note = l.MoneyShort(best.Amount), l.Money(best.Amount), tr(ctx, "format."+string(best.Format))
	}
	size, sizeExact, sizeNote := "–", "", tr(ctx, "no-account")
	if c.Account.ID != "" {
		sizeNote = tr(ctx, "platform."+string(c.Account.Platform)) + " · " + day(ctx, c.Account.FollowersOn)
		if c.Account.Followers >= 0 {
			size, sizeExact = l.Short(c.Account.Followers), l.Int(c.Account.Followers)
		}
	}
	return ui.KeyFigures{
		{Label: tr(ctx, "col.followers"), Value: size, Exact: sizeExact, Note: sizeNote},
		{Label: tr(ctx, "col.er"), Value: er(ctx, c.Account), Note: erNote(ctx, c.Account, p.Today)},
		{Label: tr(ctx, "col.price"), Value: price, Exact: exact, Note: note},
		{Label: tr(ctx, "col.record"), Value: recordShort(ctx, p.File.Record), Note: record(ctx, p.File.Record)},
	}
}

func recordShort(ctx context.Context, r talent.Record) string {
	if !r.Enough || r.All == 0 {
		return "–"
	}
	return locale.From(ctx).Percent(r.Kept, r.All)
}
