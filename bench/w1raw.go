package main

import (
	"container/heap"
	"encoding/json"
	"math/bits"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// The raw engines of W1 answer the same briefs as the product, with its score (R18),
// its ties (lower fee, name, id) and its counts, but without sign-in, rights and rows
// that change.

// shown is a row of an answer.
type shown struct {
	No        int    `json:"no"`
	Name      string `json:"name"`
	Handle    string `json:"handle"`
	Platform  string `json:"platform"`
	Followers int64  `json:"followers"`
	ER        int64  `json:"er"`
	Rate      int64  `json:"rate"`
	Cats      uint32 `json:"cats"`
	Region    int    `json:"region"`
	Fit       int64  `json:"fit"`
}

// found is an answer; counts by the number of the value.
type found struct {
	Total  int         `json:"total"`
	Region map[int]int `json:"region"`
	Lang   map[int]int `json:"lang"`
	Tier   map[int]int `json:"tier"`
	Cat    map[int]int `json:"cat"`
	Rows   []shown     `json:"rows"`
}

const (
	neutral = 500 // an input that is not known
	unsaid  = 500*20 + 500*10 + 500*5
)

// fit is R18 on what the rows have: categories 30, ER against the median 20, cost per
// engagement against the brief's 15; the rest is not known.
func (q *brief) fit(matched, er, median, followers, rate int64) int64 {
	persona := 1000 * matched / 3
	rated := int64(neutral)
	if median > 0 {
		rated = min(1000, neutral*er/median)
	}
	priced := int64(neutral)
	if e := q.engagements(); e > 0 {
		if expected := followers * er / 10_000; expected == 0 {
			priced = 0
		} else if asked, cost := q.budget*1000*1000/e, rate*1000*1000/expected; cost <= asked {
			priced = 1000
		} else {
			priced = 1000 * asked / cost
		}
	}
	return 30*persona + 20*rated + 15*priced + unsaid
}

// limit is the physical limit: columns in memory, bit sets and postings.
type limit struct {
	n                                     int
	country, platform, region, lang, tier []uint8
	cats                                  []uint32
	followers, rate, er                   []int32
	both                                  [6][5][]uint64
	cat                                   [20][]uint64
	posts                                 [][]uint32
	medians                               [5][5]int64
}

func newLimit(n int) *limit {
	m := &limit{n: n, posts: make([][]uint32, 3000)}
	w := (n + 63) / 64
	for i := range m.both {
		for j := range m.both[i] {
			m.both[i][j] = make([]uint64, w)
		}
	}
	for i := range m.cat {
		m.cat[i] = make([]uint64, w)
	}
	rates := map[[2]int][]int64{}
	for i := range n {
		p := personAt(i)
		m.country, m.platform, m.region = append(m.country, uint8(p.country)), append(m.platform, uint8(p.platform)), append(m.region, uint8(p.region))
		m.lang, m.tier, m.cats = append(m.lang, uint8(p.lang)), append(m.tier, uint8(p.tier)), append(m.cats, p.cats)
		m.followers, m.rate, m.er = append(m.followers, int32(p.followers)), append(m.rate, int32(p.rate)), append(m.er, int32(p.er))
		m.both[p.country][p.platform][i/64] |= 1 << (i % 64)
		for c := p.cats; c != 0; c &= c - 1 {
			m.cat[bits.TrailingZeros32(c)][i/64] |= 1 << (i % 64)
		}
		for _, x := range p.bioWords {
			if l := m.posts[x]; len(l) == 0 || l[len(l)-1] != uint32(i) {
				m.posts[x] = append(l, uint32(i))
			}
		}
		k := [2]int{p.platform, p.tier}
		rates[k] = append(rates[k], p.er)
	}
	for k, l := range rates {
		slices.Sort(l)
		m.medians[k[0]][k[1]] = l[(len(l)-1)/2]
	}
	return m
}

// take is an answer being made.
type take struct {
	m                       *limit
	q                       *brief
	mask                    uint32
	total                   int
	region, lang, tier, cat [64]int
	top                     []hit
}

type hit struct {
	row  int
	fit  int64
	rate int32
}

func (t *take) Len() int           { return len(t.top) }
func (t *take) Less(i, j int) bool { return after(t.top[i], t.top[j]) }
func (t *take) Swap(i, j int)      { t.top[i], t.top[j] = t.top[j], t.top[i] }
func (t *take) Push(x any)         { t.top = append(t.top, x.(hit)) }
func (t *take) Pop() any {
	x := t.top[len(t.top)-1]
	t.top = t.top[:len(t.top)-1]
	return x
}

// after: the root of the heap is the last on the page. Names are made only for ties.
func after(a, b hit) bool {
	switch {
	case a.fit != b.fit:
		return a.fit < b.fit
	case a.rate != b.rate:
		return a.rate > b.rate
	}
	if x, y := strings.ToLower(personAt(a.row).name), strings.ToLower(personAt(b.row).name); x != y {
		return x > y
	}
	return a.row > b.row
}

func (t *take) row(i int) {
	m, q := t.m, t.q
	if f := int64(m.followers[i]); f < q.least || f > q.most {
		return
	}
	if e := int64(m.er[i]); e < q.erLeast || e > q.erMost {
		return
	}
	t.total++
	t.region[m.region[i]]++
	t.lang[m.lang[i]]++
	t.tier[m.tier[i]]++
	for c := m.cats[i]; c != 0; c &= c - 1 {
		t.cat[bits.TrailingZeros32(c)]++
	}
	h := hit{i, q.fit(int64(bits.OnesCount32(m.cats[i]&t.mask)), int64(m.er[i]), m.medians[m.platform[i]][m.tier[i]], int64(m.followers[i]), int64(m.rate[i])), m.rate[i]}
	if len(t.top) < 50 {
		heap.Push(t, h)
	} else if after(t.top[0], h) {
		t.top[0] = h
		heap.Fix(t, 0)
	}
}

func (m *limit) search(q brief, scan bool) found {
	t := &take{m: m, q: &q, mask: q.mask()}
	fits := func(i int) bool {
		return int(m.country[i]) == q.country && int(m.platform[i]) == q.platform && m.cats[i]&t.mask != 0
	}
	switch {
	case scan:
		for i := range m.n {
			if fits(i) && (q.wordNo < 0 || personHas(m, q.wordNo, i)) {
				t.row(i)
			}
		}
	case q.wordNo >= 0:
		for _, i := range m.posts[q.wordNo] {
			if fits(int(i)) {
				t.row(int(i))
			}
		}
	default:
		b, x, y, z := m.both[q.country][q.platform], m.cat[q.cats[0]], m.cat[q.cats[1]], m.cat[q.cats[2]]
		for w := range b {
			for rest := b[w] & (x[w] | y[w] | z[w]); rest != 0; rest &= rest - 1 {
				t.row(w*64 + bits.TrailingZeros64(rest))
			}
		}
	}
	slices.SortFunc(t.top, func(a, b hit) int {
		if after(b, a) {
			return -1
		}
		return 1
	})
	out := found{Total: t.total, Region: counted(t.region), Lang: counted(t.lang), Tier: counted(t.tier), Cat: counted(t.cat)}
	for _, h := range t.top {
		p := personAt(h.row) // stands for reading the row
		out.Rows = append(out.Rows, shown{p.no, p.name, p.handle, platforms[p.platform], p.followers, p.er, p.rate, p.cats, p.region, h.fit})
	}
	return out
}

func personHas(m *limit, word, row int) bool {
	_, ok := slices.BinarySearch(m.posts[word], uint32(row))
	return ok
}

func counted(n [64]int) map[int]int {
	out := map[int]int{}
	for k, v := range n {
		if v > 0 {
			out[k] = v
		}
	}
	return out
}

// serveFound answers /s?q=NUMBER.
func serveFound(search func(q brief) (found, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		i, _ := strconv.Atoi(r.FormValue("q"))
		a, err := search(briefAt(i))
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(a)
	}
}
