package money

import (
	"context"
	"net/http"
	"net/url"

	"kolega/internal/billing"
	"kolega/internal/ledger"
	"kolega/internal/locale"
	"kolega/internal/payout"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

func (d rooms) ledgerRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/ledger", Verb: "ledger.see", Handle: d.ledger},
		{Method: "GET", Pattern: "/campaigns/{id}/money", Verb: "invoice.see", Handle: d.campaignMoney},
	}
}

func accountName(ctx context.Context, a ledger.Account) string {
	word := tr(ctx, "ledger.account."+a.Kind())
	if a.Name() != "" {
		word += " " + a.Name()
	}
	return word
}

// filterOf reads what of the books is asked for; the address is the view.
func filterOf(r *http.Request) ledger.Filter {
	q := r.URL.Query()
	return ledger.Filter{Account: ledger.Account(q.Get("account")), Doc: q.Get("doc"), CampaignID: q.Get("campaign"), ClientID: q.Get("client"), TalentID: q.Get("talent")}
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
	balances, g := accountGrid(ctx, accounts, f), entryGrid(ctx, entries, actor.Zone)
	p := listPage{Above: blockView(block{Title: tr(ctx, "ledger.balances"), Note: tr(ctx, "ledger.balances.note"), Grid: balances}), Grid: g, Empty: ui.Empty{Title: tr(ctx, "ledger.none"), Text: tr(ctx, "ledger.none.text")}}
	if len(entries) == 60 {
		q := r.URL.Query()
		q.Set("after", entries[59].ID)
		p.Next = "/ledger?" + q.Encode()
	}
	return d.list(w, r, "ledger", p)
}

// accountGrid lists balances; a name leads to the entries behind it.
func accountGrid(ctx context.Context, accounts []ledger.Row, f ledger.Filter) grid {
	rows := []row{}
	for _, a := range accounts {
		rows = append(rows, row{Cells: []cell{{First: accountName(ctx, ledger.Account(a.Key)), Href: "/ledger?account=" + url.QueryEscape(a.Key) + "&campaign=" + url.QueryEscape(f.CampaignID)}, {Class: "c-num", First: cash(ctx, a.Amount)}}})
	}
	return grid{Caption: tr(ctx, "ledger.balances"), Cols: []ui.Col{{Label: tr(ctx, "ledger.col.account")}, {Label: tr(ctx, "ledger.col.balance"), Class: "c-num"}}, Groups: []group{{Rows: rows}}}
}

func entryGrid(ctx context.Context, entries []ledger.Entry, zone string) grid {
	g := grid{Caption: tr(ctx, "ledger.entries"), Cards: ui.CardsNever, Cols: []ui.Col{{Label: tr(ctx, "ledger.col.entry")}, {Label: tr(ctx, "ledger.col.account")}, {Label: tr(ctx, "ledger.col.debit"), Class: "c-num"}, {Label: tr(ctx, "ledger.col.credit"), Class: "c-num"}}}
	for _, e := range entries {
		g.Groups = append(g.Groups, group{Title: tr(ctx, "ledger.cause."+e.Cause.Kind) + " · " + dash(e.Note) + " · " + locale.From(ctx).DateTime(e.At, zone), Rows: entryRows(ctx, e)})
	}
	return g
}

func entryRows(ctx context.Context, e ledger.Entry) (rows []row) {
	for _, l := range e.Lines {
		debit, credit := cash(ctx, l.Amount), ""
		if l.Amount.Sign() < 0 {
			debit, credit = "", cash(ctx, l.Amount.Neg())
		}
		href := ""
		switch {
		case l.Doc == "":
		case l.Account == ledger.Receivable || l.Account == ledger.PPhReceivable || l.Account == ledger.Revenue:
			href = "/invoices/" + l.Doc
		case e.TalentID != "":
			href = "/payouts/" + l.Doc
		}
		rows = append(rows, row{Cells: []cell{{First: e.Cause.Step, Href: href}, {First: accountName(ctx, l.Account)}, {Class: "c-num", First: debit}, {Class: "c-num", First: credit}}})
	}
	return rows
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
		out = append(out, marginBlock(ctx, rows))
	}
	lines, err := d.Billing.Invoices(ctx, actor, billing.InvoiceFilter{CampaignID: id})
	if err != nil {
		return nil, err
	}
	out = append(out, block{Title: tr(ctx, "billing.tab.invoices"), Grid: invoiceGrid(ctx, lines, today)})
	if actor.Can("payout.see") {
		list, err := d.Payout.Payouts(ctx, actor, payout.Filter{CampaignID: id})
		if err != nil {
			return nil, err
		}
		out = append(out, block{Title: tr(ctx, "billing.tab.payouts"), Grid: payoutGrid(ctx, list, "")})
	}
	return out, nil
}

// marginBlock opens a campaign's profit to the balances it is the sum of.
func marginBlock(ctx context.Context, rows []ledger.Row) block {
	out := []row{}
	for _, m := range ledger.MarginOf(rows) {
		out = append(out, row{Cells: []cell{{First: string(m.Currency)}, {Class: "c-num", First: cash(ctx, m.Revenue)}, {Class: "c-num", First: cash(ctx, m.TalentCost)}, {Class: "c-num", First: cash(ctx, m.Fees)},
			{Class: "c-num", First: cash(ctx, m.Guarantee)}, {Class: "c-num", First: cash(ctx, m.Exchange)}, {Class: "c-num", First: cash(ctx, m.Margin)}}})
	}
	g := grid{Caption: tr(ctx, "ledger.margin"), Cols: []ui.Col{{Label: tr(ctx, "ledger.col.currency")}}, Groups: []group{{Rows: out}}}
	for _, k := range []string{"revenue", "talent-cost", "fees", "guarantee", "exchange", "margin"} {
		g.Cols = append(g.Cols, ui.Col{Label: tr(ctx, "ledger.col."+k), Class: "c-num"})
	}
	return block{Title: tr(ctx, "ledger.margin"), Note: tr(ctx, "ledger.margin.note"), Grid: g}
}
