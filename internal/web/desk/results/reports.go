package results

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/report"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/reportpage"
	"kolega/internal/web/ui"
)

// adviceLines is how many advices the form offers beyond those written.
const adviceLines = 2

type reportPage struct {
	Page   ui.Page
	Top    desk.Top
	Sheet  report.Sheet
	Form   textForm
	Key    string
	Now    time.Time
	Actor  access.Actor
	Open   []report.OpenItem
	Talk   reportpage.Talk
	Said   report.Farewell // as typed, when closing was refused
	Errors map[string]string
}

func (d rooms) report(w http.ResponseWriter, r *http.Request) error {
	return d.showReport(w, r, http.StatusOK, nil, nil)
}

func (d rooms) showReport(w http.ResponseWriter, r *http.Request, status int, f *textForm, errs map[string]string) error {
	id, actor := r.PathValue("id"), web.ActorOf(r)
	sheet, err := d.Report.Edit(r.Context(), actor, id)
	if err != nil {
		return err
	}
	p := reportPage{Sheet: sheet, Key: desk.NewKey(r), Now: d.DB.Now(), Actor: actor, Errors: errs}
	if errs != nil {
		p.Said = said(r)
	}
	if p.Form = formOf(sheet.Text); f != nil {
		p.Form = *f
	}
	if p.Open, err = d.Report.OpenItems(r.Context(), actor, id); err != nil {
		return err
	}
	if p.Talk, err = d.talk(r, id, len(sheet.Sent) > 0, errs); err != nil {
		return err
	}
	if p.Page, p.Top, err = d.frame(w, r, id, "report"); err != nil {
		return err
	}
	return web.Render(w, r, status, reportView(p))
}

type textForm struct {
	Summary   string   `form:"summary"`
	Learned   string   `form:"learned"` // one a line
	Advice    []string `form:"advice"`
	Figures   []string `form:"figure"`
	EMV       string   `form:"emv"` // price of 1,000 impressions
	EMVSource string   `form:"emv_source"`
	Revision  int64    `form:"revision"`
}

func formOf(t report.Text) textForm {
	f := textForm{Summary: t.Summary, Learned: strings.Join(t.Learned, "\n"), EMVSource: t.EMV.Source, Revision: t.Revision}
	if !t.EMV.Rate.None() {
		f.EMV = t.EMV.Rate.Decimal()
	}
	for _, a := range t.Advice {
		f.Advice, f.Figures = append(f.Advice, a.Text), append(f.Figures, a.Figure)
	}
	for range adviceLines {
		f.Advice, f.Figures = append(f.Advice, ""), append(f.Figures, "")
	}
	return f
}

// text reads the form; the price of EMV is in the campaign's currency.
func (f textForm) text(l *locale.Loc, campaignID string, c money.Currency) (report.Text, error) {
	t := report.Text{CampaignID: campaignID, Summary: f.Summary, Learned: strings.Split(f.Learned, "\n"), Revision: f.Revision}
	for i, a := range f.Advice {
		figure := ""
		if i < len(f.Figures) {
			figure = f.Figures[i]
		}
		t.Advice = append(t.Advice, report.Advice{Text: a, Figure: figure})
	}
	if f.EMV == "" {
		return t, nil
	}
	rate, err := money.Parse(f.EMV, c, l.Lang)
	if wrong, ok := fault.As(err); ok {
		return t, wrong.At("emv")
	}
	t.EMV = report.EMV{Rate: rate, Source: f.EMVSource}
	return t, err
}

func (d rooms) saveReport(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[textForm](r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	top, err := desk.TopOf(r, d.House, id, "report")
	if err != nil {
		return err
	}
	text, err := f.text(locale.From(r.Context()), id, top.Campaign.Currency)
	if err == nil {
		err = d.Report.SaveText(r.Context(), web.ActorOf(r), text)
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.showReport(w, r, http.StatusUnprocessableEntity, &f, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+id+"/report", "result.toast.report-saved")
}

type sendForm struct {
	Marked bool `form:"marked"`
}

func (d rooms) sendReport(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[sendForm](r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	sent, err := d.Report.Send(r.Context(), web.ActorOf(r), id, f.Marked)
	if errs, ok := web.Invalid(r, err); ok {
		return d.showReport(w, r, http.StatusUnprocessableEntity, nil, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+id+"/report", "result.toast.report-sent", "number", sent.Number)
}

// file answers with "preview.pdf", "preview.xlsx", "v2.pdf" or "v2.xlsx".
func (d rooms) file(w http.ResponseWriter, r *http.Request) error {
	name, format, _ := strings.Cut(r.PathValue("file"), ".")
	if name == "preview" {
		var b bytes.Buffer
		doc, err := d.Report.Preview(r.Context(), web.ActorOf(r), r.PathValue("id"), format, &b)
		if err != nil {
			return err
		}
		return reportpage.SendBytes(w, doc, format, &b)
	}
	number, _ := strconv.ParseInt(strings.TrimPrefix(name, "v"), 10, 64)
	f, v, err := d.Report.OpenFile(r.Context(), web.ActorOf(r), r.PathValue("id"), max(number, 1), format)
	if err != nil {
		return err
	}
	return reportpage.SendFile(w, r, f, v, format)
}

func (d rooms) close(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	err := d.Report.CloseCampaign(r.Context(), web.ActorOf(r), id, said(r))
	if errs, ok := web.Invalid(r, err); ok {
		return d.showReport(w, r, http.StatusUnprocessableEntity, nil, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+id, "result.toast.closed")
}

// said reads what a client said at the end, as typed.
func said(r *http.Request) report.Farewell {
	return report.Farewell{Again: report.Again(r.FormValue("again")), Reason: r.FormValue("reason")}
}

type reportsPage struct {
	Page      ui.Page
	List      []report.Sent
	Analytics bool // the reader may look over campaigns
}

// reports lists what was sent to clients, over all campaigns.
func (d rooms) reports(w http.ResponseWriter, r *http.Request) error {
	list, err := d.Report.Recent(r.Context(), web.ActorOf(r))
	if err != nil {
		return err
	}
	title := tr(r.Context(), "reports")
	page, err := desk.Frame(w, r, d.House, desk.At{Nav: "reports", Title: title, Crumbs: []ui.Crumb{{Label: title}}})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, reportsView(reportsPage{page, list, web.ActorOf(r).Can("analytics.see")}))
}
