package api

import (
	"context"
	"io"
	"net/http"

	"kolega/internal/access"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// tableIn is a file: the body is read while it comes, whatever its size.
type tableIn struct {
	Name string `query:"name" doc:"file name, kept as the source of figures" default:"table"`
	body io.Reader
}

func (in *tableIn) stream(body io.Reader) { in.body = body }

type columnWire struct {
	Header   string `json:"header,omitempty"`
	Field    string `json:"field" doc:"empty: the column is not taken"`
	Platform string `json:"platform,omitempty"`
	Format   string `json:"format,omitempty"`
	Share    bool   `json:"share,omitempty" doc:"of an engagement rate: numbers up to 1 are shares, 0.05 is 5 %"`
}

type mendedWire struct {
	Row    int64  `json:"row"`
	Column int    `json:"column" doc:"counted from 0"`
	Text   string `json:"text"`
}

type planIn struct {
	ID
	Body struct {
		Columns     []columnWire `json:"columns,omitempty" doc:"left out: guessed"`
		Head        *int         `json:"head,omitempty" doc:"row that names the columns, from 1; 0 none; left out: found"`
		Worksheet   string       `json:"worksheet,omitempty"`
		Platform    string       `json:"platform,omitempty" doc:"where the file does not say"`
		Country     string       `json:"country,omitempty"`
		Currency    string       `json:"currency,omitempty"`
		FiguresOn   string       `json:"figures_on,omitempty"`
		LeaveOutBad bool         `json:"leave_out_bad,omitempty" doc:"take rows without the cells that cannot be read"`
		Mended      []mendedWire `json:"mended,omitempty"`
	}
}

func (in planIn) plan(lang string) talent.TablePlan {
	b := in.Body
	p := talent.TablePlan{Page: b.Worksheet, LeaveOutBad: b.LeaveOutBad, Mended: map[int64]map[int]string{},
		Defaults: talent.RowDefaults{Platform: talent.Platform(b.Platform), Country: b.Country, Currency: money.Currency(b.Currency), FiguresOn: worktime.Date(b.FiguresOn), Lang: lang}}
	if b.Head != nil {
		head := *b.Head - 1
		p.Head = &head
	}
	for _, c := range b.Columns {
		p.Columns = append(p.Columns, talent.Column{Header: c.Header, Field: talent.Field(c.Field), Platform: talent.Platform(c.Platform), Format: talent.Format(c.Format), Share: c.Share})
	}
	for _, m := range b.Mended {
		if p.Mended[m.Row] == nil {
			p.Mended[m.Row] = map[int]string{}
		}
		p.Mended[m.Row][m.Column] = m.Text
	}
	return p
}

type previewOut struct {
	ID      string                 `json:"id"`
	Name    string                 `json:"name"`
	Rows    int64                  `json:"rows" doc:"of the file"`
	Begun   bool                   `json:"begun" doc:"it is being taken in, or was"`
	Share   int64                  `json:"share_bp" doc:"of the file that was settled, in basis points"`
	Fault   string                 `json:"fault,omitempty" doc:"code of what stopped it; begin again to go on"`
	Done    bool                   `json:"done"`
	Columns []columnWire           `json:"columns"`
	Counts  *previewCounts         `json:"preview,omitempty" doc:"while nothing is kept"`
	Red     []redWire              `json:"red,omitempty" doc:"cells that cannot be read"`
	Report  *talent.ImportDocument `json:"report,omitempty" doc:"once it is done"`
}

type previewCounts struct {
	Read      int64 `json:"read"`
	Ready     int64 `json:"ready"`
	Known     int64 `json:"known"`
	Repeats   int64 `json:"repeats"`
	Red       int64 `json:"red"`
	NoAccount int64 `json:"no_account"`
	Empty     int64 `json:"empty"`
}

type redWire struct {
	Row    int64  `json:"row"`
	Column int    `json:"column"`
	Header string `json:"header"`
	Text   string `json:"text"`
	Code   string `json:"code"`
	Reason string `json:"reason"`
}

func columnsWire(cols []talent.Column) []columnWire {
	return list(cols, func(c talent.Column) columnWire {
		return columnWire{c.Header, string(c.Field), string(c.Platform), string(c.Format), c.Share}
	})
}

// previewOf is a table's preview, or its report once it is done.
func (a *API) previewOf(ctx context.Context, actor access.Actor, id string) (previewOut, error) {
	l := locale.From(ctx)
	t, err := a.Talent.LoadTable(ctx, actor, id)
	if err != nil {
		return previewOut{}, err
	}
	out := previewOut{ID: t.ID, Name: t.Name, Rows: t.Rows, Begun: !t.BegunAt.IsZero(), Share: t.Share, Fault: t.Fault, Done: !t.DoneAt.IsZero()}
	if out.Begun {
		d, err := a.documentOf(ctx, actor, id, t.Report)
		out.Report, out.Columns = &d, columnsWire(t.Report.Layout.Columns)
		return out, err
	}
	v, err := a.Talent.Preview(ctx, actor, id)
	c := v.Counts
	out.Columns, out.Counts = columnsWire(v.Layout.Columns), &previewCounts{c.Read, c.Ready, c.Known, c.Repeats, c.RedRows, c.NoAccount, c.Empty}
	out.Red = list(v.Red, func(x talent.RedCell) redWire {
		return redWire{x.Row, x.Column, x.Header, x.Text, x.Code, l.Code(x.Code, x.Args...)}
	})
	return out, err
}

// rowsAtOnce is how many of the rows that were skipped one answer lists.
const rowsAtOnce = 1_000

// documentOf is a report with the first of the rows that a person should see.
func (a *API) documentOf(ctx context.Context, actor access.Actor, id string, r talent.ImportReport) (talent.ImportDocument, error) {
	var err error
	var more bool
	if r.Rows, more, err = a.Talent.Problems(ctx, actor, id, 0, rowsAtOnce); err != nil {
		return talent.ImportDocument{}, err
	}
	d := r.Document(locale.From(ctx).Code)
	d.More = more
	return d, nil
}

type problemsIn struct {
	ID
	After int64 `query:"after" doc:"number of the last row that was seen"`
}

type problemsOut struct {
	Rows []talent.RowLine `json:"rows"`
	More bool             `json:"more_rows"`
}

func registerTalentImports(a *API) {
	op(a, http.MethodPost, "/talent-imports", "talent.import", "Bring a CSV or XLSX as the body; nothing is kept before it is committed", func(ctx context.Context, actor access.Actor, in *tableIn) (previewOut, error) {
		t, err := a.Talent.BringTable(ctx, actor, in.Name, in.body)
		if err != nil {
			return previewOut{}, err
		}
		return a.previewOf(ctx, actor, t.ID)
	})
	op(a, http.MethodGet, "/talent-imports/{id}", "talent.import", "How a table is read, or what came of it", func(ctx context.Context, actor access.Actor, in *ID) (previewOut, error) {
		return a.previewOf(ctx, actor, in.ID)
	})
	op(a, http.MethodPut, "/talent-imports/{id}", "talent.import", "Say how a table is to be read", func(ctx context.Context, actor access.Actor, in *planIn) (previewOut, error) {
		if err := a.Talent.Adjust(ctx, actor, in.ID.ID, in.plan(actor.Lang)); err != nil {
			return previewOut{}, err
		}
		return a.previewOf(ctx, actor, in.ID.ID)
	})
	op(a, http.MethodPost, "/talent-imports/{id}/commit", "talent.import", "Take the table in; a second time gives the first report", func(ctx context.Context, actor access.Actor, in *ID) (talent.ImportDocument, error) {
		r, err := a.Talent.Commit(ctx, actor, in.ID)
		if err != nil {
			return talent.ImportDocument{}, err
		}
		return a.documentOf(ctx, actor, in.ID, r)
	})
	op(a, http.MethodPost, "/talent-imports/{id}/begin", "talent.import", "Take the table in after the answer; ask for it again to see how far it is", func(ctx context.Context, actor access.Actor, in *ID) (previewOut, error) {
		if _, err := a.Talent.Begin(ctx, actor, in.ID); err != nil {
			return previewOut{}, err
		}
		return a.previewOf(ctx, actor, in.ID)
	})
	op(a, http.MethodGet, "/talent-imports/{id}/rows", "talent.import", "Rows that were skipped, or taken in without some of their cells", func(ctx context.Context, actor access.Actor, in *problemsIn) (problemsOut, error) {
		rows, more, err := a.Talent.Problems(ctx, actor, in.ID.ID, in.After, rowsAtOnce)
		return problemsOut{talent.ImportReport{Rows: rows}.Document(locale.From(ctx).Code).Rows, more}, err
	})
}
