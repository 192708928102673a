package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"

	"kolega/internal/access"
	"kolega/internal/casting"
	"kolega/internal/match"
	"kolega/internal/money"
)

type matchesIn struct {
	TalentsIn
	Bio         string   `query:"bio" doc:"words of bios alone"`
	Bookable    bool     `query:"bookable" doc:"leave blocked talents out"`
	Wanted      []string `query:"wanted,explode" doc:"persona tags and categories of the brief"`
	Audience    string   `query:"audience" doc:"target country of the brief, ISO 3166-1 alpha-2"`
	Ages        []string `query:"age,explode" doc:"bands of the target audience: 13-17, 18-24, 25-34, 35-44, 45-54, 55-64, 65+"`
	Gender      string   `query:"gender" doc:"of the target audience: female, male, other"`
	Budget      int64    `query:"budget" doc:"of the brief for one talent, minor units of currency"`
	Engagements int64    `query:"engagements" doc:"that the brief expects of one talent; with budget the cost per engagement"`
	Facets      []string `query:"facet,explode" doc:"facets to count; all when left out"`
	Within      bool     `query:"within" doc:"count each facet within the whole filter, its own part too"`
}

// query: sort=fit measures against the brief; without a sort so does every search.
func (in matchesIn) query() match.Query {
	q := in.TalentsIn.query()
	q.Bio, q.NotBlocked, q.Within = in.Bio, in.Bookable, in.Within
	q.Brief = &match.Brief{Wanted: in.Wanted, Country: in.Audience, Ages: in.Ages, Gender: in.Gender, Budget: money.New(in.Budget, money.Currency(in.Currency)), Engagements: in.Engagements}
	if q.Order == "" {
		q.Order = match.ByFit
	}
	for _, f := range in.Facets {
		q.Count = append(q.Count, match.Facet(f))
	}
	return q
}

// matchesOut is written by hand: it is the answer of every keystroke.
type matchesOut struct {
	Items   []matchOut                 `json:"items"`
	Next    string                     `json:"next,omitempty"`
	Total   int                        `json:"total"`
	All     int                        `json:"all" doc:"talents before any condition"`
	Facets  map[string][]facetValueOut `json:"facets"`
	Removed []removalOut               `json:"removed" doc:"how many each condition kept out, in the order of asking"`

	ranking match.Ranking
}

type matchOut struct {
	TalentID   string           `json:"talent_id"`
	Name       string           `json:"name"`
	Country    string           `json:"country"`
	City       string           `json:"city"`
	Categories []string         `json:"categories"`
	AccountID  string           `json:"account_id"`
	Platform   string           `json:"platform"`
	Handle     string           `json:"handle"`
	Followers  *int64           `json:"followers" doc:"null: not known"`
	ERBp       *int64           `json:"er_bp" doc:"null: not known"`
	Fee        *Amount          `json:"fee" doc:"null: not known"`
	Fit        int64            `json:"fit" doc:"thousandths of a point, 0 to 100,000"`
	Parts      map[string]int64 `json:"parts" doc:"the points of each part, in thousandths"`
	Unknown    []string         `json:"unknown" doc:"parts whose input is not known: they count half"`
	Audience   *audienceUse     `json:"audience,omitempty" doc:"what the audience's part was measured by"`
}

type audienceUse struct {
	On      string `json:"on" doc:"the oldest day of the figures used; empty where the main country alone is known"`
	Missing string `json:"missing" doc:"kinds asked for of which nothing is known, with commas: they count half"`
}

type removalOut struct {
	Condition string `json:"condition"`
	Count     int    `json:"count"`
}

// MarshalJSON writes the ranking.
func (o matchesOut) MarshalJSON() ([]byte, error) {
	r := &o.ranking
	b := append(make([]byte, 0, 512+420*len(r.Rows)), `{"items":[`...)
	for i := range r.Rows {
		b = appendMatch(appendComma(b, i), &r.Rows[i])
	}
	b = append(b, ']')
	if r.Next != "" {
		b = appendText(append(b, `,"next":`...), r.Next)
	}
	b = strconv.AppendInt(append(b, `,"total":`...), int64(r.Total), 10)
	b = strconv.AppendInt(append(b, `,"all":`...), int64(r.All), 10)
	b = append(b, `,"facets":{`...)
	at := 0
	for _, f := range match.Facets() {
		if values, ok := r.Facets[f]; ok {
			b = appendFacet(appendComma(b, at), f, values)
			at++
		}
	}
	b = append(b, `},"removed":[`...)
	for i, x := range r.Removed {
		b = appendText(append(appendComma(b, i), `{"condition":`...), x.Condition)
		b = append(strconv.AppendInt(append(b, `,"count":`...), int64(x.Count), 10), '}')
	}
	return append(b, `]}`...), nil
}

func appendMatch(b []byte, x *match.Ranked) []byte {
	b = appendText(append(b, `{"talent_id":`...), x.TalentID)
	b = appendText(append(b, `,"name":`...), x.Name)
	b = appendText(append(b, `,"country":`...), x.Country)
	b = appendText(append(b, `,"city":`...), x.City)
	b = append(b, `,"categories":[`...)
	for i, c := range x.Categories {
		b = appendText(appendComma(b, i), c)
	}
	b = appendText(append(b, `],"account_id":`...), x.AccountID)
	b = appendText(append(b, `,"platform":`...), x.Platform)
	b = appendText(append(b, `,"handle":`...), x.Handle)
	b = appendKnown(append(b, `,"followers":`...), x.Followers)
	b = appendKnown(append(b, `,"er_bp":`...), x.ERBp)
	b = append(b, `,"fee":`...)
	if x.Fee.None() {
		b = append(b, `null`...)
	} else {
		b = strconv.AppendInt(append(b, `{"minor":`...), x.Fee.Minor, 10)
		b = append(appendText(append(b, `,"currency":`...), string(x.Fee.Currency)), '}')
	}
	b = strconv.AppendInt(append(b, `,"fit":`...), x.Fit, 10)
	b = append(b, `,"parts":{`...)
	for i := range x.Parts {
		b = append(appendText(appendComma(b, i), string(x.Parts[i].Part)), ':')
		b = strconv.AppendInt(b, x.Parts[i].Points, 10)
	}
	b, n := append(b, `},"unknown":[`...), 0
	for i := range x.Parts {
		if !x.Parts[i].Known {
			b = appendText(appendComma(b, n), string(x.Parts[i].Part))
			n++
		}
	}
	b = append(b, ']')
	for i := range x.Parts {
		if m := &x.Parts[i]; m.On != "" || m.Missing != "" {
			b = appendText(append(b, `,"audience":{"on":`...), string(m.On))
			b = append(appendText(append(b, `,"missing":`...), m.Missing), '}')
		}
	}
	return append(b, '}')
}

func appendFacet(b []byte, f match.Facet, values []match.Value) []byte {
	b = append(appendText(b, string(f)), `:[`...)
	for i := range values {
		v := &values[i]
		b = appendText(append(appendComma(b, i), `{"value":`...), v.Value)
		b = appendText(append(b, `,"label":`...), v.Label)
		b = append(strconv.AppendInt(append(b, `,"count":`...), int64(v.Count), 10), '}')
	}
	return append(b, ']')
}

func appendComma(b []byte, i int) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	return b
}

func appendKnown(b []byte, n int64) []byte {
	if n < 0 {
		return append(b, `null`...)
	}
	return strconv.AppendInt(b, n, 10)
}

// appendText writes a JSON string; plain letters without looking twice.
func appendText(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			text, _ := json.Marshal(s) // a string has no error
			return append(b, text...)
		}
	}
	return append(append(append(b, '"'), s...), '"')
}

func (a *API) rankTalents(ctx context.Context, actor access.Actor, in *matchesIn) (matchesOut, error) {
	r, err := a.Match.Rank(ctx, actor, in.query())
	return matchesOut{ranking: r}, err
}

type slotMatchesIn struct {
	ID
	Text  string   `query:"q" doc:"words of names, handles, bios and notes"`
	Tiers []string `query:"tier,explode" doc:"instead of the slot's"`
	Lift  []string `query:"lift,explode" doc:"conditions not asked: country, language, tier, followers, free, listed, excluded, declined, bound, price"`
	After string   `query:"after"`
	Limit int      `query:"limit" default:"20" minimum:"1" maximum:"200"`
}

// matchesFor ranks talents for a slot by what its campaign knows.
func (a *API) matchesFor(ctx context.Context, actor access.Actor, in *slotMatchesIn) (matchesOut, error) {
	slot, err := a.Campaign.Slot(ctx, actor, in.ID.ID)
	if err != nil {
		return matchesOut{}, err
	}
	c, err := a.Campaign.Campaign(ctx, actor, slot.CampaignID)
	if err != nil {
		return matchesOut{}, err
	}
	look := casting.Look{SlotID: slot.ID, Text: in.Text, Tiers: in.Tiers, After: in.After, Limit: in.Limit,
		Lift: list(in.Lift, func(k string) casting.Condition { return casting.Condition(k) })}
	if look.Past, err = a.Result.PastWith(ctx, actor, c.ClientID); err != nil {
		return matchesOut{}, err
	}
	found, err := a.Casting.FindFor(ctx, actor, slot.CampaignID, look)
	if err != nil {
		return matchesOut{}, err
	}
	r, err := a.Match.Rank(ctx, actor, found.Query)
	return matchesOut{ranking: r}, err
}

type weightsOut struct {
	Persona     int64 `json:"persona"`
	Audience    int64 `json:"audience"`
	ER          int64 `json:"er"`
	Price       int64 `json:"price"`
	Reliability int64 `json:"reliability"`
	Past        int64 `json:"past"`
	Version     int64 `json:"version" doc:"the version that was seen; 0 while these are the defaults"`
}

type weightsIn struct{ Body weightsOut }

func (a *API) matchWeights(ctx context.Context, actor access.Actor, _ *struct{}) (weightsOut, error) {
	w, err := a.Match.Weights(ctx, actor)
	p := w.Weights
	return weightsOut{p[0], p[1], p[2], p[3], p[4], p[5], w.Version}, err
}

func (a *API) setMatchWeights(ctx context.Context, actor access.Actor, in *weightsIn) (weightsOut, error) {
	w := in.Body
	err := a.Match.SetWeights(ctx, actor, match.WeightSetting{Weights: match.Weights{w.Persona, w.Audience, w.ER, w.Price, w.Reliability, w.Past}, Version: w.Version})
	if err != nil {
		return weightsOut{}, err
	}
	return a.matchWeights(ctx, actor, nil)
}

func registerMatches(a *API) {
	op(a, http.MethodGet, "/matches", "match.search", "Rank talents by how they fit a brief, with the parts of each score, facets and what each condition removed", a.rankTalents)
	op(a, http.MethodGet, "/slots/{id}/matches", "cast.shortlist", "Rank talents for a slot by its conditions and its campaign's brief", a.matchesFor)
	op(a, http.MethodGet, "/matches/weights", "match.search", "The weights of the fit, of 100", a.matchWeights)
	op(a, http.MethodPut, "/matches/weights", "access.settings", "Change the weights of the fit", a.setMatchWeights)
}
