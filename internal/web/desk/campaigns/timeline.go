package campaigns

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/locale"
	"kolega/internal/paper"
	"kolega/internal/report"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

type timelinePage struct {
	Page   ui.Page
	Top    desk.Top // of one campaign
	Data   campaign.Timeline
	Delays []report.DelayLine
	From   string // month, "2026-11"
	Months int
	Show   string // "" or "mine"
	MayAdd bool
	MayEdt bool
	MaySay bool // may prepare messages
	Form   workForm
	Errors map[string]string
	People map[string]string
	Key    string
	Pager  ui.Pager
}

// agencyMonths is how many months the agency's own timeline shows at first.
const agencyMonths = 3

// agencyCampaigns is how many campaigns one page of the agency's timeline shows.
const agencyCampaigns = 25

// filterOf reads what the address asks for: the first month, how many, whose.
func (d rooms) filterOf(r *http.Request) (f campaign.TimelineFilter, months int) {
	q := r.URL.Query()
	f = campaign.TimelineFilter{CampaignID: r.PathValue("id"), Closed: true}
	if q.Get("show") == "mine" {
		f.PersonID = web.ActorOf(r).ID
	}
	if f.CampaignID != "" {
		return f, 0
	}
	first, err := worktime.ParseDate(q.Get("from") + "-01")
	if err != nil {
		today := worktime.DateOf(d.DB.Now(), locale.From(r.Context()).Zone)
		y, m, _ := today.Parts()
		first = worktime.DayOf(y, m, 1)
	}
	months = agencyMonths
	if n := q.Get("months"); n == "6" || n == "12" || n == "1" {
		_, _ = fmt.Sscan(n, &months)
	}
	f.From, f.To = first, first.AddMonths(months).AddDays(-1)
	return f, months
}

func (d rooms) timeline(w http.ResponseWriter, r *http.Request) error {
	f, months := d.filterOf(r)
	p := timelinePage{Months: months, From: string(f.From[:7]), Show: r.URL.Query().Get("show")}
	f.After, f.Limit = r.URL.Query().Get("after"), agencyCampaigns
	var err error
	if p.Data, err = d.Campaign.Timeline(r.Context(), web.ActorOf(r), f); err != nil {
		return err
	}
	if p.Data.Next != "" {
		p.Pager.NextHref = "/timeline?" + p.query(p.From, p.Months, p.Show) + "&after=" + p.Data.Next
	}
	if f.After != "" {
		p.Pager.PrevHref = "/timeline?" + p.query(p.From, p.Months, p.Show)
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "timeline", Title: locale.T(r.Context(), "campaign.timeline")}); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, timelineView(p))
}

// step is the address of the timeline some months on or back.
func (p timelinePage) step(n int) string {
	first := worktime.Date(p.From + "-01").AddMonths(n)
	return "/timeline?" + p.query(string(first[:7]), p.Months, p.Show)
}

func (p timelinePage) query(from string, months int, show string) string {
	v := url.Values{"from": {from}, "months": {fmt.Sprint(months)}}
	if show != "" {
		v.Set("show", show)
	}
	return v.Encode()
}

func (p timelinePage) sheet() string {
	if p.Top.Campaign.ID != "" {
		return "/campaigns/" + p.Top.Campaign.ID + "/timeline.xlsx"
	}
	return "/timeline.xlsx?" + p.query(p.From, p.Months, p.Show)
}

func (d rooms) campaignTimeline(w http.ResponseWriter, r *http.Request) error {
	return d.showCampaign(w, r, workForm{Role: "ae", Kind: "meeting"}, nil)
}

func (d rooms) showCampaign(w http.ResponseWriter, r *http.Request, form workForm, errs map[string]string) (err error) {
	actor := web.ActorOf(r)
	p := timelinePage{Form: form, Errors: errs, Key: desk.NewKey(r)}
	if p.Top, err = desk.TopOf(r, d.House, r.PathValue("id"), "timeline"); err != nil {
		return err
	}
	p.MayAdd = actor.Can("campaign.edit") && p.Top.Campaign.Open()
	if p.Data, err = d.Campaign.Timeline(r.Context(), actor, campaign.TimelineFilter{CampaignID: p.Top.Campaign.ID}); err != nil {
		return err
	}
	if p.Delays, err = d.Boards.Forecasts(r.Context(), actor, p.Top.Campaign.ID); err != nil {
		return err
	}
	p.MaySay = actor.Can("access.links")
	p.Months = monthsOf(p.Data)
	if p.People, err = d.names(r); err != nil {
		return err
	}
	if p.Page, err = desk.CampaignFrame(w, r, d.House, p.Top); err != nil {
		return err
	}
	status := http.StatusOK
	if errs != nil {
		status = http.StatusUnprocessableEntity
	}
	return web.Render(w, r, status, campaignTimelineView(p))
}

// late are the postings that moved later.
func (p timelinePage) late() []report.DelayLine {
	return slices.DeleteFunc(slices.Clone(p.Delays), func(l report.DelayLine) bool { return l.Minutes <= 0 })
}

func monthsOf(t campaign.Timeline) int {
	if t.From == "" {
		return 1
	}
	y0, m0, _ := t.From.Parts()
	y1, m1, _ := t.To.Parts()
	return (y1-y0)*12 + int(m1) - int(m0) + 1
}

func (d rooms) names(r *http.Request) (map[string]string, error) {
	people, err := d.Access.People(r.Context(), web.ActorOf(r))
	out := map[string]string{}
	for _, k := range people {
		if k.Active() {
			out[k.ID] = k.Name
		}
	}
	return out, err
}

type workForm struct {
	Version int64  `form:"version"`
	Kind    string `form:"kind"`
	Name    string `form:"name"`
	Role    string `form:"role"`
	OwnerID string `form:"owner_id"`
	From    string `form:"planned_start"`
	To      string `form:"planned_end"`
	Act     string `form:"act"` // "look" shows the effect and saves nothing
}

func (d rooms) addWork(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[workForm](r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	_, err = d.Campaign.AddWork(r.Context(), web.ActorOf(r), campaign.Work{CampaignID: id, Kind: f.Kind, NameID: f.Name, Role: f.Role, PlannedStart: worktime.Date(f.From), PlannedEnd: worktime.Date(f.To)})
	if errs, ok := web.Invalid(r, err); ok {
		return d.showCampaign(w, r, f, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+id+"/timeline", "campaign.work.added")
}

type workPage struct {
	Page    ui.Page
	Top     desk.Top
	Line    campaign.Line
	Effect  *campaign.PlanEffect // of the typed dates, before they are saved
	Form    workForm
	Errors  map[string]string
	People  []access.Person
	MayEdit bool
	MayRec  bool
	Key     string
}

func (d rooms) showWork(w http.ResponseWriter, r *http.Request, form *workForm, errs map[string]string) (err error) {
	return d.showWorkPage(w, r, form, workPage{Errors: errs, Key: desk.NewKey(r)})
}

func (d rooms) showEffect(w http.ResponseWriter, r *http.Request, form *workForm, e *campaign.PlanEffect) error {
	return d.showWorkPage(w, r, form, workPage{Effect: e, Key: desk.NewKey(r)})
}

func (d rooms) showWorkPage(w http.ResponseWriter, r *http.Request, form *workForm, p workPage) (err error) {
	actor, errs := web.ActorOf(r), p.Errors
	if p.Top, err = desk.TopOf(r, d.House, r.PathValue("id"), "timeline"); err != nil {
		return err
	}
	p.MayEdit, p.MayRec = actor.Can("campaign.edit") && p.Top.Campaign.Open(), actor.Can("work.record") && p.Top.Campaign.Open()
	t, err := d.Campaign.Timeline(r.Context(), actor, campaign.TimelineFilter{CampaignID: p.Top.Campaign.ID})
	if err != nil {
		return err
	}
	for _, l := range t.Groups[0].Lines {
		if l.ID == r.PathValue("work") {
			p.Line = l
		}
	}
	if p.Line.ID == "" {
		return campaign.ErrPointGone
	}
	if p.People, err = d.Access.People(r.Context(), actor); err != nil {
		return err
	}
	p.Form = workForm{Version: p.Line.Version, OwnerID: p.Line.OwnerID, From: string(p.Line.PlannedStart), To: string(p.Line.PlannedEnd)}
	status := http.StatusOK
	if errs != nil {
		status = http.StatusUnprocessableEntity
	}
	if form != nil {
		p.Form = *form
	}
	if p.Page, err = desk.CampaignFrame(w, r, d.House, p.Top); err != nil {
		return err
	}
	return web.Render(w, r, status, workView(p))
}

// workForm shows a work; with dates in the address, as a dragged bar brings them, also
// what they would do.
func (d rooms) workForm(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	if q.Get("from") == "" {
		return d.showWork(w, r, nil, nil)
	}
	return d.lookWork(w, r, workForm{From: q.Get("from"), To: q.Get("to"), OwnerID: q.Get("owner")})
}

// lookWork shows what typed dates would do, before they are saved.
func (d rooms) lookWork(w http.ResponseWriter, r *http.Request, f workForm) error {
	e, err := d.Campaign.LookAhead(r.Context(), web.ActorOf(r), r.PathValue("work"), worktime.Date(f.From), worktime.Date(f.To))
	errs, ok := web.Invalid(r, err)
	if err != nil && !ok {
		return err
	}
	f.Act = "look"
	if err == nil {
		f.OwnerID = first(f.OwnerID, e.Work.OwnerID)
		return d.showEffect(w, r, &f, &e)
	}
	return d.showWork(w, r, &f, errs)
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (d rooms) saveWork(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[workForm](r)
	if err != nil {
		return err
	}
	if f.Act == "look" {
		return d.lookWork(w, r, f)
	}
	id, actor := r.PathValue("work"), web.ActorOf(r)
	warn, err := d.Campaign.PlanWork(r.Context(), actor, id, worktime.Date(f.From), worktime.Date(f.To), f.OwnerID)
	if errs, ok := web.Invalid(r, err); ok {
		return d.showWork(w, r, &f, errs)
	}
	if err != nil {
		return err
	}
	toast := "campaign.work.saved"
	if len(warn) > 0 {
		toast = "campaign.work.warn." + string(warn[0])
	}
	return web.SeeOther(w, r, "/campaigns/"+r.PathValue("id")+"/timeline", toast)
}

type recordForm struct {
	What string `form:"what"` // "begin", "end" or "back"
	At   string `form:"at"`   // "2026-11-24T10:00" in the reader's zone; empty is now
}

func (d rooms) recordWork(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[recordForm](r)
	if err != nil {
		return err
	}
	at := time.Time{}
	if f.At != "" {
		if at, err = time.ParseInLocation("2006-01-02T15:04", f.At, locale.From(r.Context()).Zone); err != nil {
			return d.showWork(w, r, nil, map[string]string{"at": worktime.ErrDate.Code})
		}
	}
	err = d.record(r, f.What, at)
	if errs, ok := web.Invalid(r, err); ok {
		return d.showWork(w, r, nil, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+r.PathValue("id")+"/timeline", "campaign.work.recorded")
}

func (d rooms) record(r *http.Request, what string, at time.Time) (err error) {
	id, actor := r.PathValue("work"), web.ActorOf(r)
	switch what {
	case "begin":
		_, err = d.Campaign.BeginWork(r.Context(), actor, id, at)
	case "end":
		_, err = d.Campaign.EndWork(r.Context(), actor, id, at)
	default:
		_, err = d.Campaign.ReopenWork(r.Context(), actor, id)
	}
	return err
}

func (d rooms) dropWork(w http.ResponseWriter, r *http.Request) error {
	if err := d.Campaign.DropWork(r.Context(), web.ActorOf(r), r.PathValue("work")); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+r.PathValue("id")+"/timeline", "campaign.work.dropped")
}

// timelineSheet is the timeline as a workbook: the list, and the agency's own table
// of weeks.
func (d rooms) timelineSheet(w http.ResponseWriter, r *http.Request) error {
	f, _ := d.filterOf(r)
	t, err := d.Campaign.Timeline(r.Context(), web.ActorOf(r), f)
	if err != nil {
		return err
	}
	l := locale.From(r.Context())
	agency, err := d.Access.Agency(r.Context())
	if err != nil {
		return err
	}
	book := paper.NewBook(l.T("campaign.timeline"), agency.Name, d.DB.Now(), l.Zone)
	t.Sheets(book, l)
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	w.Header().Set("Content-Disposition", `attachment; filename="timeline-`+string(t.From)+`.xlsx"`)
	_, err = book.WriteTo(w)
	return err
}
