package match

import (
	"time"

	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// Part names a part of the fit (R18).
type Part string

// The parts of the fit, in the order in which they are shown.
const (
	PartPersona     Part = "persona"     // persona tags and categories that the brief asks for
	PartAudience    Part = "audience"    // the audience's part in the target country, ages and gender
	PartER          Part = "er"          // against the median of the same platform and tier
	PartPrice       Part = "price"       // cost per engagement against the brief's
	PartReliability Part = "reliability" // lower end of the record's interval (R13)
	PartPast        Part = "past"        // results with this client
)

// Parts lists them.
func Parts() []Part {
	return []Part{PartPersona, PartAudience, PartER, PartPrice, PartReliability, PartPast}
}

// Weights are the points of each part, in the order of Parts; they add up to 100.
type Weights [6]int64

// DefaultWeights are those of R18.
func DefaultWeights() Weights { return Weights{30, 20, 20, 15, 10, 5} }

// full is the measure of a part that fits wholly; neutral that of one of which nothing is known.
const (
	full    = 1000
	neutral = 500
)

// Brief is what the fit is measured by (R18).
type Brief struct {
	Wanted      []string     // persona tags and categories
	Country     string       // of the target audience, ISO 3166-1 alpha-2
	Ages        []string     // of the target audience: bands of talent.Ages; none: any
	Gender      string       // of the target audience: one of talent.Genders; "" any
	Budget      money.Amount // for one talent
	Engagements int64        // expected of one talent; with Budget the cost per engagement
	Past        map[string]int64
	Weights     Weights
}

// Measure is one part of a fit: Fit is 0 to 1000, Points is weight × Fit, in
// thousandths of a point. Known is false where the input is unknown and Fit neutral.
type Measure struct {
	Part   Part
	Fit    int64
	Points int64
	Of     int64 // the most that Points can be
	Known  bool
	// Of the audience alone: the oldest day of the figures used, and what of the asked
	// kinds (country, age, gender) nothing is known of, with commas.
	On      worktime.Date
	Missing string
}

// facts of one row that the fit is made of.
type traits struct {
	wanted, matched int64
	described       bool   // some tag or category is on record
	main            string // largest country of the audience, Unknown when it is not known
	audience        *audience
	er, median      int64 // basis points, -1 unknown
	followers       int64
	fee             int64 // minor units, noPrice unknown
	facts           []fact
	past            int64 // -1 unknown
}

// measure gives the parts of the fit (R18).
func (b *Brief) measure(t traits, now time.Time) [6]Measure {
	var out [6]Measure
	set := func(i int, known bool, fit int64) {
		if !known {
			fit = neutral
		}
		out[i] = Measure{Part: Parts()[i], Fit: fit, Points: b.Weights[i] * fit, Of: b.Weights[i] * full, Known: known}
	}
	set(0, t.wanted > 0 && t.described, persona(t.matched, t.wanted))
	fit, on, missing, known := b.audienceFit(t.audience, t.main)
	set(1, known, fit)
	out[1].On, out[1].Missing = on, missing
	set(2, t.er >= 0 && t.median > 0, against(t.er, t.median))
	fit, known = b.price(t.fee, t.followers, t.er)
	set(3, known, fit)
	fit, known = reliability(t.facts, now)
	set(4, known, fit)
	set(5, t.past >= 0, t.past)
	return out
}

func persona(matched, wanted int64) int64 {
	if wanted == 0 {
		return neutral
	}
	return full * matched / wanted
}

// against is an engagement rate beside the median: half at the median, whole at
// twice of it.
func against(er, median int64) int64 {
	if median <= 0 {
		return neutral
	}
	return min(full, neutral*er/median)
}

// price measures the expected cost per engagement against the brief's, both in
// thousandths of a minor unit.
func (b *Brief) price(fee, followers, er int64) (int64, bool) {
	if b.Engagements <= 0 || b.Budget.Minor <= 0 || fee == noPrice || followers < 0 || er < 0 {
		return neutral, false
	}
	expected := followers * er / 10_000
	if expected == 0 {
		return 0, true
	}
	asked, cost := b.Budget.Minor*1000/b.Engagements, fee*1000/expected
	if cost <= asked {
		return full, true
	}
	return full * asked / cost, true
}

// reliability is the lower end of the record's interval (R13).
func reliability(facts []fact, now time.Time) (int64, bool) {
	if len(facts) == 0 {
		return neutral, false
	}
	list := make([]talent.Fact, len(facts))
	for i, f := range facts {
		list[i] = talent.Fact{At: time.UnixMicro(f.At), Met: f.Met}
	}
	r := talent.RecordOf(list, now)
	if !r.Enough {
		return neutral, false
	}
	return r.LowerPpm * full / 1_000_000, true
}

// total is the score in thousandths of a point, 0 to 100,000.
func total(parts [6]Measure) int64 {
	sum := int64(0)
	for _, p := range parts {
		sum += p.Points
	}
	return sum
}

func folded(list []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range list {
		if key := locale.Fold(s); key != "" && !seen[key] {
			seen[key] = true
			out = append(out, key)
		}
	}
	return out
}
