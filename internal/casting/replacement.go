package casting

import (
	"sort"

	"kolega/internal/money"
	"kolega/internal/talent"
)

// Filter names a hard condition of a replacement (R3), in the order in which it is asked.
type Filter string

// The hard filters.
const (
	FilterDeclined Filter = "declined" // not declined by this client
	FilterPlatform Filter = "platform" // right platform and format
	FilterHeld     Filter = "held"     // not offered or booked in this campaign already
	FilterDates    Filter = "dates"    // free on the dates
	FilterRights   Filter = "rights"   // no exclusivity or rival clash
	FilterFee      Filter = "fee"      // fee within the slot's budget left
	FilterPayable  Filter = "payable"  // payable by a known route
	FilterGuardian Filter = "guardian" // adult, or guardian on file
	FilterBlocked  Filter = "blocked"  // not blocked
)

// Filters lists them in the order in which they are asked.
func Filters() []Filter {
	return []Filter{FilterDeclined, FilterPlatform, FilterHeld, FilterDates, FilterRights, FilterFee, FilterPayable, FilterGuardian, FilterBlocked}
}

// Need is what an open slot asks of a replacement.
type Need struct {
	Tags     []string     // persona wanted
	Tier     talent.Tier  // "" = any: the closeness counts as 0
	TargetBp int64        // the campaign's target ER in basis points; 0 = none
	Budget   money.Amount // left for the slot; none = no limit
}

// Prospect is a talent's account with the facts that R3 asks about. Facts about
// rights and payment are gathered by the caller; nothing here reads anything.
type Prospect struct {
	CandidateID, TalentID, AccountID string // CandidateID is "" for one from the talent base
	Name                             string
	Fee                              money.Amount // in the talent's currency; none = unknown
	FeeHome                          money.Amount // in the slot's currency; none = unknown
	Tags                             []string
	Tier                             talent.Tier
	LowerPpm                         int64 // reliability's lower bound in millionths (R13); talent.NeutralPpm with too few facts
	ERBp                             int64 // median ER in basis points; -1 unknown
	Reserve                          int64 // the client's order; 0 when the client did not name it
	Picked                           bool  // the client said yes and the talent has no seat yet: before all reserves

	Declined, WrongPlatform, Held, Busy, Clash, NoRoute, NoGuardian, Blocked bool
}

// Part names one part of a score.
type Part struct {
	Name   string // persona, tier, reliability, er
	Points int64  // hundredths of a point
	Of     int64  // the most it can be, in hundredths
	Known  bool   // false: the input is unknown, the value neutral
}

// Ranked is a prospect that passed every filter, with its score.
type Ranked struct {
	Prospect
	Score    int64 // hundredths of a point, 0 to 10,000
	Parts    []Part
	NeedsYes bool // the client must say yes first; a reserve may be offered at once
}

// Removed tells what one filter took away.
type Removed struct {
	Filter Filter
	Names  []string
}

// Replacements are the ranked candidates for an open slot, and whom which filter removed.
type Replacements struct {
	Ranked  []Ranked
	Removed []Removed // in the order of Filters; filters that removed nobody are left out
}

// Empty says whether nobody is left.
func (r Replacements) Empty() bool { return len(r.Ranked) == 0 }

// fails gives the first filter that a prospect does not pass; "" when it passes all.
func (n Need) fails(p Prospect) Filter {
	switch {
	case p.Declined:
		return FilterDeclined
	case p.WrongPlatform:
		return FilterPlatform
	case p.Held:
		return FilterHeld
	case p.Busy:
		return FilterDates
	case p.Clash:
		return FilterRights
	case !n.affords(p):
		return FilterFee
	case p.NoRoute:
		return FilterPayable
	case p.NoGuardian:
		return FilterGuardian
	case p.Blocked:
		return FilterBlocked
	}
	return ""
}

// affords: an unknown fee cannot be within a budget.
func (n Need) affords(p Prospect) bool {
	if p.FeeHome.None() {
		return false
	}
	return n.Budget.None() || p.FeeHome.Currency == n.Budget.Currency && p.FeeHome.Cmp(n.Budget) <= 0
}

// Rank filters and orders prospects (R3): the client's reserves first, in the
// client's order, then by score; ties by lower fee, then name, then id.
func Rank(n Need, all []Prospect) Replacements {
	var out Replacements
	removed := map[Filter][]string{}
	for _, p := range all {
		if f := n.fails(p); f != "" {
			removed[f] = append(removed[f], p.Name)
			continue
		}
		score, parts := n.score(p)
		out.Ranked = append(out.Ranked, Ranked{Prospect: p, Score: score, Parts: parts, NeedsYes: p.Reserve == 0 && !p.Picked})
	}
	sort.SliceStable(out.Ranked, func(i, j int) bool { return ahead(out.Ranked[i], out.Ranked[j]) })
	for _, f := range Filters() {
		if names := removed[f]; len(names) > 0 {
			sort.Strings(names)
			out.Removed = append(out.Removed, Removed{Filter: f, Names: names})
		}
	}
	return out
}

func ahead(a, b Ranked) bool {
	switch {
	case a.Picked != b.Picked:
		return a.Picked
	case (a.Reserve > 0) != (b.Reserve > 0):
		return a.Reserve > 0
	case a.Reserve != b.Reserve:
		return a.Reserve < b.Reserve
	case a.Score != b.Score:
		return a.Score > b.Score
	case a.FeeHome.Currency == b.FeeHome.Currency && a.FeeHome.Minor != b.FeeHome.Minor:
		return a.FeeHome.Minor < b.FeeHome.Minor
	case a.Name != b.Name:
		return a.Name < b.Name
	}
	return a.AccountID < b.AccountID
}

// The weights of R3, in hundredths of a point.
const (
	weightPersona     = 4000
	weightTier        = 2500
	weightReliability = 2000
	weightER          = 1500
)

// score adds the four parts of R3. An unknown engagement rate or target gives
// nothing to its part and is named as unknown.
func (n Need) score(p Prospect) (int64, []Part) {
	shared, all := overlap(n.Tags, p.Tags)
	persona := Part{Name: "persona", Of: weightPersona, Known: all > 0}
	if all > 0 {
		persona.Points = half(weightPersona*shared, all)
	}
	tier := Part{Name: "tier", Of: weightTier, Known: true}
	switch talent.TierDistance(n.Tier, p.Tier) {
	case 0:
		tier.Points = weightTier
	case 1:
		tier.Points = weightTier / 2
	case -1:
		tier.Known = false
	}
	rel := Part{Name: "reliability", Of: weightReliability, Known: true, Points: half(weightReliability*p.LowerPpm, 1_000_000)}
	er := Part{Name: "er", Of: weightER, Known: p.ERBp >= 0 && n.TargetBp > 0}
	if er.Known {
		er.Points = min(weightER, half(weightER*p.ERBp, n.TargetBp))
	}
	parts := []Part{persona, tier, rel, er}
	sum := int64(0)
	for _, q := range parts {
		sum += q.Points
	}
	return sum, parts
}

// half rounds num/den half up; both are not negative.
func half(num, den int64) int64 { return (2*num + den) / (2 * den) }

// overlap counts the shared and all distinct tags of two lists.
func overlap(a, b []string) (shared, all int64) {
	in := map[string]int{}
	for _, t := range a {
		in[fold(t)] |= 1
	}
	for _, t := range b {
		in[fold(t)] |= 2
	}
	for _, where := range in {
		all++
		if where == 3 {
			shared++
		}
	}
	return shared, all
}
