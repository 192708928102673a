package match

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kolega/internal/column"
	"kolega/internal/db"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

var testNow = time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)

func idNo(n int) string {
	if n%5 == 4 {
		return fmt.Sprintf("talent-%02d", n) // of another make than NewID's
	}
	return fmt.Sprintf("01h%020d%03d", 7, n)
}

func drawKnown(t *rapid.T, n int) known {
	pick := func(name string, from ...string) string { return rapid.SampledFrom(from).Draw(t, name) }
	some := func(name string, from ...string) []string {
		return rapid.SliceOfNDistinct(rapid.SampledFrom(from), 0, 3, rapid.ID).Draw(t, name)
	}
	k := known{talent: talent.Talent{ID: idNo(n), Name: pick("name", "Bea", "Béa Santillan", "Jolo", "Sari Dewi", "Santi"), Country: pick("country", "", "ID", "PH"),
		City: pick("city", "", "Bandung", "bandung", "Manila"), Categories: some("categories", "Beauty", "Food", "Gaming"), Tags: some("tags", "hijab", "Ibu Muda", "food"),
		Languages: some("languages", "id", "en", "fil"), Status: talent.Status(pick("status", "free", "free", "blocked", "preferred")), Bio: pick("bio", "", "Kopi & senja, Bandung", "love beauty", "ibu dua anak"),
		Note: pick("note", "", "suka telat"), Phone: pick("phone", "", "+628123", "+63917"), CreatedAt: testNow.Add(-time.Duration(rapid.IntRange(0, 3).Draw(t, "made")) * time.Hour)}}
	for j := range rapid.IntRange(0, 3).Draw(t, "accounts") {
		a := talent.NewAccount(talent.Platform(pick("platform", "instagram", "tiktok")), pick("handle", "bea.", "sari_dewi.", "kulinerbdg")+fmt.Sprint(n, j))
		a.ID, a.Followers, a.ERBp = fmt.Sprintf("a%d.%d", n, j), rapid.SampledFrom([]int64{-1, 500, 9_999, 10_000, 50_000, 2_000_000}).Draw(t, "followers"), rapid.SampledFrom([]int64{-1, 0, 100, 500, 900}).Draw(t, "er")
		a.AudienceCountry = pick("audience", "", "ID", "PH")
		k.accounts = append(k.accounts, a)
		if rapid.Bool().Draw(t, "media kit") {
			k.heard = orMade(k.heard)
			k.heard[a.ID] = drawAudience(t)
		}
	}
	slices.SortStableFunc(k.accounts, func(a, b talent.Account) int { return int(b.Followers - a.Followers) })
	for range rapid.IntRange(0, 3).Draw(t, "prices") {
		cur := money.Currency(pick("currency", "IDR", "PHP"))
		k.card = append(k.card, talent.Rate{Platform: talent.Platform(pick("priced", "instagram", "tiktok", "")), Format: talent.Format(pick("format", "reels", "story")),
			Amount: money.Amount{Minor: rapid.SampledFrom([]int64{500_000, 2_000_000}).Draw(t, "amount"), Currency: cur}, ValidTo: worktime.Date(pick("to", "", "2026-01-01"))})
	}
	k.route.Currency = money.Currency(pick("route", "", "IDR"))
	if rapid.Bool().Draw(t, "away") {
		k.away = []talent.Absence{{From: "2026-12-01", To: "2026-12-05"}}
	}
	for range rapid.SampledFrom([]int{0, 0, 2, 4}).Draw(t, "facts") {
		k.facts = append(k.facts, talent.Fact{Met: rapid.Bool().Draw(t, "met"), At: testNow.AddDate(0, -rapid.IntRange(0, 30).Draw(t, "months"), -1), Excused: rapid.Bool().Draw(t, "excused")})
	}
	return k
}

func orMade(m map[string]talent.Audience) map[string]talent.Audience {
	if m == nil {
		return map[string]talent.Audience{}
	}
	return m
}

// drawAudience is some of the kinds of an audience, with the day of each.
func drawAudience(t *rapid.T) talent.Audience {
	a := talent.Audience{Shares: map[talent.AudienceKind][]talent.Share{}, On: map[talent.AudienceKind]worktime.Date{}}
	for i, values := range [3][2]string{{"ID", "PH"}, {"18-24", "35-44"}, {"female", "male"}} {
		kind := kinds[i]
		if rapid.Bool().Draw(t, string(kind)) {
			first := rapid.SampledFrom([]int64{0, 3_000, 6_250, 10_000}).Draw(t, "share")
			a.Shares[kind], a.On[kind] = []talent.Share{{Value: values[0], Bp: first}, {Value: values[1], Bp: 10_000 - first}}, worktime.Date(rapid.SampledFrom([]string{"2026-01-01", "2026-11-01"}).Draw(t, "day"))
		}
	}
	return a
}

func drawQuery(t *rapid.T) Query {
	pick := func(name string, from ...string) []string {
		return rapid.SliceOfNDistinct(rapid.SampledFrom(from), 0, 2, rapid.ID).Draw(t, name)
	}
	q := Query{Want: map[Facet][]string{Platform: pick("p", "instagram", "tiktok", Unknown), Tier: pick("tier", "nano", "micro", "mega", Unknown), Country: pick("c", "ID", "PH", Unknown),
		City: pick("city", "bandung", "manila", Unknown), Category: pick("cat", "beauty", "food", Unknown), Language: pick("l", "id", "en"), Status: pick("s", "free")}}
	for f, v := range q.Want {
		if len(v) == 0 || rapid.Bool().Draw(t, "open") {
			delete(q.Want, f)
		}
	}
	text := []string{"", "", "", "bea", "BÉA", "sant", "@bea.1", "bea.", "nobody", "sari-dewi", "bnadung", "santilan", "kulinr", "linerb", "erbd", "_de", "0812", "62812", "+62 812", "telat", "ibu anak", `"(kopi OR *`, "dewl", "eba"}
	q.Text = rapid.SampledFrom(text).Draw(t, "text")
	q.Bio = rapid.SampledFrom([]string{"", "", "", "kopi", "bandug"}).Draw(t, "bio")
	q.FollowersMin = rapid.SampledFrom([]int64{0, 0, 1_000}).Draw(t, "min")
	q.FollowersMax = rapid.SampledFrom([]int64{0, 0, 10_000, 1_000_000}).Draw(t, "max")
	q.ERMinBp = rapid.SampledFrom([]int64{0, 0, 200}).Draw(t, "er min")
	if rapid.Bool().Draw(t, "by price") {
		q.Price, q.PriceMax = money.CurrencyIDR, rapid.SampledFrom([]int64{0, 1_000_000}).Draw(t, "price max")
	}
	q.Format = talent.Format(rapid.SampledFrom([]string{"", "", "reels"}).Draw(t, "format"))
	q.PayableIn = money.Currency(rapid.SampledFrom([]string{"", "", "IDR"}).Draw(t, "payable"))
	q.FreeOn = worktime.Date(rapid.SampledFrom([]string{"", "", "2026-12-05"}).Draw(t, "free"))
	q.NotBlocked = rapid.Bool().Draw(t, "not blocked")
	q.Within = rapid.Bool().Draw(t, "within")
	if rapid.Bool().Draw(t, "declined") {
		q.Without = []Exclusion{{"declined", []string{idNo(1), idNo(4)}}}
	}
	if rapid.Bool().Draw(t, "only") {
		q.Only = []Exclusion{{"custom", rapid.SampledFrom([][]string{nil, {idNo(2)}, {idNo(1), idNo(2), idNo(4), idNo(5), "nobody"}}).Draw(t, "those")}}
	}
	orders := Orders()
	if rapid.Bool().Draw(t, "brief") {
		orders = append(orders, ByFit, ByFit, ByFit)
		q.Brief = &Brief{Wanted: pick("wanted", "Beauty", "ibu muda", "gaming"), Country: rapid.SampledFrom([]string{"", "ID"}).Draw(t, "target"), Ages: pick("ages", "18-24", "25-34"), Gender: rapid.SampledFrom([]string{"", "female"}).Draw(t, "gender"), Weights: DefaultWeights(),
			Budget: money.IDR(rapid.SampledFrom([]int64{0, 1_000_000}).Draw(t, "budget")), Engagements: rapid.SampledFrom([]int64{0, 2_000}).Draw(t, "engagements"), Past: map[string]int64{idNo(2): 900}}
	}
	q.Order = rapid.SampledFrom(orders).Draw(t, "order")
	q.Limit = rapid.IntRange(1, 12).Draw(t, "limit")
	return q
}

// plainly takes out what the reference does not say: labels and where the next page begins.
func plainly(a Answer) Answer {
	a.Next = ""
	for f, list := range a.Facets {
		for i := range list {
			list[i].Label = ""
		}
		if len(list) == 0 {
			a.Facets[f] = nil
		}
	}
	if len(a.Hits) == 0 {
		a.Hits = nil
	}
	return a
}

func same(t *rapid.T, x *index, r reference, q Query) {
	t.Helper()
	got, want := plainly(x.run(q, testNow)), plainly(r.answer(q, testNow))
	if d := cmp.Diff(want, got, cmp.AllowUnexported(Hit{})); d != "" {
		t.Fatalf("query %+v\nreference - index +\n%s", q, d)
	}
}

// The index says what looking at every talent says, after any changes, merges and
// readings of its snapshot.
func TestMatch_IndexIsAsTheReference(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		x, r, at := newIndex(), reference{}, 0
		change := func(t *rapid.T) {
			var ids []string
			var entries []entry
			for range rapid.IntRange(1, 8).Draw(t, "changed") {
				n := rapid.IntRange(0, 14).Draw(t, "which")
				if slices.Contains(ids, idNo(n)) {
					continue
				}
				ids = append(ids, idNo(n))
				if delete(r, idNo(n)); rapid.IntRange(0, 3).Draw(t, "gone") > 0 {
					k := drawKnown(t, n)
					r[idNo(n)], entries = k, append(entries, entryOf(k))
				}
			}
			var fresh *segment
			if len(entries) > 0 {
				fresh = build(entries)
			}
			x.renew(ids, fresh)
		}
		t.Repeat(map[string]func(*rapid.T){
			"change": change,
			"merge": func(t *rapid.T) {
				if len(x.segs) == 0 {
					return
				}
				parts := slices.Clone(x.segs[:rapid.IntRange(1, len(x.segs)).Draw(t, "parts")])
				var dead []column.Bits
				for _, p := range parts {
					dead = append(dead, slices.Clone(p.dead))
				}
				merged := merge(parts, dead)
				if rapid.Bool().Draw(t, "meanwhile") {
					change(t)
				}
				if at++; rapid.Bool().Draw(t, "through a file") {
					merged = filed(t, filepath.Join(dir, fmt.Sprint(at)), merged)
				}
				x.replace(parts, dead, merged)
			},
			"": func(t *rapid.T) {
				same(t, x, r, drawQuery(t))
				if x.talents() != len(r) {
					t.Fatalf("%d talents, not %d", x.talents(), len(r))
				}
			},
		})
	})
}

func filed(t *rapid.T, path string, s *segment) *segment {
	parts, err := s.parts(notes{Mark: "m", Seq: 7})
	if err != nil {
		t.Fatal(err)
	}
	if err := column.WriteFile(path, layout, parts); err != nil {
		t.Fatal(err)
	}
	f, err := column.Open(path, layout)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	out, n, err := segmentOf(f)
	if err != nil || n.Seq != 7 || n.Mark != "m" {
		t.Fatal(n, err)
	}
	return out
}

func drawIndex(t *rapid.T) *index {
	x := newIndex()
	for range rapid.IntRange(1, 3).Draw(t, "segments") {
		var ids []string
		var entries []entry
		for n := range rapid.IntRange(0, 12).Draw(t, "talents") {
			k := drawKnown(t, n)
			ids, entries = append(ids, k.talent.ID), append(entries, entryOf(k))
		}
		if len(ids) > 0 {
			x.renew(ids, build(entries))
		}
	}
	return x
}

// A facet's count is what the list would hold if that value alone were chosen.
func TestMatch_FacetCountsAreTotals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, q := drawIndex(t), drawQuery(t)
		q.Within = false
		got := x.run(q, testNow)
		for _, f := range Facets() {
			for _, v := range got.Facets[f] {
				one := q
				one.Want = maps.Clone(q.Want)
				one.Want[f] = []string{v.Value}
				if n := x.run(one, testNow).Total; n != v.Count {
					t.Fatalf("%s=%s is counted %d, the list has %d", f, v.Value, v.Count, n)
				}
			}
		}
		left := got.All
		for _, r := range got.Removed {
			left -= r.Count
		}
		if left != got.Total || got.All != x.talents() {
			t.Fatalf("%d talents of %d less the removed %v are not %d", got.All, x.talents(), got.Removed, got.Total)
		}
	})
}

func TestMatch_PagesAddUpToTheList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, q := drawIndex(t), drawQuery(t)
		q.Limit = 200
		whole := x.run(q, testNow)
		q.Limit = rapid.IntRange(1, 7).Draw(t, "limit")
		var parts []Hit
		for range 100 {
			a := x.run(q, testNow)
			parts = append(parts, a.Hits...)
			if a.Total != whole.Total {
				t.Fatalf("total changes from %d to %d between pages", whole.Total, a.Total)
			}
			if q.After = a.Next; a.Next == "" {
				break
			}
		}
		if !slices.Equal(parts, whole.Hits) {
			t.Fatalf("pages %v, list %v", parts, whole.Hits)
		}
	})
}

func TestMatch_IdsArePackedInTheirOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.Int64Range(0, 1<<42).Draw(t, "at")
		a, b := db.NewID(time.UnixMilli(at)), db.NewID(time.UnixMilli(at+rapid.Int64Range(0, 2).Draw(t, "later")))
		x, okA := packID(a)
		y, okB := packID(b)
		if !okA || !okB || unpackID(x[:]) != a || unpackID(y[:]) != b {
			t.Fatalf("%s, %s", a, b)
		}
		if (a < b) != (string(x[:]) < string(y[:])) {
			t.Fatalf("%s and %s change their order", a, b)
		}
	})
}
