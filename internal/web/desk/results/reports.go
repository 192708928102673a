package results

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"time"

	"kolega/internal/access"
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
	if p.Form = formOf(sheet.Text); f != nil {
		p.Form = *f
	}
	if p.Open, err = d.Report.OpenItems(r.Context(), actor, id); err != nil {
		return err
	}
	if p.Page, p.Top, err = d.frame(w, r, id, "report"); err != nil {
		return err
	}
	return web.Render(w, r, status, reportView(p))
}

type textForm struct {
	Summary  string   `form:"summary"`
	Learned  string   `form:"learned"` // one a line
	Advice   []string `form:"advice"`
	Figures  []string `form:"figure"`
	Revision int64    `form:"revision"`
}

func formOf(t report.Text) textForm {
	f := textForm{Summary: t.Summary, Learned: strings.Join(t.Learned, "\n"), Revision: t.Revision}
	for _, a := range t.Advice {
		f.Advice, f.Figures = append(f.Advice, a.Text), append(f.Figures, a.Figure)
	}
	for range adviceLines {
		f.Advice, f.Figures = append(f.Advice, ""), append(f.Figures, "")
	}
	return f
}

func (f textForm) text(campaignID string) report.Text {
	t := report.Text{CampaignID: campaignID, Summary: f.Summary, Learned: strings.Split(f.Learned, "\n"), Revision: f.Revision}
	for i, a := range f.Advice {
		figure := ""
		if i < len(f.Figures) {
			figure = f.Figures[i]
		}
		t.Advice = append(t.Advice, report.Advice{Text: a, Figure: figure})
	}
	return t
}

func (d rooms) saveReport(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[textForm](r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	err = d.Report.SaveText(r.Context(), web.ActorOf(r), f.text(id))
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
	err := d.Report.CloseCampaign(r.Context(), web.ActorOf(r), id)
	if errs, ok := web.Invalid(r, err); ok {
		return d.showReport(w, r, http.StatusUnprocessableEntity, nil, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+id, "result.toast.closed")
}

type reportsPage struct {
	Page ui.Page
	List []report.Sent
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
	return web.Render(w, r, http.StatusOK, reportsView(reportsPage{page, list}))
}
