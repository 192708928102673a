package result

import (
	"testing"

	"kolega/internal/money"
)

// The published worked examples that have figures of results (facts: domain, 12).
func TestFigures_AgreeWithPublishedExamples(t *testing.T) {
	for name, c := range map[string]struct {
		counts Counts
		want   string
		bp     int64
	}{
		"200 likes, 40 comments, 10 shares of 5,000": {Counts{Likes: 200, Comments: 40, Shares: 10, Followers: 5000}, "5.00 %", 500},
		"200 likes, 15 comments, 5 shares of 5,000":  {Counts{Likes: 200, Comments: 15, Shares: 5, Followers: 5000}, "4.4 %", 440},
		"472.9K of 31.9M":     {Counts{Likes: 472_900, Comments: 0, Shares: 0, Followers: 31_900_000}, "1.48 %", 148},
		"more than everybody": {Counts{Likes: 900, Comments: 100, Shares: 100, Followers: 1000}, "110 %", 11_000},
	} {
		s, err := Pool([]Metric{Likes, Comments, Shares}, Measure{ByFollowers, c.counts})
		if err != nil || s.ER().Bp() != c.bp {
			t.Errorf("%s: %d bp %v, want %s", name, s.ER().Bp(), err, c.want)
		}
	}
	for name, c := range map[string]struct {
		cost Cost
		want money.Amount
	}{
		"CPM of 200 dollars and 50,000":               {CPM(money.New(20_000, "USD"), 50_000), money.New(400, "USD")},
		"CPM of 500 and 1,500, printed 300 by a page": {CPM(money.New(50_000, "USD"), 1_500), money.New(33_333, "USD")},
		"CPE in rupiah":                               {CPE(money.IDR(1_000_000), 3), money.IDR(333_333)},
		"CPV in pesos":                                {CPV(money.New(100_050, "PHP"), 4), money.New(25_013, "PHP")},
	} {
		if got, err := c.cost.Value(); err != nil || got != c.want {
			t.Errorf("%s: %v %v, want %v", name, got, err, c.want)
		}
	}
}

// Sum over sum, never the mean of the rates (R19), and a missing base is left out of both.
func TestFigures_AGroupIsPooled(t *testing.T) {
	s, err := Pool([]Metric{Likes}, Measure{ByReach, Counts{Likes: 50, Reach: 100}}, Measure{ByReach, Counts{Likes: 10, Reach: 1000}}, Measure{ByReach, Counts{Likes: 99}}, Measure{ByReach, Counts{Likes: 99, Reach: 0}})
	if err != nil || s.ER().Bp() != 545 || s.Measured != 2 || s.Posts != 4 {
		t.Errorf("%+v %d bp %v", s, s.ER().Bp(), err)
	}
	if _, err := Pool([]Metric{Reach}, Measure{ByReach, Counts{Reach: 1}}); err == nil {
		t.Error("reach was counted as an action")
	}
}
