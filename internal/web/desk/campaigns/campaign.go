package campaigns

import (
	"net/http"
	"net/url"
	"strings"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/country"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/report"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

const pageSize = 50

type listPage struct {
	Page     ui.Page
	Show     string // "", "mine" or "closed"
	Text     string
	Brand    string
	Rows     []listRow
	Today    worktime.Date
	NextHref string
	MayStart bool
}

type listRow struct {
	campaign.Group
	Now   *campaign.Line // the work under way or next
	Done  int
	Board *report.Board // nil when the campaign is closed
}

func (d rooms) list(w http.ResponseWriter, r *http.Request) error {
	actor, q := web.ActorOf(r), r.URL.Query()
	p := listPage{Show: q.Get("show"), Text: q.Get("q"), Brand: q.Get("brand"), MayStart: actor.Can("campaign.start")}
	f := campaign.Filter{Text: p.Text, BrandID: p.Brand, Open: p.Show != "closed", After: q.Get("after"), Limit: pageSize}
	if p.Show == "mine" {
		f.PersonID = actor.ID
	}
	found, err := d.Campaign.Campaigns(r.Context(), actor, f)
	if err != nil {
		return err
	}
	if p.Rows, p.Today, err = d.standing(r, found); err != nil {
		return err
	}
	if len(found) == pageSize {
		q.Set("after", found[pageSize-1].Key())
		p.NextHref = "/campaigns?" + q.Encode()
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "campaigns", Title: locale.T(r.Context(), "campaign.list.title")}); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, listView(p))
}

// standing puts beside each campaign how its works stand.
func (d rooms) standing(r *http.Request, found []campaign.Campaign) (rows []listRow, today worktime.Date, err error) {
	ids := make([]string, len(found))
	for i, c := range found {
		ids[i] = c.ID
	}
	t, err := d.Campaign.Timeline(r.Context(), web.ActorOf(r), campaign.TimelineFilter{IDs: ids, Closed: true})
	if err != nil {
		return nil, "", err
	}
	byID := map[string]campaign.Group{}
	for _, g := range t.Groups {
		byID[g.Campaign.ID] = g
	}
	for _, c := range found {
		row := listRow{Group: byID[c.ID]}
		row.Campaign = c
		row.count()
		if c.Open() {
			if row.Board, err = d.Boards.Board(r.Context(), web.ActorOf(r), c.ID); err != nil {
				return nil, "", err
			}
		}
		rows = append(rows, row)
	}
	return rows, t.Today, nil
}

func (l *listRow) count() {
	for i, w := range l.Lines {
		switch w.State {
		case campaign.Done, campaign.DoneLate:
			l.Done++
			continue
		}
		if l.Now == nil {
			l.Now = &l.Lines[i]
		}
	}
}

func (p listPage) href(show string) string {
	v := url.Values{}
	for k, s := range map[string]string{"show": show, "q": p.Text, "brand": p.Brand} {
		if s != "" {
			v.Set(k, s)
		}
	}
	if len(v) == 0 {
		return "/campaigns"
	}
	return "/campaigns?" + v.Encode()
}

type campaignForm struct {
	Version      int64    `form:"version"`
	BrandID      string   `form:"brand_id"`
	Name         string   `form:"name"`
	Market       string   `form:"market"`
	Playbook     string   `form:"playbook"`
	Currency     string   `form:"currency"`
	StartOn      string   `form:"start_on"`
	EndOn        string   `form:"end_on"`
	AEID         string   `form:"ae_id"`
	SpecialistID string   `form:"specialist_id"`
	DeciderID    string   `form:"decider_id"`
	Purpose      string   `form:"purpose"`
	Metric       string   `form:"metric"`
	Target       string   `form:"target"`
	Audience     string   `form:"audience"`
	AgreedOn     string   `form:"agreed_on"`
	ERFormula    string   `form:"er_formula"`
	ERActions    []string `form:"er_actions"`
}

func (f campaignForm) objective(lang string) (campaign.Objective, error) {
	o := campaign.Objective{Purpose: f.Purpose, Metric: f.Metric, Audience: f.Audience, AgreedOn: worktime.Date(f.AgreedOn)}
	if strings.TrimSpace(f.Target) == "" {
		return o, nil
	}
	n, err := locale.ParseCount(f.Target, lang)
	o.Target = n.Value
	return o, err
}

type startPage struct {
	Page      ui.Page
	Campaign  campaign.Campaign // zero for a new one
	Top       desk.Top
	Form      campaignForm
	Errors    map[string]string
	Playbooks []campaign.Playbook
	Brands    []client.Brand
	Clients   map[string]string
	Contacts  []client.Contact
	Countries []country.Country
	People    []access.Person
	Key       string
}

func (d rooms) fillStart(r *http.Request, p *startPage) (err error) {
	actor := web.ActorOf(r)
	p.Key = desk.NewKey(r)
	if p.Playbooks, err = d.Campaign.Playbooks(r.Context(), actor, false); err != nil {
		return err
	}
	if p.Brands, err = d.Client.Brands(r.Context(), actor, ""); err != nil {
		return err
	}
	if p.Countries, err = d.Country.Countries(r.Context(), actor); err != nil {
		return err
	}
	if p.People, err = d.Access.People(r.Context(), actor); err != nil {
		return err
	}
	all, err := d.Client.Clients(r.Context(), actor, client.Page{Limit: 500})
	p.Clients = map[string]string{}
	for _, c := range all {
		p.Clients[c.ID] = c.Name
	}
	return err
}

func (d rooms) newForm(w http.ResponseWriter, r *http.Request) error {
	actor := web.ActorOf(r)
	p := startPage{Form: campaignForm{Market: "ID", Currency: "IDR", AEID: actor.ID, ERFormula: "reach", ERActions: campaign.DefaultActions(),
		StartOn: string(worktime.DateOf(d.DB.Now(), locale.From(r.Context()).Zone)), Playbook: r.URL.Query().Get("playbook")}}
	if err := d.fillStart(r, &p); err != nil {
		return err
	}
	for _, b := range p.Brands {
		if b.ClientID == r.URL.Query().Get("client") && p.Form.BrandID == "" {
			p.Form.BrandID = b.ID
		}
	}
	return d.showStart(w, r, p, http.StatusOK)
}

func (d rooms) showStart(w http.ResponseWriter, r *http.Request, p startPage, status int) (err error) {
	title := locale.T(r.Context(), "campaign.new")
	p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "campaigns", Title: title, Crumbs: []ui.Crumb{{Label: locale.T(r.Context(), "ui.nav.campaigns"), Href: "/campaigns"}, {Label: title}}})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, startView(p))
}

func (d rooms) start(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[campaignForm](r)
	if err != nil {
		return err
	}
	o, err := f.objective(web.ActorOf(r).Lang)
	var c campaign.Campaign
	if err == nil {
		c, err = d.Campaign.Start(r.Context(), web.ActorOf(r), campaign.NewCampaign{BrandID: f.BrandID, Name: f.Name, Market: f.Market, Playbook: f.Playbook, Currency: money.Currency(f.Currency),
			StartOn: worktime.Date(f.StartOn), EndOn: worktime.Date(f.EndOn), AEID: f.AEID, SpecialistID: f.SpecialistID, Objective: o, ERFormula: f.ERFormula, ERActions: f.ERActions})
	}
	if errs, ok := web.Invalid(r, err); ok {
		p := startPage{Form: f, Errors: errs}
		if err := d.fillStart(r, &p); err != nil {
			return err
		}
		return d.showStart(w, r, p, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+c.ID+"/brief", "campaign.started", "name", c.Name)
}

func (d rooms) editForm(w http.ResponseWriter, r *http.Request) error {
	c, err := d.Campaign.Campaign(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	f := campaignForm{Version: c.Version, BrandID: c.BrandID, Name: c.Name, StartOn: string(c.StartOn), EndOn: string(c.EndOn), AEID: c.AEID, SpecialistID: c.SpecialistID, DeciderID: c.DeciderID,
		Purpose: c.Objective.Purpose, Metric: c.Objective.Metric, Audience: c.Objective.Audience, AgreedOn: string(c.Objective.AgreedOn), ERFormula: c.ERFormula, ERActions: c.ERActions}
	if c.Objective.Target > 0 {
		f.Target = locale.From(r.Context()).Int(c.Objective.Target)
	}
	return d.showEdit(w, r, startPage{Form: f}, http.StatusOK)
}

func (d rooms) showEdit(w http.ResponseWriter, r *http.Request, p startPage, status int) (err error) {
	if err := d.fillStart(r, &p); err != nil {
		return err
	}
	if p.Top, err = desk.TopOf(r, d.House, r.PathValue("id"), "board"); err != nil {
		return err
	}
	p.Campaign = p.Top.Campaign
	file, err := d.Client.Client(r.Context(), web.ActorOf(r), p.Campaign.ClientID)
	if err != nil {
		return err
	}
	p.Contacts = file.Contacts
	if p.Page, err = desk.CampaignFrame(w, r, d.House, p.Top); err != nil {
		return err
	}
	return web.Render(w, r, status, editView(p))
}

func (d rooms) edit(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[campaignForm](r)
	if err != nil {
		return err
	}
	o, err := f.objective(web.ActorOf(r).Lang)
	if err == nil {
		_, err = d.Campaign.Edit(r.Context(), web.ActorOf(r), campaign.EditCampaign{ID: r.PathValue("id"), Version: f.Version, Name: f.Name, StartOn: worktime.Date(f.StartOn), EndOn: worktime.Date(f.EndOn),
			AEID: f.AEID, SpecialistID: f.SpecialistID, DeciderID: f.DeciderID, Objective: o, ERFormula: f.ERFormula, ERActions: f.ERActions})
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.showEdit(w, r, startPage{Form: f, Errors: errs}, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+r.PathValue("id")+"/timeline", "campaign.saved")
}

func (d rooms) kickOff(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	if _, err := d.Campaign.KickOff(r.Context(), web.ActorOf(r), id); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+id+"/timeline", "campaign.kicked-off")
}
