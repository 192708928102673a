package talent

import (
	"testing"
	"time"
)

func factsOf(met, all int, at time.Time) []Fact {
	var out []Fact
	for i := range all {
		out = append(out, Fact{Kind: FactDate, Met: i < met, At: at})
	}
	return out
}

func TestReliability_Record(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	recent := now.AddDate(0, -1, 0)
	t.Run("3 of 3 ranks below 30 of 31", func(t *testing.T) {
		few, many := RecordOf(factsOf(3, 3, recent), now), RecordOf(factsOf(30, 31, recent), now)
		if few.LowerPpm >= many.LowerPpm {
			t.Errorf("3/3 has %d, 30/31 has %d", few.LowerPpm, many.LowerPpm)
		}
	})
	t.Run("all contested gives too few facts", func(t *testing.T) {
		facts := factsOf(1, 5, recent)
		for i := range facts {
			facts[i].ContestedAt = now
		}
		if r := RecordOf(facts, now); r.Enough || r.Facts != 0 || r.LowerPpm != NeutralPpm {
			t.Errorf("got %+v", r)
		}
	})
	t.Run("a settled contest counts again", func(t *testing.T) {
		facts := factsOf(3, 3, recent)
		facts[0].ContestedAt, facts[0].SettledAt = recent, now
		if r := RecordOf(facts, now); !r.Enough {
			t.Errorf("got %+v", r)
		}
	})
	t.Run("lateness caused by others is left out", func(t *testing.T) {
		facts := factsOf(3, 4, recent)
		facts[3].Excused = true
		if r := RecordOf(facts, now); r.Kept != 3 || r.All != 3 {
			t.Errorf("got %+v", r)
		}
	})
	t.Run("facts older than 24 months do not count", func(t *testing.T) {
		if r := RecordOf(factsOf(9, 9, now.AddDate(-2, 0, -1)), now); r.Facts != 0 {
			t.Errorf("got %+v", r)
		}
	})
	t.Run("two facts are not shown", func(t *testing.T) {
		if r := RecordOf(factsOf(2, 2, recent), now); r.Enough {
			t.Errorf("got %+v", r)
		}
	})
	t.Run("median lateness is of the late ones", func(t *testing.T) {
		facts := factsOf(0, 4, recent)
		facts[0].LateMinutes, facts[1].LateMinutes, facts[2].LateMinutes = 60, 120, 300
		if r := RecordOf(facts, now); r.MedianLateMinutes != 120 {
			t.Errorf("got %d", r.MedianLateMinutes)
		}
	})
}

// The values were computed apart, with sixty decimal digits, and cut to millionths.
func TestReliability_WilsonIsExact(t *testing.T) {
	for _, c := range []struct{ met, all, want int64 }{
		{0, 3, 0}, {3, 3, 525_804}, {30, 31, 867_622}, {1, 2, 120_866}, {10, 10, 787_058}, {50, 100, 418_847}, {999_999, 1_000_000, 999_995},
	} {
		if got := wilsonLowerPpm(c.met, c.all); got != c.want {
			t.Errorf("%d of %d: %d, want %d", c.met, c.all, got, c.want)
		}
	}
}

func TestReliability_MoreKeptIsNeverWorse(t *testing.T) {
	for all := int64(3); all < 60; all++ {
		for met := int64(0); met < all; met++ {
			if wilsonLowerPpm(met, all) > wilsonLowerPpm(met+1, all) || wilsonLowerPpm(met, all) < wilsonLowerPpm(met, all+1) {
				t.Fatalf("%d of %d", met, all)
			}
		}
	}
}
