package api

import (
	"context"
	"net/http"
	"strings"

	"kolega/internal/access"
	"kolega/internal/exchange"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

type rateBody struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Rate   string `json:"rate" doc:"plain decimal: one unit of from in to"`
	On     string `json:"on"`
	Source string `json:"source"`
}

type newRateIn struct{ Body rateBody }

type rateFileIn struct {
	Body struct {
		Name string `json:"name"`
		Text string `json:"text" doc:"the ECB's XML or CSV, or a CSV headed date,from,to,rate,source"`
	}
}

type rateOnIn struct {
	From string `query:"from"`
	To   string `query:"to"`
	On   string `query:"on"`
}

type takenOut struct {
	New int `json:"new"`
}

func quoteWire(q exchange.Quote) rateBody {
	return rateBody{string(q.From), string(q.To), q.Rate, string(q.On), q.Source}
}

func registerRates(a *API) {
	op(a, http.MethodGet, "/exchange-rates", "invoice.see", "Rates on record, the newest day first", func(ctx context.Context, actor access.Actor, in *PageIn) (Page[rateBody], error) {
		found, err := a.Exchange.Quotes(ctx, actor, in.Limit)
		return Page[rateBody]{Items: list(found, quoteWire)}, err
	})
	op(a, http.MethodPost, "/exchange-rates", "rate.edit", "Keep a rate", func(ctx context.Context, actor access.Actor, in *newRateIn) (rateBody, error) {
		b := in.Body
		q, err := a.Exchange.Type(ctx, actor, exchange.Quote{From: money.Currency(b.From), To: money.Currency(b.To), Rate: b.Rate, On: worktime.Date(b.On), Source: b.Source})
		return quoteWire(q), err
	})
	op(a, http.MethodPost, "/exchange-rates/file", "rate.edit", "Keep the rates of a file", func(ctx context.Context, actor access.Actor, in *rateFileIn) (takenOut, error) {
		n, err := a.Exchange.TakeFile(ctx, actor, in.Body.Name, strings.NewReader(in.Body.Text))
		return takenOut{n}, err
	})
	op(a, http.MethodGet, "/exchange-rates/on", "invoice.see", "What one unit of a currency was in another on a day", func(ctx context.Context, actor access.Actor, in *rateOnIn) (rateBody, error) {
		f, err := a.Exchange.Rate(ctx, actor, money.Currency(in.From), money.Currency(in.To), worktime.Date(in.On))
		return rateBody{in.From, in.To, f.Rate, string(f.On), f.Source}, err
	})
}
