package casting

import (
	"cmp"
	"slices"
	"strings"

	"kolega/internal/campaign"
	"kolega/internal/match"
	"kolega/internal/money"
	"kolega/internal/talent"
)

// Condition names a hard condition of a slot that a person may lift (R18).
type Condition string

// The conditions, in the order of asking.
const (
	InMarket    Condition = "country"  // lives where the slot asks, or where the campaign runs
	Speaks      Condition = "language" // speaks the slot's language
	OfTier      Condition = "tier"     // an account of the slot's tier
	OfSize      Condition = "followers"
	FreeThen    Condition = "free"     // no absence on the day of posting
	NotListed   Condition = "listed"   // not on the list for this slot already
	NotExcluded Condition = "excluded" // not left out by the hand-over (A28)
	NotDeclined Condition = "declined" // this client has not said no
	NotBound    Condition = "bound"    // no lock and no rival within the window (A36)
	InBudget    Condition = "price"    // the fee for the format is known and within the slot
)

// Conditions lists them.
func Conditions() []Condition {
	return []Condition{InMarket, Speaks, OfTier, OfSize, FreeThen, NotListed, NotExcluded, NotDeclined, NotBound, InBudget}
}

// Look is what a person asks when looking for somebody for a slot.
type Look struct {
	SlotID string
	Text   string
	Tiers  []string         // instead of the slot's
	Lift   []Condition      // not asked this time
	Past   map[string]int64 // results with this client, by talent: 0 to 1000 (R18)
	After  string           // Next of the page before
	Limit  int
}

// SlotSearch is a slot as a search understands it.
type SlotSearch struct {
	Slot     campaign.Slot
	Pieces   []Piece
	Wanted   []string // words of the persona and the brand's category
	Query    match.Query
	Excluded map[Condition]int // how many ids each condition that only casting knows of keeps out
}

// kept are ids that conditions keep out.
type kept map[Condition][]string

// searchFor makes the search of a slot: its hard conditions first, then the brief that
// the fit is measured by (R18).
func searchFor(c campaign.Campaign, category string, x campaign.Slot, h Handover, open int, out kept, look Look) SlotSearch {
	s := SlotSearch{Slot: x, Pieces: PiecesOf(x), Wanted: wantedOf(category, x.Conditions, h.Persona), Excluded: map[Condition]int{}}
	asked := func(k Condition) bool { return !slices.Contains(look.Lift, k) }
	q := &s.Query
	*q = match.Query{Text: look.Text, Want: map[match.Facet][]string{}, NotBlocked: true, Order: match.ByFit, After: look.After, Limit: look.Limit,
		Count: []match.Facet{match.Tier}}
	for _, p := range s.Pieces {
		if !slices.Contains(q.Want[match.Platform], p.Platform) {
			q.Want[match.Platform] = append(q.Want[match.Platform], p.Platform)
		}
	}
	country := cmp.Or(x.Conditions.Country, c.Market)
	for _, w := range []struct {
		k     Condition
		facet match.Facet
		value string
	}{{InMarket, match.Country, country}, {Speaks, match.Language, x.Conditions.Lang}, {OfTier, match.Tier, x.Conditions.Tier}} {
		if asked(w.k) && w.value != "" {
			q.Want[w.facet] = []string{w.value}
		}
	}
	if len(look.Tiers) > 0 {
		q.Want[match.Tier] = look.Tiers
	}
	if asked(OfSize) {
		q.FollowersMin, q.FollowersMax = x.Conditions.MinFollowers, x.Conditions.MaxFollowers
	}
	if asked(FreeThen) {
		q.FreeOn = x.PostOn
	}
	out[NotExcluded] = append(slices.Clone(x.Conditions.Excluded), out[NotExcluded]...)
	for _, k := range []Condition{NotListed, NotExcluded, NotDeclined, NotBound} {
		if ids := out[k]; asked(k) && len(ids) > 0 {
			q.Without = append(q.Without, match.Exclusion{Condition: string(k), IDs: ids})
			s.Excluded[k] = len(ids)
		}
	}
	ages, gender := talent.AudienceAsked(c.Objective.Audience)
	q.Brief = &match.Brief{Wanted: s.Wanted, Country: country, Ages: ages, Gender: gender, Budget: budgetOf(x), Past: look.Past}
	if c.Objective.Metric == "engagements" && open > 0 {
		q.Brief.Engagements = c.Objective.Target / int64(open)
	}
	price(q, s.Pieces, budgetOf(x), asked(InBudget))
	return s
}

// price asks for a fee within the slot where the slot owes one kind of piece: a rate
// card prices one. A slot of several kinds is priced by talking.
func price(q *match.Query, pieces []Piece, budget money.Amount, asked bool) {
	q.Price = budget.Currency
	if q.Price == "" {
		q.Price = money.CurrencyIDR
	}
	if !asked || budget.None() || len(pieces) != 1 || pieces[0].Count < 1 {
		return
	}
	q.Format, q.PriceMax = talent.Format(pieces[0].Format), budget.Minor/pieces[0].Count
}

// wantedOf are the words that a talent's tags and categories are held against.
func wantedOf(category string, c campaign.Conditions, persona string) []string {
	var out []string
	said := strings.Join(slices.Concat(c.Tags, c.Categories, []string{category, persona}), ",")
	for _, w := range strings.FieldsFunc(said, func(r rune) bool { return r == ',' || r == ';' || r == '\n' || r == '·' || r == '/' }) {
		if w = strings.TrimSpace(w); w != "" && len([]rune(w)) <= 40 && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}
