package money

import (
	"context"
	"net/http"
	"net/url"
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

func (d rooms) invoiceRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/invoices", Verb: "invoice.see", Handle: d.invoices},
		{Method: "GET", Pattern: "/invoices/{id}", Verb: "invoice.see", Handle: d.invoice},
		{Method: "POST", Pattern: "/invoices/{id}", Verb: "invoice.issue", Handle: d.editInvoice},
		{Method: "GET", Pattern: "/invoices/{id}/paper", Verb: "invoice.see", Handle: d.invoicePaper},
		{Method: "POST", Pattern: "/invoices/{id}/issue", Verb: "invoice.issue", Handle: d.issue},
		{Method: "POST", Pattern: "/invoices/{id}/pause", Verb: "invoice.issue", Handle: d.pause},
		{Method: "POST", Pattern: "/invoices/{id}/remind", Verb: "invoice.see", Handle: d.remind},
		{Method: "POST", Pattern: "/invoices/{id}/credits", Verb: "credit.prepare", Handle: d.prepareCredit},
		{Method: "POST", Pattern: "/credit-notes/{id}/approve", Verb: "credit.approve", Handle: d.approveCredit},
		{Method: "POST", Pattern: "/credit-notes/{id}/refuse", Verb: "credit.approve", Handle: d.refuseCredit},
		{Method: "GET", Pattern: "/credit-notes/{id}/paper", Verb: "invoice.see", Handle: d.creditPaper},
	}
}

// invoiceStatus words where an invoice is; today decides what is late.
func invoiceStatus(ctx context.Context, o billing.Open, today worktime.Date) ui.Status {
	switch {
	case !o.Invoice.Issued():
		return ui.Status{Word: tr(ctx, "billing.invoice.draft"), Meaning: ui.Us}
	case o.Balance.IsZero():
		return ui.Status{Word: tr(ctx, "billing.invoice.paid"), Meaning: ui.Good}
	case today.After(o.Invoice.DueOn):
		return ui.Status{Word: tr(ctx, "billing.invoice.late", "n", o.Invoice.DueOn.DaysUntil(today)), Meaning: ui.Bad}
	case o.Balance != o.Invoice.Totals.Total:
		return ui.Status{Word: tr(ctx, "billing.invoice.part"), Meaning: ui.Info}
	}
	return ui.Status{Word: tr(ctx, "billing.invoice.open"), Meaning: ui.ClientMove}
}

func invoiceGrid(ctx context.Context, list []billing.Line, today worktime.Date) grid {
	g := grid{Caption: tr(ctx, "billing.tab.invoices"), Cols: []ui.Col{{Label: tr(ctx, "billing.col.invoice")}, {Label: tr(ctx, "billing.col.client")}, {Label: tr(ctx, "billing.col.due")}, {Label: tr(ctx, "billing.col.total"), Class: "c-num"}, {Label: tr(ctx, "billing.col.open"), Class: "c-num"}, {Label: tr(ctx, "billing.col.state")}}}
	groups := []group{{Title: tr(ctx, "billing.group.draft"), Meaning: ui.Us}, {Title: tr(ctx, "billing.group.late"), Meaning: ui.Bad}, {Title: tr(ctx, "billing.group.open")}, {Title: tr(ctx, "billing.group.paid")}}
	for _, l := range list {
		i, n := l.Invoice, 2
		switch {
		case !i.Issued():
			n = 0
		case l.Balance.IsZero():
			n = 3
		case today.After(i.DueOn):
			n = 1
		}
		groups[n].Rows = append(groups[n].Rows, invoiceRow(ctx, l, today))
	}
	g.Groups = groups
	return g
}

func invoiceRow(ctx context.Context, l billing.Line, today worktime.Date) row {
	i := l.Invoice
	number, total, open := i.Number, cash(ctx, i.Totals.Total), cash(ctx, l.Balance)
	if !i.Issued() {
		price, _ := i.Price()
		number, total, open = tr(ctx, "billing.invoice.draft"), cash(ctx, price), locale.NoFigure
	}
	title := ""
	if len(i.Items) > 0 {
		title = i.Items[0].Text
	}
	return row{ID: "i-" + i.ID, Cells: []cell{{First: number, Second: title, Href: "/invoices/" + i.ID}, {First: l.ClientName, Second: l.CampaignName}, {Class: "c-nowrap", First: day(ctx, i.DueOn)},
		{Class: "c-num", First: total}, {Class: "c-num", First: open}, {Status: invoiceStatus(ctx, l.Open, today)}}}
}

func (d rooms) invoices(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), r.URL.Query()
	list, err := d.Billing.Invoices(ctx, web.ActorOf(r), billing.InvoiceFilter{ClientID: q.Get("client"), CampaignID: q.Get("campaign"), After: q.Get("after"), Limit: 200})
	if err != nil {
		return err
	}
	today, err := d.Billing.Today(ctx)
	if err != nil {
		return err
	}
	p := listPage{Grid: invoiceGrid(ctx, list, today), Empty: ui.Empty{Title: tr(ctx, "billing.invoices.none"), Text: tr(ctx, "billing.invoices.none.text")}}
	if len(list) == 200 {
		p.Next = "/invoices?after=" + list[199].Invoice.ID
	}
	return d.list(w, r, "invoices", p)
}

func (d rooms) invoice(w http.ResponseWriter, r *http.Request) error {
	return d.showInvoice(w, r, r.PathValue("id"))("", nil)
}

// showInvoice gives a function that shows an invoice with what was wrong.
func (d rooms) showInvoice(w http.ResponseWriter, r *http.Request, id string) func(string, map[string]string) error {
	return func(problem string, errs map[string]string) error {
		ctx, actor := r.Context(), web.ActorOf(r)
		f, err := d.Billing.Invoice(ctx, actor, id)
		if err != nil {
			return err
		}
		today, err := d.Billing.Today(ctx)
		if err != nil {
			return err
		}
		i := f.Invoice
		p := recordPage{Title: i.Number, Meta: []string{f.Client.Name, f.Campaign.Name}, Status: invoiceStatus(ctx, f.Open, today), Error: problem, Errors: errs,
			Others: []ui.Button{{Label: tr(ctx, "billing.paper"), Icon: "file", Href: "/invoices/" + i.ID + "/paper"}}}
		totals := i.Totals
		if !i.Issued() {
			p.Title, p.Status, totals = tr(ctx, "billing.invoice.draft"), ui.Status{}, f.Preview
			if actor.Can("invoice.issue") {
				p.Primary = ui.PostButton{Action: "/invoices/" + i.ID + "/issue", Key: desk.NewKey(r), Button: ui.Button{Label: tr(ctx, "billing.issue.do"), Kind: ui.Primary}}
			}
		} else {
			p.Figures = ui.KeyFigures{{Label: tr(ctx, "billing.col.total"), Value: cash(ctx, totals.Total)}, {Label: tr(ctx, "billing.col.received"), Value: cash(ctx, f.Received), Note: withheldNote(ctx, f.Withheld)},
				{Label: tr(ctx, "billing.col.credited"), Value: cash(ctx, f.Credited)}, {Label: tr(ctx, "billing.col.open"), Value: cash(ctx, f.Balance), Note: day(ctx, i.DueOn)}}
		}
		if i.Issued() && f.Balance.Sign() > 0 && actor.Can("receipt.enter") {
			p.Primary = ui.Button{Label: tr(ctx, "billing.receipt.new"), Kind: ui.Primary, Icon: "plus", Href: "/receipts/new?invoice=" + i.ID}
		}
		if f.Rate.Rate != "" {
			p.Meta = append(p.Meta, tr(ctx, "exchange.one", "from", i.Currency, "to", f.Rate.Currency)+": "+locale.From(ctx).Rate(f.Rate.Rate)+" · "+f.Rate.Source+" "+day(ctx, f.Rate.On))
		}
		p.Main = append([]block{itemsBlock(ctx, i, totals)}, historyBlocks(ctx, r, f)...)
		p.Side = d.invoiceActs(r, f, today)
		return d.record(w, r, p, "invoices")
	}
}

// withheldNote tells what of a sum the client withheld, if anything.
func withheldNote(ctx context.Context, a money.Amount) string {
	if a.Sign() == 0 {
		return ""
	}
	return tr(ctx, "billing.withheld.note", "amount", a)
}

func itemsBlock(ctx context.Context, i billing.Invoice, t billing.Totals) block {
	g := grid{Caption: tr(ctx, "billing.items"), Cols: []ui.Col{{Label: tr(ctx, "billing.col.item")}, {Label: tr(ctx, "billing.col.amount"), Class: "c-num"}}}
	rows := []row{}
	for _, it := range i.Items {
		rows = append(rows, row{Cells: []cell{{First: it.Text, Second: it.Note}, {Class: "c-num", First: cash(ctx, it.Amount)}}})
	}
	g.Groups = []group{{Rows: rows}}
	sums := []sum{{Label: tr(ctx, "billing.paper.price"), Value: cash(ctx, t.Price)}}
	if i.TaxCode == billing.TaxPPN {
		sums = append(sums, sum{Label: tr(ctx, "billing.paper.base"), Value: cash(ctx, t.Base)}, sum{Label: tr(ctx, "billing.paper.ppn"), Value: cash(ctx, t.PPN)})
	}
	sums = append(sums, sum{Label: tr(ctx, "billing.paper.total"), Value: cash(ctx, t.Total), Strong: true})
	if t.Withheld.Sign() > 0 {
		sums = append(sums, sum{Label: tr(ctx, "billing.paper.pph23"), Value: cash(ctx, t.Withheld.Neg())}, sum{Label: tr(ctx, "billing.paper.due"), Value: cash(ctx, t.Due), Strong: true})
	}
	return block{Title: tr(ctx, "billing.items"), Note: locale.MoneyWords(t.Total, locale.From(ctx).Lang), Grid: g, Sums: sums}
}

func historyBlocks(ctx context.Context, r *http.Request, f billing.File) (out []block) {
	rows := []row{}
	for _, m := range f.Matches {
		x := f.Receipts[m.ReceiptID]
		covers, _ := m.Covers()
		state := ui.Status{Word: tr(ctx, "billing.match.counts"), Meaning: ui.Good}
		switch {
		case !m.ReversedAt.IsZero():
			state = ui.Status{Word: tr(ctx, "billing.receipt.reversed"), Meaning: ui.Neutral}
		case m.Withheld.Sign() > 0 && m.SlipNumber == "":
			state = ui.Status{Word: tr(ctx, "billing.slip.owed"), Meaning: ui.ClientMove}
		}
		rows = append(rows, row{Cells: []cell{{First: x.Number, Second: day(ctx, x.On), Href: "/receipts/" + x.ID}, {Class: "c-num", First: cash(ctx, covers), Second: withheldNote(ctx, m.Withheld)}, {Status: state}}})
	}
	if len(rows) > 0 {
		out = append(out, block{Title: tr(ctx, "billing.tab.receipts"), Grid: grid{Caption: tr(ctx, "billing.tab.receipts"), Cols: []ui.Col{{Label: tr(ctx, "billing.col.receipt")}, {Label: tr(ctx, "billing.col.amount"), Class: "c-num"}, {Label: tr(ctx, "billing.col.state")}}, Groups: []group{{Rows: rows}}}})
	}
	for _, c := range f.Credits {
		out = append(out, creditBlock(ctx, r, c))
	}
	rows = nil
	for _, s := range f.Sent {
		rows = append(rows, row{Cells: []cell{{First: reminderStep(ctx, billing.ReminderDays[s.Step]), Second: s.By}, {First: locale.From(ctx).DateTime(s.At.Time, web.ActorOf(r).Zone)}, {First: dash(s.Note), Second: dash(string(s.PromiseOn))}}})
	}
	if len(rows) > 0 {
		out = append(out, block{Title: tr(ctx, "billing.reminders"), Grid: grid{Caption: tr(ctx, "billing.reminders"), Cols: []ui.Col{{Label: tr(ctx, "billing.col.step")}, {Label: tr(ctx, "billing.col.when")}, {Label: tr(ctx, "billing.col.promise")}}, Groups: []group{{Rows: rows}}}})
	}
	return out
}

// reminderStep words a step by its days from the due date.
func reminderStep(ctx context.Context, days int) string {
	switch {
	case days < 0:
		return tr(ctx, "billing.reminder.before", "n", -days)
	case days > 0:
		return tr(ctx, "billing.reminder.after", "n", days)
	}
	return tr(ctx, "billing.reminder.today")
}

func creditBlock(ctx context.Context, r *http.Request, c billing.CreditNote) block {
	b := block{Title: tr(ctx, "billing.credit") + " " + c.Number, Terms: ui.Terms{{Name: tr(ctx, "billing.field.reason"), Text: c.Reason}, {Name: tr(ctx, "billing.paper.price"), Text: cash(ctx, c.Totals.Price)}, {Name: tr(ctx, "billing.paper.total"), Text: cash(ctx, c.Totals.Total)}}}
	switch {
	case c.Issued():
		b.Part = ui.Button{Label: tr(ctx, "billing.paper"), Href: "/credit-notes/" + c.ID + "/paper"}
	case !c.RefusedAt.IsZero():
		b.Note = tr(ctx, "billing.credit.refused", "reason", c.RefusedFor)
	case web.ActorOf(r).Can("credit.approve"):
		b.Note = tr(ctx, "billing.credit.waits")
		b.Forms = []form{{Action: "/credit-notes/" + c.ID + "/approve", Key: desk.NewKey(r), Button: ui.Button{Label: tr(ctx, "billing.credit.approve")}},
			{Action: "/credit-notes/" + c.ID + "/refuse", Key: desk.NewKey(r), Fields: []templ.Component{ui.Input{Name: "reason", Label: tr(ctx, "billing.field.reason")}}, Button: ui.Button{Label: tr(ctx, "billing.credit.refuse")}}}
	default:
		b.Note = tr(ctx, "billing.credit.waits")
	}
	return b
}

// invoiceActs are what can be done with an invoice where it stands.
func (d rooms) invoiceActs(r *http.Request, f billing.File, today worktime.Date) (out []block) {
	ctx, actor, i := r.Context(), web.ActorOf(r), f.Invoice
	base := "/invoices/" + i.ID
	if !i.Issued() {
		if actor.Can("invoice.issue") {
			out = append(out, block{Title: tr(ctx, "billing.invoice.details"), Forms: []form{{Action: base, Key: desk.NewKey(r), Fields: []templ.Component{ui.Hidden{Name: "version", Value: strconv.FormatInt(i.Version, 10)},
				ui.Input{Name: "po_number", Label: tr(ctx, "billing.field.po_number"), Value: i.PONumber, Optional: !i.PORequired}, ui.Input{Name: "payment_days", Label: tr(ctx, "billing.field.payment_days"), Value: strconv.FormatInt(i.PaymentDays, 10), Short: true, Mode: "numeric"}}, Button: ui.Button{Label: tr(ctx, "billing.save")}}}})
		}
		return out
	}
	if f.Balance.Sign() > 0 {
		out = append(out, d.remindBlock(r, f))
	}
	if actor.Can("credit.prepare") && f.Balance.Sign() > 0 {
		out = append(out, block{Title: tr(ctx, "billing.credit"), Note: tr(ctx, "billing.credit.note"), Forms: []form{{Action: base + "/credits", Key: desk.NewKey(r), Fold: tr(ctx, "billing.credit.prepare"),
			Fields: []templ.Component{ui.Input{Name: "amount", Label: tr(ctx, "billing.field.price"), Prefix: string(i.Currency)}, ui.Input{Name: "reason", Label: tr(ctx, "billing.field.reason")}}, Button: ui.Button{Label: tr(ctx, "billing.credit.send")}}}})
	}
	return out
}

// remindBlock is the next reminder with a text ready to send, and the pause.
func (d rooms) remindBlock(r *http.Request, f billing.File) block {
	ctx, i := r.Context(), f.Invoice
	b := block{Title: tr(ctx, "billing.reminders"), Note: tr(ctx, "billing.reminder.none")}
	step := 0
	if f.HasRemind {
		step = f.Reminder.Step
		b.Note = tr(ctx, "billing.reminder.next", "when", locale.From(ctx).DateTime(f.Reminder.At, f.Client.Zone))
		if !f.Reminder.At.After(d.DB.Now()) {
			b.Note = tr(ctx, "billing.reminder.now", "when", locale.From(ctx).DateTime(f.Reminder.At, f.Client.Zone))
		}
	}
	l := locale.For(i.Lang, f.Client.Zone)
	text := l.T("billing.reminder.text", "name", f.Contact.Name, "number", i.Number, "amount", f.Balance, "due", l.DateLong(i.DueOn), "agency", i.Seller.Name)
	b.Text = text
	var buttons []templ.Component
	if f.Contact.Phone != "" {
		buttons = append(buttons, ui.Button{Label: "WhatsApp", Href: "https://wa.me/" + strings.TrimPrefix(f.Contact.Phone, "+") + "?text=" + url.QueryEscape(text)})
	}
	if f.Contact.Email != "" {
		buttons = append(buttons, ui.Button{Label: "E-mail", Href: "mailto:" + f.Contact.Email + "?subject=" + url.PathEscape(i.Number) + "&body=" + url.PathEscape(text)})
	}
	b.Part = ui.Group(buttons...)
	b.Forms = []form{{Action: "/invoices/" + i.ID + "/remind", Key: desk.NewKey(r), Fold: tr(ctx, "billing.reminder.sent"), Fields: []templ.Component{ui.Hidden{Name: "step", Value: strconv.Itoa(step)}, ui.Input{Name: "note", Label: tr(ctx, "billing.field.note"), Optional: true},
		ui.DateField{Field: ui.Field{Name: "promise_on", Label: tr(ctx, "billing.field.promise_on"), Optional: true}}}, Button: ui.Button{Label: tr(ctx, "billing.save")}},
		{Action: "/invoices/" + i.ID + "/pause", Key: desk.NewKey(r), Fold: tr(ctx, "billing.pause.do"), Fields: []templ.Component{ui.DateField{Field: ui.Field{Name: "until", Label: tr(ctx, "billing.field.pause"), Value: string(i.PausedUntil), Optional: true}}, ui.Input{Name: "reason", Label: tr(ctx, "billing.field.reason"), Value: i.PauseReason, Optional: true}}, Button: ui.Button{Label: tr(ctx, "billing.pause.do")}}}
	return b
}

func (d rooms) invoicePaper(w http.ResponseWriter, r *http.Request) error {
	i, body, err := d.Billing.InvoicePaper(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return pdf(w, "invoice-"+i.Number, body)
}

func (d rooms) creditPaper(w http.ResponseWriter, r *http.Request) error {
	c, body, err := d.Billing.CreditPaper(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return pdf(w, c.Number, body)
}

func (d rooms) issue(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	i, err := d.Billing.IssueInvoice(r.Context(), web.ActorOf(r), id)
	return act(w, r, err, d.showInvoice(w, r, id), "/invoices/"+id, "billing.toast.issued", "number", i.Number)
}

func (d rooms) editInvoice(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	err := d.Billing.EditInvoice(r.Context(), web.ActorOf(r), id, readInt(r.FormValue("version")), billing.EditInvoice{PONumber: r.FormValue("po_number"), PaymentDays: readInt(r.FormValue("payment_days"))})
	return act(w, r, err, d.showInvoice(w, r, id), "/invoices/"+id, "billing.toast.saved")
}

func (d rooms) pause(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	err := d.Billing.PauseReminders(r.Context(), web.ActorOf(r), id, worktime.Date(r.FormValue("until")), r.FormValue("reason"))
	return act(w, r, err, d.showInvoice(w, r, id), "/invoices/"+id, "billing.toast.saved")
}

func (d rooms) remind(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	step := min(max(readInt(r.FormValue("step")), 0), int64(len(billing.ReminderDays)-1))
	err := d.Billing.RecordReminder(r.Context(), web.ActorOf(r), id, billing.Sent{Step: int(step), Via: "hand", Note: r.FormValue("note"), PromiseOn: worktime.Date(r.FormValue("promise_on"))})
	return act(w, r, err, d.showInvoice(w, r, id), "/invoices/"+id, "billing.toast.reminded")
}

func (d rooms) prepareCredit(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	f, err := d.Billing.Invoice(r.Context(), web.ActorOf(r), id)
	if err != nil {
		return err
	}
	amount, err := readAmount(r, "amount", r.FormValue("amount"), f.Invoice.Currency)
	if err == nil {
		_, err = d.Billing.PrepareCredit(r.Context(), web.ActorOf(r), id, amount, r.FormValue("reason"))
	}
	return act(w, r, err, d.showInvoice(w, r, id), "/invoices/"+id, "billing.toast.credit-prepared")
}

func (d rooms) approveCredit(w http.ResponseWriter, r *http.Request) error {
	note, err := d.Billing.CreditNote(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	c, err := d.Billing.ApproveCredit(r.Context(), web.ActorOf(r), r.PathValue("id"))
	return act(w, r, err, d.showInvoice(w, r, note.InvoiceID), "/invoices/"+note.InvoiceID, "billing.toast.credit-issued", "number", c.Number)
}

func (d rooms) refuseCredit(w http.ResponseWriter, r *http.Request) error {
	note, err := d.Billing.CreditNote(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	err = d.Billing.RefuseCredit(r.Context(), web.ActorOf(r), r.PathValue("id"), r.FormValue("reason"))
	return act(w, r, err, d.showInvoice(w, r, note.InvoiceID), "/invoices/"+note.InvoiceID, "billing.toast.saved")
}
