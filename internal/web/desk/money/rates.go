package money

import (
	"context"
	"io"
	"net/http"

	"kolega/internal/exchange"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"

	"github.com/a-h/templ"
)

func (d rooms) rateRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/rates", Verb: "invoice.see", Handle: d.rates},
		{Method: "POST", Pattern: "/rates", Verb: "rate.edit", Handle: d.typeRate},
		{Method: "POST", Pattern: "/rates/file", Verb: "rate.edit", Handle: d.takeRates},
	}
}

type rateForm struct {
	From   string `form:"from"`
	To     string `form:"to"`
	Rate   string `form:"rate"`
	On     string `form:"on"`
	Source string `form:"source"`
}

func (d rooms) rates(w http.ResponseWriter, r *http.Request) error {
	today, err := d.Billing.Today(r.Context())
	if err != nil {
		return err
	}
	return d.showRates(w, r, rateForm{From: "USD", To: "IDR", On: string(today)})("", nil)
}

func (d rooms) showRates(w http.ResponseWriter, r *http.Request, f rateForm) func(string, map[string]string) error {
	return func(problem string, errs map[string]string) error {
		ctx, actor := r.Context(), web.ActorOf(r)
		list, err := d.Exchange.Quotes(ctx, actor, 100)
		if err != nil {
			return err
		}
		p := recordPage{Title: tr(ctx, "exchange.title"), Meta: []string{tr(ctx, "exchange.lead")}, Tabs: tabs(ctx, "rates"), Error: problem, Errors: errs, Main: []block{quotesBlock(ctx, list)}}
		if actor.Can("rate.edit") {
			p.Side = rateActs(r, f, errs)
		}
		return d.record(w, r, p, "rates")
	}
}

func quotesBlock(ctx context.Context, list []exchange.Quote) block {
	b := block{Title: tr(ctx, "exchange.kept"), Text: tr(ctx, "exchange.none")}
	rows := []row{}
	for _, q := range list {
		rows = append(rows, row{Cells: []cell{{First: tr(ctx, "exchange.one", "from", q.From, "to", q.To)}, {Class: "c-num", First: locale.From(ctx).Rate(q.Rate)}, {Class: "c-nowrap", First: day(ctx, q.On)}, {First: q.Source, Second: q.MadeBy}}})
	}
	if len(rows) > 0 {
		b.Text = ""
		b.Grid = grid{Caption: b.Title, Cols: []ui.Col{{Label: tr(ctx, "exchange.col.pair")}, {Label: tr(ctx, "exchange.col.rate"), Class: "c-num"}, {Label: tr(ctx, "exchange.col.on")}, {Label: tr(ctx, "exchange.col.source")}}, Groups: []group{{Rows: rows}}}
	}
	return b
}

func rateActs(r *http.Request, f rateForm, errs map[string]string) []block {
	ctx := r.Context()
	field := func(name, value string) ui.Field {
		return ui.Field{Name: name, Label: tr(ctx, "exchange.field."+name), Value: value, Error: errs[name]}
	}
	return []block{{Title: tr(ctx, "exchange.type"), Note: tr(ctx, "exchange.type.note"), Forms: []form{{Action: "/rates", Key: desk.NewKey(r), Fields: []templ.Component{
		pair{ui.Select{Field: field("from", f.From), Options: currencies()}, ui.Select{Field: field("to", f.To), Options: currencies()}}, ui.Input(field("rate", f.Rate)), ui.DateField{Field: field("on", f.On)}, ui.Input(field("source", f.Source))},
		Button: ui.Button{Label: tr(ctx, "exchange.type.do"), Kind: ui.Primary}}}},
		{Title: tr(ctx, "exchange.file"), Note: tr(ctx, "exchange.file.note"), Forms: []form{{Action: "/rates/file", Key: desk.NewKey(r), Multipart: true, Fields: []templ.Component{ui.FileField{Field: ui.Field{Name: "file", Label: tr(ctx, "exchange.file.field"), Error: errs["file"]}, Accept: ".xml,.csv"}},
			Button: ui.Button{Label: tr(ctx, "exchange.file.do")}}}}}
}

func (d rooms) typeRate(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[rateForm](r)
	if err != nil {
		return err
	}
	rate, err := readRate(r, f.Rate)
	if err == nil {
		_, err = d.Exchange.Type(r.Context(), web.ActorOf(r), exchange.Quote{From: money.Currency(f.From), To: money.Currency(f.To), Rate: rate, On: worktime.Date(f.On), Source: f.Source})
	}
	return act(w, r, err, d.showRates(w, r, f), "/rates", "exchange.toast.typed")
}

func (d rooms) takeRates(w http.ResponseWriter, r *http.Request) error {
	name, body := "", io.Reader(http.NoBody)
	if file, head, missing := r.FormFile("file"); missing == nil {
		defer file.Close()
		name, body = head.Filename, file
	}
	n, err := d.Exchange.TakeFile(r.Context(), web.ActorOf(r), name, body)
	return act(w, r, err, d.showRates(w, r, rateForm{From: "USD", To: "IDR"}), "/rates", "exchange.toast.file", "n", n)
}
