package match

import (
	"slices"

	"kolega/internal/column"
)

// index is all segments together. The newest talent of an id is alive in one of
// them and dead in all others.
type index struct {
	segs  []*segment
	rates map[string]*[tiers]rates // by platform
	busy  []*segment               // being merged behind the scenes
}

// newIndex makes one of nobody.
func newIndex() *index { return &index{rates: map[string]*[tiers]rates{}} }

// rates counts engagement rates, so that their median is known while they change.
type rates struct {
	counts []uint32 // by basis points
	all    int
	median int64 // -1: to be found
}

// mostCounted is the rate from which rates count as one.
const mostCounted = 100_000

// median is the lower one of the two in the middle; 0 without rates.
func (r *rates) middle() int64 {
	if r.all == 0 {
		return 0
	}
	left := (r.all + 1) / 2
	for bp, n := range r.counts {
		if left -= int(n); left <= 0 {
			return int64(bp)
		}
	}
	return 0
}

// count takes a row's rate in, or out with by -1.
func (x *index) count(s *segment, row uint32, by int) {
	if s.er[row] < 0 {
		return
	}
	bp := min(int(s.er[row]), mostCounted)
	r := &x.ratesOf(s.vals[dimPlatform].values[s.platform[row]].key)[tierPlace(s.fol[row])]
	if bp >= len(r.counts) {
		r.counts = append(r.counts, make([]uint32, bp+1-len(r.counts))...)
	}
	r.counts[bp] = uint32(int(r.counts[bp]) + by)
	r.all += by
	r.median = -1
}

func (x *index) ratesOf(platform string) *[tiers]rates {
	r := x.rates[platform]
	if r == nil {
		r = new([tiers]rates)
		x.rates[platform] = r
	}
	return r
}

// settle finds the medians anew after rates changed.
func (x *index) settle() {
	for _, byTier := range x.rates {
		for i := range byTier {
			if byTier[i].median < 0 {
				byTier[i].median = byTier[i].middle()
			}
		}
	}
}

// mediansOf gives the medians of a platform by tier, in basis points; 0 unknown.
func (x *index) mediansOf(platform string) (out [tiers]int64) {
	if byTier := x.rates[platform]; byTier != nil {
		for i := range byTier {
			out[i] = byTier[i].median
		}
	}
	return out
}

// add takes a segment in: its talents are not alive anywhere else.
func (x *index) add(s *segment) {
	if s.n == 0 {
		return
	}
	x.segs = append(x.segs, s)
	for row := range uint32(s.n) {
		if !s.dead.Has(row) {
			x.count(s, row, 1)
		}
	}
}

// drop takes a talent out.
func (x *index) drop(id string) {
	for _, s := range x.segs {
		s.kill(id, func(row uint32) { x.count(s, row, -1) })
	}
}

// live is how many rows of a segment are not dead.
func (s *segment) live() int { return s.n - s.deadRows }

// replace puts a merged segment in the place of its parts. Talents that went from
// the parts meanwhile go from it too.
func (x *index) replace(parts []*segment, before []column.Bits, merged *segment) {
	for i, p := range parts {
		late := slices.Clone(p.dead)
		late.AndNot(before[i])
		late.Each(func(row uint32) { merged.kill(p.id(row), func(uint32) {}) })
	}
	at := slices.Index(x.segs, parts[0])
	x.segs = slices.DeleteFunc(x.segs, func(s *segment) bool { return slices.Contains(parts, s) })
	if merged.live() > 0 {
		x.segs = slices.Insert(x.segs, min(at, len(x.segs)), merged)
	}
}

// talents is how many talents are in the index.
func (x *index) talents() int {
	n := 0
	for _, s := range x.segs {
		b := slices.Clone(s.primary)
		b.AndNot(s.dead)
		n += b.Count()
	}
	return n
}

// renew takes ids out and a segment with those of them that are still there in.
func (x *index) renew(ids []string, fresh *segment) {
	for _, id := range ids {
		x.drop(id)
	}
	if fresh != nil {
		x.add(fresh)
	}
	x.settle()
}

// Segments of like size are merged by eight, so that there are few.
const (
	together8 = 8
	smallest  = 512
)

// tier gives segments of like size to be merged; nil when there are few of each.
func (x *index) tier() []*segment {
	var sizes [16][]*segment
	for _, s := range x.segs {
		if slices.Contains(x.busy, s) || s.file != nil {
			continue
		}
		level := 0
		for n := s.n; n >= smallest; n /= together8 {
			level++
		}
		if sizes[level] = append(sizes[level], s); len(sizes[level]) == together8 {
			return sizes[level]
		}
	}
	return nil
}

// crowded says whether so much stands beside what is kept in a file that all is
// worth merging and keeping.
func (x *index) crowded() bool {
	kept, beside := 0, 0
	for _, s := range x.segs {
		if s.file != nil {
			kept += s.n
		} else {
			beside += s.n
		}
	}
	return beside >= max(4_096, kept/8)
}
