package match

import (
	"bytes"
	"cmp"
	"hash/crc32"
	"math/bits"
	"slices"
	"strings"

	"kolega/internal/column"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

const noPrice = int64(1<<63 - 1)

func onesCount(w uint64) int { return bits.OnesCount64(w) }

// maker makes a segment: rows in their order, then values, then words in theirs.
type maker struct {
	s       *segment
	tariffs map[tariff]uint32
	words   column.DictWriter
}

// made is one row as the maker takes it in.
type madeRow struct {
	fol        uint32
	er         int32
	made, name uint32
	id         [16]byte
	odd        string // the id, when it cannot be packed

	primary, onPlat, onTier, multi bool
	group, acct                    uint32

	away  [][2]worktime.Date
	facts []fact
	heard *audience
}

func newMaker(rows int) *maker {
	s := &segment{odd: map[uint32]string{}, away: map[uint32][][2]worktime.Date{}, facts: map[uint32][]fact{}, heard: map[uint32]*audience{},
		primary: column.NewBits(rows), onPlat: column.NewBits(rows), onTier: column.NewBits(rows), multi: column.NewBits(rows),
		fol: make([]uint32, 0, rows), er: make([]int32, 0, rows), made: make([]uint32, 0, rows), name: make([]uint32, 0, rows), ids: make([]byte, 0, 16*rows),
		priceAt: make([]uint32, 0, rows+1), priceMinor: make([]int64, 0, rows), priceTerms: make([]uint32, 0, rows)}
	return &maker{s: s, tariffs: map[tariff]uint32{}}
}

func (m *maker) row(r madeRow) {
	s, at := m.s, uint32(m.s.n)
	s.fol, s.er, s.made, s.name = append(s.fol, r.fol), append(s.er, r.er), append(s.made, r.made), append(s.name, r.name)
	s.ids = append(s.ids, r.id[:]...)
	if r.odd != "" {
		s.odd[at] = r.odd
	}
	for _, b := range []struct {
		on   bool
		bits column.Bits
	}{{r.primary, s.primary}, {r.onPlat, s.onPlat}, {r.onTier, s.onTier}, {r.multi, s.multi}} {
		if b.on {
			b.bits.Add(at)
		}
	}
	if r.primary {
		s.talents++
	}
	if r.multi {
		s.group, s.acct = append(s.group, r.group), append(s.acct, r.acct)
		s.groups = max(s.groups, int(r.group)+1)
	}
	if len(r.away) > 0 {
		s.away[at] = r.away
	}
	if len(r.facts) > 0 {
		s.facts[at] = r.facts
	}
	if r.heard != nil {
		s.heard[at] = r.heard
	}
	s.priceAt = append(s.priceAt, uint32(len(s.priceMinor)))
	s.n++
}

// price adds a price to the newest row.
func (m *maker) price(t tariff, minor int64) {
	k, ok := m.tariffs[t]
	if !ok {
		k = uint32(len(m.s.tariffs))
		m.tariffs[t] = k
		m.s.tariffs = append(m.s.tariffs, t)
	}
	m.s.priceTerms, m.s.priceMinor = append(m.s.priceTerms, k), append(m.s.priceMinor, minor)
}

// value adds a value of a dimension with its sorted rows; values come sorted.
func (m *maker) value(dim int, v value, rows []uint32) {
	d := &m.s.vals[dim]
	d.values, d.sets = append(d.values, v), append(d.sets, column.NewSet(rows, m.s.n))
}

// word adds a word with its sorted rows; words come sorted.
func (m *maker) word(key []byte, rows []uint32) {
	if len(rows) == 1 {
		m.words.Add(key, uint64(rows[0])<<1|1)
		return
	}
	m.words.Add(key, uint64(len(m.s.listAt))<<1)
	m.s.listAt = append(m.s.listAt, uint32(len(m.s.lists)))
	m.s.lists = column.AppendRows(m.s.lists, rows)
}

// done makes what follows from the rest.
func (m *maker) done() *segment {
	s := m.s
	s.priceAt = append(s.priceAt, uint32(len(s.priceMinor)))
	s.words = m.words.Done()
	s.byID = make([]uint32, s.n)
	for i := range s.byID {
		s.byID[i] = uint32(i)
	}
	slices.SortFunc(s.byID, func(a, b uint32) int { return cmp.Or(s.compareIDs(a, b), cmp.Compare(a, b)) })
	s.city, s.platform = make([]uint32, s.n), make([]uint8, s.n)
	for i, set := range s.vals[dimCity].sets {
		set.Each(func(row uint32) { s.city[row] = uint32(i) })
	}
	for i, set := range s.vals[dimPlatform].sets {
		set.Each(func(row uint32) { s.platform[row] = uint8(i) })
	}
	s.rank = make([]uint32, len(s.multi))
	at := 0
	for i, w := range s.multi {
		s.rank[i] = uint32(at)
		at += onesCount(w)
	}
	s.ready()
	return s
}

// ready makes what is not kept in a file.
func (s *segment) ready() {
	for i := range s.vals {
		s.vals[i].index()
	}
	s.dead, s.deadRows = column.NewBits(s.n), 0
	if len(s.away) > 0 {
		s.free = column.NewBits(s.n)
		for row := range s.away {
			s.free.Add(row)
		}
	}
	if len(s.facts) > 0 {
		s.proof = column.NewBits(s.n)
		for row := range s.facts {
			s.proof.Add(row)
		}
	}
}

// rowRef is an account of an entry.
type rowRef struct {
	e   *entry
	no  int
	fol uint32
}

// build makes a segment of entries.
func build(entries []entry) *segment {
	var refs []rowRef
	for i := range entries {
		e := &entries[i]
		for no, a := range e.accounts {
			refs = append(refs, rowRef{e, no, uint32(a.followers + 1)})
		}
	}
	packed := make(map[*entry][16]byte, len(entries))
	for i := range entries {
		packed[&entries[i]], _ = packID(entries[i].id)
	}
	slices.SortFunc(refs, func(a, b rowRef) int {
		if a.fol != b.fol {
			return cmp.Compare(a.fol, b.fol)
		}
		x, y := packed[a.e], packed[b.e]
		return cmp.Or(bytes.Compare(x[:], y[:]), strings.Compare(a.e.id, b.e.id), cmp.Compare(b.no, a.no))
	})
	m := newMaker(len(refs))
	ords := m.namesOf(entries)
	groups := map[*entry]uint32{}
	for _, r := range refs {
		id, ok := packID(r.e.id)
		row := madeRow{fol: r.fol, er: int32(r.e.accounts[r.no].er), made: r.e.made, name: ords[r.e.name], id: id, away: r.e.away, facts: r.e.facts, heard: r.e.accounts[r.no].heard}
		if !ok {
			row.odd = r.e.id
		}
		r.mark(&row, groups)
		m.row(row)
		for _, p := range r.e.accounts[r.no].prices {
			m.price(tariff{p.format, p.currency, p.from, p.to}, p.minor)
		}
	}
	m.valuesOf(refs)
	m.wordsOf(refs)
	return m.done()
}

// mark says what the row is among its talent's.
func (r rowRef) mark(row *madeRow, groups map[*entry]uint32) {
	own := &r.e.accounts[r.no]
	row.primary, row.onPlat, row.onTier = r.no == 0, true, true
	for _, a := range r.e.accounts[:r.no] {
		row.onPlat = row.onPlat && a.platform != own.platform
		row.onTier = row.onTier && talent.TierOf(a.followers) != talent.TierOf(own.followers)
	}
	if row.multi = len(r.e.accounts) > 1; !row.multi {
		return
	}
	g, ok := groups[r.e]
	if !ok {
		g = uint32(len(groups))
		groups[r.e] = g
	}
	row.group, row.acct = g, accountHash(own.id)
}

func accountHash(id string) uint32 { return crc32.ChecksumIEEE([]byte(id)) }

// namesOf keeps the names and gives the place of each.
func (m *maker) namesOf(entries []entry) map[string]uint32 {
	list := make([]string, len(entries))
	for i := range entries {
		list[i] = entries[i].name
	}
	slices.Sort(list)
	list = slices.Compact(list)
	ords := make(map[string]uint32, len(list))
	var w column.DictWriter
	for i, name := range list {
		w.Add([]byte(name), 0)
		ords[name] = uint32(i)
	}
	m.s.names = w.Done()
	return ords
}

func (m *maker) valuesOf(refs []rowRef) {
	for dim := range dims {
		rows, labels := map[string][]uint32{}, map[string]string{}
		for i, r := range refs {
			of := r.e.values[dim]
			switch a := r.e.accounts[r.no]; dim {
			case dimPlatform:
				of = plain(a.platform)
			case dimAudience:
				of = plain(a.audience)
			}
			for _, v := range of {
				rows[v.key] = append(rows[v.key], uint32(i))
				if l, ok := labels[v.key]; !ok || v.label < l {
					labels[v.key] = v.label
				}
			}
		}
		for _, key := range sortedKeys(rows) {
			m.value(dim, value{key, labels[key]}, rows[key])
		}
	}
}

func (m *maker) wordsOf(refs []rowRef) {
	rows := map[string][]uint32{}
	for i, r := range refs {
		for _, w := range r.e.terms {
			rows[w] = append(rows[w], uint32(i))
		}
	}
	for _, w := range sortedKeys(rows) {
		m.word([]byte(w), rows[w])
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
