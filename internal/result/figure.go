package result

import (
	"math/bits"
	"slices"

	"kolega/internal/fault"
	"kolega/internal/money"
)

// Formula names the base that engagements are divided by (R19).
type Formula string

// The formulas of the engagement rate.
const (
	ByReach     Formula = "reach"
	ByFollowers Formula = "followers" // at posting time
	ByViews     Formula = "views"
)

// Formulas lists the formulas in the order of a choice.
var Formulas = []Formula{ByReach, ByFollowers, ByViews}

// Known says whether f is a formula.
func (f Formula) Known() bool { return slices.Contains(Formulas, f) }

// Base is the metric that the formula divides by.
func (f Formula) Base() Metric {
	switch f {
	case ByFollowers:
		return Followers
	case ByViews:
		return Views
	}
	return Reach
}

// DefaultActions are the actions that count as engagement unless the agreement
// names others.
var DefaultActions = []Metric{Likes, Comments, Saves, Shares}

// Refusals of figures.
var (
	ErrFormulasMixed = fault.New(fault.Invalid, "figure.mixed")
	ErrFormula       = fault.Field("formula", "figure.formula")
	ErrActions       = fault.Field("actions", "figure.actions")
	ErrFigureLarge   = fault.New(fault.Invalid, "figure.too-large")
)

// Ratio is an exact fraction: a figure before it is shown. A zero or unknown base
// is "not measurable", never 0 %.
type Ratio struct {
	Num, Den int64
	Known    bool // both sides are known
}

// Measurable says whether the ratio has a value.
func (r Ratio) Measurable() bool { return r.Known && r.Den > 0 }

// AtLeast says whether the ratio reaches targetBp basis points, without fractions:
// num × 10000 ≥ target × den. False when it is not measurable.
func (r Ratio) AtLeast(targetBp int64) bool {
	if !r.Measurable() || r.Num < 0 || targetBp < 0 {
		return false
	}
	aHi, aLo := bits.Mul64(uint64(r.Num), 10_000)
	bHi, bLo := bits.Mul64(uint64(targetBp), uint64(r.Den))
	return aHi > bHi || aHi == bHi && aLo >= bLo
}

// Bp is the ratio in basis points, rounded half away from zero: for a view only,
// never for a comparison. It is 0 when the ratio is not measurable.
func (r Ratio) Bp() int64 { return r.scaled(10_000) }

// scaled is num × by ÷ den, rounded half away from zero, at most the end of int64.
func (r Ratio) scaled(by uint64) int64 {
	const most = 1<<63 - 1
	if !r.Measurable() || r.Num < 0 {
		return 0
	}
	hi, lo := bits.Mul64(uint64(r.Num), by)
	if hi >= uint64(r.Den) {
		return most
	}
	quo, rem := bits.Div64(hi, lo, uint64(r.Den))
	if rem >= uint64(r.Den)-rem {
		quo++
	}
	return int64(min(quo, most))
}

// Cmp orders two measurable ratios exactly; what is not measurable comes last.
func (r Ratio) Cmp(o Ratio) int {
	switch {
	case !r.Measurable() && !o.Measurable():
		return 0
	case !r.Measurable():
		return 1
	case !o.Measurable():
		return -1
	}
	aHi, aLo := bits.Mul64(uint64(r.Num), uint64(o.Den))
	bHi, bLo := bits.Mul64(uint64(o.Num), uint64(r.Den))
	switch {
	case aHi != bHi && aHi > bHi || aHi == bHi && aLo > bLo:
		return -1
	case aHi == bHi && aLo == bLo:
		return 0
	}
	return 1
}

// Measure is one post's counts with the formula they are judged by.
type Measure struct {
	Formula Formula
	Counts  Counts
}

// Engagements sums the named actions that are known; complete is false when the
// platform's count of one of them is unknown. No known action gives 0 and false.
func Engagements(c Counts, actions []Metric) (sum int64, complete bool) {
	complete = len(actions) > 0
	for _, a := range actions {
		n, ok := c[a]
		sum += n
		complete = complete && ok
	}
	return sum, complete
}

// Sum is what a group of posts adds up to, with what was unknown.
type Sum struct {
	Formula     Formula
	Actions     []Metric
	Posts       int   // in the group
	Measured    int   // with a known base and at least one known action
	Engagements int64 // over the measured
	Base        int64 // over the measured
	Partial     int   // measured posts where a named action is unknown
}

// ER is the pooled engagement rate: sum ÷ sum (R19).
func (s Sum) ER() Ratio {
	return Ratio{Num: s.Engagements, Den: s.Base, Known: s.Measured > 0}
}

// Pool adds up posts of one formula. A post without a base or without any known
// action is counted and left out of both sums. Faults: figure.mixed,
// figure.actions, figure.too-large.
func Pool(actions []Metric, posts ...Measure) (Sum, error) {
	s := Sum{Actions: actions, Posts: len(posts)}
	if len(actions) == 0 || slices.ContainsFunc(actions, func(m Metric) bool { return !m.Action() }) {
		return s, ErrActions
	}
	for _, p := range posts {
		if s.Formula == "" {
			s.Formula = p.Formula
		}
		if p.Formula != s.Formula {
			return s, ErrFormulasMixed
		}
		base, ok := p.Counts[p.Formula.Base()]
		e, complete := Engagements(p.Counts, actions)
		if !ok || base <= 0 || !anyKnown(p.Counts, actions) {
			continue
		}
		s.Measured++
		if !complete {
			s.Partial++
		}
		var over, over2 bool
		s.Engagements, over = plus(s.Engagements, e)
		s.Base, over2 = plus(s.Base, base)
		if over || over2 {
			return s, ErrFigureLarge
		}
	}
	return s, nil
}

func anyKnown(c Counts, actions []Metric) bool {
	return slices.ContainsFunc(actions, func(m Metric) bool { _, ok := c[m]; return ok })
}

func plus(a, b int64) (int64, bool) {
	sum := a + b
	return sum, b > 0 && sum < a
}

// Cost is a price per thousand or per one of something, exact until shown.
type Cost struct {
	Amount money.Amount
	Per    int64 // how many of it were bought
	Each   int64 // 1 for CPE and CPV, 1000 for CPM
}

// Measurable says whether there is an amount and something to divide it by.
func (c Cost) Measurable() bool { return !c.Amount.None() && c.Per > 0 }

// Value is amount × each ÷ per, rounded half away from zero to the currency's unit.
func (c Cost) Value() (money.Amount, error) {
	if !c.Measurable() {
		return money.Amount{}, nil
	}
	return c.Amount.MulRatio(c.Each, c.Per, money.HalfUp)
}

// CPE is the cost of one engagement.
func CPE(cost money.Amount, engagements int64) Cost { return Cost{cost, engagements, 1} }

// CPV is the cost of one view.
func CPV(cost money.Amount, views int64) Cost { return Cost{cost, views, 1} }

// CPM is the cost of a thousand impressions.
func CPM(cost money.Amount, impressions int64) Cost { return Cost{cost, impressions, 1000} }

// ReachRate is reach ÷ followers.
func ReachRate(c Counts) Ratio { return of(c, Reach, Followers) }

func of(c Counts, num, den Metric) Ratio {
	n, okN := c[num]
	d, okD := c[den]
	return Ratio{Num: n, Den: d, Known: okN && okD}
}
