package clientlink

import (
	"net/http"
	"strconv"
	"strings"

	"kolega/internal/report"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/outside"
	"kolega/internal/web/reportpage"
	"kolega/internal/web/ui"
)

func reportRoutes(d room) []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/report", Verb: "report.read", Handle: d.report},
		{Method: "POST", Pattern: "/report/comments", Verb: "report.comment", Handle: d.comment},
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
	Talk     reportpage.Talk
}

func (d room) report(w http.ResponseWriter, r *http.Request) error {
	return d.showReport(w, r, http.StatusOK, reportpage.Talk{})
}

func (d room) showReport(w http.ResponseWriter, r *http.Request, status int, talk reportpage.Talk) error {
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
	p.Talk = talk
	if p.Talk.List, err = d.Report.Comments(r.Context(), actor, actor.CampaignID); err != nil {
		return err
	}
	p.Talk.Action, p.Talk.Key = p.Base+"/report/comments", desk.NewKey(r)
	return web.Render(w, r, status, reportView(p))
}

// comment keeps what the client says about the newest version.
func (d room) comment(w http.ResponseWriter, r *http.Request) error {
	actor := web.ActorOf(r)
	talk := reportpage.Talk{Text: r.FormValue("text"), Part: r.FormValue("part")}
	_, err := d.Report.AddComment(r.Context(), actor, report.Comment{CampaignID: actor.CampaignID, Part: talk.Part, Text: talk.Text})
	if errs, ok := web.Invalid(r, err); ok {
		talk.Errors = errs
		return d.showReport(w, r, http.StatusUnprocessableEntity, talk)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, outside.Base(r)+"/report#comments", "report.comment-saved")
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
