package results

import (
	"net/http"

	"kolega/internal/report"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/reportpage"
)

// talk is what was said about the campaign's reports; staff can answer what was sent.
func (d rooms) talk(r *http.Request, id string, sent bool, errs map[string]string) (t reportpage.Talk, err error) {
	actor := web.ActorOf(r)
	if t.List, err = d.Report.Comments(r.Context(), actor, id); err != nil {
		return t, err
	}
	if sent && actor.Can("report.comment") {
		t.Action, t.Key = "/campaigns/"+id+"/report/comments", desk.NewKey(r)
	}
	t.Errors, t.Text, t.Part = errs, r.PostFormValue("text"), r.PostFormValue("part")
	return t, nil
}

// comment keeps an answer to the client.
func (d rooms) comment(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	_, err := d.Report.AddComment(r.Context(), web.ActorOf(r), report.Comment{CampaignID: id, Part: r.FormValue("part"), Text: r.FormValue("text")})
	if errs, ok := web.Invalid(r, err); ok {
		return d.showReport(w, r, http.StatusUnprocessableEntity, nil, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+id+"/report#comments", "report.comment-saved")
}
