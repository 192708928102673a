package campaign

import (
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// ClaimRule is one thing that must hold of claims and disclosure in a country (B10). It
// holds between its days; an empty day is no bound.
type ClaimRule struct {
	ID          string
	Country     string
	Product     string // one of ClaimProducts; "" for every product
	TextID      string
	TextEN      string
	Source      string
	NeedsNumber bool // the product's registration number must be known
	From, To    worktime.Date
}

// In gives the rule in a language.
func (r ClaimRule) In(lang string) string {
	if lang == "id" {
		return r.TextID
	}
	return r.TextEN
}

// HoldsOn tells whether the rule is for a product on a day.
func (r ClaimRule) HoldsOn(product string, day worktime.Date) bool {
	return (r.Product == "" || r.Product == product) && (r.From == "" || !day.Before(r.From)) && (r.To == "" || !day.After(r.To))
}

// ClaimProducts are the groups that a brief can be about, in the order of the form.
var ClaimProducts = []string{"cosmetics", "food", "general"}

// ClaimSheet is the checklist of a campaign's brief: its product group, the number the
// product is registered under, and since when.
type ClaimSheet struct {
	CampaignID string
	Product    string // "" while no checklist is attached
	Number     string
	On         worktime.Date
	By         string
	Rules      []ClaimRule // that held when it was attached
	Version    int64
}

// Attached tells whether drafts of the campaign need the checklist.
func (s ClaimSheet) Attached() bool { return s.Product != "" }

// ClaimTick says that a person found one version of a draft to keep a rule.
type ClaimTick struct {
	DraftID, RuleID, CampaignID string
	At                          time.Time
	ByID, By                    string
}

// Faults of claims.
var (
	ErrClaimProduct = fault.Field("product", "claim.product")
	ErrClaimNumber  = fault.Field("number", "claim.number")     // a rule asks for it before it is ticked
	ErrClaimsOpen   = fault.New(fault.Conflict, "claim.open")   // args: n
	ErrClaimRule    = fault.New(fault.Invalid, "claim.rule")    // not of this checklist
	ErrClaimNone    = fault.New(fault.Conflict, "claim.absent") // the brief has no checklist
)

// Open gives the rules of the sheet that have no tick among those of one version.
func (s ClaimSheet) Open(ticks []ClaimTick) (out []ClaimRule) {
	done := map[string]bool{}
	for _, t := range ticks {
		done[t.RuleID] = true
	}
	for _, r := range s.Rules {
		if !done[r.ID] {
			out = append(out, r)
		}
	}
	return out
}

// Err is nil when a version with these ticks may be shown and approved, else claim.open.
func (s ClaimSheet) Err(ticks []ClaimTick) error {
	if n := len(s.Open(ticks)); n > 0 {
		return ErrClaimsOpen.With("n", n)
	}
	return nil
}

// Tick gives the ticks of rules for one version. Faults: claim.absent, claim.rule,
// claim.number for a rule that asks for the number.
func (s ClaimSheet) Tick(draftID string, ruleIDs []string, byID, by string, now time.Time) ([]ClaimTick, error) {
	if !s.Attached() {
		return nil, ErrClaimNone
	}
	var out []ClaimTick
	for _, id := range ruleIDs {
		found := false
		for _, r := range s.Rules {
			if r.ID != id {
				continue
			}
			if found = true; r.NeedsNumber && s.Number == "" {
				return nil, ErrClaimNumber
			}
		}
		if !found {
			return nil, ErrClaimRule
		}
		out = append(out, ClaimTick{DraftID: draftID, RuleID: id, CampaignID: s.CampaignID, At: now, ByID: byID, By: by})
	}
	return out, nil
}

// attach is the sheet with another product group and number, as of a day.
func (s ClaimSheet) attach(product, number, by string, rules []ClaimRule, day worktime.Date) (ClaimSheet, error) {
	if !in(ClaimProducts, product) {
		return s, ErrClaimProduct
	}
	number = strings.Join(strings.Fields(number), " ")
	if len([]rune(number)) > 60 {
		return s, ErrClaimNumber
	}
	s.Product, s.Number, s.On, s.By = product, number, day, by
	s.Rules = nil
	for _, r := range rules {
		if r.HoldsOn(product, day) {
			s.Rules = append(s.Rules, r)
		}
	}
	return s, nil
}
