package match

import (
	"slices"
	"sync"
	"time"

	"kolega/internal/column"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// Hit is a talent who fits, with the account by which it fits best: the largest.
type Hit struct {
	TalentID string
	account  uint32 // hash of the account's id; 0: its only one, or none
	Fit      int64  // score in thousandths of a point (R18); 0 without a brief
	Parts    [6]Measure
	Fee      int64 // lowest valid price in the query's currency, minor units; -1 unknown
}

// Value is one value of a facet and how many talents have it.
type Value struct {
	Value    string
	Label    string // as written by people; equal to Value for codes
	Count    int
	Selected bool
}

// Removal is a condition and how many talents it kept out, in the order of asking:
// whom an earlier one kept out is not counted again.
type Removal struct {
	Condition string // key: "text", "platform", …
	Count     int
}

// Answer is what a query found.
type Answer struct {
	Hits    []Hit
	Total   int
	All     int // talents before any condition
	Next    string
	Facets  map[Facet][]Value
	Removed []Removal
}

// search is one query on its way through the segments.
type search struct {
	x       *index
	q       *Query
	now     time.Time
	today   worktime.Date
	conds   []condition
	counts  map[Facet]map[string]int
	removed []int
	from    cursor
	top     best
	out     Answer
}

// run answers a checked query as of an instant.
func (x *index) run(q Query, now time.Time) Answer {
	if q.Limit <= 0 || q.Limit > 200 {
		q.Limit = 50
	}
	if q.Order == "" {
		q.Order = ByFollowers
	}
	if q.Count == nil {
		q.Count = Facets()
	}
	s := &search{x: x, q: &q, now: now, today: talent.DayOf(now), counts: map[Facet]map[string]int{}}
	s.conds = x.conditions(&q, s.today)
	s.removed = make([]int, len(s.conds))
	s.from, _ = q.cursor()
	s.top.limit = q.Limit + 1
	for _, f := range q.Count {
		s.counts[f] = map[string]int{}
	}
	for k, seg := range x.segs {
		if seg.deadRows < seg.n {
			s.visit(k, seg)
		}
	}
	return s.answer()
}

// facetPass is a facet with a filter of its own, and the rows that fit the rest.
type facetPass struct {
	facet Facet
	rows  column.Bits
}

// visit takes one segment in.
func (s *search) visit(k int, seg *segment) {
	rows := s.alive(seg)
	defer giveBack(rows)
	n := rows.CountAnd(seg.primary)
	s.out.All += n
	others := s.others(k, seg)
	n = s.narrow(k, seg, rows, n, false)
	if s.slow() {
		n = s.narrowSlow(k, seg, rows, others, n)
	}
	s.out.Total += n
	hits := s.hits(seg, rows)
	defer giveBack(hits)
	s.pick(seg, hits)
	for _, f := range s.q.Count {
		i := slices.IndexFunc(others, func(p facetPass) bool { return p.facet == f })
		if i < 0 {
			s.tally(seg, f, rows, hits)
			continue
		}
		rest := s.hits(seg, others[i].rows)
		s.tally(seg, f, others[i].rows, rest)
		giveBack(rest)
	}
	for _, p := range others {
		giveBack(p.rows)
	}
}

func (s *search) alive(seg *segment) column.Bits {
	b := spare(seg.n)
	b.Fill(0, seg.n)
	if seg.deadRows > 0 {
		b.AndNot(seg.dead)
	}
	return b
}

func (s *search) slow() bool {
	return slices.ContainsFunc(s.conds, func(c condition) bool { return c.slow })
}

// narrow asks the quick conditions, or the slow ones, in order and counts whom each
// removed. It gives how many talents are left.
func (s *search) narrow(k int, seg *segment, rows column.Bits, n int, slow bool) int {
	account := false
	for i, c := range s.conds {
		account = account || c.account
		if c.slow != slow {
			continue
		}
		c.keep(k, seg, rows)
		left := s.talents(seg, rows, account)
		s.removed[i] += n - left
		n = left
	}
	return n
}

// others finds, for each counted facet that has a filter, the rows that fit all
// other quick conditions.
func (s *search) others(k int, seg *segment) (out []facetPass) {
	if s.q.Within {
		return nil
	}
	for _, c := range s.conds {
		if c.facet == "" || !slices.Contains(s.q.Count, c.facet) {
			continue
		}
		b := s.alive(seg)
		for _, o := range s.conds {
			if o.facet != c.facet && !o.slow {
				o.keep(k, seg, b)
			}
		}
		out = append(out, facetPass{c.facet, b})
	}
	return out
}

// narrowSlow asks the slow conditions once for the rows of all passes.
func (s *search) narrowSlow(k int, seg *segment, rows column.Bits, others []facetPass, n int) int {
	if len(others) == 0 {
		return s.narrow(k, seg, rows, n, true)
	}
	union := spare(seg.n)
	defer giveBack(union)
	union.Or(rows)
	for _, p := range others {
		union.Or(p.rows)
	}
	for i, c := range s.conds {
		if !c.slow {
			continue
		}
		c.keep(k, seg, union)
		rows.And(union)
		left := s.talents(seg, rows, true)
		s.removed[i] += n - left
		n = left
	}
	for _, p := range others {
		p.rows.And(union)
	}
	return n
}

// talents counts the talents of rows; account says whether some of a talent's rows
// may be missing.
func (s *search) talents(seg *segment, rows column.Bits, account bool) int {
	if !account {
		return rows.CountAnd(seg.primary)
	}
	if seg.groups == 0 {
		return rows.Count()
	}
	n := rows.Count()
	seen := spare(seg.groups)
	defer giveBack(seen)
	eachOf(rows, seg.multi, func(row uint32) {
		if g, _ := seg.groupOf(row); seen.Has(g) {
			n--
		} else {
			seen.Add(g)
		}
	})
	return n
}

// hits keeps of each talent the row of its largest account.
func (s *search) hits(seg *segment, rows column.Bits) column.Bits {
	out := spare(seg.n)
	out.Or(rows)
	if !slices.ContainsFunc(s.conds, func(c condition) bool { return c.account }) {
		out.And(seg.primary)
		return out
	}
	if seg.groups == 0 {
		return out
	}
	both, seen := spare(seg.n), spare(seg.groups)
	defer giveBack(both)
	defer giveBack(seen)
	both.Or(rows)
	both.And(seg.multi)
	both.Down(func(row uint32) bool {
		if g, _ := seg.groupOf(row); seen.Has(g) {
			out.Drop(row)
		} else {
			seen.Add(g)
		}
		return true
	})
	return out
}

// eachOf calls f with every row that is in both.
func eachOf(a, b column.Bits, f func(row uint32)) {
	for w := range a {
		for x := a[w] & b[w]; x != 0; x &= x - 1 {
			f(uint32(w<<6 + onesCount(x&-x-1)))
		}
	}
}

// spares are sets that were used before, of one size each.
var spares sync.Map

// spare lends an empty set for n rows.
func spare(n int) column.Bits {
	words := (n + 63) / 64
	p, ok := spares.Load(words)
	if !ok {
		p, _ = spares.LoadOrStore(words, new(sync.Pool))
	}
	if b, ok := p.(*sync.Pool).Get().(*column.Bits); ok {
		b.Clear()
		return *b
	}
	return column.NewBits(n)
}

func giveBack(b column.Bits) {
	if p, ok := spares.Load(len(b)); ok {
		p.(*sync.Pool).Put(&b)
	}
}
