package results

import (
	"net/http"

	"kolega/internal/paper"
	"kolega/internal/web"
	"kolega/internal/web/reportpage"
)

// picture is the address of a post's picture; templates hand it on.
func (p reportPage) picture(sha string) string {
	if sha == "" {
		return ""
	}
	return "/campaigns/" + p.Top.Campaign.ID + "/report/pictures/" + sha
}

func (d rooms) picture(w http.ResponseWriter, r *http.Request) error {
	data, err := d.Report.Picture(r.Context(), web.ActorOf(r), r.PathValue("id"), 0, r.PathValue("sha"))
	if err != nil {
		return err
	}
	return reportpage.SendPicture(w, data)
}

// setPicture takes the picture that the report shows for one of its best posts.
func (d rooms) setPicture(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	f, _, err := r.FormFile("picture")
	if err != nil {
		err = paper.ErrPicture
	} else {
		defer f.Close()
		err = d.Report.SetPicture(r.Context(), web.ActorOf(r), id, r.FormValue("post"), f)
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.showReport(w, r, http.StatusUnprocessableEntity, nil, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+id+"/report", "result.toast.picture-saved")
}
