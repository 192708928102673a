package report

import (
	"cmp"
	"slices"
	"strings"

	"kolega/internal/fault"
	"kolega/internal/result"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// Benchmark is an engagement rate that others publish: for a platform and a size of
// account ("" is any), by one formula, from a day on. Both ends are basis points.
type Benchmark struct {
	ID       string
	Platform string
	Tier     talent.Tier
	Formula  result.Formula
	LowBp    int64
	HighBp   int64
	Since    worktime.Date
	Source   string
	By       string // who entered it; "" came with the program
}

// Refusals of a benchmark.
var (
	ErrBenchPlatform = fault.Field("platform", "benchmark.platform")
	ErrBenchTier     = fault.Field("tier", "benchmark.tier")
	ErrBenchFormula  = fault.Field("formula", "benchmark.formula")
	ErrBenchRange    = fault.Field("high", "benchmark.range")
	ErrBenchSince    = fault.Field("since", "benchmark.since")
	ErrBenchSource   = fault.Field("source", "benchmark.source")
)

// Tidy trims and checks an entry. Faults: benchmark.*.
func (b Benchmark) Tidy() (Benchmark, error) {
	b.Source = strings.TrimSpace(b.Source)
	switch {
	case !slices.Contains(talent.Platforms(), talent.Platform(b.Platform)):
		return b, ErrBenchPlatform
	case b.Tier != talent.TierUnknown && !slices.Contains(talent.Tiers(), b.Tier):
		return b, ErrBenchTier
	case !b.Formula.Known():
		return b, ErrBenchFormula
	case b.LowBp <= 0 || b.HighBp < b.LowBp || b.HighBp > 1_000_000:
		return b, ErrBenchRange
	case !b.Since.Valid():
		return b, ErrBenchSince
	case b.Source == "" || len(b.Source) > 200:
		return b, ErrBenchSource
	}
	return b, nil
}

// BenchmarkFor picks what holds on a day: of the same platform and formula, the one of
// the same size before one of any, the newest first. ok is false when there is none.
func BenchmarkFor(list []Benchmark, platform string, tier talent.Tier, formula result.Formula, on worktime.Date) (best Benchmark, ok bool) {
	for _, b := range list {
		if b.Platform != platform || b.Formula != formula || b.Since > on || b.Tier != "" && b.Tier != tier {
			continue
		}
		if !ok || cmp.Or(cmp.Compare(len(b.Tier), 0)-cmp.Compare(len(best.Tier), 0), cmp.Compare(b.Since, best.Since)) > 0 {
			best, ok = b, true
		}
	}
	return best, ok
}

// Marks are where the agency's own reported posts of one platform, size and formula
// stand: the hundredths of their engagement rates, ascending.
type Marks struct {
	Platform string
	Tier     talent.Tier
	Formula  result.Formula
	Posts    int64
	Rates    []Mark
}

// Mark is a rate as an exact fraction.
type Mark struct{ Num, Den int64 }

// fewestPeers is how many posts a comparison needs: fewer say nothing.
const fewestPeers = 20

// hundredths is how many marks are kept.
const hundredths = 99

// MarksOf sorts rates and keeps the hundredths; none below fewestPeers posts.
func MarksOf(rates []Mark) []Mark {
	if len(rates) < fewestPeers {
		return nil
	}
	sorted := slices.Clone(rates)
	slices.SortFunc(sorted, func(a, b Mark) int { return b.ratio().Cmp(a.ratio()) })
	out := make([]Mark, hundredths)
	for i := range out {
		out[i] = sorted[(i+1)*len(sorted)/(hundredths+1)]
	}
	return out
}

func (m Mark) ratio() result.Ratio { return result.Ratio{Num: m.Num, Den: m.Den, Known: true} }

// Peers says how many per cent of the reported posts of the same kind a rate beats. Posts
// is 0 when there are too few to say.
type Peers struct {
	Percent int64
	Posts   int64
}

// PeersOf places a rate among the marks of its kind.
func PeersOf(list []Marks, platform string, tier talent.Tier, formula result.Formula, er result.Ratio) Peers {
	i := slices.IndexFunc(list, func(m Marks) bool { return m.Platform == platform && m.Tier == tier && m.Formula == formula })
	if i < 0 || tier == talent.TierUnknown || !er.Measurable() || len(list[i].Rates) == 0 {
		return Peers{}
	}
	p := Peers{Posts: list[i].Posts}
	for _, m := range list[i].Rates {
		if m.ratio().Cmp(er) > 0 { // the mark is lower
			p.Percent++
		}
	}
	return p
}
