package match

import (
	"cmp"
	"container/heap"
	"sort"
	"strings"

	"kolega/internal/column"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// candidate is a row that may be on the page.
type candidate struct {
	key, fee int64 // the order's, ascending
	seg      *segment
	row, ord uint32
}

// order is ascending by key, fee, name, id.
func order(a, b candidate) int {
	if c := cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.fee, b.fee)); c != 0 {
		return c
	}
	if a.seg == b.seg {
		return cmp.Or(cmp.Compare(a.ord, b.ord), a.seg.compareIDs(a.row, b.row))
	}
	return cmp.Or(strings.Compare(a.seg.nameOf(a.row), b.seg.nameOf(b.row)), strings.Compare(a.seg.id(a.row), b.seg.id(b.row)))
}

// pick offers the rows of a segment for the page.
func (s *search) pick(seg *segment, hits column.Bits) {
	p := s.picker(seg)
	if s.q.Order != ByFollowers {
		hits.Each(func(row uint32) { p.offer(row) })
		return
	}
	if s.from.set { // nobody larger than the last of the page before
		part := spare(seg.n)
		defer giveBack(part)
		part.Or(hits)
		_, hi := seg.span(0, -s.from.key)
		if s.from.key > 0 {
			_, hi = seg.tierSpan(Unknown)
		}
		part.Only(0, hi)
		hits = part
	}
	hits.Down(p.offer)
}

// picker turns rows of one segment into candidates.
type picker struct {
	s     *search
	seg   *segment
	fit   *fitter
	ord   uint32 // place of the cursor's name
	exact bool   // the segment has that name
	fees  feed
}

func (s *search) picker(seg *segment) *picker {
	p := &picker{s: s, seg: seg, fees: seg.feed(s.q, s.today)}
	if s.q.Brief != nil {
		p.fit = s.fitter(seg, &p.fees)
	}
	if s.from.set {
		c := seg.names.Seek([]byte(s.from.name))
		p.ord, p.exact = uint32(seg.names.N), c.OK && string(c.Key) == s.from.name
		if c.OK {
			p.ord = uint32(c.Ord)
		}
	}
	return p
}

// offer proposes a row; false when no later row can be on the page.
func (p *picker) offer(row uint32) bool {
	s := p.s
	c := candidate{seg: p.seg, row: row, ord: p.seg.name[row]}
	c.key, c.fee = p.key(row)
	if len(s.top.list) == s.top.limit && c.key > s.top.list[0].key {
		return s.q.Order != ByFollowers
	}
	if !s.from.set || p.after(c) {
		s.top.add(c)
	}
	return true
}

func (p *picker) key(row uint32) (key, fee int64) {
	switch p.s.q.Order {
	case ByName:
		return 0, 0
	case ByNewest:
		return -int64(p.seg.made[row]), 0
	case ByPrice:
		return p.fees.of(row), 0
	case ByER:
		return -int64(p.seg.er[row]), 0
	case ByFit:
		fee := p.fees.of(row)
		return -p.fit.score(row, fee), fee
	}
	return -p.seg.followers(row), 0
}

// after says whether a candidate comes after the last of the page before.
func (p *picker) after(c candidate) bool {
	from := &p.s.from
	if n := cmp.Or(cmp.Compare(c.key, from.key), cmp.Compare(c.fee, from.fee)); n != 0 {
		return n > 0
	}
	if c.ord != p.ord || !p.exact {
		return c.ord >= p.ord
	}
	return p.seg.id(c.row) > from.id
}

// feed gives the lowest valid price of rows in one currency and format.
type feed struct {
	seg *segment
	on  []bool // by tariff: it counts
}

func (s *segment) feed(q *Query, today worktime.Date) feed {
	cur := q.currency()
	f := feed{s, make([]bool, len(s.tariffs))}
	for i := range s.tariffs {
		t := &s.tariffs[i]
		f.on[i] = t.Currency == cur && (q.Format == "" || t.Format == q.Format) && t.on(today)
	}
	return f
}

func (f *feed) of(row uint32) int64 {
	s, low := f.seg, noPrice
	for i := s.priceAt[row]; i < s.priceAt[row+1]; i++ {
		if f.on[s.priceTerms[i]] && s.priceMinor[i] < low {
			low = s.priceMinor[i]
		}
	}
	return low
}

// currency is that of the brief, of the price range, or the rupiah.
func (q *Query) currency() money.Currency {
	switch {
	case q.Brief != nil && q.Brief.Budget.Currency != "":
		return q.Brief.Budget.Currency
	case q.Price != "":
		return q.Price
	}
	return money.CurrencyIDR
}

// best keeps the first candidates of an order: a heap whose root is the last of them.
type best struct {
	limit int
	list  []candidate
}

func (b *best) Len() int           { return len(b.list) }
func (b *best) Less(i, j int) bool { return order(b.list[j], b.list[i]) < 0 }
func (b *best) Swap(i, j int)      { b.list[i], b.list[j] = b.list[j], b.list[i] }

// Push is for the heap.
func (b *best) Push(v any) { b.list = append(b.list, v.(candidate)) }

// Pop is for the heap.
func (b *best) Pop() any {
	last := b.list[len(b.list)-1]
	b.list = b.list[:len(b.list)-1]
	return last
}

func (b *best) add(c candidate) {
	switch {
	case len(b.list) < b.limit:
		heap.Push(b, c)
	case order(c, b.list[0]) < 0:
		b.list[0] = c
		heap.Fix(b, 0)
	}
}

// page writes the candidates out.
func (s *search) page() {
	list := s.top.list
	sort.Slice(list, func(i, j int) bool { return order(list[i], list[j]) < 0 })
	if len(list) > s.q.Limit {
		list = list[:s.q.Limit]
		last := list[s.q.Limit-1]
		s.out.Next = cursor{true, last.key, last.fee, last.seg.nameOf(last.row), last.seg.id(last.row)}.String()
	}
	pickers := map[*segment]*picker{}
	for _, c := range list {
		p := pickers[c.seg]
		if p == nil {
			p = s.picker(c.seg)
			pickers[c.seg] = p
		}
		h := Hit{TalentID: c.seg.id(c.row), Fee: p.fees.of(c.row)}
		if p.fit != nil {
			h.Parts = s.q.Brief.measure(p.fit.traits(c.row, h.Fee), s.now)
			h.Fit = total(h.Parts)
		}
		if h.Fee == noPrice {
			h.Fee = -1
		}
		if c.seg.multi.Has(c.row) {
			_, h.account = c.seg.groupOf(c.row)
		}
		s.out.Hits = append(s.out.Hits, h)
	}
}
