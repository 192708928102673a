package api

import (
	"context"
	"net/http"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/ledger"
	"kolega/internal/report"
	"kolega/internal/worktime"
)

type spanIn struct {
	From string `query:"from" doc:"first day, in your zone; empty for the beginning"`
	To   string `query:"to" doc:"last day; empty for now"`
}

// span gives the days as instants in the reader's zone; the last day counts whole.
func (in spanIn) span(actor access.Actor) (since, until time.Time, err error) {
	zone, err := worktime.Zone(actor.Zone)
	if err != nil {
		return since, until, err
	}
	if d := worktime.Date(in.From); d.Valid() {
		since = d.In(zone)
	}
	if d := worktime.Date(in.To); d.Valid() {
		until = d.AddDays(1).In(zone)
	}
	return since, until, nil
}

type trialRowOut struct {
	Account string `json:"account,omitempty"`
	Opening Amount `json:"opening"`
	Debit   Amount `json:"debit"`
	Credit  Amount `json:"credit"`
	Closing Amount `json:"closing"`
}

func trialWire(r ledger.TrialRow) trialRowOut {
	return trialRowOut{string(r.Account), amount(r.Opening), amount(r.Debit), amount(r.Credit), amount(r.Closing)}
}

type trialBalanceOut struct {
	Even bool          `json:"even"`
	Rows []trialRowOut `json:"rows"`
	Sums []trialRowOut `json:"sums"`
}

type journalOut struct {
	Journal string `json:"journal" doc:"text that hledger and other double-entry tools read"`
}

type profitIn struct {
	spanIn
	By string `query:"by" enum:"campaign,client,ae"`
}

type profitOut struct {
	Key       string `json:"key"`
	Name      string `json:"name"`
	Currency  string `json:"currency"`
	Campaigns int    `json:"campaigns"`
	Agreed    Amount `json:"agreed"`
	Invoiced  Amount `json:"invoiced"`
	Received  Amount `json:"received"`
	Budget    Amount `json:"budget"`
	Committed Amount `json:"committed"`
	Paid      Amount `json:"paid"`
	Cost      Amount `json:"talent_cost"`
	Fees      Amount `json:"fees"`
	Guarantee Amount `json:"guarantee"`
	Exchange  Amount `json:"exchange"`
	Profit    Amount `json:"profit"`
}

func profitWire(r report.ProfitRow) profitOut {
	return profitOut{r.Key, r.Name, string(r.Currency), r.Campaigns, amount(r.Agreed), amount(r.Revenue), amount(r.Received), amount(r.Budget), amount(r.Promised), amount(r.Paid), amount(r.TalentCost),
		amount(r.Fees), amount(r.Guarantee), amount(r.Exchange), amount(r.Margin.Margin)}
}

type closeIn struct {
	Body struct {
		Until string `json:"until" doc:"the last day of the period"`
	}
}

func registerBooks(a *API) {
	registerWeeks(a)
	op(a, http.MethodGet, "/trial-balance", "ledger.see", "Every account before, within and after a period", func(ctx context.Context, actor access.Actor, in *spanIn) (trialBalanceOut, error) {
		since, until, err := in.span(actor)
		if err != nil {
			return trialBalanceOut{}, err
		}
		t, err := a.Ledger.Trial(ctx, actor, ledger.Filter{Since: since, Until: until})
		return trialBalanceOut{t.Even(), list(t.Rows, trialWire), list(t.Sums, trialWire)}, err
	})
	op(a, http.MethodGet, "/ledger-journal", "ledger.see", "The entries of a period as a journal", func(ctx context.Context, actor access.Actor, in *spanIn) (journalOut, error) {
		since, until, err := in.span(actor)
		if err != nil {
			return journalOut{}, err
		}
		var b strings.Builder
		err = a.Ledger.Journal(ctx, actor, ledger.Filter{Since: since, Until: until}, &b)
		return journalOut{b.String()}, err
	})
	op(a, http.MethodPost, "/ledger-closings", "ledger.close", "Close the books up to a day", func(ctx context.Context, actor access.Actor, in *closeIn) (thingOut, error) {
		c, err := a.Ledger.ClosePeriod(ctx, actor, worktime.Date(in.Body.Until))
		return thingOut{c.ID}, err
	})
	op(a, http.MethodPost, "/ledger-closings/{id}/reopen", "ledger.reopen", "Take the latest closing back", func(ctx context.Context, actor access.Actor, in *becauseIn) (thingOut, error) {
		return thingOut{in.ID.ID}, a.Ledger.ReopenPeriod(ctx, actor, in.ID.ID, in.Body.Reason)
	})
	op(a, http.MethodGet, "/profit", "margin.see", "What campaigns, clients or executives earned", func(ctx context.Context, actor access.Actor, in *profitIn) (Page[profitOut], error) {
		since, until, err := in.span(actor)
		if err != nil {
			return Page[profitOut]{}, err
		}
		found, err := a.Report.Profit(ctx, actor, report.ProfitBy(in.By), since, until)
		return Page[profitOut]{Items: list(found, profitWire)}, err
	})
}
