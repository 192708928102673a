package money

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"kolega/internal/billing"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"

	"github.com/a-h/templ"
)

func (d rooms) receiptRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/receivables", Verb: "invoice.see", Handle: d.receivables},
		{Method: "GET", Pattern: "/receipts", Verb: "invoice.see", Handle: d.receipts},
		{Method: "GET", Pattern: "/receipts/new", Verb: "receipt.enter", Handle: d.newReceipt},
		{Method: "POST", Pattern: "/receipts", Verb: "receipt.enter", Handle: d.addReceipt},
		{Method: "GET", Pattern: "/receipts/{id}", Verb: "invoice.see", Handle: d.receipt},
		{Method: "GET", Pattern: "/receipts/{id}/paper", Verb: "invoice.see", Handle: d.receiptPaper},
		{Method: "POST", Pattern: "/receipts/{id}/match", Verb: "receipt.enter", Handle: d.match},
		{Method: "POST", Pattern: "/receipts/{id}/reverse", Verb: "receipt.enter", Handle: d.reverse},
		{Method: "POST", Pattern: "/receipts/{id}/slips/{match}", Verb: "receipt.enter", Handle: d.slip},
	}
}

func (d rooms) receivables(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	list, slips, err := d.Billing.Receivables(ctx, web.ActorOf(r))
	if err != nil {
		return err
	}
	p := listPage{Grid: ageingGrid(ctx, list), Empty: ui.Empty{Title: tr(ctx, "billing.receivables.none"), Text: tr(ctx, "billing.receivables.none.text")}}
	if len(slips) > 0 {
		p.Below = []block{slipsBlock(ctx, slips)}
	}
	return d.list(w, r, "receivables", p)
}

// ageingGrid has a row a client and a column an age.
func ageingGrid(ctx context.Context, list []billing.Ageing) grid {
	g := grid{Caption: tr(ctx, "billing.tab.receivables"), Cols: []ui.Col{{Label: tr(ctx, "billing.col.client")}}}
	for _, a := range billing.Ages {
		g.Cols = append(g.Cols, ui.Col{Label: tr(ctx, "billing.age."+strconv.Itoa(int(a))), Class: "c-num"})
	}
	g.Cols = append(g.Cols, ui.Col{Label: tr(ctx, "billing.col.total"), Class: "c-num"}, ui.Col{Label: tr(ctx, "billing.col.credit"), Class: "c-num"})
	rows := []row{}
	for _, a := range list {
		cells := []cell{{First: a.ClientName, Second: tr(ctx, "billing.open-invoices", "n", len(a.Lines)), Href: "/client-accounts/" + a.ClientID}}
		for _, x := range a.By {
			cells = append(cells, cell{Class: "c-num", First: cashOrDash(ctx, x)})
		}
		rows = append(rows, row{ID: "r-" + a.ClientID + string(a.Currency), Cells: append(cells, cell{Class: "c-num", First: cash(ctx, a.Total)}, cell{Class: "c-num", First: cashOrDash(ctx, a.Credit)})})
	}
	g.Groups = []group{{Rows: rows}}
	return g
}

// slipsBlock lists the withholdings whose proof is owed.
func slipsBlock(ctx context.Context, slips []billing.Slip) block {
	rows := []row{}
	for _, s := range slips {
		rows = append(rows, row{Cells: []cell{{First: s.InvoiceNo, Href: "/receipts/" + s.Match.ReceiptID}, {Class: "c-num", First: cash(ctx, s.Match.Withheld)}}})
	}
	return block{Title: tr(ctx, "billing.slips"), Note: tr(ctx, "billing.slips.note"), Grid: grid{Caption: tr(ctx, "billing.slips"), Cols: []ui.Col{{Label: tr(ctx, "billing.col.invoice")}, {Label: tr(ctx, "billing.col.amount"), Class: "c-num"}}, Groups: []group{{Rows: rows}}}}
}

func (d rooms) receipts(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	list, err := d.Billing.Receipts(ctx, web.ActorOf(r), r.URL.Query().Get("client"), r.URL.Query().Get("after"), 100)
	if err != nil {
		return err
	}
	p := listPage{Grid: receiptGrid(ctx, list), Empty: ui.Empty{Title: tr(ctx, "billing.receipts.none"), Text: tr(ctx, "billing.receipts.none.text")}}
	if web.ActorOf(r).Can("receipt.enter") {
		p.New = ui.Button{Label: tr(ctx, "billing.receipt.new"), Kind: ui.Primary, Icon: "plus", Href: "/receipts/new"}
	}
	if p.Above, err = d.statementsNotice(r); err != nil {
		return err
	}
	return d.list(w, r, "receipts", p)
}

func receiptGrid(ctx context.Context, list []billing.ReceiptLine) grid {
	g := grid{Caption: tr(ctx, "billing.tab.receipts"), Cols: []ui.Col{{Label: tr(ctx, "billing.col.receipt")}, {Label: tr(ctx, "billing.col.client")}, {Label: tr(ctx, "billing.col.when")}, {Label: tr(ctx, "billing.col.amount"), Class: "c-num"}, {Label: tr(ctx, "billing.col.left"), Class: "c-num"}}}
	groups := []group{{Title: tr(ctx, "billing.group.unmatched"), Meaning: ui.Us}, {Title: tr(ctx, "billing.group.matched")}}
	for _, x := range list {
		n := 1
		if x.Left.Sign() > 0 && x.ReversedAt.IsZero() {
			n = 0
		}
		groups[n].Rows = append(groups[n].Rows, row{ID: "k-" + x.ID, Cells: []cell{{First: x.Number, Second: dash(x.Reference), Href: "/receipts/" + x.ID}, {First: x.ClientName, Second: x.Payer}, {First: day(ctx, x.On), Second: x.Account},
			{Class: "c-num", First: cash(ctx, x.Amount)}, {Class: "c-num", First: cash(ctx, x.Left)}}})
	}
	g.Groups = groups
	return g
}

// statementsNotice leads to the bank statements, and says how many lines of them wait.
func (d rooms) statementsNotice(r *http.Request) (templ.Component, error) {
	ctx := r.Context()
	_, open, err := d.Billing.Statements(ctx, web.ActorOf(r))
	if err != nil || open > 0 {
		return ui.Notice{Meaning: ui.Us, Text: tr(ctx, "statement.wait", "n", open), Actions: ui.Button{Label: tr(ctx, "statement.match"), Href: "/statements/" + billing.OpenLines, Small: true}}, err
	}
	return ui.Notice{Text: tr(ctx, "statement.lead"), Actions: ui.Button{Label: tr(ctx, "statement.title"), Href: "/statements", Small: true}}, nil
}

type receiptForm struct {
	ClientID   string `form:"client_id"`
	On         string `form:"on"`
	Amount     string `form:"amount"`
	Currency   string `form:"currency"`
	Into       string `form:"into"`
	Rate       string `form:"rate"`
	RateSource string `form:"rate_source"`
	Account    string `form:"account"`
	Reference  string `form:"reference"`
	Payer      string `form:"payer"`
	Again      bool   `form:"again"`
	Twice      bool   // it looks like one on record: ask
}

// newReceipt shows the form, filled from an invoice where one is named.
func (d rooms) newReceipt(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), r.URL.Query()
	today, err := d.Billing.Today(ctx)
	if err != nil {
		return err
	}
	house, err := d.Access.Agency(ctx)
	if err != nil {
		return err
	}
	f := receiptForm{ClientID: q.Get("client"), On: string(today), Currency: house.Currency, Into: house.Currency, Account: house.BankName}
	if id := q.Get("invoice"); id != "" {
		i, err := d.Billing.Invoice(ctx, web.ActorOf(r), id)
		if err != nil {
			return err
		}
		f.ClientID, f.Currency, f.Into = i.Invoice.ClientID, string(i.Invoice.Currency), string(i.Invoice.Currency)
		f.Amount, f.Reference, f.Payer = plain(locale.From(ctx), i.Balance), i.Invoice.Number, i.Invoice.Buyer.Name
	}
	return d.receiptForm(w, r, f, "", nil)
}

func (d rooms) receiptForm(w http.ResponseWriter, r *http.Request, f receiptForm, problem string, errs map[string]string) error {
	ctx := r.Context()
	_, clients, err := d.clientNames(r)
	if err != nil {
		return err
	}
	var names []ui.Option
	for _, c := range clients {
		names = append(names, ui.Option{Value: c.ID, Label: c.Name})
	}
	p := recordPage{Title: tr(ctx, "billing.receipt.new"), Error: problem, Errors: errs, Main: []block{{Title: tr(ctx, "billing.receipt.what"), Note: tr(ctx, "billing.receipt.what.note"), Forms: []form{{Action: "/receipts", Key: desk.NewKey(r), Fields: receiptFields(ctx, f, names, errs), Button: ui.Button{Label: tr(ctx, "billing.receipt.enter"), Kind: ui.Primary}}}}}}
	return d.record(w, r, p, "receipts")
}

func receiptFields(ctx context.Context, f receiptForm, clients []ui.Option, errs map[string]string) []templ.Component {
	field := func(name, value string) ui.Field {
		return ui.Field{Name: name, Label: tr(ctx, "billing.field."+name), Value: value, Error: errs[name]}
	}
	fields := []templ.Component{pair{ui.Select{Field: field("client_id", f.ClientID), Options: clients, Empty: tr(ctx, "billing.choose")}, ui.DateField{Field: field("on", f.On)}},
		pair{ui.Input(field("amount", f.Amount)), ui.Select{Field: field("currency", f.Currency), Options: currencies()}, ui.Select{Field: field("into", f.Into), Options: currencies()}},
		pair{ui.Input(hinted(optionalField(field("rate", f.Rate)), tr(ctx, "billing.field.rate.hint"))), ui.Input(optionalField(field("rate_source", f.RateSource)))},
		pair{ui.Input(field("account", f.Account)), ui.Input(optionalField(field("reference", f.Reference))), ui.Input(optionalField(field("payer", f.Payer)))}}
	if f.Twice {
		fields = append(fields, ui.Checkbox{Name: "again", Label: tr(ctx, "billing.field.again"), Checked: f.Again, Value: "true"})
	}
	return fields
}

func hinted(f ui.Field, hint string) ui.Field {
	f.Hint = hint
	return f
}

func (d rooms) addReceipt(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[receiptForm](r)
	if err != nil {
		return err
	}
	var x billing.Receipt
	var amount money.Amount
	rate, err := readRate(r, f.Rate)
	if err == nil {
		amount, err = readAmount(r, "amount", f.Amount, money.Currency(f.Currency))
	}
	if err == nil {
		x, err = d.Billing.EnterReceipt(r.Context(), web.ActorOf(r), billing.EnterReceipt{ClientID: f.ClientID, On: worktime.Date(f.On), Amount: amount, Into: money.Currency(f.Into), Rate: rate,
			RateSource: f.RateSource, Account: f.Account, Reference: f.Reference, Payer: f.Payer, Again: f.Again})
	}
	again := func(text string, errs map[string]string) error {
		f.Twice = f.Again || errors.Is(err, billing.ErrReceiptTwice)
		return d.receiptForm(w, r, f, text, errs)
	}
	return act(w, r, err, again, "/receipts/"+x.ID, "billing.toast.received", "number", x.Number)
}

func (d rooms) receipt(w http.ResponseWriter, r *http.Request) error {
	return d.showReceipt(w, r)("", nil)
}

func (d rooms) showReceipt(w http.ResponseWriter, r *http.Request) func(string, map[string]string) error {
	return func(problem string, errs map[string]string) error {
		ctx, actor := r.Context(), web.ActorOf(r)
		f, err := d.Billing.Receipt(ctx, actor, r.PathValue("id"))
		if err != nil {
			return err
		}
		p := recordPage{Title: f.Number, Meta: []string{f.ClientName, day(ctx, f.On), f.Account}, Error: problem, Errors: errs, Others: []ui.Button{{Label: tr(ctx, "billing.paper"), Icon: "file", Href: "/receipts/" + f.ID + "/paper"}},
			Figures: ui.KeyFigures{{Label: tr(ctx, "billing.col.amount"), Value: cash(ctx, f.Amount), Note: rateNote(locale.From(ctx), f.Receipt)}, {Label: tr(ctx, "billing.col.left"), Value: cash(ctx, f.Left)}}}
		if !f.ReversedAt.IsZero() {
			p.Status = ui.Status{Word: tr(ctx, "billing.receipt.reversed"), Meaning: ui.Neutral}
		}
		p.Main = d.receiptMatches(r, f)
		if actor.Can("receipt.enter") && f.ReversedAt.IsZero() {
			p.Main = append(p.Main, matchBlocks(r, f)...)
			p.Side = []block{{Title: tr(ctx, "billing.reverse"), Note: tr(ctx, "billing.reverse.note"), Forms: []form{{Action: "/receipts/" + f.ID + "/reverse", Key: desk.NewKey(r), Fold: tr(ctx, "billing.reverse.do"), Fields: []templ.Component{ui.Input{Name: "reason", Label: tr(ctx, "billing.field.reason"), Error: errs["reason"]}}, Button: ui.Button{Label: tr(ctx, "billing.reverse.do")}}}}}
		}
		return d.record(w, r, p, "receipts")
	}
}

func rateNote(l *locale.Loc, x billing.Receipt) string {
	if x.Rate == "" {
		return ""
	}
	return l.Rate(x.Rate) + " · " + x.RateSource
}

func (d rooms) receiptMatches(r *http.Request, f billing.ReceiptFile) (out []block) {
	ctx := r.Context()
	for _, m := range f.Matches {
		i := f.Invoices[m.InvoiceID]
		b := block{Title: tr(ctx, "billing.match.with", "number", i.Number), Terms: ui.Terms{{Name: tr(ctx, "billing.field.cash"), Text: cash(ctx, m.Cash)}, {Name: tr(ctx, "billing.field.charge"), Text: cash(ctx, m.Charge)}, {Name: tr(ctx, "billing.field.withheld"), Text: cash(ctx, m.Withheld)}, {Name: tr(ctx, "billing.field.slip_number"), Text: dash(m.SlipNumber)}}}
		if m.Withheld.Sign() > 0 && m.SlipNumber == "" && m.ReversedAt.IsZero() && web.ActorOf(r).Can("receipt.enter") {
			b.Forms = []form{{Action: "/receipts/" + f.ID + "/slips/" + m.ID, Key: desk.NewKey(r), Fields: []templ.Component{pair{ui.Input{Name: "slip_number", Label: tr(ctx, "billing.field.slip_number")}, ui.DateField{Field: ui.Field{Name: "slip_on", Label: tr(ctx, "billing.field.slip_on"), Optional: true}}}}, Button: ui.Button{Label: tr(ctx, "billing.slip.do")}}}
		}
		if f.Value.Currency == m.Cash.Currency && m.Charge.IsZero() && m.Withheld.IsZero() {
			b.Terms = b.Terms[:1]
		}
		out = append(out, b)
	}
	return out
}

// matchBlocks offer the open invoices, the likeliest first.
func matchBlocks(r *http.Request, f billing.ReceiptFile) (out []block) {
	kind := ui.Primary
	for _, s := range f.Suggestions {
		out = append(out, matchBlock(r, f, s, kind))
		kind = ui.Secondary
	}
	return out
}

// matchBlock is the form that gives the receipt to one open invoice, filled as suggested.
func matchBlock(r *http.Request, f billing.ReceiptFile, s billing.Suggestion, kind ui.Kind) block {
	ctx, i := r.Context(), s.Line.Invoice
	note := tr(ctx, "billing.match.open", "amount", s.Line.Balance, "due", i.DueOn)
	if s.Exact || s.Named {
		note = tr(ctx, "billing.match.fits") + " · " + note
	}
	amount := func(a money.Amount) string { return strings.TrimSpace(cash(ctx, a)) }
	return block{Title: tr(ctx, "billing.match.to", "number", i.Number), Note: note, Forms: []form{{Action: "/receipts/" + f.ID + "/match", Key: desk.NewKey(r), Fields: []templ.Component{ui.Hidden{Name: "invoice_id", Value: i.ID},
		pair{ui.Input{Name: "cash", Label: tr(ctx, "billing.field.cash"), Value: amount(s.Match.Cash)}, ui.Input{Name: "withheld", Label: tr(ctx, "billing.field.withheld"), Value: amount(s.Match.Withheld), Optional: true}},
		pair{ui.Input{Name: "charge", Label: tr(ctx, "billing.field.charge"), Optional: true}, ui.Input{Name: "slip_number", Label: tr(ctx, "billing.field.slip_number"), Optional: true}}}, Button: ui.Button{Label: tr(ctx, "billing.match.do"), Kind: kind}}}}
}

func (d rooms) receiptPaper(w http.ResponseWriter, r *http.Request) error {
	f, body, err := d.Billing.ReceiptPaper(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return pdf(w, f.Number, body)
}

func (d rooms) match(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	f, err := d.Billing.Receipt(r.Context(), web.ActorOf(r), id)
	if err != nil {
		return err
	}
	m := billing.Match{ReceiptID: id, InvoiceID: r.FormValue("invoice_id"), SlipNumber: r.FormValue("slip_number")}
	for _, x := range []struct {
		name string
		to   *money.Amount
	}{{"cash", &m.Cash}, {"charge", &m.Charge}, {"withheld", &m.Withheld}} {
		if *x.to, err = optional(r, x.name, r.FormValue(x.name), f.Value.Currency); err != nil {
			break
		}
	}
	if err == nil {
		_, err = d.Billing.MatchReceipt(r.Context(), web.ActorOf(r), m)
	}
	return act(w, r, err, d.showReceipt(w, r), "/receipts/"+id, "billing.toast.matched")
}

func (d rooms) reverse(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	err := d.Billing.ReverseReceipt(r.Context(), web.ActorOf(r), id, r.FormValue("reason"))
	return act(w, r, err, d.showReceipt(w, r), "/receipts/"+id, "billing.toast.reversed")
}

func (d rooms) slip(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	err := d.Billing.RecordSlip(r.Context(), web.ActorOf(r), r.PathValue("match"), r.FormValue("slip_number"), worktime.Date(r.FormValue("slip_on")))
	return act(w, r, err, d.showReceipt(w, r), "/receipts/"+id, "billing.toast.saved")
}
