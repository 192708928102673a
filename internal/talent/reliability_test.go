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
		if few.Lower >= many.Lower {
			t.Errorf("3/3 has %.3f, 30/31 has %.3f", few.Lower, many.Lower)
		}
	})
	t.Run("all contested gives too few facts", func(t *testing.T) {
		facts := factsOf(1, 5, recent)
		for i := range facts {
			facts[i].ContestedAt = now
		}
		if r := RecordOf(facts, now); r.Enough || r.Facts != 0 || r.Lower != 0.5 {
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
