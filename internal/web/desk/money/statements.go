package money

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"kolega/internal/billing"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"

	"github.com/a-h/templ"
)

func (d rooms) statementRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/statements", Verb: "invoice.see", Handle: d.statements},
		{Method: "POST", Pattern: "/statements", Verb: "receipt.enter", Handle: d.takeStatement},
		{Method: "GET", Pattern: "/statements/{id}", Verb: "invoice.see", Handle: d.statement},
		{Method: "GET", Pattern: "/bank-lines/{id}", Verb: "invoice.see", Handle: d.bankLine},
		{Method: "POST", Pattern: "/bank-lines/{id}/confirm", Verb: "receipt.enter", Handle: d.confirmLine},
		{Method: "POST", Pattern: "/bank-lines/{id}/aside", Verb: "receipt.enter", Handle: d.setAside},
	}
}

func (d rooms) statements(w http.ResponseWriter, r *http.Request) error {
	return d.showStatements(w, r)("", nil)
}

func (d rooms) showStatements(w http.ResponseWriter, r *http.Request) func(string, map[string]string) error {
	return func(problem string, errs map[string]string) error {
		ctx, actor := r.Context(), web.ActorOf(r)
		list, open, err := d.Billing.Statements(ctx, actor)
		if err != nil {
			return err
		}
		house, err := d.Access.Agency(ctx)
		if err != nil {
			return err
		}
		p := recordPage{Title: tr(ctx, "statement.title"), Meta: []string{tr(ctx, "statement.lead")}, Error: problem, Errors: errs}
		if open > 0 {
			p.Primary = ui.Button{Label: tr(ctx, "statement.open", "n", open), Kind: ui.Primary, Href: "/statements/" + billing.OpenLines}
		}
		p.Main = []block{statementsBlock(ctx, list, actor.Zone)}
		if actor.Can("receipt.enter") {
			p.Side = []block{bringBlock(r, house.BankName, errs)}
		}
		return d.record(w, r, p, "receipts")
	}
}

func statementsBlock(ctx context.Context, list []billing.Statement, zone string) block {
	rows := []row{}
	for _, x := range list {
		rows = append(rows, row{ID: "st-" + x.ID, Cells: []cell{{First: x.Account, Second: x.Name, Href: "/statements/" + x.ID}, {First: locale.From(ctx).Range(x.From, x.To)},
			{Class: "c-num", First: itoa(int(x.In)), Second: knownNote(ctx, x)}, {First: x.TakenBy, Second: locale.From(ctx).DateTime(x.TakenAt, zone)}}})
	}
	b := block{Title: tr(ctx, "statement.taken"), Text: tr(ctx, "statement.none")}
	if len(rows) > 0 {
		b.Text = ""
		b.Grid = grid{Caption: b.Title, Cols: []ui.Col{{Label: tr(ctx, "statement.col.account")}, {Label: tr(ctx, "statement.col.period")}, {Label: tr(ctx, "statement.col.lines-in"), Class: "c-num"}, {Label: tr(ctx, "statement.col.by")}}, Groups: []group{{Rows: rows}}}
	}
	return b
}

func knownNote(ctx context.Context, x billing.Statement) string {
	if x.Known == 0 {
		return ""
	}
	return tr(ctx, "statement.known", "n", x.Known)
}

// bringBlock is the form that takes a statement's file.
func bringBlock(r *http.Request, account string, errs map[string]string) block {
	ctx := r.Context()
	return block{Title: tr(ctx, "statement.bring"), Note: tr(ctx, "statement.bring.note"), Forms: []form{{Action: "/statements", Key: desk.NewKey(r), Multipart: true, Fields: []templ.Component{
		ui.FileField{Field: ui.Field{Name: "file", Label: tr(ctx, "statement.field.file"), Hint: tr(ctx, "statement.field.file.hint"), Error: errs["file"]}, Accept: ".csv,.txt,.xlsx,text/csv"},
		pair{ui.Input{Name: "account", Label: tr(ctx, "billing.field.account"), Value: account, Error: errs["account"]}, ui.Select{Field: ui.Field{Name: "currency", Label: tr(ctx, "billing.field.currency"), Value: string(money.CurrencyIDR)}, Options: currencies()}}},
		Button: ui.Button{Label: tr(ctx, "statement.bring.do"), Kind: ui.Secondary}}}}
}

func (d rooms) takeStatement(w http.ResponseWriter, r *http.Request) error {
	in := billing.BringStatement{Body: strings.NewReader("")}
	if file, head, missing := r.FormFile("file"); missing == nil {
		defer file.Close()
		in.Body, in.Name = file, head.Filename
	}
	in.Account, in.Currency = r.FormValue("account"), money.Currency(r.FormValue("currency"))
	x, err := d.Billing.TakeStatement(r.Context(), web.ActorOf(r), in)
	return act(w, r, err, d.showStatements(w, r), "/statements/"+x.ID, "statement.toast.taken", "n", x.In-x.Known)
}

func (d rooms) statement(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := d.Billing.Statement(ctx, web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	p := recordPage{Title: tr(ctx, "statement.all-open")}
	if f.ID != "" {
		p.Title, p.Meta = f.Account, []string{locale.From(ctx).Range(f.From, f.To), tr(ctx, "statement.counts", "in", f.In, "out", f.Out, "skipped", f.Skipped)}
	}
	p.Main = []block{{Title: tr(ctx, "statement.lines"), Note: tr(ctx, "statement.lines.note"), Grid: statementGrid(r, f.Lines), Text: emptyText(ctx, f.Lines)}}
	return d.record(w, r, p, "receipts")
}

func emptyText(ctx context.Context, lines []billing.LineFile) string {
	if len(lines) > 0 {
		return ""
	}
	return tr(ctx, "statement.nothing")
}

func statementGrid(r *http.Request, lines []billing.LineFile) grid {
	ctx := r.Context()
	g := grid{Caption: tr(ctx, "statement.lines"), Cards: ui.CardsWide, Cols: []ui.Col{{Label: tr(ctx, "statement.col.line")}, {Label: tr(ctx, "billing.col.amount"), Class: "c-num"}, {Label: tr(ctx, "statement.col.guess")}, {Label: "", Class: "c-act"}}}
	groups := []group{{Title: tr(ctx, "statement.yours"), Meaning: ui.Us}, {Title: tr(ctx, "statement.settled")}}
	for _, l := range lines {
		n := 1
		if l.Open() {
			n = 0
		}
		groups[n].Rows = append(groups[n].Rows, lineRow(r, l))
	}
	g.Groups = groups
	return g
}

func lineRow(r *http.Request, l billing.LineFile) row {
	ctx := r.Context()
	out := row{ID: "bl-" + l.ID, Cells: []cell{{First: day(ctx, l.On), Second: cut(l.Text, 90), Href: "/bank-lines/" + l.ID}, {Class: "c-num c-nowrap", First: cash(ctx, l.Amount)}}}
	may := web.ActorOf(r).Can("receipt.enter")
	switch {
	case !l.Open():
		return settledRow(ctx, out, l)
	case len(l.Typed) > 0:
		out.Cells = append(out.Cells, cell{First: tr(ctx, "statement.line.typed", "number", l.Typed[0].Number), Second: day(ctx, l.Typed[0].On)})
		if may {
			out.Cells = append(out.Cells, cell{Class: "c-act", Part: lineButton(r, l, ui.Button{Label: tr(ctx, "statement.line.same"), Small: true}, map[string]string{"receipt_id": l.Typed[0].ID})})
		}
	case len(l.Guesses) > 0:
		out.Cells = append(out.Cells, guessCell(ctx, l.Guesses[0]))
		if may {
			out.Cells = append(out.Cells, cell{Class: "c-act", Part: lineButton(r, l, ui.Button{Label: tr(ctx, "statement.line.confirm"), Small: true}, guessHidden(l.Guesses[0]))})
		}
	default:
		out.Cells = append(out.Cells, cell{Status: ui.Status{Word: tr(ctx, "statement.line.unknown"), Meaning: ui.Wait}})
		if may {
			out.Cells = append(out.Cells, cell{Class: "c-act", Part: ui.Button{Label: tr(ctx, "statement.line.choose"), Small: true, Href: "/bank-lines/" + l.ID}})
		}
	}
	return out
}

func settledRow(ctx context.Context, out row, l billing.LineFile) row {
	if l.AsideFor != "" {
		out.Cells = append(out.Cells, cell{Status: ui.Status{Word: tr(ctx, "statement.line.aside"), Meaning: ui.Neutral}, Second: l.AsideFor}, cell{First: l.SettledBy})
		return out
	}
	out.Cells = append(out.Cells, cell{First: l.Receipt.Number, Second: l.Payer, Href: "/receipts/" + l.ReceiptID}, cell{First: l.SettledBy})
	return out
}

// guessCell names the invoices and why: "INV/0007 · Melati Glow", "nomor · jumlah".
func guessCell(ctx context.Context, g billing.Guess) cell {
	var numbers, why []string
	for _, x := range g.Lines {
		numbers = append(numbers, x.Invoice.Number)
	}
	for _, w := range g.Why {
		why = append(why, tr(ctx, "statement.why."+string(w)))
	}
	return cell{First: strings.Join(numbers, " + ") + " · " + g.ClientName, Second: strings.Join(why, " · ")}
}

func guessHidden(g billing.Guess) map[string]string {
	var ids []string
	for _, x := range g.Lines {
		ids = append(ids, x.Invoice.ID)
	}
	return map[string]string{"client_id": g.ClientID, "invoice_ids": strings.Join(ids, ",")}
}

func lineButton(r *http.Request, l billing.LineFile, b ui.Button, hidden map[string]string) templ.Component {
	hidden["back"] = l.StatementID
	if r.PathValue("id") == billing.OpenLines {
		hidden["back"] = billing.OpenLines
	}
	return ui.PostButton{Action: "/bank-lines/" + l.ID + "/confirm", Key: desk.NewKey(r), Hidden: hidden, Button: b}
}

// cut shortens a bank's text to so many letters.
func cut(s string, most int) string {
	if letters := []rune(s); len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return s
}

func (d rooms) bankLine(w http.ResponseWriter, r *http.Request) error {
	return d.showLine(w, r)("", nil)
}

func (d rooms) showLine(w http.ResponseWriter, r *http.Request) func(string, map[string]string) error {
	return func(problem string, errs map[string]string) error {
		ctx, actor := r.Context(), web.ActorOf(r)
		l, err := d.Billing.BankLine(ctx, actor, r.PathValue("id"))
		if err != nil {
			return err
		}
		p := recordPage{Title: cash(ctx, l.Amount), Meta: []string{day(ctx, l.On), l.Account}, Error: problem, Errors: errs, Others: []ui.Button{{Label: tr(ctx, "statement.back"), Href: "/statements/" + l.StatementID}}}
		p.Main = []block{{Title: tr(ctx, "statement.line.text"), Text: l.Text}}
		if !l.Open() {
			p.Status = ui.Status{Word: tr(ctx, "statement.line.settled", "name", l.SettledBy), Meaning: ui.Good}
			if l.ReceiptID != "" {
				p.Main = append(p.Main, block{Title: l.Receipt.Number, Part: ui.Button{Label: tr(ctx, "statement.line.receipt"), Href: "/receipts/" + l.ReceiptID}})
			}
			return d.record(w, r, p, "receipts")
		}
		if actor.Can("receipt.enter") {
			p.Main = append(p.Main, guessBlocks(r, l)...)
			if p.Side, err = d.lineActs(r, l, errs); err != nil {
				return err
			}
		}
		return d.record(w, r, p, "receipts")
	}
}

// guessBlocks offer what a line may be, each with its figures.
func guessBlocks(r *http.Request, l billing.LineFile) (out []block) {
	ctx := r.Context()
	for _, x := range l.Typed {
		out = append(out, block{Title: tr(ctx, "statement.line.typed", "number", x.Number), Note: day(ctx, x.On), Part: lineButton(r, l, ui.Button{Label: tr(ctx, "statement.line.same"), Kind: ui.Primary}, map[string]string{"receipt_id": x.ID})})
	}
	for n, g := range l.Guesses {
		c := guessCell(ctx, g)
		b := block{Title: c.First, Note: c.Second, Part: lineButton(r, l, ui.Button{Label: tr(ctx, "statement.line.confirm"), Kind: kindOf(len(out) == 0 && n == 0)}, guessHidden(g))}
		for i, m := range g.Matches {
			b.Terms = append(b.Terms, ui.Term{Name: g.Lines[i].Invoice.Number, Text: matchText(ctx, m)})
		}
		out = append(out, b)
	}
	return out
}

func kindOf(first bool) ui.Kind {
	if first {
		return ui.Primary
	}
	return ui.Secondary
}

func matchText(ctx context.Context, m billing.Match) string {
	parts := []string{tr(ctx, "billing.field.cash") + " " + cash(ctx, m.Cash)}
	if m.Withheld.Sign() > 0 {
		parts = append(parts, tr(ctx, "billing.field.withheld")+" "+cash(ctx, m.Withheld))
	}
	if m.Charge.Sign() > 0 {
		parts = append(parts, tr(ctx, "billing.field.charge")+" "+cash(ctx, m.Charge))
	}
	return strings.Join(parts, " · ")
}

// lineActs are a person's own choices: another client, or no client's payment.
func (d rooms) lineActs(r *http.Request, l billing.LineFile, errs map[string]string) ([]block, error) {
	ctx := r.Context()
	_, clients, err := d.clientNames(r)
	if err != nil {
		return nil, err
	}
	var names []ui.Option
	for _, c := range clients {
		names = append(names, ui.Option{Value: c.ID, Label: c.Name})
	}
	fields := []templ.Component{ui.Select{Field: ui.Field{Name: "client_id", Label: tr(ctx, "billing.field.client_id"), Error: errs["client_id"]}, Options: names, Empty: tr(ctx, "billing.choose")}}
	if len(l.Typed) > 0 {
		fields = append(fields, ui.Checkbox{Name: "again", Label: tr(ctx, "billing.field.again"), Value: "true"})
	}
	return []block{{Title: tr(ctx, "statement.line.other"), Note: tr(ctx, "statement.line.other.note"), Forms: []form{{Action: "/bank-lines/" + l.ID + "/confirm", Key: desk.NewKey(r), Fields: fields, Button: ui.Button{Label: tr(ctx, "statement.line.other.do")}}}},
		{Title: tr(ctx, "statement.line.aside.title"), Note: tr(ctx, "statement.line.aside.note"), Forms: []form{{Action: "/bank-lines/" + l.ID + "/aside", Key: desk.NewKey(r), Fold: tr(ctx, "statement.line.aside.do"),
			Fields: []templ.Component{ui.Input{Name: "reason", Label: tr(ctx, "billing.field.reason"), Error: errs["reason"]}}, Button: ui.Button{Label: tr(ctx, "statement.line.aside.do")}}}}}, nil
}

func (d rooms) confirmLine(w http.ResponseWriter, r *http.Request) error {
	in := billing.ConfirmLine{LineID: r.PathValue("id"), ClientID: r.FormValue("client_id"), ReceiptID: r.FormValue("receipt_id"), Again: r.FormValue("again") == "true"}
	in.InvoiceIDs = slices.DeleteFunc(strings.Split(r.FormValue("invoice_ids"), ","), func(s string) bool { return s == "" })
	x, err := d.Billing.ConfirmLine(r.Context(), web.ActorOf(r), in)
	back := "/statements/" + r.FormValue("back")
	if r.FormValue("back") == "" {
		back = "/receipts/" + x.ID
	}
	return act(w, r, err, d.showLine(w, r), back, "billing.toast.received", "number", x.Number)
}

func (d rooms) setAside(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	err := d.Billing.SetLineAside(r.Context(), web.ActorOf(r), id, r.FormValue("reason"))
	return act(w, r, err, d.showLine(w, r), "/bank-lines/"+id, "billing.toast.saved")
}
