package talent

import (
	"slices"
	"testing"

	"kolega/internal/fault"
)

func TestFigures_Doubts(t *testing.T) {
	fresh := NewAccount(Instagram, "tari")
	fresh.Followers, fresh.FollowersOn = 15_000, "2026-11-20"
	snap := func(days ...Figure) []Figure { return days }
	for _, c := range []struct {
		name    string
		change  func(*Account)
		history []Figure
		want    []Doubt
	}{
		{"nothing odd", func(*Account) {}, snap(Figure{On: "2026-10-20", Followers: 14_000}, Figure{On: "2026-11-19", Followers: 15_000}), nil},
		{"more likes than views", func(a *Account) { a.AvgLikes, a.AvgViews = 901, 900 }, nil, []Doubt{DoubtLikes}},
		{"as many likes as views", func(a *Account) { a.AvgLikes, a.AvgViews = 900, 900 }, nil, nil},
		{"half more within 30 days", func(*Account) {}, snap(Figure{On: "2026-10-20", Followers: 10_000}, Figure{On: "2026-11-19", Followers: 15_000}), []Doubt{DoubtJump}},
		{"half more in 31 days", func(*Account) {}, snap(Figure{On: "2026-10-20", Followers: 10_000}, Figure{On: "2026-11-20", Followers: 15_000}), nil},
		{"half more of very few", func(*Account) {}, snap(Figure{On: "2026-11-10", Followers: 1_000}, Figure{On: "2026-11-20", Followers: 1_900}), nil},
		{"a jump over a snapshot between", func(*Account) {}, snap(Figure{On: "2026-11-01", Followers: 10_000}, Figure{On: "2026-11-10", Followers: 12_500}, Figure{On: "2026-11-20", Followers: 15_000}), []Doubt{DoubtJump}},
		{"a fifth fewer", func(*Account) {}, snap(Figure{On: "2026-11-01", Followers: 10_000}, Figure{On: "2026-11-20", Followers: 8_000}), []Doubt{DoubtFall}},
		{"a rate above 30 %", func(a *Account) { a.ERBp, a.ERBase = 3_001, ERByFollowers }, nil, []Doubt{DoubtER}},
		{"a rate by views above 30 %", func(a *Account) { a.ERBp, a.ERBase = 3_001, ERByViews }, nil, nil},
		{"91 days old", func(a *Account) { a.FollowersOn = "2026-08-22" }, nil, []Doubt{DoubtOld}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := fresh
			c.change(&a)
			if got := Doubts(a, c.history, "2026-11-21"); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestAudience_AsTyped(t *testing.T) {
	for _, c := range []struct {
		kind  AudienceKind
		typed string
		want  []Share
		code  string
	}{
		{AudienceCountry, "ID 62%\nFilipina: 18,5 %", []Share{{"ID", 6_200}, {"PH", 1_850}}, ""},
		{AudienceCountry, "ID 62%, PH 18%", []Share{{"ID", 6_200}, {"PH", 1_800}}, ""},
		{AudienceAge, "18–24 41%\n65+ 1%", []Share{{"18-24", 4_100}, {"65+", 100}}, ""},
		{AudienceGender, "Perempuan 80%\nlaki-laki 20%", []Share{{"female", 8_000}, {"male", 2_000}}, ""},
		{AudienceCountry, "Atlantis 3%", nil, FaultAudience.Code},
		{AudienceAge, "18-25 3%", nil, FaultAudience.Code},
		{AudienceGender, "80%", nil, FaultAudience.Code},
		{AudienceGender, "women 80%\nmen 40%", nil, FaultAudienceSum.Code},
		{AudienceGender, "women 50%\nperempuan 40%", nil, FaultAudienceTwice.Code},
		{AudienceGender, "  ", nil, FaultAudience.Code},
	} {
		got, err := ParseShares(c.kind, c.typed)
		if c.code == "" && (err != nil || !slices.Equal(got, c.want)) {
			t.Errorf("%q: %v, %v", c.typed, got, err)
		}
		if f, _ := fault.As(err); c.code != "" && (f == nil || f.Fields["shares"] != c.code) {
			t.Errorf("%q: %v, want %s", c.typed, err, c.code)
		}
	}
	if a := (Audience{}); a.Of(AudienceCountry, "ID") != -1 {
		t.Error("an unknown audience has a share")
	}
}
