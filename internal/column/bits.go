package column

import "math/bits"

// Bits is a set of row numbers.
type Bits []uint64

// NewBits makes an empty set for n rows.
func NewBits(n int) Bits { return make(Bits, (n+63)/64) }

// Has says whether a row is in the set.
func (b Bits) Has(row uint32) bool { return b[row>>6]>>(row&63)&1 == 1 }

// Add puts a row in.
func (b Bits) Add(row uint32) { b[row>>6] |= 1 << (row & 63) }

// Drop takes a row out.
func (b Bits) Drop(row uint32) { b[row>>6] &^= 1 << (row & 63) }

// Fill puts the rows lo up to but not hi in.
func (b Bits) Fill(lo, hi int) {
	for w := lo >> 6; w<<6 < hi; w++ {
		b[w] |= mask(w, lo, hi)
	}
}

// Only keeps of the set the rows lo up to but not hi.
func (b Bits) Only(lo, hi int) {
	for w := range b {
		if w<<6 >= lo && (w+1)<<6 <= hi {
			continue
		}
		b[w] &= mask(w, lo, hi)
	}
}

// mask has the bits of word w that stand for rows lo up to hi.
func mask(w, lo, hi int) uint64 {
	from, to := max(lo-w<<6, 0), min(hi-w<<6, 64)
	if from >= to {
		return 0
	}
	return ^uint64(0) >> (64 - (to - from)) << from
}

// Clear empties the set.
func (b Bits) Clear() { clear(b) }

// And keeps what is also in o.
func (b Bits) And(o Bits) {
	o = o[:len(b)]
	for i := range b {
		b[i] &= o[i]
	}
}

// AndNot takes out what is in o.
func (b Bits) AndNot(o Bits) {
	o = o[:len(b)]
	for i := range b {
		b[i] &^= o[i]
	}
}

// Or adds what is in o.
func (b Bits) Or(o Bits) {
	o = o[:len(b)]
	for i := range b {
		b[i] |= o[i]
	}
}

// Empty says whether no row is in the set.
func (b Bits) Empty() bool {
	for _, w := range b {
		if w != 0 {
			return false
		}
	}
	return true
}

// Count is how many rows are in the set.
func (b Bits) Count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// CountAnd is how many rows are in both.
func (b Bits) CountAnd(o Bits) int {
	n := 0
	o = o[:len(b)]
	for i, w := range b {
		n += bits.OnesCount64(w & o[i])
	}
	return n
}

// Span gives the words of the set between its first and last row: the rest is empty.
func (b Bits) Span() (lo, hi int) {
	for lo < len(b) && b[lo] == 0 {
		lo++
	}
	for hi = len(b); hi > lo && b[hi-1] == 0; hi-- {
	}
	return lo, hi
}

// Each calls f with every row, the lowest first.
func (b Bits) Each(f func(row uint32)) {
	for i, w := range b {
		for ; w != 0; w &= w - 1 {
			f(uint32(i<<6 + bits.TrailingZeros64(w)))
		}
	}
}

// Down calls f with every row, the highest first, until f says false.
func (b Bits) Down(f func(row uint32) bool) {
	for i := len(b) - 1; i >= 0; i-- {
		for w := b[i]; w != 0; {
			top := 63 - bits.LeadingZeros64(w)
			if !f(uint32(i<<6 + top)) {
				return
			}
			w &^= 1 << top
		}
	}
}

// Set is the rows of one value.
type Set struct {
	Bits Bits     // nil: List counts
	List []uint32 // sorted
}

// rare is the share of the rows, one in so many, below which a list is smaller.
const rare = 32

// NewSet makes a set of n rows from a sorted list, which it may keep.
func NewSet(rows []uint32, n int) Set {
	if len(rows) <= n/rare {
		return Set{List: rows}
	}
	s := Set{Bits: NewBits(n)}
	for _, r := range rows {
		s.Bits.Add(r)
	}
	return s
}

// Or adds the set's rows to b.
func (s Set) Or(b Bits) {
	if s.Bits != nil {
		b.Or(s.Bits)
		return
	}
	for _, r := range s.List {
		b.Add(r)
	}
}

// Has says whether a row has the value.
func (s Set) Has(row uint32) bool {
	if s.Bits != nil {
		return s.Bits.Has(row)
	}
	lo, hi := 0, len(s.List)
	for lo < hi {
		if m := (lo + hi) >> 1; s.List[m] < row {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo < len(s.List) && s.List[lo] == row
}

// CountIn is how many rows of b, of which only the words lo up to hi are not empty,
// have the value.
func (s Set) CountIn(b Bits, lo, hi int) int {
	if s.Bits != nil {
		return b[lo:hi].CountAnd(s.Bits[lo:hi])
	}
	n := 0
	for _, r := range s.List {
		n += int(b[r>>6] >> (r & 63) & 1)
	}
	return n
}

// Cost is what CountIn takes, in words looked at.
func (s Set) Cost(lo, hi int) int {
	if s.Bits != nil {
		return hi - lo
	}
	return len(s.List)
}

// Each calls f with every row, the lowest first.
func (s Set) Each(f func(row uint32)) {
	if s.Bits != nil {
		s.Bits.Each(f)
		return
	}
	for _, r := range s.List {
		f(r)
	}
}

// Len is how many rows have the value.
func (s Set) Len() int {
	if s.Bits != nil {
		return s.Bits.Count()
	}
	return len(s.List)
}

// Without says whether nothing of the set is left once o is taken out.
func (b Bits) Without(o Bits) bool {
	o = o[:len(b)]
	for i, w := range b {
		if w&^o[i] != 0 {
			return false
		}
	}
	return true
}

// CountSpan is how many rows from lo up to but not hi are in the set.
func (b Bits) CountSpan(lo, hi int) int {
	n := 0
	for w := lo >> 6; w<<6 < hi; w++ {
		n += bits.OnesCount64(b[w] & mask(w, lo, hi))
	}
	return n
}
