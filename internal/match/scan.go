package match

import (
	"container/heap"
	"math"
	"slices"
	"sort"
	"strings"

	"kolega/internal/money"
	"kolega/internal/worktime"
)

// Hit is a talent who fits, with the account by which it fits best; AccountID is
// "" for a talent without an account.
type Hit struct{ TalentID, AccountID string }

// Value is one value of a facet and how many talents have it.
type Value struct {
	Value    string
	Label    string // as written by people; equal to Value for codes
	Count    int
	Selected bool
}

// Removal is a condition and how many talents it kept out, in the order of asking.
type Removal struct {
	Condition string // key: "text", "platform", …
	Count     int
}

// Answer is what a query found.
type Answer struct {
	Hits    []Hit
	Total   int
	Next    string
	Facets  map[Facet][]Value
	Removed []Removal
}

// talentFacets are the facets of the person, accountFacets those of an account.
var (
	talentFacets  = [...]Facet{Country, City, Category, Language, Status}
	accountFacets = [...]Facet{Platform, Tier}
)

// search is one pass over the index.
type search struct {
	q       Query
	words   []string
	want    map[Facet]map[string]bool
	r       ranges
	today   worktime.Date
	counts  map[Facet]map[string]int
	removed map[string]int
	from    cursor
	top     best
	total   int
}

// run answers a checked query.
func (x *index) run(q Query, today worktime.Date) Answer {
	if q.Limit <= 0 || q.Limit > 200 {
		q.Limit = 50
	}
	if q.Order == "" {
		q.Order = ByFollowers
	}
	s := search{q: q, words: q.words(), want: map[Facet]map[string]bool{}, r: q.ranges(), today: today,
		counts: map[Facet]map[string]int{}, removed: map[string]int{}}
	s.from, _ = q.cursor()
	s.top.limit = q.Limit + 1
	for _, f := range Facets() {
		s.counts[f] = map[string]int{}
		for _, v := range q.Want[f] {
			if s.want[f] == nil {
				s.want[f] = map[string]bool{}
			}
			s.want[f][v] = true
		}
	}
	for i := range x.entries {
		if x.entries[i].id != "" {
			s.visit(&x.entries[i])
		}
	}
	return s.answer(x)
}

// visit counts an entry for what it fits. A talent who fails one facet alone is
// counted in that facet: its values are counted for the rest of the filter.
func (s *search) visit(e *entry) {
	if !s.speaks(e) {
		s.removed["text"]++
		return
	}
	if s.q.PayableIn != "" && e.routes != s.q.PayableIn {
		s.removed["payable"]++
		return
	}
	if s.q.FreeOn != "" && slices.ContainsFunc(e.away, func(a [2]worktime.Date) bool { return a[0] <= s.q.FreeOn && a[1] >= s.q.FreeOn }) {
		s.removed["free"]++
		return
	}
	failed, misses := Facet(""), 0
	for _, f := range talentFacets {
		if !s.fits(f, e) {
			if misses == 0 {
				failed = f
			}
			misses++
		}
	}
	if misses > 1 {
		s.removed[string(failed)]++
		return
	}
	hit, why := s.accounts(e, misses == 0)
	if misses == 1 {
		if why == "" {
			s.tally(failed, e)
		}
		s.removed[string(failed)]++
		return
	}
	if why != "" {
		s.removed[why]++
		return
	}
	s.total++
	for _, f := range talentFacets {
		s.tally(f, e)
	}
	s.offer(e, hit)
}

func (s *search) speaks(e *entry) bool {
	for _, w := range s.words {
		if !strings.Contains(e.text, w) {
			return false
		}
	}
	return true
}

func (s *search) fits(f Facet, e *entry) bool {
	want := s.want[f]
	if want == nil {
		return true
	}
	for _, v := range e.values(f) {
		if want[v] {
			return true
		}
	}
	return false
}

func (e *entry) values(f Facet) []string {
	switch f {
	case Country:
		return []string{e.country}
	case City:
		return []string{e.city}
	case Status:
		return []string{e.status}
	case Category:
		return e.categories
	}
	return e.languages
}

func (s *search) tally(f Facet, e *entry) {
	counts := s.counts[f]
	for _, v := range e.values(f) {
		counts[v]++
	}
}

// accounts finds the account by which a talent fits: the largest that meets all
// conditions. why names the first condition that none met. With count, platforms
// and tiers are counted, each without its own filter.
func (s *search) accounts(e *entry, count bool) (hit *account, why string) {
	if len(e.accounts) == 0 {
		return nil, s.withoutAccount(e, count)
	}
	seen := [2]map[string]bool{{}, {}}
	why = "range"
	for i := range e.accounts {
		a := &e.accounts[i]
		if !s.inRange(e, a) {
			continue
		}
		onPlatform := s.want[Platform] == nil || s.want[Platform][a.platform]
		onTier := s.want[Tier] == nil || s.want[Tier][a.tier]
		if onTier {
			seen[0][a.platform] = true
		}
		if onPlatform {
			seen[1][a.tier] = true
		}
		switch {
		case onPlatform && onTier:
			if hit == nil || a.followers > hit.followers {
				hit = a
			}
		case onTier:
			why = string(Platform)
		default:
			why = string(Tier)
		}
	}
	if count {
		for i, f := range accountFacets {
			for v := range seen[i] {
				s.counts[f][v]++
			}
		}
	}
	if hit != nil {
		why = ""
	}
	return hit, why
}

// withoutAccount judges a talent of whom no account is known.
func (s *search) withoutAccount(e *entry, count bool) (why string) {
	none := account{platform: Unknown, tier: Unknown, followers: -1, er: -1}
	if !s.inRange(e, &none) {
		return "range"
	}
	onPlatform := s.want[Platform] == nil || s.want[Platform][Unknown]
	onTier := s.want[Tier] == nil || s.want[Tier][Unknown]
	if count && onTier {
		s.counts[Platform][Unknown]++
	}
	if count && onPlatform {
		s.counts[Tier][Unknown]++
	}
	switch {
	case !onPlatform:
		return string(Platform)
	case !onTier:
		return string(Tier)
	}
	return ""
}

func (s *search) inRange(e *entry, a *account) bool {
	if s.r.onFollowers && !within(a.followers, s.r.followers) || s.r.onER && !within(a.er, s.r.er) {
		return false
	}
	if !s.r.onPrice && s.q.Format == "" {
		return true
	}
	for _, p := range e.prices {
		if p.platform == a.platform && (s.q.Format == "" || p.format == s.q.Format) && p.on(s.today) &&
			(!s.r.onPrice || p.currency == s.q.Price && within(p.minor, s.r.price)) {
			return true
		}
	}
	return false
}

// offer proposes a hit for the part of the list that is asked for.
func (s *search) offer(e *entry, hit *account) {
	c := candidate{key: s.key(e, hit), e: e, account: hit}
	if s.from.set && !after(c, s.from) {
		return
	}
	s.top.add(c)
}

// key is the number that the order sorts by, ascending.
func (s *search) key(e *entry, hit *account) int64 {
	switch {
	case s.q.Order == ByName:
		return 0
	case s.q.Order == ByNewest:
		return -e.made
	case s.q.Order == ByPrice:
		return e.cheapest(hit, s.q, s.today)
	case hit == nil:
		return math.MaxInt64
	case s.q.Order == ByER:
		return -hit.er
	}
	return -hit.followers
}

// cheapest is the lowest valid price of the account in the query's currency, or in
// the first currency of the card; unknown sorts last.
func (e *entry) cheapest(hit *account, q Query, today worktime.Date) int64 {
	low, cur := int64(math.MaxInt64), q.Price
	for _, p := range e.prices {
		if hit == nil || p.platform != hit.platform || !p.on(today) || q.Format != "" && p.format != q.Format {
			continue
		}
		if cur == "" {
			cur = money.CurrencyIDR
		}
		if p.currency == cur && p.minor < low {
			low = p.minor
		}
	}
	return low
}

type candidate struct {
	key     int64
	e       *entry
	account *account
}

func before(a, b candidate) bool {
	if a.key != b.key {
		return a.key < b.key
	}
	if a.e.name != b.e.name {
		return a.e.name < b.e.name
	}
	return a.e.id < b.e.id
}

func after(a candidate, c cursor) bool {
	if a.key != c.key {
		return a.key > c.key
	}
	if a.e.name != c.name {
		return a.e.name > c.name
	}
	return a.e.id > c.id
}

// best keeps the first candidates of an order: a heap whose root is the last of them.
type best struct {
	limit int
	list  []candidate
}

func (b *best) Len() int           { return len(b.list) }
func (b *best) Less(i, j int) bool { return before(b.list[j], b.list[i]) }
func (b *best) Swap(i, j int)      { b.list[i], b.list[j] = b.list[j], b.list[i] }

// Push is for the heap.
func (b *best) Push(v any) { b.list = append(b.list, v.(candidate)) }

// Pop is for the heap.
func (b *best) Pop() any {
	last := b.list[len(b.list)-1]
	b.list = b.list[:len(b.list)-1]
	return last
}

func (b *best) add(c candidate) {
	switch {
	case len(b.list) < b.limit:
		heap.Push(b, c)
	case before(c, b.list[0]):
		b.list[0] = c
		heap.Fix(b, 0)
	}
}

func (s *search) answer(x *index) Answer {
	sort.Slice(s.top.list, func(i, j int) bool { return before(s.top.list[i], s.top.list[j]) })
	out := Answer{Total: s.total, Facets: map[Facet][]Value{}}
	if len(s.top.list) > s.q.Limit {
		s.top.list = s.top.list[:s.q.Limit]
		last := s.top.list[s.q.Limit-1]
		out.Next = cursor{true, last.key, last.e.name, last.e.id}.String()
	}
	for _, c := range s.top.list {
		h := Hit{TalentID: c.e.id}
		if c.account != nil {
			h.AccountID = c.account.id
		}
		out.Hits = append(out.Hits, h)
	}
	for _, f := range Facets() {
		out.Facets[f] = s.values(x, f)
	}
	for _, condition := range []string{"text", "payable", "free", "country", "city", "category", "language", "status", "range", "platform", "tier"} {
		if n := s.removed[condition]; n > 0 {
			out.Removed = append(out.Removed, Removal{condition, n})
		}
	}
	return out
}

// values lists a facet's values, the chosen ones even when nobody has them.
func (s *search) values(x *index, f Facet) []Value {
	out := make([]Value, 0, len(s.counts[f]))
	for v, n := range s.counts[f] {
		out = append(out, Value{v, x.label(f, v), n, s.want[f][v]})
	}
	for v := range s.want[f] {
		if s.counts[f][v] == 0 {
			out = append(out, Value{v, x.label(f, v), 0, true})
		}
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].Count != out[j].Count {
			return out[i].Count > out[j].Count
		}
		return out[i].Value < out[j].Value
	})
	return out
}
