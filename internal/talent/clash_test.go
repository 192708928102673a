package talent

import (
	"slices"
	"testing"

	"kolega/internal/worktime"
)

func lock(with string, from, to worktime.Date, categories ...string) Exclusivity {
	return Exclusivity{ID: with, Holder: HolderClient, HolderName: with, From: from, To: to, Categories: categories}
}

func TestClash_Exclusivities(t *testing.T) {
	ask := Ask{ClientID: "cl", Brand: "Melati Glow", Categories: []string{"beauty"}, Territory: []string{"ID"}, From: "2026-11-20", To: "2026-11-30", Rivals: []string{"Mawar"}}
	other := Exclusivity{ID: "x", Holder: HolderOther, HolderName: "Agensi Lain", From: "2026-01-01", To: "2026-12-31"}
	for _, c := range []struct {
		name  string
		ask   func(Ask) Ask
		bonds Bonds
		want  []ClashKind
		block bool
	}{
		{"nothing", nil, Bonds{}, nil, false},
		{"another agency's talent", nil, Bonds{Contracts: []Exclusivity{other}}, []ClashKind{ClashManaged}, true},
		{"our own exclusive talent", nil, Bonds{Contracts: []Exclusivity{{Holder: HolderAgency, From: "2026-01-01", To: "2026-12-31"}}}, nil, false},
		{"another brand's lock in the category", nil, Bonds{Contracts: []Exclusivity{lock("Anggrek", "2026-11-01", "2026-11-20", "Beauty")}}, []ClashKind{ClashExclusive}, true},
		{"the lock ended the day before", nil, Bonds{Contracts: []Exclusivity{lock("Anggrek", "2026-11-01", "2026-11-19", "beauty")}}, nil, false},
		{"the lock begins the day after", nil, Bonds{Contracts: []Exclusivity{lock("Anggrek", "2026-12-01", "2026-12-31", "beauty")}}, nil, false},
		{"another category", nil, Bonds{Contracts: []Exclusivity{lock("Anggrek", "2026-11-01", "2026-12-31", "food")}}, nil, false},
		{"a lock of all categories", nil, Bonds{Contracts: []Exclusivity{lock("Anggrek", "2026-11-01", "2026-12-31")}}, []ClashKind{ClashExclusive}, true},
		{"the brand's own lock", nil, Bonds{Contracts: []Exclusivity{lock("melati glow", "2026-11-01", "2026-12-31", "beauty")}}, nil, false},
		{"a lock of another country", nil, Bonds{Contracts: []Exclusivity{{Holder: HolderClient, HolderName: "Anggrek", From: "2026-11-01", To: "2026-12-31", Territory: []string{"PH"}}}}, nil, false},
		{"the brand's category is unknown", func(a Ask) Ask { a.Categories = nil; return a }, Bonds{Contracts: []Exclusivity{lock("Anggrek", "2026-11-01", "2026-12-31", "food")}}, []ClashKind{ClashExclusive}, false},
		{"a rival advertises with the talent", nil, Bonds{Rights: []UsageRight{{HolderName: "Anggrek", Category: "beauty", Paid: true, From: "2026-01-01"}}}, []ClashKind{ClashPaidUse}, false},
		{"a rival may only repost", nil, Bonds{Rights: []UsageRight{{HolderName: "Anggrek", Category: "beauty", From: "2026-01-01"}}}, nil, false},
		{"seen with a rival 90 days before", nil, Bonds{Seen: []RivalSeen{{Brand: "MAWAR", SeenOn: "2026-08-22"}}}, []ClashKind{ClashRival}, false},
		{"seen with a rival 91 days before", nil, Bonds{Seen: []RivalSeen{{Brand: "Mawar", SeenOn: "2026-08-21"}}}, nil, false},
		{"seen with somebody else", nil, Bonds{Seen: []RivalSeen{{Brand: "Kenanga", SeenOn: "2026-11-01"}}}, nil, false},
		{"the blocking reason comes first", nil, Bonds{Contracts: []Exclusivity{other}, Seen: []RivalSeen{{Brand: "Mawar", SeenOn: "2025-12-31"}, {Brand: "Mawar", SeenOn: "2026-11-01"}}},
			[]ClashKind{ClashManaged, ClashRival}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := ask
			if c.ask != nil {
				a = c.ask(ask)
			}
			got := Clashes(a, c.bonds)
			var kinds []ClashKind
			for _, x := range got {
				kinds = append(kinds, x.Kind)
			}
			if !slices.Equal(kinds, c.want) || Blocked(got) != c.block {
				t.Errorf("got %v, blocked %v", kinds, Blocked(got))
			}
		})
	}
}

func TestContract_Overlap(t *testing.T) {
	ours := Exclusivity{Holder: HolderAgency, From: "2026-01-01", To: "2026-12-31", Territory: []string{"ID"}}
	for _, c := range []struct {
		name string
		x, y Exclusivity
		want bool
	}{
		{"two agencies", ours, Exclusivity{Holder: HolderOther, HolderName: "B", From: "2026-12-31", To: "2027-12-31"}, true},
		{"our next contract begins after the last day", ours, Exclusivity{Holder: HolderAgency, From: "2027-01-01", To: "2027-12-31"}, false},
		{"two territories", ours, Exclusivity{Holder: HolderOther, HolderName: "B", From: "2026-06-01", To: "2026-07-01", Territory: []string{"PH"}}, false},
		{"an agency and a brand", ours, lock("Anggrek", "2026-02-01", "2026-03-01", "beauty"), false},
		{"two brands of one category", lock("Anggrek", "2026-02-01", "2026-03-01", "beauty"), lock("Mawar", "2026-03-01", "2026-04-01", "beauty"), true},
		{"two brands of two categories", lock("Anggrek", "2026-02-01", "2026-03-01", "beauty"), lock("Roti", "2026-03-01", "2026-04-01", "food"), false},
		{"one brand again", lock("Anggrek", "2026-02-01", "2026-03-01", "beauty"), lock("anggrek", "2026-02-15", "2026-04-01", "beauty"), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.x.Excludes(c.y) != c.want || c.y.Excludes(c.x) != c.want {
				t.Errorf("want %v", c.want)
			}
		})
	}
}

func TestContract_WarnsAhead(t *testing.T) {
	x := Exclusivity{From: "2026-01-01", To: "2026-12-31"}
	u := UsageRight{From: "2026-01-01", To: "2026-12-31"}
	code := UsageRight{From: "2026-01-01", To: "2027-12-31", CodeKind: CodeSpark, CodeUntil: "2026-12-31"}
	for _, c := range []struct {
		today           worktime.Date
		contract, right bool
	}{{"2026-10-31", false, false}, {"2026-11-01", true, false}, {"2026-12-16", true, false}, {"2026-12-17", true, true}, {"2026-12-31", true, true}, {"2027-01-01", false, false}} {
		if x.DueSoon(c.today) != c.contract || u.DueSoon(c.today) != c.right || code.DueSoon(c.today) != c.right {
			t.Errorf("%s: contract %v, right %v, code %v", c.today, x.DueSoon(c.today), u.DueSoon(c.today), code.DueSoon(c.today))
		}
	}
	if x.NoticeOn = "2026-11-30"; !x.DueSoon("2026-10-01") || x.DueSoon("2026-09-30") {
		t.Error("the last day of notice is warned of as well")
	}
}
