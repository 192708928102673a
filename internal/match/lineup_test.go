package match

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// bestOf tries every set.
func bestOf(seats []Seat, choices []Choice, budget int64) int64 {
	best := int64(0)
	taken := []int{}
	var try func(s int)
	try = func(s int) {
		if s == len(seats) {
			reach, fee := valueOf(choices, taken)
			if budget == 0 || fee <= budget {
				best = max(best, reach)
			}
			return
		}
		for i := None; i < len(choices); i++ {
			if i != None && (!slices.Contains(choices[i].Seats, s) || seats[s].Budget > 0 && choices[i].Fee > seats[s].Budget ||
				slices.ContainsFunc(taken, func(j int) bool { return j != None && choices[j].TalentID == choices[i].TalentID })) {
				continue
			}
			taken = append(taken, i)
			try(s + 1)
			taken = taken[:s]
		}
	}
	try(0)
	return best
}

func valueOf(choices []Choice, taken []int) (reach, fee int64) {
	for s, i := range taken {
		if i == None {
			continue
		}
		reach, fee = reach+choices[i].Reach, fee+choices[i].Fee
		for _, j := range taken[:s] {
			if j != None {
				reach -= OverlapOf(choices[i], choices[j])
			}
		}
	}
	return reach, fee
}

func drawLine(t *rapid.T) (seats []Seat, choices []Choice, budget int64) {
	for s := range rapid.IntRange(1, 3).Draw(t, "seats") {
		seats = append(seats, Seat{fmt.Sprint(s), rapid.SampledFrom([]int64{0, 3_000_000, 5_000_000}).Draw(t, "seat budget")})
	}
	for i := range rapid.IntRange(0, 7).Draw(t, "choices") {
		c := Choice{ID: fmt.Sprint(i), TalentID: fmt.Sprint("t", i-i%2*rapid.IntRange(0, 1).Draw(t, "same talent")), Name: fmt.Sprint(i), Fee: rapid.Int64Range(0, 6_000_000).Draw(t, "fee"), Reach: rapid.Int64Range(0, 90_000).Draw(t, "reach"),
			Country: rapid.SampledFrom([]string{"", "ID", "PH"}).Draw(t, "country"), City: rapid.SampledFrom([]string{"", "Bandung"}).Draw(t, "city"),
			Categories: rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"beauty", "food"}), 0, 2, rapid.ID).Draw(t, "categories")}
		for s := range seats {
			if rapid.IntRange(0, 3).Draw(t, "fits") > 0 {
				c.Seats = append(c.Seats, s)
			}
		}
		choices = append(choices, c)
	}
	return seats, choices, rapid.SampledFrom([]int64{0, 4_000_000, 9_000_000}).Draw(t, "budget")
}

// The line-up is within its stated bound of the best set, which trying all sets finds.
func TestLine_IsWithinItsBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seats, choices, budget := drawLine(t)
		steps := rapid.SampledFrom([]int{mostLooks, mostLooks, 1, 30, 100}).Draw(t, "steps")
		got, best := line(seats, choices, budget, steps), bestOf(seats, choices, budget)
		reach, fee := valueOf(choices, got.Taken)
		if reach != got.Reach || fee != got.Fee || budget > 0 && fee > budget {
			t.Fatalf("%+v has reach %d for %d of %d", got, reach, fee, budget)
		}
		if got.Reach > best || got.Best < best || got.Exact && got.Reach != best {
			t.Fatalf("reach %d, best possible %d, stated %d, exact %v", got.Reach, best, got.Best, got.Exact)
		}
		if !got.Exact && steps == mostLooks {
			t.Fatal("a small case is not settled")
		}
		checkReserves(t, seats, choices, budget, got)
	})
}

func checkReserves(t *rapid.T, seats []Seat, choices []Choice, budget int64, got LineUp) {
	used := map[string]bool{}
	take := func(i, s int) {
		if i == None {
			return
		}
		c := choices[i]
		if used[c.TalentID] || !slices.Contains(c.Seats, s) || seats[s].Budget > 0 && c.Fee > seats[s].Budget {
			t.Fatalf("choice %d at seat %d of %+v", i, s, got)
		}
		used[c.TalentID] = true
	}
	for s, i := range got.Taken {
		take(i, s)
	}
	for s := range seats {
		for _, i := range got.Reserves[s] {
			take(i, s)
			if i == None {
				continue
			}
			instead := slices.Clone(got.Taken)
			instead[s] = i
			if _, fee := valueOf(choices, instead); budget > 0 && fee > budget {
				t.Fatalf("reserve %d of seat %d costs %d of %d", i, s, fee, budget)
			}
		}
	}
}

// The bound by money holds also where the search was not finished.
func TestLine_TheRateBoundHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seats, choices, budget := drawLine(t)
		l := &lining{seats: seats, choices: choices, fits: make([][]int, len(seats)), taken: slices.Repeat([]int{None}, len(seats)), budget: budget}
		if budget == 0 {
			l.budget = None
		}
		l.prepare()
		if best := bestOf(seats, choices, budget); l.bound() < best {
			t.Fatalf("bound %d, best possible %d", l.bound(), best)
		}
		l.greedy(func(gain, _ int64) int64 { return gain })
		if reach, fee := valueOf(choices, l.best); reach != l.reach || budget > 0 && fee > budget {
			t.Fatalf("greedy says %d, its set has %d for %d", l.reach, reach, fee)
		}
	})
}

func TestLine_ALargeListIsAnsweredWithItsDistance(t *testing.T) {
	var seats []Seat
	var choices []Choice
	for s := range 12 {
		seats = append(seats, Seat{fmt.Sprint(s), 0})
	}
	for i := range 120 {
		c := Choice{ID: fmt.Sprint(i), TalentID: fmt.Sprint(i), Fee: int64(1_000_000 + i*i*700), Reach: int64(5_000 + i*331), Country: "ID", City: []string{"Bandung", "Jakarta", "Medan"}[i%3], Categories: []string{[]string{"beauty", "food", "home", "tech"}[i%4]}}
		for s := range seats {
			c.Seats = append(c.Seats, s)
		}
		choices = append(choices, c)
	}
	got := Line(seats, choices, 40_000_000)
	if got.Reach <= 0 || got.Best < got.Reach || got.ShortBp() > 4_000 || got.Fee > 40_000_000 {
		t.Errorf("%+v, short by %d bp", got, got.ShortBp())
	}
	t.Logf("reach %d of at most %d: short by %d bp", got.Reach, got.Best, got.ShortBp())
}
