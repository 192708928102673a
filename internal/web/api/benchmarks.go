package api

import (
	"context"
	"net/http"

	"kolega/internal/access"
	"kolega/internal/report"
	"kolega/internal/result"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

type benchmarkOut struct {
	ID       string `json:"id"`
	Platform string `json:"platform"`
	Tier     string `json:"tier" doc:"empty: any size"`
	Formula  string `json:"formula" enum:"reach,followers,views"`
	LowBp    int64  `json:"low_bp"`
	HighBp   int64  `json:"high_bp"`
	Since    string `json:"since" example:"2026-01-01"`
	Source   string `json:"source"`
	By       string `json:"by" doc:"empty: came with the program"`
}

func benchmarkWire(b report.Benchmark) benchmarkOut {
	return benchmarkOut{b.ID, b.Platform, string(b.Tier), string(b.Formula), b.LowBp, b.HighBp, string(b.Since), b.Source, b.By}
}

type benchmarkIn struct {
	Body struct {
		Platform string `json:"platform"`
		Tier     string `json:"tier,omitempty" doc:"empty: any size"`
		Formula  string `json:"formula" enum:"reach,followers,views"`
		LowBp    int64  `json:"low_bp"`
		HighBp   int64  `json:"high_bp"`
		Since    string `json:"since" example:"2026-01-01"`
		Source   string `json:"source"`
	}
}

func registerBenchmarks(a *API) {
	op(a, http.MethodGet, "/benchmarks", "report.see", "Engagement rates that others publish", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[benchmarkOut], error) {
		all, err := a.Report.Benchmarks(ctx, actor)
		return Page[benchmarkOut]{Items: list(all, benchmarkWire)}, err
	})
	op(a, http.MethodPost, "/benchmarks", "benchmark.edit", "Keep a published engagement rate with its source and day", func(ctx context.Context, actor access.Actor, in *benchmarkIn) (benchmarkOut, error) {
		b, err := a.Report.AddBenchmark(ctx, actor, report.Benchmark{Platform: in.Body.Platform, Tier: talent.Tier(in.Body.Tier), Formula: result.Formula(in.Body.Formula),
			LowBp: in.Body.LowBp, HighBp: in.Body.HighBp, Since: worktime.Date(in.Body.Since), Source: in.Body.Source})
		return benchmarkWire(b), err
	})
	op(a, http.MethodDelete, "/benchmarks/{id}", "benchmark.edit", "Take a published engagement rate out", func(ctx context.Context, actor access.Actor, in *ID) (okAnswer, error) {
		return okAnswer{true}, a.Report.DropBenchmark(ctx, actor, in.ID)
	})
	registerDraftStatus(a)
	registerComments(a)
}
