package match

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strings"
	"time"
	"unicode"

	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/talent"
)

// reference answers queries by looking at every talent: plain, slow and sure. The
// index must say the same.
type reference map[string]known

type fitting struct {
	k        *known
	account  *talent.Account // nil: none
	key, fee int64
	fit      int64
}

func (r reference) all() []*known {
	var out []*known
	for id := range r {
		if k := r[id]; k.talent.Status != talent.StatusErased {
			out = append(out, &k)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].talent.ID < out[j].talent.ID })
	return out
}

func begins(words []string, p string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, p) })
}

// said are the words of a talent by where they stand.
type said struct{ words, bio, handles, phones []string }

func saidBy(k *known) (s said) {
	t := k.talent
	for _, x := range append([]string{t.Name, t.City, t.Note, t.ManagerName}, append(append([]string{}, t.Tags...), t.Categories...)...) {
		s.words = append(s.words, wordsOf(x)...)
	}
	s.bio = wordsOf(t.Bio)
	if len(t.Phone) > 1 {
		s.phones = append(s.phones, t.Phone[1:])
		if rest, ok := strings.CutPrefix(t.Phone, "+62"); ok {
			s.phones = append(s.phones, "0"+rest)
		}
	}
	for _, a := range k.accounts {
		for _, h := range []string{locale.Fold(a.Handle), locale.Fold(a.PlatformID)} {
			if h != "" {
				s.handles = append(s.handles, h)
			}
			for _, w := range wordsOf(h) {
				if strings.ContainsFunc(w, unicode.IsLetter) {
					s.words = append(s.words, w)
				}
			}
		}
	}
	return s
}

// distance is how many letters differ between two words; letters that changed
// places are one.
func distance(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0:
				d[i][j] = j
			case j == 0:
				d[i][j] = i
			default:
				c := 1
				if a[i-1] == b[j-1] {
					c = 0
				}
				d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+c)
				if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
					d[i][j] = min(d[i][j], d[i-2][j-2]+1)
				}
			}
		}
	}
	return d[len(a)][len(b)]
}

func mistypedIn(words []string, p string) bool {
	for _, w := range words {
		r := []rune(w)
		for n := range len(r) + 1 {
			if distance(r[:n], []rune(p)) <= 1 {
				return true
			}
		}
	}
	return false
}

// speaks says who fits a text.
func (r reference) speaks(text string, bio bool) map[string]bool {
	all := r.all()
	out := map[string]bool{}
	for _, k := range all {
		out[k.talent.ID] = true
	}
	for _, w := range spokenWords(text) {
		whole := map[string]bool{}
		if w.whole != "" && !bio {
			for _, k := range all {
				if begins(saidBy(k).handles, w.whole) {
					whole[k.talent.ID] = true
				}
			}
		}
		parts := map[string]int{}
		for _, p := range w.parts {
			for id := range r.part(all, p, bio, len(whole) == 0) {
				parts[id]++
			}
		}
		for id := range out {
			if !whole[id] && parts[id] < len(w.parts) {
				delete(out, id)
			}
		}
	}
	return out
}

func (r reference) part(all []*known, p string, bio, forgive bool) map[string]bool {
	out := map[string]bool{}
	for _, k := range all {
		s := saidBy(k)
		if begins(s.bio, p) || !bio && (begins(s.words, p) || begins(s.handles, p) || begins(s.phones, p)) {
			out[k.talent.ID] = true
		}
	}
	letters := len([]rune(p))
	if len(out) > 0 || !forgive || letters < leastInside || !strings.ContainsFunc(p, unicode.IsLetter) {
		return out
	}
	for _, k := range all {
		s := saidBy(k)
		if letters >= leastTypo && (mistypedIn(s.bio, p) || !bio && (mistypedIn(s.words, p) || mistypedIn(s.handles, p))) {
			out[k.talent.ID] = true
		}
	}
	if len(out) > 0 || bio {
		return out
	}
	for _, k := range all {
		if slices.ContainsFunc(saidBy(k).handles, func(h string) bool { return strings.Contains(h, p) }) {
			out[k.talent.ID] = true
		}
	}
	return out
}

func foldedOr(list []string) []string {
	if f := folded(list); len(f) > 0 {
		return f
	}
	return []string{Unknown}
}

func facetOf(k *known, f Facet) []string {
	one := func(s string) []string {
		if s == "" {
			return []string{Unknown}
		}
		return []string{s}
	}
	switch f {
	case Country:
		return one(k.talent.Country)
	case City:
		return foldedOr([]string{k.talent.City})
	case Category:
		return foldedOr(k.talent.Categories)
	case Language:
		if len(k.talent.Languages) == 0 {
			return []string{Unknown}
		}
		return k.talent.Languages
	}
	return one(string(k.talent.Status))
}

func accountFacet(a *talent.Account, f Facet) string {
	switch {
	case a == nil:
		return Unknown
	case f == Platform:
		return string(a.Platform)
	case a.Followers < 0:
		return Unknown
	}
	return string(talent.TierOf(a.Followers))
}

// judge asks one condition of a talent by one account.
type judge struct {
	name    string
	account bool
	facet   Facet
	fits    func(k *known, a *talent.Account) bool
}

func (r reference) judges(q Query, now time.Time) []judge {
	var out []judge
	add := func(on bool, j judge) {
		if on {
			out = append(out, j)
		}
	}
	any := func(have, want []string) bool {
		return slices.ContainsFunc(have, func(v string) bool { return slices.Contains(want, v) })
	}
	today := talent.DayOf(now)
	text, bio := r.speaks(q.Text, false), r.speaks(q.Bio, true)
	add(len(spokenWords(q.Text)) > 0, judge{name: "text", fits: func(k *known, _ *talent.Account) bool { return text[k.talent.ID] }})
	add(len(spokenWords(q.Bio)) > 0, judge{name: "text", fits: func(k *known, _ *talent.Account) bool { return bio[k.talent.ID] }})
	for _, f := range []Facet{Country, City, Category, Language, Status} {
		add(len(q.Want[f]) > 0, judge{name: string(f), facet: f, fits: func(k *known, _ *talent.Account) bool { return any(facetOf(k, f), q.Want[f]) }})
	}
	add(q.NotBlocked, judge{name: "blocked", fits: func(k *known, _ *talent.Account) bool { return k.talent.Status != talent.StatusBlocked }})
	add(q.PayableIn != "", judge{name: "payable", fits: func(k *known, _ *talent.Account) bool { return k.route.Currency == q.PayableIn }})
	add(q.FreeOn != "", judge{name: "free", fits: func(k *known, _ *talent.Account) bool {
		return !slices.ContainsFunc(k.away, func(a talent.Absence) bool { return a.From <= q.FreeOn && a.To >= q.FreeOn })
	}})
	for _, w := range q.Without {
		add(len(w.IDs) > 0, judge{name: w.Condition, fits: func(k *known, _ *talent.Account) bool { return !slices.Contains(w.IDs, k.talent.ID) }})
	}
	for _, w := range q.Only {
		add(true, judge{name: w.Condition, fits: func(k *known, _ *talent.Account) bool { return slices.Contains(w.IDs, k.talent.ID) }})
	}
	for _, f := range []Facet{Platform, Tier} {
		add(len(q.Want[f]) > 0, judge{name: string(f), account: true, facet: f, fits: func(_ *known, a *talent.Account) bool { return slices.Contains(q.Want[f], accountFacet(a, f)) }})
	}
	x := q.ranges()
	figure := func(a *talent.Account, of func(*talent.Account) int64) int64 {
		if a == nil {
			return -1
		}
		return of(a)
	}
	add(x.onFollowers, judge{name: "followers", account: true, fits: func(_ *known, a *talent.Account) bool {
		return within(figure(a, func(a *talent.Account) int64 { return a.Followers }), x.followers)
	}})
	add(x.onER, judge{name: "er", account: true, fits: func(_ *known, a *talent.Account) bool {
		return within(figure(a, func(a *talent.Account) int64 { return a.ERBp }), x.er)
	}})
	add(x.onPrice || q.Format != "", judge{name: "price", account: true, fits: func(k *known, a *talent.Account) bool {
		return a != nil && slices.ContainsFunc(k.card, func(p talent.Rate) bool {
			return p.Platform == a.Platform && (q.Format == "" || p.Format == q.Format) && p.ValidOn(today) && (!x.onPrice || p.Amount.Currency == q.Price && within(p.Amount.Minor, x.price))
		})
	}})
	return out
}

func accountsOf(k *known) []*talent.Account {
	if len(k.accounts) == 0 {
		return []*talent.Account{nil}
	}
	var out []*talent.Account
	for i := range k.accounts {
		out = append(out, &k.accounts[i])
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Followers > out[j].Followers })
	return out
}

// answer is what run must give, but for labels.
func (r reference) answer(q Query, now time.Time) Answer {
	judges := r.judges(q, now)
	out := Answer{Facets: map[Facet][]Value{}}
	var found []fitting
	removed := make([]int, len(judges))
	counts := map[Facet]map[string]int{}
	for _, f := range Facets() {
		counts[f] = map[string]int{}
	}
	for _, k := range r.all() {
		out.All++
		left := accountsOf(k)
		for i, j := range judges {
			left = slices.DeleteFunc(slices.Clone(left), func(a *talent.Account) bool { return !j.fits(k, a) })
			if len(left) == 0 {
				removed[i]++
				break
			}
		}
		if len(left) > 0 {
			found = append(found, fitting{k: k, account: left[0]})
		}
		for _, f := range Facets() {
			for _, v := range valuesWhen(k, f, judges, q.Within) {
				counts[f][v]++
			}
		}
	}
	out.Total = len(found)
	for i, n := range removed {
		if n > 0 {
			out.Removed = append(out.Removed, Removal{judges[i].name, n})
		}
	}
	for _, f := range Facets() {
		out.Facets[f] = valueList(counts[f], q.Want[f])
	}
	r.hits(&out, found, q, now)
	return out
}

// valuesWhen are the values of a facet that a talent counts in: those by which it
// would fit if the facet's own filter were not there.
func valuesWhen(k *known, f Facet, judges []judge, within bool) []string {
	left := accountsOf(k)
	for _, j := range judges {
		if j.facet != f || within {
			left = slices.DeleteFunc(slices.Clone(left), func(a *talent.Account) bool { return !j.fits(k, a) })
		}
	}
	if len(left) == 0 {
		return nil
	}
	if f != Platform && f != Tier {
		return facetOf(k, f)
	}
	var out []string
	for _, a := range left {
		if v := accountFacet(a, f); !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

func valueList(counts map[string]int, want []string) []Value {
	var out []Value
	for v, n := range counts {
		out = append(out, Value{Value: v, Count: n, Selected: slices.Contains(want, v)})
	}
	for _, v := range want {
		if counts[v] == 0 && !slices.ContainsFunc(out, func(o Value) bool { return o.Value == v }) {
			out = append(out, Value{Value: v, Selected: true})
		}
	}
	slices.SortFunc(out, func(a, b Value) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value)) })
	return out
}

func (r reference) median(platform string, tier string) int64 {
	var list []int64
	for _, k := range r.all() {
		for _, a := range accountsOf(k) {
			if a != nil && a.ERBp >= 0 && string(a.Platform) == platform && accountFacet(a, Tier) == tier {
				list = append(list, a.ERBp)
			}
		}
	}
	slices.Sort(list)
	if len(list) == 0 {
		return 0
	}
	return list[(len(list)-1)/2]
}

func feeOf(k *known, a *talent.Account, q Query, now time.Time) int64 {
	low, cur := noPrice, q.Price
	if q.Brief != nil && q.Brief.Budget.Currency != "" {
		cur = q.Brief.Budget.Currency
	}
	if cur == "" {
		cur = money.CurrencyIDR
	}
	for _, p := range k.card {
		if a != nil && p.Platform == a.Platform && p.Amount.Currency == cur && (q.Format == "" || p.Format == q.Format) && p.ValidOn(talent.DayOf(now)) {
			low = min(low, p.Amount.Minor)
		}
	}
	return low
}

// measures are the parts of R18 for one talent.
func (r reference) measures(k *known, a *talent.Account, q Query, fee int64, now time.Time) [6]Measure {
	t := traits{main: Unknown, er: -1, followers: -1, fee: fee, past: -1}
	have := append(folded(k.talent.Tags), folded(k.talent.Categories)...)
	t.described = len(have) > 0
	for _, w := range folded(q.Brief.Wanted) {
		if t.wanted++; slices.Contains(have, w) {
			t.matched++
		}
	}
	if a != nil {
		t.er, t.followers, t.median = a.ERBp, a.Followers, r.median(string(a.Platform), accountFacet(a, Tier))
		t.main = cmp.Or(a.AudienceCountry, Unknown)
		t.audience = audienceOf(k.heard[a.ID])
	}
	for _, f := range k.facts {
		if !f.Excused && (f.ContestedAt.IsZero() || !f.SettledAt.IsZero()) {
			t.facts = append(t.facts, fact{f.At.UnixMicro(), f.Met})
		}
	}
	if p, ok := q.Brief.Past[k.talent.ID]; ok {
		t.past = p
	}
	return q.Brief.measure(t, now)
}

func (r reference) hits(out *Answer, found []fitting, q Query, now time.Time) {
	for i := range found {
		f := &found[i]
		fee := feeOf(f.k, f.account, q, now)
		switch q.Order {
		case ByNewest:
			f.key = -f.k.talent.CreatedAt.Unix()
		case ByPrice:
			f.key = fee
		case ByER:
			if f.key = 1; f.account != nil {
				f.key = -f.account.ERBp
			}
		case ByFollowers, "":
			if f.key = 1; f.account != nil {
				f.key = -f.account.Followers
			}
		case ByFit:
			f.fit = total(r.measures(f.k, f.account, q, fee, now))
			f.key, f.fee = -f.fit, fee
		}
	}
	slices.SortFunc(found, func(a, b fitting) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.fee, b.fee), strings.Compare(locale.Fold(a.k.talent.Name), locale.Fold(b.k.talent.Name)), strings.Compare(a.k.talent.ID, b.k.talent.ID))
	})
	for _, f := range found[:min(len(found), q.Limit)] {
		h := Hit{TalentID: f.k.talent.ID, Fee: feeOf(f.k, f.account, q, now)}
		if q.Brief != nil {
			h.Parts = r.measures(f.k, f.account, q, h.Fee, now)
			h.Fit = total(h.Parts)
		}
		if h.Fee == math.MaxInt64 {
			h.Fee = -1
		}
		if len(f.k.accounts) > 1 {
			h.account = accountHash(f.account.ID)
		}
		out.Hits = append(out.Hits, h)
	}
}
