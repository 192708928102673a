package review

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kolega/internal/money"
)

var (
	t0     = time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	senior = Checker{ID: "p-senior", Name: "Sari", Senior: true}
	plain  = Checker{ID: "p-ae", Name: "Rani"}
)

var brief = Grounds{
	InForce: []Point{
		{ID: "logo", Number: 1, Kind: Must, Text: "Show the logo"},
		{ID: "rival", Number: 2, Kind: MustNot, Text: "No other brand"},
		{ID: "tone", Number: 3, Kind: Should, Text: "Cheerful"},
	},
	Agreed: []Point{
		{ID: "logo", Number: 1, Kind: Must, Text: "Show the logo"},
		{ID: "rival", Number: 2, Kind: MustNot, Text: "No other brand"},
		{ID: "tone", Number: 3, Kind: Should, Text: "Cheerful"},
		{ID: "price", Number: 4, Kind: Must, Text: "Say the price"},
	},
}

// ledger plays rounds the way the room does, with nothing but the pure rules.
type ledger struct {
	limit, used int64
	rounds      [][]Item
	split       int
}

// play rules one round of classes ("F", "W", "G" for goodwill, "S") and sends it on.
func (l *ledger) play(t interface{ Fatal(args ...any) }, classes string) Parting {
	var items []Item
	for _, c := range classes {
		ruling, gift := Ruling{Class: Class(string(c)), ByID: plain.ID, By: plain.Name}, false
		switch c {
		case 'F':
			ruling.PointID = "logo"
		case 'S':
			ruling.PointID = "price"
		case 'G':
			ruling.Class, gift = Wish, true
		}
		i, err := Rule(Round{}, Item{Text: "x"}, brief, ruling, t0)
		if err == nil && gift {
			i, err = GiveGoodwill(Round{}, i, senior, "first campaign together", money.IDR(500_000))
		}
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, i)
	}
	p, err := Part(l.limit, l.used, items)
	if err != nil {
		t.Fatal(err)
	}
	for n := range p.Pass {
		p.Pass[n].SentOnAt = t0
	}
	for n := range p.Split {
		p.Split[n].ChangeID = "change"
	}
	round := append(append([]Item{}, p.Pass...), p.Split...)
	if CountedRound(round) != p.Counted {
		t.Fatal("the kept items count differently from the rule")
	}
	if p.Counted {
		l.used++
	}
	l.split += len(p.Split)
	l.rounds = append(l.rounds, round)
	return p
}

func TestRound_Ledger(t *testing.T) {
	cases := []struct {
		name      string
		limit     int64
		rounds    []string
		used      int64
		lastPass  string
		lastSplit int
	}{
		{"faults alone never count and nothing is blocked", 2, []string{"F", "F", "F", "F"}, 0, "F", 0},
		{"two wishes use the two rounds", 2, []string{"W", "W"}, 2, "W", 0},
		{"the third wish is split off into a change request", 2, []string{"W", "W", "W"}, 2, "", 1},
		{"the third round sends the fault and splits the wish", 2, []string{"FW", "FW", "FW"}, 2, "F", 1},
		{"the same wish twice in one round counts one round", 2, []string{"WW"}, 1, "WW", 0},
		{"with a limit of nothing the first wish is split off", 0, []string{"W"}, 0, "", 1},
		{"goodwill over the limit goes on and still counts", 2, []string{"W", "W", "G"}, 3, "W", 0},
		{"goodwill beside a plain wish over the limit: one goes on, one is split off", 2, []string{"W", "W", "GW"}, 3, "W", 1},
		{"slips never count", 1, []string{"S", "S", "SF"}, 0, "SF", 0},
		{"a slip goes on beside a wish that is split off", 0, []string{"SW"}, 0, "S", 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			l := ledger{limit: c.limit}
			var last Parting
			for _, r := range c.rounds {
				last = l.play(t, r)
			}
			pass := ""
			for _, i := range last.Pass {
				pass += string(i.Class)
			}
			if l.used != c.used || pass != c.lastPass || len(last.Split) != c.lastSplit {
				t.Errorf("used %d, passed %q, split %d; want %d, %q, %d", l.used, pass, len(last.Split), c.used, c.lastPass, c.lastSplit)
			}
		})
	}
}

func TestRound_LedgerHoldsForAnyRounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := ledger{limit: rapid.Int64Range(0, 4).Draw(t, "limit")}
		gifts := int64(0)
		for range rapid.IntRange(1, 30).Draw(t, "rounds") {
			classes := rapid.StringMatching(`[FSWG]{1,6}`).Draw(t, "classes")
			before := l.used
			p := l.play(t, classes)
			wishes, gift := 0, false
			for _, c := range classes {
				wishes += map[rune]int{'W': 1, 'G': 1}[c]
				gift = gift || c == 'G'
			}
			switch {
			case len(p.Pass)+len(p.Split) != len(classes):
				t.Fatal("an item was lost or made twice")
			case wishes == 0 && l.used != before:
				t.Fatal("faults and slips counted")
			case wishes > 0 && before < l.limit && (l.used != before+1 || len(p.Split) > 0):
				t.Fatal("a wish within the limit must go on and count once")
			case before >= l.limit && !gift && l.used != before:
				t.Fatal("a wish over the limit counted without goodwill")
			case l.used-before > 1:
				t.Fatal("one round counted twice")
			}
			for _, i := range p.Split {
				if i.Class != Wish || i.Goodwill() {
					t.Fatal("only wishes without goodwill are split off")
				}
			}
			if l.used > before && before >= l.limit {
				gifts++
			}
		}
		if l.used > l.limit+gifts {
			t.Fatalf("used %d with limit %d and %d goodwill rounds", l.used, l.limit, gifts)
		}
	})
}

func TestItem_Rule(t *testing.T) {
	cases := []struct {
		name   string
		ruling Ruling
		want   error
	}{
		{"a fault cites a must point", Ruling{Class: Fault, PointID: "logo"}, nil},
		{"a fault cites a must-not point", Ruling{Class: Fault, PointID: "rival"}, nil},
		{"a should point makes no fault", Ruling{Class: Fault, PointID: "tone"}, ErrFaultPoint},
		{"a wish may cite a should point", Ruling{Class: Wish, PointID: "tone"}, nil},
		{"a point added after the upload makes no fault", Ruling{Class: Fault, PointID: "later"}, ErrFaultPoint},
		{"a point added after the upload is a wish", Ruling{Class: Wish, PointID: "later"}, nil},
		{"a fault without a point is refused", Ruling{Class: Fault}, ErrFaultPoint},
		{"a slip cites an agreed point that the talent was not given", Ruling{Class: Slip, PointID: "price"}, nil},
		{"a point that the talent had is no slip", Ruling{Class: Slip, PointID: "logo"}, ErrSlipPoint},
		{"an unknown class is refused", Ruling{Class: "X"}, ErrClass},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if _, err := Rule(Round{}, Item{Text: "x"}, brief, c.ruling, t0); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
	t.Run("a round that went on is not ruled again", func(t *testing.T) {
		if _, err := Rule(Round{SentOnAt: t0}, Item{Text: "x"}, brief, Ruling{Class: Wish}, t0); !errors.Is(err, ErrSentOn) {
			t.Error(err)
		}
	})
	t.Run("ruling anew as a fault takes the goodwill back", func(t *testing.T) {
		i, _ := Rule(Round{}, Item{Text: "x"}, brief, Ruling{Class: Fault, PointID: "logo"}, t0)
		i.GoodwillReason = "kind"
		if i, _ = Rule(Round{}, i, brief, Ruling{Class: Fault, PointID: "logo"}, t0); i.Goodwill() {
			t.Error("a fault is free by right, not by goodwill")
		}
	})
}

func TestItem_Suggest(t *testing.T) {
	worded := Grounds{
		InForce: []Point{{ID: "p", Kind: Must, Text: "old words"}},
		Agreed:  []Point{{ID: "p", Kind: Must, Text: "new words"}},
	}
	for _, c := range []struct {
		name  string
		g     Grounds
		point string
		want  Class
	}{
		{"no point", brief, "", Wish},
		{"a must point in force", brief, "logo", Fault},
		{"a should point", brief, "tone", Wish},
		{"agreed with the client, not given to the talent", brief, "price", Slip},
		{"reworded, and the talent has the old words", worded, "p", Slip},
		{"a point nobody knows", brief, "none", Wish},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.g.Suggest(c.point); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestRound_PartRefusesWhatIsNotRuled(t *testing.T) {
	if _, err := Part(2, 0, []Item{{Class: Fault}, {}}); !errors.Is(err, ErrUnruled) {
		t.Error(err)
	}
	if _, err := Part(2, 0, nil); !errors.Is(err, ErrRoundEmpty) {
		t.Error(err)
	}
	if !errors.Is(CheckLimit(-1), ErrLimit) || CheckLimit(0) != nil {
		t.Error("a limit is zero or more")
	}
}

func TestItem_Goodwill(t *testing.T) {
	wish := Item{Class: Wish}
	for _, c := range []struct {
		name   string
		item   Item
		by     Checker
		reason string
		want   error
	}{
		{"a senior gives it with a reason", wish, senior, "first campaign", nil},
		{"nobody else may", wish, plain, "first campaign", ErrGoodwillRight},
		{"not without a reason", wish, senior, "  ", ErrGoodwillWhy},
		{"a fault needs none", Item{Class: Fault}, senior, "first campaign", ErrGoodwillWish},
	} {
		t.Run(c.name, func(t *testing.T) {
			i, err := GiveGoodwill(Round{}, c.item, c.by, c.reason, money.IDR(750_000))
			if !errors.Is(err, c.want) || (err == nil && (i.UsualPrice != money.IDR(750_000) || !i.Goodwill())) {
				t.Errorf("got %v, %+v", err, i)
			}
		})
	}
}

func TestItem_Contest(t *testing.T) {
	wish := Item{Class: Wish, RuledByID: plain.ID}
	contested, err := wish.Contest("The brief says it", t0)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("only once", func(t *testing.T) {
		if _, err := contested.Contest("again", t0); !errors.Is(err, ErrContestOnce) {
			t.Error(err)
		}
	})
	t.Run("only a wish", func(t *testing.T) {
		if _, err := (Item{Class: Fault}).Contest("no", t0); !errors.Is(err, ErrContestWish) {
			t.Error(err)
		}
	})
	t.Run("the ruler does not decide", func(t *testing.T) {
		ruler := Checker{ID: plain.ID, Name: "Rani", Senior: true}
		if _, err := contested.DecideContest(Wish, "", "no", ruler, brief, t0); !errors.Is(err, ErrContestSame) {
			t.Error(err)
		}
	})
	t.Run("a junior does not decide", func(t *testing.T) {
		if _, err := contested.DecideContest(Wish, "", "no", Checker{ID: "other"}, brief, t0); !errors.Is(err, ErrContestSenior) {
			t.Error(err)
		}
	})
	t.Run("a different senior finds a fault, and the text is kept", func(t *testing.T) {
		i, err := contested.DecideContest(Fault, "logo", "The logo point covers it", senior, brief, t0)
		if err != nil || i.Class != Fault || i.ContestDecision == "" || i.ContestDecidedFor != "client" {
			t.Errorf("%v %+v", err, i)
		}
		if _, err := i.DecideContest(Wish, "", "back", senior, brief, t0); !errors.Is(err, ErrContestDecided) {
			t.Error(err)
		}
	})
	t.Run("a wish found to be a fault no longer counts", func(t *testing.T) {
		sent := contested
		sent.SentOnAt = t0
		if !CountedRound([]Item{sent}) {
			t.Fatal("a wish that was sent on counts")
		}
		i, _ := sent.DecideContest(Fault, "logo", "yes", senior, brief, t0)
		if CountedRound([]Item{i}) {
			t.Error("a fault does not count")
		}
	})
}

func TestDraft_MayDecide(t *testing.T) {
	d := Deliverable{ID: "d", WithClientID: "v2"}
	shown := Version{ID: "v2", DeliverableID: "d", Major: 2, ShownAt: t0}
	old := Version{ID: "v1", DeliverableID: "d", Major: 1, ShownAt: t0, ReplacedAt: t0}
	unshown := Version{ID: "v3", DeliverableID: "d", Major: 3}
	sent := d
	sent.WithClientID = ""
	approved := d
	approved.WithClientID, approved.ApprovedID = "", "v2"
	for _, c := range []struct {
		name string
		d    Deliverable
		v    Version
		dec  Decision
		want error
	}{
		{"the version with the client", d, shown, Decision{VersionID: "v2"}, nil},
		{"an old version is refused by a clear page", d, old, Decision{VersionID: "v1"}, ErrOldShown},
		{"a version never shown is absent", d, unshown, Decision{VersionID: "v3"}, ErrNotShown},
		{"the form names another version than was loaded", d, shown, Decision{VersionID: "v1"}, ErrNotShown},
		{"a round was sent on it before", sent, shown, Decision{VersionID: "v2"}, ErrDecided},
		{"somebody approved it before", approved, shown, Decision{VersionID: "v2"}, ErrDecided},
		{"only the named decision-maker decides", d, shown, Decision{VersionID: "v2", ContactID: "c2", DeciderID: "c1", Decider: "Dewi"}, ErrNotDecider},
		{"the named decision-maker does", d, shown, Decision{VersionID: "v2", ContactID: "c1", DeciderID: "c1"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := MayDecide(c.d, c.v, c.dec); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestDraft_ReplacedBeforeOpeningMakesNoRound(t *testing.T) {
	v := Version{ID: "v1", DeliverableID: "d", Major: 1, Minor: 1, ShownAt: t0}
	if !Replaces(v) {
		t.Fatal("an unopened version is withdrawn by a new upload")
	}
	v.ReplacedAt = t0.Add(time.Minute)
	d := Deliverable{ID: "d"} // nothing is with the client
	if err := MayDecide(d, v, Decision{VersionID: "v1"}); err == nil {
		t.Error("a round on a withdrawn version must not arise")
	}
	opened := Version{ID: "v1", ShownAt: t0, OpenedAt: t0}
	if Replaces(opened) {
		t.Error("a version the client has opened stays until the next is shown")
	}
}
