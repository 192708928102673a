package results

import (
	"encoding/json"
	"net/http"
	"strings"

	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/result"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

// tablePage takes figures of many posts from one file: first what is understood, then
// what of it is kept.
type tablePage struct {
	Page    ui.Page
	Top     desk.Top
	Plan    *result.TablePlan // nil until a file was read
	Names   map[string]string // of deliverables
	Sealed  string            // the stored file, under seal
	Key     string
	Reason  string
	Errors  map[string]string
	Refused []result.TableRow // rows of the last attempt that could not be kept
}

func (d rooms) table(w http.ResponseWriter, r *http.Request) error {
	return d.showTable(w, r, http.StatusOK, tablePage{})
}

func (d rooms) showTable(w http.ResponseWriter, r *http.Request, status int, p tablePage) error {
	id := r.PathValue("id")
	rows, err := d.Result.Posts(r.Context(), web.ActorOf(r), id)
	if err != nil {
		return err
	}
	p.Names = map[string]string{}
	for _, row := range rows {
		p.Names[row.Deliverable.ID] = row.Talent + " · " + format(r.Context(), row)
	}
	if p.Plan != nil {
		if p.Sealed, err = d.sealTable(id, p.Plan.File); err != nil {
			return err
		}
	}
	p.Key = desk.NewKey(r)
	if p.Page, p.Top, err = d.frame(w, r, id, "posts"); err != nil {
		return err
	}
	return web.Render(w, r, status, tableView(p))
}

func (d rooms) sealTable(campaignID string, e result.Evidence) (string, error) {
	b, err := json.Marshal(e)
	if err != nil {
		return "", err
	}
	return d.Box.Seal(string(b), "table/"+campaignID)
}

// planTable stores the file and shows what its rows are; no figure is kept.
func (d rooms) planTable(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, result.TableLimit+1<<20)
	if err := r.ParseMultipartForm(1 << 20); err != nil {
		return d.showTable(w, r, http.StatusUnprocessableEntity, tablePage{Errors: map[string]string{"file": web.ErrForm.Code}})
	}
	f, head, err := r.FormFile("file")
	if err != nil {
		return d.showTable(w, r, http.StatusUnprocessableEntity, tablePage{Errors: map[string]string{"file": "sheet.empty"}})
	}
	defer f.Close()
	plan, err := d.Result.PlanTable(r.Context(), web.ActorOf(r), r.PathValue("id"), head.Filename, f)
	if x, ok := fault.As(err); ok && (x.Kind == fault.Invalid || strings.HasPrefix(x.Code, "sheet.")) {
		return d.showTable(w, r, http.StatusUnprocessableEntity, tablePage{Errors: map[string]string{"file": tableFault(r, x)}})
	}
	if err != nil {
		return err
	}
	return d.showTable(w, r, http.StatusOK, tablePage{Plan: &plan})
}

// tableFault is the code at the file, or its whole text when it names a row.
func tableFault(r *http.Request, f *fault.Error) string {
	if len(f.Fields) == 1 {
		for _, code := range f.Fields {
			return code
		}
	}
	if len(f.Args) > 0 {
		return locale.From(r.Context()).Fault(f)
	}
	return f.Code
}

type tableForm struct {
	File    string  `form:"kept"`
	Rows    []int64 `form:"row"`
	TakenAt string  `form:"taken_at"`
	Reason  string  `form:"reason"`
}

// keepTable keeps the ticked rows, each by itself.
func (d rooms) keepTable(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[tableForm](r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	req, err := d.tableOf(r, id, f)
	if err != nil {
		return err
	}
	kept, refused, err := d.Result.KeepTable(r.Context(), web.ActorOf(r), req)
	if errs, ok := web.Invalid(r, err); ok {
		return d.showTable(w, r, http.StatusUnprocessableEntity, tablePage{Errors: errs, Reason: f.Reason})
	}
	if err != nil {
		return err
	}
	if len(refused) > 0 {
		plan := result.TablePlan{File: req.File, Rows: refused}
		return d.showTable(w, r, http.StatusUnprocessableEntity, tablePage{Plan: &plan, Refused: refused, Reason: f.Reason})
	}
	return web.SeeOther(w, r, "/campaigns/"+id+"/insights", "table.toast.kept", "n", kept)
}

// tableOf is what the form asks for: the stored file comes from under its seal.
func (d rooms) tableOf(r *http.Request, id string, f tableForm) (result.KeepTable, error) {
	req := result.KeepTable{CampaignID: id, Reason: strings.TrimSpace(f.Reason)}
	text, err := d.Box.Unseal(f.File, "table/"+id)
	if err == nil {
		err = json.Unmarshal([]byte(text), &req.File)
	}
	if err != nil {
		return req, web.ErrForm.Wrap(err)
	}
	for _, n := range f.Rows {
		req.Rows = append(req.Rows, int(n))
	}
	req.TakenAt, err = d.wall(r, f.TakenAt)
	return req, err
}
