package match

import (
	"strings"
	"sync"

	"kolega/internal/db"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// Service answers queries from an index in memory that follows the database.
type Service struct {
	db  *db.DB
	mu  sync.RWMutex
	ix  index
	seq int64 // of the change sequence: everything up to here is in the index
}

// New makes the service. The index is built by the first query.
func New(d *db.DB) *Service {
	return &Service{db: d, seq: -1, ix: index{at: map[string]int{}, names: map[Facet]map[string]string{}}}
}

// index holds one entry for each talent that was not erased.
type index struct {
	entries []entry
	at      map[string]int              // talent id -> place
	free    []int                       // places of entries that went
	names   map[Facet]map[string]string // folded value -> as first written
}

// entry is what the index knows of a talent.
type entry struct {
	id         string // "" a free place
	name       string // folded
	text       string // folded words, each with a space before it
	country    string
	city       string // folded
	status     string
	categories []string // folded
	languages  []string
	accounts   []account
	prices     []price
	routes     money.Currency // of the payout route, "" none
	away       [][2]worktime.Date
	made       int64
}

type account struct {
	id        string
	platform  string
	tier      string
	followers int64
	er        int64
}

type price struct {
	platform string
	format   talent.Format
	currency money.Currency
	minor    int64
	from, to worktime.Date
}

func (p price) on(day worktime.Date) bool {
	return (p.from == "" || !p.from.After(day)) && (p.to == "" || !p.to.Before(day))
}

// put brings a talent up to date in the index.
func (x *index) put(e entry) {
	if i, ok := x.at[e.id]; ok {
		x.entries[i] = e
		return
	}
	if n := len(x.free); n > 0 {
		x.entries[x.free[n-1]] = e
		x.at[e.id] = x.free[n-1]
		x.free = x.free[:n-1]
		return
	}
	x.at[e.id] = len(x.entries)
	x.entries = append(x.entries, e)
}

// drop takes a talent out.
func (x *index) drop(id string) {
	if i, ok := x.at[id]; ok {
		x.entries[i] = entry{}
		delete(x.at, id)
		x.free = append(x.free, i)
	}
}

// entryOf makes the entry of a talent.
func (x *index) entryOf(t talent.Talent, accounts []talent.Account, card []talent.Rate, route talent.Route, away []talent.Absence) entry {
	e := entry{id: t.ID, name: locale.Fold(t.Name), country: orUnknown(t.Country), status: string(t.Status), made: t.CreatedAt.UnixMicro(),
		languages: atLeastOne(t.Languages), routes: route.Currency}
	e.city = orUnknown(x.named(City, t.City))
	for _, c := range t.Categories {
		e.categories = append(e.categories, x.named(Category, c))
	}
	e.categories = atLeastOne(e.categories)
	var b strings.Builder
	say := func(s string) {
		for _, w := range strings.Fields(locale.Fold(s)) {
			b.WriteByte(' ')
			b.WriteString(w)
		}
	}
	for _, s := range append([]string{t.Name, t.City, t.Bio, t.Note, t.ManagerName}, t.Tags...) {
		say(s)
	}
	for _, s := range t.Categories {
		say(s)
	}
	if t.Phone != "" {
		say(t.Phone[1:])
		say("0" + strings.TrimPrefix(t.Phone, "+62"))
	}
	for _, a := range accounts {
		say(a.Handle)
		say(strings.NewReplacer(".", " ", "_", " ", "-", " ").Replace(a.Handle))
		say(a.PlatformID)
		tier := string(talent.TierOf(a.Followers))
		e.accounts = append(e.accounts, account{a.ID, string(a.Platform), orUnknown(tier), a.Followers, a.ERBp})
	}
	for _, r := range card {
		e.prices = append(e.prices, price{string(r.Platform), r.Format, r.Amount.Currency, r.Amount.Minor, r.ValidFrom, r.ValidTo})
	}
	for _, a := range away {
		e.away = append(e.away, [2]worktime.Date{a.From, a.To})
	}
	e.text = b.String()
	return e
}

// named folds a value and keeps how it was first written.
func (x *index) named(f Facet, value string) string {
	key := locale.Fold(value)
	if key == "" {
		return ""
	}
	if x.names[f] == nil {
		x.names[f] = map[string]string{}
	}
	if known, ok := x.names[f][key]; ok && known != "" {
		return key
	}
	x.names[f][key] = value
	return key
}

// label is how a facet's value is written.
func (x *index) label(f Facet, value string) string {
	if s := x.names[f][value]; s != "" {
		return s
	}
	return value
}

func orUnknown(s string) string {
	if s == "" {
		return Unknown
	}
	return s
}

func atLeastOne(list []string) []string {
	if len(list) == 0 {
		return []string{Unknown}
	}
	return list
}
