package money

import (
	"context"
	"net/http"
	"net/url"

	"kolega/internal/billing"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"

	"github.com/a-h/templ"
)

func (d rooms) accountRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/client-accounts/{id}", Verb: "invoice.see", Handle: d.account},
		{Method: "GET", Pattern: "/client-accounts/{id}/paper", Verb: "invoice.see", Handle: d.accountPaper},
		{Method: "POST", Pattern: "/client-accounts/{id}/link", Verb: "invoice.see", Handle: d.accountLink},
	}
}

func (d rooms) account(w http.ResponseWriter, r *http.Request) error {
	return d.showAccount(w, r, "")("", nil)
}

// accountQuestion reads the days of an address; a span that cannot be is the usual one.
func (d rooms) accountQuestion(r *http.Request) billing.AccountOf {
	q := billing.AccountOf{ClientID: r.PathValue("id"), From: worktime.Date(r.URL.Query().Get("from")), To: worktime.Date(r.URL.Query().Get("to"))}
	if !q.From.Valid() || !q.To.Valid() || q.To.Before(q.From) {
		q.From, q.To = "", ""
	}
	return q
}

// showAccount shows a client's statement of account; link is one that was just made.
func (d rooms) showAccount(w http.ResponseWriter, r *http.Request, link string) func(string, map[string]string) error {
	return func(problem string, errs map[string]string) error {
		ctx, actor := r.Context(), web.ActorOf(r)
		f, err := d.Billing.Account(ctx, actor, d.accountQuestion(r))
		if err != nil {
			return err
		}
		span := url.Values{"from": {string(f.From)}, "to": {string(f.To)}}.Encode()
		at := "/client-accounts/" + f.Client.ID
		p := recordPage{Title: tr(ctx, "billing.account"), Meta: []string{f.Client.Name, locale.From(ctx).Range(f.From, f.To)}, Error: problem, Errors: errs, Tabs: tabs(ctx, "receivables"),
			Others: []ui.Button{{Label: tr(ctx, "billing.tab.invoices"), Href: "/invoices?client=" + f.Client.ID}, {Label: tr(ctx, "billing.paper"), Icon: "file", Href: at + "/paper?" + span}}}
		for _, a := range f.Parts {
			p.Figures = append(p.Figures, ui.KeyFigure{Label: tr(ctx, "billing.account.closing"), Value: cash(ctx, a.Closing), Note: string(a.Currency)})
			p.Main = append(p.Main, accountBlock(ctx, a, f.Zone))
		}
		if len(f.Parts) == 0 {
			p.Main = []block{{Title: tr(ctx, "billing.account"), Text: tr(ctx, "billing.account.none")}}
		}
		p.Side = []block{{Title: tr(ctx, "book.period"), Part: periodForm(at, period{from: f.From, to: f.To})}}
		if actor.Can("access.links") {
			b, err := d.accountShare(r, f.Client.ID, link)
			if err != nil {
				return err
			}
			p.Side = append(p.Side, b)
		}
		return d.record(w, r, p, "receivables")
	}
}

func accountBlock(ctx context.Context, a billing.ClientAccount, zone string) block {
	l := locale.From(ctx)
	num := func(x string) cell { return cell{Class: "c-num c-nowrap", First: x} }
	rows := []row{{Cells: []cell{{First: tr(ctx, "billing.account.opening")}, num(""), num(""), num(cash(ctx, a.Opening))}}}
	for _, x := range a.Lines {
		rows = append(rows, row{Cells: []cell{{First: x.CauseWord(l) + " " + x.Note, Second: l.DateTime(x.At, zone)}, num(cashOrDash(ctx, x.Debit)), num(cashOrDash(ctx, x.Credit)), num(cash(ctx, x.Balance))}})
	}
	rows = append(rows, row{Cells: []cell{{First: tr(ctx, "billing.account.closing")}, num(""), num(""), {Class: "c-num c-nowrap strong", First: cash(ctx, a.Closing)}}})
	return block{Title: tr(ctx, "billing.account.in", "currency", string(a.Currency)), Grid: grid{Caption: tr(ctx, "billing.account"), Cards: ui.CardsPhone, Groups: []group{{Rows: rows}},
		Cols: []ui.Col{{Label: tr(ctx, "billing.col.item")}, {Label: tr(ctx, "billing.account.debit"), Class: "c-num"}, {Label: tr(ctx, "billing.account.credit"), Class: "c-num"}, {Label: tr(ctx, "billing.account.balance"), Class: "c-num"}}}}
}

// accountShare makes the link by which a contact sees the statement of account.
func (d rooms) accountShare(r *http.Request, clientID, link string) (block, error) {
	ctx := r.Context()
	f, err := d.Client.Client(ctx, web.ActorOf(r), clientID)
	if err != nil {
		return block{}, err
	}
	var who []ui.Option
	for _, k := range f.Contacts {
		if k.LeftAt.IsZero() {
			who = append(who, ui.Option{Value: k.ID, Label: k.Name})
		}
	}
	b := block{Title: tr(ctx, "billing.account.share"), Note: tr(ctx, "billing.account.share.note"), Forms: []form{{Action: "/client-accounts/" + clientID + "/link", Key: desk.NewKey(r),
		Fields: []templ.Component{ui.Select{Field: ui.Field{Name: "contact_id", Label: tr(ctx, "billing.account.who")}, Options: who}}, Button: ui.Button{Label: tr(ctx, "billing.link.do")}}}}
	if link != "" {
		b.Terms = ui.Terms{{Name: tr(ctx, "billing.link"), Text: link}}
	}
	return b, nil
}

func (d rooms) accountLink(w http.ResponseWriter, r *http.Request) error {
	token, _, err := d.Billing.AccountLink(r.Context(), web.ActorOf(r), r.PathValue("id"), r.FormValue("contact_id"))
	if text, errs, ok := refused(r, err); ok {
		return d.showAccount(w, r, "")(text, errs)
	}
	if err != nil {
		return err
	}
	return d.showAccount(w, r, base(r)+"/c/"+token+"/account")("", nil)
}

func (d rooms) accountPaper(w http.ResponseWriter, r *http.Request) error {
	f, body, err := d.Billing.AccountPaper(r.Context(), web.ActorOf(r), d.accountQuestion(r))
	if err != nil {
		return err
	}
	return pdf(w, "account-"+f.Client.Name+"-"+string(f.To), body)
}
