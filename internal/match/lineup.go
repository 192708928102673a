package match

import (
	"cmp"
	"math/big"
	"slices"
)

// Seat is a place in a line-up.
type Seat struct {
	ID     string
	Budget int64 // most that its talent may cost, minor units; 0 no limit
}

// Choice is a talent that may take a seat.
type Choice struct {
	ID         string
	TalentID   string // two choices of one talent are never both taken
	Name       string
	Seats      []int // places in the list of seats that it fits
	Fee        int64 // minor units
	Reach      int64 // expected engaged reach: followers × ER
	Country    string
	City       string
	Categories []string
}

// None stands for an empty seat.
const None = -1

// LineUp is the best set that was found for a budget (R18). Best is what no set can be
// above: Exact says that it is the set's own reach, and nothing better exists.
type LineUp struct {
	Taken    []int    // by seat: place in the choices, or None
	Reserves [][2]int // by seat: two more that fit it and the budget in its place, or None
	Reach    int64    // of all together, each pair's overlap counted once
	Fee      int64
	Best     int64
	Exact    bool
}

// ShortBp is how far the reach can be from the best possible, in basis points of it.
func (l LineUp) ShortBp() int64 {
	if l.Best <= 0 {
		return 0
	}
	return (l.Best - l.Reach) * 10_000 / l.Best
}

// Shares of the smaller audience that two audiences are taken to have in common, in
// thousandths; an estimate from place and categories (R18).
const (
	sameCountry    = 5
	sameCity       = 25
	sameCategories = 120 // when all categories are shared; else their part of all
)

// OverlapOf estimates the reach that two choices have in common.
func OverlapOf(a, b Choice) int64 {
	if a.Country == "" || a.Country != b.Country {
		return 0
	}
	share := int64(sameCountry)
	if x, y := folded([]string{a.City}), folded([]string{b.City}); len(x) > 0 && slices.Equal(x, y) {
		share += sameCity
	}
	x, y := folded(a.Categories), folded(b.Categories)
	both, all := int64(0), int64(len(x))
	for _, c := range y {
		if slices.Contains(x, c) {
			both++
		} else {
			all++
		}
	}
	if all > 0 {
		share += sameCategories * both / all
	}
	return min(a.Reach, b.Reach) * share / 1000
}

// mostLooks bounds the search for a better set, in choices looked at.
const mostLooks = 1_500_000

// lining is a line-up being found.
type lining struct {
	seats   []Seat
	choices []Choice
	fits    [][]int // by seat: its choices, the widest reach first
	overlap [][]int64
	budget  int64 // -1 no limit
	after   []int64

	taken []int
	best  []int
	reach int64
	steps int
	limit int
	open  int64   // what the sets that were not looked at can reach at most
	gains []int64 // for most
}

// Line finds the set with the highest expected engaged reach within a budget (minor
// units; 0 no limit) and each seat's, every pair's overlap counted once, and two
// reserves a seat (R18).
func Line(seats []Seat, choices []Choice, budget int64) LineUp {
	return line(seats, choices, budget, mostLooks)
}

func line(seats []Seat, choices []Choice, budget int64, steps int) LineUp {
	l := &lining{limit: steps, seats: seats, choices: choices, fits: make([][]int, len(seats)), taken: slices.Repeat([]int{None}, len(seats)), budget: budget}
	if budget == 0 {
		l.budget = None
	}
	l.prepare()
	l.greedy(func(gain, _ int64) int64 { return gain })
	for _, rate := range l.rates() {
		l.greedy(func(gain, fee int64) int64 { return gain*perMillion - rate*fee })
	}
	for i := range l.taken {
		l.taken[i] = None
	}
	l.try(0, 0, 0)
	out := LineUp{Taken: l.best, Reach: l.reach, Fee: l.fee(l.best), Exact: l.steps < l.limit}
	if out.Best = out.Reach; !out.Exact {
		out.Best = max(out.Reach, min(l.bound(), l.open))
	}
	out.Exact = out.Best == out.Reach
	out.Reserves = l.reserves()
	return out
}

func (l *lining) prepare() {
	l.overlap = make([][]int64, len(l.choices))
	for i := range l.choices {
		l.overlap[i] = make([]int64, len(l.choices))
		for j := range l.choices[:i] {
			l.overlap[i][j] = OverlapOf(l.choices[i], l.choices[j])
			l.overlap[j][i] = l.overlap[i][j]
		}
	}
	for s := range l.seats {
		for i, c := range l.choices {
			if slices.Contains(c.Seats, s) && l.seatPays(s, c.Fee) {
				l.fits[s] = append(l.fits[s], i)
			}
		}
		slices.SortStableFunc(l.fits[s], func(a, b int) int {
			x, y := l.choices[a], l.choices[b]
			return cmp.Or(cmp.Compare(y.Reach, x.Reach), cmp.Compare(x.Fee, y.Fee), cmp.Compare(x.Name, y.Name))
		})
	}
	l.after = make([]int64, len(l.seats)+1)
	for s := len(l.seats) - 1; s >= 0; s-- {
		l.after[s] = l.after[s+1]
		if len(l.fits[s]) > 0 {
			l.after[s] += l.choices[l.fits[s][0]].Reach
		}
	}
	l.best = slices.Clone(l.taken)
}

const perMillion = 1_000_000

// rates are prices of money to be tried, in reach for a million minor units: some of
// those at which a choice is just worth its fee.
func (l *lining) rates() []int64 {
	var all []int64
	for _, c := range l.choices {
		all = append(all, c.Reach*perMillion/max(c.Fee, 1))
	}
	slices.Sort(all)
	var out []int64
	for k := range min(len(all), 24) {
		out = append(out, all[k*len(all)/min(len(all), 24)])
	}
	return out
}

func (l *lining) seatPays(s int, fee int64) bool {
	return l.seats[s].Budget == 0 || fee <= l.seats[s].Budget
}

func (l *lining) pays(fee int64) bool { return l.budget == None || fee <= l.budget }

func (l *lining) fee(taken []int) int64 {
	sum := int64(0)
	for _, i := range taken {
		if i != None {
			sum += l.choices[i].Fee
		}
	}
	return sum
}

// gain is what a choice adds to the seats taken but one.
func (l *lining) gain(i, but int) int64 {
	sum := l.choices[i].Reach
	for s, j := range l.taken {
		if j != None && s != but {
			sum -= l.overlap[i][j]
		}
	}
	return sum
}

// isFree says whether a choice's talent has no seat but one.
func (l *lining) isFree(i, but int) bool {
	for s, j := range l.taken {
		if j != None && s != but && l.choices[j].TalentID == l.choices[i].TalentID {
			return false
		}
	}
	return true
}

// greedy takes the choice of the highest worth again and again, then exchanges single
// ones while that helps.
func (l *lining) greedy(worth func(gain, fee int64) int64) {
	for s := range l.taken {
		l.taken[s] = None
	}
	fee, reach := int64(0), int64(0)
	for {
		seat, best, most := None, None, int64(0)
		for s := range l.seats {
			for _, i := range l.fits[s] {
				if l.taken[s] != None || !l.isFree(i, None) || !l.pays(fee+l.choices[i].Fee) {
					continue
				}
				if w := worth(l.gain(i, None), l.choices[i].Fee); w > most {
					seat, best, most = s, i, w
				}
			}
		}
		if seat == None {
			break
		}
		reach += l.gain(best, None)
		fee += l.choices[best].Fee
		l.taken[seat] = best
	}
	for l.exchange(&fee, &reach) {
	}
	l.keep(reach)
}

func (l *lining) exchange(fee, reach *int64) bool {
	for s, old := range l.taken {
		was, paid := int64(0), int64(0)
		if old != None {
			was, paid = l.gain(old, s), l.choices[old].Fee
		}
		for _, i := range l.fits[s] {
			if gain := l.gain(i, s); gain > was && l.isFree(i, s) && l.pays(*fee-paid+l.choices[i].Fee) {
				*fee, *reach, l.taken[s] = *fee-paid+l.choices[i].Fee, *reach-was+gain, i
				return true
			}
		}
	}
	return false
}

func (l *lining) keep(reach int64) {
	if reach > l.reach {
		l.reach, l.best = reach, slices.Clone(l.taken)
	}
}

// try looks through the sets seat by seat and leaves out what cannot be better. What it
// does not come to is bounded: open is the most that could be there.
func (l *lining) try(s int, fee, reach int64) {
	most := l.most(s, reach)
	if most <= l.reach {
		return
	}
	if l.steps++; l.steps >= l.limit {
		l.open = max(l.open, most)
		return
	}
	if s == len(l.seats) {
		l.keep(reach)
		return
	}
	for _, i := range l.fits[s][l.from(s):] {
		if l.isFree(i, None) && l.pays(fee+l.choices[i].Fee) {
			gain := l.gain(i, None)
			l.taken[s] = i
			l.try(s+1, fee+l.choices[i].Fee, reach+gain)
			l.taken[s] = None
		}
	}
	l.try(s+1, fee, reach)
}

// alike says whether a seat is like the one before: such seats take their choices in
// order, an empty one last, so that no set is looked at twice.
func (l *lining) alike(s int) bool {
	return s > 0 && l.seats[s].Budget == l.seats[s-1].Budget && slices.Equal(l.fits[s], l.fits[s-1])
}

// from is where the choices of a seat begin, after those of the seats before.
func (l *lining) from(s int) int {
	switch {
	case !l.alike(s):
		return 0
	case l.taken[s-1] == None:
		return len(l.fits[s])
	}
	return slices.Index(l.fits[s], l.taken[s-1]) + 1
}

// most is what the seats from s on can bring the reach to: of each run of seats that
// are alike the best distinct choices, less their overlap with those taken.
func (l *lining) most(s int, reach int64) int64 {
	for s < len(l.seats) {
		end := s + 1
		for end < len(l.seats) && l.alike(end) {
			end++
		}
		l.gains = l.gains[:0]
		for _, i := range l.fits[s][l.from(s):] {
			if l.steps++; l.isFree(i, None) {
				if g := l.gain(i, None); g > 0 {
					l.gains = append(l.gains, g)
				}
			}
		}
		slices.SortFunc(l.gains, func(a, b int64) int { return cmp.Compare(b, a) })
		for _, g := range l.gains[:min(len(l.gains), end-s)] {
			reach += g
		}
		s = end
	}
	return reach
}

// bound is what no set can be above: overlaps and repeats left out, money over the
// budget charged at a rate; the lowest over the rates is taken. Any rate is a bound.
func (l *lining) bound() int64 {
	best := big.NewInt(l.after[0])
	if l.budget == None {
		return l.after[0]
	}
	for i := range l.choices {
		if rate := l.at(l.choices[i].Reach, max(l.choices[i].Fee, 1)); rate.Cmp(best) < 0 {
			best = rate
		}
	}
	return best.Int64()
}

// at is the bound at a rate of p reach for q money, rounded up.
func (l *lining) at(p, q int64) *big.Int {
	sum := new(big.Int).Mul(big.NewInt(p), big.NewInt(l.budget))
	for s := range l.seats {
		most := new(big.Int)
		for _, i := range l.fits[s] {
			left := new(big.Int).Mul(big.NewInt(q), big.NewInt(l.choices[i].Reach))
			if left.Sub(left, new(big.Int).Mul(big.NewInt(p), big.NewInt(l.choices[i].Fee))); left.Cmp(most) > 0 {
				most = left
			}
		}
		sum.Add(sum, most)
	}
	sum.Add(sum, big.NewInt(q-1))
	return sum.Quo(sum, big.NewInt(q))
}

// reserves names two for each seat, who are nobody else's.
func (l *lining) reserves() [][2]int {
	copy(l.taken, l.best)
	out, fee := make([][2]int, len(l.seats)), l.fee(l.best)
	used := map[string]bool{}
	for _, i := range l.best {
		if i != None {
			used[l.choices[i].TalentID] = true
		}
	}
	for k := range 2 {
		for s := range out {
			paid := int64(0)
			if l.best[s] != None {
				paid = l.choices[l.best[s]].Fee
			}
			out[s][k] = None
			most := int64(0)
			for _, i := range l.fits[s] {
				if gain := l.gain(i, s); gain > most && !used[l.choices[i].TalentID] && l.pays(fee-paid+l.choices[i].Fee) {
					out[s][k], most = i, gain
				}
			}
			if i := out[s][k]; i != None {
				used[l.choices[i].TalentID] = true
			}
		}
	}
	return out
}
