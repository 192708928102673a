package match

import (
	"slices"
	"sort"

	"kolega/internal/column"
	"kolega/internal/talent"
)

// tally counts the values of a facet: of the person over hits, which have one row a
// talent; of the account over rows, a talent once for each value.
func (s *search) tally(seg *segment, f Facet, rows, hits column.Bits) {
	switch f {
	case Platform:
		one := s.distinct(seg, rows, seg.onPlat, len(seg.vals[dimPlatform].values), func(row uint32) int { return int(seg.platform[row]) })
		s.tallySets(seg, f, one)
		giveBack(one)
	case Tier:
		one := s.distinct(seg, rows, seg.onTier, tiers, func(row uint32) int { return tierPlace(seg.fol[row]) })
		for _, t := range tierNames {
			lo, hi := seg.tierSpan(t)
			if n := one.CountSpan(lo, hi); n > 0 {
				s.counts[f][t] += n
			}
		}
		giveBack(one)
	default:
		s.tallySets(seg, f, hits)
	}
}

// tierNames are the values of the facet, the unknown first.
var tierNames = func() []string {
	out := []string{Unknown}
	for _, t := range talent.Tiers() {
		out = append(out, string(t))
	}
	return out
}()

const tiers = 6

// tierPlace is the place in tierNames of a column's followers.
func tierPlace(fol uint32) int {
	switch {
	case fol == 0:
		return 0
	case fol <= 10_000:
		return 1
	case fol <= 100_000:
		return 2
	case fol <= 500_000:
		return 3
	case fol <= 1_000_000:
		return 4
	}
	return 5
}

func (s *search) tallySets(seg *segment, f Facet, b column.Bits) {
	dim, counts := dimOf[f], s.counts[f]
	d := &seg.vals[dim]
	lo, hi := b.Span()
	if dim == dimCity {
		cost := 0
		for i := range d.sets {
			cost += d.sets[i].Cost(lo, hi)
		}
		if n := b[lo:hi].Count(); 2*n < cost {
			s.tallyCities(seg, b)
			return
		}
	}
	for i := range d.sets {
		if n := d.sets[i].CountIn(b, lo, hi); n > 0 {
			counts[d.values[i].key] += n
		}
	}
}

// tallyCities goes by the rows: there are more cities than rows to look at.
func (s *search) tallyCities(seg *segment, b column.Bits) {
	d, counts := &seg.vals[dimCity], s.counts[City]
	n := make([]int, len(d.values))
	b.Each(func(row uint32) { n[seg.city[row]]++ })
	for i, c := range n {
		if c > 0 {
			counts[d.values[i].key] += c
		}
	}
}

// distinct keeps of each talent one row for each value of an account's dimension.
func (s *search) distinct(seg *segment, rows, first column.Bits, values int, of func(row uint32) int) column.Bits {
	out := spare(seg.n)
	out.Or(rows)
	if !slices.ContainsFunc(s.conds, func(c condition) bool { return c.account }) {
		out.And(first)
		return out
	}
	if seg.groups == 0 {
		return out
	}
	seen := spare(seg.groups * values)
	defer giveBack(seen)
	eachOf(rows, seg.multi, func(row uint32) {
		g, _ := seg.groupOf(row)
		if at := g*uint32(values) + uint32(of(row)); seen.Has(at) {
			out.Drop(row)
		} else {
			seen.Add(at)
		}
	})
	return out
}

// answer puts together what the segments gave.
func (s *search) answer() Answer {
	s.out.Facets = map[Facet][]Value{}
	s.page()
	for _, f := range s.q.Count {
		s.out.Facets[f] = s.values(f)
	}
	for i, c := range s.conds {
		if s.removed[i] > 0 {
			s.out.Removed = append(s.out.Removed, Removal{c.name, s.removed[i]})
		}
	}
	return s.out
}

// values lists a facet's values, the chosen ones even when nobody has them.
func (s *search) values(f Facet) []Value {
	counts, want := s.counts[f], s.q.Want[f]
	out := make([]Value, 0, len(counts))
	for v, n := range counts {
		out = append(out, Value{v, s.x.label(f, v), n, slices.Contains(want, v)})
	}
	for i, v := range want {
		if counts[v] == 0 && !slices.Contains(want[:i], v) {
			out = append(out, Value{v, s.x.label(f, v), 0, true})
		}
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].Count != out[j].Count {
			return out[i].Count > out[j].Count
		}
		return out[i].Value < out[j].Value
	})
	return out
}

// label is how a facet's value is written.
func (x *index) label(f Facet, key string) string {
	if f == Tier || key == Unknown {
		return key
	}
	dim := dimOf[f]
	for _, s := range x.segs {
		if i, ok := s.vals[dim].at[key]; ok {
			return s.vals[dim].values[i].label
		}
	}
	return key
}
