package match

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"kolega/internal/column"
)

// gone stands for a dead row where a new place is looked up.
const gone = ^uint32(0)

// source is a segment that is merged, with the rows that were dead when it began.
type source struct {
	*segment
	dead   column.Bits
	places []uint32 // new place of each row, or gone
	names  []uint32 // new place of each name, or gone
	groups []uint32
}

// merge makes one segment of the live rows of several. Their dead rows must not
// change meanwhile: it takes copies.
func merge(parts []*segment, dead []column.Bits) *segment {
	src := make([]*source, len(parts))
	total := 0
	for i, p := range parts {
		src[i] = &source{segment: p, dead: dead[i], places: make([]uint32, p.n)}
		total += p.n - dead[i].Count()
	}
	order := placeRows(src, total)
	m := newMaker(total)
	m.mergeNames(src)
	groups := uint32(0)
	for _, o := range order {
		m.copyRow(src[o.part], o.row, &groups)
	}
	m.mergeValues(src)
	m.mergeWords(src)
	return m.done()
}

type place struct{ part, row uint32 }

// placeRows gives the live rows in their new order and says in each source where they go.
func placeRows(src []*source, total int) []place {
	order := make([]place, 0, total)
	at := make([]uint32, len(src))
	skip := func(i int) bool {
		s := src[i]
		for int(at[i]) < s.n && s.dead.Has(at[i]) {
			s.places[at[i]] = gone
			at[i]++
		}
		return int(at[i]) < s.n
	}
	for {
		best := -1
		for i := range src {
			if skip(i) && (best < 0 || src[i].before(at[i], src[best].segment, at[best])) {
				best = i
			}
		}
		if best < 0 {
			return order
		}
		src[best].places[at[best]] = uint32(len(order))
		order = append(order, place{uint32(best), at[best]})
		at[best]++
	}
}

// before is the order of rows across segments.
func (s *segment) before(row uint32, o *segment, other uint32) bool {
	if s.fol[row] != o.fol[other] {
		return s.fol[row] < o.fol[other]
	}
	return cmp.Or(bytes.Compare(s.ids[16*row:16*row+16], o.ids[16*other:16*other+16]), strings.Compare(s.odd[row], o.odd[other])) < 0
}

func (m *maker) copyRow(s *source, row uint32, groups *uint32) {
	r := madeRow{fol: s.fol[row], er: s.er[row], made: s.made[row], name: s.names[s.name[row]], odd: s.odd[row], away: s.away[row], facts: s.facts[row], heard: s.heard[row],
		primary: s.primary.Has(row), onPlat: s.onPlat.Has(row), onTier: s.onTier.Has(row), multi: s.multi.Has(row)}
	copy(r.id[:], s.ids[16*row:])
	if r.multi {
		var old uint32
		old, r.acct = s.groupOf(row)
		if s.groups == nil {
			s.groups = slices.Repeat([]uint32{gone}, s.segment.groups)
		}
		if s.groups[old] == gone {
			s.groups[old] = *groups
			*groups++
		}
		r.group = s.groups[old]
	}
	m.row(r)
	for i := s.priceAt[row]; i < s.priceAt[row+1]; i++ {
		m.price(s.tariffs[s.priceTerms[i]], s.priceMinor[i])
	}
}

// mergeNames keeps the names that live rows have.
func (m *maker) mergeNames(src []*source) {
	var w column.DictWriter
	dicts := make([]*column.Dict, len(src))
	used := make([]column.Bits, len(src))
	for i, s := range src {
		dicts[i], used[i], s.names = &s.segment.names, column.NewBits(s.segment.names.N), make([]uint32, s.segment.names.N)
		for row, p := range s.places {
			if p != gone {
				used[i].Add(s.name[row])
			}
		}
	}
	together(dicts, func(key []byte, at []int, c []column.Cursor) {
		kept := false
		for _, i := range at {
			kept = kept || used[i].Has(uint32(c[i].Ord))
		}
		if !kept {
			return
		}
		for _, i := range at {
			src[i].names[c[i].Ord] = uint32(w.Len())
		}
		w.Add(key, 0)
	})
	m.s.names = w.Done()
}

// together walks several lists as one: f gets each key with the lists that have it.
func together(dicts []*column.Dict, f func(key []byte, at []int, c []column.Cursor)) {
	c := make([]column.Cursor, len(dicts))
	for i, d := range dicts {
		c[i] = d.At(0)
	}
	var at []int
	var key []byte
	for {
		at = at[:0]
		for i := range c {
			if !c[i].OK {
				continue
			}
			if len(at) > 0 {
				order := bytes.Compare(c[i].Key, c[at[0]].Key)
				if order > 0 {
					continue
				}
				if order < 0 {
					at = at[:0]
				}
			}
			at = append(at, i)
		}
		if len(at) == 0 {
			return
		}
		key = append(key[:0], c[at[0]].Key...)
		f(key, at, c)
		for _, i := range at {
			c[i].Next()
		}
	}
}

func (m *maker) mergeValues(src []*source) {
	for dim := range dims {
		labels := map[string]string{}
		for _, s := range src {
			for _, v := range s.vals[dim].values {
				if l, ok := labels[v.key]; !ok || v.label < l {
					labels[v.key] = v.label
				}
			}
		}
		for _, key := range sortedKeys(labels) {
			var rows []uint32
			for _, s := range src {
				s.vals[dim].rows(key).Each(func(row uint32) {
					if p := s.places[row]; p != gone {
						rows = append(rows, p)
					}
				})
			}
			if len(rows) > 0 {
				slices.Sort(rows)
				m.value(dim, value{key, labels[key]}, rows)
			}
		}
	}
}

func (m *maker) mergeWords(src []*source) {
	dicts := make([]*column.Dict, len(src))
	for i, s := range src {
		dicts[i] = &s.words
	}
	var rows []uint32
	together(dicts, func(key []byte, at []int, c []column.Cursor) {
		rows = rows[:0]
		for _, i := range at {
			s := src[i]
			s.rowsAt(c[i].Ref, func(row uint32) {
				if p := s.places[row]; p != gone {
					rows = append(rows, p)
				}
			})
		}
		if len(rows) == 0 {
			return
		}
		if len(at) > 1 {
			slices.Sort(rows)
		}
		m.word(key, rows)
	})
}

// rowsAt calls f with the rows of a word's ref.
func (s *segment) rowsAt(ref uint64, f func(row uint32)) {
	if ref&1 == 1 {
		f(uint32(ref >> 1))
		return
	}
	column.EachRow(s.lists[s.listAt[ref>>1]:], f)
}
