package campaigns

import (
	"errors"
	"mime"
	"net/http"

	"kolega/internal/campaign"
	"kolega/internal/fault"
	"kolega/internal/paper/prose"
	"kolega/internal/web"
)

// clash is a question about two points of a draft.
type clash struct{ A, B campaign.Point }

// clashes gives the pairs of a draft's points that seem to contradict each other.
func clashes(b campaign.Brief) (out []clash) {
	if !b.Draft() {
		return nil
	}
	for _, pair := range campaign.Contradictions(b.Points) {
		out = append(out, clash{b.Points[pair[0]-1], b.Points[pair[1]-1]})
	}
	return out
}

type pasteForm struct {
	Text string `form:"pasted"`
}

// suggest cuts a pasted text into points to be checked; nothing is kept.
func (d rooms) suggest(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[pasteForm](r)
	if err != nil {
		return err
	}
	reading, err := d.Campaign.ReadPasted(r.Context(), web.ActorOf(r), r.PathValue("id"), f.Text)
	return d.showReading(w, r, reading, err)
}

// showReading shows the brief with what a text or file proposes.
func (d rooms) showReading(w http.ResponseWriter, r *http.Request, reading campaign.Reading, err error) error {
	if err != nil {
		return d.refused(w, r, err, func(p *briefPage) { p.Reading = reading })
	}
	p, err := d.briefPage(r)
	if err != nil {
		return err
	}
	p.Reading = reading
	return d.showBrief(w, r, p, http.StatusOK)
}

// keepDocument keeps the client's file, then shows what it proposes.
func (d rooms) keepDocument(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, prose.MaxBytes+1<<20)
	file, head, err := r.FormFile("file")
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		err = prose.ErrLarge.With("limit", prose.MaxBytes>>20).At("file")
	case err != nil:
		err = campaign.ErrDocumentMissing
	default:
		defer file.Close()
		var kept campaign.Document
		if kept, err = d.Campaign.KeepDocument(r.Context(), web.ActorOf(r), r.PathValue("id"), head.Filename, file); err == nil {
			return web.SeeOther(w, r, "/campaigns/"+r.PathValue("id")+"/brief/files/"+kept.ID+"#suggested", "brief.file-kept", "name", kept.Name)
		}
	}
	return d.refused(w, r, err, func(*briefPage) {})
}

// readDocument shows what a kept file proposes. A file without words says so, and
// stands there to be opened.
func (d rooms) readDocument(w http.ResponseWriter, r *http.Request) error {
	reading, err := d.Campaign.ReadDocument(r.Context(), web.ActorOf(r), r.PathValue("id"), r.PathValue("file"))
	if f, ok := fault.As(err); ok && f.Kind == fault.Invalid {
		err = f.At("file")
	}
	return d.showReading(w, r, reading, err)
}

// rawDocument gives the file as it came, to be saved and never shown by the browser.
func (d rooms) rawDocument(w http.ResponseWriter, r *http.Request) error {
	f, body, err := d.Campaign.OpenDocument(r.Context(), web.ActorOf(r), r.PathValue("id"), r.PathValue("file"))
	if err != nil {
		return err
	}
	defer body.Close()
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	http.ServeContent(w, r, "", f.AddedAt, body)
	return nil
}

// addPasted keeps the suggestions that are ticked: keep=0, kind-0, text-0, places-0 and so on.
func (d rooms) addPasted(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[struct {
		Document string `form:"document"`
		Name     string `form:"document_name"`
	}](r)
	if err != nil {
		return err
	}
	source := "chat"
	if f.Document != "" {
		source = "client_file"
	}
	var points []campaign.Point
	reading := campaign.Reading{Document: campaign.Document{ID: f.Document, Name: f.Name}}
	for _, i := range r.Form["keep"] {
		p := campaign.Point{Kind: campaign.PointKind(r.Form.Get("kind-" + i)), Text: r.Form.Get("text-" + i), CheckedIn: r.Form["places-"+i], Source: source, SourceNote: f.Name}
		points = append(points, p)
		reading.Suggestions = append(reading.Suggestions, campaign.Suggestion{Kind: p.Kind, Text: p.Text, CheckedIn: p.CheckedIn})
	}
	if _, err := d.Campaign.AddPoints(r.Context(), web.ActorOf(r), r.PathValue("id"), points); err != nil {
		return d.refused(w, r, err, func(p *briefPage) { p.Reading = reading })
	}
	return d.toBrief(w, r, "brief.points-added", "n", len(points))
}
