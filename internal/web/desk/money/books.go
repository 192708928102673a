package money

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"time"

	"kolega/internal/db"
	"kolega/internal/ledger"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/paper"
	"kolega/internal/report"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"

	"github.com/a-h/templ"
)

func (d rooms) bookRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/ledger/trial", Verb: "ledger.see", Handle: d.trial},
		{Method: "GET", Pattern: "/ledger/trial/{format}", Verb: "ledger.see", Handle: d.trialFile},
		{Method: "GET", Pattern: "/ledger/export/{format}", Verb: "ledger.see", Handle: d.exportEntries},
		{Method: "POST", Pattern: "/ledger/close", Verb: "ledger.close", Handle: d.closePeriod},
		{Method: "POST", Pattern: "/ledger/closings/{id}/reopen", Verb: "ledger.reopen", Handle: d.reopenPeriod},
		{Method: "GET", Pattern: "/money/profit", Verb: "margin.see", Handle: d.profit},
	}
}

// period is the span that an address asks for: whole days in the reader's zone.
type period struct {
	from, to     worktime.Date
	since, until time.Time
}

// periodOf reads from and to; without them it is this month up to now.
func (d rooms) periodOf(r *http.Request) (p period, err error) {
	q := r.URL.Query()
	today, err := d.Billing.Today(r.Context())
	if err != nil {
		return p, err
	}
	zone, err := worktime.Zone(web.ActorOf(r).Zone)
	if err != nil {
		return p, err
	}
	p.from, p.to = worktime.Date(q.Get("from")), worktime.Date(q.Get("to"))
	if !p.from.Valid() {
		p.from = today[:8] + "01"
	}
	if !p.to.Valid() || p.to.Before(p.from) {
		p.to = worktime.Date(max(string(today), string(p.from)))
	}
	p.since, p.until = p.from.In(zone), p.to.AddDays(1).In(zone)
	return p, nil
}

func (p period) query() string {
	return url.Values{"from": {string(p.from)}, "to": {string(p.to)}}.Encode()
}

// periodForm chooses the span; it works without scripts and stays in the address.
func periodForm(action string, p period, keep ...templ.Component) templ.Component {
	return periodView(action, p, keep)
}

func (d rooms) trial(w http.ResponseWriter, r *http.Request) error {
	return d.showTrial(w, r)("", nil)
}

func (d rooms) showTrial(w http.ResponseWriter, r *http.Request) func(string, map[string]string) error {
	return func(problem string, errs map[string]string) error {
		ctx, actor := r.Context(), web.ActorOf(r)
		p, err := d.periodOf(r)
		if err != nil {
			return err
		}
		t, err := d.Ledger.Trial(ctx, actor, ledger.Filter{Since: p.since, Until: p.until})
		if err != nil {
			return err
		}
		closings, err := d.Ledger.Closings(ctx, actor)
		if err != nil {
			return err
		}
		out := recordPage{Title: tr(ctx, "book.trial"), Meta: []string{locale.From(ctx).Range(p.from, p.to)}, Error: problem, Errors: errs,
			Others: []ui.Button{{Label: "XLSX", Icon: "file", Href: "/ledger/trial/xlsx?" + p.query()}, {Label: "CSV", Icon: "file", Href: "/ledger/trial/csv?" + p.query()}}}
		out.Main = []block{{Title: tr(ctx, "book.period"), Part: periodForm("/ledger/trial", p)}, trialBlock(ctx, t, p)}
		out.Side = d.closingBlocks(r, closings, errs)
		return d.record(w, r, out, "ledger")
	}
}

func trialBlock(ctx context.Context, t ledger.Trial, p period) block {
	g := grid{Caption: tr(ctx, "book.trial"), Cards: ui.CardsNever, Cols: []ui.Col{{Label: tr(ctx, "ledger.col.account")}}}
	for _, k := range []string{"opening", "debit", "credit", "closing"} {
		g.Cols = append(g.Cols, ui.Col{Label: tr(ctx, "book.col."+k), Class: "c-num"})
	}
	for _, s := range t.Sums {
		one := group{Title: string(s.Opening.Currency), Plain: true}
		for _, r := range t.Rows {
			if r.Opening.Currency == s.Opening.Currency {
				one.Rows = append(one.Rows, trialRow(ctx, accountName(ctx, r.Account), "/ledger?account="+url.QueryEscape(string(r.Account))+"&"+p.query(), r))
			}
		}
		one.Rows = append(one.Rows, trialRow(ctx, tr(ctx, "book.sum"), "", s))
		g.Groups = append(g.Groups, one)
	}
	note := tr(ctx, "book.even")
	if !t.Even() {
		note = tr(ctx, "book.odd")
	}
	return block{Title: tr(ctx, "book.trial"), Note: note, Grid: g}
}

func trialRow(ctx context.Context, name, href string, r ledger.TrialRow) row {
	num := func(a money.Amount) cell { return cell{Class: "c-num c-nowrap", First: cashOrDash(ctx, a)} }
	return row{Cells: []cell{{First: name, Href: href}, num(r.Opening), num(r.Debit), num(r.Credit), num(r.Closing)}}
}

// closingBlocks are the closing of a period and those that were closed.
func (d rooms) closingBlocks(r *http.Request, list []ledger.Closing, errs map[string]string) (out []block) {
	ctx, actor := r.Context(), web.ActorOf(r)
	if actor.Can("ledger.close") {
		out = append(out, block{Title: tr(ctx, "book.close"), Note: tr(ctx, "book.close.note"), Forms: []form{{Action: "/ledger/close", Key: desk.NewKey(r), Fields: []templ.Component{ui.DateField{Field: ui.Field{Name: "until", Label: tr(ctx, "book.field.until"), Error: errs["until"]}}}, Button: ui.Button{Label: tr(ctx, "book.close.do")}}}})
	}
	latest := true
	for _, c := range list {
		b := block{Title: tr(ctx, "book.closed", "day", c.Until), Note: c.By + " · " + locale.From(ctx).DateTime(c.At, actor.Zone)}
		if !c.Stands() {
			b.Text = tr(ctx, "book.reopened", "name", c.ReopenedBy, "reason", c.Reason)
		} else if latest {
			latest = false
			if actor.Can("ledger.reopen") {
				b.Forms = []form{{Action: "/ledger/closings/" + c.ID + "/reopen", Key: desk.NewKey(r), Fold: tr(ctx, "book.reopen.do"), Fields: []templ.Component{ui.Input{Name: "reason", Label: tr(ctx, "billing.field.reason"), Error: errs["reason"]}}, Button: ui.Button{Label: tr(ctx, "book.reopen.do"), Small: true}}}
			}
		}
		out = append(out, b)
	}
	return out
}

func (d rooms) closePeriod(w http.ResponseWriter, r *http.Request) error {
	c, err := d.Ledger.ClosePeriod(r.Context(), web.ActorOf(r), worktime.Date(r.FormValue("until")))
	return act(w, r, err, d.showTrial(w, r), "/ledger/trial", "book.toast.closed", "day", c.Until)
}

func (d rooms) reopenPeriod(w http.ResponseWriter, r *http.Request) error {
	err := d.Ledger.ReopenPeriod(r.Context(), web.ActorOf(r), r.PathValue("id"), r.FormValue("reason"))
	return act(w, r, err, d.showTrial(w, r), "/ledger/trial", "book.toast.reopened")
}

// sheetOf writes one table as the accountant's program wants it.
func sheetOf(w http.ResponseWriter, r *http.Request, name, format string, fields []paper.Field, rows [][]any, now time.Time) error {
	l := locale.From(r.Context())
	var b bytes.Buffer
	kind := "text/csv; charset=utf-8"
	switch format {
	case "csv":
		c := paper.NewCSV(&b, l.Lang)
		heads := make([]any, len(fields))
		for i, f := range fields {
			heads[i] = f.Head
		}
		c.Row(heads...)
		for _, x := range rows {
			c.Row(x...)
		}
		if err := c.Close(); err != nil {
			return err
		}
	case "xlsx":
		zone, err := worktime.Zone(web.ActorOf(r).Zone)
		if err != nil {
			return err
		}
		kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
		book := paper.NewBook(name, web.ActorOf(r).Name, now, zone)
		s := book.Sheet(name, fields...)
		for _, x := range rows {
			s.Row(x...)
		}
		if _, err := book.WriteTo(&b); err != nil {
			return err
		}
	default:
		return db.ErrNotFound
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+safeName(name)+"."+format+`"`)
	w.Header().Set("Cache-Control", "private, no-store")
	_, err := w.Write(b.Bytes())
	return err
}

func (d rooms) trialFile(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, err := d.periodOf(r)
	if err != nil {
		return err
	}
	t, err := d.Ledger.Trial(ctx, web.ActorOf(r), ledger.Filter{Since: p.since, Until: p.until})
	if err != nil {
		return err
	}
	fields := []paper.Field{{Head: tr(ctx, "ledger.col.account"), Width: 34}, {Head: tr(ctx, "ledger.col.currency")}}
	for _, k := range []string{"opening", "debit", "credit", "closing"} {
		fields = append(fields, paper.Field{Head: tr(ctx, "book.col."+k), Format: paper.AsMoney})
	}
	var rows [][]any
	for _, x := range t.Rows {
		rows = append(rows, []any{accountName(ctx, x.Account), string(x.Opening.Currency), x.Opening, x.Debit, x.Credit, x.Closing})
	}
	return sheetOf(w, r, tr(ctx, "book.trial")+" "+string(p.from)+" "+string(p.to), r.PathValue("format"), fields, rows, d.DB.Now())
}

// exportEntries gives the lines that are looked at, one a row, for an accountant's program.
func (d rooms) exportEntries(w http.ResponseWriter, r *http.Request) error {
	ctx, actor := r.Context(), web.ActorOf(r)
	zone, err := worktime.Zone(actor.Zone)
	if err != nil {
		return err
	}
	fields := []paper.Field{{Head: tr(ctx, "book.col.day"), Format: paper.AsDate}, {Head: tr(ctx, "book.col.entry"), Width: 28}, {Head: tr(ctx, "book.col.what"), Width: 26}, {Head: tr(ctx, "book.col.note"), Width: 26}, {Head: tr(ctx, "ledger.col.account"), Width: 34},
		{Head: tr(ctx, "ledger.col.currency")}, {Head: tr(ctx, "ledger.col.debit"), Format: paper.AsMoney}, {Head: tr(ctx, "ledger.col.credit"), Format: paper.AsMoney}, {Head: tr(ctx, "book.col.document"), Width: 28}, {Head: tr(ctx, "book.col.campaign"), Width: 28}}
	var rows [][]any
	err = d.Ledger.EachEntry(ctx, actor, filterOf(r), func(e ledger.Entry) error {
		for _, x := range e.Lines {
			debit, credit := x.Amount, money.Amount{}
			if x.Amount.Sign() < 0 {
				debit, credit = credit, x.Amount.Neg()
			}
			rows = append(rows, []any{worktime.DateOf(e.At, zone), e.ID, tr(ctx, "ledger.cause."+e.Cause.Kind), e.Note, accountName(ctx, x.Account), string(x.Amount.Currency), debit, credit, x.Doc, e.CampaignID})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return sheetOf(w, r, tr(ctx, "billing.tab.ledger"), r.PathValue("format"), fields, rows, d.DB.Now())
}

func (d rooms) profit(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	by := report.ProfitBy(r.URL.Query().Get("by"))
	if by == "" {
		by = report.ByCampaign
	}
	p, err := d.periodOf(r)
	if err != nil {
		return err
	}
	if r.URL.Query().Get("from") == "" { // everything, until somebody asks for less
		p = period{}
	}
	list, err := d.Report.Profit(ctx, web.ActorOf(r), by, p.since, p.until)
	if err != nil {
		return err
	}
	page := listPage{Chips: profitChips(ctx, by, r.URL.Query()), Above: periodForm("/money/profit", p, ui.Hidden{Name: "by", Value: string(by)}), Grid: profitGrid(ctx, list, by), Empty: ui.Empty{Title: tr(ctx, "book.profit.none"), Text: tr(ctx, "book.profit.none.text")}}
	return d.list(w, r, "profit", page)
}

func profitChips(ctx context.Context, by report.ProfitBy, q url.Values) (c ui.Chips) {
	for _, b := range report.ProfitBys {
		q.Set("by", string(b))
		c.Items = append(c.Items, ui.Tab{Label: tr(ctx, "book.by."+string(b)), Href: "/money/profit?" + q.Encode(), Current: b == by})
	}
	return c
}

func profitGrid(ctx context.Context, list []report.ProfitRow, by report.ProfitBy) grid {
	g := grid{Caption: tr(ctx, "billing.tab.profit"), Cards: ui.CardsWide, Cols: []ui.Col{{Label: tr(ctx, "book.by."+string(by))}}}
	for _, k := range []string{"agreed", "invoiced", "received", "promised", "paid", "margin"} {
		g.Cols = append(g.Cols, ui.Col{Label: tr(ctx, "book.col."+k), Class: "c-num"})
	}
	at := map[string]int{}
	for _, x := range list {
		c := string(x.Currency)
		if _, ok := at[c]; !ok {
			at[c] = len(g.Groups)
			g.Groups = append(g.Groups, group{Title: c})
		}
		g.Groups[at[c]].Rows = append(g.Groups[at[c]].Rows, profitRow(ctx, x, by))
	}
	return g
}

func profitRow(ctx context.Context, x report.ProfitRow, by report.ProfitBy) row {
	l := locale.From(ctx)
	href := map[report.ProfitBy]string{report.ByCampaign: "/campaigns/" + x.Key + "/money", report.ByClient: "/clients/" + x.Key}[by]
	second := ""
	if by != report.ByCampaign {
		second = tr(ctx, "book.campaigns", "n", x.Campaigns)
	}
	num := func(a money.Amount, note string) cell {
		return cell{Class: "c-num c-nowrap", First: cashOrDash(ctx, a), Second: note}
	}
	share, over, meaning := "", "", ui.Neutral
	if bp, ok := x.ShareBp(); ok {
		share = l.Share(bp)
	}
	if x.Budget.Sign() > 0 {
		over = tr(ctx, "book.of-budget", "amount", x.Budget)
	}
	if x.Over() {
		over, meaning = tr(ctx, "book.over-budget", "amount", x.Budget), ui.Bad
	}
	return row{Meaning: meaning, Cells: []cell{{First: x.Name, Second: second, Href: href}, num(x.Agreed, ""), num(x.Revenue, ""), num(x.Received, ""), num(x.Promised, over), num(x.Paid, ""), num(x.Margin.Margin, share)}}
}
