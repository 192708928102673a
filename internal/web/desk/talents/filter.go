package talents

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kolega/internal/custom"
	"kolega/internal/locale"
	"kolega/internal/match"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/web"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

// filter is the list's state as the address says it: the address is the view.
type filter struct {
	values url.Values
	query  match.Query
	errors map[string]string
	own    []custom.Field // the agency's own fields, which are conditions too
}

// filterOf reads the address, the agency's own fields with it.
func (d rooms) filterOf(r *http.Request) (f filter, err error) {
	f = readFilter(r)
	if f.own, err = d.Custom.Fields(r.Context(), web.ActorOf(r), custom.Talents); err != nil {
		return f, err
	}
	want := map[string]string{}
	for _, x := range f.own {
		if v := clip(strings.TrimSpace(r.URL.Query().Get(x.Input()))); v != "" {
			f.values.Set(x.Input(), v)
			want[x.ID] = v
		}
	}
	ids, asked, err := d.Custom.With(r.Context(), web.ActorOf(r), custom.Talents, want)
	if asked {
		f.query.Only = []match.Exclusion{{Condition: "custom", IDs: ids}}
	}
	return f, err
}

// ranges are the parts of the address that hold one value each.
var ranges = []string{"followers_min", "followers_max", "er_min", "er_max", "price_max", "currency", "format", "payable", "free_on"}

// readFilter reads the address. A range that cannot be read is said beside its
// field and left out.
func readFilter(r *http.Request) filter {
	f := filter{values: url.Values{}, errors: map[string]string{}, query: match.Query{Want: map[match.Facet][]string{}}}
	in := r.URL.Query()
	for _, facet := range match.Facets() {
		for _, v := range in[string(facet)] {
			if v != "" && len(v) <= 100 {
				f.query.Want[facet] = append(f.query.Want[facet], v)
				f.values.Add(string(facet), v)
			}
		}
	}
	for _, name := range append([]string{"q", "sort"}, ranges...) {
		if v := strings.TrimSpace(in.Get(name)); v != "" {
			f.values.Set(name, v)
		}
	}
	q := &f.query
	q.Text, q.Order, q.After = clip(f.values.Get("q")), match.Order(f.values.Get("sort")), in.Get("after")
	lang := locale.From(r.Context()).Lang
	q.FollowersMin = f.count("followers_min", lang)
	q.FollowersMax = f.count("followers_max", lang)
	q.ERMinBp, q.ERMaxBp = f.rate("er_min"), f.rate("er_max")
	q.Format, q.PayableIn, q.FreeOn = talent.Format(f.values.Get("format")), money.Currency(f.values.Get("payable")), f.day("free_on")
	if q.Price = money.Currency(f.values.Get("currency")); q.Price == "" {
		q.Price = money.CurrencyIDR
	}
	if text := f.values.Get("price_max"); text != "" {
		a, err := money.Parse(text, q.Price, lang)
		f.blame("price_max", err)
		q.PriceMax = a.Minor
	}
	return f
}

func clip(s string) string {
	if r := []rune(s); len(r) > 200 {
		return string(r[:200])
	}
	return s
}

func (f filter) blame(name string, err error) {
	if err != nil {
		f.errors[name] = codeOf(err)
	}
}

// count reads "12,3 rb" as people type it; M is a million here, as in tables.
func (f filter) count(name, _ string) int64 {
	text := f.values.Get(name)
	if text == "" {
		return 0
	}
	n, err := locale.ParseFollowers(text)
	f.blame(name, err)
	return n
}

func (f filter) rate(name string) int64 {
	text := f.values.Get(name)
	if text == "" {
		return 0
	}
	bp, err := talent.ParseRate(text)
	f.blame(name, err)
	return bp
}

func (f filter) day(name string) worktime.Date {
	text := f.values.Get(name)
	if text == "" {
		return ""
	}
	d, err := worktime.ParseDate(text)
	f.blame(name, err)
	return d
}

// address is the list's address with this state, changed by the pairs given:
// name, value; an empty value takes the name out.
func (f filter) address(pairs ...string) string {
	v := url.Values{}
	for name, list := range f.values {
		v[name] = append([]string(nil), list...)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if v.Del(pairs[i]); pairs[i+1] != "" {
			v.Set(pairs[i], pairs[i+1])
		}
	}
	return path(v)
}

// with is the address with one more value of a facet.
func (f filter) with(name, value string) string {
	v := url.Values{}
	for n, list := range f.values {
		v[n] = append([]string(nil), list...)
	}
	v.Add(name, value)
	return path(v)
}

// without is the address without one value of a facet.
func (f filter) without(name, value string) string {
	v := url.Values{}
	for n, list := range f.values {
		for _, x := range list {
			if n != name || x != value {
				v.Add(n, x)
			}
		}
	}
	return path(v)
}

func path(v url.Values) string {
	if len(v) == 0 {
		return "/talents"
	}
	return "/talents?" + v.Encode()
}

// hidden is everything but one name, for a form that changes only that.
func (f filter) hidden(but string) (out []ui.Hidden) {
	for _, name := range slices.Concat([]string{"q", "sort"}, facetNames(), ranges, f.ownNames()) {
		for _, v := range f.values[name] {
			if name != but {
				out = append(out, ui.Hidden{Name: name, Value: v})
			}
		}
	}
	return out
}

func (f filter) ownNames() (out []string) {
	for _, x := range f.own {
		out = append(out, x.Input())
	}
	return out
}

func facetNames() (out []string) {
	for _, f := range match.Facets() {
		out = append(out, string(f))
	}
	return out
}

// active counts the conditions, the text and the order not among them.
func (f filter) active() int {
	n := 0
	for name, list := range f.values {
		if name != "q" && name != "sort" {
			n += len(list)
		}
	}
	return n
}

func itoa(n int) string { return strconv.Itoa(n) }
