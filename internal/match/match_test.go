package match

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/testkit"
)

func drawIndex(t *rapid.T) *index {
	x := &index{at: map[string]int{}, names: map[Facet]map[string]string{}}
	for i := range rapid.IntRange(0, 25).Draw(t, "talents") {
		p := talent.Talent{ID: fmt.Sprintf("t%02d", i), Name: rapid.SampledFrom([]string{"Bea", "Béa Santillan", "Jolo", "Sari Dewi"}).Draw(t, "name"),
			Country: rapid.SampledFrom([]string{"", "ID", "PH"}).Draw(t, "country"), City: rapid.SampledFrom([]string{"", "Bandung", "bandung", "Manila"}).Draw(t, "city"),
			Categories: rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"Beauty", "Food", "Gaming"}), 0, 2, rapid.ID).Draw(t, "categories"),
			Languages:  rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"id", "en", "fil"}), 0, 2, rapid.ID).Draw(t, "languages"), Status: talent.StatusFree}
		var accounts []talent.Account
		var card []talent.Rate
		for j := range rapid.IntRange(0, 3).Draw(t, "accounts") {
			a := talent.NewAccount(rapid.SampledFrom([]talent.Platform{talent.Instagram, talent.TikTok}).Draw(t, "platform"), fmt.Sprintf("bea.%d.%d", i, j))
			a.ID, a.Followers, a.ERBp = fmt.Sprintf("a%d.%d", i, j), rapid.SampledFrom([]int64{-1, 500, 50_000, 2_000_000}).Draw(t, "followers"), rapid.SampledFrom([]int64{-1, 100, 500}).Draw(t, "er")
			accounts = append(accounts, a)
			if rapid.Bool().Draw(t, "priced") {
				card = append(card, talent.Rate{Platform: a.Platform, Format: talent.FormatReels, Amount: money.IDR(rapid.SampledFrom([]int64{500_000, 2_000_000}).Draw(t, "amount"))})
			}
		}
		x.put(x.entryOf(p, accounts, card, talent.Route{}, nil))
	}
	return x
}

func drawQuery(t *rapid.T) Query {
	pick := func(name string, from ...string) []string {
		return rapid.SliceOfNDistinct(rapid.SampledFrom(from), 0, 2, rapid.ID).Draw(t, name)
	}
	q := Query{Want: map[Facet][]string{Platform: pick("p", "instagram", "tiktok", Unknown), Tier: pick("tier", "nano", "micro", "mega", Unknown), Country: pick("c", "ID", "PH", Unknown),
		City: pick("city", "bandung", "manila"), Category: pick("cat", "beauty", "food", Unknown), Language: pick("l", "id", "en")}}
	for f, v := range q.Want {
		if len(v) == 0 {
			delete(q.Want, f)
		}
	}
	q.Text = rapid.SampledFrom([]string{"", "bea", "BÉA", "sant", "@bea.1", "nobody"}).Draw(t, "text")
	q.FollowersMin = rapid.SampledFrom([]int64{0, 0, 1_000}).Draw(t, "min")
	q.ERMinBp = rapid.SampledFrom([]int64{0, 0, 200}).Draw(t, "er min")
	if rapid.Bool().Draw(t, "by price") {
		q.Price, q.PriceMax = money.CurrencyIDR, rapid.SampledFrom([]int64{0, 1_000_000}).Draw(t, "price max")
	}
	q.Order = rapid.SampledFrom(Orders()).Draw(t, "order")
	return q
}

// A facet's count is what the list would hold if that value alone were chosen.
func TestMatch_FacetCountsAreTotals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, q := drawIndex(t), drawQuery(t)
		got := x.run(q, "2026-11-23")
		for _, f := range Facets() {
			for _, v := range got.Facets[f] {
				one := q
				one.Want = map[Facet][]string{}
				for g, w := range q.Want {
					one.Want[g] = w
				}
				one.Want[f] = []string{v.Value}
				if n := x.run(one, "2026-11-23").Total; n != v.Count {
					t.Fatalf("%s=%s is counted %d, the list has %d", f, v.Value, v.Count, n)
				}
			}
		}
		left := len(x.at)
		for _, r := range got.Removed {
			left -= r.Count
		}
		if left != got.Total {
			t.Fatalf("%d talents less the removed %v are not %d", len(x.at), got.Removed, got.Total)
		}
	})
}

func TestMatch_PagesAddUpToTheList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, q := drawIndex(t), drawQuery(t)
		q.Limit = 200
		whole := x.run(q, "2026-11-23")
		q.Limit = rapid.IntRange(1, 7).Draw(t, "limit")
		var parts []Hit
		for range 100 {
			a := x.run(q, "2026-11-23")
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

func specialist() access.Actor {
	return access.Actor{Who: audit.Who{Kind: "staff", ID: "p1", Name: "Tia"}, Role: access.Specialist}
}

func TestMatch_Search(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		people, m := talent.New(d, nil, nil), New(d)
		find := func(q Query) []string {
			t.Helper()
			f, err := m.Search(ctx, specialist(), q)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, c := range f.Cards {
				names = append(names, c.Talent.Name)
			}
			return names
		}
		add := func(name, handle string, followers int64) talent.Talent {
			t.Helper()
			x, err := people.Create(ctx, specialist(), talent.NewTalent{Talent: talent.Talent{Name: name, Country: "ID", City: "Bandung", Categories: []string{"Beauty"}}})
			if err != nil {
				t.Fatal(err)
			}
			a := talent.NewAccount(talent.Instagram, handle)
			a.Followers = followers
			if _, err := people.AddAccount(ctx, specialist(), x.ID, a); err != nil {
				t.Fatal(err)
			}
			return x
		}
		if got := find(Query{}); len(got) != 0 {
			t.Fatalf("an empty agency has %v", got)
		}
		bea := add("Béa Santillan", "bea.santillan", 412_000)
		t.Run("what was kept a moment ago is found", func(t *testing.T) {
			if got := find(Query{Text: "bea"}); len(got) != 1 {
				t.Errorf("got %v", got)
			}
		})
		add("Rara Kusuma", "rara_k", 9_000)
		for _, c := range []struct {
			name string
			q    Query
			want int
		}{
			{"by a part of a handle", Query{Text: "santill"}, 1},
			{"by a handle with @", Query{Text: "@rara_k"}, 1},
			{"without the accent and in capitals", Query{Text: "BEA SANT"}, 1},
			{"any text is plain words", Query{Text: `"(rara OR * kus`}, 0},
			{"signs alone ask for nothing", Query{Text: `"*`}, 2},
			{"by tier", Query{Want: map[Facet][]string{Tier: {"nano"}}}, 1},
			{"by followers", Query{FollowersMin: 100_000}, 1},
			{"by city, folded", Query{Want: map[Facet][]string{City: {"bandung"}}}, 2},
			{"by an unknown rate nobody fits", Query{ERMinBp: 1}, 0},
			{"payable by a known route", Query{PayableIn: money.CurrencyIDR}, 0},
		} {
			t.Run(c.name, func(t *testing.T) {
				if got := find(c.q); len(got) != c.want {
					t.Errorf("got %v", got)
				}
			})
		}
		t.Run("a change of name is followed", func(t *testing.T) {
			f, err := people.Show(ctx, specialist(), bea.ID)
			if err != nil {
				t.Fatal(err)
			}
			f.Talent.Name = "Beatriz"
			if _, err := people.Edit(ctx, specialist(), talent.EditTalent{Talent: f.Talent}); err != nil {
				t.Fatal(err)
			}
			if got := find(Query{Text: "beatriz"}); len(got) != 1 {
				t.Errorf("got %v", got)
			}
		})
		t.Run("a filter that cannot be is refused", func(t *testing.T) {
			for _, q := range []Query{{Want: map[Facet][]string{Platform: {"myspace"}}}, {Order: "luck"}, {After: "%%"}, {FollowersMin: -1}, {PriceMax: 5}} {
				if _, err := m.Search(ctx, specialist(), q); fault.KindOf(err) != fault.Invalid {
					t.Errorf("%+v: %v", q, err)
				}
			}
		})
		t.Run("an outsider finds nothing", func(t *testing.T) {
			a := access.Actor{Who: audit.Who{Kind: "client", ID: "c"}, Role: access.Client, ClientID: "c"}
			if _, err := m.Search(ctx, a, Query{}); fault.KindOf(err) != fault.NotFound {
				t.Error(err)
			}
		})
	})
}

func TestMatch_ImportIsFound(t *testing.T) {
	d := testkit.SQLite(t)
	people, m := talent.New(d, nil, nil), New(d)
	var b strings.Builder
	b.WriteString("Username IG,Followers\n")
	for i := range 900 {
		fmt.Fprintf(&b, "akun_%03d,%d\n", i, 1000+i)
	}
	if _, err := people.Import(context.Background(), specialist(), talent.Source{Name: "x", Data: strings.NewReader(b.String())}, talent.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	f, err := m.Search(context.Background(), specialist(), Query{Text: "akun_0", Limit: 10})
	if err != nil || f.Total != 100 || len(f.Cards) != 10 || f.Cards[0].Account.Followers != 1099 {
		t.Errorf("%d %d %v", f.Total, len(f.Cards), err)
	}
}
