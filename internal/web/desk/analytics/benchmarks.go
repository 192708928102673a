package analytics

import (
	"context"
	"net/http"

	"kolega/internal/locale"
	"kolega/internal/report"
	"kolega/internal/result"
	"kolega/internal/talent"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

type benchForm struct {
	Platform string `form:"platform"`
	Tier     string `form:"tier"`
	Formula  string `form:"formula"`
	Low      string `form:"low"`
	High     string `form:"high"`
	Since    string `form:"since"`
	Source   string `form:"source"`
}

// benchmark reads the form; without a second figure both ends are the first. Fault:
// benchmark.range.
func (f benchForm) benchmark() (b report.Benchmark, err error) {
	b = report.Benchmark{Platform: f.Platform, Tier: talent.Tier(f.Tier), Formula: result.Formula(f.Formula), Since: worktime.Date(f.Since), Source: f.Source}
	if f.High == "" {
		f.High = f.Low
	}
	var low, high error
	b.LowBp, low = locale.ParsePercent(f.Low)
	b.HighBp, high = locale.ParsePercent(f.High)
	if low != nil || high != nil {
		return b, report.ErrBenchRange
	}
	return b, nil
}

type benchPage struct {
	Page    ui.Page
	List    []report.Benchmark
	Form    benchForm
	Errors  map[string]string
	MayEdit bool
	Key     string
}

func (d rooms) benchmarks(w http.ResponseWriter, r *http.Request) error {
	return d.showBenchmarks(w, r, http.StatusOK, benchForm{Formula: string(result.ByFollowers)}, nil)
}

func (d rooms) showBenchmarks(w http.ResponseWriter, r *http.Request, status int, f benchForm, errs map[string]string) error {
	actor := web.ActorOf(r)
	list, err := d.Report.Benchmarks(r.Context(), actor)
	if err != nil {
		return err
	}
	p := benchPage{List: list, Form: f, Errors: errs, MayEdit: actor.Can("benchmark.edit"), Key: desk.NewKey(r)}
	if p.Page, err = d.frame(w, r, tr(r.Context(), "benchmarks")); err != nil {
		return err
	}
	return web.Render(w, r, status, benchView(p))
}

func (d rooms) addBenchmark(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[benchForm](r)
	if err != nil {
		return err
	}
	b, err := f.benchmark()
	if err == nil {
		_, err = d.Report.AddBenchmark(r.Context(), web.ActorOf(r), b)
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.showBenchmarks(w, r, http.StatusUnprocessableEntity, f, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/reports/benchmarks", "analytics.benchmark-saved")
}

func (d rooms) dropBenchmark(w http.ResponseWriter, r *http.Request) error {
	if err := d.Report.DropBenchmark(r.Context(), web.ActorOf(r), r.PathValue("benchmark")); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/reports/benchmarks", "analytics.benchmark-dropped")
}

func platformOptions(ctx context.Context) (out []ui.Option) {
	for _, p := range talent.Platforms() {
		out = append(out, ui.Option{Value: string(p), Label: locale.T(ctx, "platform."+string(p))})
	}
	return out
}

func tierOptions(ctx context.Context) (out []ui.Option) {
	for _, t := range talent.Tiers() {
		out = append(out, ui.Option{Value: string(t), Label: locale.T(ctx, "report.tier."+string(t))})
	}
	return out
}

func formulaOptions(ctx context.Context) (out []ui.Option) {
	for _, f := range result.Formulas {
		out = append(out, ui.Option{Value: string(f), Label: locale.T(ctx, "figure.base."+string(f))})
	}
	return out
}
