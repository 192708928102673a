package talents

import (
	"context"
	"io"
	"mime"
	"net/http"
	"strings"

	"kolega/internal/custom"
	"kolega/internal/locale"
	"kolega/internal/match"
	"kolega/internal/paper"
	"kolega/internal/talent"
	"kolega/internal/web"
)

// exportPart is how many talents are loaded at a time while a list is written.
const exportPart = 200

// mostExported bounds a list that is taken out: as many rows as a table may have that
// is brought in.
const mostExported = 100_000

// export writes the filtered list as CSV or XLSX, one row an account, with the heads
// that taking a table in knows again. It is a POST, since the trail keeps who took
// personal data out.
func (d rooms) export(w http.ResponseWriter, r *http.Request) error {
	ctx, actor := r.Context(), web.ActorOf(r)
	f, err := d.filterOf(r)
	if err != nil {
		return err
	}
	f.query.After, f.query.Limit, f.query.Count = "", exportPart, []match.Facet{}
	first, err := d.Match.Search(ctx, actor, f.query)
	if err != nil {
		return err
	}
	format := exportFormat(r)
	if err := d.Talent.Exported(ctx, actor, format, f.values.Encode(), min(first.Total, mostExported)); err != nil {
		return err
	}
	name := tr(ctx, "list.title") + " " + string(talent.DayOf(d.DB.Now())) + "." + format
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	x := exporter{rooms: d, r: r, found: first, query: f.query, own: f.own}
	if format == "csv" {
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		return x.csv(w)
	}
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	return x.workbook(w)
}

func exportFormat(r *http.Request) string {
	if r.URL.Query().Get("as") == "xlsx" {
		return "xlsx"
	}
	return "csv"
}

func (x *exporter) csv(w io.Writer) error {
	ctx := x.r.Context()
	out := paper.NewCSV(w, locale.From(ctx).Lang)
	out.Row(texts(x.heads(ctx))...)
	if err := x.each(func(cells []any) { out.Row(csvCells(ctx, cells)...) }); err != nil {
		return err
	}
	return out.Close()
}

// exporter walks the list by key.
type exporter struct {
	rooms
	r     *http.Request
	found match.Found
	query match.Query
	own   []custom.Field // the last columns
}

func (x *exporter) each(row func([]any)) error {
	for n := 0; ; {
		values, err := x.values()
		if err != nil {
			return err
		}
		for _, c := range x.found.Cards {
			for _, cells := range exportRows(c) {
				for _, f := range x.own {
					cells = append(cells, values[c.Talent.ID][f.ID])
				}
				row(cells)
			}
		}
		if n += len(x.found.Cards); x.found.Next == "" || n >= mostExported {
			return nil
		}
		x.query.After = x.found.Next
		if x.found, err = x.Match.Search(x.r.Context(), web.ActorOf(x.r), x.query); err != nil {
			return err
		}
	}
}

// heads are those of the table and the names of the agency's own fields.
func (x *exporter) heads(ctx context.Context) []string {
	out := exportHeads(ctx)
	for _, f := range x.own {
		out = append(out, f.Name)
	}
	return out
}

// format is the form of a column: after the last named one come prices, then own fields.
func (x *exporter) format(i int) paper.Format {
	if i >= len(exportFields)+len(talent.Formats()) {
		return paper.AsText
	}
	return exportFormats[min(i, len(exportFormats)-1)]
}

// values are what the talents of this part have in the agency's own fields.
func (x *exporter) values() (map[string]map[string]string, error) {
	if len(x.own) == 0 {
		return nil, nil
	}
	ids := make([]string, len(x.found.Cards))
	for i, c := range x.found.Cards {
		ids[i] = c.Talent.ID
	}
	return x.Custom.Sheets(x.r.Context(), web.ActorOf(x.r), custom.Talents, ids)
}

func (x *exporter) workbook(w io.Writer) error {
	ctx := x.r.Context()
	l, title := locale.From(ctx), tr(ctx, "list.title")
	book := paper.NewBook(title, web.ActorOf(x.r).Name, x.DB.Now(), l.Zone)
	var fields []paper.Field
	for i, h := range x.heads(ctx) {
		fields = append(fields, paper.Field{Head: h, Format: x.format(i)})
	}
	sheet := book.Sheet(title, fields...)
	if err := x.each(func(cells []any) { sheet.Row(cells...) }); err != nil {
		return err
	}
	_, err := book.WriteTo(w)
	return err
}

// The columns before the prices. The heads are those of the fields that a table is
// read by, so that our own export comes in again as it went out.
var (
	exportFields  = []talent.Field{talent.FieldName, talent.FieldPlatform, talent.FieldHandle, talent.FieldPlatformID, talent.FieldFollowers, talent.FieldER, talent.FieldViews, talent.FieldFiguresOn, talent.FieldKind, talent.FieldCountry, talent.FieldCity, talent.FieldCategory, talent.FieldTag, talent.FieldLanguage, talent.FieldPhone, talent.FieldEmail, talent.FieldManager, talent.FieldBio, talent.FieldCurrency}
	exportFormats = []paper.Format{paper.AsText, paper.AsText, paper.AsText, paper.AsText, paper.AsInt, paper.AsPercent, paper.AsInt, paper.AsDate, paper.AsText, paper.AsText, paper.AsText, paper.AsText, paper.AsText, paper.AsText, paper.AsText, paper.AsText, paper.AsText, paper.AsText, paper.AsText, paper.AsMoney}
)

func exportHeads(ctx context.Context) (out []string) {
	for _, f := range exportFields {
		out = append(out, ba(ctx, "head."+string(f)))
	}
	for _, f := range talent.Formats() {
		out = append(out, ba(ctx, "head.price")+" "+tr(ctx, "format."+string(f)))
	}
	return out
}

// exportRows are the rows of one talent: one an account, the prices beside the account
// whose platform they are for.
func exportRows(c match.Card) (out [][]any) {
	accounts := c.Accounts
	if len(accounts) == 0 {
		accounts = []talent.Account{talent.NewAccount("", "")}
	}
	t := c.Talent
	for _, a := range accounts {
		row := []any{t.Name, string(a.Platform), a.Handle, a.PlatformID, known(a.Followers), rateKnown(a.ERBp), known(a.AvgViews), a.FollowersOn, string(t.Kind), t.Country, t.City,
			strings.Join(t.Categories, ", "), strings.Join(t.Tags, ", "), strings.Join(t.Languages, ", "), t.Phone, t.Email, t.ManagerName, t.Bio, string(t.Currency)}
		for _, f := range talent.Formats() {
			var cell any
			if line, ok := talent.RateOn(c.Rates, a.Platform, f, a.FollowersOn); ok && line.Amount.Currency == t.Currency {
				cell = line.Amount
			}
			row = append(row, cell)
		}
		out = append(out, row)
	}
	return out
}

// known leaves an unknown figure empty.
func known(n int64) any {
	if n < 0 {
		return nil
	}
	return n
}

func rateKnown(bp int64) any {
	if bp < 0 {
		return nil
	}
	return paper.Bp(bp)
}

// csvCells words what a CSV has no form for: a per cent keeps its sign.
func csvCells(ctx context.Context, cells []any) []any {
	for i, c := range cells {
		if bp, ok := c.(paper.Bp); ok {
			cells[i] = locale.From(ctx).Bp(int64(bp))
		}
	}
	return cells
}

func texts(list []string) (out []any) {
	for _, s := range list {
		out = append(out, s)
	}
	return out
}
