package money

import (
	"bytes"
	"context"
	"net/http"
	"net/url"

	"kolega/internal/billing"
	"kolega/internal/ledger"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/payout"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

func (d rooms) ledgerRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/ledger", Verb: "ledger.see", Handle: d.ledger},
		{Method: "GET", Pattern: "/ledger/journal", Verb: "ledger.see", Handle: d.journal},
		{Method: "GET", Pattern: "/campaigns/{id}/money", Verb: "invoice.see", Handle: d.campaignMoney},
	}
}

func accountName(ctx context.Context, a ledger.Account) string {
	word := tr(ctx, "ledger.account."+a.Kind())
	switch key := "payout.rail." + a.Name(); {
	case a.Name() == "":
		return word
	case a.Kind() == "provider" && locale.From(ctx).Has(key):
		return word + " " + tr(ctx, key)
	}
	return word + " " + a.Name()
}

// filterOf reads what of the books is asked for; the address is the view.
func filterOf(r *http.Request) ledger.Filter {
	q := r.URL.Query()
	f := ledger.Filter{Account: ledger.Account(q.Get("account")), Doc: q.Get("doc"), CampaignID: q.Get("campaign"), ClientID: q.Get("client"), TalentID: q.Get("talent")}
	zone, err := worktime.Zone(web.ActorOf(r).Zone)
	if from := worktime.Date(q.Get("from")); err == nil && from.Valid() {
		f.Since = from.In(zone)
	}
	if to := worktime.Date(q.Get("to")); err == nil && to.Valid() {
		f.Until = to.AddDays(1).In(zone)
	}
	return f
}

func (d rooms) ledger(w http.ResponseWriter, r *http.Request) error {
	ctx, actor, f := r.Context(), web.ActorOf(r), filterOf(r)
	entries, err := d.Ledger.Entries(ctx, actor, f, r.URL.Query().Get("after"), 60)
	if err != nil {
		return err
	}
	accounts, err := d.Ledger.Accounts(ctx, actor, f)
	if err != nil {
		return err
	}
	p := listPage{Chips: ledgerChips(ctx, f), Side: []block{accountsBlock(ctx, accounts, f)}, Grid: entryGrid(ctx, entries, actor.Zone), Empty: ui.Empty{Title: tr(ctx, "ledger.none"), Text: tr(ctx, "ledger.none.text")}}
	if len(entries) == 60 {
		q := r.URL.Query()
		q.Set("after", entries[59].ID)
		p.Next = "/ledger?" + q.Encode()
	}
	p.New = ui.Button{Label: tr(ctx, "book.trial"), Href: "/ledger/trial"}
	p.Side = append(p.Side, exportBlock(ctx, r.URL.RawQuery))
	return d.list(w, r, "ledger", p)
}

// exportBlock gives what is looked at to accountants' programs.
func exportBlock(ctx context.Context, query string) block {
	return block{Title: tr(ctx, "book.export"), Note: tr(ctx, "book.export.note"), Part: ui.Group(ui.Button{Label: "XLSX", Icon: "file", Small: true, Href: "/ledger/export/xlsx?" + query},
		ui.Button{Label: "CSV", Icon: "file", Small: true, Href: "/ledger/export/csv?" + query}, ui.Button{Label: tr(ctx, "ledger.journal"), Icon: "file", Small: true, Href: "/ledger/journal?" + query})}
}

// journal gives the entries that are looked at to double-entry tools.
func (d rooms) journal(w http.ResponseWriter, r *http.Request) error {
	var b bytes.Buffer
	if err := d.Ledger.Journal(r.Context(), web.ActorOf(r), filterOf(r), &b); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="kolega.journal"`)
	w.Header().Set("Cache-Control", "private, no-store")
	_, err := w.Write(b.Bytes())
	return err
}

// ledgerAt is the address of the entries of an account, in the campaign looked at.
func ledgerAt(account ledger.Account, campaignID string) string {
	q := url.Values{}
	if account != "" {
		q.Set("account", string(account))
	}
	if campaignID != "" {
		q.Set("campaign", campaignID)
	}
	return "/ledger?" + q.Encode()
}

// ledgerChips name what is chosen of the books, and the way back to all of them.
func ledgerChips(ctx context.Context, f ledger.Filter) (c ui.Chips) {
	if f == (ledger.Filter{}) {
		return c
	}
	c.Items = []ui.Tab{{Label: tr(ctx, "ledger.all"), Href: "/ledger"}}
	if f.CampaignID != "" {
		c.Items = append(c.Items, ui.Tab{Label: tr(ctx, "ledger.one-campaign"), Href: ledgerAt("", f.CampaignID), Current: f.Account == ""})
	}
	if f.Account != "" {
		c.Items = append(c.Items, ui.Tab{Label: accountName(ctx, f.Account), Href: ledgerAt(f.Account, f.CampaignID), Current: true})
	}
	return c
}

// accountsBlock lists balances; each leads to the entries behind it.
func accountsBlock(ctx context.Context, accounts []ledger.Row, f ledger.Filter) block {
	b := block{Title: tr(ctx, "ledger.balances"), Note: tr(ctx, "ledger.balances.note")}
	for _, a := range accounts {
		b.Sums = append(b.Sums, sum{Label: accountName(ctx, ledger.Account(a.Key)), Href: ledgerAt(ledger.Account(a.Key), f.CampaignID), Value: cash(ctx, a.Amount)})
	}
	return b
}

func entryGrid(ctx context.Context, entries []ledger.Entry, zone string) grid {
	g := grid{Caption: tr(ctx, "ledger.entries"), Cards: ui.CardsNever, Cols: []ui.Col{{Label: tr(ctx, "ledger.col.account")}, {Label: tr(ctx, "ledger.col.debit"), Class: "c-num"}, {Label: tr(ctx, "ledger.col.credit"), Class: "c-num"}}}
	for _, e := range entries {
		title := locale.From(ctx).DateTime(e.At, zone) + " · " + tr(ctx, "ledger.cause."+e.Cause.Kind)
		if e.Note != "" {
			title += " " + e.Note
		}
		g.Groups = append(g.Groups, group{Title: title, Plain: true, Rows: entryRows(ctx, e)})
	}
	return g
}

func entryRows(ctx context.Context, e ledger.Entry) (rows []row) {
	for _, l := range e.Lines {
		debit, credit := cash(ctx, l.Amount), ""
		if l.Amount.Sign() < 0 {
			debit, credit = "", cash(ctx, l.Amount.Neg())
		}
		rows = append(rows, row{Cells: []cell{{First: accountName(ctx, l.Account), Href: docHref(e, l)}, {Class: "c-num c-nowrap", First: debit}, {Class: "c-num c-nowrap", First: credit}}})
	}
	return rows
}

// docHref leads from a line to the invoice, receipt or payout that it is about.
func docHref(e ledger.Entry, l ledger.Line) string {
	switch {
	case l.Doc == "":
		return ""
	case l.Account == ledger.ClientCredit:
		return "/receipts/" + l.Doc
	case l.Account == ledger.Receivable || l.Account == ledger.PPhReceivable || l.Account == ledger.Revenue:
		return "/invoices/" + l.Doc
	case e.TalentID != "":
		return "/payouts/" + l.Doc
	}
	return ""
}

// campaignPage is the money of one campaign under its head.
type campaignPage struct {
	Page   ui.Page
	Top    desk.Top
	Blocks []block
}

func (d rooms) campaignMoney(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	top, err := desk.TopOf(r, d.House, id, "money")
	if err != nil {
		return err
	}
	p := campaignPage{Top: top}
	if p.Page, err = desk.CampaignFrame(w, r, d.House, top); err != nil {
		return err
	}
	if p.Blocks, err = d.campaignBlocks(r, id); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, campaignView(p))
}

// campaignBlocks are the parts of a campaign's money that the reader may see.
func (d rooms) campaignBlocks(r *http.Request, id string) (out []block, err error) {
	ctx, actor := r.Context(), web.ActorOf(r)
	today, err := d.Billing.Today(ctx)
	if err != nil {
		return nil, err
	}
	if actor.Can("margin.see") && actor.Can("ledger.see") {
		rows, err := d.Ledger.Accounts(ctx, actor, ledger.Filter{CampaignID: id})
		if err != nil {
			return nil, err
		}
		if len(rows) > 0 {
			out = append(out, marginBlock(ctx, id, rows))
		}
	}
	lines, err := d.Billing.Invoices(ctx, actor, billing.InvoiceFilter{CampaignID: id})
	if err != nil {
		return nil, err
	}
	if len(lines) > 0 {
		out = append(out, block{Title: tr(ctx, "billing.tab.invoices"), Grid: invoiceGrid(ctx, lines, today)})
	}
	if actor.Can("payout.see") {
		list, err := d.Payout.Payouts(ctx, actor, payout.Filter{CampaignID: id})
		if err != nil {
			return nil, err
		}
		if len(list) > 0 {
			out = append(out, block{Title: tr(ctx, "billing.tab.payouts"), Grid: payoutGrid(ctx, list, "")})
		}
	}
	return out, nil
}

// marginBlock opens a campaign's profit to the entries it is the sum of.
func marginBlock(ctx context.Context, id string, rows []ledger.Row) block {
	out := []row{}
	for _, m := range ledger.MarginOf(rows) {
		line := row{Cells: []cell{{First: string(m.Currency)}}}
		for _, x := range []struct {
			account ledger.Account
			amount  money.Amount
		}{{ledger.Revenue, m.Revenue}, {ledger.TalentCost, m.TalentCost}, {ledger.Fees, m.Fees}, {ledger.GuaranteeCost, m.Guarantee}, {ledger.Clearing, m.Exchange}} {
			c := cell{Class: "c-num c-nowrap", First: cash(ctx, x.amount)}
			if !x.amount.IsZero() {
				c.Href = ledgerAt(x.account, id)
			}
			line.Cells = append(line.Cells, c)
		}
		out = append(out, row{Cells: append(line.Cells, cell{Class: "c-num c-nowrap strong", First: cash(ctx, m.Margin)})})
	}
	g := grid{Caption: tr(ctx, "ledger.margin"), Cols: []ui.Col{{Label: tr(ctx, "ledger.col.currency")}}, Groups: []group{{Rows: out}}}
	for _, k := range []string{"revenue", "talent-cost", "fees", "guarantee", "exchange", "margin"} {
		g.Cols = append(g.Cols, ui.Col{Label: tr(ctx, "ledger.col."+k), Class: "c-num"})
	}
	return block{Title: tr(ctx, "ledger.margin"), Note: tr(ctx, "ledger.margin.note"), Grid: g}
}
