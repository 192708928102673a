package match

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"

	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// entry is what the index takes in of a talent.
type entry struct {
	id       string
	name     string // folded
	values   [dims][]value
	accounts []account // the largest first; none: one without platform and figures
	away     [][2]worktime.Date
	facts    []fact
	made     uint32   // seconds since 2000
	terms    []string // distinct, each with its class before it
}

// value is a value of a dimension and how it was written.
type value struct{ key, label string }

type account struct {
	id        string
	platform  string
	audience  string    // largest country
	heard     *audience // nil: nothing typed
	followers int64     // -1 unknown
	er        int64     // basis points, -1 unknown
	prices    []price
}

// price is a line of the rate card for the account's platform.
type price struct {
	format   talent.Format
	currency money.Currency
	from, to worktime.Date
	minor    int64
}

func (p price) on(day worktime.Date) bool {
	return (p.from == "" || !p.from.After(day)) && (p.to == "" || !p.to.Before(day))
}

// fact is a promise that counts, kept or broken (R13).
type fact struct {
	At  int64 // microseconds since 1970
	Met bool
}

// The dimensions that have a set of rows for each value: the facets but the tier,
// which is a span of rows, and what only the score and the conditions ask about.
const (
	dimPlatform = iota
	dimCategory
	dimCountry
	dimCity
	dimLanguage
	dimStatus
	dimTag
	dimPayable
	dimAudience
	dims
)

var dimOf = map[Facet]int{Platform: dimPlatform, Category: dimCategory, Country: dimCountry, City: dimCity, Language: dimLanguage, Status: dimStatus}

// the most that a column holds
const (
	mostFollowers = 1<<32 - 3
	mostER        = 1<<31 - 2
)

var year2000 = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).Unix()

// known is everything on record about a talent that the index asks about.
type known struct {
	talent   talent.Talent
	accounts []talent.Account // the largest first
	card     []talent.Rate
	route    talent.Route
	away     []talent.Absence
	facts    []talent.Fact
	heard    map[string]talent.Audience // by account
}

// entryOf makes the entry of a talent.
func entryOf(k known) entry {
	t := k.talent
	e := entry{id: t.ID, name: locale.Fold(t.Name), made: uint32(min(max(t.CreatedAt.Unix()-year2000, 0), 1<<32-1)), terms: termsOf(k)}
	e.values[dimCategory] = valuesOf(t.Categories)
	e.values[dimLanguage] = plain(t.Languages...)
	e.values[dimCountry] = plain(t.Country)
	e.values[dimCity] = valuesOf([]string{t.City})
	e.values[dimStatus] = plain(string(t.Status))
	e.values[dimTag] = valuesOf(t.Tags)
	e.values[dimPayable] = plain(string(k.route.Currency))
	for _, a := range k.accounts {
		e.accounts = append(e.accounts, accountOf(a, k.card, k.heard[a.ID]))
	}
	if len(e.accounts) == 0 {
		e.accounts = []account{{platform: Unknown, followers: -1, er: -1}}
	}
	slices.SortStableFunc(e.accounts, func(a, b account) int { return cmp.Compare(b.followers, a.followers) })
	for _, a := range k.away {
		e.away = append(e.away, [2]worktime.Date{a.From, a.To})
	}
	for _, f := range k.facts {
		if !f.Excused && (f.ContestedAt.IsZero() || !f.SettledAt.IsZero()) {
			e.facts = append(e.facts, fact{f.At.UnixMicro(), f.Met})
		}
	}
	return e
}

func accountOf(a talent.Account, card []talent.Rate, heard talent.Audience) account {
	out := account{id: a.ID, platform: string(a.Platform), audience: a.AudienceCountry, heard: audienceOf(heard), followers: min(max(a.Followers, -1), mostFollowers), er: min(max(a.ERBp, -1), mostER)}
	for _, r := range card {
		if r.Platform == a.Platform {
			out.prices = append(out.prices, price{r.Format, r.Amount.Currency, r.ValidFrom, r.ValidTo, r.Amount.Minor})
		}
	}
	return out
}

// valuesOf folds what people wrote; nothing written is Unknown.
func valuesOf(list []string) []value {
	var out []value
	for _, s := range list {
		if key := locale.Fold(s); key != "" && !slices.ContainsFunc(out, func(v value) bool { return v.key == key }) {
			out = append(out, value{key, s})
		}
	}
	if len(out) == 0 {
		return []value{{Unknown, ""}}
	}
	return out
}

// plain takes codes as they are.
func plain(list ...string) []value {
	var out []value
	for _, s := range list {
		if s != "" && !slices.Contains(out, value{s, s}) {
			out = append(out, value{s, s})
		}
	}
	if len(out) == 0 {
		return []value{{Unknown, ""}}
	}
	return out
}

// The classes of words.
const (
	inWords  = 'a' // names, notes, places, tags, parts of handles
	inBio    = 'b'
	inHandle = 'h' // handles as they are
	inPhone  = 'p'
)

// mostWord is how many bytes of a word are looked at.
const mostWord = 48

// termsOf lists the words by which a talent is found.
func termsOf(k known) []string {
	t := k.talent
	var out []string
	say := func(class byte, words []string) {
		for _, w := range words {
			out = append(out, string(class)+clipped(w))
		}
	}
	for _, s := range append([]string{t.Name, t.City, t.Note, t.ManagerName}, append(t.Tags, t.Categories...)...) {
		say(inWords, wordsOf(s))
	}
	say(inBio, wordsOf(t.Bio))
	if len(t.Phone) > 1 {
		say(inPhone, []string{t.Phone[1:]})
	}
	for _, a := range k.accounts {
		for _, s := range []string{locale.Fold(a.Handle), locale.Fold(a.PlatformID)} {
			if s == "" {
				continue
			}
			say(inHandle, []string{s})
			for _, w := range wordsOf(s) {
				if w != s && strings.ContainsFunc(w, unicode.IsLetter) {
					say(inWords, []string{w})
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// wordsOf cuts a text into folded words of letters and digits.
func wordsOf(s string) []string {
	return strings.FieldsFunc(locale.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// clipped is a word's beginning of at most mostWord bytes, cut between letters.
func clipped(w string) string {
	if len(w) <= mostWord {
		return w
	}
	n := 0
	for i := range w {
		if i <= mostWord {
			n = i
		}
	}
	return w[:n]
}
