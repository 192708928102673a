package team

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

type countriesPage struct {
	Page ui.Page
	List []country.Country
	May  bool
}

// countryForm is a profile as typed; lists are separated by commas.
type countryForm struct {
	Code       string   `form:"code"`
	NameID     string   `form:"name_id"`
	NameEN     string   `form:"name_en"`
	Zones      string   `form:"zones"`
	Hours      []string `form:"hours"` // Monday first
	Langs      string   `form:"langs"`
	Currency   string   `form:"currency"`
	JointLeave bool     `form:"joint_leave"`
	AdRules    string   `form:"ad_rules"`
	Helper     string   `form:"helper"`
	Version    int64    `form:"version"`
}

type holidayForm struct {
	Date      string `form:"date"`
	NameID    string `form:"name_id"`
	NameEN    string `form:"name_en"`
	Kind      string `form:"kind"`
	Estimated bool   `form:"estimated"`
	Source    string `form:"source"`
	Year      int    `form:"year"`
}

type countryPage struct {
	Page    ui.Page
	Country country.Country
	Days    []country.Holiday
	Year    int
	Form    countryForm
	Day     holidayForm
	Errors  map[string]string // of the profile
	DayErr  map[string]string
	May     bool
	Key     string
}

// week is the order in which the days of a week are shown.
var week = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

func (d rooms) countries(w http.ResponseWriter, r *http.Request) error {
	p := countriesPage{May: web.ActorOf(r).Can("access.settings")}
	var err error
	if p.List, err = d.Country.Countries(r.Context(), web.ActorOf(r)); err != nil {
		return err
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "settings", Title: locale.T(r.Context(), "country.title")}); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, countriesView(p))
}

// profile gives a country of the list. Fault: not-found.
func (d rooms) profile(r *http.Request) (country.Country, error) {
	list, err := d.Country.Countries(r.Context(), web.ActorOf(r))
	if err != nil {
		return country.Country{}, err
	}
	i := slices.IndexFunc(list, func(c country.Country) bool { return c.Code == r.PathValue("code") })
	if i < 0 {
		return country.Country{}, db.ErrNotFound
	}
	return list[i], nil
}

func (d rooms) country(w http.ResponseWriter, r *http.Request) error {
	c, err := d.profile(r)
	if err != nil {
		return err
	}
	return d.showCountry(w, r, http.StatusOK, countryPage{Country: c, Form: profileForm(locale.From(r.Context()), c)})
}

func (d rooms) newCountry(w http.ResponseWriter, r *http.Request) error {
	return d.showCountry(w, r, http.StatusOK, countryPage{Form: profileForm(locale.From(r.Context()), country.Country{Hours: worktime.Office(nil, nil).Hours, Currency: money.CurrencyIDR})})
}

// showCountry shows a profile with its holidays of the year that the address names.
func (d rooms) showCountry(w http.ResponseWriter, r *http.Request, status int, p countryPage) (err error) {
	p.May, p.Key = web.ActorOf(r).Can("access.settings"), desk.NewKey(r)
	if p.Year, err = strconv.Atoi(r.FormValue("year")); err != nil || p.Year < 2000 || p.Year > 2100 {
		p.Year = d.DB.Now().In(locale.From(r.Context()).Zone).Year()
	}
	title := locale.T(r.Context(), "country.new")
	if p.Country.Code != "" {
		title = p.Country.Name(locale.From(r.Context()).Lang)
		if p.Days, err = d.Country.Days(r.Context(), web.ActorOf(r), p.Country.Code, p.Year); err != nil {
			return err
		}
	}
	at := desk.At{Nav: "settings", Title: title, Crumbs: []ui.Crumb{{Label: locale.T(r.Context(), "country.title"), Href: "/countries"}}}
	if p.Page, err = desk.Frame(w, r, d.House, at); err != nil {
		return err
	}
	return web.Render(w, r, status, countryView(p))
}

func (d rooms) saveCountry(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[countryForm](r)
	if err != nil {
		return err
	}
	kept := country.Country{}
	if r.PathValue("code") != "" {
		if kept, err = d.profile(r); err != nil {
			return err
		}
		f.Code = kept.Code
	}
	c, err := f.country()
	if err == nil {
		err = d.Country.Edit(r.Context(), web.ActorOf(r), c)
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.showCountry(w, r, http.StatusUnprocessableEntity, countryPage{Country: kept, Form: f, Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/countries/"+c.Code, "country.saved")
}

func (d rooms) addHoliday(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[holidayForm](r)
	if err != nil {
		return err
	}
	c, err := d.profile(r)
	if err != nil {
		return err
	}
	day := country.Holiday{Country: c.Code, Holiday: worktime.Holiday{Date: worktime.Date(f.Date), NameID: f.NameID, NameEN: strings.TrimSpace(f.NameEN), Kind: worktime.HolidayKind(f.Kind), Estimated: f.Estimated, Source: f.Source}}
	err = d.Country.AddHoliday(r.Context(), web.ActorOf(r), day, f.Year)
	if errs, ok := web.Invalid(r, err); ok {
		return d.showCountry(w, r, http.StatusUnprocessableEntity, countryPage{Country: c, Form: profileForm(locale.From(r.Context()), c), Day: f, DayErr: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, fmt.Sprintf("/countries/%s?year=%d", c.Code, f.Year), "country.holiday.added")
}

func (d rooms) dropHoliday(w http.ResponseWriter, r *http.Request) error {
	c, err := d.profile(r)
	if err != nil {
		return err
	}
	if err := d.Country.DropHoliday(r.Context(), web.ActorOf(r), r.PathValue("holiday")); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/countries/"+c.Code+"?year="+strconv.Itoa(number(r.FormValue("year"))), "country.holiday.dropped")
}

func number(text string) int {
	n, _ := strconv.Atoi(text)
	return n
}
