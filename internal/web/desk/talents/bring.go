package talents

import (
	"context"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

type bringPage struct {
	Page   ui.Page
	Text   string
	Errors map[string]string
	Before []talent.Table // brought lately
}

// tablesShown is how many earlier tables the page of imports lists.
const tablesShown = 12

func (d rooms) bringForm(w http.ResponseWriter, r *http.Request) error {
	return d.bringPage(w, r, http.StatusOK, "", nil)
}

func (d rooms) bringPage(w http.ResponseWriter, r *http.Request, status int, text string, errs map[string]string) error {
	p := bringPage{Text: text, Errors: errs}
	var err error
	if p.Before, err = d.Talent.Tables(r.Context(), web.ActorOf(r), tablesShown); err != nil {
		return err
	}
	p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "talents", Title: locale.T(r.Context(), "import.title"), Crumbs: crumbs(r.Context())})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, bringView(p))
}

func crumbs(ctx context.Context) []ui.Crumb {
	return []ui.Crumb{{Label: tr(ctx, "list.title"), Href: "/talents"}, {Label: locale.T(ctx, "import.title"), Href: "/talents/import"}}
}

// bring takes the uploaded file or the pasted text, whichever is there, streaming.
func (d rooms) bring(w http.ResponseWriter, r *http.Request) error {
	name, text, body, err := d.brought(w, r)
	if err == nil {
		var t talent.Table
		if t, err = d.Talent.BringTable(r.Context(), web.ActorOf(r), name, body); err == nil {
			return web.SeeOther(w, r, "/talent-imports/"+t.ID, "")
		}
	}
	errs, refused := web.Invalid(r, err)
	if !refused {
		return err
	}
	if errs["file"] == "" {
		errs["file"] = fault.CodeOf(err)
	}
	return d.bringPage(w, r, http.StatusUnprocessableEntity, text, errs)
}

// maxPaste bounds pasted text; larger tables come as files.
const maxPaste = 2 << 20

func (d rooms) brought(w http.ResponseWriter, r *http.Request) (name, text string, body io.Reader, err error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		f, err := web.Form[struct {
			Text string `form:"text"`
		}](r)
		if err == nil && f.Text == "" {
			err = talent.FaultNothing
		}
		return locale.T(r.Context(), "talent.pasted"), f.Text, strings.NewReader(f.Text), err
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return "", "", nil, web.ErrForm.Wrap(err)
	}
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return "", "", nil, talent.FaultNothing
		}
		if err != nil {
			return "", "", nil, web.ErrForm.Wrap(err)
		}
		switch {
		case part.FormName() == "text":
			b, err := io.ReadAll(http.MaxBytesReader(w, part, maxPaste))
			if err != nil {
				return "", "", nil, web.ErrForm.Wrap(err)
			}
			if text = strings.TrimLeft(string(b), "\r\n"); strings.TrimSpace(text) != "" {
				return locale.T(r.Context(), "talent.pasted"), text, strings.NewReader(text), nil
			}
		case part.FormName() == "file" && part.FileName() != "":
			return part.FileName(), "", part, nil
		}
	}
}

type tablePage struct {
	Page     ui.Page
	Preview  talent.Preview
	Error    string
	Key      string
	Problems []talent.RowReport // of a report: one page of them
	More     string             // address of the next page of problems, "" none
	First    string             // address of the first page, "" this is it
}

// table shows how a file is read, or what came of it.
func (d rooms) table(w http.ResponseWriter, r *http.Request) error {
	t, err := d.Talent.LoadTable(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	p := tablePage{Preview: talent.Preview{Table: t}, Key: desk.NewKey(r)}
	if r.URL.Query().Get("part") == "live" {
		return web.Render(w, r, http.StatusOK, runningPart(p))
	}
	at := append(crumbs(r.Context()), ui.Crumb{Label: t.Name})
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "talents", Title: locale.T(r.Context(), "import.title"), Crumbs: at, Live: liveTopic(t)}); err != nil {
		return err
	}
	if !t.BegunAt.IsZero() && t.Fault == "" {
		return d.begun(w, r, p)
	}
	p.Preview, err = d.Talent.Preview(r.Context(), web.ActorOf(r), t.ID)
	if err != nil {
		if _, refused := web.Invalid(r, err); !refused {
			return err
		}
		p.Error = locale.From(r.Context()).Fault(err)
	}
	return web.Render(w, r, http.StatusOK, tableView(p))
}

// adjust keeps the mapping and the mended cells; "commit" then takes the table in.
func (d rooms) adjust(w http.ResponseWriter, r *http.Request) error {
	id, actor := r.PathValue("id"), web.ActorOf(r)
	if err := r.ParseForm(); err != nil {
		return web.ErrForm.Wrap(err)
	}
	t, err := d.Talent.LoadTable(r.Context(), actor, id)
	if err != nil {
		return err
	}
	if !t.BegunAt.IsZero() && t.Fault == "" {
		return web.SeeOther(w, r, "/talent-imports/"+id, "")
	}
	if t.Report.Read == 0 {
		if err := d.Talent.Adjust(r.Context(), actor, id, planOf(r, t.Plan)); err != nil {
			return err
		}
	}
	if r.PostForm.Get("act") != "commit" {
		return web.SeeOther(w, r, "/talent-imports/"+id, "")
	}
	return d.commit(w, r, t)
}

// commit takes a table in: a short one before the answer, a long one after it.
func (d rooms) commit(w http.ResponseWriter, r *http.Request, t talent.Table) error {
	id, actor := t.ID, web.ActorOf(r)
	if t.Rows > waitedRows {
		if _, err := d.Talent.Begin(r.Context(), actor, id); err != nil {
			return err
		}
		return web.SeeOther(w, r, "/talent-imports/"+id, "")
	}
	report, err := d.Talent.Commit(r.Context(), actor, id)
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/talent-imports/"+id, "talent.toast.imported", "created", report.Created, "updated", report.Updated)
}

// planOf reads the preview's form: col-N is "field", or "field/platform/format".
func planOf(r *http.Request, plan talent.TablePlan) talent.TablePlan {
	f := r.PostForm
	plan.LeaveOutBad = f.Get("leave_out_bad") == "on"
	if f.Has("page") && f.Get("page") != plan.Page {
		return talent.TablePlan{Page: f.Get("page"), Defaults: plan.Defaults}
	}
	if head, err := strconv.Atoi(f.Get("head")); err == nil {
		head-- // people count rows from one; zero is none
		if plan.Head == nil && f.Get("head") != f.Get("head_was") || plan.Head != nil && *plan.Head != head {
			return talent.TablePlan{Page: plan.Page, Head: &head, Defaults: plan.Defaults}
		}
	}
	plan.Defaults.Platform, plan.Defaults.Currency = talent.Platform(f.Get("platform")), money.Currency(f.Get("currency"))
	plan.Defaults.FiguresOn = worktime.Date(f.Get("figures_on"))
	if plan.Defaults.Country = ""; f.Get("country") != "" {
		plan.Defaults.Country, _ = talent.CountryOf(f.Get("country"))
	}
	if !plan.Defaults.FiguresOn.Valid() {
		plan.Defaults.FiguresOn = ""
	}
	plan.Columns = nil
	for i := 0; f.Has("col-" + strconv.Itoa(i)); i++ {
		n := strconv.Itoa(i)
		c := talent.Column{Header: f.Get("head-" + n), Field: talent.Field(f.Get("col-" + n)), Platform: talent.Platform(f.Get("on-" + n)), Format: talent.Format(f.Get("format-" + n)),
			Share: f.Get("share-"+n) == "on" && f.Get("col-"+n) == string(talent.FieldER)}
		if c.Field != talent.FieldPrice {
			c.Format = ""
		} else if c.Format == "" {
			c.Format = talent.FormatPost
		}
		plan.Columns = append(plan.Columns, c)
	}
	mend(f, &plan)
	return plan
}

// mend reads the corrected cells: mend-ROW-COLUMN.
func mend(f map[string][]string, plan *talent.TablePlan) {
	for name, values := range f {
		rest, ok := strings.CutPrefix(name, "mend-")
		a, b, two := strings.Cut(rest, "-")
		row, err1 := strconv.ParseInt(a, 10, 64)
		col, err2 := strconv.Atoi(b)
		if !ok || !two || err1 != nil || err2 != nil || len(values) == 0 || col < 0 || col > 500 || values[0] == first(f["was-"+rest]) {
			continue
		}
		if plan.Mended == nil {
			plan.Mended = map[int64]map[int]string{}
		}
		if plan.Mended[row] == nil {
			plan.Mended[row] = map[int]string{}
		}
		plan.Mended[row][col] = values[0]
	}
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
