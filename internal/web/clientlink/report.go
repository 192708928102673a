package clientlink

import (
	"net/http"
	"strconv"
	"strings"

	"kolega/internal/report"
	"kolega/internal/web"
	"kolega/internal/web/outside"
	"kolega/internal/web/reportpage"
	"kolega/internal/web/ui"
)

func reportRoutes(d room) []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/report", Verb: "report.read", Handle: d.report},
		{Method: "GET", Pattern: "/report/files/{file}", Verb: "report.read", Handle: d.reportFile},
		{Method: "GET", Pattern: "/report/pictures/{number}/{sha}", Verb: "report.read", Handle: d.reportPicture},
	}
}

// reportPage is the frozen document as it was sent; nothing in it is computed anew.
type reportPage struct {
	Page     ui.OutsidePage
	Base     string
	Document report.Document
	Versions []report.Sent
}

func (d room) report(w http.ResponseWriter, r *http.Request) error {
	actor := web.ActorOf(r)
	number, _ := strconv.ParseInt(r.URL.Query().Get("version"), 10, 64)
	sent, all, err := d.Report.Read(r.Context(), actor, actor.CampaignID, number)
	if err != nil {
		return err
	}
	p := reportPage{Base: outside.Base(r), Document: sent.Document, Versions: all}
	if p.Page, err = outside.Frame(w, r, d.House, sent.Document.Campaign, sent.Document.AE); err != nil {
		return err
	}
	p.Page.Wide = true
	return web.Render(w, r, http.StatusOK, reportView(p))
}

// picture is the address of a post's picture; templates hand it on.
func (p reportPage) picture(sha string) string {
	if sha == "" {
		return ""
	}
	return p.Base + "/report/pictures/" + strconv.FormatInt(p.Document.Number, 10) + "/" + sha
}

func (d room) reportPicture(w http.ResponseWriter, r *http.Request) error {
	actor := web.ActorOf(r)
	number, _ := strconv.ParseInt(r.PathValue("number"), 10, 64)
	data, err := d.Report.Picture(r.Context(), actor, actor.CampaignID, max(number, 1), r.PathValue("sha"))
	if err != nil {
		return err
	}
	return reportpage.SendPicture(w, data)
}

// reportFile answers with "v2.pdf" or "v2.xlsx" as it was sent.
func (d room) reportFile(w http.ResponseWriter, r *http.Request) error {
	actor := web.ActorOf(r)
	name, format, _ := strings.Cut(r.PathValue("file"), ".")
	number, _ := strconv.ParseInt(strings.TrimPrefix(name, "v"), 10, 64)
	f, sent, err := d.Report.OpenFile(r.Context(), actor, actor.CampaignID, max(number, 1), format)
	if err != nil {
		return err
	}
	return reportpage.SendFile(w, r, f, sent, format)
}
