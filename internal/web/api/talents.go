package api

import (
	"context"
	"net/http"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/custom"
	"kolega/internal/match"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// TalentIn is a talent as given by a program. It is a whole: what is left out is emptied.
type TalentIn struct {
	Name         string   `json:"name"`
	Kind         string   `json:"kind,omitempty" enum:"creator,media,"`
	Country      string   `json:"country,omitempty" doc:"ISO 3166-1 alpha-2" example:"PH"`
	City         string   `json:"city,omitempty"`
	Zone         string   `json:"zone,omitempty" doc:"IANA name; by country when left out"`
	Lang         string   `json:"lang,omitempty" doc:"language of messages: id, en, fil"`
	Languages    []string `json:"languages,omitempty"`
	Currency     string   `json:"currency,omitempty"`
	TaxKind      string   `json:"tax_kind,omitempty" doc:"individual, company or foreign"`
	Status       string   `json:"status,omitempty" doc:"free, preferred, exclusive or blocked"`
	StatusReason string   `json:"status_reason,omitempty"`
	Tags         []string `json:"tags,omitempty"`
	Categories   []string `json:"categories,omitempty"`
	BornOn       string   `json:"born_on,omitempty"`
	GuardianName string   `json:"guardian_name,omitempty"`
	ManagerName  string   `json:"manager_name,omitempty"`
	Phone        string   `json:"phone,omitempty" doc:"read in any usual form, kept as E.164"`
	Email        string   `json:"email,omitempty"`
	Bio          string   `json:"bio,omitempty"`
	Note         string   `json:"note,omitempty" doc:"internal"`
}

// over writes the wire over what is on record. A phone that cannot be read is a fault.
func (in TalentIn) over(t talent.Talent) (talent.Talent, error) {
	t.Name, t.Kind, t.Country, t.City, t.Zone, t.Lang = in.Name, talent.Kind(in.Kind), in.Country, in.City, in.Zone, in.Lang
	t.Languages, t.Currency, t.TaxKind, t.Status = in.Languages, money.Currency(in.Currency), talent.TaxKind(in.TaxKind), talent.Status(in.Status)
	t.StatusReason, t.Tags, t.Categories, t.BornOn = in.StatusReason, in.Tags, in.Categories, worktime.Date(in.BornOn)
	t.GuardianName, t.ManagerName, t.Email, t.Bio, t.Note = in.GuardianName, in.ManagerName, in.Email, in.Bio, in.Note
	t.Phone = ""
	var err error
	if in.Phone != "" {
		t.Phone, err = talent.PhoneOf(in.Phone, in.Country)
	}
	return t, err
}

type talentOut struct {
	ID string `json:"id"`
	TalentIn
	UpdatedAt *time.Time   `json:"updated_at"`
	Version   int64        `json:"version"`
	Accounts  []accountOut `json:"accounts"`
	Rates     []rateOut    `json:"rates"`
	Route     *routeOut    `json:"payout_route,omitempty"`
	Record    *recordOut   `json:"reliability,omitempty" doc:"absent below three facts"`
}

type accountOut struct {
	ID              string `json:"id"`
	Platform        string `json:"platform"`
	Handle          string `json:"handle,omitempty"`
	PlatformID      string `json:"platform_id,omitempty"`
	Followers       *int64 `json:"followers" doc:"null: not known"`
	FollowersOn     string `json:"followers_on,omitempty"`
	ERBp            *int64 `json:"er_bp" doc:"engagement rate in basis points; null: not known"`
	ERBase          string `json:"er_base,omitempty"`
	EROn            string `json:"er_on,omitempty"`
	AudienceCountry string `json:"audience_country,omitempty"`
	Source          string `json:"source,omitempty"`
	Version         int64  `json:"version"`
}

type rateOut struct {
	ID        string `json:"id"`
	Platform  string `json:"platform"`
	Format    string `json:"format"`
	Amount    Amount `json:"amount"`
	ValidFrom string `json:"valid_from,omitempty"`
	ValidTo   string `json:"valid_to,omitempty"`
}

// routeOut never holds the number: looking at it is an act of its own.
type routeOut struct {
	Method      string     `json:"method"`
	Bank        string     `json:"bank"`
	NumberEnd   string     `json:"number_end"`
	AccountName string     `json:"account_name"`
	Currency    string     `json:"currency"`
	HeldUntil   *time.Time `json:"held_until"`
}

type recordOut struct {
	Kept  int64 `json:"kept"`
	All   int64 `json:"all"`
	Lower int64 `json:"lower_ppm" doc:"lower end of the 90 % Wilson interval in millionths, rounded down"`
}

func known(n int64) *int64 {
	if n < 0 {
		return nil
	}
	return &n
}

func accountWire(a talent.Account) accountOut {
	out := accountOut{ID: a.ID, Platform: string(a.Platform), Handle: a.Handle, PlatformID: a.PlatformID, Followers: known(a.Followers), FollowersOn: string(a.FollowersOn),
		ERBp: known(a.ERBp), AudienceCountry: a.AudienceCountry, Source: a.Source, Version: a.Version}
	if a.ERBp >= 0 {
		out.ERBase, out.EROn = string(a.ERBase), string(a.EROn)
	}
	return out
}

func rateWire(r talent.Rate) rateOut {
	return rateOut{r.ID, string(r.Platform), string(r.Format), amount(r.Amount), string(r.ValidFrom), string(r.ValidTo)}
}

func routeWire(r talent.Route) *routeOut {
	if r.Method == "" {
		return nil
	}
	return &routeOut{string(r.Method), r.Bank, r.NumberEnd, r.AccountName, string(r.Currency), instant(r.HeldUntil())}
}

func recordWire(r talent.Record) *recordOut {
	if !r.Enough {
		return nil
	}
	return &recordOut{r.Kept, r.All, r.LowerPpm}
}

func talentWire(t talent.Talent, accounts []talent.Account, rates []talent.Rate, route talent.Route, record talent.Record) talentOut {
	return talentOut{ID: t.ID, TalentIn: TalentIn{Name: t.Name, Kind: string(t.Kind), Country: t.Country, City: t.City, Zone: t.Zone, Lang: t.Lang, Languages: t.Languages,
		Currency: string(t.Currency), TaxKind: string(t.TaxKind), Status: string(t.Status), StatusReason: t.StatusReason, Tags: t.Tags, Categories: t.Categories,
		BornOn: string(t.BornOn), GuardianName: t.GuardianName, ManagerName: t.ManagerName, Phone: t.Phone, Email: t.Email, Bio: t.Bio, Note: t.Note},
		UpdatedAt: instant(t.UpdatedAt), Version: t.Version, Accounts: list(accounts, accountWire), Rates: list(rates, rateWire), Route: routeWire(route), Record: recordWire(record)}
}

// TalentsIn is how talents are asked for.
type TalentsIn struct {
	PageIn
	Text         string   `query:"q"`
	Platform     []string `query:"platform,explode"`
	Tier         []string `query:"tier,explode"`
	Category     []string `query:"category,explode"`
	Country      []string `query:"country,explode"`
	City         []string `query:"city,explode"`
	Language     []string `query:"language,explode"`
	Status       []string `query:"status,explode"`
	FollowersMin int64    `query:"followers_min"`
	FollowersMax int64    `query:"followers_max"`
	ERMin        int64    `query:"er_min_bp"`
	ERMax        int64    `query:"er_max_bp"`
	PriceMax     int64    `query:"price_max" doc:"minor units of currency"`
	Currency     string   `query:"currency" default:"IDR"`
	Format       string   `query:"format"`
	Payable      string   `query:"payable" doc:"a known payout route in this currency"`
	FreeOn       string   `query:"free_on"`
	Own          []string `query:"own,explode" doc:"FIELD=VALUE of the agency's own fields; of a text a part is enough"`
	Sort         string   `query:"sort" doc:"followers, er, price, name or newest"`
}

func (in TalentsIn) query() match.Query {
	q := match.Query{Text: in.Text, Want: map[match.Facet][]string{}, FollowersMin: in.FollowersMin, FollowersMax: in.FollowersMax, ERMinBp: in.ERMin, ERMaxBp: in.ERMax,
		Price: money.Currency(in.Currency), PriceMax: in.PriceMax, Format: talent.Format(in.Format), PayableIn: money.Currency(in.Payable),
		FreeOn: worktime.Date(in.FreeOn), Order: match.Order(in.Sort), After: in.After, Limit: in.Limit}
	for f, values := range map[match.Facet][]string{match.Platform: in.Platform, match.Tier: in.Tier, match.Category: in.Category, match.Country: in.Country,
		match.City: in.City, match.Language: in.Language, match.Status: in.Status} {
		if len(values) > 0 {
			q.Want[f] = values
		}
	}
	return q
}

type talentsOut struct {
	Page[talentOut]
	Total   int                        `json:"total"`
	Facets  map[string][]facetValueOut `json:"facets" doc:"each counted for the rest of the filter"`
	Removed map[string]int             `json:"removed" doc:"how many each condition kept out"`
}

type facetValueOut struct {
	Value string `json:"value"`
	Label string `json:"label"`
	Count int    `json:"count"`
}

func (a *API) searchTalents(ctx context.Context, actor access.Actor, in *TalentsIn) (talentsOut, error) {
	q := in.query()
	want := map[string]string{}
	for _, pair := range in.Own {
		id, value, _ := strings.Cut(pair, "=")
		want[id] = value
	}
	ids, asked, err := a.Custom.With(ctx, actor, custom.Talents, want)
	if err != nil {
		return talentsOut{}, err
	}
	if asked {
		q.Only = []match.Exclusion{{Condition: "custom", IDs: ids}}
	}
	f, err := a.Match.Search(ctx, actor, q)
	out := talentsOut{Total: f.Total, Facets: map[string][]facetValueOut{}, Removed: map[string]int{}}
	out.Items = list(f.Cards, func(c match.Card) talentOut { return talentWire(c.Talent, c.Accounts, c.Rates, c.Route, c.Record) })
	out.Next = f.Next
	for facet, values := range f.Facets {
		out.Facets[string(facet)] = list(values, func(v match.Value) facetValueOut { return facetValueOut{v.Value, v.Label, v.Count} })
	}
	for _, r := range f.Removed {
		out.Removed[r.Condition] = r.Count
	}
	return out, err
}

func (a *API) showTalent(ctx context.Context, actor access.Actor, in *ID) (talentOut, error) {
	f, err := a.Talent.Show(ctx, actor, in.ID)
	return talentWire(f.Talent, f.Accounts, f.Rates, f.Route, f.Record), err
}

type newTalentIn struct {
	Body struct {
		TalentIn
		Platform string `json:"platform,omitempty" doc:"of handle; left out for a profile link"`
		Handle   string `json:"handle,omitempty" doc:"first account: a handle or a profile link"`
	}
}

func (a *API) createTalent(ctx context.Context, actor access.Actor, in *newTalentIn) (talentOut, error) {
	t, err := in.Body.over(talent.Talent{})
	if err != nil {
		return talentOut{}, err
	}
	t, err = a.Talent.Create(ctx, actor, talent.NewTalent{Talent: t, Platform: talent.Platform(in.Body.Platform), Handle: in.Body.Handle})
	if err != nil {
		return talentOut{}, err
	}
	return a.showTalent(ctx, actor, &ID{t.ID})
}

type editTalentIn struct {
	ID
	Body struct {
		TalentIn
		Version int64 `json:"version" doc:"the version that was seen"`
	}
}

func (a *API) editTalent(ctx context.Context, actor access.Actor, in *editTalentIn) (talentOut, error) {
	f, err := a.Talent.Show(ctx, actor, in.ID.ID)
	if err != nil {
		return talentOut{}, err
	}
	t, err := in.Body.over(f.Talent)
	if err != nil {
		return talentOut{}, err
	}
	t.Version = in.Body.Version
	if _, err := a.Talent.Edit(ctx, actor, talent.EditTalent{Talent: t}); err != nil {
		return talentOut{}, err
	}
	return a.showTalent(ctx, actor, &in.ID)
}

func registerTalents(a *API) {
	op(a, http.MethodGet, "/talents", "match.search", "Find talents by text, filter and ranges, with facet counts", a.searchTalents)
	op(a, http.MethodPost, "/talents", "talent.edit", "Enter a talent", a.createTalent)
	op(a, http.MethodGet, "/talents/{id}", "talent.see", "One talent with accounts, rate card and reliability", a.showTalent)
	op(a, http.MethodPut, "/talents/{id}", "talent.edit", "Change a talent", a.editTalent)
	registerTalentParts(a)
	registerTalentImports(a)
	registerTalentBonds(a)
	registerTalentMerges(a)
	registerTalentLists(a)
	registerPrivacy(a)
}
