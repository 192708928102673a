package money

import (
	"context"
	"net/http"
	"strings"

	"kolega/internal/billing"
	"kolega/internal/money"
	"kolega/internal/payout"
	"kolega/internal/web"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

func (d rooms) overviewRoutes() []web.Route {
	return []web.Route{{Method: "GET", Pattern: "/money", Verb: "invoice.see", Handle: d.overview}}
}

// overview is what money needs now: drafts to issue, debts that are late, payouts
// that are due, and the weeks ahead.
func (d rooms) overview(w http.ResponseWriter, r *http.Request) error {
	ctx, actor := r.Context(), web.ActorOf(r)
	today, err := d.Billing.Today(ctx)
	if err != nil {
		return err
	}
	list, err := d.Billing.Invoices(ctx, actor, billing.InvoiceFilter{Unpaid: true, Limit: 500})
	if err != nil {
		return err
	}
	out, err := d.earned(r)
	if err != nil {
		return err
	}
	p := listPage{Figures: overviewFigures(ctx, list, out, today), Grid: invoiceGrid(ctx, first(urgent(list, today), 50), today), Empty: ui.Empty{Title: tr(ctx, "billing.overview.calm"), Text: tr(ctx, "billing.overview.calm.text")}}
	if actor.Can("payout.see") {
		b, err := d.weeksBlock(r)
		if err != nil {
			return err
		}
		p.Below = []block{b}
	}
	return d.list(w, r, "overview", p)
}

// earned are the payouts that talents earned and wait for, for those who may see them.
func (d rooms) earned(r *http.Request) ([]payout.Line, error) {
	if !web.ActorOf(r).Can("payout.see") {
		return nil, nil
	}
	return d.Payout.Payouts(r.Context(), web.ActorOf(r), payout.Filter{Earned: true, Owed: true, Limit: 1000})
}

// first keeps the beginning of a list that goes on elsewhere.
func first(list []billing.Line, n int) []billing.Line { return list[:min(n, len(list))] }

// urgent are the drafts to issue and the debts that are late.
func urgent(list []billing.Line, today worktime.Date) (out []billing.Line) {
	for _, l := range list {
		if !l.Invoice.Issued() || (l.Balance.Sign() > 0 && today.After(l.Invoice.DueOn)) {
			out = append(out, l)
		}
	}
	return out
}

func overviewFigures(ctx context.Context, list []billing.Line, out []payout.Line, today worktime.Date) ui.KeyFigures {
	drafts, late, open, overdue := 0, 0, money.IDR(0), money.IDR(0)
	for _, l := range list {
		switch {
		case !l.Invoice.Issued():
			drafts++
		case l.Invoice.Currency == money.CurrencyIDR:
			open, _ = open.Add(l.Balance)
			if l.Balance.Sign() > 0 && today.After(l.Invoice.DueOn) {
				late++
				overdue, _ = overdue.Add(l.Balance)
			}
		}
	}
	due, decide := 0, 0
	for _, l := range out {
		switch groupOf(l.State) {
		case 0:
			decide++
		case 1:
			due++
		}
	}
	return ui.KeyFigures{{Label: tr(ctx, "billing.figure.drafts"), Value: itoa(drafts), Href: "/invoices"}, {Label: tr(ctx, "billing.figure.open"), Value: cash(ctx, open), Href: "/receivables"},
		{Label: tr(ctx, "billing.figure.late"), Value: cash(ctx, overdue), Note: tr(ctx, "billing.open-invoices", "n", late), Meaning: meaningOf(late)}, {Label: tr(ctx, "billing.figure.due"), Value: itoa(due), Href: "/payouts"},
		{Label: tr(ctx, "billing.figure.decide"), Value: itoa(decide), Href: "/payouts", Meaning: meaningOf(decide)}}
}

func meaningOf(n int) ui.Meaning {
	if n > 0 {
		return ui.Bad
	}
	return ui.Neutral
}

// weeksBlock is the weekly view: what comes, what goes, and whose lateness a
// shortfall is due to (R11).
func (d rooms) weeksBlock(r *http.Request) (block, error) {
	ctx := r.Context()
	parts, err := d.Payout.Forecast(ctx, web.ActorOf(r))
	if err != nil {
		return block{}, err
	}
	rows := []row{}
	for _, f := range parts {
		for _, w := range f.Weeks {
			if w.ToReceive.IsZero() && w.ToPay.IsZero() {
				continue
			}
			var late []string
			for _, g := range w.Late {
				late = append(late, f.Clients[g.ClientID]+" "+cash(ctx, g.Amount))
			}
			rows = append(rows, row{Cells: []cell{{First: tr(ctx, "billing.week", "day", short(ctx, w.From)), Second: string(f.Currency)}, {Class: "c-num", First: cash(ctx, w.ToReceive)}, {Class: "c-num", First: cash(ctx, w.ToPay)}, {Class: "c-num", First: cash(ctx, w.Balance)}, {First: dash(strings.Join(late, ", "))}}})
		}
	}
	holds, err := d.Payout.CashHolds(ctx, web.ActorOf(r))
	if err != nil {
		return block{}, err
	}
	note := tr(ctx, "billing.weeks.note")
	for _, h := range holds {
		note += " " + tr(ctx, "billing.weeks.cash", "campaign", h.CampaignName, "n", h.Holds)
	}
	return block{Title: tr(ctx, "billing.weeks"), Note: note, Grid: grid{Caption: tr(ctx, "billing.weeks"), Cols: []ui.Col{{Label: tr(ctx, "billing.col.week")}, {Label: tr(ctx, "billing.col.to-receive"), Class: "c-num"}, {Label: tr(ctx, "billing.col.to-pay"), Class: "c-num"}, {Label: tr(ctx, "billing.col.gap"), Class: "c-num"}, {Label: tr(ctx, "billing.col.late")}}, Groups: []group{{Rows: rows}}}}, nil
}
