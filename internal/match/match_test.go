package match

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/testkit"
)

func specialist() access.Actor {
	return access.Actor{Who: audit.Who{Kind: "staff", ID: "p1", Name: "Tia"}, Role: access.Specialist}
}

func TestMatch_Search(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		people, m := talent.New(d, nil, nil), New(d, t.TempDir())
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
	people, m := talent.New(d, nil, nil), New(d, t.TempDir())
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
