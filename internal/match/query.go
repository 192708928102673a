package match

import (
	"encoding/base64"
	"math"
	"slices"
	"strconv"
	"strings"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// Order is how the answers are sorted. Ties break by name, then id.
type Order string

// The orders.
const (
	ByFollowers Order = "followers" // the largest account first
	ByER        Order = "er"        // the highest rate first
	ByPrice     Order = "price"     // the lowest valid price first
	ByName      Order = "name"
	ByNewest    Order = "newest"
	ByFit       Order = "fit" // the score against a brief (R18); ties by lower fee
)

// Orders lists them in the order of the menu.
func Orders() []Order { return []Order{ByFollowers, ByER, ByPrice, ByName, ByNewest} }

// known says whether there is such an order; a fit is measured against a brief.
func (o Order) known(brief *Brief) bool {
	return slices.Contains(Orders(), o) || o == ByFit && brief != nil
}

// Facet is a dimension of the filter whose values are counted.
type Facet string

// The facets (R18).
const (
	Platform Facet = "platform"
	Tier     Facet = "tier"
	Category Facet = "category"
	Country  Facet = "country"
	City     Facet = "city"
	Language Facet = "language"
	Status   Facet = "status"
)

// Facets lists them in the order of the screen.
func Facets() []Facet { return []Facet{Platform, Tier, Category, Country, City, Language, Status} }

// Unknown is the value of a facet for talents of whom nothing is known there.
const Unknown = "-"

// Query is what is looked for. Within a facet any value fits; between facets and
// ranges all must. A zero range end is open.
type Query struct {
	Text         string             // words of names, handles, bios, notes, places, tags
	Bio          string             // words of bios alone
	Want         map[Facet][]string // values as counted, folded for city and category
	FollowersMin int64
	FollowersMax int64
	ERMinBp      int64
	ERMaxBp      int64
	Price        money.Currency // currency of the range
	PriceMin     int64          // minor units
	PriceMax     int64
	Format       talent.Format  // of the price; "" any
	PayableIn    money.Currency // a known route in this currency (A32)
	FreeOn       worktime.Date  // no absence that day
	NotBlocked   bool           // who may be booked at all (A36)
	Without      []Exclusion    // asked in this order, after all else about the person
	Only         []Exclusion    // the other way round: nobody but these fits
	Brief        *Brief         // what the fit is measured by; nil: none is measured
	Count        []Facet        // facets to be counted; nil: all
	Within       bool           // facets are counted within the whole filter, their own part too
	Order        Order
	After        string // Next of the part before
	Limit        int    // 1 to 200; 0 is 50
}

// The faults of a query.
var (
	ErrPaging = fault.New(fault.Invalid, "talent.paging")
	ErrFilter = fault.New(fault.Invalid, "talent.filter") // args: text
)

// Check finds values that no talent can have.
func (q Query) Check() error {
	for _, p := range q.Want[Platform] {
		if p != Unknown && !talent.Platform(p).Known() {
			return ErrFilter.With("text", p)
		}
	}
	for _, t := range q.Want[Tier] {
		if t != Unknown && !slices.Contains(talent.Tiers(), talent.Tier(t)) {
			return ErrFilter.With("text", t)
		}
	}
	if q.Order != "" && !q.Order.known(q.Brief) {
		return ErrFilter.With("text", string(q.Order))
	}
	if q.Format != "" && !q.Format.Known() {
		return ErrFilter.With("text", string(q.Format))
	}
	if (q.PriceMin > 0 || q.PriceMax > 0) && !q.Price.Known() {
		return ErrFilter.With("text", string(q.Price))
	}
	if q.PayableIn != "" && !q.PayableIn.Known() {
		return ErrFilter.With("text", string(q.PayableIn))
	}
	for _, f := range q.Count {
		if !slices.Contains(Facets(), f) {
			return ErrFilter.With("text", string(f))
		}
	}
	if b := q.Brief; b != nil {
		for _, a := range b.Ages {
			if !slices.Contains(talent.Ages(), a) {
				return ErrFilter.With("text", a)
			}
		}
		if b.Gender != "" && !slices.Contains(talent.Genders(), b.Gender) {
			return ErrFilter.With("text", b.Gender)
		}
	}
	for _, n := range []int64{q.FollowersMin, q.FollowersMax, q.ERMinBp, q.ERMaxBp, q.PriceMin, q.PriceMax} {
		if n < 0 {
			return ErrFilter.With("text", strconv.FormatInt(n, 10))
		}
	}
	_, err := q.cursor()
	return err
}

// Exclusion is talents that a hard condition keeps out, which only a higher slice
// knows of: declined by the client, under a rival's contract, booked already.
type Exclusion struct {
	Condition string
	IDs       []string
}

// cursor is where the part before ended.
type cursor struct {
	set  bool
	key  int64
	fee  int64 // second key, of ByFit alone
	name string
	id   string
}

func (c cursor) String() string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(c.key, 36) + "\x00" + strconv.FormatInt(c.fee, 36) + "\x00" + c.name + "\x00" + c.id))
}

func (q Query) cursor() (cursor, error) {
	if q.After == "" {
		return cursor{}, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(q.After)
	parts := strings.Split(string(b), "\x00")
	if err != nil || len(parts) != 4 {
		return cursor{}, ErrPaging
	}
	key, err := strconv.ParseInt(parts[0], 36, 64)
	if err != nil {
		return cursor{}, ErrPaging
	}
	fee, err := strconv.ParseInt(parts[1], 36, 64)
	if err != nil {
		return cursor{}, ErrPaging
	}
	return cursor{true, key, fee, parts[2], parts[3]}, nil
}

// ranges is the query's limits with open ends filled in.
type ranges struct {
	followers, er, price [2]int64
	onFollowers, onER    bool
	onPrice              bool
}

func (q Query) ranges() ranges {
	end := func(n int64) int64 {
		if n == 0 {
			return math.MaxInt64
		}
		return n
	}
	return ranges{
		followers: [2]int64{q.FollowersMin, end(q.FollowersMax)}, onFollowers: q.FollowersMin > 0 || q.FollowersMax > 0,
		er: [2]int64{q.ERMinBp, end(q.ERMaxBp)}, onER: q.ERMinBp > 0 || q.ERMaxBp > 0,
		price: [2]int64{q.PriceMin, end(q.PriceMax)}, onPrice: q.PriceMin > 0 || q.PriceMax > 0,
	}
}

func within(n int64, r [2]int64) bool { return n >= 0 && n >= r[0] && n <= r[1] }
