package report

import (
	"context"
	"time"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/ledger"
	"kolega/internal/money"
)

// Profit shows what campaigns, clients or executives earned within a span of time; the
// figures of agreements, budgets and payouts are of the campaigns' whole life. Zero times
// do not restrict.
func (s *Service) Profit(ctx context.Context, actor access.Actor, by ProfitBy, since, until time.Time) (out []ProfitRow, err error) {
	for _, v := range []access.Verb{"margin.see", "ledger.see"} {
		if err := actor.Require(v, access.Owner{}); err != nil {
			return nil, err
		}
	}
	if until.IsZero() {
		until = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if since.IsZero() {
		since = time.Unix(0, 0)
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		parts, err := profitParts(ctx, tx, by, since, until)
		if err != nil {
			return err
		}
		out, err = profits(parts)
		return err
	})
	return out, err
}

func profitParts(ctx context.Context, tx *db.Tx, by ProfitBy, since, until time.Time) (parts []part, err error) {
	keyed, err := profitKeys(ctx, tx, by)
	if err != nil {
		return nil, err
	}
	put := func(campaignID string, c money.Currency, fill func(*ProfitRow)) {
		k, ok := keyed[campaignID]
		if !ok {
			return
		}
		p := part{Key: k[0], Name: k[1], Campaign: campaignID, ProfitRow: emptyProfit(k[0], k[1], c)}
		fill(&p.ProfitRow)
		parts = append(parts, p)
	}
	rows, err := listAccounted(ctx, tx, db.At(since), db.At(until))
	if err != nil {
		return nil, err
	}
	of := map[string][]ledger.Row{}
	for _, r := range rows {
		of[r.campaign] = append(of[r.campaign], ledger.Row{Key: r.account, Amount: r.amount})
	}
	for id, list := range of {
		for _, m := range ledger.MarginOf(list) {
			put(id, m.Currency, func(r *ProfitRow) { r.Margin = m })
		}
	}
	for _, x := range []struct {
		text string
		to   func(*ProfitRow, money.Amount)
	}{{agreedSQL, func(r *ProfitRow, a money.Amount) { r.Agreed = a }}, {receivedSQL, func(r *ProfitRow, a money.Amount) { r.Received = a }}, {promisedSQL, func(r *ProfitRow, a money.Amount) { r.Promised = a }},
		{paidSQL, func(r *ProfitRow, a money.Amount) { r.Paid = a }}, {budgetSQL, func(r *ProfitRow, a money.Amount) { r.Budget = a }}} {
		list, err := listMoved(ctx, tx, x.text)
		if err != nil {
			return nil, err
		}
		for _, m := range list {
			put(m.campaign, m.amount.Currency, func(r *ProfitRow) { x.to(r, m.amount) })
		}
	}
	return parts, nil
}

// profitKeys gives the key and name under which each campaign's figures stand.
func profitKeys(ctx context.Context, tx *db.Tx, by ProfitBy) (map[string][2]string, error) {
	list, err := listNamed(ctx, tx)
	if err != nil {
		return nil, err
	}
	out := map[string][2]string{}
	for _, c := range list {
		switch by {
		case ByClient:
			out[c.id] = [2]string{c.clientID, c.client}
		case ByAE:
			out[c.id] = [2]string{c.aeID, c.ae}
		default:
			out[c.id] = [2]string{c.id, c.name}
		}
	}
	return out, nil
}
