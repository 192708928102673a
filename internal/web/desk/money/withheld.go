package money

import (
	"context"
	"errors"
	"net/http"

	"kolega/internal/access"
	"kolega/internal/locale"
	"kolega/internal/paper"
	"kolega/internal/payout"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

func (d rooms) withheldRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/withholdings", Verb: "payout.prepare", Handle: d.withheld},
		{Method: "POST", Pattern: "/withholdings/{month}/{format}", Verb: "talent.bank.see", Handle: d.withheldFile},
	}
}

// withheld is the monthly list of taxes on the way out, for filing.
func (d rooms) withheld(w http.ResponseWriter, r *http.Request) error {
	ctx, actor := r.Context(), web.ActorOf(r)
	today, err := d.Billing.Today(ctx)
	if err != nil {
		return err
	}
	m, err := d.Payout.TaxList(ctx, actor, r.URL.Query().Get("month"))
	if errors.Is(err, payout.ErrMonth) { // not a month: this one
		m, err = d.Payout.TaxList(ctx, actor, string(today)[:7])
	}
	if err != nil {
		return err
	}
	p := withheldPage(ctx, m)
	if len(m.Lines) > 0 && actor.Can("talent.bank.see") {
		p.Below = []block{{Title: tr(ctx, "payout.withheld.file"), Note: tr(ctx, "payout.withheld.file.note"), Forms: []form{{Action: "/withholdings/" + m.Month + "/xlsx", Key: desk.NewKey(r), Button: ui.Button{Label: "XLSX", Icon: "file"}}, {Action: "/withholdings/" + m.Month + "/csv", Key: desk.NewKey(r), Button: ui.Button{Label: "CSV", Icon: "file"}}}}}
	}
	if p.Page, err = d.frame(w, r, p.Title, ui.Crumb{Label: tr(ctx, "billing.tab.payouts"), Href: "/payouts"}); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, listView(p))
}

func withheldPage(ctx context.Context, m payout.TaxMonth) listPage {
	p := listPage{Title: tr(ctx, "payout.withheld"), Tabs: tabs(ctx, "payouts"), Grid: withheldGrid(ctx, m), Above: monthForm("/withholdings", m.Month),
		Empty: ui.Empty{Title: tr(ctx, "payout.withheld.none"), Text: tr(ctx, "payout.withheld.none.text")}}
	for _, s := range m.Sums {
		p.Figures = append(p.Figures, ui.KeyFigure{Label: taxName(ctx, s.Kind), Value: cash(ctx, s.Tax), Note: tr(ctx, "payout.withheld.of", "gross", s.Gross, "n", s.N)})
		if s.Unproven > 0 {
			p.Figures = append(p.Figures, ui.KeyFigure{Label: tr(ctx, "payout.withheld.unproven"), Value: itoa(s.Unproven), Note: taxName(ctx, s.Kind), Meaning: ui.Wait})
		}
	}
	return p
}

// withheldBlocks lead from the payouts to the list of their taxes.
func withheldBlocks(ctx context.Context, actor access.Actor) []block {
	if !actor.Can("payout.prepare") {
		return nil
	}
	return []block{{Title: tr(ctx, "payout.withheld"), Note: tr(ctx, "payout.withheld.note"), Part: ui.Button{Label: tr(ctx, "payout.withheld.open"), Href: "/withholdings", Small: true}}}
}

func withheldGrid(ctx context.Context, m payout.TaxMonth) grid {
	num := func(x string) cell { return cell{Class: "c-num c-nowrap", First: x} }
	g := grid{Caption: tr(ctx, "payout.withheld"), Cols: []ui.Col{{Label: tr(ctx, "payout.col.talent")}, {Label: tr(ctx, "payout.withheld.number")}, {Label: tr(ctx, "payout.col.gross"), Class: "c-num"},
		{Label: tr(ctx, "payout.fact.base"), Class: "c-num"}, {Label: tr(ctx, "payout.col.tax"), Class: "c-num"}, {Label: tr(ctx, "payout.fact.tax-proof")}}}
	groups := map[string]int{}
	for _, x := range m.Lines {
		if _, ok := groups[x.Kind]; !ok {
			groups[x.Kind] = len(g.Groups)
			g.Groups = append(g.Groups, group{Title: taxName(ctx, x.Kind)})
		}
		number := cell{First: locale.NoFigure}
		if x.TaxNumber != "" {
			number = cell{Class: "c-nowrap", First: "···" + x.TaxNumber}
		}
		proof := cell{First: x.TaxProof}
		if x.TaxProof == "" && x.Tax.Sign() > 0 {
			proof = cell{Status: ui.Status{Word: tr(ctx, "payout.withheld.owed"), Meaning: ui.Wait}}
		}
		to := &g.Groups[groups[x.Kind]]
		to.Rows = append(to.Rows, row{Cells: []cell{{First: x.TalentName, Second: x.CampaignName, Href: "/payouts/" + x.PayoutID}, number, num(cash(ctx, x.Gross)), num(cash(ctx, x.Base)), num(cash(ctx, x.Tax)), proof}})
	}
	return g
}

// withheldFile gives the list as XLSX with whole tax numbers; taking it is in the trail.
func (d rooms) withheldFile(w http.ResponseWriter, r *http.Request) error {
	m, err := d.Payout.TaxFile(r.Context(), web.ActorOf(r), r.PathValue("month"))
	if err != nil {
		return err
	}
	ctx := r.Context()
	fields := []paper.Field{{Head: tr(ctx, "payout.withheld.kind")}, {Head: tr(ctx, "payout.col.talent"), Width: 28}, {Head: tr(ctx, "payout.withheld.number"), Width: 22}, {Head: tr(ctx, "payout.withheld.campaign"), Width: 28}, {Head: tr(ctx, "ledger.col.currency")},
		{Head: tr(ctx, "payout.col.gross"), Format: paper.AsMoney}, {Head: tr(ctx, "payout.fact.base"), Format: paper.AsMoney}, {Head: tr(ctx, "payout.col.tax"), Format: paper.AsMoney}, {Head: tr(ctx, "payout.fact.tax-proof"), Width: 22}}
	rows := make([][]any, len(m.Lines))
	for i, x := range m.Lines {
		rows[i] = []any{taxName(ctx, x.Kind), x.TalentName, x.TaxNumber, x.CampaignName, string(x.Tax.Currency), x.Gross, x.Base, x.Tax, x.TaxProof}
	}
	return sheetOf(w, r, "PPh "+m.Month, r.PathValue("format"), fields, rows, d.DB.Now())
}
